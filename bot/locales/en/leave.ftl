### /leave: days off

leave-none = <b>{ $name } · days off</b>
    None entered. On days off I do not remind, and they are no workdays.
leave-list = <b>{ $name } · days off</b>
    On these days I do not remind, and they are no workdays. A tap cancels them.
leave-cancel = ✖ { $first } to { $last } ({ $days } days)
leave-cancel-day = ✖ { $first }
leave-add = ＋ Enter days off
leave-ask = From when to when? Type it, for example “Dec 1 to Dec 5” or “next Monday to next Wednesday”; for a single day, “tomorrow”.
leave-unclear = I could not see which days. Please write them like “Dec 1 to Dec 5” or “next Wednesday”.
leave-ends-before = The end lies before the beginning. Please send it again: from when to when.
leave-too-long = That is more than a year. Please give days within one year.
leave-over = These days are over. Please give days from today on.
leave-cancelled = Cancelled
leave-entered = { $by } has entered days off for you: { $first } to { $last }. Send /leave to change them.
