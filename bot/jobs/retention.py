"""Retention: what was handled, delivered or left lying is forgotten after some weeks: messages, answers and files."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import delete

from bot.database import Database
from bot.models import MessageState, OutboxMessage, RawUpdate, UpdateState, Upload


async def forget(database: Database, system_now: dtm.datetime, keep_days: int) -> int:
    """Delete what was settled more than `keep_days` days ago; return how many rows went.

    Failed updates stay: somebody still has to look at them. A file goes in any state: its buttons no longer work.
    """
    before = system_now - dtm.timedelta(days=keep_days)
    settled = (MessageState.SENT, MessageState.DEAD)
    async with database.begin() as session:
        updates = await session.execute(
            delete(RawUpdate).where(RawUpdate.state == UpdateState.DONE, RawUpdate.received_at < before)
        )
        messages = await session.execute(
            delete(OutboxMessage).where(OutboxMessage.state.in_(settled), OutboxMessage.created_at < before)
        )
        files = await session.execute(delete(Upload).where(Upload.received_at < before))
    return int(updates.rowcount) + int(messages.rowcount) + int(files.rowcount)  # type: ignore[attr-defined]
