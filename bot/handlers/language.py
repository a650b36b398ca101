"""/language: the person chooses the coach's language, or lets Telegram's setting decide."""

from __future__ import annotations

from telegram import Update

from bot.context import CoachContext, tapped
from bot.keyboards import Button
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
    choice = context.arguments[0]
    context.person.locale = choice if choice in LOCALES else None
    context.turn.locale = context.person.speaks(context.shared.settings.locale)
    done = context.text("language-done")
    message_id = tapped(update.callback_query)
    return Say(done) if message_id is None else Rewrite(message_id, done)
