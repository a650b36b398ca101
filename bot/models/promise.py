"""Promises: what a manager said he would do for a client, and what clients said they would do."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.models.base import Base, BigId


class Promise(Base):
    """One promise of `person_id`, who has to keep it; all days are local.

    `due` is the date that counts: moved with the client's consent before it was due, the new one; moved later, the
    old one stays and `moved_to` is the day that he is reminded of (domain.md §4 Terms). `moves` keeps the history as
    {"from", "to", "on"} ISO days. `absolute` are the words of an unconditional assurance, if there were any.
    """

    __tablename__ = "promise"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    made_on: Mapped[dtm.date]
    what: Mapped[str] = mapped_column(String(256))
    due: Mapped[dtm.date | None]
    moved_to: Mapped[dtm.date | None]
    moves: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    kept_on: Mapped[dtm.date | None]
    withdrawn_on: Mapped[dtm.date | None]
    wording: Mapped[str] = mapped_column(Text, default="")
    absolute: Mapped[str | None] = mapped_column(String(64))
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)

    __table_args__ = (Index("ix_promise_person_id_due", "person_id", "due"),)

    @property
    def is_open(self) -> bool:
        """Neither kept nor withdrawn, late or not."""
        return self.kept_on is None and self.withdrawn_on is None

    @property
    def expected(self) -> dtm.date | None:
        """The day on which the client now expects it."""
        return self.moved_to or self.due

    def move(self, to: dtm.date, today: dtm.date) -> None:
        """Agree with the client on another day, or on a first one.

        Only what is agreed before it was due counts (domain.md §4 Terms).
        """
        if self.due is not None:
            before = self.moved_to or self.due
            moved = {"from": before.isoformat(), "to": to.isoformat(), "on": today.isoformat()}
            self.moves = [*self.moves, moved]
        if self.due is None or (self.moved_to is None and today <= self.due):
            self.due = to
        else:
            self.moved_to = to


class ClientPromise(Base):
    """Something a client said he would do; remembered, never counted against the manager."""

    __tablename__ = "client_promise"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    said_on: Mapped[dtm.date]
    what: Mapped[str] = mapped_column(String(256))
    due: Mapped[dtm.date | None]
    kept_on: Mapped[dtm.date | None]
    withdrawn_on: Mapped[dtm.date | None]
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id", ondelete="SET NULL"), index=True)

    __table_args__ = (Index("ix_client_promise_person_id", "person_id"),)
