"""The doctor: one look at everything that a deployment needs, each finding good or bad with what was seen."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dtm
import importlib.metadata
import platform
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot import charts
from bot.clock import Clock
from bot.database import Database, head_revision
from bot.delivery import inbox, outbox
from bot.models import MessageState, UpdateState
from bot.services import acting, reminders
from bot.services.reminders import Tally
from bot.settings import Settings
from knowledge.article import ArticleError

TELEGRAM_SECONDS = 5
REMINDERS_BACK = dtm.timedelta(days=7)
RELEASE_YEAR = 2026
"""A clock before the year of this release is wrong, and every reminder with it."""


COACH = "知行"
"""What the font of the pictures has to draw."""


@dataclass(frozen=True)
class Finding:
    """What was seen of one thing: good or bad, the id of the text that tells it, and the text's values."""

    ok: bool
    text_id: str
    values: dict[str, str | int] = field(default_factory=dict)


async def examine(settings: Settings, clock: Clock) -> dict[str, Finding]:
    """Look at everything; nothing is changed and nothing raised."""
    looks: dict[str, Callable[[], Awaitable[Finding]]] = {
        "settings": lambda: _settings(settings),
        "database": lambda: _database(settings),
        "messages": lambda: _messages(settings),
        "reminders": lambda: _reminders(settings, clock),
        "knowledge": _knowledge,
        "engine": _engine,
        "fonts": _fonts,
        "clock": lambda: _clock(settings, clock),
        "telegram": lambda: _telegram(settings),
    }
    findings = {}
    for what, look in looks.items():
        try:
            findings[what] = await look()
        except Exception as error:  # noqa: BLE001 - a doctor reports whatever he finds
            findings[what] = Finding(False, "doctor-error", {"error": type(error).__name__})
    return findings


async def _settings(settings: Settings) -> Finding:
    way = "phone" if settings.telegram_token is None else "webhook" if settings.webhook_url else "polling"
    values = {"locale": settings.locale, "zone": settings.time_zone, "folder": str(settings.data_dir)}
    return Finding(True, f"doctor-settings-{way}", dict(values))


async def _database(settings: Settings) -> Finding:
    wanted = head_revision() or ""
    if settings.database_url is None and not settings.sqlite_file.exists():
        return Finding(False, "doctor-database-empty")
    database = Database(settings.database)
    try:
        async with database.read() as session:
            try:
                found = await session.scalar(text("SELECT version_num FROM alembic_version"))
            except SQLAlchemyError:
                await session.rollback()
                await session.execute(text("SELECT 1"))
                return Finding(False, "doctor-database-empty")
        if found != wanted:
            return Finding(False, "doctor-database-old", {"found": str(found), "wanted": wanted})
        return Finding(True, "doctor-database", {"kind": database.engine.dialect.name, "found": wanted})
    finally:
        await database.close()


async def _messages(settings: Settings) -> Finding:
    """What waits, and what somebody has to look at: updates that failed, messages that Telegram refused."""
    if settings.database_url is None and not settings.sqlite_file.exists():
        return Finding(True, "doctor-messages", dict.fromkeys(("waiting", "failed", "owed", "dead"), 0))
    database = Database(settings.database)
    try:
        async with database.read() as session:
            received, queued = await inbox.counts(session), await outbox.counts(session)
    finally:
        await database.close()
    owed = queued.get(MessageState.PENDING, 0) + queued.get(MessageState.SENDING, 0)
    values = {
        "waiting": received.get(UpdateState.PENDING, 0),
        "failed": received.get(UpdateState.FAILED, 0),
        "owed": owed,
        "dead": queued.get(MessageState.DEAD, 0),
    }
    return Finding(True, "doctor-messages", dict(values))


async def _reminders(settings: Settings, clock: Clock) -> Finding:
    """How the reminders of the last days ended; bad where one is not accounted for."""
    counted = Tally(0, 0, 0, 0, 0)
    if settings.database_url is not None or settings.sqlite_file.exists():
        database = Database(settings.database)
        try:
            async with database.read() as session:
                counted = await reminders.tally(session, clock.now() - REMINDERS_BACK)
        finally:
            await database.close()
    return Finding(counted.holds, "doctor-reminders", {**dataclasses.asdict(counted), "days": REMINDERS_BACK.days})


async def _knowledge() -> Finding:
    try:
        return Finding(True, "doctor-knowledge", {"count": len(acting.load_library())})
    except ArticleError as error:
        return Finding(False, "doctor-knowledge-broken", {"problem": str(error)})


async def _engine() -> Finding:
    # In a process of its own: a broken build of the C extension takes its process with it.
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-c", "import durable.engine", stderr=asyncio.subprocess.DEVNULL
    )
    values = {"version": importlib.metadata.version("durable_rules"), "python": platform.python_version()}
    failed = await process.wait()
    return Finding(not failed, "doctor-engine-broken" if failed else "doctor-engine", dict(values))


async def _fonts() -> Finding:
    """Whether pictures would show Chinese: their font is there, and has the name of the coach."""
    values: dict[str, str | int] = {"font": charts.FONT.name, "name": COACH}
    ok = charts.FONT.exists() and await asyncio.to_thread(charts.can_draw, COACH)
    return Finding(ok, "doctor-fonts" if ok else "doctor-fonts-missing", values)


async def _clock(settings: Settings, clock: Clock) -> Finding:
    now = clock.now()
    local = f"{now.astimezone(settings.zone):%Y-%m-%d %H:%M %z}"
    ok = now.year >= RELEASE_YEAR
    return Finding(ok, "doctor-clock" if ok else "doctor-clock-behind", {"local": local, "zone": settings.time_zone})


async def _telegram(settings: Settings) -> Finding:
    if settings.telegram_token is None:
        return Finding(True, "doctor-telegram-unused")
    bot = Bot(settings.telegram_token.get_secret_value(), base_url=f"{settings.telegram_api}/bot")
    try:
        async with asyncio.timeout(TELEGRAM_SECONDS), bot:
            return Finding(True, "doctor-telegram", {"name": bot.username, "address": settings.telegram_api})
    except InvalidToken:
        return Finding(False, "doctor-telegram-refused")
    except (TelegramError, TimeoutError):
        return Finding(False, "doctor-telegram-silent", {"address": settings.telegram_api})
