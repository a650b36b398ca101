"""What each method of the Bot API does: plain functions (state, checked parameters) → result or `ApiError`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from bot.phone.errors import ApiError, bad_request
from bot.phone.html_entities import Entity, checked_entities, parse_html, trimmed, units, with_commands
from bot.phone.images import image_size
from bot.phone.markup import checked_keyboard
from bot.phone.methods import Params, Upload
from bot.phone.state import TYPING_S, Chat, Json, Record, State, Toast, Webhook

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_PHOTO = 10 * 2**20
MAX_SIDES = 10_000
MAX_RATIO = 20
MAX_DOCUMENT = 50 * 2**20
MAX_DOWNLOAD = 20 * 2**20
MAX_TOAST = 200
MAX_BATCH = 100
MAX_CONNECTIONS = 100
MAX_COMMANDS = 100
MAX_COMMAND_TEXT = 256
QUERY_LIFE_S = 15 * 60
DELETABLE_S = 48 * 3600
ABOUT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Text and entities as the message will hold them."""
    if parse_mode:
        if parse_mode.upper() != "HTML":
            raise bad_request("unsupported parse_mode")
        text, found = parse_html(text)
    else:
        text, found = checked_entities(text, entities) if entities else trimmed(text, [])
    return text, with_commands(text, found)


def text_content(p: Params) -> Json:
    """Return the `text` part of a message; 400 where it is empty or over 4096 characters."""
    text, entities = formatted(p["text"], p.get("parse_mode"), p.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > MAX_TEXT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in p:
        content["link_preview_options"] = p["link_preview_options"]
    return content


def caption_content(p: Params) -> Json:
    """Return the `caption` part of a message; empty where there is none, 400 over 1024 characters."""
    caption, entities = formatted(p.get("caption", ""), p.get("parse_mode"), p.get("caption_entities"))
    if units(caption) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    if caption and p.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def photo_content(state: State, photo: Upload | str) -> Json:
    """Return the `photo` part: a new PNG or JPEG, or one sent before by its file_id."""
    upload = photo if isinstance(photo, Upload) else _known_file(state, photo)
    if len(upload.data) > MAX_PHOTO:
        raise bad_request("file is too big for a photo")
    size = image_size(upload.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > MAX_SIDES or max(size) > MAX_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    file_id = state.add_file(upload) if isinstance(photo, Upload) else photo
    return {"photo": [{**_file_json(file_id, upload), "width": width, "height": height}]}


def document_content(state: State, document: Upload | str) -> Json:
    """Return the `document` part: a new file, or one sent before by its file_id."""
    upload = document if isinstance(document, Upload) else _known_file(state, document)
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > MAX_DOCUMENT:
        raise ApiError(413, "Request Entity Too Large")
    file_id = state.add_file(upload) if isinstance(document, Upload) else document
    return {"document": {**_file_json(file_id, upload), "file_name": upload.name, "mime_type": upload.mime}}


def _known_file(state: State, file_id: str) -> Upload:
    found = state.files.get(file_id)
    if found is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return found


def _file_json(file_id: str, upload: Upload) -> Json:
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": len(upload.data)}


def _keyboard(p: Params) -> Json:
    if "reply_markup" not in p:
        return {}
    keyboard = checked_keyboard(p["reply_markup"])
    return {"reply_markup": keyboard} if keyboard else {}


def _reply(state: State, chat: Chat, p: Params) -> Json:
    """Return what the message answers to, if that is there."""
    wanted = p.get("reply_parameters")
    if not wanted:
        return {}
    target = state.messages.get((wanted.get("chat_id", chat.id), wanted["message_id"]))
    if target is None or target.deleted:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {key: value for key, value in target.body.items() if key != "reply_to_message"}}


def _send(state: State, p: Params, chat: Chat, content: Json) -> Json:
    content |= _keyboard(p) | _reply(state, chat, p)
    if p.get("protect_content"):
        content["has_protected_content"] = True
    return state.add_message(chat, content, state.bot, from_bot=True).body


def send_message(state: State, p: Params) -> Json:
    """Serve sendMessage."""
    return _send(state, p, state.writable(p["chat_id"]), text_content(p))


def send_photo(state: State, p: Params) -> Json:
    """Serve sendPhoto."""
    chat, caption, _ = state.writable(p["chat_id"]), caption_content(p), _keyboard(p)
    return _send(state, p, chat, photo_content(state, p["photo"]) | caption)


def send_document(state: State, p: Params) -> Json:
    """Serve sendDocument."""
    chat, caption, _ = state.writable(p["chat_id"]), caption_content(p), _keyboard(p)
    return _send(state, p, chat, document_content(state, p["document"]) | caption)


def send_chat_action(state: State, p: Params) -> bool:
    """Serve sendChatAction: shown for five seconds or until the next message."""
    if p["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    state.typing[state.writable(p["chat_id"]).id] = state.seconds() + TYPING_S
    state.changed()
    return True


def _editable(state: State, p: Params) -> Record:
    state.writable(p["chat_id"])
    record = state.message(p["chat_id"], p["message_id"], "message to edit not found")
    if not record.from_bot:
        raise bad_request("message can't be edited")
    return record


def _edit(state: State, p: Params, record: Record, content: Json, replaced: tuple[str, ...]) -> Json:
    """Put new content in the place of the `replaced` fields; the keyboard goes unless it is given again."""
    content |= _keyboard(p)
    replaced = (*replaced, "reply_markup")
    if all(record.body.get(key) == content.get(key) for key in replaced):
        raise bad_request(NOT_MODIFIED)
    kept = {key: value for key, value in record.body.items() if key not in replaced}
    record.body = {**kept, **content}
    if len(replaced) > 1:
        record.body["edit_date"] = state.date()
    state.touch(record)
    return record.body


def edit_text(state: State, p: Params) -> Json:
    """Serve editMessageText."""
    record = _editable(state, p)
    if "text" not in record.body:
        raise bad_request("there is no text in the message to edit")
    return _edit(state, p, record, text_content(p), ("text", "entities", "link_preview_options"))


def edit_caption(state: State, p: Params) -> Json:
    """Serve editMessageCaption."""
    record = _editable(state, p)
    if "text" in record.body:
        raise bad_request("there is no caption in the message to edit")
    return _edit(state, p, record, caption_content(p), ("caption", "caption_entities", "show_caption_above_media"))


def edit_media(state: State, p: Params) -> Json:
    """Serve editMessageMedia, with photos and documents."""
    record, media = _editable(state, p), p["media"]
    caption, _ = caption_content(media), _keyboard(p)
    if media["type"] == "photo":
        content = photo_content(state, media["media"])
    elif media["type"] == "document":
        content = document_content(state, media["media"])
    else:
        raise bad_request(f"media type {media['type']} is not supported by the local phone")
    fields = ("photo", "document", "caption", "caption_entities", "show_caption_above_media", "text", "entities")
    return _edit(state, p, record, content | caption, fields)


def edit_markup(state: State, p: Params) -> Json:
    """Serve editMessageReplyMarkup."""
    return _edit(state, p, _editable(state, p), {}, ())


def delete_message(state: State, p: Params) -> bool:
    """Serve deleteMessage: within 48 hours."""
    record = state.message(p["chat_id"], p["message_id"], "message to delete not found")
    if state.date() - record.body["date"] > DELETABLE_S:
        raise bad_request("message can't be deleted for everyone")
    record.deleted = True
    state.touch(record)
    return True


def answer_query(state: State, p: Params) -> bool:
    """Serve answerCallbackQuery: once, within a quarter of an hour."""
    query = state.queries.get(p["callback_query_id"])
    if query is None or query.answered or state.seconds() - query.at > QUERY_LIFE_S:
        raise bad_request(TOO_OLD)
    text = p.get("text", "")
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if "url" in p:
        raise bad_request("URL_INVALID")
    del state.queries[p["callback_query_id"]]
    rev = state.changed()
    if text:
        state.toasts.append(Toast(query.person, text, p.get("show_alert", False), rev))
    return True


def get_me(state: State, _p: Params) -> Json:
    """Serve getMe."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_updates(state: State, p: Params) -> list[Json]:
    """Serve getUpdates, without waiting: the server waits."""
    if state.webhook:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    if "allowed_updates" in p:
        state.allowed = p["allowed_updates"] or None
    if p.get("offset"):
        state.confirm(p["offset"])
    limit = p.get("limit", MAX_BATCH)
    return list(itertools.islice(state.updates.values(), limit if 1 <= limit <= MAX_BATCH else MAX_BATCH))


def set_webhook(state: State, p: Params) -> bool:
    """Serve setWebhook: only to this computer; an empty address removes it."""
    if p.get("drop_pending_updates"):
        state.updates.clear()
    if not p["url"]:
        return delete_webhook(state, {})
    parts = urlsplit(p["url"])
    if parts.scheme not in ("http", "https") or parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: the local phone delivers only to this computer")
    if not 1 <= p.get("max_connections", 40) <= MAX_CONNECTIONS:
        raise bad_request("bad webhook: max_connections must be from 1 to 100")
    if "secret_token" in p and not SECRET.fullmatch(p["secret_token"]):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in p:
        state.allowed = p["allowed_updates"] or None
    state.webhook = Webhook(p["url"], p.get("secret_token"), p.get("max_connections", 40))
    for tell in state.on_update:
        tell()
    return True


def delete_webhook(state: State, p: Params) -> bool:
    """Serve deleteWebhook."""
    if p.get("drop_pending_updates"):
        state.updates.clear()
    state.webhook = None
    for tell in state.on_update:
        tell()
    return True


def webhook_info(state: State, _p: Params) -> Json:
    """Serve getWebhookInfo."""
    hook = state.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
    }
    if state.allowed:
        info["allowed_updates"] = state.allowed
    if hook:
        info["max_connections"] = hook.max_connections
        if hook.last_error:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    return info


def _scope(p: Params) -> tuple[str, str]:
    scope = p.get("scope", {"type": "default"})
    named = [str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope]
    return ":".join(named), p.get("language_code", "")


def set_commands(state: State, p: Params) -> bool:
    """Serve setMyCommands: at most 100, by scope and language."""
    if len(p["commands"]) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in p["commands"]:
        if not COMMAND.fullmatch(one["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= MAX_COMMAND_TEXT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_scope(p)] = [{**one, "command": one["command"].removeprefix("/")} for one in p["commands"]]
    state.changed()
    return True


def get_commands(state: State, p: Params) -> list[Json]:
    """Serve getMyCommands."""
    return state.commands.get(_scope(p), [])


def delete_commands(state: State, p: Params) -> bool:
    """Serve deleteMyCommands."""
    state.commands.pop(_scope(p), None)
    state.changed()
    return True


def setter(what: str) -> Callable[[State, Params], bool]:
    """Serve setMyName, setMyDescription or setMyShortDescription."""

    def set_about(state: State, p: Params) -> bool:
        value = p.get(what, "")
        if len(value) > ABOUT_LIMITS[what]:
            raise bad_request(f"{what} is too long")
        state.about[what, p.get("language_code", "")] = value
        state.changed()
        return True

    return set_about


def getter(what: str) -> Callable[[State, Params], Json]:
    """Serve getMyName, getMyDescription or getMyShortDescription: the language's text, else the general one."""

    def get_about(state: State, p: Params) -> Json:
        language = p.get("language_code", "")
        default = state.bot["first_name"] if what == "name" else ""
        return {what: state.about.get((what, language)) or state.about.get((what, "")) or default}

    return get_about


def get_file(state: State, p: Params) -> Json:
    """Serve getFile: what may be downloaded, up to 20 MB. The path never contains the file's name."""
    file_id = p["file_id"]
    upload = state.files.get(file_id)
    if upload is None:
        raise bad_request("invalid file_id")
    if len(upload.data) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**_file_json(file_id, upload), "file_path": f"files/{file_id}"}


def get_chat(state: State, p: Params) -> Json:
    """Serve getChat."""
    chat = state.chat(p["chat_id"])
    return {
        **state.chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(state: State, p: Params) -> Json:
    """Serve getChatMember: the bot and the people of the chat are members, others have left."""
    chat, user = state.chat(p["chat_id"]), p["user_id"]
    if user == state.bot["id"]:
        status = "kicked" if chat.id in state.blocked else "member"
        member: Json = {"status": status, "user": state.bot}
        return member | {"until_date": 0} if status == "kicked" else member
    if user not in state.people:
        raise bad_request("user not found")
    return {"status": "member" if user in chat.members else "left", "user": state.user(user)}


def set_menu(state: State, p: Params) -> bool:
    """Serve setChatMenuButton: `commands` and `default`."""
    menu = p.get("menu_button", {"type": "default"})
    if menu["type"] not in ("commands", "default"):
        raise bad_request(f"menu button {menu['type']} is not supported by the local phone")
    state.menus[state.chat(p["chat_id"]).id if "chat_id" in p else 0] = menu
    return True


def get_menu(state: State, p: Params) -> Json:
    """Serve getChatMenuButton."""
    return state.menus.get(p.get("chat_id", 0)) or state.menus.get(0) or {"type": "commands"}


def nothing(_state: State, _p: Params) -> bool:
    """Serve logOut and close: there is no other server to move to."""
    return True


CALLS: dict[str, Callable[[State, Params], Any]] = {
    "getMe": get_me,
    "logOut": nothing,
    "close": nothing,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_query,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": setter("name"),
    "getMyName": getter("name"),
    "setMyDescription": setter("description"),
    "getMyDescription": getter("description"),
    "setMyShortDescription": setter("short_description"),
    "getMyShortDescription": getter("short_description"),
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "setChatMenuButton": set_menu,
    "getChatMenuButton": get_menu,
}
