### 交接客户

transfer-to-whom = 把 { $name } 的客户交给谁？
transfer-to-nobody = 没有能接手的客户经理。请先邀请一位进团队，再来交接。
transfer-which = <b>{ $giver } → { $receiver }</b>
    点「全部」，或点要交的客户，点了就交。没做完的承诺、下一步和投诉跟着走；拜访和市场反馈仍记在原来的人名下。
transfer-all = 全部 { $count } 家
transfer-empty = { $giver } 名下没有客户了。
transfer-done = { $count ->
        [0] 没有交成。
       *[other] ✅ { $count } 家已交给 { $receiver }。
    }{"\u000A"}
transfer-stayed = {"\u000A"}没交的：{ $names }。{ $receiver } 有同名的客户，请先把其中一个改名。
transfer-received = { $by } 把 { $giver } 的 { $count } 家客户交给了您，没做完的承诺和下一步也一起过来了。
transfer-given = { $by } 把您的 { $count } 家客户交给了 { $receiver }，没做完的承诺由 { $receiver } 接着做。
