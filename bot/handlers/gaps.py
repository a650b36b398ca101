"""/gaps, for leads: what people asked and the documents, or our articles, did not answer."""

from __future__ import annotations

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext
from bot.errors import UnknownCommand
from bot.models import Role
from bot.replies import Say
from bot.services import questions
from bot.texts import shortened


async def gaps(_update: Update, context: CoachContext) -> Say:
    """List the commonest gaps. Raises UnknownCommand for a manager: for him there is no such command."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    found = await questions.gaps(context.session, context.shared.search.terms, context.now)
    if not found:
        return Say(context.text("gaps-none"))
    lines = [
        context.text("gaps-line-disliked" if gap.disliked else "gaps-line", text=shortened(gap.text), count=gap.count)
        for gap in found
    ]
    return Say(context.text("gaps-list", lines=Markup("\n").join(lines)))
