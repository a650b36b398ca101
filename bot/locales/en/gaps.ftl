### /gaps: the knowledge gaps; a lead answers them here for the team

gaps-list = <b>Not answered well yet</b> (8 weeks, near-equal ones together)
    { $lines }
gaps-line = { $number }. { $text } ({ $count }×)
gaps-line-disliked = { $number }. { $text } ({ $count }× 👎)
gaps-none = No unanswered questions in the last 8 weeks.
gaps-answer = ✍ { $number }
gaps-ask = <b>{ $text }</b> ({ $count }×)
    Type the answer, at most { $limit } characters. It carries your name, your team finds it at once, and I tell those who asked.
gaps-cancel = Not now
gaps-answer-too-long = That is more than { $limit } characters, too long for a phone. Shorten it, or send it to me as a file.
gaps-answered = ✅ “{ $text }” is answered; { $team } can find it now.
    { $count ->
        [0] There was nobody else to tell.
        [one] I told the one who asked.
       *[other] I told the { $count } who asked.
    }
gaps-told = 💬 You asked “{ $question }”, and { $name } has answered:
    { $text }
gaps-answers = <b>What you answered</b> ({ $count })
gaps-answers-line = { $number }. { $text }
gaps-no-answers = You have not answered anything yet. Open questions are in /gaps.
gaps-one = 💬 <b>{ $question }</b>
    { $text }
    <i>{ $team } · { $day }</i>
gaps-edit = ✏️ Edit
gaps-change = What should “{ $text }” say instead? Type it, at most { $limit } characters.
gaps-remove = 🗑 Take back
gaps-remove-ask = Take back the answer to “{ $text }”? The team will not find it any more.
gaps-remove-sure = Yes, take it back
gaps-remove-not = ◀ Keep it
gaps-removed = 🗑 The answer to “{ $text }” is taken back.
gaps-back = ◀ My answers
