"""Reading what people type: text in, data out. Pure: no database, no clock, no Telegram."""
