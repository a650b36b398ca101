"""Flags: habits shown by facts, from opening to clearing, and the evaluations that found them."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Evaluation(Base):
    """One run of the rules that changed somebody's flags: the facts as judged, so that it can be run again."""

    __tablename__ = "evaluation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    day: Mapped[dtm.date]
    evaluated_at: Mapped[dtm.datetime]
    rule_set: Mapped[str] = mapped_column(String(64))
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Flag(Base):
    """One habit of a person, at an account where `account_id` is set, for one wording habit where `item` is.

    `derivation` is the whole chain of reasons with rule versions, values and limits (rules.assessment.Step as JSON).
    It is cleared by facts only. Until then it may have been seen, wait until `snoozed_until`, or be disputed.
    """

    __tablename__ = "flag"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id", ondelete="CASCADE"))
    habit: Mapped[str] = mapped_column(String(40))
    item: Mapped[str | None] = mapped_column(String(16))
    severity: Mapped[str] = mapped_column(String(8))
    is_private: Mapped[bool]
    advice: Mapped[str] = mapped_column(String(40))
    clears: Mapped[str] = mapped_column(String(64))
    derivation: Mapped[dict[str, Any]] = mapped_column(JSON)
    opened_at: Mapped[dtm.datetime]
    seen_at: Mapped[dtm.datetime | None]
    nudged_at: Mapped[dtm.datetime | None]
    snoozed_until: Mapped[dtm.date | None]
    disputed_at: Mapped[dtm.datetime | None]
    dispute: Mapped[str | None] = mapped_column(String(256))
    cleared_at: Mapped[dtm.datetime | None]

    __table_args__ = (
        Index(
            "ix_flag_open",
            "person_id",
            "habit",
            sqlite_where=text("cleared_at IS NULL"),
            postgresql_where=text("cleared_at IS NULL"),
        ),
        Index("ix_flag_person_id_opened_at", "person_id", "opened_at"),
    )
