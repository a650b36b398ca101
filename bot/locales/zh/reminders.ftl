### 主动提醒：承诺、约见、补记录；稍后再说、今天不说

reminders-later = ⏰ 30 分钟后再说
reminders-skip = 🔕 今天不用提醒
reminders-noted = 好的
reminders-snoozed = ⏰ 好，{ $time } 再来找您。
reminders-skipped = 🔕 好，今天不再主动找您。您发消息我照样答。
reminders-nothing-told = 现在没有可以推后的提醒。几点提醒、哪些要提醒，在 /settings 里改。
reminders-promises = 🤝 <b>今天有 { $count } 个承诺要办</b>
reminders-promises-eve = 🤝 <b>有 { $count } 个承诺快到期了</b>，今晚先想好怎么办：
reminders-more-promises = 还有 { $count } 个
reminders-appointment = 📍 <b>约好的：{ $when }</b>
reminders-appointment-at = { $what }
reminders-appointment-with = 👤 { $what }
reminders-appointment-about = 📝 { $what }
reminders-prepare = 🎯 去之前看一眼
reminders-nudge = 📝 { $what }，今天去了吗？去了点一下，再打一句话就记好了。
reminders-went = ✅ 去了 { $name }
reminders-open-day = 🌙 看今天，没去的也说一声
