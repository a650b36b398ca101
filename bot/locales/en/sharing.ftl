### Notes for the lead: only by the author's tap, taken back at any time

sharing-share = 👁 Show my lead
sharing-withdraw = ↩ Take back
sharing-done = Your lead can read this note now.
sharing-undone = Taken back; your lead cannot read it any more.
sharing-own = <b>Note of { $day }</b>, for your eyes only:
    { $text }
sharing-own-shared = <b>Note of { $day }</b>, 👁 your lead can read it:
    { $text }
sharing-note = <b>{ $name } · { $day }</b>, a note shared with you:
    { $text }
sharing-notes = <b>{ $account } · notes: { $count }</b>
sharing-shared = <b>Notes that your lead can read: { $count }</b>
sharing-line = { $number }. { $mark }{ $day }{ $by }: { $what }
sharing-to-account = ◀ Account
sharing-to-notes = 📝 Notes { $count }
sharing-to-shared = 👁 Notes shared { $count }
sharing-visit = 📝 { $day } · { $account }
