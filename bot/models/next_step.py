"""Next steps and appointments agreed with a client."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class NextStep(Base):
    """What was agreed to happen next at an account; an appointment where `is_appointment`, at local `time` if said."""

    __tablename__ = "next_step"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    agreed_on: Mapped[dtm.date]
    what: Mapped[str] = mapped_column(String(256))
    due: Mapped[dtm.date | None]
    time: Mapped[dtm.time | None]
    is_appointment: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str | None] = mapped_column(String(64))
    done_on: Mapped[dtm.date | None]
    dropped_on: Mapped[dtm.date | None]
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)

    __table_args__ = (
        Index("ix_next_step_person_id_due", "person_id", "due"),
        Index("ix_next_step_is_appointment_due", "is_appointment", "due"),
    )
