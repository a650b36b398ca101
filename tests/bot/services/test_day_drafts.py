"""Day drafts: what was proposed stands still, what is ticked stays, until it is confirmed; on both databases."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Account, DayDraft, NextStep, Person, PlannedAccount, PlannedState, Promise, Role, Visit
from bot.services import day_drafts, day_plans
from bot.services.day_drafts import MOST_ACCOUNTS, DayIsFull, DayOver, Sketch
from rules.assessment import Assessment
from rules.facts import Fact
from tests.bot.handlers.days import TODAY, ago, engine

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
CHEN, LIN = 1, 2
TOMORROW = TODAY + dtm.timedelta(days=1)


async def evaluate(facts: Sequence[Fact]) -> Assessment:
    return engine().evaluate(facts)


async def fill(database: Database, *rows: object) -> None:
    """Chen with five accounts: 1 has an appointment, 2 owes a promise, 3 and 4 wait, 5 was seen; Lin with one, 9."""
    async with database.begin() as session:
        for number in (CHEN, LIN):
            session.add(
                Person(
                    id=number,
                    telegram_id=number,
                    name=str(number),
                    role=Role.MANAGER,
                    time_zone="Asia/Shanghai",
                    joined_at=NOW,
                )
            )
        await session.flush()
        owners = {1: CHEN, 2: CHEN, 3: CHEN, 4: CHEN, 5: CHEN, 9: LIN}
        session.add_all(
            Account(id=number, person_id=owner, name=f"店{number}", tier="B", created_at=NOW)
            for number, owner in owners.items()
        )
        await session.flush()
        days = {1: 2, 2: 2, 3: 20, 4: 16, 5: 1}
        session.add_all(
            Visit(person_id=CHEN, account_id=number, day=ago(day), outcome="info") for number, day in days.items()
        )
        session.add(
            NextStep(person_id=CHEN, account_id=1, agreed_on=ago(3), what="看样", due=TODAY, is_appointment=True)
        )
        session.add(Promise(person_id=CHEN, account_id=2, made_on=ago(9), what="样品", due=ago(2)))
        session.add_all(rows)


async def proposed(database: Database, day: dtm.date = TODAY, *, now: dtm.datetime = NOW) -> Sketch:
    async with database.begin() as session:
        return await day_drafts.propose(session, await session.get_one(Person, CHEN), day, now, evaluate)


async def ticked(database: Database, *ids: int, day: dtm.date = TODAY, now: dtm.datetime = NOW) -> list[int]:
    """Tick these, then what a later look finds chosen, in its order."""
    async with database.begin() as session:
        await day_drafts.tick(session, await session.get_one(Person, CHEN), day, ids, now)
    async with database.begin() as session:
        return chosen(await day_drafts.kept(session, await session.get_one(Person, CHEN), day, now))


def chosen(sketch: Sketch) -> list[int]:
    return [one.account.id for one in sketch.chosen]


def listed(sketch: Sketch) -> list[int]:
    return [one.account.id for one in sketch.listed]


async def test_the_list_stands_still_while_he_ticks_and_what_he_ticked_outlives_a_new_proposal(
    database: Database,
) -> None:
    await fill(database)
    sketch = await proposed(database)
    assert (listed(sketch), chosen(sketch)) == ([1, 2, 3, 4], [1, 2, 3])
    assert await ticked(database, 4, 5, 1) == [1, 5, 4]
    async with database.begin() as session:
        session.add(Visit(person_id=CHEN, account_id=4, day=TODAY, outcome="order"))
    again = await proposed(database)
    assert (listed(again), chosen(again)) == ([1, 4, 5, 2, 3], [1, 4, 5])


async def test_as_long_as_he_changed_nothing_the_newest_proposal_is_ticked(database: Database) -> None:
    await fill(database)
    await proposed(database)
    async with database.begin() as session:
        session.add(NextStep(person_id=CHEN, account_id=5, agreed_on=ago(1), what="急", due=TODAY, is_appointment=True))
    assert chosen(await proposed(database))[:2] == [1, 5]


async def test_the_first_ones_and_the_shorter_day_keep_what_must_be(database: Database) -> None:
    await fill(database)
    sketch = await proposed(database)
    assert (sketch.first(0), sketch.first(2), sketch.first(99)) == ([1], [1, 2], [1, 2, 3, 4])
    assert sketch.shorter() == [1, 2]
    assert await ticked(database, 3, 4) == [3, 4]
    async with database.begin() as session:
        sketch = await day_drafts.kept(session, await session.get_one(Person, CHEN), TODAY, NOW)
    assert sketch.shorter() == [3]


async def test_confirming_makes_the_plan_and_ends_the_draft(database: Database) -> None:
    await fill(database)
    await proposed(database)
    await ticked(database, 2, 5)
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        await day_drafts.confirm(session, chen, TODAY, NOW)
        with pytest.raises(AlreadyDone):
            await day_drafts.confirm(session, chen, TODAY, NOW)
        plan = await day_plans.plan_of(session, chen, TODAY)
        assert plan is not None
        assert [(item.account.id, len(item.planned.reasons)) for item in plan.items] == [(5, 0), (2, 1)]
        assert (plan.plan.target, plan.plan.arithmetic["proposed"]) == (2, 3)
        assert day_drafts.stands(plan, TODAY)


async def test_a_plan_that_has_not_started_is_what_its_draft_begins_with(database: Database) -> None:
    await fill(database)
    await proposed(database, TOMORROW)
    await ticked(database, 5, 4, day=TOMORROW)
    async with database.begin() as session:
        await day_drafts.confirm(session, await session.get_one(Person, CHEN), TOMORROW, NOW)
    assert set(chosen(await proposed(database, TOMORROW))) == {4, 5}


async def test_what_he_moved_to_the_day_is_ticked(database: Database) -> None:
    await fill(database)
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        plan = await day_plans.confirm(session, chen, TODAY, [5], target=1, arithmetic=None, reasons=(), now=NOW)
        item = await session.get_one(PlannedAccount, (plan.plan.id, 5))
        item.state, item.moved_to = PlannedState.MOVED, TOMORROW
    assert 5 in chosen(await proposed(database, TOMORROW))
    assert 5 not in listed(await proposed(database, TOMORROW + dtm.timedelta(days=1)))


async def settle(database: Database, account_id: int, **fields: object) -> None:
    """Let an account of yesterday's plan stand so."""
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        plan = await day_plans.plan_of(session, chen, ago(1))
        if plan is None:
            plan = await day_plans.confirm(
                session, chen, ago(1), [2, 3, 4, 5], target=4, arithmetic=None, reasons=(), now=NOW - dtm.timedelta(1)
            )
        item = await session.get_one(PlannedAccount, (plan.plan.id, account_id))
        for name, value in fields.items():
            setattr(item, name, value)


async def waiting(database: Database, day: dtm.date = TODAY) -> Sketch:
    async with database.begin() as session:
        return await day_drafts.kept(session, await session.get_one(Person, CHEN), day, NOW)


DROPPED = {"state": PlannedState.DROPPED, "reason": "客户没空", "settled_on": TODAY}
DONE = {"state": PlannedState.DONE, "settled_on": TODAY}


async def test_what_he_drops_or_does_of_yesterday_changes_the_list_that_waits(database: Database) -> None:
    await fill(database)
    await settle(database, 4)
    await proposed(database)
    await settle(database, 3, **DROPPED)
    found = await waiting(database)
    assert (listed(found), chosen(found)) == ([1, 2, 4, 3], [1, 2, 4]), "the next one takes its place"
    assert found.listed[-1].dropped == "客户没空"
    await settle(database, 4, **DONE)
    assert (listed(await waiting(database)), chosen(await waiting(database))) == ([1, 2, 3], [1, 2])
    await settle(database, 2, **DONE)
    assert chosen(await waiting(database)) == [1, 2], "done, but a promise is late there"
    for number in (3, 4):
        await settle(database, number, state=PlannedState.PLANNED, settled_on=None)
    assert (listed(await waiting(database)), chosen(await waiting(database))) == ([1, 2, 3, 4], [1, 2, 3])


async def test_what_was_ticked_goes_with_its_open_end_until_he_ticks_it_again(database: Database) -> None:
    await fill(database)
    await settle(database, 4)
    await proposed(database)
    await ticked(database, 1, 3, 4)
    await settle(database, 3, **DROPPED)
    await settle(database, 4, **DONE)
    assert chosen(await waiting(database)) == [1]
    async with database.begin() as session:
        await day_drafts.mark(session, await session.get_one(Person, CHEN), TODAY, 3, NOW, on=True)
    assert chosen(await waiting(database)) == [1, 3]
    assert chosen(await proposed(database)) == [1, 3]


async def test_an_end_that_was_settled_on_an_earlier_day_is_proposed_as_ever(database: Database) -> None:
    await fill(database)
    await settle(database, 3, **(DROPPED | {"settled_on": ago(1)}))
    assert (listed(await proposed(database)), chosen(await proposed(database))) == ([1, 2, 3, 4], [1, 2, 3])


async def test_another_number_keeps_what_he_chose_himself_and_takes_last_what_he_refused(database: Database) -> None:
    await fill(database)
    await settle(database, 5, state=PlannedState.MOVED, moved_to=TODAY)
    async with database.begin() as session:
        for seen in (await session.scalars(select(Visit).where(Visit.account_id == 5))).all():
            seen.day = ago(2)
    sketch = await proposed(database)
    assert (listed(sketch), chosen(sketch)) == ([1, 5, 2, 3, 4], [1, 5, 2, 3])
    assert (sketch.first(1), sketch.first(3)) == ([1, 5], [1, 5, 2])
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        await day_drafts.mark(session, chen, TODAY, 4, NOW, on=True)
        sketch = await day_drafts.mark(session, chen, TODAY, 2, NOW, on=False)
        assert chosen(sketch) == [1, 5, 3, 4]
        assert (set(sketch.first(3)), set(sketch.first(4))) == ({1, 5, 4}, {1, 5, 4, 3})
        assert set(sketch.first(5)) == {1, 2, 3, 4, 5}
        sketch = await day_drafts.tick(session, chen, TODAY, sketch.first(3), NOW)
        assert chosen(sketch) == [1, 5, 4]
        sketch = await day_drafts.tick(session, chen, TODAY, [1, 4], NOW)
        assert chosen(sketch) == [1, 4], "less time may leave out what was moved"


async def test_what_was_moved_and_visited_since_is_no_choice_of_his_any_more(database: Database) -> None:
    await fill(database, Visit(person_id=CHEN, account_id=4, day=ago(1), outcome="info"))
    await settle(database, 4, state=PlannedState.MOVED, moved_to=TODAY)
    assert 4 not in listed(await proposed(database))


async def test_whom_he_has_seen_today_is_not_proposed_again(database: Database) -> None:
    await fill(database, Visit(person_id=CHEN, account_id=3, day=TODAY, outcome="info"))
    sketch = await proposed(database)
    assert (listed(sketch), chosen(sketch), sketch.arithmetic.proposed) == ([1, 2, 4], [1, 2], 3)


async def test_a_plan_that_left_out_what_was_moved_there_begins_without_it(database: Database) -> None:
    await fill(database)
    await settle(database, 4, state=PlannedState.MOVED, moved_to=TOMORROW)
    await proposed(database, TOMORROW)
    assert await ticked(database, 3, day=TOMORROW) == [3]
    async with database.begin() as session:
        await day_drafts.confirm(session, await session.get_one(Person, CHEN), TOMORROW, NOW)
    assert chosen(await proposed(database, TOMORROW)) == [3]


async def test_drafts_of_days_that_are_over_go(database: Database) -> None:
    await fill(database)
    await proposed(database)
    later = NOW + dtm.timedelta(days=1)
    await proposed(database, TOMORROW, now=later)
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        assert await session.get(DayDraft, (CHEN, TODAY)) is None
        with pytest.raises(DayOver):
            await day_drafts.kept(session, chen, TODAY, later)


async def test_what_cannot_be_is_refused(database: Database) -> None:
    await fill(database)
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        with pytest.raises(AlreadyDone):
            await day_drafts.kept(session, chen, TODAY, NOW)
        for day in (ago(1), TODAY + dtm.timedelta(days=15)):
            with pytest.raises(DayOver):
                await day_drafts.propose(session, chen, day, NOW, evaluate)
        await day_drafts.propose(session, chen, TODAY, NOW, evaluate)
        for ids in ([9], [1, 987]):
            with pytest.raises(NoSuchRecord):
                await day_drafts.tick(session, chen, TODAY, ids, NOW)
        with pytest.raises(DayIsFull):
            await day_drafts.tick(session, chen, TODAY, range(MOST_ACCOUNTS + 1), NOW)
