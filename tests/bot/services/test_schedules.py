"""Schedules: once on each local day in every zone; arranged anew when anything changes; planned once, by two as by one.

For all zones: `python -m tests.bot.services.test_schedules`.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import random
import sys
from collections.abc import Sequence
from zoneinfo import ZoneInfo, available_timezones

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.models import Account, Kind, NextStep, Note, NoteState, Person, Reminder, Role, Schedule
from bot.services import schedules
from bot.services.schedules import next_due

UTC = dtm.UTC
DAY, HOUR = dtm.timedelta(days=1), dtm.timedelta(hours=1)
SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"
NOW = dtm.datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Monday, 08:00 in Shanghai."""

CHANGING = (
    "Europe/Berlin",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)
"""Clocks that change at night, at midnight, by half an hour, and for Ramadan."""

TIMES = (dtm.time(0, 15), dtm.time(2, 30), dtm.time(8, 30))
YEAR = 2026


def days_told(zone: str, local_time: dtm.time) -> list[dtm.date]:
    """The local days on which a year's slots fall, each slot at its time or later by what the clocks skip."""
    where = ZoneInfo(zone)
    slot = dtm.datetime(YEAR, 1, 1, tzinfo=where).astimezone(UTC) - dtm.timedelta(seconds=1)
    days = []
    while (slot := next_due(zone, local_time, slot)).astimezone(where).year == YEAR:
        local = slot.astimezone(where)
        days.append(local.date())
        skipped = local.replace(tzinfo=None) - dtm.datetime.combine(local.date(), local_time)
        assert dtm.timedelta() <= skipped <= 2 * HOUR, (zone, local)  # two in Antarctica/Troll
        assert local.fold == 0, (zone, local)
    return days


def every_day() -> list[dtm.date]:
    first = dtm.date(YEAR, 1, 1)
    return [first + number * DAY for number in range(365)]


@pytest.mark.parametrize("zone", [*CHANGING, *random.Random(6).sample(sorted(available_timezones()), 6)])
def test_exactly_once_on_each_local_day(zone: str) -> None:
    for local_time in TIMES:
        assert days_told(zone, local_time) == every_day()


def utc(text: str) -> dtm.datetime:
    return dtm.datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "local_time", "after", "due"),
    [
        ("Europe/Berlin", dtm.time(2, 30), "2026-03-29T00:00", "2026-03-29T01:30"),  # skipped: 03:30 summer time
        ("Europe/Berlin", dtm.time(2, 30), "2026-10-25T00:00", "2026-10-25T00:30"),  # twice: the first
        ("Europe/Berlin", dtm.time(2, 30), "2026-10-25T00:30", "2026-10-26T01:30"),  # and not the second
        ("Asia/Beirut", dtm.time(0, 15), "2026-03-28T12:00", "2026-03-28T22:15"),  # midnight skipped: 01:15
        (SHANGHAI, dtm.time(8, 30), "2026-11-23T00:29:59", "2026-11-23T00:30"),
        (SHANGHAI, dtm.time(8, 30), "2026-11-23T00:30", "2026-11-24T00:30"),
        ("Pacific/Apia", dtm.time(8, 30), "2011-12-29T18:30", "2011-12-30T18:30"),  # 30 December did not exist
        ("America/Scoresbysund", dtm.time(23, 30), "2024-03-30T22:00", "2024-03-31T00:30"),  # skipped at the day's end
    ],
)
def test_where_clocks_change(zone: str, local_time: dtm.time, after: str, due: str) -> None:
    assert next_due(zone, local_time, utc(after)) == utc(due)


def test_on_one_weekday_only() -> None:
    monday = next_due(SHANGHAI, dtm.time(8, 30), NOW + HOUR, 0)
    assert (monday - NOW, monday.astimezone(ZoneInfo(SHANGHAI)).weekday()) == (7 * DAY + HOUR / 2, 0)


# Arranging


async def somebody(database: Database, number: int = 1, *, role: Role = Role.MANAGER, zone: str = SHANGHAI) -> Person:
    async with database.begin() as session:
        person = Person(telegram_id=number, name=f"P{number}", role=role, time_zone=zone, joined_at=NOW)
        session.add(person)
    return person


async def arrange(database: Database, person: Person, now: dtm.datetime, **changes: object) -> None:
    async with database.begin() as session:
        person = await session.get_one(Person, person.id)
        for name, value in changes.items():
            setattr(person, name, value)
        await schedules.arrange(session, person, now)


async def next_dues(database: Database) -> dict[str, dtm.datetime]:
    async with database.read() as session:
        return {row.kind: row.next_due for row in await session.scalars(select(Schedule))}


async def plan(database: Database, now: dtm.datetime, limit: int = 100) -> int:
    async with database.begin() as session:
        return await schedules.tick(session, now, limit)


async def planned(database: Database, kind: Kind | None = None) -> list[str]:
    query = select(Reminder.key).order_by(Reminder.due_at, Reminder.id)
    if kind is not None:
        query = query.where(Reminder.kind == kind)
    async with database.read() as session:
        return list(await session.scalars(query))


async def test_whoever_has_a_book_gets_the_day_and_whoever_leads_the_digest(database: Database) -> None:
    day = {Kind.MORNING, Kind.EVENING, Kind.NUDGE, Kind.PROMISES, Kind.PROMISES_EVE}
    person = await somebody(database)
    await arrange(database, person, NOW)
    assert set(await next_dues(database)) == day
    await arrange(database, person, NOW, role=Role.LEAD)
    assert set(await next_dues(database)) == {Kind.DIGEST}
    async with database.begin() as session:
        session.add(Account(person_id=person.id, name="永辉", tier="A", created_at=NOW))
    await arrange(database, person, NOW)
    assert set(await next_dues(database)) == day | {Kind.DIGEST}
    await arrange(database, person, NOW, choices={"off": ["nudge"]})
    assert set(await next_dues(database)) == (day | {Kind.DIGEST}) - {Kind.NUDGE}
    await arrange(database, person, NOW, removed_at=NOW)
    assert await next_dues(database) == {}


async def test_for_whoever_is_new_the_first_slot_is_still_to_come(database: Database) -> None:
    await arrange(database, await somebody(database), NOW + HOUR)
    dues = await next_dues(database)
    assert dues[Kind.MORNING] == NOW + HOUR / 2 + DAY
    assert dues[Kind.EVENING] == NOW + 10 * HOUR


async def test_an_overdue_slot_outlives_a_new_start(database: Database) -> None:
    person = await somebody(database)
    await arrange(database, person, NOW)
    async with database.begin() as session:
        assert await schedules.arrange_next(session, NOW + HOUR, 0, 100) == person.id
        assert await schedules.arrange_next(session, NOW + HOUR, person.id, 100) is None
    await plan(database, NOW + HOUR)
    assert await planned(database, Kind.MORNING) == [f"morning:{person.id}:2026-11-23"]


@pytest.mark.parametrize(
    ("at", "zone", "days"),
    [
        (NOW + 4 * HOUR, NEW_YORK, [23, 24, 25]),  # Monday noon in Shanghai, Sunday night in New York
        (NOW + 13 * HOUR, "Europe/Berlin", [23, 24, 25]),
        (NOW + 13 * HOUR, "Pacific/Kiritimati", [23, 24, 25]),  # already Tuesday there, and not yet 08:30
        (NOW + 20 * HOUR, "Pacific/Kiritimati", [23, 24, 25]),  # Tuesday 10:00 there: an hour and a half late is told
    ],
)
async def test_who_moves_to_another_zone_is_told_each_day_once(
    database: Database, at: dtm.datetime, zone: str, days: list[int]
) -> None:
    person = await somebody(database)
    await arrange(database, person, NOW)
    moment = NOW
    while moment < NOW + 3 * DAY:
        moment += HOUR / 4
        if moment == at:
            await arrange(database, person, moment, time_zone=zone)
        await plan(database, moment)
    keys = await planned(database, Kind.MORNING)
    assert keys[:3] == [f"morning:{person.id}:2026-11-{day}" for day in days]
    assert len(keys) == len(set(keys))


async def test_a_time_that_is_chosen_earlier_on_the_same_day_is_told_once(database: Database) -> None:
    person = await somebody(database)
    await arrange(database, person, NOW)
    await arrange(database, person, NOW + HOUR / 4, choices={"morning_at": "08:00"})
    await plan(database, NOW + HOUR / 4)
    await arrange(database, person, NOW + HOUR / 3, choices={"morning_at": "08:10"})
    await plan(database, NOW + HOUR)
    assert await planned(database, Kind.MORNING) == [f"morning:{person.id}:2026-11-23"]
    assert (await next_dues(database))[Kind.MORNING] == NOW + DAY + HOUR / 6


async def test_a_clock_that_was_turned_back_repeats_nothing_and_misses_nothing(database: Database) -> None:
    person = await somebody(database)
    await arrange(database, person, NOW)
    await plan(database, NOW + 30 * DAY)
    await arrange(database, person, NOW)
    async with database.begin() as session:
        await schedules.forget_unlived(session, NOW)
    before = await planned(database)
    assert (await next_dues(database))[Kind.MORNING] == NOW + HOUR / 2
    await plan(database, NOW + 31 * DAY)
    assert [key for key in before if key.startswith("morning")] == (await planned(database, Kind.MORNING))[:30]


# Planning


async def test_a_long_absence_is_planned_piece_by_piece(database: Database) -> None:
    await arrange(database, await somebody(database), NOW)
    ticks = 0
    while await plan(database, NOW + 250 * DAY):
        ticks += 1
    assert ticks == 3
    assert len(await planned(database, Kind.EVENING)) == 250


async def test_two_processes_plan_each_slot_once(postgres_url: str) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    await one.migrate()
    for number in range(1, 41):
        await arrange(one, await somebody(one, number), NOW)

    async def keep_planning(database: Database) -> int:
        found = 0
        while count := await plan(database, NOW + DAY, 7):
            found += count
            await asyncio.sleep(0)
        return found

    counts = await asyncio.gather(keep_planning(one), keep_planning(other))
    assert sum(counts) == 5 * 40
    assert min(counts) > 0
    keys = await planned(one)
    assert (len(keys), len(set(keys))) == (5 * 40, 5 * 40)
    await one.close()
    await other.close()


# Appointments


async def appointment(
    database: Database, person: Person, due: dtm.date, time: dtm.time | None, *, written_at: dtm.datetime | None = None
) -> int:
    async with database.begin() as session:
        account = Account(person_id=person.id, name=f"A{due}{time}", tier="A", created_at=NOW)
        note = Note(person_id=person.id, text="约", written_at=written_at or NOW - DAY, state=NoteState.CONFIRMED)
        session.add_all([account, note])
        await session.flush()
        step = NextStep(
            person_id=person.id,
            account_id=account.id,
            agreed_on=due,
            what="见面",
            due=due,
            time=time,
            is_appointment=True,
            note_id=note.id,
        )
        session.add(step)
        await session.flush()
        return step.id


async def plan_appointments(database: Database, *at: dtm.datetime) -> Sequence[tuple[str, dtm.datetime]]:
    for now in at:
        async with database.begin() as session:
            await schedules.plan_appointments(session, now)
    async with database.read() as session:
        rows = await session.execute(select(Reminder.key, Reminder.due_at).order_by(Reminder.due_at))
        return [(key, due_at) for key, due_at in rows]


async def test_an_appointment_is_planned_once_its_lead_time_before(database: Database) -> None:
    person = await somebody(database)
    monday = NOW.date()
    step = await appointment(database, person, monday, dtm.time(10, 30))
    await appointment(database, person, monday, None)
    await appointment(database, person, monday - 3 * DAY, dtm.time(10, 30))
    just_said = NOW + HOUR * 2
    await appointment(database, person, monday, dtm.time(10, 45), written_at=just_said)
    begins = NOW + 1.5 * HOUR
    assert await plan_appointments(database, begins - dtm.timedelta(seconds=1)) == []
    expected = [(f"appointment:{person.id}:{step}:11231030", begins)]
    assert await plan_appointments(database, begins, begins + HOUR, NOW + 2 * DAY) == expected
    async with database.begin() as session:
        (await session.get_one(NextStep, step)).time = dtm.time(15, 0)
    moved = (f"appointment:{person.id}:{step}:11231500", NOW + 6 * HOUR)
    assert await plan_appointments(database, begins + HOUR, NOW + 6 * HOUR) == [*expected, moved]


async def test_a_settled_appointment_or_one_of_somebody_removed_is_not_planned(database: Database) -> None:
    person, gone = await somebody(database), await somebody(database, 2)
    step = await appointment(database, person, NOW.date(), dtm.time(10, 30))
    await appointment(database, gone, NOW.date(), dtm.time(10, 30))
    async with database.begin() as session:
        (await session.get_one(NextStep, step)).dropped_on = NOW.date()
        (await session.get_one(Person, gone.id)).removed_at = NOW
    assert await plan_appointments(database, NOW + 2 * HOUR) == []


if __name__ == "__main__":
    zones = sorted(available_timezones())
    wrong = [(zone, str(time)) for zone in zones for time in TIMES if days_told(zone, time) != every_day()]
    sys.stdout.write(f"{len(zones)} zones, {len(zones) * len(TIMES) * 365} zone-days, wrong: {wrong}\n")
