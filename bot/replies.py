"""What a handler or a job returns: things to say. The outbox keeps them and the sender speaks them."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass

from bot.keyboards import Keyboard
from bot.models import Urgency


@dataclass(frozen=True)
class Say:
    """A new message in Telegram HTML, with buttons below it.

    `once` is an idempotency key of its own: whatever carries the same key is said a single time.
    `to` is the private chat of somebody else who is to hear of it, in his language; None is whoever spoke.
    `urgency` lets what nobody waits for stand behind the answers to those who do; `hold` keeps it back for so long,
    and with it whatever else of that urgency the chat is to hear.
    """

    html: str
    buttons: Keyboard = ()
    once: str | None = None
    to: int | None = None
    urgency: Urgency = Urgency.ANSWER
    hold: dtm.timedelta = dtm.timedelta()


@dataclass(frozen=True)
class Rewrite:
    """New text and buttons for an earlier message of the coach."""

    message_id: int
    html: str
    buttons: Keyboard = ()


@dataclass(frozen=True)
class Toast:
    """The short plain notice that answers a tap on a button, at most 200 characters; `alert` waits for OK."""

    text: str = ""
    alert: bool = False


@dataclass(frozen=True)
class Picture:
    """A PNG picture with a caption in Telegram HTML."""

    png: bytes
    html: str = ""
    buttons: Keyboard = ()


@dataclass(frozen=True)
class Document:
    """A file to download, with its name and a caption in Telegram HTML."""

    name: str
    content: bytes
    html: str = ""
    buttons: Keyboard = ()


Reply = Say | Rewrite | Toast | Picture | Document
