"""The sender: speaks the outbox at Telegram's pace, and knows which errors pass and which stay."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.database import Database
from bot.delivery import outbox
from bot.delivery.outbox import Outcome
from bot.delivery.pace import Pace, wait_of
from bot.models import MessageState, OutboxMessage, Person

log = structlog.stdlib.get_logger(__name__)

IN_FLIGHT = 16
"""Requests under way at once; more connections cost the HTTP pool more than they bring."""

GIVE_UP_AFTER = dtm.timedelta(hours=24)
"""Age at which a message that only ever met passing errors is given up."""

LONGEST_BACKOFF = dtm.timedelta(minutes=5)
IDLE_SECONDS = 1.0
"""How often an idle sender looks for rows that another process queued, or whose time has come."""


@dataclass(frozen=True)
class Verdict:
    """What an error means for a message: give up or try again after a delay; and whether the person is out of reach."""

    state: MessageState
    reason: str
    delay: dtm.timedelta = dtm.timedelta()
    unreachable: bool = False
    hold_chat: bool = False


def judge(error: TelegramError, attempts: int, age: dtm.timedelta) -> Verdict:
    """Tell permanent errors from passing ones. BadRequest comes first: it is a subclass of NetworkError."""
    match error:
        case Forbidden():
            return Verdict(MessageState.DEAD, "forbidden", unreachable=True)
        case BadRequest() if "not modified" in error.message:
            return Verdict(MessageState.SENT, "unchanged")
        case BadRequest() if "chat not found" in error.message.lower():
            return Verdict(MessageState.DEAD, "chat not found", unreachable=True)
        case BadRequest() if "query is too old" in error.message.lower():
            return Verdict(MessageState.DEAD, "tap too old")
        case BadRequest() | ChatMigrated():
            return Verdict(MessageState.DEAD, "refused")
        case RetryAfter():
            return Verdict(MessageState.PENDING, "too many", wait_of(error), hold_chat=True)
        case _ if age > GIVE_UP_AFTER:
            return Verdict(MessageState.DEAD, "too long")
        case InvalidToken():
            return Verdict(MessageState.PENDING, "token refused", LONGEST_BACKOFF)
        case _:
            backoff = dtm.timedelta(seconds=min(2.0 ** (attempts - 1), LONGEST_BACKOFF.total_seconds()))
            return Verdict(MessageState.PENDING, "network", backoff)


@dataclass
class Sender:
    """Speaks the outbox. `wake` is set whenever something was queued."""

    database: Database
    bot: Bot
    clock: Clock
    pace: Pace
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _outcomes: list[Outcome] = field(default_factory=list)
    _claimed: list[int] = field(default_factory=list)

    async def run(self) -> None:
        """Send until cancelled; then finish what is under way and write it down."""
        try:
            while True:
                self.wake.clear()
                try:
                    wait = await self._step()
                except Exception:
                    log.exception("sender_failed")
                    wait = IDLE_SECONDS
                try:
                    async with asyncio.timeout(wait):
                        await self.wake.wait()
                except TimeoutError:
                    pass
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks)
            # Whoever stops us between claiming and sending must not make others wait for the lease.
            self._outcomes += [Outcome(row_id, MessageState.PENDING, reason="stopped") for row_id in self._claimed]
            await self._write_down()

    async def drain(self) -> None:
        """Send until nothing can be sent now, for tests and the end of a script."""
        while True:
            await self._step()
            if not self._tasks:
                break
            await asyncio.wait(self._tasks)
        await self._write_down()

    async def _step(self) -> float:
        """Write down what ended, start what is ready; return the seconds after which to look again."""
        now, system_now = self.clock.monotonic(), self.clock.system()
        held = self.pace.held(now)
        limit = min(IN_FLIGHT - len(self._tasks), self.pace.room(now))
        ended = len(self._outcomes)
        async with self.database.begin() as session:
            await self._settle(session, ended)
            rows = await outbox.claim(session, system_now, limit, held) if limit > 0 else []
            self._claimed = [row.id for row in rows]
        del self._outcomes[:ended]
        for row in rows:
            if row.method.startswith(("send", "edit")):
                self.pace.spend(row.chat_id, now)
            task = asyncio.create_task(self._send(row))
            self._tasks.add(task)
            task.add_done_callback(self._ended)
        self._claimed = []
        if len(rows) == limit > 0:
            return 0.0
        return min([IDLE_SECONDS, *held.values()] if limit > 0 else [IDLE_SECONDS, 1 / 30])

    async def _settle(self, session: AsyncSession, count: int) -> None:
        """Write down the oldest `count` outcomes; they are forgotten only after the commit."""
        outcomes = self._outcomes[:count]
        await outbox.settle(session, outcomes, self.clock.system())
        if lost := [outcome.lost_chat for outcome in outcomes if outcome.lost_chat is not None]:
            reachable = Person.telegram_id.in_(lost), Person.unreachable_since.is_(None)
            await session.execute(update(Person).where(*reachable).values(unreachable_since=self.clock.now()))

    async def _write_down(self) -> None:
        ended = len(self._outcomes)
        if ended:
            async with self.database.begin() as session:
                await self._settle(session, ended)
            del self._outcomes[:ended]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.wake.set()

    async def _send(self, row: OutboxMessage) -> None:
        try:
            message_id = await speak(self.bot, row)
        except TelegramError as error:
            verdict = judge(error, row.attempts, self.clock.system() - row.created_at)
            level = log.info if verdict.unreachable or verdict.hold_chat else log.warning
            level("message_not_sent", row=row.id, method=row.method, reason=verdict.reason, attempts=row.attempts)
            if verdict.hold_chat:
                self.pace.hold(row.chat_id, self.clock.monotonic() + verdict.delay.total_seconds())
            lost = row.chat_id if verdict.unreachable else None
            self._outcomes.append(
                Outcome(row.id, verdict.state, reason=verdict.reason, delay=verdict.delay, lost_chat=lost)
            )
        except Exception:
            log.exception("message_broken", row=row.id, method=row.method)
            self._outcomes.append(Outcome(row.id, MessageState.DEAD, reason="broken"))
        else:
            self._outcomes.append(Outcome(row.id, MessageState.SENT, message_id))


async def speak(bot: Bot, row: OutboxMessage) -> int | None:
    """Make the request of a row; return the id of the message that it made or changed. Raises TelegramError."""
    calls: dict[str, tuple[Callable[..., Awaitable[Any]], str]] = {
        "sendMessage": (bot.send_message, ""),
        "editMessageText": (bot.edit_message_text, ""),
        "answerCallbackQuery": (bot.answer_callback_query, ""),
        "sendPhoto": (bot.send_photo, "photo"),
        "sendDocument": (bot.send_document, "document"),
    }
    call, file_field = calls[row.method]
    params = dict(row.params)
    if "reply_markup" in params:
        params["reply_markup"] = InlineKeyboardMarkup.de_json(params["reply_markup"], bot)
    if "link_preview_options" in params:
        params["link_preview_options"] = LinkPreviewOptions.de_json(params["link_preview_options"], bot)
    if file_field:
        params[file_field] = row.file
    result = await call(**params)
    return result.message_id if isinstance(result, Message) else None
