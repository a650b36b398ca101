"""Wording samples: what a manager wrote to or about clients, private to him."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class WordingSample(Base):
    """One text whose wording may be judged."""

    __tablename__ = "wording_sample"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    day: Mapped[dtm.date]
    text: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_wording_sample_person_id_day", "person_id", "day"),)
