### What I bring up myself: promises, appointments, missing notes; later, or not today

reminders-later = ⏰ In 30 minutes
reminders-skip = 🔕 Not today
reminders-noted = All right
reminders-snoozed = ⏰ All right, I will be back at { $time }.
reminders-skipped = 🔕 All right, I will not bring up anything more today. When you write, I answer.
reminders-nothing-told = There is nothing to put off now. When and of what I remind you is in /settings.
reminders-promises = 🤝 <b>{ $count ->
    [one] 1 promise
   *[other] { $count } promises
    } to keep today</b>
reminders-promises-eve = 🤝 <b>{ $count ->
    [one] 1 promise falls
   *[other] { $count } promises fall
    } due next</b>. Tonight is a good time to see how:
reminders-more-promises = { $count } more
reminders-appointment = 📍 <b>Your appointment at { $when }</b>
reminders-appointment-at = { $what }
reminders-appointment-with = 👤 { $what }
reminders-appointment-about = 📝 { $what }
reminders-prepare = 🎯 A look before you go
reminders-nudge = 📝 { $what }: did you go today? Tap, type me a sentence, and it is noted.
reminders-went = ✅ Went to { $name }
reminders-open-day = 🌙 See the day, and say what fell through
