### /leave：休假

leave-none = <b>{ $name } · 休假</b>
    还没有登记。登记了的日子，我不提醒，也不算工作日。
leave-list = <b>{ $name } · 休假</b>
    这些日子我不提醒，也不算工作日。点一段就取消。
leave-cancel = ✖ { $first } 到 { $last }（{ $days } 天）
leave-cancel-day = ✖ { $first }
leave-add = ＋ 登记休假
leave-ask = 从哪天到哪天？打字给我，例如「12月1日到12月5日」「下周一到下周三」，一天就写「明天」。
leave-unclear = 没看出是哪几天。请写成「12月1日到12月5日」或「下周三」这样。
leave-ends-before = 结束的日子在开始之前。请按「从哪天到哪天」再发一次。
leave-too-long = 超过一年了。请写一年以内的日子。
leave-over = 这些日子已经过去了。请写今天或以后的日子。
leave-cancelled = 取消了
leave-entered = { $by } 替您登记了休假：{ $first } 到 { $last }。发 /leave 可以改。
