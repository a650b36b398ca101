"""Day drafts: the list of a day while its manager puts it together; it is kept until he confirms it as his plan."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.errors import AlreadyDone, CoachError, NoSuchRecord
from bot.models import Account, DayDraft, Person
from bot.services import accounts, day_plans, planning
from bot.services.day_plans import Plan
from bot.services.planning import Arithmetic, DayProposal, Decided, Ranked
from bot.services.proposals import Evaluate, Reason

MOST_ACCOUNTS = 60
"""Accounts that one day holds; as many as a team may aim at (models.policy, `daily_visits_target`)."""

AHEAD = dtm.timedelta(days=14)
"""How far ahead a day can be planned (our own figure): the reasons of a later day are not known yet."""


class DayOver(CoachError):
    """A day that is over, or too far away to be planned."""

    text_id = "plan-day-over"


class DayIsFull(CoachError):
    """One more account than a day holds; `most` says how many that are."""

    text_id = "plan-full"


@dataclass(frozen=True)
class Sketch:
    """A day's list before it is a plan: what was proposed, what he put there himself, and what is ticked.

    `own` is what he moved to the day, or put on the list himself; `refused` what he took off it one by one, or dropped
    on that day. `added` are those of his own that nothing else asks for.
    """

    proposal: DayProposal
    added: tuple[Ranked, ...]
    ticked: frozenset[int]
    own: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()

    @property
    def day(self) -> dtm.date:
        """The day that is being planned."""
        return self.proposal.day

    @property
    def arithmetic(self) -> Arithmetic:
        """How the number that is proposed was reckoned."""
        return self.proposal.arithmetic

    @cached_property
    def listed(self) -> tuple[Ranked, ...]:
        """All accounts in the order of the list: appointments, what he moved there or added, then as ranked."""
        ranked, moved = self.proposal.listed, self.proposal.decided.moved
        fixed = [one for one in ranked if one.is_fixed]
        others = [one for one in ranked if not one.is_fixed]
        return (
            *fixed,
            *(one for one in others if one.account.id in moved),
            *self.added,
            *(one for one in others if one.account.id not in moved),
        )

    @property
    def chosen(self) -> list[Ranked]:
        """What is ticked, in the order of the list."""
        return [one for one in self.listed if one.account.id in self.ticked]

    def must(self) -> list[int]:
        """What stays whatever number he wants: appointments, and what he put there himself."""
        return [one.account.id for one in self.listed if one.is_fixed or one.account.id in self.own]

    def first(self, count: int) -> list[int]:
        """So many accounts: what must stay, then from the top of the list, what he took off himself last."""
        must = self.must()
        others = [one for one in _ids(self.listed) if one not in must]
        free = [one for one in others if one not in self.refused]
        return [*must, *free, *(one for one in others if one in self.refused)][: max(count, len(must))]

    def shorter(self) -> list[int]:
        """Half of what is ticked: appointments and promises due; then what he put there himself, then from the top."""
        stays = [one.account.id for one in self.chosen if one.stays]
        others = [one.account.id for one in self.chosen if not one.stays]
        others.sort(key=lambda one: one not in self.own)
        return [*stays, *others][: max(-(-len(self.chosen) // 2), len(stays))]


async def propose(
    session: AsyncSession, person: Person, day: dtm.date, now: dtm.datetime, evaluate: Evaluate
) -> Sketch:
    """The list of a day with the reasons of now; what he ticked before stays ticked.

    Raises DayOver, and what `evaluate` (Worker.evaluate) raises.
    """
    today = person.today(now)
    check(day, today)
    proposal = await planning.propose(session, person, day, now, evaluate)
    await session.execute(delete(DayDraft).where(DayDraft.person_id == person.id, DayDraft.day < today))
    arithmetic = proposal.arithmetic.as_json()
    ranked = [
        {"account": one.account.id, "reasons": [reason.as_json() for reason in one.reasons]} for one in proposal.ranked
    ]
    row = {"person_id": person.id, "day": day, "arithmetic": arithmetic, "ranked": ranked}
    inserted = insert_or_ignore(session, DayDraft).values(row).returning(DayDraft)
    draft: DayDraft | None = await session.scalar(inserted)
    if draft is None:
        draft = await session.get_one(DayDraft, (person.id, day))
        draft.arithmetic, draft.ranked = arithmetic, ranked
    if draft.chosen is None and (planned := await _planned(session, person, day)) is not None:
        draft.chosen = planned
        draft.by_hand = {str(one): False for one in proposal.decided.moved if one not in planned}
    return await _sketch(session, person, draft, proposal)


async def waiting(session: AsyncSession, person: Person, day: dtm.date) -> Sketch | None:
    """The list of a day as it was shown last, so that its order stands still; None where none waits."""
    draft = await session.get(DayDraft, (person.id, day))
    return None if draft is None else await _sketch(session, person, draft)


async def kept(session: AsyncSession, person: Person, day: dtm.date, now: dtm.datetime) -> Sketch:
    """As `waiting`. Raises DayOver, AlreadyDone where no list waits any more."""
    return await _sketch(session, person, await _draft(session, person, day, now))


async def tick(session: AsyncSession, person: Person, day: dtm.date, ids: Collection[int], now: dtm.datetime) -> Sketch:
    """Let these accounts be chosen, and no others.

    Raises DayOver, AlreadyDone where no list waits, DayIsFull, NoSuchRecord for what is not in his book.
    """
    draft = await _draft(session, person, day, now)
    sketch = await _sketch(session, person, draft)
    by_hand = {one: True for one in ids if one in sketch.refused} | {one: False for one in sketch.own if one not in ids}
    return await _choose(session, person, draft, sketch, ids, by_hand=by_hand)


async def mark(
    session: AsyncSession, person: Person, day: dtm.date, account_id: int, now: dtm.datetime, *, on: bool
) -> Sketch:
    """Let one account be chosen, or not any more: his own choice, which outlives another number.

    Raises as `tick` does.
    """
    draft = await _draft(session, person, day, now)
    sketch = await _sketch(session, person, draft)
    ids = [one for one in _ids(sketch.chosen) if one != account_id]
    return await _choose(session, person, draft, sketch, [*ids, account_id] if on else ids, by_hand={account_id: on})


async def _choose(
    session: AsyncSession,
    person: Person,
    draft: DayDraft,
    sketch: Sketch,
    ids: Collection[int],
    *,
    by_hand: Mapping[int, bool],
) -> Sketch:
    """Keep these accounts as chosen, and what of them he put on the list or took off it one by one."""
    if len(ids) > MOST_ACCOUNTS:
        raise DayIsFull(most=MOST_ACCOUNTS)
    book = {account.id for account in await accounts.of(session, person)}
    if not book.issuperset(ids):
        raise NoSuchRecord
    listed = _ids(sketch.listed)
    draft.chosen = [*(one for one in listed if one in ids), *(one for one in ids if one not in listed)]
    draft.by_hand = draft.by_hand | {str(one): is_on for one, is_on in by_hand.items()}
    return await _sketch(session, person, draft)


async def confirm(session: AsyncSession, person: Person, day: dtm.date, now: dtm.datetime) -> Sketch:
    """Make the list of a day its plan, with its reasons and arithmetic; return it as it was.

    Raises DayOver, AlreadyDone where no list waits or the day has started.
    """
    sketch = await kept(session, person, day, now)
    await day_plans.confirm(
        session,
        person,
        day,
        _ids(sketch.chosen),
        target=len(sketch.chosen),
        arithmetic=sketch.arithmetic,
        reasons=[reason for one in sketch.chosen for reason in one.reasons],
        now=now,
    )
    await session.execute(delete(DayDraft).where(DayDraft.person_id == person.id, DayDraft.day == day))
    return sketch


def stands(plan: Plan, today: dtm.date) -> bool:
    """Whether a plan is shown as it is: he confirmed it, or its day has started; else its list can be ticked."""
    return plan.plan.made_at is not None or day_plans.has_started(plan, today)


def check(day: dtm.date, today: dtm.date) -> None:
    """Raise DayOver for a day that cannot be planned any more, or not yet."""
    if not today <= day <= today + AHEAD:
        raise DayOver


async def _draft(session: AsyncSession, person: Person, day: dtm.date, now: dtm.datetime) -> DayDraft:
    check(day, person.today(now))
    draft = await session.get(DayDraft, (person.id, day))
    if draft is None:
        raise AlreadyDone
    return draft


async def _planned(session: AsyncSession, person: Person, day: dtm.date) -> list[int] | None:
    """The accounts of a plan that stands already and has not started."""
    plan = await day_plans.plan_of(session, person, day)
    return [item.account.id for item in plan.to_visit] if plan is not None else None


async def _sketch(
    session: AsyncSession, person: Person, draft: DayDraft, proposal: DayProposal | None = None
) -> Sketch:
    """The list of a draft; `proposal` is what it keeps, where that was made just now.

    On a day off only appointments are ticked unasked.
    """
    if proposal is not None and draft.chosen is None:
        book = {one.account.id: one.account for one in proposal.ranked}  # nothing else can be on the list
    else:
        book = {account.id: account for account in await accounts.of(session, person)}
    proposal = proposal or _proposal(draft, book, await planning.decided_for(session, person, draft.day))
    decided = proposal.decided
    put_on = {int(one) for one, is_on in draft.by_hand.items() if is_on}
    taken_off = {int(one) for one, is_on in draft.by_hand.items() if not is_on}
    standing = {one.account.id for one in proposal.listed if one.dropped is None}
    settled = (decided.dropped.keys() | decided.done) - standing - put_on
    proposed = proposal.chosen if proposal.arithmetic.is_workday else (one for one in proposal.chosen if one.is_fixed)
    chosen = _ids(proposed) if draft.chosen is None else draft.chosen
    ticked = {*chosen, *decided.moved, *put_on} - taken_off - settled
    ranked, known = {one.account.id: one for one in proposal.ranked}, set(_ids(proposal.listed))
    extra = [one for one in dict.fromkeys([*chosen, *sorted(ticked)]) if one in ticked - known and one in book]
    refused = (taken_off | settled) - put_on
    return Sketch(
        proposal,
        tuple(ranked.get(one) or Ranked(book[one], ()) for one in extra),
        frozenset(ticked & book.keys()),
        frozenset((decided.moved | put_on | set(extra)) - refused),
        frozenset(refused),
    )


def _proposal(draft: DayDraft, book: Mapping[int, Account], decided: Decided) -> DayProposal:
    """The proposal that a draft keeps, without the accounts that have left the book, after what is decided by now."""
    ranked = tuple(
        Ranked(book[one["account"]], tuple(Reason.from_json(reason) for reason in one["reasons"]))
        for one in draft.ranked
        if one["account"] in book
    )
    return DayProposal(draft.day, Arithmetic.from_json(draft.arithmetic), ranked, decided)


def _ids(ranked: Iterable[Ranked]) -> list[int]:
    return [one.account.id for one in ranked]
