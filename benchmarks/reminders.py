"""Reminders: managers whose morning falls due in the same minute, and somebody who asks a question meanwhile.

One process with the real coach on SQLite, its sender at Telegram's pace; the Bot API answers at once. First with a
light text, then with the real morning prompt of people with a book.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from bot.application import Coach
from bot.clock import Clock
from bot.delivery import inbox
from bot.jobs.composers import COMPOSERS
from bot.jobs.reminders import SCHEDULES, Composer, Occasion
from bot.models import Account, Kind, OutboxMessage, Person, Proposal, Role, Tier, Visit
from bot.phone.botapi import BotApi, Persona
from bot.replies import Say
from bot.services import flags, schedules
from bot.services.proposals import Reason
from bot.settings import Settings
from knowledge.library import Library
from knowledge.search import Search
from tests.telegram import TOKEN, InProcess, worker

DAY, HOUR = dtm.timedelta(days=1), dtm.timedelta(hours=1)
BEFORE = dtm.datetime(2026, 11, 23, 0, 0, tzinfo=dtm.UTC)
MORNING = BEFORE + HOUR / 2
"""Monday, 08:30 in Shanghai."""

NIGHT = BEFORE - 6.5 * HOUR
"""01:30, when the rules look at everybody."""

ASKER = 1
QUESTION = "客户催我马上答应怎么办"
ASK_EVERY_S = 1.5
"""Longer than Telegram's second for one chat, which would be measured else."""

CALM_S, RUSH_S = 15.0, 30.0
"""Seconds of asking before the rush, and for which sending at Telegram's pace is measured."""

ACCOUNTS, VISITS = 20, 40
"""What a manager of the real prompt has, in the last eight weeks."""

GROUP = 500


@dataclass(frozen=True)
class Figures:
    """Seconds of planning, prompts composed and sent a second; p95 of a question in ms, before and meanwhile.

    `processor` is the ms of processor time for each prompt, with its sending and the questions that were answered.
    """

    tick: float
    composed: float
    processor: float
    sent: float
    calm: float
    rush: float


async def light(_occasion: Occasion) -> Sequence[Say]:
    """A prompt that costs hardly anything to compose."""
    return [Say("<b>早上好！</b> 建议今天 6 家。")]


class Quick(BotApi):
    """A Bot API that keeps no messages and notes when the asker is answered."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(TOKEN, now=clock.now, personas=[Persona(ASKER, "P", "manager", "zh-hans", None)])
        self.answered = asyncio.Event()
        self.sent = 0

    def call(self, method: str, params: Any, files: Any = None) -> Any:
        """Answer the bot."""
        if method != "sendMessage":
            return super().call(method, params, files)
        self.sent += 1
        if int(params["chat_id"]) == ASKER:
            self.answered.set()
        chat = {"id": params["chat_id"], "type": "private"}
        return {"message_id": self.sent, "date": 1_790_000_000, "chat": chat, "text": "x"}


async def measure(people: int, composers: Mapping[str, Composer], *, with_books: bool) -> Figures:
    """One rush."""
    with tempfile.TemporaryDirectory() as name:
        clock = Clock()
        clock.move_to(BEFORE)
        api = Quick(clock)
        here = InProcess(api)
        library = Library.load()
        coach = Coach(
            Settings(_env_file=None, data_dir=Path(name)),
            clock,
            TOKEN,
            api="http://bot.api",
            library=library,
            search=Search(library.articles.values()),
            worker=worker(),
            request=lambda _: here,
            composers=composers,
        )
        await coach.prepare()
        await seed(coach, people, with_books=with_books)
        await coach.connect()
        tasks = [asyncio.create_task(coach.sender.run()), asyncio.create_task(coach.order.run())]
        try:
            return await _rush(coach, api, people)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await coach.close()


async def _rush(coach: Coach, api: Quick, people: int) -> Figures:
    calm = await _asking(coach, api, lambda began: time.perf_counter() - began > CALM_S)
    coach.clock.move_to(MORNING)
    began, planned = time.perf_counter(), 1
    while planned:
        async with coach.database.begin() as session:
            planned = await schedules.tick(session, coach.clock.now(), SCHEDULES)
    tick = time.perf_counter() - began
    told, ended = asyncio.create_task(_compose(coach, people)), list[float]()
    before, busy = api.sent, time.process_time()
    told.add_done_callback(lambda _: ended.append(time.process_time()))
    rush = await _asking(coach, api, lambda began: told.done() and time.perf_counter() - began > RUSH_S)
    sent = (api.sent - before - len(rush)) / sum_of(rush)
    return Figures(tick, people / await told, (ended[0] - busy) / people * 1000, sent, p95(calm), p95(rush))


def sum_of(latencies: Sequence[float]) -> float:
    """Seconds that asking so often took."""
    return sum(max(ASK_EVERY_S, latency) for latency in latencies)


def p95(latencies: Sequence[float]) -> float:
    """95 of 100 were quicker, in ms."""
    return statistics.quantiles(latencies, n=20)[-1] * 1000


async def _compose(coach: Coach, people: int) -> float:
    """Let the job take all that is due; return the seconds."""
    began = time.perf_counter()
    job = asyncio.create_task(coach.reminders.run())
    while not job.done():
        await asyncio.wait([job], timeout=15)
        async with coach.database.read() as session:
            queued = await session.scalar(select(func.count()).where(OutboxMessage.key.like("morning:%")))
        sys.stderr.write(f"  … {queued} of {people} composed after {time.perf_counter() - began:.0f} s\n")
    await job
    return time.perf_counter() - began


async def _asking(coach: Coach, api: Quick, enough: Callable[[float], bool]) -> list[float]:
    """Ask a question now and then until it is enough; return the seconds that each answer took."""
    latencies = []
    began = time.perf_counter()
    while not enough(began):
        asked = time.perf_counter()
        api.answered.clear()
        api.say(ASKER, QUESTION)
        raws = api.call("getUpdates", {"offset": 0, "timeout": 0})
        api.state.updates.clear()
        async with coach.database.begin() as session:
            await inbox.store(session, raws, coach.clock.now())
        coach.order.wake.set()
        async with asyncio.timeout(120):
            await api.answered.wait()
        latencies.append(time.perf_counter() - asked)
        await asyncio.sleep(max(0.0, ASK_EVERY_S - latencies[-1]))
    return latencies


async def seed(coach: Coach, people: int, *, with_books: bool) -> None:
    """Let everybody in, each with nothing but a morning prompt; the asker with none."""
    others = [kind for kind in Kind if kind != Kind.MORNING]
    for start in range(0, people + 1, GROUP):
        async with coach.database.begin() as session:
            made = [
                Person(
                    telegram_id=ASKER if number == 0 else 10_000 + number,
                    name=f"P{number}",
                    role=Role.MANAGER,
                    time_zone="Asia/Shanghai",
                    joined_at=BEFORE - 60 * DAY,
                    evaluate_at=BEFORE + 2 * DAY,
                    choices={"off": others if number else list(Kind)},
                )
                for number in range(start, min(start + GROUP, people + 1))
            ]
            session.add_all(made)
            await session.flush()
            if with_books:
                for person in made:
                    await _add_book(session, person)
    await coach.reminders.arrange()


async def _add_book(session: Any, person: Person) -> None:
    accounts = [
        {"person_id": person.id, "name": f"{person.name}-{number}", "tier": tier, "created_at": person.joined_at}
        for number, tier in zip(range(ACCOUNTS), [Tier.A, *[Tier.B] * 2, *[Tier.C] * 7] * 2, strict=True)
    ]
    ids = (await session.scalars(insert(Account).returning(Account.id), accounts)).all()
    visits = [
        {
            "person_id": person.id,
            "account_id": ids[number % ACCOUNTS],
            "day": (BEFORE - (number % 55 + 1) * DAY).date(),
            "kind": "visit",
            "outcome": "none",
            "text": "看了陈列",
        }
        for number in range(VISITS)
    ]
    await session.execute(insert(Visit), visits)
    # What the look of the night found, so that the morning asks no rules.
    reasons = [
        Reason(account_id, "contact_overdue", 30 - place, "", {"days_since_contact": 20}).as_json()
        for place, account_id in enumerate(ids[::2])
    ]
    kept = {"day": BEFORE.date(), "made_at": NIGHT, "rule_set": "x", "reasons": reasons}
    await session.execute(insert(Proposal).values(person_id=person.id, **kept))
    person.evaluate_at = flags.next_look(person, NIGHT)


def main() -> None:
    """Print the rushes beside Telegram's limit."""
    limit = Settings(_env_file=None).send_rate
    print(f"reminders (one process, SQLite; Telegram lets {limit:.0f} messages a second through)")
    runs: list[tuple[str, int, Mapping[str, Composer], bool]] = [
        ("light text", 1_000, {Kind.MORNING: light}, False),
        ("light text", 10_000, {Kind.MORNING: light}, False),
        ("morning prompt", 1_000, COMPOSERS, True),
    ]
    for what, people, composers, with_books in runs:
        found = asyncio.run(measure(people, composers, with_books=with_books))
        print(
            f"  {what}, {people:>6} managers: planned in {found.tick:.2f} s; composed {found.composed:.0f}/s"
            f" = x{found.composed / limit:.1f} of the limit, {found.processor:.0f} ms of processor each;"
            f" handed over {found.sent:.1f}/s = x{found.sent / limit:.2f};"
            f" a question meanwhile p95 {found.rush:.0f} ms (calm {found.calm:.0f} ms, x{found.rush / found.calm:.1f})",
            flush=True,
        )


if __name__ == "__main__":
    main()
