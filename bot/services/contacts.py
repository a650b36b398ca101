"""Contacts: the people at an account, how they joined its file and how they leave it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.errors import CoachError, NoSuchRecord
from bot.models import Account, Contact, NextStep, Person, Stance, Visit
from bot.services import accounts

LONGEST = 64
"""Characters of the longest name or role."""


class ContactRefused(CoachError):
    """A name or role that a contact cannot have; the text id says why."""


async def of(session: AsyncSession, account: Account) -> Sequence[Contact]:
    """The contacts of an account in the order of joining."""
    return (await session.scalars(select(Contact).where(Contact.account_id == account.id).order_by(Contact.id))).all()


async def own(session: AsyncSession, person: Person, contact_id: int) -> Contact:
    """A contact at an account of this person. Raises NoSuchRecord for anybody else's."""
    contact = await session.get(Contact, contact_id)
    if contact is None:
        raise NoSuchRecord
    await accounts.own(session, person, contact.account_id)
    return contact


async def add(
    session: AsyncSession, account: Account, name: str, *, role: str | None = None, stance: str = Stance.UNKNOWN
) -> Contact:
    """Put somebody on file. Raises ContactRefused for a name that is too long, or taken at this account."""
    name = _short(name)
    row = {"account_id": account.id, "name": name, "role": _short(role) if role else None, "stance": stance}
    contact: Contact | None = await session.scalar(insert_or_ignore(session, Contact).values(row).returning(Contact))
    if contact is None:
        raise ContactRefused("contacts-name-taken", name=name)
    return contact


async def rename(session: AsyncSession, contact: Contact, name: str) -> None:
    """Call a contact otherwise, also where he was met or is to be met. Raises ContactRefused as `add` does."""
    name = _short(name)
    same = select(Contact.id).where(
        Contact.account_id == contact.account_id, Contact.name == name, Contact.id != contact.id
    )
    if await session.scalar(same) is not None:
        raise ContactRefused("contacts-name-taken", name=name)
    for table in (Visit, NextStep):
        his = table.account_id == contact.account_id, table.contact == contact.name
        await session.execute(update(table).where(*his).values(contact=name))
    contact.name = name


def describe(contact: Contact, role: str | None) -> None:
    """Say what a contact does at the account. Raises ContactRefused for too many words."""
    contact.role = _short(role) if role else None


def _short(words: str) -> str:
    words = " ".join(words.split())
    if len(words) > LONGEST:
        raise ContactRefused("contacts-too-long", limit=LONGEST)
    return words
