### 面谈的三句：每个习惯三个开放的问题，给主管问

coach-over_promising-1 = 最近哪一个承诺让你最为难？
coach-over_promising-2 = 客户开口要的时候，你当时在想什么？
coach-over_promising-3 = 下次想缓一缓，你会怎么跟客户说？

coach-broken_promise-1 = 这件事卡在哪里，需要我帮什么？
coach-broken_promise-2 = 客户现在知道会晚吗，他怎么说？
coach-broken_promise-3 = 哪一天肯定做得到，今天谁去告诉客户？

coach-vague_promise-1 = 客户心里等的是哪一天，你猜？
coach-vague_promise-2 = 不说日子，是怕做不到，还是等别人回话？
coach-vague_promise-3 = 今天问一句就能定的，是哪一件？

coach-neglected_key_account-1 = 这家最近怎么样，你听到什么？
coach-neglected_key_account-2 = 是什么一直排在它前面？
coach-neglected_key_account-3 = 这周哪天去，带什么去最有用？

coach-single_threaded_key_account-1 = 要是这位联系人明天调走，我们还能找谁？
coach-single_threaded_key_account-2 = 他们家谁用货、谁点头、谁管钱？
coach-single_threaded_key_account-3 = 请谁引荐最自然，我陪你去有没有帮助？

coach-opponent_unaddressed-1 = 站在他的位置，他担心的是什么？
coach-opponent_unaddressed-2 = 过去哪件事让他不痛快？
coach-opponent_unaddressed-3 = 先听他说一次，约在什么场合好？

coach-keeping_company_only-1 = 这家你跑得勤，他们眼下最想解决什么？
coach-keeping_company_only-2 = 上次去之前，你想带回什么？
coach-keeping_company_only-3 = 下次去，带一个什么提议能让他多赚？

coach-unprofitable_big_buyer-1 = 这家的量，扣掉让价和拖款还剩多少？
coach-unprofitable_big_buyer-2 = 他们离得开我们吗，为什么？
coach-unprofitable_big_buyer-3 = 先谈价格还是账期，你觉得哪个好开口？

coach-friend_only-1 = 这周去过的客户里，哪一家最能带来增长？
coach-friend_only-2 = 不太想去的那几家，难在哪里？
coach-friend_only-3 = 明天先去哪一家久未见的重点客户？

coach-incomplete_client_file-1 = 哪家的情况你都在脑子里，还没写下来？
coach-incomplete_client_file-2 = 缺的这几项，问谁最方便？
coach-incomplete_client_file-3 = 这周补哪两家，补完对你有什么用？

coach-overloaded_book-1 = 这么多家，你心里放不下的是哪几家？
coach-overloaded_book-2 = 哪些客户打电话就够，不用每次都去？
coach-overloaded_book-3 = 要是能交出去五家，你会交哪五家？

coach-stalled_next_step-1 = 说好的这一步，现在还合适吗？
coach-stalled_next_step-2 = 等的是我们自己，还是等对方？
coach-stalled_next_step-3 = 最小的一个动作是什么，今天就能做？

coach-unanswered_complaint-1 = 客户最不满的，到底是哪一点？
coach-unanswered_complaint-2 = 今天就算没有结果，能先回他一句什么？
coach-unanswered_complaint-3 = 要谁配合才解决得了，我去说行不行？

coach-plan_not_made-1 = 早上出门前，你怎么定今天去哪几家？
coach-plan_not_made-2 = 什么样的计划对你真有用，什么算负担？
coach-plan_not_made-3 = 明天先定三家，是哪三家？

coach-plan_not_followed-1 = 计划里没去成的，多半被什么打断？
coach-plan_not_followed-2 = 少排两家，会不会更踏实？
coach-plan_not_followed-3 = 明天无论如何要去的一家是哪家？

coach-last_minute_rush-1 = 月初的时候，时间都用在哪里了？
coach-last_minute_rush-2 = 月底赶着去的那几家，效果怎么样？
coach-last_minute_rush-3 = 下个月头一周，先去哪几家会轻松些？

coach-no_market_feedback-1 = 这周客户聊得最多的是什么？
coach-no_market_feedback-2 = 有没有哪家货架上多了新东西？
coach-no_market_feedback-3 = 怎么记最省事，一句话发给我行不行？

coach-thin_notes-1 = 上次去这家，你最想记住的一句话是什么？
coach-thin_notes-2 = 什么时候记最顺手，出门还是上车？
coach-thin_notes-3 = 谁、说了什么、下一步，哪一样最容易漏？

coach-collateral_worship-1 = 没有这份抵押，你还敢贷给他吗，凭什么？
coach-collateral_worship-2 = 他每个月的钱从哪里来，往哪里去？
coach-collateral_worship-3 = 还想看到什么，心里才踏实？

coach-single_source_check-1 = 这些话是谁说的，他图什么？
coach-single_source_check-2 = 还有谁天天看着他做生意？
coach-single_source_check-3 = 这周换一个渠道问，问哪一个？

coach-no_repayment_plan-1 = 他打算拿哪一笔钱来还，什么时候到账？
coach-no_repayment_plan-2 = 要是生意淡两个月，他怎么办？
coach-no_repayment_plan-3 = 哪天和他一起把还款排成一张表？

coach-rescue_lending-1 = 这笔新钱进去，真正用在哪里？
coach-rescue_lending-2 = 他这两年亏在什么地方，能不能变？
coach-rescue_lending-3 = 不贷的话，我们还能帮他做什么？

coach-late_risk_reminder-1 = 回款是从什么时候慢下来的，他怎么解释？
coach-late_risk_reminder-2 = 你开不了口的地方是什么？
coach-late_risk_reminder-3 = 今天这通电话，第一句怎么说？

coach-trust_at_risk-1 = 这家大客户还信我们几分，你从哪看出来的？
coach-trust_at_risk-2 = 欠的这件事，最快哪天能交到他手上？
coach-trust_at_risk-3 = 要不要我一起去，当面把话说开？

coach-key_account_at_risk-1 = 要是丢了这家，最可能因为什么？
coach-key_account_at_risk-2 = 里面谁还愿意帮我们说话？
coach-key_account_at_risk-3 = 这周怎么去见他，我能出什么力？

coach-cannot_keep_up-1 = 手上这些事，哪几件让你喘不过气？
coach-cannot_keep_up-2 = 哪些可以和客户重新约，哪些可以交给别人？
coach-cannot_keep_up-3 = 从下周起少一样，你想先少哪一样？

coach-aim_missed-1 = 这家重要客户，是什么一次次把它挤掉的？
coach-aim_missed-2 = 计划排成什么样，你才守得住？
coach-aim_missed-3 = 明天第一家就去它，要准备什么？

coach-hollow_relationship-1 = 他们家除了这位，谁说了算？
coach-hollow_relationship-2 = 关系这么好，为什么生意没动？
coach-hollow_relationship-3 = 下次去，想定下哪一个有日子的下一步？
