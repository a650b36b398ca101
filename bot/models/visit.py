"""Visits: real contacts with accounts, and the attempts that met nobody."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Outcome(enum.StrEnum):
    """What came of a visit; `absent` is an attempt that met nobody (domain.md §4 Terms)."""

    ORDER = "order"
    NEXT_STEP = "next_step"
    ISSUE_SOLVED = "issue_solved"
    INFO = "info"
    NONE = "none"
    ABSENT = "absent"


class Visit(Base):
    """One contact on the local `day` of the manager. `kind` is visit, call or message; `contact` the name as said."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    day: Mapped[dtm.date]
    kind: Mapped[str] = mapped_column(String(16), default="visit")
    contact: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        Index("ix_visit_person_id_day", "person_id", "day"),
        Index("ix_visit_account_id_day", "account_id", "day"),
    )
