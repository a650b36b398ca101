"""Tables of accounts as people keep them: which row is the heading, what each column means, what its cells say.

Pure: rows in, accounts and the rows that cannot be used out. The words are in `lexicon/columns.yaml`.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dtm
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.errors import CoachError
from bot.language.amounts import read_days, read_money, read_percent, scale
from bot.language.plain import plain
from bot.spreadsheets import Cell, Formula, Sheet, plain_number

LEXICON = Path(__file__).parent / "lexicon" / "columns.yaml"

HEADING_WITHIN = 30
"""Filled rows among which the heading is looked for."""

LONGEST = {"name": 128, "alias": 128, "segment": 64, "area": 64, "contact": 64, "role": 64}
"""Characters that the book keeps (bot.models)."""

MOST_MONEY = 1e12
MOST_DAYS = 1_000
EXCEL_EPOCH = dtm.date(1899, 12, 30)
ENOUGH_TO_JUDGE = 3
"""Cells of a column that must say something before the column is judged by them."""

LONGEST_TOTAL, LONGEST_NOTHING = 20, 8
"""Characters of the longest label of a row of totals, and of the longest word for nothing."""

SERIALS = range(20_000, 80_000)
"""Excel's numbers for the days from 1954 to 2119."""


class NoAccounts(CoachError):
    """A spreadsheet in which no column names accounts."""

    text_id = "file-no-heading"


@dataclass(frozen=True)
class ContactRow:
    """Somebody at an account as a row tells of him; None where it says nothing."""

    name: str
    role: str | None = None
    stance: str | None = None


@dataclass(frozen=True)
class AccountRow:
    """One account as one or several rows tell of it, with the number of the first; None where they say nothing.

    `like` is the name of another account of the table or of the book that this one may be.
    """

    row: int
    name: str
    tier: str | None = None
    segment: str | None = None
    area: str | None = None
    potential: float | None = None
    annual_sales: float | None = None
    margin_pct: float | None = None
    payment_delay_days: int | None = None
    trend: str | None = None
    archived_on: dtm.date | None = None
    aliases: tuple[str, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
    like: str | None = None


VALUES = (
    "tier",
    "segment",
    "area",
    "potential",
    "annual_sales",
    "margin_pct",
    "payment_delay_days",
    "trend",
    "archived_on",
)
"""What a row may say of an account besides its names and people."""


@dataclass(frozen=True)
class Problem:
    """A row that cannot be used: its number, and the text that says why, with its values."""

    row: int
    text_id: str
    values: dict[str, str | int]


@dataclass(frozen=True)
class AccountTable:
    """What a file says of accounts, in the order of its rows.

    Money is in `money_unit`, the book's own; without one of its own the unit that the file names. `ignored` are
    headings of columns that mean nothing here, `other_sheets` the sheets that were not read. `as_fractions` where a
    margin of 0.085 was taken for 8.5%.
    """

    accounts: tuple[AccountRow, ...]
    problems: tuple[Problem, ...]
    sheet: str
    other_sheets: tuple[str, ...]
    ignored: tuple[str, ...]
    money_unit: str | None
    as_fractions: bool


class Unusable(Exception):
    """A cell or row that cannot be used, with the text that says why."""

    def __init__(self, text_id: str, **values: str | int) -> None:
        super().__init__(text_id)
        self.text_id, self.values = text_id, values


# -- Headings ---------------------------------------------------------------------------------------------------------

BRACKETS = re.compile(r"[(\[【「].*?(?:[)\]】」]|$)")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?:\s*年度?)?")
CURRENCY = "人民币|美元|港元|港币|欧元|元|rmb|cny|usd|eur|hkd|[$€£¥]"
UNIT = re.compile(
    rf"(?:[(\[【/:,\s]|(?<=[额量力]))((?:百万|千万|[万千亿kmw])\s*(?:{CURRENCY})?|{CURRENCY})(?=$|[)\]】,\s])"
)
NOISE = re.compile(r"[\s_*:：/\\.。、,，#'\"“”&()\[\]【】「」-]+")


@dataclass(frozen=True)
class Lexicon:
    """The data of `lexicon/columns.yaml`: headings with their field and rank (small is sure), and words in cells."""

    headings: Mapping[str, tuple[tuple[int, str], ...]]
    prefixes: re.Pattern[str]
    words: Mapping[str, Mapping[str, str]]
    tails: re.Pattern[str]
    nothing: frozenset[str]
    at_once: frozenset[str]
    totals: re.Pattern[str]
    remarks: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    headings: dict[str, list[tuple[int, str]]] = {}
    for base, group in ((0, "fields"), (2_000, "weak")):
        for place, (field, words) in enumerate(data[group].items()):
            for rank, word in enumerate(words):
                at = base + rank + (place * 500 if base else 0)
                headings.setdefault(str(word), []).append((at, field))
    return Lexicon(
        {word: tuple(found) for word, found in headings.items()},
        re.compile("^(?:" + "|".join(data["prefixes"]) + ")"),
        {
            kind: {str(word): value for value, words in data[kind].items() for word in words}
            for kind in ("tier", "trend", "stance")
        },
        re.compile("(?:" + "|".join(data["tier_tails"]) + ")$"),
        frozenset(map(str, data["nothing"])),
        frozenset(map(str, data["at_once"])),
        re.compile(data["totals"]),
        re.compile(data["remarks"]),
    )


@dataclass(frozen=True)
class Column:
    """A column that means something: its place, heading as written, and the money unit that the heading names."""

    place: int
    heading: str
    unit: str | None


Columns = Mapping[str, Column]


def columns_of(row: Sequence[Cell], without: Set[tuple[int, str]] = frozenset()) -> Columns:
    """The fields that the cells of a row would be headings of; each field and each column is taken once.

    `without` are places that cannot be the field beside them, whatever is written above.
    """
    offers = []
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            offers += [(rank, place, field) for rank, field in _meanings(cell) if (place, field) not in without]
    found: dict[str, Column] = {}
    taken: set[int] = set()
    for _, place, field in sorted(offers):
        if field not in found and place not in taken:
            heading = as_text(row[place])
            found[field] = Column(place, heading, _unit(heading))
            taken.add(place)
    return found


def _meanings(heading: str) -> Iterator[tuple[float, str]]:
    """The fields that a heading may mean, with a rank: the smaller, the surer; of two years the later is surer."""
    known = lexicon()
    flat = UNIT.sub("", plain(as_text(heading)))
    year = max((int(found[1]) for found in YEAR.finditer(flat)), default=0)
    bare = YEAR.sub("", flat)
    word = NOISE.sub("", BRACKETS.sub("", bare)).rstrip("0123456789") or NOISE.sub("", bare)
    for further, form in ((0, word), (1_000, known.prefixes.sub("", word))):
        for spelling in dict.fromkeys((form, form.replace("%", ""))):
            for rank, field in known.headings.get(spelling, ()):
                yield rank + further - year / 10_000, field


def _unit(heading: str) -> str | None:
    found = UNIT.search(plain(heading))
    return "".join(found[1].split()) if found else None


@dataclass(frozen=True)
class Found:
    """Where a sheet has its accounts: the columns, the rows of the heading, and the number of the first row below."""

    sheet: Sheet
    columns: Columns
    headings: tuple[Cell, ...]
    first: int


def find_accounts(sheets: Sequence[Sheet]) -> Found:
    """The sheet with the most fields, and where its heading ends. Raises NoAccounts where none names accounts."""
    found = [place for sheet in sheets if (place := _heading_of(sheet))]
    if not found:
        raise NoAccounts
    return max(found, key=lambda one: (len(one.columns), len(one.sheet.rows)))


def _heading_of(sheet: Sheet) -> Found | None:
    filled = [number for number, row in enumerate(sheet.rows) if row][:HEADING_WITHIN]
    best: Found | None = None
    for number in filled:
        columns = columns_of(sheet.rows[number])
        if "name" in columns and (best is None or len(columns) > len(best.columns)):
            best = Found(sheet, columns, sheet.rows[number], number + 1)
    return _with_second_row(best) if best else None


def _with_second_row(found: Found) -> Found:
    """The heading with the row below it, where that is a part of it: 姓名 and 职务 under a merged 联系人."""
    below = found.sheet.rows[found.first] if found.first < len(found.sheet.rows) else ()
    if not columns_of(below) or _at(below, found.columns["name"].place) is not None:
        return found
    width = max(len(found.headings), len(below))
    both = tuple(_at(found.headings, place) if _at(below, place) is None else below[place] for place in range(width))
    return Found(found.sheet, columns_of(both), both, found.first + 1)


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


# -- Cells ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """For whom a table is read: his day, the unit of his money, whether margins are written as fractions."""

    today: dtm.date
    unit: str | None
    as_fractions: bool = False


def as_text(cell: Cell) -> str:
    """A cell in one line, as it is shown."""
    if isinstance(cell, float):
        return plain_number(cell)
    return " ".join(str(cell).split()) if cell is not None else ""


def read_day(cell: Cell, today: dtm.date) -> dtm.date | None:
    """The day of a cell, None where it is not a day: a date, an Excel serial, or one of the written forms.

    2026/11/3, 2026-11-03, 2026.11.3, 20261103, 2026年11月3日, 3-Nov-26, Nov 3, 2026; without a year the last such day
    up to `today`. 3/11/2026 is no day: nobody can tell which of the two is the month.
    """
    if isinstance(cell, dtm.datetime):
        return cell.date()
    if isinstance(cell, dtm.date):
        return cell
    text = plain(as_text(cell)).strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(float(text)) in SERIALS:
        return EXCEL_EPOCH + dtm.timedelta(int(float(text)))
    for pattern in DAYS:
        if found := pattern.fullmatch(text):
            said = found.groupdict()
            month = said["month"]
            return _day(said.get("year"), int(month) if month.isdigit() else MONTHS[month[:3]], int(said["day"]), today)
    return None


MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
NAMED_MONTH = rf"(?P<month>(?:{'|'.join(MONTHS)})[a-z]*)"
TIME = r"(?:[t\s]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
DAYS = (
    re.compile(rf"(?P<year>\d{{4}})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*[日号]?{TIME}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"),
    re.compile(r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号]?"),
    re.compile(rf"(?P<day>\d{{1,2}})[-\s./]*{NAMED_MONTH}[-\s.,/]*(?P<year>\d{{4}}|\d\d)?"),
    re.compile(rf"{NAMED_MONTH}[-\s.]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s.,/]*(?P<year>\d{{4}}|\d\d)?"),
)


def _day(year: str | None, month: int, day: int, today: dtm.date) -> dtm.date | None:
    try:
        if year is not None:
            return dtm.date(int(year if len(year) == len("2026") else f"20{year}"), month, day)
        same_year = dtm.date(today.year, month, day)
        return same_year if same_year <= today else same_year.replace(year=today.year - 1)
    except ValueError:
        return None


def _words(kind: str, column: Column, cell: Cell) -> str:
    text = as_text(cell)
    if len(text) > LONGEST[kind]:
        raise Unusable("row-too-long", heading=column.heading, limit=LONGEST[kind])
    return text


def _money(column: Column, cell: Cell, frame: Frame) -> float:
    text = as_text(cell)
    if column.unit:  # the heading says what a bare number is; a sign before it is only the format
        text = re.sub(r"^\s*[¥￥$€£]\s*", "", text)
    value = read_money(text, column.unit or frame.unit)
    if value is None:
        raise Unusable("row-not-a-number", heading=column.heading, value=text)
    if column.unit:
        value *= scale(column.unit) / scale(frame.unit)
    return _within(column, text, round(value, 6), 0, MOST_MONEY)


def _margin(column: Column, cell: Cell, frame: Frame) -> float:
    text = as_text(cell)
    value = read_percent(text)
    if value is None:
        raise Unusable("row-not-a-number", heading=column.heading, value=text)
    if frame.as_fractions and _bare_number(cell) is not None:
        value = round(value * 100, 6)
    return _within(column, text, value, -100, 100)


def _days(column: Column, cell: Cell, _frame: Frame) -> int:
    text = as_text(cell)
    said = NOISE.sub("", plain(text))
    if said in lexicon().at_once:
        return 0
    value = read_days(re.sub(r"^(?:月结|账期|帐期|逾期|拖欠|超期|票到|货到)", "", plain(text).strip()))
    if value is None:
        raise Unusable("row-not-days", heading=column.heading, value=text)
    return int(_within(column, text, value, 0, MOST_DAYS))


def _within(column: Column, text: str, value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise Unusable("row-out-of-range", heading=column.heading, value=text)
    return value


def _named(kind: str) -> Callable[[Column, Cell, Frame], str]:
    """A reader of cells that say one of a few things: tier, trend, stance."""

    def read(column: Column, cell: Cell, _frame: Frame) -> str:
        known = lexicon()
        said = re.sub(r"[\s'\"]+", "", plain(as_text(cell)))
        for form in (said, known.tails.sub("", said) if kind == "tier" else said):
            if form in known.words[kind]:
                return known.words[kind][form]
        raise Unusable(f"row-not-a-{kind}", heading=column.heading, value=as_text(cell))

    return read


def _last_day(column: Column, cell: Cell, frame: Frame) -> dtm.date:
    day = read_day(cell, frame.today)
    if day is None:
        raise Unusable("row-not-a-day", heading=column.heading, value=as_text(cell))
    return day


def _aliases(column: Column, cell: Cell, _frame: Frame) -> tuple[str, ...]:
    parts = re.split(r"[、,，;；/|\n]+", str(cell))
    return tuple(dict.fromkeys(_words("alias", column, part) for part in parts if part.strip()))


READERS: Mapping[str, Callable[[Column, Cell, Frame], Any]] = {
    "name": lambda column, cell, _: _words("name", column, cell),
    "tier": _named("tier"),
    "segment": lambda column, cell, _: _words("segment", column, cell),
    "area": lambda column, cell, _: _words("area", column, cell),
    "potential": _money,
    "annual_sales": _money,
    "margin_pct": _margin,
    "payment_delay_days": _days,
    "trend": _named("trend"),
    "aliases": _aliases,
    "archived_on": _last_day,
    "contact": lambda column, cell, _: _words("contact", column, cell),
    "role": lambda column, cell, _: _words("role", column, cell),
    "stance": _named("stance"),
}


JUDGED = frozenset(READERS) - {"name", "segment", "area", "aliases", "contact", "role"}
"""Fields of which not every text can be a value."""


def is_nothing(text: str) -> bool:
    """Whether a text only stands for nothing: a blank, or a word such as 暂无, 没想好, n/a."""
    said = plain(text).strip(" .。")
    return not said or said in lexicon().nothing


def _says_nothing(field: str, cell: Cell) -> bool:
    if not isinstance(cell, str) or len(cell) > LONGEST_NOTHING:
        return cell is None
    said = plain(cell).strip()
    if field == "name":
        return not any(map(str.isalnum, said))  # a shop may have any name
    if field == "payment_delay_days" and said in lexicon().at_once:
        return False
    return is_nothing(cell)


def _bare_number(cell: Cell) -> float | None:
    try:
        return float(as_text(cell).replace(",", ""))
    except ValueError:
        return None


# -- Rows -------------------------------------------------------------------------------------------------------------


def read_accounts(sheets: Sequence[Sheet], today: dtm.date, unit: str | None) -> AccountTable:
    """The accounts of a spreadsheet for somebody whose money is in `unit`; None takes the unit that the file names.

    Raises NoAccounts, and SpreadsheetRefused where the sheet of the accounts breaks a limit.
    """
    found = find_accounts(sheets)
    if found.sheet.too_much:
        raise found.sheet.too_much
    rows = [(number, row) for number, row in enumerate(found.sheet.rows[found.first :], start=found.first + 1) if row]
    found = _fitting(found, [row for _, row in rows], Frame(today, unit))
    frame = Frame(
        today,
        unit=unit or _unit_of(found.columns, [row for _, row in rows]),
        as_fractions=_are_fractions(_column(found.columns, "margin_pct", [row for _, row in rows])),
    )
    accounts, problems = _read_rows(found, rows, frame)
    used = {column.place for column in found.columns.values()}
    unused = [cell for place, cell in enumerate(found.headings) if cell is not None and place not in used]
    return AccountTable(
        tuple(accounts),
        tuple(problems),
        sheet=found.sheet.name,
        other_sheets=tuple(sheet.name for sheet in sheets if sheet is not found.sheet and sheet.rows),
        ignored=tuple(map(as_text, unused)),
        money_unit=frame.unit,
        as_fractions=frame.as_fractions,
    )


def _fitting(found: Found, rows: Sequence[Sequence[Cell]], frame: Frame) -> Found:
    """The place without columns that only look like a field by their heading: none of their cells can be read so.

    客户类别 is the tier where it holds A and B, and the segment where it holds 零售 and 餐饮.
    """
    foreign: set[tuple[int, str]] = set()
    while True:
        columns = columns_of(found.headings, foreign)
        more = {
            (column.place, field)
            for field, column in columns.items()
            if field in JUDGED and _is_foreign(field, column, rows, frame)
        }
        if not more:
            return dataclasses.replace(found, columns=columns)
        foreign |= more


def _is_foreign(field: str, column: Column, rows: Sequence[Sequence[Cell]], frame: Frame) -> bool:
    cells = [cell for row in rows if not _says_nothing(field, cell := _at(row, column.place))]
    return len(cells) >= ENOUGH_TO_JUDGE and not any(_can_be_read(field, column, cell, frame) for cell in cells)


def _can_be_read(field: str, column: Column, cell: Cell, frame: Frame) -> bool:
    try:
        READERS[field](column, cell, frame)
    except Unusable:
        return False
    return True


def _column(columns: Columns, field: str, rows: Iterable[Sequence[Cell]]) -> list[Cell]:
    return [_at(row, columns[field].place) for row in rows] if field in columns else []


def _unit_of(columns: Columns, rows: Iterable[Sequence[Cell]]) -> str | None:
    """The money unit that the headings name; else 万元 where the cells count in 万."""
    money = [columns[field] for field in ("annual_sales", "potential") if field in columns]
    if named := next((column.unit for column in money if column.unit), None):
        return f"{named}元" if named in ("万", "千", "百万", "千万", "亿") else named
    cells = [as_text(_at(row, column.place)) for row in rows for column in money]
    return "万元" if any(re.search("[万萬wW]", cell) for cell in cells) else None


def _are_fractions(cells: Iterable[Cell]) -> bool:
    """Whether the margins of a column are written as 0.085: then none of them is above one."""
    numbers = [number for cell in cells if (number := _bare_number(cell)) is not None]
    return any(numbers) and all(abs(number) <= 1 for number in numbers)


def _read_rows(
    found: Found, rows: Iterable[tuple[int, Sequence[Cell]]], frame: Frame
) -> tuple[list[AccountRow], list[Problem]]:
    accounts: dict[str, AccountRow] = {}
    problems = []
    last: str | None = None
    for number, row in rows:
        if _is_no_account(found, row):
            continue
        try:
            said = _read_row(found.columns, number, row, frame, accounts[last].name if last else None)
            key = name_key(said.name)
            accounts[key] = _joined(accounts[key], said) if key in accounts else said
            last = key
        except Unusable as error:
            values = {key: value[:20] if isinstance(value, str) else value for key, value in error.values.items()}
            problems.append(Problem(number, error.text_id, values))
            last = None
    return list(accounts.values()), problems


def _is_no_account(found: Found, row: Sequence[Cell]) -> bool:
    """Whether a row is a total, a remark below the table, or the heading once more."""
    filled = [cell for cell in row if cell is not None]
    name = as_text(_at(row, found.columns["name"].place))
    label = name or as_text(filled[0])
    if len(label) <= LONGEST_TOTAL and lexicon().totals.fullmatch(plain(label)):
        return True
    if len(filled) == 1 and lexicon().remarks.fullmatch(plain(label)):
        return True
    return name == found.columns["name"].heading


def _read_row(columns: Columns, number: int, row: Sequence[Cell], frame: Frame, above: str | None) -> AccountRow:
    """One row; without a name but with a contact it belongs to the account `above`, as under a merged cell."""
    said: dict[str, Any] = {}
    for field, column in columns.items():
        cell = _at(row, column.place)
        if isinstance(cell, Formula) or (isinstance(cell, str) and ERROR_VALUE.fullmatch(cell.strip())):
            raise Unusable("row-formula", heading=column.heading)
        if not _says_nothing(field, cell):
            said[field] = READERS[field](column, cell, frame)
    contact = said.pop("contact", None)
    role, stance = said.pop("role", None), said.pop("stance", None)
    if "name" not in said:
        if contact is None or above is None:
            raise Unusable("row-no-name", heading=columns["name"].heading)
        said["name"] = above
    contacts = (ContactRow(contact, role, stance),) if contact else ()
    return AccountRow(number, contacts=contacts, **said)


ERROR_VALUE = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")


def _joined(one: AccountRow, more: AccountRow) -> AccountRow:
    """What two rows say of one account. Raises Unusable where they contradict each other."""
    values = {}
    for field in VALUES:
        before, after = getattr(one, field), getattr(more, field)
        if before is not None and after is not None and before != after:
            raise Unusable("row-contradicts", other=one.row, name=one.name)
        values[field] = after if before is None else before
    contacts = {contact.name: contact for contact in one.contacts}
    for contact in more.contacts:
        known = contacts.get(contact.name, contact)
        contacts[contact.name] = ContactRow(contact.name, known.role or contact.role, known.stance or contact.stance)
    aliases = tuple(dict.fromkeys([*one.aliases, *more.aliases]))
    return dataclasses.replace(one, **values, aliases=aliases, contacts=tuple(contacts.values()))


def name_key(name: str) -> str:
    """One form for all writings of a name that nobody would tell apart: width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
