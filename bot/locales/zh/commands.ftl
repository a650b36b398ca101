### 命令菜单：/ 后面的词由 Telegram 规定为英文小写

command-start = 从这里开始
command-help = 我能帮您做什么
command-language = 换语言 · Language

# 打开一个还没说过话的对话时，Telegram 显示的介绍（至多 512 和 120 字）
command-about = 客户经理的教练「知行」：照平时说话的样子问，答在点子上，注明出处；文件里没有的，直说没有。
command-about-short = 客户经理的教练：问得随意，答有出处。
