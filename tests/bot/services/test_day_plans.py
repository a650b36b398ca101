"""Day plans: made, replaced, changed and settled by their manager alone; what is left open; on both databases."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord, TooLateToUndo, UnclearDate
from bot.models import DayPlan, NextStep, Person, PlannedAccount, Policy, Visit
from bot.services import day_plans, histories, planning
from bot.services.day_plans import Plan
from bot.services.facts import facts_of
from bot.services.planning import Basis
from bot.services.proposals import Reason
from bot.workdays import Workdays
from rules.compiler import Catalogue
from rules.matcher import Matcher
from tests.bot.services.test_accounts import CHEN, LIN, NOW, TODAY, account, fill

DAY = dtm.timedelta(days=1)
TOMORROW, YESTERDAY = TODAY + DAY, TODAY - DAY


class Manager:
    """Chen with his session."""

    def __init__(self, session: AsyncSession, person: Person) -> None:
        self.session, self.person = session, person

    async def confirm(self, *ids: int, day: dtm.date = TODAY, now: dtm.datetime = NOW, **more: Any) -> Plan:
        values = {"target": 6, "arithmetic": None, "reasons": (), "now": now, **more}
        return await day_plans.confirm(self.session, self.person, day, ids, **values)

    async def plan(self, day: dtm.date = TODAY) -> Plan:
        found = await day_plans.plan_of(self.session, self.person, day)
        assert found is not None
        return found

    async def states(self, day: dtm.date = TODAY) -> dict[int, str]:
        return {one.account.id: one.planned.state for one in (await self.plan(day)).items}

    async def done(self, plan_id: int, account_id: int, now: dtm.datetime = NOW) -> PlannedAccount:
        return await day_plans.settle_done(self.session, self.person, plan_id, account_id, now)

    async def move(self, plan_id: int, account_id: int, to: dtm.date, today: dtm.date = TODAY) -> PlannedAccount:
        return await day_plans.settle_move(self.session, self.person, plan_id, account_id, to, today=today)

    async def drop(self, plan_id: int, account_id: int, reason: str = "客户没空") -> PlannedAccount:
        return await day_plans.settle_drop(self.session, self.person, plan_id, account_id, reason, today=TODAY)

    async def open_ends(self, today: dtm.date = TODAY) -> list[tuple[dtm.date, int]]:
        found = await day_plans.open_ends(self.session, self.person, today)
        return [(one.plan.day, one.account.id) for one in found]

    async def visits(self) -> int:
        return await self.session.scalar(select(func.count()).select_from(Visit)) or 0


@asynccontextmanager
async def chen(database: Database, *rows: object) -> Any:
    """Chen with accounts 1 to 6 of his and 9 of Lin."""
    mine = [account(number, f"店{number}") for number in range(1, 7)]
    await fill(database, *mine, account(9, "别人的", LIN), account(8, "走了的", archived_on=YESTERDAY), *rows)
    async with database.begin() as session:
        yield Manager(session, await session.get_one(Person, CHEN))


def visit(account_id: int, day: dtm.date = TODAY, by: int = CHEN, outcome: str = "info") -> Visit:
    return Visit(person_id=by, account_id=account_id, day=day, outcome=outcome, text="谈了陈列")


async def test_a_plan_keeps_its_order_its_arithmetic_and_each_accounts_reasons(database: Database) -> None:
    arithmetic = planning.reckon(Basis([], Policy(), Workdays()), TODAY)
    reasons = [Reason(3, "potential", 5, "plan-why-potential", {"unwon_pct": 60}), Reason(5, "complaint", 9, "x", {})]
    async with chen(database, visit(1, outcome="absent"), visit(3, by=LIN), visit(3, YESTERDAY)) as manager:
        await manager.confirm(3, 1, 3, target=4, arithmetic=arithmetic, reasons=reasons)
        plan = await manager.plan()
        assert [(one.account.id, one.visited) for one in plan.items] == [(3, False), (1, True)]
        assert [one.account.id for one in plan.still_open] == [3]
        assert (plan.plan.target, plan.plan.made_at) == (4, NOW)
        assert planning.Arithmetic.from_json(plan.plan.arithmetic) == arithmetic
        assert [Reason.from_json(one) for one in plan.items[0].planned.reasons] == reasons[:1]
        assert plan.items[1].planned.reasons == []
        assert await day_plans.plan_of(manager.session, manager.person, TOMORROW) is None


async def test_only_accounts_of_his_own_book_are_planned(database: Database) -> None:
    async with chen(database) as manager:
        for foreign in (9, 8, 77):
            with pytest.raises(NoSuchRecord):
                await manager.confirm(1, foreign)
        assert await day_plans.plan_of(manager.session, manager.person, TODAY) is None
        plan = await manager.confirm(1)
        for foreign in (9, 8, 77):
            with pytest.raises(NoSuchRecord):
                await day_plans.add(manager.session, manager.person, plan.plan.id, foreign)


Act = Callable[[AsyncSession, Person, int], Coroutine[Any, Any, Any]]
ACTS: dict[str, Act] = {
    "own": day_plans.own,
    "add": lambda session, person, plan: day_plans.add(session, person, plan, 9),
    "done": lambda session, person, plan: day_plans.settle_done(session, person, plan, 1, NOW),
    "move": lambda session, person, plan: day_plans.settle_move(session, person, plan, 1, TOMORROW, today=TODAY),
    "drop": lambda session, person, plan: day_plans.settle_drop(session, person, plan, 1, "x", today=TODAY),
    "reopen": lambda session, person, plan: day_plans.reopen(session, person, plan, 1, NOW),
}


async def test_nobody_touches_the_plan_of_another(database: Database) -> None:
    async with chen(database) as manager:
        plan = await manager.confirm(1, 2)
        lin = await manager.session.get_one(Person, LIN)
        for name, act in ACTS.items():
            for person, plan_id in ((lin, plan.plan.id), (manager.person, 99)):
                with pytest.raises(NoSuchRecord):
                    await act(manager.session, person, plan_id)
                    pytest.fail(name)
        assert await manager.states() == {1: "planned", 2: "planned"}


async def test_a_plan_is_replaced_until_its_day_has_started(database: Database) -> None:
    async with chen(database) as manager:
        await manager.confirm(1, 2, day=TOMORROW)
        plan = await manager.confirm(2, 3, day=TOMORROW, target=2)
        assert [one.account.id for one in plan.items] == [2, 3]
        assert not day_plans.has_started(plan, TODAY)
        assert day_plans.has_started(plan, TOMORROW), "confirmed, and its day has come"
        with pytest.raises(AlreadyDone):
            await manager.confirm(1, day=TOMORROW, now=NOW + DAY)
        await manager.drop(plan.plan.id, 2)
        assert day_plans.has_started(await manager.plan(TOMORROW), TODAY), "settled"


async def test_an_imported_plan_starts_with_the_first_visit(database: Database) -> None:
    async with chen(database) as manager:
        manager.session.add(DayPlan(id=1, person_id=CHEN, day=TODAY, target=6))
        await manager.session.flush()
        manager.session.add(PlannedAccount(plan_id=1, account_id=1, position=0))
        await manager.session.flush()
        assert not day_plans.has_started(await manager.plan(), TODAY)
        assert day_plans.has_started(await manager.plan(), TOMORROW), "it is over"
        manager.session.add(visit(1))
        await manager.session.flush()
        assert day_plans.has_started(await manager.plan(), TODAY)
        with pytest.raises(AlreadyDone):
            await manager.confirm(2)


async def test_the_manager_changes_a_day_that_has_started(database: Database) -> None:
    async with chen(database) as manager:
        plan_id = (await manager.confirm(1, 2)).plan.id
        for _ in range(2):
            await day_plans.add(manager.session, manager.person, plan_id, 3)
        await manager.drop(plan_id, 1)
        assert await manager.states() == {1: "dropped", 2: "planned", 3: "planned"}
        assert [one.account.id for one in (await manager.plan()).to_visit] == [2, 3]
        await day_plans.add(manager.session, manager.person, plan_id, 1)
        assert await manager.states() == {1: "planned", 2: "planned", 3: "planned"}


async def test_each_planned_account_is_settled_once(database: Database) -> None:
    async with chen(database) as manager:
        plan_id = (await manager.confirm(1, 2, 3)).plan.id
        await manager.done(plan_id, 1)
        await manager.move(plan_id, 2, TOMORROW)
        dropped = await manager.drop(plan_id, 3, "忙" * 300)
        assert await manager.states() == {1: "done", 2: "moved", 3: "dropped"}
        assert dropped.reason == "忙" * 256
        for settled in (1, 3):
            for again in (manager.done(plan_id, settled), manager.drop(plan_id, settled)):
                with pytest.raises(AlreadyDone):
                    await again
            with pytest.raises(AlreadyDone):
                await manager.move(plan_id, settled, TOMORROW)
        with pytest.raises(AlreadyDone):
            await manager.move(plan_id, 2, TOMORROW)
        with pytest.raises(NoSuchRecord):
            await manager.done(plan_id, 4)
        moved = await manager.move(plan_id, 2, TOMORROW + DAY)
        assert moved.moved_to == TOMORROW + DAY
        assert (await manager.done(plan_id, 2)).moved_to is None


async def test_done_with_one_tap_makes_one_visit_and_can_be_taken_back(database: Database) -> None:
    meeting = NextStep(person_id=CHEN, account_id=1, agreed_on=YESTERDAY, what="看样", due=TODAY, is_appointment=True)
    async with chen(database, visit(2), meeting) as manager:
        plan_id = (await manager.confirm(1, 2)).plan.id
        await manager.done(plan_id, 2)
        assert await manager.visits() == 1, "it was noted already"
        await manager.done(plan_id, 1)
        assert await manager.visits() == 2
        assert all(one.visited for one in (await manager.plan()).items)
        step = await manager.session.get_one(NextStep, 1, populate_existing=True)
        assert step.done_on == TODAY
        for number in (1, 2):
            await day_plans.reopen(manager.session, manager.person, plan_id, number, NOW)
        assert await manager.states() == {1: "planned", 2: "planned"}
        assert [one.visited for one in (await manager.plan()).items] == [False, True], "what was noted stays"
        await manager.done(plan_id, 1)
        with pytest.raises(TooLateToUndo):
            await day_plans.reopen(manager.session, manager.person, plan_id, 1, NOW + dtm.timedelta(minutes=11))


@pytest.mark.parametrize(("back", "made"), [(3, 1), (4, 0)])
async def test_no_visit_is_made_further_back_than_may_be_noted(database: Database, back: int, made: int) -> None:
    async with chen(database) as manager:
        then = back * DAY
        plan_id = (await manager.confirm(1, day=TODAY - then, now=NOW - then)).plan.id
        planned = await manager.done(plan_id, 1)
        assert (planned.state, await manager.visits()) == ("done", made)


async def test_a_plan_of_tomorrow_is_done_today(database: Database) -> None:
    async with chen(database) as manager:
        plan_id = (await manager.confirm(1, day=TOMORROW)).plan.id
        await manager.done(plan_id, 1)
        assert await manager.session.scalar(select(Visit.day)) == TODAY
        await day_plans.reopen(manager.session, manager.person, plan_id, 1, NOW)
        assert await manager.visits() == 0


async def test_what_is_moved_is_put_on_the_plan_of_that_day(database: Database) -> None:
    async with chen(database) as manager:
        plan_id = (await manager.confirm(1, 2, day=YESTERDAY, now=NOW - DAY)).plan.id
        for day in (YESTERDAY, YESTERDAY - DAY):
            with pytest.raises(UnclearDate):
                await manager.move(plan_id, 1, day)
        today_id = (await manager.confirm(2, 3)).plan.id
        await manager.drop(today_id, 2)
        await manager.move(plan_id, 1, TODAY)
        await manager.move(plan_id, 2, TODAY)
        assert await manager.states() == {2: "planned", 3: "planned", 1: "planned"}
        assert [one.account.id for one in (await manager.plan()).items] == [2, 3, 1]
        with pytest.raises(UnclearDate):
            await manager.move(today_id, 3, TODAY)


async def test_open_ends_are_the_last_plans_that_came_to_nothing(database: Database) -> None:
    before = TODAY - 2 * DAY
    async with chen(database, visit(2, TODAY), visit(3, before - DAY), visit(4, by=LIN)) as manager:
        then = before - TODAY
        first = (await manager.confirm(1, 2, 3, 4, day=before, now=NOW + then)).plan.id
        second = (await manager.confirm(1, 5, 6, day=YESTERDAY, now=NOW - DAY)).plan.id
        await manager.confirm(6, day=TOMORROW)
        assert await manager.open_ends() == [(YESTERDAY, 1), (YESTERDAY, 5), (before, 3), (before, 4)]
        await manager.done(second, 1)
        await manager.drop(second, 5)
        await manager.move(first, 3, TOMORROW)
        await manager.move(first, 4, TOMORROW + DAY)
        assert await manager.open_ends() == []
        ends = await manager.open_ends(TOMORROW + 2 * DAY)
        assert ends == [(TOMORROW, 6), (TOMORROW, 3), (before, 4)], "moved to a day that went by without it"
        assert await manager.open_ends(TOMORROW + 15 * DAY) == []
        assert await manager.open_ends(before) == []


async def test_what_was_dropped_still_counts_as_planned(database: Database) -> None:
    """plan_not_followed judges the plan as it was made (domain.md §4)."""
    async with chen(database, visit(1, YESTERDAY)) as manager:
        plan_id = (await manager.confirm(1, 2, 3, day=YESTERDAY, now=NOW - DAY)).plan.id
        await manager.drop(plan_id, 2)
        await manager.move(plan_id, 3, TOMORROW)
        history = (await histories.gather(manager.session, [manager.person], {CHEN: TODAY}, is_over=False))[CHEN]
        (fact,) = [one for one in facts_of(history, Matcher(Catalogue.load())) if one["k"] == "manager"]
    assert (fact["planned_days"], fact["planned_accounts"], fact["fulfilled_accounts"]) == (1, 3, 1)
