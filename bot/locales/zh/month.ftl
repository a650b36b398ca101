### /month：主管的月视图

month-head = <b>{ $team } · { $month }</b>
month-as-of = 截至 { $day }
month-accounts = 👥 客户 { $count } 家
month-tier = { $tier } 级 { $count } 家，周期内见到 { $met } = { $percent }%
month-segments = 🏷 { $what }
month-segment = { $name } { $count }
month-between = {" · "}
month-totals = 🚶 拜访 { $visits } 次 · 🌱 新客户 { $new } 家
month-overloaded = 🔶 { $count } 位的客户量超负荷
month-bearable = ✅ 大家的客户量都忙得过来
month-manager = { $mark } <b>{ $name }</b>
    　负荷 { $load }% · 拜访 { $visits } · 新客 { $new }
month-more = 还有 { $count } 位，请看图。
month-no-accounts = 这个月还没有客户。请大家发 /accounts 加上，或发来一张表格。
month-no-managers = 这个月团队里还没有客户经理。发 /team 邀请第一位。
month-which-team = 看哪个团队的月视图？
month-no-team = 您还没有带团队。请管理员在 /team 里把团队交给您。
month-pictures = 📊 看图
month-back-to-teams = ◀ 全部团队
month-caption-structure = { $team } · { $month }：客户结构和覆盖
month-caption-load = { $team } · { $month }：负荷、拜访和新客户
