"""Leave: a person's days off, entered by himself or by who leads him."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import CoachError, NoSuchRecord
from bot.models import Leave, Person
from bot.services import people

LONGEST = dtm.timedelta(days=366)


class LeaveRefused(CoachError):
    """Days off that cannot be; the text id says why."""


async def whose(session: AsyncSession, asker: Person, person_id: int) -> Person:
    """Whose days off the asker may enter: his own, and those of whom he leads. Raises NoSuchRecord otherwise."""
    return asker if person_id == asker.id else await people.led(session, asker, person_id)


async def upcoming(session: AsyncSession, person: Person, today: dtm.date) -> Sequence[Leave]:
    """The days off that are not over, the nearest first."""
    query = select(Leave).where(Leave.person_id == person.id, Leave.last_day >= today).order_by(Leave.first_day)
    return (await session.scalars(query)).all()


async def add(session: AsyncSession, person: Person, first_day: dtm.date, last_day: dtm.date) -> Leave:
    """Keep days off, both ends included; a second time the same ones stay one entry.

    Raises LeaveRefused where the end lies before the beginning, or more than a year after it.
    """
    if last_day < first_day:
        raise LeaveRefused("leave-ends-before")
    if last_day - first_day > LONGEST:
        raise LeaveRefused("leave-too-long")
    same = Leave.person_id == person.id, Leave.first_day == first_day, Leave.last_day == last_day
    leave = await session.scalar(select(Leave).where(*same))
    if leave is None:
        leave = Leave(person_id=person.id, first_day=first_day, last_day=last_day)
        session.add(leave)
        await session.flush()
    return leave


async def cancel(session: AsyncSession, asker: Person, leave_id: int) -> Person:
    """Take days off back; return whose they were. Raises NoSuchRecord for what is gone or not the asker's."""
    leave = await session.get(Leave, leave_id)
    if leave is None:
        raise NoSuchRecord
    person = await whose(session, asker, leave.person_id)
    await session.delete(leave)
    await session.flush()
    return person
