"""Jobs: what the coach does unasked. APScheduler is only the clock, in memory; what is due stands in our tables."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

log = structlog.stdlib.get_logger(__name__)

Job = Callable[[], Awaitable[object]]


@asynccontextmanager
async def scheduled(clock: Clock, jobs: Mapping[str, tuple[Job, dtm.timedelta]]) -> AsyncIterator[None]:
    """Run each job now and then at its interval, never beside itself, as long as the block runs."""
    scheduler = AsyncIOScheduler(timezone=dtm.UTC)
    for name, (job, every) in jobs.items():
        scheduler.add_job(
            _noting_failures,
            "interval",
            [name, job],
            seconds=every.total_seconds(),
            next_run_time=clock.system(),
            max_instances=1,
            coalesce=True,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _noting_failures(name: str, job: Job) -> None:
    try:
        await job()
    except asyncio.CancelledError:
        pass  # the coach is stopping; what was due stands in the tables
    except Exception:
        log.exception("job_failed", job=name)
