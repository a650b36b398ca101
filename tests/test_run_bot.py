"""Starting: the real process, from nothing to the first answer, and the one line it says when it cannot start."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest

from bot.phone.botapi import BotApi
from bot.phone.server import PhoneServer
from tests.telegram import MORNING

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def coach(folder: Path, **variables: str) -> AsyncIterator[asyncio.subprocess.Process]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COACH_")}
    environment = clean | {"COACH_DATA_DIR": str(folder), "COACH_PHONE_PORT": "0"} | variables
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "run_bot.py",
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def address_of(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert found, line
    return found[0]


async def answer_to(client: httpx.AsyncClient, text: str) -> str:
    rev = (await client.get("/phone/state?after=-1&wait=0")).json()["rev"]
    await client.post("/phone/say", json={"person": 1001, "text": text})
    for _ in range(20):
        state = (await client.get(f"/phone/state?after={rev}&wait=5")).json()
        rev = state["rev"]
        for message in state["messages"]:
            if message["from"] == "bot":
                return str(message["text"])
    raise AssertionError("no answer")


async def test_without_a_token_the_phone_answers_and_remembers_across_a_restart(tmp_path: Path) -> None:
    for visit in range(2):
        async with coach(tmp_path) as process:
            async with httpx.AsyncClient(base_url=await address_of(process), timeout=40, trust_env=False) as client:
                assert "知行" in (await client.get("/")).text
                said = (await client.get("/phone/state?after=-1&wait=0")).json()["messages"]
                assert len(said) == visit * 2
                assert "出处：《大客户经理素质》9.4" in await answer_to(client, "什么样的客户才算大客户")
            process.send_signal(signal.SIGTERM)
            _, log = await asyncio.wait_for(process.communicate(), 15)
            assert process.returncode == 0
            assert log.decode() == ""
            with closing(sqlite3.connect(tmp_path / "coach.sqlite3")) as database:
                assert database.execute("SELECT count(*) FROM account").fetchone() == (62,), "the demo book, once"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"COACH_TIME_ZONE": "Mars/Olympus"}, "COACH_TIME_ZONE"),
        ({"COACH_WEBHOOK_URL": "https://coach.example"}, "COACH_WEBHOOK_SECRET"),
    ],
)
async def test_a_wrong_setting_is_said_in_both_languages(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    async with coach(tmp_path, **variables) as process:
        _, error = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 2
    assert words in error.decode()
    assert error.decode().count("\n") == 2, "once in each language"


async def test_a_refused_token_is_said_in_one_line_that_does_not_show_it(tmp_path: Path) -> None:
    server = PhoneServer(BotApi("123456:the-right-one", now=lambda: MORNING))
    await server.start()
    wrong = "987654:AAthe-wrong-token-of-thirty-five-chars"
    async with coach(tmp_path, COACH_TELEGRAM_TOKEN=wrong, COACH_TELEGRAM_API=server.url) as process:
        _, error = await asyncio.wait_for(process.communicate(), 60)
    await server.stop()
    assert process.returncode == 2
    assert "COACH_TELEGRAM_TOKEN" in error.decode()
    assert "wrong-token" not in error.decode()
    assert error.decode().count("\n") == 1
