"""Appointment reminders: where, when, with whom; nothing once it is kept, called off, moved, handed over or over."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from bot.database import Database
from bot.jobs.reminders import Skip
from bot.models import Account, Kind, NextStep
from tests.bot.jobs.occasions import TODAY, at, composed, let_in, text
from tests.telegram import height


def appointment(**more: Any) -> NextStep:
    values = {
        "id": 5,
        "person_id": 1,
        "account_id": 4,
        "agreed_on": dtm.date(2026, 11, 20),
        "what": "谈年度陈列",
        "due": TODAY,
        "time": dtm.time(15, 0),
        "is_appointment": True,
        "contact": "张经理",
    }
    return NextStep(**(values | more))


async def test_it_says_where_when_with_whom_and_can_be_prepared_or_put_off(database: Database) -> None:
    await let_in(database, appointment())
    said = await composed(database, Kind.APPOINTMENT, at(14), subject=5)
    assert not isinstance(said, Skip)
    (one,) = said
    assert one.html == "📍 <b>约好的：15:00</b>\n城东烟酒行\n👤 张经理\n📝 谈年度陈列"
    assert [button.action for row in one.buttons for button in row] == ["prepare:4", "snooze:77"]
    said = await composed(database, Kind.APPOINTMENT, at(14, 30), subject=5)  # in half an hour it would be too late
    assert not isinstance(said, Skip)
    assert [button.action for row in said[0].buttons for button in row] == ["prepare:4"]


async def test_one_of_tomorrow_names_its_day(database: Database) -> None:
    tomorrow = TODAY + dtm.timedelta(days=1)
    await let_in(database, appointment(due=tomorrow, time=dtm.time(9, 0), contact=None, what=""))
    words = await text(database, Kind.APPOINTMENT, at(9), day=tomorrow, subject=5, locale="en")
    assert words == "📍 Your appointment at Tue 24 Nov 09:00\n城东烟酒行"


async def test_what_happened_meanwhile_keeps_it_silent(database: Database) -> None:
    changes: dict[int, tuple[dict[str, Any], str]] = {
        11: ({"done_on": TODAY}, "done"),
        12: ({"dropped_on": TODAY}, "called_off"),
        13: ({"due": TODAY + dtm.timedelta(days=1)}, "moved"),
        14: ({"time": None}, "moved"),
        15: ({"time": dtm.time(13, 59)}, "over"),
        16: ({"person_id": 2}, "gone"),
        17: ({"account_id": 9}, "gone"),
    }
    await let_in(database, *(appointment(id=number, **change) for number, (change, _) in changes.items()))
    for number, (_, reason) in changes.items():
        assert await text(database, Kind.APPOINTMENT, at(14), subject=number) == f"skipped: {reason}"
    assert await text(database, Kind.APPOINTMENT, at(14), subject=18) == "skipped: gone"


async def test_long_names_fit_a_phone_and_what_left_the_book_is_not_told(database: Database) -> None:
    await let_in(database, appointment(what="谈" * 200, contact="张" * 60))
    async with database.begin() as session:
        (await session.get_one(Account, 4)).name = "城东" * 60
    assert height(await text(database, Kind.APPOINTMENT, at(14), subject=5)) <= 12
    async with database.begin() as session:
        (await session.get_one(Account, 4)).archived_on = TODAY
    assert await text(database, Kind.APPOINTMENT, at(14), subject=5) == "skipped: called_off"
