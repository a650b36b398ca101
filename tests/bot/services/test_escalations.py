"""Escalations: which flags are announced and told on which workday, to whom, once; on both databases."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import (
    Aside,
    Escalation,
    Evaluation,
    Flag,
    LeadAnswer,
    Leave,
    Membership,
    Person,
    Policy,
    Reminder,
    Role,
    Team,
)
from bot.services import demo, escalations, people, policies, schedules
from rules.compiler import Catalogue
from tests.bot.escalating import CHEN, LEAD, LIN, MONDAY, OWNER, at, chain

NOW = at(0)


@pytest.fixture
async def team(database: Database) -> dict[int, Person]:
    """The demo team: two managers, their lead and the owner."""
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        return {number: await found(session, number) for number in (CHEN, LIN, LEAD, OWNER)}


async def found(session: Any, telegram_id: int) -> Person:
    person = await people.find(session, telegram_id)
    assert person is not None
    return person


async def raised(database: Database, person: Person, opened_at: dtm.datetime = NOW, **columns: Any) -> int:
    """An open flag; its id."""
    async with database.begin() as session:
        evaluation = Evaluation(person_id=person.id, day=MONDAY, evaluated_at=NOW, rule_set="r", facts=[])
        session.add(evaluation)
        await session.flush()
        values = {
            "habit": "broken_promise",
            "severity": "warning",
            "is_private": False,
            "advice": "a",
            "clears": "c",
            "derivation": chain(None),
        } | columns
        flag = Flag(person_id=person.id, evaluation_id=evaluation.id, opened_at=opened_at, **values)
        session.add(flag)
    return flag.id


async def announced(database: Database, person: Person, now: dtm.datetime) -> list[int]:
    """What the manager is told now, and note that he was."""
    async with database.begin() as session:
        manager = await session.get_one(Person, person.id)
        due = (await escalations.to_announce(session, [manager], now))[manager.id]
        await escalations.announce(session, manager, due, now)
        return [one.flag.id for one in due]


async def heard(database: Database, person: Person, now: dtm.datetime) -> list[int]:
    """What the lead is told now, and note that he was."""
    async with database.begin() as session:
        lead = await session.get_one(Person, person.id)
        told = await escalations.to_tell(session, lead, now)
        escalations.tell(told, now)
        if told:
            slot = schedules.slot_of(lead.id, Aside.ESCALATION, key=f"{lead.id}:{now}", day=MONDAY, due_at=now)
            await schedules.plan(session, [slot | {"state": "queued", "settled_at": now}])
        return [one.flag.id for one in told]


async def days(database: Database, team: dict[int, Person], until: int, manager: int = CHEN) -> list[tuple[int, str]]:
    """On which days after Monday the manager and his lead hear of something."""
    told: list[tuple[int, str]] = []
    for day in range(until + 1):
        told += [(day, "manager")] * bool(await announced(database, team[manager], at(day)))
        told += [(day, "lead")] * bool(await heard(database, team[LEAD], at(day, 9)))
    return told


async def test_a_warning_is_told_on_the_fifth_workday_and_announced_on_the_one_before(
    database: Database, team: dict[int, Person]
) -> None:
    await raised(database, team[CHEN])
    assert await days(database, team, 12) == [(4, "manager"), (7, "lead")]


async def test_a_critical_one_is_told_on_the_next_workday(database: Database, team: dict[int, Person]) -> None:
    await raised(database, team[CHEN], severity="critical")
    assert await days(database, team, 6) == [(0, "manager"), (1, "lead")]


async def test_leave_and_weekends_do_not_count(database: Database, team: dict[int, Person]) -> None:
    async with database.begin() as session:
        session.add(Leave(person_id=team[CHEN].id, first_day=MONDAY, last_day=MONDAY + dtm.timedelta(days=2)))
    await raised(database, team[CHEN], at(-3))
    assert await days(database, team, 14) == [(8, "manager"), (9, "lead")]


async def test_the_policy_says_how_many_workdays(database: Database, team: dict[int, Person]) -> None:
    async with database.begin() as session:
        (east,) = await session.scalars(select(Team))
        east.overrides = {"escalate_warning_workdays": 2, "escalate_critical_workdays": 3}
    warning, critical = await raised(database, team[CHEN]), await raised(database, team[LIN], severity="critical")
    assert await announced(database, team[CHEN], at(1)) == [warning]
    assert await announced(database, team[LIN], at(1)) == []
    assert await announced(database, team[LIN], at(2)) == [critical]
    assert await heard(database, team[LEAD], at(2)) == [warning]
    assert await heard(database, team[LEAD], at(3)) == [critical]


@pytest.mark.parametrize(
    "columns",
    [
        {"is_private": True},
        {"severity": "notice"},
        {"cleared_at": at(1)},
        {"snoozed_until": MONDAY + dtm.timedelta(days=30)},
    ],
)
async def test_private_light_cleared_and_put_off_flags_reach_nobody(
    database: Database, team: dict[int, Person], columns: dict[str, Any]
) -> None:
    await raised(database, team[CHEN], **columns)
    assert await days(database, team, 12) == []


async def test_a_disputed_flag_is_told_with_the_reason(database: Database, team: dict[int, Person]) -> None:
    flag_id = await raised(database, team[CHEN], disputed_at=at(1), dispute="标准太严")
    assert await days(database, team, 8) == [(4, "manager"), (7, "lead")]
    async with database.read() as session:
        told = await escalations.told(session, team[LEAD], flag_id)
    assert told.flag.dispute == "标准太严"


async def test_what_is_put_off_is_announced_anew_before_the_lead_hears(
    database: Database, team: dict[int, Person]
) -> None:
    flag_id = await raised(database, team[CHEN])
    assert await announced(database, team[CHEN], at(4)) == [flag_id]
    async with database.begin() as session:
        (await session.get_one(Flag, flag_id)).snoozed_until = MONDAY + dtm.timedelta(days=8)
    assert await heard(database, team[LEAD], at(7)) == []
    assert await heard(database, team[LEAD], at(8)) == []
    assert await announced(database, team[CHEN], at(8)) == [flag_id]
    assert await heard(database, team[LEAD], at(8, 10)) == []
    assert await heard(database, team[LEAD], at(9)) == [flag_id]


async def test_what_cleared_in_between_is_not_told(database: Database, team: dict[int, Person]) -> None:
    flag_id = await raised(database, team[CHEN])
    assert await announced(database, team[CHEN], at(4)) == [flag_id]
    async with database.begin() as session:
        (await session.get_one(Flag, flag_id)).cleared_at = at(5)
    assert await heard(database, team[LEAD], at(7)) == []


async def test_a_combination_is_told_and_its_parts_are_not(database: Database, team: dict[int, Person]) -> None:
    part = chain(None)
    whole = part | {"layer": "combination", "code": "cannot_keep_up", "rule": "x", "because": [part]}
    await raised(database, team[CHEN])
    flag_id = await raised(database, team[CHEN], habit="cannot_keep_up", severity="critical", derivation=whole)
    assert await announced(database, team[CHEN], at(4)) == [flag_id]


@pytest.mark.parametrize("how", ["moved", "removed", "demoted", "never joined"])
async def test_without_a_lead_nobody_is_told(database: Database, team: dict[int, Person], how: str) -> None:
    await raised(database, team[CHEN], severity="critical")
    async with database.begin() as session:
        lead = await session.get_one(Person, team[LEAD].id)
        if how == "moved":
            await session.execute(delete(Membership).where(Membership.person_id == lead.id))
        elif how == "removed":
            lead.removed_at = NOW
        elif how == "demoted":
            lead.role = Role.MANAGER
        else:
            lead.telegram_id = None
    assert await days(database, team, 3) == []
    async with database.begin() as session:
        assert await escalations.slots(session, at(0)) == []


async def test_each_of_two_leads_hears_once_and_an_answered_one_not_at_all(
    database: Database, team: dict[int, Person]
) -> None:
    async with database.begin() as session:
        (east,) = await session.scalars(select(Team))
        second = Person(telegram_id=2005, name="二", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(second)
        await session.flush()
        session.add(Membership(person_id=second.id, team_id=east.id))
    first = await raised(database, team[CHEN], severity="critical")
    await announced(database, team[CHEN], at(0))
    assert await heard(database, team[LEAD], at(1, 8)) == [first]
    assert await heard(database, second, at(1, 9)) == [first]
    assert await heard(database, second, at(1, 10)) == await heard(database, team[LEAD], at(1, 10)) == []
    other = await raised(database, team[LIN], at(1), severity="critical")
    await announced(database, team[LIN], at(1))
    assert await heard(database, team[LEAD], at(2, 8)) == [other]
    async with database.begin() as session:
        await escalations.answer(session, team[LEAD], other, LeadAnswer.TALK, at(2, 9))
    assert await heard(database, second, at(2, 10)) == []


async def test_an_answer_is_kept_once(database: Database, team: dict[int, Person]) -> None:
    flag_id = await raised(database, team[CHEN], severity="critical")
    await announced(database, team[CHEN], at(0))
    async with database.begin() as session:
        with pytest.raises(NoSuchRecord):  # he has not been told yet
            await escalations.answer(session, team[LEAD], flag_id, LeadAnswer.HELP, at(0))
    await heard(database, team[LEAD], at(1))
    async with database.begin() as session:
        await escalations.answer(session, team[LEAD], flag_id, LeadAnswer.HELP, at(1, 9))
    async with database.begin() as session:
        with pytest.raises(AlreadyDone):
            await escalations.answer(session, team[LEAD], flag_id, LeadAnswer.TALK, at(1, 10))
        kept = await session.get_one(Escalation, flag_id)
    assert (kept.answer, kept.answered_at, kept.answered_by) == ("help", at(1, 9), team[LEAD].id)


async def test_a_cleared_flag_needs_no_answer(database: Database, team: dict[int, Person]) -> None:
    flag_id = await raised(database, team[CHEN], severity="critical")
    await announced(database, team[CHEN], at(0))
    await heard(database, team[LEAD], at(1))
    async with database.begin() as session:
        (await session.get_one(Flag, flag_id)).cleared_at = at(1)
        with pytest.raises(AlreadyDone):
            await escalations.answer(session, team[LEAD], flag_id, LeadAnswer.HELP, at(1, 10))


@pytest.mark.parametrize("asker", [CHEN, LIN, "west", "former"])
async def test_nobody_but_his_lead_sees_or_answers(
    database: Database, team: dict[int, Person], asker: int | str
) -> None:
    flag_id = await raised(database, team[CHEN], severity="critical", disputed_at=NOW, dispute="x")
    await announced(database, team[CHEN], at(0))
    await heard(database, team[LEAD], at(1))
    who = team[asker] if isinstance(asker, int) else team[LEAD]
    async with database.begin() as session:
        if asker == "west":
            west = Team(name="城西", overrides={}, created_at=NOW)
            who = Person(telegram_id=2005, name="西", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
            session.add_all([west, who])
            await session.flush()
            session.add(Membership(person_id=who.id, team_id=west.id))
        elif asker == "former":
            await session.execute(delete(Membership).where(Membership.person_id == who.id))
    async with database.begin() as session:
        for said in LeadAnswer:
            with pytest.raises(NoSuchRecord):
                await escalations.answer(session, who, flag_id, said, at(1, 10))
        with pytest.raises(NoSuchRecord):
            await escalations.told(session, who, flag_id)
        assert (await session.get_one(Escalation, flag_id)).answered_at is None


async def test_a_private_flag_is_nobodys_even_disputed(database: Database, team: dict[int, Person]) -> None:
    flag_id = await raised(database, team[CHEN], is_private=True, disputed_at=NOW, dispute="x")
    async with database.read() as session:
        assert await escalations.disputed(session, [team[CHEN]]) == []
        for asker in (LEAD, OWNER):
            with pytest.raises(NoSuchRecord):
                await escalations.told(session, team[asker], flag_id)


async def planned(database: Database, now: dtm.datetime) -> Sequence[str]:
    async with database.begin() as session:
        await schedules.plan(session, await escalations.slots(session, now))
    async with database.read() as session:
        return list(await session.scalars(select(Reminder.key).order_by(Reminder.id)))


async def test_what_is_planned_has_one_name_for_each_day_and_comes_at_its_hour(
    database: Database, team: dict[int, Person]
) -> None:
    chen, lead = team[CHEN].id, team[LEAD].id
    await raised(database, team[CHEN], severity="critical")
    for hour in (0, 7, 8, 9, 11, 15, 20):  # in the morning it stands in the prompt of the day
        assert await planned(database, at(0, hour)) == []
    evening = f"forewarning:{chen}:2026-11-23"
    assert await planned(database, at(0, 18, 0)) == await planned(database, at(0, 19, 59)) == [evening]
    await announced(database, team[CHEN], at(0, 18, 0))
    assert (await planned(database, at(1)))[1:] == [f"escalation:{lead}:2026-11-24"]
    assert len(await planned(database, at(1, 18, 0))) == 2  # each once a day


async def test_a_workday_has_one_forewarning(database: Database, team: dict[int, Person]) -> None:
    first = await raised(database, team[CHEN], severity="critical")
    assert await announced(database, team[CHEN], at(0)) == [first]
    later = await raised(database, team[CHEN], at(0, 11), habit="vague_promise", severity="critical")
    assert await planned(database, at(0, 18, 0)) == []
    assert await announced(database, team[CHEN], at(0, 18, 0)) == []
    async with database.read() as session:
        chen = await session.get_one(Person, team[CHEN].id)
        assert [one.flag.id for one in await escalations.announced_today(session, chen, at(0, 18, 0))] == [first]
    assert await announced(database, team[CHEN], at(1)) == [later]
    assert await heard(database, team[LEAD], at(1)) == [first]
    assert await heard(database, team[LEAD], at(2)) == [later]


async def waiting(database: Database, person: Person, now: dtm.datetime) -> list[int]:
    """What the manager's lead owes."""
    async with database.read() as session:
        return [one.flag.id for one in await escalations.unanswered(session, [person], now)]


async def test_what_was_told_waits_until_it_is_answered_or_clears(database: Database, team: dict[int, Person]) -> None:
    part = chain(None)
    whole = part | {"layer": "combination", "code": "cannot_keep_up", "rule": "x", "because": [part]}
    of_part = await raised(database, team[CHEN], severity="critical")
    await announced(database, team[CHEN], at(0))
    await heard(database, team[LEAD], at(1))
    assert await waiting(database, team[CHEN], at(0)) == []
    assert await waiting(database, team[CHEN], at(1)) == [of_part]
    combined = await raised(database, team[CHEN], at(1), habit="cannot_keep_up", severity="critical", derivation=whole)
    assert await waiting(database, team[CHEN], at(1)) == [of_part]
    await announced(database, team[CHEN], at(1))
    await heard(database, team[LEAD], at(2))
    assert await waiting(database, team[CHEN], at(2)) == [combined]
    async with database.begin() as session:
        await escalations.answer(session, team[LEAD], combined, LeadAnswer.HELP, at(2))
    assert await waiting(database, team[CHEN], at(2)) == []
    async with database.begin() as session:
        (await session.get_one(Flag, combined)).cleared_at = at(3)
    assert await waiting(database, team[CHEN], at(3)) == [of_part]
    async with database.begin() as session:
        (await session.get_one(Flag, of_part)).cleared_at = at(3)
    assert await waiting(database, team[CHEN], at(3)) == []


async def told_three(database: Database, team: dict[int, Person]) -> list[int]:
    """Three flags of 陈晓, two of one habit, of which his lead has heard, and one of 林建国."""
    habits = ("broken_promise", "broken_promise", "vague_promise")
    ids = [await raised(database, team[CHEN], habit=habit, severity="critical") for habit in habits]
    await raised(database, team[LIN], severity="critical")
    for manager in (CHEN, LIN):
        await announced(database, team[manager], at(0))
    await heard(database, team[LEAD], at(1))
    return ids


async def answered(
    database: Database, asker: Person, manager: Person, until: dtm.datetime, habit: str | None = None
) -> list[int]:
    async with database.begin() as session:
        found = await escalations.answer_all(
            session, asker, manager.id, LeadAnswer.TALK, at(1, 9), until=until, habit=habit
        )
        return [one.flag.id for one in found]


async def test_one_answer_serves_all_of_a_manager_or_those_of_a_habit(
    database: Database, team: dict[int, Person]
) -> None:
    ids = await told_three(database, team)
    lead, chen = team[LEAD], team[CHEN]
    with pytest.raises(AlreadyDone):  # what he was told after he saw the button it does not answer
        await answered(database, lead, chen, at(0))
    assert await answered(database, lead, chen, at(1), habit="broken_promise") == ids[:2]
    assert await waiting(database, chen, at(1)) == ids[2:]
    assert await answered(database, lead, chen, at(1)) == ids[2:]
    with pytest.raises(AlreadyDone):
        await answered(database, lead, chen, at(1))
    assert len(await waiting(database, team[LIN], at(1))) == 1
    async with database.read() as session:
        kept = [await session.get_one(Escalation, flag_id) for flag_id in ids]
    assert {(one.answer, one.answered_by) for one in kept} == {("talk", lead.id)}


async def test_nobody_but_his_lead_answers_all(database: Database, team: dict[int, Person]) -> None:
    ids = await told_three(database, team)
    west = Person(telegram_id=2005, name="西", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
    async with database.begin() as session:
        session.add(west)
    for asker in (team[CHEN], team[LIN], west):
        with pytest.raises(NoSuchRecord):
            await answered(database, asker, team[CHEN], at(1))
    assert await waiting(database, team[CHEN], at(1)) == ids
    assert await answered(database, team[OWNER], team[CHEN], at(1)) == ids


def test_every_number_that_the_rules_hold_facts_against_leads_to_its_thresholds() -> None:
    signals = {
        rule.code
        for rule in Catalogue.load().rules.values()
        if rule.layer == "signal" and any(one.limit_field for pattern in rule.patterns for one in pattern.conditions)
    }
    assert signals == policies.CONCERNED.keys()
    for names in policies.CONCERNED.values():
        for name in names:
            assert policies.threshold(Policy(), name)
