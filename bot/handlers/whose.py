"""Whose book it is about: asked of whoever leads others, with his managers a page at a time and himself."""

from __future__ import annotations

from bot.context import CoachContext
from bot.keyboards import Button, Keyboard, turns
from bot.models import Person, Role
from bot.services import people

PAGE = 8
"""People on one screen."""


async def managers(context: CoachContext) -> list[Person]:
    """The managers whose books the person may open beside his own; nobody for a manager."""
    if context.person.role == Role.MANAGER:
        return []
    seen = await people.visible_to(context.session, context.person)
    return [one for one in seen if one.role == Role.MANAGER]


def choice(context: CoachContext, listed: list[Person], *, pick: str, turn: str, page: int = 0) -> Keyboard:
    """A button for each person of a page and for the asker, `pick` with his id; `turn` with a number turns the page."""
    rows = [[Button(one.name, f"{pick}:{one.id}")] for one in listed[page * PAGE : (page + 1) * PAGE]]
    own = [Button(context.label("whose-own"), f"{pick}:{context.person.id}")]
    return [*rows, *turns(turn, page, len(listed), PAGE), own]
