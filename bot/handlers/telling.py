"""A note that was asked for, by the button under an answer: what is typed next is kept as one."""

from __future__ import annotations

from telegram import Update

from bot.context import CoachContext
from bot.handlers import note
from bot.handlers.message import heed
from bot.keyboards import Button
from bot.replies import Say
from bot.services import drafts


async def ask(_update: Update, context: CoachContext) -> Say:
    """Ask for a note, with an example of one."""
    await drafts.ask(context.session, context.person, "note-tell", context.now)
    return Say(context.text("note-ask"), [[Button(context.label("cancel"), "cancel:")]])


async def take(text: str, context: CoachContext) -> Say:
    """Keep what was typed as a note. Raises NotAnAnswer."""
    await heed(text, context)
    return await note.hear(text, context)
