"""Escalations: what stays open so long that the lead should help, told to its manager before; and the lead's answer.

As domain.md §4 has it, facts alone clear a flag: until they do it counts as open, whether its manager has seen it or
not. So a disputed one reaches the lead too, as disputed and with the reason: he is the one who can mend the rule. One
that is put off does not while it is; when that time is over, the manager is told anew before the lead hears of it.
Notices and private flags never reach him, nor parts of a combination, which tells of them itself. Nobody is told of a
lead who is not there, nor a lead of what its manager could not be told before.
"""

from __future__ import annotations

import datetime as dtm
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import (
    Account,
    Aside,
    Escalation,
    Flag,
    HelpRequest,
    LeadAnswer,
    Membership,
    Person,
    Policy,
    Reminder,
    ReminderState,
    Role,
)
from bot.services import flags, people, schedules, teams
from bot.services.flags import Shown
from rules.rule import Severity

SERIOUS = (Severity.WARNING, Severity.CRITICAL)
"""What a lead hears of (domain.md §4, escalation)."""


@dataclass(frozen=True)
class Serious:
    """One open flag of a manager that his lead may hear of, with how far it is on its way to him (None: not yet)."""

    manager: Person
    shown: Shown
    escalation: Escalation | None

    @property
    def flag(self) -> Flag:
        """The flag itself."""
        return self.shown.flag

    @property
    def was_announced(self) -> bool:
        """Whether its manager has been told, and did not put it off after that."""
        if self.escalation is None:
            return False
        until = self.flag.snoozed_until
        return until is None or self.manager.today(self.escalation.announced_at) >= until

    @property
    def was_told(self) -> bool:
        """Whether a lead has heard of it."""
        return self.escalation is not None and self.escalation.told_at is not None


def workdays_until(policy: Policy, flag: Flag) -> int:
    """After how many workdays a lead hears of an open flag."""
    is_critical = flag.severity == Severity.CRITICAL
    return policy.escalate_critical_workdays if is_critical else policy.escalate_warning_workdays


async def slots(session: AsyncSession, now: dtm.datetime) -> list[dict[str, Any]]:
    """The reminders (services.schedules) of those who have something to hear at an hour that has just come.

    A manager hears in the prompt of his morning (bot.jobs.morning); one who did not, because there was none or the flag
    is of this day, in his evening: so a workday has one forewarning at most. A lead hears once a day, at the hour of
    his digest, or in the evening of a day that had nothing for him before.
    """
    managers = await _not_planned(session, await _concerned(session), now)
    to_hear = await to_announce(session, managers, now)
    told = [manager for manager in managers if to_hear[manager.id]]
    leads = await _not_planned(session, await _leads(session), now)
    told += [lead for lead in leads if await to_tell(session, lead, now)]
    return [_slot(person, now) for person in told]


async def to_announce(session: AsyncSession, managers: Sequence[Person], now: dtm.datetime) -> dict[int, list[Shown]]:
    """By the ids of managers the flags of which their leads hear on the next workday, the worst first.

    Nothing for whoever was told of such flags on this day already: what has come since waits for his next morning.
    """
    due = await _due(session, await _serious(session, managers, now), now)
    return {manager.id: due.get(manager.id, []) for manager in managers}


async def forewarn(session: AsyncSession, manager: Person, now: dtm.datetime) -> list[Shown]:
    """Note that a manager is told of the flags of which his lead hears on the next workday, and return them.

    Once a day: after that the same ones, as far as they still stand.
    """
    found = await _serious(session, [manager], now)
    if told := _announced_today(found, manager.today(now)):
        return told
    due = (await _due(session, found, now)).get(manager.id, [])
    await announce(session, manager, due, now)
    return due


async def announce(session: AsyncSession, manager: Person, told: Sequence[Shown], now: dtm.datetime) -> None:
    """Note that a manager has been told what his lead will hear; of the flags themselves he has now heard, too."""
    if not told:
        return
    query = select(Escalation).where(Escalation.flag_id.in_([one.flag.id for one in told]))
    known = {one.flag_id: one for one in await session.scalars(query)}
    for one in told:
        one.flag.nudged_at = one.flag.nudged_at or now
        if one.flag.id in known:
            known[one.flag.id].announced_at = now
        else:
            session.add(Escalation(flag_id=one.flag.id, person_id=manager.id, announced_at=now))


async def announced_today(session: AsyncSession, manager: Person, now: dtm.datetime) -> list[Shown]:
    """The flags of which a manager was told today that his lead will hear, and that still stand, the worst first."""
    return _announced_today(await _serious(session, [manager], now), manager.today(now))


async def to_tell(session: AsyncSession, lead: Person, now: dtm.datetime) -> list[Serious]:
    """What a lead has not heard of yet and should now, the worst first; nothing for anybody but the lead of a team.

    Where a team has several leads, each hears it once at his own hour, unless another has answered before.
    """
    if lead.role != Role.LEAD or lead.removed_at is not None:
        return []
    seen = await people.visible_to(session, lead)
    managers = [one for one in seen if one.role == Role.MANAGER]
    policies, workdays = await teams.policies_of_all(session, managers), await teams.workdays_of_all(session, managers)
    heard_at = await _last_heard(session, lead)
    found = []
    for one in await _serious(session, managers, now):
        if one.escalation is None or not one.was_announced or one.escalation.answered_at is not None:
            continue
        manager, told_at = one.manager, one.escalation.told_at
        today, calendar = manager.today(now), workdays[manager.id]
        days = calendar.count(manager.today(one.flag.opened_at), today)
        is_due = days >= workdays_until(policies[manager.id], one.flag)
        is_warned = calendar.count(manager.today(one.escalation.announced_at), today) >= 1
        is_new = heard_at is None or told_at is None or told_at > heard_at
        if is_new and (told_at is not None or (is_due and is_warned)):
            found.append(one)
    return _worst_first(found)


def tell(told: Sequence[Serious], now: dtm.datetime) -> None:
    """Note that a lead has heard of these."""
    for one in told:
        assert one.escalation is not None
        one.escalation.told_at = one.escalation.told_at or now


async def told(session: AsyncSession, asker: Person, flag_id: int) -> Serious:
    """A flag that was told to the asker as its manager's lead, or that its manager disputes.

    Raises NoSuchRecord for any other: of another team, private, not told yet, or one's own.
    """
    flag = await session.get(Flag, flag_id)
    if flag is None or flag.is_private or asker.role == Role.MANAGER:
        raise NoSuchRecord
    manager = await people.led(session, asker, flag.person_id)
    account = await session.get(Account, flag.account_id) if flag.account_id else None
    found = Serious(manager, Shown(flag, account.name if account else None), await session.get(Escalation, flag_id))
    if not found.was_told and flag.disputed_at is None:
        raise NoSuchRecord
    return found


async def answer(session: AsyncSession, asker: Person, flag_id: int, said: LeadAnswer, now: dtm.datetime) -> Serious:
    """Keep what a lead answers to a flag that was told to him: once.

    Raises NoSuchRecord as `told`, AlreadyDone where it was answered before, or has cleared.
    """
    found = await told(session, asker, flag_id)
    escalation = await session.get(Escalation, flag_id, with_for_update=True, populate_existing=True)
    if escalation is None or escalation.told_at is None:
        raise NoSuchRecord
    if escalation.answered_at is not None:
        by = await session.get(Person, escalation.answered_by) if escalation.answered_by else None
        raise AlreadyDone("escalation-answered-before", name=by.name if by else "")
    if found.flag.cleared_at is not None:
        raise AlreadyDone("escalation-has-cleared")
    await _keep(session, [escalation], asker, said, now)
    return found


async def unanswered(session: AsyncSession, managers: Sequence[Person], until: dtm.datetime) -> list[Serious]:
    """What was told to these managers' leads until an instant and waits for an answer, the worst first.

    What the facts have cleared is gone by itself, as is what a combination that was told as well is made of.
    """
    by_id = {manager.id: manager for manager in managers}
    query = (
        select(Flag, Account.name, Escalation)
        .join(Escalation, Escalation.flag_id == Flag.id)
        .outerjoin(Account, Account.id == Flag.account_id)
        .where(
            Flag.person_id.in_(by_id),
            Flag.cleared_at.is_(None),
            Flag.is_private.is_(False),
            Escalation.told_at <= until,
        )
        .order_by(Flag.id)
    )
    found: defaultdict[int, list[tuple[Shown, Escalation | None]]] = defaultdict(list)
    for flag, name, escalation in await session.execute(query):
        found[flag.person_id].append((Shown(flag, name), escalation))
    waiting = [
        Serious(by_id[person_id], shown, escalation)
        for person_id, told in found.items()
        for shown, escalation in _whole(told)
        if escalation is not None and escalation.answered_at is None
    ]
    return _worst_first(waiting)


async def answer_all(
    session: AsyncSession,
    asker: Person,
    manager_id: int,
    said: LeadAnswer,
    now: dtm.datetime,
    *,
    until: dtm.datetime,
    habit: str | None = None,
) -> list[Serious]:
    """Keep one answer to all that a manager's lead was told until an instant, of one habit where one is named.

    Raises NoSuchRecord for a manager whom the asker does not lead, AlreadyDone where nothing of it waits any more.
    """
    if asker.role == Role.MANAGER:
        raise NoSuchRecord
    manager = await people.led(session, asker, manager_id)
    waiting = [one for one in await unanswered(session, [manager], until) if habit is None or one.flag.habit == habit]
    ids = [one.flag.id for one in waiting]
    locked = select(Escalation).where(Escalation.flag_id.in_(ids)).order_by(Escalation.flag_id)
    locked = locked.with_for_update().execution_options(populate_existing=True)
    free = {one.flag_id: one for one in await session.scalars(locked) if one.answered_at is None}
    if not free:
        raise AlreadyDone("escalation-all-answered")
    await _keep(session, list(free.values()), asker, said, now)
    return [one for one in waiting if one.flag.id in free]


async def _keep(
    session: AsyncSession, answered: Sequence[Escalation], asker: Person, said: LeadAnswer, now: dtm.datetime
) -> None:
    """Keep an answer; it answers requests about the same flags, too, that have no words of their own."""
    for escalation in answered:
        escalation.answer, escalation.answered_at, escalation.answered_by = said, now, asker.id
    wordless = (
        HelpRequest.flag_id.in_([escalation.flag_id for escalation in answered]),
        HelpRequest.text == "",
        HelpRequest.answered_at.is_(None),
    )
    await session.execute(update(HelpRequest).where(*wordless).values(answered_at=now, answered_by=asker.id))


async def answered_by(session: AsyncSession, escalation: Escalation) -> str:
    """The name of the lead who answered, "" where nobody knows any more."""
    by = await session.get(Person, escalation.answered_by) if escalation.answered_by else None
    return "" if by is None or by.is_anonymous else by.name


async def disputed(session: AsyncSession, managers: Sequence[Person]) -> list[Serious]:
    """The open flags with which these managers disagree, the latest first; private ones are left out."""
    by_id = {manager.id: manager for manager in managers}
    query = (
        select(Flag, Account.name, Escalation)
        .outerjoin(Account, Account.id == Flag.account_id)
        .outerjoin(Escalation, Escalation.flag_id == Flag.id)
        .where(
            Flag.person_id.in_(by_id),
            Flag.cleared_at.is_(None),
            Flag.disputed_at.is_not(None),
            Flag.is_private.is_(False),
        )
        .order_by(Flag.disputed_at.desc(), Flag.id.desc())
    )
    found = await session.execute(query)
    return [Serious(by_id[flag.person_id], Shown(flag, name), escalation) for flag, name, escalation in found]


def _worst_first(found: Sequence[Serious]) -> list[Serious]:
    by_flag = {one.flag.id: one for one in found}
    return [by_flag[shown.flag.id] for shown in flags.worst_first([one.shown for one in found])]


async def _serious(session: AsyncSession, managers: Sequence[Person], now: dtm.datetime) -> list[Serious]:
    """The open flags of these managers that a lead may hear of."""
    query = (
        select(Flag, Account.name, Escalation)
        .outerjoin(Account, Account.id == Flag.account_id)
        .outerjoin(Escalation, Escalation.flag_id == Flag.id)
        .where(Flag.person_id.in_([manager.id for manager in managers]), Flag.cleared_at.is_(None))
        .order_by(Flag.id)
    )
    found: defaultdict[int, list[tuple[Shown, Escalation | None]]] = defaultdict(list)
    for flag, name, escalation in await session.execute(query):
        found[flag.person_id].append((Shown(flag, name), escalation))
    return [
        Serious(manager, shown, escalation)
        for manager in managers
        for shown, escalation in _whole(found[manager.id])
        if _may_be_heard(shown.flag, manager.today(now))
    ]


def _whole(found: Sequence[tuple[Shown, Escalation | None]]) -> list[tuple[Shown, Escalation | None]]:
    whole = {one.flag.id for one in flags.whole([shown for shown, _ in found])}
    return [(shown, escalation) for shown, escalation in found if shown.flag.id in whole]


def _announced_today(found: Sequence[Serious], today: dtm.date) -> list[Shown]:
    return flags.worst_first(
        [
            one.shown
            for one in found
            if one.escalation is not None
            and one.was_announced
            and not one.was_told
            and one.manager.today(one.escalation.announced_at) == today
        ]
    )


async def _due(session: AsyncSession, found: Sequence[Serious], now: dtm.datetime) -> dict[int, list[Shown]]:
    """Of some open flags those that have to be announced now, by their managers."""
    waiting = [one for one in found if one.manager.role == Role.MANAGER and not one.was_told and not one.was_announced]
    if not waiting:
        return {}
    concerned = list({one.manager.id: one.manager for one in waiting}.values())
    led = await teams.leads_of_all(session, concerned)
    policies, workdays = (
        await teams.policies_of_all(session, concerned),
        await teams.workdays_of_all(session, concerned),
    )
    told_last = await _told_last(session, concerned)
    due: defaultdict[int, list[Shown]] = defaultdict(list)
    for one in waiting:
        manager, today = one.manager, one.manager.today(now)
        days = workdays[manager.id].count(manager.today(one.flag.opened_at), today)
        is_due = days >= workdays_until(policies[manager.id], one.flag) - 1
        if is_due and manager.id in led and told_last.get(manager.id) != today:
            due[manager.id].append(one.shown)
    return {manager_id: flags.worst_first(shown) for manager_id, shown in due.items()}


async def _told_last(session: AsyncSession, managers: Sequence[Person]) -> dict[int, dtm.date]:
    """The days on which these managers were last told that their leads will hear of something."""
    people_by_id = {manager.id: manager for manager in managers}
    query = select(Escalation.person_id, func.max(Escalation.announced_at)).where(
        Escalation.person_id.in_(people_by_id)
    )
    return {
        person_id: people_by_id[person_id].today(at)
        for person_id, at in await session.execute(query.group_by(Escalation.person_id))
    }


def _may_be_heard(flag: Flag, today: dtm.date) -> bool:
    return flag.severity in SERIOUS and not flag.is_private and not flags.is_put_off(flag, today)


async def _concerned(session: AsyncSession) -> Sequence[Person]:
    """The managers with a lead who have an open flag that is not on its way to him."""
    led, leading, lead = aliased(Membership), aliased(Membership), aliased(Person)
    has_lead = (
        select(led.person_id)
        .join(leading, leading.team_id == led.team_id)
        .join(lead, lead.id == leading.person_id)
        .where(lead.role == Role.LEAD, lead.removed_at.is_(None), lead.telegram_id.is_not(None))
    )
    waiting = (
        select(Flag.person_id)
        .outerjoin(Escalation, Escalation.flag_id == Flag.id)
        .where(
            Flag.cleared_at.is_(None),
            Flag.severity.in_(SERIOUS),
            Flag.is_private.is_(False),
            Escalation.told_at.is_(None),
            or_(Escalation.flag_id.is_(None), Flag.snoozed_until.is_not(None)),
        )
    )
    return await _in_reach(session, Role.MANAGER, [Person.id.in_(has_lead), Person.id.in_(waiting)])


async def _leads(session: AsyncSession) -> Sequence[Person]:
    """The leads of managers who have been told that a lead will hear of something."""
    led, leading = aliased(Membership), aliased(Membership)
    waiting = (
        select(leading.person_id)
        .join(led, led.team_id == leading.team_id)
        .join(Escalation, Escalation.person_id == led.person_id)
        .join(Flag, Flag.id == Escalation.flag_id)
        .where(Flag.cleared_at.is_(None), Escalation.answered_at.is_(None))
    )
    return await _in_reach(session, Role.LEAD, [Person.id.in_(waiting)])


async def _in_reach(session: AsyncSession, role: Role, also: Sequence[ColumnElement[bool]]) -> Sequence[Person]:
    here = Person.role == role, Person.removed_at.is_(None), Person.telegram_id.is_not(None)
    return (await session.scalars(select(Person).where(*here, *also).order_by(Person.id))).all()


async def _not_planned(session: AsyncSession, found: Sequence[Person], now: dtm.datetime) -> list[Person]:
    """Of these people those for whom an hour has just come at which they hear, and nothing was planned for it yet."""
    keys = {_key(one, now): one for one in found if _hour(one, now) is not None}
    planned = set(await session.scalars(select(Reminder.key).where(Reminder.key.in_(keys))))
    return [one for key, one in keys.items() if key not in planned]


def _slot(person: Person, now: dtm.datetime) -> dict[str, Any]:
    due_at = _hour(person, now)
    assert due_at is not None
    kind = Aside.ESCALATION if person.role == Role.LEAD else Aside.FOREWARNING
    return schedules.slot_of(person.id, kind, key=_key(person, now), day=person.today(now), due_at=due_at)


def _key(person: Person, now: dtm.datetime) -> str:
    """The name of what is planned: one a day."""
    kind = Aside.ESCALATION if person.role == Role.LEAD else Aside.FOREWARNING
    return f"{kind}:{person.id}:{person.today(now)}"


def _hour(person: Person, now: dtm.datetime) -> dtm.datetime | None:
    """The hour of his at which something of this kind is told and that has come not long ago, the later one first."""
    chosen, zone, today = person.preferences, ZoneInfo(person.time_zone), person.today(now)
    times = [chosen.evening_at, chosen.digest_at] if person.role == Role.LEAD else [chosen.evening_at]
    for time in times:
        hour = schedules.moment(zone, today, time)
        if hour is not None and hour <= now < hour + schedules.LATE:
            return hour
    return None


async def _last_heard(session: AsyncSession, lead: Person) -> dtm.datetime | None:
    """When a lead was last told of flags."""
    his = Reminder.person_id == lead.id, Reminder.kind == Aside.ESCALATION, Reminder.state == ReminderState.QUEUED
    return await session.scalar(select(func.max(Reminder.settled_at)).where(*his))
