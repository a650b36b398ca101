"""Contacts on the phone: added in one line, stance by tap, renamed, removed after a question."""

from __future__ import annotations

import pytest

from bot.handlers.contacts import split
from bot.models import Contact, Outcome, Stance, Visit
from tests.bot.handlers.organisation import CHEN
from tests.bot.handlers.test_accounts import add, ago, shown
from tests.telegram import Chatter, Stage, height

LEGEND = "🟢 支持 🟡 中立 🔴 反对 ⚪ 不清楚"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("张经理 采购", ("张经理", "采购")),
        ("张经理采购", ("张经理", "采购")),
        ("张经理", ("张经理", None)),
        ("张伟，采购部主管", ("张伟", "采购部主管")),
        ("张伟（采购）", ("张伟", "采购")),
        ("张伟 采购部 主管", ("张伟", "采购部 主管")),
        ("Sarah Lee, buyer", ("Sarah Lee", "buyer")),
        ("Sarah Lee (head buyer)", ("Sarah Lee", "head buyer")),
        ("Sarah Lee", ("Sarah Lee", None)),
        ("阿芳", ("阿芳", None)),
        ("，采购", ("，采购", None)),
    ],
)
def test_a_name_and_a_role_in_one_line(typed: str, expected: tuple[str, str | None]) -> None:
    assert split(typed) == expected


async def opened(stage: Stage, *people: Contact, language: str = "zh-hans") -> Chatter:
    """The manager's phone with the contacts of an account on it."""
    await add(stage, CHEN, "永兴便利店", *people, tier="A")
    chen = stage.person(CHEN, language)
    await chen.says("/accounts 永兴")
    await chen.taps(("👥 联系人 " if language == "zh-hans" else "👥 Contacts ") + str(len(people)))
    return chen


async def test_a_contact_is_added_with_role_and_stance(stage: Stage) -> None:
    chen = await opened(stage)
    assert shown(chen) == "永兴便利店 还没有联系人。"
    await chen.taps("➕ 加联系人")
    (answer,) = await chen.says("张经理 采购")
    assert answer.startswith("👤 张经理\n永兴便利店\n职务：采购\n态度：⚪ 不清楚\n上次见：没见过")
    await chen.taps("🔴 反对")
    assert "态度：🔴 反对" in shown(chen)
    await chen.taps("◀ 联系人")
    assert shown(chen) == f"永兴便利店 的联系人\n🔴 张经理 · 采购 · 没见过\n{LEGEND}"


async def test_the_same_in_english(stage: Stage) -> None:
    chen = await opened(stage, language="en")
    await chen.taps("➕ Add a contact")
    (answer,) = await chen.says("Sarah Lee, buyer")
    assert answer.startswith("👤 Sarah Lee\n永兴便利店\nRole: buyer\nStance: ⚪ unknown\nLast met: never met")
    await chen.taps("🟢 supporter")
    await chen.taps("◀ Contacts")
    assert shown(chen) == (
        "People at 永兴便利店\n🟢 Sarah Lee · buyer · never met\n🟢 supporter 🟡 neutral 🔴 opponent ⚪ unknown"
    )


async def test_renamed_described_and_taken_off_after_a_question(stage: Stage) -> None:
    chen = await opened(stage, Contact(name="张经理", role="采购"), Contact(name="李总"))
    await chen.taps("张经理")
    await chen.taps("✏️ 改名")
    (answer,) = await chen.says("李总")
    assert "已经有「李总」" in answer
    (answer,) = await chen.says("张伟")
    assert answer.startswith("👤 张伟")
    await chen.taps("💼 职务")
    (answer,) = await chen.says("店长")
    assert "职务：店长" in answer
    await chen.taps("✖ 去掉")
    assert "把 张伟 从联系人里去掉吗" in shown(chen)
    await chen.taps("留着")
    assert shown(chen).startswith("👤 张伟")
    await chen.taps("✖ 去掉")
    message_id, sure = chen.button("✖ 去掉")
    await chen.taps("✖ 去掉")
    assert shown(chen) == f"永兴便利店 的联系人\n⚪ 李总 · 没见过\n{LEGEND}"
    await chen.does(lambda: stage.api.tap(CHEN, message_id, sure, stale=True))
    assert "没找到" in chen.notices[-1]


async def test_opponents_stand_first_with_the_day_on_which_they_were_met(stage: Stage) -> None:
    await add(
        stage,
        CHEN,
        "永兴便利店",
        Contact(name="张经理", stance=Stance.SUPPORTER),
        Contact(name="李总", stance=Stance.OPPONENT),
        Visit(day=ago(1), outcome=Outcome.INFO, contact="张经理"),
        Visit(day=ago(12), outcome=Outcome.INFO, contact="李总"),
        Visit(day=ago(2), outcome=Outcome.ABSENT, contact="李总"),
    )
    chen = stage.person(CHEN)
    await chen.says("/accounts 永兴")
    await chen.taps("👥 联系人 2")
    assert shown(chen).split("\n")[1:] == ["🔴 李总 · 12 天前", "🟢 张经理 · 昨天", LEGEND]


@pytest.mark.parametrize("letter", ["长", "<"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_many_long_names_fit_and_turn_pages(stage: Stage, letter: str, language: str) -> None:
    people = [Contact(name=f"{letter * 60}{n}", role=letter * 64, stance=Stance.SUPPORTER) for n in range(10)]
    chen = await opened(stage, *people, language=language)
    assert height(shown(chen)) <= 12, shown(chen)
    await chen.taps("▶")
    assert len(shown(chen).split("\n")) == 4
    await chen.does(lambda: stage.api.tap(CHEN, *chen.button(f"{letter * 15}…")))
    assert height(shown(chen)) <= 12, shown(chen)
