"""The common ground of all tables: naming of constraints, and instants kept in UTC."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

BigId = BigInteger().with_variant(Integer, "sqlite")
"""A growing 64-bit key: SQLite numbers rows only where the type is exactly INTEGER."""


class UtcDateTime(TypeDecorator[dtm.datetime]):
    """An aware instant, stored in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dtm.datetime | None, _dialect: Dialect) -> dtm.datetime | None:
        """Turn an aware instant into UTC. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without time zone")
        return value.astimezone(dtm.UTC)

    def process_result_value(self, value: dtm.datetime | None, _dialect: Dialect) -> dtm.datetime | None:
        """Give the instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=dtm.UTC) if value.tzinfo is None else value.astimezone(dtm.UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: dict[Any, Any] = {dtm.datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's form
