"""The evening's review: what is told and what is not, the first step, and praise that the records bear out."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from sqlalchemy.orm import make_transient

from bot.database import Database
from bot.models import Complaint, Contact, DayPlan, MarketReport, Person, PlannedAccount, Promise, Stance, Visit
from bot.services import day_plans, reviews_of_day
from bot.services.reviews_of_day import Praise
from bot.texts import LOCALES, Texts
from tests.bot.services.test_accounts import CHEN, LIN, NOW, TODAY, account, fill

DAY = dtm.timedelta(days=1)
OWN = {"person_id": CHEN, "account_id": 1}


def visit(number: int, day: dtm.date = TODAY, outcome: str = "info", by: int = CHEN, **more: Any) -> Visit:
    return Visit(person_id=by, account_id=number, day=day, outcome=outcome, **more)


async def plan(database: Database, *ids: int, target: int = 6) -> None:
    async with database.begin() as session:
        session.add(DayPlan(id=1, person_id=CHEN, day=TODAY, target=target, made_at=NOW))
        await session.flush()
        session.add_all(PlannedAccount(plan_id=1, account_id=one, position=at) for at, one in enumerate(ids))


async def test_the_evening_tells_planned_from_unplanned(database: Database) -> None:
    await fill(
        database,
        *(account(number, f"店{number}") for number in range(1, 6)),
        visit(1),
        visit(5),
        visit(2, TODAY - DAY),
        visit(3, by=LIN),
        MarketReport(person_id=CHEN, day=TODAY, text="降价了"),
        MarketReport(person_id=LIN, day=TODAY, text="别人的"),
    )
    await plan(database, 1, 2, 3, 4)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        await day_plans.settle_drop(session, person, 1, 4, "关门", today=TODAY)
        evening = await reviews_of_day.review_of(session, person, TODAY)
        assert [one.account.id for one in evening.to_tell] == [2, 3]
        assert [one.id for _, one in evening.visits] == [1, 5]
        assert [one.id for _, one in evening.unplanned] == [5]
        assert [one.text for one in evening.reports] == ["降价了"]
        before = await reviews_of_day.review_of(session, person, TODAY - DAY)
        assert (before.plan, before.to_tell, [one.id for _, one in before.unplanned]) == (None, [], [2])


async def test_the_first_step_waits_for_the_next_workday_and_closing_is_done_once(database: Database) -> None:
    await fill(database)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        assert await reviews_of_day.first_step_for(session, person, TODAY + DAY) is None
        await reviews_of_day.set_first_step(session, person, TODAY, "  先去永辉\n签字 ")
        assert await reviews_of_day.close(session, person, TODAY, NOW)
        assert not await reviews_of_day.close(session, person, TODAY, NOW + DAY)
        evening = await reviews_of_day.review_of(session, person, TODAY)
        assert (evening.first_step, evening.closed_at) == ("先去永辉 签字", NOW)
        assert await reviews_of_day.first_step_for(session, person, TODAY) is None
        assert await reviews_of_day.first_step_for(session, person, TODAY + 3 * DAY) == "先去永辉 签字"
        lin = await session.get_one(Person, LIN)
        assert await reviews_of_day.first_step_for(session, lin, TODAY + DAY) is None
        await reviews_of_day.set_first_step(session, person, TODAY, "x" * 300)
        assert (await reviews_of_day.review_of(session, person, TODAY)).first_step == "x" * 256
        await reviews_of_day.set_first_step(session, person, TODAY, " ")
        assert (await reviews_of_day.review_of(session, person, TODAY)).first_step is None


COMPLAINT = Praise("praise-complaint", {"account": "店1"})
OPPONENT = Praise("praise-opponent", {"account": "店1", "contact": "李总"})
KEY = Praise("praise-key-account", {"account": "店1", "days": 8})
PROMISE = Praise("praise-promise", {"what": "送样品"})


def complaint(answered_on: dtm.date) -> Complaint:
    return Complaint(**OWN, made_on=TODAY - 3 * DAY, text="送货晚", answered_on=answered_on)


def promise(due: dtm.date | None, kept_on: dtm.date = TODAY) -> Promise:
    return Promise(**OWN, made_on=TODAY - 9 * DAY, what="送样品", due=due, kept_on=kept_on)


def against() -> Contact:
    return Contact(account_id=1, name="李总", stance=Stance.OPPONENT)


CASES: list[tuple[list[Any], Praise | None]] = [
    ([], None),
    ([visit(1)], None),
    ([complaint(TODAY), against(), visit(1, contact="李总")], COMPLAINT),
    ([complaint(TODAY - DAY)], None),
    ([against(), visit(1, contact="李总"), promise(TODAY)], OPPONENT),
    ([against(), visit(1, contact="王姐"), visit(2, contact="李总")], None),
    ([against(), visit(1, contact="李总", outcome="absent")], None),
    ([visit(1), visit(1, TODAY - 8 * DAY), promise(TODAY)], KEY),
    ([visit(1), visit(1, TODAY - 7 * DAY)], None),
    ([visit(1), visit(1, TODAY - 9 * DAY), visit(1, TODAY - DAY, by=LIN)], None),
    ([visit(1), visit(1, TODAY - 8 * DAY), visit(1, TODAY - DAY, "absent")], KEY),
    ([visit(1, outcome="absent"), visit(1, TODAY - 8 * DAY)], None),
    ([visit(2), visit(2, TODAY - 30 * DAY)], None),
    ([promise(TODAY)], PROMISE),
    ([promise(TODAY - DAY)], None),
    ([promise(None)], None),
    ([promise(TODAY + DAY, TODAY - DAY)], None),
    ([visit(2) for _ in range(6)], Praise("praise-visits", {"count": 6, "target": 6})),
    ([MarketReport(person_id=CHEN, day=TODAY, text="降价")], Praise("praise-report", {"count": 1})),
]


async def test_praise_names_what_the_records_bear_out(database: Database) -> None:
    await fill(database, account(1, "店1", tier="A"), account(2, "店2"))
    for number, (rows, expected) in enumerate(CASES):
        async with database.begin() as session:
            session.add_all(rows)
            await session.flush()
            found = await reviews_of_day.praise(session, await session.get_one(Person, CHEN), TODAY)
            assert found == expected, number
            for row in rows:
                await session.delete(row)
        for row in rows:
            make_transient(row)
            row.id = None


async def test_the_whole_plan_is_praised_and_an_empty_one_is_not(database: Database) -> None:
    await fill(database, account(1, "店1"), account(2, "店2"), visit(1), visit(2, outcome="absent"))
    await plan(database, 1, 2)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        assert await reviews_of_day.praise(session, person, TODAY) == Praise("praise-plan", {"count": 2})
        await day_plans.add(session, person, 1, (await _another(session)).id)
        assert await reviews_of_day.praise(session, person, TODAY) is None
        (await session.get_one(DayPlan, 1)).target = 2
        assert await reviews_of_day.praise(session, person, TODAY) == Praise("praise-visits", {"count": 2, "target": 2})


async def _another(session: Any) -> Any:
    another = account(3, "店3")
    session.add(another)
    await session.flush()
    return another


@pytest.mark.parametrize("locale", LOCALES)
def test_every_praise_has_its_text(locale: str) -> None:
    texts = Texts()
    for one in (COMPLAINT, OPPONENT, KEY, PROMISE):
        assert texts.plain(locale, one.text_id, one.values)
    for count in (1, 2):
        assert str(count) in texts.plain(locale, "praise-visits", {"count": count, "target": 2})
        for text_id in ("praise-plan", "praise-report"):
            assert texts.plain(locale, text_id, {"count": count})
