"""Broadcasts: what a lead told his whole team, and who has confirmed reading it."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Broadcast(Base):
    """One message of a lead (`person_id`) to a team; `reminded_on` is his day on which he last reminded of it."""

    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[dtm.datetime]
    reminded_on: Mapped[dtm.date | None]


class BroadcastCopy(Base):
    """One member's copy of a broadcast; `read_at` once he tapped that he has read it."""

    __tablename__ = "broadcast_copy"

    broadcast_id: Mapped[int] = mapped_column(ForeignKey("broadcast.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True)
    read_at: Mapped[dtm.datetime | None]
