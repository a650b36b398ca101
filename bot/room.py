"""The room that words take on a phone, measured without knowing any text: pure, for whoever cuts to size."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence

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


CLAUSE = re.compile(r"[（(][^）)]*[）)]?|(?:[^（(，；：,;:]|[,;:](?! ))+(?:[，；：]|[,;:] )?|.")
"""A part of a sentence: what stands in brackets, or up to a comma, semicolon or colon."""


ENOUGH = 1 / 3
"""Share of its room below which whole clauses say too little (our own figure)."""


def clauses(text: str, most: float) -> str:
    """One line of a text, as many whole clauses from its beginning as there is room for.

    Where these are very short, or the first is too long, it is cut after a word.
    """
    line = " ".join(text.split())
    if room(line) <= most:
        return line
    ends = [end.rstrip(" ，；：,;:") for end in itertools.accumulate(CLAUSE.findall(line))]
    fit = [end for end in ends if end and ENOUGH * most <= room(end) <= most]
    return fit[-1] if fit else _after_word(line, most)


def _after_word(line: str, most: float) -> str:
    """A line cut after a word, as `fitted` cuts it where the last word is a long one or there are no spaces."""
    cut = fitted(line, most)
    whole = cut[:-1] if line[len(cut) - 1 :].startswith(" ") else cut[:-1].rpartition(" ")[0].rstrip(" ，；：,;:")
    return f"{whole}…" if room(whole) >= most / 2 else cut


def listed(items: Sequence[str], between: str, most: float, rest: str = "") -> str:
    """As many of the items, from the first, as there is room for; the first is cut where even it has none.

    `rest` stands behind them where there are more.
    """
    joined = list(itertools.accumulate(items, lambda before, item: f"{before}{between}{item}"))
    if not joined or room(joined[-1]) <= most:
        return joined[-1] if joined else ""
    fit = [one for one in joined if room(one + rest) <= most]
    return (fit[-1] if fit else fitted(items[0], most - room(rest))) + rest
