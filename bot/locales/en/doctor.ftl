### python -m bot doctor

doctor-good = good
doctor-bad = BAD
doctor-settings-phone = local phone; language { $locale }, time zone { $zone }, data in { $folder }
doctor-settings-polling = Telegram by polling; language { $locale }, time zone { $zone }, data in { $folder }
doctor-settings-webhook = Telegram by webhook; language { $locale }, time zone { $zone }, data in { $folder }
doctor-database = { $kind }, tables at revision { $found }
doctor-database-empty = no tables yet: run python -m bot migrate, or start the coach
doctor-database-old = tables at revision { $found }, wanted { $wanted }: run python -m bot migrate
doctor-knowledge = { $count } articles
doctor-knowledge-broken = { $problem }
doctor-engine = durable_rules { $version } on Python { $python }
doctor-engine-broken = durable_rules { $version } does not load on Python { $python }
doctor-clock = { $local } ({ $zone })
doctor-clock-behind = { $local }: this machine's clock is behind, and every reminder would be wrong
doctor-telegram = @{ $name } answers at { $address }
doctor-telegram-unused = not used (COACH_TELEGRAM_TOKEN is not set)
doctor-telegram-refused = Telegram refuses the token
doctor-telegram-silent = { $address } does not answer
doctor-error = the look itself failed: { $error }
doctor-name-settings = settings
doctor-name-database = database
doctor-name-knowledge = knowledge
doctor-name-engine = engine
doctor-name-clock = clock
doctor-name-telegram = telegram
doctor-name-messages = messages
doctor-messages = { $waiting } to be handled, { $failed } failed and to be looked at; { $owed } to be sent, { $dead } undeliverable
doctor-name-fonts = Fonts
doctor-fonts = { $font } is there and draws { $name }
doctor-fonts-missing = pictures would show boxes for Chinese: restore bot/fonts/{ $font }, which has to draw { $name }
doctor-name-reminders = reminders
doctor-reminders = { $due } due in { $days } days = { $sent } sent + { $skipped } skipped + { $dead } undeliverable + { $pending } on the way
