"""Transfers: what goes along, what stays, what is kept as history; on both databases."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import (
    Account,
    AccountTransfer,
    Base,
    ClientPromise,
    Complaint,
    Contact,
    DayPlan,
    MarketReport,
    Membership,
    NextStep,
    Note,
    Person,
    PlannedAccount,
    Promise,
    Role,
    Team,
    Visit,
)
from bot.services import demo, flags, people, transfers

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)
DAY = dtm.timedelta(days=1)
CHEN, LIN, LEAD, OWNER = 1001, 1002, 2001, 3001


class Book:
    """Chen's book: three accounts, one of them archived, with open and settled records; Lin has a 老店 too."""

    def __init__(self, persons: dict[int, Person]) -> None:
        self.chen, self.lin, self.lead, self.owner = (persons[number] for number in (CHEN, LIN, LEAD, OWNER))
        self.yonghui = self._account(self.chen, "永辉")
        self.old = self._account(self.chen, "老店")
        self.archived = self._account(self.chen, "旧户", archived_on=TODAY)
        self.lins_old = self._account(self.lin, "老店")

    @staticmethod
    def _account(person: Person, name: str, **more: Any) -> Account:
        return Account(person_id=person.id, name=name, tier="A", created_at=NOW, **more)


@pytest.fixture
async def book(database: Database) -> Book:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        made = Book({person.telegram_id or 0: person for person in await session.scalars(select(Person))})
        session.add_all([made.yonghui, made.old, made.archived, made.lins_old])
        note = Note(person_id=made.chen.id, text="原话", written_at=NOW)
        session.add(note)
        await session.flush()
        for account in (made.yonghui, made.old):
            his: dict[str, Any] = {"person_id": made.chen.id, "account_id": account.id, "note_id": note.id}
            session.add_all(
                [
                    Contact(account_id=account.id, name="张经理"),
                    Visit(**his, day=TODAY, outcome="info", text="聊了聊"),
                    MarketReport(**his, day=TODAY, text="竞品降价"),
                    Promise(**his, made_on=TODAY, what="open", wording="包在我身上", absolute="包在我身上"),
                    Promise(**his, made_on=TODAY, what="kept", wording="好", kept_on=TODAY),
                    Promise(**his, made_on=TODAY, what="withdrawn", wording="好", withdrawn_on=TODAY),
                    ClientPromise(**his, said_on=TODAY, what="open"),
                    ClientPromise(**his, said_on=TODAY, what="kept", kept_on=TODAY),
                    ClientPromise(**his, said_on=TODAY, what="withdrawn", withdrawn_on=TODAY),
                    NextStep(**his, agreed_on=TODAY, what="open"),
                    NextStep(**his, agreed_on=TODAY, what="done", done_on=TODAY),
                    NextStep(**his, agreed_on=TODAY, what="dropped", dropped_on=TODAY),
                    Complaint(**his, made_on=TODAY, text="open"),
                    Complaint(**his, made_on=TODAY, text="answered", answered_on=TODAY),
                ]
            )
        session.add(Promise(person_id=made.chen.id, made_on=TODAY, what="loose"))
        for day in (TODAY - DAY, TODAY, TODAY + DAY):
            plan = DayPlan(person_id=made.chen.id, day=day, target=6)
            session.add(plan)
            await session.flush()
            session.add_all(
                PlannedAccount(plan_id=plan.id, account_id=account.id, position=at)
                for at, account in enumerate((made.yonghui, made.old))
            )
    return made


async def of(database: Database, table: type[Base], person: Person, account: Account | None) -> list[str]:
    """The words of a person's records of one kind at an account."""
    columns = table.__table__.c
    words = columns.what if "what" in columns else columns.text
    place = columns.account_id.is_(None) if account is None else columns.account_id == account.id
    async with database.read() as session:
        found = await session.scalars(select(words).where(columns.person_id == person.id, place).order_by(columns.id))
        return list(found)


async def hand_over(database: Database, book: Book, by: Person, account: Account | None = None) -> transfers.Handover:
    async with database.begin() as session:
        return await transfers.hand_over(
            session, by, book.chen.id, book.lin.id, now=NOW, account_id=account.id if account else None
        )


OPEN: Sequence[type[Base]] = (Promise, ClientPromise, NextStep, Complaint)


async def test_one_account_goes_with_what_is_open_and_history_stays(database: Database, book: Book) -> None:
    done = await hand_over(database, book, book.lead, book.yonghui)
    assert (done.moved, done.stayed, done.giver.id, done.receiver.id) == (1, [], book.chen.id, book.lin.id)
    for table in OPEN:
        assert await of(database, table, book.lin, book.yonghui) == ["open"]
        assert "open" not in await of(database, table, book.chen, book.yonghui)
        assert len(await of(database, table, book.chen, book.yonghui)) in (1, 2)
        assert "open" in await of(database, table, book.chen, book.old)
    assert await of(database, Visit, book.chen, book.yonghui) == ["聊了聊"]
    assert await of(database, MarketReport, book.chen, book.yonghui) == ["竞品降价"]
    assert await of(database, Promise, book.chen, None) == ["loose"]
    async with database.read() as session:
        assert (await session.get_one(Account, book.yonghui.id)).person_id == book.lin.id
        assert (await session.get_one(Account, book.old.id)).person_id == book.chen.id
        (row,) = await session.scalars(select(AccountTransfer))
        contacts = list(await session.scalars(select(Contact.name).where(Contact.account_id == book.yonghui.id)))
    assert (row.account_id, row.from_id, row.to_id, row.by_id, row.on) == (
        book.yonghui.id,
        book.chen.id,
        book.lin.id,
        book.lead.id,
        TODAY,
    )
    assert contacts == ["张经理"]


async def test_the_givers_own_words_do_not_go_along(database: Database, book: Book) -> None:
    await hand_over(database, book, book.lead, book.yonghui)
    async with database.read() as session:
        promise = await session.scalar(select(Promise).where(Promise.person_id == book.lin.id))
        kept = await session.scalar(select(Promise).where(Promise.what == "kept"))
    assert promise is not None
    assert (promise.wording, promise.absolute, promise.note_id) == ("", None, None)
    assert kept is not None
    assert kept.note_id is not None


async def test_the_whole_book_goes_but_for_equal_names_and_archived_ones(database: Database, book: Book) -> None:
    done = await hand_over(database, book, book.owner)
    assert (done.moved, list(done.stayed)) == (1, ["老店"])
    assert await of(database, Promise, book.lin, None) == ["loose"]
    async with database.read() as session:
        assert [account.name for account in await transfers.book(session, book.chen)] == ["老店"]
        assert [account.name for account in await transfers.book(session, book.lin)] == ["永辉", "老店"]
        assert (await session.get_one(Account, book.archived.id)).person_id == book.chen.id
    again = await hand_over(database, book, book.owner)
    assert again.moved == 0


async def test_the_rules_look_at_both_soon(database: Database, book: Book) -> None:
    async with database.begin() as session:
        for one in (book.chen, book.lin):
            (await session.get_one(Person, one.id)).evaluate_at = NOW + DAY
    await hand_over(database, book, book.lead, book.yonghui)
    async with database.read() as session:
        looks = {(await session.get_one(Person, one.id)).evaluate_at for one in (book.chen, book.lin)}
    assert looks == {NOW + flags.AFTER_CHANGE}


async def test_the_givers_plans_from_today_on_lose_them(database: Database, book: Book) -> None:
    await hand_over(database, book, book.lead, book.yonghui)
    async with database.read() as session:
        rows = (
            await session.execute(
                select(DayPlan.day, PlannedAccount.account_id)
                .join(PlannedAccount, PlannedAccount.plan_id == DayPlan.id)
                .order_by(DayPlan.day, PlannedAccount.position)
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        (TODAY - DAY, book.yonghui.id),
        (TODAY - DAY, book.old.id),
        (TODAY, book.old.id),
        (TODAY + DAY, book.old.id),
    ]


async def test_a_book_whose_manager_was_removed_waits_to_be_handed_over(database: Database, book: Book) -> None:
    async with database.begin() as session:
        await people.remove(session, book.lead, book.chen.id, NOW)
        assert [one.id for one in await transfers.receivers(session, book.lead, book.chen)] == [book.lin.id]
    assert (await hand_over(database, book, book.lead)).moved == 1


async def test_whose_accounts_go_to_whom_is_for_their_lead_to_say(database: Database, book: Book) -> None:
    async with database.begin() as session:
        west = Team(name="West", overrides={}, created_at=NOW)
        other = Person(telegram_id=2002, name="他队主管", role=Role.LEAD, time_zone="UTC", joined_at=NOW)
        far = Person(telegram_id=1003, name="他队经理", role=Role.MANAGER, time_zone="UTC", joined_at=NOW)
        gone = Person(telegram_id=1004, name="走了", role=Role.MANAGER, time_zone="UTC", joined_at=NOW, removed_at=NOW)
        session.add_all([west, other, far, gone])
        await session.flush()
        team = await session.scalar(select(Membership.team_id).where(Membership.person_id == book.chen.id))
        assert team is not None
        session.add_all(Membership(person_id=who.id, team_id=west.id) for who in (other, far))
        session.add(Membership(person_id=gone.id, team_id=team))
        await session.flush()
        for asker, giver, receiver, account in (
            (other, book.chen, far, None),
            (other, book.chen, book.lin, None),
            (book.lead, book.chen, far, None),
            (book.lead, book.chen, gone, None),
            (book.lead, book.chen, book.chen, None),
            (book.lead, book.chen, book.lead, None),
            (book.lead, far, book.lin, None),
            (book.chen, book.chen, book.lin, None),
            (book.lin, book.chen, book.lin, None),
            (book.lead, book.chen, book.lin, book.lins_old.id),
            (book.lead, book.chen, book.lin, book.archived.id),
            (book.lead, book.chen, book.lin, 10**9),
        ):
            with pytest.raises(NoSuchRecord):
                await transfers.hand_over(session, asker, giver.id, receiver.id, now=NOW, account_id=account)
        assert list(await session.scalars(select(AccountTransfer))) == []
