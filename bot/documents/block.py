"""What every format is read into: blocks of text in the document's order, headings among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import CoachError
from bot.room import room

CELLS = " | "
HEADER_CELL = 12.0
"""Room of the longest name of a column; a longer first row is text, no header."""

HEADING_ROOM = 30.0
"""Room of the longest line that is taken for a heading by its number alone."""

NUMBERED = (
    (re.compile(r"第[一二三四五六七八九十百零〇\d]{1,4}[章篇部卷](?:\s|[^\w]|\w)"), 1),
    (re.compile(r"第[一二三四五六七八九十百零〇\d]{1,4}节"), 2),
    (re.compile(r"[一二三四五六七八九十]{1,3}、\s*\S"), 2),
    (re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s*\S"), 3),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s*[^\s\d.%]"), 3),
    (re.compile(r"\d{1,2}\.\d{1,2}\.?\s+[^\s\d.%]|\d{1,2}\.\d{1,2}\s*[\u4e00-\u9fff]{2}"), 2),
    (re.compile(r"(?:chapter|part)\s+\d+\b", re.IGNORECASE), 1),
)
"""How headings are numbered where a format does not mark them, with their level."""

GARBLED = 0.3
"""Share of signs without meaning from which on a text is none: a PDF that lacks the table of its glyphs, a binary."""

ENDS_SENTENCE = re.compile(r"[。！？!?；;：:，,、.…]$")


class DocumentRefused(CoachError):
    """A document that cannot be read, or is too big; the text id says which, and what to do."""


@dataclass(frozen=True)
class Block:
    """A paragraph, a row of a table, or a heading of this `level` (1 is the highest); its page or slide, if known."""

    text: str
    level: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Extract:
    """What a format's reader found: blocks, pages or slides if it has them, and pages that are pictures only."""

    blocks: Sequence[Block]
    pages: int | None = None
    scanned: int = 0


def numbered_level(line: str) -> int:
    """The level of a line that is a heading by its number, 0 for any other."""
    if ENDS_SENTENCE.search(line) or room(line) > HEADING_ROOM:
        return 0
    return next((level for shape, level in NUMBERED if shape.match(line)), 0)


def is_garbled(text: str) -> bool:
    """Whether too much of a text means nothing: private use, unassigned, controls, replacements."""
    odd = sum(
        sign == "\ufffd" or (unicodedata.category(sign) in {"Co", "Cn", "Cc"} and not sign.isspace()) for sign in text
    )
    return odd > GARBLED * len(text)


def rows_as_text(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table as lines, each with the names of its columns where the first row has them: `城市：一线 | 住宿：500`."""
    tidy = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in tidy if any(row)]
    if not filled:
        return []
    head = filled[0]
    is_header = len(filled) > 1 and len(head) > 1 and all(head) and len(set(head)) == len(head)
    if not is_header or max(map(room, head)) > HEADER_CELL:
        return [CELLS.join(_once(row)) for row in filled]
    return [
        CELLS.join(f"{name}：{cell}" for name, cell in zip(head, row, strict=False) if cell)
        for row in filled[1:]
        if any(row)
    ]


def _once(row: Sequence[str]) -> list[str]:
    """The cells of a row without empty ones, a merged one once."""
    return [cell for place, cell in enumerate(row) if cell and (place == 0 or cell != row[place - 1])]
