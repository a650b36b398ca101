"""Tables of accounts in the book: once is once, a wrong row harms no other, and nothing is merged unasked."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import files
from bot.database import Database
from bot.language.columns import AccountRow, AccountTable
from bot.models import Account, Contact, Person, Role
from bot.services import imports
from bot.services.imports import Imported
from bot.spreadsheets import Cell, to_csv

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)
HEAD = ("客户名称", "级别", "年销售额", "别名", "联系人", "职务", "态度")


@pytest.fixture
async def manager(database: Database) -> int:
    async with database.begin() as session:
        person = Person(telegram_id=1, name="陈", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(person)
        await session.flush()
        return person.id


async def table_for(session: AsyncSession, person: Person, rows: Sequence[Sequence[Cell]]) -> AccountTable:
    reader = await imports.reader_for(session, person, TODAY)
    content = files.read(to_csv([HEAD, *rows]), reader)
    assert isinstance(content, AccountTable)
    return content


async def take(database: Database, person_id: int, *rows: Sequence[Cell]) -> Imported:
    async with database.begin() as session:
        person = await session.get_one(Person, person_id)
        return await imports.import_accounts(session, person, await table_for(session, person, rows), NOW)


async def book(database: Database) -> list[tuple[Any, ...]]:
    async with database.read() as session:
        accounts = (await session.scalars(select(Account).order_by(Account.id))).all()
        contacts = (await session.scalars(select(Contact).order_by(Contact.id))).all()
        return [
            *((one.name, one.tier, one.annual_sales, one.aliases, one.archived_on) for one in accounts),
            *((one.account_id, one.name, one.role, one.stance) for one in contacts),
        ]


ROWS = (
    ("永兴超市", "A", "80万", "永兴、老永兴", "吴店长", "店长", "支持"),
    ("永兴超市", None, None, None, "李会计", None, None),
    ("大河五金", "", "12", None, None, None, None),
)


async def test_the_same_table_twice_is_once(database: Database, manager: int) -> None:
    first = await take(database, manager, *ROWS)
    assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
    before = await book(database)
    assert before == [
        ("永兴超市", "A", 80, ["永兴", "老永兴"], None),
        ("大河五金", "C", 12, [], None),
        (1, "吴店长", "店长", "supporter"),
        (1, "李会计", None, "unknown"),
    ]
    second = await take(database, manager, *ROWS)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 2)
    assert await book(database) == before


async def test_what_a_later_table_says_is_taken_over_and_what_it_leaves_empty_stays(
    database: Database, manager: int
) -> None:
    await take(database, manager, *ROWS)
    later = await take(
        database,
        manager,
        ("永兴 超市", "B", None, "永兴店", "李会计", "会计", None),
        ("永兴超市", None, None, None, "王经理", None, "反对"),
        ("大河五金", None, "12万元", None, None, None, None),
    )
    assert (later.new, later.changed, later.unchanged) == (0, 1, 1)
    assert await book(database) == [
        ("永兴超市", "B", 80, ["永兴", "老永兴", "永兴店"], None),
        ("大河五金", "C", 12, [], None),
        (1, "吴店长", "店长", "supporter"),
        (1, "李会计", "会计", "unknown"),
        (1, "王经理", None, "opponent"),
    ]


async def test_a_preview_changes_nothing_and_tells_the_same(database: Database, manager: int) -> None:
    async with database.begin() as session:
        person = await session.get_one(Person, manager)
        table = await table_for(session, person, ROWS)
        looked = await imports.preview(session, person, table, NOW)
        assert person.money_unit is None
        assert await session.scalar(select(func.count()).select_from(Account)) == 0
    assert await book(database) == []
    done = await take(database, manager, *ROWS)
    assert (looked.new, looked.changed, looked.unchanged) == (done.new, done.changed, done.unchanged)


async def test_wrong_rows_harm_no_others(database: Database, manager: int) -> None:
    done = await take(
        database, manager, ROWS[0], ("坏店", "D", None), ("", "A", "5"), ("好店", "B", "7"), ("差店", "B", "很多")
    )
    assert [(problem.row, problem.text_id) for problem in done.problems] == [
        (3, "row-not-a-tier"),
        (4, "row-no-name"),
        (6, "row-not-a-number"),
    ]
    assert [row[0] for row in await book(database)][:2] == ["永兴超市", "好店"]


async def test_an_alias_is_the_account(database: Database, manager: int) -> None:
    await take(database, manager, *ROWS)
    done = await take(database, manager, ("老永兴", "B", None))
    assert (done.changed, done.questions) == (1, [])
    assert (await book(database))[0][:2] == ("永兴超市", "B")


async def test_an_alias_of_another_account_is_a_problem(database: Database, manager: int) -> None:
    await take(database, manager, *ROWS)
    done = await take(database, manager, ("新桥加油站", "B", None, "老永兴"), ("大河五金", "B", None, "永兴超市"))
    assert [problem.text_id for problem in done.problems] == ["row-alias-taken", "row-alias-taken"]
    assert (done.new, done.changed) == (0, 0)


NEAR = (("永兴商行", "A", None, None, "赵姐"), ("大河五金厂", "B"), ("大河五金店", "B"))


async def test_what_may_be_known_waits_for_an_answer(database: Database, manager: int) -> None:
    await take(database, manager, *ROWS)
    done = await take(database, manager, *NEAR)
    assert (done.new, done.changed) == (0, 0)
    assert [(row.name, row.like) for row in done.questions] == [
        ("永兴商行", "永兴超市"),
        ("大河五金厂", "大河五金"),
        ("大河五金店", "大河五金"),
    ]


async def answer(database: Database, person_id: int, rows: Sequence[AccountRow], choice: imports.Choice) -> Imported:
    async with database.begin() as session:
        person = await session.get_one(Person, person_id)
        table = AccountTable(tuple(rows), (), "", (), (), "万元", as_fractions=False)
        return await imports.decide(session, person, table, choice, NOW)


async def test_the_answers(database: Database, manager: int) -> None:
    await take(database, manager, *ROWS)
    shop, factory, store = (await take(database, manager, *NEAR)).questions
    assert (await answer(database, manager, [shop], "same")).changed == 1
    assert (await answer(database, manager, [factory], "new")).new == 1
    assert (await answer(database, manager, [store], "skip")).unchanged == 0
    accounts = [row for row in await book(database) if len(row) == 5]
    assert [(row[0], row[3]) for row in accounts] == [
        ("永兴超市", ["永兴", "老永兴", "永兴商行"]),
        ("大河五金", []),
        ("大河五金厂", []),
    ]
    again = await take(database, manager, *NEAR)
    assert [row.name for row in again.questions] == ["大河五金店"]
    assert again.unchanged == 2


async def test_money_in_a_book_without_unit_is_in_the_bare_currency(database: Database, manager: int) -> None:
    async with database.begin() as session:
        session.add(
            Account(person_id=manager, name="老客户", tier="A", aliases=[], annual_sales=800_000, created_at=NOW)
        )
    await take(database, manager, ("新客户", "A", "12万"))
    async with database.read() as session:
        sales = dict((await session.execute(select(Account.name, Account.annual_sales))).all())
        unit = await session.scalar(select(Person.money_unit))
    assert sales == {"老客户": 800_000, "新客户": 120_000}
    assert unit == "元"


async def test_two_managers_may_have_accounts_of_the_same_name(database: Database, manager: int) -> None:
    async with database.begin() as session:
        other = Person(telegram_id=2, name="林", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(other)
        await session.flush()
        other_id = other.id
    await take(database, manager, *ROWS)
    assert (await take(database, other_id, *ROWS)).new == 2
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Account)) == 4


async def test_five_thousand_rows_are_one_transaction(database: Database, manager: int) -> None:
    accounts = tuple(AccountRow(number, f"客户{number}号店", tier="B", annual_sales=5.0) for number in range(5000))
    table = AccountTable(accounts, (), "客户", (), (), "万元", as_fractions=False)
    async with database.begin() as session:
        person = await session.get_one(Person, manager)
        done = await imports.import_accounts(session, person, table, NOW)
        assert done.new == 5000
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Account)) == 5000
