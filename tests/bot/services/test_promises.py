"""Promises: open ones in the order of their days, moves that count, the kept rate at its edges; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Account, ClientPromise, Person, Promise, Role
from bot.services import promises
from bot.services.promises import KeptRate
from bot.workdays import Workdays

NOW = dtm.datetime(2026, 11, 25, 1, 0, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 25)
"""A Wednesday."""
CHINA = Workdays()


def day(text: str) -> dtm.date:
    return dtm.date.fromisoformat(text)


def promise(what: str = "送样品", due: str | None = None, **more: object) -> Promise:
    values = {"person_id": 1, "made_on": day("2026-11-02"), "due": day(due) if due else None, **more}
    return Promise(what=what, **values)


async def fill(database: Database, *rows: object) -> None:
    async with database.begin() as session:
        for number, name in ((1, "陈晓"), (2, "林建国")):
            session.add(
                Person(
                    id=number,
                    telegram_id=number,
                    name=name,
                    role=Role.MANAGER,
                    time_zone="Asia/Shanghai",
                    joined_at=NOW,
                )
            )
        await session.flush()
        session.add(Account(id=7, person_id=1, name="永兴便利店", tier="A", created_at=NOW))
        await session.flush()
        session.add_all(rows)


async def rate(database: Database) -> KeptRate:
    async with database.read() as session:
        return await promises.kept_rate(session, await session.get_one(Person, 1), TODAY, CHINA)


async def test_open_promises_come_by_the_day_on_which_they_are_expected(database: Database) -> None:
    await fill(
        database,
        promise("没日子"),
        promise("下周", "2026-12-02"),
        promise("改到后天", "2026-11-20", moved_to=day("2026-11-27"), account_id=7),
        promise("昨天", "2026-11-24"),
        promise("做到了", "2026-11-20", kept_on=day("2026-11-19")),
        promise("撤回了", "2026-11-20", withdrawn_on=day("2026-11-19")),
        promise("别人的", "2026-11-20", person_id=2),
    )
    async with database.read() as session:
        owed = await promises.open_of(session, await session.get_one(Person, 1))
    assert [one.promise.what for one in owed] == ["昨天", "改到后天", "下周", "没日子"]
    assert [one.account for one in owed] == [None, "永兴便利店", None, None]


@pytest.mark.parametrize(
    ("due", "kept_on", "expected"),
    [
        ("2026-11-24", "2026-11-24", KeptRate(1, 1, 0)),  # kept on its day
        ("2026-11-23", "2026-11-24", KeptRate(1, 0, 1)),  # a day late
        ("2026-11-24", None, KeptRate(1, 0, 0)),  # due before today and open
        ("2026-11-25", None, KeptRate(0, 0, 0)),  # due today is not due yet
        ("2026-11-21", "2026-11-23", KeptRate(1, 1, 0)),  # Saturday counts as Monday
        ("2026-10-01", "2026-10-08", KeptRate(1, 1, 0)),  # National Day counts as the first workday after it
        ("2026-10-01", "2026-10-09", KeptRate(1, 0, 1)),
        ("2026-09-30", "2026-09-30", KeptRate(0, 0, 0)),  # a day before the window of 56 days
    ],
)
async def test_the_kept_rate_at_its_edges(
    database: Database, due: str, kept_on: str | None, expected: KeptRate
) -> None:
    await fill(database, promise(due=due, kept_on=day(kept_on) if kept_on else None))
    assert await rate(database) == expected


async def test_what_was_withdrawn_by_its_day_is_left_out_and_later_counts_as_missed(database: Database) -> None:
    await fill(
        database,
        promise(due="2026-11-20", withdrawn_on=day("2026-11-20")),
        promise(due="2026-11-20", withdrawn_on=day("2026-11-23")),
        promise(due="2026-11-20", person_id=2),
    )
    found = await rate(database)
    assert (found.due, found.kept, found.late, found.missed) == (1, 0, 0, 1)


def test_percent_never_reads_better_than_it_is() -> None:
    assert KeptRate(10, 7, 0).percent == 70
    assert KeptRate(1000, 699, 0).percent == 69
    assert KeptRate(0, 0, 0).percent == 0


def test_a_move_before_the_day_counts_and_a_later_one_is_only_remembered() -> None:
    moved = promise(due="2026-11-27", moves=[])
    moved.move(day("2026-12-01"), TODAY)
    assert (moved.due, moved.moved_to, moved.expected) == (day("2026-12-01"), None, day("2026-12-01"))
    late = promise(due="2026-11-24", moves=[])
    late.move(day("2026-12-01"), TODAY)
    assert (late.due, late.moved_to, late.expected) == (day("2026-11-24"), day("2026-12-01"), day("2026-12-01"))
    late.move(day("2026-12-03"), day("2026-12-01"))
    assert (late.due, late.expected) == (day("2026-11-24"), day("2026-12-03"))
    assert late.moves == [
        {"from": "2026-11-24", "to": "2026-12-01", "on": "2026-11-25"},
        {"from": "2026-12-01", "to": "2026-12-03", "on": "2026-12-01"},
    ]
    undated = promise(moves=[])
    undated.move(day("2026-12-01"), TODAY)
    assert (undated.due, undated.moves) == (day("2026-12-01"), [])


async def test_nobody_elses_promise_exists(database: Database) -> None:
    await fill(
        database,
        promise("他的", id=5, person_id=2),
        ClientPromise(id=6, person_id=2, said_on=TODAY, what="付款"),
    )
    async with database.read() as session:
        chen = await session.get_one(Person, 1)
        with pytest.raises(NoSuchRecord):
            await promises.own(session, chen, 5)
        with pytest.raises(NoSuchRecord):
            await promises.own(session, chen, 999)
        with pytest.raises(NoSuchRecord):
            await promises.own_client_promise(session, chen, 6)


async def test_an_accounts_history_goes_both_ways_newest_first(database: Database) -> None:
    await fill(
        database,
        promise("旧", account_id=7, made_on=day("2026-10-12")),
        promise("新", account_id=7, made_on=day("2026-11-12")),
        promise("别家"),
        ClientPromise(person_id=1, account_id=7, said_on=TODAY, what="付款"),
    )
    async with database.read() as session:
        ours, theirs = await promises.of_account(session, await session.get_one(Account, 7))
    assert [one.what for one in ours] == ["新", "旧"]
    assert [one.what for one in theirs] == ["付款"]
