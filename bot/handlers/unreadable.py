"""Messages that the coach cannot read: one clear sentence each about what to do instead."""

from __future__ import annotations

from telegram import Message, Update

from bot.context import CoachContext
from bot.errors import UnknownCommand, UnreadableMessage


async def edited(_update: Update, _context: CoachContext) -> None:
    """An earlier message was changed. Raises UnreadableMessage."""
    raise UnreadableMessage("unreadable-edited")


async def forwarded(_update: Update, _context: CoachContext) -> None:
    """A message of somebody else was passed on. Raises UnreadableMessage."""
    raise UnreadableMessage("unreadable-forwarded")


async def unknown_command(_update: Update, _context: CoachContext) -> None:
    """A command that does not exist. Raises UnknownCommand."""
    raise UnknownCommand


async def unreadable(update: Update, _context: CoachContext) -> None:
    """A sticker, a voice note, a picture, a file, or anything else without text. Raises UnreadableMessage."""
    assert update.message is not None
    raise UnreadableMessage(f"unreadable-{kind(update.message)}")


def kind(message: Message) -> str:
    """Which sentence fits a message without text."""
    if message.text is not None:
        return "empty"
    if message.sticker or message.dice:
        return "sticker"
    if message.voice or message.audio or message.video_note:
        return "voice"
    if message.photo or message.video or message.animation:
        return "picture"
    return "document" if message.document else "other"
