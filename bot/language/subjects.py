"""Who a note is about: its accounts in order of mention, each with the clauses that tell of it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.language.clauses import TIME, Clause
from bot.language.mentions import Mentions
from bot.language.names import NameHit
from bot.language.patterns import pattern
from bot.language.understanding import Ask

EITHER = re.compile(r"\s*(?:还是|或者?|\bor)\s*")


@dataclass
class Subject:
    """An account that is named: its key in the book, or what has to be asked; and the numbers of its clauses."""

    account: int | None = None
    heard: str | None = None
    ask: Ask | None = None
    candidates: tuple[int, ...] = ()
    clauses: list[int] = field(default_factory=list)

    def is_same(self, other: Subject) -> bool:
        """Whether both are the same account, or can be."""
        if self.account is not None or other.account is not None:
            return self.account == other.account or other.account in self.candidates
        return self.candidates == other.candidates and (bool(self.candidates) or self.heard == other.heard)


def subjects(text: str, said: Sequence[Clause], mentioned: Mentions) -> tuple[list[Subject], list[int]]:
    """The accounts of a note, and the numbers of the clauses of a note that names none.

    What is told before the first account is named belongs to it. An account named after a correction takes the place
    of the one before: 去了永辉, 不对, 是华润.
    """
    found: list[Subject] = []
    current: Subject | None = None
    early: list[int] = []
    places = deque(_places(text, mentioned))
    for number, clause in enumerate(said):
        while places and places[0][0] < clause.end:
            named = places.popleft()[2]
            if current and _takes_back(said[max(0, number - 1) : number + 1]):
                found.remove(current)
                early = current.clauses
            current = next((one for one in found if one.is_same(named)), None)
            if current is None:
                current = named
                found.append(current)
                current.clauses, early = early, []
        (current.clauses if current else early).append(number)
    return found, early


def _places(text: str, mentioned: Mentions) -> list[tuple[int, int, Subject]]:
    """Where accounts are named, in order; two between which the writer is not sure himself are one to ask."""
    named = [(one.start, one.end, _known(one)) for one in mentioned.accounts]
    named += [(one.start, one.end, Subject(heard=one.words, ask="not_in_book")) for one in mentioned.strangers]
    for person in mentioned.people:  # 小林 is 小林副食, once that was named
        shop = next((one for one in mentioned.accounts if one.is_sure and one.words.startswith(person.words)), None)
        if shop and shop.start < person.start:
            named.append((person.start, person.end, _known(shop)))
    told: list[tuple[int, int, Subject]] = []
    for place in sorted(named, key=lambda one: one[0]):
        if told and EITHER.fullmatch(text, told[-1][1], place[0]):
            told.append(_one_of(text, told.pop(), place))
        else:
            told.append(place)
    return told


def _one_of(text: str, first: tuple[int, int, Subject], second: tuple[int, int, Subject]) -> tuple[int, int, Subject]:
    keys = tuple(key for _, _, one in (first, second) for key in (one.candidates or _key(one)))
    start, end = first[0], second[1]
    return start, end, Subject(heard=text[start:end], ask="ambiguous", candidates=keys)


def _known(hit: NameHit) -> Subject:
    if hit.is_sure:
        return Subject(hit.candidates[0].key, hit.words)
    return Subject(heard=hit.words, ask="ambiguous", candidates=tuple(one.key for one in hit.candidates))


def _key(subject: Subject) -> tuple[int, ...]:
    return () if subject.account is None else (subject.account,)


def _takes_back(said: Iterable[Clause]) -> bool:
    correction = pattern("promises", "correction")
    return any(correction.match(clause.masked) and TIME not in clause.masked for clause in said)
