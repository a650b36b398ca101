"""Jobs: what the coach does unasked. APScheduler is only the clock, in memory; what is due stands in our tables."""

from __future__ import annotations

import datetime as dtm
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.database import Database
from bot.jobs import retention
from bot.settings import Settings


@asynccontextmanager
async def scheduled(database: Database, clock: Clock, settings: Settings) -> AsyncIterator[None]:
    """Let the clock tick as long as the block runs."""

    async def forget() -> None:
        await retention.forget(database, clock.system(), settings.keep_days)

    scheduler = AsyncIOScheduler(timezone=dtm.UTC)
    scheduler.add_job(forget, "interval", hours=1, next_run_time=clock.system(), max_instances=1, coalesce=True)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
