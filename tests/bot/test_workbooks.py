"""Exports in both languages: read back they are the same book, and nothing in them is a formula."""

from __future__ import annotations

import datetime as dtm
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot import files, spreadsheets, workbooks
from bot.files import Reader
from bot.language.columns import VALUES, AccountTable, name_key
from bot.records import Record
from bot.texts import LOCALES, Texts, Voice
from tests.bot.services.test_records import FULL, record_of

TEXTS = Texts()
READER = Reader(dtm.date(2026, 11, 23), "万元")


def read(record: Record, form: str, locale: str) -> AccountTable:
    content = files.read(workbooks.written(record, form, Voice(TEXTS, locale)), READER)
    assert isinstance(content, AccountTable)
    return content


def same_book(record: Record, table: AccountTable) -> None:
    assert table.problems == ()
    assert table.ignored == ()
    assert [row.name for row in table.accounts] == [one.name for one in record.accounts]
    for row, account in zip(table.accounts, record.accounts, strict=True):
        for field in VALUES:
            assert getattr(row, field) == getattr(account, field), field
        assert list(row.aliases) == account.aliases
        people = [(one.name, one.role, one.stance) for one in record.contacts if one.account == account.name]
        assert [(one.name, one.role, one.stance or "unknown") for one in row.contacts] == people


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_is_read_back_as_the_same_book(form: str, locale: str) -> None:
    same_book(record_of(FULL), read(record_of(FULL), form, locale))


NASTY = ["=1+1", "+86 138", "-减", "@张", "'引号", "''=x", "\t制表", "＝全角", "普通名"]
NAMES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="gb18030", categories=("Lo", "Ll", "Nd")), min_size=2, max_size=12).filter(
        lambda name: not any(word in name for word in ("合", "总", "小", "共", "累", "平"))
    ),
).map(lambda name: f"店{name}" if name.isdigit() else name)
ACCOUNTS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "tier": st.sampled_from("ABC"),
        "segment": st.sampled_from([None, "零售", "=餐饮"]),
        "potential": st.none() | st.integers(0, 10**6) | st.decimals(0, 1000, places=2).map(float),
        "margin_pct": st.none() | st.decimals(-20, 60, places=1).map(float),
        "payment_delay_days": st.none() | st.integers(0, 365),
        "trend": st.sampled_from([None, "up", "flat", "down"]),
        "archived_on": st.none() | st.dates(dtm.date(2020, 1, 1), dtm.date(2026, 11, 23)).map(str),
    }
)


@settings(max_examples=30)
@given(
    st.lists(ACCOUNTS, min_size=1, max_size=5, unique_by=lambda one: name_key(str(one["name"]))),
    st.sampled_from(LOCALES),
)
def test_any_book_is_read_back(accounts: list[dict[str, Any]], locale: str) -> None:
    accounts = [one | {"name": one["name"].strip()} for one in accounts]
    record = record_of(FULL | {key: [] for key in LISTS} | {"accounts": accounts})
    for form in ("xlsx", "csv"):
        same_book(record, read(record, form, locale))


LISTS = [key for key, value in FULL.items() if isinstance(value, list)]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_list_has_a_sheet_and_no_cell_is_a_formula(locale: str) -> None:
    record = record_of(FULL | {"wording": [{"date": "2026-11-03", "text": "=HYPERLINK(1)"}]})
    data = workbooks.written(record, "xlsx", Voice(TEXTS, locale))
    book = load_workbook(io.BytesIO(data))
    assert len(book.sheetnames) == 1 + len(workbooks.SHEETS)
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    shown = spreadsheets.read(data)
    assert all(len(sheet.rows) > 1 for sheet in shown)
    told = str(shown)
    for words in ("谈了陈列。", "周五前把样品送到。", "隔壁新开一家连锁。", "少送两箱", "=HYPERLINK(1)"):
        assert words in told


def test_sums_are_right_where_an_account_has_several_contacts() -> None:
    (sheet, *_) = spreadsheets.read(workbooks.written(record_of(FULL), "xlsx", Voice(TEXTS, "zh")))
    sales = sheet.rows[0].index("年销售额（万元）")
    assert [row[sales] for row in sheet.rows[1:]] == [80.5, None, None]
