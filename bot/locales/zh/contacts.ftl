### 联系人

contacts-list = <b>{ $what }</b> 的联系人
contacts-none = <b>{ $what }</b> 还没有联系人。
contacts-line = { $what } · { $ago }
contacts-new = ➕ 加联系人
contacts-ask-new = <b>{ $name }</b> 的谁？名字和职务一起打给我，例如「张经理 采购」。
contacts-ask-name = <b>{ $name }</b> 改叫什么？
contacts-ask-role = <b>{ $name }</b> 是做什么的？例如「采购」「店长」。
contacts-card = 👤 <b>{ $name }</b>
    { $account }
    职务：{ $role }
    态度：{ $stance }
    上次见：{ $met }
    对咱们是什么态度？点一个。
contacts-no-role = 没记
contacts-stance-supporter = 支持
contacts-stance-neutral = 中立
contacts-stance-opponent = 反对
contacts-stance-unknown = 不清楚
contacts-rename = ✏️ 改名
contacts-role = 💼 职务
contacts-drop = ✖ 去掉
contacts-remove = 把 <b>{ $name }</b> 从联系人里去掉吗？以前的拜访记录里还会有这个名字。
contacts-remove-sure = ✖ 去掉
contacts-keep = 留着
contacts-back = ◀ 联系人
contacts-name-taken = 这家已经有「{ $name }」了，请写得不一样些，例如带上名字。
contacts-too-long = 太长了，请写在 { $limit } 个字以内。
