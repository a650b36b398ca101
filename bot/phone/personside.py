"""HTTP for the page and the tests: what people see and do on the phone, on this computer only."""

from __future__ import annotations

import datetime as dtm
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

from bot.phone.bell import Bell
from bot.phone.botapi import BotApi, PersonError
from bot.phone.images import image_size
from bot.phone.state import Json

PAGE = Path(__file__).parent / "page"
MAX_WAIT_S = 25.0
MAX_JSON = 64 * 1024
MAX_UPLOAD = 20 * 2**20
MAX_SHIFT = dtm.timedelta(days=3660)
OWN_HOST = re.compile(rb"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?")
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
RAW_HEADERS = [(key.encode(), value.encode()) for key, value in HEADERS.items()]

Texts = Callable[[str], Mapping[str, str]]


class MovableClock(Protocol):
    """The clock that the page moves; `bot.clock.Clock` is one."""

    shift: dtm.timedelta

    def now(self) -> dtm.datetime:
        """Tell the phone's time."""

    def move_to(self, instant: dtm.datetime) -> None:
        """Make it another time."""

    def reset(self) -> None:
        """Go back to system time."""


def own_host(scope: Scope) -> bool:
    """Whether the request was meant for this computer: a name that resolves here by trickery is refused."""
    hosts = [value for key, value in scope["headers"] if key == b"host"]
    return len(hosts) == 1 and OWN_HOST.fullmatch(hosts[0]) is not None


class PersonSide:
    """Answers `/`, `/page/…` and `/phone/…`."""

    def __init__(self, api: BotApi, clock: MovableClock, zone: dtm.tzinfo, texts: Texts, changes: Bell) -> None:
        """Show the clock in `zone`; `texts` gives the page's texts of a language, `changes` rings at each change."""
        self.api = api
        self._clock = clock
        self._zone = zone
        self._texts = texts
        self._changes = changes

    def app(self, lifespan: Lifespan[Starlette]) -> ASGIApp:
        """Return the application, with the checks of every request around it."""
        routes: list[BaseRoute] = [
            Route("/", self._index),
            Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
            Route("/phone/state", self._state),
            Route("/phone/texts", self._page_texts),
            Route("/phone/file/{file_id}/{name}", self._file),
            Route("/phone/upload", self._upload, methods=["POST"]),
            *(Route(f"/phone/{name}", self._acting(act), methods=["POST"]) for name, act in ACTS.items()),
            Route("/phone/clock", self._acting(self._move_clock), methods=["POST"]),
        ]
        handlers: Mapping[Any, Callable[..., Awaitable[Response]]] = {PersonError: _unable, RefusalError: _refuse}
        return _guarded(Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers))

    async def _index(self, _request: Request) -> Response:
        page = PAGE / "index.html"
        return FileResponse(page) if page.is_file() else Response(status_code=404)

    async def _state(self, request: Request) -> Response:
        """Tell what is new since `after`; wait for it up to `wait` seconds (25 unless told)."""
        try:
            after = int(request.query_params.get("after", "-1"))
            wait = min(float(request.query_params.get("wait", MAX_WAIT_S)), MAX_WAIT_S)
        except ValueError:
            raise PersonError("after and wait are numbers") from None
        await self._changes.until(lambda: self.api.rev != after, wait)
        now = self._clock.now().astimezone(self._zone).isoformat()
        shift = round(self._clock.shift.total_seconds())
        return JSONResponse(self.api.snapshot(after) | {"now": now, "shift_s": shift})

    async def _page_texts(self, request: Request) -> Response:
        return JSONResponse(dict(self._texts("en" if request.query_params.get("lang") == "en" else "zh")))

    async def _file(self, request: Request) -> Response:
        """Serve a file of a message: pictures to look at, everything else to save."""
        upload = self.api.state.files.get(request.path_params["file_id"])
        if upload is None:
            return Response(status_code=404)
        if image_size(upload.data):
            kind = "image/png" if upload.data.startswith(b"\x89PNG") else "image/jpeg"
            return Response(upload.data, media_type=kind)
        disposition = f"attachment; filename*=UTF-8''{quote(upload.name, safe='')}"
        headers = {"content-disposition": disposition}
        return Response(upload.data, media_type="application/octet-stream", headers=headers)

    def _acting(self, act: Callable[[BotApi, Json], Json | None]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return self._done(act(self.api, await _read_json(request)))

        return endpoint

    async def _upload(self, request: Request) -> Response:
        if request.headers.get("content-type", "").partition(";")[0] != "multipart/form-data":
            raise RefusalError(403, "multipart expected")
        if request.headers.get("x-phone") is None:
            raise RefusalError(403, "X-Phone header expected")
        if not 0 < int(request.headers.get("content-length", "0")) <= MAX_UPLOAD + MAX_JSON:
            raise PersonError("file too big")
        try:
            async with request.form(max_files=1, max_fields=5) as form:
                file, person, caption = form.get("file"), form.get("person"), form.get("caption") or ""
                if not isinstance(file, UploadFile) or not isinstance(person, str) or not isinstance(caption, str):
                    raise PersonError("person and file expected")
                data = await file.read()
                as_photo = form.get("as") == "photo"
        except MultiPartException:
            raise PersonError("multipart not readable") from None
        number = _number({"person": person}, "person")
        if as_photo:
            return self._done(self.api.photo(number, data, caption))
        mime = file.content_type or "application/octet-stream"
        return self._done(self.api.upload(number, file.filename or "file", data, mime, caption))

    def _done(self, update: Json | None) -> Response:
        found: Json = {"ok": True, "rev": self.api.rev}
        message = (update or {}).get("message") or (update or {}).get("edited_message")
        return JSONResponse(found | ({"message_id": message["message_id"]} if message else {}))

    def _move_clock(self, api: BotApi, body: Json) -> None:
        """Move the phone's clock: to an instant, so many seconds ahead of the machine's, or back."""
        clock, real = self._clock, self._clock.now() - self._clock.shift
        try:
            if body.get("reset"):
                clock.reset()
                api.state.changed()
                return
            at = dtm.datetime.fromisoformat(body["at"]) if "at" in body else real + _seconds(body)
            if at.tzinfo is None or abs(at - real) > MAX_SHIFT:
                raise PersonError("the time needs an offset and lies within ten years")
        except (ValueError, TypeError, OverflowError):
            raise PersonError("no such time") from None
        clock.move_to(at)
        api.state.changed()


class RefusalError(Exception):
    """A request that does not come from the page: the status and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def _guarded(app: ASGIApp) -> ASGIApp:
    """Refuse what another web page may have sent; add the security headers to every answer."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {key for key, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in RAW_HEADERS if one[0] not in given)]
            await send(message)

        if scope["type"] != "http":
            await app(scope, receive, send)
        elif not own_origin(scope):
            await JSONResponse({"error": "wrong origin"}, 403)(scope, receive, send_with_headers)
        else:
            await app(scope, receive, send_with_headers)

    return guarded


def own_origin(scope: Scope) -> bool:
    """Whether a request was not sent by another web page (an Origin header names ours, if there is one)."""
    headers = dict(scope["headers"])
    origin = headers.get(b"origin")
    return origin is None or origin == b"http://" + headers.get(b"host", b"")


async def _read_json(request: Request) -> Json:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusalError(403, "application/json expected")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_JSON:
            raise PersonError("too much")
    try:
        found = json.loads(body)
    except ValueError:
        raise PersonError("no JSON") from None
    if not isinstance(found, dict):
        raise PersonError("object expected")
    return found


async def _unable(_request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 400)


async def _refuse(_request: Request, error: RefusalError) -> Response:
    return JSONResponse({"error": str(error)}, error.status)


def _number(body: Json, key: str) -> int:
    value = body.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if type(value) is not int:
        raise PersonError(f"{key} is a number")
    return value


def _optional_number(body: Json, key: str) -> int | None:
    return _number(body, key) if body.get(key) is not None else None


def _string(body: Json, key: str, default: str | None = None) -> str:
    value = body.get(key, default)
    if not isinstance(value, str):
        raise PersonError(f"{key} is a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise PersonError(f"{key} has half a character") from None
    return value


def _seconds(body: Json) -> dtm.timedelta:
    return dtm.timedelta(seconds=float(body.get("shift_s", "")))


def _tap(api: BotApi, body: Json) -> Json:
    chat = _optional_number(body, "chat_id")
    chat = chat if chat is not None and chat < 0 else None
    return api.tap(_number(body, "person"), _number(body, "message_id"), _string(body, "data"), chat_id=chat)


def _group(api: BotApi, body: Json) -> Json:
    group = _optional_number(body, "group_id")
    title = _string(body, "title", "")
    return api.say_in_group(title, _number(body, "person"), _string(body, "text"), group_id=group)


def _block(api: BotApi, body: Json) -> Json:
    person = _number(body, "person")
    return api.block(person) if body.get("blocked") is True else api.unblock(person)


ACTS: dict[str, Callable[[BotApi, Json], Json | None]] = {
    "say": lambda api, b: api.say(_number(b, "person"), _string(b, "text"), reply_to=_optional_number(b, "reply_to")),
    "start": lambda api, b: api.start(_number(b, "person"), _string(b, "payload", "")),
    "tap": _tap,
    "edit": lambda api, b: api.edit(_number(b, "person"), _number(b, "message_id"), _string(b, "text")),
    "sticker": lambda api, b: api.sticker(_number(b, "person"), _string(b, "emoji", "👍")),
    "voice": lambda api, b: api.voice(_number(b, "person"), _optional_number(b, "duration") or 3),
    "forward": lambda api, b: api.forward(_number(b, "person"), _string(b, "text"), _string(b, "from_name")),
    "group": _group,
    "block": _block,
    "read": lambda api, b: api.read(_number(b, "person")),
    "language": lambda api, b: api.set_language(_string(b, "language_code")),
}
