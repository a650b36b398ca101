### /askhelp: asking the lead for help

askhelp-what-for = What should { $names } help with? Type one message (up to { $limit } characters) and it goes at once; or send it as it is.
askhelp-about = 🚩 { $what }
askhelp-as-is = Send as it is
askhelp-sent = 🙋 Passed on to { $names }. I will tell you as soon as there is an answer.
askhelp-told = { $words }
askhelp-from = 🙋 <b>{ $name } asks for your help</b>
askhelp-words = “{ $text }”
askhelp-no-words = would like to look at it with you
askhelp-since = asked on { $day }, not answered yet
askhelp-answer = 💬 { $name }: { $text }
askhelp-act-answer = 💬 Answer
askhelp-what-answer = What shall I tell { $name }? Type one message (up to { $limit } characters) and it goes at once.
askhelp-answered = Passed on to { $name }.
askhelp-heard = 💬 <b>{ $name } answers:</b>
    { $text }
askhelp-card-answer = 💬 Your lead: { $what }
askhelp-card-waits = 🙋 Help asked for on { $day }, no answer yet
askhelp-waits = Your lead has been asked about this; the answer is on its way.
askhelp-answered-before = This has been answered already.
askhelp-no-lead = Your team has no lead yet; ask the owner.
askhelp-for-managers = This is for managers to ask their lead; who waits for your answer stands in /owed.
askhelp-too-long = Too long: pick what matters most and send it again in { $limit } characters.
