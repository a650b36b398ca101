### 离线期间错过的提醒

missed = ⏰ 我离线期间错过了 { $count } 次提醒，就不补发了。
missed-open-plan = 📋 看今天的计划
missed-open-digest = 📊 看周报
