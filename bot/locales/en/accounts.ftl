### /accounts: the book, an account's card and its file

# The book
accounts-book = <b>{ $name }: { $count }</b>
    { $tiers } · page { $page } of { $pages }
    Tap one for its card; whoever has waited longest comes first.
accounts-mine = My accounts
accounts-empty = <b>Your book is still empty.</b>
    Tap ➕, type the client's name, choose a tier: done. The rest can come later.
accounts-entry = { $name } · { $ago }
accounts-one-line = { $tier } { $name }
accounts-all = All
accounts-new = ➕ New account
accounts-archived-button = 🗄 Archived { $count }
accounts-list-archived = <b>Archived accounts: { $count }</b>
    Their history is kept; open one to bring it back.
accounts-whose = <b>Whose accounts?</b>
accounts-other-books = 👥 Somebody else's
accounts-back = ◀ Accounts
accounts-found = <b>“{ $words }”: { $count }</b>. Tap one:
accounts-found-more = <b>“{ $words }”: { $count }</b>, the first { $shown } here. One more word narrows it down.
accounts-not-found = Nothing fits “{ $words }”. Try another word: a name, a nickname, a contact, an area, pinyin initials.

# Adding
accounts-ask-new = What is the client called? Type the name, for example “Riverside Stores”.
accounts-added = ✅ <b>{ $name }</b> is in your book.
    How often should you meet? Tap a tier; the rest can come later.
accounts-tier-days = { $tier } · { $days } days
accounts-known = <b>{ $name }</b> is in your book already, so nothing was added.
accounts-known-archived = <b>{ $name }</b> is among your archived accounts. Bring it back?
accounts-near = “{ $name }” looks much like one of these. Is it one of them?
accounts-is-new = ➕ None of them, it is new
accounts-open = Open it
accounts-name-taken = “{ $name }” is in your book already. Please choose another name.
accounts-name-archived = “{ $name }” is among your archived accounts; bring it back under /accounts, “Archived”.
accounts-name-too-long = That name is too long. Please keep it within { $limit } characters.

# The card
accounts-name = <b>{ $what }</b>
accounts-tier = Tier { $tier }
accounts-figures = 💰 { $what }
accounts-figure-annual_sales = sales { $value }{ $unit }
accounts-figure-potential = potential { $value }{ $unit }
accounts-figure-margin_pct = margin { $value }%
accounts-figure-payment_delay_days = delay { $value } d
accounts-trend-up = growing
accounts-trend-flat = steady
accounts-trend-down = shrinking
accounts-met = 🕑 Met { $ago } · { $what }
accounts-never-met = 🕑 No visit noted yet
accounts-you = you
accounts-ago = { $days ->
        [0] today
        [1] yesterday
       *[other] { $days } days ago
    }
accounts-never = never met
accounts-complaint = ❗ Unanswered: { $what }
accounts-appointment = 📅 { $when } { $what }
accounts-step = ➡️ { $when } { $what }
accounts-owed = 🤝 Owed { $count }: { $what } { $when }
accounts-owed-more = 🤝 { $what } { $when }
accounts-client-owes = 💬 They owe { $count }: { $what } { $when }
accounts-client-owes-more = 💬 { $what } { $when }
accounts-late = ❗{ $when }
accounts-people = 👥 { $what }
accounts-person = { $name } ({ $role })
accounts-between = {", "}
accounts-and-more = { $people } … { $count } in all
accounts-gaps = 📋 Missing: { $what }
accounts-gap-segment = segment
accounts-gap-potential = potential
accounts-gap-annual_sales = sales
accounts-gap-margin_pct = margin
accounts-gap-payment_delay_days = payment delay
accounts-gap-trend = trend
accounts-gap-contact = a contact
accounts-gap-contacts = more contacts
accounts-gone = 🗄 Archived { $day }, no longer in the book
accounts-prepare = 🎯 Prepare
accounts-contacts = 👥 Contacts { $count }
accounts-promises = 🤝 Promises
accounts-edit = ✏️ Edit
accounts-archive = 🗄 Archive
accounts-archived = Archived; its history is kept
accounts-bring-back = ↩ Bring it back
accounts-brought-back = Back in your book
accounts-back-to-card = ◀ The account

# The file
accounts-file = ✏️ <b>{ $name }</b>
    What shall we change? Tap it.
accounts-field-name = Rename
accounts-field-tier = Tier: { $value }
accounts-field-segment = Segment: { $value }
accounts-field-area = Area: { $value }
accounts-field-aliases = Also called: { $value }
accounts-field-empty = { $field }: —
accounts-noted = Noted
accounts-clear = 🧹 Clear
accounts-ask-name = What is <b>{ $name }</b> called now? Type the new name.
accounts-ask-tier = Which tier is <b>{ $name }</b>? A is a key account.
accounts-ask-trend = Which way are the purchases of <b>{ $name }</b> going?
accounts-ask-segment = What kind of client is <b>{ $name }</b>? For example “corner shop” or “manufacturer”.
accounts-ask-area = Where is <b>{ $name }</b>? I plan accounts of one area together.
accounts-ask-annual_sales = How much does <b>{ $name }</b> buy from us in a year? For example “80” or “120k”.
accounts-ask-potential = How much does <b>{ $name }</b> buy in a year from everybody? For example “120” or “300k”.
accounts-ask-margin_pct = What margin do we make at <b>{ $name }</b>? For example “8.5%”.
accounts-ask-payment_delay_days = How many days late does <b>{ $name }</b> pay? For example “15 days”; on time is 0.
accounts-ask-alias = What else do you call <b>{ $name }</b>? Type it, for example “the river shop”.
accounts-rename-sure = ✅ Use this name
accounts-aliases = <b>{ $name }</b> is also called
    I know it by any of these in your notes. Tap one to take it away.
accounts-alias-new = ➕ Another name
accounts-alias-taken = “{ $alias }” already means “{ $name }”. Please choose another.
accounts-words-too-long = That is too long. Please keep it within { $limit } characters.
accounts-not-money = Please type a number from 0 up, for example 120, 80k or 1.5m.
accounts-too-much-money = That number is too large to be true. Please check the unit and type it again.
accounts-not-percent = Please type a percentage between -100 and 100, for example 8.5%.
accounts-not-days = Please type the days, 0 to { $most }, for example 15 days; on time is 0.
