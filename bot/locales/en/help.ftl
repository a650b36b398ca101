### /help

help = <b>What I can do</b>: just type
    · Ask: “a client praises a rival”
    · Note: “saw Sunny Mart, samples by Friday”
    · /plan whom to see today, /goals
    · /promises I owe, /mayi promise this
    · /review the day, /settings reminders
    · /flags what to watch, /whynot
    · /check words before you send them
    · /accounts my book, /prepare a visit
    · Send Excel to import, /export
    · /leave, /mydata, /language{ $more }

help-lead = {"\u000A"}· /digest, /month, /team, /policy, /gaps, /handbook for leads
help-manager = {"\u000A"}· /whatmyleadsees of me
