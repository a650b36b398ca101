"""/broadcast on the phone: looked at before it goes, read by a tap, who has not read; held back in quiet hours."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.models import Broadcast, OutboxMessage, Urgency
from tests.bot.escalating import at, heard
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, OTHER_LEAD, STRANGER, WEST, add_west, east, tap
from tests.telegram import Chatter, Stage, height

WORDS = "下周一上午九点开会，请各自带上手里最难的一家客户，半小时结束。"


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


async def everybody(stage: Stage, language: str = "zh-hans") -> list[Chatter]:
    """The two managers and the lead, who have come in."""
    people = [stage.person(telegram_id, language) for telegram_id in (CHEN, LIN, LEAD)]
    for person in people:
        await person.says("/start")
    return people


@pytest.mark.parametrize(
    ("language", "send", "read", "again", "remind", "counts"),
    [
        ("zh-hans", "✅ 发给 2 个人", "👌 我看过了", "🔄 再看谁看过了", "🔔 提醒没看的 1 个人", "看过 1/2"),
        ("en", "✅ Send to 2", "👌 I have read it", "🔄 Who has read it now", "🔔 Remind 1 who have not", "1 of 2"),
    ],
)
async def test_it_is_looked_at_sent_read_and_reminded_of(
    stage: Stage, language: str, send: str, read: str, again: str, remind: str, counts: str
) -> None:
    chen, lin, lead = await everybody(stage, language)
    (asked,) = await lead.says("/broadcast")
    assert height(asked) <= 12
    await lead.says("太长" * 81)
    assert "160" in shown(lead)
    await lead.says("先写错了")
    await lead.says(WORDS)
    assert WORDS in shown(lead)
    assert height(shown(lead)) <= 12
    assert heard(stage, CHEN, WORDS) == []
    await lead.taps(send)
    (told,) = heard(stage, CHEN, WORDS)
    assert "周敏" in told
    assert height(told) <= 12
    assert await tap(stage, LEAD, f"broadcast-send:{await east(stage)}") != ""  # a second tap
    assert len(heard(stage, LIN, WORDS)) == 1
    await chen.taps(read)
    assert chen.buttons == []
    assert WORDS in shown(chen)
    await lead.says("/broadcast")
    await lead.taps(lead.buttons[-1])
    assert counts in shown(lead)
    assert "林建国" in shown(lead)
    assert height(shown(lead)) <= 12
    await lead.taps(remind)
    assert remind not in lead.buttons
    assert (len(heard(stage, CHEN, WORDS)), len(heard(stage, LIN, WORDS))) == (1, 2)
    async with stage.coach.database.read() as session:
        (sent,) = await session.scalars(select(Broadcast.id))
    assert await tap(stage, LEAD, f"broadcast-remind:{sent}") != ""  # once a day
    assert len(heard(stage, LIN, WORDS)) == 2
    await lin.taps(read)
    await lead.taps(again)
    assert "2/2" in shown(lead) or "2 of 2" in shown(lead)


async def test_at_night_it_waits_for_the_morning_and_lets_everything_else_pass(stage: Stage) -> None:
    _, _, lead = await everybody(stage)
    stage.clock.move_to(at(0, 22, 0))
    await lead.says("/broadcast")
    await lead.says(WORDS)
    await lead.taps("✅ 发给 2 个人")
    assert heard(stage, CHEN, WORDS) == []
    async with stage.coach.database.read() as session:
        rows = list(await session.scalars(select(OutboxMessage).where(OutboxMessage.urgency == Urgency.NEWS)))
    assert len(rows) == 2
    assert {round((row.not_before - row.created_at).total_seconds() / 3600) for row in rows} == {9}
    assert len(await stage.person(CHEN).says("/help")) == 1


async def test_whoever_leads_several_teams_says_which_and_a_manager_has_no_such_command(stage: Stage) -> None:
    west = await add_west(stage)
    owner = stage.person(3001)
    await owner.says("/broadcast")
    assert owner.buttons == ["城东一组 East Team", WEST]
    await owner.taps(WEST)
    await owner.says("西边的各位")
    assert "2 个人" in shown(owner)
    (answer,) = await stage.person(CHEN).says("/broadcast")
    assert "/help" in answer
    for who in (CHEN, LEAD, STRANGER):
        for verb in ("broadcast", "broadcast-send"):
            notice = await tap(stage, who, f"{verb}:{west}")
            assert notice != "", (who, verb)
    async with stage.coach.database.read() as session:
        assert (await session.scalars(select(Broadcast))).all() == []


async def test_nobody_else_reads_it_or_who_read_it(stage: Stage) -> None:
    await add_west(stage)
    _, _, lead = await everybody(stage)
    await lead.says("/broadcast")
    await lead.says(WORDS)
    await lead.taps("✅ 发给 2 个人")
    async with stage.coach.database.read() as session:
        (sent,) = await session.scalars(select(Broadcast.id))
    for who in (CHEN, OTHER_LEAD, STRANGER):
        for verb in ("broadcast-status", "broadcast-remind", *(["broadcast-read"] if who != CHEN else [])):
            notice = await tap(stage, who, f"{verb}:{sent}")
            assert "没找到" in notice or "邀请" in notice, (who, verb)
