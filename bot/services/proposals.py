"""Proposals: the rules' reasons for seeing accounts on a day, kept from the last look, or found afresh."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.models import Person, Proposal
from bot.services import flags, histories
from bot.services.agenda import agenda_of
from bot.services.facts import account_facts_of
from rules.assessment import Assessment, Priority, Step
from rules.facts import Fact
from rules.rule import Layer

Evaluate = Callable[[Sequence[Fact]], Awaitable[Assessment]]
"""What judges facts: Worker.evaluate."""


@dataclass(frozen=True)
class Reason:
    """Why an account deserves a visit on a day: a code of the rules, its points, and the text that tells it."""

    account_id: int
    code: str
    points: int
    text_id: str
    values: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As a proposal and a plan keep it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Reason:
        """From what `as_json` gave."""
        return cls(**kept)


def reasons_of(found: Assessment, silent: Collection[tuple[int, str]] = ()) -> list[Reason]:
    """The priorities of an assessment as reasons, by account, the most points first.

    The flags of an account count once, by the heaviest, and by its name; those in `silent` (account and habit), which
    the person put off or disputed, not at all.
    """
    reasons: list[Reason] = []
    flagged: dict[int, Reason] = {}
    for priority in found.priorities:
        account_id = int(priority.account)
        habits = _habits(priority)
        text_id, values = priority.why.id, priority.why.values
        if habits:
            loud = [habit for habit in habits if (account_id, habit) not in silent]
            if not loud:
                continue
            text_id, values = f"habit-{loud[0]}", {}
        reason = Reason(account_id, priority.code, priority.points, text_id, values)
        if not habits:
            reasons.append(reason)
        elif account_id not in flagged or reason.points > flagged[account_id].points:
            flagged[account_id] = reason
    return sorted([*reasons, *flagged.values()], key=lambda one: (one.account_id, -one.points, one.code))


def _habits(priority: Priority) -> list[str]:
    """The habits that a priority rests on, combinations first; none where it rests on facts."""
    shown = {_shown(severity) for severity in priority.because.because if severity.layer is Layer.SEVERITY}
    return [code for _, code in sorted(shown)]


def _shown(severity: Step) -> tuple[bool, str]:
    habit = severity.because[0]
    return habit.layer is not Layer.COMBINATION, habit.code


async def store(session: AsyncSession, person: Person, found: Assessment, today: dtm.date, now: dtm.datetime) -> None:
    """Keep the reasons that a look as of `now` found for a person's `today`, in place of those before."""
    reasons = reasons_of(found, await flags.silent_of(session, person, today))
    kept = {
        "day": today,
        "made_at": now,
        "rule_set": found.rule_set,
        "reasons": [reason.as_json() for reason in reasons],
    }
    await session.execute(insert_or_ignore(session, Proposal).values(person_id=person.id, **kept))
    await session.execute(update(Proposal).where(Proposal.person_id == person.id).values(**kept))


async def stored(session: AsyncSession, person: Person, day: dtm.date) -> list[Reason] | None:
    """The reasons of the last look; None where it was for another day, or the person did something since.

    Whoever has done nothing since a look is due for the next of the daily ones (flags.look_soon).
    """
    query = select(Proposal.made_at, Proposal.reasons).where(Proposal.person_id == person.id, Proposal.day == day)
    kept = (await session.execute(query)).one_or_none()
    if kept is None or person.evaluate_at != flags.next_look(person, kept.made_at):
        return None
    return [Reason.from_json(reason) for reason in kept.reasons]


async def fresh(
    session: AsyncSession, person: Person, day: dtm.date, evaluate: Evaluate, now: dtm.datetime
) -> list[Reason]:
    """The reasons for a day, found now; those for the person's today are kept. Raises what `evaluate` raises."""
    found = await look(session, person, day, evaluate)
    if day == person.today(now):
        await store(session, person, found, day, now)
    return reasons_of(found, await flags.silent_of(session, person, day))


async def look(session: AsyncSession, person: Person, day: dtm.date, evaluate: Evaluate) -> Assessment:
    """What the rules find about a person's accounts on a day, with the derivation of every priority.

    Of a day to come they know what is so today; the person's own habits are not judged. Raises what `evaluate` raises.
    """
    history = (await histories.gather(session, [person], {person.id: day}, is_over=False))[person.id]
    return await evaluate([*account_facts_of(history), *agenda_of(history)])
