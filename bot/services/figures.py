"""Figures: a manager's own numbers beside an answer, each with its arithmetic (domain.md §1, live numbers)."""

from __future__ import annotations

import datetime as dtm
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Outcome, Person, Tier, Trend, Visit
from bot.services import five_questions, goals, histories, planning
from bot.services.facts import facts_of, key_accounts, own_visits
from bot.services.five_questions import FiveQuestions
from bot.services.histories import DAY, History
from bot.services.planning import HORIZON
from bot.services.proposals import Evaluate
from rules.facts import Value
from rules.matcher import Matcher

NAMED = 2
"""So many accounts are named in one line."""


@dataclass(frozen=True)
class Figure:
    """One line about the asker's own work: the id of its text and the text's values."""

    text_id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Own:
    """What the figures are reckoned from: the asker's history of the window, as of today."""

    history: History
    matcher: Matcher

    @cached_property
    def manager(self) -> Mapping[str, Value]:
        """The fact about the person."""
        return next(one for one in facts_of(self.history, self.matcher) if one["k"] == "manager")

    @cached_property
    def key(self) -> set[int]:
        """The key accounts by their ids."""
        return {int(str(one["acc"])) for one in key_accounts(self.history, self.matcher)}

    @cached_property
    def answers(self) -> FiveQuestions:
        return five_questions.answers_from(self.history, self.matcher)

    @cached_property
    def recent(self) -> list[Visit]:
        """His visits of the last 28 days before today."""
        since = self.history.today - HORIZON * DAY
        return [visit for visit in own_visits(self.history) if since <= visit.day < self.history.today]

    def tier(self, tier: Tier) -> list[Account]:
        """The accounts of a tier."""
        return [one for one in self.history.accounts if one.tier == tier]


async def of(
    session: AsyncSession, person: Person, name: str, now: dtm.datetime, *, matcher: Matcher, evaluate: Evaluate
) -> Figure | None:
    """The figure of a name (FIGURES, or `goals` and `first_today`) for a person; None where he has no accounts.

    `evaluate` is Worker.evaluate, asked only where today's reasons are not known yet; raises what it raises.
    """
    today = person.today(now)
    history = (await histories.gather(session, [person], {person.id: today}, is_over=False))[person.id]
    if not history.accounts:
        return None
    if name == "goals":
        return await _goals(session, person, today)
    if name == "first_today":
        return await _first_today(session, person, today, now, evaluate)
    return FIGURES[name](_Own(history, matcher))


async def _goals(session: AsyncSession, person: Person, today: dtm.date) -> Figure:
    told = [one for one in await goals.progress(session, person, today, today) if one.reached is not None]
    if not told:
        return Figure("figure-no-goals")
    worst = min(told, key=lambda one: (one.reached or 0) / one.target - one.expected_by_now / one.target)
    values = {"reached": _said(worst.reached or 0), "target": _said(worst.target), "percent": worst.percent}
    return Figure(f"figure-goal-{worst.kind.value.replace('_', '-')}", values | {"due": round(worst.expected_by_now)})


async def _first_today(
    session: AsyncSession, person: Person, today: dtm.date, now: dtm.datetime, evaluate: Evaluate
) -> Figure:
    proposed = await planning.propose(session, person, today, now, evaluate)
    if not proposed.listed:
        return Figure("figure-nobody-first")
    first = proposed.listed[0]
    points = " + ".join(str(reason.points) for reason in first.reasons)
    return Figure("figure-first-today", {"account": first.account.name, "points": points, "sum": first.points})


def _required_visits(own: _Own) -> Figure:
    one = own.answers.capacity.arithmetic
    values = {"visits": _said(one.visits), "workdays": one.workdays, "required": _said(one.required)}
    if one.median is None:
        return Figure("figure-required-visits-target", values | {"target": one.target})
    return Figure("figure-required-visits", values | {"median": _said(one.median)})


def _visits_made(own: _Own) -> Figure:
    made, days = len(own.recent), len({visit.day for visit in own.recent})
    absent = sum(visit.outcome == Outcome.ABSENT for visit in own.recent)
    average = _said(made / days if days else 0)
    return Figure("figure-visits-made", {"visits": made, "days": days, "average": average, "absent": absent})


def _days_out(own: _Own) -> Figure:
    history, visited = own.history, {visit.day for visit in own.recent}
    days = [history.today - number * DAY for number in range(1, HORIZON + 1)]
    worked = [day for day in days if history.workdays.is_workday(day)]
    out = sum(day in visited for day in worked)
    return Figure("figure-days-out", {"workdays": len(worked), "out": out, "idle": len(worked) - out})


def _book(own: _Own) -> Figure:
    counts = {tier.value.lower(): len(own.tier(tier)) for tier in Tier}
    return Figure(
        "figure-book", {"accounts": len(own.history.accounts), "overdue": own.answers.capacity.overdue, **counts}
    )


def _effort(own: _Own) -> Figure:
    tiers = {one.id: one.tier for one in own.history.accounts}
    made = Counter(tiers.get(visit.account_id) for visit in own_visits(own.history))
    visits = sum(made[tier] for tier in Tier)
    sales = {tier: sum(one.annual_sales or 0 for one in own.tier(tier)) for tier in Tier}
    values = {"visits": visits, "at_a": made[Tier.A], "share": _percent(made[Tier.A], visits)}
    if not sum(sales.values()):
        return Figure("figure-effort-visits", values)
    return Figure("figure-effort", values | {"sales": _percent(sales[Tier.A], sum(sales.values()))})


def _potential(own: _Own) -> Figure:
    known = [one for one in own.tier(Tier.B) if one.potential is not None]
    if not known:
        return Figure("figure-no-potential", {"tier": "B", "count": len(own.tier(Tier.B))})
    most = max(known, key=lambda one: (one.unwon, one.name))
    return Figure(
        "figure-potential",
        {
            "count": len(known),
            "potential": _said(sum(one.potential or 0 for one in known)),
            "left": _said(sum(one.unwon for one in known)),
            "account": most.name,
        },
    )


def _share(own: _Own) -> Figure:
    return _share_of(own.history.accounts, "figure-share", "figure-no-share")


def _key_share(own: _Own) -> Figure:
    key = [one for one in own.history.accounts if one.id in own.key]
    return _share_of(key, "figure-key-share", "figure-no-key-share")


def _share_of(among: Iterable[Account], text_id: str, unknown: str) -> Figure:
    known = [one for one in among if one.potential and one.annual_sales is not None]
    if not known:
        return Figure(unknown)
    sales, potential = sum(one.annual_sales or 0 for one in known), sum(one.potential or 0 for one in known)
    percent = _percent(sales, potential)
    return Figure(
        text_id, {"count": len(known), "sales": _said(sales), "potential": _said(potential), "percent": percent}
    )


def _growing(own: _Own) -> Figure:
    met = {visit.account_id for visit in own.history.visits if visit.outcome != Outcome.ABSENT}
    up = [one for one in own.history.accounts if one.trend == Trend.UP and one.id in met]
    up.sort(key=lambda one: (-(one.potential or 0), one.name))
    return Figure("figure-growing", {"count": len(up), **_names([one.name for one in up])})


def _planned_days(own: _Own) -> Figure:
    planned, workdays = int(own.manager["planned_workdays"]), int(own.manager["workdays"])
    return Figure(
        "figure-planned-days", {"planned": planned, "workdays": workdays, "percent": _percent(planned, workdays)}
    )


def _fulfilled(own: _Own) -> Figure:
    planned, done = int(own.manager["planned_accounts"]), int(own.manager["fulfilled_accounts"])
    if not planned:
        return Figure("figure-no-plans")
    return Figure("figure-fulfilled", {"planned": planned, "done": done, "percent": _percent(done, planned)})


def _key_accounts(own: _Own) -> Figure:
    unprofitable = sum(one.id not in own.key for one in own.tier(Tier.A))
    values = {"a": len(own.tier(Tier.A)), "unprofitable": unprofitable, "key": len(own.key)}
    return Figure("figure-key-accounts", values)


def _five(own: _Own) -> Figure:
    people = own.answers.people
    values = {"key": len(own.key), "at_key": people.at_key, "visits": people.visits}
    return Figure("figure-five", values | {"percent": _percent(people.at_key, people.visits)})


def _load(own: _Own) -> Figure:
    one = own.answers.capacity.arithmetic
    return Figure(
        "figure-load-over" if one.is_overloaded else "figure-load",
        {"required": f"{one.required:.2f}", "target": one.target, "load": f"{one.load:.2f}"},
    )


def _horizon(own: _Own) -> Figure:
    returns = own.answers.returns
    return Figure("figure-horizon", {"now": len(returns.now), "later": len(returns.later)})


def _senior(own: _Own) -> Figure:
    named = [one.account for one in own.answers.senior]
    return Figure("figure-senior", {"count": len(named), **_names(named)})


FIGURES: Mapping[str, Callable[[_Own], Figure]] = {
    "required_visits": _required_visits,
    "visits_made": _visits_made,
    "days_out": _days_out,
    "book": _book,
    "effort": _effort,
    "potential": _potential,
    "share": _share,
    "key_share": _key_share,
    "growing": _growing,
    "planned_days": _planned_days,
    "fulfilled": _fulfilled,
    "key_accounts": _key_accounts,
    "five": _five,
    "load": _load,
    "horizon": _horizon,
    "senior": _senior,
}
"""The figures that one history tells, by the names that articles use."""

NAMES = frozenset({*FIGURES, "goals", "first_today"})
"""All names that an article may use."""


def _percent(part: float, whole: float) -> int:
    """A share in whole percent, rounded down so that 69.9 never reads as 70."""
    return int(100 * part // whole) if whole else 0


def _said(number: float) -> str:
    """A number with one place at most."""
    return f"{number:,.1f}".removesuffix(".0")


def _names(names: Sequence[str]) -> dict[str, object]:
    """The first few names, to be joined as the language does it, and how many more there are."""
    return {"names": tuple(names[:NAMED]), "more": max(len(names) - NAMED, 0)}
