"""The digest unasked: the week before, with picture and workbook, on the first workday; several teams, and none."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import digest
from bot.jobs.composers import COMPOSERS
from bot.jobs.reminders import Occasion, Reminders, Skip
from bot.models import Kind, Membership, Person, Reminder, Role, Team, Urgency
from bot.replies import Document, Picture, Reply, Say
from bot.services import teams
from bot.texts import Voice
from tests.bot.handlers.organisation import LEAD, OWNER, WEST, add_west
from tests.bot.services.digest_team import JOINED, add_manager, add_team
from tests.telegram import Stage, height

TUESDAY = dtm.datetime(2026, 11, 24, 0, 30, tzinfo=dtm.UTC)


async def compose(stage: Stage, telegram_id: int, *, now: dtm.datetime | None = None) -> Sequence[Reply] | Skip:
    """What the Monday's reminder tells somebody."""
    now = now or stage.clock.now()
    shared = stage.coach.shared
    async with stage.coach.database.begin() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
        assert person is not None
        reminder = Reminder(
            key="digest",
            person_id=person.id,
            kind=Kind.DIGEST,
            day=dtm.date(2026, 11, 23),
            due_at=now,
            not_before=now,
            urgency=Urgency.NEWS,
        )
        workdays = await teams.workdays_of(session, person)
        return await digest.compose(
            Occasion(session, shared, person, workdays, Voice(shared.texts, "zh"), reminder, reminder.day, now)
        )


async def everybody_joined(session: AsyncSession) -> None:
    for person in await session.scalars(select(Person)):
        person.joined_at = JOINED


@pytest.mark.parametrize("now", [None, TUESDAY], ids=["on Monday", "put off to Tuesday"])
async def test_a_lead_gets_the_week_before_as_text_picture_and_workbook(stage: Stage, now: dtm.datetime | None) -> None:
    async with stage.coach.database.begin() as session:
        await everybody_joined(session)
    said = await compose(stage, LEAD, now=now)
    assert not isinstance(said, Skip)
    text, picture, workbook = said
    assert isinstance(text, Say)
    assert "11月16日至22日" in text.html
    assert isinstance(picture, Picture)
    assert picture.png.startswith(b"\x89PNG")
    assert isinstance(workbook, Document)
    assert workbook.content.startswith(b"PK")


async def test_several_teams_have_one_digest_each_and_a_page_above(stage: Stage) -> None:
    await add_west(stage)
    async with stage.coach.database.begin() as session:
        await everybody_joined(session)
        session.add(Team(name="空的", overrides={}, created_at=JOINED))
    said = await compose(stage, OWNER)
    assert not isinstance(said, Skip)
    above, *each = said
    assert isinstance(above, Say)
    assert above.html.startswith("<b>您的团队")
    assert [type(one) for one in each] == [Say, Picture, Document, Say, Picture, Document, Say]
    assert isinstance(each[3], Say)
    assert WEST in each[3].html
    assert isinstance(each[6], Say)
    assert "还没有经理" in each[6].html


async def test_whoever_leads_many_teams_gets_the_page_that_opens_each(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        await everybody_joined(session)
        for number in range(9):
            await add_team(session, f"经理{number}", team=f"第{number}组")
    said = await compose(stage, OWNER)
    assert not isinstance(said, Skip)
    (above,) = said
    assert isinstance(above, Say)
    assert "第6组" in above.html
    assert "▶" in [button.label for row in above.buttons for button in row]
    assert height(above.html.replace("<b>", "").replace("</b>", "")) <= 20


async def test_without_a_team_nothing_is_told(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        lead = await session.scalar(select(Person).where(Person.telegram_id == LEAD))
        assert lead is not None
        for membership in await session.scalars(select(Membership).where(Membership.person_id == lead.id)):
            await session.delete(membership)
    assert await compose(stage, LEAD) == Skip("no team")


async def test_on_monday_at_his_hour_it_comes_once(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        coach = stage.coach
        stage.clock.move_to(dtm.datetime(2026, 11, 22, 12, 0, tzinfo=dtm.UTC))
        job = Reminders(coach.database, stage.clock, coach.shared, COMPOSERS, on_said=coach.sender.wake.set)
        async with coach.database.begin() as session:
            await everybody_joined(session)
            team = await session.scalar(select(Team))
            assert team is not None
            await add_manager(session, team, "马骏")
            leads = select(Person.role).where(Person.telegram_id == LEAD)
            assert await session.scalar(leads) == Role.LEAD
        await stage.person(LEAD).says("/start")
        await job.arrange()
        before = len(stage.api.messages(LEAD))
        for hours in (12, 12.5, 13, 24, 36):
            stage.clock.move_to(dtm.datetime(2026, 11, 22, 12, 0, tzinfo=dtm.UTC) + dtm.timedelta(hours=hours))
            await job.run()
            await coach.sender.drain()
            new = stage.api.messages(LEAD)[before:]
            assert len(new) == (0 if hours == 12 else 3), hours
        text, picture, document = new
        assert "周报" in text["text"]
        assert picture["photo"]
        assert document["document"]
