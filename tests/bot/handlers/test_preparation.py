"""/prepare on the phone: what to know, ask and read before a meeting, in twelve lines; notes are their author's own."""

from __future__ import annotations

from typing import Any

import pytest

from bot.handlers import preparation as conversation
from bot.models import Complaint, Contact, NextStep, Outcome, Stance, Visit
from bot.room import room
from bot.services.preparation import Kind
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, person_of
from tests.bot.handlers.test_accounts import NASTY, add, ago, full, shown
from tests.telegram import Stage, height, knowledge


def titles() -> set[str]:
    return {article.zh.title for article in knowledge()[0].articles.values()}


async def test_the_card_before_a_visit(stage: Stage) -> None:
    await add(stage, CHEN, "永辉超市五一店", *full("送样品"), tier="A", segment="便利店")
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/prepare 永辉")
    assert answer.split("\n") == [
        "🎯 永辉超市五一店 A · 处理投诉",
        "❗ 投诉未答复：送样品",
        "📅 11月25日 周三 15:00 送样品",
        "🕑 11月20日 周五 下了单 “谈了春节的…”",
        "🕑 10月24日 周六 了解情况",
        "🤝 欠他 2：送样品 ❗11月22日 周日",
        "💬 他欠 1：送样品 11月28日 周六",
        "👥 🔴 李经理、⚪ 赵经理",
        "1. 上回那件事，办得您满意吗？",
        "2. 李经理最担心吃亏在哪？",
        "3. 赵经理最看重什么？",
        "📖 文件里这样讲，点开看：",
    ]
    assert height(answer) <= 12
    assert chen.buttons[:3] == ["1 为什么问", "2 为什么问", "3 为什么问"]
    assert set(chen.buttons[3:5]) <= titles()
    assert chen.buttons[5:] == ["▼ 更多", "🔄 换个场合", "◀ 客户卡片"]


async def test_more_unfolds_and_folds(stage: Stage) -> None:
    await add(stage, CHEN, "永辉超市五一店", *full("送样品"), tier="A", segment="便利店")
    chen = stage.person(CHEN)
    await chen.says("/prepare 永辉")
    card = shown(chen)
    await chen.taps("▼ 更多")
    assert shown(chen).split("\n")[1:] == [
        "📅 11月25日 周三 15:00 送样品",
        "➡️ 没说日子 送样品",
        "🤝 欠他 2：送样品 ❗11月22日 周日",
        "🤝 送样品 没说日子",
        "💬 他欠 1：送样品 11月28日 周六",
        "👥 🔴 李经理、⚪ 赵经理",
        "👥 🟡 王经理、🟢 张经理",
        "📋 还缺：潜力、年销、毛利、拖款天数、走势",
    ]
    assert height(shown(chen)) <= 12
    await chen.taps("▲ 收起")
    assert shown(chen) == card


async def test_an_article_behind_a_question_opens(stage: Stage) -> None:
    await add(stage, CHEN, "永兴便利店", tier="B")
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/prepare 永兴")
    assert "1. 进货的事是谁拿主意？" in answer
    (article,) = await chen.taps("1 为什么问")
    assert "出处：《大客户经理素质》9.8" in article


async def test_another_kind_of_meeting_has_other_things_to_read(stage: Stage) -> None:
    await add(stage, CHEN, "永兴便利店", Visit(day=ago(3), outcome=Outcome.INFO), tier="B")
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/prepare 永兴")
    assert answer.split("\n")[0].endswith("日常拜访")
    assert answer.split("\n")[-1] == "📖 文件没列清单，这几条用得上："
    await chen.taps("🔄 换个场合")
    await chen.taps("打电话")
    assert shown(chen).split("\n")[0].endswith("打电话")
    assert shown(chen).split("\n")[-1] == "📖 文件里这样讲，点开看："
    (article,) = await chen.taps("电话要主动打，拨号前先想清楚")
    assert "4.7.1" in article


async def test_the_same_in_english(stage: Stage) -> None:
    await add(stage, CHEN, "Riverside Stores", *full("send samples"), tier="A")
    (answer,) = await stage.person(CHEN, "en").says("/prepare riverside")
    lines = answer.split("\n")
    assert lines[0] == "🎯 Riverside Stores A · complaint"
    assert "1. Are you happy with how it ended?" in lines
    assert lines[-1] == "📖 What the documents say:"
    assert height(answer) <= 12


async def test_a_lead_reads_no_notes(stage: Stage) -> None:
    await add(stage, CHEN, "永兴便利店", Visit(day=ago(3), outcome=Outcome.INFO, text="老板私下说要换供应商"))
    lead = stage.person(LEAD)
    (answer,) = await lead.says("/prepare 永兴")
    assert "了解情况 · 陈晓" in answer
    assert "老板" not in answer
    await lead.taps("▼ 更多")
    assert "老板" not in shown(lead)


async def test_words_of_an_earlier_manager_stay_his(stage: Stage) -> None:
    theirs = Visit(day=ago(9), outcome=Outcome.INFO, text="林的原话", person_id=(await person_of(stage, LIN)).id)
    await add(stage, CHEN, "永兴便利店", theirs, Visit(day=ago(3), outcome=Outcome.INFO, text="我的原话"))
    (answer,) = await stage.person(CHEN).says("/prepare 永兴")
    assert "“我的原话”" in answer
    assert "林的原话" not in answer
    assert "了解情况 · 林建国" in answer


async def test_without_words_what_comes_next_is_offered(stage: Stage) -> None:
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/prepare")
    assert "/prepare 五一店" in answer
    for name, days in (("大后天去", 3), ("明天去", 1), ("下个月去", 30)):
        await add(stage, CHEN, name, NextStep(agreed_on=ago(1), what="谈", due=ago(-days)))
    await chen.says("/prepare")
    assert chen.buttons == ["11月24日 周二 明天去", "11月26日 周四 大后天去", "我的客户"]
    await chen.taps("11月24日 周二 明天去")
    assert shown(chen).startswith("🎯 明天去")


async def test_what_was_agreed_for_earlier_days_stands_behind_what_comes_and_is_marked(stage: Stage) -> None:
    late = [NextStep(agreed_on=ago(20), what="谈", due=ago(days)) for days in (9, 2)]
    for number in range(9):
        await add(stage, CHEN, f"迟了{number}", NextStep(agreed_on=ago(20), what="谈", due=ago(9)))
    soon = NextStep(agreed_on=ago(1), what="谈", due=ago(-1))
    await add(stage, CHEN, "明天去的永兴便利店五一路旗舰总店二楼", soon, *late)
    chen = stage.person(CHEN)
    await chen.says("/prepare")
    assert chen.buttons[0].startswith("11月24日 周二 明天去的永兴")
    assert chen.buttons[1] == "❗ 11月14日 周六 迟了0"
    assert len(chen.buttons) == 9
    assert all(room(label) <= 18 for label in chen.buttons)


async def test_several_fitting_accounts_are_offered(stage: Stage) -> None:
    await add(stage, CHEN, "永兴一店")
    await add(stage, CHEN, "永兴二店")
    chen = stage.person(CHEN)
    await chen.says("/prepare 永兴")
    assert chen.buttons == ["C 永兴一店", "C 永兴二店"]
    await chen.taps("C 永兴二店")
    assert shown(chen).startswith("🎯 永兴二店")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_the_fullest_card_fits(stage: Stage, language: str) -> None:
    chen = stage.person(CHEN, language)
    for letter in ("店", "W"):
        records: list[Any] = [
            *full(letter * 256),
            *(Visit(day=ago(n), outcome=Outcome.ISSUE_SOLVED, text=letter * 500) for n in range(40, 42)),
        ]
        for record in records:
            if isinstance(record, Contact):
                record.name, record.role = letter * 60 + record.name, letter * 64
        account = await add(stage, CHEN, letter * 128, *records, tier="A")
        await chen.says("/help")
        message_id = chen.last["message_id"]
        for verb in ("prepare", "prepare-more"):
            for kind in Kind:
                data = stage.coach.shared.signer.sign(f"{verb}:{account}:{kind}", CHEN, stage.clock.now())
                await chen.does(lambda at=message_id, data=data: stage.api.tap(CHEN, at, data, stale=True))
                assert shown(chen).startswith(f"🎯 {letter * 6}")
                assert height(shown(chen)) <= 12, shown(chen)


async def test_nasty_words_do_no_harm(stage: Stage) -> None:
    chen = stage.person(CHEN)
    for name in NASTY:
        await add(
            stage,
            CHEN,
            name,
            Visit(day=ago(1), outcome=Outcome.INFO, text=name, contact=name[:64]),
            Contact(name=name[:64], role=name[:64], stance=Stance.OPPONENT),
            Complaint(made_on=ago(1), text=name),
        )
        (answer,) = await chen.says(f"/prepare {name}")
        assert answer.startswith(f"🎯 {name[:6]}")
        assert height(answer) <= 12


def test_whatever_is_read_and_asked_has_an_article() -> None:
    articles = knowledge()[0].articles
    assert set(conversation.READING) == set(Kind)
    for reading in conversation.READING.values():
        assert set(reading) <= set(articles)
    assert set(conversation.SOURCES.values()) <= set(articles)


def test_listed_meetings_are_those_whose_articles_say_what_to_do() -> None:
    """K3.20 and K3.19 are mere headings, and no item lists what a regular or a first visit needs."""
    articles = knowledge()[0].articles
    for kind in conversation.LISTED:
        assert not any(articles[name].heading_only for name in conversation.READING[kind])


def test_every_action_fits_its_button() -> None:
    for kind in Kind:
        assert len(f"prepare-more:1000000000:{kind}".encode()) <= 44
