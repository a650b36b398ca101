"""Documents that leads send: told apart, read in a process of its own, and cut into passages.

The libraries that read them are imported in that process only: the coach does without them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from bot import apart, archives
from bot.documents.block import DocumentRefused, Extract
from bot.documents.cutting import Piece, cut

MOST_BYTES = 20 * 2**20
"""Bytes of a file: what Telegram hands to a bot (https://core.telegram.org/bots/api#getfile)."""

MOST_UNPACKED = 120 * 2**20
"""Bytes of all parts of an office document together, pictures too."""

MOST_PAGES = 1_500
MOST_PASSAGES = 4_000
"""Pages or slides, and passages, of one document: some 1.5 million characters."""

SECONDS, PROCESSOR_SECONDS = 120.0, 90
"""Longest time for one document, on the clock and of the processor."""

PROGRAM = (sys.executable, "-m", "bot.documents")
ENDINGS = {"md", "markdown", "txt", "docx", "pptx", "pdf"}
OTHER_ENDINGS = {
    "doc",
    "ppt",
    "rtf",
    "odt",
    "odp",
    "wps",
    "dps",
    "docm",
    "pptm",
    "ppsx",
    "html",
    "htm",
    "epub",
    "pages",
}
"""Endings of documents that can only be told how to save them otherwise."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PDF_WITHIN = 1024
NOT_TEXT = (b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True)
class Document:
    """What was found in a document.

    `pages` are pages or slides, None where the format has none; `scanned` those that are pictures without text.
    """

    format: str
    pages: int | None
    scanned: int
    headings: int
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Answer:
    """What the reading process says: the document, or why there is none."""

    document: Document | None = None
    refused: str | None = None
    values: dict[str, str | int] = field(default_factory=dict)


ANSWER = TypeAdapter(Answer)


def ending(name: str) -> str:
    """The ending of a file's name in small letters, "" without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_document(name: str) -> bool:
    """Whether a file may be a document, by the ending of its name."""
    return ending(name) in ENDINGS | OTHER_ENDINGS


def read(data: bytes, name: str) -> Document:
    """The passages of a document, in this process. Raises DocumentRefused."""
    kind, extract = _extract(data, name)
    pieces = list(cut(extract.blocks, by_page=kind == "pptx"))
    if not pieces:
        raise DocumentRefused("handbook-empty")
    if len(pieces) > MOST_PASSAGES:
        raise DocumentRefused("handbook-too-long", limit=MOST_PASSAGES)
    headings = sum(block.level > 0 for block in extract.blocks)
    return Document(kind, extract.pages, extract.scanned, headings, pieces)


async def read_apart(data: bytes, name: str, *, seconds: float = SECONDS) -> Document:
    """The passages of a document, read in a process of its own.

    Raises what `read` raises, and DocumentRefused where it took more than `seconds` or too much memory.
    """
    if len(data) > MOST_BYTES:
        raise DocumentRefused("handbook-too-big", limit=MOST_BYTES // 2**20)
    said = await apart.answer_of(
        PROGRAM,
        json.dumps(name).encode() + b"\n" + data,
        seconds=seconds,
        too_slow=DocumentRefused("handbook-too-slow"),
        too_heavy=DocumentRefused("handbook-too-heavy"),
    )
    answer = ANSWER.validate_json(said)
    if answer.document is None:
        raise DocumentRefused(answer.refused, **answer.values)
    return answer.document


def _extract(data: bytes, name: str) -> tuple[str, Extract]:
    """The format of a document by its content, and its blocks."""
    if not data:
        raise DocumentRefused("handbook-empty")
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf", _pdf(data)
    if data.startswith(OLE):
        raise DocumentRefused("handbook-locked" if ENCRYPTED in data else "handbook-old-format")
    if data.startswith(b"PK"):
        return _office(data)
    if data.startswith(NOT_TEXT) or ending(name) in OTHER_ENDINGS | {"pdf", "docx", "pptx"}:
        raise DocumentRefused("handbook-unknown-format" if ending(name) in ENDINGS else "handbook-old-format")
    from bot.documents import plain  # noqa: PLC0415 - its libraries belong into the process that reads

    is_markdown = ending(name) in {"md", "markdown"}
    return "md" if is_markdown else "txt", plain.read(data, is_markdown=is_markdown)


def _pdf(data: bytes) -> Extract:
    from bot.documents import pdf  # noqa: PLC0415 - as above

    try:
        return pdf.read(data, MOST_PAGES)
    except DocumentRefused:
        raise
    except Exception as error:  # pypdf lets through whatever a broken file raises
        raise DocumentRefused("handbook-broken") from error


def _office(data: bytes) -> tuple[str, Extract]:
    try:
        named = archives.parts(data, MOST_UNPACKED)
        if "word/document.xml" in named:
            from bot.documents import word  # noqa: PLC0415 - as above

            return "docx", word.read(archives.packed(named))
        if "ppt/presentation.xml" in named:
            from bot.documents import slides  # noqa: PLC0415 - as above

            return "pptx", slides.read(archives.packed(named), MOST_PAGES)
    except archives.TooBigInside as error:
        raise DocumentRefused("handbook-too-big-inside", limit=MOST_UNPACKED // 2**20) from error
    except (DocumentRefused, MemoryError):
        raise
    except RuntimeError as error:  # zipfile's word for a password
        raise DocumentRefused("handbook-locked") from error
    except Exception as error:  # the libraries let through whatever a wrong part raises
        raise DocumentRefused("handbook-broken") from error
    raise DocumentRefused("handbook-old-format")
