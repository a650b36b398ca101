"""Digests: a team's week as its lead reads it, every figure reckoned from the records that it carries.

A digest needs nothing else to be unfolded, drawn or written as a workbook: each figure of a manager is a count over
his records (ManagerWeek), each of the team a sum over its managers (Digest.total).
"""

from __future__ import annotations

import datetime as dtm
import enum
from dataclasses import dataclass
from typing import Literal

from bot.services.histories import DAY
from bot.services.promises import KeptRate
from bot.services.questions import Gap
from rules.rule import Text

WEEK_DAYS = 7


@dataclass(frozen=True)
class Week:
    """A calendar week, Monday to Sunday."""

    first: dtm.date
    last: dtm.date

    @property
    def before(self) -> Week:
        """The week before."""
        return week_of(self.first - DAY)

    @property
    def after(self) -> Week:
        """The week after."""
        return week_of(self.last + DAY)

    @property
    def days(self) -> tuple[dtm.date, ...]:
        """Its seven days."""
        return tuple(self.first + number * DAY for number in range(WEEK_DAYS))

    def holds(self, day: dtm.date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def week_of(day: dtm.date) -> Week:
    """The week in which a day lies."""
    monday = day - day.weekday() * DAY
    return Week(monday, monday + (WEEK_DAYS - 1) * DAY)


# The records behind the figures. None holds a note's text, a wording check or a private flag.


@dataclass(frozen=True)
class DayRecord:
    """One day of the week on which something was aimed at or done: the visits made, and how many were aimed at.

    `is_planned` where the aim is that of the day's plan; on a workday without one the team's daily target counts, so
    that nobody looks better by not planning.
    """

    day: dtm.date
    done: int
    aimed: int
    is_planned: bool


@dataclass(frozen=True)
class PlanRecord:
    """One planned account, and whether it was visited on its day (met nobody: fulfilled all the same)."""

    day: dtm.date
    account: str
    is_fulfilled: bool


@dataclass(frozen=True)
class VisitRecord:
    """One visit of his; `kind` and `outcome` as in models.visit."""

    day: dtm.date
    account: str
    kind: str
    outcome: str
    is_planned: bool


@dataclass(frozen=True)
class KeyRecord:
    """One key account as of the last day counted; `days` since somebody was met, None where not in the window."""

    account: str
    last_met_on: dtm.date | None
    days: int | None
    cadence_days: int

    @property
    def is_met(self) -> bool:
        """Whether it was met within its cadence."""
        return self.days is not None and self.days <= self.cadence_days


class PromiseState(enum.StrEnum):
    """How a promise stood that fell due; `waiting` is past due, but not yet by the workdays that make it broken."""

    KEPT = "kept"
    BROKEN = "broken"
    WAITING = "waiting"


@dataclass(frozen=True)
class PromiseRecord:
    """One promise that fell due; `due` is the workday that counts, `kept_on` may lie after it."""

    what: str
    account: str | None
    due: dtm.date
    kept_on: dtm.date | None
    state: PromiseState


@dataclass(frozen=True)
class FlagRecord:
    """One flag, never a private one; days are those of its manager's zone.

    `is_disputed` where he disagrees, `advice` the id of the article with what to do, `why` the reason that comes first.
    """

    id: int
    habit: str
    account: str | None
    severity: str
    opened_on: dtm.date
    cleared_on: dtm.date | None
    is_disputed: bool
    advice: str
    why: Text | None = None


@dataclass(frozen=True)
class MarketNews:
    """One market report: what was heard, by whom, where (None: on the way) and when; `topic` as in models."""

    topic: str
    text: str
    person_id: int
    name: str
    account: str | None
    day: dtm.date


Figure = Literal[
    "planned",
    "fulfilled",
    "visits_done",
    "visits_aimed",
    "key_accounts",
    "key_accounts_met",
    "promises_due",
    "kept",
    "broken",
    "flags_opened",
    "flags_cleared",
    "silent_workdays",
]
"""The figures of a manager that add up over a team."""


@dataclass(frozen=True)
class ManagerWeek:
    """One manager's week: the days that are over in his zone, from his joining on; records first, figures from them.

    `through` is the last of these days, None where none is over; `workdays` are his among them (no leave, no days off);
    `joined_on` is set where he joined in the week, `has_phone` false as long as he has not come here himself.

    `promises` fell due in the week, `window` in the 56 days before its reading, as `kept_rate` counts them;
    `kept_rate_before` is that of a week earlier. `standing` are the flags open at the reading that he has neither put
    off nor disputed, the worst first, without those that a combination is made of. `last_note_on` is the last day with
    a note or visit of his, None where there is none in the window. On `silent_days` there was no sign of him: nothing
    written down, planned or asked; that he only tapped something is known of the last day on which he did.
    """

    person_id: int
    name: str
    workdays: tuple[dtm.date, ...]
    days: tuple[DayRecord, ...]
    plan: tuple[PlanRecord, ...]
    visits: tuple[VisitRecord, ...]
    keys: tuple[KeyRecord, ...]
    promises: tuple[PromiseRecord, ...]
    window: tuple[PromiseRecord, ...]
    kept_rate: KeptRate
    kept_rate_before: KeptRate
    opened: tuple[FlagRecord, ...]
    cleared: tuple[FlagRecord, ...]
    standing: tuple[FlagRecord, ...]
    silent_days: tuple[dtm.date, ...]
    last_note_on: dtm.date | None
    market: tuple[MarketNews, ...] = ()
    through: dtm.date | None = None
    joined_on: dtm.date | None = None
    has_phone: bool = True

    @property
    def planned(self) -> int:
        """Accounts planned for days that are over."""
        return len(self.plan)

    @property
    def fulfilled(self) -> int:
        """Planned accounts that were visited on their day."""
        return sum(one.is_fulfilled for one in self.plan)

    @property
    def visits_done(self) -> int:
        """His visits, attempts that met nobody included."""
        return sum(day.done for day in self.days)

    @property
    def visits_aimed(self) -> int:
        """The targets of his plans, and the team's daily target on workdays without one."""
        return sum(day.aimed for day in self.days)

    @property
    def key_accounts(self) -> int:
        """His key accounts (domain.md §4 Terms)."""
        return len(self.keys)

    @property
    def key_accounts_met(self) -> int:
        """Key accounts met within their cadence."""
        return sum(one.is_met for one in self.keys)

    @property
    def promises_due(self) -> int:
        """Promises that fell due in the week."""
        return len(self.promises)

    @property
    def kept(self) -> int:
        """Of those, kept on time."""
        return sum(one.state is PromiseState.KEPT for one in self.promises)

    @property
    def broken(self) -> int:
        """Of those, broken (domain.md §4 Terms)."""
        return sum(one.state is PromiseState.BROKEN for one in self.promises)

    @property
    def kept_percent(self) -> int | None:
        """Kept on time of due in the window, in whole percent; None where nothing fell due."""
        return self.kept_rate.percent if self.kept_rate.due else None

    @property
    def kept_percent_before(self) -> int | None:
        """The same a week earlier."""
        return self.kept_rate_before.percent if self.kept_rate_before.due else None

    @property
    def flags_opened(self) -> int:
        """Flags opened in the week."""
        return len(self.opened)

    @property
    def flags_cleared(self) -> int:
        """Flags cleared in the week."""
        return len(self.cleared)

    @property
    def silent_workdays(self) -> int:
        """Workdays without any sign of him."""
        return len(self.silent_days)

    @property
    def silent_lately(self) -> int:
        """Of those, the ones since which nothing has been heard."""
        heard = [day for day in self.workdays if day not in self.silent_days]
        return sum(day > max(heard, default=dtm.date.min) for day in self.silent_days)


@dataclass(frozen=True)
class Concern:
    """One manager who needs his lead, and the worst reason: a flag, or silence where `flag` is None.

    `silent_lately` are his last workdays without a sign; `more` are his other standing flags.
    """

    person_id: int
    name: str
    flag: FlagRecord | None
    silent_lately: int
    more: int


@dataclass(frozen=True)
class Coaching:
    """Whom to coach this week on which one habit; `flags` are those that show it, `advice` the article to use."""

    person_id: int
    name: str
    habit: str
    advice: str
    flags: tuple[FlagRecord, ...]


class OwedKind(enum.StrEnum):
    """What a lead may owe an answer to."""

    HELP = "help"
    ESCALATION = "escalation"


@dataclass(frozen=True)
class Owed:
    """What a manager waits for from his lead since the day `since`: an answer to a help request, or to a flag.

    `id` is that of the help request or of the flag; `text` are the words of the request, `habit`, `account` and
    `severity` those of the flag, for a request of that which it is about.
    """

    kind: OwedKind
    id: int
    person_id: int
    name: str
    since: dtm.date
    text: str | None
    habit: str | None
    account: str | None
    severity: str | None = None


@dataclass(frozen=True)
class Digest:
    """One team's week. `managers` are those of its managers now who had joined; whoever needs the lead most is first.

    `workdays` are those of the team's calendar in the whole week, `days_over` how many of its seven days are counted:
    fewer while it goes on. `market` is sorted by topic, then day; `gaps` the commonest first; `owed` the oldest first.
    """

    team_id: int
    team_name: str
    week: Week
    workdays: int
    days_over: int
    managers: tuple[ManagerWeek, ...]
    exceptions: tuple[Concern, ...]
    coaching: tuple[Coaching, ...]
    market: tuple[MarketNews, ...]
    gaps: tuple[Gap, ...]
    owed: tuple[Owed, ...]

    @property
    def is_partial(self) -> bool:
        """Whether the week goes on."""
        return self.days_over < WEEK_DAYS

    def total(self, figure: Figure) -> int:
        """A figure of all managers together."""
        return sum(getattr(manager, figure) for manager in self.managers)
