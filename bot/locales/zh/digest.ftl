### /digest：主管的周报；/whatmyleadsees：经理看主管看到的

digest-title = <b>{ $team } · 周报</b>
digest-days = { $days } · { $workdays } 个工作日 · { $managers } 位经理
digest-days-partial = { $days } · 还没过完，算到{ $through }
digest-days-none = { $days } · 刚开始，明天就有数
digest-no-managers = 团队里还没有经理。用 /team 邀请第一位，下周这里就有内容。
digest-nothing = 这周没有记录。问一句：是忙忘了，还是遇到难处？
digest-first = <b>先看</b>
digest-first-of = <b>先看</b>（共 { $count } 位，下面能展开）
digest-calm = ✅ 没有人急着要您帮，挺好
digest-concern = { $mark } { $name }：{ $what }{ $more }
digest-silent-lately = 已 { $days } 个工作日没动静
digest-more = （另 { $count } 条）
digest-plan = 📋 计划落实 { $percent }%（{ $fulfilled }/{ $planned }）
digest-plan-none = 📋 没有做计划
digest-visits = 🚶 拜访 { $done } 次，目标 { $aimed }
digest-keys = ⭐ 重点客户按时见了 { $met }/{ $keys } 家
digest-keys-none = ⭐ 还没有重点客户
digest-promises = 🤝 到期 { $due } 个：按时 { $kept }，失约 { $broken }
digest-promises-none = 🤝 没有到期的承诺
digest-flags = 🚩 新提示 { $opened }，消除 { $cleared }，开着 { $standing }
digest-silence = 😶 没动静 { $days } 人天
digest-market = 📰 { $what }
digest-market-none = 📰 没有市场消息
digest-topic = { $topic } { $count }
digest-topic-other = 其他
digest-between = ，
digest-gaps = ❓ 没答上来 { $count } 问
digest-coach = 🗣 { $name }：{ $what }
digest-owed = ⏳ <b>等回话：</b>{ $what }
digest-owed-help = 求助 { $count }
digest-owed-escalation = 提示 { $count }

digest-manager = { $mark } { $name } · 拜访 { $done }/{ $aimed }
digest-act-coach = 🗣 { $name }：问他三句
digest-act-concerns = 🔴 先看谁 { $count }
digest-act-market = 📰 市场 { $count }
digest-act-gaps = ❓ 没答上来 { $count }
digest-act-owed = ⏳ 等回话 { $count }
digest-act-files = 📊 图和表
digest-back = ◀ 周报
digest-back-to-teams = ◀ 全部团队

digest-who = <b>{ $name }</b> · { $days }
digest-who-partial = ，算到{ $day }
digest-who-begins = ⏳ 这周刚开始，明天就有数
digest-who-workdays = 🗓 { $days } 个工作日
digest-who-joined = 🌱 { $day } 加入，从那天算
digest-who-away = 🌴 休假或放假，没有工作日
digest-who-plan = 📋 计划 { $planned } 家，当天去 { $fulfilled } 家 = { $percent }%
digest-who-visits = 🚶 拜访 { $done } 次，目标 { $aimed } 次
digest-who-keys = ⭐ 重点客户 { $keys } 家，周期内见了 { $met } 家
digest-who-promises = 🤝 到期 { $due } 个：按时 { $kept }，失约 { $broken }
digest-who-rate = 📈 近 8 周按时 { $percent }%（{ $kept }/{ $due }）
digest-who-rate-before = 📈 近 8 周按时 { $percent }%，一周前 { $before }%{ $way ->
        [up] {" ↑"}
        [down] {" ↓"}
       *[same] {""}
    }
digest-who-rate-none = 📈 近 8 周没有到期的承诺
digest-who-flags = 🚩 新提示 { $opened }，消除 { $cleared }，还开着 { $standing }
digest-who-market = 📰 市场消息 { $count } 条
digest-who-silent = 😶 没动静 { $days } 个工作日
digest-who-last = ，上次记录 { $day }
digest-who-not-joined = 📵 还没加入，用 /team 再发一次邀请

digest-list-plan = 📋 计划
digest-list-visits = 🚶 拜访
digest-list-days = 🎯 目标
digest-list-keys = ⭐ 重点
digest-list-promises = 🤝 承诺
digest-list-window = 📈 近 8 周
digest-list-opened = 🚩 新提示
digest-list-cleared = ✅ 消除
digest-list-standing = 🚩 开着
digest-list-market = 📰 市场
digest-list-silent_days = 😶 没动静
digest-list-head = <b>{ $name } · { $list }</b>（{ $count }）
digest-list-line = · { $line }
digest-list-empty = 没有。
digest-legend-plan = ✅ 当天去了　▫️ 没去成
digest-legend-keys = ✅ 周期内　▫️ 超了（括号：周期，天）
digest-legend-promises = ✅ 按时 ☑️ 迟了做到 ❗ 失约 ⏳ 刚过
digest-line-plan = { $mark } { $day } { $what }
digest-line-visit = { $day } { $account } · { $outcome }
digest-line-day = { $day } 去 { $done }，目标 { $aimed }{ $planned ->
        [true] {""}
       *[false] {"（团队）"}
    }
digest-line-key = { $mark } { $account } · { $days } 天前（{ $cadence }）
digest-line-key-never = { $mark } { $account } · 近 8 周没见
digest-line-flag-cleared = { $opened } – { $cleared }
digest-line-flag = { $mark } { $what } · { $since }
digest-line-why = 　{ $what }
digest-line-promise = { $mark } { $what } · { $account } · { $day }
digest-line-flag-disputed = 他不同意
digest-line-no-account = 未记客户

digest-news = · <b>{ $topic }</b> { $what } —— { $name }，{ $where }，{ $day }
digest-on-the-way = 路上
digest-market-head = <b>市场消息</b> · { $days }
digest-gaps-head = <b>没答上来的</b> · { $days }
digest-concerns-head = <b>先看谁</b>（{ $count }）
digest-owed-head = <b>等回话</b>（{ $count }）

digest-lost = 📭 本周的周报可能没送到。
digest-lost-here = 📭 本周的周报可能没送到，补在这里；图和表在最下面。
digest-lost-open = 📊 打开周报

digest-talk = 🗣 <b>{ $name }：{ $habit }</b>
digest-talk-accounts = 客户：{ $what }
digest-talk-ask = 面谈时问他三句，多听：
digest-talk-question = { $number }. { $question }
digest-talk-read = 📖 { $title }

digest-teams = <b>您的团队 · { $days }</b>
digest-teams-line = { $mark } { $team }：计划 { $plan } · 拜访 { $done }/{ $aimed } · 失约 { $broken }{ $owed ->
        [0] {""}
       *[other] {" · ⏳ "}{ $owed }
    }
digest-teams-line-empty = ⚪ { $team }：还没有经理
digest-teams-none = 您还没有团队。

digest-picture = { $team } · { $days }
digest-workbook = 每个数字都能在表里找到来处。
digest-file = 周报-{ $team }-{ $first }

digest-seen = <b>主管看到的您</b>，就是下面这一条，一字不差，每个数字也和您一样能点开。
    主管还会看到：您报的市场消息、您发的求助、交到他那里的提示；提问只列题目，不写谁问的。
    谁也不给看：笔记原文（您自己点分享才给）、说法检查、自评和练习。
digest-seen-no-team = 您还没有进团队，没有主管看您的数据。
digest-seen-by-you = 这是给客户经理看的：主管看到他的哪些数。您看全队用 /digest。
