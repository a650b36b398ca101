### 命令菜单：/ 后面的词由 Telegram 规定为英文小写

command-start = 从这里开始
command-help = 我能帮您做什么
command-plan = 今天先去哪几家，为什么
command-accounts = 客户簿：看一家、加一家、找一家
command-prepare = 拜访前准备：去之前看一眼
command-flags = 提示：哪些地方要留心，为什么
command-whynot = 为什么没提示：/whynot 客户名
command-askhelp = 请主管帮忙：一句话，马上转到
command-mayi = 我能答应吗：/mayi 周五送到
command-check = 发给客户前帮我看一遍
command-promises = 承诺：我欠谁什么，按日子排
command-review = 晚上回顾：一家一家点一下，收工
command-goals = 这个月的三个数，到哪了
command-export = 导出：Excel、CSV、完整档案
command-leave = 休假：哪天到哪天
command-settings = 设置：几点提醒、哪些要提醒、时区
command-whatmyleadsees = 主管看得到我的什么
command-mydata = 我的数据：存了什么，谁能看
command-language = 换语言 · Language

# 打开一个还没说过话的对话时，Telegram 显示的介绍（至多 512 和 120 字）
command-about = 客户经理的教练「知行」：照平时说话的样子问，答在点子上，注明出处；文件里没有的，直说没有。
command-about-short = 客户经理的教练：问得随意，答有出处。
