### /plan：一天的计划，先去哪几家，为什么

plan-head-today = 📋 <b>今天 { $day }</b>
plan-head = 📋 <b>{ $day } 的计划</b>

# 今天的数
plan-number = 建议 { $proposed } 家：要求 { $required }，您近四周中位数 { $median }
plan-number-target = 建议 { $proposed } 家：要求 { $required }，团队目标 { $target }
plan-number-seen = 建议 { $proposed } 家，今天已去 { $seen } 家
plan-number-day-off = 今天休息，只勾了约好的；想去再勾。
plan-overloaded = ⚠️ 要求是目标的 { $percent }%，客户超量了
plan-chosen = 您选了 { $count } 家
plan-nothing = 今天没有非去不可的。点 ➕，加一两家想见的。

# 名单
plan-line = { $number }. { $mark } { $name } · { $why }
plan-by-hand = 您加的
plan-seen = 今天去过
plan-moved-here = 您改来的
plan-short-appointment = { $appointment_time } 约好了
plan-short-promise_due = 今天到期：{ $promise_due }
plan-short-promise_overdue = 逾期 { $promise_days_overdue } 天：{ $promise_overdue }
plan-short-critical_flag = 🔴{ $habit }
plan-short-warning_flag = 🟠{ $habit }
plan-short-contact_overdue = { $days_since_contact } 天没见
plan-short-unseen = 8 周没见
plan-short-complaint = 投诉 { $complaint_days } 天
plan-short-next_step_due = 该办：{ $step_due }
plan-short-potential = 还有 { $unwon_pct }% 没拿下
plan-short-same_area = 顺路
plan-short-dropped = ✖ { $reason }
plan-brief-dropped = ✖ 不去了
plan-brief-promise_due = 承诺到期
plan-brief-promise_overdue = 逾期 { $promise_days_overdue } 天
plan-brief-next_step_due = 下一步
plan-brief-critical_flag = 🔴提示
plan-brief-warning_flag = 🟠提示

# 按钮
plan-tick = { $mark } { $number }
plan-confirm = ✅ 就这 { $count } 家
plan-act-number = 🔢 换个数
plan-act-add = ➕ 加客户
plan-act-less = 🕑 时间少
plan-act-why = ❓ 为什么这样排
plan-act-over = ⚖️ 超量怎么办
plan-act-five = 🧭 周一五问
plan-act-tomorrow = { $day } 的计划 ▶
plan-act-today = ◀ 今天的计划
plan-act-edit = ✏️ 改计划
plan-act-again = ✏️ 重新勾选
plan-act-visit = 🎯 { $number } { $name }
plan-act-done = ✅ { $number } 去了
plan-act-move = 📅 { $number } 改天
plan-act-now = → { $number } 今天去
plan-act-drop = ✖ { $number } 不去了
plan-act-go-on = 看今天的计划 ▶
plan-act-ends = 🧹 { $count } 家还没了结
plan-act-undo = ↩ 点错了
plan-back = ◀ 计划

# 还没了结的
plan-ends = <b>先理一理：{ $count } 家还没了结</b>
plan-end-line = { $number }. { $name } · { $day }
plan-end-done = ✅ { $what }：去过了
plan-tell-more = 记成去了。有什么要记的，直接打字给我。
plan-end-today = → { $what }：放进今天
plan-moved = 📅 { $what }：改到 { $day }
plan-to = 改到 { $day }
plan-dropped = ✖ { $what }：{ $reason }
plan-which-day = { $what } 改到哪天？点一个，或打字给我，例如「下周三」。
plan-why-drop = { $what } 为什么不去了？点一个，或打字告诉我。
plan-drop-client = 客户没空
plan-drop-time = 我排不过来
plan-drop-needless = 不用专程去

# 换个数、时间少、加客户
plan-which-number = 去几家？点一个，或打字给我。约好的和您自己定的都会留着。
plan-not-a-number = 请写 1 到 { $most } 之间的数，例如 5。
plan-less = 🕑 放下 { $count } 家：{ $what }
plan-less-nothing = 🕑 剩下的都是约好的或到期的，减不了了。
plan-number-must = 📌 约好的和您自己定的有 { $count } 家，都留着
plan-which-account = 加哪家？打名字给我，简称、拼音也行。
plan-not-found = 没找到「{ $words }」。换个叫法再打一次；新客户请先在 /accounts 里加。
plan-which-of-these = 「{ $words }」是哪一家？
plan-added = ➕ { $what }：加进来了
plan-day-over = 这一天过去了，或者还太早。发 /plan 看今天的计划。
plan-full = 一天最多排 { $most } 家，先去掉一家再加。

# 为什么这样排
plan-because-head = <b>为什么这样排</b>（点数字看依据）
plan-because-line = { $number }. { $what } · { $sum }
plan-because-title = <b>{ $what }</b> · { $points } 分
plan-because-reason = · { $what } <b>+{ $points }</b>
plan-because-none = · 您自己加的，不计分。
plan-because-unfold = ▼ 规则和出处
plan-rules-now = 🕑 按现在的资料推的，不是定计划那时的。
plan-rules-none = · 现在没有规则给它加分了，事情多半已经办了。
plan-because-back = ◀ 全部理由
plan-not-judged = 规则这会儿算不出来，过几分钟再试一次。

# 周一五问（K9.14）
plan-five-head = 🧭 <b>周一五问</b>：时间给谁
plan-five-capacity = 1. 太多吗？{ $accounts } 家，{ $overdue } 家过了周期；每天要 { $required } 家，目标 { $target } 家
plan-five-returns = 2. 近期有单：{ $now }；三到六个月：{ $what }
plan-five-people = 3. 人对吗？四周见了 { $visits } 次，{ $at_key } 次在重点户，{ $with_opponents } 次见反对者；{ $what }
plan-five-unmet = 该去见：{ $names }
plan-five-all-met = 该见的都见了
plan-five-things = 4. 事对吗？四周跑了 { $visits } 次，{ $productive } 次有结果；{ $what }
plan-five-fruitless = 白跑：{ $names }
plan-five-no-fruitless = 没有白跑的
plan-five-senior = 5. 请领导去：{ $what }
plan-five-senior-one = { $account }（{ $reason }）
plan-five-senior-complaint = 有投诉
plan-five-senior-opponent = 有人反对
plan-five-senior-falling = 在下滑
plan-five-senior-stuck = 久攻不下
plan-five-nobody = 暂时没有

# 超量
plan-over-head = <b>要求每天 { $required } 家，目标 { $target } 家</b>
plan-over-line = · { $what }：{ $now } → { $then } 天，四周省 { $frees } 次
plan-over-none = 没有哪家 C 级客户的周期能再拉长了。
plan-over-not-enough = · 这些都拉长了也还不够，要调走几家。
plan-over-how = 周期由团队定：拿着这几行和主管商量，或把谁改成电话联系。

# 定了以后
plan-confirmed = 定了，一路顺利
plan-progress = { $count } 家，去了 { $visited } 家
plan-edit-head = ✏️ <b>{ $day }</b>：哪家有变？
plan-edit-nothing = 都了结了，没有要改的。

# 没有客户簿的人
plan-empty = <b>先从一家客户开始。</b>
    点 ➕ 加上您最常跑的两三家，明早起我就替您排好先去哪家、为什么。
plan-not-yours = 日计划是给客户经理排的；您名下没有客户。团队的事在 /team。
