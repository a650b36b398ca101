"""The outbox's rows: every request to Telegram that the coach owes, each with its idempotency key."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, SmallInteger, String, text, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class MessageState(enum.StrEnum):
    """Where a message stands: waiting, handed to Telegram, delivered, or given up with a reason."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"


class Urgency(enum.IntEnum):
    """What goes first where Telegram's pace does not let all go at once; the smallest number first."""

    ANSWER = 0
    """Somebody is typing or tapping and waits."""
    APPOINTMENT = 1
    PROMISE = 2
    FLAG = 3
    PLAN = 4
    NEWS = 5
    """Digests, broadcasts and whatever else may be a few minutes late."""


UNSETTLED = text("state IN ('pending', 'sending')")
"""Whether a row still has to be sent: the condition of the indexes."""


class OutboxMessage(Base):
    """One request to Telegram. `key` is unique, so that the same event can never queue it twice.

    `params` are the arguments of the Bot API method; `file` the bytes of a picture or document.
    The most urgent go first, within a chat too; the equally urgent in their order.
    One that is not `repeatable` is given up where nobody knows whether it arrived.
    `not_before` and `lease_until` are instants of system time: they obey delivery, not the movable clock.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(96), unique=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str] = mapped_column(String(32))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    file: Mapped[bytes | None] = mapped_column(LargeBinary)
    urgency: Mapped[int] = mapped_column(SmallInteger, default=Urgency.ANSWER, server_default="0")
    repeatable: Mapped[bool] = mapped_column(default=True, server_default=true())
    state: Mapped[str] = mapped_column(String(8), default=MessageState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dtm.datetime]
    not_before: Mapped[dtm.datetime]
    lease_until: Mapped[dtm.datetime | None]
    sent_at: Mapped[dtm.datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_outbox_waiting", "chat_id", "urgency", "id", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED),
        Index("ix_outbox_urgency_id", "urgency", "id", sqlite_where=UNSETTLED, postgresql_where=UNSETTLED),
    )
