### What is said when something goes wrong: one sentence that tells what to do

failure-unknown = Sorry, something went wrong on my side (number { $error_id }). Your message is safe; please send it again later, or tell the owner the number.
failure-unknown-command = There is no such command. Send /help to see what I can do, or just type your question.
failure-stale-button = This button has expired. Please ask once more.
failure-no-such-record = I could not find that; it may have changed. Please ask once more.
failure-already-done = This one is settled already; nothing was changed.
failure-unclear-date = I could not read a day from that. Write it like “next Wednesday” or “8 Dec”, from today on.
failure-outdated-card = This card has changed since; please use the newest one below.
failure-account-needed = Please choose the account first.
failure-too-long-ago = Visits can be noted up to { $days } days back. Tap “✏️ Change” for another day.
failure-too-late-to-undo = The 10 minutes are over. Change it with the account or the promise instead.

unreadable-empty = This message is empty. Please type your question.
unreadable-symbols = I only read words. Please write your question as a sentence, such as “a client keeps pushing the price”.
unreadable-too-long = That is too long for me: I read { $limit } characters at a time. Please send it in parts, one matter each.
unreadable-edited = I go by what you sent first. To change it, please send the corrected words as a new message.
unreadable-forwarded = These are forwarded words, which I keep. Please tell me in your own words what you would like to know.
unreadable-sticker = I cannot read stickers. Please tell me in words.
unreadable-voice = I cannot listen to voice messages yet. Please dictate with your phone's keyboard and send me the text.
unreadable-picture = I cannot look at pictures or videos yet. Please send me the main points in words.
unreadable-document = I cannot read files yet. Please send me the main points in words.
unreadable-other = I cannot read this kind of message. Please tell me in words.
