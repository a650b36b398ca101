### The team's handbook: documents that leads send, found by their team only; /handbook

handbook-reading = 📎 Got “{ $file }”, reading it for { $team } …
handbook-for-which = 📎 Which team is “{ $file }” for? Only that team will find it.
handbook-stored = 📎 <b>{ $file }</b> is in the handbook of { $team } now
handbook-size = { $headings } headings · { $passages } passages
handbook-size-pages = { $pages } pages · { $headings } headings · { $passages } passages
handbook-size-slides = { $pages } slides · { $headings } headings · { $passages } passages
handbook-headings = Headings: { $headings }
handbook-between = {", "}
handbook-replaced = This is version { $version }. Version { $before } is kept and can come back.
handbook-some-scanned = ⚠️ { $count } pages are pictures only; I cannot read the words in them.
handbook-ask-now = It can be found at once: just ask.
handbook-open = 📂 Open it
handbook-refused = 📎 “{ $file }” was not taken in.
    { $reason }

handbook-list = <b>Handbook</b> (each team finds its own only)
handbook-line = { $number }. { $file } · v{ $version }
handbook-of-team = <b>{ $team }</b>
handbook-none = There is no handbook yet.
    Send me a file: Word, PowerPoint, PDF, Markdown or plain text. I cut it into passages for your team alone.
handbook-own-answers = 💬 My answers: { $count }
handbook-one = <b>{ $file }</b>
    { $team } · version { $version }
handbook-sent = Sent by { $name } on { $day }
handbook-bring-back = ↩ Back to version { $version }
handbook-brought-back = ✅ Version { $version } is back, from now on.
handbook-remove = 🗑 Remove
handbook-remove-ask = Remove “{ $file }”? { $team } will not find it any more, and the version before goes too.
handbook-remove-sure = Yes, remove it
handbook-remove-not = ◀ Not now
handbook-removed = 🗑 “{ $file }” is removed and found no more.
handbook-back = ◀ Handbook

# Answers from the handbook
handbook-answer = 📎 <b>Your team · { $heading }</b>
    { $text }
    <i>{ $source }</i>
handbook-source = “{ $file }”, version { $version }
handbook-source-page = “{ $file }”, version { $version }, page { $page }
handbook-source-slide = “{ $file }”, version { $version }, slide { $page }
handbook-signed = { $name }, { $day }
handbook-whole = Whole passage
handbook-next = Next ▶
handbook-go-on = Read on ▶
handbook-also = 📎 Your team, too: { $title }
handbook-near = 📎 Your team: { $title }

# Why a document was not taken in, and what to do
handbook-only-leads = Your lead looks after the handbook: pass the file on to him. To import accounts, send .xlsx or .csv.
handbook-no-team = You lead no team yet, so there is no handbook to put it into. Ask the owner to give you one in /team.
handbook-empty = There are no words in it. Please check it and send it again.
handbook-too-big = It is larger than { $limit } MB, which Telegram does not hand to me. Shrink the pictures or send it in parts.
handbook-too-big-inside = Unpacked it is larger than { $limit } MB. Shrink the pictures or send it in parts.
handbook-too-many-pages = It has more than { $limit } pages. Please send it in parts.
handbook-too-long = It makes more than { $limit } passages. Please send it in parts.
handbook-team-full = The team's handbook would grow beyond { $limit } passages. Remove what is not used in /handbook first.
handbook-too-slow = Reading it took too long, so I stopped. Send it in parts, or save it anew.
handbook-too-heavy = It needs too much memory. Shrink the pictures or send it in parts.
handbook-broken = It cannot be opened and seems broken. Open it in its program, save a copy and send that.
handbook-locked = It is locked with a password. Take the password off and send it again.
handbook-scanned = Every page is a scanned picture without words. Send the Word file, or have the text recognised first.
handbook-garbled = Its letters cannot be told (the font came without its table). Send the Word file, or export the PDF anew.
handbook-old-format = I cannot read this format. Save it as .docx, .pptx or .pdf and send that.
handbook-unknown-format = What is inside does not fit the name. Save it as .docx, .pptx or .pdf and send that.
handbook-unknown-encoding = I cannot tell its encoding. Save it as UTF-8 text or .docx and send that.
