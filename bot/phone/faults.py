"""Misbehaviour on order: what tests and benches tell the double to do to send* and edit* calls, and Telegram's pace."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from bot.phone.errors import ApiError


@dataclass
class Faults:
    """Every n-th call 429 (0: never), shares of 500 and of cut connections (0-1), blocked chats, delay in seconds."""

    every_429: int = 0
    retry_after: int = 1
    rate_500: float = 0.0
    rate_cut: float = 0.0
    blocked: set[int] = field(default_factory=set)
    delay_s: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Start counting, with dice that fall the same way each time."""
        self._calls = 0
        self._dice = random.Random(self.seed)  # noqa: S311 (dice, not a secret)

    def before(self, chat_id: object) -> None:
        """Refuse this call, if it is its turn: `ApiError` 429, 500 or 403. Nothing was done then."""
        self._calls += 1
        if self.every_429 and self._calls % self.every_429 == 0:
            raise too_many(self.retry_after)
        if self.rate_500 and self._dice.random() < self.rate_500:
            raise ApiError(500, "Internal Server Error")
        if self.blocked and chat_id in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")

    def cuts(self) -> bool:
        """Whether the answer to this call, done as it is, gets lost on the way."""
        return bool(self.rate_cut) and self._dice.random() < self.rate_cut


def too_many(seconds: int) -> ApiError:
    """Telegram's 429."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)


def subject_to_faults(method: str) -> bool:
    """Whether faults and pace apply: messages and their edits, not typing."""
    return method.startswith(("send", "edit")) and method != "sendChatAction"


@dataclass(slots=True)
class Bucket:
    """A token bucket: `rate` a second, at most `burst` at once."""

    rate: float
    burst: float
    tokens: float
    at: float

    def wait(self, at: float) -> float:
        """Seconds until a token is there (0: now); takes none."""
        self.tokens = min(self.burst, self.tokens + max(0.0, at - self.at) * self.rate)
        self.at = at
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


class Pace:
    """Telegram's limits for sending: 30 a second in all, 1 a second a person (bursts of 3), 20 a minute a group."""

    def __init__(self) -> None:
        """Start with everything allowed."""
        self._all = Bucket(30, 30, 30, 0)
        self._chats: dict[object, Bucket] = {}
        self.refused: dict[object, int] = defaultdict(int)

    def take(self, chat_id: object, at: float) -> None:
        """Count one message at epoch second `at`; `ApiError` 429 where it is too early."""
        chat = self._chats.get(chat_id)
        if chat is None:
            group = isinstance(chat_id, int) and chat_id < 0
            chat = self._chats[chat_id] = Bucket(1 / 3, 20, 20, at) if group else Bucket(1, 3, 3, at)
        wait = max(self._all.wait(at), chat.wait(at))
        if wait:
            self.refused[chat_id] += 1
            raise too_many(int(wait) + 1)
        self._all.tokens -= 1
        chat.tokens -= 1
