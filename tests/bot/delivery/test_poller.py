"""The poller: committed before Telegram is told, survives what passes, ends only where the token is refused."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.clock import Clock
from bot.database import Database
from bot.delivery import inbox, poller
from bot.delivery.poller import ALLOWED_UPDATES, LONG_POLL_SECONDS, LONGEST_BACKOFF, Poller
from bot.phone.botapi import BotApi
from tests.bot.delivery.conftest import ANNA, BEN, CARL, failing_commits, inbox_rows, soon, typed
from tests.telegram import TOKEN, Offline

Step = Exception | tuple[int, Any] | Callable[[], Awaitable[Any]]


class Script(Offline):
    """An HTTP client to which Telegram answers what the test wrote down, and then nothing any more."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.queries: list[dict[str, str]] = []
        self.finished = asyncio.Event()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        parts = urlsplit(url)
        assert parts.path == f"/bot{TOKEN}/getUpdates"
        self.queries.append({name: values[0] for name, values in parse_qs(parts.query).items()})
        if not self.steps:
            self.finished.set()
            await asyncio.Event().wait()
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        code, result = step if isinstance(step, tuple) else (200, await step())
        answer = {"ok": True, "result": result} if code == 200 else {"ok": False, "error_code": code, **result}
        return code, json.dumps(answer).encode()

    @property
    def offsets(self) -> list[str | None]:
        return [query.get("offset") for query in self.queries]


class Watch:
    """A poller, how long it slept, and how often it rang."""

    def __init__(self, database: Database, script: BaseRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slept: list[float] = []
        self.rang = 0
        self.poller = Poller(Bot(TOKEN, base_url="http://api/bot"), script, database, Clock(), self._ring)
        monkeypatch.setattr(poller, "asyncio", SimpleNamespace(sleep=self._sleep))

    def _ring(self) -> None:
        self.rang += 1

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    @contextlib.asynccontextmanager
    async def polling(self) -> Any:
        task = asyncio.create_task(self.poller.run())
        try:
            yield task
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def until_finished(self, script: Script) -> None:
        async with self.polling() as task:
            over = asyncio.create_task(script.finished.wait())
            async with asyncio.timeout(10):
                await asyncio.wait([task, over], return_when=asyncio.FIRST_COMPLETED)
            over.cancel()
            assert not task.done(), task


async def stored(database: Database) -> list[int]:
    return [row.update_id for row in await inbox_rows(database)]


async def test_updates_are_stored_before_the_offset_moves(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[int]] = []

    async def batch(*raws: dict[str, Any]) -> list[dict[str, Any]]:
        seen.append(await stored(database))
        return list(raws)

    script = Script(lambda: batch(typed(7, ANNA), typed(9, BEN)), lambda: batch(typed(10, ANNA)), batch)
    watch = Watch(database, script, monkeypatch)
    await watch.until_finished(script)
    assert script.offsets == [None, "10", "11", "11"]
    assert seen == [[], [7, 9], [7, 9, 10]]
    assert watch.rang == 2
    assert watch.slept == []


async def test_it_asks_for_a_long_poll_and_for_what_the_coach_listens_to(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Script()
    await Watch(sqlite, script, monkeypatch).until_finished(script)
    (query,) = script.queries
    assert query == {"timeout": str(LONG_POLL_SECONDS), "allowed_updates": json.dumps(ALLOWED_UPDATES)}


async def test_what_could_not_be_stored_is_not_confirmed_and_fetched_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    raws = [typed(7, ANNA), typed(8, BEN)]
    script = Script(*[(200, raws)] * 4)
    watch = Watch(database, script, monkeypatch)
    with failing_commits(database, 3):
        await watch.until_finished(script)
    assert script.offsets == [None, None, None, None, "9"]
    assert await stored(database) == [7, 8]
    assert watch.rang == 1
    assert watch.slept == [1, 2, 4]


async def test_what_came_twice_is_kept_once(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script((200, [typed(7, ANNA)]), (200, [typed(7, ANNA), typed(8, ANNA)]))
    await Watch(sqlite, script, monkeypatch).until_finished(script)
    assert await stored(sqlite) == [7, 8]


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"message": {"text": "neither date nor chat"}},
        {"message": "no object"},
        {"callback_query": {"id": "1", "message": "gone"}},
        {"something_new": {"of": "Bot API 99"}},
        {"message": {"chat": {"id": "x"}, "text": "half an emoji \ud83d"}},
    ],
)
async def test_an_odd_update_does_not_lose_the_others(
    database: Database, monkeypatch: pytest.MonkeyPatch, odd: dict[str, Any]
) -> None:
    script = Script((200, [typed(7, ANNA), {"update_id": 8, **odd}, typed(9, BEN)]))
    watch = Watch(database, script, monkeypatch)
    await watch.until_finished(script)
    assert await stored(database) == [7, 8, 9]
    assert script.offsets == [None, "10"]
    assert watch.slept == []


RETRY_AFTER = {"description": "Too Many Requests: retry after 7", "parameters": {"retry_after": 7}}


@pytest.mark.parametrize(
    ("trouble", "slept"),
    [
        ((409, {"description": "Conflict: terminated by other getUpdates request"}), [LONGEST_BACKOFF]),
        pytest.param(
            (429, RETRY_AFTER),
            [7],
            marks=pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning"),
        ),
        ((500, {"description": "Internal Server Error"}), [1]),
        ((502, {"description": "Bad Gateway"}), [1]),
        ((400, {"description": "Bad Request: nonsense"}), [1]),
        ((403, {"description": "Forbidden: no"}), [1]),
        (NetworkError("httpx.ConnectError"), [1]),
        (TimedOut(), [1]),
        (RuntimeError("a defect in the client"), [1]),
        ((200, "no list"), [1]),
        ((200, [{"no": "id"}]), [1]),
    ],
)
async def test_what_passes_is_survived(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, trouble: Step, slept: list[float]
) -> None:
    script = Script((200, [typed(7, ANNA)]), trouble, (200, [typed(8, ANNA)]))
    watch = Watch(sqlite, script, monkeypatch)
    await watch.until_finished(script)
    assert watch.slept == slept
    assert script.offsets == [None, "8", "8", "9"]
    assert await stored(sqlite) == [7, 8]


async def test_a_flood_wait_given_as_a_duration_is_kept(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    script = Script((429, RETRY_AFTER))
    watch = Watch(sqlite, script, monkeypatch)
    await watch.until_finished(script)
    assert watch.slept == [7]


async def test_the_waits_grow_to_half_a_minute_and_start_anew_after_a_success(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = [NetworkError("down")] * 7
    script = Script(*trouble, (200, []), NetworkError("down"))
    watch = Watch(sqlite, script, monkeypatch)
    await watch.until_finished(script)
    assert watch.slept == [1, 2, 4, 8, 16, 30, 30, 1]


@pytest.mark.parametrize("code", [401, 404])
async def test_a_refused_token_ends_it(sqlite: Database, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    script = Script((200, [typed(7, ANNA)]), (code, {"description": "Unauthorized"}))
    watch = Watch(sqlite, script, monkeypatch)
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(watch.poller.run(), 5)
    assert await stored(sqlite) == [7]


async def test_with_the_double_a_failing_database_loses_nothing(
    database: Database, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The double forgets what was confirmed, as Telegram does: only a stored update may be."""

    class Telegram(Script):
        async def do_request(self, url: str, *args: Any, **others: Any) -> tuple[int, bytes]:
            query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
            await asyncio.sleep(0.001)
            result = api.call("getUpdates", {**query, "timeout": 0, "limit": 2})
            return 200, json.dumps({"ok": True, "result": result}).encode()

    sent = [api.say((ANNA, BEN, CARL)[number % 3], f"m{number}")["update_id"] for number in range(9)]
    watch = Watch(database, Telegram(), monkeypatch)
    store, dice = inbox.store, iter([1, 0, 1, 1, 0] * 20)

    async def failing(*args: Any) -> None:
        await store(*args)
        if next(dice):
            raise OSError("the disk is full")

    monkeypatch.setattr(inbox, "store", failing)
    async with watch.polling():
        await soon(lambda: not api.state.updates)
    assert await stored(database) == sent
