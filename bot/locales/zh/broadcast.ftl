### /broadcast：主管对全队说一句，谁看过了

broadcast-which-team = 对哪个团队说？
broadcast-no-team = 您现在没有带团队，等管理员把团队交给您，再来发通知。
broadcast-ask = 对「{ $team }」说什么？打一段话给我（{ $limit } 字以内），发之前先给您看。
broadcast-preview = <b>发给「{ $team }」{ $count } 个人</b>，他们看到的是：
broadcast-words = 📢 <b>{ $name }：</b>
    { $text }
broadcast-quoted = “{ $text }”
broadcast-send = ✅ 发给 { $count } 个人
broadcast-again = ✏️ 改一改
broadcast-drop = 不发了
broadcast-read = 👌 我看过了
broadcast-was-read = 👌 您看过了
broadcast-thanks = 好，记下了。
broadcast-head = 📢 <b>{ $team } · { $day }</b>
broadcast-counts = 看过 { $read }/{ $every }
broadcast-unread = 还没看：{ $what }
broadcast-look-again = 🔄 再看谁看过了
broadcast-remind = 🔔 提醒没看的 { $count } 个人
broadcast-reminded = 提醒了 { $count } 个人；休息时间里的，早上才收到。
broadcast-sent = 📢 { $day } · 看过 { $read }/{ $every }
broadcast-all-read = 大家都看过了，不用提醒。
broadcast-reminded-today = 今天已经提醒过了，明天再提醒。
broadcast-not-waiting = 这条已经发出，或者不等着发了。再发一条用 /broadcast。
broadcast-too-long = 太长了，{ $limit } 字以内大家才会看，挑最要紧的再发一次。
broadcast-nobody = 这个团队里还没有别人，用 /team 邀请了再发。
