"""The diary of a fictional manager: his visits and plans, laid out over the workdays of the last eight weeks."""

from __future__ import annotations

import datetime as dtm
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.models import Outcome, Policy, Stance, Tier
from bot.services.demo_book.fiction import AccountEntry, Fiction, Kind, Moment
from bot.workdays import Workdays

DAY = dtm.timedelta(days=1)

HISTORY_DAYS = 56
"""Calendar days of history, the last of them yesterday: the window of the habits (domain.md §4)."""

MONTH_END = 5
"""The last workdays of a calendar month into which a rush falls (domain.md §4, last_minute_rush)."""

KEY_WEIGHT = 1.5
"""How much sooner a key account's turn comes round, measured in its cadence."""

UNPLANNED = 7
"""One workday of so many has no plan."""

WEEKDAYS = "一二三四五六日"


class Calendar:
    """A manager's workdays as seen from one day."""

    def __init__(self, today: dtm.date, workdays: Workdays) -> None:
        self.workdays = workdays
        self.begins = today - HISTORY_DAYS * DAY
        self.past = [day for day in _days(self.begins, today) if workdays.is_workday(day)]
        self._now = workdays.on_or_after(today)

    def day(self, count: int) -> dtm.date:
        """The workday of this count: 1 is the last one before today, 0 today or the next, -1 the one after.

        Raises IndexError before the beginning of the history.
        """
        return self.past[-count] if count > 0 else self.workdays.after(self._now, -count)

    def maybe(self, count: int | None) -> dtm.date | None:
        """The same, None for None."""
        return None if count is None else self.day(count)

    def ends_month(self, day: dtm.date) -> bool:
        """Whether a workday is among the last five of its calendar month."""
        month_end = (day.replace(day=1) + 31 * DAY).replace(day=1) - DAY
        return self.workdays.count(day, month_end) < MONTH_END

    def spoken(self, count: int | None, said_on: dtm.date) -> str:
        """A day as it is said on another one: 明天, 周五, 下周三, 12月3号; nothing for no day."""
        if count is None:
            return ""
        day = self.day(count)
        if day == said_on + DAY:
            return "明天"
        weeks = (day - said_on + said_on.weekday() * DAY).days // 7
        if weeks < 2:  # noqa: PLR2004 - this week and the next
            return f"{'下' * weeks}周{WEEKDAYS[day.weekday()]}"
        return f"{day.month}月{day.day}号"


@dataclass(frozen=True)
class Contacted:
    """One visit as it is written down; `moment` holds what was said, where it is one of note."""

    account: str
    contact: str | None
    kind: Kind
    outcome: Outcome
    text: str
    moment: Moment | None = None


@dataclass(frozen=True)
class WorkedDay:
    """One workday: the visits in their order, and the accounts that were planned, none on a day without a plan."""

    day: dtm.date
    visits: list[Contacted]
    planned: list[str]


class Diary:
    """Goes through the workdays: visits of note first, then whoever has waited longest for his tier."""

    def __init__(self, fiction: Fiction, calendar: Calendar, policy: Policy) -> None:
        self.fiction, self.calendar = fiction, calendar
        self.accounts = {account.name: account for account in fiction.accounts}
        self.cadence = {name: policy.cadence_days.days(account.tier) for name, account in self.accounts.items()}
        self.met = {  # before the history begins, all stand at different points of their cadence
            name: calendar.begins - (1 + place % self.cadence[name]) * DAY for place, name in enumerate(self.accounts)
        }
        self.moments: dict[dtm.date, list[Moment]] = defaultdict(list)
        for moment in fiction.moments:
            self.moments[calendar.day(moment.day)].append(moment)
        self.visits_of: Counter[str] = Counter()
        self.ordinary = 0
        self.phrases, self.thin = itertools.cycle(fiction.phrases), itertools.cycle(fiction.thin)
        self.goods = itertools.cycle(fiction.goods)

    def days(self) -> Iterator[WorkedDay]:
        """Every workday of the history, the oldest first."""
        past = self.calendar.past
        for number, day in enumerate(past):
            waiting = self._waiting(day)
            visits = [self._moment(moment, day) for moment in self.moments[day]]
            noted = {visit.account for visit in visits}
            count, tiers = self._pace(number, day)
            others = (self.accounts[name] for name in waiting if name not in noted)
            chosen = [one for one in others if one.tier in tiers and not self._is_quiet(one, day)]
            visits += [self._visit(account) for account in chosen[: max(0, count - len(visits))]]
            self.met.update((visit.account, day) for visit in visits if visit.outcome != Outcome.ABSENT)
            planned = [] if (len(past) - number) % UNPLANNED == 0 else self._planned(visits, waiting)
            yield WorkedDay(day, visits, planned)

    def _waiting(self, day: dtm.date) -> list[str]:
        """All accounts, whoever has waited longest for his tier first."""

        def waited(name: str) -> float:
            weight = KEY_WEIGHT if self.accounts[name].tier == Tier.A else 1.0
            return weight * (day - self.met[name]).days / self.cadence[name]

        return sorted(self.met, key=waited, reverse=True)

    def _pace(self, number: int, day: dtm.date) -> tuple[int, str]:
        """How many visits he makes on a day, and the tiers that he thinks of."""
        rhythm = self.fiction.rhythm
        if rhythm.month_end is not None and self.calendar.ends_month(day):
            return rhythm.month_end, "ABC"
        return rhythm.everyday[number % len(rhythm.everyday)], rhythm.everyday_tiers

    def _is_quiet(self, account: AccountEntry, day: dtm.date) -> bool:
        """Whether an account has no ordinary visit any more on this day."""
        return (day - self.calendar.begins).days >= HISTORY_DAYS - account.quiet_days

    def _planned(self, visits: list[Contacted], waiting: list[str]) -> list[str]:
        """The plan as it must have been that morning."""
        rhythm = self.fiction.rhythm
        visited = [visit.account for visit in visits]
        missed = [name for name in waiting if name not in visited][: rhythm.plan_missed]
        return [*visited[: rhythm.plan_size - len(missed)], *missed]

    def _visit(self, account: AccountEntry) -> Contacted:
        """An ordinary visit, with the next turn of phrase; the people take turns, opponents are avoided."""
        people = [contact.name for contact in account.contacts if contact.stance != Stance.OPPONENT]
        contact = people[self.visits_of[account.name] % len(people)] if people else None
        self.visits_of[account.name] += 1
        share = self.fiction.rhythm.thin_of_ten
        is_thin = self.ordinary * share % 10 < share
        self.ordinary += 1
        phrase = next(self.thin if is_thin else self.phrases)
        text = phrase.note.format(contact=contact or "老板", goods=next(self.goods))
        met = None if phrase.outcome == Outcome.ABSENT else contact
        return Contacted(account.name, met, phrase.kind, phrase.outcome, text)

    def _moment(self, moment: Moment, day: dtm.date) -> Contacted:
        """A visit of note, its note filled in."""
        said: dict[str, str] = {}
        for promise in moment.promises[:1]:
            said |= {"what": promise.what, "due": self.calendar.spoken(promise.due, day)}
            said["wording"] = promise.wording.format(**said)
        for claim in moment.client_promises[:1]:
            said["client_due"] = self.calendar.spoken(claim.due, day)
        if moment.next is not None:
            said["when"] = self.calendar.spoken(moment.next.due, day)
        text = moment.note.format(contact=moment.contact or "老板", **said)
        return Contacted(moment.account, moment.contact, moment.kind, moment.outcome, text, moment)


def _days(first: dtm.date, end: dtm.date) -> Iterator[dtm.date]:
    while first < end:
        yield first
        first += DAY
