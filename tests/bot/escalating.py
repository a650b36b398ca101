"""What the tests of escalations share: a team with flags that stay open, and the clock of its days."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import select

from bot.jobs.composers import COMPOSERS
from bot.jobs.escalation import Escalation as Job
from bot.jobs.reminders import Composer, Occasion, Skip
from bot.models import Account, Aside, Escalation, Evaluation, Flag, Person, Reminder
from tests.telegram import Stage

CHEN, LIN, LEAD, OWNER = 1001, 1002, 2001, 3001
MONDAY = dtm.date(2026, 11, 23)
"""The day on which the stage's clock stands; the next day off is Saturday."""


def at(day: int, hour: int = 8, minute: int = 30) -> dtm.datetime:
    """An instant in Shanghai, so many days after that Monday."""
    local = dtm.datetime.combine(MONDAY + dtm.timedelta(days=day), dtm.time(hour, minute), dtm.UTC)
    return local - dtm.timedelta(hours=8)


def chain(
    account_id: int | None, rule: str = "promise_late", habit: str = "broken_promise", days: int = 3
) -> dict[str, Any]:
    """A derivation as the rules leave it: a signal with its figures, and the habit that follows from it."""
    about = str(account_id) if account_id else None
    step: dict[str, Any] = {"version": 1, "account": about, "item": None, "tested": []}
    why = {
        "id": "flag-why-promise-late",
        "values": {"late_promises": 1, "most_workdays_late": days, "late_limit_workdays": 1},
    }
    signal = step | {"rule": rule, "layer": "signal", "code": rule, "why": why, "source": ["K4.5"], "because": []}
    return step | {
        "rule": habit,
        "layer": "habit",
        "code": habit,
        "why": None,
        "source": ["M4.7.2.9", "K4.5"],
        "because": [signal],
    }


async def person_of(stage: Stage, telegram_id: int) -> Person:
    """The row behind a Telegram account."""
    async with stage.coach.database.read() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    assert person is not None
    return person


async def raise_flag(stage: Stage, telegram_id: int, name: str | None, opened_at: dtm.datetime, **columns: Any) -> int:
    """An open flag of somebody, at an account of this name where there is one; its id."""
    person = await person_of(stage, telegram_id)
    async with stage.coach.database.begin() as session:
        account = None
        if name is not None:
            account = Account(person_id=person.id, name=name, tier="A", created_at=opened_at)
            session.add(account)
        evaluation = Evaluation(
            person_id=person.id, day=person.today(opened_at), evaluated_at=opened_at, rule_set="r", facts=[]
        )
        session.add(evaluation)
        await session.flush()
        values = {
            "habit": "broken_promise",
            "severity": "warning",
            "is_private": False,
            "advice": "over-promising",
            "clears": "flag-clears-broken-promise",
            "derivation": chain(account.id if account else None),
        } | columns
        flag = Flag(
            person_id=person.id,
            account_id=account.id if account else None,
            evaluation_id=evaluation.id,
            opened_at=opened_at,
            **values,
        )
        session.add(flag)
    return flag.id


async def change(stage: Stage, flag_id: int, **columns: Any) -> None:
    """Let something happen to a flag."""
    async with stage.coach.database.begin() as session:
        flag = await session.get_one(Flag, flag_id)
        for column, value in columns.items():
            setattr(flag, column, value)


async def go_to(stage: Stage, instant: dtm.datetime) -> None:
    """Move the clock, plan what is to be heard then, and let it be said."""
    stage.clock.move_to(instant)
    await Job(stage.coach.database, stage.clock).run()
    await stage.move_to(instant)


async def escalation_of(stage: Stage, flag_id: int) -> Escalation | None:
    """How a flag stands on its way to the lead."""
    async with stage.coach.database.read() as session:
        return await session.get(Escalation, flag_id)


async def ends(stage: Stage, kind: str) -> list[tuple[str, str | None]]:
    """How the reminders of a kind ended, in their order."""
    async with stage.coach.database.read() as session:
        query = select(Reminder).where(Reminder.kind == kind).order_by(Reminder.due_at, Reminder.id)
        return [(row.state, row.reason) for row in await session.scalars(query)]


def heard(stage: Stage, telegram_id: int, word: str) -> list[str]:
    """All messages of the coach to somebody that hold a word, oldest first."""
    texts = [m.get("text", "") for m in stage.api.messages(telegram_id) if m["from"]["is_bot"]]
    return [text for text in texts if word in text]


async def _nothing(_occasion: Occasion) -> Skip:
    return Skip("nothing")


ONLY: dict[str, Composer] = {
    **dict.fromkeys(COMPOSERS, _nothing),
    Aside.FOREWARNING: COMPOSERS[Aside.FOREWARNING],
    Aside.ESCALATION: COMPOSERS[Aside.ESCALATION],
}
"""The composers of escalations; everything else that is told unasked stays silent."""
