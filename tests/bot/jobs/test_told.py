"""Reminders on the phone: told to whom they concern, not to who blocked the coach, and after a move of the clock."""

from __future__ import annotations

import datetime as dtm
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.models import Kind, MessageState, OutboxMessage, Reminder
from bot.services import demo
from tests.bot.jobs.reminding import DAY, LIGHT, tally
from tests.telegram import MORNING, Stage, height

CHEN, LIN, LEAD = 1001, 1002, 2001


def told(stage: Stage, person: int) -> list[str]:
    return [message["text"] for message in stage.api.messages(person) if message["from"]["is_bot"]]


async def test_who_blocked_the_coach_is_left_alone_until_he_is_back(tmp_path: Path) -> None:
    async with Stage(tmp_path, composers=LIGHT) as stage:
        for person in (CHEN, LIN):
            stage.api.start(person)
        await stage.settle()
        stage.api.block(CHEN)
        await stage.move_to(MORNING + DAY)
        await stage.move_to(MORNING + 2 * DAY)
        database = stage.coach.database
        async with database.read() as session:
            ends = await session.execute(
                select(Reminder.day, Reminder.state, Reminder.reason, OutboxMessage.state, OutboxMessage.reason)
                .outerjoin(OutboxMessage, OutboxMessage.key == Reminder.key)
                .where(Reminder.person_id == 1, Reminder.kind == Kind.MORNING)
                .order_by(Reminder.day)
            )
            found = [tuple(row) for row in ends]
        tuesday = dtm.date(2026, 11, 24)
        assert found == [
            (tuesday, "queued", None, MessageState.DEAD, "forbidden"),
            (tuesday + DAY, "skipped", "unreachable", None, None),
        ]
        assert f"morning:2:{tuesday + DAY}" in told(stage, LIN)
        assert (await tally(database)).holds
        stage.api.unblock(CHEN)
        await stage.settle()
        await stage.move_to(MORNING + 3 * DAY)
        assert f"morning:1:{tuesday + 2 * DAY}" in told(stage, CHEN)


async def test_a_guest_and_the_owner_get_their_schedules_as_they_come_in(tmp_path: Path) -> None:
    async with Stage(tmp_path, composers=LIGHT, demo_team=False) as stage:
        await stage.person(demo.TEAM[3].telegram_id).says("/start")
        await stage.move_to(MORNING + 7 * DAY)
        assert told(stage, demo.TEAM[3].telegram_id)[-1] == "digest:1:2026-11-30"


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("zh-hans", "⏰ 我离线期间错过了 3 次提醒，就不补发了。", "📋 看今天的计划"),
        ("en", "⏰ I was away and missed 3 reminders. I won't send them late.", "📋 Open today's plan"),
    ],
)
async def test_the_summary_of_what_was_missed_opens_the_plan(
    tmp_path: Path, language: str, text: str, label: str
) -> None:
    async with Stage(tmp_path) as stage:
        chen = stage.person(CHEN, language)
        await chen.says("/start")
        await stage.move_to(MORNING + DAY + dtm.timedelta(hours=3))
        assert chen.last["text"] == text
        assert height(text) <= 3
        assert chen.buttons == [label]
        await chen.taps(label)
        assert chen.last["text"] != text, "the plan stands in place of the summary"


async def test_a_clock_set_back_by_a_year_forgets_nothing_that_was_told(tmp_path: Path) -> None:
    async with Stage(tmp_path, composers=LIGHT) as stage:
        stage.api.start(CHEN)
        last_year = MORNING - 365 * DAY  # older than what is kept, by the clock of the machine
        stage.clock.move_to(last_year)
        await stage.coach.reminders.arrange()
        await stage.move_to(last_year + DAY)
        before = (await tally(stage.coach.database, last_year)).due
        await stage.coach._jobs()["retention"][0]()
        assert (await tally(stage.coach.database, last_year)).due == before > 0
