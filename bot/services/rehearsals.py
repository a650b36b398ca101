"""Rehearsals: which flags of a team another policy would have shown over the past weeks, before it takes effect."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Person, Policy, Role, Team
from bot.services import histories, teams
from bot.services.facts import facts_of
from bot.services.histories import DAY, History
from bot.workdays import Workdays
from rules.facts import PERSON
from rules.matcher import Matcher
from rules.rule import Layer

WEEKS = 8
"""How far back a rehearsal looks (domain.md §4)."""

MOST_LOOKS = 80
"""Managers times week ends in one rehearsal: a look at 30 accounts under both policies took 21 to 27 ms of CPU."""


@dataclass(frozen=True)
class Change:
    """A flag that would appear, or vanish, in so many of the weeks; `account` is None where it is about the person."""

    person: Person
    habit: str
    account: Account | None
    appears: bool
    weeks: int


@dataclass(frozen=True)
class Rehearsal:
    """What would change for so many managers on the evenings of `days`, the week ends, oldest first.

    `weeks` were looked at; a week without a workday has no end. The changes of most weeks come first.
    """

    managers: int
    weeks: int
    days: Sequence[dtm.date]
    changes: Sequence[Change]

    def count(self, *, appears: bool) -> int:
        """The flags that would appear, or vanish, in any of the weeks."""
        return sum(change.appears == appears for change in self.changes)


async def rehearse(session: AsyncSession, team: Team, policy: Policy, now: dtm.datetime, matcher: Matcher) -> Rehearsal:
    """Hold a policy beside the team's present one, over its managers' past; private flags are left out.

    Of a team with more than MOST_LOOKS / WEEKS managers fewer week ends are looked at, the latest; with more than
    MOST_LOOKS not everybody is.
    """
    managers = [person for person in await teams.members(session, team) if person.role == Role.MANAGER][:MOST_LOOKS]
    weeks = max(1, min(WEEKS, MOST_LOOKS // max(1, len(managers))))
    today = min((person.today(now) for person in managers), default=now.date())
    days = week_ends(Workdays(team.policy.country, team.policy.days_off), today, weeks)
    if not managers or not days:
        return Rehearsal(len(managers), weeks, days, ())
    evenings = {person.id: days[-1] for person in managers}
    back = (days[-1] - days[0]).days
    known = await histories.wide(session, managers, evenings, is_over=True, back_days=back)
    changes: list[Change] = []
    for person in managers:
        changes += _changes(person, known[person.id], days, policy, matcher)
        await asyncio.sleep(0)  # whoever writes nothing is served between two people
    changes.sort(key=lambda change: -change.weeks)
    return Rehearsal(len(managers), weeks, days, changes)


def week_ends(workdays: Workdays, today: dtm.date, weeks: int) -> list[dtm.date]:
    """The last workday of each of the past calendar weeks, oldest first; a week without any has none."""
    monday = today - today.weekday() * DAY
    found = []
    for number in range(weeks, 0, -1):
        week = [monday - (7 * number - place) * DAY for place in range(7)]
        found += [day for day in week if workdays.is_workday(day)][-1:]
    return found


def _changes(
    person: Person, known: History, days: Sequence[dtm.date], proposed: Policy, matcher: Matcher
) -> list[Change]:
    weeks: Counter[tuple[str, str, bool]] = Counter()
    for day in days:
        then = replace(known.as_of(day), samples=())  # wording is private
        now, later = _flags(then, matcher), _flags(then.under(proposed), matcher)
        weeks.update((*flag, True) for flag in later - now)
        weeks.update((*flag, False) for flag in now - later)
    book = {str(account.id): account for account in known.accounts}
    return [
        Change(person, habit, None if acc == PERSON else book[acc], appears, count)
        for (habit, acc, appears), count in sorted(weeks.items())
    ]


def _flags(history: History, matcher: Matcher) -> set[tuple[str, str]]:
    """The habits that a history shows, each with the key of its account."""
    habits = matcher.catalogue.habits
    return {
        (key.code, key.acc)
        for key in matcher.derive(matcher.fold(facts_of(history, matcher)))
        if key.kind in {Layer.HABIT, Layer.COMBINATION} and not habits[key.code].private
    }
