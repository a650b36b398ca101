### /team: teams and people

team-list = <b>Teams</b> ({ $count })
    Tap one to see who is in it.
team-list-none-owner = There is no team yet. Found one, then invite leads and managers.
team-list-none-lead = You lead no team now. Please ask an owner to give you one in /team.
team-page = <b>{ $team }</b>
    Lead: { $leads }
    Account managers: { $managers }. Tap a name for more.
team-no-lead = none yet
team-none = none
team-between = {", "}
team-invite-manager = ＋ Invite a manager
team-invite-lead = ＋ Invite a lead
team-export = 📤 Export the team
team-invitations = Open invitations: { $count }
team-back-to-teams = ◀ All teams
team-back-to-team = ◀ { $team }
team-back-to-member = ◀ { $name }
team-unplaced-button = In no team: { $count }
team-removed-button = Removed: { $count }
team-unplaced = <b>In no team</b>
    Tap a name and see where to put them.
team-removed = <b>Removed</b>
    They cannot get in. Their records stay, and their accounts can go to others.
team-wishing-button = Asked for deletion: { $count }
team-wishing = <b>Asked to have their data deleted</b>
    Tap a name, then “Delete personal data”.
team-new = ＋ New team
team-ask-name = What is the new team called? Send me its name, such as “East District 2”.
team-unknown = No team is called “{ $words }”. Give its full name or its id.
team-name-taken = There is a team of that name already. Please send me another name.
team-name-too-long = That is a bit long. Please send a name of at most { $limit } letters.
team-member = <b>{ $name }</b> · { $role }
    Team: { $team }
    Last seen: { $seen }
    Accounts: { $accounts }
team-member-removed = {"\u000A"}Removed on { $day }, cannot get in
team-member-leave = {"\u000A"}Days off: { $first } to { $last }
team-role-manager = account manager
team-role-lead = lead
team-role-owner = owner
team-seen = { $days ->
        [0] today
        [1] yesterday
       *[other] { $day }
    }
team-seen-never = never yet
team-seen-not-joined = not joined yet
team-seen-blocked = has blocked me
team-left = { $accounts ->
        [0] removed
       *[other] removed, accounts waiting: { $accounts }
    }
team-act-invite = Invite to join
team-act-role = Change role
team-act-move = Change team
team-act-transfer = Hand over accounts
team-act-leave = Days off
team-act-remove = Remove
team-act-delete = Delete personal data
team-which-role = Which role shall { $name } have?
team-which-team = Which team shall { $name } be in?
team-which-teams = Which teams does { $name } lead? A tap changes it.
team-remove-ask = Remove { $name }? Access ends at once. All records stay, and the accounts wait for you to hand them over.
team-remove-sure = Yes, remove
team-your-role-manager = You are an account manager now.
team-your-role-lead = You are a lead now: /team shows your teams, /gaps what people asked and was not answered well.
team-your-role-owner = You are an owner now: /team is for teams and people.
team-your-team = You are in “{ $team }” now.
team-you-lead = You lead “{ $team }” now. Send /team to have a look.
team-you-lead-no-longer = You no longer lead “{ $team }”.
