### Invitations: link, picture, taking back, coming in

invite-link = <b>{ $team } · invitation: { $role }</b>
    Let your guest tap this link, or scan the picture:
    { $link }
    It lets one person in, until { $day }.
invite-revoke = Take this invitation back
invite-revoked = This invitation is void. The link lets nobody in any more.
invite-open = <b>{ $team } · open invitations</b>
    A tap takes one back.
invite-open-none = <b>{ $team }</b>
    No open invitations.
invite-open-revoke = ✖ { $role } · until { $day }
invite-not-good = This invitation does not work: it may be out of date, used, or not copied in full. Please ask whoever sent it for another one.
invite-not-needed = You are in already. This invitation has not been used up, so keep it for somebody else.
invite-joined = { $name } has joined “{ $team }” by your invitation.
