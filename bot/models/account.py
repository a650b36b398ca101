"""Accounts: the organisations and shops of a manager's book."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Tier(enum.StrEnum):
    """How often an account deserves contact; A is a key account."""

    A = "A"
    B = "B"
    C = "C"


class Trend(enum.StrEnum):
    """Where its purchases are going."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"


class Account(Base):
    """One account in the book of `person_id`; money is in that manager's unit, `potential` and sales are a year's.

    `area` groups accounts that are near each other. `archived_on` is set once the account has left the book.
    `collateral` is the loan file of a lending account as in the portable record; there `delay_grew_on` keeps the day on
    which the payment delay grew last.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(128))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    tier: Mapped[str] = mapped_column(String(1))
    segment: Mapped[str | None] = mapped_column(String(64))
    area: Mapped[str | None] = mapped_column(String(64))
    potential: Mapped[float | None]
    annual_sales: Mapped[float | None]
    margin_pct: Mapped[float | None]
    payment_delay_days: Mapped[int | None]
    trend: Mapped[str | None] = mapped_column(String(8))
    collateral: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[dtm.datetime]
    archived_on: Mapped[dtm.date | None]

    @property
    def unwon(self) -> float:
        """Potential of a year that is not won yet; 0 where it is unknown."""
        return max(0.0, (self.potential or 0) - (self.annual_sales or 0))

    def pays_late(self, days: int, today: dtm.date) -> None:
        """Put the payment delay on file, and into the loan file that it has grown, where it has (K5.3)."""
        if self.collateral and self.payment_delay_days is not None and days > self.payment_delay_days:
            self.collateral = {**self.collateral, "delay_grew_on": today.isoformat()}
        self.payment_delay_days = days

    __table_args__ = (UniqueConstraint("person_id", "name"), Index("ix_account_person_id_tier", "person_id", "tier"))


class AccountTransfer(Base):
    """One hand-over of an account from a manager to another, kept as history."""

    __tablename__ = "account_transfer"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    on: Mapped[dtm.date]
