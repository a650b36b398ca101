"""Contacts: added once, renamed with their history, private to the account's manager; on both databases."""

from __future__ import annotations

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Contact, NextStep, Outcome, Person, Stance, Visit
from bot.services import accounts, contacts
from bot.services.contacts import ContactRefused
from tests.bot.services.test_accounts import CHEN, LIN, TODAY, ZHOU, account, fill


async def test_a_name_is_on_file_once_at_an_account(database: Database) -> None:
    await fill(database, account(7, "永兴便利店"), account(8, "小河副食"))
    async with database.begin() as session:
        chen = await session.get_one(Person, CHEN)
        here, there = await accounts.own(session, chen, 7), await accounts.own(session, chen, 8)
        zhang = await contacts.add(session, here, " 张经理 ", role="采购")
        assert (zhang.name, zhang.role, zhang.stance) == ("张经理", "采购", Stance.UNKNOWN)
        await contacts.add(session, there, "张经理", stance=Stance.OPPONENT)
        for name, text_id in (("张经理", "contacts-name-taken"), ("张" * 65, "contacts-too-long")):
            with pytest.raises(ContactRefused) as refused:
                await contacts.add(session, here, name)
            assert refused.value.text_id == text_id
        assert [one.name for one in await contacts.of(session, here)] == ["张经理"]


async def test_a_new_name_follows_to_where_he_was_met(database: Database) -> None:
    await fill(
        database,
        account(7, "永兴便利店"),
        account(8, "小河副食"),
        Contact(id=70, account_id=7, name="张经理"),
        Contact(id=71, account_id=7, name="李总"),
        Visit(id=1, person_id=CHEN, account_id=7, day=TODAY, outcome=Outcome.INFO, contact="张经理"),
        Visit(id=2, person_id=CHEN, account_id=8, day=TODAY, outcome=Outcome.INFO, contact="张经理"),
        NextStep(id=3, person_id=CHEN, account_id=7, agreed_on=TODAY, what="谈", contact="张经理"),
    )
    async with database.begin() as session:
        zhang = await contacts.own(session, await session.get_one(Person, CHEN), 70)
        await contacts.rename(session, zhang, "张伟")
        with pytest.raises(ContactRefused):
            await contacts.rename(session, zhang, "李总")
    async with database.read() as session:
        assert (await session.get_one(Contact, 70)).name == "张伟"
        assert [(await session.get_one(Visit, number)).contact for number in (1, 2)] == ["张伟", "张经理"]
        assert (await session.get_one(NextStep, 3)).contact == "张伟"


async def test_a_role_can_be_said_and_taken_back(database: Database) -> None:
    contact = Contact(account_id=7, name="张经理")
    contacts.describe(contact, " 采购  部 ")
    assert contact.role == "采购 部"
    with pytest.raises(ContactRefused):
        contacts.describe(contact, "长" * 65)
    contacts.describe(contact, None)
    assert contact.role is None


@pytest.mark.parametrize("asker", [LIN, ZHOU])
async def test_nobody_elses_contact_exists(database: Database, asker: int) -> None:
    await fill(database, account(7, "永兴便利店"), Contact(id=70, account_id=7, name="张经理"))
    async with database.read() as session:
        someone = await session.get_one(Person, asker)
        for number in (70, 999):
            with pytest.raises(NoSuchRecord):
                await contacts.own(session, someone, number)
