"""What is said of a file that somebody sent: its preview, its problems, what was imported, and what is still asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot import spreadsheets
from bot.errors import CoachError
from bot.files import Content
from bot.keyboards import Button, Keyboard
from bot.language.columns import AccountRow, Problem
from bot.models import Person, Upload
from bot.records import Flaw, Record, RecordRefused
from bot.replies import Document, Reply, Say
from bot.services.imports import Choice, Imported
from bot.services.uploads import Confirmed
from bot.texts import Voice, shortened

FILE_NAME = 24
"""Characters of a file's name on the screen."""

SHOWN, FLAWS_SHOWN = 3, 8
"""Rows with problems, and errors of a record, on one screen."""

ANSWERS: dict[Choice, str] = {"same": "imports-same", "new": "imports-new", "skip": "imports-skip"}

LIST = 30
"""Characters of a list of columns or sheets."""


def preview(voice: Voice, upload: Upload, book: Person, content: Content, imported: Imported) -> Say:
    """What an import would do, the problems first, and the two buttons where it would do anything."""
    head = {"file": shortened(upload.name, FILE_NAME), "book": book_name(voice, upload, book)}
    counts = {"new": imported.new, "changed": imported.changed, "unchanged": imported.unchanged}
    if isinstance(content, Record):
        about = {"name": shortened(content.manager.name, 20), "day": voice.day(content.as_of)}
        html = voice.text("imports-preview-record", **head, **counts, **about)
    else:
        html = voice.text("imports-preview", **head, **counts)
    does_anything = bool(imported.new or imported.changed or imported.questions)
    if not does_anything:
        html += voice.text("imports-nothing")
    if imported.problems:
        html += voice.text("imports-problems", count=len(imported.problems))
    lines = [html, *_first_problems(voice, imported.problems)]
    if imported.questions:
        lines.append(voice.text("imports-questions", count=len(imported.questions)))
    lines += list(_assumptions(voice, content))
    buttons = [
        [
            Button(voice.label("imports-yes"), f"import-yes:{upload.id}"),
            Button(voice.label("imports-no"), f"import-no:{upload.id}"),
        ]
    ]
    return Say(Markup("\n").join(lines), buttons if does_anything else ())


def _first_problems(voice: Voice, problems: Sequence[Problem]) -> Iterable[Markup]:
    for problem in problems[:SHOWN]:
        yield voice.text("imports-row", row=problem.row, reason=reason(voice, problem))
    if len(problems) > SHOWN:
        yield voice.text("imports-more", count=len(problems) - SHOWN)


def _assumptions(voice: Voice, content: Content) -> Iterable[Markup]:
    """What was assumed in reading, and what was not read."""
    if isinstance(content, Record):
        yield voice.text("imports-policy")
        return
    if content.as_fractions:
        yield voice.text("imports-fractions")
    if content.money_unit and any(row.potential or row.annual_sales for row in content.accounts):
        yield voice.text("imports-unit", unit=content.money_unit)
    between = voice.label("imports-between")
    if content.ignored:
        yield voice.text("imports-ignored", columns=shortened(between.join(content.ignored), LIST))
    if content.other_sheets:
        yield voice.text("imports-other-sheets", sheets=shortened(between.join(content.other_sheets), LIST))


def result(voice: Voice, done: Confirmed) -> Markup:
    """What was imported."""
    return voice.text(
        "imports-done-record" if done.is_record else "imports-done",
        book=book_name(voice, done.upload, done.book),
        new=done.imported.new,
        changed=done.imported.changed,
        unchanged=done.imported.unchanged,
    )


def left_out(voice: Voice, problems: Sequence[Problem]) -> list[Reply]:
    """The rows that were left out, each with its reason, as a table to go by; nothing where there are none."""
    if not problems:
        return []
    heading = (voice.label("imports-list-row"), voice.label("imports-list-reason"))
    rows = [(problem.row, reason(voice, problem)) for problem in problems]
    html = voice.text("imports-left-out", count=len(problems))
    return [Document(voice.label("imports-list"), spreadsheets.to_csv([heading, *rows]), html)]


def question(voice: Voice, upload: Upload, rows: Sequence[AccountRow]) -> Say:
    """The first of the rows in question, with the answers."""
    row = rows[0]
    html = voice.text("imports-question", row=row.row, name=row.name, like=row.like or "", count=len(rows))
    buttons: Keyboard = [
        [Button(voice.label(text_id), f"import-row:{upload.id}:{row.row}:{choice}")]
        for choice, text_id in ANSWERS.items()
    ]
    if len(rows) > 1:
        everything = Button(voice.label("imports-all-new", count=len(rows)), f"import-row:{upload.id}:all:new")
        buttons = [*buttons, [everything]]
    return Say(html, buttons)


def refusal(voice: Voice, error: CoachError) -> Markup:
    """Why a file was refused; of a record each error with its place."""
    html = voice.text(error.text_id, **error.values)
    flaws = error.flaws if isinstance(error, RecordRefused) else ()
    return Markup("\n").join([html, *(flaw_line(voice, flaw) for flaw in flaws[:FLAWS_SHOWN])])


def flaw_line(voice: Voice, flaw: Flaw) -> str:
    """One error of a record in one line, not escaped: `promises[3].due: must be a date`."""
    place = flaw.place or voice.label("record-whole")
    return voice.label("record-place", place=place, reason=voice.label(flaw.text_id, **flaw.values))


def reason(voice: Voice, problem: Problem) -> str:
    """Why a row was left out, without its number."""
    return voice.label(problem.text_id, **problem.values)


def book_name(voice: Voice, upload: Upload, book: Person) -> str:
    """Whose book a file is for."""
    return voice.label("imports-own") if upload.person_id == book.id else voice.label("imports-book", name=book.name)
