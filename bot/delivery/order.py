"""Order: waiting updates are taken one chat at a time, each in a savepoint of one shared transaction.

Effects, answers and "done" of an update commit together. Several chats share a transaction, because a
commit costs more than a turn does.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.database import Database
from bot.delivery import inbox, outbox
from bot.delivery.outbox import Letter
from bot.errors import CoachError
from bot.models import RawUpdate, UpdateState

log = structlog.stdlib.get_logger(__name__)

GROUP = 32
"""Most chats that share one transaction."""

TURN_SECONDS = 20.0
"""Longest time for one turn; a handler never waits for the network, so this means a defect."""

MOST_ATTEMPTS = 5
"""Tries of an update after starts of the coach; then it is set aside, since it may be what stops the coach."""

IDLE_SECONDS = 1.0


class StuckTurn(Exception):
    """A turn that did not end in time."""

    def __init__(self, update_id: int) -> None:
        super().__init__(update_id)
        self.update_id = update_id


class Listener(Protocol):
    """Whoever takes a turn: hears an update and returns the letters to queue, each with its idempotency key."""

    async def hear(self, session: AsyncSession, raw: dict[str, Any]) -> list[tuple[str, Letter]]:
        """Take an update. Raises CoachError for an expected failure; its effects are rolled back."""
        ...

    async def apologise(
        self, session: AsyncSession, raw: dict[str, Any], error: Exception, error_id: str
    ) -> list[tuple[str, Letter]]:
        """Say what went wrong, in a transaction free of the failed effects."""
        ...


@dataclass(frozen=True)
class Taken:
    """How a turn ended: the outbox rows of what was said, and what becomes of the update."""

    said: list[dict[str, Any]]
    state: UpdateState = UpdateState.DONE
    error_id: str | None = None


@dataclass
class Order:
    """Takes turns until cancelled. `wake` is set when the inbox got something, `on_said` called when the outbox did.

    `backlog` is the newest update that waited when the coach started. Up to it, updates are taken one by one and each
    try is counted first: one of them may be what killed the process.
    """

    database: Database
    clock: Clock
    listener: Listener
    on_said: Callable[[], None]
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    backlog: int | None = None

    async def run(self) -> None:
        """Take turns until cancelled."""
        while True:
            self.wake.clear()
            try:
                if await self.step():
                    continue
            except Exception:
                log.exception("order_failed")
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    await self.wake.wait()
            except TimeoutError:
                pass

    async def step(self) -> int:
        """Take the next turn of up to GROUP chats; return how many there were."""
        if self.backlog is not None:
            async with self.database.begin() as session:
                update = await inbox.count_try(session, self.backlog)
                if update is None:
                    self.backlog = None
                elif update.attempts > MOST_ATTEMPTS:
                    await self._set_aside(session, update)
        try:
            async with self.database.begin() as session:
                updates = await inbox.claim(session, GROUP if self.backlog is None else 1)
                turns = [await self._take(session, update) for update in updates]
                # Written down together: one statement for all costs as much as one for each.
                # An update is gone where another turn of the group deleted all that was kept of its person.
                kept = [(update, turn) for update, turn in zip(updates, turns, strict=True) if update in session]
                await outbox.insert(session, [row for _, turn in kept for row in turn.said])
                for update, turn in kept:
                    update.state, update.error_id = turn.state, turn.error_id
        except StuckTurn as stuck:
            # What hung may hold the connection, so the whole group starts again without it.
            async with self.database.begin() as session:
                await self._set_aside(session, await session.get_one(RawUpdate, stuck.update_id))
            return 1 + await self.step()
        if updates:
            self.on_said()
        return len(updates)

    async def _take(self, session: AsyncSession, update: RawUpdate) -> Taken:
        limit = asyncio.timeout(TURN_SECONDS)
        try:
            async with limit, session.begin_nested():
                letters = await self.listener.hear(session, json.loads(update.payload))
                return Taken(outbox.rows(update.chat_id, letters, self.clock.system()))
        except CoachError as error:
            log.info("turn_refused", update=update.update_id, text=error.text_id)
            return Taken(await self._apology(session, update, error, ""))
        except Exception as error:
            if limit.expired():
                raise StuckTurn(update.update_id) from error
            error_id = secrets.token_hex(4)
            log.exception("turn_failed", update=update.update_id, error_id=error_id)
            return Taken(await self._apology(session, update, error, error_id), UpdateState.FAILED, error_id)

    async def _apology(
        self, session: AsyncSession, update: RawUpdate, error: Exception, error_id: str
    ) -> list[dict[str, Any]]:
        try:
            async with session.begin_nested():
                letters = await self.listener.apologise(session, json.loads(update.payload), error, error_id)
                return outbox.rows(update.chat_id, letters, self.clock.system())
        except Exception:
            log.exception("apology_failed", update=update.update_id)
            return []

    async def _set_aside(self, session: AsyncSession, update: RawUpdate) -> None:
        error_id = secrets.token_hex(4)
        log.error("update_set_aside", update=update.update_id, attempts=update.attempts, error_id=error_id)
        await outbox.insert(session, await self._apology(session, update, StuckTurn(update.update_id), error_id))
        update.state, update.error_id = UpdateState.FAILED, error_id
