"""/language: one tap changes it, and it stays until changed again."""

from __future__ import annotations

from tests.bot.handlers.test_gate import tap_by
from tests.telegram import Stage

CHEN = 1001


async def test_the_choice_outlives_the_setting_of_telegram(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/language")
    assert chen.buttons == ["中文", "English", "跟随 Telegram"]
    await chen.taps("English")
    assert chen.last["text"] == "Fine, English it is."
    assert "What I can do" in (await chen.says("/help"))[0]
    assert chen.notices == [""]


async def test_following_telegram_again(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/language")
    await chen.taps("English")
    await chen.says("/language")
    await chen.taps("As in Telegram")
    assert chen.last["text"] == "好的，我们用中文。"


async def test_plain_words_that_name_a_language_choose_it(stage: Stage) -> None:
    chen = stage.person(CHEN)
    assert await chen.says("switch to English") == ["Fine, English it is."]
    assert await chen.says("切换成中文") == ["好的，我们用中文。"]
    await chen.says("换语言")
    assert chen.buttons == ["中文", "English", "跟随 Telegram"]


async def test_a_second_tap_changes_nothing(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/language")
    message_id, data = chen.button("English")
    await chen.taps("English")
    before = len(stage.api.messages(CHEN))
    message = {"message_id": message_id, "date": 0, "chat": {"id": CHEN, "type": "private"}}
    stage.api.inject({"callback_query": tap_by(CHEN, data) | {"message": message}})
    await stage.settle()
    assert len(stage.api.messages(CHEN)) == before
    assert chen.last["text"] == "Fine, English it is."


async def test_other_languages_get_the_deployments_own(stage: Stage) -> None:
    update = stage.api.say(CHEN, "/help")
    update["message"]["from"]["language_code"] = "fr"
    await stage.settle()
    assert "我能帮您做什么" in stage.person(CHEN).last["text"]
