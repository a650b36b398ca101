"""The month view's pictures: a team's clients by tier and segment, and each manager's load, visits and new accounts."""

from __future__ import annotations

from dataclasses import replace

from bot.charts import parts
from bot.charts.canvas import ACCENT, BLUE, EDGE, GREY, INNER, PLAIN, SMALL, TRACK, Page
from bot.charts.parts import HEAD, LEGEND, PERSON, Figure, Row
from bot.models import Tier
from bot.services.months import ManagerMonth, Month, Segment
from bot.texts import Voice

TIERS = {Tier.A: BLUE, Tier.B: "#78a8da", Tier.C: "#c3d8ee"}
"""The colours of the tiers: the darker, the more often an account deserves contact."""

TIER, SEGMENT, HEADING = 106, 64, 64
"""Heights of a tier, a segment and a heading, in pixels."""

MOST_SEGMENTS = 8
"""Segments with bars of their own; the smaller ones are one bar together."""

NAME_ROOM, COUNT_ROOM = 260, 90
"""Of a segment's name and of its count, beside its bar, in pixels."""

DETAILED, DETAILED_OF_MANY = 8, 4
"""Managers with bars of their own: all of a small team; of a larger one those with the fullest books."""


def structure(month: Month, voice: Voice) -> bytes:
    """The clients' page as PNG."""
    if not month.accounts:
        return _empty(month, voice)
    segments = _largest(month.segments, voice)
    top = HEAD + HEADING + TIER * len(month.tiers)
    page = Page(top + HEADING + 20 + SEGMENT * len(segments) + 2 * LEGEND + 70)
    _head(page, month, voice)
    page.text(EDGE, HEAD + 30, voice.label("charts-tiers", count=month.accounts), PLAIN, bold=True)
    largest = max(part.accounts for part in month.tiers)
    for number, part in enumerate(month.tiers):
        y = HEAD + HEADING + number * TIER
        across = INNER * part.accounts / largest
        met = Figure.of(part.met, part.accounts)
        page.text(EDGE, y + 26, voice.label("charts-tier", tier=part.tier, count=part.accounts), PLAIN)
        words = voice.label("charts-tier-met", count=part.met, percent=met.percent, days=part.cadence_days)
        page.text(EDGE + INNER, y + 26, words, SMALL, color=GREY, align="right")
        page.bar(EDGE, y + 54, across, met.share or 0, down=28)
    page.text(EDGE, top + 34, voice.label("charts-segments"), PLAIN, bold=True)
    _tier_key(page, top + 34)
    most = max(segment.accounts for _, segment in segments)
    for number, (name, segment) in enumerate(segments):
        _segment(page, top + HEADING + 20 + number * SEGMENT, name, segment, most)
    y = top + HEADING + 20 + SEGMENT * len(segments) + 10
    legend = [(voice.label(text_id), GREY) for text_id in ("charts-legend-tiers", "charts-legend-met")]
    parts.legend(page, y, legend)
    return page.png()


def _tier_key(page: Page, y: float) -> None:
    """Which colour is which tier, at the right of a heading."""
    for place, (tier, color) in enumerate(reversed(TIERS.items())):
        x = EDGE + INNER - (place + 1) * 84
        page.box(x, y - 14, 28, 28, color, radius=6)
        page.text(x + 38, y, tier, SMALL, color=GREY)


def _segment(page: Page, y: float, name: str, segment: Segment, most: int) -> None:
    page.text(EDGE, y + 22, name, SMALL, room=NAME_ROOM - 16)
    x: float = EDGE + NAME_ROOM
    across = INNER - NAME_ROOM - COUNT_ROOM
    for tier, color in TIERS.items():
        part = across * segment.by_tier.get(tier, 0) / most
        page.box(x, y + 6, part, 32, color)
        x += part
    page.text(x + 14, y + 22, str(segment.accounts), SMALL, color=GREY)


def _largest(segments: tuple[Segment, ...], voice: Voice) -> list[tuple[str, Segment]]:
    """The segments with their names, the smaller ones put together, those without one last."""
    named = [one for one in segments if one.name is not None]
    kept = named if len(named) <= MOST_SEGMENTS else named[: MOST_SEGMENTS - 1]
    rest, unnamed = named[len(kept) :], [one for one in segments if one.name is None]
    found = [(str(one.name), one) for one in kept]
    if rest:
        together = {str(tier): sum(one.by_tier.get(tier, 0) for one in rest) for tier in TIERS}
        found.append((voice.label("charts-segment-others", count=len(rest)), Segment(None, together)))
    return [*found, *((voice.label("charts-segment-none"), one) for one in unnamed)]


def load(month: Month, voice: Voice) -> bytes:
    """The managers' page as PNG."""
    if not month.accounts:
        return _empty(month, voice)
    managers = month.managers
    first = managers[: DETAILED if len(managers) <= DETAILED else DETAILED_OF_MANY]
    rest = managers[len(first) :]
    below = HEAD + PERSON * len(first)
    table = parts.table_height(len(rest))
    page = Page(below + table + 3 * LEGEND + 60)
    _head(page, month, voice)
    labels = [voice.label(f"charts-month-{name}") for name in ("load", "visits", "new")]
    for number, manager in enumerate(first):
        aside = [(voice.label("charts-book", count=manager.accounts), GREY)]
        figures = dict(zip(labels, _of(manager), strict=True))
        y = HEAD + number * PERSON
        parts.person(page, y, manager.name, figures, aside, is_concern=manager.is_overloaded)
    if rest:
        more = voice.label("charts-more", count=len(rest) - 2 * parts.TALLEST)
        shorts = [voice.label(f"charts-month-short-{name}") for name in ("load", "visits", "new", "book")]
        rows = [_row(manager) for manager in rest]
        parts.table(page, below, shorts, rows, more)
    legend = {"charts-legend-load": GREY, "charts-legend-goals": GREY, "charts-legend-overloaded": ACCENT}
    parts.legend(page, below + table + 10, [(voice.label(text_id), color) for text_id, color in legend.items()])
    return page.png()


def _of(manager: ManagerMonth) -> tuple[Figure, ...]:
    """Load, visits and new accounts of one manager."""
    ratio = float(manager.load.ratio)
    return (
        Figure(f"{int(100 * ratio + 1e-9)}%", ratio, is_exception=manager.is_overloaded),
        Figure.of(manager.visits, manager.visits_goal),
        Figure.of(manager.new_accounts, manager.new_accounts_goal),
    )


def _row(manager: ManagerMonth) -> Row:
    load, visits, new = _of(manager)
    counts = replace(visits, words=str(manager.visits)), replace(new, words=str(manager.new_accounts))
    return Row(manager.name, (load.narrow, *counts), str(manager.accounts))


def _head(page: Page, month: Month, voice: Voice) -> None:
    aside = voice.label("charts-as-of", day=voice.day(month.day)) if month.is_partial else ""
    parts.head(page, month.team_name, voice.month(month.first), aside)


def _empty(month: Month, voice: Voice) -> bytes:
    """The page of a team without any account."""
    page = Page(HEAD + 330)
    _head(page, month, voice)
    for place, across in enumerate((1.0, 0.7, 0.4)):
        page.box(EDGE, HEAD + 20 + place * 48, INNER * across, 28, TRACK, radius=14)
    parts.nothing(page, HEAD + 200, voice.label("charts-no-accounts"), voice.label("charts-no-accounts-advice"))
    return page.png()
