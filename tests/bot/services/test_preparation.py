"""Preparation: what is known of an account, what kind of meeting it is, and what to ask; on both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest

from bot.database import Database
from bot.models import (
    Account,
    ClientPromise,
    Complaint,
    Contact,
    NextStep,
    Outcome,
    Person,
    Policy,
    Promise,
    Stance,
    Visit,
)
from bot.services import preparation
from bot.services.preparation import Briefing, Kind, Meeting
from tests.bot.services.test_accounts import CHEN, LIN, TODAY, account, fill, person

FULL: dict[str, Any] = {
    "segment": "零售",
    "potential": 120.0,
    "annual_sales": 80.0,
    "margin_pct": 8.0,
    "payment_delay_days": 5,
    "trend": "up",
}


def ago(days: int) -> dtm.date:
    return TODAY - dtm.timedelta(days=days)


def visit(days: int, outcome: Outcome = Outcome.INFO, contact: str | None = None, by: int = CHEN) -> Visit:
    return Visit(person_id=by, account_id=7, day=ago(days), outcome=outcome, contact=contact)


def contact(name: str, stance: Stance) -> Contact:
    return Contact(account_id=7, name=name, stance=stance)


async def brief(database: Database, *rows: object, **about: Any) -> Briefing:
    await fill(database, account(7, "永兴便利店", **about), account(8, "别家", LIN), *rows)
    async with database.read() as session:
        return await preparation.brief(session, await session.get_one(Account, 7))


async def test_all_that_is_known_comes_in_its_order(database: Database) -> None:
    owed = {"person_id": CHEN, "account_id": 7}
    found = await brief(
        database,
        visit(3, Outcome.ORDER, "张经理"),
        visit(1, Outcome.ABSENT, "李总"),
        visit(40, contact="李总"),
        visit(20, by=LIN),
        visit(60),
        contact("张经理", Stance.SUPPORTER),
        contact("小王", Stance.UNKNOWN),
        contact("李总", Stance.OPPONENT),
        contact("老马", Stance.NEUTRAL),
        Promise(**owed, made_on=ago(9), what="没日子"),
        Promise(**owed, made_on=ago(9), what="改期", due=ago(2), moved_to=ago(-3)),
        Promise(**owed, made_on=ago(9), what="明天", due=ago(-1)),
        Promise(**owed, made_on=ago(9), what="做完了", due=ago(1), kept_on=ago(1)),
        Promise(**owed, made_on=ago(9), what="撤回了", due=ago(1), withdrawn_on=ago(1)),
        ClientPromise(**owed, said_on=ago(9), what="给答复", due=ago(1)),
        ClientPromise(**owed, said_on=ago(9), what="付款", kept_on=ago(1)),
        NextStep(**owed, agreed_on=ago(9), what="以后"),
        NextStep(**owed, agreed_on=ago(9), what="先去", due=ago(-1), time=dtm.time(9)),
        NextStep(**owed, agreed_on=ago(9), what="做了", due=ago(0), done_on=ago(0)),
        NextStep(**owed, agreed_on=ago(9), what="不去了", due=ago(0), dropped_on=ago(0)),
        Complaint(**owed, made_on=ago(5), text="送货晚"),
        Complaint(**owed, made_on=ago(9), text="答复了", answered_on=ago(8)),
    )
    assert [(one.visit.day, one.by.name) for one in found.meetings] == [
        (ago(3), "陈晓"),
        (ago(20), "林建国"),
        (ago(40), "陈晓"),
    ]
    assert [(one.contact.name, one.met_on) for one in found.people] == [
        ("李总", ago(40)),
        ("小王", None),
        ("老马", None),
        ("张经理", ago(3)),
    ]
    assert [one.what for one in found.promises] == ["明天", "改期", "没日子"]
    assert [one.what for one in found.client_promises] == ["给答复"]
    assert [one.what for one in found.steps] == ["先去", "以后"]
    assert [one.text for one in found.complaints] == ["送货晚"]
    assert found.manager.name == "陈晓"


@pytest.mark.parametrize(
    ("met", "complained", "about", "expected"),
    [
        (False, False, {"tier": "A"}, Kind.FIRST),
        (False, False, {"tier": "A", "payment_delay_days": 31}, Kind.FIRST),
        (True, False, {"tier": "B"}, Kind.REGULAR),
        (True, False, {"tier": "A"}, Kind.KEY),
        (True, False, {"tier": "A", "payment_delay_days": 30}, Kind.KEY),
        (True, False, {"tier": "A", "payment_delay_days": 31}, Kind.MONEY),
        (True, False, {"collateral": {"stage": "审批"}}, Kind.MONEY),
        (False, True, {"tier": "A"}, Kind.COMPLAINT),
    ],
)
def test_the_kind_of_meeting(met: bool, complained: bool, about: dict[str, Any], expected: Kind) -> None:
    manager = person(CHEN, "陈晓")
    meetings = [Meeting(visit(1), manager)] if met else []
    complaints = [Complaint(person_id=CHEN, account_id=7, made_on=ago(1), text="送货晚")] if complained else []
    one = account(7, "永兴便利店", **about)
    assert Briefing(one, manager, Policy(), [], meetings, [], [], [], complaints, []).kind == expected


async def test_an_attempt_that_met_nobody_is_no_meeting(database: Database) -> None:
    found = await brief(database, visit(1, Outcome.ABSENT))
    assert (found.kind, found.meetings) == (Kind.FIRST, [])


async def test_questions_follow_from_stances_and_gaps(database: Database) -> None:
    found = await brief(
        database,
        contact("李总", Stance.OPPONENT),
        contact("赵主任", Stance.OPPONENT),
        contact("小王", Stance.UNKNOWN),
        visit(2, contact="李总"),
        visit(30, contact="赵主任"),
        tier="A",
        segment="零售",
    )
    asked = [(one.reason, one.about) for one in found.questions(TODAY)]
    assert asked == [("opponent", "赵主任"), ("stance", "小王"), ("potential", ""), ("needs", "")]


async def test_what_is_open_is_asked_first(database: Database) -> None:
    owed = {"person_id": CHEN, "account_id": 7}
    found = await brief(
        database,
        Complaint(**owed, made_on=ago(5), text="送货晚"),
        ClientPromise(**owed, said_on=ago(9), what="今天给", due=TODAY),
        ClientPromise(**owed, said_on=ago(9), what="给答复", due=ago(1)),
        **FULL,
    )
    asked = [(one.reason, one.about) for one in found.questions(TODAY)]
    assert asked == [("complaint", ""), ("client_promise", "给答复"), ("contact", "")]


async def test_a_full_file_still_gives_two_questions(database: Database) -> None:
    found = await brief(database, contact("张经理", Stance.SUPPORTER), tier="B", **FULL)
    assert [one.reason for one in found.questions(TODAY)] == ["news", "more"]
    assert found.gaps == []


async def test_what_comes_next_is_offered_overdue_first(database: Database) -> None:
    def step(owner: int, number: int, days: int | None, **more: Any) -> NextStep:
        due = None if days is None else ago(-days)
        return NextStep(person_id=owner, account_id=number, agreed_on=ago(9), what=f"{days}", due=due, **more)

    await fill(
        database,
        account(7, "永兴便利店"),
        account(8, "别家", LIN),
        account(9, "归档了", archived_on=TODAY),
        step(CHEN, 7, 7),
        step(CHEN, 7, 8),
        step(CHEN, 7, -2),
        step(CHEN, 7, 1, time=dtm.time(15)),
        step(CHEN, 7, 1, time=dtm.time(9), is_appointment=True),
        step(CHEN, 7, None),
        step(CHEN, 7, 0, done_on=TODAY),
        step(CHEN, 9, 1),
        step(LIN, 8, 1),
    )
    async with database.read() as session:
        chen = await session.get_one(Person, CHEN)
        coming = await preparation.coming(session, chen, ago(-7), 8)
    assert [(one.what, one.time) for one, _ in coming] == [
        ("-2", None),
        ("1", dtm.time(9)),
        ("1", dtm.time(15)),
        ("7", None),
    ]
