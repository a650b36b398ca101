"""A typed message: the answer to what the coach asked for, or else a question, a note, a command in plain words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from telegram import Update

from bot.context import CoachContext
from bot.errors import UnknownCommand, UnreadableMessage
from bot.handlers import answer, flags, lookups, note, promising, wording
from bot.language.intent import intent_of, turns_away, unflagged
from bot.language.typed import LONGEST, read
from bot.replies import Reply, Toast
from bot.services import accounts, drafts, notes

Replies = Reply | Iterable[Reply] | None
Conversation = Callable[[Update, CoachContext], Awaitable[Replies]]
Answering = Callable[[str, CoachContext], Awaitable[Replies]]


class NotAnAnswer(Exception):
    """What was typed is no answer to what was asked, but something of its own; it is heard as such."""


def reader(answers: Mapping[str, Answering], commands: Mapping[str, Conversation]) -> Conversation:
    """The conversation that hears what is typed.

    `answers` take over, by the verb of the question, where the coach asked for something: they are given the text,
    and the question's arguments stand in `context.arguments`. An answer that cannot be used raises a CoachError, and
    the question stays; NotAnAnswer lets the text be heard for itself. `commands` are run where somebody says in plain
    words what they do.
    """

    async def hear(update: Update, context: CoachContext) -> Replies:
        assert update.message is not None
        typed = read(update.message.text or "")
        if typed.flaw:
            raise UnreadableMessage(f"unreadable-{typed.flaw}", limit=LONGEST)
        action = await drafts.waiting(context.session, context.person, context.now)
        if action is not None:
            await drafts.drop(context.session, context.person)
            context.turn.action = action
            try:
                return await answers[action.split(":")[0]](typed.text, context)
            except NotAnAnswer:
                context.turn.action = ""
        forgotten = await note.forgotten(context)
        replies = await _hear(update, typed.text, context, commands)
        said = [] if replies is None else list(replies) if isinstance(replies, Iterable) else [replies]
        return [*said, *forgotten]

    return hear


async def _hear(update: Update, text: str, context: CoachContext, commands: Mapping[str, Conversation]) -> Replies:
    has_draft = await notes.newest_draft(context.session, context.person) is not None
    names = await accounts.names(context.session, context.person)
    if who := unflagged(text):
        return await flags.why_not_at(who, context)
    if (shown := await lookups.look_up(text, context)) is not None:
        return shown
    reading = intent_of(text, has_draft=has_draft, book=names)
    if not reading.sure:
        return await note.ask_which(text, context)
    match reading.intent:
        case "greeting" | "thanks":
            return answer.return_courtesy(reading.intent, context)
        case "command" if reading.command is not None and reading.command in commands:
            return await _obey(update, text, context, commands[reading.command])
        case "note":
            return await note.hear(text, context)
        case "correction":
            return await note.correct(text, context)
        case "check":
            return await wording.look_over_request(text, context)
        case "may_i":
            return await promising.consider(text, context)
    return await answer.ask(text, context)


async def _obey(update: Update, text: str, context: CoachContext, command: Conversation) -> Replies:
    """Do what a command does; to whom it does not exist its words are a question."""
    try:
        return await command(update, context)
    except UnknownCommand:
        return await answer.ask(text, context)


async def heed(text: str, context: CoachContext) -> None:
    """Raise NotAnAnswer for what is no telling, where something was to be told."""
    if turns_away(text, await accounts.names(context.session, context.person)):
        raise NotAnAnswer


async def cancel(_update: Update, context: CoachContext) -> list[Reply]:
    """Wait for no typed answer any more."""
    await drafts.drop(context.session, context.person)
    return [Toast(context.label("message-cancelled"))]
