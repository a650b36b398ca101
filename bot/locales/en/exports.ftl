### /export: taking the book and its records out

exports-whose = Whose book shall I export?
exports-which = Which one would you like?
    <b>Excel</b>: accounts, visits, promises … a sheet for each
    <b>CSV</b>: accounts and contacts only
    <b>Whole record</b>: a JSON file that can be imported again as it is
exports-which-facts = The records of { $name }: which one would you like?
    Facts only: accounts, visits, promises, plans. The words of notes and wording samples are for { $name } alone.
exports-xlsx = Excel
exports-csv = CSV
exports-record = Whole record
exports-done = { $name }, up to { $day }
exports-done-import = { $name }, up to { $day }. Change it and send it back, and I will bring the book up to date.
exports-team = { $team }, { $managers ->
        [one] 1 manager
       *[other] { $managers } managers
    }, as of { $day }. Facts only: no words of notes, no wording samples, no private flags.
exports-team-empty = This team has no managers yet; there is nothing to export.
exports-between = {", "}
exports-unit = {" "}({ $unit })

# Names of sheets and columns; the sheet of accounts can be imported again
exports-accounts = Accounts
exports-visits = Visits
exports-promises = Promises
exports-client_promises = Clients’ promises
exports-next_steps = Next steps
exports-complaints = Complaints
exports-plans = Day plans
exports-market_reports = Market reports
exports-wording = Wording samples
exports-leave = Days off
exports-column-manager = Manager
exports-column-unit = Unit of money
exports-column-name = Account name
exports-column-aliases = Aliases
exports-column-tier = Tier
exports-column-segment = Segment
exports-column-area = Area
exports-column-potential = Potential
exports-column-annual_sales = Annual sales
exports-column-margin_pct = Margin
exports-column-payment_delay_days = Payment delay (days)
exports-column-trend = Trend
exports-column-archived_on = Archived on
exports-column-contact = Contact
exports-column-role = Role
exports-column-stance = Stance
exports-column-date = Date
exports-column-account = Account
exports-column-kind = By
exports-column-outcome = Outcome
exports-column-note = Note
exports-column-made = Made on
exports-column-what = What
exports-column-due = Due
exports-column-moved_to = Moved to
exports-column-kept_on = Kept on
exports-column-withdrawn_on = Withdrawn on
exports-column-wording = Words
exports-column-said = Said on
exports-column-agreed = Agreed on
exports-column-time = Time
exports-column-done_on = Done on
exports-column-dropped_on = Dropped on
exports-column-text = Text
exports-column-answered_on = Answered on
exports-column-target = Visits aimed at
exports-column-accounts = Accounts
exports-column-topic = Topic
exports-column-first_day = First day
exports-column-last_day = Last day
exports-trend-up = up
exports-trend-flat = flat
exports-trend-down = down
exports-kind-visit = visit
exports-kind-call = call
exports-kind-message = message
