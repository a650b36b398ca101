"""Likeness to examples: what a text has in common with texts that people have labelled, by counted runs of letters.

Grammar reaches what can be foreseen; strangers say it otherwise. The more labelled examples, the better it gets, and
nothing is learned but counts, so that every answer can be traced to the examples.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.language.plain import plain

LONGEST_RUN = 3
DOUBT = 0.15
"""What is added to each count, so that a trace seen on one side only does not decide alone."""

CHINESE = re.compile("[\u3400-\u9fff]+")
WORDS = re.compile(r"[a-z']+|\d+")


def traces(text: str) -> set[str]:
    """Runs of one to three Chinese characters, ends marked, single words and pairs of words, and what marks stand."""
    flat = plain(text)
    found = {mark for mark in "?!" if mark in flat}
    for run in CHINESE.findall(flat):
        ended = f"^{run}$"
        for length in range(1, LONGEST_RUN + 1):
            found.update(ended[at : at + length] for at in range(len(ended) - length + 1))
    words = ["^", *("#" if word.isdigit() else word for word in WORDS.findall(flat))]
    found.update(f"{word} " for word in words[1:])
    found.update(f"{first} {second}" for first, second in itertools.pairwise(words))
    return found


@dataclass(frozen=True)
class Leaning:
    """Which of two sides a text leans to: the weight of each trace, above 0 for the one, below for the other."""

    weights: Mapping[str, float]

    @classmethod
    def between(cls, one: Collection[set[str]], other: Collection[set[str]]) -> Leaning:
        """The leaning between two sides, each the traces of its examples."""
        ones, others = (Counter(trace for example in side for trace in example) for side in (one, other))
        all_ones, all_others = len(one) + 2 * DOUBT, len(other) + 2 * DOUBT
        return cls(
            {
                trace: math.log((ones[trace] + DOUBT) / all_ones) - math.log((others[trace] + DOUBT) / all_others)
                for trace in ones.keys() | others.keys()
            }
        )

    def of(self, found: Iterable[str]) -> float:
        """How far something with these traces leans to the first side; 0 where nothing is known of them."""
        known = [self.weights[trace] for trace in found if trace in self.weights]
        return sum(known) / math.sqrt(len(known)) if known else 0.0


@dataclass(frozen=True)
class Kinds:
    """The typical traces of each kind of example, rare ones counting more."""

    rarity: Mapping[str, float]
    typical: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, examples: Collection[tuple[set[str], Collection[str]]]) -> Kinds:
        """The kinds of some examples, each its traces and the kinds it belongs to."""
        seen = Counter(trace for found, _ in examples for trace in found)
        rarity = {trace: math.log(len(examples) / count) for trace, count in seen.items()}
        typical: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for found, kinds in examples:
            weighed = _weighed(rarity, found)
            for kind in kinds:
                typical[kind].update(weighed)
        return cls(rarity, {kind: _unit(sums) for kind, sums in typical.items()})

    def likeness(self, found: set[str]) -> dict[str, float]:
        """How like each kind something with these traces is, from 0 to 1."""
        weighed = _weighed(self.rarity, found)
        return {
            kind: sum(weight * usual.get(trace, 0.0) for trace, weight in weighed.items())
            for kind, usual in self.typical.items()
        }


def _weighed(rarity: Mapping[str, float], found: Iterable[str]) -> dict[str, float]:
    return _unit({trace: rarity[trace] for trace in found if trace in rarity})


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {trace: weight / length for trace, weight in weights.items()}
