"""Transfers: accounts handed over from one manager to another, what is open with them, and the history kept."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import (
    Account,
    AccountTransfer,
    ClientPromise,
    Complaint,
    DayPlan,
    NextStep,
    Person,
    PlannedAccount,
    Promise,
    Role,
)
from bot.services import flags, people


@dataclass(frozen=True)
class Handover:
    """What was handed over to whom; `stayed` names accounts of which the receiver has one of the same name."""

    giver: Person
    receiver: Person
    moved: int
    stayed: Sequence[str]


async def book(session: AsyncSession, person: Person) -> Sequence[Account]:
    """The accounts that a person could hand over, by name."""
    query = select(Account).where(Account.person_id == person.id, Account.archived_on.is_(None)).order_by(Account.name)
    return (await session.scalars(query)).all()


async def receivers(session: AsyncSession, asker: Person, giver: Person) -> Sequence[Person]:
    """The managers to whom the asker may hand over a book of `giver`."""
    seen = await people.visible_to(session, asker)
    return [person for person in seen if person.role == Role.MANAGER and person.id not in (giver.id, asker.id)]


async def hand_over(
    session: AsyncSession,
    asker: Person,
    giver_id: int,
    receiver_id: int,
    *,
    now: dtm.datetime,
    account_id: int | None = None,
) -> Handover:
    """Hand over one account, or without `account_id` the whole book; the asker must lead both people.

    Open promises both ways, next steps and complaints go with it, visits and market reports stay with who made them.
    Raises NoSuchRecord for what is not the asker's to hand over.
    """
    today = asker.today(now)
    giver = await people.led(session, asker, giver_id)
    receiver = await people.led(session, asker, receiver_id)
    if receiver not in await receivers(session, asker, giver):
        raise NoSuchRecord
    wanted = [account for account in await book(session, giver) if account_id in (None, account.id)]
    if account_id is not None and not wanted:
        raise NoSuchRecord
    taken = set(await session.scalars(select(Account.name).where(Account.person_id == receiver.id)))
    moved = [account for account in wanted if account.name not in taken]
    for account in moved:
        account.person_id = receiver.id
        session.add(
            AccountTransfer(account_id=account.id, from_id=giver.id, to_id=receiver.id, by_id=asker.id, on=today)
        )
    for person in (giver, receiver) if moved else ():
        flags.look_soon(person, now)
    await session.flush()
    await _pass_on_what_is_open(session, giver, receiver, [account.id for account in moved], account_id is None)
    await _unplan(session, giver, [account.id for account in moved], today)
    return Handover(giver, receiver, len(moved), [account.name for account in wanted if account.name in taken])


async def _pass_on_what_is_open(
    session: AsyncSession, giver: Person, receiver: Person, accounts: Sequence[int], whole: bool
) -> None:
    """Give the open records of `accounts` to the receiver; of a whole book also the promises made to nobody in it.

    They leave the note that they came from, which is the giver's own, and with it his words.
    """
    handed: dict[str, Any] = {"person_id": receiver.id, "note_id": None}
    open_promise = Promise.kept_on.is_(None) & Promise.withdrawn_on.is_(None)
    open_client_promise = ClientPromise.kept_on.is_(None) & ClientPromise.withdrawn_on.is_(None)
    open_step = NextStep.done_on.is_(None) & NextStep.dropped_on.is_(None)

    def of(table: type[Promise | ClientPromise | NextStep | Complaint]) -> ColumnElement[bool]:
        return (table.person_id == giver.id) & table.account_id.in_(accounts)

    loose = (Promise.person_id == giver.id) & Promise.account_id.is_(None) & whole
    statements = (
        update(Promise).where(or_(of(Promise), loose), open_promise).values(**handed, wording="", absolute=None),
        update(ClientPromise).where(of(ClientPromise), open_client_promise).values(**handed),
        update(NextStep).where(of(NextStep), open_step).values(**handed),
        update(Complaint).where(of(Complaint), Complaint.answered_on.is_(None)).values(**handed),
    )
    for statement in statements:
        await session.execute(statement)


async def _unplan(session: AsyncSession, giver: Person, accounts: Sequence[int], today: dtm.date) -> None:
    """Take the accounts off the giver's plans of today and later: they are no longer his to visit."""
    plans = select(DayPlan.id).where(DayPlan.person_id == giver.id, DayPlan.day >= today)
    await session.execute(
        delete(PlannedAccount).where(PlannedAccount.plan_id.in_(plans), PlannedAccount.account_id.in_(accounts))
    )
