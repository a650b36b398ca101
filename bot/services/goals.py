"""Goals: a month's numbers, set by the manager, and how far he has come."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import CoachError
from bot.models import GoalKind, Person


class GoalRefused(CoachError):
    """A number that no goal can have; the text id says why."""


@dataclass(frozen=True)
class Progress:
    """One goal of a month: its number, what is reached, and what would be by now at an even pace over the workdays.

    `reached` is None where nobody has told it: the volume, which he reports himself.
    """

    kind: GoalKind
    target: float
    reached: float | None
    expected_by_now: float

    @property
    def percent(self) -> int | None:
        """Reached of the target, in whole percent rounded down; None where it is not known."""
        return None if self.reached is None else int(100 * self.reached // self.target)


async def set_goal(session: AsyncSession, person: Person, month: dtm.date, kind: GoalKind, target: float) -> None:
    """Keep a goal for the month of a day; 0 takes it back. Raises GoalRefused for what is no sensible number."""
    raise NotImplementedError


async def tell_volume(session: AsyncSession, person: Person, month: dtm.date, reached: float) -> None:
    """Keep the volume that he says he has reached. Raises NoSuchRecord without such a goal, GoalRefused."""
    raise NotImplementedError


async def progress(session: AsyncSession, person: Person, month: dtm.date, today: dtm.date) -> list[Progress]:
    """How the goals of the month of a day stand as of today: visits, volume, new accounts, where there is a goal."""
    raise NotImplementedError
