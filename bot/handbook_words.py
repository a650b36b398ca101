"""What is said of a team's documents: what was found in one, the list of them, and an answer taken from them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from bot.documents.cutting import PATH
from bot.errors import CoachError
from bot.keyboards import Button
from bot.models import Handbook, Passage, Person, TeamAnswer
from bot.replies import Say
from bot.services.handbooks import Stored
from bot.services.passages import Found
from bot.texts import Voice, fitted, height, room, shortened
from knowledge import passages as judging

FILE_NAME, IN_LIST = 18.0, 12.0
"""Room of a document's name on the screen, and in a list where it shares a line."""

HEADING = 28.0
"""Room of the last headings above a passage: two lines with the mark before them."""

EXTRACT = 8
"""Lines of a passage that answer a question: with heading, source and mark the message has at most 12."""

SHOWN = 3
"""Headings of a document on the screen."""


def name(handbook: Handbook, most: float = FILE_NAME) -> str:
    """A document's name on one line."""
    return fitted(handbook.name, most)


def lines(text: str) -> int:
    """Lines that a text takes on a phone."""
    return height(escape(line) for line in text.split("\n"))


def stored(voice: Voice, done: Stored, headings: Sequence[str]) -> Say:
    """What was found in a document, and that it is searched now."""
    handbook = done.handbook
    said = [voice.text("handbook-stored", file=name(handbook), team=done.team.name), size(voice, handbook)]
    if headings:
        said.append(voice.text("handbook-headings", headings=first_headings(voice, headings)))
    if done.before is not None:
        said.append(voice.text("handbook-replaced", version=handbook.version, before=done.before.version))
    if handbook.scanned:
        said.append(voice.text("handbook-some-scanned", count=handbook.scanned))
    said.append(voice.text("handbook-ask-now"))
    return Say(Markup("\n").join(said), [[Button(voice.label("handbook-open"), f"handbook:{handbook.id}")]])


def size(voice: Voice, handbook: Handbook) -> Markup:
    """How much there is in a document."""
    counts = {"headings": handbook.headings, "passages": handbook.passages}
    if handbook.pages is None:
        return voice.text("handbook-size", **counts)
    text_id = "handbook-size-slides" if handbook.format == "pptx" else "handbook-size-pages"
    return voice.text(text_id, pages=handbook.pages, **counts)


def first_headings(voice: Voice, headings: Sequence[str]) -> str:
    """The first headings of a document, each by its last part."""
    parts = [fitted(heading.rpartition(PATH)[2], 12) for heading in headings[:SHOWN]]
    return voice.label("handbook-between").join(parts)


def refused(voice: Voice, handbook: Handbook, error: CoachError) -> Say:
    """Why a document could not be read, and what to do."""
    reason = voice.text(error.text_id, **error.values)
    return Say(voice.text("handbook-refused", file=name(handbook), reason=reason))


def heading(passage: Passage) -> str:
    """Under what a passage stands: as much of the end of the path of its headings as has room."""
    parts = passage.heading.split(PATH)
    while len(parts) > 1 and room(PATH.join(parts)) > HEADING:
        parts = parts[1:]
    return fitted(PATH.join(parts), HEADING)


def source(voice: Voice, passage: Passage, of: Handbook | TeamAnswer, author: Person | None, day: str) -> Markup:
    """Where a passage comes from: the file with its page or slide, or the lead who answered, and when."""
    if isinstance(of, TeamAnswer):
        return voice.text("handbook-signed", name=author.name if author else "", day=day)
    if passage.page is None:
        return voice.text("handbook-source", file=name(of), version=of.version)
    text_id = "handbook-source-slide" if of.format == "pptx" else "handbook-source-page"
    return voice.text(text_id, file=name(of), version=of.version, page=passage.page)


def answer(voice: Voice, found: Found, signed: Markup) -> Markup:
    """The part of a passage that answers a question, marked as the team's, with its source."""
    return voice.text("handbook-answer", heading=heading(found.passage), text=extract(found), source=signed)


def extract(found: Found) -> str:
    """The part of a passage that answers a question."""
    return judging.extract(found.weights, found.passage.text, EXTRACT, lines)


def whole(voice: Voice, passage: Passage, signed: Markup) -> Markup:
    """A whole passage with its source; it may take more than a screen, which is why it is asked for by a tap."""
    return voice.text("handbook-answer", heading=heading(passage), text=passage.text, source=signed)


def title(found: Found) -> str:
    """What a button calls a passage."""
    of = found.source
    return shortened(found.passage.heading.rpartition(PATH)[2] or (of.name if isinstance(of, Handbook) else ""), 20)
