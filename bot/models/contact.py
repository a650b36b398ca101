"""Contacts: the people at an account."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Stance(enum.StrEnum):
    """How somebody stands to us (K9.8)."""

    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    OPPONENT = "opponent"
    UNKNOWN = "unknown"


class Contact(Base):
    """One person at an account: name as the manager says it, role, stance."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    role: Mapped[str | None] = mapped_column(String(64))
    stance: Mapped[str] = mapped_column(String(16), default=Stance.UNKNOWN)

    __table_args__ = (UniqueConstraint("account_id", "name"),)
