### /help

help = <b>What I can do</b>: just type
    · Ask: “a client praises a rival”
    · Note: “saw Sunny, samples Friday”
    · /plan whom to see today, /goals
    · /promises I owe, /mayi promise this
    · /review the day, /settings times
    · /flags, /whynot, /check your words
    · /accounts my book, /prepare a visit
    · Excel imports, /export, /leave
    · /mydata, /language{ $more }

help-lead = {"\u000A"}· /digest, /owed, /month, /team, /policy, /broadcast, /gaps, /handbook
help-manager = {", "}/askhelp, /whatmyleadsees
