"""The sender: every kind of error through the double; nothing deliverable lost, order kept, outcomes written down."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dtm
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event, select
from telegram import Bot
from telegram.error import ChatMigrated, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot.database import Database
from bot.delivery import outbox, sender
from bot.delivery.outbox import Letter, Outcome, letter
from bot.delivery.pace import Pace
from bot.delivery.sender import GIVE_UP_AFTER, IN_FLIGHT, Sender
from bot.keyboards import Button, Signer
from bot.models import MessageState, OutboxMessage, Person, Role
from bot.phone.botapi import BotApi, Faults, Persona
from bot.phone.server import PhoneServer
from bot.replies import Document, Picture, Reply, Rewrite, Say, Toast
from tests.bot.delivery.conftest import (
    ANNA,
    BEN,
    CARL,
    START,
    HandClock,
    Line,
    failing_commits,
    outbox_rows,
    said,
    soon,
)
from tests.telegram import TOKEN

QUICK = 10_000.0
UNTIL_NOW = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
"""retry_after as it is unless PTB_TIMEDELTA is set: a number, with a warning that this will change."""

Hook = Callable[[str, dict[str, Any]], Awaitable[None]]


class Desk:
    """A sender at its desk: queue letters for it, let it send, look at the rows."""

    def __init__(self, database: Database, bot: Bot, clock: HandClock, pace: Pace | None = None) -> None:
        self.database, self.clock = database, clock
        self.sender = Sender(database, bot, clock, pace or Pace(QUICK, QUICK))

    async def queue(self, chat_id: int, *texts: str, **more: Any) -> None:
        await self.queue_letters(
            chat_id, *(Letter("sendMessage", {"chat_id": chat_id, "text": text, **more}) for text in texts)
        )

    async def queue_letters(self, chat_id: int, *letters: Letter) -> None:
        count = len(await outbox_rows(self.database))
        async with self.database.begin() as session:
            keyed = [(f"k{count + number}", entry) for number, entry in enumerate(letters)]
            await outbox.insert(session, outbox.rows(chat_id, keyed, self.clock.system()))

    async def send(self) -> None:
        await self.sender.drain()

    async def row(self, chat_id: int = ANNA) -> OutboxMessage:
        return (await outbox_rows(self.database, chat_id))[0]

    async def states(self, chat_id: int = ANNA) -> list[str]:
        return [row.state for row in await outbox_rows(self.database, chat_id)]


@pytest.fixture
def desk(sqlite: Database, bot: Bot, clock: HandClock) -> Desk:
    return Desk(sqlite, bot, clock)


@contextlib.asynccontextmanager
async def running(sender: Sender) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(sender.run())
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def times(count: int, error: TelegramError, *, chat_id: int = ANNA) -> Hook:
    """Raise an error at the first calls for a chat."""
    left = [error] * count

    async def hook(_method: str, params: dict[str, Any]) -> None:
        if left and int(params["chat_id"]) == chat_id:
            raise left.pop()

    return hook


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 4, 3, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * 12) * 3)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


# What is said


async def test_every_kind_of_reply_arrives(desk: Desk, api: BotApi, clock: HandClock) -> None:
    signer = Signer(b"k" * 32)
    buttons = [[Button("More", "read:x")]]

    async def speak(reply: Reply, query_id: str | None = None) -> OutboxMessage:
        await desk.queue_letters(ANNA, letter(reply, ANNA, query_id, signer, clock.now()))
        await desk.send()
        row = (await outbox_rows(desk.database, ANNA))[-1]
        assert (row.state, row.reason, row.attempts) == (MessageState.SENT, None, 1)
        assert row.sent_at == clock.system()
        return row

    row = await speak(Say("<b>bold</b> &amp; https://example.com", buttons))
    first = api.messages(ANNA)[-1]
    assert (first["text"], first["message_id"]) == ("bold & https://example.com", row.message_id)
    assert first["entities"][0]["type"] == "bold"
    assert first["link_preview_options"] == {"is_disabled": True}
    data = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert signer.open(data, ANNA, clock.now()) == "read:x"

    query = api.tap(ANNA, first["message_id"], data)["callback_query"]
    row = await speak(Toast("Noted", alert=True), query["id"])
    assert row.message_id is None
    assert [(toast.text, toast.alert) for toast in api.state.toasts] == [("Noted", True)]

    row = await speak(Rewrite(first["message_id"], "<i>new</i>"))
    assert row.message_id == first["message_id"]
    assert (api.messages(ANNA)[-1]["text"], "reply_markup" in api.messages(ANNA)[-1]) == ("new", False)

    await speak(Picture(png(), "a <b>chart</b>", buttons))
    last = api.messages(ANNA)[-1]
    assert (last["photo"][0]["width"], last["caption"]) == (4, "a chart")

    await speak(Document("九月.xlsx", b"bytes", "the table"))
    last = api.messages(ANNA)[-1]
    assert (last["document"]["file_name"], last["caption"]) == ("九月.xlsx", "the table")
    assert api.state.files[last["document"]["file_id"]].data == b"bytes"


async def test_messages_of_a_chat_arrive_in_the_order_of_queueing(desk: Desk, api: BotApi) -> None:
    for number in range(2):
        await desk.queue(ANNA, f"a{number}")
        await desk.queue(BEN, f"b{number}", f"c{number}")
    await desk.send()
    assert said(api, ANNA) == ["a0", "a1"]
    assert said(api, BEN) == ["b0", "c0", "b1", "c1"]


# Errors that stay


async def test_who_blocked_the_bot_is_marked_and_nobody_else_waits(desk: Desk, api: BotApi, clock: HandClock) -> None:
    earlier = START - dtm.timedelta(days=3)
    async with desk.database.begin() as session:
        for number, since in ((ANNA, None), (BEN, None), (CARL, earlier)):
            session.add(
                Person(
                    telegram_id=number,
                    name="P",
                    role=Role.MANAGER,
                    time_zone="UTC",
                    joined_at=START,
                    unreachable_since=since,
                )
            )
    api.block(ANNA)
    api.block(CARL)
    for chat in (ANNA, BEN, CARL):
        await desk.queue(chat, "one", "two")
    clock.shift = dtm.timedelta(days=1)
    await desk.send()
    for chat in (ANNA, CARL):
        assert [(row.state, row.reason, row.attempts) for row in await outbox_rows(desk.database, chat)] == [
            (MessageState.DEAD, "forbidden", 1)
        ] * 2
    assert said(api, BEN) == ["one", "two"]
    async with desk.database.read() as session:
        since_when = dict((await session.execute(select(Person.telegram_id, Person.unreachable_since))).all())
    assert since_when == {ANNA: START + dtm.timedelta(days=1), BEN: None, CARL: earlier}


@pytest.mark.parametrize("text", ["<b>open", "x" * 4097, " "])
async def test_what_telegram_refuses_is_not_tried_again_although_ptb_calls_it_a_network_error(
    desk: Desk, api: BotApi, line: Line, text: str
) -> None:
    await desk.queue(ANNA, text, "next", parse_mode="HTML")
    await desk.send()
    refused, sent = await outbox_rows(desk.database, ANNA)
    assert (refused.state, refused.reason, refused.attempts) == (MessageState.DEAD, "refused", 1)
    assert sent.state == MessageState.SENT
    assert said(api, ANNA) == ["next"]
    assert line.methods == ["sendMessage"] * 2


async def test_a_chat_that_does_not_exist_is_given_up_and_its_person_marked(desk: Desk) -> None:
    async with desk.database.begin() as session:
        session.add(Person(telegram_id=999, name="P", role=Role.MANAGER, time_zone="UTC", joined_at=START))
    await desk.queue(999, "hello")
    await desk.send()
    row = await desk.row(999)
    assert (row.state, row.reason) == (MessageState.DEAD, "chat not found")
    async with desk.database.read() as session:
        assert await session.scalar(select(Person.unreachable_since)) == START


async def test_a_text_that_is_there_already_counts_as_sent(desk: Desk, api: BotApi) -> None:
    await desk.queue(ANNA, "same")
    await desk.send()
    place = {"chat_id": ANNA, "message_id": (await desk.row()).message_id}
    await desk.queue_letters(ANNA, Letter("editMessageText", {**place, "text": "same"}))
    await desk.send()
    row = (await outbox_rows(desk.database, ANNA))[-1]
    assert (row.state, row.reason) == (MessageState.SENT, "unchanged")


async def test_the_answer_to_a_tap_that_is_too_old_is_given_up_and_named_so(desk: Desk) -> None:
    await desk.queue_letters(ANNA, Letter("answerCallbackQuery", {"callback_query_id": "1", "text": "late"}))
    await desk.send()
    row = await desk.row()
    assert (row.state, row.reason) == (MessageState.DEAD, "tap too old")


async def test_a_chat_that_moved_is_given_up(desk: Desk, line: Line) -> None:
    line.before = times(1, ChatMigrated(-100))
    await desk.queue(ANNA, "hello")
    await desk.send()
    row = await desk.row()
    assert (row.state, row.reason, row.attempts) == (MessageState.DEAD, "refused", 1)


@pytest.mark.parametrize(
    "broken",
    [
        Letter("sendNothing", {"chat_id": ANNA}),
        Letter("sendMessage", {"chat_id": ANNA, "wrong": 1}),
        Letter("sendMessage", {"chat_id": ANNA, "text": "x", "reply_markup": {"inline_keyboard": [[{"no": "text"}]]}}),
    ],
)
async def test_a_broken_row_stops_nobody(desk: Desk, api: BotApi, logged: Callable[[], str], broken: Letter) -> None:
    await desk.queue_letters(ANNA, broken)
    await desk.queue(ANNA, "after it")
    await desk.queue(BEN, "beside it")
    await desk.send()
    rows = await outbox_rows(desk.database, ANNA)
    assert [(row.state, row.reason) for row in rows] == [(MessageState.DEAD, "broken"), (MessageState.SENT, None)]
    assert (said(api, ANNA), said(api, BEN)) == (["after it"], ["beside it"])
    assert "message_broken" in logged()


# Errors that pass


@pytest.mark.parametrize("as_timedelta", [pytest.param("false", marks=UNTIL_NOW), "true"])
async def test_too_many_requests_make_that_chat_wait_and_no_other(
    desk: Desk, api: BotApi, line: Line, clock: HandClock, monkeypatch: pytest.MonkeyPatch, as_timedelta: str
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    api.faults = Faults(retry_after=7)

    async def flood(_method: str, params: dict[str, Any]) -> None:
        first = int(params["chat_id"]) == ANNA and line.methods.count("sendMessage") == 1
        api.faults.every_429 = 1 if first else 0

    line.before = flood
    await desk.queue(ANNA, "a1", "a2")
    await desk.queue(BEN, "b1", "b2")
    await desk.send()
    assert (said(api, ANNA), said(api, BEN)) == ([], ["b1", "b2"])
    row = await desk.row()
    assert (row.state, row.reason) == (MessageState.PENDING, "too many")
    assert desk.sender.pace.held(clock.monotonic()) == {ANNA: 7}
    clock.pass_by(6.9)
    await desk.queue(ANNA, "a3")
    await desk.queue(BEN, "b3")
    await desk.send()
    assert (said(api, ANNA), said(api, BEN)) == ([], ["b1", "b2", "b3"])
    clock.pass_by(0.1)
    await desk.send()
    assert said(api, ANNA) == ["a1", "a2", "a3"]


async def test_errors_of_the_server_are_retried_ever_more_slowly_and_lose_nothing(
    desk: Desk, api: BotApi, line: Line, clock: HandClock
) -> None:
    api.faults = Faults(rate_500=1)
    await desk.queue(ANNA, "one", "two")
    waits = []
    for _ in range(11):
        await desk.send()
        row = await desk.row()
        assert (row.state, row.reason) == (MessageState.PENDING, "network")
        waits.append((row.not_before - clock.system()).total_seconds())
        tries = len(line.methods)
        clock.pass_by(waits[-1] - 0.001)
        await desk.send()
        assert len(line.methods) == tries, "tried too early"
        clock.pass_by(0.002)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert set(await desk.states()) == {MessageState.PENDING}
    api.faults = Faults()
    await desk.send()
    assert said(api, ANNA) == ["one", "two"]


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("httpx.ConnectError: no route")])
async def test_what_never_arrived_is_sent_again_before_what_follows(
    desk: Desk, api: BotApi, line: Line, clock: HandClock, error: TelegramError
) -> None:
    line.before = times(1, error)
    await desk.queue(ANNA, "a1", "a2")
    await desk.queue(BEN, "b1")
    await desk.send()
    assert (said(api, ANNA), said(api, BEN)) == ([], ["b1"])
    clock.pass_by(1)
    await desk.send()
    assert said(api, ANNA) == ["a1", "a2"]


async def test_a_lost_answer_repeats_that_message_and_keeps_the_order(
    desk: Desk, api: BotApi, line: Line, clock: HandClock
) -> None:
    line.after = times(1, NetworkError("httpx.RemoteProtocolError: cut"))
    await desk.queue(ANNA, "a1", "a2")
    await desk.send()
    assert said(api, ANNA) == ["a1"]
    clock.pass_by(1)
    await desk.send()
    assert said(api, ANNA) == ["a1", "a1", "a2"]
    row = await desk.row()
    assert (row.state, row.attempts, row.message_id) == (MessageState.SENT, 2, api.messages(ANNA)[-2]["message_id"])


async def test_cut_lines_and_server_errors_over_http_lose_nothing(sqlite: Database, clock: HandClock) -> None:
    people = range(1, 7)
    api = BotApi(TOKEN, now=clock.now, personas=[Persona(one, f"P{one}", "manager") for one in people])
    for person in people:
        api.start(person)
    server = PhoneServer(api)
    await server.start()
    api.faults = Faults(rate_500=0.2, rate_cut=0.2)
    texts = ["one", "two", "three"]
    try:
        async with Bot(TOKEN, base_url=server.base_url, request=HTTPXRequest(connection_pool_size=IN_FLIGHT)) as bot:
            desk = Desk(sqlite, bot, clock)
            for person in people:
                await desk.queue(person, *texts)
            async with asyncio.timeout(20):
                while any(row.state == MessageState.PENDING for row in await outbox_rows(sqlite)):
                    await desk.send()
                    clock.pass_by(60)
    finally:
        await server.stop()
    repeats = 0
    for person in people:
        heard = said(api, person)
        assert sorted(heard, key=texts.index) == heard
        assert set(heard) == set(texts)
        repeats += len(heard) - len(texts)
    assert repeats > 0, "no answer was cut"
    assert {row.state for row in await outbox_rows(sqlite)} == {MessageState.SENT}


async def test_a_refused_token_makes_everything_wait(desk: Desk, api: BotApi, line: Line, clock: HandClock) -> None:
    line.before = times(1, InvalidToken("Unauthorized"))
    await desk.queue(ANNA, "a1")
    await desk.send()
    row = await desk.row()
    assert (row.state, row.reason) == (MessageState.PENDING, "token refused")
    clock.pass_by(299)
    await desk.send()
    assert said(api, ANNA) == []
    clock.pass_by(1)
    await desk.send()
    assert said(api, ANNA) == ["a1"]


async def test_what_met_only_passing_errors_is_given_up_after_a_day(desk: Desk, api: BotApi, clock: HandClock) -> None:
    api.faults = Faults(rate_500=1)
    await desk.queue(ANNA, "old", "older than its turn")
    clock.pass_by(GIVE_UP_AFTER.total_seconds())
    await desk.send()
    assert (await desk.row()).state == MessageState.PENDING
    clock.pass_by(1)
    await desk.send()
    assert [(row.state, row.reason) for row in await outbox_rows(desk.database)] == [
        (MessageState.DEAD, "too long")
    ] * 2


async def test_what_is_old_but_can_be_sent_is_sent(desk: Desk, api: BotApi, clock: HandClock) -> None:
    await desk.queue(ANNA, "old")
    clock.pass_by(GIVE_UP_AFTER.total_seconds() * 3)
    await desk.send()
    assert said(api, ANNA) == ["old"]


# Pace


async def test_the_pace_over_all_chats_is_kept(sqlite: Database, bot: Bot, api: BotApi, clock: HandClock) -> None:
    desk = Desk(sqlite, bot, clock, Pace(2, 100))
    for chat in (ANNA, BEN, CARL):
        await desk.queue(chat, "one", "two")

    def count() -> int:
        return sum(len(said(api, chat)) for chat in (ANNA, BEN, CARL))

    counts = []
    for _ in range(5):
        await desk.send()
        counts.append(count())
        clock.pass_by(0.5)
    assert counts == [2, 3, 4, 5, 6]


async def test_the_pace_of_a_chat_is_kept_and_answers_to_taps_do_not_count(
    sqlite: Database, bot: Bot, api: BotApi, clock: HandClock
) -> None:
    desk = Desk(sqlite, bot, clock, Pace(1000, 1))
    toast = Letter("answerCallbackQuery", {"callback_query_id": "1"})
    await desk.queue_letters(BEN, *[toast] * 4)
    await desk.queue(ANNA, *map(str, range(8)))
    await desk.queue(BEN, *map(str, range(5)))
    counts = []
    for _ in range(3):
        await desk.send()
        counts.append((len(said(api, ANNA)), len(said(api, BEN))))
        clock.pass_by(1)
    assert counts == [(5, 5), (6, 5), (7, 5)]


async def test_no_more_than_so_many_requests_are_under_way(sqlite: Database, bot: Bot, line: Line) -> None:
    clock, under_way, most = HandClock(), 0, 0

    async def hook(_method: str, _params: dict[str, Any]) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.005)
        under_way -= 1

    line.before = hook
    desk = Desk(sqlite, bot, clock)
    for chat in range(500, 500 + 3 * IN_FLIGHT):
        await desk.queue(chat, "hello")
    await desk.send()
    assert most == IN_FLIGHT
    assert len(line.methods) == 3 * IN_FLIGHT


# Running


async def test_what_another_process_queued_is_found_without_being_woken(
    desk: Desk, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "IDLE_SECONDS", 0.01)
    async with running(desk.sender):
        await asyncio.sleep(0)
        await desk.queue(ANNA, "from elsewhere")
        await soon(lambda: said(api, ANNA) == ["from elsewhere"])


async def test_cancelled_while_sending_it_finishes_and_writes_down_the_outcome(
    database: Database, bot: Bot, api: BotApi, line: Line, clock: HandClock
) -> None:
    gate, desk = asyncio.Event(), Desk(database, bot, clock)

    async def wait(_method: str, _params: dict[str, Any]) -> None:
        await gate.wait()

    line.after = wait
    await desk.queue(ANNA, "a1", "a2")
    await desk.queue(BEN, "b1")
    api.block(BEN)
    async with running(desk.sender) as task:
        await soon(lambda: len(line.methods) == 2 and said(api, ANNA) == ["a1"])
        task.cancel()
        await asyncio.sleep(0.01)
        assert not task.done(), "left a request under way"
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    a1, a2 = await outbox_rows(database, ANNA)
    assert (a1.state, a1.message_id) == (MessageState.SENT, api.messages(ANNA)[-1]["message_id"])
    assert (a2.state, a2.attempts) == (MessageState.PENDING, 0)
    assert (await desk.row(BEN)).state == MessageState.DEAD
    assert said(api, ANNA) == ["a1"]


async def test_outcomes_outlive_a_database_that_fails(
    database: Database, bot: Bot, api: BotApi, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "IDLE_SECONDS", 0.01)
    settle, failures = outbox.settle, [OSError("gone"), OSError("still gone")]

    async def failing(*args: Any) -> None:
        if args[1] and failures:
            raise failures.pop()
        await settle(*args)

    monkeypatch.setattr(outbox, "settle", failing)
    desk = Desk(database, bot, clock)
    await desk.queue(ANNA, "a1", "a2")
    async with running(desk.sender):
        await soon(lambda: len(said(api, ANNA)) == 2)
    assert not failures
    assert await desk.states() == [MessageState.SENT] * 2
    assert said(api, ANNA) == ["a1", "a2"]


async def test_outcomes_outlive_a_commit_that_fails(
    database: Database, bot: Bot, api: BotApi, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "IDLE_SECONDS", 0.01)
    desk = Desk(database, bot, clock)
    await desk.queue(ANNA, "a1", "a2")
    async with running(desk.sender):
        await soon(lambda: said(api, ANNA) == ["a1"])
        with failing_commits(database, 3) as failed:
            await soon(lambda: len(failed) == 3)
        await soon(lambda: len(said(api, ANNA)) == 2)
    assert await desk.states() == [MessageState.SENT] * 2
    assert said(api, ANNA) == ["a1", "a2"]


async def test_cancelled_while_claiming_it_gives_back_what_it_did_not_send(
    database: Database, bot: Bot, api: BotApi, line: Line, clock: HandClock
) -> None:
    desk = Desk(database, bot, clock)
    await desk.queue(ANNA, "a1")
    task = asyncio.create_task(desk.sender.run())
    cancelled: list[bool] = []

    def cancel(_connection: object) -> None:
        if not cancelled:
            cancelled.append(task.cancel())

    event.listen(database.engine.sync_engine, "commit", cancel)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
    assert line.methods == []
    assert await desk.states() == [MessageState.PENDING]
    await Desk(database, bot, clock).send()
    assert said(api, ANNA) == ["a1"]


async def test_what_ends_during_a_commit_is_written_down_by_the_next(
    database: Database, bot: Bot, clock: HandClock
) -> None:
    desk = Desk(database, bot, clock)
    await desk.queue(ANNA, "a1")
    async with database.begin() as session:
        (row,) = await outbox.claim(session, clock.system(), 1)
    ends = [Outcome(row.id, MessageState.SENT, 5)]

    def end(_connection: object) -> None:
        if ends:
            desk.sender._outcomes.append(ends.pop())

    event.listen(database.engine.sync_engine, "commit", end)
    await desk.send()
    assert [(one.state, one.message_id) for one in await outbox_rows(database)] == [(MessageState.SENT, 5)]
