"""Records in and out of the book: nothing lost, the same record twice is once; on both databases."""

from __future__ import annotations

import datetime as dtm
import json
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models import (
    Account,
    Base,
    ClientPromise,
    Complaint,
    Contact,
    DayPlan,
    Leave,
    MarketReport,
    NextStep,
    Person,
    PlannedAccount,
    Promise,
    Role,
    Team,
    Visit,
    WordingSample,
)
from bot.records import Record, read_record, write_record
from bot.services import demo, people, records, transfers
from bot.services.records import Counts, PersonUnclear

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)
RECORDS: tuple[type[Base], ...] = (
    *(Visit, DayPlan, Promise, MarketReport, WordingSample, ClientPromise, NextStep, Complaint, Leave, Account),
)

PLAIN: dict[str, Any] = {
    "_about": "anything",
    "id": "r-1",
    "lang": "zh",
    "as_of": "2026-11-20",
    "manager": {
        "name": "陈一",
        "role": "客户经理",
        "company": "东城商行",
        "region": "城东",
        "years_in_role": 2.5,
        "time_zone": "Asia/Shanghai",
        "money_unit": "万元",
    },
    "team_policy": {
        "cadence_days": {"A": 7, "B": 14, "C": 30},
        "min_contacts_A": 3,
        "max_open_promises": 8,
        "min_margin_pct": 5,
        "max_payment_delay_days": 30,
        "daily_visits_target": 6,
    },
    "accounts": [
        {
            "name": "永兴超市",
            "tier": "A",
            "segment": "零售",
            "potential": 120,
            "annual_sales": 80.5,
            "margin_pct": 8.5,
            "payment_delay_days": 5,
            "trend": "up",
        },
        {
            "name": "大河五金厂",
            "tier": "B",
            "segment": None,
            "potential": None,
            "annual_sales": None,
            "margin_pct": None,
            "payment_delay_days": None,
            "trend": None,
            "collateral": {
                "stage": "审批",
                "loan_amount": 80,
                "type": "厂房",
                "value": 150,
                "basis": ["抵押物"],
                "basis_text": "厂房值钱。",
                "sources": ["银行流水"],
                "first_repayment_source": "",
                "repayment_plan": None,
            },
        },
    ],
    "contacts": [
        {"account": "永兴超市", "name": "吴店长", "role": "店长", "stance": "supporter"},
        {"account": "永兴超市", "name": "小李", "role": None, "stance": "unknown"},
    ],
    "visits": [
        {
            "date": "2026-11-03",
            "account": "永兴超市",
            "contact": "吴店长",
            "outcome": "next_step",
            "note": "谈了陈列。",
        },
        {
            "date": "2026-11-03",
            "account": "永兴超市",
            "contact": "吴店长",
            "outcome": "next_step",
            "note": "谈了陈列。",
        },
        {"date": "2026-11-02", "account": "大河五金厂", "contact": None, "outcome": "absent", "note": ""},
    ],
    "plans": [{"date": "2026-11-03", "accounts": ["大河五金厂", "永兴超市"], "target": 6}],
    "promises": [
        {
            "made": "2026-11-03",
            "account": "永兴超市",
            "what": "送样品",
            "due": "2026-11-06",
            "kept_on": None,
            "wording": "周五前把样品送到。",
        }
    ],
    "market_reports": [{"date": "2026-11-03", "text": "隔壁新开一家连锁。"}],
    "wording": [{"date": "2026-11-03", "text": "包在我身上。"}],
}

FULL: dict[str, Any] = PLAIN | {
    "id": "r-2",
    "accounts": [
        PLAIN["accounts"][0] | {"aliases": ["永兴", "老永兴"], "area": "东门"},
        PLAIN["accounts"][1] | {"archived_on": "2026-11-10"},
    ],
    "visits": [PLAIN["visits"][0] | {"kind": "call"}],
    "promises": [
        PLAIN["promises"][0]
        | {
            "moved_to": "2026-11-12",
            "moves": [{"from": "2026-11-06", "to": "2026-11-12", "on": "2026-11-08"}],
            "absolute": "包在我身上",
        },
        PLAIN["promises"][0] | {"account": None, "what": "写总结", "due": None, "withdrawn_on": "2026-11-09"},
    ],
    "market_reports": [PLAIN["market_reports"][0] | {"topic": "competitor", "account": "永兴超市"}],
    "client_promises": [
        {"said": "2026-11-03", "account": "永兴超市", "what": "下周下单", "due": "2026-11-11", "kept_on": None}
    ],
    "next_steps": [
        {
            "agreed": "2026-11-03",
            "account": "永兴超市",
            "what": "看样品",
            "due": "2026-11-09",
            "done_on": None,
            "time": "15:30:00",
            "is_appointment": True,
            "contact": "吴店长",
        }
    ],
    "complaints": [{"made": "2026-11-04", "account": "永兴超市", "text": "少送两箱", "answered_on": None}],
    "leave": [{"first_day": "2026-12-01", "last_day": "2026-12-03"}],
}


def record_of(data: dict[str, Any]) -> Record:
    return read_record(json.dumps(data).encode())


async def take(database: Database, data: dict[str, Any], person_id: int | None = None) -> tuple[int, Counts]:
    record = record_of(data)
    async with database.begin() as session:
        if person_id is None:
            person = await records.owner_of(session, record, NOW)
        else:
            person = await session.get_one(Person, person_id)
        counts = await records.import_record(session, person, record, NOW)
        return person.id, counts


async def give(database: Database, person_id: int, **options: Any) -> dict[str, Any]:
    async with database.begin() as session:
        person = await session.get_one(Person, person_id)
        record = await records.export_record(session, person, dtm.date(2026, 11, 20), "zh", **options)
    written: dict[str, Any] = json.loads(write_record(record))
    return written | {"_about": "anything"}


async def wipe(session: AsyncSession, person_id: int) -> None:
    for table in RECORDS:
        await session.execute(delete(table).where(table.__table__.c.person_id == person_id))


@pytest.mark.parametrize("data", [PLAIN, FULL], ids=["plain", "full"])
async def test_a_record_comes_out_as_it_went_in(database: Database, data: dict[str, Any]) -> None:
    person_id, counts = await take(database, data)
    assert counts.new == sum(len(value) for value in data.values() if isinstance(value, list))
    assert await give(database, person_id) == data


@pytest.mark.parametrize("data", [PLAIN, FULL], ids=["plain", "full"])
async def test_the_same_record_twice_changes_nothing(database: Database, data: dict[str, Any]) -> None:
    person_id, first = await take(database, data)
    again_id, second = await take(database, data)
    assert again_id == person_id
    assert (second.new, second.changed, second.unchanged) == (0, 0, first.new)
    assert await give(database, person_id) == data


async def test_export_wipe_import_gives_the_same_book(database: Database) -> None:
    person_id, _ = await take(database, FULL)
    before = await rows_of(database, person_id)
    exported = await give(database, person_id)
    async with database.begin() as session:
        await wipe(session, person_id)
    assert not any((await rows_of(database, person_id)).values())
    await take(database, exported)
    assert await rows_of(database, person_id) == before


async def rows_of(database: Database, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """The whole book, with names for ids."""
    async with database.read() as session:
        names = dict((await session.execute(select(Account.id, Account.name))).all())
        found: dict[str, list[dict[str, Any]]] = {}
        for table in RECORDS:
            query = select(table).where(table.__table__.c.person_id == person_id)
            found[table.__tablename__] = sorted(
                (
                    {
                        column.name: names.get(getattr(row, column.name))
                        if column.name == "account_id"
                        else getattr(row, column.name)
                        for column in table.__table__.columns
                        if column.name not in ("id", "created_at", "note_id")
                    }
                    for row in await session.scalars(query)
                ),
                key=repr,
            )
        planned = select(DayPlan.day, PlannedAccount.account_id, PlannedAccount.position).join(
            PlannedAccount, PlannedAccount.plan_id == DayPlan.id
        )
        found["planned"] = [
            {"day": day, "account": names[account], "at": at} for day, account, at in await session.execute(planned)
        ]
        found["contacts"] = [
            {"account": names[one.account_id], "name": one.name, "role": one.role, "stance": one.stance}
            for one in await session.scalars(select(Contact).order_by(Contact.name))
        ]
    return found


async def test_what_a_later_record_knows_is_taken_over_and_nothing_is_taken_back(database: Database) -> None:
    person_id, _ = await take(database, PLAIN)
    later = json.loads(json.dumps(PLAIN))
    later["promises"][0]["kept_on"] = "2026-11-07"
    later["accounts"][0] |= {"tier": "B", "potential": None, "trend": "down"}
    later["contacts"][1]["role"] = "采购"
    later["plans"][0] = {"date": "2026-11-03", "accounts": ["永兴超市"], "target": 5}
    later["visits"] = later["visits"][:1]
    _, counts = await take(database, later)
    assert (counts.new, counts.changed) == (0, 4)
    now_known = await give(database, person_id)
    assert now_known["promises"] == later["promises"]
    assert now_known["accounts"][0]["tier"] == "B"
    assert now_known["accounts"][0]["potential"] == 120
    assert now_known["plans"] == later["plans"]
    assert len(now_known["visits"]) == 3
    await take(database, PLAIN)
    assert (await give(database, person_id))["promises"][0]["kept_on"] == "2026-11-07"


async def test_withheld_words_neither_double_nor_erase(database: Database) -> None:
    person_id, _ = await take(database, FULL)
    facts = await give(database, person_id, facts_only=True)
    assert {visit["note"] for visit in facts["visits"]} == {None}
    assert {promise["wording"] for promise in facts["promises"]} == {None}
    assert facts["wording"] == []
    assert "absolute" not in facts["promises"][0]
    told = json.dumps(facts, ensure_ascii=False)
    assert "谈了陈列" not in told
    assert "包在我身上" not in told
    _, counts = await take(database, facts)
    assert (counts.new, counts.changed) == (0, 0)
    assert await give(database, person_id) == FULL
    other_id, _ = await take(database, facts | {"id": "r-3"})
    assert (await give(database, other_id))["visits"][0]["note"] == ""


async def test_two_entries_that_are_alike_stay_two(database: Database) -> None:
    person_id, _ = await take(database, PLAIN | {"visits": PLAIN["visits"][:1]})
    _, counts = await take(database, PLAIN)
    assert counts.new == 2
    assert len((await give(database, person_id))["visits"]) == 3


async def test_money_is_converted_into_the_books_unit(database: Database) -> None:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        person = await session.scalar(select(Person).where(Person.telegram_id == 1001))
        assert person is not None
        person.money_unit, name = "元", person.name
        await wipe(session, person.id)
        person_id = person.id
    await take(database, PLAIN, person_id)
    mine = await give(database, person_id)
    assert mine["accounts"][0]["potential"] == 1_200_000
    assert mine["manager"]["money_unit"] == "元"
    assert mine["manager"]["name"] == name
    assert mine["manager"]["role"] == "客户经理"


async def test_an_account_that_was_handed_over_left_the_givers_book(database: Database) -> None:
    giver_id, _ = await take(database, PLAIN)
    async with database.begin() as session:
        owner = Person(telegram_id=7, name="O", role=Role.OWNER, time_zone="Asia/Shanghai", joined_at=NOW)
        receiver = Person(telegram_id=8, name="R", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add_all([owner, receiver])
        await session.flush()
        await transfers.hand_over(session, owner, giver_id, receiver.id, now=NOW)
        receiver_id = receiver.id
    given, received = await give(database, giver_id), await give(database, receiver_id)
    assert [(one["name"], one["archived_on"], one["potential"]) for one in given["accounts"]] == [
        ("永兴超市", "2026-11-23", None),
        ("大河五金厂", "2026-11-23", None),
    ]
    assert len(given["visits"]) == 3
    assert received["visits"] == []
    assert received["promises"][0]["what"] == "送样品"
    assert record_of(given).accounts[0].archived_on == TODAY


async def test_a_policy_of_ones_own_is_written_and_read(database: Database) -> None:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        await session.execute(update(Team).values(overrides={"grace_days": 5, "max_open_promises": 6}))
        chen = await people.find(session, 1001)
        assert chen is not None
        person_id = chen.id
    policy = (await give(database, person_id))["team_policy"]
    assert policy == PLAIN["team_policy"] | {"grace_days": 5, "max_open_promises": 6}


async def test_an_export_gives_a_reference_by_which_the_person_is_found(database: Database) -> None:
    async with database.begin() as session:
        session.add(Person(telegram_id=7, name="李", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW))
    first, second = await give(database, 1), await give(database, 1)
    assert first["id"] == second["id"]
    _, counts = await take(database, first)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 1
        assert (await records.find_person(session, first["id"])).id == 1
    assert counts == Counts()


async def test_the_operator_names_people_by_id_reference_or_name(database: Database) -> None:
    person_id, _ = await take(database, PLAIN)
    async with database.begin() as session:
        for telegram_id in (7, 8):
            session.add(Person(telegram_id=telegram_id, name="同名", role=Role.MANAGER, time_zone="UTC", joined_at=NOW))
    async with database.read() as session:
        for words in (str(person_id), "r-1", "陈一"):
            assert (await records.find_person(session, words)).id == person_id
        with pytest.raises(PersonUnclear) as several:
            await records.find_person(session, "同名")
        assert several.value.text_id == "record-several-people"
        for nobody in ("没有", "99"):
            with pytest.raises(PersonUnclear):
                await records.find_person(session, nobody)


async def test_a_new_manager_has_no_telegram_account(database: Database) -> None:
    person_id, _ = await take(database, PLAIN)
    async with database.read() as session:
        person = await session.get_one(Person, person_id)
    assert (person.telegram_id, person.role, person.reference) == (None, Role.MANAGER, "r-1")
    assert (person.title, person.money_unit, person.locale) == ("客户经理", "万元", "zh")
