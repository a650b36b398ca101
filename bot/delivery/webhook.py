"""The webhook: Telegram's POST is answered 200 only after its update is committed to the inbox."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.database import Database
from bot.delivery import inbox

PATH = "/telegram"
"""Where the webhook listens; it says nothing about the token."""

LARGEST_BODY = 1_000_000
"""Bytes; an update is a few thousand."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name (core.telegram.org/bots/api#setwebhook)


def webhook_app(database: Database, clock: Clock, secret: str, on_stored: Callable[[], None]) -> Starlette:
    """The HTTP application of the webhook: 403 without the secret, 400 for what is no update."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                return Response(status_code=413)
        try:
            raw = json.loads(body)
            update_id = raw["update_id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return Response(status_code=400)
        if not isinstance(update_id, int):
            return Response(status_code=400)
        async with database.begin() as session:
            await inbox.store(session, [raw], clock.now())
        on_stored()
        return Response(status_code=200)

    return Starlette(routes=[Route(PATH, receive, methods=["POST"])])
