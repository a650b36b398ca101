"""What all tests share: databases of both kinds, a stage with the real Application; and CI skips nothing."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from bot import log
from bot.database import Database
from bot.settings import Settings
from tests.telegram import Stage, empty_sqlite

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """Log as the coach does, so that the tests see what an operator would."""
    log.set_up(Settings(_env_file=None))


def require(available: bool, reason: str) -> None:
    """Skip a test on a user's machine that lacks something; fail it in continuous integration."""
    if available:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"must run in CI: {reason}")
    pytest.skip(reason)


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of the PostgreSQL server."""
    require(_postgres_answers(), "no PostgreSQL on 127.0.0.1:5432 (trust, database test)")
    return POSTGRES


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """An empty schema of its own on the PostgreSQL server."""
    schema = f"t_{secrets.token_hex(6)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield f"{postgres}?options=-csearch_path%3D{schema}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'coach.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def postgres_emptied(postgres: str) -> Iterator[str]:
    """The address of a PostgreSQL database with all tables; whoever uses it leaves it without rows (`emptied`)."""
    name = f"t_{secrets.token_hex(6)}"
    url = f"{postgres.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")

        async def make() -> None:
            database = Database(url)
            await database.migrate()
            await database.close()

        asyncio.run(make())
        yield url
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def emptied(url: str) -> None:
    """Take all rows out of a database and let its numbers begin at 1 again: much quicker than a database a test."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        ).fetchall()
        look = sql.SQL("(SELECT {} FROM {} LIMIT 1)")
        filled = sql.SQL(" UNION ALL ").join(look.format(sql.Literal(name), sql.Identifier(name)) for (name,) in tables)
        connection.execute("SET session_replication_role = replica")  # no table waits for another
        for (name,) in connection.execute(filled).fetchall():
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
        connection.execute(
            "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences"
            " WHERE schemaname = 'public' AND last_value IS NOT NULL"
        )


@pytest.fixture(params=["sqlite", "postgresql"])
def filled_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and no rows, once of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "coach.sqlite3"
        file.write_bytes(empty_sqlite())
        yield f"sqlite:///{file}"
        return
    url: str = request.getfixturevalue("postgres_emptied")
    yield url
    emptied(url)


@pytest.fixture
async def database(filled_url: str) -> AsyncIterator[Database]:
    """A database with all tables, once of each kind."""
    database = Database(filled_url)
    yield database
    await database.close()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The coach with the demo team, on SQLite."""
    async with Stage(tmp_path) as stage:
        yield stage


@pytest.fixture
async def empty_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The coach before anybody has been let in, on SQLite."""
    async with Stage(tmp_path, demo_team=False) as stage:
        yield stage
