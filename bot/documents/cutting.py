"""Cutting: blocks become passages of a size that a phone can cite, each with the headings above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents.block import Block
from bot.room import fitted, room
from knowledge.passages import SENTENCE, terms

ENOUGH, MOST = 300.0, 480.0
"""Room of a passage, in Chinese characters: it ends after a block from the first on, and never goes beyond the second.

With a heading of two lines the longest fills a phone and a half (20 characters a line)."""

HEADING, LEVELS = 30.0, 3
"""Room of one heading, and how many of the path are carried."""

PATH = " › "
"""What stands between the headings of a path."""


@dataclass(frozen=True)
class Piece:
    """A passage: the path of headings above it, the page on which it begins, and what it is searched by."""

    heading: str
    page: int | None
    text: str
    terms: str


@dataclass
class _Cutter:
    """The path of headings so far, and the blocks that wait to become a passage."""

    path: dict[int, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    page: int | None = None

    def head(self, block: Block) -> None:
        """Go on under another heading."""
        self.path = {level: text for level, text in self.path.items() if level < block.level}
        self.path[block.level] = fitted(block.text, HEADING)

    def flush(self) -> Iterator[Piece]:
        """End the passage that waits."""
        text = "\n".join(self.waiting)
        self.waiting = []
        if text:
            heading = PATH.join([self.path[level] for level in sorted(self.path)][-LEVELS:])
            yield Piece(heading, self.page, text, " ".join(sorted(terms(heading) | terms(text))))

    def take(self, text: str, page: int | None) -> Iterator[Piece]:
        """Add a text that fits into one passage."""
        if self.waiting and room("".join(self.waiting)) + room(text) > MOST:
            yield from self.flush()
        if not self.waiting:
            self.page = page
        self.waiting.append(text)
        if room("".join(self.waiting)) >= ENOUGH:
            yield from self.flush()


def cut(blocks: Iterable[Block], *, by_page: bool = False) -> Iterator[Piece]:
    """The passages of a document, in its order. With `by_page` no passage goes beyond its page (slides)."""
    cutter = _Cutter()
    for block in blocks:
        if block.level:
            yield from cutter.flush()
            cutter.head(block)
            continue
        if by_page and block.page != cutter.page:
            yield from cutter.flush()
        for text in _split(block.text):
            yield from cutter.take(text, block.page)
    yield from cutter.flush()


def _split(text: str) -> Iterator[str]:
    """A text in parts that fit into a passage, cut at the ends of sentences where there are any."""
    if room(text) <= MOST:
        yield text
        return
    part = ""
    for sentence in _sentences(text):
        if part and room(part) + room(sentence) > MOST:
            yield part.strip()
            part = ""
        part += sentence
    if part.strip():
        yield part.strip()


def _sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCE.findall(text):
        yield from _lengths(sentence)


def _lengths(sentence: str) -> Sequence[str]:
    """A sentence, cut hard where it is longer than a whole passage."""
    if room(sentence) <= MOST:
        return [sentence]
    size = int(MOST)
    return [sentence[at : at + size] for at in range(0, len(sentence), size)]
