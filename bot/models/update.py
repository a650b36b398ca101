"""The inbox's rows: every raw update from Telegram, kept before it is understood."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import BigInteger, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base


class UpdateState(enum.StrEnum):
    """Where an update stands: waiting, handled, or failed with an error that nobody expected."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class RawUpdate(Base):
    """One update as Telegram sent it, JSON. `attempts` counts the tries after a start of the coach."""

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[dtm.datetime]
    state: Mapped[str] = mapped_column(String(8), default=UpdateState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    error_id: Mapped[str | None] = mapped_column(String(16))

    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "chat_id",
            "update_id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )
