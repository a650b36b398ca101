"""Runs the migrations on the connection of `bot.database`, or on the settings' database for alembic's own commands."""

from __future__ import annotations

import asyncio
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from bot.database import Database
from bot.models import Base
from bot.models.base import UtcDateTime
from bot.settings import Settings


def render_item(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our instants as plain columns, so that a revision never depends on today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run(connection: Connection) -> None:
    """Apply the revisions on one connection; batch mode lets SQLite alter tables."""
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, render_item=render_item
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_on_settings() -> None:
    """Apply the revisions on the database of the settings."""
    database = Database(Settings().database)
    async with database.migrating() as connection:
        await connection.run_sync(run)
    await database.close()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_on_settings())
