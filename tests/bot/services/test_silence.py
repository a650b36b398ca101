"""Silence: what may be told unasked and when; later, and not today; on both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Aside, Kind, Leave, Person
from bot.services import silence
from tests.bot.jobs.reminding import DAY, HOUR, MONDAY, MORNING, StillClock, ends, job, queued, rows, somebody

NOON = MONDAY + 4 * HOUR
MINUTE = dtm.timedelta(minutes=1)


async def may(database: Database, person: Person, now: dtm.datetime, kind: Kind | Aside, **how: bool) -> bool:
    async with database.read() as session:
        person = await session.get_one(Person, person.id)
        return await silence.may_speak(session, person, now, kind, **how)


async def spoke(database: Database, person: Person, now: dtm.datetime) -> None:
    async with database.begin() as session:
        await silence.spoke(session, person, Aside.FLAG, f"flag:{now}", now)


@pytest.mark.parametrize(
    ("columns", "at", "spoken"),
    [
        ({}, NOON, True),
        ({"removed_at": MONDAY}, NOON, False),
        ({"telegram_id": None}, NOON, False),
        ({"unreachable_since": MONDAY}, NOON, False),
        ({"choices": {"off": ["flag"]}}, NOON, False),
        ({"choices": {"skip_day": "2026-11-23"}}, NOON, False),
        ({"choices": {"skip_day": "2026-11-22"}}, NOON, True),
        ({}, MONDAY + 13 * HOUR - MINUTE, True),
        ({}, MONDAY + 13 * HOUR, False),  # quiet from 21:00
        ({}, MONDAY - HOUR - MINUTE, False),  # until 07:00
        ({}, MONDAY - HOUR, True),
        ({}, NOON - DAY, False),  # Sunday
        ({}, NOON + DAY, False),  # on leave
    ],
)
async def test_even_what_is_urgent_keeps_silence_when_silence_is_due(
    database: Database, columns: dict[str, Any], at: dtm.datetime, spoken: bool
) -> None:
    person = await somebody(database)
    async with database.begin() as session:
        session.add(Leave(person_id=person.id, first_day=(NOON + DAY).date(), last_day=(NOON + DAY).date()))
        person = await session.get_one(Person, person.id)
        for name, value in columns.items():
            setattr(person, name, value)
    assert await may(database, person, at, Aside.FLAG, urgent=True) is spoken


async def test_between_morning_and_evening_one_unasked_message_is_enough(database: Database) -> None:
    person = await somebody(database)
    await spoke(database, person, MORNING - 20 * MINUTE)  # before his morning it does not count
    assert await may(database, person, NOON, Aside.FLAG)
    await spoke(database, person, NOON)
    assert not await may(database, person, NOON + HOUR, Aside.FLAG)
    assert await may(database, person, NOON + HOUR, Aside.FLAG, urgent=True)
    assert await may(database, person, NOON + HOUR, Kind.PROMISES)
    assert await may(database, person, MONDAY + 10 * HOUR, Aside.FLAG)  # after his evening
    assert await may(database, person, NOON + 2 * DAY, Aside.FLAG)


@pytest.mark.parametrize(("flagged", "end"), [(True, ("skipped", "spoken")), (False, ("queued", None))])
async def test_after_a_flag_there_is_no_nudge_on_the_same_day(
    database: Database, flagged: bool, end: tuple[str, str | None]
) -> None:
    person = await somebody(database)
    clock = StillClock(MORNING)
    one = job(database, clock)
    await one.run()
    if flagged:
        await spoke(database, person, NOON)
    clock.at = MONDAY + 7.5 * HOUR
    await one.run()
    assert await ends(database, Kind.NUDGE) == [end]


async def test_later_is_half_an_hour_later_and_once(database: Database) -> None:
    person, other = await somebody(database), await somebody(database, 2)
    clock = StillClock(MORNING)
    one = job(database, clock)
    await one.run()
    (reminder, _) = await rows(database, Kind.MORNING)
    async with database.begin() as session:
        assert await silence.snooze(session, person, reminder.id, MORNING + 5 * MINUTE) == MORNING + 35 * MINUTE
    async with database.begin() as session:
        with pytest.raises(AlreadyDone):
            await silence.snooze(session, person, reminder.id, MORNING + 6 * MINUTE)
        with pytest.raises(NoSuchRecord):
            await silence.snooze(session, other, reminder.id, MORNING + 6 * MINUTE)
    clock.at = MORNING + 34 * MINUTE
    await one.run()
    before = await queued(database)
    clock.at = MORNING + 35 * MINUTE
    await one.run()
    again = f"morning:{person.id}:2026-11-23:1123T0905"
    assert set(await queued(database)) - set(before) == {again}
    (snoozed,) = [row for row in await rows(database, Kind.MORNING) if row.key == again]
    async with database.begin() as session:
        await silence.snooze(session, person, snoozed.id, clock.at)
    clock.at += silence.SNOOZE
    await one.run()
    assert f"morning:{person.id}:2026-11-23:1123T0935" in await queued(database)


async def test_a_nudge_that_was_put_off_comes_again(database: Database) -> None:
    person = await somebody(database)
    clock = StillClock(MORNING)
    one = job(database, clock)
    for clock.at in (MORNING, MONDAY + 7.5 * HOUR):
        await one.run()
    (nudge,) = await rows(database, Kind.NUDGE)
    async with database.begin() as session:
        clock.at = await silence.snooze(session, person, nudge.id, clock.at)
    await one.run()
    assert await ends(database, Kind.NUDGE) == [("queued", None)] * 2
    assert not await may(database, person, clock.at, Aside.FLAG)


async def test_not_today_silences_the_rest_of_the_day(database: Database) -> None:
    person = await somebody(database)
    clock = StillClock(MORNING)
    one = job(database, clock)
    await one.run()
    async with database.begin() as session:
        await silence.skip_today(session, await session.get_one(Person, person.id), clock.at)
    for hours in (7.5, 10, 24.5):
        clock.at = MONDAY + hours * HOUR
        await one.run()
    assert await ends(database, Kind.EVENING) == [("skipped", "skip_day")]
    assert await ends(database, Kind.NUDGE) == [("skipped", "skip_day")]
    assert await ends(database, Kind.MORNING) == [("queued", None)] * 2


def test_quiet_hours_end_on_the_persons_clock() -> None:
    berlin = Person(time_zone="Europe/Berlin", choices={"quiet_from": "22:00", "quiet_until": "02:30"})
    spring = dtm.datetime(2026, 3, 28, 22, 0, tzinfo=dtm.UTC)  # 23:00; 02:30 will be skipped
    assert silence.quiet_until(berlin, spring) == dtm.datetime(2026, 3, 29, 1, 30, tzinfo=dtm.UTC)
    assert silence.quiet_until(berlin, spring - 2 * HOUR) is None
