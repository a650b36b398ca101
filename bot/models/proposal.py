"""Proposals: the rules' reasons for seeing accounts on a day, kept from the last look until they are asked for."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base


class Proposal(Base):
    """What the rules found for one manager's local `day` at his last look: the newest only.

    `reasons` are services.proposals.Reason as JSON, each with its account. It holds as long as nothing changed since
    `made_at` (Person.evaluate_at tells) and the day is still the same.
    """

    __tablename__ = "proposal"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[dtm.date]
    made_at: Mapped[dtm.datetime]
    rule_set: Mapped[str] = mapped_column(String(64))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
