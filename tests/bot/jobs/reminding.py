"""What the tests of reminders share: people, a clock in the test's hand, composers that say their key, and the job."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bot.clock import Clock
from bot.context import Shared
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.outbox import Outcome
from bot.jobs.composers import COMPOSERS
from bot.jobs.reminders import Composer, Occasion, Reminders
from bot.keyboards import Signer
from bot.models import Aside, Kind, MessageState, OutboxMessage, Person, Reminder, Role
from bot.replies import Say
from bot.services import reminders, schedules
from bot.services.reminders import Tally
from bot.settings import Settings
from bot.texts import Texts
from tests.telegram import knowledge, worker

DAY, HOUR = dtm.timedelta(days=1), dtm.timedelta(hours=1)
SHANGHAI = "Asia/Shanghai"
MONDAY = dtm.datetime(2026, 11, 23, 0, 0, tzinfo=dtm.UTC)
"""08:00 in Shanghai: the morning prompt is half an hour away."""

MORNING = MONDAY + HOUR / 2
ANY_TIME = {"quiet_from": "00:00", "quiet_until": "00:00"}


class StillClock(Clock):
    """A clock that stands where it is put."""

    def __init__(self, now: dtm.datetime = MONDAY) -> None:
        super().__init__()
        self.at = now

    def system(self) -> dtm.datetime:
        return self.at


async def say_key(occasion: Occasion) -> Sequence[Say]:
    return [Say(occasion.reminder.key)]


LIGHT: dict[str, Composer] = {**dict.fromkeys(Kind, say_key), Aside.MISSED: COMPOSERS[Aside.MISSED]}


def shared() -> Shared:
    library, search = knowledge()
    settings = Settings(_env_file=None)
    return Shared(
        settings=settings, texts=Texts(), library=library, search=search, signer=Signer(b"k"), worker=worker()
    )


def job(database: Database, clock: Clock, composers: Mapping[str, Composer] = LIGHT) -> Reminders:
    return Reminders(database, clock, shared(), composers, on_said=lambda: None)


async def somebody(database: Database, number: int = 1, **columns: Any) -> Person:
    """Somebody with schedules as of MONDAY."""
    async with database.begin() as session:
        whole: dict[str, Any] = {"role": Role.MANAGER, "time_zone": SHANGHAI, "joined_at": MONDAY} | columns
        person = Person(telegram_id=number, name=f"P{number}", **whole)
        session.add(person)
        await session.flush()
        await schedules.arrange(session, person, MONDAY)
    return person


async def rows(database: Database, kind: str | None = None) -> list[Reminder]:
    query = select(Reminder).order_by(Reminder.due_at, Reminder.id)
    if kind is not None:
        query = query.where(Reminder.kind == kind)
    async with database.read() as session:
        return list(await session.scalars(query))


async def ends(database: Database, kind: str) -> list[tuple[str, str | None]]:
    """How the reminders of a kind stand, in the order in which they fell due."""
    return [(row.state, row.reason) for row in await rows(database, kind)]


async def queued(database: Database) -> list[str]:
    """The keys of the outbox in the order of sending."""
    query = select(OutboxMessage.key).order_by(OutboxMessage.urgency, OutboxMessage.id)
    async with database.read() as session:
        return list(await session.scalars(query))


async def send_all(database: Database, now: dtm.datetime, state: MessageState = MessageState.SENT) -> list[str]:
    """Let everything in the outbox end so; return what it was, by key."""
    sent: list[str] = []
    while True:
        async with database.begin() as session:
            claimed = await outbox.claim(session, now, 100)
            await session.flush()
            await outbox.settle(session, [Outcome(row.id, state) for row in claimed], now)
        if not claimed:
            return sent
        sent += [row.key for row in claimed]


async def tally(database: Database, since: dtm.datetime = dtm.datetime(2026, 1, 1, tzinfo=dtm.UTC)) -> Tally:
    async with database.read() as session:
        return await reminders.tally(session, since)
