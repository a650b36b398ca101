### /check: a look before it goes to the client

wording-ask = Type what you want to send; only you see it.
wording-clean = ✅ Reads well as it is.
wording-head = <b>{ $count ->
        [one] 1 place
       *[other] { $count } places
    } could be better</b> (only you see this)
wording-hit = ✏️ <b>{ $name }</b>: “{ $words }”
    { $why }
    💬 { $better }
