### /settings: when I speak up, and when I leave you alone

settings = <b>⚙️ When I remind you</b>
    Tap one to change it. All by your clock: { $zone }, now { $time }.
settings-morning_at = 🌅 Plan { $value }
settings-evening_at = 🌙 Review { $value }
settings-nudge_at = 📝 Missing notes { $value }
settings-digest_at = 📊 Monday digest { $value }
settings-appointment_lead_minutes = 📍 Appointments: { $value }
settings-quiet = 🤫 Quiet { $value }
settings-time_zone = 🌏 { $value }
settings-language = 🌐 Language
settings-leave = 🏖 Days off
settings-money_unit = 💰 Money in { $value }
settings-no-unit = no unit
settings-kinds = 🔔 What to remind me of{ $off ->
    [0] {""}
   *[other] {" "}({ $off } off)
    }
settings-back = ◀ Settings
settings-minutes-before = { $count } min before
settings-hours-before = { $count } h before
settings-never-quiet = never
settings-ask-morning_at = When shall I bring the day's plan? Tap one, or type it, such as “8:45”.
settings-ask-evening_at = When shall we look back on the day? Tap one, or type it, such as “18:30” or “8 pm”.
settings-ask-nudge_at = When shall I ask once about visits without a note? Tap one, or type it, such as “15:30”.
settings-ask-digest_at = When do you want last week's digest on Mondays? Tap one, or type it, such as “9:00”.
settings-ask-appointment_lead_minutes = How long before an appointment shall I remind you? Tap one, or type it, such as “45 minutes” or “2 hours”.
settings-ask-quiet = From when to when shall I keep quiet? Tap one, or type it, such as “22:00-7:00”. When you write, I always answer.
settings-ask-time_zone = Where are you? Tap one, or type the city, such as “Tokyo”, “Dubai” or “UTC+8”.
settings-ask-money_unit = In which unit do you count volume and potential? Tap one or type it, for example “k USD”. Amounts you have already are converted.
settings-changed = ✅ Changed: { $setting }
settings-kept = Changed
settings-unheard = ⚠️ { $setting } lies in your quiet hours: I will say nothing then. Please change one of them.
settings-skipping = 🔕 As agreed, I leave you alone today.
settings-wake = 🔔 Remind me today after all
settings-switches = <b>🔔 What I remind you of</b>
    Tap to turn on or off. What is off I do not bring up; ask me and I answer.
settings-is-on = ✅ { $kind }
settings-is-off = 🔕 { $kind }
settings-turned-on = On: { $kind }
settings-turned-off = Off: { $kind }
settings-kind-morning = Morning plan
settings-kind-evening = Evening review
settings-kind-promises = Promises: the morning they are due
settings-kind-promises_eve = Promises: the evening before
settings-kind-nudge = Missing notes
settings-kind-appointment = Appointments
settings-kind-digest = Monday digest
settings-kind-flag = New flags
settings-unclear-time = I could not read the time. Please write it like “8:45”, between { $first } and { $last }.
settings-unclear-hours = I could not read from when to when. Please write it like “22:00-7:00”.
settings-unclear-minutes = I could not read how long before. Please write “30 minutes” or “2 hours”, 24 hours at most.
settings-unclear-unit = I cannot see the unit. Please type it like “CNY”, “万元” or “k USD”.
settings-other-currency = Your amounts are in { $unit } and I know no exchange rate. Another unit of the same currency is fine, for example “k USD” for “USD”.
settings-unclear-zone = I do not know that place. Please write a larger city, such as “Shanghai” or “Tokyo”, or “UTC+8”.
