### /broadcast: a lead's word to the whole team, and who has read it

broadcast-which-team = Which team shall hear it?
broadcast-no-team = You lead no team at the moment; once the owner gives you one, come back.
broadcast-ask = What shall I tell “{ $team }”? Type one message (up to { $limit } characters); you see it before it goes.
broadcast-preview = <b>To { $count ->
        [one] 1 person
       *[other] { $count } people
    } in “{ $team }”</b>, who will read:
broadcast-words = 📢 <b>{ $name }:</b>
    { $text }
broadcast-quoted = “{ $text }”
broadcast-send = ✅ Send to { $count }
broadcast-again = ✏️ Change it
broadcast-drop = Do not send
broadcast-read = 👌 I have read it
broadcast-was-read = 👌 You have read it
broadcast-thanks = Fine, noted.
broadcast-head = 📢 <b>{ $team } · { $day }</b>
broadcast-counts = read by { $read } of { $every }
broadcast-unread = not yet: { $what }
broadcast-look-again = 🔄 Who has read it now
broadcast-remind = 🔔 Remind { $count } who have not
broadcast-reminded = Reminded { $count }; in quiet hours it waits until morning.
broadcast-sent = 📢 { $day } · read { $read }/{ $every }
broadcast-all-read = Everybody has read it; no reminder needed.
broadcast-reminded-today = Once a day is enough; remind again tomorrow.
broadcast-not-waiting = This was sent, or no longer waits. Use /broadcast for another.
broadcast-too-long = Too long: people read up to { $limit } characters. Pick what matters most and send it again.
broadcast-nobody = Nobody else is in this team yet; invite people with /team first.
