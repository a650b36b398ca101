### 命令菜单：/ 后面的词由 Telegram 规定为英文小写

command-start = 从这里开始
command-help = 我能帮您做什么
command-language = 换语言 · Language
