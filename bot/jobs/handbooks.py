"""Handbooks: documents that leads sent are fetched, read in a process of their own, stored, and what was found is told.

Nothing waits for them, and each takes the place of the version before in one transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import documents, handbook_words
from bot.clock import Clock
from bot.context import Shared
from bot.database import Database
from bot.delivery import outbox
from bot.documents import Document
from bot.errors import CoachError
from bot.jobs.fetching import fetched, keep_on
from bot.models import Handbook, HandbookState, Person
from bot.replies import Say
from bot.services import handbooks
from bot.texts import Voice

log = structlog.stdlib.get_logger(__name__)


@dataclass
class Handbooks:
    """Reads one document at a time. `wake` is set after each turn, `on_said` called when something was said."""

    database: Database
    clock: Clock
    bot: Bot
    shared: Shared
    on_said: Callable[[], None]
    read: Callable[[bytes, str], Awaitable[Document]] = documents.read_apart
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Read until cancelled."""
        await keep_on(self.step, self.wake, "handbooks_failed")

    async def step(self) -> bool:
        """Read the oldest document that waits; whether there was one that could be fetched or is given up."""
        now = self.clock.now()
        async with self.database.read() as session:
            handbook = await handbooks.waiting(session)
        if handbook is None:
            return False
        try:
            data = await fetched(self.bot, handbook.file_id, handbook.uploaded_at, now)
            found: Document | CoachError = await self.read(data, handbook.name)
        except CoachError as error:
            found = error
        except TelegramError as error:
            log.warning("document_not_fetched", handbook=handbook.id, error=type(error).__name__)
            return False
        await self._tell(handbook.id, found)
        self.on_said()
        return True

    async def _tell(self, handbook_id: int, found: Document | CoachError) -> None:
        """Store what was read and say it; where it cannot be stored, say why."""
        if isinstance(found, Document):
            try:
                await self._keep(handbook_id, found)
            except CoachError as error:
                await self._keep(handbook_id, error)
        else:
            await self._keep(handbook_id, found)

    async def _keep(self, handbook_id: int, found: Document | CoachError) -> None:
        """Store or refuse a document and say so in one transaction, unless another process has."""
        now = self.clock.now()
        async with self.database.begin() as session:
            handbook = await session.get(Handbook, handbook_id, with_for_update=True)
            sender = await session.get(Person, handbook.person_id) if handbook else None
            if handbook is None or sender is None or handbook.state != HandbookState.PENDING:
                return
            voice = Voice(self.shared.texts, sender.speaks(self.shared.settings.locale))
            if isinstance(found, CoachError):
                handbooks.refuse(handbook, found.text_id)
                said: Say = handbook_words.refused(voice, handbook, found)
            else:
                done = await handbooks.store(session, handbook, found, now)
                headings = await handbooks.headings(session, handbook, handbook_words.SHOWN)
                said = handbook_words.stored(voice, done, headings)
            if sender.telegram_id is None or sender.removed_at is not None:
                return
            letter = outbox.letter(said, sender.telegram_id, None, self.shared.signer, now)
            rows = outbox.rows(sender.telegram_id, [(f"handbook:{handbook.id}:read", letter)], self.clock.system())
            await outbox.insert(session, rows)
