"""Sharing: a note is its author's alone until he lets his lead read it, and again once he takes that back."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import Account, Note, NoteState, Person, Role, Visit
from bot.services import notes, people


@dataclass(frozen=True)
class Written:
    """A note that somebody may read, and who wrote it."""

    note: Note
    author: Person


async def share(session: AsyncSession, author: Person, note_id: int, now: dtm.datetime) -> Written:
    """Let the author's leads read a note that he confirmed. Raises NoSuchRecord for any other."""
    note = await _own(session, author, note_id)
    note.shared_at = note.shared_at or now
    return Written(note, author)


async def withdraw(session: AsyncSession, author: Person, note_id: int) -> Written:
    """Let nobody else read a note any more. Raises NoSuchRecord for what is not his."""
    note = await _own(session, author, note_id)
    note.shared_at = None
    return Written(note, author)


async def readable(session: AsyncSession, asker: Person, note_id: int) -> Written:
    """A confirmed note that the asker may read: his own, or one that was shared by whom he leads.

    Raises NoSuchRecord for any other.
    """
    note = await session.get(Note, note_id)
    if note is None or note.state != NoteState.CONFIRMED or not note.text:
        raise NoSuchRecord
    if note.person_id == asker.id:
        return Written(note, asker)
    if note.shared_at is None or asker.role == Role.MANAGER:
        raise NoSuchRecord
    return Written(note, await people.led(session, asker, note.person_id))


async def of_account(session: AsyncSession, asker: Person, account: Account) -> list[Written]:
    """The notes about an account that the asker may read, the newest first; who may see it is for the caller."""
    about = union(*(select(table.note_id).where(table.account_id == account.id) for table in notes.RECORDS))
    return await _found(session, asker, Note.id.in_(about))


async def shared_by(session: AsyncSession, author: Person) -> list[Written]:
    """The notes that somebody lets his lead read, the newest first."""
    return await _found(session, author, and_(Note.person_id == author.id, Note.shared_at.is_not(None)))


async def of_visits(
    session: AsyncSession, asker: Person, author_id: int, first: dtm.date, last: dtm.date
) -> Sequence[tuple[int, dtm.date, str]]:
    """The shared notes of somebody's visits in some days: the id of each, the day and the account of its visit.

    Raises NoSuchRecord for whom the asker may not see.
    """
    author = await people.seen(session, asker, author_id)
    query = (
        select(Note.id, Visit.day, Account.name)
        .join(Visit, Visit.note_id == Note.id)
        .join(Account, Account.id == Visit.account_id)
        .where(Note.person_id == author.id, Visit.person_id == author.id, Visit.day.between(first, last))
        .where(Note.state == NoteState.CONFIRMED, Note.shared_at.is_not(None), Note.text != "")
        .order_by(Visit.day, Visit.id)
    )
    return [(row[0], row[1], row[2]) for row in await session.execute(query)]


async def _own(session: AsyncSession, author: Person, note_id: int) -> Note:
    note = await notes.own(session, author, note_id)
    if note.state != NoteState.CONFIRMED or not note.text:
        raise NoSuchRecord
    return note


async def _found(session: AsyncSession, asker: Person, condition: ColumnElement[bool]) -> list[Written]:
    """Confirmed notes of the asker, and those that were shared by whom he leads."""
    led = {} if asker.role == Role.MANAGER else {one.id: one for one in await people.visible_to(session, asker)}
    shared = and_(Note.shared_at.is_not(None), Note.person_id.in_(led))
    query = (
        select(Note)
        .where(condition, or_(Note.person_id == asker.id, shared))
        .where(Note.state == NoteState.CONFIRMED, Note.text != "")
        .order_by(Note.written_at.desc(), Note.id.desc())
    )
    people_by_id = led | {asker.id: asker}
    return [Written(note, people_by_id[note.person_id]) for note in await session.scalars(query)]
