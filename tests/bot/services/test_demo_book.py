"""The demo book: what it shows on any day of laying, told from the stored rows as domain.md §4 defines it."""

from __future__ import annotations

import datetime as dtm
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models import (
    Account,
    Base,
    ClientPromise,
    Complaint,
    Contact,
    DayPlan,
    Evaluation,
    Flag,
    Leave,
    MarketReport,
    NextStep,
    Person,
    PlannedAccount,
    Policy,
    Promise,
    Question,
    Topic,
    Visit,
    WordingSample,
)
from bot.services import accounts, demo, demo_book, histories, teams
from bot.services.facts import facts_of
from bot.workdays import Workdays
from tests.telegram import Stage, worker

DAY = dtm.timedelta(days=1)
WINDOW = 56
CHEN, LIN = 1001, 1002

MONDAY = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
STARTS = {
    "a Monday morning": MONDAY,
    "a Sunday evening": dtm.datetime(2026, 11, 29, 12, 0, tzinfo=dtm.UTC),
    "already tomorrow in Shanghai": dtm.datetime(2026, 12, 3, 17, 0, tzinfo=dtm.UTC),
    "no whole month in the window": dtm.datetime(2026, 12, 28, 0, 30, tzinfo=dtm.UTC),
    "a holiday at new year": dtm.datetime(2027, 1, 2, 2, 0, tzinfo=dtm.UTC),
    "after the October break": dtm.datetime(2026, 10, 9, 0, 30, tzinfo=dtm.UTC),
    "after Chinese New Year": dtm.datetime(2027, 2, 16, 0, 30, tzinfo=dtm.UTC),
    "the last day of a month": dtm.datetime(2027, 3, 31, 0, 30, tzinfo=dtm.UTC),
}

FORMULA = re.compile(r"(?:正常|例行|已)拜访|老样子|没什么事|一切正常|跟进中")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Book:
    """All that is stored of one manager, and his habits by the table of domain.md §4."""

    person: Person
    today: dtm.date
    policy: Policy
    workdays: Workdays
    accounts: Sequence[Account]
    contacts: Sequence[Contact]
    visits: Sequence[Visit]
    plans: dict[dtm.date, list[int]]
    promises: Sequence[Promise]
    client_promises: Sequence[ClientPromise]
    steps: Sequence[NextStep]
    complaints: Sequence[Complaint]
    reports: Sequence[MarketReport]
    samples: Sequence[WordingSample]

    @classmethod
    async def read(cls, session: AsyncSession, telegram_id: int, now: dtm.datetime) -> Book:
        person = (await session.scalars(select(Person).where(Person.telegram_id == telegram_id))).one()

        async def his(table: type[Any]) -> Sequence[Any]:
            return (await session.scalars(select(table).where(table.person_id == person.id).order_by(table.id))).all()

        book = await his(Account)
        people = select(Contact).where(Contact.account_id.in_([account.id for account in book]))
        planned = select(DayPlan.day, PlannedAccount.account_id).join(PlannedAccount)
        plans: dict[dtm.date, list[int]] = {}
        for day, account_id in await session.execute(planned.where(DayPlan.person_id == person.id)):
            plans.setdefault(day, []).append(account_id)
        return cls(
            person,
            person.today(now),
            await teams.policy_of(session, person),
            await teams.workdays_of(session, person),
            book,
            (await session.scalars(people)).all(),
            await his(Visit),
            plans,
            await his(Promise),
            await his(ClientPromise),
            await his(NextStep),
            await his(Complaint),
            await his(MarketReport),
            await his(WordingSample),
        )

    @property
    def window(self) -> list[dtm.date]:
        return [self.today - n * DAY for n in range(WINDOW)]

    @property
    def worked(self) -> list[dtm.date]:
        return [day for day in self.window if self.workdays.is_workday(day)]

    def since(self, day: dtm.date) -> int:
        return self.workdays.count(day, self.today)

    def at(self, account: Account) -> list[Visit]:
        return [one for one in self.visits if one.account_id == account.id and one.day in self.window]

    def days_unmet(self, account: Account) -> int:
        met = [one.day for one in self.at(account) if one.outcome != "absent"]
        return (self.today - max(met)).days if met else WINDOW

    # Promises

    def falls_due(self, promise: Promise) -> dtm.date:
        assert promise.due is not None
        return self.workdays.on_or_after(promise.due)

    @property
    def due(self) -> list[Promise]:
        dated = [one for one in self.promises if one.due is not None and one.withdrawn_on is None]
        return [one for one in dated if self.falls_due(one) < self.today and self.falls_due(one) in self.window]

    def is_on_time(self, promise: Promise) -> bool:
        return promise.kept_on is not None and promise.kept_on <= self.falls_due(promise)

    @property
    def kept_share(self) -> float:
        return sum(map(self.is_on_time, self.due)) / len(self.due)

    @property
    def broken_assurances(self) -> int:
        broken = [one for one in self.due if not self.is_on_time(one) and self.since(self.falls_due(one)) >= 1]
        return sum(one.absolute is not None for one in broken)

    @property
    def open(self) -> list[Promise]:
        return [one for one in self.promises if one.kept_on is None and one.withdrawn_on is None]

    # Habits of accounts: the names

    def named(self, ids: set[int | None]) -> set[str]:
        return {account.name for account in self.accounts if account.id in ids}

    def broken_promise(self) -> set[str]:
        late = [one for one in self.open if one.due is not None and self.since(self.falls_due(one)) >= 1]
        return self.named({one.account_id for one in late})

    def vague_promise(self) -> set[str]:
        return self.named({one.account_id for one in self.open if one.due is None and self.since(one.made_on) > 2})

    def unprofitable_big_buyer(self) -> set[str]:
        ranked = sorted(self.accounts, key=lambda one: one.annual_sales or 0, reverse=True)
        return {
            one.name
            for one in ranked[: math.ceil(len(ranked) / 10)]
            if one.margin_pct is not None
            and one.margin_pct < self.policy.min_margin_pct
            and (one.payment_delay_days or 0) > self.policy.max_payment_delay_days
        }

    @property
    def key(self) -> list[Account]:
        spared = self.unprofitable_big_buyer()
        return [one for one in self.accounts if one.tier == "A" and one.name not in spared]

    def neglected_key_account(self) -> set[str]:
        limit = self.policy.cadence_days.A + 3
        return {one.name for one in self.key if self.days_unmet(one) > limit}

    def people(self, account: Account) -> list[Contact]:
        return [one for one in self.contacts if one.account_id == account.id]

    def single_threaded_key_account(self) -> set[str]:
        return {one.name for one in self.key if len(self.people(one)) < self.policy.min_contacts_A}

    def opponent_unaddressed(self) -> set[str]:
        found = set()
        for account in self.key:
            for opponent in (one for one in self.people(account) if one.stance == "opponent"):
                met = [one.day for one in self.at(account) if one.contact == opponent.name and one.outcome != "absent"]
                if not met or (self.today - max(met)).days >= 30:
                    found.add(account.name)
        return found

    def keeping_company_only(self) -> set[str]:
        owed = {one.account_id for one in self.promises}
        return {
            one.name
            for one in self.key
            if len(self.at(one)) >= 4
            and {visit.outcome for visit in self.at(one)} <= {"none", "absent"}
            and one.id not in owed
            and one.trend != "up"
        }

    def incomplete_client_file(self) -> set[str]:
        fields = ("segment", "potential", "annual_sales", "margin_pct", "payment_delay_days", "trend")
        return {
            one.name
            for one in self.accounts
            if one.tier in "AB" and (sum(getattr(one, field) is None for field in fields) >= 2 or not self.people(one))
        }

    def stalled_next_step(self) -> set[str]:
        undone = [one for one in self.steps if one.done_on is None and one.dropped_on is None and one.due is not None]
        return self.named({one.account_id for one in undone if one.due is not None and self.since(one.due) > 3})

    def unanswered_complaint(self) -> set[str]:
        unanswered = [one for one in self.complaints if one.answered_on is None]
        return self.named({one.account_id for one in unanswered if self.since(one.made_on) > 1})

    def decided(self) -> list[tuple[str, dict[str, Any]]]:
        files = [(one.name, one.collateral) for one in self.accounts if one.collateral is not None]
        return [(name, file) for name, file in files if file["stage"] in ("审批", "放款", "贷后")]

    def collateral_worship(self) -> set[str]:
        return {name for name, file in self.decided() if file["basis"] == ["抵押物"]}

    def single_source_check(self) -> set[str]:
        return {name for name, file in self.decided() if len(file["sources"]) < 2}

    def no_repayment_plan(self) -> set[str]:
        return {name for name, file in self.decided() if not file["repayment_plan"]}

    # Habits of the manager: the figures that are judged

    @property
    def load(self) -> float:
        required = sum(WINDOW / self.policy.cadence_days.days(one.tier) for one in self.accounts)
        return required / (self.policy.daily_visits_target * len(self.worked))

    @property
    def planned_share(self) -> float:
        return sum(day in self.plans for day in self.worked) / len(self.worked)

    @property
    def followed_share(self) -> float:
        visited = {(one.day, one.account_id) for one in self.visits}
        planned = [(day, account_id) for day, ids in self.plans.items() if day in self.window for account_id in ids]
        return sum(one in visited for one in planned) / len(planned)

    def rushes(self) -> list[float]:
        """For each whole month in the window with at least 10 visits the share of its last five workdays."""
        shares = []
        for last in (day for day in self.window if (day + DAY).day == 1):
            month = [last.replace(day=number) for number in range(1, last.day + 1)]
            visits = [one.day for one in self.visits if one.day in month]
            if month[0] in self.window and len(visits) >= 10:
                ends = [day for day in month if self.workdays.is_workday(day)][-5:]
                shares.append(sum(day in ends for day in visits) / len(visits))
        return shares

    @property
    def workdays_without_news(self) -> int:
        return self.since(max(one.day for one in self.reports))

    @property
    def thin_share(self) -> float:
        in_window = [one for one in self.visits if one.day in self.window]
        return sum(is_thin(one.text) for one in in_window) / len(in_window)

    @property
    def neglected_share(self) -> float:
        return len(self.neglected_key_account()) / len(self.key)

    @property
    def had_a_break(self) -> bool:
        """Whether so few of the last days were workdays that the calendar alone has key accounts wait."""
        return self.workdays.count(self.today - 11 * DAY, self.today - DAY) < 6


def is_thin(text: str) -> bool:
    return not text or (FORMULA.fullmatch(text) is not None and len(HAN.findall(text)) < 8)


async def lay(database: Database, now: dtm.datetime) -> None:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", now)
        await demo_book.seed(session, now)


READ: dict[tuple[str, str], tuple[Book, Book]] = {}
"""The books by kind of database and start: laid once, since no test that asks for `books` changes them."""


@pytest.fixture(params=list(STARTS))
async def books(request: pytest.FixtureRequest, database_url: str) -> tuple[Book, Book]:
    """The books of 陈晓 and 林建国 on the day on which they are laid."""
    key = (make_url(database_url).get_backend_name(), request.param)
    if key not in READ:
        now, database = STARTS[request.param], Database(database_url)
        await database.migrate()
        await lay(database, now)
        async with database.read() as session:
            READ[key] = await Book.read(session, CHEN, now), await Book.read(session, LIN, now)
        await database.close()
    return READ[key]


async def test_the_planted_habits_show_whenever_it_is_laid(books: tuple[Book, Book]) -> None:
    chen, lin = books

    assert (len(chen.due), sum(map(chen.is_on_time, chen.due))) == (17, 9)
    assert chen.broken_assurances == 5
    assert len(chen.open) == 10 > chen.policy.max_open_promises
    assert chen.broken_promise() == {
        "永兴便利店五一路店",
        "百顺烟酒超市",
        "老车站副食店",
        "Maple Corner Store",
        "红梅副食",
    }
    assert chen.vague_promise() == {"惠民超市新桥店", "阿华士多"}
    assert chen.neglected_key_account() >= {"福满楼烟酒行", "聚贤楼饭店"}
    assert chen.opponent_unaddressed() == {"福满楼烟酒行"}
    assert chen.single_threaded_key_account() == {"东湖湾酒店", "百顺烟酒超市"}
    assert chen.keeping_company_only() == {"东湖湾酒店"}
    assert chen.unprofitable_big_buyer() == {"鑫源商贸批发部"}
    assert chen.incomplete_client_file() == {"学府路文具烟酒店", "河西菜市场便民店"}
    assert chen.stalled_next_step() == {"顺发烟酒行", "明珠棋牌茶楼"}
    assert chen.unanswered_complaint() == {"新桥加油站便利店"}
    assert chen.thin_share > 0.35
    assert len(chen.visits) >= 100

    assert lin.load > 1.25
    assert lin.followed_share < 0.5
    assert len(lin.plans) >= 25
    assert all(share > 0.52 for share in lin.rushes())
    assert lin.workdays_without_news >= 8
    assert lin.neglected_key_account() >= {"绿野生态农庄", "鼎香餐饮公司", "华盛印刷厂"}
    assert lin.collateral_worship() == {"长顺物流车队", "宏太五金厂", "阳光养殖场", "望江宾馆"}
    assert lin.single_source_check() == {"宏太五金厂", "阳光养殖场", "丰收农资店"}
    assert lin.no_repayment_plan() == {"天天洗车行", "阳光养殖场", "星河塑料制品厂"}


async def test_what_is_not_planted_does_not_show(books: tuple[Book, Book]) -> None:
    chen, lin = books
    assert len(lin.due) == 11
    assert lin.kept_share > 0.85
    assert lin.broken_assurances == 0
    for habit in (
        lin.broken_promise,
        lin.vague_promise,
        lin.single_threaded_key_account,
        lin.opponent_unaddressed,
        lin.keeping_company_only,
        lin.unprofitable_big_buyer,
        lin.incomplete_client_file,
        lin.stalled_next_step,
        lin.unanswered_complaint,
    ):
        assert habit() == set(), habit.__name__
    assert lin.thin_share < 0.2
    assert chen.workdays_without_news <= 2
    assert chen.followed_share > 0.7
    assert all(share < 0.4 for share in chen.rushes())
    assert chen.planned_share > 0.75
    assert lin.planned_share > 0.75
    assert max(chen.plans) == max(one.day for one in chen.visits), "the last workday had a plan"
    if not chen.had_a_break:
        assert chen.neglected_key_account() == {"福满楼烟酒行", "聚贤楼饭店"}
        assert lin.neglected_key_account() == {"绿野生态农庄", "鼎香餐饮公司", "华盛印刷厂"}
        assert max(chen.neglected_share, lin.neglected_share) < 0.4, "no friend_only"
    if len(chen.worked) > 33:
        assert chen.load < 1.2


@pytest.mark.parametrize(("start", "months"), [("a Monday morning", 1), ("no whole month in the window", 0)])
async def test_a_rush_shows_where_a_whole_month_lies_in_the_window(database: Database, start: str, months: int) -> None:
    await lay(database, STARTS[start])
    async with database.read() as session:
        lin = await Book.read(session, LIN, STARTS[start])
    assert len(lin.rushes()) == months


async def test_every_date_is_plausible(books: tuple[Book, Book]) -> None:
    for book in books:
        first, last = book.today - WINDOW * DAY, book.today - DAY
        visited = {(one.account_id, one.day) for one in book.visits}
        heard: list[tuple[int | None, dtm.date]] = [
            *((one.account_id, one.made_on) for one in book.promises),
            *((one.account_id, one.said_on) for one in book.client_promises),
            *((one.account_id, one.agreed_on) for one in book.steps),
            *((one.account_id, one.day) for one in book.reports),
            *((one.account_id, one.made_on) for one in book.complaints),
        ]
        assert set(heard) <= visited, "what was said was said on a visit"
        worked = [*(day for _, day in visited), *book.plans, *(one.day for one in book.samples)]
        settled = [
            *((one.made_on, one.kept_on or one.withdrawn_on) for one in book.promises),
            *((one.said_on, one.kept_on) for one in book.client_promises),
            *((one.agreed_on, one.done_on) for one in book.steps),
            *((one.made_on, one.answered_on) for one in book.complaints),
        ]
        worked += [day for _, day in settled if day is not None]
        assert all(book.workdays.is_workday(day) for day in worked)
        assert first <= min(worked) <= max(worked) <= last
        assert all(begun <= day for begun, day in settled if day is not None)
        assert all(one.made_on < one.due for one in book.promises if one.due is not None)
        assert set(Counter((one.account_id, one.day) for one in book.visits).values()) == {1}
        on_file = {(one.account_id, one.name) for one in book.contacts}
        assert {(one.account_id, one.contact) for one in book.visits if one.contact is not None} <= on_file
        assert all(one.contact is None for one in book.visits if one.outcome == "absent")
        assert book.person.joined_at.date() <= first
        assert book.person.last_seen_on == max(one.day for one in book.visits)


async def test_today_and_tomorrow_have_something_in_store(books: tuple[Book, Book]) -> None:
    for book in books:
        today = book.workdays.on_or_after(book.today)
        tomorrow = book.workdays.after(today, 1)
        meetings = {one.due for one in book.steps if one.is_appointment and one.done_on is None and one.time}
        assert meetings == {today, tomorrow}
    chen, lin = books
    assert {one.expected for one in chen.open} >= {None, *_next(chen, 2)}
    assert {one.expected for one in lin.open} >= {_next(lin, 2)[1]}


def _next(book: Book, count: int) -> list[dtm.date]:
    """So many workdays, the first of them today or the next."""
    first = book.workdays.on_or_after(book.today)
    return [book.workdays.after(first, number) for number in range(count)]


async def test_the_history_holds_something_of_each_kind(database: Database) -> None:
    await lay(database, MONDAY)
    async with database.read() as session:
        chen, lin = await Book.read(session, CHEN, MONDAY), await Book.read(session, LIN, MONDAY)
        questions = (await session.scalars(select(Question))).all()
        leave = (await session.scalars(select(Leave))).all()
        near = await accounts.names(session, chen.person)
    assert Counter(one.tier for one in chen.accounts) == {"A": 8, "B": 10, "C": 14}
    assert Counter(one.tier for one in lin.accounts) == {"A": 10, "B": 18, "C": 2}
    assert {one.topic for one in chen.reports} == set(Topic)
    for book in (chen, lin):
        assert {one.outcome for one in book.visits} == {
            "order",
            "next_step",
            "issue_solved",
            "info",
            "none",
            "absent",
        }
        assert {one.kind for one in book.visits} == {"visit", "call", "message"}
        told = Counter(one.text for one in book.visits if not is_thin(one.text))
        assert all(len(HAN.findall(text)) >= 8 for text in told), "nothing else is a thin note"
        assert "{" not in "".join(told)
        assert len(told) > 0.75 * told.total()
        assert any(one.moves and one.kept_on for one in book.promises)
        assert any(one.kept_on is not None and not book.is_on_time(one) for one in book.due)
        assert all(one.absolute is None or one.absolute in one.wording for one in book.promises)
        assert any(one.kept_on is None for one in book.client_promises)
        assert any(one.answered_on is not None for one in book.complaints)
        assert book.person.company is not None
        assert book.person.company.startswith("示例")
    assert any(one.moved_to for one in chen.open), "put off too late"
    assert any(one.withdrawn_on for one in chen.promises)
    stances = {one.stance for one in chen.contacts}
    assert stances == {"supporter", "neutral", "opponent", "unknown"}
    record = {
        "stage",
        "loan_amount",
        "type",
        "value",
        "basis",
        "basis_text",
        "sources",
        "first_repayment_source",
        "repayment_plan",
    }
    files = [one.collateral for one in lin.accounts if one.collateral is not None]
    assert len(files) == 30
    assert all(file.keys() == record for file in files), "the fields of the portable record"
    assert {file["stage"] for file in files} == {"营销", "调查", "审批", "放款", "贷后"}
    assert {basis for file in files for basis in file["basis"]} == {"现金流", "人品口碑", "抵押物"}
    assert sum((one.payment_delay_days or 0) > 30 for one in lin.accounts) == 4
    assert [one.first_day for one in leave] == [one.last_day for one in leave] == [dtm.date(2026, 11, 5)]
    assert all(one.outcome == "none" for one in questions)
    assert len(questions) == 4
    assurances = [one.text for one in chen.samples if re.search("包在我身上|百分之百|保证给您|绝对不", one.text)]
    attacks = [one.text for one in chen.samples if re.search("积压|就会吹", one.text)]
    assert (len(assurances), len(attacks)) == (3, 2)
    (hit,) = near.find("上午去了永兴便利店")
    assert not hit.is_sure
    assert {one.name for one in hit.candidates} >= {"永兴便利店五一路店", "永兴便利店河西店"}


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    async with database.read() as session:
        tables = Base.metadata.sorted_tables
        return {
            table.name: sorted((tuple(row) for row in await session.execute(select(table))), key=repr)
            for table in tables
        }


async def test_a_second_start_changes_nothing_and_what_people_did_stays(database: Database) -> None:
    await lay(database, MONDAY)
    async with database.begin() as session:
        chen, lin = await Book.read(session, CHEN, MONDAY), await Book.read(session, LIN, MONDAY)
        chen.open[0].kept_on = MONDAY.date()
        chen.accounts[0].name = "永兴旗舰店"
        await session.execute(
            update(Account).where(Account.person_id == lin.person.id).values(person_id=chen.person.id)
        )
    before = await everything(database)
    await lay(database, MONDAY + 3 * DAY)
    assert await everything(database) == before


async def test_the_same_day_gives_the_same_book(tmp_path: Path) -> None:
    laid = []
    for name in ("one", "other"):
        database = Database(f"sqlite:///{tmp_path / name}.sqlite3")
        await database.migrate()
        await lay(database, MONDAY)
        laid.append(await everything(database))
        await database.close()
    assert laid[0] == laid[1]


async def test_who_has_accounts_of_his_own_or_was_never_let_in_gets_no_book(database: Database) -> None:
    async with database.begin() as session:
        await demo_book.seed(session, MONDAY)
        assert await session.scalar(select(Account.id).limit(1)) is None
        await demo.seed(session, "Asia/Shanghai", MONDAY)
        chen = (await session.scalars(select(Person).where(Person.telegram_id == CHEN))).one()
        await accounts.add(session, chen, "自己的店", MONDAY)
        await demo_book.seed(session, MONDAY)
        assert [one.name for one in await accounts.of(session, chen)] == ["自己的店"]


async def test_a_stage_has_the_book_only_where_it_is_asked_for(tmp_path: Path) -> None:
    for is_wanted, number in ((False, 0), (True, 62)):
        stage = Stage(tmp_path / str(number), demo_book=is_wanted)
        async with stage, stage.coach.database.read() as session:
            assert len((await session.scalars(select(Account))).all()) == number


async def test_the_rules_look_back_once_so_that_flags_have_a_history(database: Database) -> None:
    now = dtm.datetime(2026, 11, 27, 2, 0, tzinfo=dtm.UTC)
    await lay(database, now)
    looked = []
    for _ in range(2):
        async with database.begin() as session:
            await demo_book.look_back(session, now, worker().matcher, worker().evaluate)
            looked.append(len((await session.scalars(select(Evaluation))).all()))
    assert looked[0] == looked[1] > 2
    async with database.read() as session:
        found = (await session.scalars(select(Flag))).all()
        ended = [flag for flag in found if flag.cleared_at is not None]
        assert len({flag.opened_at for flag in found}) > 3
        assert ended
        assert all(flag.opened_at < flag.cleared_at <= now for flag in ended if flag.cleared_at)
        # What stands open in the end is what the rules find today's night, and was told.
        for number in (CHEN, LIN):
            person = (await session.scalars(select(Person).where(Person.telegram_id == number))).one()
            day = person.today(now) - dtm.timedelta(1)
            history = (await histories.gather(session, [person], {person.id: day}, is_over=True))[person.id]
            judged = await worker().evaluate(facts_of(history, worker().matcher))
            standing = {
                (flag.habit, flag.account_id) for flag in found if flag.person_id == person.id and not flag.cleared_at
            }
            assert standing == {(one.habit, int(one.account) if one.account else None) for one in judged.flags}
        assert all(flag.nudged_at is not None for flag in found)
