"""Market reports: what was heard in the field about competitors, prices, policy, demand and campaigns."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Topic(enum.StrEnum):
    """What a report is about (domain.md, table of words)."""

    COMPETITOR = "competitor"
    PRICE = "price"
    POLICY = "policy"
    DEMAND = "demand"
    CAMPAIGN = "campaign"
    OTHER = "other"


class MarketReport(Base):
    """One report of `person_id`, heard at an account or on the way."""

    __tablename__ = "market_report"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    day: Mapped[dtm.date]
    topic: Mapped[str] = mapped_column(String(16), default=Topic.OTHER)
    text: Mapped[str] = mapped_column(Text)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)

    __table_args__ = (Index("ix_market_report_person_id_day", "person_id", "day"),)
