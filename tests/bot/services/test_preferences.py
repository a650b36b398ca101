"""Preferences: only what makes sense is kept, and nothing but what was chosen."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.models import Account, Goal, GoalKind, Kind, Person, Preferences, Role
from bot.services import preferences
from bot.services.preferences import SettingRefused

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


async def test_only_what_was_chosen_is_kept_and_nonsense_changes_nothing(database: Database) -> None:
    async with database.begin() as session:
        session.add(
            Person(id=1, telegram_id=1, name="陈晓", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
        )
    async with database.begin() as session:
        person = await session.get_one(Person, 1)
        await preferences.change(session, person, NOW, morning_at=dtm.time(7, 45))
        await preferences.switch(session, person, Kind.NUDGE, NOW, on=False)
        await preferences.switch(session, person, Kind.NUDGE, NOW, on=False)
        for wrong in (
            {"morning_at": None},
            {"morning_at": dtm.time(20)},
            {"evening_at": dtm.time(8)},
            {"appointment_lead_minutes": None},
            {"appointment_lead_minutes": 1441},
        ):
            with pytest.raises(SettingRefused):
                await preferences.change(session, person, NOW, **wrong)
    async with database.read() as session:
        person = await session.get_one(Person, 1)
        assert person.choices == {"morning_at": "07:45:00", "off": ["nudge"]}
        assert person.preferences == Preferences(morning_at=dtm.time(7, 45), off=frozenset({"nudge"}))


@pytest.mark.parametrize(
    ("first", "last", "quiet"),
    [
        ("21:00", "07:00", {"21:00", "23:59", "00:00", "06:59"}),
        ("12:00", "14:00", {"12:00", "13:59"}),
        ("21:00", "21:00", set()),
    ],
)
def test_quiet_hours_over_midnight_within_a_day_and_none(first: str, last: str, quiet: set[str]) -> None:
    chosen = Preferences(quiet_from=dtm.time.fromisoformat(first), quiet_until=dtm.time.fromisoformat(last))
    looked_at = ["21:00", "23:59", "00:00", "06:59", "07:00", "20:59", "11:59", "12:00", "13:59", "14:00"]
    assert {time for time in looked_at if chosen.is_quiet(dtm.time.fromisoformat(time))} == quiet


def test_the_times_that_nobody_would_hear_are_named() -> None:
    chosen = Preferences(morning_at=dtm.time(6, 30), evening_at=dtm.time(22))
    assert preferences.unheard(chosen, {"morning_at", "evening_at", "nudge_at"}) == ["morning_at", "evening_at"]
    assert preferences.unheard(chosen, {"digest_at"}) == []


async def test_money_is_counted_in_another_unit_and_what_is_kept_is_converted(database: Database) -> None:
    async with database.begin() as session:
        for number in (1, 2):
            session.add(
                Person(
                    id=number,
                    telegram_id=number,
                    name="陈晓",
                    role=Role.MANAGER,
                    time_zone="Asia/Shanghai",
                    joined_at=NOW,
                )
            )
        await session.flush()
        session.add_all(
            Account(id=number, person_id=number, name="店", tier="A", created_at=NOW, potential=120_000, annual_sales=5)
            for number in (1, 2)
        )
        month = NOW.date().replace(day=1)
        session.add(Goal(person_id=1, month=month, kind=GoalKind.VOLUME, target=30_000, reached=None))
        session.add(Goal(person_id=1, month=month, kind=GoalKind.VISITS, target=80))
    kept = {}
    for unit in ("元", "万元", "k USD", "万"):
        async with database.begin() as session:
            person = await session.get_one(Person, 1)
            if unit == "k USD":
                with pytest.raises(SettingRefused) as refused:
                    await preferences.count_money_in(session, person, unit)
                assert refused.value.text_id == "settings-other-currency"
            else:
                await preferences.count_money_in(session, person, unit)
        async with database.read() as session:
            account = await session.get_one(Account, 1)
            volume = await session.get_one(Goal, (1, month, GoalKind.VOLUME))
            unit_now = (await session.get_one(Person, 1)).money_unit
            kept[unit] = (unit_now, account.potential, account.annual_sales, volume.target, volume.reached)
            assert (await session.get_one(Goal, (1, month, GoalKind.VISITS))).target == 80
            assert (await session.get_one(Account, 2)).potential == 120_000
    assert kept == {
        "元": ("元", 120_000, 5, 30_000, None),
        "万元": ("万元", 12, 0.0005, 3, None),
        "k USD": ("万元", 12, 0.0005, 3, None),
        "万": ("万", 12, 0.0005, 3, None),
    }
