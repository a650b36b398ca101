"""PDF files: the text of each page, its lines joined to paragraphs; scans and locked files are told apart."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.generic import Destination

from bot.documents.block import Block, DocumentRefused, Extract, is_garbled, numbered_level
from bot.room import room

FEW = 4
"""Pages from which on a line that stands at the top or foot of most of them is no text of theirs."""

OFTEN = 0.6
EDGES = 2
"""Lines at the top and at the foot of a page among which running titles are looked for."""

FULL_LINE = 0.75
"""A line shorter than this share of the page's longest ends its paragraph."""

DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"\W*(?:第\s*)?\d{1,4}(?:\s*[/页]\s*(?:共\s*)?\d{0,4}\s*页?)?\W*$|\W*page\s+\d+.*", re.IGNORECASE)
ENDS = re.compile(r"[。！？!?；;：:.…”」』]$")
ITEM = re.compile(r"[·•●○■◆▪–\-*]\s|\d{1,2}[.、)）]\s*\D|[（(]\d{1,2}[）)]|[①-⑳]")
LATIN = re.compile(r"[A-Za-z0-9,;)]$")


def read(data: bytes, most_pages: int) -> Extract:
    """The blocks of a PDF with their pages.

    Raises DocumentRefused for one with a password, with more than `most_pages`, without any text, or with text whose
    letters nobody can know.
    """
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise DocumentRefused("handbook-locked")
    count = len(reader.pages)
    if count > most_pages:
        raise DocumentRefused("handbook-too-many-pages", limit=most_pages)
    titles = _outline(reader)
    pages = [_lines(page) for page in reader.pages]
    running = _running(pages)
    scanned = sum(not lines and _has_picture(page) for lines, page in zip(pages, reader.pages, strict=True))
    blocks = [
        block
        for number, lines in enumerate(pages, start=1)
        for block in _paragraphs(_own(lines, running), number, titles)
    ]
    if not blocks:
        raise DocumentRefused("handbook-scanned" if scanned else "handbook-empty")
    if is_garbled("".join(block.text for block in blocks)):
        raise DocumentRefused("handbook-garbled")
    return Extract(blocks, count, scanned)


def _lines(page: PageObject) -> list[str]:
    """The lines of a page; none where it cannot be read."""
    try:
        text = page.extract_text()
    except Exception:  # noqa: BLE001 - a broken page lets through whatever its content raises
        return []
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _has_picture(page: PageObject) -> bool:
    try:
        return len(page.images) > 0
    except Exception:  # noqa: BLE001 - a page that cannot be read at all is told as one without text
        return True


def _outline(reader: PdfReader) -> dict[tuple[int, str], int]:
    """The levels of bookmarks by page and title; empty where there are none, or broken ones."""
    found: dict[tuple[int, str], int] = {}

    def take(entries: Sequence[object], level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                take(entry, level + 1)
            elif isinstance(entry, Destination):
                page = reader.get_destination_page_number(entry)
                found[(page or 0) + 1, _key(entry.title or "")] = level

    try:
        take(reader.outline, 1)
    except Exception:  # noqa: BLE001 - as above
        return {}
    return found


def _key(line: str) -> str:
    return "".join(line.split())


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """The lines, their digits aside, that stand at the top or at the foot of most pages."""
    if len(pages) < FEW:
        return set()
    shapes = Counter(
        shape for lines in pages for shape in {DIGITS.sub("#", line) for line in (*lines[:EDGES], *lines[-EDGES:])}
    )
    return {shape for shape, times in shapes.items() if times >= OFTEN * len(pages)}


def _own(lines: Sequence[str], running: set[str]) -> list[str]:
    """The lines of a page without running titles and numbers of pages at its top and foot."""
    edge = {*range(EDGES), *range(len(lines) - EDGES, len(lines))}
    return [
        line
        for at, line in enumerate(lines)
        if at not in edge or not (DIGITS.sub("#", line) in running or NUMBER.match(line))
    ]


def _paragraphs(lines: Sequence[str], page: int, titles: dict[tuple[int, str], int]) -> Iterator[Block]:
    """The lines of a page as headings and paragraphs; a paragraph goes on until a short line or a full stop ends it."""
    width = max(map(room, lines), default=0)
    text = ""
    for line in lines:
        level = titles.get((page, _key(line)), 0) or numbered_level(line)
        if text and (level or ITEM.match(line)):
            yield Block(text, page=page)
            text = ""
        if level:
            yield Block(line, level, page)
            continue
        text += f" {line}" if text and LATIN.search(text) and line[0].isascii() else line
        if (ENDS.search(line) and room(line) < width) or room(line) < FULL_LINE * width:
            yield Block(text, page=page)
            text = ""
    if text:
        yield Block(text, page=page)
