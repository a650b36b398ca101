"""Files that people send: told apart and read in a process of its own, so that none can stop or fill the coach.

That process has a time limit and a memory limit, is given nothing but the file, and answers with data.
"""

from __future__ import annotations

import dataclasses
import datetime as dtm
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter

from bot import apart
from bot.errors import CoachError
from bot.language.columns import AccountTable, name_key, read_accounts
from bot.language.likeness import alike
from bot.records import Flaw, Record, RecordRefused, read_record
from bot.spreadsheets import MOST_BYTES, SpreadsheetRefused
from bot.spreadsheets import read as read_spreadsheet

SECONDS, PROCESSOR_SECONDS = 60.0, 30
"""Longest time for one file, on the clock and of the processor; 5,000 rows of 15 columns take 6 s of the latter."""

PROGRAM = (sys.executable, "-m", "bot.files")

ENDINGS = {"xlsx", "xlsm", "xltx", "xls", "xlsb", "et", "ods", "csv", "tsv", "txt", "tab", "json"}
"""Endings of names of spreadsheets and records, also of those that can only be told how to save it otherwise."""

RECORD = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")


class FileRefused(CoachError):
    """A file that took too long or too much."""


@dataclass(frozen=True)
class Reader:
    """For whom a file is read: his day, the unit of his money, and the names in his book, each with its account's."""

    today: dtm.date
    money_unit: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)


Content = AccountTable | Record
"""What a file holds: accounts of a spreadsheet, or a whole record."""


@dataclass(frozen=True)
class Answer:
    """What the reading process says: the content, or why there is none."""

    accounts: AccountTable | None = None
    record: Record | None = None
    refused: str | None = None
    values: dict[str, str | int] = field(default_factory=dict)
    flaws: tuple[Flaw, ...] = ()


READER, ANSWER = TypeAdapter(Reader), TypeAdapter(Answer)


def is_readable(name: str) -> bool:
    """Whether a file may hold accounts or a record, by the ending of its name."""
    _, dot, ending = name.rpartition(".")
    return bool(dot) and ending.lower() in ENDINGS


def read(data: bytes, reader: Reader) -> Content:
    """The content of a file, in this process. Raises SpreadsheetRefused, NoAccounts, RecordRefused."""
    if len(data) <= MOST_BYTES and RECORD.match(data):
        return read_record(data)
    table = read_accounts(read_spreadsheet(data), reader.today, reader.money_unit)
    known = {name_key(name): account for name, account in reader.known.items()}
    rows = [row for row in table.accounts if name_key(row.name) not in known]
    likes = dict(zip((row.row for row in rows), alike([row.name for row in rows], reader.known), strict=True))
    named = [(row, likes.get(row.row)) for row in table.accounts]
    accounts = (dataclasses.replace(row, like=reader.known.get(like, like) if like else None) for row, like in named)
    return dataclasses.replace(table, accounts=tuple(accounts))


async def read_apart(data: bytes, reader: Reader, *, seconds: float = SECONDS) -> Content:
    """The content of a file, read in a process of its own.

    Raises what `read` raises, and FileRefused where it took more than `seconds` or too much memory.
    """
    if len(data) > MOST_BYTES:
        raise SpreadsheetRefused("file-too-big", limit=MOST_BYTES // 2**20)
    said = await apart.answer_of(
        PROGRAM,
        READER.dump_json(reader) + b"\n" + data,
        seconds=seconds,
        too_slow=FileRefused("file-too-slow"),
        too_heavy=FileRefused("file-too-heavy"),
    )
    return _opened(ANSWER.validate_json(said))


def _opened(answer: Answer) -> Content:
    if answer.refused is not None:
        raise RecordRefused(answer.flaws) if answer.flaws else SpreadsheetRefused(answer.refused, **answer.values)
    content = answer.accounts or answer.record
    assert content is not None
    return content


def to_json(content: Content) -> dict[str, Any]:
    """The content as JSON values, to be kept until it is imported."""
    answer = Answer(record=content) if isinstance(content, Record) else Answer(accounts=content)
    kept: dict[str, Any] = ANSWER.dump_python(answer, mode="json", exclude_defaults=True)
    return kept


def from_json(kept: Mapping[str, Any]) -> Content:
    """What `to_json` gave."""
    return _opened(ANSWER.validate_json(json.dumps(kept)))


def main() -> None:
    """The reading process: the reader on the first line of standard input, the file behind it."""
    apart.set_limits(PROCESSOR_SECONDS)
    head, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        content = read(data, READER.validate_json(head))
        answer = Answer(record=content) if isinstance(content, Record) else Answer(accounts=content)
    except RecordRefused as error:
        answer = Answer(refused=error.text_id, flaws=error.flaws)
    except CoachError as error:
        answer = Answer(refused=error.text_id, values=error.values)
    sys.stdout.buffer.write(ANSWER.dump_json(answer))


if __name__ == "__main__":
    main()
