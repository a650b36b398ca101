"""A phone with three people, its clock in the test's hand; served over HTTP where a test asks for it."""

from __future__ import annotations

import datetime as dtm
import struct
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.phone.botapi import BotApi, Persona
from bot.phone.server import PhoneServer

TOKEN = "700000001:test-token"
START = dtm.datetime(2026, 3, 2, 8, 30, tzinfo=dtm.UTC)
WANG, LILY, LEAD = 1001, 1002, 1003
PEOPLE = [
    Persona(WANG, "王小明", "manager"),
    Persona(LILY, "Lily", "manager", "en", "lily"),
    Persona(LEAD, "赵主管", "lead"),
]


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.shift = dtm.timedelta()

    def now(self) -> dtm.datetime:
        return START + self.shift

    def pass_by(self, seconds: float) -> None:
        self.shift += dtm.timedelta(seconds=seconds)

    def move_to(self, instant: dtm.datetime) -> None:
        self.shift = instant - START

    def reset(self) -> None:
        self.shift = dtm.timedelta()


def png(width: int = 4, height: int = 3) -> bytes:
    """A real PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x7f" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080010002001011100ffd9")
"""Headers of a JPEG of 32 by 16."""


def bot_for(server: PhoneServer, read_timeout: float = 5) -> Bot:
    """A real python-telegram-bot `Bot` that talks to the server."""
    request = HTTPXRequest(connection_pool_size=16, read_timeout=read_timeout)
    return Bot(TOKEN, base_url=server.base_url, base_file_url=server.base_file_url, request=request)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def new_api(clock: HandClock) -> Callable[..., BotApi]:
    def make(**options: object) -> BotApi:
        return BotApi(TOKEN, now=clock.now, **{"personas": PEOPLE, "record_calls": True, **options})  # type: ignore[arg-type]

    return make


@pytest.fixture
def api(new_api: Callable[..., BotApi]) -> BotApi:
    """A phone on which Wang and the lead have started the bot and Lily has not."""
    made = new_api()
    made.start(WANG)
    made.start(LEAD)
    made.state.updates.clear()
    return made


@pytest.fixture
async def server(api: BotApi, clock: HandClock) -> AsyncIterator[PhoneServer]:
    running = PhoneServer(api, clock=clock)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def bot(server: PhoneServer) -> AsyncIterator[Bot]:
    async with bot_for(server) as made:
        yield made
