"""Logs: no token, no text of a message, no message of an exception."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import structlog
from telegram import Bot
from telegram.error import NetworkError

from bot import log
from bot.settings import Settings
from tests.telegram import TOKEN, Stage

SECRET = "987654321:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


FORMS = pytest.mark.parametrize("form", ["console", "json"])


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    log.set_up(Settings(_env_file=None))


def debug(form: Literal["console", "json"] = "console") -> None:
    log.set_up(Settings(_env_file=None, log_level="DEBUG", log_format=form))


@FORMS
def test_a_token_never_reaches_the_log(form: Literal["console", "json"], capsys: pytest.CaptureFixture[str]) -> None:
    debug(form)
    structlog.stdlib.get_logger("bot").info("asked", address=f"https://api/bot{SECRET}/getMe")
    logging.getLogger("anything").warning("calling https://api/bot%s/getMe", SECRET)
    logging.getLogger("httpx").info("HTTP Request: POST https://api/bot%s/getMe", SECRET)
    logging.getLogger("telegram.ext").error("update %s", {"text": "机密"})
    logged = capsys.readouterr().err
    assert "asked" in logged
    assert "anything" in logged
    assert SECRET not in logged
    assert "机密" not in logged


@FORMS
def test_an_exception_is_named_with_its_stack_but_not_quoted(
    form: Literal["console", "json"], capsys: pytest.CaptureFixture[str]
) -> None:
    debug(form)
    words = f"王总的电话{13800000000}"
    try:
        int(words)
    except ValueError:
        structlog.stdlib.get_logger("bot").exception("failed")
        logging.getLogger("library").exception("failed too")
    logged = capsys.readouterr().err
    assert logged.count("ValueError") == 2
    assert "test_log.py" in logged
    assert "13800000000" not in logged


async def test_a_day_of_talk_leaves_neither_token_nor_words_in_log_or_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    debug()
    async with Stage(tmp_path) as stage:
        await stage.person(1001).says("大客户王秘密总压价怎么办")
        await stage.person(9001).says("我是王秘密")
        stage.api.faults.rate_500 = 1
        await stage.person(1001).says("/help")
    logged = capsys.readouterr().err
    assert "message_not_sent" in logged
    assert TOKEN not in logged
    assert "王秘密" not in logged
    assert TOKEN.encode() not in (tmp_path / "coach.sqlite3").read_bytes()


async def test_an_error_of_the_library_that_quotes_the_address_is_not_passed_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    debug()
    bot = Bot(SECRET, base_url="http://127.0.0.1:1/bot")
    try:
        await bot.get_me()
    except NetworkError:
        structlog.stdlib.get_logger("bot").exception("not reached")
    finally:
        await bot.shutdown()
    assert SECRET not in capsys.readouterr().err
