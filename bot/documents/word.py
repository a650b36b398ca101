"""Word documents: paragraphs, headings by style or outline level, tables row by row, text in boxes and controls."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from bot.documents.block import Block, Extract, rows_as_text

HEADING = re.compile(r"\s*(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
DEEPEST = 9
PARAGRAPH, TABLE, ROW, CELL = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc"))
TEXT, TAB, BREAK, FALLBACK = qn("w:t"), qn("w:tab"), qn("w:br"), "{*}Fallback"
VALUE = qn("w:val")


def read(archive: io.BytesIO) -> Extract:
    """The blocks of a docx; it knows no pages, they are made by whoever prints it."""
    document = docx.Document(archive)
    levels = {style.style_id: _level_of_style(style) for style in document.styles}
    return Extract(list(_blocks(document.element.body, levels)))


def _blocks(parent: Any, levels: dict[str, int]) -> Iterator[Block]:
    """The blocks below an element in order; whatever wraps them (content controls, insertions) is opened."""
    for child in parent:
        if child.tag == PARAGRAPH:
            if text := _text(child):
                yield Block(text, _level(child, levels))
        elif child.tag == TABLE:
            yield from map(Block, rows_as_text(_rows(child)))
        elif len(child):
            yield from _blocks(child, levels)


def _text(element: Any) -> str:
    """The text of an element as it stands: insertions in, deletions out, what is there twice once."""
    twice = {id(one) for fallback in element.iter(FALLBACK) for one in fallback.iter()}
    parts = [
        (one.text or "") if one.tag == TEXT else " " if one.tag == TAB else "\n"
        for one in element.iter(TEXT, TAB, BREAK)
        if id(one) not in twice
    ]
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def _level(paragraph: Any, levels: dict[str, int]) -> int:
    """The level of a heading, 0 for anything else: by its own outline level, else by its style."""
    outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None:
        return _outline(outline)
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return levels.get(style.get(VALUE), 0) if style is not None else 0


def _level_of_style(style: Any) -> int:
    """The level that a style gives to its paragraphs, or the style that it is based on."""
    while style is not None:
        if found := HEADING.match(style.name or ""):
            return int(found[1])
        if style.name == "Title":
            return 1
        outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None:
            return _outline(outline)
        style = getattr(style, "base_style", None)
    return 0


def _outline(element: Any) -> int:
    """The level of an outline level, which counts from 0 and has 9 for text."""
    level = int(element.get(VALUE, DEEPEST))
    return 0 if level >= DEEPEST else level + 1


def _rows(table: Any) -> list[list[str]]:
    """The cells of a table, a cell that is merged over several columns or rows in each of them."""
    rows: list[list[str]] = []
    for row in table.iterchildren(ROW):
        cells: list[str] = []
        for cell in row.iterchildren(CELL):
            across = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            down = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = down is not None and down.get(VALUE) != "restart" and rows and len(cells) < len(rows[-1])
            text = rows[-1][len(cells)] if goes_on else " ".join(filter(None, map(_text, cell.iter(PARAGRAPH))))
            cells += [text] * (int(across.get(VALUE, 1)) if across is not None else 1)
        rows.append(cells)
    return rows
