"""Invitations on the phone: a link and a picture, one guest each, the same words for every token that opens nothing."""

from __future__ import annotations

import datetime as dtm
import re
import zlib

import pytest
import segno
from sqlalchemy import select

from bot.handlers.invite import PIXELS, qr_code
from bot.models import Membership, OutboxMessage, Person, RawUpdate, Role
from bot.phone.botapi import Persona
from bot.services import demo
from tests.bot.handlers.organisation import CHEN, LEAD, OWNER, STRANGER, add_accounts, east, person_of, tap
from tests.telegram import Chatter, Stage, height

LINK = re.compile(r"https://t\.me/(\w+)\?start=([\w-]{32})")


async def invited(stage: Stage, by: int = LEAD, label: str = "＋ 邀请客户经理") -> str:
    """The token of a new invitation to the demo team."""
    inviter = stage.person(by)
    await inviter.says("/team")
    if demo.TEAM_NAME in inviter.buttons:
        await inviter.taps(demo.TEAM_NAME)
    (caption,) = await inviter.taps(label)
    return token_in(stage, caption)


def token_in(stage: Stage, text: str) -> str:
    link = LINK.search(text)
    assert link is not None
    assert link[1] == stage.coach.bot.username
    return link[2]


async def test_the_invitation_is_a_link_and_a_picture_to_scan(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await lead.says("/team")
    (caption,) = await lead.taps("＋ 邀请客户经理")
    token = token_in(stage, caption)
    address = f"https://t.me/{stage.coach.bot.username}?start={token}"
    assert caption.split("\n") == [
        f"{demo.TEAM_NAME} · 邀请客户经理",
        "请对方点这条链接，或扫上面的图：",
        address,
        "只能进一个人，11月30日 周一前有效。",
    ]
    assert height(caption) <= 12
    assert lead.buttons == ["作废这条邀请"]
    (photo,) = [call for call in stage.api.calls or [] if call.method == "sendPhoto"]
    assert stage.api.state.files[lead.last["photo"][-1]["file_id"]].data == qr_code(address)
    assert photo


def test_the_picture_holds_the_very_link() -> None:
    address = "https://t.me/coach_bot?start=" + "A-_9" * 8
    code = segno.make_qr(address, error="m")
    width, pixels = black_and_white(qr_code(address))
    assert width == code.symbol_size(scale=PIXELS, border=4)[0] <= 512
    for row, line in enumerate(code.matrix):
        for column, dark in enumerate(line):
            at = (column + 4) * PIXELS + PIXELS // 2
            assert pixels[(row + 4) * PIXELS + PIXELS // 2][at] == (not dark)


def black_and_white(png: bytes) -> tuple[int, list[list[int]]]:
    """Width and pixels (1 is white) of a grey PNG of one bit, whose rows are as they are or the change from above."""
    width, height_ = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert png[24:26] == b"\x01\x00"
    at, data = 8, b""
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    raw, size = zlib.decompress(data), -(-width // 8)
    above, rows = bytes(size), []
    for row in range(height_):
        kind, *line = raw[row * (size + 1) : (row + 1) * (size + 1)]
        assert kind in (0, 2)
        above = bytes((byte + (kind == 2) * old) % 256 for byte, old in zip(line, above, strict=True))
        rows.append([above[x // 8] >> (7 - x % 8) & 1 for x in range(width)])
    return width, rows


async def test_a_guest_comes_in_and_both_hear_of_it(stage: Stage) -> None:
    token = await invited(stage)
    guest = stage.person(STRANGER)
    (welcome,) = await guest.says(f"/start {token}")
    assert welcome.startswith(f"陌生人，欢迎加入「{demo.TEAM_NAME}」！\n您的角色：客户经理。")
    assert len(guest.buttons) == 3
    assert stage.person(LEAD).last["text"] == f"陌生人 凭您的邀请加入了「{demo.TEAM_NAME}」。"
    person = await person_of(stage, STRANGER)
    async with stage.coach.database.read() as session:
        teams = list(await session.scalars(select(Membership.team_id).where(Membership.person_id == person.id)))
    assert (person.role, teams) == (Role.MANAGER, [await east(stage)])
    assert "能帮您" in (await guest.says("/help"))[0]


async def test_an_english_guest_is_welcomed_in_english(stage: Stage) -> None:
    token = await invited(stage, OWNER, "＋ 邀请主管")
    (welcome,) = await stage.person(STRANGER, "en").says(f"/start {token}")
    assert welcome.startswith(f"陌生人, welcome to “{demo.TEAM_NAME}”!\nYour role: lead.")
    assert (await person_of(stage, STRANGER)).role == Role.LEAD


async def test_nobody_can_read_a_token_from_the_database(stage: Stage) -> None:
    token = await invited(stage)
    async with stage.coach.database.read() as session:
        kept = [str(row.params) + str(row.file) for row in await session.scalars(select(OutboxMessage))]
        kept += list(await session.scalars(select(RawUpdate.payload)))
    assert not any(token in row for row in kept)


class TestTokens:
    """What opens nothing is told in the same words."""

    async def refused(self, stage: Stage, token: str) -> str:
        """The answer to a stranger, who stays one."""
        stage.clock.move_to(stage.clock.now() + dtm.timedelta(minutes=1))
        (answer,) = await stage.person(STRANGER).says(f"/start {token}")
        async with stage.coach.database.read() as session:
            assert await session.scalar(select(Person).where(Person.telegram_id == STRANGER)) is None
        return answer

    async def test_unknown_used_expired_and_revoked_ones_all_sound_alike(self, stage: Stage) -> None:
        unknown = await self.refused(stage, "x" * 32)
        revoked = await invited(stage)
        await stage.person(LEAD).taps("作废这条邀请")
        assert await self.refused(stage, revoked) == unknown
        used = await invited(stage)
        stage.api.join(newcomer(9002))
        await stage.person(9002).says(f"/start {used}")
        assert await self.refused(stage, used) == unknown
        expired = await invited(stage)
        stage.clock.move_to(stage.clock.now() + dtm.timedelta(days=7, minutes=1))
        assert await self.refused(stage, expired) == unknown
        assert await self.refused(stage, "<b>&") == unknown
        assert "再要一条" in unknown

    async def test_who_keeps_guessing_is_answered_once_a_minute(self, stage: Stage) -> None:
        stranger = stage.person(STRANGER)
        answers = [await stranger.says(f"/start {number:032}") for number in range(20)]
        assert [len(answer) for answer in answers] == [1] + [0] * 19
        stage.clock.move_to(stage.clock.now() + dtm.timedelta(minutes=1))
        assert len(await stranger.says("/start again")) == 1


def newcomer(number: int) -> Persona:
    return Persona(number, "韩梅梅", "stranger", "zh-hans", None)


async def test_of_two_who_tap_the_same_link_one_gets_in(stage: Stage) -> None:
    token = await invited(stage)
    stage.api.join(newcomer(9002))
    stage.api.start(STRANGER, token)
    stage.api.start(9002, token)
    await stage.settle()
    async with stage.coach.database.read() as session:
        came = list(await session.scalars(select(Person.telegram_id).where(Person.telegram_id > 9000)))
    assert len(came) == 1
    (late,) = {STRANGER, 9002} - set(came)
    assert "再要一条" in stage.person(late).last["text"]


async def test_who_is_in_already_is_told_kindly_and_the_link_stays_good(stage: Stage) -> None:
    token = await invited(stage)
    (answer,) = await stage.person(CHEN).says(f"/start {token}")
    assert answer == "您已经在里面了。这条邀请没有用掉，请留给别人。"
    (welcome,) = await stage.person(STRANGER).says(f"/start {token}")
    assert "欢迎加入" in welcome


async def test_a_double_tap_makes_one_invitation(stage: Stage) -> None:
    team_id = await east(stage)
    assert await tap(stage, LEAD, f"invite:{team_id}:manager") == ""
    assert "已经处理过" in await tap(stage, LEAD, f"invite:{team_id}:manager")
    lead = stage.person(LEAD)
    await lead.says("/team")
    assert "还没用的邀请 1" in lead.buttons


async def test_open_invitations_are_listed_and_taken_back(stage: Stage) -> None:
    first = await invited(stage)
    await invited(stage, OWNER, "＋ 邀请主管")
    lead = stage.person(LEAD)
    await lead.says("/team")
    await lead.taps("还没用的邀请 2")
    assert lead.buttons == ["✖ 主管 · 11月30日 周一前有效", "✖ 客户经理 · 11月30日 周一前有效", f"◀ {demo.TEAM_NAME}"]
    await lead.taps("✖ 客户经理 · 11月30日 周一前有效")
    assert lead.buttons == ["✖ 主管 · 11月30日 周一前有效", f"◀ {demo.TEAM_NAME}"]
    (refusal,) = await stage.person(STRANGER).says(f"/start {first}")
    assert "用不了" in refusal
    await lead.taps("✖ 主管 · 11月30日 周一前有效")
    assert "没有还没用的邀请" in lead.last["text"]


async def test_taking_back_below_the_picture_says_so_once(stage: Stage) -> None:
    await invited(stage)
    lead = stage.person(LEAD)
    message_id, data = lead.button("作废这条邀请")
    assert await lead.taps("作废这条邀请") == ["这条邀请作废了，点了也进不来。"]
    assert await lead.does(lambda: stage.api.tap(LEAD, message_id, data)) == []
    assert "没找到" in lead.notices[-1]


async def test_somebody_whose_book_was_imported_is_invited_to_it(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        person = Person(
            telegram_id=None, name="王强", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=stage.clock.now()
        )
        session.add(person)
        await session.flush()
        session.add(Membership(person_id=person.id, team_id=await east(stage)))
    lead: Chatter = stage.person(LEAD)
    await lead.says("/team")
    await lead.taps("王强 · 还没加入")
    (caption,) = await lead.taps("邀请加入")
    await lead.says("/team")
    await lead.taps("还没用的邀请 1")
    assert lead.buttons[0] == "✖ 客户经理 王强 · 11月30日 周一前有效"
    (welcome,) = await stage.person(STRANGER).says(f"/start {token_in(stage, caption)}")
    assert welcome.startswith("王强，欢迎加入")
    assert (await person_of(stage, STRANGER)).id == person.id


async def test_who_was_removed_comes_back_by_a_new_invitation(stage: Stage) -> None:
    await add_accounts(stage, CHEN, "永辉")
    before = await person_of(stage, CHEN)
    await tap(stage, LEAD, f"remove:{before.id}:yes")
    (welcome,) = await stage.person(CHEN).says(f"/start {await invited(stage)}")
    assert welcome.startswith("陈晓 Chen Xiao，欢迎加入")
    after = await person_of(stage, CHEN)
    assert (after.id, after.removed_at) == (before.id, None)


@pytest.mark.parametrize("text", ["/start", "/start ", "/startle", "/start@other_bot x"])
async def test_without_a_token_a_stranger_hears_that_he_needs_an_invitation(stage: Stage, text: str) -> None:
    (answer,) = await stage.person(STRANGER).says(text)
    assert "要一条邀请链接" in answer
