### /mayi: may I promise this

promising-how = Tell me what, when and to whom, like “/mayi samples to Sunny Mart on Friday”.
promising-green = { $mark } <b>Go ahead</b>
promising-amber = { $mark } <b>Think twice</b>
promising-red = { $mark } <b>Not yet</b>
promising-reason = { $mark } { $reason }
promising-no-day = no day named; settle the day first
promising-past = { $day } is over
promising-day-off = { $day } is a day off
promising-today = it would be today, with no slack
promising-open = { $count } promises open (at most { $most })
promising-late = { $count } already late; those come first
promising-rate = kept on time in 8 weeks: { $kept } of { $due } = { $percent }%
promising-same-day = { $count } fall due on { $day } already
promising-account-late = { $account } still waits for { $count } that are late
promising-load = the book asks for { $required } visits a workday, the target is { $target }
promising-that-day = that day
promising-say-green = 💬 You could say: “It will be done by { $day }, and I will tell you when it is.”
promising-say-amber = 💬 You could say: “Let me check. By tonight I tell you whether { $day } works, so you do not wait in vain.”
promising-say-red = 💬 You could say: “I would rather not promise what I may not keep. Let me finish what I owe and give you a firm day tomorrow.”
