"""What the tests of a day's plan share: a book with something to do, rules judged in this process, what stands."""

from __future__ import annotations

import datetime as dtm
import functools
from collections.abc import Sequence

import pytest

from bot.models import DayDraft, NextStep, Outcome, Promise, Visit
from bot.services import day_plans
from bot.services.day_plans import Plan
from rules.assessment import Assessment
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import Fact
from tests.bot.handlers.organisation import CHEN, person_of
from tests.bot.handlers.test_accounts import add
from tests.telegram import Chatter, Stage, height, rows

TODAY = dtm.date(2026, 11, 23)
"""Monday, the day on which the stage's clock stands."""

FRIDAY = dtm.date(2026, 11, 20)
LONG = ["永兴便利店五一路旗舰总店" * 2, "W" * 60, "Riverside Wholesale Tobacco and Beverages Company", "店" * 40]


@functools.cache
def engine() -> RuleEngine:
    """The rules without a process of their own."""
    return RuleEngine(Catalogue.load())


@pytest.fixture
def rules(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules of the stage be judged in this process."""
    judge_here(stage, monkeypatch)


def judge_here(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules of a stage be judged in this process."""

    async def evaluate(facts: Sequence[Fact]) -> Assessment:
        return engine().evaluate(facts)

    monkeypatch.setattr(stage.coach.shared.worker, "evaluate", evaluate)


def ago(days: int) -> dtm.date:
    """So many days before today."""
    return TODAY - dtm.timedelta(days=days)


def met(days: int) -> Visit:
    """A visit so many days ago."""
    return Visit(day=ago(days), outcome=Outcome.INFO)


async def fill(stage: Stage, owner: int = CHEN) -> dict[str, int]:
    """Five accounts: an appointment today, a promise late, two that wait, one that was seen yesterday; their ids."""
    appointment = NextStep(agreed_on=ago(5), what="谈陈列", due=TODAY, time=dtm.time(10), is_appointment=True)
    late = Promise(made_on=ago(9), what="送样品", due=ago(3))
    return {
        "永辉五一店": await add(stage, owner, "永辉五一店", met(2), appointment, tier="B", area="城东"),
        "百顺烟酒": await add(stage, owner, "百顺烟酒", met(2), late, tier="B"),
        "华联超市": await add(stage, owner, "华联超市", met(20), tier="B", area="城东"),
        "小河副食": await add(stage, owner, "小河副食", met(45), tier="C"),
        "Sunny Mart": await add(stage, owner, "Sunny Mart", met(1), tier="C"),
    }


async def plan_of(stage: Stage, day: dtm.date = TODAY, owner: int = CHEN) -> Plan | None:
    """The plan of somebody's day."""
    person = await person_of(stage, owner)
    async with stage.coach.database.read() as session:
        return await day_plans.plan_of(session, person, day)


async def planned(stage: Stage, day: dtm.date = TODAY) -> list[tuple[str, str]]:
    """The accounts of Chen's day with how each stands."""
    plan = await plan_of(stage, day)
    return [(item.account.name, item.planned.state) for item in plan.items] if plan else []


async def made(stage: Stage, day: dtm.date, *account_ids: int) -> None:
    """Let Chen have confirmed a plan."""
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        now = dtm.datetime.combine(min(day, TODAY), dtm.time(0, 30), dtm.UTC)
        await day_plans.confirm(
            session, person, day, account_ids, target=len(account_ids), arithmetic=None, reasons=(), now=now
        )


async def draft_of(stage: Stage, day: dtm.date = TODAY) -> DayDraft | None:
    """What Chen is putting together."""
    person = await person_of(stage, CHEN)
    async with stage.coach.database.read() as session:
        return await session.get(DayDraft, (person.id, day))


def shown(chatter: Chatter) -> str:
    """The newest message, which fits a phone."""
    text = str(chatter.last["text"])
    assert height(text) <= 12, text
    assert "{" not in text
    return text


def lines(chatter: Chatter) -> list[str]:
    """The lines of the newest message."""
    return shown(chatter).split("\n")


def action(stage: Stage, chatter: Chatter, label: str) -> str:
    """What a button asks for."""
    return stage.coach.shared.signer.open(chatter.button(label)[1], chatter.id, stage.clock.now())


def keyboard(chatter: Chatter) -> list[list[str]]:
    """The labels under the newest message, row by row."""
    return [[button["text"] for button in row] for row in rows(chatter.last)]
