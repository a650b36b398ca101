### 提示开着太久：先告诉经理，再请主管；/owed：等主管回的

escalation-forewarning = <b>明天会请主管一起看：</b>
escalation-forewarning-day = <b>{ $day }会请主管一起看：</b>
escalation-line = { $number }. { $mark } { $what }
escalation-forewarning-end = 今天理清就不用麻烦主管；现在就求助也行。
escalation-open = 看第 { $number } 条
escalation-ask-help = 🙋 { $number } 现在求助
escalation-head = <b>这几件开着有些天了，帮一把？</b>
escalation-whose = { $number }. { $mark } { $name }：{ $what }
escalation-title = { $mark } <b>{ $name }</b>：{ $what }
escalation-reason = { $reason }
escalation-why = · { $what }
escalation-rule = 📏 { $what }
escalation-since = { $day } 起
escalation-disputed = 🙅 不同意：{ $what }
escalation-look = 看 { $number }
escalation-more = 还有 { $count } 条
escalation-act-help = 🤝 提供帮助
escalation-act-talk = 🗣 约谈
escalation-act-threshold = 📏 门槛不合适
escalation-threshold = 📏 改：{ $name }
escalation-kept = 记下了，已转告{ $name }。
escalation-answered-help = 🤝 { $name }：我来帮您
escalation-answered-talk = 🗣 { $name }：约您聊聊
escalation-answered-threshold = 📏 { $name }：门槛不合适，我来看
escalation-heard-help = 🤝 { $name }说要帮您：
    { $about }
    要帮什么，当面说，或用 /askhelp 说。
escalation-heard-talk = 🗣 { $name }想和您聊聊这件事：
    { $about }
    聊之前点开看一眼，心里有数。
escalation-heard-threshold = 📏 { $name }也觉得这条的门槛不合适，去看看怎么改：
    { $about }
escalation-open-flag = 看这条提示
escalation-lead-knows = 👥 主管已经看到，还没回
escalation-answered-before = { $name }已经回过了。
escalation-has-cleared = 这条已经消除了，不用再管。
escalation-to-owed = ◀ 等我回的
escalation-owed = <b>等您回 { $count } 件</b>，先回最早的：
escalation-owed-none = <b>没有等您回的。</b>都回了，大家心里踏实。
escalation-owed-help = 🙋 { $name }
escalation-owed-flag = 🚩 { $name } · { $about }
escalation-act-disputed = 🙅 有异议的提示 { $count }
escalation-disputed-head = <b>有异议的提示（{ $count }）</b>
