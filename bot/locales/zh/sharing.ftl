### 记录给主管看：只有本人点了才给，随时能收回

sharing-share = 👁 给主管看
sharing-withdraw = ↩ 收回，不给看了
sharing-done = 主管现在能看这条记录了。
sharing-undone = 收回了，主管看不到了。
sharing-own = <b>{ $day } 的记录</b>，只有您能看：
    { $text }
sharing-own-shared = <b>{ $day } 的记录</b>，👁 主管能看：
    { $text }
sharing-note = <b>{ $name } · { $day }</b>，给您看的记录：
    { $text }
sharing-notes = <b>{ $account } · 记录 { $count } 条</b>
sharing-shared = <b>您给主管看的记录 { $count } 条</b>
sharing-line = { $number }. { $mark }{ $day }{ $by }：{ $what }
sharing-to-account = ◀ 客户
sharing-to-notes = 📝 记录 { $count }
sharing-to-shared = 👁 给主管看的记录 { $count }
sharing-visit = 📝 { $day } · { $account }
