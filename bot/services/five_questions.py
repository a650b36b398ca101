"""The five questions that set priorities (K9.14), answered from a manager's own records."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Outcome, Person, Stance, Trend, Visit
from bot.services import histories, planning
from bot.services.facts import FRUITLESS, account_facts_of, own_visits
from bot.services.histories import DAY, History
from bot.services.planning import HORIZON, Arithmetic
from rules.facts import Fact
from rules.matcher import Matcher

MOST_SENIOR = 3
"""Key accounts for senior management at most: its time is dearer still."""


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

    `fruitless` are the accounts with as many visits in the window as the policy's `idle_visits` and no result at all.
    """

    visits: int
    productive: int
    fruitless: Sequence[str]


@dataclass(frozen=True)
class SeniorVisit:
    """A key account that senior management should visit, and why that matters, the first reason that holds.

    `complaint`: one is open. `opponent`: somebody against us whom nobody has met for too long. `falling`: it buys less
    and less. `stuck`: visited as often as `idle_visits`, no order in the window, and a potential that is not won.
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
    found = await histories.gather(session, [person], {person.id: today}, is_over=False)
    return answers_from(found[person.id], matcher)


def answers_from(history: History, matcher: Matcher) -> FiveQuestions:
    """The five questions answered from a history."""
    folded = matcher.fold(account_facts_of(history))
    facts = {int(str(one["acc"])): one for one in folded if one["k"] == "account"}
    key = [one for one in sorted(history.accounts, key=_by_sales) if facts[one.id]["is_key"]]
    recent = [visit for visit in own_visits(history) if visit.day > history.today - HORIZON * DAY]
    return FiveQuestions(
        Capacity(
            accounts=len(history.accounts),
            overdue=sum(_figure(one, "days_since_visit") > _figure(one, "cadence_days") for one in facts.values()),
            arithmetic=planning.reckon(planning.basis_from(history), history.today),
        ),
        _returns(history, key),
        _people(history, recent, key, facts),
        _things(history, recent, facts),
        _senior(history, key, facts),
    )


def _by_sales(account: Account) -> tuple[float, str]:
    return -(account.annual_sales or 0), account.name


def _figure(fact: Fact, field: str) -> int:
    return int(fact[field])


def _bought(history: History) -> set[int]:
    """The accounts with an order in the window."""
    return {visit.account_id for visit in history.visits if visit.outcome == Outcome.ORDER}


def _returns(history: History, key: Sequence[Account]) -> Returns:
    bought = _bought(history)
    later = [one for one in key if one.id not in bought and one.unwon]
    return Returns(
        [one.name for one in key if one.id in bought],
        [one.name for one in sorted(later, key=lambda one: (-one.unwon, one.name))],
    )


def _people(history: History, recent: Sequence[Visit], key: Sequence[Account], facts: dict[int, Fact]) -> RightPeople:
    ids = {one.id for one in key}
    opponents = {(one.account_id, one.name) for one in history.contacts if one.stance == Stance.OPPONENT}
    met = [visit for visit in recent if visit.outcome != Outcome.ABSENT]
    return RightPeople(
        len(met),
        sum(visit.account_id in ids for visit in met),
        sum((visit.account_id, visit.contact) in opponents for visit in met),
        [one.name for one in key if _is_opponent_unmet(facts[one.id])],
    )


def _is_opponent_unmet(fact: Fact) -> bool:
    return bool(fact["has_opponent"]) and _figure(fact, "opponent_days_unmet") >= _figure(fact, "opponent_limit_days")


def _things(history: History, recent: Sequence[Visit], facts: dict[int, Fact]) -> RightThings:
    idle = [one for one in history.accounts if _is_often_seen(facts[one.id]) and not facts[one.id]["productive_visits"]]
    return RightThings(
        len(recent),
        sum(visit.outcome not in FRUITLESS for visit in recent),
        [one.name for one in sorted(idle, key=lambda one: (-_figure(facts[one.id], "visits"), one.name))],
    )


def _is_often_seen(fact: Fact) -> bool:
    return _figure(fact, "visits") >= _figure(fact, "idle_visits_limit")


def _senior(history: History, key: Sequence[Account], facts: dict[int, Fact]) -> list[SeniorVisit]:
    complained = {one.account_id for one in history.complaints}
    bought = _bought(history)
    reasons = {
        "complaint": [one for one in key if one.id in complained],
        "opponent": [one for one in key if _is_opponent_unmet(facts[one.id])],
        "falling": [one for one in key if one.trend == Trend.DOWN],
        "stuck": [one for one in key if _is_often_seen(facts[one.id]) and one.id not in bought and one.unwon],
    }
    found: dict[int, SeniorVisit] = {}
    for reason, named in reasons.items():
        for one in named:
            found.setdefault(one.id, SeniorVisit(one.name, reason))
    return list(found.values())[:MOST_SENIOR]
