### 回答问题

answer-article = <b>{ $title }</b>
    { $answer }
    { $steps }
    <b>今天</b>：{ $today }
    <i>{ $source }</i>
answer-step = { $number }. { $step }
answer-practice = 实践补充（{ $source }）：{ $text }
answer-source-K = 《大客户经理素质》{ $numbers }
answer-source-M = 《客户经理基本素养》{ $numbers }
answer-source-list = 出处：{ $sources }
answer-source-heading = 出处：{ $sources }（原文只有标题）
answer-between-numbers = 、
answer-between-sources = ；
answer-unsure = 您是想问这个吗？点一个就好；都不是的话，换个说法再问我一次。
answer-none = 两份文件里没有讲这个，我不编答案。
    已经替您记下来，主管能看到大家问了什么、缺了什么。
