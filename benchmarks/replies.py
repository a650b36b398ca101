"""Replies: the whole coach (inbox, turn, search, outbox, sender) beside a bare python-telegram-bot echo.

Both run as processes of their own against the same local Bot API over HTTP, one after the other and again.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.database import Database
from bot.models import Person, Role
from bot.phone.botapi import BotApi, Call, Persona
from bot.phone.server import PhoneServer

TOKEN = "123456:benchmark-token-without-any-power"
CHATS = 100
AT_ONCE = 800
"""Messages offered at once for the throughput."""

RATE = 30
"""Messages a second offered for the latency: Telegram's own ceiling."""

SECONDS = 10
ROUNDS = 3
QUESTIONS = ("客户催我马上答应怎么办", "什么样的才算大客户", "一天该跑多少家", "what if a client praises a rival")
ECHO = [sys.executable, "-m", "benchmarks.echo_bot"]
COACH = [sys.executable, "run_bot.py"]


class Watch(BotApi):
    """A Bot API that notes when each chat's answer arrives, in order."""

    def __init__(self) -> None:
        people = [Persona(10_000 + number, f"P{number}", "manager", "zh-hans", None) for number in range(CHATS)]
        super().__init__(TOKEN, now=Clock().system, personas=people)
        self.asked: dict[int, deque[float]] = defaultdict(deque)
        self.latencies: list[float] = []
        self.last = 0.0

    def ask(self, number: int) -> None:
        """Let one person ask one question."""
        chat = 10_000 + number % CHATS
        self.asked[chat].append(time.perf_counter())
        self.say(chat, QUESTIONS[number % len(QUESTIONS)])

    def call(self, method: str, params: Call | dict, files: dict | None = None) -> object:  # type: ignore[type-arg,override]
        """Answer the bot, and note the time of an answer."""
        result = super().call(method, params, files)  # type: ignore[arg-type]
        if method == "sendMessage":
            self.last = time.perf_counter()
            self.latencies.append(self.last - self.asked[result["chat"]["id"]].popleft())
        return result


@dataclass(frozen=True)
class Figures:
    """What one run of one bot showed: replies a second, latencies in ms at RATE, start-up in s, memory in MiB."""

    per_second: float
    p50: float
    p95: float
    start: float
    memory: float


@asynccontextmanager
async def running(command: list[str], api: BotApi, folder: Path) -> AsyncIterator[tuple[int, float]]:
    """The bot's process while it runs: its id, and the seconds until it was ready to poll."""
    server = PhoneServer(api)
    await server.start()
    environment = os.environ | {
        "COACH_TELEGRAM_TOKEN": TOKEN,
        "COACH_TELEGRAM_API": server.url,
        "COACH_DATA_DIR": str(folder),
        "COACH_SEND_RATE": "100000",
        "COACH_CHAT_RATE": "100000",
        "COACH_LOG_LEVEL": "WARNING",
    }
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        api.calls = []
        # Both bots ask for this last, just before their first poll.
        while not any(call.method == "deleteWebhook" for call in api.calls):
            await asyncio.sleep(0.01)
        api.calls = None
        yield process.pid, time.perf_counter() - begun
    finally:
        process.terminate()
        await process.wait()
        await server.stop()


async def seed(folder: Path) -> None:
    """Let everybody in, so that the coach answers."""
    database = Database(f"sqlite:///{folder / 'coach.sqlite3'}")
    await database.migrate()
    async with database.begin() as session:
        for number in range(CHATS):
            joined = dtm.datetime(2026, 11, 1, tzinfo=dtm.UTC)
            session.add(
                Person(telegram_id=10_000 + number, name="P", role=Role.MANAGER, time_zone="UTC", joined_at=joined)
            )
    await database.close()


def memory_of(pid: int) -> float:
    """Resident memory of a process in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


async def until(done: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not done():
            await asyncio.sleep(0.005)


async def measure(command: list[str]) -> Figures:
    """One run of one bot: all at once, then at a steady rate."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await seed(folder)
        api = Watch()
        async with running(command, api, folder) as (pid, start):
            begun = time.perf_counter()
            for number in range(AT_ONCE):
                api.ask(number)
            await until(lambda: len(api.latencies) == AT_ONCE)
            per_second = AT_ONCE / (api.last - begun)
            api.latencies.clear()
            begun = time.perf_counter()
            for number in range(RATE * SECONDS):
                await asyncio.sleep(max(0.0, begun + number / RATE - time.perf_counter()))
                api.ask(number)
            await until(lambda: len(api.latencies) == RATE * SECONDS)
            cuts = statistics.quantiles(api.latencies, n=100)
            return Figures(per_second, cuts[49] * 1000, cuts[94] * 1000, start, memory_of(pid))


def main() -> None:
    """Run both bots by turns and print medians and the ratios pair by pair."""
    runs: dict[str, list[Figures]] = {"coach": [], "echo": []}
    for _ in range(ROUNDS):
        runs["coach"].append(asyncio.run(measure(COACH)))
        runs["echo"].append(asyncio.run(measure(ECHO)))
    print(f"replies ({AT_ONCE} at once from {CHATS} chats; latency at {RATE}/s; median of {ROUNDS})")
    for name, figures in runs.items():
        row = Figures(
            *(
                statistics.median(getattr(figure, field) for figure in figures)
                for field in ("per_second", "p50", "p95", "start", "memory")
            )
        )
        print(
            f"  {name:<6} {row.per_second:6.0f}/s  p50 {row.p50:6.1f} ms  p95 {row.p95:6.1f} ms"
            f"  start {row.start:5.2f} s  {row.memory:5.0f} MiB"
        )
    ratios = [coach.per_second / echo.per_second for coach, echo in zip(runs["coach"], runs["echo"], strict=True)]
    print(f"  coach : echo, replies a second x{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")


if __name__ == "__main__":
    main()
