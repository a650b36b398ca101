### Handing accounts over

transfer-to-whom = Who takes over { $name }’s accounts?
transfer-to-nobody = There is no manager who could take them over. Please invite one into a team of yours first.
transfer-which = <b>{ $giver } → { $receiver }</b>
    Tap “All”, or the accounts to hand over, one by one. Open promises, next steps and complaints go along; visits and market reports stay with who made them.
transfer-all = All { $count }
transfer-empty = { $giver } has no accounts any more.
transfer-done = { $count ->
        [0] Nothing was handed over.
       *[other] ✅ Handed over to { $receiver }: { $count }.
    }{"\u000A"}
transfer-stayed = {"\u000A"}Not handed over: { $names }. { $receiver } has accounts of these names, so rename one of each first.
transfer-received = { $by } has handed accounts of { $giver } over to you: { $count }. Open promises and next steps come along.
transfer-given = { $by } has handed accounts of yours over to { $receiver }: { $count }. Open promises are { $receiver }’s to keep now.
