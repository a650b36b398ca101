"""What several pages have: their head, a person with a bar for each figure, a table of cells for many, a legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.charts.canvas import (
    ACCENT,
    BIG,
    BLUE,
    EDGE,
    GREY,
    INK,
    INNER,
    PALE_ACCENT,
    PALE_BLUE,
    PLAIN,
    SMALL,
    TRACK,
    Page,
    width,
)

HEAD, PERSON, ROW, LEGEND, GAP = 170, 156, 46, 44, 28
"""Heights of the parts, and the gap between figures side by side, in pixels."""

CELL, COLUMN_GAP = 68, 32
"""Widths of a cell, and between the two columns of a table, in pixels."""

TALLEST = 28
"""Rows of a table: more than twice as many people do not fit a phone."""

LONGEST_PLAIN = 6
"""Characters of a figure that have room beside its name in the plain size."""

NOTHING = "–"
"""What stands for a figure where there is nothing to measure."""


@dataclass(frozen=True)
class Figure:
    """One figure: its words, and its share from 0 to 1 and beyond, None where there is nothing to measure.

    An exception is drawn in the colour that is kept for it.
    """

    words: str
    share: float | None
    is_exception: bool = False

    @classmethod
    def of(cls, done: int, whole: int | None, *, is_exception: bool = False) -> Figure:
        """So many of a whole; what was done without a whole is told as it is."""
        if not whole:
            return cls(str(done) if done else NOTHING, None, is_exception)
        return cls(f"{done}/{whole}", done / whole, is_exception)

    @property
    def percent(self) -> str:
        """The share in whole percent, rounded down as everywhere, without its sign."""
        return NOTHING if self.share is None else str(int(100 * self.share + 1e-9))

    @property
    def narrow(self) -> Figure:
        """The same with no words but its percent."""
        return replace(self, words=self.percent)

    @property
    def color(self) -> str:
        """Of its bar."""
        return ACCENT if self.is_exception else BLUE


@dataclass(frozen=True)
class Row:
    """One person in a table: his figures, in a few characters each, and what stands behind them."""

    name: str
    figures: Sequence[Figure]
    last: str = ""


def head(page: Page, title: str, time: str, aside: str = "") -> None:
    """The name of a team, the time that the page is about, and to the right what is to be said of it."""
    page.text(EDGE, 66, title, 48, bold=True)
    page.text(EDGE, 126, time, PLAIN, color=GREY)
    page.text(EDGE + INNER, 126, aside, SMALL, color=GREY, align="right")


def person(
    page: Page,
    y: float,
    name: str,
    figures: Mapping[str, Figure],
    asides: Sequence[tuple[str, str]] = (),
    *,
    is_concern: bool = False,
) -> None:
    """A person's name, beside it words in their colours, and a bar for each figure by its name."""
    x: float = EDGE + INNER
    for words, color in reversed(asides):
        page.text(x, y + 28, words, SMALL, color=color, align="right")
        x -= width(words, SMALL) + 24
    if is_concern:
        page.box(EDGE - 24, y + 12, 8, PERSON - 34, ACCENT, radius=4)
    page.text(EDGE, y + 28, name, BIG, room=x - EDGE - 16, bold=True)
    step = (INNER + GAP) / len(figures)
    for place, (label, figure) in enumerate(figures.items()):
        x = EDGE + place * step
        page.text(x, y + 80, label, SMALL, color=GREY)
        size = PLAIN if len(figure.words) <= LONGEST_PLAIN else SMALL
        color = ACCENT if figure.is_exception else INK
        page.text(x + step - GAP, y + 80, figure.words, size, color=color, align="right")
        page.bar(x, y + 104, step - GAP, figure.share or 0, color=figure.color)


def table_height(count: int) -> int:
    """The height of a table of so many people, in pixels; 0 for none."""
    return (-(-min(count, 2 * TALLEST) // 2) + 2) * ROW if count else 0


def table(page: Page, y: float, headings: Sequence[str], rows: Sequence[Row], more: str) -> None:
    """People in two columns: a cell for each figure, the fuller the bluer; `more` is said where not all have room."""
    shown = rows[: 2 * TALLEST]
    half = -(-len(shown) // 2)
    across = (INNER - COLUMN_GAP) / 2
    room = across - len(headings) * CELL
    for left, column in ((EDGE, shown[:half]), (EDGE + across + COLUMN_GAP, shown[half:])):
        for place, label in enumerate(headings):
            x = left + room + (place + 0.5) * CELL
            page.text(x, y + ROW / 2, label, 24, color=GREY, align="center", room=CELL)
        for number, row in enumerate(column, start=1):
            middle = y + (number + 0.5) * ROW
            page.text(left, middle, row.name, SMALL, room=room - 10)
            for place, figure in enumerate(row.figures):
                _cell(page, left + room + place * CELL, middle, figure)
            page.text(left + across - CELL / 2, middle, row.last, 26, color=GREY, align="center")
    if len(rows) > len(shown):
        page.text(EDGE, y + (half + 1.5) * ROW, more, SMALL, color=GREY)


def _cell(page: Page, x: float, middle: float, figure: Figure) -> None:
    fill = PALE_ACCENT if figure.is_exception else _shade(figure.share)
    page.box(x + 3, middle - ROW / 2 + 3, CELL - 6, ROW - 6, fill, radius=6)
    color = ACCENT if figure.is_exception else INK
    page.text(x + CELL / 2, middle, figure.words, 26, color=color, align="center", bold=figure.is_exception)


def _shade(share: float | None) -> str:
    """From nearly white to light blue; grey where there is nothing to measure."""
    if share is None:
        return TRACK
    pale, full = (0xEE, 0xF4, 0xFA), tuple(bytes.fromhex(PALE_BLUE[1:]))
    mixed = (round(a + (b - a) * min(1, share)) for a, b in zip(pale, full, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def legend(page: Page, y: float, lines: Sequence[tuple[str, str]]) -> None:
    """What the page's words and colours mean, each line in its colour, below a thin line."""
    page.rule(y)
    for number, (words, color) in enumerate(lines, start=1):
        page.text(EDGE, y + number * LEGEND, words, SMALL, color=color)


def nothing(page: Page, y: float, says: str, advice: str) -> None:
    """A friendly word where there is nothing to draw."""
    page.text(EDGE, y, says, BIG, bold=True)
    page.text(EDGE, y + 60, advice, PLAIN, color=GREY)
