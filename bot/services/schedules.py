"""Schedules: when each person is to hear of what, on his own clock; and the slots that have become due.

A row holds the next slot of one kind. It is arranged anew whenever what it depends on may have changed (role, times,
zone, the rules of time zones, a clock that went back), and moved on by `tick`. What was planned before is never planned
again: the key of a reminder holds the local date.
"""

from __future__ import annotations

import datetime as dtm
import itertools
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.models import Account, Aside, Kind, NextStep, Note, Person, Reminder, ReminderState, Role, Schedule, Urgency

DAY = dtm.timedelta(days=1)
MONDAY = 0
"""The weekday on which the digest is told (domain.md §5)."""

LATE = dtm.timedelta(hours=2)
"""What is later than this is told no more (house.md, "A reminder")."""

MOST_SLOTS = 100
"""Slots of one row that one tick plans; after a longer absence the next tick goes on."""

URGENCIES: dict[str, Urgency] = {
    Kind.APPOINTMENT: Urgency.APPOINTMENT,
    Kind.PROMISES: Urgency.PROMISE,
    Kind.PROMISES_EVE: Urgency.PROMISE,
    Kind.MORNING: Urgency.PLAN,
    Kind.EVENING: Urgency.PLAN,
    Kind.NUDGE: Urgency.PLAN,
    Kind.DIGEST: Urgency.NEWS,
    Aside.FOREWARNING: Urgency.FLAG,
    Aside.ESCALATION: Urgency.FLAG,
}
"""What goes first where Telegram's pace does not let all go at once."""


def next_due(zone: str, local_time: dtm.time, after: dtm.datetime, weekday: int | None = None) -> dtm.datetime:
    """The first instant after `after` at which it is `local_time` in `zone`, on `weekday` only where one is given.

    Exactly once on each local day: a time that the clocks skip is moved forward by what they skip, of one that they
    show twice the first counts.
    """
    where = ZoneInfo(zone)
    day = after.astimezone(where).date() - DAY
    while True:
        due = moment(where, day, local_time) if weekday in {None, day.weekday()} else None
        if due is not None and due > after:
            return due
        day += DAY


def moment(where: ZoneInfo, day: dtm.date, local_time: dtm.time) -> dtm.datetime | None:
    """The instant of a time of day, as in `next_due`; None for a day that does not exist there.

    (Samoa went from 29 to 31 December 2011.) A time that is skipped at the very end of a day is moved back into it.
    """
    for fold in (0, 1):
        instant = dtm.datetime.combine(day, local_time.replace(fold=fold), where).astimezone(dtm.UTC)
        if instant.astimezone(where).date() == day:
            return instant
    return None


async def arrange(session: AsyncSession, person: Person, now: dtm.datetime) -> None:
    """Bring a person's schedules into line with his role, times and zone; somebody who is not in has none.

    After a change a slot of today that has just passed is told as well, if it was not: nobody who comes to another
    zone, or chooses an earlier hour, goes without. For whatever is new the first slot is still to come.
    """
    await session.flush()
    await _arrange(session, [person], now)


async def arrange_next(session: AsyncSession, now: dtm.datetime, after_id: int, limit: int) -> int | None:
    """Arrange up to `limit` people whose id is greater than `after_id`; return the last one's, None at the end."""
    query = select(Person).where(Person.id > after_id).order_by(Person.id).limit(limit)
    people = (await session.scalars(query)).all()
    await _arrange(session, people, now)
    return people[-1].id if people else None


async def forget_unlived(session: AsyncSession, now: dtm.datetime) -> None:
    """Forget what was passed over in a time that is still to come: somebody has turned the clock back.

    What was told is kept, so that it is not told twice.
    """
    await session.execute(delete(Reminder).where(Reminder.state == ReminderState.SKIPPED, Reminder.due_at > now))


async def due(session: AsyncSession, now: dtm.datetime) -> bool:
    """Whether there is a slot to plan."""
    return await session.scalar(select(Schedule.person_id).where(Schedule.next_due <= now).limit(1)) is not None


async def tick(session: AsyncSession, now: dtm.datetime, limit: int) -> int:
    """Plan the due slots of up to `limit` schedules as reminders and move these on; return how many schedules it were.

    Of two processes each takes other rows (PostgreSQL); a slot that was planned already is left alone.
    """
    query = select(Schedule).where(Schedule.next_due <= now).order_by(Schedule.next_due).limit(limit)
    rows = (await session.scalars(query.with_for_update(skip_locked=True))).all()
    planned = []
    for row in rows:
        due_slots = itertools.takewhile(lambda slot: slot <= now, _slots(row))
        passed = list(itertools.islice(due_slots, MOST_SLOTS))
        planned += [_slot(row, slot) for slot in passed]
        row.next_due = next_due(row.zone, row.local_time, passed[-1], _weekday(row.kind))
    await plan(session, planned)
    return len(rows)


async def plan(session: AsyncSession, slots: Sequence[dict[str, Any]]) -> None:
    """Keep slots as pending reminders; one whose key exists is left alone."""
    if slots:
        await session.execute(insert_or_ignore(session, Reminder), slots)


async def plan_appointments(session: AsyncSession, now: dtm.datetime) -> int:
    """Plan the reminders of appointments whose lead time has begun since yesterday; return how many there are.

    One that was noted within its own lead time needs none: he has just typed it.
    """
    today = now.date()
    query = (
        select(NextStep, Person, Note.written_at)
        .join(Person, Person.id == NextStep.person_id)
        .outerjoin(Note, Note.id == NextStep.note_id)
        .where(
            NextStep.is_appointment.is_(True),
            NextStep.due.between(today - 2 * DAY, today + 2 * DAY),  # local dates, and a lead of up to a day
            NextStep.time.is_not(None),
            NextStep.done_on.is_(None),
            NextStep.dropped_on.is_(None),
            Person.removed_at.is_(None),
            Person.telegram_id.is_not(None),
        )
    )
    planned = []
    for step, person, written_at in await session.execute(query):
        assert step.due is not None
        assert step.time is not None
        at = moment(ZoneInfo(person.time_zone), step.due, step.time)
        lead = dtm.timedelta(minutes=person.preferences.appointment_lead_minutes)
        if at is None or not now - DAY < at - lead <= now or (written_at is not None and written_at > at - lead):
            continue
        planned.append(
            slot_of(
                person.id,
                Kind.APPOINTMENT,
                key=f"{Kind.APPOINTMENT}:{person.id}:{step.id}:{person.local(at):%m%d%H%M}",
                day=step.due,
                due_at=at - lead,
                subject=step.id,
            )
        )
    await plan(session, planned)
    return len(planned)


def slot_of(
    person_id: int, kind: str, *, key: str, day: dtm.date, due_at: dtm.datetime, subject: int | None = None
) -> dict[str, Any]:
    """The columns of a pending reminder."""
    return {
        "key": key,
        "person_id": person_id,
        "kind": kind,
        "day": day,
        "subject": subject,
        "due_at": due_at,
        "not_before": due_at,
        "urgency": URGENCIES.get(kind, Urgency.NEWS),
        "attempts": 0,
        "state": ReminderState.PENDING,
    }


def _slots(row: Schedule) -> Iterator[dtm.datetime]:
    """The slots of a schedule from its next one on."""
    slot = row.next_due
    while True:
        yield slot
        slot = next_due(row.zone, row.local_time, slot, _weekday(row.kind))


def _slot(row: Schedule, due_at: dtm.datetime) -> dict[str, Any]:
    day = due_at.astimezone(ZoneInfo(row.zone)).date()
    return slot_of(row.person_id, row.kind, key=f"{row.kind}:{row.person_id}:{day}", day=day, due_at=due_at)


def _weekday(kind: str) -> int | None:
    return MONDAY if kind == Kind.DIGEST else None


async def _arrange(session: AsyncSession, people: Sequence[Person], now: dtm.datetime) -> None:
    ids = [person.id for person in people]
    stored = {
        (row.person_id, row.kind): row
        for row in await session.scalars(select(Schedule).where(Schedule.person_id.in_(ids)).with_for_update())
    }
    others = [person.id for person in people if person.role != Role.MANAGER]
    with_book = set(
        await session.scalars(
            select(Account.person_id).where(Account.person_id.in_(others), Account.archived_on.is_(None)).distinct()
        )
    )
    new = []
    for person in people:
        for kind, local_time in _wanted(person, person.id in with_book).items():
            first = next_due(person.time_zone, local_time, now, _weekday(kind))
            row = stored.pop((person.id, kind), None)
            if row is None:
                new.append(
                    {
                        "person_id": person.id,
                        "kind": kind,
                        "zone": person.time_zone,
                        "local_time": local_time,
                        "next_due": first,
                    }
                )
            elif (row.zone, row.local_time) != (person.time_zone, local_time):
                row.zone, row.local_time = person.time_zone, local_time
                row.next_due = next_due(row.zone, local_time, now - LATE, _weekday(kind))
            elif row.next_due > now:
                row.next_due = first
    for row in stored.values():
        await session.delete(row)
    if new:
        await session.execute(insert_or_ignore(session, Schedule), new)
    await session.flush()


def _wanted(person: Person, has_book: bool) -> dict[Kind, dtm.time]:
    """The kinds that are told at a time of day, each with his time: those of whoever has a book, those of who leads."""
    if person.telegram_id is None or person.removed_at is not None:
        return {}
    chosen = person.preferences
    wanted: dict[Kind, dtm.time] = {}
    if person.role == Role.MANAGER or has_book:
        wanted |= {
            Kind.MORNING: chosen.morning_at,
            Kind.PROMISES: chosen.morning_at,
            Kind.NUDGE: chosen.nudge_at,
            Kind.EVENING: chosen.evening_at,
            Kind.PROMISES_EVE: chosen.evening_at,
        }
    if person.role != Role.MANAGER:
        wanted[Kind.DIGEST] = chosen.digest_at
    return {kind: local_time for kind, local_time in wanted.items() if kind not in chosen.off}
