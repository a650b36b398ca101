"""Notes: what a manager typed after a visit, stored before it is understood, and the draft made of it."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class NoteState(enum.StrEnum):
    """A draft counts for nothing, a confirmed note made records, a discarded one is only kept as text."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    DISCARDED = "discarded"


class Note(Base):
    """One note. `text` is private to its author.

    `understanding` is what the coach made of it, with the author's corrections (bot.language.notes as JSON).
    `version` grows with each change, so that a tap on an older card changes nothing. `offered_at` is set when a waiting
    draft was offered again. `shared_at` is set while its author lets his lead
    read it. `effects` lists by kind the ids of what confirming changed besides the records that carry
    `note_id`, for the undo.
    """

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dtm.datetime]
    state: Mapped[str] = mapped_column(String(16), default=NoteState.DRAFT)
    understanding: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    offered_at: Mapped[dtm.datetime | None]
    confirmed_at: Mapped[dtm.datetime | None]
    shared_at: Mapped[dtm.datetime | None]
    effects: Mapped[dict[str, list[int]]] = mapped_column(JSON, default=dict)

    __table_args__ = (Index("ix_note_person_id_state", "person_id", "state"),)
