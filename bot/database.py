"""The database: engine, transactions, migrations. SQLite and PostgreSQL alike.

SQLite runs in WAL mode with synchronous=FULL, and every writing transaction begins IMMEDIATE: a plain
BEGIN that reads and then writes fails with "database is locked" under eight writers (452-1,068 times in
the measurement behind docs/decisions/0002-delivery-is-ours.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, ExceptionContext, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker, create_async_engine

MIGRATIONS = Path(__file__).parent / "migrations"
READ_ONLY = {"coach_read_only": True}
MIGRATING = {"coach_migrating": True}
MIGRATION_LOCK = 7_202_611
"""Key of the PostgreSQL advisory lock that lets one process migrate while the others wait."""


class Database:
    """The engine and its transactions."""

    def __init__(self, url: str) -> None:
        """Take an SQLAlchemy address; `sqlite:` and `postgresql:` get their asynchronous driver."""
        address = make_url(url)
        driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
        address = address.set(drivername=driver.get(address.drivername, address.drivername))
        self.is_sqlite = address.get_backend_name() == "sqlite"
        if self.is_sqlite and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        # hide_parameters: an error must not quote what a person wrote.
        self.engine = create_async_engine(address, hide_parameters=True)
        if self.is_sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
            # Closing a connection whose statement was cancelled leaves the write lock to whoever still holds a cursor.
            event.listen(self.engine.sync_engine, "invalidate", lambda connection, *_: connection.rollback())
        else:
            event.listen(self.engine.sync_engine, "handle_error", _keep_cancellation)
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        # SQLite has one writer; waiting here costs nothing, while its own busy handler sleeps up to 100 ms.
        self._writing = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """One writing transaction: committed at the end, rolled back on any exception."""
        if self._writing is None:
            async with self._sessions.begin() as session:
                yield session
        else:
            async with self._writing, self._sessions.begin() as session:
                yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading only; it waits for no writer."""
        async with self._sessions() as session:
            await session.connection(execution_options=READ_ONLY)
            yield session

    async def migrate(self) -> None:
        """Bring the tables to the newest revision; several processes may call it at once."""
        async with self.migrating() as connection:
            await connection.run_sync(_upgrade)

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """A transaction in which tables may be rebuilt, one process at a time.

        SQLite alters a table by dropping and rebuilding it; with foreign keys on, the drop would take along every row
        that refers to the table. They are off for this connection, which is closed afterwards.
        """
        async with self.engine.connect() as plain:
            connection = await plain.execution_options(**MIGRATING)
            async with connection.begin():
                await lock(connection, MIGRATION_LOCK)
                yield connection
            if self.is_sqlite:
                await connection.invalidate()

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


async def lock(connection: AsyncConnection, key: int) -> None:
    """Let one transaction at a time pass, until it ends; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def read_in_order(session: AsyncSession) -> None:
    """Let PostgreSQL read in the order of an index until the transaction ends, rather than sort.

    When thousands of rows come at once, its statistics know nothing of them yet; it then sorts them all for each that
    it hands out (85 ms instead of 15 with 10,000 messages waiting, on a busy machine).
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SET LOCAL enable_sort = off"))


def insert_or_ignore(session: AsyncSession, table: type[Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into `table` that leaves out rows whose unique key exists, for either database."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("coach_migrating"):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.exec_driver_sql("BEGIN" if options.get("coach_read_only") else "BEGIN IMMEDIATE")


def _keep_cancellation(context: ExceptionContext) -> BaseException | None:
    """A cancellation that psycopg turned into an AssertionError, given back; its connection is thrown away.

    It does so where a task is cancelled at the entry of the pipeline behind executemany (3.3.9): the connection stays
    in pipeline mode, in which no later query finds its rows, and the task goes on as if nobody had cancelled it.
    """
    error = context.original_exception
    if not (isinstance(error, AssertionError) and isinstance(error.__context__, asyncio.CancelledError)):
        return None
    context.is_disconnect, context.invalidate_pool_on_disconnect = True, False
    return error.__context__


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def head_revision() -> str | None:
    """The newest revision of the tables that the code knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
