"""The ways of writing the name of an account, and how alike two writings are: by sound, or but for one slip."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from bot.language.name_words import name_words
from bot.language.people import is_person
from knowledge.search import Sounds

HAN = re.compile("[\u3400-\u9fff]")
SCRIPTS = re.compile("[a-z]+|[^a-z]+")
MARKS = re.compile(r"[\s()\[\]·•,.。、\-—_'’\"“”/&+]+")
EN_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
POSSESSIVE = re.compile(r"['’]s?$")
COUNTED = frozenset("零一二三四五六七八九十百两〇0123456789东西南北前后左右上下新老大小甲乙丙丁")
"""Characters that tell one shop from the next (一店, 二店; 东门, 西门): never taken for slips of each other."""

SUFFIX = "店厂行部局院校"
MOST_PARTS = 7
SHORT = 2
"""Characters of a Chinese name that is too short to be recognised by its sound, or beside a slip, without context."""

INITIALS_FROM = 3
"""Words of the shortest English name that is known by its initials."""

SILENT = frozenset(
    ("and", "of", "the", "ltd", "limited", "inc", "llc", "plc", "pte", "pty", "sdn", "bhd", "gmbh", "corp")
)
"""Words of English names that initials leave out."""

SLIP_FROM = 3
"""Characters of the shortest Chinese name in which one slip is forgiven."""

# How near a way of writing is to the whole name, which is 1.
SPOKEN = 0.95
LOST_SHARED, LOST_TELLING = 0.03, 0.15
PIECE = 0.6


@dataclass(frozen=True)
class Part:
    """A part of a name, and whether it tells this name from others."""

    text: str
    tells: bool


Needs = Literal["nothing", "account", "visit", "shop"]
"""What must stand around a form that also is something else: what stands around accounts; what tells of a visit, for
everyday words (幸福 of 幸福超市); a word for shops behind the name of a street."""


@dataclass(frozen=True)
class Form:
    """One way of writing a name: how near it is to the whole, and what it needs around it.

    `is_branch`: it names only the branch (五一店). `is_person`: it is how a person is called (阿强 of 阿强士多).
    `branch`: where in it the branch stands.
    """

    text: str
    score: float
    needs: Needs = "nothing"
    is_branch: bool = False
    is_person: bool = False
    branch: tuple[int, int] = (0, 0)


def name_parts(flat: str) -> list[Part]:
    """The parts of a Chinese name without marks, in order: its place, telling words, and words that many share."""
    words = name_words()
    parts: list[Part] = []
    at = 0
    if (place := words.places.match(flat)) and place.end() < len(flat):
        parts.append(Part(place[0], tells=False))
        at = place.end()
    for found in [*words.shared.finditer(flat, at), None]:
        rest = flat[at : found.start()] if found else flat[at:]
        *telling, last = SCRIPTS.findall(rest) or [""]
        parts += [Part(one, tells=True) for one in telling]
        if len(last) > SHORT and last[-1] in SUFFIX:
            parts += [Part(last[:-1], tells=True), Part(last[-1], tells=False)]
        elif last:
            parts.append(Part(last, tells=True))
        if found:
            parts.append(Part(found[0], tells=False))
            at = found.end()
    return parts


@lru_cache(maxsize=20_000)
def forms(name: str) -> tuple[Form, ...]:
    """The ways of writing a name in Chinese: whole, without some of its parts, and a piece of a long telling part."""
    return tuple(_forms(name))


def _forms(name: str) -> Iterator[Form]:
    flat = MARKS.sub("", name)
    parts = name_parts(flat)[:MOST_PARTS]
    if len(flat) >= SHORT:
        needs: Needs = "visit" if flat in name_words().everyday else "nothing"
        yield Form(flat, 1.0, needs, branch=_branch(parts, range(len(parts))))
    for count in range(1, len(parts)):
        for kept in itertools.combinations(range(len(parts)), count):
            form = _without(parts, kept)
            if len(form.text) >= SHORT and not form.text.isnumeric():
                yield form
    for part in [part for part in parts if part.tells][:1]:
        for length in range(SHORT, len(part.text)) if len(part.text) > SLIP_FROM else ():
            for piece in {part.text[:length], part.text[-length:]} - name_words().everyday:
                yield Form(piece, PIECE, "account")


def _without(parts: Sequence[Part], kept: Sequence[int]) -> Form:
    """The name with only some of its parts; no text where none of them tells it from others."""
    telling = [number for number, part in enumerate(parts) if part.tells]
    said = [number for number in kept if parts[number].tells]
    if not said:
        return Form("", 0)
    text = "".join(parts[number].text for number in kept)
    lost = sum(LOST_TELLING if part.tells else LOST_SHARED for number, part in enumerate(parts) if number not in kept)
    is_branch = telling[0] not in said
    is_street = is_branch and kept[-1] == said[0]
    needs: Needs = "shop" if is_street else "visit" if text in name_words().everyday else "nothing"
    return Form(
        text,
        SPOKEN - lost,
        needs,
        is_branch=is_branch,
        is_person=len(text) <= SLIP_FROM and is_person(text),
        branch=_branch(parts, kept),
    )


def _branch(parts: Sequence[Part], kept: Iterable[int]) -> tuple[int, int]:
    at, seen = 0, 0
    for number in kept:
        seen += parts[number].tells
        if parts[number].tells and seen == SHORT:
            return at, at + len(parts[number].text)
        at += len(parts[number].text)
    return 0, 0


def initials(name: str) -> str | None:
    """The capitals by which a name of three words or more is also written (CVB); None where there are fewer."""
    words = [word for word in EN_WORD.findall(POSSESSIVE.sub("", name)) if word not in SILENT]
    return None if HAN.search(name) or len(words) < INITIALS_FROM else "".join(word[0] for word in words)


def phrases(name: str) -> Iterator[tuple[tuple[str, ...], float]]:
    """The ways of writing a name in Latin letters: whole, without words that many share, its first or last words."""
    if "'" in name:
        yield from phrases(name.replace("'", ""))
    words = [POSSESSIVE.sub("", word) for word in EN_WORD.findall(name)]
    whole = SPOKEN - LOST_TELLING if HAN.search(name) else 1.0
    if len("".join(words)) < (SLIP_FROM if HAN.search(name) else SHORT) or (len(words) == 1 and words[0].isdigit()):
        return
    shared = name_words().en_shared
    telling = [word for word in words if word not in shared]
    if not HAN.search(name):
        yield tuple(words), whole
        if "&" in name:
            yield tuple(EN_WORD.findall(name.replace("&", " and "))), whole
        yield ("".join(words),), SPOKEN
        bare = list(words)
        while bare and bare[-1] in shared:
            bare.pop()
        if bare and telling:
            yield tuple(bare), SPOKEN
    if telling:
        yield tuple(telling), whole - LOST_SHARED
        yield ("".join(telling),), whole - LOST_SHARED * 2
    for some, lost in _some_of(telling):
        yield some, whole - lost


def _some_of(telling: Sequence[str]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Some of the telling words of a name as they are said for all, and what is lost without the others."""
    if len(telling) > SHORT:
        yield (telling[0], telling[-1]), LOST_TELLING
    common = name_words().everyday
    for count in range(1, len(telling)):
        if len("".join(telling[:count])) > SHORT and not common.issuperset(telling[:count]):
            yield tuple(telling[:count]), LOST_TELLING
        if len("".join(telling[-count:])) > SLIP_FROM and not common.issuperset(telling[-count:]):
            yield tuple(telling[-count:]), LOST_TELLING * 2


# -- Likeness ---------------------------------------------------------------------------------------------------------


@cache
def _sounds() -> Mapping[int, int]:
    """Every character with one character of the private area for its sound."""
    sounds = Sounds.load()
    numbers: dict[str, int] = {}
    return {ord(char): 0xE000 + numbers.setdefault(sound, len(numbers)) for char, sound in sounds.of.items()}


def heard(text: str) -> str:
    """A text as it sounds, character for character; sounds that the south does not tell apart are one."""
    return text.translate(_sounds())


@dataclass(frozen=True)
class Slip:
    """Where two texts differ, and the characters that differ there."""

    at: int
    changed: str


def one_slip(one: str, other: str) -> Slip | None:
    """The one slip between two texts (a character changed, left out, added or swapped with the next), if it is one."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return None
    pairs = enumerate(zip(one, other, strict=False))
    at = next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
    rest, more = one[at:], other[at:]
    if len(one) != len(other):
        longer, shorter = (rest, more) if len(rest) > len(more) else (more, rest)
        return Slip(at, longer[0]) if longer[1:] == shorter else None
    if rest[1:] == more[1:]:
        return Slip(at, rest[0] + more[0])
    return Slip(at, rest[:2]) if rest[1:2] + rest[:1] + rest[2:] == more else None


def shortened(word: str, instead: str = "") -> Iterator[str]:
    """A word with each of its letters left out in turn, or with another in its place."""
    return (word[:at] + instead + word[at + 1 :] for at in range(len(word)))


def swapped(word: str) -> Iterator[str]:
    """A word with each two neighbouring letters swapped in turn."""
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
