"""What a message is made of before anything is understood: readable text, or the reason why it is none."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

LONGEST = 2000
"""Characters that the coach reads in one message: some three screens of a phone, four minutes of dictation."""

Flaw = Literal["empty", "symbols", "too-long"]


@dataclass(frozen=True)
class Typed:
    """The text without control characters and outer space, and the flaw that keeps it from being read, if any."""

    text: str
    flaw: Flaw | None = None


def read(raw: str) -> Typed:
    """Clean what somebody typed. Line breaks stay; other control characters and direction marks go."""
    if len(raw) > LONGEST:
        return Typed(raw[:LONGEST], "too-long")
    kept = "".join(
        character for character in raw if character == "\n" or not unicodedata.category(character).startswith("C")
    )
    text = kept.strip()
    if not text:
        return Typed("", "empty")
    if not any(character.isalnum() for character in text):
        return Typed(text, "symbols")
    return Typed(text)
