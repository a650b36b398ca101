"""The team's handbook: documents that leads sent, the passages they were cut into, and leads' answers to gaps."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class HandbookState(enum.StrEnum):
    """Waiting to be read; searched; kept as the version before; refused with a problem; or removed."""

    PENDING = "pending"
    CURRENT = "current"
    EARLIER = "earlier"
    REFUSED = "refused"
    REMOVED = "removed"


class Handbook(Base):
    """One version of one document of a team, by its Telegram `file_id`; it waits until `team_id` is known.

    `pages` are pages of a PDF or slides, None where a format has none; `scanned` those of them without any text.
    `headings` and `passages` are how many were found. `problem` is the id of the text that says why it was refused.
    """

    __tablename__ = "handbook"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[str] = mapped_column(String(256))
    name: Mapped[str] = mapped_column(String(128))
    format: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    pages: Mapped[int | None]
    scanned: Mapped[int] = mapped_column(default=0)
    headings: Mapped[int] = mapped_column(default=0)
    passages: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default=HandbookState.PENDING)
    problem: Mapped[str | None] = mapped_column(String(64))
    uploaded_at: Mapped[dtm.datetime]
    removed_at: Mapped[dtm.datetime | None]

    __table_args__ = (Index("ix_handbook_team_id_name", "team_id", "name"), Index("ix_handbook_state", "state"))


class TeamAnswer(Base):
    """What a lead answered for his team where the documents did not; signed with his name."""

    __tablename__ = "team_answer"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dtm.datetime]
    removed_at: Mapped[dtm.datetime | None]


class Passage(Base):
    """One piece of what a team knows: of a document, in its order, or the whole of a lead's answer.

    `heading` is the path of headings above it (bot/documents/cutting.py), or the question that was answered; `page` the
    page or slide on which it begins. Whether it is searched stands in the database's index (bot/services/passages.py).
    """

    __tablename__ = "passage"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    handbook_id: Mapped[int | None] = mapped_column(ForeignKey("handbook.id", ondelete="CASCADE"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("team_answer.id", ondelete="CASCADE"), unique=True)
    position: Mapped[int] = mapped_column(default=0)
    heading: Mapped[str] = mapped_column(Text)
    page: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)

    __table_args__ = (UniqueConstraint("handbook_id", "position", name="uq_passage_handbook_id_position"),)
