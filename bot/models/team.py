"""Teams: a group of managers with one or more leads and one policy."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId
from bot.models.policy import Policy


class Team(Base):
    """One team; `overrides` holds the policy fields that differ from their defaults."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    overrides: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[dtm.datetime]

    @property
    def policy(self) -> Policy:
        """The team's thresholds, defaults filled in."""
        return Policy.model_validate(self.overrides)


class Membership(Base):
    """Who belongs to which team: a manager to one, a lead to those that he leads."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), primary_key=True, index=True)
