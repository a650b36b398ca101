"""Inline keyboards: the check that Telegram makes of `reply_markup`, and reading their buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.phone.errors import bad_request

MAX_BUTTONS = 100
MAX_IN_ROW = 8
MAX_DATA_BYTES = 64
BUTTON_FIELDS = {"text", "callback_data", "url", "style", "icon_custom_emoji_id"}
URL = re.compile(r"(?:https?://[^\s/]+\.[^\s]+|https?://(?:localhost|127\.0\.0\.1)\S*|tg://\S+)", re.IGNORECASE)


def checked_keyboard(markup: object) -> dict[str, Any] | None:
    """Return the inline keyboard, None where it has no buttons; `ApiError` 400 for what Telegram refuses.

    Other kinds of keyboard are refused: the coach has none.
    """
    if not isinstance(markup, dict) or markup.keys() != {"inline_keyboard"}:
        raise bad_request("object expected as reply markup: only inline_keyboard is supported by the local phone")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    kept = [row for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS or any(len(row) > MAX_IN_ROW for row in kept):
        raise bad_request("reply markup is too long")
    for row in kept:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": kept} if kept else None


def buttons(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through the buttons under a message, row by row."""
    for row in body.get("reply_markup", {}).get("inline_keyboard", ()):
        yield from row


def _check_button(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if unknown := button.keys() - BUTTON_FIELDS:
        raise bad_request(f"can't parse inline keyboard button: field {min(unknown)} is not supported")
    text, data, url = button.get("text"), button.get("callback_data"), button.get("url")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if (data is None) == (url is None):
        raise bad_request("can't parse inline keyboard button: exactly one of callback_data and url is needed")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= MAX_DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and not (isinstance(url, str) and URL.fullmatch(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
