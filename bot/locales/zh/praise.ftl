### 晚间回顾里的一句实话：今天哪件事做得好

praise-complaint = 👏 { $account } 的投诉，今天给了回音。客户记得住这个。
praise-opponent = 👏 { $account } 的{ $contact }不支持咱们，您今天还是去见了。
praise-key-account = 👏 隔了 { $days } 天，今天又见到 { $account } 的人了。
praise-promise = 👏 说到做到：{ $what }，没过日子。
praise-plan = 👏 计划的 { $count } 家，一家没落下。
praise-visits = 👏 今天跑了 { $count } 次，目标是 { $target }。
praise-report = 👏 今天带回 { $count } 条市场消息，大家都用得上。
