"""Acting on an answer: the commands that articles may name, to whom each is offered, and the one for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person, Role
from bot.services import accounts, figures
from knowledge.library import Library

EVERYBODY, MANAGERS, LEADS = frozenset(Role), frozenset({Role.MANAGER}), frozenset({Role.LEAD, Role.OWNER})

OFFERED: Mapping[str, frozenset[Role]] = {
    "plan": EVERYBODY,
    "accounts": EVERYBODY,
    "accounts A": EVERYBODY,
    "prepare": EVERYBODY,
    "promises": EVERYBODY,
    "mayi": EVERYBODY,
    "check": EVERYBODY,
    "flags": EVERYBODY,
    "goals": EVERYBODY,
    "note": EVERYBODY,
    "askhelp": MANAGERS,
    "digest": LEADS,
    "month": LEADS,
}
"""Commands as they would be typed, with their words, and the roles that they are offered to; each has a label."""

OF_OWN_BOOK = frozenset({"plan", "prepare", "promises", "mayi", "flags", "goals", "note"})
"""Commands that show nothing to a lead or an owner who serves no accounts himself."""


def load_library() -> Library:
    """The articles, each with commands and a figure that the coach knows. Raises ArticleError."""
    return Library.load(commands=OFFERED, figures=figures.NAMES)


async def best(session: AsyncSession, person: Person, commands: Sequence[str]) -> str | None:
    """The first of an article's commands that does something for a person; None where there is none."""
    offered = [command for command in commands if person.role in OFFERED[command]]
    if person.role in LEADS and not OF_OWN_BOOK.isdisjoint(offered) and not await accounts.has_any(session, person):
        offered = [command for command in offered if command not in OF_OWN_BOOK]
    return next(iter(offered), None)
