### python -m bot doctor

doctor-good = 正常
doctor-bad = 有误
doctor-database = { $kind }，表结构版本 { $found }
doctor-database-empty = 还没有建表：运行 python -m bot migrate，或直接启动教练
doctor-database-old = 表结构版本是 { $found }，应为 { $wanted }：请运行 python -m bot migrate
doctor-settings-phone = 本地手机；语言 { $locale }，时区 { $zone }，数据在 { $folder }
doctor-settings-polling = Telegram 轮询；语言 { $locale }，时区 { $zone }，数据在 { $folder }
doctor-settings-webhook = Telegram webhook；语言 { $locale }，时区 { $zone }，数据在 { $folder }
doctor-knowledge = { $count } 篇
doctor-knowledge-broken = { $problem }
doctor-engine = durable_rules { $version }，Python { $python }
doctor-engine-broken = durable_rules { $version } 在 Python { $python } 上无法载入
doctor-clock = { $local }（{ $zone }）
doctor-clock-behind = { $local }：机器时间落后了，提醒会全错
doctor-telegram = @{ $name } 在 { $address } 应答
doctor-telegram-unused = 不使用（没有设 COACH_TELEGRAM_TOKEN）
doctor-telegram-refused = Telegram 不认这个令牌
doctor-telegram-silent = { $address } 没有应答
doctor-error = 检查时出错：{ $error }
doctor-name-settings = 设置
doctor-name-database = 数据库
doctor-name-knowledge = 知识
doctor-name-engine = 规则引擎
doctor-name-clock = 时钟
doctor-name-telegram = Telegram
doctor-name-messages = 消息
doctor-messages = 待处理 { $waiting }，出错待查 { $failed }；待发 { $owed }，送不到 { $dead }
doctor-name-fonts = 字体
doctor-fonts = { $font } 在，画得出「{ $name }」
doctor-fonts-missing = 图上的中文会是方框：请重新取 bot/fonts/{ $font }，它要画得出「{ $name }」
doctor-name-reminders = 提醒
doctor-reminders = 近 { $days } 天到点 { $due } 条 = 已送达 { $sent } + 没打扰 { $skipped } + 送不到 { $dead } + 在路上 { $pending }
