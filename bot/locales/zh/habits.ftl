### 习惯：名称、依据、怎么消除

habit-over_promising = 承诺给得太满
habit-broken_promise = 承诺逾期
habit-vague_promise = 承诺没有日子
habit-neglected_key_account = 重点客户久未拜访
habit-single_threaded_key_account = 重点客户只有单线联系
habit-opponent_unaddressed = 反对者还没去见
habit-keeping_company_only = 常去却没有进展
habit-unprofitable_big_buyer = 大户不赚钱
habit-friend_only = 时间都给了熟客
habit-incomplete_client_file = 客户资料不全
habit-overloaded_book = 客户量超负荷
habit-stalled_next_step = 说好的下一步没做
habit-unanswered_complaint = 投诉还没回应
habit-plan_not_made = 没有做日计划
habit-plan_not_followed = 计划没有落实
habit-last_minute_rush = 月底突击
habit-no_market_feedback = 没有市场反馈
habit-thin_notes = 拜访记录空洞
habit-bad_wording = 说法会让客户不舒服
habit-collateral_worship = 只看抵押物
habit-single_source_check = 只核实了一个渠道
habit-no_repayment_plan = 还没想好怎么收
habit-rescue_lending = 借新还旧的亏损户
habit-late_risk_reminder = 风险提示晚了
habit-trust_at_risk = 重点客户的信任有风险
habit-key_account_at_risk = 重点客户可能要丢
habit-cannot_keep_up = 答应的多过做得完的
habit-aim_missed = 计划没落实，重点客户被落下
habit-hollow_relationship = 关系热闹，根基不深

flag-why-assurances-broken = 近 8 周有 { $broken_assurances } 个说得很满的承诺没有按时做到（到 { $broken_assurances_limit } 个就提醒）
flag-why-big-buyer = 年销售排第 { $sales_rank }（前 { $big_buyer_ranks } 名算大户）
flag-why-book-too-large = 这本客户 8 周要拜访 { $required_visits } 次，按每日目标只跑得了 { $capacity_visits } 次（超过 { $overload_pct }% 就提醒）
flag-why-complaint-waiting = 有 { $open_complaints } 件投诉没回应，最久已 { $complaint_workdays } 个工作日（{ $complaint_limit_workdays } 天内应答）
flag-why-delay-unanswered = 拖款 { $delay_days } 天，超过 { $max_delay_days } 天已 { $delay_workdays } 个工作日，还没联系过（限 { $delay_limit_workdays } 天）
flag-why-few-days-planned = 近 8 周 { $workdays } 个工作日里只有 { $planned_workdays } 天有计划（至少 { $min_planned_pct }%）
flag-why-few-sources = 只从 { $sources } 个渠道核实过（至少 { $min_sources } 个）
flag-why-file-has-gaps = 六项资料空着 { $missing_fields } 项（{ $missing_fields_limit } 项起提醒）
flag-why-key-account-few-contacts = 只认识 { $contacts } 个人（重点客户至少 { $min_contacts } 个）
flag-why-key-account-unvisited = { $was_visited ->
        [true] 上次见面已过 { $days_since_visit } 天
       *[other] 近 8 周没有见过
    }（周期 { $cadence_days } 天 + 宽限 { $grace_days } 天 = { $visit_limit_days } 天）
flag-why-key-accounts-left = { $key_accounts } 家重点客户里有 { $neglected_key_accounts } 家久未拜访（{ $neglected_pct_limit }% 起提醒）
flag-why-month-end-rush = { $month } 的 { $month_visits } 次拜访，{ $rush_visits } 次挤在最后 5 个工作日（超过 { $rush_pct_limit }% 就提醒）
flag-why-new-money-for-old = 新贷款是用来还旧贷款的
flag-why-next-step-late = 有 { $late_steps } 个说好的下一步过了日子，最久 { $step_workdays_late } 个工作日（宽限 { $step_limit_workdays } 天）
flag-why-no-recent-plan = 最近 { $recent_workdays } 个工作日都没有计划
flag-why-no-report-lately = { $has_reported ->
        [true] 上次市场反馈已过 { $workdays_since_report } 个工作日
       *[other] 还没有过市场反馈
    }（{ $report_limit_workdays } 个工作日起提醒）
flag-why-nobody-on-file = 资料里一个联系人也没有
flag-why-notes-say-nothing = { $visits } 次拜访里有 { $empty_notes } 次没写下内容（{ $empty_notes_pct_limit }% 起提醒）
flag-why-only-collateral = 放款依据只有抵押物
flag-why-opponent-unmet = { $opponent_days_unmet ->
        [9999] 反对的那位近 8 周没见过
       *[other] 反对的那位已 { $opponent_days_unmet } 天没见
    }（{ $opponent_limit_days } 天起提醒）
flag-why-pays-late = 拖款 { $payment_delay_days } 天（限 { $max_payment_delay_days } 天）
flag-why-plans-unfulfilled = { $planned_days } 天的计划共 { $planned_accounts } 家，当天去了 { $fulfilled_accounts } 家（至少 { $min_fulfilled_pct }%）
flag-why-promise-late = 有 { $late_promises } 个承诺过了日子，最久 { $most_workdays_late } 个工作日
flag-why-promise-undated = 有 { $undated_promises } 个承诺没定日子，最久已 { $undated_workdays } 个工作日（宽限 { $undated_limit_workdays } 天）
flag-why-promises-often-late = 近 8 周到期 { $due_promises } 个承诺，按时做到 { $kept_on_time } 个（至少 { $min_kept_pct }%）
flag-why-repayment-unplanned = 还没有还款计划
flag-why-same-faces = { $visits } 次拜访里有 { $familiar_visits } 次见的是同样三位熟人（{ $familiar_pct_limit }% 起提醒）
flag-why-thin-margin = 毛利率 { $margin_pct }%（至少 { $min_margin_pct }%）
flag-why-too-many-open-promises = 手上欠着 { $open_promises } 个承诺（最多 { $max_open_promises } 个）
flag-why-visits-at-tier-c = { $visits } 次拜访里有 { $tier_c_visits } 次在 C 类客户（{ $tier_c_pct_limit }% 起提醒）
flag-why-visits-without-result = 近 8 周去了 { $visits } 次，没有结果、没有承诺，也没有增长（{ $idle_visits_limit } 次起提醒）
flag-why-wording-repeated = 近 8 周有 { $samples } 段话是这种说法（{ $samples_limit } 段起提醒）
flag-why-years-of-losses = 已亏损 { $loss_years } 年（{ $loss_years_limit } 年起提醒）
flag-why-aim-missed = 计划常常没落实，而这家重点客户正好被落下
flag-why-cannot-keep-up = 承诺太多，客户也超出了跑得过来的量：根子在量，不在人
flag-why-hollow-relationship = 去得勤，却只靠一两个人，又没有进展
flag-why-key-account-at-risk-by-contacts = 久未拜访，又只认识一两个人
flag-why-key-account-at-risk-by-opponent = 久未拜访，又有人反对而没去谈
flag-why-trust-at-risk = 对 A 类客户的承诺过了日子

flag-clears-over-promising = 把欠着的做掉几个或和客户重新约日子，按时率回到线上，提示就会消失。
flag-clears-broken-promise = 做到它，或和客户说好新的日子再做到；做到的那天提示就消失。
flag-clears-vague-promise = 给这个承诺定一个日子，提示就消失。
flag-clears-neglected-key-account = 去见一面或打通一次电话，记下来就消失。
flag-clears-single-threaded-key-account = 多认识一个人，记进联系人，够数就消失。
flag-clears-opponent-unaddressed = 见一见反对的那位，记下来就消失。
flag-clears-keeping-company-only = 下次去带一个明确的目的：一单、一个下一步，或一个问题解决，记下来就消失。
flag-clears-unprofitable-big-buyer = 谈一次价格或账期，或把它改成 B、C 类，提示就消失。
flag-clears-friend-only = 先去两家久未拜访的重点客户，比例回来就消失。
flag-clears-incomplete-client-file = 把空着的资料补上，剩不到两项就消失。
flag-clears-overloaded-book = 把几家 C 类客户的周期放长，或交给同事，跑得过来就消失。
flag-clears-stalled-next-step = 把说好的下一步做掉，或和客户改个日子，提示就消失。
flag-clears-unanswered-complaint = 今天给客户一个答复，记下来就消失。
flag-clears-plan-not-made = 从明天起每天早上确认计划，过半就消失。
flag-clears-plan-not-followed = 计划少排一两家，排了就去；落实率回到线上就消失。
flag-clears-last-minute-rush = 这个月把拜访摊开，新的月份算完就消失。
flag-clears-no-market-feedback = 记下一条听来的消息：竞品、价格、政策、需求都行，马上消失。
flag-clears-thin-notes = 每次记下谁、说了什么、下一步，比例回来就消失。
flag-clears-bad-wording = 换成更好的说法；8 周内少于两次就消失。
flag-clears-collateral-worship = 补上现金流或人品口碑的依据，提示就消失。
flag-clears-single-source-check = 再从一个渠道核实，记进去就消失。
flag-clears-no-repayment-plan = 和客户谈定还款计划，记进去就消失。
flag-clears-rescue-lending = 弄清新钱的真正用途，不再借新还旧就消失。
flag-clears-late-risk-reminder = 今天联系客户说清风险，记下来就消失。
flag-clears-trust-at-risk = 先做到逾期的承诺，这条就消失。
flag-clears-key-account-at-risk = 去见一面，并多见一个人，这条就消失。
flag-clears-cannot-keep-up = 和客户重新约几个日子，再把客户量减下来，这条就消失。
flag-clears-aim-missed = 明天的计划先排这一家，去了就消失。
flag-clears-hollow-relationship = 多认识一个人，并约定一个有结果的下一步，这条就消失。
