"""What a manager looks up about an account in plain words: its promises, or its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bot.language.patterns import pattern
from bot.language.plain import plain

Subject = Literal["promises", "account"]

LONGEST = 80
"""Characters of the longest message that only looks something up."""


@dataclass(frozen=True)
class Lookup:
    """What is looked up, and the words that should name an account."""

    subject: Subject
    words: str


def lookup(text: str) -> Lookup | None:
    """What a message looks up; None for any other message. Whether the words name an account only a book can tell."""
    flat = plain(text.strip())
    if len(flat) > LONGEST:
        return None
    for subject in get_args(Subject):
        if found := pattern("lookups", subject).search(flat):
            return Lookup(subject, next(filter(None, found.groups())).strip())
    return None
