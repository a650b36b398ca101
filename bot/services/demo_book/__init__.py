"""The demo book of the local phone: two fictional managers with 62 accounts and the history of eight weeks.

The fiction is data (bot/demo/*.yaml); here it is laid out in time, so that it is alive whenever it is started. The
habits of domain.md §4 that the history shows on any day of laying:

陈晓, tobacco and everyday goods, 32 accounts
- over_promising: 9 of 17 due promises kept on time, 5 broken in absolute wording, 10 open
- broken_promise: 永兴便利店五一路店, 百顺烟酒超市 (both trust_at_risk), 老车站副食店, Maple Corner Store, 红梅副食
- vague_promise: 惠民超市新桥店, 阿华士多
- neglected_key_account: 聚贤楼饭店, 福满楼烟酒行; opponent_unaddressed: 福满楼烟酒行 (key_account_at_risk)
- single_threaded_key_account: 百顺烟酒超市, 东湖湾酒店; keeping_company_only: 东湖湾酒店 (hollow_relationship)
- unprofitable_big_buyer: 鑫源商贸批发部
- incomplete_client_file: 学府路文具烟酒店, 河西菜市场便民店
- stalled_next_step: 顺发烟酒行, 明珠棋牌茶楼
- unanswered_complaint: 新桥加油站便利店
- thin_notes; bad_wording: attacking competitors, over-promising

林建国, loans to small businesses, 30 accounts
- overloaded_book, last_minute_rush, no_market_feedback
- plan_not_followed; neglected_key_account: 绿野生态农庄, 鼎香餐饮公司, 华盛印刷厂 (aim_missed)
- collateral_worship: 长顺物流车队, 宏太五金厂, 阳光养殖场, 望江宾馆
- single_source_check: 宏太五金厂, 阳光养殖场, 丰收农资店
- no_repayment_plan: 天天洗车行, 阳光养殖场, 星河塑料制品厂

What a calendar makes impossible it cannot show: on the last days of some months no whole month lies in the window, so
nobody can have rushed at its end. And it shows what a calendar brings about: right after a long break every key account
has waited too long, and where breaks leave 33 workdays or fewer, 陈晓's book is overloaded, too.
"""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import (
    Account,
    Base,
    ClientPromise,
    Complaint,
    Contact,
    DayPlan,
    Evaluation,
    Leave,
    MarketReport,
    NextStep,
    Person,
    PlannedAccount,
    Promise,
    Question,
    Visit,
    WordingSample,
)
from bot.services import flags, histories, teams
from bot.services.demo_book.diary import Calendar, Contacted, Diary
from bot.services.demo_book.fiction import Fiction, PromiseEntry, load
from bot.services.facts import facts_of
from bot.services.histories import DAY
from bot.services.proposals import Evaluate
from rules.matcher import Matcher

OVERRIDES = {"daily_visits_target": 3, "cadence_days": {"A": 7, "B": 14, "C": 45}}
"""Policy of the demo team. Of 40 workdays, each asks for 3.0 visits in 陈晓's book and for 3.9 in 林建国's."""

LOOKED_BACK = 13
"""Days before yesterday from which on flags of the demo managers have a history."""

ASKED_AT = dtm.timedelta(hours=10)
"""Time after midnight UTC at which a question of the history was put."""


async def seed(session: AsyncSession, now: dtm.datetime) -> None:
    """Give each demo manager his book, once: whoever has one, or accounts of his own, is left alone."""
    for fiction in load():
        has_accounts = select(Account.id).where(Account.person_id == Person.id).exists()
        person = await session.scalar(
            select(Person).where(Person.telegram_id == fiction.telegram_id, Person.reference.is_(None), ~has_accounts)
        )
        if person is not None:
            await _lay(session, fiction, person, now)


async def look_back(session: AsyncSession, now: dtm.datetime, matcher: Matcher, evaluate: Evaluate) -> None:
    """Let the rules look at the demo managers as they would have in the last two weeks, so that flags have a history.

    Whoever was looked at before is left alone. What was opened then counts as told.
    """
    looked_at = select(Evaluation.id).where(Evaluation.person_id == Person.id).exists()
    told = [fiction.telegram_id for fiction in load()]
    people = (await session.scalars(select(Person).where(Person.telegram_id.in_(told), ~looked_at))).all()
    if not people:
        return
    days = {person.id: person.today(now) - DAY for person in people}
    found = await histories.wide(session, people, days, is_over=True, back_days=LOOKED_BACK)
    for number in range(LOOKED_BACK, -1, -1):
        for person in people:
            day = days[person.id] - number * DAY
            facts = facts_of(found[person.id].as_of(day), matcher)
            night = dtm.datetime.combine(day + DAY, flags.LOOKS[0], ZoneInfo(person.time_zone))
            looked = min(night.astimezone(dtm.UTC), now)
            changes = await flags.store(session, person, facts, await evaluate(facts), today=day, now=looked)
            for flag in changes.opened:
                flag.nudged_at = looked


async def _lay(session: AsyncSession, fiction: Fiction, person: Person, now: dtm.datetime) -> None:
    """Write one manager's book."""
    team = await teams.team_of(session, person)
    if team is not None:
        team.overrides = OVERRIDES | team.overrides
    today = person.today(now)
    free = Calendar(today, await teams.workdays_of(session, person))
    session.add_all(Leave(person_id=person.id, first_day=free.day(n), last_day=free.day(n)) for n in fiction.leave)
    await session.flush()
    calendar = Calendar(today, await teams.workdays_of(session, person))
    began = now - (today - calendar.begins)
    for field, value in fiction.profile.model_dump().items():
        setattr(person, field, value)
    person.reference, person.joined_at, person.last_seen_on = fiction.reference, began, calendar.past[-1]
    accounts = [
        Account(person_id=person.id, created_at=began, **entry.model_dump(exclude={"contacts", "quiet_days"}))
        for entry in fiction.accounts
    ]
    session.add_all(accounts)
    await session.flush()
    ids = {account.name: account.id for account in accounts}
    session.add_all(
        Contact(account_id=ids[entry.name], **contact.model_dump())
        for entry in fiction.accounts
        for contact in entry.contacts
    )
    await _write_down(session, Diary(fiction, calendar, await teams.policy_of(session, person)), person, ids)
    for sample in fiction.wording:
        session.add(WordingSample(person_id=person.id, day=calendar.day(sample.day), text=sample.text))
    for asked in fiction.questions:
        asked_at = dtm.datetime.combine(calendar.day(asked.day), dtm.time(), dtm.UTC) + ASKED_AT
        session.add(_unanswered(person, asked.text, asked_at))
    await session.flush()


async def _write_down(session: AsyncSession, diary: Diary, person: Person, ids: dict[str, int]) -> None:
    """Turn the diary into records: first what stands alone, then the accounts of each plan."""
    plans: list[tuple[DayPlan, list[str]]] = []
    for worked in diary.days():
        for contacted in worked.visits:
            session.add_all(_records(diary.calendar, person, ids[contacted.account], worked.day, contacted))
        if worked.planned:
            plan = DayPlan(person_id=person.id, day=worked.day, target=diary.fiction.rhythm.plan_size)
            session.add(plan)
            plans.append((plan, worked.planned))
    await session.flush()
    session.add_all(
        PlannedAccount(plan_id=plan.id, account_id=ids[name], position=position)
        for plan, names in plans
        for position, name in enumerate(names)
    )


def _records(
    calendar: Calendar, person: Person, account_id: int, day: dtm.date, contacted: Contacted
) -> Iterator[Base]:
    """A visit and all that was said at it."""
    his = {"person_id": person.id, "account_id": account_id}
    yield Visit(
        **his,
        day=day,
        kind=contacted.kind,
        contact=contacted.contact,
        outcome=contacted.outcome,
        text=contacted.text,
    )
    moment = contacted.moment
    if moment is None:
        return
    for entry in moment.promises:
        yield _promise(calendar, entry, his, day)
    for claim in moment.client_promises:
        due, kept_on = calendar.maybe(claim.due), calendar.maybe(claim.kept)
        yield ClientPromise(**his, said_on=day, what=claim.what, due=due, kept_on=kept_on)
    if moment.next is not None:
        step = moment.next.model_dump(include={"what", "time", "is_appointment", "contact"})
        due, done_on = calendar.day(moment.next.due), calendar.maybe(moment.next.done)
        yield NextStep(**his, **step, agreed_on=day, due=due, done_on=done_on)
    for news in moment.market:
        yield MarketReport(**his, day=day, topic=news.topic, text=news.text)
    if moment.complaint is not None:
        answered_on = calendar.maybe(moment.complaint.answered)
        yield Complaint(**his, made_on=day, text=moment.complaint.text, answered_on=answered_on)


def _promise(calendar: Calendar, entry: PromiseEntry, his: dict[str, int], day: dtm.date) -> Promise:
    """A promise with what became of it until today."""
    promise = Promise(
        **his,
        made_on=day,
        what=entry.what,
        due=calendar.maybe(entry.due),
        moves=[],
        kept_on=calendar.maybe(entry.kept),
        withdrawn_on=calendar.maybe(entry.withdrawn),
        wording=entry.wording.format(due=calendar.spoken(entry.due, day)),
        absolute=entry.absolute,
    )
    for move in entry.moves:
        promise.move(calendar.day(move.to), calendar.day(move.agreed))
    return promise


def _unanswered(person: Person, text: str, asked_at: dtm.datetime) -> Question:
    """A question to which the documents had no answer."""
    return Question(
        person_id=person.id, asked_at=asked_at, locale="zh", text=text, outcome="none", suggested=[], confidence=0.0
    )
