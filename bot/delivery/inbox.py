"""The inbox: raw updates, stored before Telegram is told that they arrived, claimed chat by chat."""

from __future__ import annotations

import datetime as dtm
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import insert_or_ignore
from bot.models import RawUpdate, UpdateState

MOST_ATTEMPTS = 5
"""Starts of the coach that may find an update waiting; then it is set aside, since it may be what stops the coach."""


def chat_of(raw: Mapping[str, Any]) -> int:
    """The chat whose turn a raw update is: its chat, else its sender, else 0."""
    for event in raw.values():
        if isinstance(event, dict):
            message = event.get("message")
            chat = event.get("chat") or (isinstance(message, dict) and message.get("chat")) or event.get("from")
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return 0


async def store(session: AsyncSession, raws: Sequence[Mapping[str, Any]], now: dtm.datetime) -> None:
    """Keep raw updates; those that are there already are left as they are."""
    rows = [
        {
            "update_id": raw["update_id"],
            "chat_id": chat_of(raw),
            "payload": json.dumps(raw),  # ASCII: half an emoji cannot be stored as it is
            "received_at": now,
            "state": UpdateState.PENDING,
            "attempts": 0,
        }
        for raw in raws
    ]
    if rows:
        await session.execute(insert_or_ignore(session, RawUpdate), rows)


async def claim(session: AsyncSession, limit: int) -> Sequence[RawUpdate]:
    """The oldest waiting update of up to `limit` chats, locked until the transaction ends.

    Another process skips what is locked here, and cannot take a later update of the same chat, because the
    earlier one still counts as waiting until this transaction commits.
    """
    earlier = aliased(RawUpdate)
    is_head = ~exists().where(
        earlier.state == UpdateState.PENDING,
        earlier.chat_id == RawUpdate.chat_id,
        earlier.update_id < RawUpdate.update_id,
    )
    query = (
        select(RawUpdate)
        .where(RawUpdate.state == UpdateState.PENDING, is_head)
        .order_by(RawUpdate.update_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=RawUpdate)
    )
    return (await session.scalars(query)).all()


async def recover(session: AsyncSession) -> int:
    """Count one more start for what is still waiting, and set aside what stopped too many; return how many."""
    await session.execute(
        update(RawUpdate).where(RawUpdate.state == UpdateState.PENDING).values(attempts=RawUpdate.attempts + 1)
    )
    gone = await session.execute(
        update(RawUpdate)
        .where(RawUpdate.state == UpdateState.PENDING, RawUpdate.attempts > MOST_ATTEMPTS)
        .values(state=UpdateState.FAILED, error_id="attempts")
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many updates there are in each state."""
    rows = await session.execute(select(RawUpdate.state, func.count()).group_by(RawUpdate.state))
    return dict(rows.all())
