"""Wording: the bad habits of M4.7.2 in what a manager says or writes to a client, with the words that show them.

Two things speak for a habit. Evidence, the groups of `lexicon/wording.yaml`: one plain place weighs much, faint ones
add up, and a place counts for nothing where its clause or sentence excuses it - it is denied, hangs on a condition, is
asked, or tells somebody else's words. And likeness to labelled examples, `lexicon/wording_examples.jsonl`: it reaches
what no pattern foresees, and holds back a pattern that means something else there.
"""

from __future__ import annotations

import itertools
import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from typing import Any

from bot.language.clauses import HAN, PERSON, Clause, clauses, mask
from bot.language.examples import Kinds, Leaning, traces
from bot.language.names import contacts_in
from bot.language.patterns import FOLDER, content, pattern, sources

FILE = "wording"
OVER_PROMISING = "M4.7.2.9"

PLAIN = 1.0
"""What evidence weighs that is enough alone."""

MOST = 3.0
"""What all the evidence of a habit weighs at most."""

PROMISING, HARMLESS, PROMISES_FROM = 0.5, 0.3, 0.6
RISKY, RISKY_FROM = 0.5, 0.8
"""What leaning to the examples that over-promise, to those that show nothing, or to those that show any habit weighs
beside evidence, and the sum from which on a text is told to; measured on texts held out from the examples."""

LEAD = 0.4
"""How far another habit may be the likelier one where a text over-promises by likeness."""

TYPICAL = 8.0
"""What likeness to the examples of a habit weighs beside evidence, where it is known that some habit shows."""

PLACES = 50
"""Places of one group that are looked at in a text."""

FEWEST = 4
"""Characters of the shortest words that are shown of faint evidence or likeness: fewer say nothing to the reader."""

BEFORE = 40
"""Characters over which a denial still counts."""

SCRIPTS = {"Chinese": HAN, "Latin": re.compile("[a-z]")}
LATIN_WORD = re.compile(r"(?<![\\a-z])[a-z]{2}")

SENTENCES = re.compile(r"[。!?\n]+|[.;](?=\s|$)")
STOPS = re.compile(r"[,，。;；!！?？、:：\n…]|[.](?=\s|$)")
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
    weight: float = PLAIN
    unless: Sequence[str] = ()
    needs: Sequence[str] = ()
    most: int = 99
    better: str | None = None
    typed: bool = False


@dataclass(frozen=True, order=True)
class _Place:
    """Where a piece of evidence stands in a text."""

    start: int
    end: int
    evidence: Evidence = field(compare=False)


@dataclass(frozen=True)
class _Examples:
    """What the labelled examples say: which way to over-promising, which way to any habit, what each habit is like."""

    promising: Leaning
    risky: Leaning
    kinds: Kinds


@cache
def habits() -> Mapping[str, Habit]:
    """The sixteen habits by their codes, in the order of the inventory."""
    return {code: Habit(code, **habit) for code, habit in content(FILE)["habits"].items()}


@cache
def evidence() -> tuple[Evidence, ...]:
    """All that speaks for a habit."""
    told = {one.name for one in fields(Evidence)}
    found = []
    for name, group in content(FILE)["groups"].items():
        if "shows" in group:
            said: dict[str, Any] = {key: value for key, value in group.items() if key in told}
            found.append(Evidence(name, **said))
    return tuple(found)


@cache
def _finder(group: str, scripts: frozenset[str]) -> re.Pattern[str] | None:
    """The patterns of a group that may be found in a text of these scripts: most need letters of one script."""
    chosen = [one for one in sources(FILE, group) if _script(one) in (*scripts, None)]
    return re.compile("|".join(chosen)) if chosen else None


def _script(source: str) -> str | None:
    if HAN.search(source):
        return "Chinese"
    return "Latin" if LATIN_WORD.search(source) else None


@cache
def _examples() -> _Examples:
    lines = (FOLDER / "wording_examples.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [(traces(one["text"]), frozenset(one["habits"])) for one in map(json.loads, lines)]
    risky = [(found, shown) for found, shown in labels if shown]
    return _Examples(
        Leaning.between(
            [found for found, shown in labels if OVER_PROMISING in shown],
            [found for found, shown in labels if OVER_PROMISING not in shown],
        ),
        Leaning.between([found for found, _ in risky], [found for found, shown in labels if not shown]),
        Kinds.of(risky),
    )


def check(text: str) -> tuple[Hit, ...]:
    """The habits that a text shows, in the order of their places; none where its wording is fine.

    The first call reads the examples, which takes about half a second.
    """
    read = _Text(text)
    found: dict[str, list[_Place]] = {code: [] for code in habits()}
    for one in evidence():
        places = itertools.islice(read.places(one), one.most)
        found[one.shows] += [_Place(start, end, one) for start, end in places]
    hits = [hit for code in _shown(read, found) for hit in read.hits(habits()[code], found[code])]
    return tuple(sorted(hits, key=lambda hit: (hit.start, hit.habit)))


def _shown(read: _Text, found: Mapping[str, Sequence[_Place]]) -> list[str]:
    """The habits that show: what the evidence weighs together with the likeness to the examples."""
    examples = _examples()
    weights = {code: _weight(places) for code, places in found.items()}
    to_promises, to_risky = examples.promising.of(read.traces), examples.risky.of(read.traces)
    promising = weights[OVER_PROMISING] + PROMISING * to_promises + HARMLESS * min(to_risky, 0.0)
    promises, risky = promising > PROMISES_FROM, max(weights.values()) + RISKY * to_risky > RISKY_FROM
    if not (promises or risky):
        return []
    like = examples.kinds.likeness(read.traces)
    likely = {code: weight + TYPICAL * like.get(code, 0.0) for code, weight in weights.items()}
    other = max((code for code in likely if code != OVER_PROMISING), key=likely.__getitem__)
    lead = likely[OVER_PROMISING] - likely[other]
    plain_ones = {code for code, places in found.items() if any(one.evidence.weight >= PLAIN for one in places)}
    if (promises and (OVER_PROMISING in plain_ones or lead >= -LEAD)) or lead > 2 * LEAD:
        return [OVER_PROMISING, *sorted(plain_ones - {OVER_PROMISING})]
    return sorted({other, *plain_ones} - {OVER_PROMISING})


def _weight(places: Sequence[_Place]) -> float:
    """What the evidence of a habit weighs: plain places once, as more of them say no more, and all faint ones."""
    plain_one = any(one.evidence.weight >= PLAIN for one in places)
    return min(plain_one * PLAIN + sum(one.evidence.weight for one in places if one.evidence.weight < PLAIN), MOST)


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
    def scripts(self) -> frozenset[str]:
        return frozenset(script for script, letters in SCRIPTS.items() if letters.search(self.flat))

    @cached_property
    def traces(self) -> set[str]:
        return traces(self.text)

    @cached_property
    def sentences(self) -> list[int]:
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
        number = bisect_right(self.sentences, place)
        return self.sentences[number - 1], min(self.sentences[number], len(self.flat))

    def clause(self, place: int) -> Clause | None:
        """The clause in which a place stands, or before it."""
        number = bisect_right(self.openings, place)
        return self.clauses[max(number - 1, 0)] if self.clauses else None

    def places(self, one: Evidence) -> Iterator[tuple[int, int]]:
        """Where a piece of evidence is found and nothing excuses it."""
        finder = _finder(one.group, self.scripts)
        finds = finder.finditer(self.text if one.typed else self.flat) if finder else ()
        for found in itertools.islice(finds, PLACES):
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
            finder = _finder(name, self.scripts)
            self._around[key] = finder is not None and finder.search(self.flat[first:last]) is not None
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
            opening = max(opening, start - BEFORE)
            return max((stop.end() for stop in STOPS.finditer(self.flat, opening, start)), default=opening), start
        return max(clause.start, opening), max(clause.end, end)

    def hits(self, habit: Habit, places: Sequence[_Place]) -> Iterator[Hit]:
        """One hit for each sentence with plain evidence; else one over all faint evidence; else the likest clause."""
        told: set[int] = set()
        for place in sorted(one for one in places if one.evidence.weight >= PLAIN):
            sentence = self.sentence(place.start)[0]
            if sentence not in told:
                told.add(sentence)
                yield self._hit(habit, place.start, place.end, place.evidence.better)
        faint = sorted(one for one in places if 0 < one.evidence.weight < PLAIN)
        if faint and not told:
            start, end = self._whole(faint[0].start, max(one.end for one in faint))
            yield self._hit(habit, start, end, faint[0].evidence.better)
        elif not told:
            examples = _examples()
            leaning = examples.promising if habit.code == OVER_PROMISING else examples.risky
            told_of = [one for one in self.clauses if one.end - one.start >= FEWEST] or self.clauses
            best = max(told_of, key=lambda clause: leaning.of(traces(clause.words)))
            yield self._hit(habit, best.start, best.end, None)

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """A place, or the clause that it stands in where it is too short to say anything."""
        clause, words = self.clause(start), self.text[start:end]
        is_enough = len(words) >= FEWEST and (HAN.search(words) or " " in words)
        if is_enough or clause is None or not clause.start <= start < clause.end:
            return start, end
        return clause.start, max(clause.end, end)

    def _hit(self, habit: Habit, start: int, end: int, variant: str | None) -> Hit:
        return Hit(habit.code, self.text[start:end], start, end, habit.better_id(variant))
