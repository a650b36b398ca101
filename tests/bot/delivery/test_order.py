"""Order: what a turn does, says and settles commits together or not at all; one chat's trouble is its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg.waiting
import pytest
from sqlalchemy import delete, event, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.delivery import inbox, order
from bot.delivery.order import GROUP, Order
from bot.delivery.outbox import Letter
from bot.errors import CoachError, UnknownCommand
from bot.models import Person, RawUpdate, Role, UpdateState
from bot.services import questions
from tests.bot.delivery.conftest import (
    ANNA,
    BEN,
    CARL,
    START,
    HandClock,
    failing_commits,
    inbox_rows,
    outbox_rows,
    soon,
    typed,
)
from tests.telegram import Stage

SECRET_WORDS = "王总的电话13800001111，怎么跟他开口"

Act = Callable[[AsyncSession], Awaitable[None]]


def said(raw: dict[str, Any]) -> tuple[int, str]:
    return raw["message"]["chat"]["id"], raw["message"]["text"]


@dataclass
class Ear:
    """A listener whose effect is a new person named after the text; it then acts as the test tells it to."""

    acts: dict[str, Act] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    sorry: Callable[[], None] = lambda: None

    async def hear(self, session: AsyncSession, raw: dict[str, Any]) -> list[tuple[str, Letter]]:
        chat, words = said(raw)
        self.heard.append(words)
        person = Person(telegram_id=raw["update_id"], name=words, role=Role.MANAGER, time_zone="UTC", joined_at=START)
        session.add(person)
        await session.flush()
        if act := self.acts.get(words):
            await act(session)
        key = f"update:{raw['update_id']}:"
        return [
            (f"{key}{part}", Letter("sendMessage", {"chat_id": chat, "text": f"{words} {part}"})) for part in (0, 1)
        ]

    async def apologise(
        self, session: AsyncSession, raw: dict[str, Any], error: Exception, error_id: str
    ) -> list[tuple[str, Letter]]:
        self.sorry()
        # A read proves that the transaction is still good after the failure.
        people = len((await session.scalars(select(Person.id))).all())
        assert people >= 0
        words = error.text_id if isinstance(error, CoachError) else f"sorry {error_id}"
        return [(f"update:{raw['update_id']}:0", Letter("sendMessage", {"text": words}))]


class Desk:
    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.ear, self.rang = database, Ear(), 0
        self.order = Order(database, clock, self.ear, on_said=self._ring)
        self._last = 0

    def _ring(self) -> None:
        self.rang += 1

    async def arrive(self, *messages: tuple[int, str]) -> None:
        raws = [typed(self._last + number, chat, words) for number, (chat, words) in enumerate(messages, start=1)]
        self._last += len(raws)
        async with self.database.begin() as session:
            await inbox.store(session, raws, START)

    async def effects(self) -> list[str]:
        async with self.database.read() as session:
            return list((await session.scalars(select(Person.name).order_by(Person.id))).all())

    async def letters(self, chat_id: int | None = None) -> list[str]:
        return [row.params["text"] for row in await outbox_rows(self.database, chat_id)]

    async def states(self) -> list[tuple[int, str]]:
        return [(row.update_id, row.state) for row in await inbox_rows(self.database)]


@pytest.fixture
def desk(database: Database, clock: HandClock) -> Desk:
    return Desk(database, clock)


async def started(desk: Desk, clock: HandClock) -> Desk:
    """A new process on the same database."""
    afterwards = Desk(desk.database, clock)
    async with desk.database.begin() as session:
        afterwards.order.backlog = await inbox.newest_waiting(session)
    return afterwards


def raising(error: BaseException) -> Act:
    async def act(_session: AsyncSession) -> None:
        raise error

    return act


async def duplicate(session: AsyncSession) -> None:
    """Break a unique constraint, which on PostgreSQL spoils the whole transaction unless there is a savepoint."""
    session.add(Person(telegram_id=1, name="twice", role=Role.MANAGER, time_zone="UTC", joined_at=START))


async def test_effects_answers_and_done_commit_together(desk: Desk) -> None:
    await desk.arrive((ANNA, "a1"), (BEN, "b1"))
    assert await desk.order.step() == 2
    assert await desk.effects() == ["a1", "b1"]
    assert await desk.letters(ANNA) == ["a1 0", "a1 1"]
    assert await desk.letters(BEN) == ["b1 0", "b1 1"]
    assert await desk.states() == [(1, UpdateState.DONE), (2, UpdateState.DONE)]
    assert desk.rang == 1
    assert await desk.order.step() == 0
    assert desk.rang == 1


async def test_nobody_sees_a_part_of_a_turn(desk: Desk) -> None:
    seen: list[Any] = []

    async def look(_session: AsyncSession) -> None:
        seen.append((await desk.effects(), await desk.letters(), await desk.states()))

    desk.ear.acts["a1"] = look
    await desk.arrive((ANNA, "a1"))
    await desk.order.step()
    assert seen == [([], [], [(1, UpdateState.PENDING)])]


async def test_a_chat_has_one_turn_in_a_step_and_they_come_in_order(desk: Desk) -> None:
    await desk.arrive((ANNA, "a1"), (ANNA, "a2"), (BEN, "b1"), (ANNA, "a3"), (BEN, "b2"))
    steps = []
    while await desk.order.step():
        steps.append(desk.ear.heard[:])
        desk.ear.heard.clear()
    assert steps == [["a1", "b1"], ["a2", "b2"], ["a3"]]
    assert await desk.letters(ANNA) == ["a1 0", "a1 1", "a2 0", "a2 1", "a3 0", "a3 1"]


async def test_a_step_takes_no_more_chats_than_a_group(desk: Desk) -> None:
    await desk.arrive(*((chat, "x") for chat in range(1, GROUP + 6)))
    assert [await desk.order.step() for _ in range(3)] == [GROUP, 5, 0]


async def test_an_expected_failure_undoes_the_effects_and_says_its_text(desk: Desk) -> None:
    desk.ear.acts["a1"] = raising(UnknownCommand())
    await desk.arrive((ANNA, "a1"), (BEN, "b1"))
    await desk.order.step()
    assert await desk.effects() == ["b1"]
    assert await desk.letters(ANNA) == ["failure-unknown-command"]
    assert await desk.letters(BEN) == ["b1 0", "b1 1"]
    assert [(row.state, row.error_id) for row in await inbox_rows(desk.database)] == [(UpdateState.DONE, None)] * 2


@pytest.mark.parametrize("act", [raising(ValueError(SECRET_WORDS)), duplicate])
async def test_an_unknown_error_undoes_the_effects_apologises_and_keeps_the_update_as_failed(
    desk: Desk, logged: Callable[[], str], act: Act
) -> None:
    desk.ear.acts[SECRET_WORDS] = act
    await desk.arrive((BEN, "b1"), (ANNA, SECRET_WORDS), (CARL, "c1"), (ANNA, "a2"))
    assert await desk.order.step() == 3
    assert await desk.effects() == ["b1", "c1"]
    rows = await inbox_rows(desk.database)
    assert [row.state for row in rows] == ["done", "failed", "done", "pending"]
    error_id = rows[1].error_id
    assert error_id
    assert len(error_id) == 8
    assert await desk.letters(ANNA) == [f"sorry {error_id}"]
    assert await desk.letters(BEN) == ["b1 0", "b1 1"]
    assert await desk.letters(CARL) == ["c1 0", "c1 1"]
    output = logged()
    assert "turn_failed" in output
    assert error_id in output
    assert "13800001111" not in output
    await desk.order.step()
    assert (await desk.letters(ANNA))[1:] == ["a2 0", "a2 1"]


async def test_a_turn_that_hangs_fails_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "TURN_SECONDS", 0.05)

    async def hang(_session: AsyncSession) -> None:
        await asyncio.Event().wait()

    desk.ear.acts["a1"] = hang
    await desk.arrive((ANNA, "a1"), (BEN, "b1"))
    async with asyncio.timeout(5):
        await desk.order.step()
    assert await desk.states() == [(1, UpdateState.FAILED), (2, UpdateState.DONE)]
    assert await desk.effects() == ["b1"]
    assert len(await desk.letters(ANNA)) == 1


async def test_a_turn_that_hangs_in_the_database_fails_alone(
    postgres_url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "TURN_SECONDS", 0.2)
    database = Database(postgres_url)
    await database.migrate()
    desk = Desk(database, clock)

    async def hang(session: AsyncSession) -> None:
        await session.execute(text("SELECT pg_sleep(30)"))

    desk.ear.acts["a1"] = hang
    await desk.arrive((ANNA, "a1"), (BEN, "b1"))
    try:
        async with asyncio.timeout(10):
            await desk.order.step()
        assert await desk.states() == [(1, UpdateState.FAILED), (2, UpdateState.DONE)]
    finally:
        await database.close()


async def test_what_a_turn_deletes_of_another_chat_is_gone_and_holds_nobody_up(desk: Desk) -> None:
    async def forget_anna_and_carl(session: AsyncSession) -> None:
        await session.execute(delete(RawUpdate).where(RawUpdate.chat_id.in_([ANNA, CARL])))

    desk.ear.acts["forget"] = forget_anna_and_carl
    await desk.arrive((ANNA, "before"), (BEN, "forget"), (CARL, "after"))
    assert await desk.order.step() == 3
    assert desk.ear.heard == ["before", "forget", "after"]
    assert await desk.states() == [(2, UpdateState.DONE)]
    assert await desk.letters() == ["forget 0", "forget 1"]


async def test_a_deletion_that_fails_leaves_the_others_their_turns(desk: Desk) -> None:
    async def forget_and_fail(session: AsyncSession) -> None:
        await session.execute(delete(RawUpdate).where(RawUpdate.chat_id.in_([ANNA, CARL])))
        raise UnknownCommand

    desk.ear.acts["forget"] = forget_and_fail
    await desk.arrive((ANNA, "before"), (BEN, "forget"), (CARL, "after"))
    assert await desk.order.step() == 3
    assert await desk.states() == [(1, UpdateState.DONE), (2, UpdateState.DONE), (3, UpdateState.DONE)]
    assert "after 0" in await desk.letters()


async def test_an_apology_that_fails_stops_nobody(desk: Desk) -> None:
    def sorry() -> None:
        raise KeyError("no such text")

    desk.ear.sorry = sorry
    desk.ear.acts["a1"] = raising(ValueError())
    await desk.arrive((ANNA, "a1"), (BEN, "b1"))
    await desk.order.step()
    assert await desk.states() == [(1, UpdateState.FAILED), (2, UpdateState.DONE)]
    assert await desk.letters() == ["b1 0", "b1 1"]


async def test_an_answer_that_cannot_be_queued_fails_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hear = desk.ear.hear

    async def unspeakable(session: AsyncSession, raw: dict[str, Any]) -> list[tuple[str, Letter]]:
        letters = await hear(session, raw)
        return [("k", Letter("sendMessage", {"text": object()}))] if said(raw)[0] == ANNA else letters

    monkeypatch.setattr(desk.ear, "hear", unspeakable)
    await desk.arrive((ANNA, "a1"), (BEN, "b1"))
    await desk.order.step()
    assert await desk.states() == [(1, UpdateState.FAILED), (2, UpdateState.DONE)]
    assert await desk.effects() == ["b1"]


async def test_a_crash_before_the_commit_loses_nothing_and_repeats_nothing(desk: Desk) -> None:
    await desk.arrive((ANNA, "a1"), (ANNA, "a2"), (BEN, "b1"))
    with failing_commits(desk.database), pytest.raises(OSError, match="went away"):
        await desk.order.step()
    assert await desk.effects() == []
    assert await desk.letters() == []
    assert {state for _, state in await desk.states()} == {UpdateState.PENDING}
    assert desk.rang == 0
    while await desk.order.step():
        pass
    assert desk.ear.heard == ["a1", "b1", "a1", "b1", "a2"]
    assert sorted(await desk.effects()) == ["a1", "a2", "b1"]
    assert await desk.letters(ANNA) == ["a1 0", "a1 1", "a2 0", "a2 1"]
    assert await desk.letters(BEN) == ["b1 0", "b1 1"]
    assert {state for _, state in await desk.states()} == {UpdateState.DONE}


async def test_a_crash_after_the_commit_repeats_nothing(desk: Desk, clock: HandClock) -> None:
    await desk.arrive((ANNA, "a1"))
    await desk.order.step()
    await desk.arrive((BEN, "b1"))
    async with desk.database.begin() as session:
        await inbox.store(session, [typed(1, ANNA, "a1")], START)
    afterwards = await started(desk, clock)
    while await afterwards.order.step():
        pass
    assert afterwards.ear.heard == ["b1"]
    assert await desk.effects() == ["a1", "b1"]


async def attempts(desk: Desk) -> list[int]:
    return [row.attempts for row in await inbox_rows(desk.database)]


async def test_what_waited_at_the_start_is_taken_one_by_one_and_each_try_counted(desk: Desk, clock: HandClock) -> None:
    await desk.arrive((ANNA, "a1"), (ANNA, "a2"), (BEN, "b1"))
    afterwards = await started(desk, clock)
    await desk.arrive((CARL, "c1"), (BEN, "b2"))
    assert [await afterwards.order.step() for _ in range(3)] == [1, 1, 1]
    assert afterwards.ear.heard == ["a1", "a2", "b1"]
    assert await afterwards.order.step() == 2
    assert await attempts(desk) == [1, 1, 1, 0, 0]
    assert afterwards.order.backlog is None


async def test_what_kills_the_process_is_set_aside_after_five_tries(desk: Desk, clock: HandClock) -> None:
    """KeyboardInterrupt stands for the death of the process in the middle of a turn."""
    await desk.arrive((BEN, "b1"), (ANNA, "deadly"), (ANNA, "a2"))
    deaths = 0
    for _ in range(20):
        process = await started(desk, clock)
        process.ear.acts["deadly"] = raising(KeyboardInterrupt())
        try:
            while await process.order.step():
                pass
        except KeyboardInterrupt:
            deaths += 1
        else:
            break
    assert deaths == order.MOST_ATTEMPTS
    rows = await inbox_rows(desk.database)
    assert [row.state for row in rows] == [UpdateState.DONE, UpdateState.FAILED, UpdateState.DONE]
    assert [bool(row.error_id) for row in rows] == [False, True, False]
    assert len(await desk.letters(ANNA)) == 3, "one apology, and two letters for a2"
    assert await desk.effects() == ["b1", "a2"]


async def test_running_it_survives_a_failing_database_and_wakes_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "IDLE_SECONDS", 0.01)
    await desk.arrive((ANNA, "a1"))
    with failing_commits(desk.database, 2) as failed:
        running = asyncio.create_task(desk.order.run())
        await soon(lambda: desk.rang == 1)
    assert len(failed) == 2
    monkeypatch.setattr(order, "IDLE_SECONDS", 60)
    await asyncio.sleep(0.05)
    await desk.arrive((ANNA, "a2"))
    desk.order.wake.set()
    await soon(lambda: desk.rang == 2)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert await desk.letters() == ["a1 0", "a1 1", "a2 0", "a2 1"]


async def test_what_arrives_without_a_ring_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "IDLE_SECONDS", 0.01)
    running = asyncio.create_task(desk.order.run())
    await asyncio.sleep(0.02)
    await desk.arrive((ANNA, "a1"))
    await soon(lambda: desk.rang == 1)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def test_cancelled_within_a_turn_nothing_of_it_stays(desk: Desk) -> None:
    inside = asyncio.Event()

    async def hang(_session: AsyncSession) -> None:
        inside.set()
        await asyncio.Event().wait()

    desk.ear.acts["a1"] = hang
    await desk.arrive((ANNA, "a1"))
    running = asyncio.create_task(desk.order.run())
    await inside.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (await desk.effects(), await desk.letters(), await desk.states()) == ([], [], [(1, UpdateState.PENDING)])


@pytest.mark.parametrize("busy_seconds", [psycopg.waiting.MAX_BUSY_TIME, -1.0])
async def test_cancelled_within_a_statement_it_keeps_no_lock(
    desk: Desk, busy_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite keeps a closed connection, and its lock, as long as one of its cursors lives.

    psycopg lets others go first between two steps, and can be cancelled there, when the loop was busy for longer.
    """
    monkeypatch.setattr(psycopg.waiting, "MAX_BUSY_TIME", busy_seconds)
    await desk.arrive((ANNA, "a1"))
    running = asyncio.create_task(desk.order.run())

    def cancel(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO outbox"):
            running.cancel()

    event.listen(desk.database.engine.sync_engine, "before_cursor_execute", cancel)
    with pytest.raises(asyncio.CancelledError) as kept:
        await asyncio.wait_for(asyncio.shield(running), 5)
    event.remove(desk.database.engine.sync_engine, "before_cursor_execute", cancel)
    async with asyncio.timeout(2):
        await desk.order.step()
    assert await desk.letters() == ["a1 0", "a1 1"]
    assert kept.value.__traceback__


async def test_a_defect_in_a_conversation_is_told_with_its_number_and_without_the_words(
    tmp_path: Path, logged: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the real Application: apology, inbox and log carry the same number, and no log quotes anybody."""

    async def broken(session: AsyncSession, person: Person, words: str, *_: Any, **__: Any) -> None:
        await session.execute(text("UPDATE person SET name = 'changed'"))
        raise ValueError(f"cannot keep {words}")

    async with Stage(tmp_path) as stage:
        before = await Desk(stage.coach.database, HandClock()).effects()
        monkeypatch.setattr(questions, "record", broken)
        answers = await stage.person(1001).says(SECRET_WORDS)
        monkeypatch.undo()
        more = await stage.person(1001).says("/help")
        async with stage.coach.database.read() as session:
            failed = (await session.scalars(select(RawUpdate).where(RawUpdate.state == UpdateState.FAILED))).one()
        after = await Desk(stage.coach.database, HandClock()).effects()
    output = logged()
    assert len(answers) == 1
    assert failed.error_id
    assert failed.error_id in answers[0]
    assert "13800001111" not in answers[0]
    assert failed.error_id in output
    assert "13800001111" not in output
    assert "ValueError" in output
    assert after == before
    assert len(more) == 1


async def test_even_the_most_talkative_log_quotes_nobody(tmp_path: Path, logged: Callable[[], str]) -> None:
    async with Stage(tmp_path) as stage:
        chatter = stage.person(1001)
        await chatter.says("/start")
        await chatter.says(SECRET_WORDS)
        await chatter.says("/nonsense 13800001111")
    output = logged()
    assert "debug" in output
    assert "13800001111" not in output
    assert "张三" not in output
    assert stage.api.token not in output


async def test_starts_that_never_came_to_a_turn_set_nothing_aside(tmp_path: Path) -> None:
    """As when the webhook's port is taken, or the token is wrong, and a supervisor starts the coach again and again."""
    async with Stage(tmp_path) as stage:
        stage.api.say(1001, "/help")
        raws = stage.api.call("getUpdates", {"timeout": 0})
        async with stage.coach.database.begin() as session:
            await inbox.store(session, raws, stage.clock.now())
        for _ in range(order.MOST_ATTEMPTS + 1):
            await stage.coach.prepare()
        await stage.settle()
        assert [message["from"]["is_bot"] for message in stage.api.messages(1001)] == [False, True]
