"""A typed message: the answer to what the coach asked for last, or else something of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from telegram import Update

from bot.context import CoachContext
from bot.errors import UnreadableMessage
from bot.handlers import answer
from bot.language.intent import intent_of
from bot.language.typed import LONGEST, read
from bot.replies import Reply
from bot.services import drafts

Replies = Reply | Iterable[Reply] | None
Answering = Callable[[str, CoachContext], Awaitable[Replies]]


def reader(typed_answers: Mapping[str, Answering]) -> Callable[[Update, CoachContext], Awaitable[Replies]]:
    """The conversation that hears what is typed; `typed_answers` take over where the coach asked a question.

    They are given the text; the arguments of the question stand in `context.arguments`. An answer that cannot be
    used raises a CoachError, and the question stays.
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
            return await typed_answers[action.split(":")[0]](typed.text, context)
        intent = intent_of(typed.text).intent
        if intent in ("greeting", "thanks"):
            return answer.return_courtesy(intent, context)
        return await answer.ask(typed.text, context)

    return hear
