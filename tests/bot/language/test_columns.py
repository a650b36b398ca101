"""Tables of accounts: headings in any words and order, cells in any writing, wrong rows named and nothing else lost."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import columns
from bot.language.columns import AccountRow, AccountTable, ContactRow, NoAccounts, Problem, read_accounts, read_day
from bot.language.plain import plain
from bot.spreadsheets import Cell, Formula, Sheet, SpreadsheetRefused

TODAY = dtm.date(2026, 11, 28)

HEADINGS = {
    "name": [
        "客户名称",
        "客户名称（必填）",
        "*店名",
        "门店",
        "客戶名稱",
        "商户名称",
        "【客户】",
        "Account",
        "Account Name",
        "customer name",
        "Shop",
    ],
    "tier": ["级别", "客户等级", "分级", "等级(A/B/C)", "ABC分类", "Tier", "class", "客户级别*", "等級"],
    "segment": ["行业", "所属行业", "业态", "客户类型", "Segment", "industry", "渠道类型"],
    "area": ["片区", "区域", "线路", "拜访线路", "商圈", "Area", "route", "Region"],
    "potential": ["潜力", "客户潜力", "年潜力（万元）", "潜力/万元", "Potential (k$)", "annual potential"],
    "annual_sales": [
        "年销量",
        "年销售额",
        "2025年销售额(万元)",
        "去年销售额",
        "年销售额 万元",
        "Annual sales",
        "Sales, USD",
        "近一年销售额",
    ],
    "margin_pct": ["毛利率", "毛利率%", "毛利率（%）", "毛利%", "Margin", "gross margin %"],
    "payment_delay_days": [
        "账期",
        "逾期天数",
        "帐期（天）",
        "付款账期",
        "payment delay",
        "Payment delay (days)",
        "Days overdue",
    ],
    "trend": ["趋势", "销售趋势", "走势", "Trend"],
    "aliases": ["别名", "简称", "客户简称", "Alias", "short name"],
    "archived_on": ["停用日期", "流失日期", "Archived on"],
    "contact": ["联系人", "联系人姓名", "联系人1", "老板", "店长", "聯繫人", "Contact", "contact person"],
    "role": ["职务", "联系人职务", "岗位", "Role", "job title"],
    "stance": ["态度", "立场", "支持度", "Stance", "attitude"],
}


@pytest.mark.parametrize(("field", "heading"), [(field, one) for field, found in HEADINGS.items() for one in found])
def test_a_heading_means_its_field(field: str, heading: str) -> None:
    row = (heading,) if field == "name" else ("客户名称", heading)
    assert columns.columns_of(row)[field].place == len(row) - 1


@pytest.mark.parametrize(
    "heading", ["客户经理", "电话", "地址", "备注", "序号", "业务员", "创建时间", "phone", "notes", "id"]
)
def test_other_columns_mean_nothing(heading: str) -> None:
    assert set(columns.columns_of(("客户名称", heading))) == {"name"}


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("年销售额(万元)", "万元"),
        ("年销售额（单位：千元）", "千元"),
        ("潜力/万", "万"),
        ("年销售额 元", "元"),
        ("年销售额万元", "万元"),
        ("Sales (k$)", "k$"),
        ("Sales, USD", "usd"),
        ("年销售额", None),
    ],
)
def test_the_unit_of_a_heading(heading: str, unit: str | None) -> None:
    found = columns.columns_of(("客户名称", heading))
    (money,) = (column for field, column in found.items() if field != "name")
    assert money.unit == unit


def read(*rows: tuple[Cell, ...], unit: str | None = None, others: tuple[Sheet, ...] = ()) -> AccountTable:
    return read_accounts([*others, Sheet("客户", rows)], TODAY, unit)


def only(*rows: tuple[Cell, ...], unit: str | None = None) -> AccountRow:
    table = read(*rows, unit=unit)
    assert table.problems == ()
    (account,) = table.accounts
    return account


def value(field: str, heading: str, cell: Cell, unit: str | None = None) -> Any:
    return getattr(only(("客户名称", heading), ("永兴", cell), unit=unit), field)


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("1,200", "元", 1200),
        ("１２万", "元", 120_000),
        ("12万", "万元", 12),
        ("80万元", "万元", 80),
        ("¥800,000", "万元", 80),
        ("￥80", "元", 80),
        (80, "万元", 80),
        (80.5, None, 80.5),
        ("约80", "万元", 80),
        ("1.2亿", "万元", 12_000),
        ("80k", "k$", 80),
        ("12w", "万元", 12),
    ],
)
def test_money(cell: Cell, unit: str | None, expected: float) -> None:
    assert value("annual_sales", "年销售额", cell, unit) == expected


def test_a_units_heading_goes_before_the_books_unit() -> None:
    assert value("annual_sales", "年销售额(元)", "800,000", "万元") == 80
    assert value("annual_sales", "年销售额（万元）", "¥80", "万元") == 80
    assert value("annual_sales", "年销售额（万元）", 80, "元") == 800_000


def test_a_book_without_a_unit_takes_that_of_the_file() -> None:
    assert read(("客户名称", "年销售额(万)"), ("永兴", 80)).money_unit == "万元"
    by_cells = read(("客户名称", "年销售额"), ("永兴", "80万"), ("大河", 5))
    assert by_cells.money_unit == "万元"
    assert [row.annual_sales for row in by_cells.accounts] == [80, 5]
    assert read(("客户名称", "年销售额"), ("永兴", 80)).money_unit is None


@pytest.mark.parametrize(("cell", "expected"), [("8.5%", 8.5), ("8.5", 8.5), (8.5, 8.5), ("百分之八", 8), ("-3%", -3)])
def test_margins(cell: Cell, expected: float) -> None:
    assert value("margin_pct", "毛利率", cell) == expected


def test_margins_as_fractions_are_told_by_the_whole_column() -> None:
    fractions = read(("客户名称", "毛利率"), ("永兴", 0.085), ("大河", "0.1"), ("新桥", "8.5%"))
    assert [row.margin_pct for row in fractions.accounts] == [8.5, 10, 8.5]
    assert fractions.as_fractions
    whole = read(("客户名称", "毛利率"), ("永兴", 0.5), ("大河", 10))
    assert [row.margin_pct for row in whole.accounts] == [0.5, 10]
    assert not whole.as_fractions


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("15天", 15),
        (15, 15),
        ("月结30天", 30),
        ("现结", 0),
        ("无", 0),
        ("两周", 14),
        ("net 30", 30),
        ("1个月", 30),
        ("货到付款", 0),
    ],
)
def test_days_of_payment(cell: Cell, expected: int) -> None:
    assert value("payment_delay_days", "账期", cell) == expected


@pytest.mark.parametrize(
    ("heading", "field", "cells"),
    [
        (
            "级别",
            "tier",
            {
                "A类": "A",
                "a": "A",
                "VIP": "A",
                "重点客户": "A",
                "大客户": "A",
                "★★★": "A",
                "Ｂ": "B",
                "B级": "B",
                "普通": "B",
                "C": "C",
                "一般客户": "C",
                "Key account": "A",
            },
        ),
        (
            "趋势",
            "trend",
            {
                "上升": "up",
                "↑": "up",
                "增长": "up",
                "持平": "flat",
                "稳定": "flat",
                "→": "flat",
                "下降": "down",
                "下滑": "down",
                "↓": "down",
                "Growing": "up",
            },
        ),
        (
            "态度",
            "stance",
            {
                "支持": "supporter",
                "中立": "neutral",
                "反对": "opponent",
                "不清楚": "unknown",
                "Opponent": "opponent",
                "支持者": "supporter",
            },
        ),
    ],
)
def test_words_in_cells(heading: str, field: str, cells: dict[str, str]) -> None:
    for cell, expected in cells.items():
        account = only(("客户名称", "联系人", heading), ("永兴", "吴店长", cell))
        said = account.contacts[0].stance if field == "stance" else getattr(account, field)
        assert said == expected, cell


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026/11/3", "2026-11-03"),
        ("2026-11-03", "2026-11-03"),
        ("2026.11.3", "2026-11-03"),
        ("20261103", "2026-11-03"),
        (20261103, "2026-11-03"),
        ("2026年11月3日", "2026-11-03"),
        ("11月3日", "2026-11-03"),
        ("12月3号", "2025-12-03"),
        (46329, "2026-11-03"),
        ("46329", "2026-11-03"),
        ("3-Nov-26", "2026-11-03"),
        ("3 November 2026", "2026-11-03"),
        ("Nov 3, 2026", "2026-11-03"),
        ("２０２６－１１－０３", "2026-11-03"),
        ("2026-11-03 10:30:00", "2026-11-03"),
        ("2026-11-03T10:30:00", "2026-11-03"),
        (dtm.date(2026, 11, 3), "2026-11-03"),
        (dtm.datetime(2026, 11, 3, 9, tzinfo=dtm.UTC), "2026-11-03"),
        ("3/11/2026", None),
        ("2026-13-01", None),
        ("2026-02-30", None),
        ("下周三", None),
        (15, None),
        ("", None),
    ],
)
def test_days(cell: Cell, day: str | None) -> None:
    assert read_day(cell, TODAY) == (dtm.date.fromisoformat(day) if day else None)


@given(st.dates(dtm.date(1990, 1, 1), dtm.date(2100, 1, 1)))
def test_every_writing_of_a_day_is_that_day(day: dtm.date) -> None:
    serial = (day - dtm.date(1899, 12, 30)).days
    for cell in (
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        serial,
        f"{day:%d %b %Y}",
    ):
        assert read_day(cell, TODAY) == day


MESSY = (
    ("城东片区2026年客户台账",),
    (),
    ("序号", "客户名称", "类别", "客户级别", "年销售额(万元)", "联系人", None, None, "备注"),
    (None, None, None, None, None, "姓名", "职务", "态度", None),
    (1, "永兴超市五一店", "零售", "A类", "1,200", "吴店长", "店长", "支持", "老客户"),
    (None, None, None, None, None, "李会计", "会计", "中立"),
    (2, "大河副食", "零售", "c", "１２", "无"),
    (3, "望江饭店", "餐饮", "D", "80"),
    (4, None, "餐饮", "B", "9"),
    ("序号", "客户名称", "类别", "客户级别", "年销售额(万元)", "联系人"),
    (5, "新桥加油站", "零售", "B", "很多"),
    ("合计", None, None, None, 1301),
    ("备注：数据截至上月",),
)


def test_a_table_as_people_keep_it() -> None:
    notes = Sheet("填表说明", (("级别", "A、B、C"), ("趋势", "上升")))
    table = read(*MESSY, others=(notes, Sheet("空", ())))
    assert [(row.row, row.name, row.tier, row.segment, row.annual_sales) for row in table.accounts] == [
        (5, "永兴超市五一店", "A", "零售", 1200),
        (7, "大河副食", "C", "零售", 12),
    ]
    assert table.accounts[0].contacts == (
        ContactRow("吴店长", "店长", "supporter"),
        ContactRow("李会计", "会计", "neutral"),
    )
    assert table.accounts[1].contacts == ()
    assert table.problems == (
        Problem(8, "row-not-a-tier", {"heading": "客户级别", "value": "D"}),
        Problem(9, "row-no-name", {"heading": "客户名称"}),
        Problem(11, "row-not-a-number", {"heading": "年销售额(万元)", "value": "很多"}),
    )
    assert table.ignored == ("序号", "备注")
    assert (table.sheet, table.other_sheets) == ("客户", ("填表说明",))


def test_the_same_account_again_adds_its_contact_or_is_named() -> None:
    head = ("客户名称", "级别", "联系人", "职务")
    table = read(
        head,
        ("永兴超市", "A", "吴店长", None),
        ("永兴 超市", None, "李会计", "会计"),
        ("永兴超市", "A", "吴店长", "店长"),
        ("永兴超市", "B", "王经理", None),
    )
    (account,) = table.accounts
    assert account.contacts == (ContactRow("吴店长", "店长"), ContactRow("李会计", "会计"))
    assert table.problems == (Problem(5, "row-contradicts", {"other": 2, "name": "永兴超市"}),)


def test_a_column_is_judged_by_what_it_holds() -> None:
    rows = [(f"店{number}", kind) for number, kind in enumerate(["零售", "餐饮", "批发", "零售"])]
    assert [row.segment for row in read(("客户名称", "客户类别"), *rows).accounts] == ["零售", "餐饮", "批发", "零售"]
    tiers = [(f"店{number}", tier) for number, tier in enumerate("ABCB")]
    assert [row.tier for row in read(("客户名称", "客户类别"), *tiers).accounts] == list("ABCB")
    changes = [(f"店{number}", f"改了地址{number}") for number in range(4)]
    table = read(("客户名称", "变化"), *changes)
    assert (table.problems, table.ignored) == ((), ("变化",))


@pytest.mark.parametrize(
    ("head", "names", "contacts"),
    [
        (("姓名", "级别"), "李四", None),
        (("客户名称", "姓名"), "李四", "A"),
        (("name", "contact"), "李四", "A"),
        (("account", "name"), "李四", "A"),
    ],
)
def test_a_bare_name_is_the_account_unless_another_column_is(
    head: tuple[str, str], names: str, contacts: str | None
) -> None:
    account = only(head, ("李四", "A"))
    assert account.name == names
    assert [one.name for one in account.contacts] == ([contacts] if contacts else [])


def test_of_two_columns_for_one_field_the_surer_is_taken_and_the_other_named() -> None:
    table = read(("客户名称", "2024年销售额", "2025年销售额", "逾期天数", "账期"), ("永兴", 70, 80, 5, 30))
    assert (table.accounts[0].annual_sales, table.accounts[0].payment_delay_days) == (80, 5)
    assert table.ignored == ("2024年销售额", "账期")


@pytest.mark.parametrize("cell", [Formula("=B2*2"), "#REF!", "#N/A", "#DIV/0!"])
def test_a_formula_without_result_is_named(cell: Cell) -> None:
    (problem,) = read(("客户名称", "年销售额"), ("永兴", cell)).problems
    assert (problem.row, problem.text_id) == (2, "row-formula")


@pytest.mark.parametrize(
    ("row", "text_id"),
    [
        (("永" * 129, "A", 1, 1), "row-too-long"),
        (("永兴", "A", -5, 1), "row-out-of-range"),
        (("永兴", "A", 5, "200%"), "row-out-of-range"),
        (("永兴", "A", 1e13, 1), "row-out-of-range"),
    ],
)
def test_what_cannot_be_is_named(row: tuple[Cell, ...], text_id: str) -> None:
    table = read(("客户名称", "级别", "年销售额", "毛利率"), row, ("好店", "A", 1, 5))
    assert [one.name for one in table.accounts] == ["好店"]
    assert [one.text_id for one in table.problems] == [text_id]


def test_nothing_is_said_in_many_ways() -> None:
    for nothing in ("-", "—", "/", "无", "N/A", "暂无", "未知", None, " "):
        account = only(("客户名称", "年销售额", "级别", "联系人"), ("永兴", nothing, nothing, nothing))
        assert (account.annual_sales, account.tier, account.contacts) == (None, None, ())


def test_a_shop_may_have_any_name() -> None:
    table = read(("客户名称", "级别"), ("无", "A"), ("null", "A"), ("—", "B"))
    assert [row.name for row in table.accounts] == ["无", "null"]
    assert [problem.text_id for problem in table.problems] == ["row-no-name"]


def test_numbers_can_be_names_and_aliases_are_parted() -> None:
    account = only(("店名", "别名"), (711, "七十一、7-11；便利711/阿七"))
    assert (account.name, account.aliases) == ("711", ("七十一", "7-11", "便利711", "阿七"))


def test_the_sheet_with_the_most_fields_is_read_and_its_limit_counts() -> None:
    few = Sheet("名单", (("客户",), ("甲",)))
    cut = Sheet("台账", (("客户", "级别"), ("乙", "A")), SpreadsheetRefused("file-too-many-rows", limit=5000))
    with pytest.raises(SpreadsheetRefused, match="file-too-many-rows"):
        read_accounts([few, cut], TODAY, None)
    assert read_accounts([few, Sheet("订单", (("单号",), (1,)), cut.too_much)], TODAY, None).accounts[0].name == "甲"


def test_a_table_without_accounts_is_told() -> None:
    for rows in ((), (("品名", "单价"), ("酱油", 5)), ((1, 2), (3, 4))):
        with pytest.raises(NoAccounts):
            read(*rows)


def test_the_lexicon_is_written_as_headings_are_looked_up() -> None:
    for word in columns.lexicon().headings:
        assert columns.NOISE.sub("", plain(word)) == word, word


CELLS = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.dates()
)


@given(
    st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=8),
    st.permutations(["客户名称", "级别", "年销售额", "毛利率", "账期", "停用日期"]),
)
def test_every_row_is_an_account_a_problem_or_passed_over(rows: list[tuple[Cell, ...]], head: list[str]) -> None:
    cleaned = [tuple(None if isinstance(cell, str) and not cell.strip() else cell for cell in row) for row in rows]
    table = read(tuple(head), *(row if any(cell is not None for cell in row) else () for row in cleaned))
    numbers = [row.row for row in table.accounts] + [problem.row for problem in table.problems]
    assert all(1 < number <= len(rows) + 1 for number in numbers)
    assert len({problem.row for problem in table.problems}) == len(table.problems)
