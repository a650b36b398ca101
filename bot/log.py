"""Logs: structlog over the standard library, with tokens, message texts and exception messages kept out."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from bot.settings import Settings

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
"""What a bot token looks like (https://core.telegram.org/bots/api#authorizing-your-bot)."""


def hide_tokens(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Replace whatever looks like a bot token in any value of a log line."""
    return {key: TOKEN.sub("<token>", value) if isinstance(value, str) else value for key, value in event.items()}


def name_exception(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Turn exc_info into the error's type and its stack, without its message: that may quote what a person wrote."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["stack"] = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    return event


class _NoMessageText(logging.Filter):
    """Keeps python-telegram-bot's lines that quote whole updates down to their template."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(("telegram", "httpx", "httpcore")) and record.args:
            record.msg, record.args = str(record.msg), ()
        return True


def set_up(settings: Settings) -> None:
    """Send all logs, ours and the libraries', to standard error in the chosen form."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_exception,
        hide_tokens,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_NoMessageText())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, hide_tokens, renderer],
        )
    )
    # A line that cannot be written must not be printed raw instead, with whatever it quotes.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    # httpx names every address it calls, and the address holds the token.
    for name in ("httpx", "httpcore", "aiosqlite", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns whenever a job takes longer than its interval, which is harmless: the job goes on at the next tick.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
