"""People: found, let in once, with the language of their Telegram; on both databases."""

from __future__ import annotations

import asyncio
import datetime as dtm

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.models import Membership, Person, Role
from bot.services import demo, people

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


@pytest.mark.parametrize(
    ("code", "locale"),
    [("zh-hans", "zh"), ("zh_TW", "zh"), ("ZH", "zh"), ("en-GB", "en"), ("fr", None), ("", None), (None, None)],
)
def test_the_language_of_telegram(code: str | None, locale: str | None) -> None:
    assert people.locale_of(code) == locale


async def enrol(database: Database, telegram_id: int) -> bool:
    async with database.begin() as session:
        person = await people.enrol_owner(
            session, telegram_id, name="名" * 200, telegram_locale="zh", time_zone="Asia/Shanghai", now=NOW
        )
        return person is not None


async def test_of_many_who_start_at_once_one_becomes_the_owner(database: Database) -> None:
    let_in = await asyncio.gather(*(enrol(database, number) for number in range(8)))
    assert sum(let_in) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 1
        owner = await session.scalar(select(Person))
    assert owner is not None
    assert owner.role == Role.OWNER
    assert len(owner.name) == 128


async def test_the_demo_team_is_seeded_once(database: Database) -> None:
    for _ in range(2):
        async with database.begin() as session:
            await demo.seed(session, "Asia/Shanghai", NOW)
    async with database.read() as session:
        roles = list(await session.scalars(select(Person.role).order_by(Person.telegram_id)))
        members = await session.scalar(select(func.count()).select_from(Membership))
    assert roles == [Role.MANAGER, Role.MANAGER, Role.LEAD, Role.OWNER]
    assert members == 3


async def test_ones_own_choice_of_language_goes_before_telegrams() -> None:
    person = Person(telegram_locale="zh")
    assert person.speaks("en") == "zh"
    person.locale = "en"
    assert person.speaks("zh") == "en"
    assert Person().speaks("zh") == "zh"
