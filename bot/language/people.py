"""People in what people type: surname and title, 老马, 阿珍, Mr Smith, first names where somebody would stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from bot.language.name_words import name_words
from bot.language.plain import plain


class Placed(Protocol):
    """Anything that has a place in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it is over."""


@dataclass(frozen=True)
class Span:
    """Words at a place of a text."""

    start: int
    end: int
    words: str


LONGEST_EN = 2
"""Words of an English name from which on one of them must be a known first name."""
BESIDE = re.compile("的?(?P<who>[小阿][\u3400-\u9fff])")
"""小敏 and the like, right behind an account."""


def contacts_in(text: str, taken: Iterable[Placed] = ()) -> list[Span]:
    """The people that a text names, as typed and in order, outside the places that are taken (accounts, say)."""
    places = [(one.start, one.end) for one in taken]
    found: list[Span] = []
    for span in (*_chinese(text), *_beside(text, places), *_english(text)):
        if all(span.end <= start or end <= span.start for start, end in places):
            places.append((span.start, span.end))
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def is_person(words: str) -> bool:
    """Whether Chinese words are just a person as people are called (老王, 李姐)."""
    return any(span.end - span.start == len(words) for span in _chinese(words))


def _chinese(text: str) -> Iterator[Span]:
    flat = plain(text)
    words = name_words()
    for pattern in words.people:
        for found in pattern.finditer(flat):
            start, end = found.span("who")
            before = flat[max(0, start - 1) : start + 1]
            is_other = before in words.not_people or before in words.everyday or flat[start:end] in words.not_people
            if not is_other and not words.places.match(flat, start, end):
                yield Span(start, end, text[start:end])


def _beside(text: str, places: Iterable[tuple[int, int]]) -> Iterator[Span]:
    """小敏 and the like right behind an account."""
    for _, place in list(places):
        found = BESIDE.match(text, place)
        if found and found["who"] not in name_words().not_people:
            yield Span(*found.span("who"), found["who"])


def _english(text: str) -> Iterator[Span]:
    words = name_words()
    for pattern, proof in words.en_people:
        for found in pattern.finditer(text):
            span = _english_span(text, found)
            is_known = span.words.split(" ")[0].lower() in words.given_names
            if proof == "titled" or (is_known if proof == "known" else not _is_other(text, span)):
                yield span


def _english_span(text: str, found: re.Match[str]) -> Span:
    """The name without a last word that is none (Grace Friday)."""
    start, end = found.span("who")
    *first, last = found["who"].split(" ")
    if first and last.lower() in name_words().en_not_people:
        end -= len(last) + 1
    return Span(start, end, text[start:end])


def _is_other(text: str, span: Span) -> bool:
    """Whether words with a capital are something else than a person: a known word, or a name that goes on."""
    words = name_words()
    said = [word.lower() for word in span.words.split(" ")]
    behind = re.match(r" ?(?:&|([A-Z][a-z]+))", text[span.end :])
    goes_on = behind is not None and (behind[1] is None or behind[1].lower() not in words.en_not_people)
    is_long = len(said) > LONGEST_EN and words.given_names.isdisjoint(said)
    return goes_on or is_long or not (words.en_not_people | words.en_organisation).isdisjoint(said)
