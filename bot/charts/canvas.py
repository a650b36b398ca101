"""A page to draw on, in pixels from the upper left: texts, bars and boxes in the coach's colours and font."""

from __future__ import annotations

import io
from functools import cache
from itertools import accumulate
from typing import Literal

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from PIL import Image

from bot.charts import FONT

BOX = "□"
"""What is drawn for a character that the font lacks."""

WIDTH, EDGE = 1080, 48
"""Of a page and of its margin, in pixels: a chat shows it some 330 points wide, so that 30 pixels are 9 points."""

INNER = WIDTH - 2 * EDGE
SMALL, PLAIN, BIG, HUGE = 28, 34, 40, 56
"""Sizes of texts, in pixels."""

DPI = 100
POINTS = 72 / DPI
BASELINE = 0.36
"""How far below the middle of a line its letters stand, as a share of their size."""

COLORS = 256
"""Of a file: a third of the bytes of full colour, at most 15 of 255 off where letters are smoothed (measured)."""

PAPER, INK, GREY, TRACK = "#fbfaf7", "#1f2328", "#5f666d", "#e3e5e8"
BLUE, PALE_BLUE, ACCENT, PALE_ACCENT = "#1f5fa8", "#a9c8e8", "#c24d08", "#f8d8c4"
"""Blue and vermilion differ for every kind of colour blindness; vermilion is kept for what needs attention.
The paper is solid: a picture looks the same in Telegram's light and dark mode."""


@cache
def _characters() -> frozenset[int]:
    return frozenset(get_font(FONT).get_charmap())


def drawable(text: str) -> str:
    """One line of a text, with a box for each character that the font lacks."""
    return "".join(one if ord(one) in _characters() else BOX for one in " ".join(text.split()))


def width(text: str, size: float) -> float:
    """The width of a drawable text, in pixels."""
    font = get_font(FONT)  # one for each thread
    font.set_size(size * POINTS, DPI)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64


def fitted(text: str, size: float, room: float) -> str:
    """One line of a text as it is drawn, shortened to `room` pixels."""
    text = drawable(text)
    if width(text, size) <= room:
        return text
    ends = accumulate(width(one, size) for one in text)
    kept = sum(end <= room - width("…", size) for end in ends)
    return f"{text[:kept].rstrip()}…"


Align = Literal["left", "center", "right"]


class Page:
    """One picture in the making, `height` pixels high."""

    def __init__(self, height: int) -> None:
        self._height = height
        self._figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = PLAIN,
        *,
        color: str = INK,
        align: Align = "left",
        room: float = INNER,
        bold: bool = False,
    ) -> None:
        """Write one line around the height `y`, shortened to `room`."""
        words, font = fitted(text, size, room), FontProperties(fname=FONT, size=size * POINTS)
        # Twice, a little apart: one weight of the font is 1.6 MB.
        for shift in (0, size / 32) if bold else (0,):
            self._axes.add_artist(
                Text(
                    x + shift,
                    y + BASELINE * size,
                    words,
                    color=color,
                    fontproperties=font,
                    horizontalalignment=align,
                    parse_math=False,  # a dollar sign in a name is a dollar sign
                )
            )

    def box(self, x: float, y: float, across: float, down: float, color: str, *, radius: float = 0) -> None:
        """A filled box with round corners, `x` and `y` its upper left."""
        if across <= 0:
            return
        radius = min(radius, across / 2, down / 2)
        style = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        self._axes.add_artist(FancyBboxPatch((x, y), across, down, boxstyle=style, facecolor=color, linewidth=0))

    def bar(
        self,
        x: float,
        y: float,
        across: float,
        share: float,
        *,
        color: str = BLUE,
        track: str = TRACK,
        down: float = 18,
    ) -> None:
        """A bar filled from the left by a share of 0 to 1, more counts as all."""
        self.box(x, y, across, down, track, radius=down / 2)
        self.box(x, y, max(down, across * min(1, share)) if share > 0 else 0, down, color, radius=down / 2)

    def line(self, x: float, top: float, bottom: float, *, color: str = GREY) -> None:
        """An upright dashed line."""
        self._axes.add_artist(Line2D((x, x), (top, bottom), color=color, linewidth=2, linestyle=(0, (4, 3))))

    def rule(self, y: float) -> None:
        """A thin line across the page."""
        self.box(EDGE, y, INNER, 2, TRACK)

    def png(self) -> bytes:
        """The finished picture."""
        drawn, file = io.BytesIO(), io.BytesIO()
        self._figure.savefig(drawn, format="rgba")
        size = WIDTH, self._height
        picture = Image.frombytes("RGBA", size, drawn.getvalue()).convert("RGB")
        picture.quantize(COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
        return file.getvalue()
