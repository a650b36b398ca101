"""The composition root: builds database, texts, library and Telegram's Application once, and runs them together.

The only place that knows all rooms.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import BotCommand, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes
from telegram.request import BaseRequest, HTTPXRequest

from bot import handlers, jobs
from bot.clock import Clock
from bot.context import CoachContext, Shared, Turn, current_turn
from bot.database import Database
from bot.delivery import inbox, outbox
from bot.delivery.order import Order
from bot.delivery.outbox import Letter, letter
from bot.delivery.pace import Pace
from bot.delivery.poller import ALLOWED_UPDATES, Poller
from bot.delivery.sender import IN_FLIGHT, Sender
from bot.delivery.webhook import PATH, webhook_app
from bot.handlers import CoachApplication, failure
from bot.http_server import LoopServer
from bot.jobs import retention
from bot.jobs.composers import COMPOSERS
from bot.jobs.escalation import Escalation
from bot.jobs.evaluation import Evaluation
from bot.jobs.handbooks import Handbooks
from bot.jobs.reminders import Composer, Reminders
from bot.jobs.uploads import Uploads
from bot.keyboards import Signer
from bot.phone.botapi import Persona
from bot.phone.home import local_phone
from bot.replies import Reply, Say, Toast
from bot.services import acting, demo, demo_book, people
from bot.settings import Settings, signing_key
from bot.texts import LOCALES, Texts
from knowledge.library import Library
from knowledge.search import Search
from rules.worker import Worker

log = structlog.stdlib.get_logger(__name__)

POOL_SECONDS = 30.0
"""How long a request may wait for a free connection; less than an outbox lease."""

RETRY_SECONDS = 5.0

PHONE_LANGUAGES = {"zh": "zh-hans", "en": "en"}
"""The Telegram setting of the demo people for each locale."""


class Coach:
    """One running coach: the Application that python-telegram-bot knows, between our inbox and our outbox."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        token: str,
        *,
        api: str,
        library: Library,
        search: Search,
        worker: Worker | None = None,
        request: Callable[[int], BaseRequest] | None = None,
        composers: Mapping[str, Composer] | None = None,
    ) -> None:
        """Build everything for the bot with `token` at the Bot API server `api`. Raises CatalogueError.

        `request` makes an HTTP client with so many connections; tests give one that stays in the process, and
        `composers` of their own.
        """
        self.settings, self.clock = settings, clock
        self.database = Database(settings.database)
        self.shared = Shared(
            settings=settings,
            texts=Texts(),
            library=library,
            search=search,
            signer=Signer(signing_key(token)),
            worker=worker or Worker(),
        )
        make = request or (lambda size: HTTPXRequest(connection_pool_size=size, pool_timeout=POOL_SECONDS))
        self._poll_request = make(1)
        self.application: CoachApplication = (
            ApplicationBuilder()
            .token(token)
            .base_url(f"{api}/bot")
            .base_file_url(f"{api}/file/bot")
            .request(make(IN_FLIGHT))
            .get_updates_request(self._poll_request)
            .context_types(ContextTypes(context=CoachContext))
            .updater(None)
            .job_queue(None)
            .build()
        )
        handlers.register(self.application)
        self.bot = self.application.bot
        pace = Pace(settings.send_rate, settings.chat_rate)
        self.sender = Sender(self.database, self.bot, clock, pace)
        self.uploads = Uploads(
            self.database,
            clock,
            self.bot,
            self.shared.texts,
            self.shared.signer,
            settings.locale,
            on_said=self.sender.wake.set,
        )
        self.handbooks = Handbooks(self.database, clock, self.bot, self.shared, on_said=self.sender.wake.set)
        self.reminders = Reminders(
            self.database, clock, self.shared, composers or COMPOSERS, on_said=self.sender.wake.set
        )
        self.order = Order(self.database, clock, self, on_said=self._after_turns)
        self.poller = Poller(self.bot, self._poll_request, self.database, clock, on_stored=self.order.wake.set)

    async def prepare(self) -> None:
        """Bring the tables up to date and take up what an earlier process left."""
        await self.database.migrate()
        async with self.database.begin() as session:
            self.order.backlog = await inbox.newest_waiting(session)
            if self.database.is_sqlite:
                await outbox.recover(session)

    async def connect(self) -> None:
        """Ask Telegram who the bot is and tell it the commands, when the network is there. Raises InvalidToken."""
        await self._insist(self.application.initialize)
        for locale in LOCALES:
            await self._introduce(locale, code=locale)
        await self._introduce(self.settings.locale, code=None)

    async def _introduce(self, locale: str, code: str | None) -> None:
        """Tell the people of one Telegram language who the bot is and which commands it knows."""
        texts = self.shared.texts
        commands = [BotCommand(name, texts.plain(locale, f"command-{name}")) for name in handlers.COMMANDS]
        about, short = texts.plain(locale, "command-about"), texts.plain(locale, "command-about-short")
        await self._insist(lambda: self.bot.set_my_commands(commands, language_code=code))
        await self._insist(lambda: self.bot.set_my_description(about, language_code=code))
        await self._insist(lambda: self.bot.set_my_short_description(short, language_code=code))

    async def run(self) -> None:
        """Listen, answer and send until cancelled."""
        try:
            await self.connect()
            async with jobs.scheduled(self.clock, self._jobs()), asyncio.TaskGroup() as tasks:
                tasks.create_task(self.sender.run(), name="sender")
                tasks.create_task(self.order.run(), name="order")
                tasks.create_task(self.uploads.run(), name="uploads")
                tasks.create_task(self.handbooks.run(), name="handbooks")
                tasks.create_task(self._listen(), name="listener")
        finally:
            await self.close()

    def _after_turns(self) -> None:
        self.sender.wake.set()
        self.uploads.wake.set()
        self.handbooks.wake.set()

    def _jobs(self) -> dict[str, tuple[jobs.Job, dtm.timedelta]]:
        """What is done unasked, and how often."""
        shared = self.shared
        evaluation = Evaluation(
            self.database, self.clock, shared.worker, shared.texts, shared.signer, self.settings.locale
        )

        async def forget() -> None:
            # Reminders and updates bear instants of the movable clock: one that is set back makes nothing older.
            now = min(self.clock.now(), self.clock.system())
            await retention.forget(self.database, now, self.settings.keep_days)

        async def evaluate() -> None:
            if await evaluation.run():
                self.sender.wake.set()

        return {
            "retention": (forget, dtm.timedelta(hours=1)),
            "evaluation": (evaluate, dtm.timedelta(seconds=10)),
            "schedules": (self.reminders.arrange, dtm.timedelta(hours=1)),
            "escalation": (Escalation(self.database, self.clock).run, dtm.timedelta(seconds=20)),
            "reminders": (self.reminders.run, dtm.timedelta(seconds=1)),
        }

    async def close(self) -> None:
        """Close the connections to Telegram and to the database."""
        await self.application.shutdown()
        await self.shared.worker.close()
        await self.database.close()

    async def _listen(self) -> None:
        secret = self.settings.webhook_secret
        if self.settings.webhook_url is None or secret is None:
            await self._insist(self.bot.delete_webhook)
            await self.poller.run()
            return
        app = webhook_app(self.database, self.clock, secret.get_secret_value(), on_stored=self.order.wake.set)
        server = LoopServer(app)
        await server.start(self.settings.webhook_port)
        try:
            await self._insist(
                lambda: self.bot.set_webhook(
                    f"{self.settings.webhook_url}{PATH}",
                    secret_token=secret.get_secret_value(),
                    allowed_updates=ALLOWED_UPDATES,
                )
            )
            await asyncio.Event().wait()
        finally:
            await server.stop()

    async def _insist(self, call: Callable[[], Awaitable[Any]]) -> None:
        while True:
            try:
                await call()
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("telegram_not_reached", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    # The listener of the order

    async def hear(self, session: AsyncSession, raw: dict[str, Any]) -> list[tuple[str, Letter]]:
        """Take an update through the Application's handlers; return what they said. Raises what they raised."""
        update = Update.de_json(raw, self.bot)
        turn = Turn(self.shared, session, self.clock.now(), self.settings.locale)
        token = current_turn.set(turn)
        try:
            await self.application.process_update(update)
        finally:
            current_turn.reset(token)
        if turn.error is not None:
            raise turn.error
        return self._letters(update, turn.replies)

    async def apologise(
        self, session: AsyncSession, raw: dict[str, Any], error: Exception, error_id: str
    ) -> list[tuple[str, Letter]]:
        """Put a failure into the words of whoever spoke."""
        try:
            update = Update.de_json(raw, self.bot)
        except Exception:  # noqa: BLE001 - what cannot even be parsed has nobody to answer
            return []
        user = update.effective_user
        person = await people.find(session, user.id) if user else None
        locale = people.locale_for(person, user.language_code if user else None, self.settings.locale)
        return self._letters(update, [failure.words(self.shared, update, locale, error, error_id)])

    def _letters(self, update: Update, replies: list[Reply]) -> list[tuple[str, Letter]]:
        chat, query = update.effective_chat, update.callback_query
        if chat is None:
            return []
        if query and not any(isinstance(reply, Toast) for reply in replies):
            replies = [Toast(), *replies]
        now = self.clock.now()
        return [
            (
                (isinstance(reply, Say) and reply.once) or f"update:{update.update_id}:{number}",
                letter(reply, chat.id, query.id if query else None, self.shared.signer, now),
            )
            for number, reply in enumerate(replies)
        ]


async def serve(settings: Settings, clock: Clock) -> None:
    """Run the coach on Telegram with a token, on the local phone without one, until cancelled.

    Raises ArticleError where an article is broken, InvalidToken where Telegram refuses the token, NoFreePort
    where the phone finds no port.
    """
    library = acting.load_library()
    search = Search(library.articles.values())
    if settings.telegram_token is not None:
        token = settings.telegram_token.get_secret_value()
        coach = Coach(settings, clock, token, api=settings.telegram_api, library=library, search=search)
        await coach.prepare()
        await coach.run()
        return
    texts = Texts()
    language = PHONE_LANGUAGES[settings.locale]
    personas = [Persona(p.telegram_id, p.name, p.role, language, None, has_met=True) for p in demo.TEAM]
    personas.append(Persona(demo.NEWCOMER_ID, demo.NEWCOMER_NAME, "stranger", language, None))
    async with local_phone(
        settings.data_dir / "phone.json",
        port=settings.phone_port,
        clock=clock,
        zone=settings.zone,
        personas=personas,
        texts=lambda locale: texts.patterns(locale, "phone-"),
    ) as phone:
        coach = Coach(settings, clock, phone.api.token, api=phone.url, library=library, search=search)
        await coach.prepare()
        async with coach.database.begin() as session:
            await demo.seed(session, settings.time_zone, clock.now())
            await demo_book.seed(session, clock.now())
            await demo_book.look_back(session, clock.now(), coach.shared.worker.matcher, coach.shared.worker.evaluate)
        await coach.reminders.arrange()  # before anybody can move the clock
        print(texts.plain(settings.locale, "run-phone", {"address": phone.url}), flush=True)  # noqa: T201
        await coach.run()
