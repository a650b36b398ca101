"""Waiting for a change without asking again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes everybody who waits when it rings; once muted, nobody waits any more."""

    def __init__(self) -> None:
        """Start silent."""
        self._waiting: set[asyncio.Future[None]] = set()
        self.muted = False

    def ring(self) -> None:
        """Wake those who wait now."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            _finish(future)

    def mute(self) -> None:
        """Let nobody wait from now on: the server stops."""
        self.muted = True
        self.ring()

    async def heard(self, seconds: float) -> None:
        """Return at the next ring, or after so many seconds."""
        if self.muted:
            return
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        timer = loop.call_later(seconds, _finish, future)
        self._waiting.add(future)
        try:
            await future
        finally:
            timer.cancel()
            self._waiting.discard(future)

    async def until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return as soon as `ready()` holds, at the latest after so many seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not ready() and not self.muted and (left := end - loop.time()) > 0:
            await self.heard(left)


def _finish(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
