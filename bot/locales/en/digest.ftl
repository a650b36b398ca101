### /digest: the lead's week; /whatmyleadsees: the manager sees what his lead sees

digest-title = <b>{ $team } · week</b>
digest-days = { $days } · { $workdays ->
        [one] 1 workday
       *[other] { $workdays } workdays
    } · { $managers ->
        [one] 1 manager
       *[other] { $managers } managers
    }
digest-days-partial = { $days } · so far, to { $through }
digest-days-none = { $days } · begins today
digest-no-managers = Nobody is in this team yet. Invite the first manager with /team, and next week there is something to read.
digest-nothing = Nothing was noted this week. Worth asking: busy, or stuck?
digest-first = <b>First</b>
digest-first-of = <b>First</b> ({ $count } in all, below)
digest-calm = ✅ Nobody urgently needs you. Good
digest-concern = { $mark } { $name }: { $what }{ $more }
digest-silent-lately = silent for { $days } workdays
digest-more = { " " }(+{ $count })
digest-plan = 📋 Plans kept { $percent }% ({ $fulfilled }/{ $planned })
digest-plan-none = 📋 No plans made
digest-visits = 🚶 Visits { $done }, aim { $aimed }
digest-keys = ⭐ Key accounts met in time { $met }/{ $keys }
digest-keys-none = ⭐ No key accounts yet
digest-promises = 🤝 Due { $due }: kept { $kept }, broken { $broken }
digest-promises-none = 🤝 No promises fell due
digest-flags = 🚩 Flags: new { $opened }, cleared { $cleared }, open { $standing }
digest-silence = 😶 Silent workdays { $days }
digest-market = 📰 { $what }
digest-market-none = 📰 No market news
digest-topic = { $topic } { $count }
digest-topic-other = Other
digest-between = {", "}
digest-gaps = ❓ { $count ->
        [one] 1 question
       *[other] { $count } questions
    } unanswered
digest-coach = 🗣 { $name }: { $what }
digest-owed = ⏳ <b>Answers due:</b> { $what }
digest-owed-help = help { $count }
digest-owed-escalation = flags { $count }

digest-manager = { $mark } { $name } · visits { $done }/{ $aimed }
digest-act-coach = 🗣 { $name }: three questions
digest-act-concerns = 🔴 Who first { $count }
digest-act-market = 📰 Market { $count }
digest-act-gaps = ❓ Unanswered { $count }
digest-act-owed = ⏳ Answers due { $count }
digest-act-files = 📊 Picture and sheet
digest-back = ◀ The week
digest-back-to-teams = ◀ All teams

digest-who = <b>{ $name }</b> · { $days }
digest-who-partial = , to { $day }
digest-who-begins = ⏳ The week begins today
digest-who-workdays = 🗓 { $days ->
        [one] 1 workday
       *[other] { $days } workdays
    }
digest-who-joined = 🌱 Joined { $day }
digest-who-away = 🌴 On leave or holiday, no workdays
digest-who-plan = 📋 Planned { $planned }, done { $fulfilled } = { $percent }%
digest-who-visits = 🚶 Visits { $done }, aim { $aimed }
digest-who-keys = ⭐ Key accounts { $keys }, met in time { $met }
digest-who-promises = 🤝 Due { $due }: kept { $kept }, broken { $broken }
digest-who-rate = 📈 Last 8 weeks kept { $percent }% ({ $kept }/{ $due })
digest-who-rate-before = 📈 8 weeks kept { $percent }%, week ago { $before }%{ $way ->
        [up] {" ↑"}
        [down] {" ↓"}
       *[same] {""}
    }
digest-who-rate-none = 📈 No promises fell due in 8 weeks
digest-who-flags = 🚩 Flags: new { $opened }, cleared { $cleared }, open { $standing }
digest-who-market = 📰 Market news: { $count }
digest-who-silent = 😶 Silent { $days ->
        [one] 1 workday
       *[other] { $days } workdays
    }
digest-who-last = , last { $day }
digest-who-not-joined = 📵 Not here yet; invite again with /team

digest-list-plan = 📋 Plan
digest-list-visits = 🚶 Visits
digest-list-days = 🎯 Aims
digest-list-keys = ⭐ Key
digest-list-promises = 🤝 Promises
digest-list-window = 📈 8 weeks
digest-list-opened = 🚩 New
digest-list-cleared = ✅ Cleared
digest-list-standing = 🚩 Open
digest-list-market = 📰 Market
digest-list-silent_days = 😶 Silent
digest-list-head = <b>{ $name } · { $list }</b> ({ $count })
digest-list-line = · { $line }
digest-list-empty = Nothing.
digest-legend-plan = ✅ visited that day  ▫️ not
digest-legend-keys = ✅ in time  ▫️ not (cadence in days)
digest-legend-promises = ✅ kept ☑️ late ❗ broken ⏳ just past
digest-line-plan = { $mark } { $day } { $what }
digest-line-visit = { $day } { $account } · { $outcome }
digest-line-day = { $day } did { $done }, aim { $aimed }{ $planned ->
        [true] {""}
       *[false] {" (team)"}
    }
digest-line-key = { $mark } { $account } · { $days } d ago ({ $cadence })
digest-line-key-never = { $mark } { $account } · not in 8 weeks
digest-line-flag-cleared = { $opened } – { $cleared }
digest-line-flag = { $mark } { $what } · { $since }
digest-line-why = {"  "}{ $what }
digest-line-promise = { $mark } { $what } · { $account } · { $day }
digest-line-flag-disputed = disagrees
digest-line-no-account = no account

digest-news = · <b>{ $topic }</b> { $what } — { $name }, { $where }, { $day }
digest-on-the-way = on the way
digest-market-head = <b>Market news</b> · { $days }
digest-gaps-head = <b>Not answered</b> · { $days }
digest-concerns-head = <b>Who first</b> ({ $count })
digest-owed-head = <b>Answers due</b> ({ $count })

digest-lost = 📭 This week’s digest may not have reached you.
digest-lost-here = 📭 This week’s digest may not have reached you. Here it is; picture and sheet are below.
digest-lost-open = 📊 Open the digest

digest-talk = 🗣 <b>{ $name }: { $habit }</b>
digest-talk-accounts = Accounts: { $what }
digest-talk-ask = Three questions; listen more than talk:
digest-talk-question = { $number }. { $question }
digest-talk-read = 📖 { $title }

digest-teams = <b>Your teams · { $days }</b>
digest-teams-line = { $mark } { $team }: plans { $plan } · visits { $done }/{ $aimed } · broken { $broken }{ $owed ->
        [0] {""}
       *[other] {" · ⏳ "}{ $owed }
    }
digest-teams-line-empty = ⚪ { $team }: nobody yet
digest-teams-none = You have no team yet.

digest-picture = { $team } · { $days }
digest-workbook = Every figure is traced to its records in here.
digest-file = week-{ $team }-{ $first }

digest-seen = <b>What your lead sees of you</b> is the message below, word for word; every figure unfolds for both of you.
    Also: market news you reported, help you asked for, flags that went up to him; questions without names.
    Never shown to anybody: the words of your notes (unless you tap share), wording checks, self-assessments and practice.
digest-seen-no-team = You are in no team, so no lead sees your figures.
digest-seen-by-you = This shows a manager which of his figures his lead sees. Your team's week is at /digest.
