"""Goals: a month's numbers, as the manager set them."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base


class GoalKind(enum.StrEnum):
    """What is counted; visits and new accounts are counted by the coach, volume is told by the manager."""

    VISITS = "visits"
    VOLUME = "volume"
    NEW_ACCOUNTS = "new_accounts"


class Goal(Base):
    """One number for one month, named by its first day; volume is in the manager's unit of money.

    `reached` is the manager's own report of the volume; None for what the coach counts, and for what was not told yet.
    """

    __tablename__ = "goal"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[dtm.date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    target: Mapped[float]
    reached: Mapped[float | None]
