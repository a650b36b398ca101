"""The local phone's HTTP server, on loopback only: the bot's side, the person's side, and webhook delivery."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dtm
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import Clock
from bot.phone.bell import Bell
from bot.phone.botapi import BotApi
from bot.phone.botside import BotSide
from bot.phone.personside import MovableClock, PersonSide, Texts, own_host
from bot.phone.push import push

HOST = "127.0.0.1"
STOP_S = 2


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
        config = uvicorn.Config(
            app,
            lifespan="on",
            ws="none",
            http="h11",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            date_header=False,
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=STOP_S,
        )
        self._server = _Server(config)
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

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
        # The protocol is named because asyncio turns off Nagle's delay (40 ms an answer) only where it is.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            listener.close()
            raise
        self.port = listener.getsockname()[1]
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.ready.wait()
        return self.port

    async def stop(self) -> None:
        """Answer those who wait, close the port, end webhook delivery."""
        for bell in self._bells:
            bell.mute()
        self._server.should_exit = True
        if self._serving:
            await self._serving

    def _cut(self, scope: Scope) -> None:
        for connection in self._server.server_state.connections:
            if getattr(connection, "client", None) == tuple(scope["client"]):
                connection.transport.abort()


class _Server(uvicorn.Server):
    """Uvicorn as a part of a program: signals are the program's, and it says when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()
