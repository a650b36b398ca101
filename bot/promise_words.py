"""Promises in words: the line of one that is owed, how far its day is, and its buttons; for conversations and jobs."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from markupsafe import Markup

from bot.keyboards import Button
from bot.models import Promise
from bot.services.promises import Owed
from bot.texts import Voice, fitted
from bot.workdays import Workdays

DEED = 24
"""Room for what was promised, in Chinese characters: with its account it takes two lines of a phone at most."""

ACCOUNT = 12
"""Room for the name of its account."""


def line(voice: Voice, number: int, owed: Owed[Any], today: dtm.date, workdays: Workdays) -> Markup:
    """What is owed to whom and until when, numbered for its buttons."""
    promise = owed.promise
    day = promise.expected if isinstance(promise, Promise) else promise.due
    return voice.text(
        "promises-line",
        number=number,
        account=fitted(owed.account, ACCOUNT) if owed.account else voice.label("promises-no-account"),
        what=fitted(promise.what, DEED),
        when=distance(voice, day, today, workdays),
    )


def distance(voice: Voice, day: dtm.date | None, today: dtm.date, workdays: Workdays) -> str:
    """When something is expected, in words: the day, and how far it is; a day off counts as the workday after it."""
    if day is None:
        return voice.label("promises-no-day")
    away = (workdays.on_or_after(day) - today).days
    on_time = "promises-due-today" if day == today else "promises-due-after"
    text_id = "promises-late" if away < 0 else on_time if away == 0 else "promises-due"
    return voice.label(text_id, day=voice.day(day), days=abs(away))


def row(voice: Voice, number: int, promise_id: int, *acts: str) -> list[Button]:
    """The taps that settle one: `kept`, `day` and `drop` of ours, `client-kept` and `client-drop` of a client's."""
    return [Button(voice.label(f"promises-act-{act}", number=number), f"promise-{act}:{promise_id}") for act in acts]
