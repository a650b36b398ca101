"""The local phone: a Bot API double on loopback that behaves as Telegram would, and a page that shows it.

`botapi` holds the state and the rules (no HTTP), `server` speaks HTTP to the bot, the page and the tests.
"""
