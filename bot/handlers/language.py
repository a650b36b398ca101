"""/language: the person chooses the coach's language, or lets Telegram's setting decide."""

from __future__ import annotations

from telegram import Update

from bot.context import CoachContext, tapped
from bot.keyboards import Button
from bot.language.patterns import pattern
from bot.language.plain import plain
from bot.replies import Reply, Rewrite, Say
from bot.texts import LOCALES

AUTO = "auto"


async def ask_language(_update: Update, context: CoachContext) -> Say:
    """Offer the languages."""
    choices = [[Button(context.label(f"language-{locale}"), f"lang:{locale}") for locale in LOCALES]]
    choices.append([Button(context.label("language-auto"), f"lang:{AUTO}")])
    return Say(context.text("language-ask"), choices)


async def choose_language(update: Update, context: CoachContext) -> Reply:
    """Keep the choice and confirm it in the chosen language."""
    said = _keep(context, context.arguments[0])
    message_id = tapped(update.callback_query)
    return said if message_id is None else Rewrite(message_id, said.html)


async def say_language(update: Update, context: CoachContext) -> Say:
    """Take the language that plain words name; offer them all where they name none, or both."""
    said = plain((update.message and update.message.text) or "")
    named = [locale for locale in LOCALES if pattern("intents", f"into_{locale}").search(said)]
    return _keep(context, named[0]) if len(named) == 1 else await ask_language(update, context)


def _keep(context: CoachContext, choice: str) -> Say:
    context.person.locale = choice if choice in LOCALES else None
    context.turn.locale = context.person.speaks(context.shared.settings.locale)
    return Say(context.text("language-done"))
