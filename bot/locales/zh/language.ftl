### /language

language-ask = 用哪种语言？
language-auto = 跟随 Telegram
language-zh = 中文
language-en = English
language-done = 好的，我们用中文。
