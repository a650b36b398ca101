"""Passages of a team's own documents: the terms they are searched by, how well one answers a question, and its extract.

A passage shares characters with a question or it does not: whoever wrote the handbook and whoever asks call a thing by
the same name. So its terms are pairs of characters and English stems (A4 of the measurements behind
docs/decisions/0015-handbook.md), and confidence is a logistic regression over what of the question it holds.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from knowledge.search import LETTERS, Search, normalise, runs

MOST_TERMS = 32
"""Terms of a question that are looked for; a longer question has said by then what it is about."""

BACKGROUND = 50
"""Passages that every team is thought to have beside its own, with the words of the knowledge base: so that a first
document has rare terms, and words of every day in the trade are none."""

ENGLISH = 1.6
"""Weight of an English stem beside a pair of characters: a word against two thirds of one."""

SATURATION, LENGTH, USUAL = 1.2, 0.4, 250
"""BM25's k1 and b, and the number of characters of a passage of usual length."""

LONG, MUCH = 6, 12
"""Characters of a stretch, and of a question altogether, from which on more say no more."""

TITLE = 2
"""How often a term in the heading counts."""

ASKING = re.compile(
    "什么时候|什么样|什么|多长时间|多少钱|多少|多久|多长|怎么办|怎么样|怎么|怎样|如何|为什么|为啥|哪些|哪个|哪里|哪天|哪|谁|"
    "有没有|能不能|可不可以|要不要|是不是|可以|需要|应该|能否|是否|情况|有关|关于|咱们|我们|你们|他们|公司|规定|要求|流程|"
    "一下|告诉|知道|请问|几个|几天|几|吗|呢|吧|啊|呀|嘛|的|了|是|我|你|您|"
    r"\b(?:what|when|where|which|who|whom|whose|why|how|many|much|long|often|do|does|did|can|could|may|might|must|"
    r"should|would|will|shall|is|are|was|were|be|been|am|i|me|my|we|us|our|you|your|it|its|the|a|an|to|of|for|in|on|"
    r"at|by|with|and|or|not|there|this|that|any|some|have|has|had|get|need|now|about|from|if|as)\b"
)
"""Words that ask and do not say what about."""

SENTENCE = re.compile(r".+?(?:[。！？!?；;…]+[”’」』）)]*|[.]+(?=\s)|\n|$)", re.DOTALL)

Zone = Literal["answer", "near", "none"]

ANSWER, NEAR = 0.77, 0.5
"""Confidences from which a passage is shown as an answer, and offered by a button."""

BIAS = -1.492
SIGNALS = {"covered": 3.176, "longest": 1.41, "held": 1.732}
"""The logistic regression, fitted by `python -m benchmarks.handbook --fit` on tests/knowledge/handbook."""


def terms(text: str) -> set[str]:
    """What a text of at most 1,000 characters is searched by: pairs of characters, one that stands alone, stems."""
    return {term for run in runs(normalise(text)) for term in _terms_of(run)}


def _terms_of(run: str | tuple[str, ...]) -> list[str]:
    if isinstance(run, tuple):
        return list(run)
    return [run] if len(run) == 1 else list(map("".join, itertools.pairwise(run)))


@dataclass(frozen=True)
class Asked:
    """A question in runs of what it is about, Chinese as they stand and English as stems, and its terms in order.

    `common` is the share of the knowledge base's articles that hold each term.
    """

    runs: tuple[str | tuple[str, ...], ...]
    terms: tuple[str, ...]
    common: Mapping[str, float] = field(default_factory=dict)


def understand(question: str, search: Search) -> Asked:
    """What a question is about, without the words that only ask; nothing where it is an order to the machine."""
    plain = search.synonyms.plain(normalise(question))
    if any(shape.search(plain) for shape in search.synonyms.orders):
        return Asked((), ())
    text = ASKING.sub(" ", plain)
    found = tuple(run for run in runs(text) if isinstance(run, tuple) or len(run) > 1)
    ordered = tuple(dict.fromkeys(term for run in found for term in _terms_of(run)))[:MOST_TERMS]
    return Asked(found, ordered, {term: search.holding[term] / len(search.cards) for term in ordered})


def weights(asked: Asked, holding: Mapping[str, int], passages: int) -> dict[str, float]:
    """How much each term of a question says: by how few of a team's passages hold it."""
    count = passages + BACKGROUND
    found = {}
    for term in asked.terms:
        held = min(holding.get(term, 0) + BACKGROUND * asked.common.get(term, 0.0), count)
        rarity = math.log(1 + (count - held + 0.5) / (held + 0.5))
        found[term] = rarity * (ENGLISH if LETTERS.fullmatch(term) else 1.0)
    return found


@dataclass(frozen=True)
class Match:
    """How well a passage answers a question: its plain score for ranking, how likely it answers, and the signals."""

    score: float
    confidence: float
    signals: Mapping[str, float]

    @property
    def zone(self) -> Zone:
        """What to do with the passage."""
        return "answer" if self.confidence >= ANSWER else "near" if self.confidence >= NEAR else "none"


def match(asked: Asked, weighted: Mapping[str, float], heading: str, text: str) -> Match:
    """How well a passage answers a question."""
    counts = _held(asked, normalise(heading), normalise(text))
    long = 1 - LENGTH + LENGTH * len(text) / USUAL
    score = sum(
        weighted[term] * counts[term] * (SATURATION + 1) / (counts[term] + SATURATION * long)
        for term in asked.terms
        if term in counts
    )
    units = [unit for run in asked.runs for unit in _units(run, weighted, counts)]
    whole = sum(weight for weight, _ in units)
    signals = {
        "covered": sum(weight for weight, is_held in units if is_held) / whole if whole else 0.0,
        "longest": min(max((_longest(run, counts) for run in asked.runs), default=0), LONG) / LONG,
        "held": min(sum(is_held for _, is_held in units), MUCH) / MUCH,
    }
    odds = BIAS + sum(SIGNALS[name] * value for name, value in signals.items())
    return Match(score, 1 / (1 + math.exp(-odds)) if score else 0.0, signals)


def _held(asked: Asked, heading: str, text: str) -> dict[str, int]:
    """How often a passage holds each term of a question, more for the heading; terms that it lacks left out."""
    counts = {term: TITLE * heading.count(term) + text.count(term) for term in asked.terms if not term.isascii()}
    if any(term.isascii() for term in asked.terms):
        stems = Counter(one for part in (*[heading] * TITLE, text) for run in runs(part) for one in _stems(run))
        counts |= {term: stems[term] for term in asked.terms if term.isascii()}
    return {term: count for term, count in counts.items() if count}


def _stems(run: str | tuple[str, ...]) -> tuple[str, ...]:
    return () if isinstance(run, str) else run


def _units(
    run: str | tuple[str, ...], weighted: Mapping[str, float], counts: Mapping[str, int]
) -> list[tuple[float, bool]]:
    """Each character or stem of a run: how much it says, and whether a passage holds it.

    A character is held where one of its pairs is: pairs across two words (差住 of 出差住宿) are in no passage.
    """
    found = _terms_of(run)
    if isinstance(run, tuple):
        return [(weighted.get(term, 0.0), term in counts) for term in found]
    return [
        (
            sum(weighted.get(pair, 0.0) for pair in pairs) / len(pairs) / 2,
            any(pair in counts for pair in pairs),
        )
        for pairs in (found[max(at - 1, 0) : at + 1] for at in range(len(run)))
    ]


def _longest(run: str | tuple[str, ...], counts: Mapping[str, int]) -> int:
    """The characters of the longest stretch of a run that a passage holds; a stem counts for two."""
    best = now = 0
    for term in _terms_of(run):
        now = now + 1 if term in counts else 0
        best = max(best, now)
    return 2 * best if isinstance(run, tuple) else best + 1 if best else 0


def extract(weighted: Mapping[str, float], text: str, most: float, size: Callable[[str], float]) -> str:
    """The sentences around what a question asks for, not more than `most` by `size`; … where something is left out."""
    if size(text) <= most:
        return text
    sentences = SENTENCE.findall(text)
    worth = [sum(weighted.get(term, 0.0) for term in terms(one)) for one in sentences]
    first = last = max(range(len(sentences)), key=worth.__getitem__)
    while sides := [
        (one, other)
        for one, other in ((first, last + 1), (first - 1, last))
        if one >= 0 and other < len(sentences) and size(f"…{''.join(sentences[one : other + 1])}…") <= most
    ]:
        first, last = max(sides, key=lambda side: (worth[side[0]] + worth[side[1]], side))
    taken = "".join(sentences[first : last + 1]).strip()
    is_whole = size(f"…{taken}…") <= most
    while size(f"…{taken}…") > most:
        taken = taken[:-1]
    return f"{'…' if first else ''}{taken}{'' if is_whole and last == len(sentences) - 1 else '…'}"
