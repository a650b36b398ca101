### Notes: one sentence becomes a card

note-ask = 📝 One sentence will do: which account, what was said, what you promised. For example:
    "Manager Wang at Huimin Mart complained about a late delivery, I promised to call back tomorrow"
note-check = 📝 <b>Is this right?</b>
note-corrected = 📝 <b>Changed. Is this right?</b>
note-waiting = 📝 <b>Not confirmed yet. Shall I record it?</b>
note-unclear-correction = 📝 I could not see what to change. Tap “✏️ Change”, or write “no, next Tuesday”.
note-account = <b>{ $name }</b>
note-account-new = <b>{ $name }</b> (new account)
note-kind-visit = visit
note-kind-call = call
note-kind-message = message
note-kind-appointment = appointment
note-outcome-order = order
note-outcome-next_step = next step agreed
note-outcome-issue_solved = issue solved
note-outcome-info = information
note-outcome-none = nothing came of it
note-outcome-absent = met nobody
note-promise = 🤝 I promised: { $what } → { $when }
note-client-promise = 💬 Client said: { $what } → { $when }
note-next = ➡️ Next: { $what } → { $when }
note-market = 📣 { $topic }: { $what }
note-topic-competitor = Competitor
note-topic-price = Price
note-topic-policy = Policy
note-topic-demand = Demand
note-topic-campaign = Campaign
note-topic-other = Market
note-complaint = ❗ Complaint: { $what }
note-kept = ✅ Kept: { $what }
note-kept-unknown = ☑️ Told as done: { $what } (no such promise on record)
note-calmer = 💡 “{ $words }” leaves no room. Rather: “I'll start on this now and tell you where it stands: { $what }.”
note-calmer-dated = 💡 “{ $words }” leaves no room. Rather: “I aim for { $day } and tell you the same day if anything changes: { $what }.”
note-ask-ambiguous = ❓ Which one is “{ $heard }”?
note-ask-no_account = ❓ Which account is this about? { $heard }
note-ask-not_in_book = ❓ “{ $heard }” is not in your book. A new account?
note-new-account = ➕ New account “{ $name }”
note-no-account = No account
note-type = ⌨️ Type it
note-type-account = Type the account's name, please.
note-type-contact = Type whom you met, like “Ms Lee”.
note-type-day = Which day? Like “yesterday” or “20 Nov”.
note-type-due = Which day did you promise? Like “next Wednesday” or “8 Dec”.
note-nobody = nobody in particular
note-ok = ✅ Right
note-edit = ✏️ Change
note-discard = 🗑 Drop
note-back = ◀ Back
note-field-account = Account
note-field-contact = Contact
note-field-day = Day
note-field-kind = How
note-field-outcome = Outcome
note-field-due = 📅 { $what }
note-drop = ✖ { $what }
note-other-day = 📅 { $day } instead
note-other-day-of = 📅 { $what } → { $day }
note-recorded = ✅ <b>Recorded</b>: { $what }
note-count-promise = { $count ->
        [one] 1 promise
       *[other] { $count } promises
    }
note-count-client-promise = { $count ->
        [one] 1 client promise
       *[other] { $count } client promises
    }
note-count-next = { $count ->
        [one] 1 next step
       *[other] { $count } next steps
    }
note-count-market = { $count ->
        [one] 1 market report
       *[other] { $count } market reports
    }
note-count-complaint = { $count ->
        [one] 1 complaint
       *[other] { $count } complaints
    }
note-count-kept = { $count ->
        [one] 1 promise kept
       *[other] { $count } promises kept
    }
note-still-owed = Still owed here; tap what is done:
note-owed-line = { $number }. { $what } ({ $when })
note-undo = ↩ Undo (10 minutes)
note-rest-of-day = 📋 { $count } more today
note-undone = Undone; the card is open again
note-confirmed = Recorded
note-discarded = Fine, it counts for nothing. Your words are kept, for you only.
note-memo = Kept, for you only. I saw no account and no promise in it; nothing more to do.
note-about-account = 📝 Note it for an account
note-was-question = ❓ It was a question
note-which = Is this a question for me, or a note?
note-is-question = ❓ A question
note-is-note = 📝 A note
