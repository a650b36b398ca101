"""What is forgotten after some weeks, and what stays; on both databases."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import select

from bot.database import Database
from bot.jobs import retention
from bot.models import (
    Kind,
    MessageState,
    OutboxMessage,
    Person,
    RawUpdate,
    Reminder,
    Role,
    UpdateState,
    Upload,
    UploadState,
)

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
OLD, NEW = NOW - dtm.timedelta(days=31), NOW - dtm.timedelta(days=29)


async def test_settled_messages_and_old_files_are_forgotten(database: Database) -> None:
    async with database.begin() as session:
        person = Person(telegram_id=1, name="陈", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=OLD)
        session.add(person)
        await session.flush()
        for number, (at, state) in enumerate(
            [(OLD, UpdateState.DONE), (OLD, UpdateState.FAILED), (NEW, UpdateState.DONE)]
        ):
            session.add(RawUpdate(update_id=number, chat_id=1, payload="{}", received_at=at, state=state))
        for number, (at, sent) in enumerate(
            [(OLD, MessageState.SENT), (OLD, MessageState.PENDING), (NEW, MessageState.DEAD)]
        ):
            message = {"chat_id": 1, "method": "sendMessage", "params": {}, "created_at": at, "not_before": at}
            session.add(OutboxMessage(key=str(number), state=sent, **message))
        for name, at in (("old", OLD), ("new", NEW)):
            file = {"file_id": "f", "size": 1, "state": UploadState.PREVIEWED, "content": {"accounts": {}}}
            session.add(Upload(person_id=person.id, name=name, received_at=at, **file))
        for key, at, stand in (("a", OLD, "queued"), ("b", OLD, "pending"), ("c", NEW, "skipped")):
            slot = {"person_id": person.id, "kind": Kind.MORNING, "day": at.date(), "due_at": at, "not_before": at}
            session.add(Reminder(key=key, state=stand, settled_at=None if stand == "pending" else at, **slot))
    assert await retention.forget(database, NOW, 30) == 4
    async with database.read() as session:
        assert list(await session.scalars(select(RawUpdate.update_id).order_by(RawUpdate.update_id))) == [1, 2]
        assert list(await session.scalars(select(OutboxMessage.key).order_by(OutboxMessage.key))) == ["1", "2"]
        assert list(await session.scalars(select(Upload.name))) == ["new"]
        assert list(await session.scalars(select(Reminder.key).order_by(Reminder.key))) == ["b", "c"]
