"""Dialogues through the real Application: people who type and tap, on a local Bot API in the same process."""

from __future__ import annotations

import asyncio
import datetime as dtm
import functools
import json
import math
import tempfile
import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self

from telegram.request import BaseRequest, RequestData

from bot.application import Coach
from bot.clock import Clock
from bot.database import Database
from bot.delivery import inbox
from bot.jobs.reminders import Composer
from bot.phone.botapi import ApiError, BotApi, Persona, Upload
from bot.services import demo, demo_book
from bot.settings import Settings
from knowledge.library import Library
from knowledge.search import Search
from rules.worker import Worker
from tests.bot.phone import spec

TOKEN = "123456:local-test-token-without-any-power"
MORNING = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
"""Monday, 08:30 in Shanghai."""

WIDTH, LATIN = 20.0, 0.53
"""Chinese characters on one line of a 390 px phone, and the room of a Latin letter beside one."""


def height(text: str) -> int:
    """Lines that a message takes on a phone."""

    def room(line: str) -> float:
        return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else LATIN for character in line)

    return sum(max(1, math.ceil(room(line) / WIDTH)) for line in text.split("\n"))


@functools.cache
def knowledge() -> tuple[Library, Search]:
    """The library and its search, built once for all tests: nothing in a dialogue changes them."""
    library = Library.load()
    return library, Search(library.articles.values())


@functools.cache
def worker() -> Worker:
    """The rules' worker, its catalogue loaded once; its process starts when asked, also after a close."""
    return Worker()


@functools.cache
def empty_sqlite() -> bytes:
    """An SQLite database with all tables and no rows, made once: migrating each anew takes most of a test's time."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coach.sqlite3"

        async def make() -> None:
            database = Database(f"sqlite:///{file}")
            await database.migrate()
            await database.close()

        with ThreadPoolExecutor(1) as outside:  # the caller may be inside a running loop
            outside.submit(lambda: asyncio.run(make())).result()
        return file.read_bytes()


class Offline(BaseRequest):
    """An HTTP client of python-telegram-bot that has no network; what it answers is for its children to say."""

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...


class InProcess(Offline):
    """A client that asks the local Bot API directly."""

    def __init__(self, api: BotApi) -> None:
        self.api = api

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        if "/file/bot" in url:
            return 200, self.api.state.files[url.rpartition("/")[2]].data
        params: dict[str, Any] = dict(request_data.json_parameters) if request_data else {}
        files = {
            name: Upload(str(part[0]), part[1] if isinstance(part[1], bytes) else part[1].read(), str(part[2]))
            for name, part in ((request_data.multipart_data or {}) if request_data else {}).items()
        }
        try:
            result = self.api.call(url.rsplit("/", 1)[-1], params, files)
        except ApiError as error:
            answer: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
            if error.retry_after:
                answer["parameters"] = {"retry_after": error.retry_after}
            return error.code, json.dumps(answer).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()


class Stage:
    """A coach on a fresh database, a Bot API that has people on it, and a clock that stands where it is put."""

    def __init__(
        self,
        data_dir: Path,
        *,
        database_url: str | None = None,
        demo_team: bool = True,
        demo_book: bool = False,
        composers: Mapping[str, Composer] | None = None,
    ) -> None:
        self.settings = Settings(
            _env_file=None,
            data_dir=data_dir,
            database_url=database_url,
            send_rate=10_000,
            chat_rate=10_000,
        )
        self.clock = Clock()
        self.clock.move_to(MORNING)
        personas = [Persona(p.telegram_id, p.name, p.role, "zh-hans", None) for p in demo.TEAM]
        personas.append(Persona(9001, "陌生人", "stranger", "zh-hans", None))
        self.api = BotApi(TOKEN, now=self.clock.now, personas=personas, record_calls=True)
        here = InProcess(self.api)
        library, search = knowledge()
        self.coach = Coach(
            self.settings,
            self.clock,
            TOKEN,
            api="http://bot.api",
            library=library,
            search=search,
            worker=worker(),
            request=lambda _: here,
            composers=composers,
        )
        self._demo_team, self._demo_book = demo_team, demo_book
        self._confirmed = 0

    async def __aenter__(self) -> Self:
        if self.settings.database_url is None and not self.settings.sqlite_file.exists():
            self.settings.sqlite_file.write_bytes(empty_sqlite())
        await self.coach.prepare()
        if self._demo_team:
            async with self.coach.database.begin() as session:
                await demo.seed(session, self.settings.time_zone, self.clock.now())
                if self._demo_book:
                    await demo_book.seed(session, self.clock.now())
        await self.coach.reminders.arrange()
        await self.coach.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.coach.close()
        if spec.load() is not None:
            assert spec.violations(self.api.calls or []) == []

    async def move_to(self, instant: dtm.datetime) -> None:
        """Move the clock, and let the coach tell what became due."""
        self.clock.move_to(instant)
        await self.coach.reminders.run()
        await self.settle()

    async def settle(self) -> None:
        """Let the coach take up all that people did, and send all that it has to say."""
        while raws := self.api.call("getUpdates", {"offset": self._confirmed, "timeout": 0}):
            async with self.coach.database.begin() as session:
                await inbox.store(session, raws, self.clock.now())
            self._confirmed = raws[-1]["update_id"] + 1
        while await self.coach.order.step():
            pass
        while await self.coach.uploads.step():
            pass
        while await self.coach.handbooks.step():
            pass
        await self.coach.sender.drain()

    def person(self, telegram_id: int, language_code: str = "zh-hans") -> Chatter:
        """Somebody with a phone in this language."""
        return Chatter(self, telegram_id, language_code)


class Chatter:
    """One person's private chat with the coach."""

    def __init__(self, stage: Stage, telegram_id: int, language_code: str) -> None:
        self.stage, self.id, self.language_code = stage, telegram_id, language_code

    async def says(self, text: str) -> list[str]:
        """Type a message; return what the coach answers, as plain texts."""
        self.stage.api.set_language(self.language_code)
        return await self._answers(lambda: self.stage.api.say(self.id, text))

    async def taps(self, label: str) -> list[str]:
        """Tap the newest button with this label; return what the coach answers."""
        message_id, data = self.button(label)
        return await self._answers(lambda: self.stage.api.tap(self.id, message_id, data))

    async def does(self, act: Any) -> list[str]:
        """Do anything else on the phone, such as `lambda: api.sticker(id)`; return what the coach answers."""
        return await self._answers(act)

    async def _answers(self, act: Any) -> list[str]:
        before = len(self.stage.api.messages(self.id))
        act()
        await self.stage.settle()
        new = self.stage.api.messages(self.id)[before:]
        return [message.get("text") or message.get("caption", "") for message in new if message["from"]["is_bot"]]

    @property
    def last(self) -> dict[str, Any]:
        """The newest message of the chat as Telegram holds it."""
        return self.stage.api.messages(self.id)[-1]

    @property
    def notices(self) -> list[str]:
        """The notices that answered this person's taps, oldest first."""
        return [
            str(call.params.get("text", ""))
            for call in self.stage.api.calls or []
            if call.method == "answerCallbackQuery"
        ]

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message."""
        return [button["text"] for row in rows(self.last) for button in row]

    def button(self, label: str) -> tuple[int, str]:
        """Message id and callback data of the newest button with this label."""
        for message in reversed(self.stage.api.messages(self.id)):
            for row in rows(message):
                for button in row:
                    if button["text"] == label:
                        return message["message_id"], button["callback_data"]
        raise AssertionError(f"no button {label!r}")


def rows(message: dict[str, Any]) -> list[list[dict[str, str]]]:
    """The rows of buttons under a message."""
    found: list[list[dict[str, str]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return found
