### /team：团队和人

team-list = <b>团队</b>（{ $count } 个）
    点一个，看里面的人。
team-list-none-owner = 还没有团队。先建一个，再邀请主管和客户经理。
team-list-none-lead = 您现在没有带团队。请管理员在 /team 里把团队交给您。
team-page = <b>{ $team }</b>
    主管：{ $leads }
    客户经理：{ $managers } 位，点名字看详情。
team-no-lead = 还没有
team-none = 没有
team-between = 、
team-invite-manager = ＋ 邀请客户经理
team-invite-lead = ＋ 邀请主管
team-export = 📤 导出团队
team-invitations = 还没用的邀请 { $count }
team-back-to-teams = ◀ 全部团队
team-back-to-team = ◀ { $team }
team-back-to-member = ◀ { $name }
team-unplaced-button = 不在团队里的人 { $count }
team-removed-button = 已移出的人 { $count }
team-unplaced = <b>不在团队里的人</b>
    点名字，看看放到哪里。
team-removed = <b>已移出的人</b>
    他们进不来了；记录还在，客户可以交给别人。
team-wishing-button = 请求删除数据的人 { $count }
team-wishing = <b>请求删除自己数据的人</b>
    点名字，再点「删除个人数据」。
team-new = ＋ 新团队
team-ask-name = 新团队叫什么？把名字发给我，例如「城东二组」。
team-unknown = 没有叫「{ $words }」的团队。请写它的全名或编号。
team-name-taken = 已经有叫这个名字的团队了，请换一个名字发给我。
team-name-too-long = 名字长了点，请用 { $limit } 个字以内的名字再发一次。
team-member = <b>{ $name }</b> · { $role }
    团队：{ $team }
    最近露面：{ $seen }
    名下客户：{ $accounts } 家
team-member-removed = {"\u000A"}{ $day } 移出，进不来了
team-member-leave = {"\u000A"}休假：{ $first } 到 { $last }
team-role-manager = 客户经理
team-role-lead = 主管
team-role-owner = 管理员
team-seen = { $days ->
        [0] 今天
        [1] 昨天
       *[other] { $day }
    }
team-seen-never = 还没来过
team-seen-not-joined = 还没加入
team-seen-blocked = 停用了我
team-left = { $accounts ->
        [0] 已移出
       *[other] 已移出，{ $accounts } 家待交接
    }
team-act-invite = 邀请加入
team-act-role = 改角色
team-act-move = 换团队
team-act-transfer = 交接客户
team-act-leave = 休假
team-act-remove = 移出
team-act-delete = 删除个人数据
team-which-role = { $name } 改成什么角色？
team-which-team = { $name } 换到哪个团队？
team-which-teams = { $name } 带哪些团队？点一下就改。
team-remove-ask = 把 { $name } 移出？马上就进不来了；记录都留着，客户等您交给别人。
team-remove-sure = 是，移出
team-your-role-manager = 您的角色改成了客户经理。
team-your-role-lead = 您现在是主管：/team 看团队，/gaps 看大家问了、还没答好的。
team-your-role-owner = 您现在是管理员：/team 管团队和人。
team-your-team = 您换到了「{ $team }」。
team-you-lead = 「{ $team }」现在由您带，发 /team 看看。
team-you-lead-no-longer = 「{ $team }」不再由您带了。
