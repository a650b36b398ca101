### Contacts

contacts-list = People at <b>{ $what }</b>
contacts-none = Nobody at <b>{ $what }</b> is on file yet.
contacts-line = { $what } · { $ago }
contacts-new = ➕ Add a contact
contacts-ask-new = Who is it at <b>{ $name }</b>? Type name and role, for example “Sarah Lee, buyer”.
contacts-ask-name = What is <b>{ $name }</b> called now?
contacts-ask-role = What does <b>{ $name }</b> do there? For example “buyer” or “shop manager”.
contacts-card = 👤 <b>{ $name }</b>
    { $account }
    Role: { $role }
    Stance: { $stance }
    Last met: { $met }
    How does this person stand to us? Tap one.
contacts-no-role = not noted
contacts-stance-supporter = supporter
contacts-stance-neutral = neutral
contacts-stance-opponent = opponent
contacts-stance-unknown = unknown
contacts-rename = ✏️ Rename
contacts-role = 💼 Role
contacts-drop = ✖ Remove
contacts-remove = Take <b>{ $name }</b> off the file? Earlier visits keep the name.
contacts-remove-sure = ✖ Remove
contacts-keep = Keep
contacts-back = ◀ Contacts
contacts-name-taken = There is a “{ $name }” here already. Please tell them apart, for example by the full name.
contacts-too-long = That is too long. Please keep it within { $limit } characters.
