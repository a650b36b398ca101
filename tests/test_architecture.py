"""The arrows of the house hold, and a planted breach is caught."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BREACHES = {
    "rules know Telegram": ("rules/breach.py", "import telegram"),
    "knowledge knows the coach": ("knowledge/breach.py", "import bot.clock"),
    "rules and knowledge meet": ("rules/breach.py", "import knowledge.article"),
    "a model calls a service": ("bot/models/breach.py", "import bot.services.people"),
    "a service speaks": ("bot/services/breach.py", "import bot.texts"),
    "a service reads the clock": ("bot/services/breach.py", "import bot.clock"),
    "a handler calls a job": ("bot/handlers/breach.py", "import bot.jobs.retention"),
    "delivery knows a conversation": ("bot/delivery/breach.py", "import bot.handlers.start"),
    "language asks the database": ("bot/language/breach.py", "import sqlalchemy"),
    "the phone knows the coach": ("bot/phone/breach.py", "import bot.models"),
    "somebody else knows durable_rules": ("bot/breach.py", "import durable.lang"),
    "another file of the rules knows durable_rules": ("rules/breach.py", "import durable_rules_engine"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for room in ("bot", "rules", "knowledge"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "*.yaml", "page"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    command, here = [sys.executable, "-c", code], {"PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=here, capture_output=True, text=True, check=False)


def test_the_house_as_it_stands(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_caught(copy: Path, breach: str) -> None:
    place, line = BREACHES[breach]
    (copy / place).write_text(f"{line}\n", encoding="utf-8")
    try:
        result = lint(copy)
    finally:
        (copy / place).unlink()
    assert result.returncode != 0
    assert "BROKEN" in result.stdout


def test_only_the_clock_reads_the_clock_and_only_the_settings_the_environment(tmp_path: Path) -> None:
    """Ruff's ban is on: the same call outside its room is refused."""
    now, clock, environment = (
        "import datetime as d\nd.datetime.now()\n",
        "import time\ntime.time()\n",
        "import os\nos.environ\n",
    )
    for line in (now, clock, environment):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", "bot/services/x.py", "-"],
            input=line,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "TID251" in done.stdout
