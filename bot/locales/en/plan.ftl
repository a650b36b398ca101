### /plan: a day's plan, whom to see first, and why

plan-head-today = 📋 <b>Today, { $day }</b>
plan-head = 📋 <b>Plan for { $day }</b>

# Today's number
plan-number = Aim for { $proposed }: needed { $required }, your median { $median }
plan-number-target = Aim for { $proposed }: needed { $required }, team aim { $target }
plan-number-seen = Aim for { $proposed }; { $seen } seen today already
plan-number-day-off = Day off: just what is arranged
plan-overloaded = ⚠️ The book asks { $percent }% of the aim
plan-chosen = { $count } chosen by you
plan-nothing = Nothing is pressing today. Tap ➕ and add one or two you would like to see.

# The list
plan-line = { $number }. { $mark } { $name } · { $why }
plan-by-hand = your choice
plan-seen = seen today
plan-moved-here = moved here
plan-short-appointment = { $appointment_time } arranged
plan-short-promise_due = due: { $promise_due }
plan-short-promise_overdue = { $promise_days_overdue } d late: { $promise_overdue }
plan-short-critical_flag = 🔴 { $habit }
plan-short-warning_flag = 🟠 { $habit }
plan-short-contact_overdue = unseen { $days_since_contact } d
plan-short-unseen = unseen 8 weeks
plan-short-complaint = complaint { $complaint_days } d
plan-short-next_step_due = next: { $step_due }
plan-short-potential = { $unwon_pct }% to win
plan-short-same_area = on the way
plan-short-dropped = ✖ { $reason }
plan-brief-dropped = ✖ dropped
plan-brief-promise_due = promise due
plan-brief-promise_overdue = { $promise_days_overdue } d late
plan-brief-next_step_due = next step
plan-brief-critical_flag = 🔴 flag
plan-brief-warning_flag = 🟠 flag

# Buttons
plan-tick = { $mark } { $number }
plan-confirm = ✅ { $count ->
        [one] This one
       *[other] These { $count }
    }
plan-act-number = 🔢 Number
plan-act-add = ➕ Add
plan-act-less = 🕑 Shorter
plan-act-why = ❓ Why this order
plan-act-over = ⚖️ Too many accounts
plan-act-five = 🧭 Monday's five questions
plan-act-tomorrow = { $day } ▶
plan-act-today = ◀ Today
plan-act-edit = ✏️ Change
plan-act-again = ✏️ Choose again
plan-act-visit = 🎯 { $number } { $name }
plan-act-done = ✅ { $number } done
plan-act-move = 📅 { $number } move
plan-act-now = → { $number } today
plan-act-drop = ✖ { $number } drop
plan-act-go-on = Today's plan ▶
plan-act-ends = 🧹 { $count } open
plan-act-undo = ↩ Tapped by mistake
plan-back = ◀ Plan

# Open ends
plan-ends = <b>First: { $count ->
        [one] 1 open end
       *[other] { $count } open ends
    }</b>
plan-end-line = { $number }. { $name } · { $day }
plan-end-done = ✅ { $what }: done
plan-tell-more = Done. Anything to note? Just type it.
plan-end-today = → { $what }: on today's list
plan-moved = 📅 { $what }: moved to { $day }
plan-to = to { $day }
plan-dropped = ✖ { $what }: { $reason }
plan-which-day = { $what }: which day instead? Tap one or type it, like “next Wednesday”.
plan-why-drop = { $what }: why not? Tap one, or tell me in a few words.
plan-drop-client = Client not free
plan-drop-time = No time for it
plan-drop-needless = No need to go

# Another number, less time, one more account
plan-which-number = How many? Tap or type. What is arranged, and what you chose yourself, stays in.
plan-not-a-number = Please type a number from 1 to { $most }, for example 5.
plan-less = 🕑 Left out { $count }: { $what }
plan-less-nothing = 🕑 What is left is arranged or due; it cannot get shorter.
plan-number-must = 📌 { $count ->
        [one] Kept 1: arranged, or your own choice
       *[other] Kept { $count }: arranged, or your own choice
    }
plan-which-account = Which account? Type its name; short forms and pinyin will do.
plan-not-found = Nothing fits “{ $words }”. Try another name; a new account is added under /accounts first.
plan-which-of-these = “{ $words }”: which one?
plan-added = ➕ { $what }: added
plan-day-over = That day is over, or too far ahead. Send /plan for today's.
plan-full = A day holds { $most } at most; take one out first.

# Why this order
plan-because-head = <b>Why this order</b> (tap a number)
plan-because-line = { $number }. { $what } · { $sum }
plan-because-title = <b>{ $what }</b> · { $points } points
plan-because-reason = · { $what } <b>+{ $points }</b>
plan-because-none = · Your own choice, without points.
plan-because-unfold = ▼ Rules and sources
plan-rules-now = 🕑 As the rules read your records now, not when you settled the plan.
plan-rules-none = · No rule gives it points any more; it is probably done.
plan-because-back = ◀ All reasons
plan-not-judged = The rules cannot be reckoned just now; try again in a few minutes.

# Monday's five questions (K9.14)
plan-five-head = 🧭 <b>Five questions</b>: who gets my time
plan-five-capacity = 1. Too many? { $accounts } accounts, { $overdue } past cadence; { $required } asked a day, aim { $target }
plan-five-returns = 2. Pays now: { $now }; in 3-6 months: { $what }
plan-five-people = 3. Right people? { $visits } met, key { $at_key }, opponents { $with_opponents }; { $what }
plan-five-unmet = see { $names }
plan-five-all-met = nobody waits
plan-five-things = 4. Right things? { $productive } of { $visits } visits bore fruit; { $what }
plan-five-fruitless = none at { $names }
plan-five-no-fruitless = no account in vain
plan-five-senior = 5. Seniors to: { $what }
plan-five-senior-one = { $account } ({ $reason })
plan-five-senior-complaint = complaint
plan-five-senior-opponent = opponent
plan-five-senior-falling = falling
plan-five-senior-stuck = stuck
plan-five-nobody = nobody for now

# Too many accounts
plan-over-head = <b>{ $required } asked a day, the aim is { $target }</b>
plan-over-line = · { $what }: { $now } → { $then } days frees { $frees }
plan-over-none = No tier C account's cadence can be stretched further.
plan-over-not-enough = · Even that is not enough; some accounts must go.
plan-over-how = The team sets the cadence: take these lines to your lead, or move some to the phone.

# Once it stands
plan-confirmed = Settled. Have a good round
plan-progress = { $count } planned, { $visited } seen
plan-edit-head = ✏️ <b>{ $day }</b>: what changes?
plan-edit-nothing = Everything is settled; nothing to change.

# Without a book
plan-empty = <b>Start with one account.</b>
    Tap ➕ and add the two or three you see most; from tomorrow I tell you whom to see first, and why.
plan-not-yours = Day plans are for managers, and you have no accounts of your own. Your team is under /team.
