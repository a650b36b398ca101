"""Sharing: a note is its author's alone until he taps, and again once he takes that back; on both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Account, Membership, Note, NoteState, Person, Promise, Role, Team, Visit
from bot.services import demo, notes, people, sharing
from tests.bot.escalating import CHEN, LEAD, LIN, MONDAY, OWNER, at

NOW = at(0)


async def person_of(session: Any, telegram_id: int) -> Person:
    person = await people.find(session, telegram_id)
    assert person is not None
    return person


@pytest.fixture
async def note_id(database: Database) -> int:
    """A note of 陈晓 about a visit, confirmed."""
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        chen = await person_of(session, CHEN)
        account = Account(person_id=chen.id, name="永辉", tier="A", created_at=NOW)
        note = Note(person_id=chen.id, text="老张想换货", written_at=NOW, state=NoteState.CONFIRMED, confirmed_at=NOW)
        session.add_all([account, note])
        await session.flush()
        at_account = {"person_id": chen.id, "account_id": account.id, "note_id": note.id}
        session.add(Visit(**at_account, day=MONDAY, outcome="info", text=note.text))
        session.add(Promise(**at_account, made_on=MONDAY, what="送样品"))
        return note.id


async def reads(database: Database, telegram_id: int, note_id: int) -> bool:
    """Whether somebody can read the note: opened by itself, in the account's list, and from the visit."""
    async with database.read() as session:
        asker, chen = await person_of(session, telegram_id), await person_of(session, CHEN)
        (account,) = await session.scalars(select(Account))
        listed = [one.note.id for one in await sharing.of_account(session, asker, account)]
        try:
            assert (await sharing.readable(session, asker, note_id)).author.id == chen.id
        except NoSuchRecord:
            assert listed == []
            return False
        assert listed == [note_id]
        return True


async def test_a_note_is_read_by_his_leads_while_he_shares_it(database: Database, note_id: int) -> None:
    assert [who for who in (CHEN, LIN, LEAD, OWNER) if await reads(database, who, note_id)] == [CHEN]
    async with database.begin() as session:
        chen = await person_of(session, CHEN)
        await sharing.share(session, chen, note_id, NOW)
        await sharing.share(session, chen, note_id, at(1))
    async with database.read() as session:
        assert (await session.get_one(Note, note_id)).shared_at == NOW
        chen, lead, lin = [await person_of(session, who) for who in (CHEN, LEAD, LIN)]
        week = (MONDAY, MONDAY + dtm.timedelta(days=6))
        assert await sharing.of_visits(session, lead, chen.id, *week) == [(note_id, MONDAY, "永辉")]
        assert await sharing.of_visits(session, lead, chen.id, week[1], week[1]) == []
        with pytest.raises(NoSuchRecord):
            await sharing.of_visits(session, lin, chen.id, *week)
        assert [one.note.id for one in await sharing.shared_by(session, chen)] == [note_id]
        assert await sharing.shared_by(session, lin) == await sharing.shared_by(session, lead) == []
    assert [who for who in (CHEN, LIN, LEAD, OWNER) if await reads(database, who, note_id)] == [CHEN, LEAD, OWNER]
    async with database.begin() as session:
        await sharing.withdraw(session, await person_of(session, CHEN), note_id)
    assert not await reads(database, LEAD, note_id)


async def test_another_team_a_former_lead_and_the_next_manager_of_the_account_read_nothing(
    database: Database, note_id: int
) -> None:
    async with database.begin() as session:
        west = Team(name="城西", overrides={}, created_at=NOW)
        other = Person(telegram_id=2005, name="西", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add_all([west, other])
        await session.flush()
        session.add(Membership(person_id=other.id, team_id=west.id))
        await sharing.share(session, await person_of(session, CHEN), note_id, NOW)
        (account,) = await session.scalars(select(Account))
        account.person_id = (await person_of(session, LIN)).id
    assert not await reads(database, 2005, note_id)
    assert not await reads(database, LIN, note_id)
    assert await reads(database, LEAD, note_id)
    async with database.begin() as session:
        lead = await person_of(session, LEAD)
        await session.execute(delete(Membership).where(Membership.person_id == lead.id))
    assert not await reads(database, LEAD, note_id)


async def test_only_its_author_shares_only_what_he_confirmed_and_an_undo_takes_it_back(
    database: Database, note_id: int
) -> None:
    async with database.begin() as session:
        chen = await person_of(session, CHEN)
        for telegram_id in (LIN, LEAD, OWNER):
            asker = await person_of(session, telegram_id)
            for act in (sharing.share(session, asker, note_id, NOW), sharing.withdraw(session, asker, note_id)):
                with pytest.raises(NoSuchRecord):
                    await act
        await sharing.share(session, chen, note_id, NOW)
        note = await notes.undo(session, chen, note_id, NOW)
        assert note.shared_at is None
        with pytest.raises(NoSuchRecord):
            await sharing.share(session, chen, note_id, NOW)
