### /review：晚上回顾，一家一家点一下，收工

evening-head = 🌙 <b>{ $day }</b> · 计划 { $count } 家，去了 { $visited } 家
evening-head-unplanned = 🌙 <b>{ $day }</b> · 没排计划，跑了 { $visits } 家
evening-nothing = 今天还没有记录。去了哪家，直接打一句话给我就行。
evening-no-book = 晚上回顾说的是客户；您名下还没有客户，先在 /accounts 里加一家。
evening-more = …还有 { $count } 家，说完这几家再看
evening-done = ✅ 去了：{ $what }
evening-moved = 📅 改天：{ $what }
evening-missed = ✖ 没去：{ $what }
evening-unplanned = ➕ 计划外：{ $what }
evening-step = ➡️ 下次先做：{ $what }
evening-act-went = ✅ { $number } 去了
evening-act-missed = ✖ { $number } 没去
evening-act-market = 📣 市场消息{ $count ->
    [0] {""}
   *[other] {" "}{ $count }
    }
evening-act-step = ➡️ 定第一步
evening-act-drafts = 📝 没确认的记录 { $count }
evening-act-close = 🌙 收工
evening-act-undo = ↩ 点错了
evening-act-day = 📅 改约到别的日子
evening-act-nobody = 🚪 去了，没见到人
evening-act-again = 🔄 再看今天
evening-back = ◀ 返回
evening-noted = 记下了
evening-undone = 恢复了
evening-went = ✅ { $name } 记上了。谈得怎样？打一句话给我，没有就接着点。
evening-nobody = 🚪 { $name }：去了，没见到人。下次先打个电话约好。
evening-missed-news = ✖ { $name }：{ $reason }
evening-moved-news = 📅 { $name }：改到 { $day }
evening-why = { $name } 今天没去成，是因为？点一个，别的原因打字给我。
evening-why-absent = 客户不在
evening-why-time = 时间不够
evening-which-day = { $name } 改到哪天？点一个，或打字给我，例如「下周三」。
evening-which-news = 今天听到什么市场消息？竞品、价格、政策、活动都行，打一句话给我。
evening-which-step = 下个工作日一早先做哪件？点一个，或打字给我。
evening-first-step = { $when }{ $account } { $what }
evening-first-promise = { $account }：{ $what }
evening-first-deed = { $what }
evening-first-account = 先去 { $account }
evening-closed = 🌙 <b>收工，辛苦了。</b>
evening-flag = 明天有一件最该留心：
evening-open-flag = 看为什么
evening-left = 还有 { $count } 家没说，明早再问您。
evening-good-night = 明天见
evening-closed-before = 今天已经收工了
