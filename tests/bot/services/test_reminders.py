"""Reminders whose messages may be lost: found on both databases, told of once."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.models import Kind, MessageState, OutboxMessage, Person, Reminder, ReminderState, Role
from bot.services import reminders

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
MONDAY = dtm.date(2026, 11, 23)


async def told(database: Database, *states: MessageState, kind: Kind = Kind.DIGEST, day: dtm.date = MONDAY) -> Person:
    """A lead who was told something in messages that ended so."""
    async with database.begin() as session:
        lead = Person(telegram_id=2001, name="周敏", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(lead)
        await session.flush()
        key, when = f"{kind}:{lead.id}:{day}", {"due_at": NOW, "not_before": NOW}
        session.add(Reminder(key=key, person_id=lead.id, kind=kind, day=day, state=ReminderState.QUEUED, **when))
        for number, state in enumerate(states, start=1):
            name = key if number == 1 else f"{key}:{number}"
            about = {"chat_id": 2001, "method": "sendMessage", "params": {}, "created_at": NOW, "not_before": NOW}
            session.add(OutboxMessage(key=name, state=state, **about))
    return lead


async def lost(database: Database, lead: Person) -> bool:
    async with database.begin() as session:
        found = await reminders.find_lost(session, lead, Kind.DIGEST, MONDAY)
        if found is not None:
            reminders.told_lost(found)
        return found is not None


SENT, DEAD = MessageState.SENT, MessageState.DEAD


@pytest.mark.parametrize("states", [(DEAD,), (SENT, DEAD, SENT), (SENT,) * 9 + (DEAD,)])
async def test_one_message_that_is_dead_is_told_of_once(database: Database, states: tuple[MessageState, ...]) -> None:
    lead = await told(database, *states)
    assert [await lost(database, lead) for _ in range(2)] == [True, False]


async def test_what_arrived_or_is_on_its_way_is_not_lost(database: Database) -> None:
    assert not await lost(database, await told(database, SENT, MessageState.SENDING, MessageState.PENDING))


@pytest.mark.parametrize(("kind", "day"), [(Kind.MORNING, MONDAY), (Kind.DIGEST, MONDAY - dtm.timedelta(days=7))])
async def test_another_kind_or_week_does_not_count(database: Database, kind: Kind, day: dtm.date) -> None:
    assert not await lost(database, await told(database, DEAD, kind=kind, day=day))
