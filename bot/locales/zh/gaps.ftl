### /gaps：知识缺口，主管在这里替团队回答

gaps-list = <b>大家问了、还没答好的</b>（近 8 周，相近的合并计数）
    { $lines }
gaps-line = { $number }. { $text }（{ $count } 次）
gaps-line-disliked = { $number }. { $text }（{ $count } 次 👎）
gaps-none = 近 8 周没有没答上来的问题。
gaps-answer = ✍ { $number }
gaps-ask = <b>{ $text }</b>（{ $count } 次）
    把答案打给我，{ $limit } 字以内。会署上您的名字，您的团队马上查得到，问过的人我说一声。
gaps-cancel = 先不答
gaps-answer-too-long = 超过 { $limit } 字了，手机上没人看得完。请缩短一点再发，或者做成文件发给我。
gaps-answered = ✅ 「{ $text }」答好了，{ $team } 现在问得到。
    { $count ->
        [0] 没有别人要告诉。
       *[other] 已经告诉问过的 { $count } 位。
    }
gaps-told = 💬 您问过「{ $question }」，{ $name } 答了：
    { $text }
gaps-answers = <b>您答过的</b>（{ $count }）
gaps-answers-line = { $number }. { $text }
gaps-no-answers = 您还没有答过。没答好的问题在 /gaps。
gaps-one = 💬 <b>{ $question }</b>
    { $text }
    <i>{ $team } · { $day }</i>
gaps-edit = ✏️ 改
gaps-change = 「{ $text }」改成什么？打给我，{ $limit } 字以内。
gaps-remove = 🗑 撤下
gaps-remove-ask = 撤下「{ $text }」的回答？团队就查不到了。
gaps-remove-sure = 是，撤下
gaps-remove-not = ◀ 留着
gaps-removed = 🗑 「{ $text }」的回答撤下了。
gaps-back = ◀ 我答过的
