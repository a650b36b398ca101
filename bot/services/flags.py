"""Flags: opened and cleared by facts, seen, put off, disputed by their owner; what the rules cost and are worth."""

from __future__ import annotations

import datetime as dtm
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Account, Evaluation, Flag, Person
from rules import assessment
from rules.assessment import Assessment, Step
from rules.facts import Fact
from rules.rule import Layer, Severity

AFTER_CHANGE = dtm.timedelta(seconds=60)
"""How long after somebody did something the rules look at him: several changes make one look."""

LOOKS = (dtm.time(1, 30), dtm.time(9, 5))
"""Local times at which everybody is looked at: once the day has turned, and when a nudge may be told."""

DISPUTED_TOO_OFTEN = 1 / 3
"""A rule disputed by more than this share of its flags is proposed for change (domain.md §4)."""

MOST_NUDGED = 3
"""Flags in one nudge (domain.md §4)."""

STEPS = TypeAdapter(Step)


@dataclass(frozen=True)
class Changes:
    """What an evaluation changed: flags that are new, and those that the facts have cleared."""

    opened: Sequence[Flag] = ()
    cleared: Sequence[Flag] = ()


@dataclass(frozen=True)
class Shown:
    """An open flag with the name of its account, None where it is about the person."""

    flag: Flag
    account: str | None


@dataclass(frozen=True)
class Record:
    """How one habit's flags fared: opened, disputed, cleared, and the median days from opening to clearing.

    `reasons` are those of the disputes with how often each was given, the most frequent first.
    """

    habit: str
    opened: int
    disputed: int
    cleared: int
    median_days: float | None
    reasons: Sequence[tuple[str, int]] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether it was disputed too often."""
        return self.disputed > DISPUTED_TOO_OFTEN * self.opened


async def store(
    session: AsyncSession,
    person: Person,
    facts: Sequence[Fact],
    found: Assessment,
    *,
    today: dtm.date,
    now: dtm.datetime,
) -> Changes:
    """Bring a person's flags into line with an assessment; the facts are kept where that changed something."""
    open_flags = {_about(flag): flag for flag in await _open(session, person)}
    shown = {_about_found(flag): flag for flag in found.flags}
    cleared = [flag for about, flag in open_flags.items() if about not in shown]
    for flag in cleared:
        flag.cleared_at = now
    opened = []
    if cleared or shown.keys() - open_flags.keys():
        evaluation = Evaluation(
            person_id=person.id,
            day=today,
            evaluated_at=now,
            rule_set=found.rule_set,
            facts=[dict(one) for one in facts],
        )
        session.add(evaluation)
        await session.flush()
        opened = [
            Flag(person_id=person.id, evaluation_id=evaluation.id, opened_at=now, **_columns(flag))
            for about, flag in shown.items()
            if about not in open_flags
        ]
        session.add_all(opened)
    for about in shown.keys() & open_flags.keys():
        for column, value in _columns(shown[about]).items():
            setattr(open_flags[about], column, value)
    await session.flush()
    return Changes(opened, cleared)


def _columns(found: assessment.Flag) -> dict[str, Any]:
    return {
        "account_id": int(found.account) if found.account else None,
        "habit": found.habit,
        "item": found.item,
        "severity": found.severity.value,
        "is_private": found.private,
        "advice": found.advice,
        "clears": found.clears,
        "derivation": STEPS.dump_python(found.because, mode="json"),
    }


def _about(flag: Flag) -> tuple[str, int | None, str | None]:
    return flag.habit, flag.account_id, flag.item


def _about_found(found: assessment.Flag) -> tuple[str, int | None, str | None]:
    return found.habit, int(found.account) if found.account else None, found.item


def derivation(flag: Flag) -> Step:
    """The chain of reasons behind a flag, from the advice back to the facts."""
    return STEPS.validate_python(flag.derivation)


async def _open(session: AsyncSession, person: Person) -> Sequence[Flag]:
    return (await session.scalars(select(Flag).where(Flag.person_id == person.id, Flag.cleared_at.is_(None)))).all()


async def open_of(session: AsyncSession, person: Person, today: dtm.date, *, every: bool = False) -> list[Shown]:
    """A person's open flags, the worst first, then the oldest.

    Put-off and disputed ones, and those that a combination is made of, only where `every` is asked for.
    """
    query = (
        select(Flag, Account.name)
        .outerjoin(Account, Account.id == Flag.account_id)
        .where(Flag.person_id == person.id, Flag.cleared_at.is_(None))
    )
    found = [Shown(flag, name) for flag, name in await session.execute(query)]
    return worst_first(found if every else heard(found, today))


def heard(found: Sequence[Shown], today: dtm.date) -> list[Shown]:
    """Of a person's open flags those that are loud, without those that a combination is made of."""
    return [one for one in whole(found) if is_loud(one.flag, today)]


def whole(found: Sequence[Shown]) -> list[Shown]:
    """Of a person's open flags those that no combination of his is made of."""
    parts = {part for one in found for part in _parts(derivation(one.flag))}
    return [one for one in found if (one.flag.habit, str(one.flag.account_id)) not in parts]


def worst_first(found: Sequence[Shown]) -> list[Shown]:
    """The most severe first, then the oldest."""
    return sorted(found, key=lambda one: (-Severity(one.flag.severity).rank, one.flag.opened_at, one.flag.id))


def _parts(step: Step, combination: Step | None = None) -> Iterator[tuple[str, str]]:
    """The habits that a combination is made of, where they are about the same account, or person, as it is."""
    if combination is not None and step.layer is Layer.HABIT and step.account == combination.account:
        yield step.code, str(step.account)
    for one in step.because:
        yield from _parts(one, step if step.layer is Layer.COMBINATION else combination)


def is_loud(flag: Flag, today: dtm.date) -> bool:
    """Whether a flag is neither put off nor disputed."""
    return flag.disputed_at is None and not is_put_off(flag, today)


def is_put_off(flag: Flag, today: dtm.date) -> bool:
    """Whether its owner wants to hear of it later."""
    return flag.snoozed_until is not None and flag.snoozed_until > today


async def own(session: AsyncSession, person: Person, flag_id: int) -> Shown:
    """A flag of this person. Raises NoSuchRecord for anybody else's."""
    flag = await session.get(Flag, flag_id)
    if flag is None or flag.person_id != person.id:
        raise NoSuchRecord
    account = await session.get(Account, flag.account_id) if flag.account_id else None
    return Shown(flag, account.name if account else None)


async def silent_of(session: AsyncSession, person: Person, today: dtm.date) -> set[tuple[int, str]]:
    """Account and habit of the open flags of accounts that a person put off or disputed."""
    query = select(Flag).where(Flag.person_id == person.id, Flag.cleared_at.is_(None))
    query = query.where(or_(Flag.disputed_at.is_not(None), Flag.snoozed_until > today))
    return {(flag.account_id, flag.habit) for flag in await session.scalars(query) if flag.account_id is not None}


def put_off(flag: Flag, until: dtm.date) -> None:
    """Keep quiet about a flag until a day. Raises AlreadyDone for a cleared one."""
    if flag.cleared_at is not None:
        raise AlreadyDone
    flag.snoozed_until = until


def dispute(flag: Flag, reason: str, now: dtm.datetime) -> None:
    """Keep that the person disagrees, and why. Raises AlreadyDone for one that is cleared or disputed already."""
    if flag.cleared_at is not None or flag.disputed_at is not None:
        raise AlreadyDone
    flag.disputed_at, flag.dispute = now, reason[:256]


async def records(session: AsyncSession, people: Sequence[Person], since: dtm.datetime) -> list[Record]:
    """How the flags opened since then fared in these people's hands, by habit; private ones are left out."""
    query = select(Flag).where(
        Flag.person_id.in_([person.id for person in people]), Flag.opened_at >= since, Flag.is_private.is_(False)
    )
    by_habit: dict[str, list[Flag]] = {}
    for flag in await session.scalars(query.order_by(Flag.habit)):
        by_habit.setdefault(flag.habit, []).append(flag)
    return [_record(habit, flags) for habit, flags in by_habit.items()]


def _record(habit: str, flags: Sequence[Flag]) -> Record:
    times = [(flag.cleared_at - flag.opened_at) / dtm.timedelta(days=1) for flag in flags if flag.cleared_at]
    disputes = [flag.dispute or "" for flag in flags if flag.disputed_at is not None]
    median = statistics.median(times) if times else None
    return Record(habit, len(flags), len(disputes), len(times), median, Counter(disputes).most_common())


async def due(session: AsyncSession, now: dtm.datetime, limit: int) -> list[Person]:
    """Whom the rules should look at now, of those who have a book; whoever has waited longest first."""
    has_book = exists().where(Account.person_id == Person.id, Account.archived_on.is_(None))
    is_due = or_(Person.evaluate_at.is_(None), Person.evaluate_at <= now)
    query = select(Person).where(Person.removed_at.is_(None), is_due, has_book).order_by(Person.evaluate_at)
    return list(await session.scalars(query.limit(limit)))


def look_soon(person: Person, now: dtm.datetime) -> None:
    """Let the rules look at somebody who has just done something, or to whose book something was done.

    They look again where they are at it this moment. A daily look that is near waits for it, so that `evaluate_at`
    always tells whether something was done since the last one.
    """
    soon = now + AFTER_CHANGE
    if person.evaluate_at is None:
        return
    if not now < person.evaluate_at <= soon or _is_daily(person, person.evaluate_at):
        person.evaluate_at = soon


def next_look(person: Person, now: dtm.datetime) -> dtm.datetime:
    """The next of the daily looks on a person's own clock."""
    local = person.local(now)
    zone = ZoneInfo(person.time_zone)
    looks = [
        dtm.datetime.combine(local.date() + dtm.timedelta(days=ahead), look, zone) for ahead in (0, 1) for look in LOOKS
    ]
    return next(look for look in looks if look > local).astimezone(dtm.UTC)


def _is_daily(person: Person, look: dtm.datetime) -> bool:
    return next_look(person, look - dtm.timedelta(microseconds=1)) == look


def looked_at(person: Person, now: dtm.datetime, again: dtm.datetime) -> None:
    """Note that the rules have looked as of `now`, and when they do so again, unless he has done something since."""
    if person.evaluate_at is None or person.evaluate_at <= now:
        person.evaluate_at = again
