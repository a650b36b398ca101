"""Drafts: remembering, across restarts and processes, what a person was asked to type."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import Draft, Person

GOOD_FOR = dtm.timedelta(minutes=30)
"""How long a question waits; a message after that is a message of its own."""


async def ask(
    session: AsyncSession, person: Person, action: str, now: dtm.datetime, *, text: str | None = None
) -> None:
    """Let the person's next typed message be the answer to `action`; an older question is dropped.

    `text` is what he typed before and may yet confirm by a tap.
    """
    await session.merge(Draft(person_id=person.id, action=action, asked_at=now, text=text))


async def waiting(session: AsyncSession, person: Person, now: dtm.datetime) -> str | None:
    """The action that still waits for an answer, None where nothing does."""
    draft = await session.get(Draft, person.id)
    return draft.action if draft is not None and now - draft.asked_at <= GOOD_FOR else None


async def typed_before(session: AsyncSession, person: Person, action: str) -> str:
    """The text that was kept with the waiting question `action`. Raises NoSuchRecord where it waits no more."""
    draft = await session.get(Draft, person.id)
    if draft is None or draft.action != action or draft.text is None:
        raise NoSuchRecord
    return draft.text


async def drop(session: AsyncSession, person: Person) -> None:
    """Wait for nothing any more."""
    await session.execute(delete(Draft).where(Draft.person_id == person.id))
