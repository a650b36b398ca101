"""Notes: one typed message becomes a card, which its author corrects, and confirms with one tap."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import TooLateToUndo
from bot.handlers import answer, note_card, sharing
from bot.keyboards import Button
from bot.language import corrections
from bot.language.understanding import Card, Understanding
from bot.models import Note, NoteState
from bot.replies import Reply, Say, Toast
from bot.services import accounts, day_plans, notes, questions, teams

Meant = Callable[[Understanding], Understanding]

log = structlog.stdlib.get_logger(__name__)

BLANK = Understanding("other", (Card(kind="visit", ask="no_account"),))
"""What is known of a note in which nothing was found: a contact with somebody."""


async def hear(text: str, context: CoachContext, meant: Meant | None = None) -> Say:
    """Keep a note and show what was understood; `meant` puts in what is known of it without its words."""
    note = await notes.begin(context.session, context.person, text, context.now)
    return await _understood(context, note, meant)


async def _understood(context: CoachContext, note: Note, meant: Meant | None = None) -> Say:
    try:
        understanding = await notes.read(context.session, context.person, note)
        if meant is not None:
            understanding = meant(understanding)
            notes.revise(note, understanding)
    except Exception:
        # The note is kept whatever happens; its author says by tap what it is about.
        log.exception("note_not_understood", note=note.id)
        notes.revise(note, BLANK)
        return await note_card.show(context, note)
    if not understanding.cards:
        notes.discard(note)
        choices = [
            [Button(context.label("note-about-account"), f"note-reopen:{note.id}")],
            [Button(context.label("note-was-question"), f"note-asks:{note.id}")],
        ]
        return Say(context.text("note-memo"), choices)
    return await note_card.show(context, note)


async def ask_which(text: str, context: CoachContext) -> Say:
    """Keep the text and ask by two buttons whether it is a question or a note."""
    note = await notes.begin(context.session, context.person, text, context.now)
    choices = [
        Button(context.label("note-is-question"), f"note-asks:{note.id}"),
        Button(context.label("note-is-note"), f"note-is:{note.id}"),
    ]
    return Say(context.text("note-which"), [choices])


async def take_as_note(update: Update, context: CoachContext) -> Reply:
    """Understand a text as a note after all. Raises NoSuchRecord."""
    note = await notes.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _understood(context, note))


async def take_as_question(_update: Update, context: CoachContext) -> Say:
    """Answer a text as a question after all. Raises NoSuchRecord."""
    note = await notes.own(context.session, context.person, int(context.arguments[0]))
    if note.state == NoteState.DRAFT:
        notes.discard(note)
    return await answer.ask(note.text, context)


async def take_question_as_note(update: Update, context: CoachContext) -> Reply:
    """Understand what was asked as a note after all. Raises NoSuchRecord."""
    question = await questions.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await hear(question.text, context))


async def reopen(update: Update, context: CoachContext) -> Reply:
    """Make a card of a text in which nothing was found. Raises NoSuchRecord."""
    note = await notes.own(context.session, context.person, int(context.arguments[0]))
    if note.state == NoteState.DISCARDED:
        note.state = NoteState.DRAFT
        notes.revise(note, BLANK)
    return in_place(update.callback_query, await note_card.show(context, note))


async def forgotten(context: CoachContext) -> list[Say]:
    """Cards that were never confirmed, offered once more."""
    waiting = await notes.forgotten_drafts(context.session, context.person, context.now)
    for note in waiting:
        note.offered_at = context.now
    return [await note_card.show(context, note, "note-waiting") for note in waiting if note.understanding]


async def correct(text: str, context: CoachContext) -> Say:
    """Change the newest draft as a typed sentence says; where that is unclear, tell how to."""
    note = await notes.newest_draft(context.session, context.person)
    assert note is not None  # whoever calls has seen that there is one
    names = await accounts.names(context.session, context.person)
    workdays = await teams.workdays_of(context.session, context.person)
    understanding = Understanding.from_json(note.understanding)
    changed = corrections.correct(understanding, text, context.person.local(context.now), names, workdays)
    if changed is None:
        return await note_card.show(context, note, "note-unclear-correction")
    notes.revise(note, changed)
    return await note_card.show(context, note, "note-corrected")


async def confirm(update: Update, context: CoachContext) -> list[Reply]:
    """Turn the card into records. Raises what services.notes.confirm raises."""
    note = await note_card.draft(context)
    recorded = await notes.confirm(context.session, context.person, note, context.now)
    understanding = Understanding.from_json(note.understanding)
    lines = [context.text("note-recorded", what=note_card.summary(context, understanding, recorded.accounts))]
    rows: list[list[Button]] = []
    if recorded.still_owed:
        lines.append(context.text("note-still-owed"))
        for number, owed in enumerate(recorded.still_owed[:3], start=1):
            lines.append(note_card.owed_line(context, number, owed))
            rows.append(
                [
                    Button(context.label("promises-act-kept", number=number), f"promise-kept:{owed.promise.id}"),
                    Button(context.label("promises-act-day", number=number), f"promise-day:{owed.promise.id}"),
                ]
            )
    rows.append([Button(context.label("note-undo"), f"note-undo:{note.id}"), *await _rest_of_day(context)])
    if share := await sharing.offer(context, note):
        rows.append(share)
    return [
        Toast(context.label("note-confirmed")),
        in_place(update.callback_query, Say(Markup("\n").join(lines), rows)),
    ]


async def _rest_of_day(context: CoachContext) -> list[Button]:
    """The way to what is still open of today's plan."""
    plan = await day_plans.plan_of(context.session, context.person, context.today)
    if plan is None or not plan.still_open:
        return []
    label = context.label("note-rest-of-day", count=len(plan.still_open))
    return [Button(label, f"review:{context.today:%Y%m%d}")]


async def undo(update: Update, context: CoachContext) -> list[Reply]:
    """Take a confirmed note back; its card is open again. Raises what services.notes.undo raises."""
    note = await notes.undo(context.session, context.person, int(context.arguments[0]), context.now)
    return [Toast(context.label("note-undone")), in_place(update.callback_query, await note_card.show(context, note))]


async def undo_last(_update: Update, context: CoachContext) -> Say:
    """Take the note back that was confirmed last; its card is open again. Raises TooLateToUndo, also without one."""
    last = await notes.newest_confirmed(context.session, context.person)
    if last is None:
        raise TooLateToUndo
    note = await notes.undo(context.session, context.person, last.id, context.now)
    return await note_card.show(context, note)


async def discard(update: Update, context: CoachContext) -> Reply:
    """Put a draft away; the raw text stays. Raises as services.notes.draft."""
    note = await note_card.draft(context)
    notes.discard(note)
    again = [[Button(context.label("note-about-account"), f"note-reopen:{note.id}")]]
    return in_place(update.callback_query, Say(context.text("note-discarded"), again))


async def view(update: Update, context: CoachContext) -> Reply:
    """Show the card as it stands. Raises as services.notes.draft."""
    return in_place(update.callback_query, await note_card.show(context, await note_card.draft(context)))
