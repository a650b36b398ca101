"""Morning: open ends, number and list, Mondays, the month's first workday; in twelve lines, both languages."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from html import unescape

import pytest

from bot.jobs import morning
from bot.jobs.reminders import Occasion, Skip
from bot.models import DayReview, Goal, GoalKind, Kind, Promise, Reminder, Urgency
from bot.replies import Say
from bot.services import teams
from bot.texts import Texts, Voice
from tests.bot.escalating import at, go_to, heard, raise_flag
from tests.bot.handlers.days import FRIDAY, LONG, TODAY, fill, made, planned, rules
from tests.bot.handlers.organisation import CHEN, LEAD, person_of
from tests.bot.handlers.test_accounts import add, ago
from tests.telegram import Stage, height

__all__ = ["rules"]

TEXTS = Texts()
FIRST_OF_MONTH = dtm.date(2026, 12, 1)
"""A Tuesday."""

pytestmark = pytest.mark.usefixtures("rules")


async def composed(stage: Stage, day: dtm.date = TODAY, *, who: int = CHEN, locale: str = "zh") -> Sequence[Say] | Skip:
    """What somebody is told in the morning of a day; every message fits a phone."""
    person = await person_of(stage, who)
    now = dtm.datetime.combine(day, dtm.time(0, 30), dtm.UTC)
    async with stage.coach.database.begin() as session:
        reminder = Reminder(
            id=77,
            key="morning:77",
            person_id=person.id,
            kind=Kind.MORNING,
            day=day,
            due_at=now,
            not_before=now,
            urgency=Urgency.PLAN,
        )
        workdays = await teams.workdays_of(session, person)
        said = await morning.compose(
            Occasion(session, stage.coach.shared, person, workdays, Voice(TEXTS, locale), reminder, day, now)
        )
    if not isinstance(said, Skip):
        assert all(height(plain(one)) <= 12 for one in said)
    return said


async def lines(stage: Stage, day: dtm.date = TODAY, *, number: int = -1, locale: str = "zh") -> list[str]:
    """The lines of one of the messages, by default the last."""
    said = await composed(stage, day, locale=locale)
    assert not isinstance(said, Skip)
    return plain(said[number]).split("\n")


def plain(said: Say) -> str:
    """The words of a message without their markup."""
    return unescape(said.html.replace("<b>", "").replace("</b>", ""))


def actions(said: Say) -> list[str]:
    return [button.action for row in said.buttons for button in row]


async def test_a_monday_morning(stage: Stage) -> None:
    await fill(stage)
    said = await composed(stage)
    assert not isinstance(said, Skip)
    (one,) = said
    assert one.html.split("\n")[:3] == [
        "☀️ 早上好，陈晓。<b>11月23日 周一</b>",
        "建议 3 家：要求 0.4，团队目标 6",
        "1. ☑ 永辉五一店 · 10:00 约好了",
    ]
    assert actions(one)[-3:] == ["plan-five:", "snooze:77", "skip-day:"]
    assert await planned(stage) == []


async def test_any_other_morning_in_english_with_the_first_step_he_set_himself(stage: Stage) -> None:
    await fill(stage)
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        session.add(DayReview(person_id=person.id, day=TODAY, first_step="call the bank about the loan"))
    tuesday = TODAY + dtm.timedelta(days=1)
    assert (await lines(stage, tuesday, locale="en"))[:3] == [
        "☀️ Morning, 陈晓. Tue 24 Nov",
        "👣 Your first step: call the bank a…",
        "Aim for 3: needed 0.4, team aim 6",
    ]
    said = await composed(stage, tuesday)
    assert not isinstance(said, Skip)
    assert "plan-five:" not in actions(said[0])


async def test_open_ends_come_first_under_the_number(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, FRIDAY, ids["小河副食"], ids["华联超市"])
    said = await composed(stage)
    assert not isinstance(said, Skip)
    assert said[0].html.split("\n")[1:] == [
        "建议 3 家：要求 0.4，团队目标 6",
        "<b>先理一理：2 家还没了结</b>",
        "1. 小河副食 · 11月20日 周五",
        "2. 华联超市 · 11月20日 周五",
    ]
    assert actions(said[0])[:3] == [f"plan-{act}:20261120:{ids['小河副食']}" for act in ("done", "now", "drop")]
    assert actions(said[0])[6:] == ["plan:20261123:0", "plan-five:", "snooze:77", "skip-day:"]


async def test_a_plan_of_yesterday_evening_is_shown_as_it_is(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, TODAY, ids["Sunny Mart"])
    assert (await lines(stage))[1:] == ["1 家，去了 0 家", "1. ▫️ Sunny Mart · 您加的"]
    assert [name for name, _ in await planned(stage)] == ["Sunny Mart"]


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_the_months_first_workday_shows_the_last_goals_and_asks_for_the_new(stage: Stage, locale: str) -> None:
    await fill(stage)
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        about = {"person_id": person.id, "month": dtm.date(2026, 11, 1)}
        session.add(Goal(**about, kind=GoalKind.VISITS, target=4))
        session.add(Goal(**about, kind=GoalKind.VOLUME, target=80))
    said = await composed(stage, FIRST_OF_MONTH, locale=locale)
    assert not isinstance(said, Skip)
    goals, day = said
    expected = {
        "zh": [
            "<b>上个月的结果</b>",
            "· 拜访 4/4 = 100%",
            "· 销量 目标 80，还没报",
            "🎯 <b>2026年12月想做到多少？</b>三个数，点一项定下来。",
        ],
        "en": [
            "<b>How last month ended</b>",
            "· Visits 4/4 = 100%",
            "· Volume: 80, not told yet",
            "🎯 <b>What shall December 2026 bring?</b> Three numbers; tap one to set it.",
        ],
    }
    assert goals.html.split("\n") == expected[locale]
    asked = [f"goal-ask:202612:{kind}" for kind in GoalKind]
    assert actions(goals) == [*asked, "goal-tell:202611"]
    assert "plan-ok:20261201" in actions(day)
    assert len(await lines(stage, FIRST_OF_MONTH + dtm.timedelta(days=1), number=0)) > 4


@pytest.mark.parametrize(
    ("locale", "told", "opened"),
    [
        ("zh", ["👥 明天会请主管一起看 2 件", "🔴 承诺逾期 · 红梅副食"], "👥 先看这 2 件"),
        ("en", ["👥 Tomorrow your lead sees 2 flags", "🔴 Promise overdue · 红梅副食"], "👥 Look at these 2 first"),
    ],
)
async def test_what_his_lead_will_hear_stands_in_the_prompt_and_is_told_once_a_day(
    stage: Stage, locale: str, told: list[str], opened: str
) -> None:
    await fill(stage)
    for who in (CHEN, LEAD):
        await stage.person(who).says("/start")
    for name in ("红梅副食", "顺发烟酒行"):
        await raise_flag(stage, CHEN, name, at(0, 0), severity="critical")
    for _ in range(2):  # he has put it off
        said = await composed(stage, locale=locale)
        assert not isinstance(said, Skip)
        (one,) = said
        assert plain(one).split("\n")[1:3] == told
        assert one.buttons[0][0].label == opened
    await go_to(stage, at(0, 18, 0))
    assert heard(stage, CHEN, "会请主管一起看") == []


async def test_where_it_has_no_room_it_comes_before_the_prompt(stage: Stage) -> None:
    await fill(stage)
    for who in (CHEN, LEAD):
        await stage.person(who).says("/start")
    person, friday = await person_of(stage, CHEN), TODAY + dtm.timedelta(days=4)
    async with stage.coach.database.begin() as session:
        session.add(DayReview(person_id=person.id, day=friday - dtm.timedelta(days=1), first_step="先去小河副食送样品"))
    for number in range(10):
        await raise_flag(stage, CHEN, f"{LONG}{number}", at(4, 0), severity="critical")
    said = await composed(stage, friday, locale="en")
    assert not isinstance(said, Skip)
    assert [plain(one).split("\n")[0] for one in said] == [
        "On Mon 30 Nov your lead joins in on:",
        "☀️ Morning, 陈晓. Fri 27 Nov",
    ]
    assert len(plain(said[1]).split("\n")) == 11


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_without_goals_the_month_begins_with_what_the_last_one_brought(stage: Stage, locale: str) -> None:
    await fill(stage)
    expected = {
        "zh": ["上个月的结果", "· 拜访 4（没定过目标）"],
        "en": ["How last month ended", "· Visits: 4, without a goal"],
    }
    assert (await lines(stage, FIRST_OF_MONTH, number=0, locale=locale))[:-1] == expected[locale]


async def test_goals_that_are_set_already_are_not_asked_for(stage: Stage) -> None:
    await fill(stage)
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        session.add(Goal(person_id=person.id, month=FIRST_OF_MONTH, kind=GoalKind.VISITS, target=70))
    assert await lines(stage, FIRST_OF_MONTH, number=0) == ["🎯 2026年12月的目标", "· 拜访 70"]


async def test_a_manager_without_accounts_hears_how_to_begin_a_lead_nothing(stage: Stage) -> None:
    assert (await lines(stage))[1] == "先从一家客户开始。"
    assert await composed(stage, who=LEAD) == Skip("no_book")


@pytest.mark.parametrize("locale", ["zh", "en"])
async def test_nine_accounts_of_long_names_fit(stage: Stage, locale: str) -> None:
    ids = []
    for number in range(9):
        late = Promise(made_on=ago(9), what="送新品陈列架和样品各两箱", due=ago(3))
        ids.append(await add(stage, CHEN, f"{number}{LONG[number % 4]}", late, tier="A"))
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        session.add(DayReview(person_id=person.id, day=FRIDAY, first_step="先给仓库打电话催货" * 4))
    assert len(await lines(stage, locale=locale)) == 11
    await made(stage, FRIDAY, *ids)
    assert len(await lines(stage, locale=locale)) == 9
    await made(stage, TODAY, *ids)
    await lines(stage, locale=locale)
