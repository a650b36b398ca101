### /help

help = <b>What I can do for you</b>
    · Just ask, for example “a client keeps praising our competitor”. English or Chinese, typos are fine.
    · Every answer names its source, such as 《大客户经理素质》 9.4. What the documents do not say, I tell you so.
    · /accounts your accounts, /prepare before a visit
    · Send me your accounts as Excel or CSV; /export gives them back
    · /leave your days off, /mydata what I keep about you
    · /language changes the language{ $more }
    I only talk in private. What you write is stored before I try to understand it, so nothing is lost.

help-lead = {"\u000A"}· /team is for teams and people: invite, move, hand over, remove
    · /policy sets when flags show, rehearsed first
    · /gaps shows what people asked and was not answered well
