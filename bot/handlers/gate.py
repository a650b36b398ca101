"""The gate, before every other handler: private chats only, known people only, honest buttons only."""

from __future__ import annotations

import re

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.context import CoachContext
from bot.errors import NotInvited
from bot.replies import Say
from bot.services import drafts, flags, people


async def gate(update: Update, context: CoachContext) -> None:
    """Find out who speaks and in which language; stop what may not pass.

    Raises NotInvited for a stranger who does not say /start, StaleButton for a button that is not his or too old.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        raise ApplicationHandlerStop
    turn = context.turn
    default = context.shared.settings.locale
    turn.locale = people.locale_for(None, user.language_code, default)
    if chat.type != ChatType.PRIVATE:
        turn.replies.append(Say(context.text("gate-group"), once=f"group:{chat.id}"))
        raise ApplicationHandlerStop
    turn.person = person = await people.find(context.session, user.id)
    if person is not None:
        person.telegram_locale = people.locale_of(user.language_code)
        if update.my_chat_member is None:
            person.unreachable_since = None
            person.last_seen_on = person.today(context.now)
            flags.look_soon(person, context.now)
        turn.locale = people.locale_for(person, user.language_code, default)
    elif update.my_chat_member:
        raise ApplicationHandlerStop
    elif not (update.message and _is_start(update.message.text or "", context.bot.username)):
        raise NotInvited
    if person is not None and update.message and (update.message.text or "").startswith("/"):
        await drafts.drop(context.session, person)  # a command ends what was being asked
    if update.callback_query:
        turn.action = context.shared.signer.open(update.callback_query.data or "", user.id, context.now)


def _is_start(text: str, bot: str) -> bool:
    """Whether a text is the command that lets a stranger speak."""
    return re.match(rf"/start(@{re.escape(bot)})?(\s|$)", text) is not None
