### /policy: a team's thresholds, rehearsed before they take effect; how the rules fare

policy-which-team = Which team's thresholds?
policy-no-team = You lead no team yet. Come back once the owner has given you one.
policy-head = <b>{ $team } · thresholds of the flags</b>
    { $count ->
        [0] All are at their defaults.
        [one] One was changed, marked •.
       *[other] { $count } were changed, marked •.
    }
    Before a change takes effect I rehearse it over the past 8 weeks for you.
policy-group = <b>{ $team } · { $group }</b>
    Tap one for its source and to change it.
policy-group-promises = Promises
policy-group-accounts = Accounts
policy-group-planning = Planning
policy-group-plan = Daily order
policy-group-information = Information
policy-group-help = Lead’s help
policy-group-lending = Lending
policy-group-cadence = Cadence
policy-group-calendar = Calendar
policy-fare = How the rules fare
policy-own-days = 📅 Days off and workdays of our own
policy-days = <b>{ $team } · days of its own</b>
    Otherwise the calendar of { $country } holds{ $count ->
        [0] . None are set.
       *[other] , but for these:
    }
policy-days-line = · { $days }: { $state }
policy-days-ask = To set more, type for example “31 Dec off”, “9 Jan work” or “10 Feb to 12 Feb off”.
policy-days-work = work
policy-days-off = off
policy-days-calendar = as the calendar says
policy-days-back-to-calendar = ↩ { $days }: calendar
policy-days-unclear = I cannot see which days, or whether off or at work. Please type “31 Dec off” or “9 Jan work”: from two months back to next year, 31 days at most.
policy-days-rehearsal = <b>{ $days }: { $state }</b>
policy-days-ahead = These days are still to come, so the past shows no change; reminders and due dates will go by them.
policy-days-same = { $days }: { $state } already; nothing to change.
policy-days-changed = ✅ { $days }: { $state }. Reminders and due dates go by it now.
policy-all-teams = ◀ All teams
policy-back = ◀ Back
policy-values = Now { $value }, default { $default }
policy-source = Source: { $source }
policy-needs-whole = Send me the new number, a whole one from { $least } to { $most }.
policy-needs-number = Send me the new number, from { $least } to { $most }.
policy-needs-country = Send me the country's code of two letters, such as CN or SG.
policy-restore = Back to the default { $default }
policy-same = { $name } is { $value } already; nothing to change.
policy-rehearsal = <b>{ $name }: { $was } → { $becomes }</b>
policy-rehearsed = { $managers ->
        [one] 1 manager
       *[other] { $managers } managers
    } at the past { $weeks } week ends:
policy-rehearsed-short = A large team: { $managers } managers at the last { $weeks ->
        [one] week end
       *[other] { $weeks } week ends
    } only:
policy-private = Flags about wording are for their owner alone, so they are not rehearsed.
policy-order-only = This only changes whom to see first on a day, not the flags, so there is nothing to rehearse.
policy-help-only = This only changes when the lead is asked in, not the flags, so there is nothing to rehearse.
policy-no-change = No flag would change.
policy-outcome = { $appear ->
        [one] 1 flag
       *[other] { $appear } flags
    } would appear, { $vanish } vanish.
policy-change = { $sign } { $about }, { $weeks ->
        [one] 1 week
       *[other] { $weeks } weeks
    }
policy-take-effect = ✅ Take effect
policy-leave = Leave it
policy-changed = ✅ { $name } is now { $value }; the flags follow shortly.
policy-records = <b>{ $team } · past 8 weeks</b>
    opened · disputed · cleared · days
policy-records-none = <b>{ $team } · past 8 weeks</b>
    No flags yet; look again in a while.
policy-record = { $name } { $opened } · { $disputed } · { $cleared } · { $days }
policy-doubtful = ⚠️ More than a third of “{ $name }” was disputed ({ $reasons }): its threshold should change.

policy-cadence-days-A = Days between, tier A
policy-cadence-days-B = Days between, tier B
policy-cadence-days-C = Days between, tier C
policy-min-contacts-A = Fewest contacts, key account
policy-max-open-promises = Most open promises
policy-min-margin-pct = Least margin, big buyer %
policy-max-payment-delay-days = Longest payment delay, days
policy-daily-visits-target = Visits a day
policy-min-due-promises = Due promises to judge by
policy-min-kept-pct = Kept on time at least %
policy-broken-assurances = Broken absolute promises
policy-late-workdays = Promise late, workdays
policy-undated-workdays = Undated promise, workdays
policy-grace-days = Grace, key account, days
policy-opponent-days = Opponent unmet, days
policy-idle-visits = Visits without result
policy-big-buyer-pct = Big buyers, top %
policy-neglected-pct = Key accounts neglected %
policy-tier-c-pct = Visits at tier C %
policy-familiar-pct = Visits with friends %
policy-missing-fields = Empty file fields
policy-step-workdays = Next step late, workdays
policy-complaint-workdays = Complaint waits, workdays
policy-overload-pct = Overload line %
policy-min-planned-pct = Days planned at least %
policy-unplanned-workdays = Workdays without a plan
policy-min-planned-days = Planned days to judge by
policy-min-fulfilled-pct = Plan done at least %
policy-min-month-visits = Month's visits to judge by
policy-rush-pct = Visits at month's end %
policy-points-appointment = Points: appointment
policy-points-complaint = Points: open complaint
policy-points-critical = Points: critical flag
policy-points-promise-overdue = Points: promise late
policy-points-promise-due = Points: promise due
policy-points-warning = Points: warning flag
policy-points-next-step = Points: next step due
policy-points-contact-A = Points per cadence, A
policy-points-contact-B = Points per cadence, B
policy-points-contact-C = Points per cadence, C
policy-points-area = Points: on the way
policy-points-potential = Points: potential left
policy-contact-due-pct = Due at % of cadence
policy-unwon-pct = Potential left, from %
policy-growth-due-pct = Potential at % cadence
policy-report-workdays = No market news, workdays
policy-min-noted-visits = Visits to judge notes by
policy-empty-notes-pct = Empty notes %
policy-wording-samples = Same wording habit, times
policy-escalate-warning-workdays = Warning open, workdays
policy-escalate-critical-workdays = Critical open, workdays
policy-min-sources = Fewest sources checked
policy-loss-years = Years of loss
policy-reminder-workdays = Delay unanswered, workdays
policy-max-backdate-days = Visit noted late, days
policy-country = Whose workdays
