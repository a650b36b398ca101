"""/help: what the coach can do, in a dozen lines."""

from __future__ import annotations

from telegram import Update

from bot.context import CoachContext
from bot.models import Role
from bot.replies import Say


async def help_(_update: Update, context: CoachContext) -> Say:
    """Tell what the coach can do; leads hear of their commands too, managers of what their lead sees."""
    more = context.text("help-manager" if context.person.role == Role.MANAGER else "help-lead")
    return Say(context.text("help", more=more))
