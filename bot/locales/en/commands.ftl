### The command menu

command-start = Start here
command-help = What I can do for you
command-plan = Whom to see today, and why
command-accounts = Your accounts: open, add, find
command-prepare = Prepare a visit: read this before you go
command-flags = Flags: what to watch, and why
command-whynot = Why not flagged: /whynot account
command-askhelp = Ask your lead for help, in one message
command-mayi = May I promise: /mayi samples on Friday
command-check = Look over what I send to a client
command-promises = What I owe to clients, by date
command-review = Look back on the day, a tap for each account
command-goals = The month's three numbers
command-export = Export: Excel, CSV, whole record
command-leave = Days off: from when to when
command-settings = When to remind you, of what, and your time zone
command-whatmyleadsees = What my lead sees of me
command-mydata = My data: what is kept, who can see it
command-language = Language · 换语言

# What Telegram shows in a chat where nothing has been said yet (at most 512 and 120 characters)
command-about = Zhixing, a coach for account managers. Ask the way you talk; the answers are short and name their source, and what the documents do not hold it tells you so.
command-about-short = A coach for account managers: ask freely, get sourced answers.
