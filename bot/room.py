"""The room that words take on a phone, measured without knowing any text: pure, for whoever cuts to size."""

from __future__ import annotations

import itertools
import unicodedata

LATIN = 0.53
"""Room of a Latin letter beside a Chinese character on a phone (measured in Chromium at 390 px)."""


def room(text: str) -> float:
    """How much of a line a text takes on a phone, in Chinese characters; a line has some twenty."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else LATIN for character in text)


def fitted(text: str, most: float) -> str:
    """One line of a text, cut to so much room."""
    line = " ".join(text.split())
    if room(line) <= most:
        return line
    taken = itertools.accumulate(map(room, line))
    return line[: sum(so_far <= most - 1 for so_far in taken)].rstrip() + "…"
