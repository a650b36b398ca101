### /review: the evening, one tap for each account, then home

evening-head = 🌙 <b>{ $day }</b> · { $count } planned, { $visited } visited
evening-head-unplanned = 🌙 <b>{ $day }</b> · no plan, { $visits } visited
evening-nothing = Nothing noted today yet. Where were you? Just type me a sentence.
evening-no-book = The review is about your accounts, and you have none yet: add one in /accounts.
evening-more = … and { $count } more after these
evening-done = ✅ Visited: { $what }
evening-moved = 📅 Put off: { $what }
evening-missed = ✖ Not visited: { $what }
evening-unplanned = ➕ Unplanned: { $what }
evening-step = ➡️ First next: { $what }
evening-act-went = ✅ { $number } went
evening-act-missed = ✖ { $number } did not
evening-act-market = 📣 Market news{ $count ->
    [0] {""}
   *[other] {" "}{ $count }
    }
evening-act-step = ➡️ Next first step
evening-act-drafts = 📝 Unconfirmed notes { $count }
evening-act-close = 🌙 Call it a day
evening-act-undo = ↩ Undo
evening-act-day = 📅 Put off to another day
evening-act-nobody = 🚪 Went, met nobody
evening-act-again = 🔄 See the day again
evening-back = ◀ Back
evening-noted = Noted
evening-undone = Taken back
evening-went = ✅ { $name } is in. How did it go? Type me a sentence, or just go on.
evening-nobody = 🚪 { $name }: went, met nobody. A call before the next visit may help.
evening-missed-news = ✖ { $name }: { $reason }
evening-moved-news = 📅 { $name }: put off to { $day }
evening-why = What kept you from { $name }? Tap one, or type me any other reason.
evening-why-absent = Client away
evening-why-time = No time
evening-which-day = To which day is { $name } put off? Tap one, or type it, such as “next Wednesday”.
evening-which-news = What did you hear from the market? Competitors, prices, policy, campaigns: type me a sentence.
evening-which-step = What comes first next workday? Tap one, or type it.
evening-first-step = { $when }{ $account } { $what }
evening-first-promise = { $account }: { $what }
evening-first-deed = { $what }
evening-first-account = Go to { $account }
evening-closed = 🌙 <b>Done for today. Rest well.</b>
evening-flag = One thing most worth a look tomorrow:
evening-open-flag = See why
evening-left = { $count ->
    [one] 1 account is still to be told; I will ask in the morning.
   *[other] { $count } accounts are still to be told; I will ask in the morning.
    }
evening-good-night = See you tomorrow
evening-closed-before = Today is closed already
