### Habits: their names, what shows them, what clears them

habit-over_promising = Promising too much
habit-broken_promise = Promise overdue
habit-vague_promise = Promise without a date
habit-neglected_key_account = Key account waiting too long
habit-single_threaded_key_account = Key account hangs on one thread
habit-opponent_unaddressed = Opponent not met yet
habit-keeping_company_only = Often there, nothing moves
habit-unprofitable_big_buyer = Big buyer that does not pay off
habit-friend_only = Time goes to old friends
habit-incomplete_client_file = Client file has gaps
habit-overloaded_book = Book larger than the days
habit-stalled_next_step = Agreed next step not done
habit-unanswered_complaint = Complaint without a reply
habit-plan_not_made = No day plan
habit-plan_not_followed = Plans not carried out
habit-last_minute_rush = Month-end rush
habit-no_market_feedback = No market news
habit-thin_notes = Notes that say nothing
habit-bad_wording = Wording that puts clients off
habit-collateral_worship = Lending on collateral alone
habit-single_source_check = Checked through one channel
habit-no_repayment_plan = No plan for collection
habit-rescue_lending = New money for old losses
habit-late_risk_reminder = Risk reminder late
habit-trust_at_risk = A key account's trust is at risk
habit-key_account_at_risk = A key account may be lost
habit-cannot_keep_up = More promised than can be done
habit-aim_missed = Plans slip, a key account waits
habit-hollow_relationship = Warm, but thin relationship

flag-why-assurances-broken = { $broken_assurances } strong assurances were not kept on time in 8 weeks ({ $broken_assurances_limit } are too many)
flag-why-big-buyer = number { $sales_rank } of the book by sales (the first { $big_buyer_ranks } count as big)
flag-why-book-too-large = the book asks for { $required_visits } visits in 8 weeks, the daily target allows { $capacity_visits } (above { $overload_pct }% is too much)
flag-why-complaint-waiting = { $open_complaints ->
        [one] 1 complaint
       *[other] { $open_complaints } complaints
    } unanswered, the oldest for { $complaint_workdays } workdays (limit { $complaint_limit_workdays })
flag-why-delay-unanswered = { $delay_days } days late in paying; past { $max_delay_days } for { $delay_workdays } workdays without a contact (limit { $delay_limit_workdays })
flag-why-few-days-planned = { $planned_workdays } of { $workdays } workdays had a plan in 8 weeks (at least { $min_planned_pct }%)
flag-why-few-sources = checked through { $sources } (at least { $min_sources } channels)
flag-why-file-has-gaps = { $missing_fields } of six fields are empty ({ $missing_fields_limit } are too many)
flag-why-key-account-few-contacts = { $contacts } people known (a key account needs { $min_contacts })
flag-why-key-account-unvisited = { $was_visited ->
        [true] { $days_since_visit } days since the last contact
       *[other] no contact in 8 weeks
    } (cadence { $cadence_days } + grace { $grace_days } = { $visit_limit_days } days)
flag-why-key-accounts-left = { $neglected_key_accounts } of { $key_accounts } key accounts wait too long ({ $neglected_pct_limit }% is the limit)
flag-why-month-end-rush = { $rush_visits } of the { $month_visits } visits of { $month } fell on its last 5 workdays (more than { $rush_pct_limit }% is a rush)
flag-why-new-money-for-old = the new loan repays an old one
flag-why-next-step-late = { $late_steps ->
        [one] 1 agreed step past its day
       *[other] { $late_steps } agreed steps past their day
    }, the oldest by { $step_workdays_late } workdays (grace { $step_limit_workdays })
flag-why-no-recent-plan = none of the last { $recent_workdays } workdays had a plan
flag-why-no-report-lately = { $has_reported ->
        [true] { $workdays_since_report } workdays since the last market news
       *[other] no market news so far
    } ({ $report_limit_workdays } are too many)
flag-why-nobody-on-file = nobody is on file there
flag-why-notes-say-nothing = { $empty_notes } of { $visits } visits left no words ({ $empty_notes_pct_limit }% is too many)
flag-why-only-collateral = collateral is the only basis
flag-why-opponent-unmet = { $opponent_days_unmet ->
        [9999] the opponent was not met in 8 weeks
       *[other] { $opponent_days_unmet } days since the opponent was met
    } ({ $opponent_limit_days } are too many)
flag-why-pays-late = pays { $payment_delay_days } days late (limit { $max_payment_delay_days })
flag-why-plans-unfulfilled = { $fulfilled_accounts } of { $planned_accounts } planned visits made on their day, on { $planned_days } days (at least { $min_fulfilled_pct }%)
flag-why-promise-late = { $late_promises ->
        [one] 1 promise past its day
       *[other] { $late_promises } promises past their day
    }, the oldest by { $most_workdays_late } workdays
flag-why-promise-undated = { $undated_promises } without a date, the oldest for { $undated_workdays } workdays (grace { $undated_limit_workdays })
flag-why-promises-often-late = { $kept_on_time } of { $due_promises } promises due in 8 weeks kept on time (at least { $min_kept_pct }%)
flag-why-repayment-unplanned = no repayment plan on file
flag-why-same-faces = { $familiar_visits } of { $visits } visits went to the same three friends ({ $familiar_pct_limit }% is the limit)
flag-why-thin-margin = margin { $margin_pct }% (at least { $min_margin_pct }%)
flag-why-too-many-open-promises = { $open_promises } promises open (at most { $max_open_promises })
flag-why-visits-at-tier-c = { $tier_c_visits } of { $visits } visits were at tier C ({ $tier_c_pct_limit }% is the limit)
flag-why-visits-without-result = { $visits } visits in 8 weeks without result, promise or growth ({ $idle_visits_limit } are too many)
flag-why-wording-repeated = { $samples } texts of 8 weeks sound like this ({ $samples_limit } make a habit)
flag-why-years-of-losses = losses for { $loss_years } years ({ $loss_years_limit } are too many)
flag-why-aim-missed = plans often slip, and this key account is the one left waiting
flag-why-cannot-keep-up = many promises and more accounts than the days allow: the cause is capacity, not you
flag-why-hollow-relationship = often there, but through one or two people and without progress
flag-why-key-account-at-risk-by-contacts = long unvisited, and only one or two people known
flag-why-key-account-at-risk-by-opponent = long unvisited, and an opponent nobody talked to
flag-why-trust-at-risk = a promise to a tier A account is past its day

flag-clears-over-promising = Do a few of them or agree new days with the clients; back above the line, this goes away.
flag-clears-broken-promise = Do it, or agree a new day with the client and do it then; this goes away that day.
flag-clears-vague-promise = Give the promise a date, and this goes away.
flag-clears-neglected-key-account = See them or get them on the phone once, note it, and this goes away.
flag-clears-single-threaded-key-account = Get to know one more person and put them on file.
flag-clears-opponent-unaddressed = Meet the opponent once and note it.
flag-clears-keeping-company-only = Go with one clear aim next time: an order, a next step, an issue solved. Note it, and this goes away.
flag-clears-unprofitable-big-buyer = Talk about price or terms once, or make it a B or C account.
flag-clears-friend-only = See two of the waiting key accounts first; once the share is back, this goes away.
flag-clears-incomplete-client-file = Fill in what is empty; with fewer than two gaps this goes away.
flag-clears-overloaded-book = Stretch the cadence of some C accounts or hand a few over.
flag-clears-stalled-next-step = Do the agreed step, or agree another day with the client.
flag-clears-unanswered-complaint = Give the client an answer today and note it.
flag-clears-plan-not-made = Confirm a plan each morning from tomorrow; past half of the days, this goes away.
flag-clears-plan-not-followed = Plan one or two fewer and go to all of them; back above the line, this goes away.
flag-clears-last-minute-rush = Spread the visits of this month; the next month's count clears it.
flag-clears-no-market-feedback = Note one thing you heard: competitor, price, policy, demand. It goes away at once.
flag-clears-thin-notes = Note who, what was said, what next; once the share is back, this goes away.
flag-clears-bad-wording = Use the better sentence; fewer than two in 8 weeks, and this goes away.
flag-clears-collateral-worship = Add cash flow or reputation as a basis.
flag-clears-single-source-check = Check through one more channel and put it on file.
flag-clears-no-repayment-plan = Agree a repayment plan with the client and put it on file.
flag-clears-rescue-lending = Find out what the new money is really for; no longer for old debt, and this goes away.
flag-clears-late-risk-reminder = Contact the client about the risk today and note it.
flag-clears-trust-at-risk = Keep the overdue promise first, and this goes away.
flag-clears-key-account-at-risk = See them, and one more person there.
flag-clears-cannot-keep-up = Agree new days with a few clients, then make the book smaller.
flag-clears-aim-missed = Put this account first in tomorrow's plan and go.
flag-clears-hollow-relationship = Get to know one more person and agree a next step with a result.
