"""The table of contents: what the coach hears, and which conversation answers it.

A conversation is one file here. It reads what came in, asks a service, and returns what to say; it never
sends. The order below is the order of asking: in a group of handlers the first that fits answers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.context import CoachContext
from bot.handlers import (
    answer,
    failure,
    gaps,
    gate,
    help,  # noqa: A004
    language,
    message,
    reachability,
    start,
    unreadable,
)
from bot.replies import Reply

CoachApplication = Application[ExtBot[None], CoachContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Replies = Reply | Iterable[Reply] | None
Conversation = Callable[[Update, CoachContext], Awaitable[Replies]]

COMMANDS: dict[str, Conversation] = {
    "start": start.start,
    "help": help.help_,
    "language": language.ask_language,
}
"""The commands in the order of the menu, each described by the text `command-<name>`."""

LEAD_COMMANDS: dict[str, Conversation] = {"gaps": gaps.gaps}
"""Commands of leads and owners; they are told in /help and do not exist for managers."""

BUTTONS: dict[str, Conversation] = {
    "read": answer.read_article,
    "pick": answer.open_suggestion,
    "up": answer.praise,
    "down": answer.dislike,
    "why": answer.explain,
    "lang": language.choose_language,
}
"""The verbs that a button's action may begin with."""

TYPED: dict[str, message.Answering] = {}
"""The verbs of questions that are answered by typing (services.drafts)."""

BEFORE_ALL = -1


def register(application: CoachApplication) -> None:
    """Tell the application what to hear."""
    add = application.add_handler
    new = filters.UpdateType.MESSAGE

    add(TypeHandler(Update, gate.gate), group=BEFORE_ALL)
    add(ChatMemberHandler(_saying(reachability.note_reachability), ChatMemberHandler.MY_CHAT_MEMBER))
    add(MessageHandler(filters.UpdateType.EDITED_MESSAGE, _saying(unreadable.edited)))
    add(MessageHandler(new & filters.FORWARDED, _saying(unreadable.forwarded)))
    for name, conversation in (COMMANDS | LEAD_COMMANDS).items():
        add(CommandHandler(name, _saying(conversation), new))
    for verb, conversation in BUTTONS.items():
        add(CallbackQueryHandler(_saying(conversation), rf"^{verb}[:|]"))
    add(MessageHandler(new & filters.COMMAND, _saying(unreadable.unknown_command)))
    add(MessageHandler(new & filters.TEXT, _saying(message.reader(TYPED))))
    add(MessageHandler(new & ~filters.StatusUpdate.ALL, _saying(unreadable.unreadable)))
    application.add_error_handler(failure.note)


def _saying(conversation: Conversation) -> Callable[[Update, CoachContext], Coroutine[Any, Any, None]]:
    """The conversation as a callback whose answer is kept for the outbox."""

    async def callback(update: Update, context: CoachContext) -> None:
        context.say(await conversation(update, context))

    return callback
