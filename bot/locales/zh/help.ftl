### /help

help = <b>我能帮您做什么</b>（直接打字，先存后读）
    · 问：“客户老说别家好怎么接”
    · 记：“去了永兴店，答应周三前送样品”
    · /plan 今天先去哪几家　/goals 目标
    · /promises 我欠的　/mayi 能答应吗
    · /review 晚上回顾　/settings 几点提醒
    · /flags 提示　/whynot　/check 措辞
    · /accounts 客户　/prepare 拜访前准备
    · 发 Excel 导入　/export　/leave 休假
    · /mydata　/language{ $more }

help-lead = {"\u000A"}· 带队：/digest /owed /month /team /policy /broadcast /gaps /handbook
help-manager = {"　"}/whatmyleadsees　/askhelp 请主管帮忙
