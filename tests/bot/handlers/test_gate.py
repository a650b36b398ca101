"""Who gets in: known people in private chats, with honest buttons; everybody else gets one polite sentence."""

from __future__ import annotations

import datetime as dtm
import json
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import handlers
from bot.keyboards import GOOD_FOR
from bot.models import OutboxMessage, Person, Question, RawUpdate, UpdateState
from tests.telegram import Stage

STRANGER, CHEN, LIN = 9001, 1001, 1002


@pytest.mark.parametrize("text", ["你好", "/help", "/language", "/start", "/start sometoken", "/startle", "/nonsense"])
async def test_a_stranger_hears_about_invitations_whatever_he_types(stage: Stage, text: str) -> None:
    answers = await stage.person(STRANGER).says(text)
    assert len(answers) == 1
    assert "邀请" in answers[0]
    async with stage.coach.database.read() as session:
        assert await session.scalar(select(Person).where(Person.telegram_id == STRANGER)) is None


@pytest.mark.parametrize("command", sorted(handlers.COMMANDS | handlers.LEAD_COMMANDS))
async def test_no_command_says_anything_else_to_a_stranger(stage: Stage, command: str) -> None:
    (answer,) = await stage.person(STRANGER).says(f"/{command}")
    assert "邀请" in answer


@pytest.mark.parametrize("verb", sorted(handlers.BUTTONS))
async def test_no_button_does_anything_for_a_stranger(stage: Stage, verb: str) -> None:
    stranger = stage.person(STRANGER)
    await stranger.says("你好")
    said = len(stage.api.messages(STRANGER))
    data = stage.coach.shared.signer.sign(f"{verb}:1:0", STRANGER, stage.clock.now())
    stage.api.inject({"callback_query": tap_by(STRANGER, data)})
    await stage.settle()
    assert len(stage.api.messages(STRANGER)) == said
    async with stage.coach.database.read() as session:
        notice = await session.scalar(select(OutboxMessage).where(OutboxMessage.method == "answerCallbackQuery"))
        assert notice is not None
        assert "邀请" in notice.params["text"]
        assert await session.scalar(select(func.count()).select_from(Question)) == 0
        assert await session.scalar(select(Person).where(Person.telegram_id == STRANGER)) is None


def tap_by(person: int, data: str) -> dict[str, Any]:
    """A tap as Telegram tells of it."""
    sender = {"id": person, "is_bot": False, "first_name": "X", "language_code": "zh-hans"}
    message = {"message_id": 1, "date": 0, "chat": {"id": person, "type": "private"}}
    return {"id": "77", "from": sender, "chat_instance": "1", "data": data, "message": message}


async def test_a_stranger_is_answered_in_the_language_of_his_telegram(stage: Stage) -> None:
    (answer,) = await stage.person(STRANGER, "en").says("hello")
    assert "invitation" in answer


async def test_a_group_is_told_once_that_the_coach_talks_in_private_only(stage: Stage) -> None:
    stage.api.say_in_group("五一店工作群", CHEN, "什么样的才算大客户")
    stage.api.say_in_group("五一店工作群", CHEN, "/help")
    stage.api.say_in_group("五一店工作群", STRANGER, "在吗")
    await stage.settle()
    (group_id,) = {chat_id for chat_id in stage.api.state.chats if chat_id < 0}
    said = [message["text"] for message in stage.api.messages(group_id) if message["from"]["is_bot"]]
    assert len(said) == 1
    assert "私聊" in said[0]


async def test_a_button_of_somebody_else_does_nothing(stage: Stage) -> None:
    chen, lin = stage.person(CHEN), stage.person(LIN)
    await chen.says("/language")
    await lin.says("/language")
    _, stolen = chen.button("English")
    message_id, _ = lin.button("English")
    message = next(m for m in stage.api.state.messages.values() if m.message_id == message_id)
    message.body["reply_markup"]["inline_keyboard"][0][1]["callback_data"] = stolen
    await lin.does(lambda: stage.api.tap(LIN, message_id, stolen))
    assert "过期" in lin.notices[-1]
    assert "能做什么" in (await lin.says("/help"))[0] or "能帮您" in (await lin.says("/help"))[0]


async def test_an_old_button_asks_to_start_afresh(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/language")
    stage.clock.move_to(stage.clock.now() + GOOD_FOR + dtm.timedelta(minutes=2))
    await chen.taps("English")
    assert "过期" in chen.notices[-1]


@pytest.mark.parametrize("data", ["", "read:over-promising", "lang:en|1|AAAAAAAAAAA", "x" * 64, "read:|zz|", "||"])
async def test_a_forged_button_is_refused_without_an_error_in_the_log(stage: Stage, data: str) -> None:
    chen = stage.person(CHEN)
    await chen.says("/language")
    update = stage.api.tap(CHEN, *chen.button("English"))
    update["callback_query"]["data"] = data
    await stage.settle()
    async with stage.coach.database.read() as session:
        states = set(await session.scalars(select(RawUpdate.state)))
    assert states == {UpdateState.DONE}
    assert "过期" in chen.notices[-1]


async def test_every_raw_update_is_kept_even_a_strangers(stage: Stage) -> None:
    await stage.person(STRANGER).says("放我进去")
    async with stage.coach.database.read() as session:
        payloads = [json.loads(payload) for payload in await session.scalars(select(RawUpdate.payload))]
    assert [payload["message"]["text"] for payload in payloads] == ["放我进去"]
