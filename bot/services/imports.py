"""Imports: what a table of accounts changes in a book. The same table twice is once; a wrong row harms no other."""

from __future__ import annotations

import dataclasses
import datetime as dtm
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.files import Content, Reader
from bot.language.columns import VALUES, AccountRow, AccountTable, ContactRow, Problem, name_key
from bot.models import Account, Contact, Person, Stance, Tier
from bot.services import records
from bot.services.records import Counts

Choice = Literal["same", "new", "skip"]
"""What somebody says of a row that may be about an account known already."""


@dataclass
class Imported(Counts):
    """What an import did, an account and its people counted as one; the rows that were left out; those in question."""

    problems: list[Problem] = field(default_factory=list)
    questions: list[AccountRow] = field(default_factory=list)


@dataclass
class Kept:
    """An account of the book with its people by name."""

    account: Account
    contacts: dict[str, Contact] = field(default_factory=dict)


async def reader_for(session: AsyncSession, person: Person, today: dtm.date) -> Reader:
    """For whom a file is read: a book with money in no unit that was named holds it in the bare currency."""
    accounts = (await session.scalars(select(Account).where(Account.person_id == person.id))).all()
    has_money = any(account.potential is not None or account.annual_sales is not None for account in accounts)
    known = {alias: account.name for account in accounts for alias in account.aliases}
    known |= {account.name: account.name for account in accounts}
    return Reader(today, person.money_unit or ("元" if has_money else None), known)


async def import_content(session: AsyncSession, person: Person, content: Content, now: dtm.datetime) -> Imported:
    """Take what a file holds into the book of a person."""
    if isinstance(content, AccountTable):
        return await import_accounts(session, person, content, now)
    counts = await records.import_record(session, person, content, now)
    return Imported(counts.new, counts.changed, counts.unchanged)


async def import_at_once(
    session: AsyncSession, person: Person, content: Content, choice: Choice, now: dtm.datetime
) -> Imported:
    """Take what a file holds into the book of a person, all rows in question as `choice` says; skipped ones stay so."""
    done = await import_content(session, person, content, now)
    if choice == "skip" or not isinstance(content, AccountTable) or not done.questions:
        return done
    asked = dataclasses.replace(content, accounts=tuple(done.questions))
    more = await decide(session, person, asked, choice, now)
    return Imported(
        done.new + more.new,
        done.changed + more.changed,
        done.unchanged + more.unchanged,
        problems=[*done.problems, *more.problems],
    )


async def preview(session: AsyncSession, person: Person, content: Content, now: dtm.datetime) -> Imported:
    """What an import would do; nothing is changed."""
    async with session.begin_nested() as trial:
        imported = await import_content(session, person, content, now)
        await trial.rollback()
    await session.refresh(person)
    return imported


async def import_accounts(session: AsyncSession, person: Person, table: AccountTable, now: dtm.datetime) -> Imported:
    """Take the accounts of a table into the book of a person; rows that may mean another account wait for an answer."""
    imported = Imported(problems=list(table.problems))
    by_name, by_alias = await _book(session, person)
    taken = []
    for row in table.accounts:
        kept = by_name.get(name_key(row.name)) or by_alias.get(name_key(row.name))
        if kept is None and row.like is not None:
            imported.questions.append(row)
        elif kept is not None and kept.account.archived_on is not None and row.archived_on is None:
            imported.problems.append(Problem(row.row, "row-archived", {"name": row.name[:20]}))
        elif alias := _alias_of_another(row, kept, by_name, by_alias):
            imported.problems.append(Problem(row.row, "row-alias-taken", {"alias": alias[:20]}))
        else:
            is_new = kept is None
            kept = kept or Kept(_added(session, person, row, now))
            taken.append((row, kept, is_new, _fill(kept.account, row, person.today(now))))
            by_name[name_key(row.name)] = kept
            by_alias |= {name_key(alias): kept for alias in kept.account.aliases}
    await session.flush()  # accounts before the people there
    for row, kept, is_new, is_changed in taken:
        imported.note(is_new=is_new, is_changed=_meet(session, kept, row.contacts) or is_changed)
    if imported.new or imported.changed:
        person.money_unit = person.money_unit or table.money_unit
    imported.problems.sort(key=lambda problem: problem.row)
    await session.flush()
    return imported


async def decide(
    session: AsyncSession, person: Person, table: AccountTable, choice: Choice, now: dtm.datetime
) -> Imported:
    """Import the rows in question of a table as its sender says: into the accounts that they are like, or as new."""
    rows = [] if choice == "skip" else [_as_said(row, choice) for row in table.accounts]
    return await import_accounts(session, person, dataclasses.replace(table, accounts=tuple(rows), problems=()), now)


def _as_said(row: AccountRow, choice: Choice) -> AccountRow:
    if choice == "same" and row.like is not None:
        return dataclasses.replace(row, name=row.like, aliases=(*row.aliases, row.name), like=None)
    return dataclasses.replace(row, like=None)


async def _book(session: AsyncSession, person: Person) -> tuple[dict[str, Kept], dict[str, Kept]]:
    """The accounts of a person, those that left his book too, by name and by alias."""
    accounts = await session.scalars(select(Account).where(Account.person_id == person.id).order_by(Account.id))
    kept = {account.id: Kept(account) for account in accounts}
    for contact in await session.scalars(select(Contact).join(Account).where(Account.person_id == person.id)):
        kept[contact.account_id].contacts[contact.name] = contact
    by_alias = {name_key(alias): one for one in kept.values() for alias in one.account.aliases}
    return {name_key(one.account.name): one for one in kept.values()}, by_alias


def _alias_of_another(
    row: AccountRow, kept: Kept | None, by_name: Mapping[str, Kept], by_alias: Mapping[str, Kept]
) -> str | None:
    """An alias of the row by which another account goes already."""
    for alias in row.aliases:
        other = by_name.get(name_key(alias)) or by_alias.get(name_key(alias))
        if other is not None and other is not kept:
            return alias
    return None


def _added(session: AsyncSession, person: Person, row: AccountRow, now: dtm.datetime) -> Account:
    account = Account(person_id=person.id, name=row.name, aliases=[], tier=row.tier or Tier.C, created_at=now)
    session.add(account)
    return account


def _fill(account: Account, row: AccountRow, today: dtm.date) -> bool:
    """Take over what a row says; whether that was anything new. What it leaves empty stays."""
    told: dict[str, Any] = {name: getattr(row, name) for name in VALUES if getattr(row, name) is not None}
    own = {name_key(account.name), *map(name_key, account.aliases)}
    told["aliases"] = [*account.aliases, *(alias for alias in row.aliases if name_key(alias) not in own)]
    differs = {name: value for name, value in told.items() if value != getattr(account, name)}
    if "payment_delay_days" in differs:
        account.pays_late(differs["payment_delay_days"], today)
    for name, value in differs.items():
        setattr(account, name, value)
    return bool(differs)


def _meet(session: AsyncSession, kept: Kept, people: Iterable[ContactRow]) -> bool:
    """Put people on file, or what is new about them; whether that was anything."""
    is_changed = False
    for said in people:
        contact = kept.contacts.get(said.name)
        told = {name: value for name, value in (("role", said.role), ("stance", said.stance)) if value is not None}
        if contact is None:
            contact = Contact(account_id=kept.account.id, name=said.name, **({"stance": Stance.UNKNOWN} | told))
            session.add(contact)
            kept.contacts[said.name] = contact
            is_changed = True
        for name, value in told.items():
            is_changed = is_changed or value != getattr(contact, name)
            setattr(contact, name, value)
    return is_changed
