"""The five questions that set priorities (K9.14), answered from a manager's own records."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person
from bot.services.planning import Arithmetic
from rules.matcher import Matcher


@dataclass(frozen=True)
class Capacity:
    """Are there too many accounts to give each its time? `overdue` have waited longer than their cadence."""

    accounts: int
    overdue: int
    arithmetic: Arithmetic


@dataclass(frozen=True)
class Returns:
    """Which key accounts pay off now, and which in three to six months? Names, the largest first.

    `now`: an order in the window. `later`: no order in it, and a potential that is not won yet.
    """

    now: Sequence[str]
    later: Sequence[str]


@dataclass(frozen=True)
class RightPeople:
    """Does the time go to the right people? Visits of the last 28 days that met somebody.

    `at_key` of `visits` were at key accounts, `with_opponents` met somebody who is against us; `unmet` are key accounts
    with an opponent whom nobody has met in the policy's days (K9.8).
    """

    visits: int
    at_key: int
    with_opponents: int
    unmet: Sequence[str]


@dataclass(frozen=True)
class RightThings:
    """Do the right things bring clients nearer to buying? Visits of the last 28 days, and those that led to something.

    `fruitless` are the accounts with the most visits in the window and no result at all.
    """

    visits: int
    productive: int
    fruitless: Sequence[str]


@dataclass(frozen=True)
class SeniorVisit:
    """A key account that senior management should visit, and why: complaint, opponent, falling, large or late.

    Reasons: `complaint` open, `opponent` unmet, `falling` purchases, `waiting` beyond cadence and grace, `potential`.
    """

    account: str
    reason: str


@dataclass(frozen=True)
class FiveQuestions:
    """The answers to the five questions of K9.14, in its order."""

    capacity: Capacity
    returns: Returns
    people: RightPeople
    things: RightThings
    senior: Sequence[SeniorVisit]


async def answers(session: AsyncSession, person: Person, matcher: Matcher, today: dtm.date) -> FiveQuestions:
    """The five questions answered for a person as of a day."""
    raise NotImplementedError
