"""Reminders: told once at their time, never late, in silence when silence is due; a failure stays alone.

For a random year of forty people: `python -m tests.bot.jobs.test_reminders`.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import importlib
import random
import sys
from collections import Counter
from collections.abc import Sequence

import pytest
from sqlalchemy import select, text

from bot.database import Database
from bot.jobs import reminders as module
from bot.jobs.reminders import Occasion, Skip
from bot.models import Aside, Kind, Leave, MessageState, OutboxMessage, Person, Reminder, Role, Urgency
from bot.replies import Say
from bot.services import reminders, schedules
from tests.bot.jobs.reminding import (
    ANY_TIME,
    DAY,
    HOUR,
    LIGHT,
    MONDAY,
    MORNING,
    StillClock,
    ends,
    job,
    queued,
    rows,
    send_all,
    somebody,
    tally,
)

TOLD = ("queued", None)
MINUTE = dtm.timedelta(minutes=1)


def local(text: str) -> dtm.datetime:
    """An instant on the clocks of Shanghai."""
    return dtm.datetime.fromisoformat(f"{text}+08:00").astimezone(dtm.UTC)


async def test_a_day_is_told_once_and_in_order(database: Database) -> None:
    person, clock = await somebody(database), StillClock()
    one = job(database, clock)
    for half_hours in range(30):
        clock.at = MONDAY + half_hours * HOUR / 2
        await one.run()
    kinds = ("promises", "promises_eve", "morning", "nudge", "evening")
    assert await queued(database) == [f"{kind}:{person.id}:2026-11-23" for kind in kinds]
    assert Counter(row.state for row in await rows(database)) == {"queued": 5}
    await send_all(database, clock.at)
    assert await tally(database) == reminders.Tally(5, 5, 0, 0, 0)


# Late


@pytest.mark.parametrize(("late", "told"), [(2 * HOUR - MINUTE, True), (2 * HOUR, False)])
async def test_up_to_two_hours_late_is_told(database: Database, late: dtm.timedelta, told: bool) -> None:
    await somebody(database)
    await job(database, StillClock(MORNING + late)).run()
    assert await ends(database, Kind.MORNING) == [TOLD if told else ("skipped", "late")]


async def test_what_was_missed_in_three_hours_away_is_summed_up_once(database: Database) -> None:
    person = await somebody(database)
    clock = StillClock(MORNING + 3 * HOUR)
    await asyncio.gather(*(job(database, clock).run() for _ in range(2)))
    await job(database, clock).run()
    clock.at += HOUR
    await job(database, clock).run()
    assert await ends(database, Kind.MORNING) == await ends(database, Kind.PROMISES) == [("skipped", "late")]
    assert await queued(database) == [f"missed:{person.id}:2026-11-23T11"]
    async with database.read() as session:
        (said,) = await session.scalars(select(OutboxMessage.params))
    assert "错过了 1 次提醒" in said["text"]
    assert "plan:20261123:0" in said["reply_markup"]["inline_keyboard"][0][0]["callback_data"]


async def test_a_leap_of_a_month_does_not_flood(database: Database) -> None:
    await somebody(database)
    clock = StillClock(MORNING)
    one = job(database, clock)
    await one.run()
    clock.at = MORNING + 28 * DAY
    await one.run()
    told = Counter(row.kind for row in await rows(database) if row.state == "queued")
    assert told == {Kind.MORNING: 2, Kind.PROMISES: 2, Aside.MISSED: 1}
    reasons = Counter(row.reason for row in await rows(database) if row.state == "skipped")
    assert reasons == {"late": 19 * 2 + 20 * 3, "day_off": 8 * 5}
    async with database.read() as session:
        said = await session.scalar(select(OutboxMessage.params).where(OutboxMessage.key.like("missed:%")))
    assert said is not None
    assert f"{19 + 20 + 20} 次" in said["text"]


async def test_a_clock_turned_back_repeats_nothing_and_tells_what_it_had_only_passed(database: Database) -> None:
    await somebody(database)
    clock = StillClock(MORNING)
    one = job(database, clock)
    await one.run()
    clock.at = MORNING + DAY
    await one.run()
    told = await queued(database)
    clock.at = MORNING + HOUR
    await one.run()
    assert await queued(database) == told
    clock.at = MONDAY + 10 * HOUR  # the evening that the leap had passed over
    await one.run()
    assert await ends(database, Kind.EVENING) == [TOLD]
    clock.at = MORNING + DAY
    await one.run()
    assert [key for key in await queued(database) if "morning" in key] == [key for key in told if "morning" in key]


# Silence


@pytest.mark.parametrize(
    ("morning_at", "end"), [("06:00", TOLD), ("05:01", TOLD), ("05:00", ("skipped", "quiet")), ("07:00", TOLD)]
)
async def test_in_quiet_hours_it_waits_for_their_end_if_that_is_near(
    database: Database, morning_at: str, end: tuple[str, str | None]
) -> None:
    await somebody(database, choices={"morning_at": morning_at})
    clock = StillClock(schedules.next_due("Asia/Shanghai", dtm.time.fromisoformat(morning_at), MONDAY))
    one = job(database, clock)
    await one.run()
    early = await ends(database, Kind.MORNING)
    clock.at = local("2026-11-24T07:00")
    await one.run()
    assert await ends(database, Kind.MORNING) == [end]
    assert early == [end] if morning_at in {"05:00", "07:00"} else [("pending", None)]


@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-10-09", TOLD),
        ("2026-10-10", TOLD),  # a Saturday that makes up for the National Day break
        ("2026-10-11", ("skipped", "day_off")),
        ("2026-10-01", ("skipped", "day_off")),  # National Day
        ("2026-10-12", ("skipped", "day_off")),  # on leave
    ],
)
async def test_on_days_off_only_appointments_are_told(
    database: Database, day: str, end: tuple[str, str | None]
) -> None:
    person = await somebody(database)
    at = local(f"{day}T08:30")
    async with database.begin() as session:
        leave = dtm.date(2026, 10, 12)
        session.add(Leave(person_id=person.id, first_day=leave, last_day=leave))
        slots = [
            schedules.slot_of(person.id, kind, key=kind, day=at.date(), due_at=at)
            for kind in (Kind.MORNING, Kind.APPOINTMENT)
        ]
        await schedules.plan(session, slots)
    await job(database, StillClock(at)).run()
    assert await ends(database, Kind.MORNING) == [end]
    assert await ends(database, Kind.APPOINTMENT) == [TOLD]


async def test_the_digest_of_a_holiday_week_comes_on_its_first_workday(database: Database) -> None:
    person = await somebody(database, role=Role.LEAD)
    clock = StillClock(MORNING)
    async with database.begin() as session:
        session.add(Leave(person_id=person.id, first_day=MONDAY.date(), last_day=MONDAY.date() + DAY))
    one = job(database, clock)
    await one.run()
    assert await ends(database, Kind.DIGEST) == [("pending", None)]
    clock.at = MORNING + 2 * DAY
    await one.run()
    assert await ends(database, Kind.DIGEST) == [TOLD]
    async with database.begin() as session:
        week = MONDAY.date() + 7 * DAY
        session.add(Leave(person_id=person.id, first_day=week, last_day=week + 6 * DAY))
    clock.at = MORNING + 7 * DAY
    await one.run()
    assert await ends(database, Kind.DIGEST) == [TOLD, ("skipped", "day_off")]


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"removed_at": MONDAY}, "removed"),
        ({"telegram_id": None}, "removed"),
        ({"unreachable_since": MONDAY}, "unreachable"),
        ({"choices": {"off": ["morning"]}}, "off"),
        ({"choices": {"skip_day": "2026-11-23"}}, "skip_day"),
    ],
)
async def test_who_is_not_to_be_told_is_not(database: Database, columns: dict[str, object], reason: str) -> None:
    person = await somebody(database)
    async with database.begin() as session:
        person = await session.get_one(Person, person.id)
        for name, value in columns.items():
            setattr(person, name, value)
    await job(database, StillClock(MORNING)).run()
    assert await ends(database, Kind.MORNING) == [("skipped", reason)]


# Composing


async def test_a_reminder_may_be_several_messages_or_none(database: Database) -> None:
    person = await somebody(database)

    async def two(_occasion: Occasion) -> Sequence[Say]:
        return [Say("one"), Say("two")]

    async def nothing(_occasion: Occasion) -> Sequence[Say]:
        return []

    async def skip(_occasion: Occasion) -> Skip:
        return Skip("done_already")

    composers = LIGHT | {Kind.MORNING: two, Kind.PROMISES: nothing, Kind.NUDGE: skip}
    clock = StillClock(MORNING)
    await job(database, clock, composers).run()
    clock.at = MONDAY + 7.5 * HOUR
    await job(database, clock, composers).run()
    key = f"morning:{person.id}:2026-11-23"
    assert await queued(database) == [key, f"{key}:2"]
    assert await ends(database, Kind.PROMISES) == [("skipped", "nothing")]
    assert await ends(database, Kind.NUDGE) == [("skipped", "done_already")]


@pytest.mark.parametrize("defect", ["raises", "breaks_the_session", "fails_in_sql", "hangs"])
async def test_who_cannot_be_composed_for_is_given_up_and_stops_nobody(
    database: Database, defect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COMPOSE_SECONDS", 0.05)
    unlucky = await somebody(database, 1)
    for number in (2, 3):
        await somebody(database, number)

    async def composing(occasion: Occasion) -> Sequence[Say]:
        if occasion.person.id == unlucky.id:
            occasion.person.title = "half done"
            match defect:
                case "raises":
                    raise ValueError
                case "breaks_the_session":
                    await occasion.session.rollback()
                case "fails_in_sql":
                    await occasion.session.execute(text("SELECT nothing FROM nowhere"))
                case "hangs":
                    await asyncio.sleep(5)
        return [Say(occasion.reminder.key)]

    clock = StillClock(MORNING)
    one = job(database, clock, LIGHT | {Kind.MORNING: composing})
    for _ in range(4):
        await one.run()
        clock.at += 2 * MINUTE
    states = {row.person_id: (row.state, row.reason, row.attempts) for row in await rows(database, Kind.MORNING)}
    assert states.pop(unlucky.id) == ("skipped", "failed", 3)
    assert set(states.values()) == {("queued", None, 0)}
    assert (await tally(database)).holds
    async with database.read() as session:
        assert (await session.get_one(Person, unlucky.id)).title is None


async def test_a_digest_is_queued_as_news_that_must_not_come_twice(database: Database) -> None:
    await somebody(database, 1, role=Role.LEAD)
    await somebody(database, 2)
    await job(database, StillClock(MORNING)).run()
    async with database.read() as session:
        found = [
            (row.key.split(":")[0], row.urgency, row.repeatable)
            for row in await session.scalars(select(OutboxMessage).order_by(OutboxMessage.urgency, OutboxMessage.id))
        ]
    assert found == [
        ("promises", Urgency.PROMISE, True),
        ("morning", Urgency.PLAN, True),
        ("digest", Urgency.NEWS, False),
    ]


# Several processes and a random month


async def test_two_processes_plan_and_compose_side_by_side(postgres_url: str) -> None:
    databases = [Database(postgres_url), Database(postgres_url)]
    await databases[0].migrate()
    people = [await somebody(databases[0], number) for number in range(1, 31)]
    composed: Counter[str] = Counter()

    async def slowly(occasion: Occasion) -> Sequence[Say]:
        await asyncio.sleep(0.001)
        composed[occasion.reminder.key] += 1
        return [Say(occasion.reminder.key)]

    async def keep_running(database: Database) -> int:
        settled = 0
        one = job(database, StillClock(MORNING), dict.fromkeys(LIGHT, slowly))
        for _ in range(20):
            settled += await one.run()
            await asyncio.sleep(0.005)
        return settled

    counts = await asyncio.gather(*map(keep_running, databases))
    assert (sum(counts), min(counts) > 0) == (2 * len(people), True)
    assert composed == Counter(
        f"{kind}:{person.id}:2026-11-23" for kind in ("promises", "morning") for person in people
    )
    assert await tally(databases[0]) == reminders.Tally(60, 0, 0, 0, 60)
    for database in databases:
        await database.close()


PEOPLE, DAYS = 4, 15
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")


async def test_random_absences_account_for_every_slot(database: Database) -> None:
    """Over a change of clocks, with people who are away, blocked, silent; some messages cannot be delivered."""
    dice = random.Random(26)
    start = dtm.datetime(2026, 10, 19, tzinfo=dtm.UTC)
    for number in range(PEOPLE):
        person = await somebody(
            database, number + 1, time_zone=ZONES[number % 4], role=Role.LEAD if number == 3 else Role.MANAGER
        )
        async with database.begin() as session:
            person = await session.get_one(Person, person.id)
            await schedules.arrange(session, person, start)

    async def moody(occasion: Occasion) -> Sequence[Say] | Skip:
        if dice.random() < 0.05:
            raise ValueError
        return Skip("nothing") if dice.random() < 0.2 else [Say(occasion.reminder.key)]

    clock = StillClock(start)
    composers = LIGHT | dict.fromkeys(Kind, moody)
    one, sent = job(database, clock, composers), []
    while clock.at < start + DAYS * DAY:
        away = dtm.timedelta(hours=dice.choice([0, 0, 0, 0, 3, 9, 40]))
        clock.at += dtm.timedelta(minutes=dice.randint(60, 240)) + away
        if away:
            one = job(database, clock, composers)  # another process
        await one.run()
        if dice.random() < 0.9:
            sent += await send_all(database, clock.at, dice.choice([MessageState.SENT] * 9 + [MessageState.DEAD]))
    found = await tally(database)
    assert found.holds
    assert found.due > 3 * PEOPLE * DAYS
    assert min(found.sent, found.skipped, found.dead) > 0
    assert len(sent) == len(set(sent))
    async with database.read() as session:
        told = select(Reminder).where(Reminder.state == "queued", Reminder.kind != Aside.MISSED)
        assert all(row.settled_at - row.not_before < 2 * HOUR for row in await session.scalars(told))  # type: ignore[operator]


async def test_quiet_hours_can_be_none(database: Database) -> None:
    await somebody(database, choices=ANY_TIME | {"morning_at": "04:00"})
    await job(database, StillClock(local("2026-11-24T04:00"))).run()
    assert await ends(database, Kind.MORNING) == [TOLD]


if __name__ == "__main__":
    # The module that pytest will find under this name, not this one, which is called __main__.
    vars(importlib.import_module("tests.bot.jobs.test_reminders")).update(PEOPLE=40, DAYS=365)
    sys.exit(pytest.main(["-s", "-W", "ignore::pytest.PytestAssertRewriteWarning", "-k", "random_absences", __file__]))
