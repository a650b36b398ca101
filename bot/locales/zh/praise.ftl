### 收工时的一句实在话：都有当天的记录为证

praise-complaint = 👏 { $account } 的投诉今天有了回音。肯回应，客户就肯留下。
praise-opponent = 👏 { $account } 的{ $contact }不好谈，您还是去见了。这一步最难。
praise-key-account = 👏 { $account } 隔了 { $days } 天，今天见上了。重点客户没有冷下来。
praise-promise = 👏 说到做到：{ $what }，按时办成了。
praise-plan = 👏 计划的 { $count } 家，今天一家没落。
praise-visits = 👏 今天跑了 { $count } 家，目标 { $target } 家，够数了。
praise-report = 👏 今天带回 { $count } 条市场消息，团队用得上。
