### Answers

answer-article = <b>{ $title }</b>
    { $answer }
    { $steps }
    <b>Today</b>: { $today }
    { $source }
answer-step = { $number }. { $step }
answer-practice = From practice ({ $source }): { $text }
answer-source-K = 《大客户经理素质》 { $numbers }
answer-source-M = 《客户经理基本素养》 { $numbers }
answer-source-list = Source: { $sources }
answer-source-heading = Source: { $sources } (heading only)
answer-between-numbers = {", "}
answer-between-names = {", "}
answer-between-sources = {"; "}
answer-unsure = Did you mean one of these? Tap it, or ask me again in other words.
answer-none = The two documents do not cover this, and I will not make something up.
    I have noted it, so that your lead can see what people ask and what is missing.
answer-greeting = Hello! Just ask me the way you talk. For example:
answer-thanks = You are welcome. I am here whenever you need me.
answer-praised = Thank you, noted
answer-why = Noted. What was wrong with it?
answer-why-wrong = Not right
answer-why-unclear = Unclear
answer-why-useless = Not useful
answer-why-thanks = Thank you. Your lead will see it, so that it can be improved.
# The button under an answer: the one thing to do with it now
answer-do-plan = ▶ Open today's plan
answer-do-accounts = ▶ Open my accounts
answer-do-accounts-a = ▶ See my key accounts (A)
answer-do-prepare = ▶ Prepare my next visit
answer-do-promises = ▶ See what I promised
answer-do-mayi = ▶ Ask before I promise
answer-do-check = ▶ Check my wording
answer-do-flags = ▶ See my flags
answer-do-goals = ▶ See this month's goals
answer-do-note = ▶ Write it down
answer-do-askhelp = ▶ Ask my lead for help
answer-do-digest = ▶ See the team's week
answer-do-month = ▶ See the team's accounts
answer-was-note = 📝 That was a note
