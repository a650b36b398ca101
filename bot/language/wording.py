"""Wording: the bad habits of M4.7.2 in what a manager says or writes to a client, with the words that show them.

A habit shows by evidence, the groups of `lexicon/wording.yaml`: one plain place is enough, faint ones add up. A place
counts for nothing where its clause or sentence excuses it: it is denied, hangs on a condition, is asked, or is told
of somebody else's words.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from bot.language.clauses import PERSON, Clause, clauses, mask
from bot.language.names import contacts_in
from bot.language.patterns import content, pattern

FILE = "wording"
ENOUGH = 1.0
"""What the evidence of a habit must weigh together."""

ROUNDING = 1e-9

SENTENCES = re.compile(r"[。!?\n]+|[.;](?=\s|$)")
CURLY = str.maketrans("’‘", "''")


@dataclass(frozen=True)
class Hit:
    """Words that show a habit, where they stand in the text, and the id of the text that says it better."""

    habit: str
    words: str
    start: int
    end: int
    suggestion_id: str


@dataclass(frozen=True)
class Habit:
    """A habit: its code in the inventory, its part of the text ids, and the knowledge article that helps."""

    code: str
    name: str
    article: str

    @property
    def name_id(self) -> str:
        """The id of the text that names the habit."""
        return f"wording-name-{self.name}"

    @property
    def why_id(self) -> str:
        """The id of the text that says why clients dislike it."""
        return f"wording-why-{self.name}"

    def better_id(self, variant: str | None = None) -> str:
        """The id of the text that says it better."""
        return "-".join(filter(None, ("wording-better", self.name, variant)))


@dataclass(frozen=True)
class Evidence:
    """A group of the lexicon that speaks for a habit, or against it where it weighs less than nothing.

    A place is excused by what `unless` names and needs what `needs` names; `most` places count. `typed` where capitals
    matter, `better` the variant of the better sentence.
    """

    group: str
    shows: str
    weight: float = 1.0
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    most: int = 99
    better: str | None = None
    typed: bool = False


@dataclass(frozen=True, order=True)
class _Place:
    """Where a piece of evidence stands in a text."""

    start: int
    end: int
    evidence: Evidence = field(compare=False)


@cache
def habits() -> Mapping[str, Habit]:
    """The sixteen habits by their codes, in the order of the inventory."""
    return {code: Habit(code, **habit) for code, habit in content(FILE)["habits"].items()}


@cache
def evidence() -> tuple[Evidence, ...]:
    """All that speaks for a habit."""
    told = ("shows", "weight", "unless", "needs", "most", "better", "typed")
    found = []
    for name, group in content(FILE)["groups"].items():
        if "shows" in group:
            said = {key: tuple(value) if isinstance(value, list) else value for key, value in group.items()}
            found.append(Evidence(name, **{key: said[key] for key in told if key in said}))
    return tuple(found)


def check(text: str) -> tuple[Hit, ...]:
    """The habits that a text shows, in the order of their places; none where its wording is fine."""
    read = _Text(text)
    found: dict[str, list[_Place]] = {}
    for one in evidence():
        places = itertools.islice(read.places(one), one.most)
        found.setdefault(one.shows, []).extend(_Place(start, end, one) for start, end in places)
    hits = [hit for code, places in found.items() for hit in _hits(read, habits()[code], places)]
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.habit)))


def _hits(read: _Text, habit: Habit, places: list[_Place]) -> Iterator[Hit]:
    """One hit for each sentence with plain evidence; where all is faint but enough, one from the first to the last."""
    told: set[int] = set()
    for place in sorted(one for one in places if one.evidence.weight >= ENOUGH):
        sentence = read.sentence(place.start)[0]
        if sentence not in told:
            told.add(sentence)
            yield read.hit(habit, place.start, place.end, place.evidence.better)
    if not told and sum(one.evidence.weight for one in places) > ENOUGH - ROUNDING:
        speaking = sorted(one for one in places if one.evidence.weight > 0)
        yield read.hit(habit, speaking[0].start, max(one.end for one in speaking), speaking[0].evidence.better)


@dataclass
class _Text:
    """A text as far as its wording shows: its one form, its sentences and clauses, and what is around a place."""

    text: str
    _around: dict[tuple[str, int, int], bool] = field(default_factory=dict)

    @cached_property
    def flat(self) -> str:
        masked = pattern("promises", "lookalike").sub(lambda found: "·" * len(found[0]), mask(self.text, ()))
        return masked.translate(CURLY)

    @cached_property
    def stops(self) -> list[int]:
        return [0, *(found.end() for found in SENTENCES.finditer(self.flat)), len(self.flat) + 1]

    @cached_property
    def clauses(self) -> list[Clause]:
        people = ((one.start, one.end, PERSON) for one in contacts_in(self.text))
        return clauses(self.text, mask(self.text, people))

    @cached_property
    def openings(self) -> list[int]:
        return [clause.start for clause in self.clauses]

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence around a place starts and ends."""
        number = bisect_right(self.stops, place)
        return self.stops[number - 1], min(self.stops[number], len(self.flat))

    def clause(self, place: int) -> Clause | None:
        """The clause in which a place stands, or before it."""
        number = bisect_right(self.openings, place)
        return self.clauses[max(number - 1, 0)] if self.clauses else None

    def hit(self, habit: Habit, start: int, end: int, variant: str | None) -> Hit:
        """The hit at a place."""
        return Hit(habit.code, self.text[start:end], start, end, habit.better_id(variant))

    def places(self, one: Evidence) -> Iterator[tuple[int, int]]:
        """Where a piece of evidence is found and nothing excuses it."""
        for found in pattern(FILE, one.group).finditer(self.text if one.typed else self.flat):
            start, end = found.span()
            if start == end or any(self.holds(excuse, start, end) for excuse in one.unless):
                continue
            if all(self.holds(need, start, end) for need in one.needs):
                yield start, end

    def holds(self, name: str, start: int, end: int) -> bool:
        """Whether something is said around a place."""
        clause = self.clause(start)
        if name == "asked":
            return clause is not None and clause.asks
        if name == "reported":
            return clause is not None and clause.teller != "manager"
        first, last = self._within(content(FILE)["groups"][name]["within"], clause, start, end)
        key = (name, first, last)
        if key not in self._around:
            self._around[key] = pattern(FILE, name).search(self.flat[first:last]) is not None
        return self._around[key]

    def _within(self, scope: str, clause: Clause | None, start: int, end: int) -> tuple[int, int]:
        opening, closing = self.sentence(start)
        if scope == "text" or clause is None:
            return 0, len(self.flat)
        if scope == "sentence":
            return opening, closing
        if scope == "after":
            return start, closing
        if scope == "before":
            return min(max(clause.start, opening), start), start
        return max(clause.start, opening), max(clause.end, end)
