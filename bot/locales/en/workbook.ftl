### The digest's spreadsheet: names of sheets, of columns (set apart by |, as many in both languages), and its words

workbook-summary = Summary
workbook-managers = Managers
workbook-promises = Promises
workbook-flags = Flags
workbook-market = Market news
workbook-visits = Visits
workbook-plans = Plans
workbook-days = Days
workbook-keys = Key accounts

workbook-summary-columns = Item | Number | Sheet with the records, or what | Account
workbook-managers-columns = Manager | Planned | Visited that day | Plan followed | Visits | Visits aimed | Key accounts | Met within cadence | Promises due | Kept | Broken | Kept, 8 weeks | A week before | Flags opened | Flags cleared | Still open | Silent workdays | Last record | Workdays | Joined on
workbook-promises-columns = Manager | Account | What | Due | Kept on | Outcome | Due this week | Counts in 8 weeks
workbook-flags-columns = Manager | Number | Flag | Account | Severity | Opened | Cleared | Opened this week | Cleared this week | Still open | Disputed
workbook-market-columns = Topic | Date | Heard by | Where | What
workbook-visits-columns = Manager | Date | Account | Kind | Outcome | Planned
workbook-plans-columns = Manager | Date | Account | Visited that day
workbook-days-columns = Manager | Date | Visits aimed | Visits | Has a plan | Workday | Silent
workbook-keys-columns = Manager | Account | Last met | Days since | Cadence (days) | Met within cadence

workbook-team = Team
workbook-first-day = First day
workbook-last-day = Last day
workbook-days-over = Days counted
workbook-workdays = Workdays
workbook-figure-planned = Planned accounts
workbook-figure-fulfilled = Planned accounts visited that day
workbook-figure-visits_done = Visits
workbook-figure-visits_aimed = Visits aimed at
workbook-figure-key_accounts = Key accounts
workbook-figure-key_accounts_met = Key accounts met within cadence
workbook-figure-promises_due = Promises due
workbook-figure-kept = Kept on time
workbook-figure-broken = Broken
workbook-figure-window_due = Promises due in 8 weeks
workbook-figure-window_kept = Kept on time in 8 weeks
workbook-figure-flags_opened = Flags opened
workbook-figure-flags_cleared = Flags cleared
workbook-figure-silent_workdays = Silent workdays
workbook-figure-market = Market news
workbook-concern = Look first
workbook-silent = { $days ->
        [one] 1 silent workday
       *[other] { $days } silent workdays
    }
workbook-gap = Question without an answer
workbook-state-kept = On time
workbook-state-broken = Broken
workbook-state-waiting = Just past due
workbook-severity-notice = Notice
workbook-severity-warning = Warning
workbook-severity-critical = Critical
workbook-yes = Yes
workbook-no = No
