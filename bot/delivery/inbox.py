"""The inbox: raw updates, stored before Telegram is told that they arrived, claimed chat by chat."""

from __future__ import annotations

import datetime as dtm
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import insert_or_ignore
from bot.models import RawUpdate, UpdateState


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


async def newest_waiting(session: AsyncSession) -> int | None:
    """The newest update that waits, None where nothing does."""
    return await session.scalar(select(func.max(RawUpdate.update_id)).where(RawUpdate.state == UpdateState.PENDING))


async def count_try(session: AsyncSession, newest: int) -> RawUpdate | None:
    """Count a try of the next waiting update and return it; None where all that wait are newer than `newest`."""
    for update in await claim(session, 1):
        if update.update_id <= newest:
            update.attempts += 1
            return update
    return None


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many updates there are in each state."""
    rows = await session.execute(select(RawUpdate.state, func.count()).group_by(RawUpdate.state))
    return dict(rows.all())
