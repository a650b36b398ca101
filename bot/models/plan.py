"""Day plans: the accounts chosen for one day, and the number aimed at."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class DayPlan(Base):
    """One manager's plan of one local day; `target` is the number of visits aimed at."""

    __tablename__ = "day_plan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    day: Mapped[dtm.date]
    target: Mapped[int]

    __table_args__ = (UniqueConstraint("person_id", "day"),)


class PlannedAccount(Base):
    """One account of a plan, in its order of visiting."""

    __tablename__ = "planned_account"

    plan_id: Mapped[int] = mapped_column(ForeignKey("day_plan.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]
