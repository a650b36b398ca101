### Reminders that were missed while the coach was away

missed = ⏰ I was away and missed { $count ->
    [one] one reminder
   *[other] { $count } reminders
}. I won't send { $count ->
    [one] it
   *[other] them
} late.
missed-open-plan = 📋 Open today's plan
missed-open-digest = 📊 Open the digest
