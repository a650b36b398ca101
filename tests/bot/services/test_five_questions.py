"""The five questions of K9.14, each answered from the records; pure, and once from the database."""

from __future__ import annotations

import functools
from typing import Any

from bot.database import Database
from bot.models import Account, Complaint, Contact, Person, Stance, Visit
from bot.services import five_questions
from bot.services.five_questions import FiveQuestions, SeniorVisit
from rules.compiler import Catalogue
from rules.matcher import Matcher
from tests.bot.services import test_accounts
from tests.bot.services.test_facts import account, day, history, visit


@functools.cache
def matcher() -> Matcher:
    return Matcher(Catalogue.load())


def key(number: int, **more: Any) -> Account:
    return account(number, "A", **more)


def answers(*accounts: Account, **more: Any) -> FiveQuestions:
    return five_questions.answers_from(history(accounts=accounts, **more), matcher())


def often(number: int, outcome: str = "none", count: int = 4) -> list[Visit]:
    return [visit(back, number, outcome) for back in range(count)]


def test_whether_there_are_too_many_accounts() -> None:
    found = answers(*(key(number) for number in range(1, 42)), visits=[visit(7), visit(8, 2), visit(1, 3, "absent")])
    assert (found.capacity.accounts, found.capacity.overdue) == (41, 40), "seen 7 days ago is in time"
    assert found.capacity.arithmetic.is_overloaded
    assert (answers().capacity.accounts, answers().capacity.arithmetic.required) == (0, 0)


def test_who_pays_off_now_and_who_later() -> None:
    accounts = [
        key(1, annual_sales=10.0),
        key(2, annual_sales=30.0),
        key(3, annual_sales=5.0, potential=20.0),
        key(4, annual_sales=5.0, potential=90.0),
        key(5, annual_sales=5.0, potential=5.0),
        key(6, annual_sales=None, potential=None),
        account(7, "B"),
    ]
    found = answers(*accounts, visits=[visit(3), visit(50, 2), visit(3, 3, "info"), visit(3, 7)])
    assert (found.returns.now, found.returns.later) == (["店2", "店1"], ["店4", "店3"])


def test_an_unprofitable_big_buyer_is_no_key_account() -> None:
    losing = key(1, annual_sales=900.0, margin_pct=1.0, payment_delay_days=60, trend="down")
    found = answers(losing, key(2), visits=[visit(1)], complaints=[Complaint(account_id=1, made_on=day(1), text="x")])
    assert found.returns.now == []
    assert found.people.at_key == 0
    assert found.senior == []


def test_whether_the_time_goes_to_the_right_people() -> None:
    contacts = [
        Contact(account_id=1, name="李总", stance=Stance.OPPONENT),
        Contact(account_id=2, name="李总", stance=Stance.SUPPORTER),
        Contact(account_id=3, name="赵工", stance=Stance.OPPONENT),
    ]
    visits = [
        visit(1, contact="李总"),
        visit(27, 2, contact="李总"),
        visit(28, contact="李总"),
        visit(2, 3, "absent", contact="赵工"),
        visit(3, 4),
        visit(3, 1, person_id=2),
    ]
    found = answers(key(1), key(2), key(3), account(4), contacts=contacts, visits=visits).people
    assert (found.visits, found.at_key, found.with_opponents, found.unmet) == (3, 2, 1, ["店3"])


def test_whether_the_right_things_are_done() -> None:
    visits = [
        *often(1),
        *often(2, count=5),
        *often(3, count=3),
        *often(4),
        visit(40, 4, "info"),
        visit(50, 1, "absent"),
    ]
    found = answers(account(1), account(2), account(3), account(4), visits=visits).things
    assert (found.visits, found.productive) == (16, 0)
    assert found.fruitless == ["店1", "店2"], "five visits each; three are few, and an old one came to something"


def test_where_senior_management_should_go_and_why() -> None:
    accounts = [
        key(1, annual_sales=9.0, trend="down"),
        key(2, annual_sales=8.0, potential=50.0),
        key(3, annual_sales=7.0, potential=50.0),
        key(4, annual_sales=6.0, trend="down"),
        key(5, annual_sales=5.0),
        account(6, "B", trend="down"),
    ]
    visits = [*often(2, "info"), *often(3, "order"), *often(5)]
    opponent = Contact(account_id=5, name="李总", stance=Stance.OPPONENT)
    complaint = Complaint(account_id=4, made_on=day(1), text="送货晚")
    found = answers(*accounts, visits=visits, contacts=[opponent], complaints=[complaint]).senior
    assert found == [SeniorVisit("店4", "complaint"), SeniorVisit("店5", "opponent"), SeniorVisit("店1", "falling")]
    assert answers(*accounts[1:3], visits=visits).senior == [SeniorVisit("店2", "stuck")]


async def test_they_are_answered_from_the_database(database: Database) -> None:
    person = test_accounts.CHEN
    await test_accounts.fill(
        database,
        test_accounts.account(1, "永辉", tier="A"),
        Visit(person_id=person, account_id=1, day=test_accounts.TODAY, outcome="order", text=""),
    )
    async with database.read() as session:
        chen = await session.get_one(Person, person)
        found = await five_questions.answers(session, chen, matcher(), test_accounts.TODAY)
    assert (found.capacity.accounts, found.returns.now, found.things.productive) == (1, ["永辉"], 1)
