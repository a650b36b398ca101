"""Promise reminders: the evening before, on the morning of the day, and on the first workday late; each once."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from bot import promise_words
from bot.jobs.reminders import Occasion, Skip
from bot.keyboards import Button
from bot.models import Promise
from bot.replies import Say
from bot.services import promises
from bot.services.promises import Owed

SHOWN = 3
"""Promises in one reminder: three lines each at most, with the heading and the rest they take twelve."""


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """What falls due today, and what was due on the last workday and is one day late now."""
    workdays, today = occasion.workdays, occasion.day

    def is_due(promise: Promise) -> bool:
        if promise.expected is None or promise.expected > today:
            return False
        day = workdays.on_or_after(promise.expected)
        return today in (day, workdays.after(day, 1))

    return await _remind(occasion, is_due, "reminders-promises")


async def compose_eve(occasion: Occasion) -> list[Say] | Skip:
    """What falls due tomorrow; where days off lie between, up to the next workday."""
    until = occasion.workdays.after(occasion.day, 1)

    def is_due(promise: Promise) -> bool:
        return promise.expected is not None and occasion.day < promise.expected <= until

    return await _remind(occasion, is_due, "reminders-promises-eve")


async def _remind(occasion: Occasion, is_due: Callable[[Promise], bool], text_id: str) -> list[Say] | Skip:
    owed = [one for one in await promises.open_of(occasion.session, occasion.person) if is_due(one.promise)]
    return [_say(occasion, owed, text_id)] if owed else Skip("nothing")


def _say(occasion: Occasion, owed: list[Owed[Promise]], text_id: str) -> Say:
    """The promises with their three taps, the earliest first; what has no room is one tap away."""
    voice, today = occasion.voice, occasion.person.today(occasion.now)
    shown = list(enumerate(owed[:SHOWN], start=1))
    lines = [
        voice.text(text_id, count=len(owed)),
        *(promise_words.line(voice, number, one, today, occasion.workdays) for number, one in shown),
    ]
    rows = [promise_words.row(voice, number, one.promise.id, "kept", "day", "drop") for number, one in shown]
    if len(owed) > SHOWN:
        rows.append([Button(voice.label("reminders-more-promises", count=len(owed) - SHOWN), "promises:0")])
    return Say(Markup("\n").join(lines), rows)
