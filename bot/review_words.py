"""The evening's review of a day in words: what is still to be told, what was done, how it closes; handler and job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot import flag_words, plan_words
from bot.keyboards import Button, Keyboard
from bot.models import PlannedState
from bot.replies import Say
from bot.services.day_plans import Item
from bot.services.flags import Shown
from bot.services.reviews_of_day import Evening, Praise
from bot.texts import Voice, fitted

OPEN = 4
"""Accounts that are asked about on one screen: with all the other lines they take twelve."""


NAME = 15.0
"""Room for a name, or a deed, within a sentence."""


def screen(
    voice: Voice,
    evening: Evening,
    drafts: int,
    *,
    news: Markup | None = None,
    above: Keyboard = (),
    below: Keyboard = (),
) -> Say:
    """The day as it stands, `news` of what just changed, and the taps that tell the rest.

    `drafts` is how many notes wait to be confirmed; `above` are buttons that belong to the news, `below` stand last.
    """
    day = f"{evening.day:%Y%m%d}"
    here = list(enumerate(evening.to_tell[:OPEN], start=1))
    lines = [
        _head(voice, evening),
        *([news] if news else []),
        *(plan_words.item_line(voice, place, item) for place, item in here),
        *_more(voice, len(evening.to_tell) - len(here)),
        *_told(voice, evening),
    ]
    if len(lines) == 1:
        lines.append(voice.text("evening-nothing"))
    rows = [
        *above,
        *(taps(voice, place, item) for place, item in here),
        [
            Button(voice.label("evening-act-market", count=len(evening.reports)), f"review-news:{day}"),
            Button(voice.label("evening-act-step"), f"review-step:{day}"),
        ],
        *([[Button(voice.label("evening-act-drafts", count=drafts), f"review-drafts:{day}")]] if drafts else []),
        [Button(voice.label("evening-act-close"), f"review-close:{day}")],
        *below,
    ]
    return Say(Markup("\n").join(lines), rows)


def taps(voice: Voice, place: int, item: Item) -> list[Button]:
    """The two taps that tell of a planned account, numbered as its line is."""
    return [
        Button(voice.label("evening-act-went", number=place), went(item)),
        Button(voice.label("evening-act-missed", number=place), f"review-missed:{about(item)}"),
    ]


def went(item: Item) -> str:
    """The action of a tap that records a visit at a planned account."""
    return f"review-went:{about(item)}"


def about(item: Item) -> str:
    """The arguments of an action about a planned account."""
    return f"{item.plan.day:%Y%m%d}:{item.account.id}"


def closing(voice: Voice, evening: Evening, praise: Praise | None, flag: Shown | None) -> Say:
    """The end of a day: one line of praise, else the one flag that matters; what is left, and how tomorrow begins."""
    lines = [voice.text("evening-closed")]
    rows = []
    if praise is not None:
        lines.append(voice.text(praise.text_id, **{name: _fitted(value) for name, value in praise.values.items()}))
    elif flag is not None:
        lines += [voice.text("evening-flag"), flag_words.title(voice, flag)]
        rows.append([Button(voice.label("evening-open-flag"), f"flag:{flag.flag.id}")])
    if evening.to_tell:
        lines.append(voice.text("evening-left", count=len(evening.to_tell)))
    if evening.first_step:
        lines.append(voice.line("evening-step", what=evening.first_step, lines=2))
    rows.append([Button(voice.label("evening-act-again"), f"review:{evening.day:%Y%m%d}")])
    return Say(Markup("\n").join(lines), rows)


def named(voice: Voice, names: Iterable[str]) -> str:
    """Names in a row, each once."""
    return voice.label("accounts-between").join(dict.fromkeys(names))


def _head(voice: Voice, evening: Evening) -> Markup:
    if evening.plan is None:
        return voice.text("evening-head-unplanned", day=voice.day(evening.day), visits=len(evening.visits))
    items = evening.plan.items  # what was planned stays planned, also what was put off or dropped
    visited = sum(item.is_done for item in items)
    return voice.text("evening-head", day=voice.day(evening.day), count=len(items), visited=visited)


def _told(voice: Voice, evening: Evening) -> list[Markup]:
    """What has been told of the day, a line for each kind."""
    items = evening.plan.items if evening.plan else ()
    told = [
        ("evening-done", [item for item in items if item.is_done]),
        ("evening-moved", _of_state(items, PlannedState.MOVED)),
        ("evening-missed", _of_state(items, PlannedState.DROPPED)),
    ]
    lines = [
        voice.line(text_id, what=named(voice, (one.account.name for one in found))) for text_id, found in told if found
    ]
    if evening.unplanned:
        names = named(voice, (account.name for _, account in evening.unplanned))
        lines.append(voice.line("evening-unplanned", what=names))
    if evening.first_step:
        lines.append(voice.line("evening-step", what=evening.first_step))
    return lines


def _fitted(value: object) -> object:
    return fitted(value, NAME) if isinstance(value, str) else value


def _of_state(items: Sequence[Item], state: PlannedState) -> list[Item]:
    return [item for item in items if item.planned.state == state and not item.visited]


def _more(voice: Voice, count: int) -> list[Markup]:
    return [voice.text("evening-more", count=count)] if count > 0 else []
