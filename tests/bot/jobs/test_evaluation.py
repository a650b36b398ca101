"""Evaluation: nothing is told where engine and matcher differ, nothing done meanwhile is missed, looks come on time."""

from __future__ import annotations

import datetime as dtm
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import func, select

from bot.jobs.evaluation import AFTER_ALARM, Evaluation
from bot.models import Evaluation as EvaluationRow
from bot.models import Flag, OutboxMessage, Person, Role
from bot.services import flags, proposals
from rules.compiler import Catalogue
from rules.engine import EngineError, RuleEngine
from rules.matcher import Disagreement
from rules.worker import EngineCrashed, EngineTimedOut
from tests.telegram import Stage

CHEN = 1001
NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


def job(stage: Stage) -> Evaluation:
    shared = stage.coach.shared
    return Evaluation(stage.coach.database, stage.clock, shared.worker, shared.texts, shared.signer, "zh")


async def chen(stage: Stage) -> Person:
    async with stage.coach.database.read() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
    assert person is not None
    return person


@pytest.mark.parametrize(
    "failure", [Disagreement(frozenset(), frozenset()), EngineError("x"), EngineCrashed(), EngineTimedOut()]
)
async def test_a_failed_evaluation_tells_nothing_and_is_tried_again_later(
    tmp_path: Path, failure: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(_facts: object) -> NoReturn:
        raise failure

    async with Stage(tmp_path, demo_book=True) as stage:
        monkeypatch.setattr(stage.coach.shared.worker, "evaluate", failing)
        now = stage.clock.now()
        assert await job(stage).run() == 2
        async with stage.coach.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Flag)) == 0
            assert await session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
        again = (await chen(stage)).evaluate_at
        assert again is not None
        assert AFTER_ALARM <= again - now < AFTER_ALARM + dtm.timedelta(minutes=1)
        assert "evaluation_failed" in caplog.text
        assert "陈晓" not in caplog.text


async def test_each_look_keeps_the_days_reasons_and_facts_that_give_the_same_flags(tmp_path: Path) -> None:
    engine = RuleEngine(Catalogue.load())
    async with Stage(tmp_path, demo_book=True) as stage:
        assert await job(stage).run() == 2
        person, today = await chen(stage), (await chen(stage)).today(stage.clock.now())
        async with stage.coach.database.begin() as session:
            kept = await proposals.stored(session, person, today)
            evaluate = stage.coach.shared.worker.evaluate
            assert kept == await proposals.fresh(session, person, today, evaluate, stage.clock.now())
            evaluations = list(await session.scalars(select(EvaluationRow).order_by(EvaluationRow.id)))
            found = {(one.person_id, one.habit, one.account_id) for one in await session.scalars(select(Flag))}
    assert {reason.code for reason in kept or ()} > {"contact_overdue", "warning_flag"}
    assert {fact["k"] for row in evaluations for fact in row.facts}.isdisjoint({"agenda"})
    again = {
        (row.person_id, flag.habit, int(flag.account) if flag.account else None)
        for row in evaluations
        for flag in engine.evaluate(row.facts).flags
    }
    assert again == found


def somebody(evaluate_at: dtm.datetime | None, zone: str = "Asia/Shanghai") -> Person:
    return Person(name="陈晓", role=Role.MANAGER, time_zone=zone, evaluate_at=evaluate_at)


def test_what_is_done_while_the_rules_look_is_looked_at_soon() -> None:
    person = somebody(NOW - dtm.timedelta(seconds=5))
    during = NOW + dtm.timedelta(seconds=2)
    flags.look_soon(person, during)
    flags.looked_at(person, NOW, NOW + dtm.timedelta(hours=8))
    assert person.evaluate_at == during + flags.AFTER_CHANGE
    flags.looked_at(person, NOW + dtm.timedelta(minutes=2), NOW + dtm.timedelta(hours=8))
    assert person.evaluate_at == NOW + dtm.timedelta(hours=8)


def test_several_changes_make_one_look() -> None:
    person = somebody(NOW + dtm.timedelta(hours=8))
    for second in (0, 20, 40):
        flags.look_soon(person, NOW + dtm.timedelta(seconds=second))
    assert person.evaluate_at == NOW + flags.AFTER_CHANGE


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Asia/Shanghai", "2026-11-22T17:00", "2026-11-22T17:30"),  # 01:00 there: 01:30
        ("Asia/Shanghai", "2026-11-22T17:30", "2026-11-23T01:05"),  # 01:30 itself is over: 09:05
        ("Asia/Shanghai", "2026-11-23T02:00", "2026-11-23T17:30"),  # 10:00: the next night
        ("Europe/Berlin", "2026-10-24T23:00", "2026-10-24T23:30"),  # 01:00 summer time, the night of the change
    ],
)
def test_the_next_look_is_on_the_persons_own_clock(zone: str, now: str, expected: str) -> None:
    instants = [dtm.datetime.fromisoformat(text).replace(tzinfo=dtm.UTC) for text in (now, expected)]
    assert flags.next_look(somebody(None, zone), instants[0]) == instants[1]
