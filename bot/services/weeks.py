"""Weeks: what one manager's history shows of a week, each figure as the rules define it. Pure."""

from __future__ import annotations

import datetime as dtm
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.models import Person, Promise
from bot.services import flags
from bot.services.digests import (
    DayRecord,
    FlagRecord,
    KeyRecord,
    ManagerWeek,
    MarketNews,
    PlanRecord,
    PromiseRecord,
    PromiseState,
    VisitRecord,
    Week,
)
from bot.services.facts import key_accounts, own_visits, planned_accounts
from bot.services.flags import Shown
from bot.services.histories import DAY, History
from bot.services.promises import fallen_due, is_broken, is_on_time, rate_of
from bot.workdays import Workdays
from rules.matcher import Matcher

WEEK = dtm.timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """What of a week counts for one manager, by his own calendar.

    `end` is the last of its days that is over, before `week.first` where none is. It is read on the day `reading`, not
    later than `until`: now, or for a week long past on the first workday after it.
    """

    week: Week
    end: dtm.date
    reading: dtm.date
    until: dtm.datetime

    @property
    def back_days(self) -> int:
        """Days before the reading that have to be known: the end of the week, and the reading a week before."""
        return (self.reading - min(self.end, self.reading - WEEK)).days

    def counts(self, day: dtm.date) -> bool:
        """Whether a day lies in the week and is over."""
        return self.week.first <= day <= self.end


def span_of(person: Person, week: Week, now: dtm.datetime, workdays: Workdays) -> Span:
    """What of a week counts for somebody; `workdays` are those of his team."""
    today = person.today(now)
    reading = min(today, workdays.on_or_after(week.last + DAY))
    midnight = dtm.datetime.combine(reading + DAY, dtm.time(), ZoneInfo(person.time_zone))
    return Span(week, min(week.last, today - DAY), reading, min(now, midnight.astimezone(dtm.UTC)))


@dataclass
class Told:
    """What is known of a manager's week beside his history: targets of his plans, signs of him, flags, news.

    `notes` are days with a note, `signs` days with anything else of his.
    """

    targets: dict[dtm.date, int] = field(default_factory=dict)
    notes: set[dtm.date] = field(default_factory=set)
    signs: set[dtm.date] = field(default_factory=set)
    flags: list[Shown] = field(default_factory=list)
    market: list[MarketNews] = field(default_factory=list)


def started_on(person: Person, history: History) -> dtm.date:
    """The day from which on a manager's days count: he joined, or his imported history begins."""
    worked = [visit.day for visit in own_visits(history)] + list(history.plans)
    return min([person.today(person.joined_at), *worked])


def manager_week(
    person: Person, history: History, told: Told, names: Mapping[int, str], *, span: Span, matcher: Matcher
) -> ManagerWeek:
    """One manager's week out of his wide history; `names` are those of the accounts that it tells of."""
    started = started_on(person, history)
    then = history.as_of(span.end)
    counted = [day for day in span.week.days if started <= day <= span.end]
    workdays = [day for day in counted if history.workdays.is_workday(day)]
    due = _due(history.as_of(span.reading), span.reading)
    window = [_promise(history, span, promise, day, names) for promise, day in due]
    silent, last_note_on = _silence(person, then, told, workdays)
    return ManagerWeek(
        person_id=person.id,
        name=person.name,
        workdays=tuple(workdays),
        days=tuple(_days(then, told, counted)),
        plan=tuple(_plan(then, counted, names)),
        visits=tuple(_visits(then, counted, names)),
        keys=tuple(_keys(then, matcher, names)),
        promises=tuple(one for one in window if span.week.holds(one.due)),
        window=tuple(window),
        kept_rate=rate_of(due),
        kept_rate_before=rate_of(_due(history, span.reading - WEEK)),
        opened=tuple(one for one in _flags(person, told.flags) if span.counts(one.opened_on)),
        cleared=tuple(one for one in _flags(person, told.flags) if one.cleared_on and span.counts(one.cleared_on)),
        standing=tuple(_flags(person, _standing(told.flags, span))),
        market=tuple(news for news in told.market if span.counts(news.day)),
        silent_days=tuple(silent),
        last_note_on=last_note_on,
        through=span.end if span.end >= span.week.first else None,
        joined_on=started if started > span.week.first else None,
        has_phone=person.telegram_id is not None,
    )


def _days(then: History, told: Told, counted: Sequence[dtm.date]) -> Iterator[DayRecord]:
    done = Counter(visit.day for visit in own_visits(then))
    for day in counted:
        is_planned = bool(then.plans.get(day)) and day in told.targets
        usual = then.policy.daily_visits_target if then.workdays.is_workday(day) else 0
        aimed = told.targets[day] if is_planned else usual
        if done[day] or aimed:
            yield DayRecord(day, done[day], aimed, is_planned)


def _plan(then: History, counted: Sequence[dtm.date], names: Mapping[int, str]) -> Iterator[PlanRecord]:
    for day, account_id, is_fulfilled in planned_accounts(then, own_visits(then)):
        if day in counted:
            yield PlanRecord(day, names[account_id], is_fulfilled)


def _visits(then: History, counted: Sequence[dtm.date], names: Mapping[int, str]) -> Iterator[VisitRecord]:
    for visit in sorted(own_visits(then), key=lambda one: (one.day, one.id)):
        if visit.day in counted:
            is_planned = visit.account_id in then.plans.get(visit.day, ())
            yield VisitRecord(visit.day, names[visit.account_id], visit.kind, visit.outcome, is_planned)


def _keys(then: History, matcher: Matcher, names: Mapping[int, str]) -> Iterator[KeyRecord]:
    for one in key_accounts(then, matcher):
        days = int(one["days_since_visit"]) if one["was_visited"] else None
        met_on = None if days is None else then.today - days * DAY
        yield KeyRecord(names[int(str(one["acc"]))], met_on, days, int(one["cadence_days"]))


def _due(history: History, reading: dtm.date) -> list[tuple[Promise, dtm.date]]:
    """The promises that had fallen due in the window before a day, the oldest first."""
    due = fallen_due(history.promises, reading, history.workdays)
    return sorted(due, key=lambda one: (one[1], one[0].id))


def _promise(history: History, span: Span, promise: Promise, day: dtm.date, names: Mapping[int, str]) -> PromiseRecord:
    if is_on_time(promise, day):
        state = PromiseState.KEPT
    elif is_broken(promise, day, span.reading, history.workdays, history.policy.late_workdays):
        state = PromiseState.BROKEN
    else:
        state = PromiseState.WAITING
    account = None if promise.account_id is None else names[promise.account_id]
    return PromiseRecord(promise.what, account, day, promise.kept_on, state)


def _standing(found: Sequence[Shown], span: Span) -> list[Shown]:
    stood = [
        one
        for one in found
        if one.flag.opened_at <= span.until and (one.flag.cleared_at is None or one.flag.cleared_at > span.until)
    ]
    return flags.worst_first(flags.heard(stood, span.reading))


def _flags(person: Person, found: Sequence[Shown]) -> Iterator[FlagRecord]:
    for one in found:
        flag = one.flag
        yield FlagRecord(
            id=flag.id,
            habit=flag.habit,
            account=one.account,
            severity=flag.severity,
            opened_on=person.today(flag.opened_at),
            cleared_on=None if flag.cleared_at is None else person.today(flag.cleared_at),
            is_disputed=flag.disputed_at is not None,
            advice=flag.advice,
            why=next(iter(flags.derivation(flag).reasons()), None),
        )


def _silence(
    person: Person, then: History, told: Told, workdays: Sequence[dtm.date]
) -> tuple[list[dtm.date], dtm.date | None]:
    """Workdays without a sign, none for somebody who has no phone here yet; and the last day with a note or visit."""
    written = told.notes | {visit.day for visit in own_visits(then)}
    signs = written | told.signs | {promise.made_on for promise in then.promises} | {person.last_seen_on}
    silent = [day for day in workdays if day not in signs] if person.telegram_id is not None else []
    return silent, max((day for day in written if day <= then.today), default=None)
