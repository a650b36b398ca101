"""The search: which articles fit a question, how far to trust that, and so whether to answer, to offer or to decline.

Everything that can make two sentences alike is a *term*: a character, a pair of characters, an English stem, a pair of
stems, or a *meaning* or *hint* (a list of `synonyms.yaml`, so that street words meet document words in both languages).
Articles are ranked by BM25 over their terms; a logistic regression over a few signals says how likely the article is
the right one. All numbers are in `calibration.yaml`, written by `python -m benchmarks.calibrate`, which prints what
they achieve.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import opencc
import yaml

from knowledge.article import Article, ArticleText

Outcome = Literal["answer", "unsure", "none"]

LONGEST = 1000
FOLDER = Path(__file__).parent
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff]")
WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
LETTERS = re.compile("[a-z]+")
APOSTROPHE = re.compile(r"(?<=[a-z])['’](?:s\b)?")
ENDINGS = {"sses": "ss", "ies": "y", "ied": "y", "ing": "", "ers": "", "er": "", "ed": "", "es": "", "s": ""}
SHORT = 3
FIELD = 5
HEARD = range(2, 5)
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
MARKS = {"=": "meaning", "~": "hint"}
ABOUT = ("title", "keywords")


@functools.cache
def simplifier() -> opencc.OpenCC:
    """The converter from traditional to simplified characters, built once."""
    return opencc.OpenCC("t2s")


def normalise(text: str) -> str:
    """The text in one form, at most 1000 characters: width and case folded, simplified, control characters out."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    return str(simplifier().convert(UNSEEN.sub(" ", folded))).strip()


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """An English word without its ending. On the development questions as good as Snowball's, and no dependency."""
    if len(word) <= SHORT or word.endswith("ss"):
        return word
    for ending, instead in ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= SHORT:
            word = word[: -len(ending)] + instead
            break
    if len(word) > SHORT and word[-1] == word[-2] and word[-1] not in "els":
        word = word[:-1]
    return word[:-1] if len(word) > SHORT + 1 and word.endswith("e") else word


def kind(term: str) -> str:
    """What a term is: meaning, hint, character, characters (two of them), stem or stems (two of them)."""
    if term[0] in MARKS:
        return MARKS[term[0]]
    if term.isascii():
        return "stems" if " " in term else "stem"
    return "character" if len(term) == 1 else "characters"


def misspellings(word: str) -> Iterator[str]:
    """Every string one slip away from a word: a letter left out, swapped with the next, changed or added."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        yield from (head + letter + tail for letter in ALPHABET)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in ALPHABET)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def read(path: Path) -> Any:
    """The content of one of the search's own data files."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first, English ones only as whole words."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest))


def lengths_by_start(words: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """How long the words are that start with a thing, the longest first."""
    lengths: defaultdict[str, list[int]] = defaultdict(list)
    for start, length in sorted({(word[0], len(word)) for word in words}, reverse=True):
        lengths[start].append(length)
    return lengths


def runs(text: str) -> Iterator[str | tuple[str, ...]]:
    """A normalised text in runs: Chinese characters as they stand, English words in a row as stems."""
    stems: list[str] = []
    for run in WORD.findall(APOSTROPHE.sub("", text)):
        if run.isascii():
            stems.append(stem(run))
            continue
        if stems:
            yield tuple(stems)
            stems = []
        yield run
    if stems:
        yield tuple(stems)


class Phrases:
    """Words and phrases, each with labels: Chinese ones match anywhere, English ones whole and with any ending."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        self.labels: defaultdict[str | tuple[str, ...], list[str]] = defaultdict(list)
        self.english: set[str] = set()
        for phrase, label in labelled:
            for run in itertools.islice(runs(phrase), 1):
                self.labels[run].append(label)
            self.english.update(LETTERS.findall(phrase))
        self.chinese = [run for run in self.labels if isinstance(run, str)]
        self.lengths = lengths_by_start(self.labels)

    def find(self, run: str | tuple[str, ...]) -> Iterator[str]:
        """The labels of what a run holds, the longest phrase at each place."""
        at = 0
        while at < len(run):
            step = 1
            for length in self.lengths.get(run[at], ()):
                if (phrase := run[at : at + length]) in self.labels:
                    yield from self.labels[phrase]
                    step = length
                    break
            at += step


class Synonyms:
    """The data of `synonyms.yaml`: the meanings a text holds, and how people talk around and beside the matter."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.fillers = any_of(data["fillers"])
        self.own = any_of(data["own"])
        self.dialect: dict[str, str] = data["dialect"]
        self.spoken = any_of(self.dialect)
        self.trade = Phrases((word, word) for word in map(normalise, data["trade"]))
        self.orders = [
            re.compile("|".join(f"(?:{one})" for one in shape["patterns"])) for shape in data["orders"].values()
        ]
        self.order_examples: list[str] = [one for shape in data["orders"].values() for one in shape["examples"]]
        outside = map(normalise, itertools.chain.from_iterable(data["outside"].values()))
        self.outside = Phrases((word, word) for word in outside)
        self.meanings = Phrases(
            (normalise(word), f"{mark}{number}")
            for mark, themes in (("=", data["meanings"]), ("~", data["hints"]))
            for number, words in enumerate(itertools.chain.from_iterable(themes.values()))
            for word in words
        )

    @classmethod
    def load(cls, path: Path = FOLDER / "synonyms.yaml") -> Synonyms:
        """The synonyms that are kept beside the search."""
        return cls(read(path))

    def plain(self, text: str) -> str:
        """A normalised question in standard Chinese without fillers, and without its own name unless that is all."""
        text = self.fillers.sub(" ", self.spoken.sub(lambda found: self.dialect[found[0]], text))
        kept = self.own.sub(" ", text)
        return kept if WORD.search(kept) else text


def terms(text: str, synonyms: Synonyms) -> Counter[str]:
    """The terms of a normalised text and how often it holds each. English words in a row may be split by marks only."""
    found: list[str] = []
    for run in runs(text):
        found += run
        found += map(("" if isinstance(run, str) else " ").join, itertools.pairwise(run))
        found += synonyms.meanings.find(run)
    return Counter(found)


class Sounds:
    """Characters by how they sound, from `homophones.yaml`; sounds that the south does not tell apart are one."""

    MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
    INITIALS = (("n", "l"), ("r", "l"))

    def __init__(self, data: Mapping[str, str]) -> None:
        self.of = {char: self.merged(sound) for sound, chars in data.items() for char in chars}

    @classmethod
    def load(cls, path: Path = FOLDER / "homophones.yaml") -> Sounds:
        """The table that is kept beside the search."""
        return cls(read(path))

    def merged(self, sound: str) -> str:
        """A syllable without tone in its merged spelling."""
        for one, other in self.MERGED:
            sound = sound.replace(one, other)
        for one, other in self.INITIALS:
            sound = other + sound[1:] if sound.startswith(one) else sound
        return sound

    def __call__(self, word: str) -> str:
        """How a word sounds."""
        return " ".join(self.of.get(char, char) for char in word)


@dataclass(frozen=True)
class Calibration:
    """Every number of the search, from `calibration.yaml`, which says how each was found."""

    kinds: Mapping[str, float]
    fields: Mapping[str, float]
    saturation: Mapping[str, float]
    length: float
    bias: float
    signals: Mapping[str, float]
    answer: float
    unsure: float

    @classmethod
    def load(cls, path: Path = FOLDER / "calibration.yaml") -> Calibration:
        """The calibration that is kept beside the search."""
        data = read(path)
        return cls(**data["ranking"], **data["confidence"])


@dataclass(frozen=True)
class Hit:
    """An article for a question: how likely it is the right one (0 to 1), and its plain score for ranking."""

    article: Article
    score: float
    raw: float


@dataclass(frozen=True)
class Result:
    """What to do with a question, and the nearest articles, best first.

    `answer`: show the first. `unsure`: offer the titles. `none`: decline; the hits, if any, are for the list of gaps
    only. `confidence` is that of the first hit.
    """

    outcome: Outcome
    hits: tuple[Hit, ...]
    confidence: float


@dataclass(frozen=True)
class Card:
    """One article as the search sees it: its terms with how much each counts, and the words that tell its topic."""

    article: Article
    terms: Mapping[str, float]
    about: str


def parts(text: ArticleText) -> Iterator[tuple[str, str]]:
    """Every text of one language of an article with the field that it is from."""
    yield "title", text.title
    yield "answer", text.answer
    yield "today", text.today
    for field in ("steps", "ask", "keywords"):
        yield from ((field, line) for line in getattr(text, field))


@dataclass(frozen=True)
class Asked:
    """A question as the search understood it: its terms, how much they say together, and what speaks of others.

    `outside`: its words for strangers' matters; `trade`: whether it names clients or rivals; `orders`: how many shapes
    of orders to the machine it has.
    """

    terms: frozenset[str]
    mass: float
    outside: frozenset[str]
    trade: bool
    orders: int


class Search:
    """Finds articles for questions. Pure: it holds an index, reads no clock and writes nothing."""

    def __init__(
        self,
        articles: Iterable[Article],
        synonyms: Synonyms | None = None,
        calibration: Calibration | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        self.synonyms = synonyms or Synonyms.load()
        self.calibration = calibration or Calibration.load()
        self.sounds = sounds or Sounds.load()
        self.cards: dict[str, Card] = {}
        self.spellings: Counter[str] = Counter(self.synonyms.meanings.english | self.synonyms.outside.english)
        self.spoken: defaultdict[str, set[str]] = defaultdict(set)
        self.learn_sounds(self.synonyms.meanings.chinese)
        self.add(*articles)

    def add(self, *articles: Article) -> None:
        """Take articles in, at any time; one with a known id takes the place of the old. Only the new ones are read."""
        for article in articles:
            self.cards[article.id] = self.card(article)
            self.learn_sounds(map(normalise, article.zh.keywords))
        self.index()

    def learn_sounds(self, words: Iterable[str]) -> None:
        """Remember Chinese words of two to four characters by their sound."""
        for word in words:
            if len(word) in HEARD and not word.isascii():
                self.spoken[self.sounds(word)].add(word)

    def card(self, article: Article) -> Card:
        """Read an article."""
        weighted: defaultdict[str, float] = defaultdict(float)
        about = []
        for field, line in (*parts(article.zh), *parts(article.en)):
            text = normalise(line)
            if field in ABOUT:
                about.append(text)
            for term, count in terms(text, self.synonyms).items():
                weighted[term] += count * self.calibration.fields[field]
            self.spellings.update(LETTERS.findall(text))
        return Card(article, weighted, "\n".join(about))

    def index(self) -> None:
        """Count everything anew from the cards: how rare each term is, and what it gives to each article (BM25)."""
        numbers, cards = self.calibration, list(self.cards.values())
        self.order = cards
        self.holding = Counter(term for card in cards for term in card.terms)
        self.rarest = math.log(2 * len(cards) + 2)
        self.weights = {
            term: numbers.kinds[kind(term)] * math.log(1 + (len(cards) - count + 0.5) / (count + 0.5))
            for term, count in self.holding.items()
        }
        sizes = [sum(card.terms.values()) for card in cards]
        mean = sum(sizes) / max(len(sizes), 1)
        self.gains: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (card, size) in enumerate(zip(cards, sizes, strict=True)):
            long = 1 - numbers.length + numbers.length * size / mean
            for term, count in card.terms.items():
                slow = numbers.saturation[kind(term)]
                gain = self.weights[term] * count * (slow + 1) / (count + slow * long)
                self.gains[term].append((number, gain))

    def weight(self, term: str) -> float:
        """How much a term says: its kind's weight times its rarity. A term that no article holds is the rarest."""
        known = self.weights.get(term)
        if known is not None:
            return known
        return 0.0 if term[0] in MARKS else self.calibration.kinds[kind(term)] * self.rarest

    def respell(self, word: str) -> str:
        """An English word of a question as the articles spell it, where only one slip stands between them.

        Two letters swapped, or one typed once instead of twice (funy), is likelier than another letter (fund).
        """
        if len(word) <= SHORT or word in self.spellings or stem(word) in self.weights:
            return word
        known = [other for other in misspellings(word) if other in self.spellings]
        return max(known, key=lambda other: (set(other) == set(word), self.spellings[other]), default=word)

    def misheard(self, run: str) -> Iterator[str]:
        """Words that sound like two to four characters of a run, share one with them, and were perhaps meant."""
        for length in HEARD:
            for at in range(len(run) - length + 1):
                typed = run[at : at + length]
                if typed in self.synonyms.meanings.labels or typed in self.weights:
                    continue
                meant = self.spoken.get(self.sounds(typed), ())
                yield from (word for word in meant if set(word) & set(typed))

    def understand(self, question: str) -> Asked:
        """The terms of a question, with slips of spelling and of hearing put right beside what was typed."""
        text = normalise(question)
        plain = self.synonyms.plain(text)
        spelling = {word: self.respell(word) for word in set(LETTERS.findall(plain))}
        found = set(terms(LETTERS.sub(lambda word: spelling[word[0]], plain), self.synonyms))
        for run in set(WORD.findall(plain)):
            if not run.isascii():
                found.update(*(terms(word, self.synonyms) for word in self.misheard(run)))
        outside = frozenset(word for run in runs(plain) for word in self.synonyms.outside.find(run))
        trade = any(True for run in runs(plain) for _ in self.synonyms.trade.find(run))
        orders = sum(shape.search(text) is not None for shape in self.synonyms.orders)
        return Asked(frozenset(found), sum(map(self.weight, found)), outside, trade, orders)

    def terms(self, question: str) -> frozenset[str]:
        """What a question is made of, for telling near-equal questions."""
        return self.understand(question).terms

    def rank(self, asked: Asked) -> list[tuple[Card, float]]:
        """Every article that shares a term with the question, best first, with its score."""
        scores: defaultdict[int, float] = defaultdict(float)
        for term in asked.terms:
            for number, gain in self.gains.get(term, ()):
                scores[number] += gain
        return [(self.order[number], scores[number]) for number in sorted(scores, key=lambda one: (-scores[one], one))]

    def signals(self, asked: Asked, ranked: list[tuple[Card, float]], place: int) -> dict[str, float]:
        """What speaks for and against the article at a place of the ranking, each about 0 to 1."""
        card, raw = ranked[place]
        best_other = max((score for number, (_, score) in enumerate(ranked[:2]) if number != place), default=0.0)
        field = ranked[min(FIELD, len(ranked) - 1)][1]
        shared = sum(self.weight(term) for term in asked.terms if term in card.terms)
        return {
            "strength": math.log1p(raw) / 6,
            "covered": shared / asked.mass,
            "lead": (raw - best_other) / max(raw, best_other),
            "peak": (raw - field) / ranked[0][1],
            "length": math.log1p(asked.mass) / 6,
            "outside": min(sum(word not in card.about for word in asked.outside), 2) / (8 if asked.trade else 2),
            "orders": min(asked.orders, 2) / 2,
            "english": float(all(term.isascii() for term in asked.terms)),
        }

    def confidence(self, signals: Mapping[str, float]) -> float:
        """How likely the article with these signals is the right one (logistic regression)."""
        numbers = self.calibration
        return 1 / (1 + math.exp(-numbers.bias - sum(numbers.signals[name] * value for name, value in signals.items())))

    def ask(self, question: str, limit: int = 3) -> Result:
        """What to do with a question, and the articles that come nearest, at most `limit`."""
        asked = self.understand(question)
        ranked = self.rank(asked)
        hits = tuple(
            Hit(card.article, self.confidence(self.signals(asked, ranked, place)), raw)
            for place, (card, raw) in enumerate(ranked[:limit])
        )
        confidence = hits[0].score if hits else 0.0
        return Result(self.outcome(confidence), hits, confidence)

    def outcome(self, confidence: float) -> Outcome:
        """The zone of a confidence."""
        if confidence >= self.calibration.answer:
            return "answer"
        return "unsure" if confidence >= self.calibration.unsure else "none"
