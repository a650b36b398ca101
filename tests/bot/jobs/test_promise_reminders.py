"""Promise reminders: each promise on the evening before, on its morning and on the first workday late, never else."""

from __future__ import annotations

import datetime as dtm

from bot.database import Database
from bot.jobs.reminders import Skip
from bot.models import Kind, Leave, Promise
from tests.bot.jobs.occasions import TODAY, at, composed, let_in, text
from tests.telegram import height


def promise(what: str, due: str | None, **more: object) -> Promise:
    values = {"person_id": 1, "account_id": 1, "made_on": dtm.date(2026, 9, 1), **more}
    return Promise(what=what, due=dtm.date.fromisoformat(due) if due else None, **values)


def named(words: str, *deeds: str) -> list[str]:
    return [deed for deed in deeds if deed in words]


async def test_the_morning_tells_what_is_due_today_and_what_is_one_workday_late(database: Database) -> None:
    await let_in(
        database,
        promise("今天的", "2026-11-23"),
        promise("周六的", "2026-11-21"),  # a day off: it counts for Monday
        promise("周五的", "2026-11-20"),  # Monday is its first workday late
        promise("周四的", "2026-11-19"),
        promise("明天的", "2026-11-24"),
        promise("改到今天的", "2026-11-10", moved_to=TODAY),
        promise("做到的", "2026-11-23", kept_on=TODAY),
        promise("撤回的", "2026-11-23", withdrawn_on=TODAY),
        promise("没日子的", None),
        promise("别人的", "2026-11-23", person_id=2, account_id=9),
    )
    said = await composed(database, Kind.PROMISES, at(8, 30))
    assert not isinstance(said, Skip)
    (one,) = said
    assert "今天有 4 个承诺要办" in one.html
    assert named(one.html, "周五的", "周六的", "今天的", "改到今天的") == ["周五的", "周六的", "今天的"]
    assert one.buttons[-1][0].label == "还有 1 个"
    assert one.buttons[-1][0].action == "promises:0"
    assert [button.action.split(":")[0] for button in one.buttons[0]] == ["promise-kept", "promise-day", "promise-drop"]
    assert not named(one.html, "周四的", "明天的", "做到的", "撤回的", "没日子的", "别人的")


async def test_the_evening_before_looks_as_far_as_the_next_workday(database: Database) -> None:
    """On 10 October 2026, a Saturday, China makes up for National Day."""
    await let_in(
        database,
        promise("周五的", "2026-11-27"),
        promise("周六的", "2026-11-28"),
        promise("下周一的", "2026-11-30"),
        promise("补班的", "2026-10-10"),
        promise("补班后的", "2026-10-11"),
    )
    evenings = {
        "2026-11-26": ["周五的"],  # Thursday
        "2026-11-27": ["周六的", "下周一的"],  # Friday: Monday is the next workday
        "2026-11-30": [],
        "2026-10-09": ["补班的"],  # a Friday that is followed by a workday
        "2026-10-10": ["补班后的"],
    }
    for today, told in evenings.items():
        day = dtm.date.fromisoformat(today)
        words = await text(database, Kind.PROMISES_EVE, at(18, 0, day), day=day)
        assert named(words, "周五的", "周六的", "下周一的", "补班的", "补班后的") == told
        assert told or words == "skipped: nothing"
    saturday = dtm.date(2026, 10, 10)
    assert "补班的" in await text(database, Kind.PROMISES, at(8, 30, saturday), day=saturday)


async def test_a_long_break_and_leave_lie_between(database: Database) -> None:
    await let_in(
        database,
        promise("节里的", "2026-10-03"),
        promise("假里的", "2026-11-24"),
        Leave(person_id=1, first_day=TODAY + dtm.timedelta(days=1), last_day=TODAY + dtm.timedelta(days=2)),
    )
    before, after = dtm.date(2026, 9, 30), dtm.date(2026, 10, 8)
    assert "节里的" in await text(database, Kind.PROMISES_EVE, at(18, 0, before), day=before)
    assert "节里的" in await text(database, Kind.PROMISES, at(8, 30, after), day=after)
    assert "假里的" in await text(database, Kind.PROMISES_EVE, at(18))
    back = TODAY + dtm.timedelta(days=3)
    assert "假里的" in await text(database, Kind.PROMISES, at(8, 30, back), day=back)


async def test_what_fell_due_on_a_day_off_is_due_on_the_workday_after_it(database: Database) -> None:
    await let_in(database, promise("节里的", "2026-10-03"))
    thursday, friday = dtm.date(2026, 10, 8), dtm.date(2026, 10, 9)
    assert "10月3日 周六休息 · 今天到期" in await text(database, Kind.PROMISES, at(8, 30, thursday), day=thursday)
    assert "10月3日 周六 · 已过 1 天" in await text(database, Kind.PROMISES, at(8, 30, friday), day=friday)
    english = await text(database, Kind.PROMISES, at(8, 30, thursday), day=thursday, locale="en")
    assert "Sat 3 Oct, a day off · due today" in english


async def test_long_names_and_deeds_fit_a_phone(database: Database) -> None:
    long = "把新品目录和竞品价格对比表整理好，连同上次说的陈列照片一起送到老板手上" * 3
    await let_in(database, *(promise(f"{number}{long}", "2026-11-23") for number in range(5)))
    for locale in ("zh", "en"):
        assert height(await text(database, Kind.PROMISES, at(8, 30), locale=locale)) <= 12
