"""The evening's review of a day: what is still to be told, what else was done, the first step of tomorrow, praise."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, MarketReport, Person, Visit
from bot.services.day_plans import Item, Plan


@dataclass(frozen=True)
class Evening:
    """One person's day as his review shows it.

    `plan` is None where there was none; `unplanned` are the visits at accounts that no plan of the day held, `visits`
    how many he made in all, `reports` what he heard from the market. `first_step` is what he wants to begin the next
    workday with, `closed_at` when he ended the review, None before.
    """

    day: dtm.date
    plan: Plan | None
    visits: int
    unplanned: Sequence[tuple[Visit, Account]]
    reports: Sequence[MarketReport]
    first_step: str | None
    closed_at: dtm.datetime | None

    @property
    def to_tell(self) -> list[Item]:
        """The planned accounts of which he has not told yet what became."""
        return self.plan.still_open if self.plan else []


@dataclass(frozen=True)
class Praise:
    """One honest line: the id of its text (praise.ftl) and the values. Days are dates."""

    text_id: str
    values: Mapping[str, object] = field(default_factory=dict)


async def review_of(session: AsyncSession, person: Person, day: dtm.date) -> Evening:
    """The person's review of a day, whether or not he has begun it."""
    raise NotImplementedError


async def set_first_step(session: AsyncSession, person: Person, day: dtm.date, words: str) -> None:
    """Keep with the review of a day what he wants to do first on the next workday: 256 characters are kept."""
    raise NotImplementedError


async def first_step_for(session: AsyncSession, person: Person, day: dtm.date) -> str | None:
    """What he set himself as first step for a day, in the last review before it; None where it held none."""
    raise NotImplementedError


async def close(session: AsyncSession, person: Person, day: dtm.date, now: dtm.datetime) -> bool:
    """End the review of a day; return whether it was still open."""
    raise NotImplementedError


async def praise(session: AsyncSession, person: Person, day: dtm.date) -> Praise | None:
    """One line of praise that the day's records bear out, the weightiest; None where they bear out none."""
    raise NotImplementedError
