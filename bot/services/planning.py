"""Planning: what a book asks for on a workday, how many visits to propose for a day, and which accounts come first."""

from __future__ import annotations

import datetime as dtm
import math
import statistics
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language.plain import plain
from bot.models import Account, Complaint, DayPlan, Person, PlannedAccount, PlannedState, Policy, Promise, Tier, Visit
from bot.services import accounts, proposals, teams
from bot.services.facts import own_visits
from bot.services.histories import DAY, History
from bot.services.proposals import Evaluate, Reason
from bot.workdays import Workdays

HORIZON = 28
"""Days ahead over which the visits asked for are spread, and days back over which those made are counted (§3)."""

MIN_WORKED_DAYS = 10
"""Worked days from which on a manager's own median counts, instead of the team's target (domain.md §3)."""

STRETCH = 2
"""So many times its cadence may a C account wait once it is stretched: seen half as often (our own figure)."""

APPOINTMENT, SAME_AREA = "appointment", "same_area"

STAYING = frozenset({APPOINTMENT, "promise_due", "promise_overdue"})
"""Reasons for which an account stays in a day that has become shorter."""


@dataclass(frozen=True)
class Load:
    """What a book asks for: visits in HORIZON days and the workdays among these, beside the team's daily target."""

    visits: Fraction
    workdays: int
    target: int
    bearable_pct: int

    @property
    def required(self) -> Fraction:
        """Visits per workday; 0 where no workday follows."""
        return self.visits / self.workdays if self.workdays else Fraction(0)

    @property
    def ratio(self) -> Fraction:
        """Required of target: domain.md calls it the load."""
        return self.required / self.target

    @property
    def excess(self) -> Fraction:
        """Visits in HORIZON days beyond what is bearable; exactly the limit is bearable (domain.md §4)."""
        if not self.workdays:
            return Fraction(0)
        return max(Fraction(0), self.visits - Fraction(self.bearable_pct * self.target * self.workdays, 100))


@dataclass(frozen=True)
class Stretch:
    """A C account that could be seen less often: its cadence now and then, and the visits in 28 days that it frees."""

    account_id: int
    name: str
    from_days: int
    to_days: int
    frees: float


@dataclass(frozen=True)
class Arithmetic:
    """How a day's number was reckoned (domain.md §3).

    `visits` are Σ 28 / cadence over the book, `workdays` those of the next 28 days, `required` visits per workday,
    `target` the team's daily number. `median` is that of his visits per worked day over the last 28 days, None with
    fewer than 10 such days; `worked_days` tells how many there were. `proposed` is the day's number. `load` is required
    ÷ target; `is_overloaded` beyond the team's limit (1.2), and then `stretch` names the C accounts that could wait
    longer, the least deserving first and as few as needed; `fits` tells whether the book is bearable then. `is_workday`
    tells whether the day is one for him.
    """

    visits: float
    workdays: int
    required: float
    target: int
    median: float | None
    worked_days: int
    proposed: int
    load: float
    is_overloaded: bool
    stretch: tuple[Stretch, ...] = ()
    fits: bool = True
    is_workday: bool = True

    def as_json(self) -> dict[str, Any]:
        """As a plan and a draft keep it."""
        return asdict(self) | {"stretch": [asdict(one) for one in self.stretch]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Arithmetic:
        """From what `as_json` gave."""
        return cls(**{**kept, "stretch": tuple(Stretch(**one) for one in kept["stretch"])})


@dataclass(frozen=True)
class Decided:
    """What a manager has decided for a day about accounts that earlier plans held, or done on it already.

    `moved` there and not visited since; `dropped` on that day, with his words; `done` as he told on that day; `visited`
    on it.
    """

    moved: frozenset[int] = frozenset()
    dropped: Mapping[int, str] = field(default_factory=dict)
    done: frozenset[int] = frozenset()
    visited: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Ranked:
    """One account with the reasons for seeing it on a day, the weightiest first; none where it was only moved there.

    `dropped` are the words with which he dropped it on that very day.
    """

    account: Account
    reasons: tuple[Reason, ...]
    dropped: str | None = None

    @property
    def points(self) -> int:
        """The sum of the reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def is_fixed(self) -> bool:
        """Whether there is an appointment."""
        return any(reason.code == APPOINTMENT for reason in self.reasons)

    @property
    def stays(self) -> bool:
        """Whether it stays in a day that has become shorter: an appointment, or a promise that is due or overdue."""
        return any(reason.code in STAYING for reason in self.reasons)


@dataclass(frozen=True)
class DayProposal:
    """What the coach proposes for a day; `ranked` are all accounts with any reason or moved there, best first."""

    day: dtm.date
    arithmetic: Arithmetic
    ranked: tuple[Ranked, ...]
    decided: Decided = Decided()

    @cached_property
    def listed(self) -> tuple[Ranked, ...]:
        """What is ranked and not decided otherwise: what he dropped on that day stands last, what was done not at all.

        An appointment stands where it was whatever he decided about an earlier one; what was done comes back for a
        promise that is due.
        """
        dropped = self.decided.dropped
        left = [self._without_gone(one) for one in self.ranked if not self._is_done(one)]
        last = [replace(one, dropped=dropped[one.account.id]) for one in left if self._is_dropped(one)]
        return (*(one for one in left if not self._is_dropped(one)), *last)

    @property
    def chosen(self) -> tuple[Ranked, ...]:
        """The first ones, as many as are proposed beyond those he has seen already; every appointment is among them.

        Nothing that he dropped is.
        """
        fixed = sum(one.is_fixed for one in self.listed)
        count = max(self.arithmetic.proposed - len(self.decided.visited), fixed)
        return tuple(one for one in self.listed[:count] if one.dropped is None)

    def _is_dropped(self, one: Ranked) -> bool:
        return one.account.id in self.decided.dropped and not one.is_fixed

    def _is_done(self, one: Ranked) -> bool:
        return one.account.id in self.decided.done | self.decided.visited and not one.stays

    def _without_gone(self, one: Ranked) -> Ranked:
        """An account without the reason that it lies near one to which he does not go."""
        gone = self._gone
        return replace(
            one,
            reasons=tuple(
                reason for reason in one.reasons if reason.code != SAME_AREA or reason.values["account"] not in gone
            ),
        )

    @cached_property
    def _gone(self) -> frozenset[str]:
        """The names of those to which he does not go, or not again."""
        return frozenset(one.account.name for one in self.ranked if self._is_dropped(one) or self._is_done(one))


@dataclass(frozen=True)
class Basis:
    """What the arithmetic of a day rests on.

    `made` are his visits on each workday of the last 28 days that had any; `spared` are the accounts that may not be
    stretched: with a promise overdue or a complaint open (looked for where the book is overloaded).
    """

    accounts: Sequence[Account]
    policy: Policy
    workdays: Workdays
    made: Sequence[int] = ()
    spared: Collection[int] = ()


def load_of(accounts: Iterable[Account], policy: Policy, workdays: Workdays, day: dtm.date) -> Load:
    """What a book asks for in the 28 days after a day."""
    visits = sum((Fraction(HORIZON, policy.cadence_days.days(one.tier)) for one in accounts), Fraction(0))
    count = workdays.count(day, day + HORIZON * DAY)
    return Load(visits, count, policy.daily_visits_target, policy.overload_pct)


def reckon(basis: Basis, day: dtm.date) -> Arithmetic:
    """The arithmetic of a day. Appointments are not known here: `proposal` sees to it that there is room for them."""
    load = load_of(basis.accounts, basis.policy, basis.workdays, day)
    median = statistics.median(basis.made) if len(basis.made) >= MIN_WORKED_DAYS else None
    stretch, is_enough = _stretched(basis, load.excess)
    managed = Fraction(load.target if median is None else median)
    return Arithmetic(
        visits=float(load.visits),
        workdays=load.workdays,
        required=float(load.required),
        target=load.target,
        median=median,
        worked_days=len(basis.made),
        proposed=between(load.required if load.workdays else managed, managed),
        load=float(load.ratio),
        is_overloaded=load.excess > 0,
        stretch=stretch,
        fits=is_enough,
        is_workday=basis.workdays.is_workday(day),
    )


def between(required: Fraction, managed: Fraction) -> int:
    """Halfway between what is asked for and what he manages, to the nearest whole number, a half upwards.

    Where any whole number lies between the two, this one does: it is no further from the middle than that one.
    """
    return math.floor((required + managed) / 2 + Fraction(1, 2))


def _stretched(basis: Basis, excess: Fraction) -> tuple[tuple[Stretch, ...], bool]:
    """As few C accounts as free so many visits, the least deserving first; and whether all together free enough."""
    cadence = basis.policy.cadence_days.days(Tier.C)
    frees = Fraction(HORIZON, cadence) - Fraction(HORIZON, STRETCH * cadence)
    free = [one for one in basis.accounts if one.tier == Tier.C and one.id not in basis.spared]
    needed = math.ceil(excess / frees)
    return tuple(
        Stretch(one.id, one.name, cadence, STRETCH * cadence, float(frees))
        for one in sorted(free, key=lambda one: (_worth(one), one.name))[:needed]
    ), needed <= len(free)


def _worth(account: Account) -> float:
    """What an account brings or could bring in a year."""
    return max(account.potential or 0, account.annual_sales or 0)


def rank(
    accounts: Iterable[Account], reasons: Iterable[Reason], policy: Policy, count: int, fixed: Collection[int]
) -> tuple[Ranked, ...]:
    """These accounts with their reasons, best first: those in `fixed`, then by points, tier and name.

    Each of the first `count` gives the accounts of its area the policy's points for it, once (domain.md §3, travel): so
    every one of them is the best of those that are left once the ones before it are chosen.
    """
    by_account: dict[int, list[Reason]] = {}
    for reason in reasons:
        by_account.setdefault(reason.account_id, []).append(reason)
    left = [Ranked(one, _by_weight(by_account.get(one.id, ()))) for one in accounts]

    def place(one: Ranked) -> tuple[bool, int, str, str]:
        return one.account.id not in fixed, -one.points, one.account.tier, one.account.name

    chosen: list[Ranked] = []
    while left and len(chosen) < count:
        best = min(left, key=place)
        chosen.append(best)
        left = [_near(one, best.account, policy) for one in left if one is not best]
    return (*chosen, *sorted(left, key=place))


def _by_weight(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda reason: -reason.points))


def _near(one: Ranked, chosen: Account, policy: Policy) -> Ranked:
    """An account that is left, with another reason where it lies in the area of one that was chosen."""
    is_near = one.account.area and chosen.area and plain(one.account.area) == plain(chosen.area)
    if not is_near or any(reason.code == SAME_AREA for reason in one.reasons):
        return one
    near = Reason(one.account.id, SAME_AREA, policy.points_area, "plan-why-same-area", {"account": chosen.name})
    return replace(one, reasons=_by_weight([*one.reasons, near]))


def proposal(basis: Basis, day: dtm.date, reasons: Sequence[Reason], decided: Decided = Decided()) -> DayProposal:
    """What to propose for a day after what he has `decided` for it. Appointments come first, always chosen."""
    told = {reason.account_id for reason in reasons} | decided.moved
    fixed = {reason.account_id for reason in reasons if reason.code == APPOINTMENT}
    listed = [one for one in basis.accounts if one.id in told]
    arithmetic = reckon(basis, day)
    aimed = max(arithmetic.proposed, sum(one.id in fixed for one in listed))
    ranked = rank(listed, reasons, basis.policy, aimed, fixed)
    return DayProposal(day, replace(arithmetic, proposed=aimed), ranked, decided)


async def propose(
    session: AsyncSession,
    person: Person,
    day: dtm.date,
    now: dtm.datetime,
    evaluate: Evaluate,
) -> DayProposal:
    """What to propose to a person for a day, from the reasons that the rules found last, or find now.

    Raises what `evaluate` (Worker.evaluate) raises. Changes no plan: a started day is for the manager alone.
    """
    reasons = await proposals.stored(session, person, day)
    if reasons is None:
        reasons = await proposals.fresh(session, person, day, evaluate, now)
    basis = await basis_of(session, person, day)
    return proposal(basis, day, reasons, await decided_for(session, person, day))


async def arithmetic(session: AsyncSession, person: Person, day: dtm.date) -> Arithmetic:
    """The arithmetic of a person's day, without a look at its appointments: for answers and overviews."""
    return reckon(await basis_of(session, person, day), day)


async def basis_of(session: AsyncSession, person: Person, day: dtm.date) -> Basis:
    """What a person's arithmetic of a day rests on."""
    policies = await teams.policies_of_all(session, [person])
    policy, workdays = policies[person.id], (await teams.workdays_of_all(session, [person], policies))[person.id]
    book = await accounts.of(session, person)
    made = await session.execute(
        select(Visit.day, func.count())
        .where(Visit.person_id == person.id, Visit.day.between(day - HORIZON * DAY, day - DAY))
        .group_by(Visit.day)
    )
    is_overloaded = load_of(book, policy, workdays, day).excess > 0
    return Basis(
        accounts=book,
        policy=policy,
        workdays=workdays,
        made=[count for visited, count in made if workdays.is_workday(visited)],
        spared=await _spared_of(session, person, workdays, day) if is_overloaded else (),
    )


async def _spared_of(session: AsyncSession, person: Person, workdays: Workdays, day: dtm.date) -> frozenset[int]:
    owed = select(Promise).where(
        Promise.person_id == person.id, Promise.kept_on.is_(None), Promise.withdrawn_on.is_(None)
    )
    complaints = select(Complaint).where(Complaint.person_id == person.id, Complaint.answered_on.is_(None))
    return _spared(await session.scalars(owed), await session.scalars(complaints), workdays, day)


def basis_from(history: History) -> Basis:
    """What the arithmetic of a history's day rests on."""
    today = history.today
    days = Counter(visit.day for visit in own_visits(history) if today - HORIZON * DAY <= visit.day < today)
    return Basis(
        accounts=history.accounts,
        policy=history.policy,
        workdays=history.workdays,
        made=[count for day, count in sorted(days.items()) if history.workdays.is_workday(day)],
        spared=_spared(history.promises, history.complaints, history.workdays, today),
    )


def _spared(
    promises: Iterable[Promise], complaints: Iterable[Complaint], workdays: Workdays, day: dtm.date
) -> frozenset[int]:
    """The accounts with a promise overdue, a due day off counting as the next workday, or with a complaint open."""
    late = {
        one.account_id
        for one in promises
        if one.is_open and one.expected is not None and workdays.on_or_after(one.expected) < day
    }
    return frozenset(one for one in late | {one.account_id for one in complaints} if one is not None)


async def decided_for(session: AsyncSession, person: Person, day: dtm.date) -> Decided:
    """What a person has decided for a day about accounts of earlier plans; of several decisions the last plan's."""
    visited = exists().where(
        Visit.person_id == person.id, Visit.account_id == PlannedAccount.account_id, Visit.day >= DayPlan.day
    )
    is_moved = and_(PlannedAccount.state == PlannedState.MOVED, PlannedAccount.moved_to == day, ~visited)
    is_settled = and_(
        PlannedAccount.state.in_((PlannedState.DROPPED, PlannedState.DONE)),
        PlannedAccount.settled_on == day,
        DayPlan.day < day,
    )
    rows = await session.scalars(
        select(PlannedAccount)
        .join(DayPlan, DayPlan.id == PlannedAccount.plan_id)
        .where(DayPlan.person_id == person.id, or_(is_moved, is_settled))
        .order_by(DayPlan.day)
    )
    last = {row.account_id: row for row in rows}
    visits = await session.scalars(select(Visit.account_id).where(Visit.person_id == person.id, Visit.day == day))
    return Decided(
        moved=frozenset(one for one, row in last.items() if row.state == PlannedState.MOVED),
        dropped={one: row.reason or "" for one, row in last.items() if row.state == PlannedState.DROPPED},
        done=frozenset(one for one, row in last.items() if row.state == PlannedState.DONE),
        visited=frozenset(visits),
    )
