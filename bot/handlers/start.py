"""/start: the first person becomes the owner, known people are greeted, strangers hear about invitations."""

from __future__ import annotations

from telegram import Update

from bot.context import CoachContext
from bot.errors import NotInvited
from bot.handlers.answer import example_buttons
from bot.replies import Say
from bot.services import people


async def start(update: Update, context: CoachContext) -> Say:
    """Greet whoever may come in. Raises NotInvited for a stranger."""
    greeting = "start-again"
    if context.turn.person is None:
        user = update.effective_user
        assert user is not None
        settings = context.shared.settings
        context.turn.person = await people.enrol_owner(
            context.session,
            user.id,
            name=user.full_name,
            telegram_locale=people.locale_of(user.language_code),
            time_zone=settings.time_zone,
            now=context.now,
        )
        if context.turn.person is None:
            raise NotInvited
        greeting = "start-owner"
    return Say(
        context.text(greeting, name=context.person.name, how=context.text("start-how")),
        example_buttons(context),
    )
