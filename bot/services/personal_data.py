"""Personal data: what is stored about one person, counted and listed for him, deleted when he asks for it."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import (
    Account,
    AccountTransfer,
    Base,
    Broadcast,
    BroadcastCopy,
    ClientPromise,
    Complaint,
    DayDraft,
    DayPlan,
    DayReview,
    Draft,
    Escalation,
    Evaluation,
    Flag,
    Goal,
    Handbook,
    HelpRequest,
    Invitation,
    Leave,
    MarketReport,
    Membership,
    MessageState,
    NextStep,
    Note,
    OutboxMessage,
    Person,
    PlannedAccount,
    Promise,
    Proposal,
    Question,
    RawUpdate,
    Reminder,
    Role,
    Schedule,
    TeamAnswer,
    UpdateState,
    Upload,
    Visit,
    WordingSample,
)
from bot.services import people, team_answers

ERASED: tuple[type[Base], ...] = (
    Note,
    WordingSample,
    Question,
    Draft,
    Upload,
    Leave,
    Invitation,
    DayReview,
    DayDraft,
    Proposal,
    Schedule,
    Reminder,
)
"""What goes altogether: his words, his files and those about his book, days off, invitations by and for him."""

EMPTIED: dict[type[Base], dict[str, Any]] = {
    Visit: {"contact": None, "text": ""},
    Promise: {"what": "", "wording": "", "absolute": None},
    ClientPromise: {"what": ""},
    NextStep: {"what": "", "contact": None},
    Complaint: {"text": ""},
    MarketReport: {"text": ""},
    Flag: {"dispute": None},
    Evaluation: {"facts": []},
    Broadcast: {"text": ""},
    HelpRequest: {"text": "", "answer": None},
    TeamAnswer: {"question": "", "text": ""},
}
"""What stays as a number of the team, its dates and outcomes, without words. Each has a column `person_id`."""

KEPT: tuple[type[Base], ...] = (
    Account,
    AccountTransfer,
    DayPlan,
    Membership,
    Goal,
    Escalation,
    BroadcastCopy,
    Handbook,
)
"""What holds nothing of his own: the company's book and documents, numbers, and ids of rows."""

WITHHELD = {"token_hash", "file"}
"""Columns that say nothing to him: hashes, and files while they are on their way to him."""

COUNTED: dict[str, type[Base]] = {
    "account": Account,
    "visit": Visit,
    "note": Note,
    "promise": Promise,
    "client-promise": ClientPromise,
    "next-step": NextStep,
    "complaint": Complaint,
    "market-report": MarketReport,
    "plan": DayPlan,
    "question": Question,
    "wording": WordingSample,
    "flag": Flag,
    "leave": Leave,
    "upload": Upload,
    "handbook": Handbook,
    "team-answer": TeamAnswer,
}
"""The kinds of records that a person is told of, in this order."""


async def counts(session: AsyncSession, person: Person) -> dict[str, int]:
    """How much is stored about a person, by kind, kinds without any left out; `message` is what passed in his chat."""

    def number(table: type[Base], his: ColumnElement[bool]) -> ScalarSelect[int]:
        return select(func.count()).select_from(table).where(his).scalar_subquery()

    columns = [number(table, table.__table__.c.person_id == person.id).label(kind) for kind, table in COUNTED.items()]
    passed = [number(table, table.chat_id == person.telegram_id) for table in (RawUpdate, OutboxMessage)]
    columns.append((passed[0] + passed[1]).label("message"))
    row = (await session.execute(select(*columns))).mappings().one()
    return {kind: count for kind, count in row.items() if count}


async def everything(session: AsyncSession, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row that tells of a person, by table: his own, those that name him, and what passed in his chat."""
    his: dict[type[Base], ColumnElement[bool]] = {
        Person: Person.id == person.id,
        **{table: _tells_of(table, person) for table in (*KEPT, *EMPTIED, *ERASED)},
        RawUpdate: RawUpdate.chat_id == person.telegram_id,
        OutboxMessage: OutboxMessage.chat_id == person.telegram_id,
    }
    found = {}
    for table, rows in his.items():
        shown = [column for column in table.__table__.c if column.name not in WITHHELD]
        found[table.__tablename__] = [
            dict(row) for row in (await session.execute(select(*shown).where(rows))).mappings()
        ]
    return found


def _tells_of(table: type[Base], person: Person) -> ColumnElement[bool]:
    """The rows of a table that refer to a person in whatever part."""
    keys = [key for key in table.__table__.foreign_keys if key.column.table is Person.__table__]
    return or_(*(key.parent == person.id for key in keys))


async def wishing(session: AsyncSession, asker: Person) -> Sequence[Person]:
    """For an owner: who has asked for his deletion; nobody for anybody else."""
    if asker.role != Role.OWNER:
        return []
    query = select(Person).where(Person.deletion_asked_on.is_not(None), Person.id != asker.id).order_by(Person.id)
    return (await session.scalars(query)).all()


async def deletable(session: AsyncSession, asker: Person, person_id: int) -> Person:
    """Somebody whom the asker may delete: an owner anybody but himself. Raises NoSuchRecord, AlreadyDone."""
    if asker.role != Role.OWNER:
        raise NoSuchRecord
    person = await people.led(session, asker, person_id)
    if person.is_anonymous:
        raise AlreadyDone
    return person


async def delete_person(
    session: AsyncSession, asker: Person, person_id: int, now: dtm.datetime, *, asked_in: int
) -> None:
    """Delete all that tells of a person; the team's numbers stay under a row without a name.

    What was said in other chats and is settled may name him too, so its words go as well, with those of the update
    `asked_in` that asks for this. What still waits to be sent to others is forgotten some weeks later like everything
    (jobs.retention). Raises NoSuchRecord for anybody but an owner, and for himself; AlreadyDone at a second tap.
    """
    person = await deletable(session, asker, person_id)
    if person.telegram_id is not None:
        # First: this waits for a turn of his that another process is taking, and for what it says.
        await session.execute(delete(RawUpdate).where(RawUpdate.chat_id == person.telegram_id))
    person = await people.remove(session, asker, person_id, now)
    chat, person.telegram_id = person.telegram_id, None
    await session.flush()  # and from here on no turn of his begins (people.find)
    await session.execute(delete(OutboxMessage).where(OutboxMessage.chat_id == chat))
    await _forget_what_others_were_told(session, asked_in)
    await team_answers.withdraw_all(session, person, now)
    for table in ERASED:
        await session.execute(delete(table).where(_tells_of(table, person)))
    await session.execute(delete(Flag).where(Flag.person_id == person.id, Flag.is_private))
    await session.execute(delete(Upload).where(Upload.book_id == person.id))  # sent by others for his book
    for table, nothing in EMPTIED.items():
        await session.execute(update(table).where(table.__table__.c.person_id == person.id).values(**nothing))
    answered = HelpRequest.answered_by == person.id  # his words, in the requests of others
    await session.execute(update(HelpRequest).where(answered).values(answer="", answered_by=None))
    his_plans = select(DayPlan.id).where(DayPlan.person_id == person.id)
    await session.execute(update(PlannedAccount).where(PlannedAccount.plan_id.in_(his_plans)).values(reason=None))
    person.name = f"#{person.id}"
    person.reference = person.title = person.company = person.region = None
    person.locale = person.telegram_locale = person.money_unit = None
    person.choices = {}
    person.years_in_role = person.unreachable_since = person.last_seen_on = person.deletion_asked_on = None


async def _forget_what_others_were_told(session: AsyncSession, asked_in: int) -> None:
    heard = or_(RawUpdate.state != UpdateState.PENDING, RawUpdate.update_id == asked_in)
    await session.execute(update(RawUpdate).where(heard).values(payload="{}"))
    settled = OutboxMessage.state.in_((MessageState.SENT, MessageState.DEAD))
    await session.execute(update(OutboxMessage).where(settled).values(params={}, file=None))
