"""Records: a manager's whole book as the portable record, written out and taken in; the same record twice is once.

What a record leaves empty stays as it is, and nothing that it does not name is taken away (decision 0006).
"""

from __future__ import annotations

import datetime as dtm
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import CoachError
from bot.language.amounts import scale
from bot.models import (
    Account,
    AccountTransfer,
    Base,
    ClientPromise,
    Complaint,
    Contact,
    DayPlan,
    Leave,
    MarketReport,
    NextStep,
    Person,
    PlannedAccount,
    Policy,
    Promise,
    Role,
    Visit,
    WordingSample,
)
from bot.records import (
    ClientPromiseEntry,
    ComplaintEntry,
    LeaveEntry,
    MarketReportEntry,
    NextStepEntry,
    Part,
    PlanEntry,
    PromiseEntry,
    Record,
    VisitEntry,
    WordingEntry,
)
from bot.services import teams


class PersonUnclear(CoachError):
    """Words by which an operator means nobody, or several people."""


@dataclass
class Counts:
    """What an import did, in entries: accounts with what is on their file, and everything else."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def note(self, *, is_new: bool, is_changed: bool) -> None:
        """Count one entry."""
        self.new += is_new
        self.changed += is_changed and not is_new
        self.unchanged += not is_new and not is_changed


@dataclass(frozen=True)
class Kind:
    """How one list of the record is kept: table, entry, and the column of each field of the entry.

    `later` are columns that may be filled in or changed later; all others tell one row from the next. `words` is the
    column whose text may be withheld.
    """

    table: type[Base]
    entry: type[Part]
    columns: Mapping[str, str]
    later: frozenset[str] = frozenset()
    words: str | None = None

    @property
    def same(self) -> list[str]:
        """The columns, apart from words, that tell one row from the next."""
        return [column for column in self.columns.values() if column not in self.later and column != self.words]


def _as_named(*fields: str, **renamed: str) -> dict[str, str]:
    return {**renamed, **{field: field for field in fields}}


KINDS = {
    "visits": Kind(
        Visit,
        VisitEntry,
        _as_named("contact", "outcome", "kind", date="day", account="account_id", note="text"),
        words="text",
    ),
    "promises": Kind(
        Promise,
        PromiseEntry,
        _as_named(
            *("what", "due", "kept_on", "wording", "moved_to", "moves", "withdrawn_on", "absolute"),
            made="made_on",
            account="account_id",
        ),
        later=frozenset({"due", "kept_on", "wording", "moved_to", "moves", "withdrawn_on", "absolute"}),
    ),
    "market_reports": Kind(
        MarketReport, MarketReportEntry, _as_named("text", "topic", date="day", account="account_id")
    ),
    "wording": Kind(WordingSample, WordingEntry, _as_named("text", date="day")),
    "client_promises": Kind(
        ClientPromise,
        ClientPromiseEntry,
        _as_named("what", "due", "kept_on", "withdrawn_on", said="said_on", account="account_id"),
        later=frozenset({"due", "kept_on", "withdrawn_on"}),
    ),
    "next_steps": Kind(
        NextStep,
        NextStepEntry,
        _as_named(
            *("what", "due", "time", "is_appointment", "contact", "done_on", "dropped_on"),
            agreed="agreed_on",
            account="account_id",
        ),
        later=frozenset({"due", "time", "contact", "done_on", "dropped_on"}),
    ),
    "complaints": Kind(
        Complaint,
        ComplaintEntry,
        _as_named("text", "answered_on", made="made_on", account="account_id"),
        later=frozenset({"answered_on"}),
    ),
    "leave": Kind(Leave, LeaveEntry, _as_named("first_day", "last_day")),
}
"""The lists of the record whose rows belong to the person alone."""

MANAGER = _as_named("company", "region", "years_in_role", "time_zone", "money_unit", name="name", role="title")
"""What the record tells of the person, with the column of each field."""

FILE = (
    "name",
    "tier",
    "segment",
    "potential",
    "annual_sales",
    "margin_pct",
    "payment_delay_days",
    "trend",
    "collateral",
    "aliases",
    "area",
    "archived_on",
)
"""What the record tells of an account: the field and the column have one name."""

MONEY = ("potential", "annual_sales")


# -- Out --------------------------------------------------------------------------------------------------------------


async def export_record(
    session: AsyncSession, person: Person, as_of: dtm.date, lang: str, *, facts_only: bool = False
) -> Record:
    """The whole book of a person. With `facts_only` the words of his notes, promises and wording samples are withheld.

    A person who has no reference yet is given one, so that his record is known again.
    """
    if person.reference is None:
        person.reference = f"zhixing-{secrets.token_hex(6)}"
    accounts = await _rows(session, Account, person)
    names = {account.id: account.name for account in accounts}
    rows = {key: await _rows(session, kind.table, person) for key, kind in KINDS.items()}
    plans = await _rows(session, DayPlan, person)
    planned = await _planned(session, plans)
    referred = {getattr(row, "account_id", None) for found in rows.values() for row in found}
    referred |= {account_id for found in planned.values() for account_id in found}
    handed_over = await _handed_over(session, person, {one for one in referred if one is not None} - names.keys())
    left = [entry for entry in handed_over.values() if entry["name"] not in names.values()]
    names |= {account_id: entry["name"] for account_id, entry in handed_over.items()}
    told: dict[str, Any] = {
        "id": person.reference,
        "lang": "en" if lang == "en" else "zh",
        "as_of": as_of,
        "manager": {field: getattr(person, column) for field, column in MANAGER.items()},
        "team_policy": await teams.policy_of(session, person),
        "accounts": [*({field: getattr(one, field) for field in FILE} for one in accounts), *left],
        "contacts": await _contacts(session, person, names),
        "plans": [
            {"date": plan.day, "target": plan.target, "accounts": [names[one] for one in planned[plan.id]]}
            for plan in plans
        ],
    }
    told |= {key: [_entry(KINDS[key], row, names, facts_only) for row in found] for key, found in rows.items()}
    if facts_only:
        told["wording"] = []
    return Record.model_validate(told, strict=False)


async def _contacts(session: AsyncSession, person: Person, names: Mapping[int, str]) -> list[dict[str, Any]]:
    query = select(Contact).join(Account, Account.id == Contact.account_id).where(Account.person_id == person.id)
    return [
        {"account": names[one.account_id], "name": one.name, "role": one.role, "stance": one.stance}
        for one in await session.scalars(query.order_by(Contact.id))
    ]


async def _rows(session: AsyncSession, table: type[Any], person: Person) -> Sequence[Any]:
    return (await session.scalars(select(table).where(table.person_id == person.id).order_by(table.id))).all()


async def _planned(session: AsyncSession, plans: Iterable[DayPlan]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {plan.id: [] for plan in plans}
    query = select(PlannedAccount).join(DayPlan).where(DayPlan.id.in_(found)).order_by(PlannedAccount.position)
    for one in await session.scalars(query):
        found[one.plan_id].append(one.account_id)
    return found


async def _handed_over(session: AsyncSession, person: Person, account_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Accounts that left the book for a colleague's: only name and tier, as of the day on which they left."""
    query = (
        select(Account, AccountTransfer.on)
        .outerjoin(AccountTransfer, (AccountTransfer.account_id == Account.id) & (AccountTransfer.from_id == person.id))
        .where(Account.id.in_(account_ids))
        .order_by(Account.id, AccountTransfer.id)
    )
    found = await session.execute(query)
    return {account.id: {"name": account.name, "tier": account.tier, "archived_on": left} for account, left in found}


def _entry(kind: Kind, row: Any, names: Mapping[int, str], facts_only: bool) -> dict[str, Any]:
    values = {field: getattr(row, column) for field, column in kind.columns.items()}
    if values.get("account") is not None:
        values["account"] = names[values["account"]]
    withheld = {field: None for field in ("note", "wording", "absolute") if facts_only and field in values}
    return values | withheld


# -- In ---------------------------------------------------------------------------------------------------------------


async def import_record(session: AsyncSession, person: Person, record: Record, now: dtm.datetime) -> Counts:
    """Take a record into the book of a person; return what it changed.

    His name and time zone stay his own, and the team's policy that of the team.
    """
    counts = Counts()
    unit = record.manager.money_unit
    factor = scale(unit) / scale(person.money_unit) if unit and person.money_unit else 1.0
    own = ("name", "time_zone", *(("money_unit",) if person.money_unit else ()))
    _fill(person, {column: getattr(record.manager, field) for field, column in MANAGER.items() if field not in own})
    if person.reference is None and await _of_reference(session, record.id) is None:
        person.reference = record.id
    accounts = await _take_accounts(session, person, record, factor, now=now, counts=counts)
    await _take_contacts(session, accounts, record, counts)
    ids = {name: account.id for name, account in accounts.items()}
    for key, kind in KINDS.items():
        told = [_told(kind, entry, ids) for entry in getattr(record, key)]
        await _take(session, person, kind, told, counts)
    await _take_plans(session, person, record.plans, ids, counts)
    await session.flush()
    return counts


async def _take_accounts(
    session: AsyncSession, person: Person, record: Record, factor: float, *, now: dtm.datetime, counts: Counts
) -> dict[str, Account]:
    """Take the accounts, their money times `factor`; return all of the book by name."""
    kept = {account.name: account for account in await _rows(session, Account, person)}
    for entry in record.accounts:
        told: dict[str, Any] = {field: getattr(entry, field) for field in FILE}
        told |= {field: round(told[field] * factor, 6) for field in MONEY if told[field] is not None}
        told["collateral"] = entry.collateral.model_dump(mode="json") if entry.collateral else None
        account = kept.get(entry.name)
        if account is None:
            account = kept[entry.name] = Account(person_id=person.id, created_at=now, **told)
            session.add(account)
            counts.note(is_new=True, is_changed=False)
        else:
            aliases = list(dict.fromkeys([*account.aliases, *entry.aliases]))
            counts.note(is_new=False, is_changed=_fill(account, told | {"aliases": aliases}))
    await session.flush()
    return kept


async def _take_contacts(
    session: AsyncSession, accounts: Mapping[str, Account], record: Record, counts: Counts
) -> None:
    ids = [account.id for account in accounts.values()]
    found = await session.scalars(select(Contact).where(Contact.account_id.in_(ids)))
    kept = {(contact.account_id, contact.name): contact for contact in found}
    for entry in record.contacts:
        account_id = accounts[entry.account].id
        contact = kept.get((account_id, entry.name))
        if contact is None:
            session.add(Contact(account_id=account_id, name=entry.name, role=entry.role, stance=entry.stance))
        told = {"role": entry.role, "stance": entry.stance if entry.stance != "unknown" else None}
        counts.note(is_new=contact is None, is_changed=contact is not None and _fill(contact, told))


async def _take(
    session: AsyncSession, person: Person, kind: Kind, entries: Iterable[dict[str, Any]], counts: Counts
) -> None:
    """Take the entries of one list: each finds its row among those that are the same, or becomes a new one."""
    kept: defaultdict[tuple[object, ...], list[Any]] = defaultdict(list)
    for row in await _rows(session, kind.table, person):
        kept[tuple(getattr(row, column) for column in kind.same)].append(row)
    for told in entries:
        alike = kept[tuple(told[column] for column in kind.same)]
        words = told[kind.words] if kind.words else None
        row = next((one for one in alike if words is None or getattr(one, str(kind.words)) == words), None)
        if row is None:
            values = {column: value for column, value in told.items() if value is not None}
            session.add(kind.table(person_id=person.id, **values))
            counts.note(is_new=True, is_changed=False)
        else:
            alike.remove(row)
            counts.note(is_new=False, is_changed=_fill(row, {column: told[column] for column in kind.later}))


def _told(kind: Kind, entry: Part, ids: Mapping[str, int]) -> dict[str, Any]:
    told = {column: getattr(entry, field) for field, column in kind.columns.items()}
    if told.get("account_id") is not None:
        told["account_id"] = ids[told["account_id"]]
    if "moves" in told:
        told["moves"] = [move.model_dump(mode="json") for move in told["moves"]]
    return told


async def _take_plans(
    session: AsyncSession, person: Person, entries: Iterable[PlanEntry], ids: Mapping[str, int], counts: Counts
) -> None:
    plans = {plan.day: plan for plan in await _rows(session, DayPlan, person)}
    planned = await _planned(session, plans.values())
    for entry in entries:
        wanted = list(dict.fromkeys(ids[name] for name in entry.accounts))
        plan = plans.get(entry.date)
        is_new, before = plan is None, planned.get(plan.id, []) if plan else []
        if plan is None:
            plan = DayPlan(person_id=person.id, day=entry.date, target=entry.target)
            session.add(plan)
            await session.flush()
        is_changed = _fill(plan, {"target": entry.target}) | (before != wanted)
        if before != wanted:
            await session.execute(delete(PlannedAccount).where(PlannedAccount.plan_id == plan.id))
            session.add_all(
                PlannedAccount(plan_id=plan.id, account_id=one, position=place) for place, one in enumerate(wanted)
            )
        counts.note(is_new=is_new, is_changed=is_changed)


def _fill(row: Base, told: Mapping[str, Any]) -> bool:
    """Take over what is told and differs; whether anything did. What is empty tells nothing."""
    differs = {
        column: value for column, value in told.items() if value not in (None, "", []) and value != getattr(row, column)
    }
    for column, value in differs.items():
        setattr(row, column, value)
    return bool(differs)


# -- Whose ------------------------------------------------------------------------------------------------------------


async def find_person(session: AsyncSession, words: str) -> Person:
    """Whom an operator means by an id, a reference or a name. Raises PersonUnclear for nobody, and for several."""
    if person := await _of_reference(session, words):
        return person
    if words.isdecimal() and (person := await session.get(Person, int(words))):
        return person
    found = (await session.scalars(select(Person).where(Person.name == words).order_by(Person.id))).all()
    if len(found) == 1:
        return found[0]
    if not found:
        raise PersonUnclear("record-no-such-person", words=words)
    raise PersonUnclear("record-several-people", words=words, ids=", ".join(str(one.id) for one in found))


async def owner_of(session: AsyncSession, record: Record, now: dtm.datetime) -> Person:
    """Whose record it is, by its id; for one that nobody has a new manager without a Telegram account."""
    person = await _of_reference(session, record.id)
    if person is None:
        person = Person(
            name=record.manager.name,
            role=Role.MANAGER,
            locale=record.lang,
            time_zone=record.manager.time_zone,
            joined_at=now,
            reference=record.id,
        )
        session.add(person)
        await session.flush()
    return person


async def apply_policy(session: AsyncSession, person: Person, policy: Policy) -> None:
    """Let a record's policy hold for the person's team, for an operator who says so. Raises PersonUnclear."""
    team = await teams.team_of(session, person)
    if team is None:
        raise PersonUnclear("record-no-team", words=person.name)
    team.overrides = policy.model_dump(mode="json", exclude_defaults=True)


async def _of_reference(session: AsyncSession, reference: str) -> Person | None:
    return await session.scalar(select(Person).where(Person.reference == reference))
