"""What the local Bot API refuses: to the bot as Telegram would say it, to the person as a short code."""

from __future__ import annotations


class ApiError(Exception):
    """An answer other than "ok" to the bot: HTTP status, Telegram's description, seconds to wait (429 only)."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        """Keep what the answer will say."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


class PersonError(Exception):
    """Something the person cannot do on the phone, such as tapping a button that is not there."""


def bad_request(what: str) -> ApiError:
    """Return a 400 as Telegram words it."""
    return ApiError(400, f"Bad Request: {what}")
