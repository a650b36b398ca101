"""Complaints of clients, and whether they were answered."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Complaint(Base):
    """One complaint made on the local day `made_on`; open until `answered_on`."""

    __tablename__ = "complaint"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    made_on: Mapped[dtm.date]
    text: Mapped[str] = mapped_column(Text)
    answered_on: Mapped[dtm.date | None]
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)
