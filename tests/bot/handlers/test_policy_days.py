"""A team's own days on the phone: typed, rehearsed, in force, taken back; whose they are; both languages."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.models import Team
from tests.bot.handlers.organisation import CHEN, LEAD, OTHER_LEAD, add_west, east, tap
from tests.bot.handlers.test_policy import busy, overrides, shown
from tests.telegram import Stage, height

__all__ = ["busy"]


async def test_a_day_off_is_typed_takes_effect_after_a_look_and_goes_again(busy: Stage) -> None:
    lead, before = busy.person(LEAD), await overrides(busy)
    await lead.says("/policy")
    await lead.taps("📅 自己定的休息日、上班日")
    assert shown(lead).split("\n")[1] == "平常按中国的日历。现在没有另定的。"
    for unclear in ("12月31日", "随便"):
        (refused,) = await lead.says(unclear)
        assert "没看出是哪天" in refused
    (rehearsed,) = await lead.says("12月31日休息")
    assert rehearsed.split("\n")[0] == "12月31日 周四：休息"
    assert "还没过的日子" in rehearsed
    assert await overrides(busy) == before
    await lead.taps("✅ 生效")
    assert shown(lead) == "✅ 12月31日 周四 休息，定下了。提醒和期限都按它算。"
    assert (await overrides(busy))["days_off"] == {"2026-12-31": False}
    await lead.taps("◀ 返回")
    assert shown(lead).split("\n")[1:3] == ["平常按中国的日历，这些另算：", "· 12月31日 周四：休息"]
    (same,) = await lead.says("12月31日放假")
    assert "不用改" in same
    await lead.taps("◀ 返回")
    await lead.taps("↩ 12月31日 周四 按日历")
    await lead.taps("✅ 生效")
    assert "days_off" not in await overrides(busy)


async def test_days_that_are_over_are_rehearsed_in_english(busy: Stage) -> None:
    lead = busy.person(LEAD, "en")
    await lead.says("/policy")
    await lead.taps("📅 Days off and workdays of our own")
    (rehearsed,) = await lead.says("Nov 16 to Nov 20 off")
    assert rehearsed.split("\n")[0] == "16–20 Nov: off"
    assert "week" in rehearsed
    assert height(rehearsed) <= 12
    await lead.taps(lead.buttons[-2])
    days = {f"2026-11-{day}": False for day in range(16, 21)}
    assert (await overrides(busy))["days_off"] == days


async def test_many_stretches_fit_a_phone(busy: Stage) -> None:
    team = await east(busy)
    days = {(dtm.date(2026, 12, 1) + dtm.timedelta(days=2 * number)).isoformat(): False for number in range(12)}
    async with busy.coach.database.begin() as session:
        row = await session.get_one(Team, team)
        row.overrides = row.overrides | {"days_off": days}
    lead = busy.person(LEAD)
    await lead.says("/policy")
    await lead.taps("📅 自己定的休息日、上班日")
    pages = [shown(lead)]
    while "▶" in lead.buttons:
        await lead.taps("▶")
        pages.append(shown(lead))
    assert len(pages) == 3
    assert all(height(page) <= 12 for page in pages)


@pytest.mark.parametrize("asker", [CHEN, OTHER_LEAD])
async def test_nobody_else_and_no_nonsense_changes_a_teams_days(busy: Stage, asker: int) -> None:
    await add_west(busy)
    team, before = await east(busy), await overrides(busy)
    assert "没找到" in await tap(busy, asker, f"policy-days:{team}")
    assert "没找到" in await tap(busy, asker, f"policy-days-set:{team}:20261231+0:off")
    for nonsense in (
        "20261231+0:maybe",
        "20261331+0:off",
        "20261231+99:off",
        "20291231+0:off",
        "x:off",
        "20261231:off",
    ):
        assert "没找到" in await tap(busy, LEAD, f"policy-days-set:{team}:{nonsense}"), nonsense
    assert await overrides(busy) == before
