### /askhelp：请主管帮忙

askhelp-what-for = 想请{ $names }帮什么？打一句话给我（{ $limit } 字以内），马上转到；也可以就这样发。
askhelp-about = 🚩 { $what }
askhelp-as-is = 就这样发
askhelp-sent = 🙋 转给{ $names }了，一有回话就告诉您。
askhelp-told = { $words }
askhelp-from = 🙋 <b>{ $name }请您帮忙</b>
askhelp-words = “{ $text }”
askhelp-no-words = 想请您一起看看
askhelp-since = { $day } 请的，还没回
askhelp-answer = 💬 { $name }：{ $text }
askhelp-act-answer = 💬 回话
askhelp-what-answer = 回{ $name }什么？打一句话给我（{ $limit } 字以内），马上转到。
askhelp-answered = 转给{ $name }了。
askhelp-heard = 💬 <b>{ $name }回您：</b>
    { $text }
askhelp-card-answer = 💬 主管：{ $what }
askhelp-card-waits = 🙋 { $day } 请主管帮忙，还没回
askhelp-waits = 这条已经请主管了，等回话就好。
askhelp-answered-before = 这件已经有人回了。
askhelp-no-lead = 您的团队还没有主管，先问管理员。
askhelp-for-managers = 这是客户经理请主管用的；等回话的在 /owed。
askhelp-too-long = 太长了，挑最要紧的，{ $limit } 字以内再发一次。
