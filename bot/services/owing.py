"""Owing: what managers wait for from their lead, gathered by manager and habit so that one tap can answer much."""

from __future__ import annotations

import datetime as dtm
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Flag, HelpRequest, Person
from bot.services import escalations
from bot.services.digests import Owed, OwedKind
from rules.rule import Severity


@dataclass(frozen=True)
class HabitOwed:
    """The flags of one habit of one manager that wait for an answer, the worst first, then the oldest."""

    habit: str
    severity: Severity
    owed: tuple[Owed, ...]

    @property
    def since(self) -> dtm.date:
        """The day since which the first of them waits."""
        return min(one.since for one in self.owed)


@dataclass(frozen=True)
class ManagerOwed:
    """All that one manager waits for: his requests, the oldest first; his flags by habit, the worst first."""

    person_id: int
    name: str
    requests: tuple[Owed, ...]
    habits: tuple[HabitOwed, ...]

    @property
    def flags(self) -> int:
        """How many flags wait."""
        return sum(len(one.owed) for one in self.habits)

    @property
    def count(self) -> int:
        """How many answers he waits for."""
        return len(self.requests) + self.flags

    @property
    def since(self) -> dtm.date:
        """The day since which he waits."""
        return min([one.since for one in self.requests] + [one.since for one in self.habits])


async def owed_to(session: AsyncSession, managers: Sequence[Person], until: dtm.datetime) -> list[Owed]:
    """What these managers wait for from their lead at an instant, the oldest first.

    A request without words of its own ends with the flag that it is about, as soon as that clears.
    """
    people = {person.id: person for person in managers}
    asked = (
        select(HelpRequest, Flag, Account.name)
        .outerjoin(Flag, Flag.id == HelpRequest.flag_id)
        .outerjoin(Account, Account.id == Flag.account_id)
        .where(
            HelpRequest.person_id.in_(people),
            HelpRequest.answered_at.is_(None),
            HelpRequest.asked_at <= until,
            or_(HelpRequest.text != "", Flag.cleared_at.is_(None)),
        )
    )
    found = []
    for request, flag, account in await session.execute(asked):
        person = people[request.person_id]
        since, of_flag = person.today(request.asked_at), (flag.habit, account, flag.severity) if flag else (None,) * 3
        found.append(Owed(OwedKind.HELP, request.id, person.id, person.name, since, request.text, *of_flag))
    for told in await escalations.unanswered(session, managers, until):
        manager, flag = told.manager, told.flag
        assert told.escalation is not None
        since = manager.today(told.escalation.told_at or until)
        about = (None, flag.habit, told.shown.account, flag.severity)
        found.append(Owed(OwedKind.ESCALATION, flag.id, manager.id, manager.name, since, *about))
    return sorted(found, key=lambda one: one.since)


def by_manager(owed: Sequence[Owed]) -> list[ManagerOwed]:
    """The same by manager: whoever asked for help or has the worst flag first, then whoever has waited longest."""
    theirs: defaultdict[int, list[Owed]] = defaultdict(list)
    for one in owed:
        theirs[one.person_id].append(one)
    return sorted((_of_manager(found) for found in theirs.values()), key=_urgency)


def _of_manager(owed: Sequence[Owed]) -> ManagerOwed:
    requests = tuple(sorted((one for one in owed if one.kind is OwedKind.HELP), key=lambda one: one.since))
    flags: defaultdict[str, list[Owed]] = defaultdict(list)
    for one in owed:
        if one.habit is not None and one.kind is OwedKind.ESCALATION:
            flags[one.habit].append(one)
    habits = [_of_habit(habit, found) for habit, found in flags.items()]
    habits.sort(key=lambda one: (-one.severity.rank, one.since, one.habit))
    return ManagerOwed(owed[0].person_id, owed[0].name, requests, tuple(habits))


def _of_habit(habit: str, owed: Sequence[Owed]) -> HabitOwed:
    ranked = tuple(sorted(owed, key=lambda one: (-_severity(one).rank, one.since, one.id)))
    return HabitOwed(habit, _severity(ranked[0]), ranked)


def _severity(owed: Owed) -> Severity:
    return Severity(owed.severity or Severity.WARNING)


def _urgency(one: ManagerOwed) -> tuple[int, dtm.date, str]:
    """A request weighs as much as the worst flag: somebody waits for words."""
    worst = Severity.CRITICAL if one.requests else one.habits[0].severity
    return -worst.rank, one.since, one.name
