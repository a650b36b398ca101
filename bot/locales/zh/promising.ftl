### /mayi：我能答应吗

promising-how = 想答应什么、哪天、给谁，打给我，例如「/mayi 周五送样品到永兴店」。
promising-green = { $mark } <b>可以答应</b>
promising-amber = { $mark } <b>想清楚再答应</b>
promising-red = { $mark } <b>先别答应</b>
promising-reason = { $mark } { $reason }
promising-no-day = 没说哪天，先把日子定下来
promising-past = { $day } 已经过去了
promising-day-off = { $day } 是休息日
promising-today = 就是今天，没有余地
promising-open = 手上欠着 { $count } 个承诺（最多 { $most } 个）
promising-late = 有 { $count } 个已经过了日子，先补上
promising-rate = 近 8 周按时做到 { $kept }/{ $due } = { $percent }%
promising-same-day = { $day } 已有 { $count } 个到期
promising-account-late = { $account } 还有 { $count } 个过了日子没做
promising-load = 每个工作日要跑 { $required } 家，目标 { $target } 家，已经超了
promising-that-day = 那天
promising-say-green = 💬 可以这样说：“{ $day }前给您办好，办好我告诉您。”
promising-say-amber = 💬 可以这样说：“我先落实一下，今天下班前告诉您 { $day } 行不行，不让您空等。”
promising-say-red = 💬 可以这样说：“我现在答应您，怕做不到反而误事。我先把手上的办完，明天给您一个准日子。”
