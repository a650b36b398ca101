"""Escalations in words: what a manager hears before his lead does, and what the lead hears, sees and can answer."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from bot import flag_words
from bot.keyboards import Button
from bot.models import LeadAnswer
from bot.replies import Say
from bot.services.escalations import Serious
from bot.services.flags import Shown, derivation
from bot.texts import LINE, Voice, fitted, height
from rules.assessment import Step
from rules.rule import Layer

MOST_NAMED = 3
"""Flags named in one message, as in a nudge (domain.md §4); the others are one tap away."""

MOST_LINES = 12
"""Lines of a message on a phone (domain.md §1)."""

MOST_WHYS, MOST_RULES = 4, 2
"""Reasons and rules on the page of a flag: of a combination its own, and those of its two parts."""


def forewarning(voice: Voice, due: Sequence[Shown], day: dtm.date, today: dtm.date) -> Say:
    """What the lead will look at on `day`, the next workday, each with a way to settle it or to ask for help today."""
    is_tomorrow = (day - today).days == 1
    when = "escalation-forewarning" if is_tomorrow else "escalation-forewarning-day"
    named = list(enumerate(due[:MOST_NAMED], start=1))
    for room in (2, 1):
        lines = [voice.text(when, day=voice.day(day))]
        for number, one in named:
            lines.append(voice.line("escalation-line", what=about(voice, one), lines=2, number=number, mark=_mark(one)))
            lines += [voice.reason("escalation-why", what=why, lines=room) for why in _whys(voice, one)[:1]]
        lines.append(voice.text("escalation-forewarning-end"))
        if height(lines) <= MOST_LINES:
            break
    rows = [
        [
            Button(voice.label("escalation-open", number=number), f"flag:{one.flag.id}"),
            Button(voice.label("escalation-ask-help", number=number), f"help-ask:{one.flag.id}"),
        ]
        for number, one in named
    ]
    if len(due) > MOST_NAMED:
        rows.append([Button(voice.label("flags-more", count=len(due) - MOST_NAMED), "flags:0")])
    return Say(Markup("\n").join(lines), rows)


def forewarnings(voice: Voice, due: Sequence[Shown], day: dtm.date, today: dtm.date) -> Iterator[list[Markup]]:
    """The same within another message: how many there are and the worst of them; then only how many."""
    is_tomorrow = (day - today).days == 1
    told = voice.text(
        "escalation-morning" if is_tomorrow else "escalation-morning-day", day=voice.day(day), count=len(due)
    )
    yield [told, voice.line("escalation-worst", what=about(voice, due[0]), mark=_mark(due[0]))]
    yield [told]


def open_forewarning(voice: Voice, due: Sequence[Shown]) -> Button:
    """The way from there to all of them."""
    return Button(voice.label("escalation-morning-open", count=len(due)), "forewarned:")


def escalation(voice: Voice, told: Sequence[Serious]) -> Say:
    """What has stayed open in a lead's teams, the worst three with their answers."""
    named = list(enumerate(told[:MOST_NAMED], start=1))
    for room, reason_room in ((2, 2), (2, 1), (1, 1)):
        lines = [voice.text("escalation-head")]
        for number, one in named:
            lines += [_line(voice, one, room, number), *_reason(voice, one, reason_room)]
        if height(lines) <= MOST_LINES:
            break
    rows = [
        [
            Button(voice.label(f"escalation-number-{said}", number=number), f"escalated-say:{one.flag.id}:{said}")
            for said in LeadAnswer
        ]
        for number, one in named
    ]
    opened = [
        Button(voice.label("escalation-look", number=number), f"escalated:{one.flag.id}") for number, one in named
    ]
    if len(told) <= MOST_NAMED:
        return Say(Markup("\n").join(lines), [*rows, opened])
    more = Button(voice.label("escalation-more", count=len(told) - MOST_NAMED), "owed:0")
    return Say(Markup("\n").join(lines), [*rows, opened, [more]])


def page(voice: Voice, one: Serious, *, since: str, told: Sequence[Markup]) -> Say:
    """One flag for a lead: rule, figure and reason, since when, whether it is disputed, and his answers.

    `told` is what was answered, or that it has cleared; then there is nothing to answer any more.
    """
    end = [voice.text("escalation-since", day=since), *told]
    for rooms in ((2, 2, 3), (2, 2, 2), (2, 2, 1), (2, 1, 1), (1, 1, 1)):
        lines = [_line(voice, one, rooms[0]), *_grounds(voice, one.shown, *rooms[1:])]
        free = MOST_LINES - height([*lines, *end])
        if free >= (one.flag.disputed_at is not None):
            break
    lines += [*end[:1], *_dispute(voice, one, min(2, max(1, free))), *told]
    rows = []
    if not told and one.was_told:
        rows = [
            [Button(voice.label(f"escalation-act-{said}"), f"escalated-say:{one.flag.id}:{said}:here")]
            for said in LeadAnswer
        ]
    back = Button(voice.label("escalation-to-owed"), f"owed-of:{one.manager.id}:0")
    return Say(Markup("\n").join(lines), [*rows, [back]])


def disputed(voice: Voice, one: Serious, number: int) -> list[Markup]:
    """A flag with which its manager disagrees, in a list: whose it is, and why not."""
    return [_line(voice, one, 1, number), *_dispute(voice, one, 1)]


def about(voice: Voice, shown: Shown) -> str:
    """The habit, and the account where there is one."""
    return " · ".join(filter(None, (voice.label(f"habit-{shown.flag.habit}"), shown.account)))


def answered(voice: Voice, said: str, name: str) -> Markup:
    """What a lead answered."""
    return voice.text(f"escalation-answered-{LeadAnswer(said)}", name=name)


def _mark(shown: Shown) -> str:
    return flag_words.MARKS[shown.flag.severity]


def _line(voice: Voice, one: Serious, lines: int, number: int | None = None) -> Markup:
    """Whose flag it is and where, in so many lines; with a number in a list."""
    name, what = fitted(one.manager.name, LINE / 2), about(voice, one.shown)
    if number is None:
        return voice.line("escalation-title", what=what, lines=lines, mark=_mark(one.shown), name=name)
    return voice.line("escalation-whose", what=what, lines=lines, mark=_mark(one.shown), name=name, number=number)


def _reason(voice: Voice, one: Serious, lines: int) -> list[Markup]:
    """Why: the first reason with its figure in so many lines, and the manager's own word against it in one."""
    whys = [voice.reason("escalation-why", what=why, lines=lines) for why in _whys(voice, one.shown)[:1]]
    return [*whys, *_dispute(voice, one, 1)]


def _whys(voice: Voice, shown: Shown) -> list[str]:
    return [voice.label(one.id, **flag_words.said(one.values)) for one in derivation(shown.flag).reasons()]


def _grounds(voice: Voice, shown: Shown, why_room: int, rule_room: int) -> list[Markup]:
    """Figures and rules, each in so many lines; a rule's source only where it has room."""
    found = _whys(voice, shown)[:MOST_WHYS]
    whys = [voice.reason("escalation-why", what=why, lines=why_room) for why in found]
    rules = list(_rules(voice, shown))[:MOST_RULES]
    return [*whys, *(voice.listing("escalation-rule", what=rule, between=" · ", lines=rule_room) for rule in rules)]


def _dispute(voice: Voice, one: Serious, lines: int) -> list[Markup]:
    if one.flag.disputed_at is None:
        return []
    return [voice.line("escalation-disputed", what=one.flag.dispute or "", lines=lines)]


def _rules(voice: Voice, shown: Shown) -> Iterator[list[str]]:
    """The rules that made signals of facts, each with version and source."""
    for step in _signals(derivation(shown.flag)):
        yield [f"{step.rule} v{step.version}", flag_words.source(voice, step.source)]


def _signals(step: Step) -> Iterator[Step]:
    if step.layer is Layer.SIGNAL:
        yield step
    for one in step.because:
        yield from _signals(one)
