"""/export: one's own book whole, a lead's managers without their words, nobody else's at all."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot import files, spreadsheets
from bot.files import Reader
from bot.language.columns import AccountTable
from bot.models import Account, Membership, OutboxMessage, Person
from bot.records import read_record
from bot.services import records
from tests.bot.handlers.test_imports import CHEN, HE, LIN, ZHOU, in_process, press, sends
from tests.bot.services.test_records import FULL, record_of, wipe
from tests.telegram import Chatter, Stage, height


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A coach whose manager 陈晓 has the book of the record."""
    async with Stage(tmp_path) as stage:
        stage.coach.uploads.read = in_process
        async with stage.coach.database.begin() as session:
            chen = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
            assert chen is not None
            await wipe(session, chen.id)
            await records.import_record(session, chen, record_of(FULL), stage.clock.now())
        yield stage


def document(person: Chatter) -> tuple[str, bytes]:
    """Name and bytes of the newest file in the chat."""
    found = next(m["document"] for m in reversed(person.stage.api.messages(person.id)) if "document" in m)
    return found["file_name"], person.stage.api.state.files[found["file_id"]].data


async def test_a_manager_exports_his_book_in_each_form(stage: Stage) -> None:
    chen = stage.person(CHEN)
    (asked,) = await chen.says("/export")
    assert height(asked) <= 12
    assert chen.buttons == ["Excel", "CSV", "完整档案"]
    await chen.taps("Excel")
    name, data = document(chen)
    assert name == "陈晓 Chen Xiao-20261123.xlsx"
    sheets = spreadsheets.read(data)
    assert [sheet.name for sheet in sheets][:3] == ["客户", "拜访", "承诺"]
    assert "谈了陈列。" in str(sheets)
    await chen.taps("CSV")
    name, data = document(chen)
    assert name.endswith(".csv")
    table = files.read(data, Reader(stage.clock.now().date(), "万元"))
    assert isinstance(table, AccountTable)
    assert [row.name for row in table.accounts] == ["永兴超市", "大河五金厂"]
    await chen.taps("完整档案")
    name, data = document(chen)
    assert name.endswith(".json")
    told: dict[str, Any] = json.loads(data)
    assert told["visits"] == FULL["visits"]
    assert told["wording"] == FULL["wording"]


async def test_what_was_exported_comes_back_as_nothing_new(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/export")
    for form in ("Excel", "CSV", "完整档案"):
        await chen.taps(form)
        name, data = document(chen)
        _, preview = await sends(chen, data, name)
        assert "没有要导入的" in preview, form


async def test_an_export_is_forgotten_once_it_is_delivered(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/export")
    await chen.taps("完整档案")
    async with stage.coach.database.read() as session:
        row = await session.scalar(select(OutboxMessage).where(OutboxMessage.method == "sendDocument"))
    assert row is not None
    assert (row.file, row.params) == (None, {})


async def test_a_lead_gets_the_facts_without_the_words(stage: Stage) -> None:
    zhou = stage.person(ZHOU)
    await zhou.says("/export")
    assert zhou.buttons == ["陈晓 Chen Xiao", "林建国 Lin Jianguo", "我自己的"]
    await zhou.taps("陈晓 Chen Xiao")
    assert "只有事实" in zhou.last["text"]
    for form in ("Excel", "完整档案"):
        await zhou.taps(form)
        _, data = document(zhou)
        told = data.decode() if form == "完整档案" else str(spreadsheets.read(data))
        assert "永兴超市" in told
        assert "送样品" in told
        for words in ("谈了陈列", "周五前把样品送到", "包在我身上"):
            assert words not in told, form
    record = read_record(document(zhou)[1])
    assert [visit.note for visit in record.visits] == [None]


async def test_an_owner_sees_everybody_and_himself_whole(stage: Stage) -> None:
    he = stage.person(HE)
    await he.says("/export")
    assert he.buttons == ["陈晓 Chen Xiao", "林建国 Lin Jianguo", "我自己的"]
    await he.taps("我自己的")
    assert "只有事实" not in he.last["text"]
    await he.taps("完整档案")
    assert read_record(document(he)[1]).accounts == []


@pytest.mark.parametrize("form", ["", ":xlsx", ":csv", ":record"])
async def test_nobody_elses_book_is_exported(stage: Stage, form: str) -> None:
    async with stage.coach.database.begin() as session:
        chen = await session.scalar(select(Person.id).where(Person.telegram_id == CHEN))
        await session.execute(delete(Membership).where(Membership.person_id == chen))
    for asker in (LIN, ZHOU):
        person = stage.person(asker)
        await person.says("/help")
        data = stage.coach.shared.signer.sign(f"export:{chen}{form}", asker, stage.clock.now())
        await press(stage, asker, person.last["message_id"], data)
        assert "没找到" in person.notices[-1]
        assert not any("document" in message for message in stage.api.messages(asker))


async def test_in_english_too(stage: Stage) -> None:
    chen = stage.person(CHEN, "en")
    (asked,) = await chen.says("/export")
    assert height(asked) <= 12
    await chen.taps("Excel")
    sheets = spreadsheets.read(document(chen)[1])
    assert sheets[0].rows[0][:3] == ("Account name", "Aliases", "Tier")
    async with stage.coach.database.read() as session:
        assert (await session.scalars(select(Account.name).join(Person).where(Person.telegram_id == CHEN))).all()


@pytest.mark.parametrize(
    ("language", "button", "sheets", "column"),
    [
        ("zh-hans", "📤 导出团队", ["客户", "拜访", "承诺"], "客户经理"),
        ("en", "📤 Export the team", ["Accounts", "Visits", "Promises"], "Manager"),
    ],
)
async def test_a_lead_exports_his_team_as_one_workbook_of_facts(
    stage: Stage, language: str, button: str, sheets: list[str], column: str
) -> None:
    async with stage.coach.database.begin() as session:
        lin = await session.scalar(select(Person).where(Person.telegram_id == LIN))
        assert lin is not None
        lin.money_unit = "元"
        await records.import_record(session, lin, record_of(FULL | {"id": "zhixing-lin"}), stage.clock.now())
    zhou = stage.person(ZHOU, language)
    await zhou.says("/team")
    await zhou.taps(button)
    assert height(zhou.last["caption"]) <= 12
    name, data = document(zhou)
    assert name.endswith(".xlsx")
    found = spreadsheets.read(data)
    assert [sheet.name for sheet in found][:3] == sheets
    for sheet in found:
        assert sheet.rows[0][0] == column
        assert {row[0] for row in sheet.rows[1:]} == {"陈晓 Chen Xiao", "林建国 Lin Jianguo"}
    assert {row[1] for row in found[0].rows[1:]} == {"万元", "元"}
    for words in ("谈了陈列", "周五前把样品送到", "包在我身上"):
        assert words not in str(found)


async def test_nobody_exports_a_team_that_he_does_not_lead(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        team_id = await session.scalar(select(Membership.team_id))
        zhou = await session.scalar(select(Person.id).where(Person.telegram_id == ZHOU))
        await session.execute(delete(Membership).where(Membership.person_id == zhou))
    for asker in (CHEN, ZHOU):
        person = stage.person(asker)
        await person.says("/help")
        data = stage.coach.shared.signer.sign(f"team-export:{team_id}", asker, stage.clock.now())
        await press(stage, asker, person.last["message_id"], data)
        assert "没找到" in person.notices[-1]
        assert not any("document" in message for message in stage.api.messages(asker))
