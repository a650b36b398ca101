"""Accounts: the book of a manager, who may look at it, and how an account joins it, is found, and leaves it."""

from __future__ import annotations

import datetime as dtm
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.errors import CoachError, NoSuchRecord
from bot.language.amounts import read_days, read_money, read_percent, scale
from bot.language.names import Book, KnownAccount
from bot.language.pinyin import stand_for
from bot.language.plain import plain
from bot.models import Account, Contact, Outcome, Person, Policy, Tier, Visit
from bot.services import people

LONGEST_NAME = 128

LONGEST_WORDS = 64
"""Characters of a segment or an area."""

BESIDE_A_NAME = 2
"""Letters that may stand beside a name, as in "永辉那边"."""

FILE = ("segment", "potential", "annual_sales", "margin_pct", "payment_delay_days", "trend")
"""What the file of an account should hold (domain.md §4, incomplete_client_file; M4.1.4, M4.8.3)."""

MOST_MONEY = 1e12
"""In the bare currency: more is a slip of the unit."""

MOST_DAYS = 1000
"""Days of payment delay: more is a slip."""


class ValueRefused(CoachError):
    """A typed value that a field of the file cannot take; the text id says why."""


class AccountNameRefused(CoachError):
    """A name or an alias that an account cannot have; the text id says why."""


@dataclass(frozen=True)
class Entry:
    """One line of the book: an account and the day on which somebody there was last met, None for never."""

    account: Account
    met_on: dtm.date | None


async def own(session: AsyncSession, person: Person, account_id: int) -> Account:
    """An account of this person, archived or not. Raises NoSuchRecord for anybody else's."""
    account = await session.get(Account, account_id)
    if account is None or account.person_id != person.id:
        raise NoSuchRecord
    return account


async def seen(session: AsyncSession, asker: Person, account_id: int) -> Account:
    """An account that the asker may look at: his own, or of somebody visible to him. Raises NoSuchRecord."""
    account = await session.get(Account, account_id)
    if account is None:
        raise NoSuchRecord
    await people.seen(session, asker, account.person_id)
    return account


async def of(session: AsyncSession, person: Person) -> Sequence[Account]:
    """The book of a person, without what was archived: by tier, then by name."""
    query = select(Account).where(_in_books_of([person])).order_by(Account.tier, Account.name)
    return (await session.scalars(query)).all()


async def has_any(session: AsyncSession, person: Person) -> bool:
    """Whether there is anything in the person's book."""
    return bool(await session.scalar(select(select(Account.id).where(_in_books_of([person])).exists())))


async def book(session: AsyncSession, person: Person) -> Sequence[Entry]:
    """The book with the days of the last contacts: by tier, whoever has waited longest first."""
    met = and_(Visit.account_id == Account.id, Visit.outcome != Outcome.ABSENT)
    query = (
        select(Account, func.max(Visit.day)).outerjoin(Visit, met).where(_in_books_of([person])).group_by(Account.id)
    )
    entries = [Entry(account, day) for account, day in await session.execute(query)]
    return sorted(entries, key=lambda one: (one.account.tier, one.met_on or dtm.date.min, one.account.name))


async def counts(session: AsyncSession, owners: Sequence[Person]) -> dict[int, Counter[str]]:
    """How many accounts of each tier are in the books of these people, by the id of each."""
    query = (
        select(Account.person_id, Account.tier, func.count())
        .where(_in_books_of(owners))
        .group_by(Account.person_id, Account.tier)
    )
    counted: dict[int, Counter[str]] = {person.id: Counter() for person in owners}
    for person_id, tier, count in await session.execute(query):
        counted[person_id][tier] = count
    return counted


async def archived(session: AsyncSession, person: Person) -> Sequence[Account]:
    """What left the person's book, the latest first."""
    gone = Account.person_id == person.id, Account.archived_on.is_not(None)
    return (await session.scalars(select(Account).where(*gone).order_by(Account.archived_on.desc(), Account.id))).all()


async def seen_last(session: AsyncSession, person: Person, limit: int) -> Sequence[Account]:
    """The accounts of the book that were visited last, whether or not anybody was met."""
    query = (
        select(Account)
        .join(Visit, Visit.account_id == Account.id)
        .where(_in_books_of([person]))
        .group_by(Account.id)
        .order_by(func.max(Visit.day).desc(), func.max(Visit.id).desc())
    )
    return (await session.scalars(query.limit(limit))).all()


def _in_books_of(owners: Sequence[Person]) -> ColumnElement[bool]:
    return and_(Account.person_id.in_([person.id for person in owners]), Account.archived_on.is_(None))


async def names(session: AsyncSession, *owners: Person) -> Book:
    """The names under which the accounts in these people's books and their contacts may be mentioned."""
    query = select(Account).where(_in_books_of(owners)).order_by(Account.tier, Account.name)
    contacts = await _contacts(session, owners)
    return Book.of(
        tuple(
            KnownAccount(one.id, one.name, tuple(one.aliases), tuple(who.name for who in contacts[one.id]))
            for one in await session.scalars(query)
        )
    )


async def mentioned(session: AsyncSession, owners: Sequence[Person], words: str) -> list[Account]:
    """The accounts in these people's books that the words name, the likeliest first; none where they say more."""
    hits = (await names(session, *owners)).find(words)
    if len(hits) != 1 or len(words) - (hits[0].end - hits[0].start) > BESIDE_A_NAME:
        return []
    keys = [candidate.key for candidate in hits[0].candidates[: 1 if hits[0].is_sure else None]]
    known = {one.id: one for one in await session.scalars(select(Account).where(Account.id.in_(keys)))}
    return [known[key] for key in keys]


async def _contacts(session: AsyncSession, owners: Sequence[Person]) -> defaultdict[int, list[Contact]]:
    """Everybody on file in these people's books, by the id of the account."""
    query = select(Contact).join(Account, Account.id == Contact.account_id).where(_in_books_of(owners))
    found: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in await session.scalars(query.order_by(Contact.id)):
        found[contact.account_id].append(contact)
    return found


async def find(session: AsyncSession, owners: Sequence[Person], words: str) -> list[Account]:
    """The accounts in these people's books that fit the words, best first.

    Each word must be a part of the name, an alias, the area, the segment or a contact's name or role, or stand for the
    name in pinyin; where nothing fits so, a name that is nearly the words does.
    """
    wanted = [plain(word) for word in words.split()]
    fits = [
        (place, account)
        for account, said in await _files(session, owners)
        if (place := _place(wanted, plain(words), said)) is not None
    ]
    if fits:
        return [account for _, account in sorted(fits, key=lambda one: (one[0], one[1].tier, one[1].name))]
    return [account for person in owners for account in await near(session, person, words)]


async def _files(session: AsyncSession, owners: Sequence[Person]) -> list[tuple[Account, list[str]]]:
    """Every account in these books with the words by which it can be found, its name first."""
    contacts = await _contacts(session, owners)
    return [
        (
            one,
            [
                *(one.name, *one.aliases, one.area or "", one.segment or ""),
                *(words for who in contacts[one.id] for words in (who.name, who.role or "")),
            ],
        )
        for one in await session.scalars(select(Account).where(_in_books_of(owners)))
    ]


def _place(wanted: Sequence[str], whole: str, said: Sequence[str]) -> int | None:
    """How well a file fits: 0 the name itself, 1 its beginning, 2 a part of it, 3 anything else on file; None not."""
    name, *others = map(plain, said)
    if name == whole:
        return 0
    if name.startswith(whole):
        return 1
    if all(word in name for word in wanted):
        return 2
    on_file = all(any(word in one for one in (name, *others)) or stand_for(word, name) for word in wanted)
    return 3 if on_file else None


async def near(session: AsyncSession, person: Person, name: str) -> list[Account]:
    """The accounts of the book that may be meant by a name: its near equals, best first."""
    mine = {account.id: account for account in await of(session, person)}
    return [mine[hit.key] for hit in (await names(session, person)).near(name)]


async def add(session: AsyncSession, person: Person, name: str, now: dtm.datetime, *, tier: str = Tier.C) -> Account:
    """Put an account into the person's book. Raises AccountNameRefused for a name that is too long, or taken."""
    name = _name(name)
    row = {"person_id": person.id, "name": name, "aliases": [], "tier": tier, "created_at": now}
    account: Account | None = await session.scalar(insert_or_ignore(session, Account).values(row).returning(Account))
    if account is None:
        raise await _taken(session, person, name)
    return account


async def named(session: AsyncSession, person: Person, name: str) -> Account | None:
    """The person's account of exactly this name, archived or not."""
    return await session.scalar(select(Account).where(Account.person_id == person.id, Account.name == _name(name)))


async def rename(session: AsyncSession, person: Person, account: Account, name: str) -> None:
    """Give an account of the person another name. Raises AccountNameRefused as `add` does."""
    other = await named(session, person, name)
    if other is not None and other is not account:
        raise await _taken(session, person, other.name)
    account.name = _name(name)


async def add_alias(session: AsyncSession, person: Person, account: Account, alias: str) -> None:
    """Let an account be called by another name too; nothing changes where it is already.

    Raises AccountNameRefused where another account of the book goes by it.
    """
    alias = _name(alias)
    for other in await of(session, person):
        if plain(alias) in map(plain, [other.name, *other.aliases]):
            if other is account:
                return
            raise AccountNameRefused("accounts-alias-taken", alias=alias, name=other.name)
    account.aliases = [*account.aliases, alias]


def fill_in(account: Account, field: str, text: str, unit: str | None, today: dtm.date) -> None:
    """Put a typed value into a field of the file; money may be typed with its own unit, `unit` is that of the book.

    Raises ValueRefused for what is no such value.
    """
    value: str | float
    match field:
        case "segment" | "area":
            value = " ".join(text.split())
            if len(value) > LONGEST_WORDS:
                raise ValueRefused("accounts-words-too-long", limit=LONGEST_WORDS)
        case "potential" | "annual_sales":
            value = _within(read_money(text, unit), 0, math.inf, ValueRefused("accounts-not-money"))
            if value * scale(unit) > MOST_MONEY:
                raise ValueRefused("accounts-too-much-money")
        case "margin_pct":
            value = _within(read_percent(text), -100, 100, ValueRefused("accounts-not-percent"))
        case "payment_delay_days":
            value = _within(read_days(text), 0, MOST_DAYS, ValueRefused("accounts-not-days", most=MOST_DAYS))
            account.pays_late(int(value), today)
        case _:
            raise NoSuchRecord
    setattr(account, field, value)


def _within(value: float | None, least: float, most: float, refusal: ValueRefused) -> float:
    if value is None or not least <= value <= most:
        raise refusal
    return value


def archive(account: Account, today: dtm.date) -> None:
    """Let an account leave the book; its history stays."""
    account.archived_on = account.archived_on or today


def bring_back(account: Account) -> None:
    """Take an archived account into the book again."""
    account.archived_on = None


def gaps(account: Account, contacts: Sequence[Contact], policy: Policy) -> list[str]:
    """What the file of an account lacks: empty fields, then `contact` for nobody on file, `contacts` for too few.

    Only a key account needs several (K9.7; `min_contacts_A` of the policy).
    """
    empty = [field for field in FILE if getattr(account, field) is None]
    if not contacts:
        return [*empty, "contact"]
    few = account.tier == Tier.A and len(contacts) < policy.min_contacts_A
    return [*empty, "contacts"] if few else empty


async def _taken(session: AsyncSession, person: Person, name: str) -> AccountNameRefused:
    other = await named(session, person, name)
    is_gone = other is not None and other.archived_on is not None
    return AccountNameRefused("accounts-name-archived" if is_gone else "accounts-name-taken", name=name)


def _name(words: str) -> str:
    words = " ".join(words.split())
    if len(words) > LONGEST_NAME:
        raise AccountNameRefused("accounts-name-too-long", limit=LONGEST_NAME)
    return words
