### 提示开着太久：先告诉经理，再请主管；/owed：等主管回的

escalation-forewarning = <b>明天会请主管一起看：</b>
escalation-forewarning-day = <b>{ $day }会请主管一起看：</b>
escalation-line = { $number }. { $mark } { $what }
escalation-forewarning-end = 今天理清就不用麻烦主管；现在就求助也行。
escalation-morning = 👥 <b>明天会请主管一起看 { $count } 件</b>
escalation-morning-day = 👥 <b>{ $day }会请主管一起看 { $count } 件</b>
escalation-worst = { $mark } { $what }
escalation-morning-open = 👥 先看这 { $count } 件
escalation-lead-will-know = 👥 { $day }会请主管一起看
escalation-open = 看第 { $number } 条
escalation-ask-help = 🙋 { $number } 现在求助
escalation-head = <b>这几件开着有些天了，帮一把？</b>
escalation-whose = { $number }. { $mark } { $name }：{ $what }
escalation-title = { $mark } <b>{ $name }</b>：{ $what }
escalation-why = · { $what }
escalation-rule = 📏 { $what }
escalation-since = { $day } 起
escalation-disputed = 🙅 不同意：{ $what }
escalation-look = 看 { $number }
escalation-more = 还有 { $count } 条
escalation-act-help = 🤝 提供帮助
escalation-act-talk = 🗣 约谈
escalation-act-threshold = 📏 门槛不合适
escalation-number-help = 🤝 帮忙 { $number }
escalation-number-talk = 🗣 约谈 { $number }
escalation-number-threshold = 📏 门槛 { $number }
escalation-threshold = 📏 改：{ $name }
escalation-kept = 记下了，已转告{ $name }。
escalation-answered-help = 🤝 { $name }：我来帮您
escalation-answered-talk = 🗣 { $name }：约您聊聊
escalation-answered-threshold = 📏 { $name }：门槛不合适，我来看
escalation-heard-help = 🤝 { $name }说要帮您：
    { $about }
    要帮什么，当面说，或用 /askhelp 说。
escalation-heard-talk = 🗣 { $name }想和您聊聊这{ $count ->
        [1] 件
       *[other] 几件
    }事：
    { $about }
    聊之前点开看一眼，心里有数。
escalation-heard-threshold = 📏 { $name }也觉得这{ $count ->
        [1] 条
       *[other] 几条
    }的门槛不合适，去看看怎么改：
    { $about }
escalation-open-flag = 看这条提示
escalation-open-flags = 看我的提示
escalation-lead-knows = 👥 主管已经看到，还没回
escalation-answered-before = { $name }已经回过了。
escalation-has-cleared = 这条已经消除了，不用再管。
escalation-to-owed = ◀ 等回话的
escalation-all-answered = 这些都已经回过，或者消除了。
escalation-act-disputed = 🙅 有异议的提示 { $count }
escalation-disputed-head = <b>有异议的提示（{ $count }）</b>

owed-head = <b>等回话 { $count } 件</b>，{ $managers } 位经理在等：
owed-none = <b>没有等回话的。</b>都回了，大家心里踏实。
owed-manager = <b>{ $name }</b>：{ $what }
owed-first-request = 🙋 { $what }
owed-first = { $mark } { $what }
owed-open = { $name } · { $count } 件
owed-of = <b>{ $name }：等回话 { $count } 件</b>
owed-request = { $number }. 🙋 { $day }：{ $what }
owed-flag = { $number }. { $mark } { $what }
owed-habit = { $number }. { $mark } { $habit } { $count } 家：{ $what }
owed-account = { $number }. { $what } · { $day }起
owed-look = 看 { $number }
owed-back = ◀ { $name }
owed-all-help = 🤝 都帮 { $count }
owed-all-talk = 🗣 都约谈 { $count }
owed-all-threshold = 📏 门槛都不合适 { $count }
owed-all-kept = { $count } 条都记下了，已转告{ $name }。
owed-all-news = ✅ { $count } 条都回了
owed-heard-more = · 还有 { $count } 条
