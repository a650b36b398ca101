"""/start: the first person becomes the owner, guests come in by their invitation, strangers hear that they need one."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.context import CoachContext
from bot.errors import NotInvited
from bot.handlers.answer import example_buttons
from bot.replies import Reply, Say
from bot.services import invitations, people


async def start(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Greet whoever may come in. Raises NotInvited for a stranger without an invitation."""
    token = context.args[0] if context.args else None
    if context.turn.person is not None:
        return [Say(context.text("invite-not-needed"))] if token else [_greeting(context, "start-again")]
    user = update.effective_user
    assert user is not None
    context.turn.person = await people.enrol_owner(
        context.session,
        user.id,
        name=user.full_name,
        telegram_locale=people.locale_of(user.language_code),
        time_zone=context.shared.settings.time_zone,
        now=context.now,
    )
    if context.turn.person is not None:
        return [_greeting(context, "start-owner")]
    if token is None:
        raise NotInvited
    return await _let_in(update, context, token)


async def _let_in(update: Update, context: CoachContext, token: str) -> Sequence[Reply]:
    """Let a guest in and tell who invited him; whoever only guesses hears one sentence a minute."""
    user = update.effective_user
    assert user is not None
    guest = await invitations.accept(
        context.session,
        token,
        user.id,
        name=user.full_name,
        telegram_locale=people.locale_of(user.language_code),
        time_zone=context.shared.settings.time_zone,
        now=context.now,
    )
    if guest is None:
        return [Say(context.text("invite-not-good"), once=f"guess:{user.id}:{context.now:%Y%m%d%H%M}")]
    context.turn.person = guest.person
    context.turn.locale = people.locale_for(guest.person, user.language_code, context.shared.settings.locale)
    team = guest.team.name
    return [
        _greeting(context, "start-guest", team=team, role=context.label(f"team-role-{guest.person.role}")),
        *context.tell(guest.author, "invite-joined", name=guest.person.name, team=team),
    ]


def _greeting(context: CoachContext, text_id: str, **values: object) -> Say:
    html = context.text(text_id, name=context.person.name, how=context.text("start-how"), **values)
    return Say(html, example_buttons(context))
