"""Retention: what was handled, delivered or left lying is forgotten after some weeks: messages, answers and files."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import and_, delete, or_

from bot.database import Database
from bot.models import (
    Handbook,
    HandbookState,
    MessageState,
    OutboxMessage,
    RawUpdate,
    Reminder,
    ReminderState,
    UpdateState,
    Upload,
)


async def forget(database: Database, now: dtm.datetime, keep_days: int) -> int:
    """Delete what was settled more than `keep_days` days ago; return how many rows went.

    Failed updates stay: somebody still has to look at them. A file goes in any state: its buttons no longer work; a
    document of a handbook only if it was refused, or nobody said for which team it was.
    """
    before = now - dtm.timedelta(days=keep_days)
    settled = (MessageState.SENT, MessageState.DEAD)
    async with database.begin() as session:
        updates = await session.execute(
            delete(RawUpdate).where(RawUpdate.state == UpdateState.DONE, RawUpdate.received_at < before)
        )
        messages = await session.execute(
            delete(OutboxMessage).where(OutboxMessage.state.in_(settled), OutboxMessage.created_at < before)
        )
        reminded = await session.execute(
            delete(Reminder).where(Reminder.state != ReminderState.PENDING, Reminder.settled_at < before)
        )
        files = await session.execute(delete(Upload).where(Upload.received_at < before))
        no_use = or_(
            Handbook.state == HandbookState.REFUSED,
            and_(Handbook.state == HandbookState.PENDING, Handbook.team_id.is_(None)),
        )
        documents = await session.execute(delete(Handbook).where(no_use, Handbook.uploaded_at < before))
    counted = (int(gone.rowcount) for gone in (updates, messages, reminded, files, documents))  # type: ignore[attr-defined]
    return sum(counted)
