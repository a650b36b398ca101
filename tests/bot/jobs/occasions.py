"""What the tests of reminders share: a manager with accounts and a plan, and an occasion on which one is composed."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any, cast

from bot.context import Shared
from bot.database import Database
from bot.jobs.composers import COMPOSERS
from bot.jobs.reminders import Occasion, Skip
from bot.models import Account, Kind, Person, Reminder, Role, Urgency
from bot.replies import Say
from bot.services import day_plans, teams
from bot.texts import Texts, Voice

TODAY = dtm.date(2026, 11, 23)
"""A Monday without days off around it but its weekends."""

TEXTS = Texts()


def at(hour: int, minute: int = 0, day: dtm.date = TODAY) -> dtm.datetime:
    """An instant by the manager's clock, eight hours before UTC."""
    return dtm.datetime.combine(day, dtm.time(hour, minute), dtm.UTC) - dtm.timedelta(hours=8)


async def let_in(database: Database, *rows: object) -> None:
    """A manager with five accounts, a colleague with one, and these rows."""
    async with database.begin() as session:
        for number, name in ((1, "陈晓"), (2, "林建国")):
            session.add(
                Person(
                    id=number,
                    telegram_id=number,
                    name=name,
                    role=Role.MANAGER,
                    time_zone="Asia/Shanghai",
                    joined_at=at(0),
                )
            )
        await session.flush()
        names = ["永辉五一店", "华联超市", "小河副食", "城东烟酒行", "Sunny Mart"]
        for number, name in enumerate(names, start=1):
            session.add(Account(id=number, person_id=1, name=name, tier="B", created_at=at(0)))
        session.add(Account(id=9, person_id=2, name="别人的店", tier="B", created_at=at(0)))
        await session.flush()
        session.add_all(rows)


async def plan(database: Database, *account_ids: int, day: dtm.date = TODAY) -> None:
    """A plan that the manager confirmed."""
    async with database.begin() as session:
        me = await session.get_one(Person, 1)
        await day_plans.confirm(
            session, me, day, account_ids, target=6, arithmetic=None, reasons=(), now=at(8, 30, day)
        )


async def composed(
    database: Database, kind: Kind, now: dtm.datetime, *, day: dtm.date = TODAY, locale: str = "zh", **more: Any
) -> Sequence[Say] | Skip:
    """What a reminder of this kind tells the manager."""
    async with database.begin() as session:
        reminder = Reminder(
            id=77,
            key="77",
            person_id=1,
            kind=kind,
            day=day,
            due_at=now,
            not_before=now,
            urgency=Urgency.PLAN,
            subject=more.get("subject"),
        )
        person = await session.get_one(Person, 1)
        workdays = await teams.workdays_of(session, person)
        occasion = Occasion(session, cast(Shared, None), person, workdays, Voice(TEXTS, locale), reminder, day, now)
        said = await COMPOSERS[kind](occasion)
    return said if isinstance(said, Skip) else [one for one in said if isinstance(one, Say)]


async def text(database: Database, kind: Kind, now: dtm.datetime, **more: Any) -> str:
    """The words of the one message that a reminder tells, without its markup; the reason where it tells none."""
    said = await composed(database, kind, now, **more)
    if isinstance(said, Skip):
        return f"skipped: {said.reason}"
    (one,) = said
    return one.html.replace("<b>", "").replace("</b>", "")
