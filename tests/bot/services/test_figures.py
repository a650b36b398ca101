"""Figures beside answers: each against a plain count of the same rows."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any

import pytest

from bot.database import Database
from bot.models import Account, DayPlan, Goal, Person, PlannedAccount, Role, Visit
from bot.services import figures
from bot.services.figures import Figure
from bot.texts import Texts
from knowledge.library import Library
from rules.assessment import Assessment
from rules.facts import Fact
from tests.telegram import worker

NOW = dtm.datetime(2026, 11, 27, 1, 0, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 27)
"""A Friday."""


async def judge(facts: Sequence[Fact]) -> Assessment:
    """The rules on these facts, in a process of their own."""
    return await worker().evaluate(facts)


def account(number: int, tier: str, **more: Any) -> Account:
    return Account(id=number, person_id=1, name=f"店{number}", tier=tier, created_at=NOW, **more)


def visit(number: int, back: int, outcome: str = "order") -> Visit:
    return Visit(person_id=1, account_id=number, day=TODAY - dtm.timedelta(back), outcome=outcome, text="谈了陈列")


@pytest.fixture
async def chen(database: Database) -> Person:
    """A manager with three accounts, five visits on three days, a plan and a goal."""
    async with database.begin() as session:
        person = Person(
            id=1, name="陈晓", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW - dtm.timedelta(90)
        )
        session.add(person)
        await session.flush()
        session.add_all(
            [
                account(1, "A", potential=100.0, annual_sales=60.0, trend="up"),
                account(2, "B", potential=50.0, annual_sales=20.0),
                account(3, "C"),
            ]
        )
        await session.flush()
        session.add_all([visit(1, 1), visit(2, 1, "absent"), visit(1, 8), visit(3, 8), visit(1, 15, "info")])
        session.add(DayPlan(id=1, person_id=1, day=TODAY - dtm.timedelta(1), target=2))
        session.add(Goal(person_id=1, month=TODAY.replace(day=1), kind="visits", target=10))
        await session.flush()
        session.add_all([PlannedAccount(plan_id=1, account_id=one, position=one) for one in (1, 3)])
    return person


async def figure(database: Database, person: Person, name: str) -> Figure | None:
    async with database.begin() as session:
        known = await session.get_one(Person, person.id)
        return await figures.of(session, known, name, NOW, matcher=worker().matcher, evaluate=judge)


@pytest.mark.parametrize(
    ("name", "text_id", "values"),
    [
        # 28/7 + 28/14 + 28/30 = 6.9 visits; 20 workdays follow
        ("required_visits", "figure-required-visits-target", {"visits": "6.9", "workdays": 20, "required": "0.3"}),
        ("visits_made", "figure-visits-made", {"visits": 5, "days": 3, "average": "1.7", "absent": 1}),
        ("days_out", "figure-days-out", {"workdays": 20, "out": 3, "idle": 17}),
        ("book", "figure-book", {"accounts": 3, "a": 1, "b": 1, "c": 1, "overdue": 1}),
        ("effort", "figure-effort", {"visits": 5, "at_a": 3, "share": 60, "sales": 75}),
        ("potential", "figure-potential", {"count": 1, "potential": "50", "left": "30", "account": "店2"}),
        ("share", "figure-share", {"count": 2, "sales": "80", "potential": "150", "percent": 53}),
        ("key_share", "figure-key-share", {"count": 1, "sales": "60", "potential": "100", "percent": 60}),
        ("growing", "figure-growing", {"count": 1, "names": ("店1",), "more": 0}),
        ("planned_days", "figure-planned-days", {"planned": 1}),
        ("fulfilled", "figure-fulfilled", {"planned": 2, "done": 1, "percent": 50}),
        ("key_accounts", "figure-key-accounts", {"a": 1, "unprofitable": 0, "key": 1}),
        ("five", "figure-five", {"key": 1, "at_key": 3, "visits": 4, "percent": 75}),
        ("load", "figure-load", {"required": "0.35", "target": 6, "load": "0.06"}),
        ("horizon", "figure-horizon", {"now": 1, "later": 0}),
        ("senior", "figure-senior", {"count": 0, "names": (), "more": 0}),
        ("goals", "figure-goal-visits", {"reached": "5", "target": "10", "percent": 50}),
    ],
)
async def test_each_figure_is_that_of_the_rows(
    database: Database, chen: Person, name: str, text_id: str, values: dict[str, object]
) -> None:
    found = await figure(database, chen, name)
    assert found is not None
    assert found.text_id == text_id
    assert {key: found.values[key] for key in values} == values


async def test_the_first_of_today_is_told_with_its_points(database: Database, chen: Person) -> None:
    found = await figure(database, chen, "first_today")
    assert found is not None
    assert found.text_id == "figure-first-today"
    assert sum(int(part) for part in str(found.values["points"]).split(" + ")) == found.values["sum"]


async def test_without_accounts_there_is_no_figure(database: Database) -> None:
    async with database.begin() as session:
        person = Person(id=1, name="陈晓", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(person)
    assert await figure(database, person, "load") is None


def test_articles_name_figures_that_are_there() -> None:
    named = {one.figure for one in Library.load().articles.values() if one.figure is not None}
    assert named == figures.NAMES


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_every_figure_has_its_text(database: Database, chen: Person, locale: str) -> None:
    texts = Texts()
    for name in sorted(figures.NAMES):
        found = await figure(database, chen, name)
        assert found is not None
        names = {name: "" for name, value in found.values.items() if isinstance(value, tuple)}
        assert texts.plain(locale, found.text_id, {**found.values, **names})
