"""Uploads: files that were sent are fetched, read in a process of their own, and previewed; nothing waits for them."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import files, import_words
from bot.clock import Clock
from bot.database import Database
from bot.delivery import outbox
from bot.errors import CoachError
from bot.files import Content, Reader
from bot.jobs.fetching import fetched, keep_on
from bot.keyboards import Signer
from bot.models import Person, Upload, UploadState
from bot.replies import Say
from bot.services import imports, uploads
from bot.texts import Texts, Voice

log = structlog.stdlib.get_logger(__name__)


@dataclass
class Uploads:
    """Reads one file at a time. `wake` is set after each turn, `on_said` called when something was said."""

    database: Database
    clock: Clock
    bot: Bot
    texts: Texts
    signer: Signer
    default_locale: str
    on_said: Callable[[], None]
    read: Callable[[bytes, Reader], Awaitable[Content]] = files.read_apart
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Read until cancelled."""
        await keep_on(self.step, self.wake, "uploads_failed")

    async def step(self) -> bool:
        """Read the oldest file that waits; whether there was one that could be fetched or is given up."""
        now = self.clock.now()
        async with self.database.read() as session:
            upload = await uploads.waiting(session)
        if upload is None:
            return False
        try:
            found: Content | CoachError = await self._content(upload, now)
        except CoachError as error:
            found = error
        except TelegramError as error:
            log.warning("file_not_fetched", upload=upload.id, error=type(error).__name__)
            return False
        await self._tell(upload.id, found, now)
        self.on_said()
        return True

    async def _content(self, upload: Upload, now: dtm.datetime) -> Content:
        async with self.database.read() as session:
            book = await uploads.book_of(session, upload)
            reader = await imports.reader_for(session, book, book.today(now))
        return await self.read(await fetched(self.bot, upload.file_id, upload.received_at, now), reader)

    async def _tell(self, upload_id: int, found: Content | CoachError, now: dtm.datetime) -> None:
        """Keep what was read and say it, unless another process has."""
        async with self.database.begin() as session:
            upload = await session.get(Upload, upload_id, with_for_update=True)
            sender = await session.get(Person, upload.person_id) if upload else None
            if upload is None or sender is None or upload.state != UploadState.PENDING:
                return
            voice = Voice(self.texts, sender.speaks(self.default_locale))
            if isinstance(found, CoachError):
                uploads.refuse(upload, found.text_id)
                said = Say(import_words.refusal(voice, found))
            else:
                book = await uploads.book_of(session, upload)
                imported = await imports.preview(session, book, found, now)
                uploads.keep(upload, found)
                said = import_words.preview(voice, upload, book, found, imported)
                if not said.buttons:
                    upload.state, upload.content = UploadState.IMPORTED, None
            if sender.telegram_id is None or sender.removed_at is not None:
                return
            letter = outbox.letter(said, sender.telegram_id, None, self.signer, now)
            rows = outbox.rows(sender.telegram_id, [(f"upload:{upload.id}:read", letter)], self.clock.system())
            await outbox.insert(session, rows)
