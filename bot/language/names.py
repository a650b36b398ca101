"""Names of known accounts in what people type: abbreviated, misheard, misspelt, in any script that they use."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.language.name_forms import (
    COUNTED,
    EN_WORD,
    HAN,
    MARKS,
    PIECE,
    POSSESSIVE,
    SHORT,
    SLIP_FROM,
    SPOKEN,
    Form,
    Needs,
    forms,
    heard,
    initials,
    one_slip,
    phrases,
    shortened,
    swapped,
)
from bot.language.name_words import name_words
from bot.language.people import Placed, Span, contacts_in
from bot.language.plain import plain
from bot.language.strangers import unknown_names
from knowledge.search import lengths_by_start

__all__ = ["Book", "Candidate", "KnownAccount", "NameHit", "Placed", "Span", "contacts_in", "unknown_names"]

FIGURES = str.maketrans("0123456789", "零一二三四五六七八九")
BETWEEN = re.compile(r"[\s的()·,-]{0,2}|\s(?:on|in|at)(?: the)?\s")
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
ALTERNATIVE = re.compile(r"\s*(?:还是|或者?|抑或|,?\s*or)\s*")
BLUR = "*"
WORD_SLIP_FROM = 5
"""Letters of the shortest English word in which one slip is forgiven."""

CLEAR = 0.75
"""How near a form must be to its name for a slip in it to be forgiven."""

MISHEARD, MISSPELT = 0.1, 0.2
"""What a match by sound, or beside a slip, is less near than one letter by letter."""

SOUND_COST, SLIP_COST = 0.3, 1.5
"""Characters that a match by sound, or beside a slip, counts less than one letter by letter."""


@dataclass(frozen=True)
class KnownAccount:
    """An account of the manager's book as far as its name goes: its key, names, and the people there."""

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """An account that may be meant, and how near the words are to its name (1 is the very name)."""

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
class Match:
    """A form found in a text, before overlaps are settled: the accounts by score, and what the match cost."""

    start: int
    end: int
    scores: Mapping[int, float]
    cost: float = 0.0
    is_sure: bool = True
    is_person: bool = False

    @property
    def weight(self) -> tuple[float, float]:
        """How much of the text it explains."""
        return self.end - self.start - self.cost, max(self.scores.values())

    def contradicts(self, other: Match) -> bool:
        """Whether it names another account letter by letter where the other one forgives a slip."""
        return self.cost == 0 and other.cost >= SLIP_COST and self.scores.keys().isdisjoint(other.scores)


class Book:
    """The names of a manager's accounts, made ready for finding them; built once for each book."""

    def __init__(self, accounts: Iterable[KnownAccount]) -> None:
        self.accounts = {account.key: account for account in accounts}
        self.names = {
            account.key: [
                plain(spelled)
                for name in (account.name, *account.aliases)
                for spelled in dict.fromkeys((name, name.translate(SPELLED_OUT)))
                if name.strip()
            ]
            for account in self.accounts.values()
        }
        self.forms: dict[str, Form] = {}
        self.meant: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self.phrases: defaultdict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
        self.initials: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for key, names in self.names.items():
            for name in names:
                self._learn(key, name)
        self.heard: defaultdict[str, list[str]] = defaultdict(list)
        self.halves: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self.blurred: defaultdict[str, list[str]] = defaultdict(list)
        for text, form in self.forms.items():
            self.heard[heard(text)].append(text)
            if len(text) >= SLIP_FROM and form.score > CLEAR and not form.is_branch:
                middle = len(text) // 2
                self.halves[text[:middle]].add((len(text), 0))
                self.halves[text[middle:]].add((len(text), middle))
                for blurred in (*shortened(text), *shortened(text, BLUR)):
                    self.blurred[blurred].append(text)
        self.vocabulary = {word for phrase in self.phrases for word in phrase}
        self.shortened: defaultdict[str, set[str]] = defaultdict(set)
        for word in self.vocabulary:
            if len(word) >= WORD_SLIP_FROM and word.isalpha():
                for less in (word, *shortened(word)):
                    self.shortened[less].add(word)
        self.form_lengths = lengths_by_start(self.forms)
        self.heard_lengths = lengths_by_start(self.heard)
        self.half_lengths = lengths_by_start(self.halves)
        self.phrase_lengths = lengths_by_start(self.phrases)

    def _learn(self, key: int, name: str) -> None:
        if HAN.search(name):
            for form in forms(name.translate(FIGURES)):
                known = self.forms.get(form.text)
                if known is None or known.score < form.score:
                    self.forms[form.text] = form
                self.meant[form.text][key] = max(form.score, self.meant[form.text].get(key, 0))
        for phrase, score in phrases(name):
            self.phrases[phrase][key] = max(score, self.phrases[phrase].get(key, 0))
        if capitals := initials(name):
            self.initials[capitals][key] = SPOKEN

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, accounts: tuple[KnownAccount, ...]) -> Book:
        """The book of these accounts; the one that was made before if they are the same."""
        return cls(accounts)

    def find(self, text: str) -> list[NameHit]:
        """The accounts that a text names, in order and without overlaps; what explains most of the text stays."""
        typed = plain(text)
        flat = typed.translate(FIGURES)
        plainly = [
            *self._spelled(flat),
            *self._sounding(flat),
            *self._english(typed, text),
            *self._capitals(typed, text),
        ]
        found = [*plainly, *self._slipped(flat, plainly)]
        fitting = (self._fitting(flat, match) for match in _settled(found, len(flat)))
        hits: list[NameHit] = []
        for match in fitting:
            if match.scores and not (match.is_person and hits):
                hits.append(self._hit(text, match))
        return [self._told_apart(typed, hit) for hit in _joined(text, hits)]

    def near(self, name: str) -> list[Candidate]:
        """The accounts that nearly have this name, nearest first: what a new name is held against."""
        flat = plain(name)
        bare = MARKS.sub("", flat)
        whole = len(flat.strip())
        best: dict[int, float] = {}
        for hit in self.find(name):
            share = (hit.end - hit.start) / whole
            for candidate in hit.candidates:
                best[candidate.key] = max(best.get(candidate.key, 0), candidate.score * share)
        for key, names in self.names.items():
            for other in (MARKS.sub("", one) for one in names):
                if other == bare:
                    best[key] = 1.0
                elif heard(other) == heard(bare) or (len(bare) >= SLIP_FROM and _is_slip(other, bare)):
                    best[key] = max(best.get(key, 0), 1 - MISHEARD)
        return self._candidates({key: score for key, score in best.items() if score > PIECE})

    def accounts_of(self, person: str) -> list[Candidate]:
        """The accounts at which a contact of this name is known."""
        wanted = plain(person)
        return self._candidates(
            {key: 1.0 for key, one in self.accounts.items() if any(plain(name) == wanted for name in one.contacts)}
        )

    # What a text may mean

    def _spelled(self, flat: str) -> Iterator[Match]:
        for start, text in _everywhere(flat, self.form_lengths, self.meant):
            end, form = start + len(text), self.forms[text]
            if _is_whole(flat, start, end) and _has_what_it_needs(flat, start, end, form.needs):
                yield Match(start, end, self.meant[text], is_person=form.is_person)

    def _sounding(self, flat: str) -> Iterator[Match]:
        for start, sound in _everywhere(heard(flat), self.heard_lengths, self.heard):
            end = start + len(sound)
            typed = flat[start:end]
            for text in () if typed in self.forms else self.heard[sound]:
                is_other = any(one != two and {one, two} <= COUNTED for one, two in zip(text, typed, strict=True))
                if is_other or not set(text) & set(typed) or self.forms[text].needs in ("visit", "shop"):
                    continue
                if len(text) > SHORT or _is_visited(flat, start, end):
                    yield Match(start, end, _less(self.meant[text], MISHEARD), SOUND_COST)

    def _slipped(self, flat: str, plainly: Iterable[Match]) -> Iterator[Match]:
        """Where half of a name stands and the whole is one slip away, save where what stands plainly would win."""
        explained = [0] * len(flat)
        for match in plainly:
            for place in range(match.start, match.end):
                explained[place] = max(explained[place], match.end - match.start)
        for start, end in {
            span
            for place, half in _everywhere(flat, self.half_lengths, self.halves)
            for length, at in self.halves[half]
            for span in _around(place, len(half), length, at)
        }:
            if start < 0 or end > len(flat) or max(explained[start:end]) >= end - start - SLIP_COST:
                continue
            words = flat[start:end]
            keys = (words, *shortened(words, BLUR), *shortened(words))
            near = {text for key in keys for text in self.blurred.get(key, ())}
            near |= {text for text in (*shortened(words), *swapped(words)) if text in self.forms}
            for text in near:
                yield from self._slip(flat, text, start, end)

    def _slip(self, flat: str, text: str, start: int, end: int) -> Iterator[Match]:
        slip = one_slip(text, flat[start:end])
        if slip is None or set(slip.changed) & COUNTED or not slip.changed.isalnum():
            return
        is_short, is_added = len(text) == SLIP_FROM, end - start > len(text)
        at_edge = slip.at == 0 or slip.at >= end - start - 1
        if (is_added and at_edge) or (is_short and (end - start != len(text) or not _is_visited(flat, start, end))):
            return
        first, last = self.forms[text].branch
        yield Match(start, end, _less(self.meant[text], MISSPELT), SLIP_COST, not first <= slip.at < last)

    def _english(self, flat: str, text: str) -> Iterator[Match]:
        found = [(one.start(), POSSESSIVE.sub("", one[0])) for one in EN_WORD.finditer(flat)] if self.phrases else []
        meant = [self._spellings(word) for _, word in found]
        for number, length, phrase in self._phrases_in(meant):
            start, (last, ending) = found[number][0], found[number + length - 1]
            scores = self.phrases[phrase]
            if max(scores.values()) < SPOKEN and not (text[start].isupper() or _is_visited(flat, start, last)):
                continue
            is_slip = "".join(phrase) != "".join(word for _, word in found[number : number + length])
            yield Match(start, last + len(ending), _less(scores, MISSPELT * is_slip), SLIP_COST * is_slip)

    def _capitals(self, flat: str, text: str) -> Iterator[Match]:
        for found in EN_WORD.finditer(flat) if self.initials else ():
            word = POSSESSIVE.sub("", found[0])
            if word in self.initials and text[found.start() : found.start() + len(word)].isupper():
                yield Match(found.start(), found.start() + len(word), self.initials[word])

    def _phrases_in(self, meant: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Every known phrase among words that may each be meant in several ways: its place, its words, itself."""
        for number, spellings in enumerate(meant):
            lengths = {length for word in spellings for length in self.phrase_lengths.get(word, ())}
            for length in lengths:
                for phrase in itertools.product(*meant[number : number + length]):
                    if len(phrase) == length and phrase in self.phrases:
                        yield number, length, phrase
            joined = ("".join(words[0] for words in meant[number : number + 2]),)
            if number + 1 < len(meant) and joined in self.phrases:
                yield number, 2, joined

    def _spellings(self, word: str) -> Sequence[str]:
        """The words of names that a word may be: itself, or those one slip away."""
        if word in self.vocabulary or len(word) < WORD_SLIP_FROM:
            return (word,)
        near = {other for less in (word, *shortened(word)) for other in self.shortened.get(less, ())}
        return sorted(other for other in near if one_slip(word, other)) or (word,)

    # Which of them is meant

    def _fitting(self, flat: str, match: Match) -> Match:
        """Without the accounts that the words behind rule out: another kind of shop, another branch."""
        kind = name_words().kind_pattern.match(flat, match.end)
        if kind is not None:
            fits = {
                key: one for key, one in match.scores.items() if self._is_kind(key, kind[0], exactly=match.cost > 0)
            }
            match = replace(match, scores=fits) if fits or match.cost else replace(match, is_sure=False)
        branch = BRANCH.match(flat, kind.end() if kind else match.end)
        if branch is not None:
            fits = {key: one for key, one in match.scores.items() if self._has(key, branch["stem"])}
            match = replace(match, scores=fits)
        return match

    def _has(self, key: int, stem: str) -> bool:
        return any(heard(stem) in heard(name.translate(FIGURES)) for name in self.names[key])

    def _is_kind(self, key: int, word: str, *, exactly: bool) -> bool:
        """Whether the account is what the word says: a shop may be called by another word for shops, unless exactly."""
        words = name_words()
        own = {one[0] for name in self.names[key] for one in words.kind_pattern.finditer(name)}
        return not own or word in own or (not exactly and words.kinds[word] in {words.kinds[one] for one in own})

    def _candidates(self, scores: Mapping[int, float]) -> list[Candidate]:
        ranked = sorted(scores.items(), key=lambda one: (-one[1], self.accounts[one[0]].name))
        return [Candidate(key, self.accounts[key].name, round(score, 2)) for key, score in ranked]

    def _hit(self, text: str, match: Match) -> NameHit:
        candidates = self._candidates(match.scores)
        if [one.score for one in candidates[:2]].count(1.0) == 1:
            candidates = candidates[:1]
        words = text[match.start : match.end]
        return NameHit(match.start, match.end, words, tuple(candidates), match.is_sure and len(candidates) == 1)

    def _told_apart(self, flat: str, hit: NameHit) -> NameHit:
        """With the account first whose contact is named close behind, where only one of several has such a contact."""
        if len(hit.candidates) == 1:
            return hit
        behind = flat[hit.end : hit.end + 12]
        fits = [one for one in hit.candidates if any(plain(name) in behind for name in self.accounts[one.key].contacts)]
        if len(fits) != 1:
            return hit
        rest = [one for one in hit.candidates if one is not fits[0]]
        return replace(hit, candidates=(fits[0], *rest), is_sure=True)


# -- Places in a text -------------------------------------------------------------------------------------------------

VISITED = re.compile(
    r"(?:去了?|到了?|拜访了?|走访了?|回访了?|见了?|跑了?|给|跟|和|与|在|约了?|找|联系了?|致电|电话|送到|路过|访了?)(?:一趟|一下)?(?:客户)?$"
    r"|\b(?:visited|visit|met|at|to|with|from|called|saw|see|by|for|rang|phoned|in|into|out of|leaving|left|round|via)"
    r"\s(?:the\s)?$|(?:\band|,)\s(?:the\s)?$"
    r"|(?:^|[.!;:\n]\s?)$"
)
VISIT = re.compile(r"(?:去了|到了|拜访了?|走访了?|回访了?|见了|跑了)(?:一趟|一下)?(?:客户)?$")
BEHIND = re.compile(
    r"\s?(?:[^\s,.;]{0,3}(?:老板|店长|经理|采购|会计|主任|老师|主管|厂长|[总姐哥工])|那边|那里|那儿|这边|店|超市|便利|商行|公司|的)"
)
SHOP = re.compile(r"店|分店|那家|那间|那边|支行|分行")
BRANCH = re.compile(
    r"(?!的?(?:门店|[巡探走看查盘跑访]店))(?P<stem>[^\W\da-z_的那这家开到在说去了有个新老几各两多本小大同该连旗专分]{1,4}?)"
    r"(?:分?店(?!长|员|铺|面|里|主|家|庆)|支行|分行|分公司)"
)


def _is_visited(flat: str, start: int, end: int) -> bool:
    """Whether words stand where the name of an account would."""
    return bool(VISITED.search(flat, max(0, start - 12), start) or BEHIND.match(flat, end))


def _has_what_it_needs(flat: str, start: int, end: int, needs: Needs) -> bool:
    match needs:
        case "nothing":
            return True
        case "shop":
            return SHOP.match(flat, end) is not None
        case "account":
            return _is_visited(flat, start, end)
        case "visit":
            before = max(0, start - 12)
            is_said = VISITED.search(flat, before, start) and BEHIND.match(flat, end)
            return bool(VISIT.search(flat, before, start) or is_said)


def _is_whole(flat: str, start: int, end: int) -> bool:
    """Whether words are not the middle of a longer Latin word or number."""
    return not any(
        one.isascii() and one.isalnum() and two.isascii() and two.isalnum()
        for one, two in ((flat[start - 1 : start], flat[start]), (flat[end - 1], flat[end : end + 1]))
    )


def _everywhere(text: str, lengths: Mapping[str, list[int]], known: Mapping[str, object]) -> Iterator[tuple[int, str]]:
    """Every known piece in a text with its place."""
    for place, char in enumerate(text):
        for length in lengths.get(char, ()):
            piece = text[place : place + length]
            if piece in known:
                yield place, piece


def _around(place: int, size: int, length: int, at: int) -> Iterator[tuple[int, int]]:
    """Where a form of a length may stand, with one character more or less, whose half of a size begins at a place."""
    for more in (0, -1, 1):
        start = place if at == 0 else place + size - length - more
        yield start, start + length + more


def _is_slip(one: str, other: str) -> bool:
    slip = one_slip(one, other)
    return slip is not None and not set(slip.changed) & COUNTED


def _less(scores: Mapping[int, float], off: float) -> Mapping[int, float]:
    return {key: score - off for key, score in scores.items()} if off else scores


def _merged(found: Iterable[Match]) -> Iterator[Match]:
    """Matches of the same words as one; those letter by letter before those by sound, and these before slips."""
    places: dict[tuple[int, int], Match] = {}
    for match in sorted(found, key=lambda one: one.cost):
        known = places.setdefault((match.start, match.end), match)
        if known is not match and known.cost == match.cost:
            scores = dict(known.scores)
            for key, score in match.scores.items():
                scores[key] = max(score, scores.get(key, 0))
            places[match.start, match.end] = replace(known, scores=scores, is_sure=known.is_sure and match.is_sure)
    yield from places.values()


def _settled(found: Iterable[Match], length: int) -> list[Match]:
    """Without overlaps, in order: what explains most of the text stays, in doubt where something contradicts it."""
    kept: list[Match] = []
    owner: list[int | None] = [None] * length
    for match in sorted(_merged(found), key=lambda one: one.weight, reverse=True):
        rival = next((one for one in owner[match.start : match.end] if one is not None), None)
        if rival is None:
            owner[match.start : match.end] = [len(kept)] * (match.end - match.start)
            kept.append(match)
        elif match.contradicts(kept[rival]):
            kept[rival] = replace(kept[rival], scores={**match.scores, **kept[rival].scores}, is_sure=False)
    return sorted(kept, key=lambda one: one.start)


def _joined(text: str, hits: Sequence[NameHit]) -> list[NameHit]:
    """Neighbours as one: those that only together name one account (永辉的五一店), and those named as alternatives."""
    joined: list[NameHit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        between = text[last.end : hit.start] if last else ""
        if last and BETWEEN.fullmatch(between):
            keys = {one.key for one in hit.candidates}
            both = tuple(one for one in last.candidates if one.key in keys)
            if both:
                joined[-1] = NameHit(last.start, hit.end, text[last.start : hit.end], both, len(both) == 1)
                continue
        if last and ALTERNATIVE.fullmatch(between):
            either = {one.key: one for one in (*last.candidates, *hit.candidates)}
            words = text[last.start : hit.end]
            joined[-1] = NameHit(last.start, hit.end, words, tuple(either.values()), len(either) == 1)
            continue
        joined.append(hit)
    return joined
