### /settings：我什么时候开口，什么时候不打扰

settings = <b>⚙️ 什么时候提醒您</b>
    点一项就能改。都按您那里的钟：{ $zone }，现在 { $time }。
settings-morning_at = 🌅 早上计划 { $value }
settings-evening_at = 🌙 晚上回顾 { $value }
settings-nudge_at = 📝 补记录 { $value }
settings-digest_at = 📊 周一周报 { $value }
settings-appointment_lead_minutes = 📍 约见{ $value }
settings-quiet = 🤫 安静 { $value }
settings-time_zone = 🌏 { $value }
settings-language = 🌐 语言
settings-leave = 🏖 休假
settings-money_unit = 💰 金额 { $value }
settings-no-unit = 没定
settings-kinds = 🔔 哪些要提醒{ $off ->
    [0] {""}
   *[other] （关了 { $off } 项）
    }
settings-back = ◀ 返回设置
settings-minutes-before = 前 { $count } 分钟
settings-hours-before = 前 { $count } 小时
settings-never-quiet = 不设
settings-ask-morning_at = 早上几点说今天的计划？点一个，或打字给我，例如「8:45」「9点」。
settings-ask-evening_at = 晚上几点一起回顾今天？点一个，或打字给我，例如「18:30」「晚上8点」。
settings-ask-nudge_at = 白天几点问一次还没记的拜访？点一个，或打字给我，例如「15:30」。
settings-ask-digest_at = 周一几点看上周的周报？点一个，或打字给我，例如「9点」。
settings-ask-appointment_lead_minutes = 约好的见面，提前多久提醒？点一个，或打字给我，例如「45分钟」「一个半小时」。
settings-ask-quiet = 几点到几点我不主动说话？点一个，或打字给我，例如「22:00-7:00」。您发消息，我随时都答。
settings-ask-time_zone = 您在哪里？点一个，或把城市打给我，例如「东京」「Dubai」「UTC+8」。
settings-ask-money_unit = 您的销量、潜力按什么单位写？点一个，或打字给我，例如「万元」。已有的金额会跟着换算。
settings-changed = ✅ 改好了：{ $setting }
settings-kept = 改好了
settings-unheard = ⚠️ { $setting } 在安静时段里，到点我不会说话。请改其中一个。
settings-skipping = 🔕 今天说好了不打扰您。
settings-wake = 🔔 今天照常提醒
settings-switches = <b>🔔 哪些要提醒您</b>
    点一下就开或关。关了的，我不主动说，您问我照样答。
settings-is-on = ✅ { $kind }
settings-is-off = 🔕 { $kind }
settings-turned-on = 开了：{ $kind }
settings-turned-off = 关了：{ $kind }
settings-kind-morning = 早上计划
settings-kind-evening = 晚上回顾
settings-kind-promises = 承诺：当天早上
settings-kind-promises_eve = 承诺：前一天晚上
settings-kind-nudge = 补拜访记录
settings-kind-appointment = 约见提醒
settings-kind-digest = 周一周报
settings-kind-flag = 新的提示
settings-unclear-time = 没看出是几点。请写成「8:45」这样，{ $first } 到 { $last } 之间。
settings-unclear-hours = 没看出从几点到几点。请写成「22:00-7:00」这样。
settings-unclear-minutes = 没看出提前多久。请写成「30分钟」或「2小时」，最多 24 小时。
settings-unclear-unit = 没看出是什么单位。请写「元」「万元」「k USD」这样。
settings-other-currency = 您已有的金额是{ $unit }，汇率我不知道，换不了别的币种。可以换成同一币种的单位，例如「元」改「万元」。
settings-unclear-zone = 没认出这个地方。请写大一点的城市，例如「上海」「东京」，或「UTC+8」。
