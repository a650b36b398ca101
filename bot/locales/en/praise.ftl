### One true line in the evening's review: what went well today

praise-complaint = 👏 You answered { $account }’s complaint today. Clients remember that.
praise-opponent = 👏 You went to see { $contact } at { $account }, who is not on our side yet.
praise-key-account = 👏 After { $days } days you met { $account } again.
praise-promise = 👏 Said and done, in time: { $what }.
praise-plan = { $count ->
        [1] 👏 The one account you planned, you saw.
       *[other] 👏 All { $count } accounts you planned, you saw.
    }
praise-visits = 👏 { $count } visits today; the aim was { $target }.
praise-report = { $count ->
        [1] 👏 You brought back a piece of market news the whole team can use.
       *[other] 👏 You brought back { $count } pieces of market news the whole team can use.
    }
