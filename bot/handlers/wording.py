"""/check: a text for a client, looked over before it is sent; private to whoever asks."""

from __future__ import annotations

import re

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext
from bot.keyboards import Button
from bot.language.intent import words_to_check
from bot.language.wording import check, habits
from bot.models import WordingSample
from bot.replies import Say
from bot.services import drafts
from bot.texts import shortened

MOST_HITS = 3
"""Hits on one screen, three lines each."""

REQUEST = re.compile(r"^.{0,40}?[:：]\s*(?P<text>.+)$|[「“\"](?P<quoted>[^」”\"]{6,})[」”\"]", re.DOTALL)
"""The text in "帮我看看这段话：…": what follows the colon, or what stands in quotation marks."""


async def look_over(_update: Update, context: CoachContext) -> Say:
    """/check words: look them over; without words ask for them."""
    words = " ".join(context.args or [])
    return await judge(words, context) if words else await _ask(context)


async def look_over_request(text: str, context: CoachContext) -> Say:
    """Look over the text inside a sentence that asks for it; where there is none, ask for it."""
    found = REQUEST.search(text)
    words = (found["text"] or found["quoted"]) if found else words_to_check(text)
    return await judge(words, context) if words else await _ask(context)


async def judge(text: str, context: CoachContext) -> Say:
    """Each habit that a text shows: its words, why clients dislike it, and a better sentence. The text is kept."""
    context.session.add(WordingSample(person_id=context.person.id, day=context.today, text=text))
    hits = check(text)
    if not hits:
        return Say(context.text("wording-clean"))
    lines = [context.text("wording-head", count=len(hits))]
    for hit in hits[:MOST_HITS]:
        habit = habits()[hit.habit]
        lines.append(
            context.text(
                "wording-hit",
                name=context.label(habit.name_id),
                words=shortened(hit.words, 24),
                why=context.label(habit.why_id),
                better=context.label(hit.suggestion_id),
            )
        )
    named = dict.fromkeys(habits()[hit.habit].article for hit in hits[:MOST_HITS])
    library = context.shared.library
    rows = [[Button(library[article].text(context.locale).title, f"read:{article}")] for article in named]
    return Say(Markup("\n").join(lines), rows)


async def _ask(context: CoachContext) -> Say:
    await drafts.ask(context.session, context.person, "check", context.now)
    return Say(context.text("wording-ask"), [[Button(context.label("cancel"), "cancel:")]])
