"""Sharing a note, on the phone: by its author's tap, read by his lead where the visit stands, taken back by a tap."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.models import Note
from tests.bot.handlers.organisation import (
    CHEN,
    LEAD,
    LIN,
    OTHER_LEAD,
    OWNER,
    STRANGER,
    add_accounts,
    add_west,
    person_of,
    tap,
)
from tests.telegram import Chatter, Stage, height

WORDS = "去了永兴便利店，老张说隔壁降价了，答应他周五前送样品"


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


async def noted(stage: Stage, language: str = "zh-hans") -> tuple[Chatter, int, int]:
    """A manager who has just confirmed a note; its id and that of its account."""
    chen = stage.person(CHEN, language)
    await chen.says("/start")
    (account_id,) = await add_accounts(stage, CHEN, "永兴便利店")
    await chen.says(WORDS)
    await chen.taps(chen.buttons[-3])
    async with stage.coach.database.read() as session:
        (note_id,) = await session.scalars(select(Note.id))
    return chen, note_id, account_id


@pytest.mark.parametrize(
    ("language", "share", "back", "to_notes", "to_shared"),
    [
        ("zh-hans", "👁 给主管看", "↩ 收回，不给看了", "📝 记录 1", "👁 给主管看的记录 1"),
        ("en", "👁 Show my lead", "↩ Take back", "📝 Notes 1", "👁 Notes shared 1"),
    ],
)
async def test_a_note_is_shared_from_its_card_and_read_at_the_account_and_the_visit(
    stage: Stage, language: str, share: str, back: str, to_notes: str, to_shared: str
) -> None:
    chen, note_id, account_id = await noted(stage, language)
    lead = stage.person(LEAD, language)
    await lead.says("/start")
    await tap(stage, LEAD, f"account:{account_id}")
    assert to_notes not in lead.buttons
    await chen.taps(share)
    assert WORDS in shown(chen)
    assert height(shown(chen)) <= 12
    for _ in range(2):
        await tap(stage, CHEN, f"note-share:{note_id}")
    assert await reading(stage, lead, account_id, to_notes)
    async with stage.coach.database.read() as session:
        person_id = (await session.get_one(Note, note_id)).person_id
    await lead.says("/digest")
    lead_sees = stage.coach.shared.signer.sign(f"digest-list:{person_id}:261123:visits:0", LEAD, stage.clock.now())
    stage.clock.move_to(stage.clock.now().replace(day=24))
    message_id = lead.last["message_id"]
    await lead.does(lambda: stage.api.tap(LEAD, message_id, lead_sees, stale=True))
    assert lead.buttons[0].startswith("📝 ")
    await lead.taps(lead.buttons[0])
    assert WORDS in shown(lead)
    said = await chen.says("/whatmyleadsees")
    assert len(said) == 2
    await chen.taps(to_shared)
    await chen.taps("1")
    await chen.taps(back)
    assert not await reading(stage, lead, account_id, to_notes)
    assert "没找到" in await tap(stage, LEAD, f"note-text:{note_id}") or language == "en"


async def reading(stage: Stage, lead: Chatter, account_id: int, to_notes: str) -> bool:
    """Whether a lead finds the words of the one note on the card of its account."""
    await lead.says("/help")
    data = stage.coach.shared.signer.sign(f"account:{account_id}", lead.id, stage.clock.now())
    message_id = lead.last["message_id"]
    await lead.does(lambda: stage.api.tap(lead.id, message_id, data, stale=True))
    if to_notes not in lead.buttons:
        return False
    await lead.taps(to_notes)
    assert height(shown(lead)) <= 12
    await lead.taps("1")
    assert height(shown(lead)) <= 12
    return WORDS in shown(lead)


async def test_nobody_else_reads_shares_or_takes_back(stage: Stage) -> None:
    await add_west(stage)
    chen, note_id, account_id = await noted(stage)
    for who in (LIN, LEAD, OTHER_LEAD, STRANGER):
        for action in (f"note-text:{note_id}", f"note-share:{note_id}", f"note-unshare:{note_id}"):
            notice = await tap(stage, who, action)
            assert "没找到" in notice or "邀请" in notice, (who, action)
    await chen.taps("👁 给主管看")
    for who in (LIN, OTHER_LEAD, STRANGER):
        for action in (f"note-text:{note_id}", f"note-unshare:{note_id}", f"notes-of:{account_id}:0"):
            notice = await tap(stage, who, action)
            assert "没找到" in notice or "邀请" in notice, (who, action)
    async with stage.coach.database.read() as session:
        assert (await session.get_one(Note, note_id)).shared_at is not None


async def test_without_a_lead_nothing_is_offered(stage: Stage) -> None:
    await tap(stage, OWNER, f"role:{(await person_of(stage, LEAD)).id}:manager")
    chen, _, _ = await noted(stage)
    assert not any("主管" in label for label in chen.buttons)
