"""/plan on the phone: the number, the list to tick, shortened, added to, confirmed; restarts, owners, languages."""

from __future__ import annotations

import datetime as dtm
from pathlib import Path

import pytest

from bot.models import Account, Policy, Promise, Visit
from bot.services import accounts
from rules.engine import EngineError
from tests.bot.handlers.days import (
    LONG,
    TODAY,
    action,
    draft_of,
    fill,
    judge_here,
    keyboard,
    lines,
    made,
    met,
    plan_of,
    planned,
    rules,
    shown,
)
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, add_accounts, person_of, tap
from tests.bot.handlers.test_accounts import add, ago
from tests.telegram import Stage

__all__ = ["rules"]

TOMORROW = dtm.date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("rules")


async def test_the_number_with_its_arithmetic_then_the_list_with_its_reasons(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    assert lines(chen) == [
        "📋 今天 11月23日 周一",
        "建议 3 家：要求 0.4，团队目标 6",
        "1. ☑ 永辉五一店 · 10:00 约好了",
        "2. ☑ 百顺烟酒 · 逾期 3 天：送样品",
        "3. ☑ 华联超市 · 20 天没见、顺路",
        "4. ☐ 小河副食 · 45 天没见",
    ]
    assert keyboard(chen) == [
        ["☑ 1", "☑ 2", "☑ 3", "☐ 4"],
        ["✅ 就这 3 家"],
        ["🔢 换个数", "➕ 加客户", "🕑 时间少"],
        ["❓ 为什么这样排"],
        ["🧭 周一五问"],
        ["11月24日 周二 的计划 ▶"],
    ]


async def test_the_same_in_english(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN, "en")
    await chen.says("/plan")
    assert lines(chen) == [
        "📋 Today, Mon 23 Nov",
        "Aim for 3: needed 0.4, team aim 6",
        "1. ☑ 永辉五一店 · 10:00 arranged",
        "2. ☑ 百顺烟酒 · 3 d late: 送样品",
        "3. ☑ 华联超市 · unseen 20 d",
        "4. ☐ 小河副食 · unseen 45 d",
    ]
    await chen.taps("✅ These 3")
    assert chen.notices[-1] == "Settled. Have a good round"
    assert lines(chen)[1] == "3 planned, 0 seen"


async def test_nothing_is_a_plan_before_it_is_confirmed_and_then_with_reasons_and_arithmetic(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("☑ 3")
    await chen.taps("☐ 4")
    assert await plan_of(stage) is None
    await chen.taps("✅ 就这 3 家")
    assert chen.notices[-1] == "定了，一路顺利"
    assert lines(chen) == [
        "📋 今天 11月23日 周一",
        "3 家，去了 0 家",
        "1. ▫️ 永辉五一店 · 10:00 约好了",
        "2. ▫️ 百顺烟酒 · 逾期 3 天：送样品",
        "3. ▫️ 小河副食 · 45 天没见",
    ]
    assert keyboard(chen)[:3] == [
        ["🎯 1 永辉五一店", "🎯 2 百顺烟酒"],
        ["🎯 3 小河副食"],
        ["✏️ 改计划", "➕ 加客户"],
    ]
    plan = await plan_of(stage)
    assert plan is not None
    assert plan.plan.made_at is not None
    assert (plan.plan.target, plan.plan.arithmetic["proposed"]) == (3, 3)
    codes = [item.planned.reasons[0]["code"] for item in plan.items]
    assert codes == ["appointment", "promise_overdue", "contact_overdue"]
    assert await draft_of(stage) is None


async def test_a_second_tap_changes_nothing(stage: Stage) -> None:
    ids = await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    message_id, off = chen.button("☑ 3")
    _, confirm = chen.button("✅ 就这 3 家")
    for _ in range(2):
        await chen.does(lambda: stage.api.tap(CHEN, message_id, off, stale=True))
        draft = await draft_of(stage)
        assert draft is not None
        assert draft.chosen == [ids["永辉五一店"], ids["百顺烟酒"]]
    for _ in range(2):
        await chen.does(lambda: stage.api.tap(CHEN, message_id, confirm, stale=True))
    assert "已经处理过" in chen.notices[-1]
    await chen.does(lambda: stage.api.tap(CHEN, message_id, off, stale=True))
    assert "已经处理过" in chen.notices[-1]
    assert [name for name, _ in await planned(stage)] == ["永辉五一店", "百顺烟酒"]


async def test_ticks_survive_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Stage(tmp_path) as first:
        judge_here(first, monkeypatch)
        await fill(first)
        chen = first.person(CHEN)
        await chen.says("/plan")
        await chen.taps("☐ 4")
        await chen.taps("☑ 1")
        saved = first.api.dump()
    async with Stage(tmp_path) as second:
        second.api.load(saved)
        judge_here(second, monkeypatch)
        await second.person(CHEN).taps("✅ 就这 3 家")
        assert [name for name, _ in await planned(second)] == ["百顺烟酒", "华联超市", "小河副食"]


async def test_whom_he_has_seen_by_now_stays_ticked_and_is_said_to_be_seen(stage: Stage) -> None:
    ids = await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("☐ 4")
    async with stage.coach.database.begin() as session:
        person = await person_of(stage, CHEN)
        session.add(Visit(person_id=person.id, account_id=ids["小河副食"], day=TODAY, outcome="info"))
    await chen.says("/plan")
    assert lines(chen)[1] == "建议 3 家，今天已去 1 家"
    assert "2. ☑ 小河副食 · 今天去过" in lines(chen)
    await chen.taps("🔢 换个数")
    await chen.taps("1")
    assert lines(chen)[2] == "📌 约好的和您自己定的有 2 家，都留着"


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "今天休息，只勾了约好的；想去再勾。"), ("en", "Day off: just what is arranged")]
)
async def test_of_a_day_off_nothing_is_asked_but_what_is_arranged(stage: Stage, language: str, said: str) -> None:
    await fill(stage)
    stage.clock.move_to(stage.clock.now() - dtm.timedelta(days=1))
    chen = stage.person(CHEN, language)
    await chen.says("/plan")
    assert lines(chen)[1] == said
    assert "☑" not in shown(chen)
    await chen.taps("☐ 1")
    assert shown(chen).count("☑") == 1


async def test_ticks_stay_when_the_plan_is_asked_for_again(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("☑ 2")
    await chen.says("打开我的计划")
    assert [line[:4] for line in lines(chen)[2:]] == ["1. ☑", "2. ☐", "3. ☑", "4. ☐"]


async def test_another_number_by_tap_and_by_typing_keeps_the_appointment(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("☑ 1")
    await chen.taps("🔢 换个数")
    assert chen.buttons == ["1", "2", "3", "4", "◀ 计划"]
    await chen.taps("2")
    assert [line[3] for line in lines(chen)[2:]] == list("☑☑☐☐")
    await chen.taps("🔢 换个数")
    for refused in ("五家", "0", "很多"):
        (answer,) = await chen.says(refused)
        assert "1 到 4 之间" in answer
    await chen.says("四家")
    assert [line[3] for line in lines(chen)[2:]] == list("☑☑☑☑")


async def test_less_time_leaves_what_must_be_and_names_the_rest(stage: Stage) -> None:
    await fill(stage)
    await add(stage, CHEN, "今天到期的店", met(3), Promise(made_on=ago(4), what="报价", due=TODAY), tier="C")
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("🔢 换个数")
    await chen.says("5")
    await chen.taps("🕑 时间少")
    assert lines(chen)[2] == "🕑 放下 2 家：华联超市、小河副食"
    assert [line[3] for line in lines(chen)[3:]] == list("☑☑☑☐☐")
    await chen.taps("🕑 时间少")
    assert lines(chen)[2] == "🕑 剩下的都是约好的或到期的，减不了了。"
    await chen.taps("✅ 就这 3 家")
    assert [name for name, _ in await planned(stage)] == ["永辉五一店", "百顺烟酒", "今天到期的店"]


async def test_an_account_is_added_by_typing_and_asked_where_it_may_be_several(stage: Stage) -> None:
    await fill(stage)
    await add(stage, CHEN, "永辉学府店", met(2), tier="C")
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("➕ 加客户")
    (answer,) = await chen.says("没这家店")
    assert "没找到「没这家店」" in answer
    await chen.says("sunny")
    assert lines(chen)[2:5] == ["➕ Sunny Mart：加进来了", "1. ☑ 永辉五一店 · 10:00 约好了", "2. ☑ Sunny Mart · 您加的"]
    await chen.taps("➕ 加客户")
    (asked,) = await chen.says("永辉")
    assert asked == "「永辉」是哪一家？"
    assert set(chen.buttons) == {"永辉五一店", "永辉学府店"}
    await chen.taps("永辉学府店")
    await chen.taps("✅ 就这 5 家")
    assert [name for name, _ in await planned(stage)][:3] == ["永辉五一店", "Sunny Mart", "永辉学府店"]
    await chen.taps("➕ 加客户")
    await chen.says("华联")
    assert lines(chen)[:3] == ["📋 今天 11月23日 周一", "5 家，去了 0 家", "➕ 华联超市：加进来了"]


async def test_tomorrow_is_planned_the_evening_before_ticked_again_and_then_stands(stage: Stage) -> None:
    await fill(stage)
    stage.clock.move_to(dtm.datetime(2026, 11, 23, 12, 0, tzinfo=dtm.UTC))
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("11月24日 周二 的计划 ▶")
    assert lines(chen)[0] == "📋 11月24日 周二 的计划"
    await chen.taps("✅ 就这 3 家")
    assert await plan_of(stage) is None
    before = await planned(stage, TOMORROW)
    assert len(before) == 3
    await chen.taps("✏️ 重新勾选")
    await chen.taps("☑ 3")
    await chen.taps("✅ 就这 2 家")
    assert await planned(stage, TOMORROW) == before[:2]
    await chen.taps("◀ 今天的计划")
    assert lines(chen)[0] == "📋 今天 11月23日 周一"
    stage.clock.move_to(dtm.datetime(2026, 11, 24, 1, 0, tzinfo=dtm.UTC))
    await chen.says("/plan")
    assert lines(chen)[:2] == ["📋 今天 11月24日 周二", "2 家，去了 0 家"]
    assert "✏️ 重新勾选" not in chen.buttons
    assert "已经处理过" in await tap(stage, CHEN, "plan-again:20261124")
    assert await planned(stage, TOMORROW) == before[:2]


async def test_a_day_that_has_started_is_shown_as_it_is_with_what_was_visited(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, TODAY, ids["Sunny Mart"], ids["小河副食"])
    await add(stage, CHEN, "急事的店", Promise(made_on=ago(9), what="送样品", due=ago(5)), tier="A")
    chen = stage.person(CHEN)
    await chen.says("去了小河副食，聊了聊")
    await chen.taps("✅ 对，记下")
    await chen.says("/plan")
    assert lines(chen)[1:] == ["2 家，去了 1 家", "1. ▫️ Sunny Mart · 您加的", "2. ✅ 小河副食 · 您加的"]
    assert keyboard(chen)[0] == ["🎯 1 Sunny Mart"]
    (card,) = await chen.taps("🎯 1 Sunny Mart")
    assert card.startswith("🎯 Sunny Mart C")
    assert [name for name, _ in await planned(stage)] == ["Sunny Mart", "小河副食"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_every_screen_fits_with_many_accounts_of_long_names(stage: Stage, language: str) -> None:
    for number in range(9):
        late = Promise(made_on=ago(9), what="送新品陈列架和样品各两箱", due=ago(3))
        name = f"{number}{LONG[number % 4]}"
        await add(stage, CHEN, name, met(40), late, tier="A" if number % 2 else "C", potential=90, annual_sales=10)
    await add_accounts(stage, CHEN, *(f"远处的店{number}" for number in range(40)))
    chen = stage.person(CHEN, language)
    zh = language != "en"
    await chen.says("/plan")
    page = keyboard(chen)
    assert len(page[0]) == len(page[1]) == 4
    assert len(lines(chen)) >= 10
    await chen.taps("▶")
    assert lines(chen)[-1].startswith("16. ")
    for label in (
        ("🕑 时间少", "❓ 为什么这样排", "1", "▼ 规则和出处")
        if zh
        else (
            "🕑 Shorter",
            "❓ Why this order",
            "1",
            "▼ Rules and sources",
        )
    ):
        await chen.taps(label)
        shown(chen)
    await chen.taps("◀ 全部理由" if zh else "◀ All reasons")
    await chen.taps("◀ 计划" if zh else "◀ Plan")
    await chen.taps("⚖️ 超量怎么办" if zh else "⚖️ Too many accounts")
    shown(chen)
    await chen.taps("◀ 计划" if zh else "◀ Plan")
    await chen.taps(next(label for label in chen.buttons if label.startswith("✅")))
    for label in (
        ("✏️ 改计划", "📅 1 改天", "◀ 计划", "✏️ 改计划", "✖ 1 不去了")
        if zh
        else (
            "✏️ Change",
            "📅 1 move",
            "◀ Plan",
            "✏️ Change",
            "✖ 1 drop",
        )
    ):
        await chen.taps(label)
        shown(chen)
    await chen.says("老板出国去了要下个月才回来" * 4)
    shown(chen)
    await chen.taps("↩ 点错了" if zh else "↩ Tapped by mistake")
    shown(chen)


async def test_another_managers_day_does_not_exist(stage: Stage) -> None:
    await fill(stage)
    theirs = (await fill(stage, LIN))["Sunny Mart"]
    await stage.person(LIN).says("/plan")
    chen = stage.person(CHEN)
    await chen.says("/plan")
    before = await draft_of(stage)
    assert before is not None
    for verb in ("plan-tick:20261123:{}:1:0", "plan-put:20261123:{}", "plan-visit:{}", "plan-because:20261123:{}"):
        assert "没找到" in await tap(stage, CHEN, verb.format(theirs)), verb
    after = await draft_of(stage)
    assert after is not None
    assert (after.chosen, after.ranked) == (before.chosen, before.ranked)


async def test_a_day_that_is_over_cannot_be_planned(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    message_id, confirm = chen.button("✅ 就这 3 家")
    stage.clock.move_to(dtm.datetime(2026, 11, 24, 1, 0, tzinfo=dtm.UTC))
    await chen.does(lambda: stage.api.tap(CHEN, message_id, confirm))
    assert chen.notices[-1] == "这一天过去了，或者还太早。发 /plan 看今天的计划。"
    for verb in ("plan:20261123:0", "plan-add:20261123", "plan-number:20261123", "plan:20270301:0"):
        assert "这一天过去了" in await tap(stage, CHEN, verb), verb
    assert await plan_of(stage) is None


async def test_without_accounts_it_tells_how_to_begin_and_whom_it_is_for(stage: Stage) -> None:
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/plan")
    assert answer.startswith("先从一家客户开始。")
    (asked,) = await chen.taps("➕ 新客户")
    assert "客户叫什么" in asked
    (answer,) = await stage.person(LEAD).says("/plan")
    assert "/team" in answer
    await add(stage, LEAD, "主管自己的店", met(40), tier="A")
    (answer,) = await stage.person(LEAD).says("/plan")
    assert "主管自己的店" in answer


async def test_nothing_pressing_is_said_and_an_account_that_left_the_book_is_gone(stage: Stage) -> None:
    ids = await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    async with stage.coach.database.begin() as session:
        for name in ("永辉五一店", "百顺烟酒", "华联超市", "小河副食"):
            accounts.archive(await session.get_one(Account, ids[name]), TODAY)
    await chen.says("/plan")
    assert lines(chen)[2:] == ["今天没有非去不可的。点 ➕，加一两家想见的。"]
    assert keyboard(chen)[0] == ["➕ 加客户"]


async def test_where_the_rules_fail_it_says_so_and_keeps_the_list(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")

    async def failing(_facts: object) -> None:
        raise EngineError("x")

    monkeypatch.setattr(stage.coach.shared.worker, "evaluate", failing)
    (answer,) = await chen.says("/plan")
    assert answer == "规则这会儿算不出来，过几分钟再试一次。"
    assert await tap(stage, CHEN, "plan-ok:20261123") == "定了，一路顺利"


async def test_a_button_of_a_full_day_fits_its_size(stage: Stage) -> None:
    """The longest actions hold a day and two ids of ten digits within the 44 bytes of bot.keyboards."""
    sign = stage.coach.shared.signer.sign
    for longest in ("plan-tick:20261123:9999999999:1:99", "plan-dropped:20261123:9999999999:needless"):
        assert sign(longest, CHEN, stage.clock.now())
    assert Policy().daily_visits_target == 6
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    assert action(stage, chen, "☑ 1").startswith("plan-tick:20261123:")
