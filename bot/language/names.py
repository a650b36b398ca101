"""Names in what people type: known accounts however they are written, strangers that look like accounts, and people."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import yaml

from bot.language.plain import plain
from knowledge.search import Sounds, any_of, lengths_by_start

LEXICON = Path(__file__).parent / "lexicon" / "names.yaml"


class Placed(Protocol):
    """Anything that has a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class KnownAccount:
    """An account of the manager's book as far as its name goes: its key, names, and the people there."""

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """An account that may be meant, and how near its name is (1 = the very name)."""

    key: int
    name: str
    score: float


@dataclass(frozen=True)
class NameHit:
    """Words that name an account of the book: the candidates best first, and whether the first is surely meant."""

    start: int
    end: int
    words: str
    candidates: tuple[Candidate, ...]
    is_sure: bool


@dataclass(frozen=True)
class Span:
    """Words at a place of a text."""

    start: int
    end: int
    words: str


HAN = "\u3400-\u9fff"
MARKS = re.compile(r"[\s()\[\]（）【】·•,，.。、\-—_'’\"“”/&+]+")
EN_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
POSSESSIVE = re.compile(r"['’]s?$")
COUNTED = frozenset("零一二三四五六七八九十百两〇东西南北前后左右上下新老大小甲乙丙丁")
"""Characters that tell one shop from the next (一店, 二店; 东门, 西门): never taken for slips of each other."""
SUFFIX = "店厂行部局院校"
LONGEST_FORM = 24


@dataclass(frozen=True)
class Lexicon:
    """The data of `lexicon/names.yaml`, compiled."""

    generic: re.Pattern[str]
    en_generic: frozenset[str]
    everyday: frozenset[str]
    places: re.Pattern[str]
    words: Mapping[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    places = "|".join(data["places"])
    return Lexicon(
        any_of(data["generic"]),
        frozenset(data["en_generic"]),
        frozenset(data["everyday"]) | frozenset(data["places"]) | frozenset(data["generic"]),
        re.compile(f"(?:{places})(?:省|市|自治区)?"),
        {key: tuple(data[key]) for key in ("endings", "en_endings", "surnames", "titles")},
    )


@cache
def _sounds() -> Mapping[int, int]:
    """Every character with one character of the private area for its sound."""
    sounds = Sounds.load()
    numbers: dict[str, int] = {}
    return {ord(char): 0xE000 + numbers.setdefault(sound, len(numbers)) for char, sound in sounds.of.items()}


def _heard(text: str) -> str:
    """A text as it sounds, character for character."""
    return text.translate(_sounds())


@dataclass(frozen=True)
class Part:
    """A part of a name: whether it tells this name from others."""

    text: str
    tells: bool


def _parts(flat: str) -> list[Part]:
    """The parts of a Chinese name without marks: place, telling words and words that many share, in order."""
    words = lexicon()
    parts: list[Part] = []
    at = 0
    if (place := words.places.match(flat)) and place.end() < len(flat):
        parts.append(Part(place[0], tells=False))
        at = place.end()
    for found in [*words.generic.finditer(flat, at), None]:
        rest = flat[at : found.start()] if found else flat[at:]
        if len(rest) > 2 and rest[-1] in SUFFIX:
            parts += [Part(rest[:-1], tells=True), Part(rest[-1], tells=False)]
        elif rest:
            parts.append(Part(rest, tells=True))
        if found:
            parts.append(Part(found[0], tells=False))
            at = found.end()
    return parts


@dataclass(frozen=True)
class Form:
    """One way of writing a name: how near to the whole it is, and which of its characters tell it from its like."""

    text: str
    score: float
    telling: tuple[tuple[int, int], ...] = ()


def _forms(name: str) -> Iterator[Form]:
    """The ways in which a name may be written in Chinese: whole, without words that many share, and a part alone."""
    flat = MARKS.sub("", name)
    parts = _parts(flat)
    if len(flat) > 1:
        yield Form(flat, 1.0, tuple(_places_of(parts, range(len(parts)))))
    if len(parts) > 7:
        parts = parts[:7]
    numbers = range(len(parts))
    for count in range(1, len(parts)):
        for kept in itertools.combinations(numbers, count):
            text = "".join(parts[number].text for number in kept)
            if len(text) < 2 or not any(parts[number].tells for number in kept) or _is_everyday(text):
                continue
            lost = sum(0.15 if parts[number].tells else 0.03 for number in numbers if number not in kept)
            yield Form(text, max(0.3, 0.95 - lost), tuple(_places_of(parts, kept)))
    for number, part in enumerate(parts):
        if part.tells and len(part.text) > 3 and number < 2:
            for length in range(2, len(part.text)):
                for piece in {part.text[:length], part.text[-length:]}:
                    if not _is_everyday(piece):
                        yield Form(piece, 0.6)


def _places_of(parts: Sequence[Part], kept: Iterable[int]) -> Iterator[tuple[int, int]]:
    at, first = 0, True
    for number in kept:
        end = at + len(parts[number].text)
        if parts[number].tells:
            if not first:
                yield at, end
            first = False
        at = end


def _is_everyday(text: str) -> bool:
    return text in lexicon().everyday or PERSON.fullmatch(text) is not None or text.isdigit()


def one_slip(one: str, other: str) -> tuple[int, str] | None:
    """Where two texts differ by one slip, and the characters at it; None where they are equal or further apart."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return None
    at = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
    rest, more = one[at:], other[at:]
    if len(one) == len(other):
        if rest[1:] == more[1:]:
            return at, rest[0] + more[0]
        swapped = rest[1:2] + rest[:1] + rest[2:]
        return (at, rest[:2]) if swapped == more else None
    longer, shorter = (rest, more) if len(rest) > len(more) else (more, rest)
    return (at, longer[0]) if longer[1:] == shorter else None


class Book:
    """The names of a manager's accounts, made ready for finding them; built once for each book."""

    def __init__(self, accounts: Iterable[KnownAccount]) -> None:
        self.accounts = {account.key: account for account in accounts}
        self.forms: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self.phrases: defaultdict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        self.telling: dict[str, tuple[tuple[int, int], ...]] = {}
        for account in self.accounts.values():
            for name in (account.name, *account.aliases):
                self._learn(account.key, plain(name))
        self.heard: defaultdict[str, set[str]] = defaultdict(set)
        self.halves: defaultdict[str, set[tuple[str, int]]] = defaultdict(set)
        for form, keys in self.forms.items():
            self.heard[_heard(form)].add(form)
            if len(form) > 2 and max(keys.values()) > 0.7:
                middle = len(form) // 2
                self.halves[form[:middle]].add((form, 0))
                self.halves[form[middle:]].add((form, middle))
        self.slips: defaultdict[str, set[str]] = defaultdict(set)
        self.vocabulary = {word for phrase in self.phrases for word in phrase}
        for word in self.vocabulary:
            if len(word) > 4:
                for slip in _shortened(word):
                    self.slips[slip].add(word)
        self.lengths = lengths_by_start(self.forms)
        self.heard_lengths = lengths_by_start(self.heard)
        self.half_lengths = lengths_by_start(self.halves)
        self.phrase_lengths = lengths_by_start(self.phrases)

    def _learn(self, key: int, name: str) -> None:
        if re.search(f"[{HAN}]", name):
            for form in _forms(name):
                known = self.forms[form.text]
                known[key] = max(known.get(key, 0), form.score)
                self.telling.setdefault(form.text, form.telling)
        words = _words(name)
        if not words or (re.search(f"[{HAN}]", name) and len("".join(words)) < 3):
            return
        whole = 0.9 if re.search(f"[{HAN}]", name) else 1.0
        for phrase, score in _phrases(words):
            known = self.phrases[phrase]
            known[key] = max(known.get(key, 0), score * whole)

    def find(self, text: str) -> list[NameHit]:
        """The accounts that a text names, in order and without overlaps; of what overlaps the longest stays."""
        flat = plain(text)
        found = [*self._spelled(flat), *self._sounding(flat), *self._slipped(flat), *self._english(flat, text)]
        kept: list[NameHit] = []
        for hit in sorted(found, key=lambda one: (one.start - one.end, -one.candidates[0].score, one.start)):
            if all(hit.end <= other.start or other.end <= hit.start for other in kept):
                kept.append(hit)
        joined = _joined(text, sorted(kept, key=lambda hit: hit.start))
        return [self._told_apart(flat, hit) for hit in joined]

    def near(self, name: str) -> list[Candidate]:
        """The accounts that nearly have this name, nearest first: what a new name is held against."""
        flat = plain(name)
        best: dict[int, float] = {}
        squeezed = MARKS.sub("", flat)
        for hit in self.find(name):
            share = (hit.end - hit.start) / max(len(name.strip()), 1)
            for candidate in hit.candidates:
                best[candidate.key] = max(best.get(candidate.key, 0), candidate.score * min(1, share + 0.3))
        for account in self.accounts.values():
            for known in (account.name, *account.aliases):
                other = MARKS.sub("", plain(known))
                if other == squeezed:
                    best[account.key] = 1.0
                elif _heard(other) == _heard(squeezed) or (len(other) > 2 and one_slip(other, squeezed)):
                    best[account.key] = max(best.get(account.key, 0), 0.9)
        return self._candidates(best)

    # How names are found

    def _candidates(self, scores: Mapping[int, float], off: float = 0.0) -> list[Candidate]:
        ranked = sorted(scores.items(), key=lambda one: (-one[1], self.accounts[one[0]].name))
        return [Candidate(key, self.accounts[key].name, round(score - off, 3)) for key, score in ranked]

    def _hit(
        self, flat: str, start: int, end: int, scores: Mapping[int, float], off: float = 0.0, sure: bool = True
    ) -> NameHit:
        candidates = self._candidates(scores, off)
        exact = [candidate for candidate in candidates if scores[candidate.key] == 1.0]
        if len(exact) == 1:
            candidates = exact
        return NameHit(start, end, flat[start:end], tuple(candidates), sure and len(candidates) == 1)

    def _spelled(self, flat: str) -> Iterator[NameHit]:
        for start, form in _everywhere(flat, self.lengths, self.forms):
            if _stands_alone(flat, start, start + len(form)):
                yield self._hit(flat, start, start + len(form), self.forms[form])

    def _sounding(self, flat: str) -> Iterator[NameHit]:
        for start, sound in _everywhere(_heard(flat), self.heard_lengths, self.heard):
            end = start + len(sound)
            typed = flat[start:end]
            if typed in self.forms:
                continue
            scores: dict[int, float] = {}
            for form in self.heard[sound]:
                if not set(form) & set(typed) or any(
                    a != b and {a, b} & COUNTED for a, b in zip(form, typed, strict=True)
                ):
                    continue
                if len(form) == 2 and not _is_visited(flat, start, end):
                    continue
                for key, score in self.forms[form].items():
                    scores[key] = max(scores.get(key, 0), score)
            if scores:
                yield self._hit(flat, start, end, scores, 0.1)

    def _slipped(self, flat: str) -> Iterator[NameHit]:
        for place, half in _everywhere(flat, self.half_lengths, self.halves):
            for form, at in self.halves[half]:
                yield from self._slip(flat, form, place, at, len(half))

    def _slip(self, flat: str, form: str, place: int, at: int, length: int) -> Iterator[NameHit]:
        spans = (0,) if len(form) < 4 else (0, -1, 1)
        for more in spans:
            start = place if at == 0 else place + length - len(form) - more
            end = start + len(form) + more
            if start < 0 or end > len(flat):
                continue
            slip = one_slip(form, flat[start:end])
            if slip is None or set(slip[1]) & COUNTED or not slip[1].isalnum():
                continue
            if len(form) < 4 and not _is_visited(flat, start, end):
                continue
            in_telling = any(first <= slip[0] < last for first, last in self.telling.get(form, ()))
            yield self._hit(flat, start, end, self.forms[form], 0.2, not in_telling)

    def _english(self, flat: str, text: str) -> Iterator[NameHit]:
        if not self.phrases:
            return
        found = [(match.start(), match.end(), POSSESSIVE.sub("", match[0])) for match in EN_WORD.finditer(flat)]
        words = [word if word in self.vocabulary else self._respelled(word) for _, _, word in found]
        typed = [word for _, _, word in found]
        for number, word in enumerate(words):
            for length in self.phrase_lengths.get(word, ()):
                phrase = tuple(words[number : number + length])
                if phrase not in self.phrases or len(phrase) < length:
                    continue
                start, end = found[number][0], found[number + length - 1][0] + len(typed[number + length - 1])
                slipped = typed[number : number + length] != list(phrase)
                scores = self.phrases[phrase]
                if max(scores.values()) < 0.95 and not (text[start].isupper() or _is_visited(flat, start, end)):
                    continue
                yield self._hit(flat, start, end, scores, 0.1 if slipped else 0)

    def _respelled(self, word: str) -> str:
        if len(word) < 5:
            return word
        near = {
            other
            for slip in (*_shortened(word), word)
            for other in (*self.slips.get(slip, ()), *((slip,) if slip in self.vocabulary else ()))
            if one_slip(word, other)
        }
        return min(near, default=word)

    def _told_apart(self, flat: str, hit: NameHit) -> NameHit:
        """With the account whose contact is named right behind, where only one of several has such a contact."""
        if hit.is_sure or len(hit.candidates) == 1:
            return hit
        behind = flat[hit.end : hit.end + 12]
        fits = [
            one for one in hit.candidates if any(plain(person) in behind for person in self.accounts[one.key].contacts)
        ]
        if len(fits) != 1:
            return hit
        rest = tuple(one for one in hit.candidates if one is not fits[0])
        return NameHit(hit.start, hit.end, hit.words, (fits[0], *rest), is_sure=True)


def _everywhere(
    text: str, lengths: Mapping[str, list[int]], known: Mapping[str, object]
) -> Iterator[tuple[int, str]]:
    for place, char in enumerate(text):
        for length in lengths.get(char, ()):
            piece = text[place : place + length]
            if piece in known:
                yield place, piece


def _joined(text: str, hits: list[NameHit]) -> list[NameHit]:
    """With neighbours that can only mean the same account made one: 永辉的五一店."""
    joined: list[NameHit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        if last and re.fullmatch(r"[\s的()（）·,-]{0,2}", text[last.end : hit.start]):
            keys = {one.key for one in hit.candidates}
            both = tuple(one for one in last.candidates if one.key in keys)
            if both:
                joined[-1] = NameHit(last.start, hit.end, text[last.start : hit.end], both, len(both) == 1)
                continue
        joined.append(NameHit(hit.start, hit.end, text[hit.start : hit.end], hit.candidates, hit.is_sure))
    return joined


def _stands_alone(flat: str, start: int, end: int) -> bool:
    """Whether words are not the middle of a longer Latin word or number."""
    before, after = flat[start - 1 : start], flat[end : end + 1]
    cut_before = flat[start].isascii() and before.isascii() and before.isalnum()
    cut_after = flat[end - 1].isascii() and after.isascii() and after.isalnum()
    return not (cut_before or cut_after)


VISITED = re.compile(
    r"(?:去了?|到了?|拜访了?|走访了?|回访了?|见了?|跑了?|给|跟|和|与|在|约了?|找|联系了?|送到|路过|访了?)(?:一趟|一下)?(?:客户)?$"
    r"|\b(?:visited|visit|met|at|to|with|from|called|saw|see|by|for|rang|phoned|in|and|,)\s(?:the\s)?$|^$"
)
BEHIND = re.compile(r"\s?(?:的?(?:老板|店长|经理|采购)|那边|那里|那儿|这边|店|超市|便利|商行|公司|.{0,3}[总姐哥工]|的)")


def _is_visited(flat: str, start: int, end: int) -> bool:
    """Whether words stand where the name of an account would."""
    return bool(VISITED.search(flat, max(0, start - 12), start) or BEHIND.match(flat, end))


def _words(name: str) -> list[str]:
    return [POSSESSIVE.sub("", word) for word in EN_WORD.findall(name)]


def _phrases(words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], float]]:
    """The ways in which an English name may be written: whole, without shared words, its first telling words."""
    generic = lexicon().en_generic
    yield tuple(words), 1.0
    yield tuple(word for word in words), 1.0
    if len(words) > 1:
        yield ("".join(words),), 0.95
    telling = [word for word in words if word not in generic]
    if not telling:
        return
    if len(telling) < len(words):
        yield tuple(telling), 0.92
        if len(telling) > 1:
            yield ("".join(telling),), 0.9
        stripped = list(words)
        while stripped[-1] in generic:
            stripped.pop()
            if stripped:
                yield tuple(stripped), 0.94
    for count in range(1, len(telling)):
        if len("".join(telling[:count])) > 2:
            yield tuple(telling[:count]), 0.8
        if len("".join(telling[-count:])) > 3:
            yield tuple(telling[-count:]), 0.7


def _shortened(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


# -- People -----------------------------------------------------------------------------------------------------------


def _person_pattern() -> re.Pattern[str]:
    data = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    surname = "(?:" + "|".join(data["surnames"]) + ")"
    title = "(?:" + "|".join(sorted(data["titles"], key=len, reverse=True)) + ")"
    given = f"(?:(?![{GRAMMAR}])[{HAN}])"
    return re.compile(
        rf"{surname}{title}(?![经理])|{surname}{given}{{1,2}}?(?:{title})"
        rf"|(?:老|小|阿)(?:{surname})(?!{NOT_PERSON})"
    )


GRAMMAR = "的了说去在是有和跟我他不没给把要让上下前后这那都也就还又再他她到来会店级区务门产品客户市场销售财采大对从向与问找见约等请送发拜访走回访家位个"
NOT_PERSON = "[板时区店户客酒菜鱼虾病型程序包单车款规费额]"
PERSON = _person_pattern()
EN_PERSON = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Mdm|Madam|Sir|Chef|Prof)\.?\s(?:[A-Z][\w'’-]+)(?:\s[A-Z][\w'’-]+)?|(?:mr|mrs|ms|miss|dr)\.?\s[a-z][\w'’-]+)"
)


def contacts_in(text: str) -> list[Span]:
    """The people that a text names: surname and title (张经理, 欧阳主任), 老马, 小郑, Mr Smith; as typed, in order."""
    flat = plain(text)
    found = [Span(match.start(), match.end(), text[match.start() : match.end()]) for match in PERSON.finditer(flat)]
    found += [Span(match.start(), match.end(), match[0]) for match in EN_PERSON.finditer(text)]
    return sorted(found, key=lambda span: span.start)


# -- Strangers --------------------------------------------------------------------------------------------------------


def unknown_names(text: str, taken: Iterable[Placed] = ()) -> list[Span]:
    """Words that look like an organisation and overlap nothing that is taken (accounts, dates, people), in order."""
    flat = plain(text)
    places = [(one.start, one.end) for one in taken]
    found = []
    endings = sorted(lexicon().words["endings"], key=len, reverse=True)
    for match in re.finditer(rf"[{HAN}a-z0-9]{{2,12}}?(?:{'|'.join(endings)})(?![{HAN}]?(?:长|员|铺|面))", flat):
        start, end = match.span()
        lead = LEAD.match(flat, start, end)
        start = lead.end() if lead else start
        if end - start > 2 and all(end <= first or last <= start for first, last in places):
            found.append(Span(start, end, text[start:end]))
    return found


LEAD = re.compile(
    r"(?:.*(?:去了|到了|拜访了?|走访了?|回访了?|见了|跑了|路过|在|去|到|给|跟|和|与|找))?(?:一趟|一下|客户|今天|明天|上午|下午|又|刚)*"
)
