"""A record in the forms of an export: as a workbook for people, in their language, as csv, or as it is.

The sheet of accounts can be imported again (bot.language.columns knows its headings and words).
"""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterator, Sequence

from bot.records import ContactEntry, Part, Record, write_record
from bot.spreadsheets import Cell, Percent, Sheet, to_csv, to_xlsx
from bot.texts import Voice

ACCOUNT = (
    "name",
    "aliases",
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
CONTACT = ("contact", "role", "stance")
MONEY = ("potential", "annual_sales")

SHEETS = {
    "visits": ("date", "account", "contact", "kind", "outcome", "note"),
    "promises": ("made", "account", "what", "due", "moved_to", "kept_on", "withdrawn_on", "wording"),
    "client_promises": ("said", "account", "what", "due", "kept_on", "withdrawn_on"),
    "next_steps": ("agreed", "account", "what", "due", "time", "contact", "done_on", "dropped_on"),
    "complaints": ("made", "account", "text", "answered_on"),
    "plans": ("date", "target", "accounts"),
    "market_reports": ("date", "account", "topic", "text"),
    "wording": ("date", "text"),
    "leave": ("first_day", "last_day"),
}
"""The lists of the record that have a sheet of their own, with its columns; one without entries has none."""

WORDS = {
    "outcome": "note-outcome-",
    "topic": "note-topic-",
    "stance": "contacts-stance-",
    "trend": "exports-trend-",
    "kind": "exports-kind-",
}
"""Columns whose values are words of ours, with the beginning of their texts' ids."""


def written(record: Record, form: str, voice: Voice) -> bytes:
    """The record as `xlsx` with all its lists, as `csv` of its accounts and contacts, or as the `record` itself."""
    match form:
        case "xlsx":
            lists = [
                Sheet(voice.label(f"exports-{key}"), (_heading(key, voice), *_entries(record, key, voice)))
                for key in SHEETS
                if getattr(record, key)
            ]
            return to_xlsx([Sheet(voice.label("exports-accounts"), tuple(_accounts(record, voice))), *lists])
        case "csv":
            return to_csv(_accounts(record, voice))
    return write_record(record).encode()


def written_together(records: Sequence[Record], voice: Voice) -> bytes:
    """The records of several managers as one workbook: the sheets of each under those of the first, with his name.

    Where they reckon in different units of money, each row says in which.
    """
    units = {record.manager.money_unit for record in records if record.accounts}
    is_mixed = len(units) > 1
    own = [(record, (record.manager.name, *((record.manager.money_unit,) if is_mixed else ()))) for record in records]
    first = tuple(
        voice.label(f"exports-column-{field}") for field in (("manager", "unit") if is_mixed else ("manager",))
    )
    heading = _account_heading(None if is_mixed else next(iter(units), None), voice)
    rows = [(*name, *row) for record, name in own for row in _account_rows(record, voice)]
    sheets = [Sheet(voice.label("exports-accounts"), ((*first, *heading), *rows))]
    for key in SHEETS:
        rows = [(record.manager.name, *row) for record in records for row in _entries(record, key, voice)]
        if rows:
            sheets.append(Sheet(voice.label(f"exports-{key}"), ((first[0], *_heading(key, voice)), *rows)))
    return to_xlsx(sheets)


def _accounts(record: Record, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    yield _account_heading(record.manager.money_unit, voice)
    yield from _account_rows(record, voice)


def _account_heading(unit: str | None, voice: Voice) -> tuple[str, ...]:
    return tuple(
        voice.label(f"exports-column-{field}")
        + (voice.label("exports-unit", unit=unit) if unit and field in MONEY else "")
        for field in (*ACCOUNT, *CONTACT)
    )


def _account_rows(record: Record, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """One row for each contact; the file of an account stands in its first row only, so that sums are right."""
    people: dict[str, list[ContactEntry]] = {account.name: [] for account in record.accounts}
    for contact in record.contacts:
        people[contact.account].append(contact)
    for account in record.accounts:
        rest: tuple[Cell, ...] = (account.name,) + (None,) * (len(ACCOUNT) - 1)
        file = tuple(_cell(account, field, voice) for field in ACCOUNT)
        there: list[tuple[Cell, ...]] = [
            (one.name, one.role, _cell(one, "stance", voice)) for one in people[account.name]
        ]
        first, *others = there or [()]
        yield (*file, *first)
        yield from ((*rest, *person) for person in others)


def _heading(key: str, voice: Voice) -> tuple[str, ...]:
    return tuple(voice.label(f"exports-column-{field}") for field in SHEETS[key])


def _entries(record: Record, key: str, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """The entries of one of the record's lists, a row each."""
    for entry in getattr(record, key):
        yield tuple(_cell(entry, field, voice) for field in SHEETS[key])


def _cell(entry: Part, field: str, voice: Voice) -> Cell:
    value: Cell | Sequence[str] = getattr(entry, field)
    if field in WORDS and value is not None:
        return voice.label(f"{WORDS[field]}{value}")
    if field == "margin_pct" and isinstance(value, float):
        return Percent(value)
    if isinstance(value, str | int | float | dtm.date | dtm.time) or value is None:
        return value
    return voice.label("exports-between").join(value)
