"""Reminders: what is due is planned, decided at the moment of telling, composed, and handed to the outbox.

One file beside this for each kind: what it says, given an Occasion. `bot/jobs/composers.py` lists them. A reminder, its
messages and how it ended are one transaction, so that a crash between any two steps repeats and loses nothing.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dtm
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.context import Shared
from bot.database import Database
from bot.delivery import outbox
from bot.models import Kind, Person, Reminder, Urgency
from bot.replies import Reply
from bot.services import reminders, schedules, silence, teams
from bot.services.silence import Ruling
from bot.texts import Voice
from bot.workdays import Workdays

log = structlog.stdlib.get_logger(__name__)

GROUP = 8
GROUP_SECONDS = 0.05
"""Reminders that share a transaction, and the time after which it takes no more of them: somebody who types waits for
its end (SQLite has one writer)."""

SCHEDULES = 500
"""Schedules that one tick moves on, and people who are arranged together."""

COMPOSE_SECONDS = 20.0
"""Longest time for one reminder; longer means a defect."""

APPOINTMENTS_EVERY = dtm.timedelta(seconds=30)
"""How often appointments are looked for; a reminder of one may be so much late."""

SLACK = dtm.timedelta(minutes=1)
"""How far the clock may step back, as clocks of machines do, before it counts as turned back."""


@dataclass(frozen=True)
class Skip:
    """A composer's answer where there is nothing to tell: why, as it is stored (at most 32 characters)."""

    reason: str


@dataclass(frozen=True)
class Occasion:
    """One reminder that is about to be told: to whom, in which voice, for which of his local days, at which instant."""

    session: AsyncSession
    shared: Shared
    person: Person
    workdays: Workdays
    voice: Voice
    reminder: Reminder
    day: dtm.date
    now: dtm.datetime


Composer = Callable[[Occasion], Awaitable[Sequence[Reply] | Skip]]
"""Says what a kind of reminder tells on an occasion, or that there is nothing."""


@dataclass
class Reminders:
    """The job with all that it needs; `on_said` is called when the outbox got something."""

    database: Database
    clock: Clock
    shared: Shared
    composers: Mapping[str, Composer]
    on_said: Callable[[], None]
    _last: dtm.datetime | None = None
    _appointments_at: dtm.datetime | None = None

    async def arrange(self) -> None:
        """Bring everybody's schedules into line with what they depend on (services.schedules)."""
        now = self.clock.now()
        last: int | None = 0
        while last is not None:
            async with self.database.begin() as session:
                last = await schedules.arrange_next(session, now, last, SCHEDULES)

    async def run(self) -> int:
        """Plan and settle all that is due, also what becomes due meanwhile; return how many reminders were settled."""
        settled = 0
        while True:
            now = self.clock.now()
            await self._plan(now)
            found = await self._step(now)
            if not found:
                return settled
            settled += found

    async def _plan(self, now: dtm.datetime) -> None:
        """Plan what has become due as of `now`."""
        if self._last is not None and now < self._last - SLACK:
            await self._turn_back(now)
        self._last = now
        while await self._is_due(now):
            async with self.database.begin() as session:
                await schedules.tick(session, now, SCHEDULES)
        if self._appointments_at is None or now - self._appointments_at >= APPOINTMENTS_EVERY:
            self._appointments_at = now
            async with self.database.begin() as session:
                await schedules.plan_appointments(session, now)

    async def _turn_back(self, now: dtm.datetime) -> None:
        """Take up a clock that was turned back: what was told stays told, what was only passed over comes again."""
        async with self.database.begin() as session:
            await schedules.forget_unlived(session, now)
        await self.arrange()
        self._appointments_at = None

    async def _is_due(self, now: dtm.datetime) -> bool:
        async with self.database.read() as session:
            return await schedules.due(session, now)

    async def _step(self, now: dtm.datetime) -> int:
        """Settle the most urgent group, or as much of it as there is time for; return how many reminders it had."""
        async with self.database.read() as session:
            if not await reminders.is_waiting(session, now):
                return 0
        ids: list[int] = []
        try:
            async with self.database.begin() as session:
                found = await reminders.pending(session, now, GROUP)
                ids = [reminder.id for reminder in found]
                taken = await self._take_all(session, found, now)
        except Exception:
            # One of them broke the transaction of all: each gets its own.
            log.exception("reminders_failed", count=len(ids))
            for one in ids:
                await self._take_alone(one, now)
            taken = len(ids)
        self.on_said()
        return taken

    async def _take_alone(self, reminder_id: int, now: dtm.datetime) -> None:
        try:
            async with self.database.begin() as session:
                await self._take_all(session, await reminders.one_pending(session, reminder_id), now)
        except Exception:
            log.exception("reminder_failed", reminder=reminder_id)
            async with self.database.begin() as session:
                for reminder in await reminders.one_pending(session, reminder_id):
                    reminders.failed(reminder, now)

    async def _take_all(self, session: AsyncSession, found: Sequence[Reminder], now: dtm.datetime) -> int:
        """Take as many as there is time for and return how many; the others stay as they are."""
        began = self.clock.monotonic()
        people = await reminders.people_of(session, found)
        workdays = await teams.workdays_of_all(session, list(people.values()))
        for taken, reminder in enumerate(found, start=1):
            person = people[reminder.person_id]
            ruling = await silence.ruling(session, person, workdays[person.id], reminder, now)
            voice = Voice(self.shared.texts, person.speaks(self.shared.settings.locale))
            occasion = Occasion(session, self.shared, person, workdays[person.id], voice, reminder, reminder.day, now)
            await self._take(occasion, ruling)
            if self.clock.monotonic() - began > GROUP_SECONDS:
                return taken
        return len(found)

    async def _take(self, occasion: Occasion, ruling: Ruling) -> None:
        """Do with one reminder what was ruled; a failure to tell it is counted and leaves the others alone."""
        session, reminder, now = occasion.session, occasion.reminder, occasion.now
        if ruling.until is not None:
            reminder.not_before = ruling.until
            return
        if ruling.reason is not None:
            reminders.skipped(reminder, ruling.reason, now)
            if ruling.reason == "late":
                await reminders.plan_summary(session, occasion.person, now)
            return
        try:
            async with asyncio.timeout(COMPOSE_SECONDS), session.begin_nested():
                said = await self.composers[reminder.kind](occasion) or Skip("nothing")
                if not isinstance(said, Skip):
                    await self._queue(session, occasion.person, reminder, said, now)
        except Exception:
            error_id = secrets.token_hex(4)
            log.exception("reminder_failed", reminder=reminder.id, kind=reminder.kind, error_id=error_id)
            await session.refresh(occasion.person)
            reminders.failed(reminder, now)
        else:
            if isinstance(said, Skip):
                reminders.skipped(reminder, said.reason, now)
            else:
                reminders.queued(reminder, now)

    async def _queue(
        self, session: AsyncSession, person: Person, reminder: Reminder, said: Sequence[Reply], now: dtm.datetime
    ) -> None:
        """Put the messages of a reminder into the outbox: the first under its key, the others under `key:2` and on."""
        assert person.telegram_id is not None
        letters = []
        for number, reply in enumerate(said, start=1):
            letter = outbox.letter(reply, person.telegram_id, None, self.shared.signer, now)
            key = reminder.key if number == 1 else f"{reminder.key}:{number}"
            # Nobody wants the same digest twice; any other reminder is better told twice than never.
            once = reminder.kind == Kind.DIGEST
            letters.append((key, dataclasses.replace(letter, urgency=Urgency(reminder.urgency), repeatable=not once)))
        await outbox.insert(session, outbox.rows(person.telegram_id, letters, self.clock.system()))
