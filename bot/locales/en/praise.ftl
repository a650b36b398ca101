### One honest line at the end of a day: the day's records bear it out

praise-complaint = 👏 The complaint of { $account } has its answer today. Clients stay with those who answer.
praise-opponent = 👏 { $contact } at { $account } is not easy, and you went all the same. That is the hardest step.
praise-key-account = 👏 You saw { $account } after { $days } days. A key account did not go cold.
praise-promise = 👏 Said and done: { $what }, on time.
praise-plan = 👏 { $count ->
    [one] The account that you planned is visited.
   *[other] All { $count } accounts that you planned are visited.
    }
praise-visits = 👏 { $count } visits today, { $target } were the aim: all there.
praise-report = 👏 You brought home { $count ->
    [one] 1 piece
   *[other] { $count } pieces
    } of market news. The team can use it.
