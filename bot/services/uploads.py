"""Uploads: files on their way into a book, from the message that brought them to the import; each step once."""

from __future__ import annotations

import dataclasses
import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import files
from bot.errors import AlreadyDone, NoSuchRecord
from bot.files import Content
from bot.language.columns import AccountRow, AccountTable
from bot.models import Person, Upload, UploadState
from bot.services import imports, people
from bot.services.imports import Choice, Imported

DROPPED = "upload-dropped"
"""The reason of a file that its sender did not want to import."""


async def receive(
    session: AsyncSession, person: Person, book: Person | None, *, file_id: str, name: str, size: int, now: dtm.datetime
) -> Upload:
    """Keep that somebody sent a file; it is read as soon as it is known for whose book it is."""
    upload = Upload(
        person_id=person.id,
        book_id=book.id if book else None,
        file_id=file_id,
        name=name,
        size=size,
        received_at=now,
        state=UploadState.PENDING,
    )
    session.add(upload)
    await session.flush()
    return upload


async def own(session: AsyncSession, person: Person, upload_id: int, state: UploadState) -> Upload:
    """A file that this person sent and that stands at this step. Raises NoSuchRecord, AlreadyDone."""
    upload = await session.get(Upload, upload_id, with_for_update=True)
    if upload is None or upload.person_id != person.id:
        raise NoSuchRecord
    if upload.state != state:
        raise AlreadyDone
    return upload


async def give(session: AsyncSession, asker: Person, upload_id: int, person_id: int) -> tuple[Upload, Person]:
    """Say for whose book a file is. Raises NoSuchRecord for whom the asker does not lead, AlreadyDone."""
    upload = await own(session, asker, upload_id, UploadState.PENDING)
    if upload.book_id is not None:
        raise AlreadyDone
    book = await people.seen(session, asker, person_id)
    upload.book_id = book.id
    return upload, book


async def waiting(session: AsyncSession) -> Upload | None:
    """The oldest file that waits to be fetched and read."""
    query = select(Upload).where(Upload.state == UploadState.PENDING, Upload.book_id.is_not(None))
    return await session.scalar(query.order_by(Upload.id).limit(1))


async def book_of(session: AsyncSession, upload: Upload) -> Person:
    """For whose book a file is, if its sender may still fill it. Raises NoSuchRecord."""
    sender = await session.get_one(Person, upload.person_id)
    return await people.seen(session, sender, upload.book_id or 0)


def refuse(upload: Upload, reason: str) -> None:
    """Be done with a file."""
    upload.state, upload.reason, upload.content = UploadState.REFUSED, reason, None


def keep(upload: Upload, content: Content) -> None:
    """Keep what was read until its sender has seen it."""
    upload.state, upload.content = UploadState.PREVIEWED, files.to_json(content)


@dataclass(frozen=True)
class Confirmed:
    """A file that was imported: into whose book, whether it was a whole record, and what that did."""

    upload: Upload
    book: Person
    is_record: bool
    imported: Imported


async def confirm(session: AsyncSession, sender: Person, upload_id: int, now: dtm.datetime) -> Confirmed:
    """Import a file that its sender has seen; rows in question stay with it. Raises NoSuchRecord, AlreadyDone."""
    upload = await own(session, sender, upload_id, UploadState.PREVIEWED)
    content = files.from_json(upload.content or {})
    book = await book_of(session, upload)
    imported = await imports.import_content(session, book, content, now)
    upload.state = UploadState.IMPORTED
    _leave_in_question(upload, content, imported.questions)
    return Confirmed(upload, book, not isinstance(content, AccountTable), imported)


def questions(upload: Upload) -> Sequence[AccountRow]:
    """The rows of an imported file that are still in question."""
    content = files.from_json(upload.content) if upload.content else None
    return content.accounts if isinstance(content, AccountTable) else ()


@dataclass(frozen=True)
class Decided:
    """Rows in question that were settled, and what that did."""

    upload: Upload
    rows: Sequence[AccountRow]
    imported: Imported


async def decide(
    session: AsyncSession, sender: Person, upload_id: int, choice: Choice, *, row: int | None, now: dtm.datetime
) -> Decided:
    """Settle one row in question, or all with None. Raises NoSuchRecord, AlreadyDone."""
    upload = await own(session, sender, upload_id, UploadState.IMPORTED)
    table = files.from_json(upload.content) if upload.content else None
    asked = [one for one in questions(upload) if row in (None, one.row)]
    if not isinstance(table, AccountTable) or not asked:
        raise AlreadyDone
    book = await book_of(session, upload)
    imported = await imports.decide(session, book, dataclasses.replace(table, accounts=tuple(asked)), choice, now)
    _leave_in_question(upload, table, [one for one in table.accounts if one not in asked])
    return Decided(upload, asked, imported)


def _leave_in_question(upload: Upload, content: Content, rows: Sequence[AccountRow]) -> None:
    upload.content = None
    if rows and isinstance(content, AccountTable):
        upload.content = files.to_json(dataclasses.replace(content, accounts=tuple(rows), problems=()))
