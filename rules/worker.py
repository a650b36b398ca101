"""The engine in a process of its own: a crash or a hang of the C code ends that process, never the coach.

durable_rules was seen to crash and to hang outside the grammar that the compiler allows; inside it, never. This is what
stands between the two should the line be drawn wrongly.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from rules.assessment import Assessment
from rules.compiler import CATALOGUE, Catalogue
from rules.engine import RuleEngine
from rules.facts import Fact
from rules.matcher import Matcher

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 5.0
"""How long one evaluation may take; a book of 4,000 facts takes about half a second."""

_engines: list[RuleEngine] = []
"""The engine of this process, in the worker's process only."""


class EngineCrashed(RuntimeError):
    """The engine's process died twice over one call."""


class EngineTimedOut(RuntimeError):
    """The engine did not answer in time; its process has been ended."""


def _begin(folder: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coach, which then closes the worker
    _engines.append(RuleEngine(Catalogue.load(folder)))


def _evaluate(facts: Sequence[Fact]) -> Assessment:
    return _engines[0].evaluate(facts)


class Worker:
    """Evaluates facts in a process of its own, one call at a time, each within `seconds`.

    The catalogue is loaded here as well, so that a broken one is told at once (raises CatalogueError) and `matcher` can
    answer "why not" and count for the facts without asking the process.
    """

    def __init__(self, folder: Path = CATALOGUE, seconds: float = SECONDS) -> None:
        self.matcher = Matcher(Catalogue.load(folder))
        self._folder, self._seconds = folder, seconds
        self._turn = asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._pid = 0

    async def evaluate(self, facts: Sequence[Fact]) -> Assessment:
        """As RuleEngine.evaluate, whose errors it raises, too; also EngineCrashed and EngineTimedOut."""
        return await self.call(_evaluate, facts)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a function returns in the engine's process. A call that dies with the process is tried once more.

        Raises EngineCrashed, EngineTimedOut, and whatever the function raises.
        """
        async with self._turn:
            for _ in range(2):
                try:
                    pool = self._pool or await self._start()
                    future = asyncio.wrap_future(pool.submit(function, *args, **kwargs))
                    return await asyncio.wait_for(future, self._seconds)
                except BrokenProcessPool:
                    self._end()
                except BaseException as error:
                    if isinstance(error, TimeoutError | asyncio.CancelledError):
                        self._end()  # it is still at it: nobody waits any more
                    if isinstance(error, TimeoutError):
                        raise EngineTimedOut from error
                    raise
            raise EngineCrashed

    async def close(self) -> None:
        """End the process."""
        async with self._turn:
            self._end()

    async def _start(self) -> ProcessPoolExecutor:
        # spawn, since a fork copies the locks of the coach's threads
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(1, context, initializer=_begin, initargs=(self._folder,))
        self._pid = await asyncio.wrap_future(self._pool.submit(os.getpid))
        return self._pool

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._pid = 0
        pool.shutdown(wait=True, cancel_futures=True)
