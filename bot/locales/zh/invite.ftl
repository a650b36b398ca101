### 邀请：链接、图、作废、用邀请进来

invite-link = <b>{ $team } · 邀请{ $role }</b>
    请对方点这条链接，或扫上面的图：
    { $link }
    只能进一个人，{ $day }前有效。
invite-revoke = 作废这条邀请
invite-revoked = 这条邀请作废了，点了也进不来。
invite-open = <b>{ $team } · 还没用的邀请</b>
    点一条，就作废一条。
invite-open-none = <b>{ $team }</b>
    没有还没用的邀请。
invite-open-revoke = ✖ { $role } · { $day }前有效
invite-not-good = 这条邀请用不了：可能过期了、用过了，或者没有复制全。请向发给您的人再要一条。
invite-not-needed = 您已经在里面了。这条邀请没有用掉，请留给别人。
invite-joined = { $name } 凭您的邀请加入了「{ $team }」。
