"""Spreadsheets as people have them: every encoding and delimiter, honest limits, and no formula ever written."""

from __future__ import annotations

import datetime as dtm
import io
import string
import tracemalloc
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot import spreadsheets
from bot.spreadsheets import Cell, Formula, Percent, Sheet, SpreadsheetRefused

ROWS = (("客户名称", "级别", "联系人"), ("永兴超市五一店", "A", "吴店长"), ("大河副食", "C", "李老板"))
TRADITIONAL = (("客戶名稱", "級別", "聯繫人"), ("永興超市五一店", "A", "吳店長"), ("大河副食", "C", "李老闆"))


def lines(rows: tuple[tuple[str, ...], ...], delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(row) for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    (sheet,) = spreadsheets.read(lines(ROWS, delimiter).encode(encoding))
    assert sheet.rows == ROWS


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
def test_traditional_excel(encoding: str) -> None:
    (sheet,) = spreadsheets.read(lines(TRADITIONAL).encode(encoding))
    assert sheet.rows == TRADITIONAL


def test_a_short_gbk_file_is_not_taken_for_another_language() -> None:
    (sheet,) = spreadsheets.read("客户\n永辉\n".encode("gbk"))
    assert sheet.rows == (("客户",), ("永辉",))


def test_western_excel() -> None:
    (sheet,) = spreadsheets.read("Name;Tier\nCafé Müller;A\nLoja São José;B\n".encode("cp1252"))
    assert sheet.rows[1:] == (("Café Müller", "A"), ("Loja São José", "B"))


def test_excels_own_ways_in_csv() -> None:
    text = 'sep=;\r\n名称;电话;备注\r\n王记;="0755123";"两行\r\n的, 备注"\r\n;;\r\n李记;;\r\n'
    (sheet,) = spreadsheets.read(text.encode())
    assert sheet.rows == ((), ("名称", "电话", "备注"), ("王记", "0755123", "两行\r\n的, 备注"), (), ("李记",))


def test_a_comma_in_a_text_does_not_make_it_the_delimiter() -> None:
    text = "名称\t备注\n王记\t一,二\n李记\t三,四,五\n"
    assert spreadsheets.read(text.encode())[0].rows[1] == ("王记", "一,二")


def workbook(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    for place, form in (formats or {}).items():
        book.worksheets[0][place].number_format = form
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_are_what_a_person_sees() -> None:
    day = dtm.date(2026, 11, 3)
    data = workbook(
        ("永兴", 80.0, 0.085, day, True, None, "  "), (711, 0.1, 0.5), formats={"C1": "0.0%", "D1": "yyyy-mm-dd"}
    )
    (sheet,) = spreadsheets.read(data)
    assert sheet.rows == (("永兴", 80, "8.5%", dtm.date(2026, 11, 3), True), (711, 0.1, 0.5))


def test_a_formula_gives_its_value_or_itself() -> None:
    unsaved = workbook(("值", "=2*3"))
    assert spreadsheets.read(unsaved)[0].rows == (("值", "=2*3"),)
    assert isinstance(spreadsheets.read(unsaved)[0].rows[0][1], Formula)
    with_value = changed(unsaved, "xl/worksheets/sheet1.xml", b"<f>2*3</f><v></v>", b"<f>2*3</f><v>6</v>")
    with_value = changed(with_value, "xl/worksheets/sheet1.xml", b"<f>2*3</f><v />", b"<f>2*3</f><v>6</v>")
    assert spreadsheets.read(with_value)[0].rows == (("值", 6),)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with words of a part replaced."""
    parts = parts_of(data)
    return archive_deflated(parts | {part: parts[part].replace(old, new)})


def test_hidden_sheets_are_left_alone_and_merged_titles_are_one_cell() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.title = "客户"
    page["A1"] = "城东客户台账"
    page.merge_cells("A1:F1")
    page["A3"] = "名称"
    hidden = book.create_sheet("选项")
    hidden["A1"] = "A类"
    hidden.sheet_state = "hidden"
    (sheet,) = spreadsheets.read(saved(book))
    assert (sheet.name, sheet.rows) == ("客户", (("城东客户台账",), (), ("名称",)))


def test_a_broken_style_sheet_does_not_matter() -> None:
    data = workbook(("客户名称", "级别"), ("永兴", 0.085), formats={"B2": "0.0%"})
    broken = changed(data, "xl/styles.xml", b"gray125", b"nonsense")
    with pytest.raises(ValueError, match="could not read stylesheet"):
        load_workbook(io.BytesIO(broken))
    assert spreadsheets.read(broken)[0].rows == (("客户名称", "级别"), ("永兴", 0.085))


def test_a_stray_cell_at_the_bottom_is_not_looked_for() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "名称"
    book.worksheets[0]["A1048576"] = "x"
    assert spreadsheets.read(saved(book))[0].rows == (("名称",),)


# -- Limits -----------------------------------------------------------------------------------------------------------


def refused(data: bytes) -> str:
    with pytest.raises(SpreadsheetRefused) as error:
        spreadsheets.read(data)
    return error.value.text_id


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "text_id"),
    [
        (b"", "file-empty"),
        (b"x" * (spreadsheets.MOST_BYTES + 1), "file-too-big"),
        (OLE + b"\0" * 512 + "Workbook".encode("utf-16-le"), "file-old-excel"),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "file-encrypted"),
        (OLE + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "file-no-table"),
        (b"%PDF-1.7", "file-no-table"),
        (b"\x89PNG\r\n\x1a\n", "file-no-table"),
        (b"PK\x03\x04", "file-broken"),
        (archive(word__document=b"x"), "file-no-table"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "file-old-excel"),
        (archive(**{"xl/workbook.bin": b"x"}), "file-old-excel"),
        (archive(**{"xl/workbook.xml": b"<workbook"}), "file-broken"),
        (b"\n <html><body><TABLE>", "file-old-excel"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "file-old-excel"),
        (b"<svg></svg>", "file-no-table"),
        (b"MZ\x01\x02\x03\x04\x05", "file-no-table"),
        (b"\xff\xfe\x00\xd8", "file-unknown-encoding"),
    ],
)
def test_what_is_no_spreadsheet_is_told_apart(data: bytes, text_id: str) -> None:
    assert refused(data) == text_id


def test_a_locked_archive_is_told_as_such() -> None:
    data = bytearray(archive(**{"xl/workbook.xml": b"x"}))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    assert refused(bytes(data)) == "file-encrypted"


def test_too_many_rows_columns_and_characters_are_said_of_the_sheet() -> None:
    many = spreadsheets.read(("名称\n" + "店\n" * (spreadsheets.MOST_ROWS + 1)).encode())[0]
    assert (many.too_much and many.too_much.text_id) == "file-too-many-rows"
    enough = spreadsheets.read(("名称\n" + "店\n" * spreadsheets.MOST_ROWS).encode())[0]
    assert enough.too_much is None
    assert len(enough.rows) == spreadsheets.MOST_ROWS + 1
    wide = spreadsheets.read(("名称\n" + "a," * spreadsheets.MOST_COLUMNS + "b").encode())[0]
    assert wide.too_much is not None
    assert (wide.too_much.text_id, wide.too_much.values["row"]) == ("file-too-many-columns", 2)
    long = spreadsheets.read(("名称\n" + "长" * (spreadsheets.LONGEST_CELL + 1)).encode())[0]
    assert (long.too_much and long.too_much.text_id) == "file-cell-too-long"


def bomb(size: int, declared: int | None = None) -> bytes:
    """An archive whose part unpacks to so many bytes, and says so, or declares fewer with a checksum that fits."""
    data = bytearray(archive_deflated({"xl/workbook.xml": b"x", "xl/sharedStrings.xml": b"\0" * size}))
    if declared is not None:
        checksum = zlib.crc32(b"\0" * declared)
        for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
            place = data.rindex(signature)
            data[place + at : place + at + 4] = checksum.to_bytes(4, "little")
            data[place + at + 8 : place + at + 12] = declared.to_bytes(4, "little")
    return bytes(data)


def archive_deflated(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def test_a_bomb_is_refused_from_what_it_declares() -> None:
    assert refused(bomb(spreadsheets.MOST_UNPACKED + 1)) == "file-too-big-inside"


def test_a_bomb_that_lies_about_its_size_is_never_unpacked() -> None:
    data = bomb(200 * 2**20, declared=1000)
    with zipfile.ZipFile(io.BytesIO(data)) as lying:
        assert sum(part.file_size for part in lying.infolist()) < 2000
    tracemalloc.start()
    with pytest.raises(SpreadsheetRefused):
        spreadsheets.read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20


# -- Writing ----------------------------------------------------------------------------------------------------------

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1",
    "''+1",
    "=cmd|' /C calc'!A0",
    "#REF!",
    "=HYPERLINK(1)",
]


def test_no_formula_is_ever_written() -> None:
    data = spreadsheets.to_xlsx([Sheet("客户", (("值",), *((one,) for one in RISKY)))])
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}
    assert [cell.value for cell in page["A"]][1:] == [one.replace("\r", "\n") for one in RISKY]
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f" not in parts.read("xl/worksheets/sheet1.xml")
    text = spreadsheets.to_csv([(one,) for one in RISKY]).decode("utf-8-sig")
    opening = [line.lstrip('"')[:1] for line in text.split("\r\n") if line]
    assert not set(opening) & set("=+-@\t＝")


def test_the_apostrophe_is_taken_off_again() -> None:
    (sheet,) = spreadsheets.read(spreadsheets.to_csv([("值",), ("=1+1",), ("'=1",), ("'引号",), ("-5.5",)]))
    assert sheet.rows == (("值",), ("=1+1",), ("'=1",), ("'引号",), ("-5.5",))


def test_numbers_stay_numbers() -> None:
    row: tuple[Cell, ...] = ("名", -5.5, 12, Percent(8.7), dtm.date(2026, 11, 3), None, 1e-7)
    assert spreadsheets.to_csv([row]).decode("utf-8-sig") == "名,-5.5,12,8.7%,2026-11-03,,0.0000001\r\n"
    back = spreadsheets.read(spreadsheets.to_xlsx([Sheet("x", (row,))]))[0].rows[0]
    assert back == ("名", -5.5, 12, "8.7%", dtm.date(2026, 11, 3), None, 1e-7)


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn")), min_size=1, max_size=20
).filter(lambda text: text.strip() == text and not text.startswith('="') and "_x" not in text.lower())
VALUES = st.one_of(
    TEXT,
    st.sampled_from(RISKY[:4] + RISKY[6:]),
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=2, allow_nan=False).map(float),
    st.dates(dtm.date(1990, 1, 1), dtm.date(2090, 1, 1)),
)
TABLES = st.lists(st.tuples(TEXT, VALUES, VALUES), min_size=1, max_size=8)


@given(TABLES)
def test_xlsx_gives_back_what_was_written(rows: list[tuple[Cell, ...]]) -> None:
    (sheet,) = spreadsheets.read(spreadsheets.to_xlsx([Sheet("客户", tuple(rows))]))
    assert sheet.rows == tuple(rows)


@given(TABLES)
def test_csv_gives_back_what_was_written_as_text(rows: list[tuple[Cell, ...]]) -> None:
    head = ("第一列", "第二列", "第三列")
    (sheet,) = spreadsheets.read(spreadsheets.to_csv([head, *rows]))
    assert sheet.rows[1:] == tuple(tuple(written(cell) for cell in row) for row in rows)


def written(cell: Cell) -> str:
    return spreadsheets.plain_number(cell) if isinstance(cell, float) else str(cell)


def text_id_of(data: bytes) -> str:
    """The id of the refusal, `file-` for a file that was read."""
    try:
        spreadsheets.read(data)
    except SpreadsheetRefused as error:
        return error.text_id
    return "file-"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert text_id_of(data).startswith("file-")


@given(st.text(string.printable + "，；客户\u3000", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert text_id_of(text.encode()).startswith("file-")
