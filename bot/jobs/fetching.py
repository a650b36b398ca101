"""Fetching: what the jobs share that take a sent file from Telegram and work on it, one after the other."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections.abc import Awaitable, Callable

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import CoachError

log = structlog.stdlib.get_logger(__name__)

IDLE_SECONDS = 5.0
"""How often files are looked for that another process took in, or that could not be fetched before."""

GIVE_UP_AFTER = dtm.timedelta(hours=1)
"""Age at which a file that could not be fetched is given up: its sender no longer waits for it."""


class NotFetched(CoachError):
    """A file that Telegram does not hand out."""

    text_id = "file-not-fetched"


async def fetched(bot: Bot, file_id: str, received_at: dtm.datetime, now: dtm.datetime) -> bytes:
    """The bytes of a file. Raises NotFetched where there is no hope, TelegramError where there is."""
    try:
        file = await bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
    except (BadRequest, Forbidden) as error:
        raise NotFetched from error
    except TelegramError as error:
        if now - received_at > GIVE_UP_AFTER:
            raise NotFetched from error
        raise


async def keep_on(step: Callable[[], Awaitable[bool]], wake: asyncio.Event, failed: str) -> None:
    """Take step after step until cancelled; after one that found nothing, wait for `wake`. `failed` names its log."""
    while True:
        wake.clear()
        try:
            if await step():
                continue
        except Exception:
            log.exception(failed)
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await wake.wait()
        except TimeoutError:
            pass
