"""Why a day is as it is, on the phone: points and rules down to facts, too many accounts, Monday's five questions."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.models import Contact, Outcome, Promise, Stance, Visit
from tests.bot.handlers.days import TODAY, ago, fill, keyboard, lines, made, met, rules, shown
from tests.bot.handlers.organisation import CHEN, add_accounts, tap
from tests.bot.handlers.test_accounts import add
from tests.telegram import Stage

__all__ = ["rules"]

pytestmark = pytest.mark.usefixtures("rules")


async def test_the_order_unfolds_to_points_reasons_rules_and_sources(stage: Stage) -> None:
    await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("❓ 为什么这样排")
    head, first, second, third, fourth = lines(chen)
    assert head == "为什么这样排（点数字看依据）"
    assert first == "1. 永辉五一店 · 600"
    assert second.startswith("2. 百顺烟酒 · ")
    for line in (second, third):
        total, parts = line.rpartition(" · ")[2].split("=")
        assert int(total) == sum(map(int, parts.split("+")))
    assert "=" not in fourth
    await chen.taps("2")
    assert lines(chen)[0].startswith("百顺烟酒 · ")
    assert lines(chen)[1] == "· 过期 3 天：送样品 +80"
    await chen.taps("▼ 规则和出处")
    text = shown(chen)
    assert "└ 过期 3 天：送样品（《客户经理基本素养》4.7.2.9; 《大客户经理素质》4.5）· promise_not_kept_yet v1" in text
    assert "承诺逾期" in text
    assert "broken_promise" in text
    await chen.taps("▲ 收起")
    await chen.taps("◀ 全部理由")
    await chen.taps("3")
    assert any("和 永辉五一店 同一片" in line for line in lines(chen))
    await chen.taps("▼ 规则和出处")
    assert "└ 和 永辉五一店 同一片（我们的默认值）· same_area" in shown(chen)
    await chen.taps("◀ 全部理由")
    await chen.taps("◀ 计划")
    assert lines(chen)[0] == "📋 今天 11月23日 周一"


async def test_the_rules_of_a_plan_that_stands_are_said_to_be_read_now(stage: Stage) -> None:
    ids = await fill(stage)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("✅ 就这 3 家")
    await chen.taps("❓ 为什么这样排")
    await chen.taps("2")
    await chen.taps("▼ 规则和出处")
    assert lines(chen)[1] == "🕑 按现在的资料推的，不是定计划那时的。"
    assert "promise_not_kept_yet v1" in shown(chen)
    async with stage.coach.database.begin() as session:
        for promise in await session.scalars(select(Promise).where(Promise.account_id == ids["百顺烟酒"])):
            promise.kept_on = TODAY
    await chen.taps("▲ 收起")
    assert lines(chen)[1] == "· 过期 3 天：送样品 +80", "what the plan keeps"
    await chen.taps("▼ 规则和出处")
    assert lines(chen)[2:] == ["· 现在没有规则给它加分了，事情多半已经办了。"]


async def test_the_same_in_english_and_for_a_plan_that_stands(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, TODAY, ids["Sunny Mart"])
    chen = stage.person(CHEN, "en")
    await chen.says("/plan")
    await chen.taps("❓ Why this order")
    assert lines(chen) == ["Why this order (tap a number)", "1. Sunny Mart · 0"]
    await chen.taps("1")
    assert lines(chen) == ["Sunny Mart · 0 points", "· Your own choice, without points."]
    assert "▼ Rules and sources" not in chen.buttons
    assert "没找到" in await tap(stage, CHEN, f"plan-because:20261123:{ids['小河副食']}")


async def test_a_long_derivation_is_paged(stage: Stage) -> None:
    late = Promise(made_on=ago(9), what="送样品", due=ago(3))
    opponent = Contact(name="李经理", stance=Stance.OPPONENT)
    await add(stage, CHEN, "处处有事的店", met(50), late, opponent, tier="A", potential=90, annual_sales=10)
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("❓ 为什么这样排")
    await chen.taps("1")
    await chen.taps("▼ 规则和出处")
    pages = [lines(chen)]
    while "▶" in chen.buttons:
        await chen.taps("▶")
        pages.append(lines(chen))
    assert len(pages) > 1
    assert {page[0] for page in pages} == {pages[0][0]}
    assert len({tuple(page) for page in pages}) == len(pages)


async def test_too_many_accounts_name_what_each_would_free_and_whom_to_ask(stage: Stage) -> None:
    await add_accounts(stage, CHEN, *(f"重点{number}" for number in range(40)))
    for number in range(9):
        await add(stage, CHEN, f"小店{number}", tier="C")
    chen = stage.person(CHEN)
    await chen.says("/plan")
    assert lines(chen)[2] == "⚠️ 要求是目标的 140%，客户超量了"
    await chen.taps("⚖️ 超量怎么办")
    assert lines(chen)[:2] == ["要求每天 8.4 家，目标 6 家", "· 小店0：30 → 60 天，四周省 0.5 次"]
    assert lines(chen)[-2:] == [
        "· 这些都拉长了也还不够，要调走几家。",
        "周期由团队定：拿着这几行和主管商量，或把谁改成电话联系。",
    ]
    await chen.taps("▶")
    assert "· 小店8：" in shown(chen)
    assert keyboard(chen)[0] == ["◀"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_mondays_five_questions_are_answered_from_his_own_records(stage: Stage, language: str) -> None:
    opponent = Contact(name="李经理", stance=Stance.OPPONENT)
    order = Visit(day=ago(3), outcome=Outcome.ORDER)
    await add(stage, CHEN, "下单的店", order, tier="A", potential=90, annual_sales=80)
    await add(stage, CHEN, "有人反对的店", met(40), opponent, tier="A", potential=300, annual_sales=10)
    visits = [Visit(day=ago(day), outcome=Outcome.NONE) for day in (1, 2, 3, 4)]
    await add(stage, CHEN, "白跑的店", *visits, tier="C")
    chen = stage.person(CHEN, language)
    await chen.says("/plan")
    await chen.taps("🧭 周一五问" if language != "en" else "🧭 Monday's five questions")
    if language == "en":
        assert lines(chen) == [
            "🧭 Five questions: who gets my time",
            "1. Too many? 3 accounts, 1 past cadence; 0.4 asked a day, aim 6",
            "2. Pays now: 下单的店; in 3-6 months: 有人反对的店",
            "3. Right people? 5 met, key 1, opponents 0; see 有人反对的店",
            "4. Right things? 1 of 5 visits bore fruit; none at 白跑的店",
            "5. Seniors to: 有人反对的店 (opponent)",
        ]
    else:
        assert lines(chen)[2] == "2. 近期有单：下单的店；三到六个月：有人反对的店"
        (article,) = await chen.taps("五个问题，排好先后")
        assert "9.14" in article


async def test_the_five_questions_are_mondays(stage: Stage) -> None:
    await fill(stage)
    stage.clock.move_to(stage.clock.now().replace(day=24))
    chen = stage.person(CHEN)
    await chen.says("/plan")
    assert "🧭 周一五问" not in chen.buttons
