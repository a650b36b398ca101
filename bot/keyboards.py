"""Buttons under a message: what they do is written on them, signed for one person, and good for a limited time."""

from __future__ import annotations

import base64
import datetime as dtm
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import StaleButton

GOOD_FOR = dtm.timedelta(days=14)
"""How long a button works; older ones ask to start afresh."""

TAG_BYTES = 8
"""Length of the signature, 64 bits: 1 guess in 10^19, and it leaves 44 of callback_data's 64 bytes for the action
(https://core.telegram.org/bots/api#inlinekeyboardbutton)."""

ACTION_BYTES = 44


@dataclass(frozen=True)
class Button:
    """A label and the action that a tap asks for, such as `read:over-promising`; at most 44 bytes."""

    label: str
    action: str


Keyboard = Sequence[Sequence[Button]]


def turns(action: str, page: int, count: int, size: int = 1) -> list[list[Button]]:
    """A row of buttons to the pages beside this one, of `count` entries with `size` on a page; none for one page."""
    beside = (("◀", page - 1), ("▶", page + 1))
    row = [Button(mark, f"{action}:{number}") for mark, number in beside if 0 <= number * size < count]
    return [row] if row else []


class Signer:
    """Signs actions for one owner at one time, and opens them again."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def _tag(self, owner: int, body: str) -> str:
        digest = hmac.new(self._key, f"{owner}|{body}".encode(errors="backslashreplace"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:TAG_BYTES]).decode().rstrip("=")

    def sign(self, action: str, owner: int, now: dtm.datetime) -> str:
        """The callback data of an action. Raises ValueError where the action is too long."""
        if len(action.encode()) > ACTION_BYTES:
            raise ValueError(f"action of more than {ACTION_BYTES} bytes: {action}")
        body = f"{action}|{int(now.timestamp()) // 60:x}"
        return f"{body}|{self._tag(owner, body)}"

    def open(self, data: str, owner: int, now: dtm.datetime) -> str:
        """The action inside callback data. Raises StaleButton where it is forged, another's, or too old."""
        body, _, tag = data.rpartition("|")
        if not hmac.compare_digest(tag.encode(errors="backslashreplace"), self._tag(owner, body).encode()):
            raise StaleButton
        action, _, minutes = body.rpartition("|")
        if now - dtm.datetime.fromtimestamp(int(minutes, 16) * 60, dtm.UTC) > GOOD_FOR:
            raise StaleButton
        return action

    def keyboard(self, rows: Keyboard, owner: int, now: dtm.datetime) -> dict[str, Any]:
        """The rows as the Bot API's inline keyboard."""
        return {
            "inline_keyboard": [
                [{"text": button.label, "callback_data": self.sign(button.action, owner, now)} for button in row]
                for row in rows
            ]
        }
