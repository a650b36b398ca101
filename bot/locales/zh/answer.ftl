### 回答问题

answer-article = <b>{ $title }</b>
    { $answer }
    { $steps }
    <b>今天</b>：{ $today }
    { $source }
answer-step = { $number }. { $step }
answer-practice = 实践补充（{ $source }）：{ $text }
answer-source-K = 《大客户经理素质》{ $numbers }
answer-source-M = 《客户经理基本素养》{ $numbers }
answer-source-list = 出处：{ $sources }
answer-source-heading = 出处：{ $sources }（仅标题）
answer-between-numbers = 、
answer-between-names = 、
answer-between-sources = ；
answer-unsure = 您是想问这个吗？点一个就好；都不是的话，换个说法再问我一次。
answer-none = 两份文件里没有讲这个，我不编答案。
    已经替您记下来，主管能看到大家问了什么、缺了什么。
answer-greeting = 您好！想问什么，照平时说话的样子打给我就行。比如：
answer-thanks = 不客气，随时找我。
answer-praised = 谢谢，记下了
answer-why = 记下了。是哪里不好？
answer-why-wrong = 不对
answer-why-unclear = 没说清
answer-why-useless = 用不上
answer-why-thanks = 谢谢，我会让主管看到，好把它改好。
# 答案下面的按钮：马上能做的那一件
answer-do-plan = ▶ 看今天的计划
answer-do-accounts = ▶ 打开我的客户
answer-do-accounts-a = ▶ 看我的 A 类大客户
answer-do-prepare = ▶ 准备下一次拜访
answer-do-promises = ▶ 看我答应过的事
answer-do-mayi = ▶ 先问问能不能答应
answer-do-check = ▶ 发之前帮我看看措辞
answer-do-flags = ▶ 看给我的提示
answer-do-goals = ▶ 看这个月的目标
answer-do-note = ▶ 记一笔
answer-do-askhelp = ▶ 请主管帮忙
answer-do-digest = ▶ 看团队这一周
answer-do-month = ▶ 看团队的客户结构
answer-was-note = 📝 这是拜访记录
