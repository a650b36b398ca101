"""Ask before promising: every reason on its limit, and the heaviest decides; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.models import Account, Person, Promise, Role
from bot.services import promising
from bot.services.promising import Light, Verdict

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)
FRIDAY = dtm.date(2026, 11, 27)


async def asked(
    database: Database, *owed: Promise, day: dtm.date | None = FRIDAY, accounts: int = 1, named: bool = False
) -> Verdict:
    async with database.begin() as session:
        session.add(
            Person(id=1, telegram_id=1, name="陈晓", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
        )
        await session.flush()
        session.add_all(
            Account(id=number, person_id=1, name=f"店{number}", tier="A", created_at=NOW)
            for number in range(1, accounts + 1)
        )
        await session.flush()
        session.add_all(owed)
        await session.flush()
        person = await session.get_one(Person, 1)
        account = await session.get_one(Account, 1) if named else None
        return await promising.consider(session, person, day, account, NOW)


def owe(due: dtm.date | None, *, kept: dtm.date | None = None, account_id: int | None = None) -> Promise:
    made = TODAY - dtm.timedelta(days=30)
    return Promise(person_id=1, account_id=account_id, made_on=made, what="送样品", due=due, kept_on=kept)


def lights(verdict: Verdict) -> dict[str, Light]:
    return {reason.text_id: reason.light for reason in verdict.reasons}


async def test_nothing_owed_is_green_with_its_reason(database: Database) -> None:
    verdict = await asked(database)
    assert verdict.light == Light.GREEN
    assert lights(verdict) == {"promising-open": Light.GREEN}


@pytest.mark.parametrize(("count", "light"), [(5, Light.GREEN), (6, Light.AMBER), (7, Light.AMBER), (8, Light.RED)])
async def test_the_number_of_open_promises(database: Database, count: int, light: Light) -> None:
    far = FRIDAY + dtm.timedelta(days=30)
    verdict = await asked(database, *(owe(far) for _ in range(count)))
    assert lights(verdict)["promising-open"] == light


@pytest.mark.parametrize(("count", "light"), [(1, Light.AMBER), (2, Light.AMBER), (3, Light.RED)])
async def test_late_promises_come_first(database: Database, count: int, light: Light) -> None:
    verdict = await asked(database, *(owe(dtm.date(2026, 11, 19)) for _ in range(count)))
    assert lights(verdict)["promising-late"] == light


@pytest.mark.parametrize(("count", "light"), [(1, Light.GREEN), (2, Light.AMBER), (4, Light.RED)])
async def test_what_falls_due_that_day(database: Database, count: int, light: Light) -> None:
    verdict = await asked(database, *(owe(FRIDAY) for _ in range(count)))
    assert lights(verdict)["promising-same-day"] == light


@pytest.mark.parametrize(("kept", "light"), [(7, Light.GREEN), (6, Light.RED)])
async def test_the_kept_rate_counts_from_ten_due_on_its_limit(database: Database, kept: int, light: Light) -> None:
    due = dtm.date(2026, 11, 11)
    owed = [owe(due, kept=due if number < kept else due + dtm.timedelta(days=2)) for number in range(10)]
    verdict = await asked(database, *owed)
    assert lights(verdict)["promising-rate"] == light


@pytest.mark.parametrize(
    ("day", "text_id", "light"),
    [
        (None, "promising-no-day", Light.AMBER),
        (TODAY, "promising-today", Light.AMBER),
        (dtm.date(2026, 11, 28), "promising-day-off", Light.AMBER),
        (dtm.date(2026, 11, 20), "promising-past", Light.RED),
    ],
)
async def test_the_day_itself(database: Database, day: dtm.date | None, text_id: str, light: Light) -> None:
    verdict = await asked(database, day=day)
    assert lights(verdict)[text_id] == light


async def test_a_day_off_proposes_the_next_workday(database: Database) -> None:
    verdict = await asked(database, day=dtm.date(2026, 11, 28))
    assert verdict.better == dtm.date(2026, 11, 30)


async def test_an_account_that_still_waits_is_red(database: Database) -> None:
    late = owe(dtm.date(2026, 11, 19), account_id=1)
    assert lights(await asked(database, late, named=True))["promising-account-late"] == Light.RED


async def test_a_book_larger_than_the_days_is_told(database: Database) -> None:
    # 40 key accounts ask for 160 visits in 20 workdays: 8 a day beside a target of 6
    verdict = await asked(database, accounts=40)
    assert lights(verdict)["promising-load"] == Light.AMBER
    assert next(one for one in verdict.reasons if one.text_id == "promising-load").values["required"] == "8.0"
