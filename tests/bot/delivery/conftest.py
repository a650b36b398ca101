"""What the tests of delivery share: a clock in the test's hand, a Bot API in the process, and ways to break both."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dtm
import io
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select
from telegram import Bot
from telegram.request import RequestData

from bot import log
from bot.clock import Clock
from bot.database import Database
from bot.models import OutboxMessage, RawUpdate
from bot.phone.botapi import BotApi, Persona
from bot.settings import Settings
from tests.telegram import TOKEN, InProcess

START = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
ANNA, BEN, CARL = 101, 102, 103


class HandClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def system(self) -> dtm.datetime:
        return START + dtm.timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return 1000.0 + self.seconds

    def pass_by(self, seconds: float) -> None:
        self.seconds += seconds


class Line(InProcess):
    """The way to the Bot API, which a test may break.

    `before` is awaited with method and parameters before each call, `after` when Telegram has done it and
    before the bot hears of it; what they raise reaches the bot. `methods` lists the calls, in order.
    """

    def __init__(self, api: BotApi) -> None:
        super().__init__(api)
        self.methods: list[str] = []
        self.before: Callable[[str, dict[str, Any]], Any] | None = None
        self.after: Callable[[str, dict[str, Any]], Any] | None = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **others: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        params: dict[str, Any] = dict(request_data.json_parameters) if request_data else {}
        self.methods.append(name)
        if self.before:
            await self.before(name, params)
        result = await super().do_request(url, method, request_data, *args, **others)
        if self.after:
            await self.after(name, params)
        return result


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def api(clock: HandClock) -> BotApi:
    """A phone on which three people have started the bot, their updates taken."""
    made = BotApi(TOKEN, now=clock.now, personas=[Persona(one, f"P{one}", "manager") for one in (ANNA, BEN, CARL)])
    for person in (ANNA, BEN, CARL):
        made.start(person)
    made.state.updates.clear()
    return made


@pytest.fixture
def line(api: BotApi) -> Line:
    return Line(api)


@pytest.fixture
async def bot(line: Line) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, request=line, get_updates_request=line) as made:
        line.methods.clear()
        yield made


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with all tables, where the kind does not matter."""
    made = Database(f"sqlite:///{tmp_path / 'one.sqlite3'}")
    await made.migrate()
    yield made
    await made.close()


@contextlib.contextmanager
def failing_commits(database: Database, times: int = 1) -> Iterator[list[int]]:
    """Let the next commits fail as though the connection broke; gives the list of those that did."""
    failed: list[int] = []

    def fail(_connection: object) -> None:
        if len(failed) < times:
            failed.append(1)
            raise OSError("the database went away")

    event.listen(database.engine.sync_engine, "commit", fail)
    try:
        yield failed
    finally:
        event.remove(database.engine.sync_engine, "commit", fail)


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Callable[[], str]]:
    """The coach's own log at its most talkative; call it for what has been written."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    with contextlib.redirect_stderr(written):
        log.set_up(Settings(_env_file=None, data_dir=tmp_path, log_level="DEBUG"))
    yield written.getvalue
    root.handlers[:] = handlers
    root.setLevel(level)


async def inbox_rows(database: Database) -> list[RawUpdate]:
    """All of the inbox in the order of arrival."""
    async with database.read() as session:
        return list((await session.scalars(select(RawUpdate).order_by(RawUpdate.update_id))).all())


async def outbox_rows(database: Database, chat_id: int | None = None) -> list[OutboxMessage]:
    """The outbox, of one chat or of all, in the order of queueing."""
    query = select(OutboxMessage).order_by(OutboxMessage.id)
    if chat_id is not None:
        query = query.where(OutboxMessage.chat_id == chat_id)
    async with database.read() as session:
        return list((await session.scalars(query)).all())


def said(api: BotApi, chat_id: int) -> list[str]:
    """What the bot has written in a chat, oldest first."""
    return [body["text"] for body in api.messages(chat_id) if body["from"]["is_bot"]]


def typed(update_id: int, chat_id: int, text: str = "hello") -> dict[str, Any]:
    """A raw update of somebody who typed a text."""
    user = {"id": chat_id, "is_bot": False, "first_name": "P", "language_code": "zh-hans"}
    chat = {"id": chat_id, "type": "private", "first_name": "P"}
    message = {"message_id": update_id, "date": 1_763_800_000, "chat": chat, "from": user, "text": text}
    return {"update_id": update_id, "message": message}


async def soon(ready: Callable[[], bool], seconds: float = 5) -> None:
    """Give way to other tasks until something holds; fails after some seconds."""
    async with asyncio.timeout(seconds):
        while not ready():
            await asyncio.sleep(0.001)
