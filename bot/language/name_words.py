"""The words that names of organisations and of people are made of: `lexicon/names.yaml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Proof = Literal["titled", "not else", "known"]
"""What makes a word a person in English: a title; that it is no other known word; that it is a known first name."""

FILE = Path(__file__).parent / "lexicon" / "names.yaml"


@dataclass(frozen=True)
class NameWords:
    """The lexicon.

    `shared` are words of names that many share, `kinds` those of them that tell what it is, numbered so that shops that
    people call by each other's words have one number.
    """

    shared: re.Pattern[str]
    en_shared: frozenset[str]
    kinds: Mapping[str, int]
    kind_pattern: re.Pattern[str]
    everyday: frozenset[str]
    places: re.Pattern[str]
    people: tuple[re.Pattern[str], ...]
    en_people: tuple[tuple[re.Pattern[str], Proof], ...]
    given_names: frozenset[str]
    not_people: frozenset[str]
    en_not_people: frozenset[str]
    organisation: re.Pattern[str]
    en_organisation: frozenset[str]
    boundary: re.Pattern[str]
    soft_boundary: frozenset[str]


@cache
def name_words() -> NameWords:
    """The lexicon, read once."""
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    kinds = {word: number for number, words in enumerate(data["kinds"]) for word in words}
    shared = [*data["shared"], *kinds]
    return NameWords(
        shared=re.compile(any_of(shared)),
        en_shared=frozenset(data["en_shared"]),
        kinds=kinds,
        kind_pattern=re.compile(any_of(kinds)),
        everyday=frozenset([*data["everyday"], *data["places"], *shared]),
        places=re.compile(f"{any_of(data['places'])}(?:省|市|自治区)?"),
        people=tuple(re.compile(_filled(one, data)) for one in data["people"]),
        en_people=tuple(_en_people(data)),
        given_names=frozenset(data["given_names"]),
        not_people=frozenset(data["not_people"]),
        en_not_people=frozenset(data["en_not_people"]),
        organisation=re.compile(f"{any_of([*kinds, *data['endings']])}{any_of(shared)}*+(?![长员铺面里主])"),
        en_organisation=frozenset([*data["en_shared"], *data["en_endings"]]),
        boundary=re.compile(any_of([*data["boundaries"], *data["soft_boundaries"]])),
        soft_boundary=frozenset(data["soft_boundaries"]),
    )


def _en_people(data: Mapping[str, list[str]]) -> Iterator[tuple[re.Pattern[str], Proof]]:
    """The patterns for people in English, each with what a name must be to count."""
    word = "[A-Z](?:['’][A-Z])?[a-zà-ÿ]+(?:-[A-Z][a-z]+)?"
    name = f"(?P<who>{word}(?: {word}){{0,2}})"
    meets, speaks, does = (any_of(data[key]) for key in ("en_meets", "en_speaks", "en_is"))
    title = any_of([*data["en_honorific"], *data["en_title"]])
    particle = "(?:(?:van|de|der|den|von|bin|binti|al|el|del|la|da) )*"
    yield re.compile(rf"\b(?P<who>{title}\.? {particle}{word}(?: {word})?)"), "titled"
    yield re.compile(rf"\b(?P<who>{any_of(data['en_honorific']).lower()}\.? [a-z]+)"), "titled"
    yield re.compile(rf"\b(?P<who>Old [A-Z][a-z]+)(?= {speaks}\b)"), "titled"
    yield re.compile(rf"\b(?i:{meets}) (?:the )?{name}(?!['’]?\w)"), "not else"
    yield re.compile(rf"(?<![\w'’]){name}(?= {speaks}\b| (?:at|from|@) [A-Z])"), "not else"
    yield re.compile(rf"(?<![\w'’]){name}(?=['’](?:ll|d|s)\b| {does}\b)"), "known"
    yield re.compile(rf"(?<![A-Za-z])(?P<who>{word}(?:{any_of([*data['title'], *data['kin'], '总'])}))"), "titled"
    yield re.compile(rf"(?<=[\u3400-\u9fff]){name}(?=[\u3400-\u9fff])"), "known"
    yield re.compile(rf"(?<![A-Za-z]){name}(?=[说讲话要问想嫌聊谈答催回觉])"), "not else"
    yield re.compile(rf"\band {name}\b"), "known"
    yield re.compile(rf"{name}(?= and [A-Z]| \(|, (?:the|their|our) )"), "known"
    yield re.compile(rf"(?:^|[,:;–-] |\. ){name}(?=[.,;:!]|$| \+| -)"), "known"
    yield re.compile(rf"(?:^|[.:;!?\n–-] ?){name}(?= [a-z])"), "known"
    lower = name.replace("A-Z", "A-Za-z", 1)
    yield re.compile(rf"\b{meets} {lower}\b"), "known"
    yield re.compile(rf"(?:^|[.,;:] ?){lower} (?:{speaks}|{does})\b"), "known"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _filled(source: str, data: Mapping[str, list[str]]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: any_of(data[found[1]]), source)
