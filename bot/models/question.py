"""Questions that people asked, with what the coach found; the ground of the knowledge gaps."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Question(Base):
    """One question with its outcome: answer, unsure, none, team (its own documents answered), settled (its lead did).

    `article_id` is the article that was shown: the answer, or the suggestion that the asker opened. `suggested` holds
    the articles offered when unsure. `verdict` is the asker's own: up or down, and for down the `reason` he tapped.
    """

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    asked_at: Mapped[dtm.datetime]
    locale: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(8))
    article_id: Mapped[str | None] = mapped_column(String(40))
    suggested: Mapped[list[str]] = mapped_column(JSON)
    confidence: Mapped[float]
    verdict: Mapped[str | None] = mapped_column(String(4))
    reason: Mapped[str | None] = mapped_column(String(16))
