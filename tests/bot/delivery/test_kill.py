"""The real process is killed again and again while people write and reminders fall due.

Nothing is lost, hardly anything comes twice, order is kept.

Telegram is the local Bot API over HTTP. For a long run: `python -m tests.bot.delivery.test_kill 200`.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dtm
import importlib
import itertools
import os
import random
import signal
import socket
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.database import Database
from bot.http_server import LoopServer
from bot.models import (
    Kind,
    Membership,
    MessageState,
    OutboxMessage,
    Person,
    Question,
    RawUpdate,
    Role,
    Team,
    UpdateState,
)
from bot.phone.bell import Bell
from bot.phone.botapi import BotApi, Faults, Persona
from bot.phone.server import phone_app
from bot.services import reminders, schedules
from tests.bot.delivery.conftest import said
from tests.telegram import TOKEN, Stage

KILLS = 5
"""Deaths in one run."""

RATE = 20
"""Messages a second, over all chats, also while nobody is there to answer."""

PATIENCE = 100
"""Messages without an answer at which people wait before they write more, so that a long run stays a run."""

WAY_THERE_S = 0.03
"""How long a request is on its way to Telegram: who dies in this time is not heard."""

WAY_BACK_S = 0.03
"""How long the answer is on its way: who dies in this time has been heard, and will say it again."""

CHATS = range(101, 107)
REMINDED = range(201, 241)
"""Chats that only listen: each is reminded once, at its own moment."""

REMINDING_S = 12.0
"""The time over which the reminders fall due."""

RUN_BOT = Path(__file__).parents[3] / "run_bot.py"
ALIVE_S, QUIET_S, END_S = 30.0, 30.0, 5.0
SECRET = "kill-test"

Act = Callable[[BotApi, int, int], dict[str, Any]]


def question(number: int) -> str:
    return f"zzqx {number} wvvk"


ACTS: dict[str, Act] = {
    "help": lambda api, chat, _: api.say(chat, "/help"),
    "language": lambda api, chat, _: api.say(chat, "/language"),
    "nonsense": lambda api, chat, _: api.say(chat, "/nonsense"),
    "symbols": lambda api, chat, _: api.say(chat, "？！"),
    "sticker": lambda api, chat, _: api.sticker(chat),
    "voice": lambda api, chat, _: api.voice(chat),
    "forward": lambda api, chat, _: api.forward(chat, "words", "somebody"),
    "question": lambda api, chat, number: api.say(chat, question(number)),
}
"""What people do, each with an answer of its own, so that the answers tell what they answer."""


@dataclass
class Figures:
    """What a run came to. `in_flight` and `repeats` count messages of the coach by their row in the outbox."""

    messages: int = 0
    reminders: int = 0
    deaths: int = 0
    in_flight: Counter[int] = field(default_factory=Counter)
    repeats: Counter[int] = field(default_factory=Counter)
    took_to_end: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.messages} messages, {self.reminders} reminders, {self.deaths} deaths, "
            f"{self.in_flight.total()} in flight at a death, lost 0, repeated {self.repeats.total()}"
        )


class Siege:
    """A process that answers, people who write to it, and somebody who kills it."""

    def __init__(self, database_url: str, webhook: bool, folder: Path, seed: int) -> None:
        self.database = Database(database_url)
        people = [Persona(one, f"P{one}", "manager") for one in (*CHATS, *REMINDED)]
        self.api = BotApi(TOKEN, now=Clock().now, personas=people)
        for one in REMINDED:
            self.api.start(one)
        self.api.state.updates.clear()
        self.api.faults = Faults(delay_s=WAY_BACK_S)
        self.bells = (Bell(), Bell())
        self.server = LoopServer(long_way(phone_app(self.api, bells=self.bells)))
        self.port = 0
        self.dice = random.Random(seed)
        self.figures = Figures()
        self.sent: dict[int, list[str]] = {chat: [] for chat in CHATS}
        self.updates: list[int] = []
        self.questions: list[str] = []
        self.folder = folder
        self.log = folder / "coach.log"
        self._webhook_port = free_port() if webhook else None
        self._url = database_url

    @contextlib.asynccontextmanager
    async def ready(self) -> AsyncIterator[None]:
        """Telegram's double runs, and the people have been let in."""
        await self.database.migrate()
        async with self.database.begin() as session:
            for chat in CHATS:
                session.add(
                    Person(
                        telegram_id=chat,
                        name=f"P{chat}",
                        role=Role.MANAGER,
                        time_zone="UTC",
                        joined_at=Clock().system(),
                        choices={"off": list(Kind)},
                    )
                )
            await plan_reminders(session, Clock().system())
        self.port = await self.server.start()
        feeding = asyncio.create_task(self._feed())
        try:
            yield
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)
            for bell in self.bells:
                bell.mute()
            await self.server.stop()
            await self.database.close()

    @contextlib.asynccontextmanager
    async def process(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The coach as it is started in production."""
        environment = {
            "PATH": os.environ["PATH"],
            "COACH_TELEGRAM_TOKEN": TOKEN,
            "COACH_TELEGRAM_API": f"http://127.0.0.1:{self.port}",
            "COACH_DATA_DIR": str(self.folder),
            "COACH_DATABASE_URL": self._url,
            "COACH_SEND_RATE": "10000",
            "COACH_CHAT_RATE": "10000",
        }
        if self._webhook_port:
            environment |= {
                "COACH_WEBHOOK_URL": f"http://127.0.0.1:{self._webhook_port}",
                "COACH_WEBHOOK_SECRET": SECRET,
                "COACH_WEBHOOK_PORT": str(self._webhook_port),
            }
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, str(RUN_BOT), env=environment, cwd=self.folder, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def alive(self, process: asyncio.subprocess.Process) -> None:
        """Wait until the process has begun to answer."""
        before = self._answers()
        await self._until(lambda: self._answers() > before or process.returncode is not None, ALIVE_S)
        assert process.returncode is None, self.log.read_text()

    async def die(self, process: asyncio.subprocess.Process, how: signal.Signals) -> None:
        """End the process, and note what was on its way just then."""
        began = time.monotonic()
        process.send_signal(how)
        await asyncio.wait_for(process.wait(), END_S)
        self.figures.took_to_end.append(time.monotonic() - began)
        self.figures.deaths += 1
        if self.database.is_sqlite:
            assert integrity(self.folder / "coach.sqlite3") == "ok"
        async with self.database.begin() as session:
            sending = select(OutboxMessage.id).where(OutboxMessage.state == MessageState.SENDING)
            self.figures.in_flight.update((await session.scalars(sending)).all())
            if not self.database.is_sqlite:
                # As though two minutes had passed: beside other processes only the lease tells who is gone.
                await session.execute(
                    update(OutboxMessage)
                    .where(OutboxMessage.state == MessageState.SENDING)
                    .values(lease_until=OutboxMessage.created_at)
                )

    async def quiet(self) -> None:
        """Let people stop writing, and wait until everything is answered, for as long as something still moves."""
        self._feeding = False
        seen, deadline = None, time.monotonic() + QUIET_S
        while time.monotonic() < deadline:
            async with self.database.read() as session:
                known = len((await session.scalars(select(RawUpdate.update_id))).all())
                waiting = select(RawUpdate.update_id).where(RawUpdate.state == UpdateState.PENDING)
                owed = select(OutboxMessage.id).where(OutboxMessage.state.in_(["pending", "sending"]))
                left = [*(await session.scalars(waiting)).all(), *(await session.scalars(owed)).all()]
                reminded = (await reminders.tally(session, dtm.datetime.min.replace(tzinfo=dtm.UTC))).sent
            if known == len(self.updates) and not left and reminded == len(REMINDED):
                return
            if seen != (seen := (known, len(left), reminded)):
                deadline = time.monotonic() + QUIET_S
            await asyncio.sleep(0.1)
        pytest.fail(
            f"nothing moved for {QUIET_S} s: {len(self.updates) - known} not stored, {len(left)} waiting, "
            f"{len(REMINDED) - reminded} not reminded"
        )

    async def check(self) -> None:
        """Everything is stored, done and answered, in order, and repeated only where it was in flight at a death."""
        answers = await right_answers(self.folder / "calm", self.questions)
        async with self.database.read() as session:
            inbox = (await session.scalars(select(RawUpdate).order_by(RawUpdate.update_id))).all()
            outbox = (await session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))).all()
            asked = (await session.scalars(select(Question.text))).all()
        assert [row.update_id for row in inbox] == self.updates
        assert {row.state for row in inbox} == {UpdateState.DONE}
        assert {row.state for row in outbox} == {MessageState.SENT}
        assert sorted(asked) == sorted(self.questions), "an effect is missing, or happened twice"
        for chat, acts in self.sent.items():
            heard = [(text, len(list(same))) for text, same in itertools.groupby(said(self.api, chat))]
            assert [text for text, _ in heard] == [answers[act] for act in acts], f"lost or out of order in chat {chat}"
            rows = [row.id for row in outbox if row.chat_id == chat]
            for row, (_, times) in zip(rows, heard, strict=True):
                if times > 1:
                    self.figures.repeats[row] = times - 1
        for chat in REMINDED:
            (row,) = [row.id for row in outbox if row.chat_id == chat]
            told = said(self.api, chat)
            assert len(set(told)) == 1, f"not reminded once in chat {chat}"
            self.figures.reminders += 1
            if len(told) > 1:
                self.figures.repeats[row] = len(told) - 1
        assert self.figures.repeats <= self.figures.in_flight, "repeated without having been in flight at a death"
        log = self.log.read_text()
        assert "[error" not in log
        assert "Traceback" not in log
        assert TOKEN not in log
        assert "zzqx" not in log

    def _answers(self) -> int:
        return sum(record.from_bot for record in self.api.state.messages.values())

    async def _until(self, ready: Callable[[], bool], seconds: float) -> None:
        async with asyncio.timeout(seconds):
            while not ready():
                await asyncio.sleep(0.005)

    async def _feed(self) -> None:
        self._feeding, last = True, dict.fromkeys(CHATS, "")
        for number in itertools.count():
            if not self._feeding:
                return
            chat = self.dice.choice(CHATS)
            act = self.dice.choice([name for name in ACTS if name != last[chat]])
            last[chat] = act
            raw = ACTS[act](self.api, chat, number)
            if act == "question":
                act = question(number)
                self.questions.append(act)
            self.sent[chat].append(act)
            self.updates.append(raw["update_id"])
            self.figures.messages += 1
            await asyncio.sleep(1 / RATE)
            while self.figures.messages - self._answers() > PATIENCE:
                await asyncio.sleep(0.01)


async def plan_reminders(session: AsyncSession, now: dtm.datetime) -> None:
    """Let each chat of REMINDED have a morning prompt within the next REMINDING_S, whatever day it is."""
    days = {str(now.date() + dtm.timedelta(days=ahead)): True for ahead in range(2)}
    team = Team(name="reminded", overrides={"days_off": days}, created_at=now)
    session.add(team)
    await session.flush()
    others = [kind for kind in Kind if kind != Kind.MORNING]
    for number, chat in enumerate(REMINDED):
        at = now + dtm.timedelta(seconds=(number + 1) * REMINDING_S / len(REMINDED))
        quiet = {"quiet_from": "00:00", "quiet_until": "00:00"}
        person = Person(
            telegram_id=chat,
            name=f"P{chat}",
            role=Role.MANAGER,
            time_zone="UTC",
            joined_at=now,
            choices=quiet | {"morning_at": str(at.time()), "off": others},
        )
        session.add(person)
        await session.flush()
        session.add(Membership(person_id=person.id, team_id=team.id))
        await schedules.arrange(session, person, now)


def long_way(telegram: Any) -> Any:
    """Telegram behind a slow line, on which the request of whoever hangs up gets lost."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/sendMessage"):
            await telegram(scope, receive, send)
            return
        parts = [await receive()]
        while parts[-1].get("more_body"):
            parts.append(await receive())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAY_THERE_S):
                await receive()
            return

        async def heard() -> Any:
            return parts.pop(0) if parts else await receive()

        await telegram(scope, heard, send)

    return app


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def integrity(file: Path) -> str:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


async def right_answers(folder: Path, questions: list[str]) -> dict[str, str]:
    """What the coach says to each act, and to each of these questions, where nobody kills it."""
    acts = {name: act for name, act in ACTS.items() if name != "question"}
    async with Stage(folder) as stage:
        chatter = stage.person(1001)
        found = {name: await chatter.does(lambda act=act: act(stage.api, 1001, 0)) for name, act in acts.items()}
        assert len({answers[0] for answers in found.values()}) == len(acts), "answers must differ"
        found |= {words: await chatter.says(words) for words in questions}
    assert {len(answers) for answers in found.values()} == {1}
    return {name: answers[0] for name, answers in found.items()}


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_at_any_moment_nothing_is_lost_and_little_repeated(
    database_url: str, mode: str, tmp_path: Path
) -> None:
    siege = Siege(database_url, mode == "webhook", tmp_path, seed=11)
    async with siege.ready():
        for number in range(KILLS):
            async with siege.process() as process:
                if number % 5 == 3:
                    # Also while it is still starting.
                    await asyncio.sleep(siege.dice.uniform(0.2, 2))
                else:
                    await siege.alive(process)
                    await asyncio.sleep(siege.dice.uniform(0, 0.6))
                await siege.die(process, signal.SIGKILL)
        async with siege.process():
            await siege.quiet()
        await siege.check()
    if siege.database.is_sqlite:
        assert integrity(tmp_path / "coach.sqlite3") == "ok"
    sys.stderr.write(f"\n{mode}: {siege.figures}\n")


@pytest.mark.parametrize(
    ("database_url", "mode"), [("sqlite", "polling"), ("postgresql", "webhook")], indirect=["database_url"]
)
async def test_told_to_end_it_ends_soon_with_nothing_lost_or_repeated(
    database_url: str, mode: str, tmp_path: Path
) -> None:
    siege = Siege(database_url, mode == "webhook", tmp_path, seed=12)
    async with siege.ready():
        for _ in range(2):
            async with siege.process() as process:
                await siege.alive(process)
                await asyncio.sleep(siege.dice.uniform(0, 0.3))
                await siege.die(process, signal.SIGTERM)
                assert process.returncode == 0, siege.log.read_text()
        async with siege.process():
            await siege.quiet()
        await siege.check()
    assert siege.figures.repeats == {}
    sys.stderr.write(f"\n{mode}: {siege.figures}, ended after {max(siege.figures.took_to_end):.2f} s\n")


if __name__ == "__main__":
    # The module that pytest will find under this name, not this one, which is called __main__.
    vars(importlib.import_module("tests.bot.delivery.test_kill"))["KILLS"] = int(sys.argv[1])
    sys.exit(pytest.main(["-s", "-W", "ignore::pytest.PytestAssertRewriteWarning", "-k", "killed", __file__]))
