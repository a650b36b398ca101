### /help

help = <b>我能帮您做什么</b>（直接打字，先存后读）
    · 问：“客户老说别家好怎么接”，回答注明出处
    · 记：“去了永兴店，答应周三前送样品”
    · /plan 今天先去哪几家　/goals 目标
    · /promises 我欠的　/mayi 能答应吗
    · /review 晚上回顾　/settings 几点提醒
    · /flags 提示　/whynot 为什么没提示
    · /check 发给客户前帮您看一遍
    · /accounts 客户　/prepare 拜访前准备
    · 发 Excel 就能导入　/export 导出
    · /leave 休假　/mydata　/language{ $more }

help-lead = {"\u000A"}· /digest 周报　/month 月度　/team 团队　/policy 标准　/gaps 缺口　/handbook
help-manager = {"\u000A"}· /whatmyleadsees 主管看得到什么
