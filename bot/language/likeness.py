"""Names that may mean the same account: what a list is held against, in one pass over thousands of names.

Two names are alike where they differ in width, script or marks only, in words that many names share (超市, 有限公司),
in characters that sound alike, or by one slip. What tells one shop from the next (一店 and 二店, A and B, 12 and 13)
is no slip.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.language.name_forms import COUNTED, EN_WORD, HAN, MARKS, heard, name_parts, one_slip, shortened
from bot.language.name_words import name_words
from bot.language.plain import plain

SHORTEST_CORE = 2
SHORTEST_SLIPPED = 4
"""Characters of the shortest Chinese name that may hold a slip: among shorter ones it is another name."""

SHORTEST_WORD = 5
"""Letters of the shortest Latin word that may hold a slip."""

LONGEST_SLIPPED = 40


@dataclass(frozen=True)
class Forms:
    """A name in the forms that are compared: plain, without marks, as it sounds, what tells it from others, its kinds.

    Kinds say what sort of place it is (NameWords.kinds): 五金 and 副食 are two, 超市 and 商行 are one.
    """

    name: str
    flat: str
    squeezed: str
    sound: str
    core: str
    kinds: frozenset[int]

    @classmethod
    def of(cls, name: str) -> Forms:
        """The forms of a name; the core is empty where too little would be left."""
        flat = plain(name)
        squeezed = MARKS.sub("", flat)
        if HAN.search(squeezed):
            core = "".join(part.text for part in name_parts(squeezed) if part.tells)
        else:
            core = "".join(word for word in EN_WORD.findall(flat) if word not in name_words().en_shared)
        words = name_words()
        kinds = frozenset(words.kinds[found] for found in words.kind_pattern.findall(squeezed))
        return cls(name, flat, squeezed, heard(squeezed), core if len(core) >= SHORTEST_CORE else "", kinds)

    def keys(self) -> Iterator[str]:
        """Keys of which names that are alike share one; a slip leaves the same when a character is left out."""
        yield from (self.squeezed, f"sound {self.sound}", f"core {self.core}")
        if len(self.squeezed) <= LONGEST_SLIPPED:
            yield from dict.fromkeys(shortened(self.squeezed))

    def is_like(self, other: Forms) -> bool:
        """Whether both names may mean the same account."""
        is_one_kind = not self.kinds or not other.kinds or bool(self.kinds & other.kinds)
        if self.squeezed == other.squeezed or ("" != self.core == other.core and is_one_kind):
            return True
        if not HAN.search(self.squeezed + other.squeezed):
            return _is_latin_slip(self.flat, other.flat)
        if self.sound == other.sound:
            pairs = zip(self.squeezed, other.squeezed, strict=True)
            return not any({left, right} & COUNTED for left, right in pairs if left != right)
        slip = one_slip(self.squeezed, other.squeezed)
        return (
            slip is not None
            and min(len(self.squeezed), len(other.squeezed)) >= SHORTEST_SLIPPED
            and all(HAN.match(character) and character not in COUNTED for character in slip.changed)
        )


def alike(names: Sequence[str], known: Iterable[str]) -> list[str | None]:
    """For each name the known one, or the earlier one of the list, that it may be; None for the known themselves."""
    there = dict.fromkeys(known)
    met: defaultdict[str, dict[str, Forms]] = defaultdict(dict)
    found: list[str | None] = []
    for name in [*there, *names]:
        forms = Forms.of(name)
        keys = list(forms.keys())
        others = {other.name: other for key in keys for other in met[key].values()} if name not in there else {}
        found.append(next((other.name for other in others.values() if forms.is_like(other)), None))
        for key in keys:
            met[key].setdefault(name, forms)
    return found[len(there) :]


def _is_latin_slip(one: str, other: str) -> bool:
    """Whether two Latin names differ by one slip in one long word without figures."""
    words, others = EN_WORD.findall(one), EN_WORD.findall(other)
    apart = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(apart) != 1:
        return False
    (left, right) = apart[0]
    return (
        min(len(left), len(right)) >= SHORTEST_WORD and (left + right).isalpha() and one_slip(left, right) is not None
    )
