"""The worker: the engine may crash or hang, by accident or by its own hazards; the coach goes on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import FactError
from rules.rule import CatalogueError
from rules.worker import EngineCrashed, EngineTimedOut, Worker
from tests.rules import hazards
from tests.rules.builders import quiet, quiet_book

BROKEN = [quiet("commitments", most_workdays_late=1), quiet("account")]
EXPECTED = RuleEngine(Catalogue.load()).evaluate(BROKEN)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    worker = Worker(seconds=60)
    yield worker
    await worker.close()


@pytest.fixture
async def impatient() -> AsyncIterator[Worker]:
    worker = Worker(seconds=1)
    yield worker
    await worker.close()


async def test_the_same_assessment_as_in_this_process(worker: Worker) -> None:
    assert await worker.evaluate(BROKEN) == EXPECTED
    assert await worker.evaluate(quiet_book()) == RuleEngine(worker.matcher.catalogue).evaluate(quiet_book())
    assert await worker.call(os.getpid) != os.getpid()


async def test_errors_come_through_and_the_process_stays(worker: Worker) -> None:
    before = await worker.call(os.getpid)
    with pytest.raises(FactError, match="no such kind") as error:
        await worker.evaluate([{"k": "nothing"}])
    assert error.value.field == "k"
    assert await worker.call(os.getpid) == before


@pytest.mark.parametrize(
    "crash", [hazards.kill_self, hazards.segfault, hazards.delete_a_session_in_which_nothing_fired]
)
async def test_a_crash_stays_in_the_worker(worker: Worker, crash: Callable[[], None]) -> None:
    before = await worker.call(os.getpid)
    with pytest.raises(EngineCrashed):
        await worker.call(crash)
    assert await worker.evaluate(BROKEN) == EXPECTED
    assert await worker.call(os.getpid) != before


async def test_a_process_that_died_in_between_is_replaced(worker: Worker, tmp_path: Path) -> None:
    os.kill(await worker.call(os.getpid), signal.SIGKILL)
    assert await worker.evaluate(BROKEN) == EXPECTED
    assert await worker.call(hazards.kill_self_once, tmp_path / "marker") == "alive"


@pytest.mark.parametrize("hang", [hazards.loop_for_ever, hazards.sleep_in_c])
async def test_a_hang_ends_and_its_process_with_it(impatient: Worker, hang: Callable[[], None]) -> None:
    pid = await impatient.call(os.getpid)
    with pytest.raises(EngineTimedOut):
        await impatient.call(hang)
    assert not alive(pid)
    assert await impatient.call(os.getpid) != pid


async def test_the_loop_goes_on_while_the_engine_hangs(impatient: Worker) -> None:
    await impatient.call(os.getpid)
    hanging = asyncio.create_task(impatient.call(hazards.loop_for_ever))
    ticks = 0
    while not hanging.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 20
    with pytest.raises(EngineTimedOut):
        await hanging


async def test_who_is_cancelled_leaves_no_process_behind(worker: Worker) -> None:
    pid = await worker.call(os.getpid)
    hanging = asyncio.create_task(worker.call(hazards.loop_for_ever))
    await asyncio.sleep(0.1)
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    assert not alive(pid)
    assert await worker.evaluate(BROKEN) == EXPECTED


async def test_calls_take_turns(worker: Worker) -> None:
    assert await asyncio.gather(*(worker.evaluate(BROKEN) for _ in range(20))) == [EXPECTED] * 20


async def test_closing_ends_the_process_and_is_no_end(worker: Worker) -> None:
    pid = await worker.call(os.getpid)
    await worker.close()
    assert not alive(pid)
    await worker.close()
    assert await worker.evaluate(BROKEN) == EXPECTED


async def test_a_broken_catalogue_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("rules: [{id: x}]", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"broken\.yaml"):
        Worker(tmp_path)
