"""What is looked up about an account in plain words ("上次去永辉是几号"): its card, or the promises both ways."""

from __future__ import annotations

from bot.context import CoachContext
from bot.handlers import account_card, accounts, promises
from bot.language.lookups import lookup
from bot.replies import Say
from bot.services import accounts as books
from bot.services import people

VERBS = {"promises": "promises-of", "account": "account"}
"""The button that shows each thing, where several accounts are near the words."""


async def look_up(text: str, context: CoachContext) -> Say | None:
    """Show what a message looks up; None where it looks nothing up, or names no account that the asker may see."""
    sought = lookup(text)
    if sought is None:
        return None
    owners = await people.visible_to(context.session, context.person)
    named = await books.mentioned(context.session, owners, sought.words)
    if not named:
        return None
    if len(named) > 1:
        return await accounts.choose(context, sought.words, named, VERBS[sought.subject])
    show = promises.history if sought.subject == "promises" else account_card.card
    return await show(context, named[0])
