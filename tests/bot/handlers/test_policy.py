"""/policy on the phone: thresholds with their sources, rehearsed before they take effect; how the rules fare."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.handlers.policy import GROUPS
from bot.models import Evaluation, Flag, Person, Policy, Team
from bot.services import policies
from tests.bot.handlers.organisation import (
    CHEN,
    LEAD,
    LIN,
    OTHER_LEAD,
    OTHER_MANAGER,
    OWNER,
    add_west,
    east,
    person_of,
    tap,
)
from tests.telegram import Chatter, Stage, height

VERBS = ("policy", "policy-group", "policy-ask", "policy-try", "policy-set", "policy-fare")


@pytest.fixture
async def busy(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo team with its books, on a Monday morning."""
    async with Stage(tmp_path, demo_book=True) as stage:
        yield stage


async def overrides(stage: Stage) -> dict[str, object]:
    async with stage.coach.database.read() as session:
        team = await session.get_one(Team, await east(stage))
    return dict(team.overrides)


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


def labelled(chatter: Chatter, name: str) -> str:
    (label,) = [label for label in chatter.buttons if name in label]
    return label


def test_every_threshold_stands_in_one_group() -> None:
    shown = [name for names in GROUPS.values() for name in names]
    held = {name for name in Policy.model_fields if name not in {"days_off", "cadence_days"}}
    assert sorted(shown) == sorted(held | {f"cadence_days.{tier}" for tier in "ABC"})
    assert all(policies.threshold(Policy(), name) for name in shown)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_every_screen_fits_a_phone_and_tells_value_default_and_source(busy: Stage, language: str) -> None:
    lead = busy.person(LEAD, language)
    (head,) = await lead.says("/policy")
    assert height(head) <= 12
    seen = set()
    for group in lead.buttons[: len(GROUPS)]:
        await lead.says("/policy")
        await lead.taps(group)
        while True:
            thresholds = [label for label in lead.buttons if label[-1] not in "◀▶" and "◀" not in label]
            assert height(shown(lead)) <= 12
            for label in thresholds:
                await lead.taps(label)
                value = label.rpartition("  ")[2]
                lines = shown(lead).split("\n")
                assert f" {value}" in lines[1]
                assert re.search("《.*》|默认|default", lines[2])
                assert height(shown(lead)) <= 12
                seen.add(lines[0])
                await lead.taps(lead.buttons[-1])
            if "▶" not in lead.buttons:
                break
            await lead.taps("▶")
    assert len(seen) == sum(map(len, GROUPS.values()))


@pytest.mark.parametrize(
    ("language", "group", "name", "effect", "vanish"),
    [
        ("zh-hans", "客户", "重点客户最少联系人", "✅ 生效", "会少 2 条"),
        ("en", "Accounts", "Fewest contacts", "✅ Take effect", "2 vanish"),
    ],
)
async def test_a_number_is_rehearsed_before_it_takes_effect(
    busy: Stage, language: str, group: str, name: str, effect: str, vanish: str
) -> None:
    lead = busy.person(LEAD, language)
    await busy.person(CHEN).says("/start")
    said = len(busy.api.messages(CHEN))
    before = await overrides(busy)
    await lead.says("/policy")
    await lead.taps(group)
    await lead.taps(labelled(lead, name))
    assert "《大客户经理素质》" in shown(lead)
    assert "9.7" in shown(lead)
    (refused,) = await lead.says("100")
    assert "20" in refused
    (rehearsed,) = await lead.says("2")
    assert "3 → 2" in rehearsed.split("\n")[0]
    assert vanish in rehearsed
    assert "百顺烟酒超市" in rehearsed
    assert "陈晓" in rehearsed
    assert height(rehearsed) <= 12
    assert await overrides(busy) == before
    await lead.taps(effect)
    changed = await overrides(busy)
    assert changed["min_contacts_A"] == 2
    assert await tap(busy, LEAD, f"policy-set:{await east(busy)}:min_contacts_A:2") == ""  # a second tap
    assert await overrides(busy) == changed
    assert len(busy.api.messages(CHEN)) == said  # the managers hear nothing of it


async def test_the_default_is_one_tap_away_and_leaves_no_trace(busy: Stage) -> None:
    lead = busy.person(LEAD)
    assert (await overrides(busy))["daily_visits_target"] == 3
    await lead.says("/policy")
    await lead.taps("计划")
    await lead.taps(labelled(lead, "每日拜访目标"))
    await lead.taps("恢复默认 6")
    assert "3 → 6" in shown(lead)
    await lead.taps("✅ 生效")
    assert "daily_visits_target" not in await overrides(busy)


async def test_what_is_left_is_left(busy: Stage) -> None:
    lead = busy.person(LEAD)
    before = await overrides(busy)
    await lead.says("/policy")
    await lead.taps("客户")
    await lead.taps(labelled(lead, "宽限"))
    await lead.says("0")
    await lead.taps("先不改")
    assert "宽限" in "".join(lead.buttons)
    assert await overrides(busy) == before
    await lead.taps(labelled(lead, "宽限"))
    await lead.taps("◀ 返回")
    (answer,) = await lead.says("5")
    assert "→" not in answer  # nobody waits for a number any more
    await lead.says("/policy")
    await lead.taps("客户")
    await lead.taps(labelled(lead, "宽限"))
    (same,) = await lead.says("3天")
    assert "不用改" in same


async def test_wording_is_not_rehearsed_before_a_lead(busy: Stage) -> None:
    lead = busy.person(LEAD)
    await lead.says("/policy")
    await lead.taps("信息")
    await lead.taps(labelled(lead, "同类说法"))
    (rehearsed,) = await lead.says("9")
    assert "只给本人看" in rehearsed
    assert "陈晓" not in rehearsed


async def test_the_order_of_a_day_changes_no_flag_and_is_not_rehearsed(busy: Stage) -> None:
    lead = busy.person(LEAD)
    await lead.says("/policy")
    await lead.taps("每日排序")
    await lead.taps(labelled(lead, "投诉未回"))
    (told,) = await lead.says("120")
    assert "100 → 120" in told
    assert "不用排演" in told
    await lead.taps("✅ 生效")
    assert (await overrides(busy))["points_complaint"] == 120


async def test_for_a_manager_there_is_no_such_command(busy: Stage) -> None:
    chen = busy.person(CHEN)
    (answer,) = await chen.says("/policy")
    (unknown,) = await chen.says("/nonsense")
    assert answer == unknown
    team = await east(busy)
    assert "没找到" in await tap(busy, CHEN, "policy:")
    for verb in VERBS:
        about = "accounts" if verb == "policy-group" else "grace_days"
        assert "没找到" in await tap(busy, CHEN, f"{verb}:{team}:{about}:5"), verb


@pytest.mark.parametrize("asker", [OTHER_LEAD, OTHER_MANAGER])
async def test_another_teams_policy_does_not_exist(busy: Stage, asker: int) -> None:
    await add_west(busy)
    team, before = await east(busy), await overrides(busy)
    for verb in VERBS:
        about = "accounts" if verb == "policy-group" else "grace_days"
        assert "没找到" in await tap(busy, asker, f"{verb}:{team}:{about}:5"), verb
    assert await overrides(busy) == before


async def test_nonsense_on_a_button_changes_nothing(busy: Stage) -> None:
    team, before = await east(busy), await overrides(busy)
    for action in ("grace_days:999", "grace_days:x", "days_off:1", "no_such:1"):
        assert "没找到" in await tap(busy, LEAD, f"policy-set:{team}:{action}")
    assert "没找到" in await tap(busy, LEAD, f"policy-group:{team}:nothing")
    assert await overrides(busy) == before


async def test_who_leads_several_teams_chooses_one(busy: Stage) -> None:
    await add_west(busy)
    owner = busy.person(OWNER)
    (which,) = await owner.says("/policy")
    assert "哪个团队" in which
    await owner.taps("城西组")
    assert "城西组" in shown(owner)
    assert "默认值" in shown(owner)
    await owner.taps("◀ 全部团队")
    assert "哪个团队" in shown(owner)


async def flag(stage: Stage, telegram_id: int, habit: str, reason: str | None, *, private: bool = False) -> None:
    """A flag ten days old, cleared after four, disputed for a reason if there is one."""
    person, opened = await person_of(stage, telegram_id), stage.clock.now() - dtm.timedelta(days=10)
    async with stage.coach.database.begin() as session:
        looked = Evaluation(person_id=person.id, day=opened.date(), evaluated_at=opened, rule_set="x", facts=[])
        session.add(looked)
        await session.flush()
        session.add(
            Flag(
                person_id=person.id,
                evaluation_id=looked.id,
                habit=habit,
                severity="warning",
                is_private=private,
                advice="x",
                clears="x",
                derivation={},
                opened_at=opened,
                cleared_at=opened + dtm.timedelta(days=4),
                disputed_at=opened if reason else None,
                dispute=reason,
            )
        )


@pytest.mark.parametrize(("language", "fare"), [("zh-hans", "规则用得怎么样"), ("en", "How the rules fare")])
async def test_a_rule_disputed_too_often_is_named_with_its_reasons(busy: Stage, language: str, fare: str) -> None:
    await add_west(busy)
    for reason in ("标准太严", "标准太严", "数字不对", None, None):
        await flag(busy, CHEN, "thin_notes", reason)
    for _ in range(3):
        await flag(busy, CHEN, "vague_promise", None)
    await flag(busy, CHEN, "bad_wording", "我没说过", private=True)
    await flag(busy, OTHER_MANAGER, "overloaded_book", "别队的理由")
    lead = busy.person(LEAD, language)
    await lead.says("/policy")
    await lead.taps(fare)
    lines = shown(lead).split("\n")
    assert lines[2].endswith("5 · 3 · 5 · 4")
    assert lines[3].endswith("3 · 0 · 3 · 4")
    assert "标准太严 ×2、数字不对 ×1" in lines[4]
    assert "我没说过" not in shown(lead)
    assert "别队的理由" not in shown(lead)
    assert len(lines) == 5
    assert height(shown(lead)) <= 12


async def test_many_rules_are_told_page_by_page(busy: Stage) -> None:
    habits = [habit for habit, known in busy.coach.shared.worker.matcher.catalogue.habits.items() if not known.private]
    for habit in habits:
        await flag(busy, CHEN, habit, "这条规则对我们这一行根本不合适，季节不同")
    lead = busy.person(LEAD)
    await lead.says("/policy")
    await lead.taps("规则用得怎么样")
    count = 0
    while True:
        assert height(shown(lead)) <= 12
        count += sum(bool(re.search(r"1 · 1 · 1 · 4$", line)) for line in shown(lead).split("\n"))
        if "▶" not in lead.buttons:
            break
        await lead.taps("▶")
    assert count == len(habits)


async def test_the_rules_look_at_the_team_soon_after_a_change(busy: Stage) -> None:
    tomorrow = busy.clock.now() + dtm.timedelta(days=1)
    async with busy.coach.database.begin() as session:
        for person in await session.scalars(select(Person)):
            person.evaluate_at = tomorrow
    assert await tap(busy, LEAD, f"policy-set:{await east(busy)}:grace_days:5") == ""
    looks = [(await person_of(busy, telegram_id)).evaluate_at for telegram_id in (CHEN, LIN, OWNER)]
    chen, lin, owner = (look for look in looks if look is not None)
    assert chen == lin <= busy.clock.now() + dtm.timedelta(minutes=1) < owner == tomorrow
