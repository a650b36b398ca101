"""Telegram's pace: so many messages a second over all chats and in each, kept by token buckets."""

from __future__ import annotations

import datetime as dtm

from telegram.error import RetryAfter

BURST = 5
"""Messages that one chat may get at once before its rate counts; short bursts are allowed
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""


def wait_of(error: RetryAfter) -> dtm.timedelta:
    """How long Telegram asks to wait; the library says it in seconds or, where PTB_TIMEDELTA is set, as an interval."""
    wait = error.retry_after
    return wait if isinstance(wait, dtm.timedelta) else dtm.timedelta(seconds=wait)


class Pace:
    """What may be sent now. All instants are seconds of a monotonic clock."""

    def __init__(self, rate: float, chat_rate: float) -> None:
        """Allow `rate` messages a second over all chats and `chat_rate` in each."""
        self._rate, self._chat_rate = rate, chat_rate
        self._tokens, self._at = rate, 0.0
        self._chats: dict[int, tuple[float, float]] = {}
        self._until: dict[int, float] = {}

    def room(self, now: float) -> int:
        """How many messages may go out at once, over all chats."""
        self._tokens = min(max(1.0, self._rate), self._tokens + (now - self._at) * self._rate)
        self._at = now
        return int(self._tokens)

    def spend(self, chat_id: int, now: float) -> None:
        """Count one message to a chat."""
        self._tokens -= 1
        self._chats[chat_id] = (self._left(chat_id, now) - 1, now)

    def hold(self, chat_id: int, until: float) -> None:
        """Send nothing to a chat until an instant, because Telegram said so."""
        self._until[chat_id] = until

    def held(self, now: float) -> dict[int, float]:
        """The chats that must wait, with the seconds that they must."""
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        self._chats = {chat: state for chat, state in self._chats.items() if self._left(chat, now) < BURST}
        waits = {chat: (1 - left) / self._chat_rate for chat in self._chats if (left := self._left(chat, now)) < 1}
        for chat, until in self._until.items():
            waits[chat] = max(waits.get(chat, 0.0), until - now)
        return waits

    def _left(self, chat_id: int, now: float) -> float:
        tokens, at = self._chats.get(chat_id, (float(BURST), now))
        return min(float(BURST), tokens + (now - at) * self._chat_rate)
