"""Leave: a person's days off beside the public calendar."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Leave(Base):
    """From `first_day` to `last_day`, both included."""

    __tablename__ = "leave"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    first_day: Mapped[dtm.date]
    last_day: Mapped[dtm.date]
