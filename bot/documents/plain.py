"""Text files: Markdown with its marks, and plain text whose headings are told by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.documents.block import Block, DocumentRefused, Extract, is_garbled, numbered_level, rows_as_text
from bot.encodings import decode

CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
UNDERLINE = re.compile(r"(=+|-+)\s*$")
FENCE = re.compile(r"\s*(```|~~~)")
RULE = re.compile(r"\s*([-*_]\s*){3,}$")
DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
MARKS = (
    (re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>"), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|~~|`+)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"^\s*(>\s*)+"), ""),
    (re.compile(r"^\s*[-*+]\s+"), "· "),
)


def read(data: bytes, *, is_markdown: bool) -> Extract:
    """The blocks of a text file in any encoding. Raises DocumentRefused for one that holds no text."""
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        raise DocumentRefused("handbook-unknown-encoding") from error
    if CONTROLS.search(text) or is_garbled(text):
        raise DocumentRefused("handbook-unknown-format")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Extract(list(markdown(text) if is_markdown else plain(text)))


def plain(text: str) -> Iterator[Block]:
    """Each line a block, those with a number of a heading as headings."""
    for line in map(str.strip, text.split("\n")):
        if line:
            yield Block(line, numbered_level(line))


def markdown(text: str) -> Iterator[Block]:
    """Headings, tables and paragraphs, without the marks."""
    paragraph: list[str] = []
    rows: list[list[str]] = []
    fenced = False
    for line in [*FRONT.sub("", text).split("\n"), ""]:
        if rows and (fenced or "|" not in line):
            yield from map(Block, rows_as_text(rows))
            rows = []
        if FENCE.match(line):
            fenced = not fenced
        elif fenced:
            paragraph.append(line.rstrip())
        elif paragraph and len(paragraph) == 1 and UNDERLINE.match(line):
            yield Block(bare(paragraph.pop()), 1 if line.startswith("=") else 2)
        elif found := HEADING.match(line):
            yield from _paragraph(paragraph)
            yield Block(bare(found[2]), len(found[1]))
        elif line.count("|") > 1 or (rows and "|" in line):
            yield from _paragraph(paragraph)
            if not DIVIDER.match(line):
                rows.append([bare(cell) for cell in line.strip().strip("|").split("|")])
        elif not line.strip() or RULE.match(line):
            yield from _paragraph(paragraph)
        else:
            paragraph.append(line)
    yield from _paragraph(paragraph)


def bare(line: str) -> str:
    """A line without the marks of Markdown."""
    for mark, instead in MARKS:
        line = mark.sub(instead, line)
    return line.strip()


def _paragraph(lines: list[str]) -> Iterator[Block]:
    """The paragraph of the lines so far, which are then forgotten."""
    text = "\n".join(filter(None, map(bare, lines)))
    lines.clear()
    if text:
        yield Block(text)
