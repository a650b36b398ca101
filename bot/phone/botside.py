"""HTTP for the bot: requests of the Bot API to calls, long polling, downloads, faults on the line.

Plain ASGI, without routing or request objects: the load bench goes through here.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bot.phone.bell import Bell
from bot.phone.botapi import ApiError, BotApi, Upload
from bot.phone.calls import get_updates
from bot.phone.errors import bad_request
from bot.phone.faults import subject_to_faults
from bot.phone.methods import Params, checked

MAX_BODY = 52 * 2**20
MAX_FIELD = 2**20
MAX_POLL_S = 50
OK = 200
Answer = tuple[int, bytes]


class BotSide:
    """Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, api: BotApi, updates: Bell, cut: Callable[[Scope], None]) -> None:
        """Take `updates`, which rings at each new update, and `cut`, which closes a request's connection."""
        self.api = api
        self._updates = updates
        self._cut = cut
        self._token = api.token.encode()
        self._poll = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        kind, _, rest = scope["path"].removeprefix("/file").partition("/bot")
        token, _, path = rest.partition("/")
        if kind or not hmac.compare_digest(token.encode(), self._token):
            return await _send(send, *_refused(ApiError(401, "Unauthorized")))
        if scope["path"].startswith("/file"):
            return await self._download(path, send)
        try:
            params, files = await read_params(scope, receive)
            answer = await self._answer(path, params, files)
        except ApiError as error:
            answer = _refused(error)
        if subject_to_faults(path) and answer[0] == OK:
            if self.api.faults.delay_s:
                await asyncio.sleep(self.api.faults.delay_s)
            if self.api.faults.cuts():
                return await self._hang_up(scope)
        return await _send(send, *answer)

    async def _answer(self, method: str, params: Params, files: dict[str, Upload]) -> Answer:
        if method == "getUpdates":
            await self._wait_for_updates(params)
        return OK, _dumped({"ok": True, "result": self.api.call(method, params, files)})

    async def _wait_for_updates(self, params: Params) -> None:
        """Wait until there is an update to hand out; a newer poll ends this one with 409.

        What the poll confirms and asks for holds from its arrival, not from its answer.
        """
        typed, state = checked("getUpdates", params, {}), self.api.state
        get_updates(state, typed)
        self._poll += 1
        mine = self._poll
        self._updates.ring()

        def ready() -> bool:
            return bool(state.updates) or state.webhook is not None or self._poll != mine

        await self._updates.until(ready, min(typed.get("timeout", 0), MAX_POLL_S))
        if self._poll != mine:
            raise ApiError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            )

    async def _download(self, path: str, send: Send) -> None:
        upload = self.api.state.files.get(path.removeprefix("files/"))
        if upload is None:
            return await _send(send, *_refused(ApiError(404, "Not Found")))
        return await _send(send, OK, upload.data, b"application/octet-stream")

    async def _hang_up(self, scope: Scope) -> None:
        self._cut(scope)
        await asyncio.sleep(0)


async def read_params(scope: Scope, receive: Receive) -> tuple[Params, dict[str, Upload]]:
    """Parameters and files of a request: query string, then JSON, form or multipart."""
    query = scope["query_string"]
    params: Params = dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    headers = dict(scope["headers"])
    if int(headers.get(b"content-length", b"0")) > MAX_BODY:
        raise ApiError(413, "Request Entity Too Large")
    kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind == b"multipart/form-data":
        fields, files = await _multipart(Request(scope, receive))
        return params | fields, files
    body = await _body(receive)
    if not body:
        return params, {}
    try:
        if kind == b"application/json":
            found = json.loads(body)
        elif kind == b"application/x-www-form-urlencoded":
            found = dict(parse_qsl(body.decode(), keep_blank_values=True))
        else:
            found = None
    except ValueError:
        raise bad_request("can't parse the request's body") from None
    if not isinstance(found, dict):
        raise bad_request("unsupported request body")
    return params | found, {}


async def _body(receive: Receive) -> bytes:
    """Return the body, whole."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise ApiError(413, "Request Entity Too Large")
    return body


async def _multipart(request: Request) -> tuple[Params, dict[str, Upload]]:
    params: Params = {}
    files: dict[str, Upload] = {}
    try:
        async with request.form(max_files=20, max_fields=100, max_part_size=MAX_FIELD) as form:
            for key, value in form.multi_items():
                if isinstance(value, str):
                    params[key] = value
                else:
                    mime = value.content_type or "application/octet-stream"
                    files[key] = Upload(value.filename or "file", await value.read(), mime)
    except MultiPartException as error:
        raise bad_request(f"can't parse the request's body: {error.message}") from None
    return params, files


def _refused(error: ApiError) -> Answer:
    found: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        found["parameters"] = {"retry_after": error.retry_after}
    return error.code, _dumped(found)


def _dumped(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


async def _send(send: Send, status: int, body: bytes, mime: bytes = b"application/json") -> None:
    headers = [(b"content-type", mime), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
