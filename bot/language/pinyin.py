"""Chinese names by the Latin letters that are typed for them: initials (yh for 永辉) or whole syllables (yonghui)."""

from __future__ import annotations

from functools import cache, lru_cache

from bot.language.plain import plain
from knowledge.search import Sounds

SHORTEST = 2
"""Letters from which on they may stand for a name: a single one fits too many."""


def stand_for(letters: str, name: str) -> bool:
    """Whether the letters are the initials, or the syllables, of a part of the name; n, l and r are taken as one."""
    typed = plain(letters)
    if len(typed) < SHORTEST or not typed.isascii() or not typed.isalpha():
        return False
    syllables = _syllables(name)
    if _one_nose(typed) in "".join(syllable[0] for syllable in syllables):
        return True
    return any("".join(syllables[at:]).startswith(_as_one(typed)) for at in range(len(syllables)))


@lru_cache(maxsize=10_000)
def _syllables(name: str) -> list[str]:
    """How each character of a name sounds, without tone; what is not in the table stands for itself."""
    return [_as_one(_sounds().of.get(character, character)) for character in plain(name) if character.isalnum()]


@cache
def _sounds() -> Sounds:
    return Sounds.load()


def _as_one(letters: str) -> str:
    """The letters with sounds that the south does not tell apart written alike (knowledge.search.Sounds)."""
    for one, other in Sounds.MERGED:
        letters = letters.replace(one, other)
    return _one_nose(letters)


def _one_nose(letters: str) -> str:
    return letters.replace("n", "l").replace("r", "l")
