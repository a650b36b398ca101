"""/help: what the coach can do, in a dozen lines."""

from __future__ import annotations

from telegram import Update

from bot.context import CoachContext
from bot.replies import Say


async def help_(_update: Update, context: CoachContext) -> Say:
    """Tell what the coach can do."""
    return Say(context.text("help"))
