"""Spreadsheets: rows ↔ the bytes of xlsx and csv files as people really have them; nothing in a file is ever run.

Reading a stranger's file belongs into a process of its own (bot.files): the limits here are said in one sentence, that
process ends whatever gets round them.
"""

from __future__ import annotations

import csv
import datetime as dtm
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot import archives
from bot.encodings import decode
from bot.errors import CoachError

MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 50 * 2**20
"""Bytes of all parts of an xlsx together: 5,000 rows of 100 columns take about 30 MiB."""

MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_SHEETS = 50
LONGEST_CELL = 2_000
"""Characters; a longer cell is a document, not a value."""

LONGEST_GAP = 1_000
"""Empty rows after which a sheet has ended: a stray cell at its very bottom is not looked for."""

Cell = str | int | float | bool | dtm.date | dtm.datetime | dtm.time | None


class SpreadsheetRefused(CoachError):
    """A file that cannot be read as a spreadsheet, or is too big; the text id says which, and what to do."""


class Formula(str):
    """A formula that was saved without its value, as it is written."""

    __slots__ = ()


class Percent(float):
    """A number of per cent: 8.5 is shown as 8.5%, and is a share in the file."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows from the very first, an empty row as (); `too_much` where it breaks a limit and was cut."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    too_much: SpreadsheetRefused | None = None


# -- Reading ----------------------------------------------------------------------------------------------------------

NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_EXCEL = "Workbook".encode("utf-16-le"), "Book".encode("utf-16-le")
"""Names of streams in Microsoft's older container of files."""

DELIMITERS = ",;\t|"
OPENS_FORMULA = r"[=+\-@\t\r＝＋－＠]"
GUARDED = re.compile(rf"'+{OPENS_FORMULA}")
"""Text that a spreadsheet program would take for a formula if it lost its apostrophe."""

AS_TEXT = re.compile(r'="([^"]*)"')
"""How csv files keep a leading zero."""

CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def read(data: bytes) -> list[Sheet]:
    """The sheets that can be seen in an xlsx, or the only one of a text with delimiters, whatever its file is called.

    Raises SpreadsheetRefused for anything else: old or encrypted Excel, pictures, broken or overgrown files.
    """
    if not data:
        raise SpreadsheetRefused("file-empty")
    if len(data) > MOST_BYTES:
        raise SpreadsheetRefused("file-too-big", limit=MOST_BYTES // 2**20)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise SpreadsheetRefused("file-encrypted")
        raise SpreadsheetRefused("file-old-excel" if any(name in data for name in OLD_EXCEL) else "file-no-table")
    if data.startswith(NOT_TABLES):
        raise SpreadsheetRefused("file-no-table")
    if data.startswith(b"PK"):
        return list(_xlsx(data))
    return [_text(decoded(data))]


def _xlsx(data: bytes) -> Iterator[Sheet]:
    parts = _unpacked(data)
    if "xl/workbook.xml" not in parts:
        is_other_table = "xl/workbook.bin" in parts or b"opendocument.spreadsheet" in parts.get("mimetype", b"")
        raise SpreadsheetRefused("file-old-excel" if is_other_table else "file-no-table")
    try:
        yield from _sheets(parts)
    except Exception:  # noqa: BLE001 - openpyxl lets through whatever a wrong style sheet raises
        parts.pop("xl/styles.xml", None)
        try:
            yield from _sheets(parts)
        except Exception as error:
            raise SpreadsheetRefused("file-broken") from error


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by name. Raises SpreadsheetRefused for one that is broken, locked or too big inside."""
    try:
        return archives.parts(data, MOST_UNPACKED)
    except archives.TooBigInside as error:
        raise SpreadsheetRefused("file-too-big-inside", limit=MOST_UNPACKED // 2**20) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise SpreadsheetRefused("file-encrypted") from error
    except Exception as error:
        raise SpreadsheetRefused("file-broken") from error


def _sheets(parts: dict[str, bytes]) -> list[Sheet]:
    archive = archives.packed(parts)
    has_formulas = any(b"<f" in content for name, content in parts.items() if name.startswith("xl/worksheets/"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that hold no values
        book = load_workbook(archive, read_only=True, data_only=True, keep_links=False)
        written = load_workbook(archive, read_only=True, keep_links=False) if has_formulas else book
        pairs = zip(book.worksheets, written.worksheets, strict=True)
        visible = [pair for pair in pairs if pair[0].sheet_state == "visible"]
        return [_sheet(sheet.title, _rows_of(sheet, other)) for sheet, other in visible[:MOST_SHEETS]]


def _rows_of(sheet: Any, written: Any) -> Iterator[tuple[Cell, ...]]:
    """The rows of a worksheet as values; `written` is the same sheet with its formulas, or the sheet itself."""
    sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
    if written is sheet:
        for row in sheet.iter_rows():
            yield tuple(_value(cell) for cell in row)
        return
    written.reset_dimensions()
    for row, formulas in zip(sheet.iter_rows(), written.iter_rows(), strict=True):
        yield tuple(
            Formula(formula.value) if cell.value is None and formula.data_type == "f" else _value(cell)
            for cell, formula in zip(row, formulas, strict=True)
        )


def _value(cell: Any) -> Cell:
    """What a person sees in a cell: a whole number without its point, a share of a percent cell as 8.5%."""
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool):
        if "%" in _format(cell):
            return f"{plain_number(round(Decimal(repr(value)) * 100, 9))}%"
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, dtm.datetime) and value.time() == dtm.time():
        return value.date()
    if value is None or isinstance(value, str | bool | dtm.date | dtm.time):
        return value
    return str(value)


def _format(cell: Any) -> str:
    try:
        return str(cell.number_format)
    except (IndexError, AttributeError):  # no style sheet, or an empty cell
        return ""


def plain_number(value: float | Decimal) -> str:
    """A number without exponent and without zeros that say nothing."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    written = f"{exact:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _sheet(name: str, rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    """A sheet of the rows, cut where it breaks a limit."""
    kept: list[tuple[Cell, ...]] = []
    filled = gap = 0
    for number, row in enumerate(rows, start=1):
        cells = _trimmed(row)
        gap = 0 if cells else gap + 1
        filled += bool(cells)
        too_much = None
        if filled > MOST_ROWS + 1:  # and the heading
            too_much = SpreadsheetRefused("file-too-many-rows", limit=MOST_ROWS)
        elif len(cells) > MOST_COLUMNS:
            too_much = SpreadsheetRefused("file-too-many-columns", row=number, limit=MOST_COLUMNS)
        elif any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            too_much = SpreadsheetRefused("file-cell-too-long", row=number, limit=LONGEST_CELL)
        if too_much:
            return Sheet(name, tuple(kept), too_much)
        if gap > LONGEST_GAP:
            break
        kept.append(cells)
    while kept and not kept[-1]:
        kept.pop()
    return Sheet(name, tuple(kept))


def _trimmed(row: Sequence[Cell]) -> tuple[Cell, ...]:
    cells = [None if isinstance(cell, str) and not cell.strip() else cell for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def decoded(data: bytes) -> str:
    """The text of a file in whatever encoding Excel, WPS or Notepad wrote it. Raises SpreadsheetRefused."""
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        raise SpreadsheetRefused("file-unknown-encoding") from error
    if CONTROLS.search(text):
        raise SpreadsheetRefused("file-no-table")
    return text


def _text(text: str) -> Sheet:
    """The rows of a text with delimiters. Raises SpreadsheetRefused for web pages and XML."""
    if re.match(r"\s*<[!?a-zA-Z]", text):
        is_table = re.search(r"<table|Excel\.Sheet", text[:100_000], re.IGNORECASE)
        raise SpreadsheetRefused("file-old-excel" if is_table else "file-no-table")
    said = re.match(r"sep=(.)\r?\n", text)  # Excel's own first line
    delimiter = said[1] if said else _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = (() if said and number == 0 else tuple(map(_unguarded, row)) for number, row in enumerate(lines))
    try:
        return _sheet("", rows)
    except csv.Error as error:
        raise SpreadsheetRefused("file-broken") from error


def _delimiter(text: str) -> str:
    """The delimiter that gives most rows of the beginning the same number of cells, above one."""

    def evenness(delimiter: str) -> tuple[int, int]:
        rows = csv.reader(io.StringIO("\n".join(text.splitlines()[:50])), delimiter=delimiter)
        try:
            widths = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            return 0, 0
        return max(((many, width) for width, many in widths.items()), default=(0, 0))

    return max(DELIMITERS, key=evenness)


def _unguarded(cell: str) -> str:
    cell = cell.strip(" \u3000\xa0")
    if found := AS_TEXT.fullmatch(cell):
        return found[1]
    return cell[1:] if GUARDED.match(cell) else cell


# -- Writing ----------------------------------------------------------------------------------------------------------

FORMULA = re.compile(rf"'*{OPENS_FORMULA}")
LONGEST_XLSX_CELL = 32_767
WIDEST = 48


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook; the first row of each sheet is its heading. Text stays text, however much it looks like a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.name)[:31])
        page.freeze_panes = "A2"
        widths: Counter[int] = Counter()
        for number, row in enumerate(sheet.rows, start=1):
            for place, value in enumerate(row, start=1):
                if value in (None, ""):
                    continue
                cell = page.cell(number, place)
                _write(cell, value)
                if number == 1:
                    cell.font = Font(bold=True)
                widths[place] = max(widths[place], min(WIDEST, len(str(value).encode("gb18030", "replace")) + 2))
        for place, width in widths.items():
            page.column_dimensions[get_column_letter(place)].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(cell: XlsxCell, value: Cell) -> None:
    if isinstance(value, Percent):
        cell.value, cell.number_format = value / 100, "0.##%"
        return
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, dtm.date) and not isinstance(value, dtm.datetime):
            cell.number_format = "yyyy-mm-dd"
        return
    cell.value = _clean(value)[:LONGEST_XLSX_CELL]
    cell.data_type = "s"
    if FORMULA.match(value):
        cell.quotePrefix = True  # else it becomes a formula as soon as somebody edits the cell


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A csv file that Excel opens in UTF-8; an apostrophe keeps text that looks like a formula from being one."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _guarded(cell: Cell) -> str:
    if isinstance(cell, str):
        cell = _clean(cell)
        return f"'{cell}" if FORMULA.match(cell) else cell
    if isinstance(cell, float):
        return plain_number(cell) + ("%" if isinstance(cell, Percent) else "")
    return "" if cell is None else str(cell)


def _clean(text: str) -> str:
    """Text without control characters and with one kind of line end, as both formats can hold it."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
