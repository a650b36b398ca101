### Three open questions for the one-to-one, for each habit

coach-over_promising-1 = Which of your recent promises weighs on you most?
coach-over_promising-2 = When the client asked, what went through your mind?
coach-over_promising-3 = Next time you want to buy time, how will you put it?

coach-broken_promise-1 = Where is it stuck, and what can I do?
coach-broken_promise-2 = Does the client know it will be late? What did he say?
coach-broken_promise-3 = Which day can you be sure of, and who tells the client today?

coach-vague_promise-1 = Which day does the client have in mind, do you think?
coach-vague_promise-2 = Was no date given because it may not work, or because you wait for somebody?
coach-vague_promise-3 = Which one could be settled with one question today?

coach-neglected_key_account-1 = How is this account doing? What have you heard?
coach-neglected_key_account-2 = What keeps coming before it?
coach-neglected_key_account-3 = Which day this week will you go, and what would be most useful to bring?

coach-single_threaded_key_account-1 = If this contact moved on tomorrow, whom could we call?
coach-single_threaded_key_account-2 = Who uses it, who decides, who pays over there?
coach-single_threaded_key_account-3 = Who could introduce you most naturally? Would it help if I came along?

coach-opponent_unaddressed-1 = Standing in his shoes, what is he worried about?
coach-opponent_unaddressed-2 = What happened in the past that he did not like?
coach-opponent_unaddressed-3 = To hear him out once, what would be a good occasion?

coach-keeping_company_only-1 = You are there often: what do they most want solved now?
coach-keeping_company_only-2 = Before the last visit, what did you hope to bring back?
coach-keeping_company_only-3 = What could you propose next time that earns him more?

coach-unprofitable_big_buyer-1 = After discounts and late payment, what is left of this volume?
coach-unprofitable_big_buyer-2 = Could they do without us? Why?
coach-unprofitable_big_buyer-3 = Price or payment term: which is easier to raise first?

coach-friend_only-1 = Of the clients you saw this week, which can grow most?
coach-friend_only-2 = The ones you would rather not visit: what makes them hard?
coach-friend_only-3 = Which long-unseen key account comes first tomorrow?

coach-incomplete_client_file-1 = Which clients do you carry in your head, but not on file?
coach-incomplete_client_file-2 = Whom could you easily ask for what is missing?
coach-incomplete_client_file-3 = Which two will you complete this week, and what will it give you?

coach-overloaded_book-1 = Of so many, which ones keep you awake?
coach-overloaded_book-2 = Where would a call do instead of a visit?
coach-overloaded_book-3 = If you could hand over five, which five?

coach-stalled_next_step-1 = Is the step you agreed still the right one?
coach-stalled_next_step-2 = Are we waiting for ourselves, or for them?
coach-stalled_next_step-3 = What is the smallest move that you could make today?

coach-unanswered_complaint-1 = What exactly upsets the client most?
coach-unanswered_complaint-2 = Even without a result, what could you tell him today?
coach-unanswered_complaint-3 = Whose help does it take? Shall I talk to them?

coach-plan_not_made-1 = In the morning, how do you decide where to go?
coach-plan_not_made-2 = What kind of plan would help you, and what is just a burden?
coach-plan_not_made-3 = Three for tomorrow to begin with: which three?

coach-plan_not_followed-1 = What usually comes between you and the plan?
coach-plan_not_followed-2 = Would two fewer a day make it solid?
coach-plan_not_followed-3 = Which one will you visit tomorrow, whatever happens?

coach-last_minute_rush-1 = At the start of the month, where did the time go?
coach-last_minute_rush-2 = The visits squeezed in at the end: how did they go?
coach-last_minute_rush-3 = Which ones in the first week would make next month easier?

coach-no_market_feedback-1 = What did clients talk about most this week?
coach-no_market_feedback-2 = Did anything new appear on somebody's shelf?
coach-no_market_feedback-3 = What is the easiest way for you: would one line to me do?

coach-thin_notes-1 = From your last visit, which one sentence is worth keeping?
coach-thin_notes-2 = When is it easiest to note: at the door, or in the car?
coach-thin_notes-3 = Who, what was said, what next: which slips most?

coach-collateral_worship-1 = Without the collateral, would you still lend to him? Why?
coach-collateral_worship-2 = Where does his money come from each month, and where does it go?
coach-collateral_worship-3 = What else would you like to see to feel sure?

coach-single_source_check-1 = Who told you this, and what does he want?
coach-single_source_check-2 = Who else watches his business every day?
coach-single_source_check-3 = Which other source will you ask this week?

coach-no_repayment_plan-1 = Which money is he going to repay with, and when does it come in?
coach-no_repayment_plan-2 = If trade is slow for two months, what then?
coach-no_repayment_plan-3 = When will you sit down with him and put the repayments on a page?

coach-rescue_lending-1 = Once it is in, what will the new money really be used for?
coach-rescue_lending-2 = Where did he lose in these two years, and can that change?
coach-rescue_lending-3 = If we do not lend, how else can we help him?

coach-late_risk_reminder-1 = When did payments slow down, and how does he explain it?
coach-late_risk_reminder-2 = What makes it hard to bring up?
coach-late_risk_reminder-3 = In today's call, what is your first sentence?

coach-trust_at_risk-1 = How much does this client still trust us? How can you tell?
coach-trust_at_risk-2 = What is the earliest day that he has it in his hands?
coach-trust_at_risk-3 = Shall I come along, so that we clear the air together?

coach-key_account_at_risk-1 = If we lost this client, what would be the likeliest reason?
coach-key_account_at_risk-2 = Who in there would still speak for us?
coach-key_account_at_risk-3 = How will you get to see them this week, and what can I do?

coach-cannot_keep_up-1 = Of all that is on your plate, what takes your breath away?
coach-cannot_keep_up-2 = What could be agreed anew with clients, and what could others take?
coach-cannot_keep_up-3 = If one thing goes from next week on, which one?

coach-aim_missed-1 = What keeps pushing this important client aside?
coach-aim_missed-2 = What would a plan look like that you can hold?
coach-aim_missed-3 = If it comes first tomorrow, what do you need to prepare?

coach-hollow_relationship-1 = Besides this contact, who has the say over there?
coach-hollow_relationship-2 = With such a good relationship, why does business not move?
coach-hollow_relationship-3 = Next time, which step with a date would you like to settle?
