"""The whole state as JSON, and back: the phone's history survives a restart."""

from __future__ import annotations

import base64
from collections import OrderedDict
from dataclasses import asdict

from bot.phone.methods import Upload
from bot.phone.state import Chat, Json, Persona, Query, Record, State, Toast, Webhook

FORMAT = 1


def dump(state: State) -> Json:
    """Return the state as JSON values; files in base64."""
    return {
        "format": FORMAT,
        "people": [asdict(one) for one in state.people.values()],
        "chats": [asdict(one) for one in state.chats.values()],
        "messages": [asdict(one) for one in state.messages.values()],
        "files": {
            key: {"name": one.name, "mime": one.mime, "data": base64.b64encode(one.data).decode()}
            for key, one in state.files.items()
        },
        "updates": list(state.updates.values()),
        "allowed": state.allowed,
        "webhook": asdict(state.webhook) if state.webhook else None,
        "queries": {key: asdict(one) for key, one in state.queries.items()},
        "toasts": [asdict(one) for one in state.toasts],
        "blocked": sorted(state.blocked),
        "commands": [[*key, value] for key, value in state.commands.items()],
        "about": [[*key, value] for key, value in state.about.items()],
        "menus": [[key, value] for key, value in state.menus.items()],
        "rev": state.rev,
        "last_update": state.last_update,
        "last_message": state.last_message,
    }


def load(state: State, saved: Json) -> None:
    """Replace the state by a dumped one; people given to the constructor stay and win. Ids go on beyond both."""
    if saved.get("format") != FORMAT:
        raise ValueError(f"a phone's state of format {saved.get('format')} cannot be read (expected {FORMAT})")
    given = state.people
    state.people = {one["id"]: Persona(**one) for one in saved["people"]} | given
    state.chats = {one["id"]: Chat(**one) for one in saved["chats"]}
    state.messages = OrderedDict(((one["chat_id"], one["message_id"]), Record(**one)) for one in saved["messages"])
    state.files = {
        key: Upload(one["name"], base64.b64decode(one["data"]), one["mime"]) for key, one in saved["files"].items()
    }
    state.updates = OrderedDict((one["update_id"], one) for one in saved["updates"])
    state.allowed = saved["allowed"]
    state.webhook = Webhook(**saved["webhook"]) if saved["webhook"] else None
    state.queries = {key: Query(**one) for key, one in saved["queries"].items()}
    state.toasts.clear()
    state.toasts.extend(Toast(**one) for one in saved["toasts"])
    state.blocked = set(saved["blocked"])
    state.commands = {(scope, language): value for scope, language, value in saved["commands"]}
    state.about = {(what, language): value for what, language, value in saved["about"]}
    state.menus = dict(saved["menus"])
    state.rev = max(state.rev, saved["rev"])
    state.last_update = max(state.last_update, saved["last_update"])
    state.last_message = max(state.last_message, saved["last_message"])
    state.skip_ids()
    state.join(given.values())
