### The words in pictures: the digest and the month view

charts-partial = Week not over: { $days ->
        [one] 1 day so far
       *[other] { $days } days so far
    }
charts-figure-plan = Plan followed
charts-figure-visits = Visits / aim
charts-figure-keys = Key accounts
charts-figure-kept = Promises kept
charts-short-plan = Plan
charts-short-visits = Visits
charts-short-keys = Key
charts-short-kept = Kept
charts-short-flags = Flags
charts-besides = Flags: { $opened } new, { $cleared } cleared · Market news: { $news }
charts-opened = { $count } new { $count ->
        [one] flag
       *[other] flags
    }
charts-cleared = { $count } cleared
charts-silent = silent for { $days ->
        [one] 1 day
       *[other] { $days } days
    }
charts-more = And { $count } more: please see the spreadsheet.
charts-legend-plan = Plan: visited on the day planned · Key: key accounts met within cadence
charts-legend-kept = Kept: promises due in 8 weeks, on time · ▲▼ against the week before
charts-legend-flagged = Orange: a flag about this is still open
charts-quiet = A quiet week
charts-quiet-advice = No plans, visits or promises on record. Ask: busy, or forgot to note?
charts-alone = No managers in the team yet
charts-alone-advice = Send /team and invite the first; next Monday there is a picture here.

# The month view
charts-as-of = as of { $day }
charts-tiers = By tier · { $count } { $count ->
        [one] account
       *[other] accounts
    }
charts-tier = { $tier }: { $count } { $count ->
        [one] account
       *[other] accounts
    }
charts-tier-met = { $count } met in { $days } days = { $percent }%
charts-segments = By segment
charts-segment-none = No segment
charts-segment-others = { $count } others
charts-month-load = Load
charts-month-visits = Visits
charts-month-new = New accounts
charts-month-short-load = Load
charts-month-short-visits = Visits
charts-month-short-new = New
charts-month-short-book = Book
charts-book = { $count } { $count ->
        [one] account
       *[other] accounts
    }
charts-legend-tiers = Tiers: the bar is all accounts, dark those met within cadence
charts-legend-met = Segments: the largest first, shaded by tier
charts-legend-load = Load: visits needed a workday ÷ daily target
charts-legend-goals = Visits, new accounts: done / the manager's own goal
charts-legend-overloaded = Orange: the book asks for too much
charts-no-accounts = No accounts yet
charts-no-accounts-advice = Ask the managers to add some with /accounts.
