"""The double over HTTP: a real python-telegram-bot on one side, a page's requests on the other."""

from __future__ import annotations

import asyncio
import datetime as dtm
import io
import json
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MenuButtonCommands,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.http_server import LOOPBACK
from bot.phone.botapi import BotApi, Faults
from bot.phone.server import PhoneServer, phone_app
from tests.bot.phone import spec
from tests.bot.phone.conftest import LEAD, LILY, TOKEN, WANG, HandClock, bot_for, png

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="good")]])
JSON = {"content-type": "application/json"}


async def soon(ready: Callable[[], bool], seconds: float = 5) -> None:
    """Wait until something has happened, or fail."""
    for _ in range(int(seconds * 100)):
        if ready():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def conforms(api: BotApi) -> None:
    """Everything python-telegram-bot sent is as Telegram describes it (where the description is there)."""
    assert api.calls
    assert spec.load() is None or spec.violations(api.calls) == []


@pytest.fixture
async def page(api: BotApi, clock: HandClock) -> AsyncIterator[httpx.AsyncClient]:
    """The page's requests, without a port in between."""
    zone = dtm.timezone(dtm.timedelta(hours=8))
    app = phone_app(api, clock=clock, zone=zone, texts=lambda language: {"language": language})
    async with httpx.AsyncClient(base_url="http://127.0.0.1", transport=httpx.ASGITransport(app=app)) as client:
        yield client


# The bot's side


async def test_sending_with_a_real_bot(bot: Bot, api: BotApi) -> None:
    message = await bot.send_message(
        WANG,
        "<b>计划</b>",
        parse_mode="HTML",
        reply_markup=KEYS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
    )
    assert message.text_html == "<b>计划</b>"
    assert message.reply_markup == KEYS
    quoted = await bot.send_message(
        WANG,
        "😀 x",
        entities=[MessageEntity("bold", 0, 2)],
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
    )
    assert quoted.reply_to_message is not None
    assert quoted.parse_entities() == {quoted.entities[0]: "😀"}
    assert await bot.send_chat_action(WANG, "typing")
    photo = await bot.send_photo(WANG, png(), caption="<i>图</i>", parse_mode="HTML", has_spoiler=True)
    assert (photo.photo[0].width, photo.caption) == (4, "图")
    document = await bot.send_document(WANG, io.BytesIO("客户,1".encode()), filename="客户.csv", caption="表")
    assert document.document is not None
    assert document.document.file_name == "客户.csv"
    again = await bot.send_document(WANG, document.document.file_id)
    assert again.document is not None
    assert again.document.file_id == document.document.file_id
    assert await bot.delete_message(WANG, quoted.message_id)
    fetched = await (await bot.get_file(document.document)).download_as_bytearray()
    assert fetched.decode() == "客户,1"
    conforms(api)


async def test_editing_with_a_real_bot(bot: Bot, api: BotApi) -> None:
    message = await bot.send_message(WANG, "旧", reply_markup=KEYS)
    photo = await bot.send_photo(WANG, png(), caption="图")
    edited = await bot.edit_message_text("新", WANG, message.message_id, reply_markup=KEYS)
    assert not isinstance(edited, bool)
    assert edited.text == "新"
    assert edited.edit_date is not None
    bare = await bot.edit_message_reply_markup(WANG, message.message_id)
    assert not isinstance(bare, bool)
    assert bare.reply_markup is None
    caption = await bot.edit_message_caption(WANG, photo.message_id, caption="新图")
    assert not isinstance(caption, bool)
    assert caption.caption == "新图"
    media = InputMediaDocument(b"1,2", filename="b.csv", caption="c")
    swapped = await bot.edit_message_media(media, WANG, photo.message_id, reply_markup=KEYS)
    assert not isinstance(swapped, bool)
    assert swapped.document is not None
    picture = await bot.edit_message_media(InputMediaPhoto(png(9, 9)), WANG, photo.message_id)
    assert not isinstance(picture, bool)
    assert picture.photo[0].width == 9
    tapped = await bot.send_message(WANG, "?", reply_markup=KEYS)
    query = api.tap(WANG, tapped.message_id, "good")["callback_query"]
    assert await bot.answer_callback_query(query["id"], "好的", show_alert=True)
    conforms(api)


async def test_settings_with_a_real_bot(bot: Bot, api: BotApi) -> None:
    me = await bot.get_me()
    assert (me.first_name, me.username, me.is_bot) == ("知行", "zhixing_coach_bot", True)
    commands = [BotCommand("plan", "计划")]
    assert await bot.set_my_commands(commands, scope=BotCommandScopeChat(WANG), language_code="zh")
    assert list(await bot.get_my_commands(scope=BotCommandScopeChat(WANG), language_code="zh")) == commands
    assert await bot.delete_my_commands(scope=BotCommandScopeChat(WANG), language_code="zh")
    assert await bot.set_my_name("教练")
    assert (await bot.get_my_name()).name == "教练"
    assert await bot.set_my_description("长")
    assert (await bot.get_my_description("en")).description == "长"
    assert await bot.set_my_short_description("短", "en")
    assert (await bot.get_my_short_description("en")).short_description == "短"
    assert await bot.set_chat_menu_button(WANG, MenuButtonCommands())
    assert await bot.get_chat_menu_button(WANG) == MenuButtonCommands()
    chat = await bot.get_chat(WANG)
    assert (chat.first_name, chat.accepted_gift_types.unique_gifts) == ("王小明", False)
    assert (await bot.get_chat_member(WANG, WANG)).status == "member"

    api.say(WANG, "x")
    assert [one.message is not None for one in await bot.get_updates(timeout=0)] == [True]
    assert await bot.set_webhook("http://127.0.0.1:9/x", secret_token="abc", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates) == ("http://127.0.0.1:9/x", ("message",))
    assert await bot.delete_webhook()
    assert await bot.close()
    assert await bot.log_out()
    if spec.load() is not None:
        assert api.calls
        assert spec.violations(api.calls) == []


async def test_errors_become_the_exceptions_of_ptb(bot: Bot, api: BotApi, server: PhoneServer) -> None:
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(WANG, " ")
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await bot.send_message(WANG, "<b>x", parse_mode="HTML")
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(LILY, "x")
    api.block(WANG)
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(WANG, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(4711, "x")
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendPigeon")
    with pytest.raises(BadRequest, match="has no parameter"):
        await bot.send_message(LEAD, "x", api_kwargs={"colour": "red"})
    with pytest.raises(InvalidToken):
        async with HTTPXRequest() as request:
            await Bot("1:wrong", base_url=server.base_url, request=request).get_me()


async def test_faults_become_the_exceptions_of_ptb(bot: Bot, api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    api.faults = Faults(every_429=1, retry_after=3)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(WANG, "x")
    assert caught.value.retry_after == dtm.timedelta(seconds=3)
    api.faults = Faults(rate_500=1)
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(WANG, "x")
    api.faults = Faults(rate_cut=1)
    before = len(api.messages(WANG))
    with pytest.raises(NetworkError, match=r"RemoteProtocolError|ReadError"):
        await bot.send_message(WANG, "收到了吗")
    assert len(api.messages(WANG)) == before + 1
    api.faults = Faults()
    assert await bot.send_message(WANG, "x")


async def test_slow_answers_time_out_though_the_message_is_there(api: BotApi, server: PhoneServer) -> None:
    api.faults = Faults(delay_s=1)
    async with bot_for(server, read_timeout=0.2) as bot:
        with pytest.raises(TimedOut):
            await bot.send_message(WANG, "x")
    assert api.messages(WANG)[-1]["text"] == "x"


async def test_long_poll_waits_and_wakes(bot: Bot, api: BotApi) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    assert not polling.done()
    api.say(WANG, "x")
    assert len(await polling) == 1
    started = time.perf_counter()
    found = await bot.get_updates(offset=api.state.last_update + 1, timeout=1)
    assert found == ()
    assert time.perf_counter() - started > 0.9
    assert [call.method for call in api.calls or ()].count("getUpdates") == 2


async def test_poll_confirms_and_filters_when_it_arrives(bot: Bot, api: BotApi) -> None:
    last = api.say(WANG, "x")["update_id"]
    polling = asyncio.create_task(bot.get_updates(offset=last + 1, timeout=20, allowed_updates=["message"]))
    await soon(lambda: not api.state.updates)
    api.block(LEAD)
    api.say(WANG, "y")
    assert [one.message is not None for one in await polling] == [True]


async def test_answers_do_not_wait_for_nagle(bot: Bot, server: PhoneServer) -> None:
    await bot.get_webhook_info()
    (connection,) = server.connections
    answering = connection.transport.get_extra_info("socket")
    assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_a_second_poller_ends_the_first(bot: Bot, server: PhoneServer) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    async with bot_for(server) as other:
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first
        assert await second == ()


async def test_setting_a_webhook_ends_a_poll(bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    await bot.set_webhook("http://127.0.0.1:9/x")
    with pytest.raises(Conflict, match="webhook is active"):
        await polling


async def test_stop_answers_those_who_wait(api: BotApi, clock: HandClock) -> None:
    server = PhoneServer(api, clock=clock)
    await server.start()
    async with bot_for(server) as bot:
        polling = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.2)
        await server.stop()
        assert await polling == ()


async def test_taken_port_is_an_error(server: PhoneServer, api: BotApi) -> None:
    with pytest.raises(OSError, match="in use"):
        await PhoneServer(api).start(server.port)


async def say_again(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_text(f"echo {message.text}", reply_markup=KEYS)


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.effective_message
    assert message is not None
    await message.reply_text(f"hello {context.args}")


async def good(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("done")
    await query.edit_message_text("good!")


def application(server: PhoneServer) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = Application.builder().token(TOKEN).base_url(server.base_url).base_file_url(server.base_file_url)
    app = builder.build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(good))
    app.add_handler(MessageHandler(filters.TEXT, say_again))
    return app


async def test_dialogue_with_a_real_application(server: PhoneServer, api: BotApi, page: httpx.AsyncClient) -> None:
    app = application(server)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=5)
        await page.post("/phone/start", json={"person": LILY, "payload": "join_7"})
        await soon(lambda: any(one.get("text") == "hello ['join_7']" for one in api.messages(LILY)))
        await page.post("/phone/say", json={"person": LILY, "text": "早"})
        await soon(lambda: api.messages(LILY)[-1]["text"] == "echo 早")
        target = api.messages(LILY)[-1]["message_id"]
        await page.post("/phone/tap", json={"person": LILY, "message_id": target, "data": "good"})
        await soon(lambda: api.messages(LILY)[-1]["text"] == "good!")
        assert api.snapshot(0)["toasts"][0]["text"] == "done"
        await app.updater.stop()
        await app.stop()
    assert api.state.updates == {}


# Webhook


class Hook:
    """A bot's webhook that says what it is told to."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.answers: list[int] = []
        self.url = ""
        self.open = 0
        self.most_open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                headers = dict(line.lower().split(": ", 1) for line in head.decode().split("\r\n")[1:] if line)
                body = json.loads(await reader.readexactly(int(headers["content-length"])))
                self.open += 1
                self.most_open = max(self.most_open, self.open)
                await asyncio.sleep(0.01)
                self.open -= 1
                self.secrets.append(headers.get("x-telegram-bot-api-secret-token"))
                status = self.answers.pop(0) if self.answers else 200
                if status == 200:
                    self.bodies.append(body)
                writer.write(b"HTTP/1.1 %d X\r\ncontent-length: 0\r\n\r\n" % status)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    listening = await asyncio.start_server(made.serve, LOOPBACK, 0)
    made.url = f"http://{LOOPBACK}:{listening.sockets[0].getsockname()[1]}/hook"
    yield made
    listening.close()


async def test_webhook_gets_everything_in_order_with_the_secret(bot: Bot, api: BotApi, hook: Hook) -> None:
    api.say(WANG, "before")
    await bot.set_webhook(hook.url, secret_token="s3cret", max_connections=2)
    for i in range(20):
        api.say((WANG, LEAD, LILY)[i % 3], str(i))
    await soon(lambda: len(hook.bodies) == 21)
    assert set(hook.secrets) == {"s3cret"}
    assert hook.most_open == 2
    for person, expected in ((WANG, ["before", *map(str, range(0, 20, 3))]), (LEAD, [*map(str, range(1, 20, 3))])):
        assert [one["message"]["text"] for one in hook.bodies if one["message"]["chat"]["id"] == person] == expected
    await soon(lambda: not api.state.updates)


async def test_webhook_is_tried_again_until_it_takes_the_update(bot: Bot, api: BotApi, hook: Hook) -> None:
    hook.answers = [500, 403, 302]
    await bot.set_webhook(hook.url)
    api.say(WANG, "1")
    api.say(WANG, "2")
    await soon(lambda: len(hook.bodies) == 2)
    assert [one["message"]["text"] for one in hook.bodies] == ["1", "2"]
    assert set(hook.secrets) == {None}
    info = await bot.get_webhook_info()
    assert info.last_error_message is not None
    assert "302" in info.last_error_message


async def test_updates_wait_while_the_bot_is_away_and_polling_can_take_over(bot: Bot, api: BotApi) -> None:
    await bot.set_webhook("http://127.0.0.1:9/nobody")
    api.say(WANG, "x")
    await soon(lambda: api.state.webhook is not None and api.state.webhook.last_error is not None)
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook()
    assert len(await bot.get_updates()) == 1


# The person's side


async def state(page: httpx.AsyncClient, after: int = -1, wait: float = 0) -> dict[str, Any]:
    return dict((await page.get("/phone/state", params={"after": after, "wait": wait})).json())


async def test_state_waits_for_a_change(page: httpx.AsyncClient, api: BotApi) -> None:
    seen = await state(page)
    assert seen["reset"] is True
    assert seen["now"] == "2026-03-02T16:30:00+08:00"
    assert [one["name"] for one in seen["people"]] == ["王小明", "Lily", "赵主管"]
    waiting = asyncio.create_task(state(page, seen["rev"], 20))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    api.say(WANG, "新")
    new = await waiting
    assert ([one["text"] for one in new["messages"]], new["reset"]) == (["新"], False)
    assert (await state(page, new["rev"]))["messages"] == []
    assert (await page.get("/phone/state?after=x")).status_code == 400


async def test_everything_a_person_does(page: httpx.AsyncClient, api: BotApi) -> None:
    said = (await page.post("/phone/say", json={"person": WANG, "text": "一"})).json()
    acts: list[tuple[str, dict[str, Any]]] = [
        ("edit", {"person": WANG, "message_id": said["message_id"], "text": "二"}),
        ("sticker", {"person": WANG}),
        ("voice", {"person": WANG, "duration": 4}),
        ("forward", {"person": WANG, "text": "转", "from_name": "张总"}),
        ("group", {"person": WANG, "title": "西区", "text": "群"}),
        ("read", {"person": WANG}),
        ("language", {"language_code": "en"}),
        ("block", {"person": WANG, "blocked": True}),
        ("block", {"person": WANG, "blocked": False}),
        ("start", {"person": LILY, "payload": "p"}),
        ("say", {"person": WANG, "text": "答", "reply_to": said["message_id"]}),
    ]
    for name, body in acts:
        answer = await page.post(f"/phone/{name}", json=body)
        assert (answer.status_code, answer.json()["ok"]) == (200, True), name
    kinds = [next(key for key in one if key != "update_id") for one in api.state.updates.values()]
    assert kinds.count("message") == 7
    assert kinds.count("my_chat_member") == 3
    seen = await state(page)
    assert {one["language_code"] for one in seen["people"]} == {"en"}
    assert seen["messages"][-1]["reply_to"] == said["message_id"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", {"person": WANG}),
        ("say", {"person": "x", "text": "a"}),
        ("say", {"person": WANG, "text": "half \ud83d"}),
        ("say", []),
        ("tap", {"person": WANG, "message_id": 1, "data": "x"}),
        ("group", {"person": WANG, "title": "x", "text": "x", "group_id": "x"}),
        ("language", {"language_code": "fr"}),
        ("clock", {"at": "2026-03-02T08:30:00"}),
        ("clock", {"at": "tomorrow"}),
        ("clock", {"at": 5}),
        ("clock", {"shift_s": 1e15}),
        ("clock", {"shift_s": None}),
        ("clock", {}),
    ],
)
async def test_nonsense_is_refused(page: httpx.AsyncClient, name: str, body: object) -> None:
    answer = await page.post(f"/phone/{name}", content=json.dumps(body), headers=JSON)
    assert answer.status_code == 400
    assert "error" in answer.json()


async def test_upload_and_download(page: httpx.AsyncClient, api: BotApi) -> None:
    name = '../客户".html'
    files = {"file": (name, b"<script>alert(1)</script>", "text/html")}
    phone = {"x-phone": "1"}
    answer = await page.post("/phone/upload", data={"person": WANG, "caption": "表"}, files=files, headers=phone)
    assert answer.status_code == 200
    pictures = {"file": ("a.png", png(), "text/html")}
    await page.post("/phone/upload", data={"person": WANG, "as": "photo"}, files=pictures, headers=phone)
    document, photo = (await state(page))["messages"][-2:]
    assert (document["html"], document["document"]["size"]) == ("表", 25)
    got = await page.get(document["document"]["url"])
    assert got.content == b"<script>alert(1)</script>"
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert (await page.get(photo["photo"]["url"])).headers["content-type"] == "image/png"
    assert (await page.get("/phone/file/none/x")).status_code == 404
    for refused in (
        await page.post("/phone/upload", data={"person": WANG}, files=files),
        await page.post("/phone/upload", json={"person": WANG}, headers=phone),
    ):
        assert refused.status_code == 403
    large = {"file": ("a", bytes(21 * 2**20))}
    answer = await page.post("/phone/upload", data={"person": WANG}, files=large, headers=phone)
    assert answer.status_code == 400
    answer = await page.post("/phone/say", json={"person": WANG, "text": "x" * 70_000})
    assert answer.status_code == 400


async def test_clock_moves(page: httpx.AsyncClient, clock: HandClock) -> None:
    rev = (await state(page))["rev"]
    await page.post("/phone/clock", json={"at": "2026-03-03T08:30:00+08:00"})
    moved = await state(page, rev, 5)
    assert (moved["now"], moved["shift_s"]) == ("2026-03-03T08:30:00+08:00", 57_600)
    await page.post("/phone/clock", json={"shift_s": -60})
    assert clock.shift == dtm.timedelta(seconds=-60)
    await page.post("/phone/clock", json={"reset": True})
    assert clock.shift == dtm.timedelta()


async def test_texts_come_from_outside(page: httpx.AsyncClient) -> None:
    assert (await page.get("/phone/texts?lang=en")).json() == {"language": "en"}
    assert (await page.get("/phone/texts")).json() == {"language": "zh"}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example:80", "", "[::2]"])
@pytest.mark.parametrize("path", ["/", "/phone/state?wait=0", f"/bot{TOKEN}/getMe", "/page/x.js"])
async def test_other_hosts_are_refused(page: httpx.AsyncClient, host: str, path: str) -> None:
    assert (await page.get(path, headers={"host": host})).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "[::1]:80", "[::1]"])
async def test_own_hosts_are_served(page: httpx.AsyncClient, host: str) -> None:
    assert (await page.get("/phone/state?wait=0", headers={"host": host})).status_code == 200


async def test_other_origins_and_forms_are_refused(page: httpx.AsyncClient, api: BotApi) -> None:
    body = {"person": WANG, "text": "x"}
    before = api.rev
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"origin": f"http://{LOOPBACK}:1"}):
        assert (await page.post("/phone/say", json=body, headers=headers)).status_code == 403
    assert (await page.post("/phone/say", data=body)).status_code == 403
    plain = {"content-type": "text/plain"}
    assert (await page.post("/phone/say", content=json.dumps(body), headers=plain)).status_code == 403
    assert api.rev == before
    assert (await page.post("/phone/say", json=body, headers={"origin": f"http://{LOOPBACK}"})).status_code == 200


async def test_page_is_guarded(page: httpx.AsyncClient) -> None:
    for path in ("/", "/phone/state?wait=0", "/nothing"):
        answer = await page.get(path)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/page/..%2fserver.py"):
        assert (await page.get(path)).status_code == 404
    assert (await page.get("/phone/say")).status_code == 405


# Requests by hand


@pytest.mark.parametrize(
    "ask",
    [
        lambda page: page.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": WANG, "text": "x"}),
        lambda page: page.post(f"/bot{TOKEN}/sendMessage", data={"chat_id": str(WANG), "text": "x"}),
        lambda page: page.get(f"/bot{TOKEN}/sendMessage", params={"chat_id": WANG, "text": "x"}),
        lambda page: page.post(f"/bot{TOKEN}/sendMessage", params={"chat_id": WANG}, json={"text": "x"}),
    ],
)
async def test_every_way_to_ask(
    page: httpx.AsyncClient, ask: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]
) -> None:
    answer = (await ask(page)).json()
    assert (answer["ok"], answer["result"]["text"]) == (True, "x")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("{", "application/json"),
        ("[]", "application/json"),
        ("\\xff", "text/plain"),
        (b"a=\xff", "application/x-www-form-urlencoded"),
        ("x", "multipart/form-data; boundary=y"),
        ("x", "multipart/form-data"),
    ],
)
async def test_broken_bodies_are_bad_requests(page: httpx.AsyncClient, content: str, kind: str) -> None:
    answer = await page.post(f"/bot{TOKEN}/sendMessage", content=content, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["error_code"]) == (400, 400)


async def test_wrong_tokens_open_nothing(page: httpx.AsyncClient, api: BotApi) -> None:
    file_id = api.upload(WANG, "a", b"secret")["message"]["document"]["file_id"]
    for path in (f"/bot{TOKEN}x/getMe", "/bot/getMe", f"/file/botwrong/files/{file_id}", "/bot知/getMe"):
        assert (await page.get(path)).status_code == 401
    assert (await page.get(f"/file/bot{TOKEN}/files/{file_id}")).content == b"secret"
    assert (await page.get(f"/file/bot{TOKEN}/files/none")).status_code == 404


async def test_state_and_upload_over_a_port(server: PhoneServer) -> None:
    async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
        files = {"file": ("a.csv", b"1", "text/csv")}
        answer = await client.post("/phone/upload", data={"person": WANG}, files=files, headers={"x-phone": "1"})
        assert answer.json()["ok"] is True
        origin = {"origin": server.url}
        assert (await client.post("/phone/read", json={"person": WANG}, headers=origin)).status_code == 200
        assert (await state(client))["messages"][-1]["document"]["name"] == "a.csv"


async def test_in_process_without_a_port(api: BotApi, clock: HandClock) -> None:
    transport = httpx.ASGITransport(app=phone_app(api, clock=clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.get(f"/bot{TOKEN}/getMe")).json()["ok"] is True
        api.faults = Faults(rate_cut=1)
        with pytest.raises(ConnectionAbortedError):
            await client.post(f"/bot{TOKEN}/sendMessage", json={"chat_id": WANG, "text": "x"})
