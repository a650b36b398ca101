"""What kind of message it is: a courtesy, a question, a note, a correction, a command in plain words, or a check.

A question answered as a note, or a note as a question, is the worst error; where both are possible, both are named.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

from bot.language.patterns import pattern
from bot.language.plain import plain

if TYPE_CHECKING:
    from bot.language.names import Book

Intent = Literal["greeting", "thanks", "question", "note", "correction", "command", "check", "may_i"]

LEXICON = Path(__file__).parent / "lexicon"
LONGEST = 200
"""Characters of the longest courtesy or command."""

MARKS = re.compile(r"[^\w]+")
PARTICLES = "啊呀呢哦哈吧啦喔噢"


@dataclass(frozen=True)
class Reading:
    """The likeliest kind of a message; where that is not sure, `other` is the kind that is possible as well.

    `command` names the command that the words stand for (bot.handlers.COMMANDS), where the kind is a command.
    """

    intent: Intent
    other: Intent | None = None
    command: str | None = None

    @property
    def sure(self) -> bool:
        """Whether only one kind is possible."""
        return self.other is None

    @property
    def candidates(self) -> tuple[Intent, ...]:
        """The kinds that are possible, the likeliest first."""
        return (self.intent,) if self.other is None else (self.intent, self.other)


@functools.cache
def courtesies() -> Mapping[str, Intent]:
    """Every known courtesy with its kind."""
    content: dict[Intent, list[str | bool]] = yaml.safe_load((LEXICON / "courtesies.yaml").read_text(encoding="utf-8"))
    return {_bare(str(phrase)): kind for kind, phrases in content.items() for phrase in phrases}


def intent_of(text: str, *, has_draft: bool = False, book: Book | None = None) -> Reading:
    """The kind of a message. `has_draft` where a note waits to be confirmed; `book` names the manager's accounts."""
    courtesy = courtesies().get(_bare(text))
    if courtesy:
        return Reading(courtesy)
    return Reading("question")


def _bare(text: str) -> str:
    letters = MARKS.sub("", plain(text[:LONGEST]))
    return letters.rstrip(PARTICLES) or letters
