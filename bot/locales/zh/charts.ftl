### 图上的字：周报和月视图

charts-partial = 本周还没过完，算到第 { $days } 天
charts-figure-plan = 计划完成
charts-figure-visits = 拜访 / 目标
charts-figure-keys = 重点客户见到
charts-figure-kept = 承诺按时
charts-short-plan = 计划
charts-short-visits = 拜访
charts-short-keys = 重点
charts-short-kept = 按时
charts-short-flags = 提示
charts-besides = 新提示 { $opened } · 消除 { $cleared } · 市场消息 { $news }
charts-opened = 新提示 { $count }
charts-cleared = 消除 { $count }
charts-silent = { $days } 天没动静
charts-more = 还有 { $count } 位，请看表格。
charts-legend-plan = 计划：计划的客户当天去了 · 重点：重点客户按周期见到
charts-legend-kept = 按时：近 8 周到期的承诺按时做到 · ▲▼ 和上周比
charts-legend-flagged = 橙色：这方面还有提示没消除
charts-quiet = 这一周很安静
charts-quiet-advice = 没有计划、拜访和承诺的记录。问问大家，是忙还是忘了记？
charts-alone = 团队里还没有客户经理
charts-alone-advice = 发 /team 邀请第一位，下周一这里就有图了。

# 月视图
charts-as-of = 截至 { $day }
charts-tiers = 分级 · 共 { $count } 家
charts-tier = { $tier } 级 { $count } 家
charts-tier-met = { $days } 天内见到 { $count } 家 = { $percent }%
charts-segments = 类别
charts-segment-none = 没填类别
charts-segment-others = 其他 { $count } 类
charts-month-load = 负荷
charts-month-visits = 拜访
charts-month-new = 新客户
charts-month-short-load = 负荷
charts-month-short-visits = 拜访
charts-month-short-new = 新客
charts-month-short-book = 家数
charts-book = { $count } 家客户
charts-legend-tiers = 分级：条的长短是家数，深色是周期内见到的
charts-legend-met = 类别：按家数从多到少，深浅是分级
charts-legend-load = 负荷：每个工作日要拜访的 ÷ 每日目标
charts-legend-goals = 拜访、新客户：做到 / 本人定的月目标
charts-legend-overloaded = 橙色：客户量超负荷
charts-no-accounts = 还没有客户
charts-no-accounts-advice = 请客户经理发 /accounts 加客户，或发来一张表格。
