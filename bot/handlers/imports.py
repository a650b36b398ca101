"""Spreadsheets and records that are sent: whose book they are for, and after the preview a tap imports them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from telegram import Update

from bot import files, import_words
from bot.context import CoachContext, in_place
from bot.errors import UnreadableMessage
from bot.files import FileRefused
from bot.handlers import whose
from bot.models import Person, Upload, UploadState
from bot.replies import Reply, Say
from bot.services import uploads
from bot.services.imports import Choice
from bot.spreadsheets import MOST_BYTES
from bot.texts import shortened

LONGEST_NAME = 128
CHOICES: dict[str, Choice] = {"same": "same", "new": "new", "skip": "skip"}


async def receive(update: Update, context: CoachContext) -> Say:
    """Take in a file; a job reads it and says what is in it. Whoever leads others is asked whose book it is for.

    Raises UnreadableMessage for what is neither a spreadsheet nor a record, FileRefused for one that is too big.
    """
    message = update.message
    assert message is not None
    document = message.document
    assert document is not None
    name = base_name(document.file_name or "")
    if not files.is_readable(name):
        raise UnreadableMessage("unreadable-forwarded" if message.forward_origin else "unreadable-document")
    size = document.file_size or 0
    if size > MOST_BYTES:
        raise FileRefused("file-too-big", limit=MOST_BYTES // 2**20)
    others = await whose.managers(context)
    upload = await uploads.receive(
        context.session,
        context.person,
        None if others else context.person,
        file_id=document.file_id,
        name=name,
        size=size,
        now=context.now,
    )
    return _whose(context, upload, others) if others else _reading(context, upload)


async def choose_book(update: Update, context: CoachContext) -> Reply:
    """Turn the page of people, or take the one who was tapped. Raises NoSuchRecord, AlreadyDone."""
    upload_id, kind, number = context.arguments
    if kind == "page":
        upload = await uploads.own(context.session, context.person, int(upload_id), UploadState.PENDING)
        said = _whose(context, upload, await whose.managers(context), int(number))
        return in_place(update.callback_query, said)
    upload, _ = await uploads.give(context.session, context.person, int(upload_id), int(number))
    return in_place(update.callback_query, _reading(context, upload))


async def confirm(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Import what was previewed; say what was done, list what was left out, ask what is in question.

    Whoever's book was filled by another is told. Raises NoSuchRecord, AlreadyDone.
    """
    done = await uploads.confirm(context.session, context.person, int(context.arguments[0]), context.now)
    asked = done.imported.questions
    told = context.tell(
        done.book,
        "imports-told",
        by=context.person.name,
        file=_shown(done.upload),
        new=done.imported.new,
        changed=done.imported.changed,
    )
    return [
        in_place(update.callback_query, Say(import_words.result(context.voice, done))),
        *import_words.left_out(context.voice, done.imported.problems),
        *([import_words.question(context.voice, done.upload, asked)] if asked else []),
        *(told if done.book.id != context.person.id else []),
    ]


async def decline(update: Update, context: CoachContext) -> Reply:
    """Be done with a file that is not to be imported. Raises NoSuchRecord, AlreadyDone."""
    upload = await uploads.own(context.session, context.person, int(context.arguments[0]), UploadState.PREVIEWED)
    uploads.refuse(upload, uploads.DROPPED)
    return in_place(update.callback_query, Say(context.text("imports-dropped", file=_shown(upload))))


async def answer(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Settle a row in question, or all of them, and ask the next. Raises NoSuchRecord, AlreadyDone."""
    upload_id, row, said = context.arguments
    number = None if row == "all" else int(row)
    done = await uploads.decide(
        context.session, context.person, int(upload_id), CHOICES[said], row=number, now=context.now
    )
    if number is None:
        html = context.text("imports-answered-all", count=len(done.rows))
    else:
        html = context.text(f"imports-answered-{said}", name=done.rows[0].name, like=done.rows[0].like or "")
    left = uploads.questions(done.upload)
    return [
        in_place(update.callback_query, Say(html)),
        *import_words.left_out(context.voice, done.imported.problems),
        *([import_words.question(context.voice, done.upload, left)] if left else []),
    ]


def _whose(context: CoachContext, upload: Upload, listed: list[Person], page: int = 0) -> Say:
    actions = {"pick": f"import-for:{upload.id}:person", "turn": f"import-for:{upload.id}:page"}
    return Say(
        context.text("imports-for-whom", file=_shown(upload)), whose.choice(context, listed, **actions, page=page)
    )


def _reading(context: CoachContext, upload: Upload) -> Say:
    return Say(context.text("imports-reading", file=_shown(upload)))


def _shown(upload: Upload) -> str:
    return shortened(upload.name, import_words.FILE_NAME)


def base_name(name: str) -> str:
    """The name of a file as a name only: no folders, nothing that cannot be shown. It is never a path of ours."""
    base = PurePosixPath(name.replace("\\", "/")).name
    return "".join(character for character in base if character.isprintable())[-LONGEST_NAME:]
