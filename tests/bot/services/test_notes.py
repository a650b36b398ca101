"""Notes: a visit told by one tap gets the words of a later note, and loses them again where that is taken back."""

from __future__ import annotations

import datetime as dtm

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.errors import AlreadyDone, TooLateToUndo
from bot.language.understanding import Card, Understanding
from bot.models import Account, NextStep, Note, Person, Role, Visit
from bot.services import notes

NOW = dtm.datetime(2026, 11, 23, 10, 0, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)


async def visits(database: Database) -> list[tuple[str, str | None, str]]:
    async with database.read() as session:
        return [(one.text, one.contact, one.outcome) for one in await session.scalars(select(Visit))]


async def test_a_tap_its_words_and_the_way_back(database: Database) -> None:
    async with database.begin() as session:
        chen = Person(id=1, telegram_id=1, name="陈晓", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(chen)
        await session.flush()
        account = Account(id=7, person_id=1, name="永兴便利店", tier="A", created_at=NOW)
        session.add(account)
        await session.flush()
        session.add(NextStep(person_id=1, account_id=7, agreed_on=TODAY, what="", due=TODAY, is_appointment=True))
        await notes.tell_by_tap(session, chen, account, TODAY, NOW, outcome="absent")
    assert await visits(database) == [("", None, "absent")]
    async with database.begin() as session:
        chen = await session.get_one(Person, 1)
        note = await notes.begin(session, chen, "后来张经理来了，要了两箱", NOW)
        told = Card(account=7, contact="张经理", kind="visit", day=TODAY, outcome="order")
        notes.revise(note, Understanding("visit", (told,)))
        await notes.confirm(session, chen, note, NOW)
        assert (await session.scalars(select(NextStep.done_on))).all() == [TODAY]
    assert await visits(database) == [("后来张经理来了，要了两箱", "张经理", "order")]
    async with database.begin() as session:
        chen = await session.get_one(Person, 1)
        with pytest.raises(AlreadyDone):  # it has words by now
            await notes.take_back_tap(session, chen, 7, TODAY, NOW)
        await notes.undo(session, chen, note.id, NOW)
        assert (await session.scalars(select(NextStep.done_on))).all() == [None]
    assert await visits(database) == [("", None, "absent")]
    async with database.begin() as session:
        chen = await session.get_one(Person, 1)
        with pytest.raises(TooLateToUndo):
            await notes.take_back_tap(session, chen, 7, TODAY, NOW + dtm.timedelta(minutes=11))
        await notes.take_back_tap(session, chen, 7, TODAY, NOW)
        with pytest.raises(AlreadyDone):
            await notes.take_back_tap(session, chen, 7, TODAY, NOW)
        states = (await session.scalars(select(Note.state).order_by(Note.id))).all()
        assert states == ["discarded", "draft"]
    assert await visits(database) == []
