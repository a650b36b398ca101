"""Blocking and unblocking the bot: who can be reached."""

from __future__ import annotations

from telegram import ChatMember, Update

from bot.context import CoachContext


async def note_reachability(update: Update, context: CoachContext) -> None:
    """Keep whether this person lets the coach write to him."""
    change = update.my_chat_member
    assert change is not None
    blocked = change.new_chat_member.status == ChatMember.BANNED
    context.person.unreachable_since = context.now if blocked else None
