"""The supported methods: every parameter with its type, and the check of a request against it.

Values arrive as in the Bot API: real JSON values, or strings (forms), where objects are JSON in a string.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.phone.errors import ApiError, bad_request

Params = dict[str, Any]
Check = Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request: its name (never used as a path), bytes and media type."""

    name: str
    data: bytes
    mime: str = "application/octet-stream"


def string(value: object) -> str:
    """Take a string."""
    if not isinstance(value, str):
        raise TypeError("string")
    if not value.isascii():
        value.encode()  # half a character (a lone surrogate) is refused
    return value


def integer(value: object) -> int:
    """Take a whole number, also as digits in a string."""
    if type(value) is int:
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    raise TypeError("integer")


def boolean(value: object) -> bool:
    """Take true or false, also as text."""
    found = {"true": True, "false": False, "1": True, "0": False}.get(str(value).lower())
    if found is None:
        raise ValueError("boolean")
    return found


def chat(value: object) -> int | str:
    """Take a chat: its number, or @name."""
    if isinstance(value, str) and value.startswith("@"):
        return value
    return integer(value)


def decoded(value: object) -> object:
    """Return a JSON value, or what a string of JSON holds."""
    return json.loads(value) if isinstance(value, str) else value


def record(fields: Mapping[str, Check], required: tuple[str, ...] = ()) -> Check:
    """Make a check for an object with these fields and no others."""

    def check(value: object) -> Params:
        found = decoded(value)
        if not isinstance(found, dict):
            raise TypeError("object")
        for name in required:
            if name not in found:
                raise ValueError(f"object with {name}")
        for name, inner in found.items():
            if name not in fields:
                raise ValueError(f"object without {name}")
            fields[name](inner)
        return dict(found)

    return check


def input_file(value: object) -> str:
    """Take the file_id of a file that was sent before; an upload takes its place."""
    return string(value)


def array(of: Check) -> Check:
    """Make a check for a list, each element of it checked."""

    def check(value: object) -> list[Any]:
        found = decoded(value)
        if not isinstance(found, list):
            raise TypeError("array")
        return [of(one) for one in found]

    return check


def anything(value: object) -> object:
    """Take any JSON value: it is checked where it is used."""
    return decoded(value)


ENTITIES = array(
    record(
        {"type": string, "offset": integer, "length": integer, "url": string, "language": string, "user": anything},
        ("type", "offset", "length"),
    )
)
REPLY = record(
    {
        "message_id": integer,
        "chat_id": chat,
        "allow_sending_without_reply": boolean,
        "quote": string,
        "quote_parse_mode": string,
        "quote_entities": ENTITIES,
        "quote_position": integer,
    },
    ("message_id",),
)
PREVIEW = record(
    {
        "is_disabled": boolean,
        "url": string,
        "prefer_small_media": boolean,
        "prefer_large_media": boolean,
        "show_above_text": boolean,
    }
)
SCOPE = record({"type": string, "chat_id": chat, "user_id": integer}, ("type",))
COMMANDS = array(record({"command": string, "description": string}, ("command", "description")))
MEDIA = record(
    {
        "type": string,
        "media": string,
        "thumbnail": string,
        "caption": string,
        "parse_mode": string,
        "caption_entities": ENTITIES,
        "show_caption_above_media": boolean,
        "has_spoiler": boolean,
        "disable_content_type_detection": boolean,
    },
    ("type", "media"),
)
MENU = record({"type": string, "text": string, "web_app": anything}, ("type",))

SEND: dict[str, Check] = {
    "disable_notification": boolean,
    "protect_content": boolean,
    "allow_paid_broadcast": boolean,
    "message_effect_id": string,
    "reply_parameters": REPLY,
    "reply_markup": anything,
}
CAPTION: dict[str, Check] = {"caption": string, "parse_mode": string, "caption_entities": ENTITIES}
EDIT: dict[str, Check] = {"chat_id": chat, "message_id": integer, "reply_markup": anything}
LANGUAGE: dict[str, Check] = {"language_code": string}


@dataclass(frozen=True, slots=True)
class Method:
    """One method: its parameters, those it cannot do without, and those that may be an uploaded file."""

    params: Mapping[str, Check]
    required: tuple[str, ...] = ()
    files: frozenset[str] = frozenset()


def method(*required: str, **params: Check) -> Method:
    """Write a row of the table: the names of what is required, every parameter with its check."""
    return Method(params, required, frozenset(key for key, check in params.items() if check is input_file))


METHODS: dict[str, Method] = {
    "getMe": method(),
    "logOut": method(),
    "close": method(),
    "getUpdates": method(offset=integer, limit=integer, timeout=integer, allowed_updates=array(string)),
    "setWebhook": method(
        "url",
        url=string,
        ip_address=string,
        max_connections=integer,
        allowed_updates=array(string),
        drop_pending_updates=boolean,
        secret_token=string,
    ),
    "deleteWebhook": method(drop_pending_updates=boolean),
    "getWebhookInfo": method(),
    "sendMessage": method(
        "chat_id",
        "text",
        chat_id=chat,
        text=string,
        parse_mode=string,
        entities=ENTITIES,
        link_preview_options=PREVIEW,
        **SEND,
    ),
    "sendPhoto": method("chat_id", "photo", chat_id=chat, photo=input_file, has_spoiler=boolean, **CAPTION, **SEND),
    "sendDocument": method(
        "chat_id",
        "document",
        chat_id=chat,
        document=input_file,
        thumbnail=input_file,
        disable_content_type_detection=boolean,
        **CAPTION,
        **SEND,
    ),
    "sendChatAction": method("chat_id", "action", chat_id=chat, action=string),
    "editMessageText": method(
        "chat_id",
        "message_id",
        "text",
        text=string,
        parse_mode=string,
        entities=ENTITIES,
        link_preview_options=PREVIEW,
        **EDIT,
    ),
    "editMessageReplyMarkup": method("chat_id", "message_id", **EDIT),
    "editMessageCaption": method("chat_id", "message_id", show_caption_above_media=boolean, **EDIT, **CAPTION),
    "editMessageMedia": method("chat_id", "message_id", "media", media=MEDIA, **EDIT),
    "deleteMessage": method("chat_id", "message_id", chat_id=chat, message_id=integer),
    "answerCallbackQuery": method(
        "callback_query_id",
        callback_query_id=string,
        text=string,
        show_alert=boolean,
        url=string,
        cache_time=integer,
    ),
    "setMyCommands": method("commands", commands=COMMANDS, scope=SCOPE, **LANGUAGE),
    "getMyCommands": method(scope=SCOPE, **LANGUAGE),
    "deleteMyCommands": method(scope=SCOPE, **LANGUAGE),
    "setMyName": method(name=string, **LANGUAGE),
    "getMyName": method(**LANGUAGE),
    "setMyDescription": method(description=string, **LANGUAGE),
    "getMyDescription": method(**LANGUAGE),
    "setMyShortDescription": method(short_description=string, **LANGUAGE),
    "getMyShortDescription": method(**LANGUAGE),
    "getFile": method("file_id", file_id=string),
    "getChat": method("chat_id", chat_id=chat),
    "getChatMember": method("chat_id", "user_id", chat_id=chat, user_id=integer),
    "setChatMenuButton": method(chat_id=integer, menu_button=MENU),
    "getChatMenuButton": method(chat_id=integer),
}


def checked(name: str, params: Params, files: Mapping[str, Upload]) -> Params:
    """Return the parameters as typed values, a file as its `Upload`; `ApiError` 404 or 400 otherwise."""
    row = METHODS.get(name)
    if row is None:
        raise ApiError(404, "Not Found: method not found")
    typed: Params = {}
    attached: set[str] = set()
    for key, value in params.items():
        check = row.params.get(key)
        if check is None:
            raise bad_request(f'{name} has no parameter "{key}"')
        if key in row.files and isinstance(value, str) and value.startswith("attach://"):
            typed[key] = _attached(value, files, attached)
            continue
        try:
            typed[key] = check(value)
        except (ValueError, TypeError) as error:
            raise bad_request(f'can\'t parse parameter "{key}" of {name}: {error}') from None
    if files:
        _take_files(name, row, typed, files, attached)
    for key in row.required:
        if key not in typed:
            what = "message text is empty" if key == "text" else f'parameter "{key}" of {name} is missing'
            raise bad_request(what)
    return typed


def _take_files(name: str, row: Method, typed: Params, files: Mapping[str, Upload], attached: set[str]) -> None:
    """Put uploaded files into the parameters they belong to; one that belongs nowhere is refused."""
    media = typed.get("media")
    if isinstance(media, dict):
        for key in ("media", "thumbnail"):
            if str(media.get(key, "")).startswith("attach://"):
                media[key] = _attached(media[key], files, attached)
    for key, upload in files.items():
        if key in row.files:
            typed.setdefault(key, upload)
        elif key not in attached:
            raise bad_request(f'{name} has no file parameter "{key}"')


def _attached(value: str, files: Mapping[str, Upload], attached: set[str]) -> Upload:
    key = value.removeprefix("attach://")
    if key not in files:
        raise bad_request(f'file "{key}" was not attached')
    attached.add(key)
    return files[key]
