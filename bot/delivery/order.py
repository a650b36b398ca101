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

IDLE_SECONDS = 1.0


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


@dataclass
class Order:
    """Takes turns until cancelled. `wake` is set when the inbox got something, `on_said` called when the outbox did."""

    database: Database
    clock: Clock
    listener: Listener
    on_said: Callable[[], None]
    wake: asyncio.Event = field(default_factory=asyncio.Event)

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
        async with self.database.begin() as session:
            rows = await inbox.claim(session, GROUP)
            for row in rows:
                letters = await self._take(session, row)
                await outbox.put(session, row.chat_id, letters, self.clock.system())
        if rows:
            self.on_said()
        return len(rows)

    async def _take(self, session: AsyncSession, row: RawUpdate) -> list[tuple[str, Letter]]:
        raw: dict[str, Any] = json.loads(row.payload)
        state, error_id = UpdateState.DONE, None
        try:
            async with session.begin_nested(), asyncio.timeout(TURN_SECONDS):
                letters = await self.listener.hear(session, raw)
        except CoachError as error:
            log.info("turn_refused", update=row.update_id, text=error.text_id)
            letters = await self.listener.apologise(session, raw, error, "")
        except Exception as error:
            state, error_id = UpdateState.FAILED, secrets.token_hex(4)
            log.exception("turn_failed", update=row.update_id, error_id=error_id)
            letters = await self.listener.apologise(session, raw, error, error_id)
        row.state, row.error_id = state, error_id
        return letters
