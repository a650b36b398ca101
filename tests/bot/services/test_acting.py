"""The command under an answer: the first that does something for whoever asks."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.models import Account, Person, Role
from bot.services import acting

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


async def best(database: Database, role: Role, commands: list[str], *, has_book: bool) -> str | None:
    async with database.begin() as session:
        person = Person(name="陈晓", role=role, time_zone="Asia/Shanghai", joined_at=NOW)
        session.add(person)
        await session.flush()
        if has_book:
            session.add(Account(person_id=person.id, name="永兴便利店", tier="A", created_at=NOW))
        return await acting.best(session, person, commands)


@pytest.mark.parametrize(
    ("role", "has_book", "commands", "offered"),
    [
        (Role.MANAGER, True, ["plan", "goals"], "plan"),
        (Role.MANAGER, False, ["plan"], "plan"),
        (Role.MANAGER, True, ["digest", "promises"], "promises"),
        (Role.MANAGER, True, ["digest"], None),
        (Role.LEAD, False, ["digest", "promises"], "digest"),
        (Role.LEAD, False, ["plan", "accounts"], "accounts"),
        (Role.LEAD, False, ["plan"], None),
        (Role.LEAD, True, ["plan"], "plan"),
        (Role.OWNER, False, ["askhelp"], None),
        (Role.OWNER, False, ["month", "accounts"], "month"),
        (Role.MANAGER, True, [], None),
    ],
)
async def test_the_first_that_does_something_for_a_person(
    database: Database, role: Role, has_book: bool, commands: list[str], offered: str | None
) -> None:
    assert await best(database, role, commands, has_book=has_book) == offered


def test_commands_of_ones_own_book_are_offered_to_somebody() -> None:
    assert acting.OFFERED.keys() >= acting.OF_OWN_BOOK
    assert all(acting.OFFERED.values())
