"""Start the coach: on Telegram when COACH_TELEGRAM_TOKEN is set, else on the local phone in the browser."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys

from pydantic import ValidationError
from telegram.error import InvalidToken

from bot import log
from bot.application import serve
from bot.clock import Clock
from bot.phone.home import NoFreePort
from bot.settings import Settings, wrong_setting
from bot.texts import LOCALES, Texts
from knowledge.article import ArticleError


async def run(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM."""
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await serve(settings, Clock())


def main() -> int:
    """Run the coach; return the exit status. What a person has to mend is said in one line."""
    texts = Texts()
    try:
        settings = Settings()
    except ValidationError as error:
        for locale in LOCALES:
            print(texts.plain(locale, "run-bad-setting", {"problem": wrong_setting(error)}), file=sys.stderr)
        return 2
    log.set_up(settings)
    failures: list[str] = []
    try:
        asyncio.run(run(settings))
    except* InvalidToken:
        failures.append(texts.plain(settings.locale, "run-bad-token"))
    except* ArticleError as group:
        failures += [texts.plain(settings.locale, "run-bad-article", {"problem": str(e)}) for e in group.exceptions]
    except* NoFreePort as group:
        failures += [texts.plain(settings.locale, "run-no-port", {"problem": str(e)}) for e in group.exceptions]
    for line in failures:
        print(line, file=sys.stderr)
    return 2 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
