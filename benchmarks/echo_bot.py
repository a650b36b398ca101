"""The peer: a bare python-telegram-bot that repeats what it hears, with nothing behind it."""

from __future__ import annotations

import logging
import os

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it again."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Poll the Bot API that the environment names."""
    logging.basicConfig(level=logging.WARNING)
    builder = ApplicationBuilder().token(os.environ["COACH_TELEGRAM_TOKEN"])
    application = builder.base_url(f"{os.environ['COACH_TELEGRAM_API']}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main()
