"""An HTTP server on loopback inside the running event loop, for the webhook and for the local phone."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
GRACE_SECONDS = 2
"""How long open connections may finish when the server stops."""

KEEP_ALIVE_SECONDS = 75
"""Longer than a long poll, so that a client's next request finds its connection."""


class LoopServer:
    """Serves an application on a port of this computer between `start` and `stop`."""

    def __init__(self, app: ASGIApp) -> None:
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
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._serving: asyncio.Task[None] | None = None

    @property
    def connections(self) -> Iterable[Any]:
        """The open connections, as uvicorn's protocols."""
        return self._server.server_state.connections

    async def start(self, port: int = 0) -> int:
        """Open the port (0: any free one) and return it; `OSError` where it is taken."""
        # The protocol is named because asyncio turns off Nagle's delay (40 ms an answer) only where it is.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            listener.close()
            raise
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        await self._server.ready.wait()
        return int(listener.getsockname()[1])

    async def stop(self) -> None:
        """Close the port and wait for what is under way."""
        self._server.should_exit = True
        if self._serving:
            await self._serving


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
