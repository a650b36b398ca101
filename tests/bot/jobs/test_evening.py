"""The evening message: the review with its taps; silent where the day is closed or there is no book."""

from __future__ import annotations

from bot.database import Database
from bot.jobs.reminders import Skip
from bot.models import Account, Kind, Person
from bot.services import reviews_of_day
from tests.bot.jobs.occasions import TODAY, at, composed, let_in, plan, text


async def test_it_is_the_review_and_can_wait_or_be_skipped(database: Database) -> None:
    await let_in(database)
    await plan(database, 1, 2)
    said = await composed(database, Kind.EVENING, at(18), locale="en")
    assert not isinstance(said, Skip)
    (one,) = said
    assert "2 planned, 0 visited" in one.html
    actions = [button.action for row in one.buttons for button in row]
    assert actions[:2] == ["review-went:20261123:1", "review-missed:20261123:1"]
    assert actions[-3:] == ["review-close:20261123", "snooze:77", "skip-day:"]


async def test_a_day_of_which_nothing_is_known_asks_for_a_sentence(database: Database) -> None:
    await let_in(database)
    assert "去了哪家，直接打一句话给我" in await text(database, Kind.EVENING, at(18))


async def test_it_is_silent_once_closed_and_without_a_book(database: Database) -> None:
    await let_in(database)
    async with database.begin() as session:
        await reviews_of_day.close(session, await session.get_one(Person, 1), TODAY, at(17))
    assert await text(database, Kind.EVENING, at(18)) == "skipped: closed"
    tomorrow = TODAY.replace(day=24)
    async with database.begin() as session:
        for number in range(1, 6):
            (await session.get_one(Account, number)).archived_on = TODAY
    assert await text(database, Kind.EVENING, at(18, 0, tomorrow), day=tomorrow) == "skipped: no_book"
