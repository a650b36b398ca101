"""Escalations: flags that stayed open too long, on their way to the lead, and what he answered; and asked-for help."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class LeadAnswer(enum.StrEnum):
    """What a lead can say to an escalated flag."""

    HELP = "help"
    TALK = "talk"
    THRESHOLD = "threshold"


class Escalation(Base):
    """One flag that reached, or is about to reach, the lead: once. The manager is told first, at `announced_at`."""

    __tablename__ = "escalation"

    flag_id: Mapped[int] = mapped_column(ForeignKey("flag.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    announced_at: Mapped[dtm.datetime]
    told_at: Mapped[dtm.datetime | None]
    answer: Mapped[str | None] = mapped_column(String(16))
    answered_at: Mapped[dtm.datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class HelpRequest(Base):
    """What a manager asked his lead for, in his own words; open until a lead answers.

    One without words is answered without any, too, by the answer to the flag that it is about.
    """

    __tablename__ = "help_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    flag_id: Mapped[int | None] = mapped_column(ForeignKey("flag.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[dtm.datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[dtm.datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
