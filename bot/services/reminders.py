"""Reminders: due slots that wait to be told, how each ends, and the tally that shows that none is lost.

Invariant: due = sent + skipped + dead + pending. A slot is planned by services.schedules, then queued or skipped here;
a queued one ends as the message under its key does.
"""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import read_in_order
from bot.models import Aside, Kind, MessageState, OutboxMessage, Person, Reminder, ReminderState
from bot.services import schedules

MOST_TRIES = 3
"""Tries of a reminder that fails; then it is skipped, since the next try would fail, too."""

TRY_AGAIN = dtm.timedelta(minutes=1)

MOST_MESSAGES = 10
"""Messages of one reminder: a digest of three teams with picture and workbook each, and the page above them."""


@dataclass(frozen=True)
class Tally:
    """How the slots of some time ended; `pending` are those on their way."""

    due: int
    sent: int
    skipped: int
    dead: int
    pending: int

    @property
    def holds(self) -> bool:
        """Whether every slot is accounted for."""
        return self.due == self.sent + self.skipped + self.dead + self.pending


async def is_waiting(session: AsyncSession, now: dtm.datetime) -> bool:
    """Whether there is a reminder whose time has come."""
    return await session.scalar(select(Reminder.id).where(*_waits(now)).limit(1)) is not None


async def pending(session: AsyncSession, now: dtm.datetime, limit: int) -> Sequence[Reminder]:
    """The most urgent reminders whose time has come, locked until the transaction ends.

    Of two processes each takes others (PostgreSQL).
    """
    query = select(Reminder).where(*_waits(now)).order_by(Reminder.urgency, Reminder.not_before, Reminder.id)
    await read_in_order(session)
    return (await session.scalars(query.limit(limit).with_for_update(skip_locked=True))).all()


async def one_pending(session: AsyncSession, reminder_id: int) -> Sequence[Reminder]:
    """One reminder as `pending` gives it; none where it is settled by now, or in the hands of another process."""
    query = select(Reminder).where(Reminder.id == reminder_id, Reminder.state == ReminderState.PENDING)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


def _waits(now: dtm.datetime) -> tuple[ColumnElement[bool], ...]:
    return Reminder.state == ReminderState.PENDING, Reminder.not_before <= now


async def people_of(session: AsyncSession, found: Sequence[Reminder]) -> dict[int, Person]:
    """Whose the reminders are, by id. Whoever deletes one of them waits for what is told him now (people.find)."""
    ids = {reminder.person_id for reminder in found}
    query = select(Person).where(Person.id.in_(ids)).with_for_update(read=True, key_share=True)
    return {person.id: person for person in await session.scalars(query)}


def queued(reminder: Reminder, now: dtm.datetime) -> None:
    """Note that its message is in the outbox."""
    reminder.state, reminder.settled_at = ReminderState.QUEUED, now


def skipped(reminder: Reminder, reason: str, now: dtm.datetime) -> None:
    """Note that it is not told, and why."""
    reminder.state, reminder.reason, reminder.settled_at = ReminderState.SKIPPED, reason, now


def failed(reminder: Reminder, now: dtm.datetime) -> None:
    """Count a try that failed: it is tried again later, and after MOST_TRIES skipped."""
    reminder.attempts += 1
    reminder.not_before = now + TRY_AGAIN
    if reminder.attempts >= MOST_TRIES:
        skipped(reminder, "failed", now)


async def plan_summary(session: AsyncSession, person: Person, now: dtm.datetime) -> None:
    """Plan the one summary of what a person missed while the coach was away.

    Whoever is two hours late has not been late within this hour before, so the hour names the absence.
    """
    local = person.local(now)
    key = f"{Aside.MISSED}:{person.id}:{local:%Y-%m-%dT%H}"
    await schedules.plan(session, [schedules.slot_of(person.id, Aside.MISSED, key=key, day=local.date(), due_at=now)])


async def missed(session: AsyncSession, summary: Reminder) -> int:
    """At how many moments a person was to be reminded of something and was not, in the absence of a summary."""
    late = (
        Reminder.person_id == summary.person_id,
        Reminder.reason == "late",
        Reminder.settled_at >= summary.due_at,
    )
    return await session.scalar(select(func.count(Reminder.due_at.distinct())).where(*late)) or 0


async def find_lost(session: AsyncSession, person: Person, kind: Kind, since: dtm.date) -> Reminder | None:
    """The reminder of a kind on or after a local day whose messages may not all have arrived; None once he was told."""
    queued = select(Reminder).where(
        Reminder.person_id == person.id,
        Reminder.day >= since,
        Reminder.kind == kind,
        Reminder.state == ReminderState.QUEUED,
        Reminder.reason.is_(None),
    )
    for reminder in await session.scalars(queued):
        keys = [reminder.key, *(f"{reminder.key}:{number}" for number in range(2, MOST_MESSAGES + 1))]
        dead = OutboxMessage.key.in_(keys), OutboxMessage.state == MessageState.DEAD
        if await session.scalar(select(OutboxMessage.id).where(*dead).limit(1)) is not None:
            return reminder
    return None


def told_lost(reminder: Reminder) -> None:
    """Note that somebody was told that it may not have arrived."""
    reminder.reason = "told_lost"


async def tally(session: AsyncSession, since: dtm.datetime) -> Tally:
    """How the slots due since an instant ended."""
    query = (
        select(Reminder.state, OutboxMessage.state, func.count())
        .outerjoin(OutboxMessage, (OutboxMessage.key == Reminder.key) & (Reminder.state == ReminderState.QUEUED))
        .where(Reminder.due_at >= since)
        .group_by(Reminder.state, OutboxMessage.state)
    )
    counts: dict[str, int] = {}
    due = 0
    for state, message, count in await session.execute(query):
        ended = message if state == ReminderState.QUEUED else state
        ended = MessageState.PENDING if ended == MessageState.SENDING else ended
        counts[ended] = counts.get(ended, 0) + count
        due += count
    ends = (MessageState.SENT, ReminderState.SKIPPED, MessageState.DEAD, MessageState.PENDING)
    return Tally(due, *(counts.get(end, 0) for end in ends))
