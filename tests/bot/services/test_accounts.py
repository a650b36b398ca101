"""Accounts: whose they are, refused names, finding, archiving, values typed into the file; on both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Account, Contact, Membership, Outcome, Person, Policy, Role, Team, Tier, Visit
from bot.services import accounts
from bot.services.accounts import AccountNameRefused, ValueRefused

NOW = dtm.datetime(2026, 11, 25, 1, 0, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 25)
CHEN, LIN, ZHOU, WU, HE = 1, 2, 3, 4, 5
"""Chen and Lin are managers of Zhou's team; Wu leads another; He owns all."""


def person(number: int, name: str, role: Role = Role.MANAGER) -> Person:
    return Person(
        id=number, telegram_id=number, name=name, role=role, time_zone="Asia/Shanghai", joined_at=NOW, money_unit="万元"
    )


def account(number: int, name: str, owner: int = CHEN, **more: Any) -> Account:
    values = {"tier": "B", "aliases": [], "created_at": NOW, **more}
    return Account(id=number, person_id=owner, name=name, **values)


async def fill(database: Database, *rows: object) -> None:
    async with database.begin() as session:
        session.add_all([person(CHEN, "陈晓"), person(LIN, "林建国"), person(ZHOU, "周敏", Role.LEAD)])
        session.add_all([person(WU, "吴远", Role.LEAD), person(HE, "何静", Role.OWNER)])
        session.add_all([Team(id=1, name="东", overrides={}, created_at=NOW), Team(id=2, name="西", created_at=NOW)])
        await session.flush()
        session.add_all([Membership(person_id=one, team_id=1) for one in (CHEN, LIN, ZHOU)])
        session.add(Membership(person_id=WU, team_id=2))
        session.add_all([row for row in rows if isinstance(row, Account)])
        await session.flush()
        session.add_all([row for row in rows if not isinstance(row, Account)])


async def test_who_may_look_at_an_account_and_who_may_change_it(database: Database) -> None:
    await fill(database, account(7, "永兴便利店"))
    async with database.read() as session:
        for asker in (CHEN, LIN, ZHOU, WU, HE):
            someone = await session.get_one(Person, asker)
            if asker in (CHEN, ZHOU, HE):
                assert (await accounts.seen(session, someone, 7)).name == "永兴便利店"
            else:
                with pytest.raises(NoSuchRecord):
                    await accounts.seen(session, someone, 7)
            if asker != CHEN:
                with pytest.raises(NoSuchRecord):
                    await accounts.own(session, someone, 7)
            with pytest.raises(NoSuchRecord):
                await accounts.seen(session, someone, 999)


async def test_the_book_comes_by_tier_whoever_waits_longest_first(database: Database) -> None:
    await fill(
        database,
        account(1, "昨天见过", tier="A"),
        account(2, "没见到人", tier="A"),
        account(3, "上周见过", tier="A"),
        account(4, "丙", tier="C"),
        account(5, "归档了", tier="A", archived_on=TODAY),
        account(6, "别人的", LIN, tier="A"),
        *(
            Visit(person_id=CHEN, account_id=number, day=TODAY - dtm.timedelta(days=days), outcome=outcome)
            for number, days, outcome in [
                (1, 1, Outcome.INFO),
                (1, 9, Outcome.ORDER),
                (2, 0, Outcome.ABSENT),
                (3, 7, Outcome.NONE),
            ]
        ),
    )
    async with database.read() as session:
        chen = await session.get_one(Person, CHEN)
        book = [(one.account.name, one.met_on) for one in await accounts.book(session, chen)]
        last = [one.name for one in await accounts.seen_last(session, chen, 2)]
        counts = await accounts.counts(session, [chen, await session.get_one(Person, LIN)])
    assert book == [
        ("没见到人", None),
        ("上周见过", dtm.date(2026, 11, 18)),
        ("昨天见过", dtm.date(2026, 11, 24)),
        ("丙", None),
    ]
    assert last == ["没见到人", "昨天见过"]
    assert counts == {CHEN: {"A": 3, "C": 1}, LIN: {"A": 1}}


async def test_a_name_is_taken_once_in_a_book_and_free_in_another(database: Database) -> None:
    await fill(database, account(7, "永兴便利店"), account(8, "老店", archived_on=TODAY))
    async with database.begin() as session:
        chen, lin = await session.get_one(Person, CHEN), await session.get_one(Person, LIN)
        added = await accounts.add(session, chen, "  小河  副食 ", NOW, tier=Tier.A)
        assert (added.name, added.tier, added.aliases, added.archived_on) == ("小河 副食", "A", [], None)
        assert (await accounts.add(session, lin, "永兴便利店", NOW)).person_id == LIN
        for name, text_id in (
            ("永兴便利店", "accounts-name-taken"),
            ("老店", "accounts-name-archived"),
            ("店" * 129, "accounts-name-too-long"),
        ):
            with pytest.raises(AccountNameRefused) as refused:
                await accounts.add(session, chen, name, NOW)
            assert refused.value.text_id == text_id
        with pytest.raises(AccountNameRefused):
            await accounts.rename(session, chen, added, "永兴便利店")
        await accounts.rename(session, chen, added, "店" * 128)
        assert added.name == "店" * 128
    async with database.read() as session:
        assert [one.name for one in await accounts.of(session, await session.get_one(Person, CHEN))] == [
            "店" * 128,
            "永兴便利店",
        ]


async def test_an_alias_means_one_account(database: Database) -> None:
    await fill(database, account(7, "永辉超市五一店"), account(8, "永辉超市东门店", aliases=["东门店"]))
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        mine = await accounts.own(session, chen, 7)
        for alias in ("五一店", "五一店", "五一"):
            await accounts.add_alias(session, chen, mine, alias)
        assert mine.aliases == ["五一店", "五一"]
        with pytest.raises(AccountNameRefused) as refused:
            await accounts.add_alias(session, chen, mine, "東門店")
        assert refused.value.text_id == "accounts-alias-taken"


FOUND = {
    "永辉超市五一店": ["永辉超市五一店"],
    "永辉": ["永辉超市五一店", "永辉超市东门店"],
    "永輝 東門": ["永辉超市东门店"],
    "老五": ["永辉超市五一店"],
    "城东": ["城东便利店", "永辉超市五一店"],
    "张经理": ["永辉超市五一店"],
    "采购 城东": ["永辉超市五一店"],
    "yhcs": ["永辉超市五一店", "永辉超市东门店"],
    "chengdong": ["城东便利店"],
    "SUNNY": ["Sunny <Mart> & Co"],
    "<mart>": ["Sunny <Mart> & Co"],
    "永惠超市五一店": ["永辉超市五一店"],
    "关门": [],
    "没有这家": [],
}


async def test_an_account_is_found_by_any_part(database: Database) -> None:
    await fill(
        database,
        account(1, "永辉超市五一店", tier="A", aliases=["老五"], area="城东"),
        account(2, "永辉超市东门店", tier="B", segment="商超"),
        account(3, "城东便利店", tier="C"),
        account(4, "Sunny <Mart> & Co", tier="C"),
        account(5, "关门大吉", archived_on=TODAY),
        account(6, "永辉超市林建国店", LIN),
        Contact(account_id=1, name="张经理", role="采购"),
    )
    async with database.read() as session:
        chen = await session.get_one(Person, CHEN)
        found = {words: [one.name for one in await accounts.find(session, [chen], words)] for words in FOUND}
    assert found == FOUND


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("annual_sales", "120", 120.0),
        ("annual_sales", "120万", 120.0),
        ("potential", "50k", 5.0),
        ("potential", "0", 0.0),
        ("margin_pct", "8.5%", 8.5),
        ("margin_pct", "-100", -100.0),
        ("payment_delay_days", "15天", 15),
        ("payment_delay_days", "1000", 1000),
        ("segment", " 便利店 ", "便利店"),
        ("area", "城东\n五一路", "城东 五一路"),
    ],
)
def test_a_typed_value_fills_its_field(field: str, text: str, expected: float | str) -> None:
    one = account(1, "永兴")
    accounts.fill_in(one, field, text, "万元", TODAY)
    assert getattr(one, field) == expected


@pytest.mark.parametrize(
    ("field", "text", "text_id"),
    [
        ("annual_sales", "很多", "accounts-not-money"),
        ("annual_sales", "-5", "accounts-not-money"),
        ("annual_sales", "100001亿", "accounts-too-much-money"),
        ("potential", "9" * 16, "accounts-not-money"),
        ("margin_pct", "101", "accounts-not-percent"),
        ("margin_pct", "-100.1", "accounts-not-percent"),
        ("payment_delay_days", "-1", "accounts-not-days"),
        ("payment_delay_days", "1001天", "accounts-not-days"),
        ("segment", "长" * 65, "accounts-words-too-long"),
    ],
)
def test_what_is_no_such_value_is_refused_and_changes_nothing(field: str, text: str, text_id: str) -> None:
    one = account(1, "永兴")
    with pytest.raises(ValueRefused) as refused:
        accounts.fill_in(one, field, text, "万元", TODAY)
    assert refused.value.text_id == text_id
    assert getattr(one, field) is None


@pytest.mark.parametrize("field", ["id", "person_id", "tier", "name", "archived_on", "collateral"])
def test_nothing_but_the_file_can_be_filled_in(field: str) -> None:
    with pytest.raises(NoSuchRecord):
        accounts.fill_in(account(1, "永兴"), field, "2", None, TODAY)


def test_what_a_file_lacks() -> None:
    policy = Policy(min_contacts_A=3)
    full: dict[str, Any] = {
        "segment": "零售",
        "potential": 0.0,
        "annual_sales": 5.0,
        "margin_pct": 0.0,
        "payment_delay_days": 0,
        "trend": "up",
    }
    two = [Contact(account_id=1, name="张"), Contact(account_id=1, name="李")]
    assert accounts.gaps(account(1, "永兴", tier="B", **full), two[:1], policy) == []
    assert accounts.gaps(account(1, "永兴", tier="A", **full), two, policy) == ["contacts"]
    assert accounts.gaps(account(1, "永兴", tier="C", **full), [], policy) == ["contact"]
    assert accounts.gaps(account(1, "永兴"), two, policy) == list(accounts.FILE)


async def test_archiving_keeps_everything_and_is_the_same_twice(database: Database) -> None:
    await fill(database, account(7, "永兴便利店"), Contact(account_id=7, name="张经理"))
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        mine = await accounts.own(session, chen, 7)
        accounts.archive(mine, TODAY)
        accounts.archive(mine, TODAY + dtm.timedelta(days=3))
        await session.flush()
        assert mine.archived_on == TODAY
        assert await accounts.of(session, chen) == []
        assert [one.id for one in await accounts.archived(session, chen)] == [7]
        assert (await accounts.names(session, chen)).find("永兴便利店") == []
        accounts.bring_back(mine)
        await session.flush()
        assert [one.id for one in await accounts.of(session, chen)] == [7]


async def test_near_names_are_told_and_strange_ones_not(database: Database) -> None:
    await fill(database, account(7, "永辉超市五一店"), account(8, "小河副食"))
    async with database.read() as session:
        chen = await session.get_one(Person, CHEN)
        for name in ("永辉五一店", "永惠超市五一店"):
            assert [one.id for one in await accounts.near(session, chen, name)] == [7], name
        assert await accounts.near(session, chen, "大山商行") == []


async def test_four_hundred_accounts_are_listed_and_searched(database: Database) -> None:
    await fill(database, *(account(n, f"{'东南西北'[n % 4]}门第{n}便利店", tier="ABC"[n % 3]) for n in range(1, 401)))
    async with database.read() as session:
        chen = await session.get_one(Person, CHEN)
        assert len(await accounts.book(session, chen)) == 400
        assert len(await accounts.find(session, [chen], "北门")) == 100


def test_a_loan_file_remembers_when_the_payment_delay_grew() -> None:
    one = account(1, "永兴", payment_delay_days=10, collateral={"stage": "贷后"})
    accounts.fill_in(one, "payment_delay_days", "8天", None, TODAY)
    assert one.collateral == {"stage": "贷后"}
    accounts.fill_in(one, "payment_delay_days", "40天", None, TODAY)
    assert one.collateral == {"stage": "贷后", "delay_grew_on": "2026-11-25"}
    plain_one = account(2, "百顺", payment_delay_days=10)
    accounts.fill_in(plain_one, "payment_delay_days", "40天", None, TODAY)
    assert plain_one.collateral is None
