"""The nudge: only planned accounts of today of which nothing is known, once, in one short message."""

from __future__ import annotations

import datetime as dtm

from bot.database import Database
from bot.jobs.reminders import Skip
from bot.language.understanding import Card, Understanding
from bot.models import Account, Kind, NextStep, Note, NoteState, Person, Visit
from bot.services import day_plans
from tests.bot.jobs.occasions import TODAY, at, composed, let_in, plan, text
from tests.telegram import height


async def test_it_names_what_nothing_is_known_of(database: Database) -> None:
    drafted = Understanding("visit", (Card(account=2, kind="visit", day=TODAY),))
    await let_in(
        database,
        Visit(person_id=1, account_id=1, day=TODAY, outcome="info"),
        Note(person_id=1, text="去了华联", written_at=at(11), state=NoteState.DRAFT, understanding=drafted.to_json()),
        *(
            NextStep(
                person_id=1,
                account_id=account_id,
                agreed_on=TODAY,
                what="",
                due=TODAY,
                time=time,
                is_appointment=True,
            )
            for account_id, time in ((3, dtm.time(17, 0)), (4, dtm.time(10, 0)))
        ),
    )
    await plan(database, 1, 2, 3, 4, 5)
    said = await composed(database, Kind.NUDGE, at(15, 30))
    assert not isinstance(said, Skip)
    (one,) = said
    assert one.html.startswith("📝 城东烟酒行、Sunny Mart，今天去了吗？")
    assert [button.action for row in one.buttons for button in row] == [
        "review-went:20261123:4",
        "review-went:20261123:5",
        "review:20261123",
        "snooze:77",
        "skip-day:",
    ]


async def test_it_is_silent_without_a_plan_and_once_all_is_told(database: Database) -> None:
    await let_in(database)
    assert await text(database, Kind.NUDGE, at(15, 30)) == "skipped: nothing"
    await plan(database, 1, 2)
    async with database.begin() as session:
        me = await session.get_one(Person, 1)
        found = await day_plans.plan_of(session, me, TODAY)
        assert found is not None
        await day_plans.settle_done(session, me, found.plan.id, 1, at(14))
        await day_plans.settle_drop(session, me, found.plan.id, 2, "客户不在", today=TODAY)
    assert await text(database, Kind.NUDGE, at(15, 30)) == "skipped: nothing"


async def test_many_long_names_fit_a_phone(database: Database) -> None:
    await let_in(database)
    await plan(database, 1, 2, 3, 4, 5)
    async with database.begin() as session:
        for number in range(1, 6):
            (await session.get_one(Account, number)).name = f"{number}号永兴便利店五一路旗舰分店"
    for locale in ("zh", "en"):
        words = await text(database, Kind.NUDGE, at(15, 30), locale=locale)
        assert height(words) <= 12


async def test_put_off_until_the_evening_it_is_left_to_the_review(database: Database) -> None:
    await let_in(database)
    await plan(database, 1)
    assert (await text(database, Kind.NUDGE, at(17, 59))).startswith("📝")
    assert await text(database, Kind.NUDGE, at(18)) == "skipped: evening"
    async with database.begin() as session:
        (await session.get_one(Person, 1)).choices = {"nudge_at": "18:30"}
    assert (await text(database, Kind.NUDGE, at(18, 30))).startswith("📝")
