"""Silence: whether something unasked may be told to somebody now; snooze, and a day without it (domain.md §3)."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Aside, Kind, Person, Reminder, ReminderState
from bot.services import preferences, schedules, teams
from bot.services.schedules import DAY, LATE, moment
from bot.workdays import Workdays

SNOOZE = dtm.timedelta(minutes=30)
"""How long "later" is (domain.md §3)."""

ON_DAYS_OFF = {Kind.APPOINTMENT}
"""What is told on days off, too: the client comes all the same."""

ONE_A_DAY = (Kind.NUDGE, Aside.FLAG)
"""Of these together at most one is told between morning and evening (domain.md §3)."""


@dataclass(frozen=True)
class Ruling:
    """What becomes of a due reminder: skipped for a reason, put off until an instant, or told where both are None."""

    reason: str | None = None
    until: dtm.datetime | None = None


async def ruling(
    session: AsyncSession, person: Person, workdays: Workdays, reminder: Reminder, now: dtm.datetime
) -> Ruling:
    """Whether a due reminder is told now. The reasons come in an order in which only what is late counts as missed."""
    kind, day = reminder.kind, reminder.day
    reason = _closed(person, kind) or _skipped(person, day, now)
    if reason is not None:
        return Ruling(reason)
    if kind == Kind.DIGEST and not workdays.is_workday(person.today(now)):
        return _later_this_week(person, workdays, day, now)
    if kind not in {*ON_DAYS_OFF, Kind.DIGEST} and not workdays.is_workday(day):
        return Ruling("day_off")
    if kind != Aside.MISSED and now - max(reminder.due_at, reminder.not_before) >= LATE:
        return Ruling("late")
    until = quiet_until(person, now)
    if until is not None:
        in_time = kind == Aside.MISSED or until < reminder.due_at + LATE
        return Ruling(until=until) if in_time else Ruling("quiet")
    if kind in ONE_A_DAY and await _has_spoken(session, person, now, but=kind):
        return Ruling("spoken")
    return Ruling()


async def may_speak(
    session: AsyncSession, person: Person, now: dtm.datetime, kind: Kind | Aside, *, urgent: bool = False
) -> bool:
    """Whether something unasked of this kind may be told to a person now.

    Never on a day off or on one that he skips, in quiet hours, or where he switched the kind off; what is not `urgent`
    at most once between his morning and his evening.
    """
    today = person.today(now)
    if _closed(person, kind) or _skipped(person, today, now) or quiet_until(person, now) is not None:
        return False
    if not (await teams.workdays_of(session, person)).is_workday(today):
        return False
    return urgent or kind not in ONE_A_DAY or not await _has_spoken(session, person, now)


async def spoke(session: AsyncSession, person: Person, kind: Aside, key: str, now: dtm.datetime) -> None:
    """Note that something without a schedule is told now, under the key of its message."""
    slot = schedules.slot_of(person.id, kind, key=key, day=person.today(now), due_at=now)
    await schedules.plan(session, [slot | {"state": ReminderState.QUEUED, "settled_at": now}])


async def snooze(session: AsyncSession, person: Person, reminder_id: int, now: dtm.datetime) -> dtm.datetime:
    """Let a reminder come once more in half an hour; return when.

    Raises NoSuchRecord for one that is not his, AlreadyDone where it waits already.
    """
    reminder = await session.get(Reminder, reminder_id)
    if reminder is None or reminder.person_id != person.id:
        raise NoSuchRecord
    same = (
        Reminder.person_id == person.id,
        Reminder.kind == reminder.kind,
        Reminder.day == reminder.day,
        Reminder.subject == reminder.subject,
    )
    if await session.scalar(select(Reminder.id).where(*same, Reminder.state == ReminderState.PENDING).limit(1)):
        raise AlreadyDone
    until = now + SNOOZE
    key = f"{reminder.kind}:{person.id}:{reminder.subject or reminder.day}:{person.local(until):%m%dT%H%M}"
    slot = schedules.slot_of(
        person.id, reminder.kind, key=key, day=reminder.day, due_at=until, subject=reminder.subject
    )
    await schedules.plan(session, [slot])
    return until


async def last_told(session: AsyncSession, person: Person, now: dtm.datetime) -> Reminder | None:
    """The reminder that a person was told last on his present day, None where he was told none."""
    told = Reminder.person_id == person.id, Reminder.state == ReminderState.QUEUED, Reminder.kind.in_(list(Kind))
    query = select(Reminder).where(*told, Reminder.day == person.today(now))
    return await session.scalar(query.order_by(Reminder.settled_at.desc(), Reminder.id.desc()).limit(1))


async def skip_today(session: AsyncSession, person: Person, now: dtm.datetime) -> None:
    """Tell a person nothing unasked any more on his present day."""
    await preferences.change(session, person, now, skip_day=person.today(now))


def quiet_until(person: Person, now: dtm.datetime) -> dtm.datetime | None:
    """When the quiet hours end in which a person is now, None outside them."""
    local, chosen = person.local(now), person.preferences
    if not chosen.is_quiet(local.time()):
        return None
    return schedules.next_due(person.time_zone, chosen.quiet_until, now)


def _later_this_week(person: Person, workdays: Workdays, monday: dtm.date, now: dtm.datetime) -> Ruling:
    """A week's digest comes on its first workday."""
    day = workdays.on_or_after(person.today(now))
    until = moment(ZoneInfo(person.time_zone), day, person.preferences.digest_at)
    return Ruling(until=until) if until is not None and day < monday + 7 * DAY else Ruling("day_off")


def _closed(person: Person, kind: str) -> str | None:
    """Why a person is told nothing of a kind at all."""
    if person.removed_at is not None or person.telegram_id is None:
        return "removed"
    if person.unreachable_since is not None:
        return "unreachable"
    return "off" if kind in person.preferences.off else None


def _skipped(person: Person, day: dtm.date, now: dtm.datetime) -> str | None:
    return "skip_day" if person.preferences.skip_day in {day, person.today(now)} else None


async def _has_spoken(session: AsyncSession, person: Person, now: dtm.datetime, but: str = "") -> bool:
    """Whether one of ONE_A_DAY was told since his morning; before it and after his evening that does not count.

    Neither does one of the kind `but`: a second one on a day is what he wanted to hear later.
    """
    local, chosen = person.local(now), person.preferences
    if not chosen.morning_at <= local.time() < chosen.evening_at:
        return False
    morning = moment(ZoneInfo(person.time_zone), local.date(), chosen.morning_at)
    told = (
        Reminder.person_id == person.id,
        Reminder.day == local.date(),
        Reminder.kind.in_([kind for kind in ONE_A_DAY if kind != but]),
        Reminder.state == ReminderState.QUEUED,
        Reminder.settled_at >= morning,
    )
    return await session.scalar(select(Reminder.id).where(*told).limit(1)) is not None
