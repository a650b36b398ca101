"""Proposals: a look's reasons are kept until something changes or the day turns; flags count once."""

from __future__ import annotations

import datetime as dtm
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models import Account, Complaint, Evaluation, Flag, Person, Promise, Proposal, Role
from bot.services import flags, proposals
from bot.services.proposals import Reason, reasons_of
from rules.assessment import Assessment
from rules.compiler import Catalogue
from rules.engine import EngineError, RuleEngine
from rules.facts import Fact
from tests.rules.builders import quiet

NOW = dtm.datetime(2026, 11, 25, 17, 30, tzinfo=dtm.UTC)
"""01:30 on Thursday, 26 November in Shanghai: the night's look."""
MORNING = NOW + dtm.timedelta(hours=7)
TODAY = dtm.date(2026, 11, 26)
TOMORROW = TODAY + dtm.timedelta(days=1)


@cache
def engine() -> RuleEngine:
    return RuleEngine(Catalogue.load())


async def judge(facts: Sequence[Fact]) -> Assessment:
    return engine().evaluate(facts)


async def nobody(_facts: Sequence[Fact]) -> Assessment:
    raise EngineError("planted")


async def lay(session: AsyncSession) -> Person:
    """A manager with two accounts, a promise that is due and a complaint."""
    person = Person(telegram_id=1, name="陈", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
    session.add(person)
    await session.flush()
    who = {"person_id": person.id}
    session.add_all([Account(id=number, name=f"店{number}", tier="B", created_at=NOW, **who) for number in (7, 8)])
    await session.flush()
    session.add_all(
        [
            Promise(account_id=7, made_on=dtm.date(2026, 11, 2), what="送样品", due=TODAY, **who),
            Complaint(account_id=8, made_on=TODAY, text="送货慢", **who),
        ]
    )
    await session.flush()
    return person


def asked(reasons: list[Reason] | None) -> dict[tuple[int, str], int]:
    return {(one.account_id, one.code): one.points for one in reasons or []}


FOUND = {(7, "promise_due"): 95, (7, "contact_overdue"): 24, (8, "complaint"): 100, (8, "contact_overdue"): 24}


async def test_what_was_found_is_kept_until_the_person_does_something(database: Database) -> None:
    async with database.begin() as session:
        person = await lay(session)
        assert await proposals.stored(session, person, TODAY) is None
        found = await proposals.fresh(session, person, TODAY, judge, NOW)
        assert asked(found) == FOUND
        assert await proposals.stored(session, person, TODAY) is None  # no look has been made yet
        flags.looked_at(person, NOW, flags.next_look(person, NOW))
    async with database.begin() as session:
        person = await session.get_one(Person, person.id)
        assert await proposals.stored(session, person, TODAY) == found
        assert await proposals.stored(session, person, TOMORROW) is None
        flags.look_soon(person, MORNING)
        assert await proposals.stored(session, person, TODAY) is None


@pytest.mark.parametrize("seconds", [-61, -60.5, -59, -1, 0, 1])
async def test_a_change_just_before_a_daily_look_is_noticed(database: Database, seconds: float) -> None:
    async with database.begin() as session:
        person = await lay(session)
        flags.looked_at(person, NOW, flags.next_look(person, NOW))
        await proposals.fresh(session, person, TODAY, judge, NOW)
        assert person.evaluate_at is not None
        flags.look_soon(person, person.evaluate_at + dtm.timedelta(seconds=seconds))
        assert await proposals.stored(session, person, TODAY) is None


async def test_a_later_look_takes_the_place_of_the_one_before(database: Database) -> None:
    async with database.begin() as session:
        person = await lay(session)
        await proposals.fresh(session, person, TODAY, judge, NOW)
        await session.delete(await session.scalar(select(Complaint)))
        await session.flush()
        flags.looked_at(person, MORNING, flags.next_look(person, MORNING))
        found = await proposals.fresh(session, person, TODAY, judge, MORNING)
        assert asked(found) == {about: points for about, points in FOUND.items() if about[1] != "complaint"}
        assert await proposals.stored(session, person, TODAY) == found
        assert await session.scalar(select(func.count()).select_from(Proposal)) == 1


async def test_a_day_to_come_is_found_and_leaves_todays_reasons_alone(database: Database) -> None:
    async with database.begin() as session:
        person = await lay(session)
        flags.looked_at(person, NOW, flags.next_look(person, NOW))
        today = await proposals.fresh(session, person, TODAY, judge, NOW)
        tomorrow = await proposals.fresh(session, person, TOMORROW, judge, NOW)
        assert asked(tomorrow).keys() - asked(today).keys() == {(7, "promise_overdue"), (7, "warning_flag")}
        assert await proposals.stored(session, person, TODAY) == today


async def test_a_failing_engine_leaves_what_was_found_alone(database: Database) -> None:
    async with database.begin() as session:
        person = await lay(session)
        flags.looked_at(person, NOW, flags.next_look(person, NOW))
        found = await proposals.fresh(session, person, TODAY, judge, NOW)
        with pytest.raises(EngineError):
            await proposals.fresh(session, person, TODAY, nobody, NOW)
        assert await proposals.stored(session, person, TODAY) == found


async def test_a_flag_that_was_put_off_or_disputed_is_no_reason(database: Database) -> None:
    async with database.begin() as session:
        person = await lay(session)
        evaluation = Evaluation(person_id=person.id, day=TODAY, evaluated_at=NOW, rule_set="x", facts=[])
        session.add(evaluation)
        await session.flush()
        values = {"severity": "warning", "is_private": False, "advice": "x", "clears": "x", "derivation": {}}
        flag = Flag(person_id=person.id, evaluation_id=evaluation.id, account_id=7, habit="broken_promise", **values)
        flag.opened_at = NOW
        session.add(flag)
        await session.flush()

        async def is_named() -> bool:
            return (7, "warning_flag") in asked(await proposals.fresh(session, person, TOMORROW, judge, NOW))

        assert await is_named()
        flags.put_off(flag, TOMORROW)
        assert await is_named()
        flags.put_off(flag, TOMORROW + dtm.timedelta(days=1))
        assert not await is_named()
        flag.snoozed_until = None
        flags.dispute(flag, "数字不对", NOW)
        assert not await is_named()


def found(*facts: Fact) -> Assessment:
    return engine().evaluate(facts)


BOTH = found(
    quiet("commitments", "7", most_workdays_late=1), quiet("account", "7"), quiet("agenda", "7", promises_overdue=1)
)


def test_the_flags_of_an_account_count_once_by_the_heaviest_and_its_name() -> None:
    assert [(one.code, one.points, one.text_id) for one in reasons_of(BOTH)] == [
        ("critical_flag", 90, "habit-trust_at_risk"),
        ("promise_overdue", 80, "plan-why-promise-overdue"),
    ]


def test_where_the_heaviest_is_silent_the_next_one_counts() -> None:
    silent = {(7, "trust_at_risk")}
    assert [one.text_id for one in reasons_of(BOTH, silent) if one.code == "critical_flag"] == ["habit-broken_promise"]
    silent |= {(7, "broken_promise")}
    assert [one.code for one in reasons_of(BOTH, silent)] == ["promise_overdue"]
    assert len(reasons_of(BOTH, {(8, "trust_at_risk"), (8, "broken_promise")})) == 2


def test_a_team_may_weigh_a_warning_more_than_a_critical_flag() -> None:
    light = replace(
        BOTH, priorities=tuple(replace(one, points=1) if "critical" in one.code else one for one in BOTH.priorities)
    )
    assert [one.code for one in reasons_of(light)] == ["promise_overdue", "warning_flag"]


def test_a_reason_survives_json() -> None:
    reasons = reasons_of(BOTH)
    kept = json.loads(json.dumps([one.as_json() for one in reasons]))
    assert [Reason.from_json(one) for one in kept] == reasons
