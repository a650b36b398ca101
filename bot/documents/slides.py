"""PowerPoint slides: titles as headings, texts from top to bottom, tables, groups and the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pptx

from bot.documents.block import Block, DocumentRefused, Extract, rows_as_text

NOTES = "备注 · Notes"
"""The heading of a slide's notes, in both languages: a document is cut before anybody is known who reads it."""


def read(archive: io.BytesIO, most_slides: int) -> Extract:
    """The blocks of a pptx, each with the number of its slide. Raises DocumentRefused for more than `most_slides`."""
    slides = pptx.Presentation(archive).slides
    if len(slides) > most_slides:
        raise DocumentRefused("handbook-too-many-pages", limit=most_slides)
    blocks = [block for number, slide in enumerate(slides, start=1) for block in _slide(slide, number)]
    return Extract(blocks, len(slides))


def _slide(slide: Any, number: int) -> Iterator[Block]:
    title = slide.shapes.title
    heading = " ".join(title.text_frame.text.split()) if title is not None else ""
    yield Block(heading or f"#{number}", 1, number)
    rest = (shape for shape in slide.shapes if title is None or shape.shape_id != title.shape_id)
    for text in _texts(rest):
        yield Block(text, page=number)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if notes is not None and notes.text.strip():
        yield Block(NOTES, 2, number)
        for text in _paragraphs(notes):
            yield Block(text, page=number)


def _texts(shapes: Iterable[Any]) -> Iterator[str]:
    """The texts of shapes as one reads them, from top to bottom; groups are opened."""
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _texts(shape.shapes)
        elif getattr(shape, "has_table", False):
            yield from rows_as_text([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame)


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        if text := " ".join(paragraph.text.split()):
            yield text
