"""Bad input: one clear sentence each, nothing in the log above information, and the raw update kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.models import Person, RawUpdate, UpdateState
from bot.phone.botapi import BotApi
from tests.telegram import Stage

CHEN = 1001


def message(api: BotApi, **content: Any) -> dict[str, Any]:
    """Any message that the page cannot make."""
    sender = {"id": CHEN, "is_bot": False, "first_name": "陈晓", "language_code": "zh-hans"}
    chat = {"id": CHEN, "type": "private", "first_name": "陈晓"}
    return api.inject({"message": {"message_id": 5, "date": 1_795_000_000, "from": sender, "chat": chat, **content}})


FILE = {"file_id": "f", "file_unique_id": "u"}
CASES: dict[str, tuple[Callable[[BotApi], Any], str]] = {
    "empty": (lambda api: message(api, text=""), "空的"),
    "spaces": (lambda api: message(api, text=" \n\u3000\u200b "), "空的"),
    "control characters": (lambda api: message(api, text="\x00\x07\x1b\u202e\u2066"), "空的"),
    "10,000 characters": (lambda api: message(api, text="客户" * 5000), "太长"),
    "emoji only": (lambda api: api.say(CHEN, "😀👍🏽👨‍👩‍👧"), "只认得文字"),
    "punctuation only": (lambda api: api.say(CHEN, "？？？！！……"), "只认得文字"),
    "unknown command": (lambda api: api.say(CHEN, "/rm -rf"), "没有这个命令"),
    "unknown command in Chinese": (lambda api: message(api, text="/帮助", entities=[]), ""),
    "sticker": (lambda api: api.sticker(CHEN), "表情"),
    "voice": (lambda api: api.voice(CHEN), "语音"),
    "forwarded": (lambda api: api.forward(CHEN, "王总说下周再谈", "王总"), "转发"),
    "photo": (lambda api: message(api, photo=[{**FILE, "width": 1, "height": 1}]), "图片"),
    "document": (lambda api: api.upload(CHEN, "合同.pdf", b"%PDF"), "文件"),
    "contact": (lambda api: message(api, contact={"phone_number": "1", "first_name": "x"}), "读不了"),
    "location": (lambda api: message(api, location={"latitude": 1.0, "longitude": 2.0}), "读不了"),
    "dice": (lambda api: message(api, dice={"emoji": "🎲", "value": 3}), "表情"),
}


@pytest.mark.parametrize("case", CASES)
async def test_one_clear_sentence(stage: Stage, case: str, caplog: pytest.LogCaptureFixture) -> None:
    act, words = CASES[case]
    await stage.person(CHEN).says("/start")
    with caplog.at_level(logging.WARNING):
        answers = await stage.person(CHEN).does(lambda: act(stage.api))
    assert len(answers) == 1
    assert words in answers[0]
    assert len(answers[0]) < 300
    assert not caplog.records
    async with stage.coach.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(RawUpdate)) == 2
        assert set(await session.scalars(select(RawUpdate.state))) == {UpdateState.DONE}


async def test_an_edit_is_answered_and_changes_nothing(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("什么样的才算大客户")
    mine = next(m for m in stage.api.messages(CHEN) if not m["from"]["is_bot"])
    (answer,) = await chen.does(lambda: stage.api.edit(CHEN, mine["message_id"], "改成别的"))
    assert "重新发一条" in answer


@pytest.mark.parametrize(
    "text",
    [
        "<b>大客户</b> & <script>alert(1)</script>",
        "**大客户** _是_ `谁` [x](http://a)",
        "</b></i>大客户",
        "&lt;大客户&gt;",
    ],
)
async def test_markup_in_a_question_is_only_text(stage: Stage, text: str) -> None:
    answers = await stage.person(CHEN).says(text)
    assert len(answers) == 1
    async with stage.coach.database.read() as session:
        assert await session.scalar(select(RawUpdate.state)) == UpdateState.DONE


async def test_blocking_and_coming_back(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/start")
    assert await chen.does(lambda: stage.api.block(CHEN)) == []
    assert await unreachable(stage)
    assert await chen.does(lambda: stage.api.unblock(CHEN)) == []
    assert not await unreachable(stage)
    assert await chen.says("/help")


async def test_whoever_writes_again_can_be_reached(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        await session.execute(update(Person).values(unreachable_since=stage.clock.now()))
    await stage.person(CHEN).says("/help")
    assert not await unreachable(stage)


async def unreachable(stage: Stage) -> bool:
    async with stage.coach.database.read() as session:
        return await session.scalar(select(Person.unreachable_since).where(Person.telegram_id == CHEN)) is not None


async def test_service_messages_are_passed_over(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/start")
    assert await chen.does(lambda: message(stage.api, new_chat_title="x")) == []
