"""What the page sees of the state: safe HTML, nothing of the bot's secrets."""

from __future__ import annotations

from typing import Any

from bot.phone.html_entities import to_html
from bot.phone.markup import buttons
from bot.phone.state import Json, Record, State

LANGUAGES = ["zh-hans", "en"]


def snapshot(state: State, after: int) -> Json:
    """Everything that looks different since change number `after`; all of it for -1 or a number not yet reached."""
    reset = after < 0 or after > state.rev
    if reset:
        after = -1
    return {
        "rev": state.rev,
        "reset": reset,
        "bot": _bot(state),
        "lang_codes": LANGUAGES,
        "people": [_person(state, person) for person in state.people],
        "groups": [
            {"id": chat.id, "title": chat.title, "members": chat.members}
            for chat in state.chats.values()
            if chat.id < 0
        ],
        "messages": [_message(one) for one in _since(state, after)],
        "commands": _commands(state),
        "typing": [chat for chat, until in state.typing.items() if until > state.seconds()],
        "toasts": [
            {"chat_id": one.chat_id, "text": one.text, "alert": one.alert, "rev": one.rev}
            for one in state.toasts
            if not reset and one.rev > after
        ],
        "tapped": [
            {"chat_id": one.chat_id, "message_id": one.message_id, "data": one.data} for one in state.queries.values()
        ],
    }


def _since(state: State, after: int) -> list[Record]:
    found = []
    for record in reversed(state.messages.values()):
        if record.rev <= after:
            break
        found.append(record)
    return found[::-1]


def _bot(state: State) -> Json:
    about = state.about
    return {
        "name": about.get(("name", "")) or state.bot["first_name"],
        "username": state.bot["username"],
        "about": about.get(("short_description", "")) or about.get(("description", "")) or "",
    }


def _person(state: State, person: int) -> Json:
    persona, chat = state.people[person], state.chats[person]
    return {
        "id": person,
        "name": persona.name,
        "role": persona.role,
        "username": persona.username,
        "language_code": persona.language_code,
        "unread": chat.unread,
        "blocked": person in state.blocked,
        "started": chat.started,
    }


def _commands(state: State) -> Json:
    """Return the command menu of private chats by language, "default" where none is named."""
    found: Json = {}
    for scope in ("default", "all_private_chats"):
        for (kind, language), commands in state.commands.items():
            if kind == scope:
                found[language or "default"] = commands
    return found


def _message(record: Record) -> Json:
    body: Json = {} if record.deleted else record.body
    return {
        "chat_id": record.chat_id,
        "message_id": record.message_id,
        "rev": record.rev,
        "from": "bot" if record.from_bot else "person",
        "sender": {"id": record.body["from"]["id"], "name": record.body["from"]["first_name"]},
        "date": record.body["date"],
        "edited": "edit_date" in body,
        "deleted": record.deleted,
        "reply_to": body["reply_to_message"]["message_id"] if "reply_to_message" in body else None,
        "text": body.get("text") or body.get("caption") or "",
        "html": _html(body),
        "keyboard": _keyboard(body),
        "photo": _photo(body),
        "document": _document(body),
        "sticker": {"emoji": body["sticker"]["emoji"]} if "sticker" in body else None,
        "voice": {"duration": body["voice"]["duration"]} if "voice" in body else None,
        "forward_from": body["forward_origin"]["sender_user_name"] if "forward_origin" in body else None,
    }


def _html(body: Json) -> str:
    if "text" in body:
        return to_html(body["text"], body.get("entities", []))
    return to_html(body.get("caption", ""), body.get("caption_entities", []))


def _keyboard(body: Json) -> list[list[Json]]:
    number = {id(button): i for i, button in enumerate(buttons(body))}
    return [
        [_button(button, number[id(button)]) for button in row]
        for row in body.get("reply_markup", {}).get("inline_keyboard", ())
    ]


def _button(button: Json, i: int) -> Json:
    target: dict[str, Any] = {"url": button["url"]} if "url" in button else {"data": button["callback_data"]}
    return {"text": button["text"], "i": i, **target}


def _photo(body: Json) -> Json | None:
    if "photo" not in body:
        return None
    largest = body["photo"][-1]
    return {
        "url": f"/phone/file/{largest['file_id']}/photo",
        "width": largest["width"],
        "height": largest["height"],
    }


def _document(body: Json) -> Json | None:
    if "document" not in body:
        return None
    found = body["document"]
    return {
        "url": f"/phone/file/{found['file_id']}/document",
        "name": found["file_name"],
        "size": found["file_size"],
    }
