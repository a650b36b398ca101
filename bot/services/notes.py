"""Notes: the raw text first, then a draft that its author corrects, then records; an undo for ten minutes."""

from __future__ import annotations

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AccountNeeded, AlreadyDone, NoSuchRecord, OutdatedCard, TooLateToUndo, TooLongAgo
from bot.language.notes import understand
from bot.language.understanding import Card, KeptClaim, Understanding
from bot.language.understanding import Outcome as CardOutcome
from bot.models import (
    Account,
    Base,
    ClientPromise,
    Complaint,
    Contact,
    MarketReport,
    NextStep,
    Note,
    NoteState,
    Outcome,
    Person,
    Promise,
    Visit,
)
from bot.services import accounts, promises, teams
from bot.services.promises import Owed

UNDO = dtm.timedelta(minutes=10)
"""How long a confirmed note can be taken back (domain.md §2)."""

OFFER_AFTER = dtm.timedelta(minutes=10)
"""Age from which a forgotten draft is offered again."""

SAME_DEED = 0.5
"""Share of the shorter wording that two names of a deed must have in common to mean the same promise."""

Effects = defaultdict[str, list[int]]

RECORDS = (Visit, Promise, ClientPromise, NextStep, MarketReport, Complaint)
"""The tables that confirming a note writes to."""


@dataclass
class Recorded:
    """What confirming made: the accounts of the note, and what these were owed before it."""

    accounts: list[Account] = field(default_factory=list)
    still_owed: list[Owed[Promise]] = field(default_factory=list)


async def begin(session: AsyncSession, person: Person, text: str, now: dtm.datetime) -> Note:
    """Keep the raw text as a draft of which nothing is understood yet."""
    note = Note(person_id=person.id, text=text, written_at=now, state=NoteState.DRAFT, understanding={}, effects={})
    session.add(note)
    await session.flush()
    return note


async def read(session: AsyncSession, person: Person, note: Note) -> Understanding:
    """Understand a draft as of the moment at which it was written."""
    names = await accounts.names(session, person)
    workdays = await teams.workdays_of(session, person)
    understanding = understand(note.text, person.local(note.written_at), names, workdays)
    revise(note, understanding)
    return understanding


def revise(note: Note, understanding: Understanding) -> None:
    """Keep what the note now means; cards shown before are outdated."""
    note.understanding = understanding.to_json()
    note.version += 1


async def own(session: AsyncSession, person: Person, note_id: int) -> Note:
    """A note of this person. Raises NoSuchRecord for anybody else's."""
    note = await session.get(Note, note_id)
    if note is None or note.person_id != person.id:
        raise NoSuchRecord
    return note


async def draft(session: AsyncSession, person: Person, note_id: int, version: int) -> Note:
    """A draft of this person. Raises NoSuchRecord, AlreadyDone once settled, OutdatedCard for an older card."""
    note = await own(session, person, note_id)
    if note.state != NoteState.DRAFT:
        raise AlreadyDone
    if note.version != version:
        raise OutdatedCard
    return note


async def newest_draft(session: AsyncSession, person: Person) -> Note | None:
    """The draft that the person wrote last, of those in which something was understood."""
    waiting = await drafts_of(session, person)
    return waiting[-1] if waiting else None


async def newest_confirmed(session: AsyncSession, person: Person) -> Note | None:
    """The note in his own words that the person confirmed last."""
    confirmed = Note.person_id == person.id, Note.state == NoteState.CONFIRMED, Note.text != ""
    return await session.scalar(
        select(Note).where(*confirmed).order_by(Note.confirmed_at.desc(), Note.id.desc()).limit(1)
    )


async def drafts_of(session: AsyncSession, person: Person) -> list[Note]:
    """Every note of the person that waits to be confirmed and of which something was understood, oldest first."""
    query = select(Note).where(Note.person_id == person.id, Note.state == NoteState.DRAFT).order_by(Note.id)
    return [note for note in await session.scalars(query) if note.understanding]


async def accounts_of_drafts(session: AsyncSession, person: Person) -> set[int]:
    """The ids of the accounts of which a note waits to be confirmed."""
    waiting = [Understanding.from_json(note.understanding) for note in await drafts_of(session, person)]
    return {card.account for one in waiting for card in one.cards if card.account is not None}


async def forgotten_drafts(session: AsyncSession, person: Person, now: dtm.datetime) -> Sequence[Note]:
    """Drafts that have waited for a while and were not offered again yet, oldest first."""
    query = (
        select(Note)
        .where(
            Note.person_id == person.id,
            Note.state == NoteState.DRAFT,
            Note.offered_at.is_(None),
            Note.written_at <= now - OFFER_AFTER,
        )
        .order_by(Note.id)
    )
    return (await session.scalars(query)).all()


async def kept_promises(
    session: AsyncSession, person: Person, understanding: Understanding
) -> list[tuple[KeptClaim, Promise | None]]:
    """For each promise told as kept the open one that it means, at the note's accounts first; None where none fits."""
    if not understanding.kept:
        return []
    here = {card.account for card in understanding.cards}
    owed = [one.promise for one in await promises.open_of(session, person)]
    owed.sort(key=lambda promise: promise.account_id not in here)
    found: list[tuple[KeptClaim, Promise | None]] = []
    for claim in understanding.kept:
        meant = next((promise for promise in owed if same_deed(claim.what, promise.what)), None)
        if meant is not None:
            owed.remove(meant)
        found.append((claim, meant))
    return found


def same_deed(one: str, other: str) -> bool:
    """Whether two wordings name the same deed, by the characters (Chinese) or words (Latin) that they share."""
    first, second = _parts(one), _parts(other)
    shorter = min(len(first), len(second))
    return shorter > 0 and len(first & second) >= SAME_DEED * shorter


def _parts(words: str) -> set[str]:
    latin = {word for word in words.casefold().split() if word.isascii()}
    return latin | {character for character in words if not character.isascii() and character.isalnum()}


async def confirm(session: AsyncSession, person: Person, note: Note, now: dtm.datetime) -> Recorded:
    """Turn a draft into records; all days are those on which it was written.

    Raises AccountNeeded where a card still asks for its account, TooLongAgo where a visit lies too far back.
    """
    understanding = Understanding.from_json(note.understanding)
    said_on = person.today(note.written_at)
    oldest = said_on - dtm.timedelta(days=(await teams.policy_of(session, person)).max_backdate_days)
    for card in understanding.cards:
        if card.ask is not None:
            raise AccountNeeded
        if card.day is not None and card.day < oldest:
            raise TooLongAgo(days=(said_on - oldest).days)
    effects: Effects = defaultdict(list)
    for _, promise in await kept_promises(session, person, understanding):
        if promise is not None:
            promise.kept_on = said_on
            effects["kept"].append(promise.id)
    recorded = Recorded()
    for card in understanding.cards:
        account = await _account(session, person, card, now, effects)
        if account is not None:
            recorded.accounts.append(account)
            await _record_meeting(session, note, card, account, said_on=said_on, effects=effects)
        session.add_all(_said(note, card, account, said_on))
    note.state, note.confirmed_at, note.effects = NoteState.CONFIRMED, now, dict(effects)
    await session.flush()
    here = {account.id for account in recorded.accounts}
    recorded.still_owed = [
        one
        for one in await promises.open_of(session, person)
        if one.promise.account_id in here and one.promise.note_id != note.id
    ]
    return recorded


async def _account(
    session: AsyncSession, person: Person, card: Card, now: dtm.datetime, effects: Effects
) -> Account | None:
    """The account of a card: a known one, a new one under the name that was heard, or none on purpose."""
    if card.account is not None:
        return await accounts.own(session, person, card.account)
    if card.heard is None:
        return None
    account = await accounts.add(session, person, card.heard, now)
    effects["accounts"].append(account.id)
    return account


async def _record_meeting(
    session: AsyncSession, note: Note, card: Card, account: Account, *, said_on: dtm.date, effects: Effects
) -> None:
    """The visit or the appointment of a card, the contact met, and what a visit settles at its account."""
    day = card.day or said_on
    if card.contact is not None:
        await _meet(session, account, card.contact, effects)
    if card.kind == "appointment" or (card.kind is not None and day > said_on):
        what = card.next.what if card.next else ""
        session.add(
            NextStep(
                person_id=note.person_id,
                account_id=account.id,
                agreed_on=said_on,
                what=what,
                due=card.day,
                time=card.time,
                is_appointment=True,
                contact=card.contact,
                note_id=note.id,
            )
        )
    elif card.kind is not None:
        outcome = Outcome(card.outcome or ("next_step" if card.next or card.promises else "info"))
        visit = await _told_by_tap(session, note.person_id, account.id, day)
        if visit is None:
            visit = Visit(person_id=note.person_id, account_id=account.id, day=day)
            session.add(visit)
        elif visit.note_id is not None:
            effects["told"] += [visit.id, visit.note_id]
        visit.kind, visit.contact, visit.outcome = card.kind, card.contact, outcome
        visit.text, visit.note_id = note.text, note.id
        if outcome != Outcome.ABSENT:
            await _settle(session, account, day, outcome, effects)


async def tell_by_tap(
    session: AsyncSession,
    person: Person,
    account: Account,
    day: dtm.date,
    now: dtm.datetime,
    *,
    outcome: CardOutcome | None = None,
) -> None:
    """Record a visit of which nothing is said yet; a note of the same account and day becomes its words.

    Raises TooLongAgo where the day lies too far back.
    """
    note = await begin(session, person, "", now)
    revise(note, Understanding("visit", (Card(account=account.id, kind="visit", day=day, outcome=outcome),)))
    await confirm(session, person, note, now)


async def take_back_tap(
    session: AsyncSession, person: Person, account_id: int, day: dtm.date, now: dtm.datetime
) -> None:
    """Take back a visit that was told by a tap. Raises AlreadyDone where it has words or is gone, TooLateToUndo."""
    visit = await _told_by_tap(session, person.id, account_id, day)
    if visit is None or visit.note_id is None:
        raise AlreadyDone
    discard(await undo(session, person, visit.note_id, now))


async def _told_by_tap(session: AsyncSession, person_id: int, account_id: int, day: dtm.date) -> Visit | None:
    """The visit of an account and day that was told by a tap and has no words yet."""
    wordless = Visit.note_id.is_not(None), Visit.text == ""
    here = Visit.person_id == person_id, Visit.account_id == account_id, Visit.day == day
    return await session.scalar(select(Visit).where(*here, *wordless).order_by(Visit.id.desc()).limit(1))


async def _meet(session: AsyncSession, account: Account, name: str, effects: Effects) -> None:
    """Put somebody who was met on file, if he is not yet."""
    known = await session.scalar(select(Contact).where(Contact.account_id == account.id, Contact.name == name))
    if known is None:
        contact = Contact(account_id=account.id, name=name)
        session.add(contact)
        await session.flush()
        effects["contacts"].append(contact.id)


async def _settle(session: AsyncSession, account: Account, day: dtm.date, outcome: Outcome, effects: Effects) -> None:
    """What a meeting settles: appointments that were due, and open complaints once the issue is solved."""
    appointments = await session.scalars(
        select(NextStep).where(
            NextStep.account_id == account.id,
            NextStep.is_appointment,
            NextStep.due <= day,
            NextStep.done_on.is_(None),
            NextStep.dropped_on.is_(None),
        )
    )
    for step in appointments:
        step.done_on = day
        effects["steps"].append(step.id)
    if outcome == Outcome.ISSUE_SOLVED:
        complaints = await session.scalars(
            select(Complaint).where(
                Complaint.account_id == account.id, Complaint.made_on <= day, Complaint.answered_on.is_(None)
            )
        )
        for complaint in complaints:
            complaint.answered_on = day
            effects["complaints"].append(complaint.id)


def _said(note: Note, card: Card, account: Account | None, said_on: dtm.date) -> Iterable[Base]:
    """The records of what was said: promises both ways, the next step, market news, a complaint."""
    where = {"person_id": note.person_id, "account_id": account.id if account else None, "note_id": note.id}
    for said in card.promises:
        yield Promise(
            **where, made_on=said_on, what=said.what, due=said.due, wording=said.wording, absolute=said.absolute
        )
    for said in card.client_promises:
        yield ClientPromise(**where, said_on=said_on, what=said.what, due=said.due)
    for news in card.market:
        yield MarketReport(**where, day=said_on, topic=news.topic, text=news.text)
    if account is not None and card.next is not None and card.kind != "appointment":
        step = card.next
        yield NextStep(
            **where,
            agreed_on=said_on,
            what=step.what,
            due=step.when,
            time=step.time,
            is_appointment=step.is_appointment,
            contact=card.contact,
        )
    if account is not None and card.complaint is not None:
        yield Complaint(**where, made_on=card.day or said_on, text=card.complaint)


async def undo(session: AsyncSession, person: Person, note_id: int, now: dtm.datetime) -> Note:
    """Make a confirmed note a draft again, its records gone. Raises NoSuchRecord, AlreadyDone, TooLateToUndo."""
    note = await own(session, person, note_id)
    if note.state != NoteState.CONFIRMED or note.confirmed_at is None:
        raise AlreadyDone
    if now - note.confirmed_at > UNDO:
        raise TooLateToUndo
    effects = note.effects
    told = effects.get("told", [])
    for visit_id, tap_id in zip(told[::2], told[1::2], strict=True):
        await _take_words_back(session, visit_id, await session.get_one(Note, tap_id))
    for table in RECORDS:
        await session.execute(delete(table).where(table.note_id == note.id))
    await session.execute(update(Promise).where(Promise.id.in_(effects.get("kept", []))).values(kept_on=None))
    await session.execute(update(NextStep).where(NextStep.id.in_(effects.get("steps", []))).values(done_on=None))
    await session.execute(
        update(Complaint).where(Complaint.id.in_(effects.get("complaints", []))).values(answered_on=None)
    )
    await session.execute(delete(Contact).where(Contact.id.in_(effects.get("contacts", []))))
    for account_id in effects.get("accounts", []):
        if not await _has_records(session, account_id):
            await session.execute(delete(Account).where(Account.id == account_id))
    note.state, note.confirmed_at, note.shared_at, note.effects = NoteState.DRAFT, None, None, {}
    note.version += 1
    return note


async def _take_words_back(session: AsyncSession, visit_id: int, tap: Note) -> None:
    """Make a visit again what the tap told of it."""
    (card,) = Understanding.from_json(tap.understanding).cards
    wordless = {"kind": card.kind, "contact": None, "outcome": card.outcome or Outcome.INFO, "text": ""}
    await session.execute(update(Visit).where(Visit.id == visit_id).values(**wordless, note_id=tap.id))


async def _has_records(session: AsyncSession, account_id: int) -> bool:
    for table in RECORDS:
        if await session.scalar(select(table.id).where(table.account_id == account_id).limit(1)) is not None:
            return True
    return False


def discard(note: Note) -> None:
    """Keep a draft as mere text; nothing counts."""
    note.state = NoteState.DISCARDED
    note.version += 1
