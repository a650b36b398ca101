"""Groups of patterns: what people say for one thing, as data in `lexicon/*.yaml` with the examples that prove it.

A file has `groups`: `about`, `patterns`, and example texts in which one of the patterns `finds` something or which
all of them `leave` alone; and `words`, alternatives that patterns use as <name>; those of `words.yaml` serve every
file. A pattern may run over several lines. The mark ● stands for a character of a person's name, ■ for one of an
account's, ◆ for one of a time (bot.language.clauses).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "lexicon"
WORD = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True)
class Group:
    """One thing that people say, with examples of texts in which it is found and of texts that are left alone."""

    about: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


@cache
def words(name: str = "words") -> Mapping[str, str]:
    """The words that the patterns of a file may use, as parts of patterns. Raises KeyError for one that is missing."""
    known: dict[str, str] = {} if name == "words" else dict(words())
    for word, alternatives in (content(name).get("words") or {}).items():
        known[word] = "(?>" + "|".join(_filled(one, known) for one in alternatives) + ")"  # (?> tries no other split
    return known


@cache
def groups(name: str) -> Mapping[str, Group]:
    """The groups of a file. Raises KeyError for a word that is not there."""
    return {
        key: Group(
            group["about"],
            re.compile("|".join(sources(name, key))),
            tuple(group["finds"]),
            tuple(group.get("leaves", ())),
        )
        for key, group in content(name)["groups"].items()
    }


@cache
def pattern(name: str, group: str) -> re.Pattern[str]:
    """The pattern of a group."""
    return groups(name)[group].pattern


def sources(name: str, group: str) -> list[str]:
    """The patterns of a group one by one, as they are written for `re`."""
    return [_filled(one, words(name)) for one in content(name)["groups"][group]["patterns"]]


@cache
def content(name: str) -> Any:
    """What a file holds, for those who say more of a group than its patterns. Raises OSError where there is none."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _filled(source: str, known: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: known[found[1]], source.replace("\n", ""))
