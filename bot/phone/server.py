"""The local phone's HTTP server, on loopback only: the bot's side, the person's side, and webhook delivery."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dtm
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import Clock
from bot.http_server import LOOPBACK, LoopServer
from bot.phone.bell import Bell
from bot.phone.botapi import BotApi
from bot.phone.botside import BotSide
from bot.phone.personside import MovableClock, PersonSide, Texts, own_host
from bot.phone.push import push


def no_texts(_language: str) -> Mapping[str, str]:
    """Give no texts: where nobody looks at the page."""
    return {}


def hang_up(scope: Scope) -> None:
    """End a request without an answer where no server can close its connection."""
    raise ConnectionAbortedError(scope["path"].rpartition("/")[2])


def phone_app(
    api: BotApi,
    *,
    clock: MovableClock | None = None,
    zone: dtm.tzinfo = dtm.UTC,
    texts: Texts = no_texts,
    cut: Callable[[Scope], None] = hang_up,
    bells: tuple[Bell, Bell] | None = None,
) -> ASGIApp:
    """Build the application: `/bot…` and `/file/bot…` for the bot, everything else for people.

    The page moves `clock` and shows it in `zone`; `cut` closes a request's connection; `bells` ring at
    changes and at updates.
    """
    changes, updates = bells or (Bell(), Bell())
    api.on_change.append(changes.ring)
    api.on_update.append(updates.ring)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        pushing = asyncio.create_task(push(api, updates))
        yield
        pushing.cancel()
        await asyncio.gather(pushing, return_exceptions=True)

    bot_side = BotSide(api, updates, cut)
    person_side = PersonSide(api, clock or Clock(), zone, texts, changes).app(lifespan)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not own_host(scope):
            await JSONResponse({"error": "wrong host"}, 403)(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(("/bot", "/file/bot")):
            await bot_side(scope, receive, send)
        else:
            await person_side(scope, receive, send)

    return app


class PhoneServer:
    """The application on a port of this computer, in the running event loop."""

    def __init__(
        self,
        api: BotApi,
        *,
        clock: MovableClock | None = None,
        zone: dtm.tzinfo = dtm.UTC,
        texts: Texts = no_texts,
    ) -> None:
        """Prepare; `start` opens the port."""
        self.api = api
        self.port = 0
        self._bells = (Bell(), Bell())
        app = phone_app(api, clock=clock, zone=zone, texts=texts, cut=self._cut, bells=self._bells)
        self._http = LoopServer(app)

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as `base_file_url`."""
        return f"{self.url}/file/bot"

    async def start(self, port: int = 0) -> int:
        """Open the port (0: any free one) and return it; `OSError` where it is taken."""
        self.port = await self._http.start(port)
        return self.port

    async def stop(self) -> None:
        """Answer those who wait, close the port, end webhook delivery."""
        for bell in self._bells:
            bell.mute()
        await self._http.stop()

    @property
    def connections(self) -> Iterable[Any]:
        """The open connections."""
        return self._http.connections

    def _cut(self, scope: Scope) -> None:
        for connection in self.connections:
            if getattr(connection, "client", None) == tuple(scope["client"]):
                connection.transport.abort()
