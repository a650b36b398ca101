"""Commands in plain words: what a lead says reaches his commands, what a manager says his own; the rest is asked."""

from __future__ import annotations

import pytest

from bot.handlers import LEAD_COMMANDS
from tests.bot.handlers.organisation import CHEN, LEAD
from tests.telegram import Stage


@pytest.mark.parametrize(
    ("language", "words", "command"),
    [
        ("zh-hans", "我还欠谁的", "owed"),
        ("en", "what do I owe?", "owed"),
        ("zh-hans", "发个通知给大家", "broadcast"),
        ("en", "send a message to the team", "broadcast"),
        ("zh-hans", "团队手册", "handbook"),
        ("en", "team handbook", "handbook"),
        ("zh-hans", "本月怎么样？", "month"),
        ("en", "How is this month going?", "month"),
        ("zh-hans", "看看周报", "digest"),
        ("en", "show me the digest", "digest"),
    ],
)
async def test_a_lead_reaches_his_commands_in_plain_words(
    stage: Stage, language: str, words: str, command: str
) -> None:
    assert command in LEAD_COMMANDS
    lead = stage.person(LEAD, language)
    await lead.says("/start")
    said = await lead.says(words)
    await lead.says("/help")  # ends what a command waits for
    assert said == await lead.says(f"/{command}")


@pytest.mark.parametrize(
    ("language", "words", "command"),
    [
        ("zh-hans", "我还欠谁的", "promises"),
        ("en", "what do I owe", "promises"),
        ("zh-hans", "本月怎么样", "goals"),
        ("en", "how is this month going", "goals"),
        ("zh-hans", "请主管帮忙", "askhelp"),
        ("en", "ask my lead for help", "askhelp"),
    ],
)
async def test_the_same_words_are_his_own_matter_to_a_manager(
    stage: Stage, language: str, words: str, command: str
) -> None:
    chen = stage.person(CHEN, language)
    await chen.says("/start")
    await stage.person(LEAD).says("/start")
    said = await chen.says(words)
    await chen.says("/help")
    assert said == await chen.says(f"/{command}")


@pytest.mark.parametrize("words", ["群发", "团队手册", "怎么向主管求助", "手册里怎么说退货"])
async def test_a_manager_is_answered_as_a_question_what_only_leads_command(stage: Stage, words: str) -> None:
    chen = stage.person(CHEN)
    await chen.says("/start")
    (said,) = await chen.says(words)
    assert "没有这个命令" not in said
    assert len(chen.buttons) >= 1


async def test_an_account_is_added_in_plain_words(stage: Stage) -> None:
    chen = stage.person(CHEN)
    (added,) = await chen.says("新建客户 鸿运烟酒 在人民路12号")
    assert "鸿运烟酒" in added
    assert "人民路" not in added
    (asked,) = await chen.says("添加客户")
    assert "客户叫什么" in asked


async def test_words_that_are_asked_about_without_a_colon_are_looked_over(stage: Stage) -> None:
    (said,) = await stage.person(CHEN).says("我准备回他 你自己不看通知怪谁 会不会太冲")
    assert "你自己不看通知怪谁" in said
