"""Typed text in one form for matching, character for character: a place in it is the same place in what was typed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from knowledge.search import simplifier


@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """The text in narrow, lower-case, simplified characters without accents, exactly as long as it was."""
    folded = "".join(map(_fold, text))
    simplified = str(simplifier().convert(folded))
    return simplified if len(simplified) == len(text) else "".join(map(_simplify, folded))


@lru_cache(maxsize=10_000)
def _fold(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower().replace("’", "'")
    if len(folded) != 1:
        return character
    bare = unicodedata.normalize("NFD", folded)[0]
    return bare if "a" <= bare <= "z" else folded


@lru_cache(maxsize=10_000)
def _simplify(character: str) -> str:
    simplified = str(simplifier().convert(character))
    return simplified if len(simplified) == 1 else character
