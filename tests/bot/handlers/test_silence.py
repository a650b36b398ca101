"""Silence on demand: half an hour later, or no more today; taps of others and second taps."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import select

from bot.models import Kind, Reminder, ReminderState, Urgency
from tests.bot.handlers.organisation import CHEN, LIN, person_of, tap
from tests.telegram import Stage

TODAY = dtm.date(2026, 11, 23)


async def told(stage: Stage, telegram_id: int) -> int:
    """A reminder that somebody was told; its id."""
    person = await person_of(stage, telegram_id)
    async with stage.coach.database.begin() as session:
        reminder = Reminder(
            key=f"evening:{person.id}:{TODAY}",
            person_id=person.id,
            kind=Kind.EVENING,
            day=TODAY,
            due_at=stage.clock.now(),
            not_before=stage.clock.now(),
            urgency=Urgency.PLAN,
            state=ReminderState.QUEUED,
        )
        session.add(reminder)
    return reminder.id


async def waiting(stage: Stage) -> list[Reminder]:
    async with stage.coach.database.read() as session:
        query = select(Reminder).where(Reminder.state == ReminderState.PENDING)
        return list(await session.scalars(query))


async def test_half_an_hour_later_once(stage: Stage) -> None:
    reminder, chen = await told(stage, CHEN), stage.person(CHEN)
    await chen.says("/help")
    data = stage.coach.shared.signer.sign(f"snooze:{reminder}", CHEN, stage.clock.now())
    message_id = chen.last["message_id"]
    await chen.does(lambda: stage.api.tap(CHEN, message_id, data, stale=True))
    assert chen.last["text"] == "⏰ 好，09:00 再来找您。"
    (one,) = await waiting(stage)
    assert one.due_at - stage.clock.now() < dtm.timedelta(minutes=31)
    assert "已经处理过" in await tap(stage, CHEN, f"snooze:{reminder}")
    assert len(await waiting(stage)) == 1


async def test_half_an_hour_later_in_plain_words(stage: Stage) -> None:
    chen = stage.person(CHEN)
    assert await chen.says("晚点再提醒我") == ["现在没有可以推后的提醒。几点提醒、哪些要提醒，在 /settings 里改。"]
    await told(stage, CHEN)
    await told(stage, LIN)
    assert await chen.says("晚点再提醒我") == ["⏰ 好，09:00 再来找您。"]
    (one,) = await waiting(stage)
    assert one.person_id == (await person_of(stage, CHEN)).id


async def test_another_persons_reminder_does_not_exist(stage: Stage) -> None:
    assert "没找到" in await tap(stage, CHEN, f"snooze:{await told(stage, LIN)}")
    assert await waiting(stage) == []


async def test_no_more_today_and_after_all(stage: Stage) -> None:
    chen = stage.person(CHEN, "en")
    await chen.says("/settings")
    await tap(stage, CHEN, "skip-day:")
    assert (await person_of(stage, CHEN)).preferences.skip_day == TODAY
    await chen.says("/settings")
    assert "I leave you alone today" in chen.last["text"]
    await chen.taps("🔔 Remind me today after all")
    assert (await person_of(stage, CHEN)).preferences.skip_day is None
    assert "I leave you alone today" not in chen.last["text"]
