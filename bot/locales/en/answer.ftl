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
answer-was-note = 📝 That was a note
