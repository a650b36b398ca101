"""A day's plan in words: its number, its list to tick, its open ends, the plan that stands; for handler and job."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from bot import flag_words
from bot.keyboards import Button, Keyboard, turns
from bot.models import PlannedState
from bot.replies import Say
from bot.services.day_drafts import Sketch
from bot.services.day_plans import Item, Plan
from bot.services.planning import Arithmetic, Ranked
from bot.services.proposals import Reason
from bot.texts import LATIN, LINE, Voice, fitted, room

PAGE = 8
"""Accounts on one screen: with head, number (two lines at most) and news they take twelve lines."""

ENDS = 5
"""Open ends on one screen, each with a row of three taps."""

NAME = 8.5
"""Room for an account's name beside its reasons."""

SHORTEST = 6.5
"""Room that a name keeps beside a reason that cannot be told in fewer words."""

BUTTON = 7.0
"""Room for a name behind its number on a button that shares its row with another."""

ON, OFF = "☑", "☐"

MARKS = {
    PlannedState.PLANNED: "▫️",
    PlannedState.DONE: "✅",
    PlannedState.MOVED: "📅",
    PlannedState.DROPPED: "✖",
}
"""How a planned account stands; one that was visited looks like one that is done."""

WORDY = {"critical_flag", "warning_flag", "promise_due", "promise_overdue", "next_step_due"}
"""Reasons that name something, and can be told without it."""

FEWEST = 2
"""Lines above a list that has nothing else to tell: only then has the warning of too many accounts its room."""

MONDAY = 0

ROW = 4
"""Ticks in a row of buttons."""

Entry = TypeVar("Entry")


def head(voice: Voice, day: dtm.date, today: dtm.date) -> Markup:
    """Which day it is about."""
    return voice.text("plan-head-today" if day == today else "plan-head", day=voice.day(day))


def number(voice: Voice, arithmetic: Arithmetic, seen: int = 0) -> Markup:
    """The number of the day with how it was reckoned, in one line (domain.md §3); none is asked of a day off.

    Where some are `seen` already, that is told instead.
    """
    if not arithmetic.is_workday:
        return voice.text("plan-number-day-off")
    if seen:
        return voice.text("plan-number-seen", proposed=arithmetic.proposed, seen=seen)
    values = {"proposed": arithmetic.proposed, "required": f"{arithmetic.required:.1f}"}
    if arithmetic.median is None:
        return voice.text("plan-number-target", **values, target=arithmetic.target)
    return voice.text("plan-number", **values, median=f"{arithmetic.median:g}")


def sketch(
    voice: Voice,
    shown: Sketch,
    above: Sequence[Markup],
    *,
    page: int = 0,
    news: Markup | None = None,
    before: Keyboard = (),
    below: Keyboard = (),
) -> Say:
    """A day's list to be ticked, a page of it, under the lines `above`; `news` of what just changed.

    `before` are buttons above those that change the list, `below` stand last.
    """
    day = f"{shown.day:%Y%m%d}"
    lines = [*above, number(voice, shown.arithmetic, len(shown.proposal.decided.visited)), *([news] if news else [])]
    if len(lines) == FEWEST and shown.arithmetic.is_overloaded:
        lines.append(voice.text("plan-overloaded", percent=f"{100 * shown.arithmetic.load:.0f}"))
    here = _page(shown.listed, page, PAGE)
    for place, one in here:
        lines.append(_ranked_line(voice, shown, place, one))
    if not here:
        lines.append(voice.text("plan-nothing"))
    ticks = [_tick(voice, shown, page, place, one) for place, one in here]
    acts = [("number", "plan-number"), ("add", "plan-add"), ("less", "plan-less")]
    rows = [
        *before,
        *_rows(ticks, ROW),
        *turns(f"plan:{day}", page, len(shown.listed), PAGE),
        *([[_act(voice, "confirm", f"plan-ok:{day}", count=len(shown.ticked))]] if shown.ticked else []),
        [_act(voice, f"act-{act}", f"{verb}:{day}") for act, verb in acts if act == "add" or shown.ticked],
        *([[_act(voice, "act-why", f"plan-why:{day}:0")]] if here else []),
        *([[_act(voice, "act-over", f"plan-over:{day}:0")]] if shown.arithmetic.is_overloaded else []),
        *below,
    ]
    return Say(Markup("\n").join(lines), rows)


def ends(
    voice: Voice,
    above: Sequence[Markup],
    found: Sequence[Item],
    day: dtm.date,
    *,
    before: Keyboard = (),
    below: Keyboard = (),
) -> Say:
    """What is left of earlier days, the latest first, each with three taps; then on to the plan of `day`."""
    here = list(enumerate(found[:ENDS], start=1))
    lines = [*above, voice.text("plan-ends", count=len(found))]
    rows = list(before)
    for place, item in here:
        when = voice.day(item.plan.day)
        name = fitted(item.account.name, LINE - room(f"{place}.  · {when}") - 1)
        lines.append(voice.text("plan-end-line", number=place, name=name, day=when))
        rows.append(acts(voice, place, item, "now"))
    go_on = _act(voice, "act-go-on", f"plan:{day:%Y%m%d}:0")
    return Say(Markup("\n").join(lines), [*rows, [go_on], *below])


def acts(voice: Voice, place: int, item: Item, move: str) -> list[Button]:
    """The three taps that settle a planned account: done, `move` (a day is asked for) or `now` (today), dropped."""
    about = f"{item.plan.day:%Y%m%d}:{item.account.id}"
    return [
        Button(voice.label(f"plan-act-{act}", number=place), f"plan-{act}:{about}") for act in ("done", move, "drop")
    ]


def standing(
    voice: Voice,
    plan: Plan,
    above: Sequence[Markup],
    *,
    page: int = 0,
    news: Markup | None = None,
    before: Keyboard = (),
    below: Keyboard = (),
) -> Say:
    """The plan of a day as it stands under the lines `above`, in the order of visiting.

    Each account that is still open has a button to the card that is read before the visit.
    """
    day = plan.plan.day
    visited = sum(_is_done(item) for item in plan.items)
    progress = voice.text("plan-progress", count=len(plan.to_visit), visited=visited)
    here = _page(plan.items, page, PAGE)
    lines = [*above, progress, *([news] if news else [])]
    lines += [item_line(voice, place, item) for place, item in here]
    cards = [
        Button(
            voice.label("plan-act-visit", number=place, name=fitted(item.account.name, BUTTON)),
            f"plan-visit:{item.account.id}",
        )
        for place, item in here
        if item.is_open
    ]
    rows = [*before, *_rows(cards, 2), *turns(f"plan:{day:%Y%m%d}", page, len(plan.items), PAGE), *below]
    return Say(Markup("\n").join(lines), rows)


def five(voice: Voice, day: dtm.date) -> list[list[Button]]:
    """On a Monday the way to the five questions that set priorities (K9.14)."""
    return [[_act(voice, "act-five", "plan-five:")]] if day.weekday() == MONDAY else []


def item_line(voice: Voice, place: int, item: Item) -> Markup:
    """One account of a plan: how it stands, and why it is on it, where it went, or why it was dropped."""
    planned = item.planned
    state = PlannedState.DONE if item.visited else PlannedState(planned.state)
    if state is PlannedState.MOVED and (to := planned.moved_to):
        why = [(voice.label("plan-to", day=voice.day(to)), voice.label("plan-to", day=voice.days(to, to)))]
    elif state is PlannedState.DROPPED and planned.reason:
        why = [(planned.reason, planned.reason)]
    else:
        why = _shortly(voice, (Reason.from_json(one) for one in planned.reasons))
    return _line(voice, place, MARKS[state], item.account.name, why)


def _shortly(voice: Voice, reasons: Iterable[Reason]) -> list[tuple[str, str]]:
    """The reasons in a few words and in fewer, the weightiest first; that he added it where there are none."""
    by_hand = voice.label("plan-by-hand")
    return [_short(voice, one) for one in reasons] or [(by_hand, by_hand)]


def _short(voice: Voice, reason: Reason) -> tuple[str, str]:
    """A reason in a few words, a flag by the name of its habit; and in fewer, where there is too little room."""
    values = flag_words.said(reason.values)
    if reason.text_id.startswith("habit-"):
        values["habit"] = voice.label(reason.text_id)
    if reason.values.get("was_met") is False:
        said = voice.label("plan-short-unseen")
    else:
        said = voice.label(f"plan-short-{reason.code}", **values).strip()
    return said, voice.label(f"plan-brief-{reason.code}", **values) if reason.code in WORDY else said


def _ranked_line(voice: Voice, shown: Sketch, place: int, one: Ranked) -> Markup:
    """One account of the list to tick: what he decided about it, or did there, and why it is on the list."""
    decided, account = shown.proposal.decided, one.account
    why = _shortly(voice, one.reasons) if one.reasons else []
    if one.dropped is not None:
        said = voice.label("plan-short-dropped", reason=one.dropped)
        why.insert(0, (said, voice.label("plan-brief-dropped")))
    elif account.id in decided.visited:
        why.insert(0, (voice.label("plan-seen"), voice.label("plan-seen")))
    elif not why and account.id in decided.moved:
        why.append((voice.label("plan-moved-here"), voice.label("plan-moved-here")))
    mark = ON if account.id in shown.ticked else OFF
    return _line(voice, place, mark, account.name, why or _shortly(voice, ()))


def _line(voice: Voice, place: int, mark: str, name: str, why: Sequence[tuple[str, str]]) -> Markup:
    """One account in one line of the phone: the name gives way to the first reason; whichever others fit stand too."""
    left = LINE - room(voice.text("plan-line", number=place, mark=mark, name="x", why="x").striptags()) + 2 * LATIN
    least = min(NAME, room(name))
    said = next((one for one in why[0] if room(one) <= left - least), why[0][1])
    name = fitted(name, max(SHORTEST, left - room(said)))
    left -= room(name)
    said, between = fitted(said, left), voice.label("accounts-between")
    for full, brief in why[1:]:
        fits = next((one for one in (full, brief) if room(said + between + one) <= left), None)
        said += between + fits if fits else ""
    return voice.text("plan-line", number=place, mark=mark, name=name, why=said)


def _tick(voice: Voice, shown: Sketch, page: int, place: int, one: Ranked) -> Button:
    is_on = one.account.id in shown.ticked
    label = voice.label("plan-tick", mark=ON if is_on else OFF, number=place)
    return Button(label, f"plan-tick:{shown.day:%Y%m%d}:{one.account.id}:{0 if is_on else 1}:{page}")


def _act(voice: Voice, text_id: str, action: str, **values: object) -> Button:
    return Button(voice.label(f"plan-{text_id}", **values), action)


def _is_done(item: Item) -> bool:
    return item.visited or item.planned.state == PlannedState.DONE


def _page(entries: Sequence[Entry], page: int, size: int) -> list[tuple[int, Entry]]:
    """The entries of a page with their numbers."""
    return list(enumerate(entries, start=1))[page * size : (page + 1) * size]


def _rows(buttons: Sequence[Button], size: int) -> list[list[Button]]:
    return [list(buttons[at : at + size]) for at in range(0, len(buttons), size)]
