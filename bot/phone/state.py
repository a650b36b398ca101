"""What the local Bot API remembers: people, chats, messages, files, updates and settings, and how they change."""

from __future__ import annotations

import datetime as dtm
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.phone.errors import ApiError, bad_request
from bot.phone.methods import Upload

Json = dict[str, Any]
Now = Callable[[], dtm.datetime]

TYPING_S = 5
KEPT_TOASTS = 50
# Kinds of update that Telegram sends only when they are asked for by name.
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who uses the phone: Telegram's user, and a role shown as a label.

    `has_met` where she wrote to the bot before the phone was there, so that it may write first.
    """

    id: int
    name: str
    role: str = ""
    language_code: str = "zh-hans"
    username: str | None = None
    has_met: bool = False


@dataclass(slots=True)
class Chat:
    """A private chat (id of the person) or a group (negative id)."""

    id: int
    title: str = ""
    members: list[int] = field(default_factory=list)
    started: bool = False
    unread: int = 0


@dataclass(slots=True)
class Record:
    """A message: the `body` is what Telegram shows, `rev` the change in which it last looked different."""

    chat_id: int
    message_id: int
    from_bot: bool
    body: Json
    rev: int = 0
    deleted: bool = False


@dataclass(slots=True)
class Query:
    """A tap that waits for answerCallbackQuery; `at` in epoch seconds."""

    person: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to, and how that went last."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int | None = None


@dataclass(slots=True)
class Toast:
    """The answer to a tap, shown for a moment (or as an alert)."""

    chat_id: int
    text: str
    alert: bool
    rev: int


@dataclass
class State:
    """All of it. `now` dates messages and may be moved; `system` numbers, paces and expires, and may not."""

    bot: Json
    now: Now
    system: Now
    people: dict[int, Persona] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    # In the order of their last change, so that what is new to the page is at the end.
    messages: OrderedDict[tuple[int, int], Record] = field(default_factory=OrderedDict)
    files: dict[str, Upload] = field(default_factory=dict)
    updates: OrderedDict[int, Json] = field(default_factory=OrderedDict)
    allowed: list[str] | None = None
    webhook: Webhook | None = None
    queries: dict[str, Query] = field(default_factory=dict)
    toasts: deque[Toast] = field(default_factory=lambda: deque(maxlen=KEPT_TOASTS))
    typing: dict[int, float] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    about: dict[tuple[str, str], str] = field(default_factory=dict)
    menus: dict[int, Json] = field(default_factory=dict)
    rev: int = 0
    last_update: int = 0
    last_message: int = 0
    on_change: list[Callable[[], None]] = field(default_factory=list)
    on_update: list[Callable[[], None]] = field(default_factory=list)

    def skip_ids(self) -> None:
        """Go on numbering beyond everything ever given out, also what was never saved: from the milliseconds."""
        start = int(self.system().timestamp() * 1000)
        self.last_update = max(self.last_update, start)
        self.last_message = max(self.last_message, start)

    def seconds(self) -> float:
        """Return the machine's epoch seconds."""
        return self.system().timestamp()

    def date(self) -> int:
        """Return the phone's epoch seconds, for messages."""
        return int(self.now().timestamp())

    def changed(self) -> int:
        """Count a change that the page can see, and tell those who wait for it."""
        self.rev += 1
        for tell in self.on_change:
            tell()
        return self.rev

    def join(self, people: Iterable[Persona]) -> None:
        """Let these people use the phone; known ones keep their chats."""
        for persona in people:
            self.people[persona.id] = persona
            self.chats.setdefault(persona.id, Chat(persona.id, members=[persona.id]))
        self.changed()

    def user(self, person: int) -> Json:
        """Return a person as Telegram's User."""
        persona = self.people[person]
        user: Json = {
            "id": persona.id,
            "is_bot": False,
            "first_name": persona.name,
            "language_code": persona.language_code,
        }
        if persona.username:
            user["username"] = persona.username
        return user

    def chat_json(self, chat: Chat) -> Json:
        """Return a chat as Telegram's Chat."""
        if chat.id < 0:
            return {"id": chat.id, "type": "supergroup", "title": chat.title}
        persona = self.people[chat.id]
        found: Json = {"id": chat.id, "type": "private", "first_name": persona.name}
        if persona.username:
            found["username"] = persona.username
        return found

    def chat(self, chat_id: int | str) -> Chat:
        """Return a chat the bot may name; `ApiError` 400 for one it cannot know."""
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def writable(self, chat_id: int | str) -> Chat:
        """Return a chat the bot may write to; 403 where it is blocked or was never written to."""
        chat = self.chat(chat_id)
        if chat.id in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        persona = self.people.get(chat.id)
        if not chat.started and not (persona and persona.has_met):
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def message(self, chat_id: int | str, message_id: int, missing: str) -> Record:
        """Return a message that is there; a 400 that says `missing` otherwise."""
        found = self.messages.get((self.chat(chat_id).id, message_id))
        if found is None or found.deleted:
            raise bad_request(missing)
        return found

    def add_message(self, chat: Chat, content: Json, sender: Json, *, from_bot: bool) -> Record:
        """Put a message into a chat."""
        self.last_message += 1
        body = {
            "message_id": self.last_message,
            "from": sender,
            "chat": self.chat_json(chat),
            "date": self.date(),
            **content,
        }
        record = Record(chat.id, self.last_message, from_bot, body)
        if from_bot:
            chat.unread += 1
            self.typing.pop(chat.id, None)
        self.touch(record)
        return record

    def touch(self, record: Record) -> None:
        """Note that the message looks different now."""
        record.rev = self.changed()
        key = (record.chat_id, record.message_id)
        self.messages[key] = record
        self.messages.move_to_end(key)

    def add_file(self, upload: Upload) -> str:
        """Keep a file; returns its file_id."""
        file_id = f"file-{len(self.files) + 1}-{self.last_message + 1}"
        self.files[file_id] = upload
        return file_id

    def add_update(self, kind: str, content: Json) -> Json:
        """Queue an update for the bot, unless it asked not to get that kind; returns it either way."""
        self.last_update += 1
        update = {"update_id": self.last_update, kind: content}
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if wanted:
            self.updates[self.last_update] = update
            for tell in self.on_update:
                tell()
        return update

    def confirm(self, offset: int) -> None:
        """Forget the updates before `offset`; a negative one keeps only that many of the last."""
        if offset < 0:
            while len(self.updates) > -offset:
                self.updates.popitem(last=False)
        while self.updates and next(iter(self.updates)) < offset:
            self.updates.popitem(last=False)
