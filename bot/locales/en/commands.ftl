### The command menu

command-start = Start here
command-help = What I can do for you
command-language = Language · 换语言
