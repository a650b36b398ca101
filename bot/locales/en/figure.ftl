### The asker's own figures in an answer, one line each

figure-line = 📊 { $figure }
figure-required-visits = You: { $visits } visits in 4 weeks ÷ { $workdays } workdays = { $required } a day; your median is { $median }
figure-required-visits-target = You: { $visits } visits in 4 weeks ÷ { $workdays } workdays = { $required } a day; team target { $target }
figure-visits-made = You: { $visits } visits ÷ { $days } days = { $average } a day in 4 weeks; { $absent } met nobody
figure-days-out = You: { $workdays } workdays in 4 weeks − { $out } with visits = { $idle } without any
figure-book = You: { $accounts } accounts = A { $a } + B { $b } + C { $c }; { $overdue } past their cadence
figure-first-today = First today: { $account }, { $points } = { $sum } points
figure-nobody-first = Nobody has a reason to be first today
figure-effort = You, 8 weeks: tier A got { $at_a } ÷ { $visits } visits = { $share }%, and brings { $sales }% of sales
figure-effort-visits = You, 8 weeks: tier A got { $at_a } ÷ { $visits } visits = { $share }%; sales are not filled in
figure-potential = You: { $count } B accounts, potential { $potential }, { $left } not won; most at { $account }
figure-no-potential = You: no potential filled in for { $count } { $tier } accounts; fill it in to see whom to lift
figure-share = You, { $count } accounts with figures: { $sales } ÷ potential { $potential } = { $percent }%
figure-no-share = Fill in sales and potential of your accounts to see your share
figure-key-share = You, { $count } key accounts: { $sales } ÷ potential { $potential } = { $percent }%
figure-no-key-share = Fill in sales and potential of your key accounts to see your share
figure-growing = You: { $count } growing, already met{ $count ->
    [0] {""}
   *[other] : { $names }{ $more ->
        [0] {""}
       *[other] …
    }
  }
figure-planned-days = You, 8 weeks: { $planned } planned days ÷ { $workdays } workdays = { $percent }%
figure-fulfilled = You, 8 weeks: { $planned } planned, { $done } seen that day = { $percent }%
figure-no-plans = You have no day plan in 8 weeks; make one today: /plan
figure-key-accounts = You: { $a } in tier A − { $unprofitable } big buyers at a loss = { $key } key accounts
figure-five = You: { $key } key accounts got { $at_key } ÷ { $visits } visits = { $percent }% in 4 weeks
figure-load = You: { $required } asked for a day ÷ target { $target } = load { $load }, bearable
figure-load-over = You: { $required } asked for a day ÷ target { $target } = load { $load }, too much; see /plan
figure-horizon = Your key accounts: { $now } ordered in 8 weeks, { $later } have potential and no order
figure-senior = You: { $count } for senior managers{ $count ->
    [0] {""}
   *[other] : { $names }{ $more ->
        [0] {""}
       *[other] …
    }
  }
figure-goal-visits = You this month: { $reached } visits ÷ goal { $target } = { $percent }%, { $due } due by now
figure-goal-volume = You this month: volume { $reached } ÷ goal { $target } = { $percent }%, { $due } due by now
figure-goal-new-accounts = You this month: { $reached } new accounts ÷ goal { $target } = { $percent }%, { $due } due by now
figure-no-goals = You have no goals this month yet; it takes a minute: /goals
