"""Failures: the error of a turn is noted, so that its effects are rolled back, and then put into words."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from bot.context import CoachContext, Shared
from bot.errors import CoachError
from bot.replies import Reply, Say, Toast


async def note(_update: object, context: CoachContext) -> None:
    """Keep the error for whoever takes the turn, and let no other handler run."""
    context.turn.error = context.error
    raise ApplicationHandlerStop


def words(shared: Shared, update: Update, locale: str, error: Exception, error_id: str) -> Reply:
    """What to say about an error: a notice where a button was tapped, a message otherwise."""
    text_id: str = "failure-unknown"
    values: Mapping[str, object] = {"error_id": error_id}
    if isinstance(error, CoachError):
        text_id, values = error.text_id, error.values
    if update.callback_query:
        return Toast(shared.texts.plain(locale, text_id, values), alert=True)
    return Say(shared.texts.html(locale, text_id, values))
