"""The local Bot API: the bot's calls on one side, what people do on the other. Synchronous, no HTTP."""

from __future__ import annotations

import dataclasses
import datetime as dtm
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from bot.phone import saved, view
from bot.phone.calls import CALLS, MAX_TEXT, caption_content, document_content, formatted, photo_content
from bot.phone.errors import ApiError, PersonError
from bot.phone.faults import Faults, Pace, subject_to_faults
from bot.phone.html_entities import units
from bot.phone.markup import buttons
from bot.phone.methods import Params, Upload, checked
from bot.phone.state import Chat, Json, Persona, Query, Record, State

__all__ = ["ApiError", "BotApi", "Call", "Faults", "PersonError", "Persona", "Upload"]

Result: TypeAlias = Any  # whatever JSON value the method gives

BOT_ID = 700_000_001
FIRST_GROUP = -1001
MAX_PAYLOAD = 64


class Call(NamedTuple):
    """A recorded request: method, parameters as they arrived, and the uploaded files by field."""

    method: str
    params: Params
    files: Mapping[str, Upload]


class BotApi:
    """One bot and the people who talk to it, as Telegram would keep them."""

    def __init__(
        self,
        token: str,
        *,
        now: Callable[[], dtm.datetime],
        system: Callable[[], dtm.datetime] | None = None,
        personas: Sequence[Persona] = (),
        bot_name: str = "知行",
        username: str = "zhixing_coach_bot",
        faults: Faults | None = None,
        enforce_pace: bool = False,
        record_calls: bool = False,
    ) -> None:
        """`now` dates messages (it may be moved); `system`, by default the same, numbers and paces (it may not)."""
        bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": bot_name, "username": username}
        self.token = token
        self.state = State(bot, now, system or now)
        self.faults = faults or Faults()
        self.pace = Pace() if enforce_pace else None
        self.calls: list[Call] | None = [] if record_calls else None
        self.on_change = self.state.on_change
        self.on_update = self.state.on_update
        self._serial = itertools.count(1)
        self.state.skip_ids()
        self.state.join(personas)

    # The bot's side

    def call(self, method: str, params: Params, files: Mapping[str, Upload] | None = None) -> Result:
        """One request of the bot: the `result`, or `ApiError`."""
        files = files or {}
        if self.calls is not None:
            self.calls.append(Call(method, params, files))
        typed = checked(method, params, files)
        if subject_to_faults(method):
            self.faults.before(typed.get("chat_id"))
            if self.pace and method.startswith("send"):
                self.pace.take(typed.get("chat_id"), self.state.seconds())
        return CALLS[method](self.state, typed)

    # The person's side; each returns the update it gave to the bot

    def join(self, *personas: Persona) -> None:
        """Let more people use the phone."""
        self.state.join(personas)

    def say(self, person: int, text: str, *, reply_to: int | None = None) -> Json:
        """Type a text and send it."""
        return self._send(self._private(person), person, self._text(text), reply_to)

    def start(self, person: int, payload: str = "") -> Json:
        """Press Start, after a deep link with a payload; also unblocks the bot, as Telegram's Restart does."""
        if len(payload) > MAX_PAYLOAD:
            raise PersonError("payload too long")
        if person in self.state.blocked:
            self.unblock(person)
        return self.say(person, f"/start {payload}".strip())

    def tap(self, person: int, message_id: int, data: str, *, chat_id: int | None = None, stale: bool = False) -> Json:
        """Tap a button; with `stale` also one that is no longer shown (an old screen may still show it)."""
        chat = self._private(person) if chat_id is None else self._known(chat_id)
        record = self._visible(chat, message_id)
        shown = any(button.get("callback_data") == data for button in buttons(record.body))
        if not record.from_bot or not (shown or stale):
            raise PersonError("no such button")
        query_id = f"{self.state.last_update + 1}{next(self._serial):04}"
        self.state.queries[query_id] = Query(person, chat.id, message_id, data, self.state.seconds())
        self._acted(chat)
        self.state.changed()
        content = {
            "id": query_id,
            "from": self.state.user(person),
            "message": dict(record.body),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        return self.state.add_update("callback_query", content)

    def upload(
        self, person: int, name: str, data: bytes, mime: str = "application/octet-stream", caption: str = ""
    ) -> Json:
        """Send a document."""
        chat = self._private(person)
        content = self._tried(lambda: document_content(self.state, Upload(name, data, mime)))
        return self._send(chat, person, content | self._caption(caption))

    def photo(self, person: int, data: bytes, caption: str = "") -> Json:
        """Send a picture."""
        chat = self._private(person)
        content = self._tried(lambda: photo_content(self.state, Upload("photo.jpg", data, "image/jpeg")))
        return self._send(chat, person, content | self._caption(caption))

    def sticker(self, person: int, emoji: str = "👍") -> Json:
        """Send a sticker."""
        number = next(self._serial)
        content = {
            "file_id": f"sticker-{number}",
            "file_unique_id": f"u-sticker-{number}",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self._send(self._private(person), person, {"sticker": content})

    def voice(self, person: int, duration: int = 3) -> Json:
        """Send a voice message of `duration` seconds; its file is a placeholder."""
        chat = self._private(person)
        file_id = self.state.add_file(Upload("voice.ogg", b"OggS", "audio/ogg"))
        content = {
            "file_id": file_id,
            "file_unique_id": f"u-{file_id}",
            "duration": duration,
            "mime_type": "audio/ogg",
            "file_size": 4,
        }
        return self._send(chat, person, {"voice": content})

    def forward(self, person: int, text: str, from_name: str) -> Json:
        """Forward somebody's text (the sender hides the account, so only a name comes with it)."""
        origin = {"type": "hidden_user", "date": self.state.date(), "sender_user_name": from_name}
        return self._send(self._private(person), person, self._text(text) | {"forward_origin": origin})

    def edit(self, person: int, message_id: int, text: str) -> Json:
        """Change the text of an own message."""
        record = self._visible(self._private(person), message_id)
        if record.from_bot or "text" not in record.body:
            raise PersonError("cannot edit")
        kept = {key: value for key, value in record.body.items() if key not in ("text", "entities")}
        record.body = {**kept, **self._text(text), "edit_date": self.state.date()}
        self.state.touch(record)
        return self.state.add_update("edited_message", dict(record.body))

    def say_in_group(self, title: str, person: int, text: str, *, group_id: int | None = None) -> Json:
        """Say something in a group, by its id or title; its first use adds the bot to it."""
        group = self.add_to_group(title, person, group_id=group_id)
        return self._send(group, person, self._text(text))

    def add_to_group(self, title: str, person: int, *, group_id: int | None = None) -> Chat:
        """Return the group, with this person in it; a new one tells the bot that it was added (my_chat_member)."""
        self._person(person)
        groups = [chat for chat in self.state.chats.values() if chat.id < 0]
        group = next((one for one in groups if (one.title == title if group_id is None else one.id == group_id)), None)
        if group is None:
            if not title.strip() or (group_id or -1) >= 0:
                raise PersonError("a group needs a title and a negative id")
            new_id = group_id or min((one.id for one in groups), default=FIRST_GROUP + 1) - 1
            group = self.state.chats[new_id] = Chat(new_id, title, started=True)
            self._membership(group, person, "left", "member")
        if person not in group.members:
            group.members.append(person)
            self.state.changed()
        return group

    def inject(self, update: Json) -> Json:
        """Give the bot a hand-made update: {kind: content}; its update_id is set here."""
        kinds = [key for key in update if key != "update_id"]
        if len(kinds) != 1:
            raise PersonError("an update has exactly one kind")
        return self.state.add_update(kinds[0], update[kinds[0]])

    def block(self, person: int) -> Json:
        """Block the bot: its messages are refused with 403 from now on."""
        chat = self._chat_of(person)
        self.state.blocked.add(person)
        return self._membership(chat, person, "member", "kicked")

    def unblock(self, person: int) -> Json:
        """Let the bot write again."""
        chat = self._chat_of(person)
        self.state.blocked.discard(person)
        return self._membership(chat, person, "kicked", "member")

    def read(self, person: int) -> None:
        """Mark the chat as seen by the person."""
        chat = self._chat_of(person)
        if chat.unread:
            chat.unread = 0
            self.state.changed()

    def set_language(self, code: str) -> None:
        """Everybody's Telegram is set to this language."""
        if code not in view.LANGUAGES:
            raise PersonError("unknown language")
        self.state.join([dataclasses.replace(one, language_code=code) for one in self.state.people.values()])

    # What the page and the tests read

    @property
    def rev(self) -> int:
        """Number of the last visible change."""
        return self.state.rev

    def snapshot(self, after_rev: int = -1) -> Json:
        """Return what looks different since `after_rev`, as the page gets it."""
        return view.snapshot(self.state, after_rev)

    def messages(self, chat_id: int) -> list[Json]:
        """Return the messages of a chat as Telegram holds them, oldest first, without deleted ones."""
        found = [one for one in self.state.messages.values() if one.chat_id == chat_id and not one.deleted]
        return [one.body for one in sorted(found, key=lambda one: one.message_id)]

    def dump(self) -> Json:
        """Return the whole state as JSON values."""
        return saved.dump(self.state)

    def load(self, state: Json) -> None:
        """Go on from a dumped state; `ValueError` for one of another format."""
        saved.load(self.state, state)

    # Helpers

    def _person(self, person: int) -> int:
        if person not in self.state.people:
            raise PersonError("unknown person")
        return person

    def _known(self, chat_id: int) -> Chat:
        if chat_id not in self.state.chats:
            raise PersonError("unknown chat")
        return self.state.chats[chat_id]

    def _chat_of(self, person: int) -> Chat:
        return self._known(self._person(person))

    def _private(self, person: int) -> Chat:
        """Return the person's chat with the bot, to write in."""
        chat = self._chat_of(person)
        if person in self.state.blocked:
            raise PersonError("the bot is blocked")
        return chat

    def _visible(self, chat: Chat, message_id: int) -> Record:
        record = self.state.messages.get((chat.id, message_id))
        if record is None or record.deleted:
            raise PersonError("no such message")
        return record

    def _acted(self, chat: Chat) -> None:
        chat.started = True
        chat.unread = 0

    def _tried(self, make: Callable[[], Json]) -> Json:
        """Content made by the bot's rules; what they refuse, the person cannot send either."""
        try:
            return make()
        except ApiError as error:
            raise PersonError(error.description) from None

    def _text(self, text: str) -> Json:
        bare, entities = formatted(text, None, None)
        if not bare or units(bare) > MAX_TEXT:
            raise PersonError("text empty or too long")
        return {"text": bare, "entities": entities} if entities else {"text": bare}

    def _caption(self, caption: str) -> Json:
        return self._tried(lambda: caption_content({"caption": caption}))

    def _send(self, chat: Chat, person: int, content: Json, reply_to: int | None = None) -> Json:
        self._person(person)
        if reply_to is not None:
            target = self._visible(chat, reply_to).body
            content["reply_to_message"] = {key: value for key, value in target.items() if key != "reply_to_message"}
        self._acted(chat)
        record = self.state.add_message(chat, content, self.state.user(person), from_bot=False)
        return self.state.add_update("message", dict(record.body))

    def _membership(self, chat: Chat, person: int, before: str, after: str) -> Json:
        """Tell the bot that its place in a chat has changed."""

        def member(status: str) -> Json:
            found: Json = {"user": self.state.bot, "status": status}
            return found | {"until_date": 0} if status == "kicked" else found

        self.state.changed()
        content = {
            "chat": self.state.chat_json(chat),
            "from": self.state.user(person),
            "date": self.state.date(),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        return self.state.add_update("my_chat_member", content)
