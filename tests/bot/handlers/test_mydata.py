"""/mydata on the phone: what is kept, who sees it, and deletion from the wish to the last trace."""

from __future__ import annotations

import datetime as dtm
import json
import re

import pytest
from sqlalchemy import select

from bot.models import Base, Note, OutboxMessage, Person, Role, Visit
from bot.records import read_record
from bot.services import personal_data
from bot.texts import LOCALES
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, OWNER, STRANGER, add_accounts, person_of, tap
from tests.bot.handlers.test_team import open_member
from tests.telegram import Stage, height


async def test_one_is_told_what_is_kept_and_who_can_see_it(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await add_accounts(stage, CHEN, "永辉", "华润")
    await chen.says("什么样的客户才算大客户")
    (answer,) = await chen.says("/mydata")
    lines = answer.split("\n")
    assert lines[1] == "客户 2 · 提问 1 · 聊天消息 3"
    assert "看不到是谁问的" in answer
    assert "只有您自己：笔记原文和用词样本。" in answer
    assert "30 天后自动忘掉" in answer
    assert chen.buttons == ["导出我的数据", "请管理员删除我的数据"]


async def test_one_takes_along_what_is_kept(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await add_accounts(stage, CHEN, "永辉")
    await add_accounts(stage, LIN, "华润")
    await chen.says("股票涨了吗")
    await chen.says("/mydata")
    assert len(await chen.taps("导出我的数据")) == 2
    files = [message["document"] for message in stage.api.messages(CHEN)[-2:]]
    assert [file["file_name"] for file in files] == ["record-2026-11-23.json", "everything-2026-11-23.json"]
    record, everything = [stage.api.state.files[file["file_id"]].data for file in files]
    assert [account.name for account in read_record(record).accounts] == ["永辉"]
    rows = json.loads(everything)
    assert [row["name"] for row in rows["account"]] == ["永辉"]
    assert [row["text"] for row in rows["question"]] == ["股票涨了吗"]
    assert rows["person"][0]["telegram_id"] == CHEN
    assert "华润" not in everything.decode()


@pytest.mark.parametrize("who", [CHEN, LEAD, OWNER])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_it_fits_a_phone_for_everybody(stage: Stage, who: int, language: str) -> None:
    (answer,) = await stage.person(who, language).says("/mydata")
    assert height(answer) <= 12


def test_every_kind_has_its_words_in_both_languages(stage: Stage) -> None:
    for locale in LOCALES:
        texts = stage.coach.shared.texts.variables(locale)
        assert {f"mydata-kind-{kind}" for kind in (*personal_data.COUNTED, "message")} <= texts.keys()
        assert {f"mydata-seen-{role}" for role in Role} <= texts.keys()


async def test_a_wish_goes_to_the_owner_once_a_day(stage: Stage) -> None:
    chen, owner = stage.person(CHEN), stage.person(OWNER, "en")
    await owner.says("/start")
    await chen.says("/mydata")
    await chen.taps("请管理员删除我的数据")
    assert "要转吗" in chen.last["text"]
    assert height(chen.last["text"]) <= 12
    await chen.taps("是，转给管理员")
    assert "转给管理员了" in chen.last["text"]
    assert owner.last["text"] == "陈晓 Chen Xiao asks you to delete their personal data."
    assert owner.buttons == ["Have a look and decide"]
    heard = len(stage.api.messages(OWNER))
    await tap(stage, CHEN, "forget-me:yes")
    assert len(stage.api.messages(OWNER)) == heard
    stage.api.set_language("en")
    await owner.taps("Have a look and decide")
    assert owner.last["text"].startswith("Delete the personal data of 陈晓 Chen Xiao?")
    assert owner.buttons == ["Yes, delete for good", "◀ 陈晓 Chen Xiao"]
    assert not (await person_of(stage, CHEN)).is_anonymous


async def test_a_wish_waits_for_an_owner_who_could_not_be_reached(stage: Stage) -> None:
    chen, owner = stage.person(CHEN), stage.person(OWNER)
    await chen.says("/mydata")
    await chen.taps("请管理员删除我的数据")
    await chen.taps("是，转给管理员")
    assert stage.api.messages(OWNER) == []
    await owner.says("/team")
    await owner.taps("请求删除数据的人 1")
    await owner.taps("陈晓 Chen Xiao · 今天")
    await owner.taps("删除个人数据")
    await owner.taps("是，永远删除")
    await owner.taps("◀ 全部团队")
    assert not any("请求删除" in label for label in owner.buttons)


async def test_the_only_owner_is_told_what_to_do_first(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.says("/mydata")
    await owner.taps("请管理员删除我的数据")
    assert "先在 /team 里让另一位当管理员" in owner.last["text"]


async def test_a_lead_is_never_offered_to_delete(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await open_member(lead, "陈晓")
    assert "删除个人数据" not in lead.buttons


async def test_after_a_deletion_no_table_tells_of_him(stage: Stage) -> None:
    """A whole story on the phone, then every cell of the database."""
    chen, lead, owner = stage.person(CHEN), stage.person(LEAD), stage.person(OWNER)
    secret = "股票涨了吗秘密九九"
    await owner.says("/start")
    await chen.says(secret)
    await lead.says("/gaps")
    (account,) = await add_accounts(stage, CHEN, "永辉")
    me = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        note = Note(person_id=me.id, text=secret, written_at=stage.clock.now())
        session.add(note)
        await session.flush()
        session.add(
            Visit(
                person_id=me.id,
                account_id=account,
                day=dtm.date(2026, 11, 20),
                outcome="info",
                text=secret,
                note_id=note.id,
            )
        )
    await open_member(lead, "陈晓")
    await chen.says("/leave")
    await chen.taps("＋ 登记休假")
    await chen.says("/mydata")
    await chen.taps("请管理员删除我的数据")
    await chen.taps("是，转给管理员")
    await owner.taps("看一下再决定")
    assert secret in await dump(stage)
    await owner.taps("是，永远删除")
    assert "已经删除" in owner.last["text"]
    after = await dump(stage)
    assert [trace for trace in ("陈晓", "Chen Xiao", secret, "秘密九九", str(CHEN)) if stands_in(trace, after)] == []
    async with stage.coach.database.read() as session:
        visit = await session.scalar(select(Visit))
    assert visit is not None
    assert (visit.person_id, visit.day, visit.text) == (me.id, dtm.date(2026, 11, 20), "")
    (answer,) = await chen.says("您好")
    assert [answer] == await stage.person(STRANGER).says("您好")


def stands_in(trace: str, text: str) -> bool:
    """Whether a name or a whole number stands in a text; an instant may hold the same digits by chance."""
    return re.search(rf"(?<!\d){re.escape(trace)}(?!\d)", text) is not None


async def dump(stage: Stage) -> str:
    """Every cell of every table, escaped and not."""
    async with stage.coach.database.read() as session:
        cells = [
            cell
            for table in Base.metadata.sorted_tables
            for row in await session.execute(select(table))
            for cell in row
        ]
    text = "\n".join(
        json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else str(cell) for cell in cells
    )
    return text + text.encode().decode("unicode_escape", errors="ignore")


async def test_the_owner_deletes_from_the_members_card_and_a_second_tap_changes_nothing(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await add_accounts(stage, LIN, "永辉")
    me = await person_of(stage, LIN)
    await open_member(owner, "林建国")
    await owner.taps("删除个人数据")
    assert height(owner.last["text"]) <= 12
    await owner.taps("是，永远删除")
    assert owner.buttons == ["◀ 全部团队"]
    assert "已经处理过" in await tap(stage, OWNER, f"delete:{me.id}:yes")
    lead = stage.person(LEAD)
    await lead.says("/team")
    assert f"#{me.id} · 已移出，1 家待交接" in lead.buttons
    await lead.taps(f"#{me.id} · 已移出，1 家待交接")
    assert lead.buttons[0] == "交接客户"
    async with stage.coach.database.read() as session:
        assert await session.scalar(select(Person.name).where(Person.id == me.id)) == f"#{me.id}"
        assert await session.scalar(select(OutboxMessage).where(OutboxMessage.chat_id == LIN)) is None


async def test_somebody_who_speaks_in_the_very_moment_leaves_no_trace_either(stage: Stage) -> None:
    """His turn and the owner's are taken in one transaction."""
    owner = stage.person(OWNER)
    await open_member(owner, "陈晓")
    await owner.taps("删除个人数据")
    message_id, data = owner.button("是，永远删除")
    stage.api.say(CHEN, "什么样的客户才算大客户")
    stage.api.tap(OWNER, message_id, data)
    await stage.settle()
    after = await dump(stage)
    assert [trace for trace in ("陈晓", "Chen Xiao", "什么样的客户", str(CHEN)) if stands_in(trace, after)] == []
