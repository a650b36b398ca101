"""Day plans: a day's draft, the accounts chosen, the number aimed at, what became of each, the evening's review."""

from __future__ import annotations

import datetime as dtm
import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class PlannedState(enum.StrEnum):
    """What became of a planned account; `planned` is still an open end."""

    PLANNED = "planned"
    DONE = "done"
    MOVED = "moved"
    DROPPED = "dropped"


class DayPlan(Base):
    """One manager's plan of one local day; `target` is the number of visits aimed at.

    `arithmetic` is how that number was reckoned (services.planning.Arithmetic as JSON), empty for an imported plan.
    `made_at` is when he confirmed it, None for an imported one.
    """

    __tablename__ = "day_plan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    day: Mapped[dtm.date]
    target: Mapped[int]
    arithmetic: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    made_at: Mapped[dtm.datetime | None]

    __table_args__ = (UniqueConstraint("person_id", "day"),)


class PlannedAccount(Base):
    """One account of a plan, in its order of visiting.

    `reasons` are those that ranked it, with points (services.planning.Reason as JSON), empty where he added it himself.
    `reason` tells why it was dropped or not done, `moved_to` the day to which it was moved, `settled_on` the local day
    on which he said that it was done or dropped.
    """

    __tablename__ = "planned_account"

    plan_id: Mapped[int] = mapped_column(ForeignKey("day_plan.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    state: Mapped[str] = mapped_column(String(8), default=PlannedState.PLANNED, server_default="planned")
    reason: Mapped[str | None] = mapped_column(String(256))
    moved_to: Mapped[dtm.date | None]
    settled_on: Mapped[dtm.date | None]


class DayReview(Base):
    """One manager's evening review of one local day; `first_step` is what he wants to do first on the next workday."""

    __tablename__ = "day_review"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[dtm.date] = mapped_column(primary_key=True)
    closed_at: Mapped[dtm.datetime | None]
    first_step: Mapped[str | None] = mapped_column(String(256))


class DayDraft(Base):
    """What is being put together for one manager's local `day` and is no plan yet.

    `ranked` are the accounts that were proposed, the best first, each with its reasons as in PlannedAccount;
    `arithmetic` as in DayPlan. `chosen` holds what he ticked, by account ids; None as long as he has changed nothing.
    `by_hand` are the accounts that he put on the list or took off it one by one, by id: whether he put it on.
    """

    __tablename__ = "day_draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[dtm.date] = mapped_column(primary_key=True)
    arithmetic: Mapped[dict[str, Any]] = mapped_column(JSON)
    ranked: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    chosen: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    by_hand: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict, server_default="{}")
