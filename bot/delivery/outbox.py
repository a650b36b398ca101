"""The outbox: what the coach owes to each chat, queued in the transaction of the effects, one in flight per chat."""

from __future__ import annotations

import datetime as dtm
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import insert_or_ignore, read_in_order
from bot.keyboards import Keyboard, Signer
from bot.models import MessageState, OutboxMessage, Urgency
from bot.replies import Document, Picture, Reply, Rewrite, Say, Toast

UNSETTLED: BindParameter[Sequence[str]] = bindparam(
    "unsettled", (MessageState.PENDING, MessageState.SENDING), expanding=True, literal_execute=True
)
"""The states in which a row still has to be sent; said literally, or no database sees that an index serves."""

UNKNOWN = "unknown"
"""The reason of a message that ended without anybody knowing whether it arrived."""

LEASE = dtm.timedelta(seconds=120)
"""How long a message may stay with one sender: longer than all time-outs of one request together."""


@dataclass(frozen=True)
class Letter:
    """One request to be queued: Bot API method, its arguments, and the bytes of a file.

    `urgency` and `repeatable` as in the outbox's row; it is kept back for the time of `hold`.
    """

    method: str
    params: dict[str, Any]
    file: bytes | None = None
    urgency: Urgency = Urgency.ANSWER
    repeatable: bool = True
    hold: dtm.timedelta = dtm.timedelta()


@dataclass(frozen=True)
class Outcome:
    """How sending one row ended.

    `delay` is the time until the next try of a row that goes back to pending; `lost_chat` the chat that turned out to
    be out of reach.
    """

    row_id: int
    state: MessageState
    message_id: int | None = None
    reason: str | None = None
    delay: dtm.timedelta = dtm.timedelta()
    lost_chat: int | None = None


def letter(reply: Reply, chat_id: int, query_id: str | None, signer: Signer, now: dtm.datetime) -> Letter:
    """The request that speaks a reply to a chat, or to whom it names; its buttons are signed for that chat's owner."""
    html = {"parse_mode": "HTML"}
    if isinstance(reply, Say) and reply.to is not None:
        chat_id = reply.to

    def markup(rows: Keyboard) -> dict[str, Any]:
        return {"reply_markup": signer.keyboard(rows, chat_id, now)} if rows else {}

    match reply:
        case Say():
            params = {"chat_id": chat_id, "text": reply.html, **html, **markup(reply.buttons)}
            params |= {"link_preview_options": {"is_disabled": True}}
            return Letter("sendMessage", params, urgency=reply.urgency, hold=reply.hold)
        case Rewrite():
            place = {"chat_id": chat_id, "message_id": reply.message_id}
            return Letter("editMessageText", {**place, "text": reply.html, **html, **markup(reply.buttons)})
        case Toast():
            return Letter(
                "answerCallbackQuery",
                {"callback_query_id": query_id, "text": reply.text or None, "show_alert": reply.alert or None},
            )
        case Picture():
            return Letter(
                "sendPhoto", {"chat_id": chat_id, "caption": reply.html, **html, **markup(reply.buttons)}, reply.png
            )
        case Document():
            params = {"chat_id": chat_id, "caption": reply.html, **html, **markup(reply.buttons)}
            return Letter("sendDocument", params | {"filename": reply.name}, reply.content)


def rows(chat_id: int, letters: Iterable[tuple[str, Letter]], system_now: dtm.datetime) -> list[dict[str, Any]]:
    """The rows of letters under their idempotency keys: to the chat that each names, else to `chat_id`.

    Raises TypeError for what is not JSON.
    """
    made = []
    for key, entry in letters:
        params = {name: value for name, value in entry.params.items() if value is not None}
        json.dumps(params)
        made.append(
            {
                "key": key,
                "chat_id": entry.params.get("chat_id", chat_id),
                "method": entry.method,
                "params": params,
                "file": entry.file,
                "urgency": entry.urgency,
                "repeatable": entry.repeatable,
                "state": MessageState.PENDING,
                "attempts": 0,
                "created_at": system_now,
                "not_before": system_now + entry.hold,
            }
        )
    return made


async def insert(session: AsyncSession, made: Sequence[dict[str, Any]]) -> None:
    """Queue rows in one statement; a key that exists already is left alone."""
    if made:
        await session.execute(insert_or_ignore(session, OutboxMessage), made)


async def claim(
    session: AsyncSession, system_now: dtm.datetime, limit: int, held: Collection[int] = ()
) -> Sequence[OutboxMessage]:
    """The next row of up to `limit` chats outside `held`, marked as being sent for the time of a lease.

    The most urgent come first, in a chat and among chats; of a chat one at a time. One that was left half-sent and must
    not come twice ends here instead: nobody knows whether it arrived.
    """
    other = aliased(OutboxMessage)
    goes_first = or_(
        other.state == MessageState.SENDING,
        other.urgency < OutboxMessage.urgency,
        and_(other.urgency == OutboxMessage.urgency, other.id < OutboxMessage.id),
    )
    is_next = ~exists().where(
        other.chat_id == OutboxMessage.chat_id, other.state.in_(UNSETTLED), other.id != OutboxMessage.id, goes_first
    )
    ready = or_(
        and_(OutboxMessage.state == MessageState.PENDING, OutboxMessage.not_before <= system_now),
        and_(OutboxMessage.state == MessageState.SENDING, OutboxMessage.lease_until < system_now),
    )
    query = (
        select(OutboxMessage)
        .where(OutboxMessage.state.in_(UNSETTLED), ready, is_next, OutboxMessage.chat_id.not_in(held))
        .order_by(OutboxMessage.urgency, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    )
    claimed = []
    await read_in_order(session)
    for row in await session.scalars(query):
        if row.state == MessageState.SENDING and not row.repeatable:
            row.state, row.reason, row.lease_until = MessageState.DEAD, UNKNOWN, None
        else:
            row.state, row.lease_until, row.attempts = MessageState.SENDING, system_now + LEASE, row.attempts + 1
            claimed.append(row)
    return claimed


async def settle(session: AsyncSession, outcomes: Sequence[Outcome], system_now: dtm.datetime) -> None:
    """Write down how sending ended; a picture or document is forgotten at once.

    It may hold an invitation, of which nobody but the guest may have the token, or somebody's export.
    """
    if not outcomes:
        return
    table = OutboxMessage.__table__
    statement = (
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("row_id"))
        .values(
            state=bindparam("to_state"),
            message_id=bindparam("to_message_id"),
            reason=bindparam("to_reason"),
            not_before=bindparam("to_not_before"),
            sent_at=bindparam("to_sent_at"),
            lease_until=None,
        )
    )
    connection = await session.connection()
    await connection.execute(
        statement,
        [
            {
                "row_id": outcome.row_id,
                "to_state": outcome.state,
                "to_message_id": outcome.message_id,
                "to_reason": outcome.reason,
                "to_not_before": system_now + outcome.delay,
                "to_sent_at": system_now if outcome.state == MessageState.SENT else None,
            }
            for outcome in outcomes
        ],
    )
    ended = [outcome.row_id for outcome in outcomes if outcome.state != MessageState.PENDING]
    files = update(OutboxMessage).where(OutboxMessage.id.in_(ended), OutboxMessage.file.is_not(None))
    await session.execute(files.values(file=None, params={}), execution_options={"synchronize_session": False})


async def recover(session: AsyncSession) -> None:
    """Give back what an earlier process of this machine left half-sent, as `claim` does with what a lease has left.

    Only where no other process can be sending.
    """
    half_sent = update(OutboxMessage).where(OutboxMessage.state == MessageState.SENDING)
    unknown = half_sent.where(OutboxMessage.repeatable.is_(False))
    await session.execute(unknown.values(state=MessageState.DEAD, reason=UNKNOWN, lease_until=None))
    await session.execute(half_sent.values(state=MessageState.PENDING, lease_until=None))


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many messages there are in each state."""
    found = await session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
    return dict(found.all())
