"""Files are read in a process of its own: bombs, hangs and crashes there never reach the coach."""

from __future__ import annotations

import asyncio
import datetime as dtm
import json
import resource
import sys
from pathlib import Path

import pytest

from bot import files
from bot.errors import CoachError
from bot.files import FileRefused, Reader
from bot.language.columns import AccountTable
from bot.records import Record, RecordRefused
from bot.spreadsheets import MOST_BYTES, SpreadsheetRefused
from tests.bot.services.test_records import FULL
from tests.bot.test_spreadsheets import archive_deflated, bomb, parts_of, workbook

READER = Reader(dtm.date(2026, 11, 28), "万元", {"永辉超市五一店": "永辉超市五一店", "永辉": "永辉超市五一店"})
LIST = "店名,级别\n永辉五一店,A\n永辉,B\n小河,C\n坏,D\n".encode("gb18030")


async def test_a_list_comes_back_from_its_process() -> None:
    table = await files.read_apart(LIST, READER)
    assert isinstance(table, AccountTable)
    assert [(row.name, row.like) for row in table.accounts] == [
        ("永辉五一店", "永辉超市五一店"),
        ("永辉", None),
        ("小河", None),
    ]
    assert [problem.text_id for problem in table.problems] == ["row-not-a-tier"]
    assert table == files.read(LIST, READER)
    assert files.from_json(json.loads(json.dumps(files.to_json(table)))) == table


async def test_a_record_comes_back_too_and_its_errors() -> None:
    record = await files.read_apart(json.dumps(FULL).encode(), READER)
    assert isinstance(record, Record)
    assert files.from_json(json.loads(json.dumps(files.to_json(record)))) == record
    with pytest.raises(RecordRefused) as refused:
        await files.read_apart(json.dumps(FULL | {"foo": 1, "as_of": "x"}).encode(), READER)
    assert [flaw.place for flaw in refused.value.flaws] == ["as_of", "foo"]


async def test_a_refusal_comes_back_with_its_values() -> None:
    with pytest.raises(SpreadsheetRefused) as refused:
        await files.read_apart(("店名\n" + "长" * 3000).encode(), READER)
    assert (refused.value.text_id, refused.value.values) == ("file-cell-too-long", {"row": 2, "limit": 2000})


def billion_laughs() -> bytes:
    """A workbook whose first sheet unfolds to 10^9 words."""
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    head = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + entities + b"]>"
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="str"><v>'
    )
    sheet += b"&a9;</v></c></row></sheetData></worksheet>"
    parts = parts_of(workbook(("名称",)))
    return archive_deflated(parts | {"xl/worksheets/sheet1.xml": head + sheet})


BOMBS = {
    "declared": bomb(60 * 2**20),
    "lying": bomb(60 * 2**20, declared=1000),
    "billion laughs": billion_laughs(),
}


@pytest.mark.parametrize("kind", BOMBS)
async def test_a_bomb_is_refused_while_the_coach_goes_on(kind: str) -> None:
    data = BOMBS[kind]
    assert len(data) < MOST_BYTES
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    beats = 0

    async def tick() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    ticking = asyncio.create_task(tick())
    with pytest.raises(CoachError) as refused:
        await files.read_apart(data, READER)
    ticking.cancel()
    assert refused.value.text_id.startswith("file-")
    assert beats > 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


class Hanging:
    """A reading process that never ends; it notes its number in a file."""

    def __init__(self, note: Path) -> None:
        self.note = note
        noting = f"import os, pathlib; pathlib.Path({str(note)!r}).write_text(str(os.getpid()))"
        self.program = (sys.executable, "-c", f"{noting}; import time; time.sleep(600)")

    def has_begun(self) -> bool:
        return self.note.exists() and bool(self.note.read_text())

    def is_gone(self) -> bool:
        return not Path(f"/proc/{self.note.read_text()}").exists()


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Hanging:
    """Reading never ends."""
    hanging = Hanging(tmp_path / "number")
    monkeypatch.setattr(files, "PROGRAM", hanging.program)
    return hanging


async def test_a_hang_is_ended(hanging: Hanging) -> None:
    with pytest.raises(FileRefused) as refused:
        await files.read_apart(LIST, READER, seconds=2)
    assert refused.value.text_id == "file-too-slow"
    assert hanging.is_gone()


async def test_a_stop_of_the_coach_ends_the_reading(hanging: Hanging) -> None:
    reading = asyncio.create_task(files.read_apart(LIST, READER))
    while not hanging.has_begun():
        await asyncio.sleep(0.02)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert hanging.is_gone()


@pytest.mark.parametrize(
    ("program", "text_id"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "file-too-heavy"),
        ("from bot import apart; apart.set_limits(30); bytearray(apart.MOST_MEMORY)", "file-too-heavy"),
        ("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass", "file-too-slow"),
    ],
)
async def test_a_crash_is_told(monkeypatch: pytest.MonkeyPatch, program: str, text_id: str) -> None:
    monkeypatch.setattr(files, "PROGRAM", (sys.executable, "-c", program))
    with pytest.raises(FileRefused) as refused:
        await files.read_apart(LIST, READER)
    assert refused.value.text_id == text_id


async def test_the_process_is_given_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TELEGRAM_TOKEN", "123:secret")
    program = "import os, sys; sys.stdin.buffer.read(); sys.exit(7 if any('COACH' in key for key in os.environ) else 0)"
    monkeypatch.setattr(files, "PROGRAM", (sys.executable, "-c", program))
    with pytest.raises(ValueError, match="EOF"):  # it ends well and says nothing
        await files.read_apart(LIST, READER)


def test_names_of_files() -> None:
    assert all(map(files.is_readable, ["a.xlsx", "客户.CSV", "a.b.json", "x.et", "old.xls"]))
    assert not any(map(files.is_readable, ["a.pdf", "b.docx", "c", "", "xlsx", "d.png"]))
