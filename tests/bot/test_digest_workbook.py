"""The digest's workbook, read back: its sheets, figures that equal the digest and the rows behind them, no formula."""

from __future__ import annotations

import dataclasses
import datetime as dtm
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.digest_workbook import TRACED, digest_workbook
from bot.services.digests import Digest
from bot.services.questions import Gap
from bot.texts import LOCALES, Texts, Voice
from tests.bot.digests import BROKEN, KEPT, digest, idle, manager

TEXTS = Texts()
TITLES = {
    "zh": ["汇总", "客户经理", "承诺", "提示", "市场消息", "拜访", "计划", "每天", "重点客户"],
    "en": ["Summary", "Managers", "Promises", "Flags", "Market news", "Visits", "Plans", "Days", "Key accounts"],
}
YES = {"zh": "是", "en": "Yes"}


def cells(of: Digest, locale: str = "zh") -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet, the heading first, as a spreadsheet program reads them."""
    book = load_workbook(io.BytesIO(digest_workbook(of, Voice(TEXTS, locale))))
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


TEAM = digest(manager(), manager(2, "林建国", silent_days=(), standing=()), idle(3, "何静"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_of_the_summary_is_the_digests_and_names_a_sheet(locale: str) -> None:
    book, voice = cells(TEAM, locale), Voice(TEXTS, locale)
    assert list(book) == TITLES[locale]
    told = {row[0]: row[1:3] for row in book[TITLES[locale][0]]}
    for figure, sheet in TRACED.items():
        value, where = told[voice.label(f"workbook-figure-{figure}")]
        assert value == TEAM.total(figure), figure
        assert where == voice.label(f"workbook-{sheet}")
    assert told[voice.label("workbook-figure-market")] == (1, TITLES[locale][4])
    assert told[voice.label("workbook-first-day")][0].date() == dtm.date(2026, 11, 16)


def test_every_figure_equals_the_rows_behind_it() -> None:
    book = cells(TEAM)

    def counted(sheet: str, **where: str) -> int:
        heading, *rows = book[sheet]
        return sum(all(row[heading.index(name)] == value for name, value in where.items()) for row in rows)

    def summed(column: str) -> int:
        heading, *rows = book["每天"]
        return sum(row[heading.index(column)] for row in rows)

    assert counted("计划") == TEAM.total("planned")
    assert counted("计划", 当天去了="是") == TEAM.total("fulfilled")
    assert counted("拜访") == TEAM.total("visits_done") == summed("拜访")
    assert summed("拜访目标") == TEAM.total("visits_aimed")
    assert counted("重点客户") == TEAM.total("key_accounts")
    assert counted("重点客户", 周期内见到="是") == TEAM.total("key_accounts_met")
    assert counted("承诺", 本周到期="是") == TEAM.total("promises_due")
    assert counted("承诺", 本周到期="是", 结果="按时") == TEAM.total("kept")
    assert counted("承诺", 本周到期="是", 结果="失约") == TEAM.total("broken")
    assert counted("承诺", **{"算进近 8 周": "是"}) == sum(one.kept_rate.due for one in TEAM.managers)
    assert counted("提示", 本周出现="是") == TEAM.total("flags_opened")
    assert counted("提示", 本周消除="是") == TEAM.total("flags_cleared")
    assert counted("提示", 还开着="是") == sum(len(one.standing) for one in TEAM.managers)
    assert counted("每天", 没动静="是") == TEAM.total("silent_workdays")


def test_a_row_for_each_manager_and_whoever_needs_his_lead() -> None:
    book = cells(TEAM)
    heading, chen, _, he = book["客户经理"]
    told = dict(zip(heading, chen, strict=True))
    assert (told["客户经理"], told["计划落实"], told["近 8 周按时"], told["一周前"]) == ("陈晓", 0.5, 0.25, 0.5)
    assert dict(zip(heading, he, strict=True))["计划落实"] is None
    concerns = [row[1:] for row in book["汇总"] if row[0] == "先看"]
    assert concerns[0] == ("陈晓", "重点客户久未拜访", "永辉超市五一店")
    assert ("何静", "已 5 个工作日没动静", None) in concerns


def test_a_promise_that_is_counted_once_only_is_marked_once_only() -> None:
    heading, *rows = cells(digest(manager(promises=(BROKEN, KEPT), window=(BROKEN, BROKEN))))["承诺"]
    marks = [(row[heading.index("事项")], *row[-2:]) for row in rows]
    assert sorted(marks) == [("报价", "是", "否"), ("送样品", "否", "是"), ("送样品", "是", "是")]


def test_nothing_that_people_wrote_becomes_a_formula() -> None:
    nasty = "=HYPERLINK(1)"
    plan = (dataclasses.replace(manager().plan[0], account="@SUM(A1)"),)
    of = digest(manager(name=nasty, plan=plan, promises=(dataclasses.replace(BROKEN, what="+1"),), window=()))
    news = dataclasses.replace(of.market[0], text="-1+2", name=nasty)
    book = cells(dataclasses.replace(of, team_name="=1+1", market=(news,), gaps=(Gap("=cmd|' /C calc'!A0", 2, 0),)))
    assert book["客户经理"][1][0] == nasty
    assert book["市场消息"][1][-1] == "-1+2"
    assert book["汇总"][1][1] == "=1+1"
    assert book["汇总"][-1][1:3] == (2, "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("locale", LOCALES)
def test_an_empty_week_has_all_sheets_with_their_headings(locale: str) -> None:
    book = cells(digest(), locale)
    assert list(book) == TITLES[locale]
    assert all(len(rows) == 1 for name, rows in book.items() if name != TITLES[locale][0])


def test_both_languages_have_the_same_columns() -> None:
    zh, en = (cells(TEAM, locale) for locale in LOCALES)
    assert [len(rows[0]) for rows in zh.values()] == [len(rows[0]) for rows in en.values()]
    for rows in zh.values():
        assert all(len(row) <= len(rows[0]) for row in rows)
        assert None not in rows[0]
