"""Reminders: when each is due for whom, and how each due slot ended."""

from __future__ import annotations

import datetime as dtm
import enum

from sqlalchemy import ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId
from bot.models.message import Urgency


class Kind(enum.StrEnum):
    """What is told unasked. All but appointments come once on a local day, at the time of a schedule."""

    MORNING = "morning"
    EVENING = "evening"
    PROMISES = "promises"
    """In the morning: promises due today, and those of which this is the first workday late."""
    PROMISES_EVE = "promises_eve"
    """In the evening: promises due on the next day that is a workday, or before it."""
    NUDGE = "nudge"
    APPOINTMENT = "appointment"
    DIGEST = "digest"


class Aside(enum.StrEnum):
    """What is told unasked without a schedule of its own; kept among the reminders so that all unasked is in one place.

    `FLAG` is a nudge of the rules, `MISSED` the one summary after the coach was away, `FOREWARNING` tells a manager
    what his lead will hear of, `ESCALATION` tells it to the lead (services.escalations).
    """

    FLAG = "flag"
    MISSED = "missed"
    FOREWARNING = "forewarning"
    ESCALATION = "escalation"


class Schedule(Base):
    """One kind of reminder of one person: at `local_time` in `zone` each local day, the next time at `next_due`.

    The digest's comes on Mondays only (services.schedules).

    The zone is kept beside the person's own, so that a change is noticed and `next_due` reckoned anew.
    """

    __tablename__ = "schedule"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    zone: Mapped[str] = mapped_column(String(64))
    local_time: Mapped[dtm.time]
    next_due: Mapped[dtm.datetime] = mapped_column(index=True)


class ReminderState(enum.StrEnum):
    """How a due slot stands; a queued one ends as its message in the outbox does: sent, or dead with a reason."""

    PENDING = "pending"
    QUEUED = "queued"
    SKIPPED = "skipped"


class Reminder(Base):
    """One due slot: a kind of reminder (Kind or Aside) for a person on his local `day`.

    `key` is its name and the idempotency key of what is said: `kind:person:day`; for the appointment of a next step
    (`subject`) `appointment:person:step:time`, so that a moved one is told again; with the time of day behind it where
    he asked to hear it later. `urgency` orders what is due at once (models.message.Urgency). `not_before` is later than
    `due_at` where it waits for the end of his quiet hours, or for another try after `attempts` that failed. `reason`
    tells why it was skipped, or that its person knows that what was queued may not have arrived.
    """

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    day: Mapped[dtm.date]
    subject: Mapped[int | None]
    due_at: Mapped[dtm.datetime]
    not_before: Mapped[dtm.datetime]
    urgency: Mapped[int] = mapped_column(SmallInteger, default=Urgency.NEWS)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    state: Mapped[str] = mapped_column(String(8), default=ReminderState.PENDING)
    reason: Mapped[str | None] = mapped_column(String(32))
    settled_at: Mapped[dtm.datetime | None]

    __table_args__ = (
        Index("ix_reminder_waiting", "state", "urgency", "not_before", "id"),
        Index("ix_reminder_person_id_day", "person_id", "day"),
    )
