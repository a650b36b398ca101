### 答案里您自己的数字，一行一个

figure-line = 📊 { $figure }
figure-required-visits = 您四周该跑 { $visits } 次 ÷ { $workdays } 个工作日 = 每天 { $required }；近四周中位数 { $median }
figure-required-visits-target = 您四周该跑 { $visits } 次 ÷ { $workdays } 个工作日 = 每天 { $required }；团队定 { $target }
figure-visits-made = 您近四周 { $visits } 次 ÷ { $days } 天 = 每天 { $average }；{ $absent } 次没见到人
figure-days-out = 您近四周 { $workdays } 个工作日 − { $out } 天有拜访 = { $idle } 天一家没记
figure-book = 您有 { $accounts } 家 = A{ $a } + B{ $b } + C{ $c }；{ $overdue } 家过了周期
figure-first-today = 今天排第一：{ $account }，{ $points } = { $sum } 分
figure-nobody-first = 今天还没有哪家排得上理由
figure-effort = 您近八周 A 类 { $at_a } ÷ { $visits } 次 = { $share }%，A 类占销量 { $sales }%
figure-effort-visits = 您近八周 A 类 { $at_a } ÷ { $visits } 次 = { $share }%；销量还没填
figure-potential = 您 { $count } 家 B 类潜力 { $potential }，还差 { $left } 没做到；最大是{ $account }
figure-no-potential = 您 { $count } 家 { $tier } 类都没填潜力，先填上才看得出升谁
figure-share = 您 { $count } 家填了数：已做 { $sales } ÷ 潜力 { $potential } = { $percent }%
figure-no-share = 您的客户还没填销量和潜力，填上就能算占比
figure-key-share = 您 { $count } 家大客户：已做 { $sales } ÷ 潜力 { $potential } = { $percent }%
figure-no-key-share = 您的大客户还没填销量和潜力，填上就能算占比
figure-growing = 您见过的增长客户 { $count } 家{ $count ->
    [0] {""}
   *[other] ：{ $names }{ $more ->
        [0] {""}
       *[other] {" 等"}
    }
  }
figure-planned-days = 您近八周有计划 { $planned } 天 ÷ { $workdays } 个工作日 = { $percent }%
figure-fulfilled = 您近八周计划 { $planned } 家，当天去了 { $done } 家 = { $percent }%
figure-no-plans = 您近八周还没有日计划，今天就能做一份：/plan
figure-key-accounts = 您的 A 类 { $a } 家 − 亏本大户 { $unprofitable } 家 = 重点客户 { $key } 家
figure-five = 您有 { $key } 家重点客户；近四周给了他们 { $at_key } ÷ { $visits } 次 = { $percent }%
figure-load = 您每天要求 { $required } ÷ 目标 { $target } = 负荷 { $load }，吃得消
figure-load-over = 您每天要求 { $required } ÷ 目标 { $target } = 负荷 { $load }，超了，/plan 里看先放哪几家
figure-horizon = 您的重点客户：{ $now } 家近八周有单，{ $later } 家有潜力还没单
figure-senior = 您值得请领导去的 { $count } 家{ $count ->
    [0] {""}
   *[other] ：{ $names }{ $more ->
        [0] {""}
       *[other] {" 等"}
    }
  }
figure-goal-visits = 您本月拜访 { $reached } ÷ 目标 { $target } = { $percent }%，按进度该到 { $due }
figure-goal-volume = 您本月销量 { $reached } ÷ 目标 { $target } = { $percent }%，按进度该到 { $due }
figure-goal-new-accounts = 您本月新户 { $reached } ÷ 目标 { $target } = { $percent }%，按进度该到 { $due }
figure-no-goals = 您本月还没定数字，一分钟就好：/goals
