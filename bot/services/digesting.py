"""Digesting: a team's week gathered in the same few queries for any number of managers, and what follows from it."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import (
    Account,
    DayPlan,
    Flag,
    MarketReport,
    Note,
    Person,
    Question,
    Role,
    Team,
    Topic,
)
from bot.services import histories, owing, questions, teams, weeks
from bot.services.digests import (
    WEEK_DAYS,
    Coaching,
    Concern,
    Digest,
    FlagRecord,
    ManagerWeek,
    MarketNews,
    Week,
)
from bot.services.flags import Shown
from bot.services.histories import DAY, History
from bot.services.weeks import Span, Told
from bot.workdays import Workdays
from rules.matcher import Matcher
from rules.rule import Severity

SILENT_WORKDAYS = 2
"""Workdays without a sign until now from which on a manager is an exception."""

MOST_COACHED = 3
"""Managers to coach in one week, one habit each: what a lead has time for beside his work (domain.md §5)."""

SERIOUS = (Severity.CRITICAL, Severity.WARNING)
"""What needs the lead; a notice is for the manager alone (domain.md §4, escalation)."""

TOPICS = {topic: place for place, topic in enumerate(Topic)}


async def compute(
    session: AsyncSession,
    team: Team,
    week: Week,
    now: dtm.datetime,
    *,
    matcher: Matcher,
    terms: Callable[[str], frozenset[str]],
) -> Digest:
    """A team's digest. Queries as `histories.wide` and nine more, however many managers.

    A finished week reads the same whenever it is asked for, but for what is written down later. `terms` gives what a
    question is made of (services.questions). Raises NoSuchRecord for a week that has not begun.
    """
    managers = [person for person in await teams.members(session, team) if person.role == Role.MANAGER]
    workdays = Workdays(team.policy.country, team.policy.days_off)
    spans = {person.id: weeks.span_of(person, week, now, workdays) for person in managers}
    if week.first > max([span.reading for span in spans.values()] or [now.date()]):
        raise NoSuchRecord
    found = await _manager_weeks(session, managers, spans, matcher)
    concerns = _concerns(found)
    ids = [person.id for person in managers]
    until = max([span.until for span in spans.values()], default=now)
    zone = ZoneInfo(managers[0].time_zone) if managers else dtm.UTC
    since = dtm.datetime.combine(week.first, dtm.time(), zone)
    ended = min(until, since + WEEK_DAYS * DAY)
    places = {concern.person_id: place for place, concern in enumerate(concerns)}
    return Digest(
        team_id=team.id,
        team_name=team.name,
        week=week,
        workdays=sum(workdays.is_workday(day) for day in week.days),
        days_over=_days_over(week, spans, now),
        managers=tuple(sorted(found, key=lambda one: places.get(one.person_id, len(places)))),
        exceptions=concerns,
        coaching=_coaching(found, matcher),
        market=tuple(sorted((one for each in found for one in each.market), key=_by_topic)),
        gaps=tuple(await questions.gaps(session, terms, ended, since=since, asked_by=ids)) if ids else (),
        owed=tuple(await owing.owed_to(session, managers, until)),
    )


async def of_manager(
    session: AsyncSession,
    asker: Person,
    person_id: int,
    week: Week,
    now: dtm.datetime,
    *,
    matcher: Matcher,
) -> tuple[Team, ManagerWeek]:
    """One manager's team and week, the same as in his team's digest: for whoever leads his team, and for himself.

    Raises NoSuchRecord for anybody else, for whoever is no manager of a team, and for a week that he was not there.
    """
    person = asker if asker.id == person_id else await session.get(Person, person_id)
    team = await teams.team_of(session, person) if person else None
    if person is None or team is None or person.role != Role.MANAGER or person.removed_at is not None:
        raise NoSuchRecord
    if person.id != asker.id:
        await teams.led(session, asker, team.id)
    span = weeks.span_of(person, week, now, Workdays(team.policy.country, team.policy.days_off))
    if week.first > span.reading:
        raise NoSuchRecord
    found = await _manager_weeks(session, [person], {person.id: span}, matcher)
    if not found:
        raise NoSuchRecord
    return team, found[0]


async def _manager_weeks(
    session: AsyncSession, managers: Sequence[Person], spans: Mapping[int, Span], matcher: Matcher
) -> list[ManagerWeek]:
    """The weeks of those managers who had joined by its end."""
    if not managers:
        return []
    days = {person_id: span.reading for person_id, span in spans.items()}
    back_days = max(span.back_days for span in spans.values())
    known = await histories.wide(session, managers, days, is_over=False, back_days=back_days)
    told = await _told(session, managers, spans)
    names = await _names(session, known)
    found = []
    for person in managers:
        history, span = known[person.id], spans[person.id]
        if weeks.started_on(person, history) <= span.week.last:
            found.append(weeks.manager_week(person, history, told[person.id], names, span=span, matcher=matcher))
        await asyncio.sleep(0)  # whoever writes nothing is served between two people
    return found


async def _names(session: AsyncSession, known: Mapping[int, History]) -> dict[int, str]:
    """The names of all accounts that the histories tell of, also of those that are in nobody's book any more."""
    book = {account.id: account.name for history in known.values() for account in history.accounts}
    named: set[int] = set()
    for history in known.values():
        named.update(visit.account_id for visit in history.visits)
        named.update(promise.account_id for promise in history.promises if promise.account_id is not None)
        named.update(account_id for chosen in history.plans.values() for account_id in chosen)
    query = select(Account.id, Account.name).where(Account.id.in_(named - book.keys()))
    return book | {row.id: row.name for row in await session.execute(query)}


async def _told(session: AsyncSession, managers: Sequence[Person], spans: Mapping[int, Span]) -> dict[int, Told]:
    """What is known of these managers' weeks beside their histories: four queries."""
    people = {person.id: person for person in managers}
    week = next(iter(spans.values())).week
    told: defaultdict[int, Told] = defaultdict(Told)
    early = dtm.datetime.combine(week.first, dtm.time(), dtm.UTC) - DAY
    late = early + (WEEK_DAYS + 2) * DAY
    await _read_plans(session, people, week, (early, late), told)
    await _read_signs(session, people, (early, late), told)
    await _read_market(session, people, week, told)
    query = (
        select(Flag, Account.name)
        .outerjoin(Account, Account.id == Flag.account_id)
        .where(
            Flag.person_id.in_(people),
            Flag.is_private.is_(False),
            Flag.opened_at <= max(span.until for span in spans.values()),
            or_(Flag.cleared_at.is_(None), Flag.cleared_at >= early),
        )
        .order_by(Flag.opened_at, Flag.id)
    )
    for flag, account in await session.execute(query):
        told[flag.person_id].flags.append(Shown(flag, account))
    return told


async def _read_plans(
    session: AsyncSession,
    people: Mapping[int, Person],
    week: Week,
    about: tuple[dtm.datetime, dtm.datetime],
    told: Mapping[int, Told],
) -> None:
    """The targets of the week's plans, and the days on which plans were made."""
    query = select(DayPlan.person_id, DayPlan.day, DayPlan.target, DayPlan.made_at).where(
        DayPlan.person_id.in_(people),
        or_(DayPlan.day.between(week.first, week.last), DayPlan.made_at.between(*about)),
    )
    for person_id, day, target, made_at in await session.execute(query):
        told[person_id].targets[day] = target
        if made_at is not None:
            told[person_id].signs.add(people[person_id].today(made_at))


async def _read_signs(
    session: AsyncSession,
    people: Mapping[int, Person],
    about: tuple[dtm.datetime, dtm.datetime],
    told: Mapping[int, Told],
) -> None:
    """The days with a note, of those before the week only the last, and the days with a question."""
    before = (
        select(literal("note"), Note.person_id, func.max(Note.written_at))
        .where(Note.person_id.in_(people), Note.written_at < about[0])
        .group_by(Note.person_id)
    )
    within = select(literal("note"), Note.person_id, Note.written_at).where(
        Note.person_id.in_(people), Note.written_at.between(*about)
    )
    asked = select(literal("question"), Question.person_id, Question.asked_at).where(
        Question.person_id.in_(people), Question.asked_at.between(*about)
    )
    for kind, person_id, instant in await session.execute(union_all(before, within, asked)):
        days = told[person_id].notes if kind == "note" else told[person_id].signs
        days.add(people[person_id].today(instant))


async def _read_market(
    session: AsyncSession, people: Mapping[int, Person], week: Week, told: Mapping[int, Told]
) -> None:
    query = (
        select(MarketReport, Account.name)
        .outerjoin(Account, Account.id == MarketReport.account_id)
        .where(MarketReport.person_id.in_(people), MarketReport.day.between(week.first, week.last))
        .order_by(MarketReport.day, MarketReport.id)
    )
    for report, account in await session.execute(query):
        person = people[report.person_id]
        news = MarketNews(report.topic, report.text, person.id, person.name, account, report.day)
        told[person.id].market.append(news)
        told[person.id].signs.add(report.day)


def _by_topic(news: MarketNews) -> tuple[int, dtm.date]:
    return TOPICS[Topic(news.topic)], news.day


def _days_over(week: Week, spans: Mapping[int, Span], now: dtm.datetime) -> int:
    """The days of the week that are over for everybody in the team."""
    end = min((span.end for span in spans.values()), default=min(week.last, now.date() - DAY))
    return max(0, (end - week.first).days + 1)


def _concerns(found: Sequence[ManagerWeek]) -> tuple[Concern, ...]:
    """Who needs the lead, the worst first: by severity, silence as a warning, then by how long it has been so."""
    ranked = []
    for one in found:
        flag = next((flag for flag in one.standing if flag.severity in SERIOUS), None)
        if flag is None and one.silent_lately < SILENT_WORKDAYS:
            continue
        severity = Severity.WARNING if flag is None else Severity(flag.severity)
        since = one.silent_days[-one.silent_lately] if flag is None else flag.opened_on
        more = len(one.standing) - (flag is not None)
        ranked.append((-severity.rank, since, Concern(one.person_id, one.name, flag, one.silent_lately, more)))
    return tuple(concern for *_, concern in sorted(ranked, key=lambda one: one[:2]))


def _coaching(found: Sequence[ManagerWeek], matcher: Matcher) -> tuple[Coaching, ...]:
    """Whom to coach on which habit: the most severe, combinations first, then where it shows oftenest and longest."""
    ranked = []
    for one in found:
        habits: defaultdict[str, list[FlagRecord]] = defaultdict(list)
        for flag in one.standing:
            habits[flag.habit].append(flag)
        if habits:
            weight, habit = min((_weight(shown, matcher), habit) for habit, shown in habits.items())
            shown = tuple(habits[habit])
            ranked.append((weight, Coaching(one.person_id, one.name, habit, shown[0].advice, shown)))
    return tuple(coaching for _, coaching in sorted(ranked, key=lambda one: one[0])[:MOST_COACHED])


def _weight(shown: Sequence[FlagRecord], matcher: Matcher) -> tuple[int, bool, int, dtm.date]:
    """How soon a habit is worth a talk; the least first."""
    habit = matcher.catalogue.habits.get(shown[0].habit)
    is_combination = habit is not None and habit.combination
    severity = max(Severity(flag.severity).rank for flag in shown)
    return -severity, not is_combination, -len(shown), min(flag.opened_on for flag in shown)
