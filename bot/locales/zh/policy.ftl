### /policy：团队的标准，先排演再生效；规则用得怎么样

policy-which-team = 看哪个团队的标准？
policy-no-team = 您现在没有带团队，等管理员把团队交给您，再来定标准。
policy-head = <b>{ $team } · 提示的标准</b>
    { $count ->
        [0] 现在都是默认值。
       *[other] 有 { $count } 项改过，带 • 号。
    }
    要改哪一项，我先照近 8 周排演给您看，您点了才生效。
policy-group = <b>{ $team } · { $group }</b>
    点一项，看出处，改数。
policy-group-promises = 承诺
policy-group-accounts = 客户
policy-group-planning = 计划
policy-group-plan = 每日排序
policy-group-information = 信息
policy-group-help = 请主管
policy-group-lending = 信贷
policy-group-cadence = 拜访间隔
policy-group-calendar = 日历
policy-fare = 规则用得怎么样
policy-own-days = 📅 自己定的休息日、上班日
policy-days = <b>{ $team } · 自己定的日子</b>
    平常按{ $country }的日历{ $count ->
        [0] 。现在没有另定的。
       *[other] ，这些另算：
    }
policy-days-line = · { $days }：{ $state }
policy-days-ask = 要另定，打字给我，例如「12月31日休息」「1月9日上班」「2月10日到12日休息」。
policy-days-work = 上班
policy-days-off = 休息
policy-days-calendar = 按日历
policy-days-back-to-calendar = ↩ { $days } 按日历
policy-days-unclear = 没看出是哪天、休息还是上班。请写成「12月31日休息」「1月9日上班」，近两个月到明年都行，一次最多 31 天。
policy-days-rehearsal = <b>{ $days }：{ $state }</b>
policy-days-ahead = 是还没过的日子，照过去排演不出变化；到时提醒和期限都按它算。
policy-days-same = { $days } 现在就是{ $state }，不用改。
policy-days-changed = ✅ { $days } { $state }，定下了。提醒和期限都按它算。
policy-all-teams = ◀ 全部团队
policy-back = ◀ 返回
policy-values = 现在 { $value }，默认 { $default }
policy-source = 出处：{ $source }
policy-needs-whole = 请把新的数发给我：{ $least } 到 { $most } 的整数。
policy-needs-number = 请把新的数发给我：{ $least } 到 { $most }。
policy-needs-country = 请把国家代码发给我，两个字母，例如 CN、SG。
policy-restore = 恢复默认 { $default }
policy-same = { $name }现在就是 { $value }，不用改。
policy-rehearsal = <b>{ $name }：{ $was } → { $becomes }</b>
policy-rehearsed = 照近 { $weeks } 周每周收工时排演，{ $managers } 位客户经理：
policy-rehearsed-short = 人多，只排演最近 { $weeks } 周收工时，{ $managers } 位客户经理：
policy-private = 说话方式的提示只给本人看，这里不排演。
policy-order-only = 只改每天先看哪家，不改提示，所以不用排演。
policy-help-only = 只改提示多久没消除才请主管，提示本身不变，所以不用排演。
policy-no-change = 提示不会有变化。
policy-outcome = 会多 { $appear } 条提示，会少 { $vanish } 条。
policy-change = { $sign } { $about }，{ $weeks } 周
policy-take-effect = ✅ 生效
policy-leave = 先不改
policy-changed = ✅ { $name }改成 { $value } 了，提示一会儿就按新标准看。
policy-records = <b>{ $team } · 近 8 周</b>
    提示 · 不同意 · 消除 · 中位天数
policy-records-none = <b>{ $team } · 近 8 周</b>
    还没有提示过，过些日子再看。
policy-record = { $name } { $opened } · { $disputed } · { $cleared } · { $days }
policy-doubtful = ⚠️ 「{ $name }」超过三分之一不被同意（{ $reasons }），建议改它的标准。

policy-cadence-days-A = A 类间隔天数
policy-cadence-days-B = B 类间隔天数
policy-cadence-days-C = C 类间隔天数
policy-min-contacts-A = 重点客户最少联系人
policy-max-open-promises = 同时最多几个承诺
policy-min-margin-pct = 大户最低毛利 %
policy-max-payment-delay-days = 最多拖款天数
policy-daily-visits-target = 每日拜访目标
policy-min-due-promises = 到期几个才看兑现
policy-min-kept-pct = 按时兑现至少 %
policy-broken-assurances = 满口承诺落空几个
policy-late-workdays = 承诺逾期几个工作日
policy-undated-workdays = 没日子可等工作日
policy-grace-days = 重点客户宽限天数
policy-opponent-days = 反对者未见天数
policy-idle-visits = 空跑几次算白陪
policy-big-buyer-pct = 前百分之几算大户
policy-neglected-pct = 冷落重点客户 %
policy-tier-c-pct = C 类拜访占比 %
policy-familiar-pct = 熟客拜访占比 %
policy-missing-fields = 资料空几项
policy-step-workdays = 下一步可迟工作日
policy-complaint-workdays = 投诉可等工作日
policy-overload-pct = 超负荷线 %
policy-min-planned-pct = 有计划的日子至少 %
policy-unplanned-workdays = 连续没计划工作日
policy-min-planned-days = 几天计划才看落实
policy-min-fulfilled-pct = 计划落实至少 %
policy-min-month-visits = 月拜访几次才看突击
policy-rush-pct = 月底拜访占比 %
policy-points-appointment = 约好见面的分
policy-points-complaint = 投诉未回的分
policy-points-critical = 要紧提示的分
policy-points-promise-overdue = 承诺过期的分
policy-points-promise-due = 承诺今天到期的分
policy-points-warning = 普通提示的分
policy-points-next-step = 说好的下一步的分
policy-points-contact-A = A 类每欠一周期的分
policy-points-contact-B = B 类每欠一周期的分
policy-points-contact-C = C 类每欠一周期的分
policy-points-area = 顺路的分
policy-points-potential = 潜力未拿到的分
policy-contact-due-pct = 到周期的 % 算该去
policy-unwon-pct = 潜力剩多少 % 算分
policy-growth-due-pct = 到周期的 % 看潜力
policy-report-workdays = 没市场反馈工作日
policy-min-noted-visits = 几次拜访才看记录
policy-empty-notes-pct = 空洞记录占比 %
policy-wording-samples = 同类说法出现几次
policy-escalate-warning-workdays = 普通提示几天请主管
policy-escalate-critical-workdays = 要紧提示几天请主管
policy-min-sources = 最少核实渠道
policy-loss-years = 连亏几年
policy-reminder-workdays = 拖款后几个工作日
policy-max-backdate-days = 拜访可补记几天
policy-country = 按哪里的工作日
