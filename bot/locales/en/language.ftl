### /language

language-ask = Which language?
language-auto = As in Telegram
language-zh = 中文
language-en = English
language-done = Fine, English it is.
