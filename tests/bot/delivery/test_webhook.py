"""The webhook: only with the secret, only updates, and 200 only for what is committed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from bot.clock import Clock
from bot.database import Database
from bot.delivery.webhook import LARGEST_BODY, PATH, SECRET_HEADER, webhook_app
from tests.bot.delivery.conftest import ANNA, BEN, failing_commits, inbox_rows, typed

SECRET = "s3cret-of_the-webhook"


class Hook:
    """The webhook as Telegram sees it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        app = webhook_app(database, Clock(), SECRET, on_stored=self._ring)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://coach")
        self.rang = 0

    def _ring(self) -> None:
        self.rang += 1

    async def post(self, content: Any, secret: str | bytes | None = SECRET, **headers: str) -> int:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        given: dict[str, Any] = {**headers} if secret is None else {**headers, SECRET_HEADER: secret}
        return (await self.client.post(PATH, content=body, headers=given)).status_code

    async def stored(self) -> list[int]:
        return [row.update_id for row in await inbox_rows(self.database)]


@pytest.fixture
async def hook(database: Database) -> AsyncIterator[Hook]:
    hook = Hook(database)
    yield hook
    await hook.client.aclose()


async def test_an_update_is_stored_and_the_order_woken(hook: Hook) -> None:
    assert await hook.post(typed(7, ANNA, "改天")) == 200
    (row,) = await inbox_rows(hook.database)
    assert (row.update_id, row.chat_id, json.loads(row.payload)) == (7, ANNA, typed(7, ANNA, "改天"))
    assert hook.rang == 1


@pytest.mark.parametrize(
    "secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "密".encode(), b"\xff\x00"[:1]]
)
async def test_without_the_secret_nothing_is_let_in(hook: Hook, secret: str | bytes | None) -> None:
    assert await hook.post(typed(7, ANNA), secret) == 403
    assert await hook.post(b"garbage", secret) == 403
    assert await hook.stored() == []
    assert hook.rang == 0


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[" * 100_000,
        b"7",
        b'"update_id"',
        b"[]",
        b'[{"update_id": 1}]',
        b"{}",
        b'{"update_id": null}',
        b'{"update_id": "7"}',
        b'{"update_id": 7.5}',
        b'{"update_id": {}}',
    ],
)
async def test_what_is_no_update_is_refused(hook: Hook, garbage: bytes) -> None:
    assert await hook.post(garbage) == 400
    assert await hook.stored() == []
    assert hook.rang == 0


async def test_what_is_too_large_is_refused(hook: Hook) -> None:
    large = json.dumps(typed(7, ANNA, "x" * LARGEST_BODY)).encode()
    assert await hook.post(large) == 413

    async def in_pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(large), 100_000):
            yield large[at : at + 100_000]

    answer = await hook.client.post(PATH, content=in_pieces(), headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 413
    assert await hook.stored() == []
    fits = json.dumps(typed(8, ANNA)).encode().ljust(LARGEST_BODY)
    assert await hook.post(fits) == 200


async def test_an_odd_update_is_stored_too(hook: Hook) -> None:
    assert await hook.post({"update_id": 7, "callback_query": {"message": "gone"}}) == 200
    assert await hook.post({"update_id": 8, "message": {"text": "\ud83d"}}) == 200
    assert await hook.post({"update_id": 9}) == 200
    assert await hook.stored() == [7, 8, 9]


async def test_an_update_that_comes_again_is_answered_and_kept_once(hook: Hook) -> None:
    assert await hook.post(typed(7, ANNA, "first")) == 200
    assert await hook.post(typed(7, BEN, "again")) == 200
    (row,) = await inbox_rows(hook.database)
    assert json.loads(row.payload)["message"]["text"] == "first"


async def test_an_update_that_could_not_be_committed_is_not_confirmed(hook: Hook) -> None:
    with failing_commits(hook.database):
        assert await hook.post(typed(7, ANNA)) == 500
    assert await hook.stored() == []
    assert hook.rang == 0
    assert await hook.post(typed(7, ANNA)) == 200
    assert await hook.stored() == [7]


async def test_the_answer_and_the_wake_up_come_after_the_commit(database: Database) -> None:
    seen: list[str] = []
    app = webhook_app(database, Clock(), SECRET, on_stored=lambda: seen.append("woken"))
    event.listen(database.engine.sync_engine, "commit", lambda _: seen.append("committed"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://coach") as client:
        answer = await client.post(PATH, json=typed(7, ANNA), headers={SECRET_HEADER: SECRET})
    seen.append(str(answer.status_code))
    assert seen == ["committed", "woken", "200"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_posts_to_the_one_address_are_heard(hook: Hook, method: str) -> None:
    headers = {SECRET_HEADER: SECRET}
    assert (await hook.client.request(method, PATH, headers=headers)).status_code == 405
    assert (await hook.client.post("/", json=typed(7, ANNA), headers=headers)).status_code == 404
    assert await hook.stored() == []
