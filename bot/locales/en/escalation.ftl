### Flags open too long: the manager first, then his lead; /owed: what waits for the lead

escalation-forewarning = <b>Tomorrow your lead joins in on:</b>
escalation-forewarning-day = <b>On { $day } your lead joins in on:</b>
escalation-line = { $number }. { $mark } { $what }
escalation-forewarning-end = Settle it today and it stays with you; or ask for help now.
escalation-open = Open no. { $number }
escalation-ask-help = 🙋 { $number } Ask for help
escalation-head = <b>These have stayed open. Lend a hand?</b>
escalation-whose = { $number }. { $mark } { $name }: { $what }
escalation-title = { $mark } <b>{ $name }</b>: { $what }
escalation-reason = { $reason }
escalation-why = · { $what }
escalation-rule = 📏 { $what }
escalation-since = since { $day }
escalation-disputed = 🙅 Disagrees: { $what }
escalation-look = Open { $number }
escalation-more = { $count } more
escalation-act-help = 🤝 I’ll help
escalation-act-talk = 🗣 Talk
escalation-act-threshold = 📏 Wrong limit
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
    A quick look at it first makes the talk easy.
escalation-heard-threshold = 📏 { $name } agrees the limit may be wrong and will look at it:
    { $about }
escalation-open-flag = Open this flag
escalation-lead-knows = 👥 Your lead has seen it, no answer yet
escalation-answered-before = { $name } has answered already.
escalation-has-cleared = This has cleared; nothing left to do.
escalation-to-owed = ◀ What I owe
escalation-owed = <b>{ $count ->
        [one] 1 answer
       *[other] { $count } answers
    } you owe</b>, the oldest first:
escalation-owed-none = <b>You owe no answers.</b> That helps everybody.
escalation-owed-help = 🙋 { $name }
escalation-owed-flag = 🚩 { $name } · { $about }
escalation-act-disputed = 🙅 Disputed flags { $count }
escalation-disputed-head = <b>Disputed flags ({ $count })</b>
