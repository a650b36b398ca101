### /month: the lead's month view

month-head = <b>{ $team } · { $month }</b>
month-as-of = As of { $day }
month-accounts = 👥 { $count } { $count ->
        [one] account
       *[other] accounts
    }
month-tier = { $tier }: { $count }, met in time { $met } = { $percent }%
month-segments = 🏷 { $what }
month-segment = { $name } { $count }
month-between = {" · "}
month-totals = 🚶 { $visits } visits · 🌱 { $new } new accounts
month-overloaded = 🔶 Overloaded: { $count } { $count ->
        [one] manager
       *[other] managers
    }
month-bearable = ✅ Nobody's book is too full
month-manager = { $mark } <b>{ $name }</b>
    　load { $load }% · visits { $visits } · new { $new }
month-more = { $count } more in the picture.
month-no-accounts = No accounts this month yet. Ask everybody to add some with /accounts, or to send a spreadsheet.
month-no-managers = No managers in the team this month. Send /team to invite the first.
month-which-team = The month of which team?
month-no-team = You lead no team yet. Ask an owner to give you one in /team.
month-pictures = 📊 Pictures
month-back-to-teams = ◀ All teams
month-caption-structure = { $team } · { $month }: accounts and coverage
month-caption-load = { $team } · { $month }: load, visits and new accounts
