"""Histories: a day in the past is seen as it was then, whatever happened later; on both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models import (
    Account,
    Complaint,
    Contact,
    DayPlan,
    MarketReport,
    NextStep,
    Person,
    PlannedAccount,
    Policy,
    Promise,
    Role,
    Visit,
    WordingSample,
)
from bot.services import histories
from bot.services.facts import facts_of
from bot.services.histories import History
from bot.workdays import Workdays
from rules.compiler import Catalogue
from rules.facts import Fact
from rules.matcher import Matcher

TODAY = dtm.date(2026, 11, 27)
"""A Friday."""
THEN = dtm.date(2026, 10, 16)
"""A Friday six weeks earlier."""
JOINED = dtm.datetime(2026, 6, 1, tzinfo=dtm.UTC)
MATCHER = Matcher(Catalogue.load())


def after(days: int) -> dtm.date:
    """So many days after that Friday."""
    return THEN + dtm.timedelta(days=days)


class Book:
    """A manager with two accounts, and what had happened by that Friday."""

    def __init__(self) -> None:
        self.person = Person(telegram_id=1, name="陈", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=JOINED)

    async def lay(self, session: AsyncSession) -> None:
        session.add(self.person)
        await session.flush()
        who = {"person_id": self.person.id}
        self.key = Account(name="华联", tier="A", created_at=JOINED, **who)
        self.small = Account(name="小店", tier="C", created_at=JOINED, **who)
        session.add_all([self.key, self.small])
        await session.flush()
        self.at_key: dict[str, Any] = {**who, "account_id": self.key.id}
        self.at_small: dict[str, Any] = {**who, "account_id": self.small.id}
        self.kept = Promise(**self.at_key, made_on=after(-9), what="送样品", due=after(-4))
        self.withdrawn = Promise(**self.at_small, made_on=after(-9), what="换货", due=None)
        self.moved = Promise(**self.at_key, made_on=after(-9), what="陈列", due=after(3))
        self.late = Promise(**self.at_small, made_on=after(-9), what="报价", due=after(-2), moves=[])
        self.late.move(after(1), after(-1))
        self.done = NextStep(**self.at_key, agreed_on=after(-12), what="看货", due=after(-8))
        self.dropped = NextStep(**self.at_small, agreed_on=after(-12), what="看货", due=after(-7))
        self.answered = Complaint(**self.at_key, made_on=after(-5), text="送货慢")
        plan = DayPlan(**who, day=after(-3), target=2)
        session.add_all([self.kept, self.withdrawn, self.moved, self.late, self.done, self.dropped])
        session.add_all([self.answered, plan])
        session.add_all(
            [
                Contact(account_id=self.key.id, name="吴店长", stance="opponent"),
                Visit(**self.at_key, day=after(-20), outcome="info", contact="吴店长", text="谈了冬季陈列，下周再看货"),
                Visit(**self.at_small, day=after(-55), outcome="none", text=""),
                MarketReport(**who, day=after(-6), text="竞品涨价"),
                MarketReport(**who, day=after(-30), text="竞品降价"),
                WordingSample(**who, day=after(-2), text="绝对没问题，包在我身上"),
            ]
        )
        await session.flush()
        session.add(PlannedAccount(plan_id=plan.id, account_id=self.key.id, position=1))
        await session.flush()

    async def live_on(self, session: AsyncSession) -> None:
        """The six weeks after."""
        who = {"person_id": self.person.id}
        self.kept.kept_on, self.withdrawn.withdrawn_on = after(1), after(2)
        self.moved.move(after(10), after(2))
        self.moved.move(after(20), after(12))
        self.moved.kept_on = after(18)
        self.late.move(after(6), after(2))
        self.done.done_on, self.dropped.dropped_on, self.answered.answered_on = after(3), after(4), after(1)
        self.small.archived_on = after(8)
        new = Account(name="新店", tier="A", created_at=JOINED + dtm.timedelta(days=150), **who)
        plan = DayPlan(**who, day=after(4), target=2)
        session.add_all([new, plan])
        await session.flush()
        session.add_all(
            [
                Visit(**self.at_key, day=after(5), outcome="order", contact="吴店长", text="订了20条"),
                Visit(**who, account_id=new.id, day=after(30), outcome="order", text="订了20条"),
                Promise(**self.at_key, made_on=after(1), what="礼品", due=after(2)),
                NextStep(**self.at_key, agreed_on=after(1), what="看货", due=after(2)),
                Complaint(**self.at_key, made_on=after(2), text="破损"),
                MarketReport(**who, day=after(3), text="竞品涨价"),
                WordingSample(**who, day=after(2), text="绝对没问题"),
                PlannedAccount(plan_id=plan.id, account_id=self.key.id, position=1),
            ]
        )
        await session.flush()


async def laid(session: AsyncSession) -> tuple[Book, Person]:
    book = Book()
    await book.lay(session)
    return book, book.person


def told(history: History) -> list[Fact]:
    return facts_of(history, MATCHER)


async def then(session: AsyncSession, person: Person, day: dtm.date) -> History:
    found = await histories.wide(session, [person], {person.id: TODAY}, is_over=True, back_days=60)
    return found[person.id].as_of(day)


async def test_a_past_day_has_the_facts_that_were_true_on_it(database: Database) -> None:
    async with database.begin() as session:
        book, person = await laid(session)
        lived = (await histories.gather(session, [person], {person.id: THEN}, is_over=True))[person.id]
        before = told(lived)
        await book.live_on(session)
        now = (await histories.gather(session, [person], {person.id: TODAY}, is_over=True))[person.id]
        past = await then(session, person, THEN)
        assert told(past) == before
        assert told(now) != before
        assert {account.name for account in now.accounts} == {"华联", "新店"}
    assert {account.name for account in past.accounts} == {"华联", "小店"}


async def test_each_mask_gives_back_what_stood_on_the_day(database: Database) -> None:
    async with database.begin() as session:
        book, person = await laid(session)
        await book.live_on(session)
        past = await then(session, person, THEN)
        stood = {promise.what: (promise.due, promise.moved_to, promise.is_open) for promise in past.promises}
        assert stood == {
            "送样品": (after(-4), None, True),
            "换货": (None, None, True),
            "陈列": (after(3), None, True),
            "报价": (after(-2), after(1), True),
        }
        between = await then(session, person, after(5))
        (moved,) = [one for one in between.promises if one.what == "陈列"]
        assert (moved.due, moved.moved_to, len(moved.moves)) == (after(10), None, 1)
        assert {step.due for step in past.steps} == {after(-8), after(-7)}
        assert [complaint.made_on for complaint in past.complaints] == [after(-5)]
        assert past.last_report == after(-6)
        assert past.is_over
        assert not session.dirty
        assert not session.new
    async with database.read() as session:
        (kept,) = await session.scalars(select(Promise).where(Promise.what == "陈列"))
        assert (kept.due, kept.kept_on, len(kept.moves)) == (after(10), after(18), 2)


async def test_an_account_that_was_entered_later_was_in_no_book_unless_its_history_tells(database: Database) -> None:
    async with database.begin() as session:
        _, person = await laid(session)
        entered = dtm.datetime.combine(after(20), dtm.time(4), dtm.UTC)
        unheard, imported = (
            Account(person_id=person.id, name=name, tier="A", created_at=entered) for name in ("新店", "旧店")
        )
        session.add_all([unheard, imported])
        await session.flush()
        session.add(Visit(person_id=person.id, account_id=imported.id, day=after(-1), outcome="order", text="订了20条"))
        await session.flush()
        past = await then(session, person, THEN)
        assert {account.name for account in past.accounts} == {"华联", "小店", "旧店"}


async def test_sixty_days_cost_as_many_queries_as_one(database: Database) -> None:
    asked: list[str] = []

    def ask(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    async with database.begin() as session:
        _, person = await laid(session)
        engine = (await session.connection()).sync_connection
        event.listen(engine, "before_cursor_execute", ask)
        await then(session, person, THEN)
        wide, asked[:] = len(asked), []
        await histories.gather(session, [person], {person.id: TODAY}, is_over=True)
        event.remove(engine, "before_cursor_execute", ask)
    assert wide == len(asked) == 11


def test_another_policy_brings_its_own_calendar() -> None:
    history = History(1, TODAY, Policy(), Workdays(leave=((TODAY, TODAY),)))
    other = history.under(Policy(country="SG", days_off={dtm.date(2026, 11, 26): False}, grace_days=9))
    assert other.policy.grace_days == 9
    assert [other.workdays.is_workday(TODAY - dtm.timedelta(days=back)) for back in (0, 1, 2)] == [False, False, True]
