"""Drafts: what the coach has just asked somebody to type."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base


class Draft(Base):
    """The question that a person's next typed message answers, as an action such as `account-name:42`.

    `text` is what he typed before, where the question is about that.
    """

    __tablename__ = "draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    action: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[dtm.datetime]
    text: Mapped[str | None] = mapped_column(Text)
