"""/gaps: leads see what was asked and not answered well; for managers the command does not exist."""

from __future__ import annotations

from bot import handlers
from tests.telegram import Stage

CHEN, LIN, LEAD = 1001, 1002, 2001


async def test_a_manager_hears_that_there_is_no_such_command(stage: Stage) -> None:
    assert "没有这个命令" in (await stage.person(CHEN).says("/gaps"))[0]


async def test_without_gaps_it_says_so(stage: Stage) -> None:
    assert "没有没答上来的" in (await stage.person(LEAD).says("/gaps"))[0]


async def test_near_equal_questions_count_together_without_names(stage: Stage) -> None:
    for who, text in (
        (CHEN, "今天股票涨了吗"),
        (LIN, "今天股票涨了没"),
        (CHEN, "信用卡丢了怎么挂失"),
        (CHEN, "<b>彩票</b>&中奖号"),
    ):
        await stage.person(who).says(text)
    (listed,) = await stage.person(LEAD).says("/gaps")
    lines = listed.split("\n")
    assert "股票" in lines[1]
    assert "2 次" in lines[1]
    assert any("信用卡" in line and "1 次" in line for line in lines)
    assert "<b>彩票</b>&中奖号" in listed
    assert "陈晓" not in listed


async def test_a_disliked_answer_is_a_gap(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("什么样的客户才算大客户")
    await chen.taps("👎")
    (listed,) = await stage.person(LEAD).says("/gaps")
    assert "大客户" in listed
    assert "👎" in listed


async def test_help_tells_leads_of_it_and_managers_not(stage: Stage) -> None:
    assert "/gaps" in (await stage.person(LEAD).says("/help"))[0]
    assert "/gaps" not in (await stage.person(CHEN).says("/help"))[0]


async def test_the_menu_shows_only_what_everybody_may_use(stage: Stage) -> None:
    menu = stage.api.snapshot()["commands"]
    assert [entry["command"] for entry in menu["default"]] == list(handlers.COMMANDS)
    assert {"start", "help", "language"} <= handlers.COMMANDS.keys()
    assert not handlers.COMMANDS.keys() & handlers.LEAD_COMMANDS.keys()
    assert menu["en"][1]["description"] == "What I can do for you"
