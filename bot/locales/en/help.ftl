### /help

help = <b>What I can do for you</b>
    · Just ask, for example “a client keeps praising our competitor”. English or Chinese, typos are fine.
    · Every answer names its source, such as 《大客户经理素质》 9.4. What the documents do not say, I tell you so.
    · /language changes the language{ $more }
    I only talk in private. What you write is stored before I try to understand it, so nothing is lost.

help-lead = {"\u000A"}· /gaps shows what people asked and was not answered well
