"""The database: revisions and tables agree, transactions hold, SQLite is durable; on both databases."""

from __future__ import annotations

import asyncio
import datetime as dtm

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text

from bot.database import MIGRATIONS, Database, head_revision
from bot.models import Base, Person, Question, Role

JOINED = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


def somebody(telegram_id: int) -> Person:
    return Person(telegram_id=telegram_id, name="陈晓", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=JOINED)


async def test_the_revisions_make_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        # The index of passages is each database's own kind of table, made by its migration.
        kept = {"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("passage_index")}
        context = MigrationContext.configure(connection, opts={"compare_type": False} | kept)
        return list(compare_metadata(context, Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_migration_keeps_every_row(database_url: str) -> None:
    """SQLite rebuilds altered tables; nothing that refers to them may go with the old one."""
    database = Database(database_url)
    first = Config()
    first.set_main_option("script_location", str(MIGRATIONS))
    async with database.migrating() as connection:
        first.attributes["connection"] = connection.sync_connection
        await connection.run_sync(lambda _: command.upgrade(first, "0001"))
        await connection.execute(
            text(
                "INSERT INTO person (id, telegram_id, name, role, time_zone, joined_at)"
                " VALUES (1, 5, '陈晓', 'manager', 'Asia/Shanghai', '2026-11-23 00:30:00')"
            )
        )
        await connection.execute(
            text(
                "INSERT INTO question (id, person_id, asked_at, locale, text, outcome, suggested, confidence)"
                " VALUES (1, 1, '2026-11-23 00:30:00', 'zh', '大客户怎么算', 'none', '[]', 0.1)"
            )
        )
    await database.migrate()
    async with database.begin() as session:
        question = await session.get_one(Question, 1)
        assert question.text == "大客户怎么算"
        await session.delete(await session.get_one(Person, question.person_id))
    async with database.read() as session:
        assert await session.get(Question, 1) is None  # foreign keys are on again
    await database.close()


async def test_migrating_again_and_at_once_is_harmless(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)
    await first.migrate()
    await asyncio.gather(first.migrate(), second.migrate())
    async with first.read() as session:
        assert await session.scalar(text("SELECT version_num FROM alembic_version")) == head_revision()
    await first.close()
    await second.close()


async def test_instants_come_back_in_utc(database: Database) -> None:
    shanghai = JOINED.astimezone(dtm.timezone(dtm.timedelta(hours=8)))
    async with database.begin() as session:
        person = somebody(1)
        person.joined_at = shanghai
        session.add(person)
    async with database.read() as session:
        found = await session.scalar(select(Person.joined_at))
    assert found == JOINED
    assert found is not None
    assert found.tzinfo is dtm.UTC


async def test_an_instant_without_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="without time zone"):
        async with database.begin() as session:
            person = somebody(1)
            person.joined_at = dtm.datetime(2026, 11, 23)  # noqa: DTZ001 - the point of the test
            session.add(person)


async def test_an_exception_takes_everything_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.begin() as session:
            session.add(somebody(1))
            await session.flush()
            raise RuntimeError
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 0


async def test_many_writers_that_read_first_never_meet_a_lock(database: Database) -> None:
    async def join(telegram_id: int) -> None:
        async with database.begin() as session:
            await session.scalar(select(func.count()).select_from(Person))
            session.add(somebody(telegram_id))

    await asyncio.gather(*(join(number) for number in range(24)))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 24


async def test_two_processes_on_one_sqlite_file_wait_for_each_other(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('two') / 'coach.sqlite3'}"
    first, second = Database(url), Database(url)
    await first.migrate()

    async def join(database: Database, telegram_id: int) -> None:
        async with database.begin() as session:
            await session.scalar(select(func.count()).select_from(Person))
            session.add(somebody(telegram_id))

    await asyncio.gather(*(join((first, second)[number % 2], number) for number in range(16)))
    async with first.read() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 16
    await first.close()
    await second.close()


async def test_sqlite_is_set_to_survive_a_power_cut_and_to_wipe_what_is_deleted(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('pragma') / 'coach.sqlite3'}")
    async with database.read() as session:
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await session.scalar(text("PRAGMA synchronous")) == 2
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
        assert await session.scalar(text("PRAGMA secure_delete")) == 1
    await database.close()


async def test_an_error_of_the_database_does_not_quote_what_was_stored(database: Database) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - either database's own
        async with database.begin() as session:
            session.add_all([somebody(5), somebody(5)])
    assert "陈晓" not in str(caught.value)
