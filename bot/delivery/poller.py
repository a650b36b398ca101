"""The poller: asks Telegram for updates and commits them to the inbox before the offset confirms them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.database import Database
from bot.delivery import inbox
from bot.delivery.pace import wait_of

log = structlog.stdlib.get_logger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that the coach listens to."""

LONG_POLL_SECONDS = 25
LONGEST_BACKOFF = 30.0


@dataclass
class Poller:
    """Long polling with an HTTP connection of its own. `on_stored` is called after each commit."""

    bot: Bot
    request: BaseRequest
    database: Database
    clock: Clock
    on_stored: Callable[[], None]

    async def run(self) -> None:
        """Poll until cancelled. Raises InvalidToken where Telegram refuses the token."""
        offset: int | None = None
        backoff = 1.0
        while True:
            try:
                raws = await self._fetch(offset)
                if raws:
                    async with self.database.begin() as session:
                        await inbox.store(session, raws, self.clock.now())
                    offset = raws[-1]["update_id"] + 1
                    self.on_stored()
                backoff = 1.0
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(wait_of(error).total_seconds())
            except Conflict:
                log.error("another_process_polls_this_bot")  # noqa: TRY400 - the stack says nothing here
                await asyncio.sleep(LONGEST_BACKOFF)
            except Exception as error:
                unexpected = isinstance(error, BadRequest) or not isinstance(error, TelegramError)
                log.warning("poll_failed", error=type(error).__name__, exc_info=error if unexpected else None)
                await asyncio.sleep(backoff)
                backoff = min(backoff * 2, LONGEST_BACKOFF)

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        query: dict[str, Any] = {"timeout": LONG_POLL_SECONDS, "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if offset is not None:
            query["offset"] = offset
        # Bot.get_updates would parse, and one update that this version cannot parse would lose the whole batch.
        body = await self.request.retrieve(
            f"{self.bot.base_url}/getUpdates?{urlencode(query)}", read_timeout=LONG_POLL_SECONDS + 10
        )
        raws: list[dict[str, Any]] = json.loads(body)["result"]
        return raws
