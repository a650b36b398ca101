"""Organisations that a text names and that nobody knows yet: told by how their names end, or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.language.name_words import name_words
from bot.language.people import Placed, Span
from bot.language.plain import plain

HAN = re.compile("[\u3400-\u9fff]")
LONGEST = 10
"""Characters that the telling part of a Chinese name has at most."""
COUNT = re.compile(r"[一二三四五六七八九十百几两多好\d]+[家个间]?")
BRANCH = re.compile(r"[^\W\d_a-z的那这家门开到在说去了有个新老]{1,4}?(?:分?店(?![长员铺面里主])|支行|分行|分公司)")
EN_NAME = re.compile(r"(?:[A-Z][\w'’&-]*|&)(?: (?:[A-Z][\w'’-]*|&|and (?=[A-Z])|of (?=[A-Z])))*")
EN_BEFORE = re.compile(
    r"\b(?i:visited|visit|met with|called on|popped into|dropped by|stopped by|at|called|new customer|prospect),? "
    r"(?:a |the |an )?(?:place |shop |store |bar )?(?:called )?$"
)


def unknown_names(text: str, taken: Iterable[Placed] = ()) -> list[Span]:
    """Words that look like an organisation and overlap nothing that is taken (accounts, dates, people), in order."""
    places = [(one.start, one.end) for one in taken]
    flat = plain(text)
    found: list[Span] = []
    for start, end in (*_chinese(flat, places), *_english(text)):
        if all(end <= first or last <= start for first, last in places):
            places.append((start, end))
            found.append(Span(start, end, text[start:end]))
    return sorted(found, key=lambda span: span.start)


def _chinese(flat: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    words = name_words()
    for ending in words.organisation.finditer(flat):
        begin = max([0, ending.start() - LONGEST, *(last for _, last in places if last <= ending.start())])
        stem = re.split(r"[\W_]", flat[begin : ending.start()])[-1]
        for boundary in list(words.boundary.finditer(stem))[::-1]:
            rest = stem[boundary.end() :]
            if len(rest) > 1 or boundary[0] not in words.soft_boundary:
                stem = rest
                break
        if len(stem) > 1 and stem not in words.everyday and HAN.search(stem) and not COUNT.fullmatch(stem):
            behind = BRANCH.match(flat, ending.end())
            yield ending.start() - len(stem), behind.end() if behind else ending.end()


def _english(text: str) -> Iterator[tuple[int, int]]:
    words = name_words()
    for found in EN_NAME.finditer(text):
        said = found[0].lower().split(" ")
        start = found.start()
        while said and said[0] in words.en_not_people:
            start += len(said[0]) + 1
            del said[0]
        if not said or words.en_not_people.intersection(said):
            continue
        if (len(said) > 1 and said[-1].rstrip(".") in words.en_organisation) or EN_BEFORE.search(
            text, max(0, start - 40), start
        ):
            yield start, found.end()
