"""The rules of the double, call by call, without HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from telegram import Bot, Update

from bot.phone.botapi import ApiError, BotApi, Faults, Persona, PersonError, Upload
from bot.phone.calls import CALLS
from bot.phone.methods import METHODS
from tests.bot.phone import spec
from tests.bot.phone.conftest import JPEG, LEAD, LILY, PEOPLE, TOKEN, WANG, HandClock, png

GOOD = {"inline_keyboard": [[{"text": "好", "callback_data": "good"}]]}


def send(api: BotApi, text: str = "你好", **more: Any) -> dict[str, Any]:
    return dict(api.call("sendMessage", {"chat_id": WANG, "text": text, **more}))


def refused(api: BotApi, method: str, files: dict[str, Upload] | None = None, **params: Any) -> str:
    with pytest.raises(ApiError) as caught:
        api.call(method, params, files or {})
    return f"{caught.value.code} {caught.value.description}"


# The table of methods


def test_every_method_in_the_table_is_served() -> None:
    assert METHODS.keys() == CALLS.keys()


def test_the_table_knows_only_what_telegram_knows() -> None:
    known = spec.load()
    if known is None:
        pytest.skip("the description of the Bot API is absent")
    for name, row in METHODS.items():
        fields = known["methods"][name]["fields"]
        assert row.params.keys() <= fields.keys(), name
        assert {key for key, field in fields.items() if field["required"]} <= set(row.required), name
        assert row.files == {key for key in row.params if "InputFile" in fields[key]["types"]}, name


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"chat_id": WANG}, "400 Bad Request: message text is empty"),
        ({"text": "x"}, '400 Bad Request: parameter "chat_id" of sendMessage is missing'),
        ({"chat_id": WANG, "text": "x", "colour": "red"}, '400 Bad Request: sendMessage has no parameter "colour"'),
        ({"chat_id": "wang", "text": "x"}, 'can\'t parse parameter "chat_id"'),
        ({"chat_id": WANG, "text": 5}, 'can\'t parse parameter "text"'),
        ({"chat_id": WANG, "text": "half \ud83d"}, 'can\'t parse parameter "text"'),
        ({"chat_id": True, "text": "x"}, 'can\'t parse parameter "chat_id"'),
        ({"chat_id": WANG, "text": "x", "protect_content": "maybe"}, "protect_content"),
        ({"chat_id": WANG, "text": "x", "reply_markup": "{"}, "reply_markup"),
        ({"chat_id": WANG, "text": "x", "entities": '[{"type":"bold"}]'}, "object with offset"),
        ({"chat_id": WANG, "text": "x", "link_preview_options": '{"big":true}'}, "object without big"),
        ({"chat_id": WANG, "text": "x", "parse_mode": "Markdown"}, "unsupported parse_mode"),
        ({"chat_id": 4711, "text": "x"}, "400 Bad Request: chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "400 Bad Request: chat not found"),
        ({"chat_id": LILY, "text": "x"}, "403 Forbidden: bot can't initiate conversation with a user"),
    ],
)
def test_refuses_wrong_parameters(api: BotApi, params: dict[str, Any], says: str) -> None:
    assert says in refused(api, "sendMessage", **params)


def test_the_bot_may_write_first_to_whom_it_has_met(clock: HandClock) -> None:
    api = BotApi(TOKEN, now=clock.now, personas=[Persona(WANG, "王小明", has_met=True)])
    assert api.call("sendMessage", {"chat_id": WANG, "text": "早上好"}, {})["text"] == "早上好"


def test_unknown_method_is_not_found(api: BotApi) -> None:
    assert refused(api, "sendPigeon").startswith("404 Not Found")


def test_file_in_the_wrong_place_is_refused(api: BotApi) -> None:
    stray = {"photo": Upload("a.png", png())}
    assert "no file parameter" in refused(api, "sendMessage", stray, chat_id=WANG, text="x")
    assert "was not attached" in refused(api, "sendPhoto", chat_id=WANG, photo="attach://there")


# Messages


def test_message_comes_back_as_telegram_shows_it(api: BotApi) -> None:
    sent = send(api, "<b>计划</b> /plan", parse_mode="HTML", reply_markup=json.dumps(GOOD))
    assert sent["from"]["is_bot"]
    assert sent["chat"] == {"id": WANG, "type": "private", "first_name": "王小明"}
    assert sent["text"] == "计划 /plan"
    assert [one["type"] for one in sent["entities"]] == ["bold", "bot_command"]
    assert sent["reply_markup"] == GOOD
    assert sent["date"] == api.state.date()


@pytest.mark.parametrize("text", ["", "  \n", "<b> </b>"])
def test_empty_text_is_refused(api: BotApi, text: str) -> None:
    assert "message text is empty" in refused(api, "sendMessage", chat_id=WANG, text=text, parse_mode="HTML")


def test_length_counts_after_parsing_in_utf16(api: BotApi) -> None:
    assert send(api, "<b>" + "知" * 4096 + "</b>", parse_mode="HTML")["text"] == "知" * 4096
    assert send(api, "😀" * 2048)
    assert "message is too long" in refused(api, "sendMessage", chat_id=WANG, text="知" * 4097)
    assert "message is too long" in refused(api, "sendMessage", chat_id=WANG, text="😀" * 2049)
    picture = {"photo": Upload("a.png", png())}
    api.call("sendPhoto", {"chat_id": WANG, "caption": "知" * 1024}, picture)
    assert "caption is too long" in refused(api, "sendPhoto", picture, chat_id=WANG, caption="知" * 1025)


def button(**more: Any) -> dict[str, Any]:
    return {"text": "x", **more}


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        ({"inline_keyboard": [[button(callback_data="知" * 22)]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[button(callback_data="")]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[button()]]}, "exactly one"),
        ({"inline_keyboard": [[button(callback_data="a", url="https://a.cn")]]}, "exactly one"),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}, "text must be non-empty"),
        ({"inline_keyboard": [[button(url="javascript:alert(1)")]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[button(web_app={"url": "https://a.cn"})]]}, "not supported"),
        ({"inline_keyboard": [[button(callback_data="a")] * 9]}, "too long"),
        ({"inline_keyboard": [[button(callback_data="a")] * 8] * 13}, "too long"),
        ({"inline_keyboard": [button(callback_data="a")]}, "Array of Arrays"),
        ({"inline_keyboard": [["x"]]}, "expected an Object"),
        ({"keyboard": [[{"text": "a"}]]}, "only inline_keyboard"),
        ({"remove_keyboard": True}, "only inline_keyboard"),
    ],
)
def test_refuses_wrong_keyboards(api: BotApi, markup: dict[str, Any], says: str) -> None:
    assert says in refused(api, "sendMessage", chat_id=WANG, text="x", reply_markup=json.dumps(markup))


def test_takes_the_largest_keyboard(api: BotApi) -> None:
    rows = [[button(callback_data="知" * 21 + "x")] * 8] * 12 + [[button(url="https://a.cn/b")] * 4]
    assert len(send(api, reply_markup=json.dumps({"inline_keyboard": rows}))["reply_markup"]["inline_keyboard"]) == 13
    assert "reply_markup" not in send(api, reply_markup='{"inline_keyboard": []}')


def test_reply_quotes_a_message_that_is_there(api: BotApi) -> None:
    asked = api.say(WANG, "几点？")["message"]["message_id"]
    answer = send(api, reply_parameters=json.dumps({"message_id": asked}))
    assert answer["reply_to_message"]["text"] == "几点？"
    assert "replied not found" in refused(
        api, "sendMessage", chat_id=WANG, text="x", reply_parameters='{"message_id":7}'
    )
    assert "reply_to_message" not in send(api, reply_parameters='{"message_id":7,"allow_sending_without_reply":true}')


def test_photo_is_a_picture(api: BotApi) -> None:
    sent = api.call("sendPhoto", {"chat_id": WANG}, {"photo": Upload("a.png", png(40, 30))})
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (40, 30)
    jpeg = api.call("sendPhoto", {"chat_id": WANG}, {"photo": Upload("a.jpg", JPEG)})
    assert (jpeg["photo"][0]["width"], jpeg["photo"][0]["height"]) == (32, 16)
    again = api.call("sendPhoto", {"chat_id": WANG, "photo": sent["photo"][0]["file_id"]})
    assert again["photo"] == sent["photo"]
    for wrong, says in [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (png()[:20], "IMAGE_PROCESS_FAILED"),
        (png(410, 20), "PHOTO_INVALID_DIMENSIONS"),
        (png() + bytes(10 * 2**20), "too big"),
    ]:
        assert says in refused(api, "sendPhoto", {"photo": Upload("a.png", wrong)}, chat_id=WANG)
    assert "wrong file identifier" in refused(api, "sendPhoto", chat_id=WANG, photo="file-of-another-bot")


def test_document_keeps_its_name(api: BotApi) -> None:
    sheet = Upload("客户 2026.xlsx", b"PK", "application/zip")
    sent = api.call(
        "sendDocument", {"chat_id": WANG, "caption": "<b>表</b>", "parse_mode": "HTML"}, {"document": sheet}
    )
    assert (sent["document"]["file_name"], sent["document"]["file_size"], sent["caption"]) == (
        "客户 2026.xlsx",
        2,
        "表",
    )
    found = api.call("getFile", {"file_id": sent["document"]["file_id"]})
    assert "客户" not in found["file_path"]
    assert "non-empty" in refused(api, "sendDocument", {"document": Upload("a", b"")}, chat_id=WANG)
    assert "invalid file_id" in refused(api, "getFile", file_id="x")
    api.call("sendDocument", {"chat_id": WANG}, {"document": Upload("a", bytes(50 * 2**20))})
    assert refused(api, "sendDocument", {"document": Upload("a", bytes(50 * 2**20 + 1))}, chat_id=WANG)[:3] == "413"


def test_what_is_over_20_mb_cannot_be_fetched(api: BotApi) -> None:
    large = api.call("sendDocument", {"chat_id": WANG}, {"document": Upload("a", bytes(20 * 2**20 + 1))})
    assert "file is too big" in refused(api, "getFile", file_id=large["document"]["file_id"])


# Edits


def edited(api: BotApi, message: dict[str, Any], **more: Any) -> dict[str, Any]:
    params = {"chat_id": WANG, "message_id": message["message_id"], **more}
    return dict(api.call("editMessageText", params))


def test_edit_changes_text_and_takes_the_keyboard_away(api: BotApi, clock: HandClock) -> None:
    sent = send(api, reply_markup=json.dumps(GOOD))
    clock.pass_by(60)
    after = edited(api, sent, text="再见")
    assert (after["text"], after["date"], after["edit_date"]) == ("再见", sent["date"], sent["date"] + 60)
    assert "reply_markup" not in after
    assert sent["text"] == "你好"


@pytest.mark.parametrize("again", [{"text": "你好"}, {"text": " 你好 "}, {"text": "<b></b>你好", "parse_mode": "HTML"}])
def test_same_content_is_not_modified(api: BotApi, again: dict[str, Any]) -> None:
    sent = send(api, reply_markup=json.dumps(GOOD))
    target = {"chat_id": WANG, "message_id": sent["message_id"]}
    assert "message is not modified" in refused(
        api, "editMessageText", **target, **again, reply_markup=json.dumps(GOOD)
    )
    assert "message is not modified" in refused(api, "editMessageReplyMarkup", **target, reply_markup=json.dumps(GOOD))
    assert edited(api, sent, text="<b>你好</b>", parse_mode="HTML")


def test_only_own_messages_that_are_there_can_be_edited(api: BotApi) -> None:
    theirs = api.say(WANG, "我的")["message"]["message_id"]
    assert "can't be edited" in refused(api, "editMessageText", chat_id=WANG, message_id=theirs, text="x")
    assert "to edit not found" in refused(api, "editMessageText", chat_id=WANG, message_id=7, text="x")
    assert "to edit not found" in refused(
        api, "editMessageText", chat_id=LEAD, message_id=send(api)["message_id"], text="x"
    )


def test_kinds_of_edit_fit_kinds_of_message(api: BotApi) -> None:
    text = {"chat_id": WANG, "message_id": send(api)["message_id"]}
    photo = api.call("sendPhoto", {"chat_id": WANG}, {"photo": Upload("a.png", png())})
    target = {"chat_id": WANG, "message_id": photo["message_id"]}
    assert "no text in the message" in refused(api, "editMessageText", **target, text="x")
    assert "no caption in the message" in refused(api, "editMessageCaption", **text, caption="x")
    assert api.call("editMessageCaption", {**target, "caption": "图"})["caption"] == "图"
    media = json.dumps({"type": "document", "media": "attach://new", "caption": "表"})
    swapped = api.call("editMessageMedia", {**target, "media": media}, {"new": Upload("a.csv", b"1")})
    assert (swapped["document"]["file_name"], swapped["caption"]) == ("a.csv", "表")
    assert "photo" not in swapped
    assert "not supported" in refused(api, "editMessageMedia", **target, media='{"type":"video","media":"x"}')
    assert "wrong file identifier" in refused(api, "editMessageMedia", **target, media='{"type":"photo","media":"x"}')


def test_deleted_messages_are_gone(api: BotApi, clock: HandClock) -> None:
    one, old = send(api), send(api)
    target = {"chat_id": WANG, "message_id": one["message_id"]}
    assert api.call("deleteMessage", target) is True
    assert "to delete not found" in refused(api, "deleteMessage", **target)
    assert "to edit not found" in refused(api, "editMessageText", **target, text="x")
    clock.pass_by(48 * 3600 + 1)
    assert "can't be deleted" in refused(api, "deleteMessage", chat_id=WANG, message_id=old["message_id"])


# Taps


def test_tap_reaches_the_bot_and_is_answered_once(api: BotApi) -> None:
    sent = send(api, reply_markup=json.dumps(GOOD))
    query = api.tap(WANG, sent["message_id"], "good")["callback_query"]
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("good", WANG, sent["message_id"])
    assert api.snapshot()["tapped"] == [{"chat_id": WANG, "message_id": sent["message_id"], "data": "good"}]
    rev = api.rev
    assert api.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "好", "show_alert": True}) is True
    shown = api.snapshot(rev)
    assert shown["tapped"] == []
    assert shown["toasts"] == [{"chat_id": WANG, "text": "好", "alert": True, "rev": rev + 1}]
    assert "query is too old" in refused(api, "answerCallbackQuery", callback_query_id=query["id"])
    assert "query is too old" in refused(api, "answerCallbackQuery", callback_query_id="1")


def test_old_tap_cannot_be_answered(api: BotApi, clock: HandClock) -> None:
    query = api.tap(WANG, send(api, reply_markup=json.dumps(GOOD))["message_id"], "good")["callback_query"]
    clock.pass_by(15 * 60 + 1)
    assert "query is too old" in refused(api, "answerCallbackQuery", callback_query_id=query["id"])


def test_only_buttons_that_are_shown_can_be_tapped(api: BotApi) -> None:
    sent = send(api, reply_markup=json.dumps(GOOD))
    for person, message, data in [
        (WANG, sent["message_id"], "bad"),
        (LEAD, sent["message_id"], "good"),
        (WANG, 7, "good"),
    ]:
        with pytest.raises(PersonError):
            api.tap(person, message, data)
    edited(api, sent, text="过去了")
    with pytest.raises(PersonError):
        api.tap(WANG, sent["message_id"], "good")
    assert api.tap(WANG, sent["message_id"], "good", stale=True)["callback_query"]["data"] == "good"


# People


def test_everything_people_do_is_an_update_that_ptb_understands(api: BotApi) -> None:
    bot = Bot(TOKEN)
    mine = api.say(WANG, "/plan 今天")
    sent = send(api, reply_markup=json.dumps(GOOD))
    updates = [
        mine,
        api.start(WANG, "invite_1"),
        api.tap(WANG, sent["message_id"], "good"),
        api.upload(WANG, "客户.csv", b"a,b", "text/csv", "看 /plan"),
        api.photo(WANG, png(), "名片"),
        api.sticker(WANG),
        api.voice(WANG, 7),
        api.forward(WANG, "下周付款", "张总"),
        api.edit(WANG, mine["message"]["message_id"], "/plan 明天"),
        api.say_in_group("西区", WANG, "大家好"),
        api.block(WANG),
        api.unblock(WANG),
        api.inject({"message": {"message_id": 5, "date": 5, "chat": {"id": 5, "type": "private"}}}),
    ]
    parsed = [Update.de_json(json.loads(json.dumps(one)), bot) for one in updates]
    first, start, tap, document, photo, sticker, voice, forward, edit, group, block, unblock, _ = parsed
    assert first.message is not None
    assert first.message.parse_entities() == {first.message.entities[0]: "/plan"}
    assert start.message is not None
    assert start.message.text == "/start invite_1"
    assert tap.callback_query is not None
    assert tap.callback_query.message is not None
    assert document.message is not None
    assert document.message.document is not None
    assert document.message.document.mime_type == "text/csv"
    assert document.message.parse_caption_entities() == {document.message.caption_entities[0]: "/plan"}
    assert photo.message is not None
    assert photo.message.photo[0].width == 4
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert voice.message is not None
    assert voice.message.voice is not None
    assert forward.message is not None
    assert forward.message.forward_origin is not None
    assert forward.message.forward_origin.sender_user_name == "张总"  # type: ignore[attr-defined]
    assert edit.edited_message is not None
    assert edit.edited_message.text == "/plan 明天"
    assert group.message is not None
    assert (group.message.chat.title, group.message.chat.id) == ("西区", -1001)
    assert block.my_chat_member is not None
    assert block.my_chat_member.new_chat_member.status == "kicked"
    assert unblock.my_chat_member is not None
    assert unblock.my_chat_member.new_chat_member.status == "member"
    ids = [one.update_id for one in parsed]
    assert ids == sorted(set(ids))


def test_blocked_bot_cannot_write(api: BotApi) -> None:
    sent = send(api)
    api.block(WANG)
    assert refused(api, "sendMessage", chat_id=WANG, text="x") == "403 Forbidden: bot was blocked by the user"
    assert refused(api, "sendChatAction", chat_id=WANG, action="typing")[:3] == "403"
    assert refused(api, "editMessageText", chat_id=WANG, message_id=sent["message_id"], text="x")[:3] == "403"
    with pytest.raises(PersonError):
        api.say(WANG, "?")
    api.start(WANG)
    assert send(api)


def test_group_is_made_once(api: BotApi) -> None:
    api.say_in_group("西区", WANG, "一")
    api.say_in_group("西区", LILY, "二")
    api.say_in_group("东区", WANG, "三", group_id=-55)
    kinds = [next(key for key in one if key != "update_id") for one in api.call("getUpdates", {})]
    assert kinds == ["my_chat_member", "message", "message", "my_chat_member", "message"]
    assert api.snapshot()["groups"] == [
        {"id": -1001, "title": "西区", "members": [WANG, LILY]},
        {"id": -55, "title": "东区", "members": [WANG]},
    ]
    api.call("sendMessage", {"chat_id": -1001, "text": "收到"})
    assert api.call("getChatMember", {"chat_id": -1001, "user_id": LEAD})["status"] == "left"
    assert api.call("getChat", {"chat_id": -1001})["title"] == "西区"


def test_tap_in_a_group(api: BotApi) -> None:
    api.say_in_group("西区", WANG, "一")
    sent = api.call("sendMessage", {"chat_id": -1001, "text": "x", "reply_markup": json.dumps(GOOD)})
    query = api.tap(LEAD, sent["message_id"], "good", chat_id=-1001)["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (LEAD, -1001)


@pytest.mark.parametrize(
    "act",
    [
        lambda api: api.say(9, "x"),
        lambda api: api.say(WANG, " "),
        lambda api: api.say(WANG, "x" * 4097),
        lambda api: api.start(WANG, "x" * 65),
        lambda api: api.photo(WANG, b"x"),
        lambda api: api.upload(WANG, "a", b""),
        lambda api: api.edit(WANG, 7, "x"),
        lambda api: api.edit(WANG, send(api)["message_id"], "x"),
        lambda api: api.say_in_group(" ", WANG, "x"),
        lambda api: api.inject({}),
        lambda api: api.set_language("fr"),
    ],
)
def test_what_people_cannot_do(api: BotApi, act: Callable[[BotApi], object]) -> None:
    with pytest.raises(PersonError):
        act(api)


# Updates


def test_offset_confirms_and_limit_limits(api: BotApi) -> None:
    ids = [api.say(WANG, str(i))["update_id"] for i in range(120)]

    def got(**params: Any) -> list[int]:
        return [int(one["update_id"]) for one in api.call("getUpdates", params)]

    assert got() == ids[:100]
    assert got(limit=3) == ids[:3]
    assert got(limit=1000) == ids[:100]
    assert got(offset=ids[100]) == ids[100:]
    assert got() == ids[100:]
    assert got(offset=-2) == ids[-2:]
    assert got(offset=0) == ids[-2:]
    assert got(offset=ids[-1] + 1) == []


def test_only_wanted_kinds_are_queued(api: BotApi) -> None:
    api.call("getUpdates", {"allowed_updates": '["callback_query"]'})
    sent = send(api, reply_markup=json.dumps(GOOD))
    api.say(WANG, "x")
    api.tap(WANG, sent["message_id"], "good")
    assert [list(one)[1] for one in api.call("getUpdates", {})] == ["callback_query"]
    api.call("getUpdates", {"allowed_updates": "[]"})
    api.inject({"chat_member": {}})
    api.say(WANG, "x")
    assert [list(one)[1] for one in api.call("getUpdates", {})] == ["callback_query", "message"]


def test_webhook_and_polling_exclude_each_other(api: BotApi) -> None:
    api.say(WANG, "x")
    hook = {"url": "http://127.0.0.1:9/hook", "secret_token": "s-1", "max_connections": 7}
    assert api.call("setWebhook", hook) is True
    assert refused(api, "getUpdates").startswith("409 Conflict: can't use getUpdates")
    info = api.call("getWebhookInfo", {})
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook["url"], 1, 7)
    assert "s-1" not in json.dumps(info)
    api.call("deleteWebhook", {"drop_pending_updates": "true"})
    assert api.call("getUpdates", {}) == []
    wrongs: list[dict[str, Any]] = [
        {"url": "https://example.com/hook"},
        {"url": "ftp://127.0.0.1/"},
        {"url": "http://127.0.0.1/", "secret_token": "a b"},
        {"url": "http://127.0.0.1/", "max_connections": 101},
    ]
    for wrong in wrongs:
        assert refused(api, "setWebhook", **wrong)[:3] == "400"


def test_numbers_never_repeat_after_a_restart(api: BotApi, new_api: Callable[..., BotApi], clock: HandClock) -> None:
    saved = api.dump()
    lost = [api.say(WANG, str(i)) for i in range(50)]
    clock.pass_by(1)
    again = new_api()
    again.load(saved)
    new = again.say(WANG, "x")
    assert new["update_id"] > lost[-1]["update_id"]
    assert new["message"]["message_id"] > lost[-1]["message"]["message_id"]


def test_numbers_go_on_when_the_clock_went_back(api: BotApi, new_api: Callable[..., BotApi], clock: HandClock) -> None:
    clock.pass_by(-3600)
    again = new_api()
    last = api.say(WANG, "x")
    again.load(api.dump())
    assert again.say(WANG, "x")["update_id"] == last["update_id"] + 1


# What the bot says of itself


def test_commands_by_scope_and_language(api: BotApi) -> None:
    zh, en = ([{"command": "plan", "description": text}] for text in ("计划", "Plan"))
    lead = [{"command": "team", "description": "Team"}]
    scope = json.dumps({"type": "chat", "chat_id": LEAD})
    api.call("setMyCommands", {"commands": json.dumps(zh)})
    api.call("setMyCommands", {"commands": json.dumps(en), "language_code": "en"})
    api.call("setMyCommands", {"commands": json.dumps(lead), "scope": scope})
    assert api.call("getMyCommands", {}) == zh
    assert api.call("getMyCommands", {"language_code": "en"}) == en
    assert api.call("getMyCommands", {"scope": scope}) == lead
    assert api.snapshot()["commands"] == {"default": zh, "en": en}
    api.call("deleteMyCommands", {"language_code": "en"})
    assert api.snapshot()["commands"] == {"default": zh}
    for wrong in [{"command": "Plan", "description": "x"}, {"command": "p", "description": ""}, {"command": "p"}]:
        assert refused(api, "setMyCommands", commands=json.dumps([wrong]))[:3] == "400"
    assert "TOO_MUCH" in refused(api, "setMyCommands", commands=json.dumps(zh * 101))


def test_about_and_menu(api: BotApi) -> None:
    api.call("setMyName", {"name": "教练"})
    api.call("setMyDescription", {"description": "d"})
    api.call("setMyShortDescription", {"short_description": "短"})
    api.call("setMyShortDescription", {"short_description": "short", "language_code": "en"})
    assert api.snapshot()["bot"] == {"name": "教练", "username": "zhixing_coach_bot", "about": "短"}
    assert api.call("getMyShortDescription", {"language_code": "en"}) == {"short_description": "short"}
    assert api.call("getMyDescription", {"language_code": "en"}) == {"description": "d"}
    assert "too long" in refused(api, "setMyName", name="x" * 65)
    api.call("setChatMenuButton", {"chat_id": WANG, "menu_button": '{"type":"commands"}'})
    assert api.call("getChatMenuButton", {"chat_id": WANG}) == {"type": "commands"}
    assert "not supported" in refused(api, "setChatMenuButton", menu_button='{"type":"web_app","text":"x"}')
    assert api.call("logOut", {}) is True


# Faults and pace


def test_faults_fall_on_sends_and_edits_only(new_api: Callable[..., BotApi]) -> None:
    api = new_api(faults=Faults(every_429=3, retry_after=7, blocked={LEAD}))
    api.start(WANG)
    api.start(LEAD)
    for _ in range(5):
        api.call("sendChatAction", {"chat_id": WANG, "action": "typing"})
    send(api)
    send(api)
    with pytest.raises(ApiError) as caught:
        send(api)
    assert (caught.value.code, caught.value.retry_after) == (429, 7)
    assert refused(api, "sendMessage", chat_id=LEAD, text="x")[:3] == "403"


def test_faults_are_the_same_each_time(new_api: Callable[..., BotApi]) -> None:
    def codes() -> list[int]:
        api = new_api(faults=Faults(rate_500=0.5, seed=4))
        api.start(WANG)
        found = []
        for _ in range(20):
            try:
                send(api)
            except ApiError as error:
                found.append(error.code)
            else:
                found.append(200)
        return found

    assert codes() == codes()
    assert set(codes()) == {200, 500}


def test_pace_of_telegram(new_api: Callable[..., BotApi], clock: HandClock) -> None:
    api = new_api(enforce_pace=True, personas=[Persona(i, str(i)) for i in range(1, 51)])
    for i in range(1, 51):
        api.start(i)
    for _ in range(3):
        api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert refused(api, "sendMessage", chat_id=1, text="x") == "429 Too Many Requests: retry after 2"
    for i in range(2, 29):
        api.call("sendMessage", {"chat_id": i, "text": "x"})
    assert refused(api, "sendMessage", chat_id=40, text="x")[:3] == "429"
    clock.pass_by(1)
    for i in range(1, 31):
        api.call("sendMessage", {"chat_id": i, "text": "x"})
    assert refused(api, "sendMessage", chat_id=40, text="x")[:3] == "429"


def test_pace_in_groups(new_api: Callable[..., BotApi], clock: HandClock) -> None:
    api = new_api(enforce_pace=True)
    api.say_in_group("西区", WANG, "x")
    for _ in range(20):
        api.call("sendMessage", {"chat_id": -1001, "text": "x"})
    assert refused(api, "sendMessage", chat_id=-1001, text="x")[:3] == "429"
    clock.pass_by(3)
    assert api.call("sendMessage", {"chat_id": -1001, "text": "x"})


# What the page sees, and what survives


def test_snapshot_holds_only_what_changed(api: BotApi) -> None:
    one, two = send(api, "<b>1</b>", parse_mode="HTML"), send(api, "2")
    rev = api.rev
    assert api.snapshot(rev)["messages"] == []
    edited(api, one, text="<i>&lt;1</i>", parse_mode="HTML")
    api.call("deleteMessage", {"chat_id": WANG, "message_id": two["message_id"]})
    changed = api.snapshot(rev)["messages"]
    assert [(one["html"], one["edited"], one["deleted"]) for one in changed] == [
        ("<i>&lt;1</i>", True, False),
        ("", False, True),
    ]
    assert api.snapshot(rev + 10**6)["reset"] is True
    assert len(api.snapshot()["messages"]) == 4


def test_unread_counts_until_the_person_acts_or_reads(api: BotApi) -> None:
    def unread() -> int:
        return int(api.snapshot()["people"][0]["unread"])

    send(api)
    send(api)
    assert unread() == 2
    api.read(WANG)
    assert unread() == 0
    send(api)
    api.say(WANG, "x")
    assert unread() == 0


def test_typing_ends_by_time_or_message(api: BotApi, clock: HandClock) -> None:
    api.call("sendChatAction", {"chat_id": WANG, "action": "typing"})
    api.call("sendChatAction", {"chat_id": LEAD, "action": "typing"})
    send(api)
    assert api.snapshot()["typing"] == [LEAD]
    clock.pass_by(5)
    assert api.snapshot()["typing"] == []
    assert "wrong parameter action" in refused(api, "sendChatAction", chat_id=WANG, action="dancing")


def test_keyboard_of_the_page_is_numbered(api: BotApi) -> None:
    rows = [[button(callback_data="a"), button(callback_data="a")], [button(url="https://a.cn")]]
    send(api, reply_markup=json.dumps({"inline_keyboard": rows}))
    shown = api.snapshot()["messages"][-1]["keyboard"]
    assert [[one["i"] for one in row] for row in shown] == [[0, 1], [2]]
    assert shown[1][0] == {"text": "x", "i": 2, "url": "https://a.cn"}


def test_dump_and_load_carry_everything(api: BotApi, new_api: Callable[..., BotApi]) -> None:
    sent = send(api, "<b>x</b>", parse_mode="HTML", reply_markup=json.dumps(GOOD))
    api.upload(WANG, "客户.csv", bytes(range(256)), "text/csv")
    api.photo(WANG, png())
    query = api.tap(WANG, sent["message_id"], "good")["callback_query"]
    api.say_in_group("西区", WANG, "x")
    api.block(LEAD)
    api.call("setMyCommands", {"commands": '[{"command":"a","description":"b"}]', "language_code": "en"})
    api.call("setMyName", {"name": "教练"})
    api.call("setChatMenuButton", {"menu_button": '{"type":"commands"}'})
    api.call("deleteMessage", {"chat_id": WANG, "message_id": send(api)["message_id"]})
    saved = json.loads(json.dumps(api.dump()))
    again = new_api()
    again.load(saved)
    before, after = api.snapshot(), again.snapshot()
    assert {**after, "rev": 0} == {**before, "rev": 0}
    assert after["rev"] >= before["rev"]
    assert again.call("getUpdates", {}) == api.call("getUpdates", {})
    assert again.state.files == api.state.files
    assert again.call("answerCallbackQuery", {"callback_query_id": query["id"]}) is True
    assert again.dump()["menus"] == saved["menus"]


def test_load_refuses_another_format(api: BotApi) -> None:
    with pytest.raises(ValueError, match="format 99"):
        api.load({**api.dump(), "format": 99})


def test_loaded_people_are_those_of_today(api: BotApi, clock: HandClock) -> None:
    saved = api.dump()
    renamed = BotApi(TOKEN, now=clock.now, personas=[Persona(WANG, "新名字")])
    renamed.load(saved)
    first = renamed.snapshot()["people"][0]
    assert (first["name"], first["started"]) == ("新名字", True)
    assert len(renamed.snapshot()["people"]) == len(PEOPLE)


def test_moved_clock_dates_messages_but_neither_numbers_nor_ages_taps(clock: HandClock) -> None:
    machine = HandClock()
    api = BotApi(TOKEN, now=clock.now, system=machine.now, personas=PEOPLE)
    api.start(WANG)
    sent = send(api, reply_markup=json.dumps(GOOD))
    query = api.tap(WANG, sent["message_id"], "good")["callback_query"]
    clock.pass_by(86_400)
    assert send(api)["date"] == sent["date"] + 86_400
    assert send(api)["message_id"] == sent["message_id"] + 2
    assert api.call("answerCallbackQuery", {"callback_query_id": query["id"]}) is True


def test_change_hooks_ring(api: BotApi) -> None:
    seen: list[str] = []
    api.on_change.append(lambda: seen.append("change"))
    api.on_update.append(lambda: seen.append("update"))
    api.say(WANG, "x")
    send(api)
    assert seen == ["change", "update", "change"]


# The description of Telegram


@pytest.mark.parametrize(
    ("method", "params", "files", "says"),
    [
        ("sendPigeon", {}, {}, "unknown method"),
        ("sendMessage", {"chat_id": "1", "text": "x", "colour": "red"}, {}, "unknown parameter colour"),
        ("sendMessage", {"chat_id": "1"}, {}, "text is missing"),
        ("sendMessage", {"chat_id": "1", "text": 5}, {}, "no String"),
        ("sendMessage", {"chat_id": "1", "text": "x", "message_thread_id": "x"}, {}, "no Integer"),
        ("sendMessage", {"chat_id": "1", "text": "x", "protect_content": "1"}, {}, "no Boolean"),
        (
            "sendMessage",
            {"chat_id": "1", "text": "x", "entities": '[{"type":"bold","offset":0}]'},
            {},
            "length is missing",
        ),
        ("sendMessage", {"chat_id": "1", "text": "x", "reply_parameters": "{}"}, {}, "message_id is missing"),
        (
            "editMessageText",
            {"text": "x", "reply_markup": '{"inline_keyboard":[[{"text":"x","data":"y"}]]}'},
            {},
            "InlineKeyboardButton has no data",
        ),
        ("setMyCommands", {"commands": "[]", "scope": '{"type":"chat"}'}, {}, "chat_id is missing"),
        ("setMyCommands", {"commands": "[]", "scope": '{"type":"planet"}'}, {}, "planet"),
        (
            "editMessageMedia",
            {"media": '{"type":"photo","media":"attach://a","title":"x"}'},
            {"a": b""},
            "has no title",
        ),
        ("sendMessage", {"chat_id": "1", "text": "x"}, {"photo": b""}, "file photo belongs to no parameter"),
        ("getUpdates", {"allowed_updates": "message"}, {}, "Array of String"),
    ],
)
def test_planted_errors_are_found(method: str, params: dict[str, Any], files: dict[str, Any], says: str) -> None:
    if spec.load() is None:
        pytest.skip("the description of the Bot API is absent")
    found = spec.violations([(method, params, files)])
    assert len(found) == 1
    assert says in found[0]
