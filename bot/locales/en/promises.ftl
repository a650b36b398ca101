### /promises: who owes what to whom

promises-owed = <b>{ $count ->
        [one] You owe 1 promise
       *[other] You owe { $count } promises
    }</b>
promises-none = <b>You owe nothing at the moment.</b>
promises-line = { $number }. { $account }: { $what }
    { "  " }{ $when }
promises-no-account = no account
promises-no-day = no date yet
promises-due = { $day }
promises-due-today = { $day } · due today
promises-due-after = { $day }, a day off · due today
promises-late = { $day } · { $days ->
        [one] 1 day late
       *[other] { $days } days late
    }
promises-rate = Last 8 weeks: { $kept } of { $due } due kept on time = { $percent }% ({ $late } late, { $missed } not done)
promises-rate-none = Nothing has fallen due in the last 8 weeks.
promises-act-kept = ✅ { $number } done
promises-act-day = 📅 { $number } move
promises-act-drop = ✖ { $number } withdraw
promises-act-client-kept = ✅ { $number } done
promises-act-client-drop = ✖ { $number } let go
promises-kept = ✅ Kept: { $what }
promises-withdrawn = ✖ Withdrawn: { $what }
promises-moved = 📅 { $what }: moved to { $day }
promises-undo = ↩ Tapped by mistake
promises-reopened = Open again
promises-noted = Noted
promises-which-day = “{ $what }”: which day did you agree with the client? Tap one or type it, like “next Wednesday”. Without the client’s yes, leave it.
promises-clients = Clients owe me { $count }
promises-client-owed = <b>What clients said they would do</b> (never counted against you)
promises-client-none = No client owes you anything.
promises-back = ◀ What I owe
promises-history = <b>{ $account } · promises both ways</b>
    { $lines }
    ✅ on time ☑️ late ⏳ not due ❗ overdue ✖ withdrawn
promises-history-ours = { $mark } we: { $what } ({ $when })
promises-history-theirs = { $mark } client: { $what } ({ $when })
promises-no-history = No promises with { $account } on record yet.
