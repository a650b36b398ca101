### Flags open too long: the manager first, then his lead; /owed: what waits for the lead

escalation-forewarning = <b>Tomorrow your lead joins in on:</b>
escalation-forewarning-day = <b>On { $day } your lead joins in on:</b>
escalation-line = { $number }. { $mark } { $what }
escalation-forewarning-end = Settle it today and it stays with you; or ask for help now.
escalation-morning = 👥 Tomorrow your lead sees { $count ->
        [one] 1 flag
       *[other] { $count } flags
    }
escalation-morning-day = 👥 { $day }: your lead sees { $count ->
        [one] 1 flag
       *[other] { $count } flags
    }
escalation-worst = { $mark } { $what }
escalation-morning-open = 👥 { $count ->
        [one] Look at it first
       *[other] Look at these { $count } first
    }
escalation-lead-will-know = 👥 Your lead joins in on { $day }
escalation-open = Open no. { $number }
escalation-ask-help = 🙋 { $number } Ask for help
escalation-head = <b>These have stayed open. Lend a hand?</b>
escalation-whose = { $number }. { $mark } { $name }: { $what }
escalation-title = { $mark } <b>{ $name }</b>: { $what }
escalation-why = · { $what }
escalation-rule = 📏 { $what }
escalation-since = since { $day }
escalation-disputed = 🙅 Disagrees: { $what }
escalation-look = Open { $number }
escalation-more = { $count } more
escalation-act-help = 🤝 I’ll help
escalation-act-talk = 🗣 Talk
escalation-act-threshold = 📏 Wrong limit
escalation-number-help = 🤝 Help { $number }
escalation-number-talk = 🗣 Talk { $number }
escalation-number-threshold = 📏 Limit { $number }
escalation-threshold = 📏 Change: { $name }
escalation-kept = Noted, { $name } has been told.
escalation-answered-help = 🤝 { $name } will help
escalation-answered-talk = 🗣 { $name } wants to talk
escalation-answered-threshold = 📏 { $name } will look at the limit
escalation-heard-help = 🤝 { $name } offers to help with:
    { $about }
    Say what would help most, in person or by /askhelp.
escalation-heard-talk = 🗣 { $name } would like to talk about:
    { $about }
    A quick look at { $count ->
        [one] it
       *[other] them
    } first makes the talk easy.
escalation-heard-threshold = 📏 { $name } agrees the limit may be wrong and will look at { $count ->
        [one] it
       *[other] them
    }:
    { $about }
escalation-open-flag = Open this flag
escalation-open-flags = Open my flags
escalation-lead-knows = 👥 Your lead has seen it, no answer yet
escalation-answered-before = { $name } has answered already.
escalation-has-cleared = This has cleared; nothing left to do.
escalation-to-owed = ◀ Waiting for answers
escalation-all-answered = All of these are answered, or have cleared.
escalation-act-disputed = 🙅 Disputed flags { $count }
escalation-disputed-head = <b>Disputed flags ({ $count })</b>

owed-head = <b>{ $count ->
        [one] 1 answer
       *[other] { $count } answers
    } due</b> to { $managers ->
        [one] 1 manager
       *[other] { $managers } managers
    }:
owed-none = <b>No answers due.</b> That helps everybody.
owed-manager = <b>{ $name }</b>: { $what }
owed-first-request = 🙋 { $what }
owed-first = { $mark } { $what }
owed-open = { $name } · { $count }
owed-of = <b>{ $name }: { $count ->
        [one] 1 answer
       *[other] { $count } answers
    } due</b>
owed-request = { $number }. 🙋 { $day }: { $what }
owed-flag = { $number }. { $mark } { $what }
owed-habit = { $number }. { $mark } { $habit } ×{ $count }: { $what }
owed-account = { $number }. { $what } · { $day }
owed-look = No. { $number }
owed-back = ◀ { $name }
owed-all-help = 🤝 Help, all { $count }
owed-all-talk = 🗣 Talk, all { $count }
owed-all-threshold = 📏 Wrong limit, all { $count }
owed-all-kept = { $count } noted, { $name } has been told.
owed-all-news = ✅ { $count } answered
owed-heard-more = · and { $count } more
