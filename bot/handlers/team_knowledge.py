"""Answers from the team's own documents, marked as theirs: after the knowledge base, with file and page or signed."""

from __future__ import annotations

from markupsafe import Markup
from telegram import Update

from bot import handbook_words
from bot.context import CoachContext
from bot.errors import NoSuchRecord
from bot.keyboards import Button, Keyboard
from bot.models import Handbook, Passage, Person, Question, TeamAnswer
from bot.replies import Say
from bot.services import passages, questions
from bot.services.passages import Found
from knowledge import passages as judging

MOST_FOUND = 5
"""Passages that can be leafed through for one question."""


async def find(context: CoachContext, question: str) -> list[Found]:
    """The passages of the asker's teams that answer a question best."""
    asked = judging.understand(question, context.shared.search)
    return await passages.search(context.session, context.person, asked, MOST_FOUND)


async def also(context: CoachContext, question: Question) -> Keyboard:
    """The button below an answer of ours where the team's documents answer as well."""
    found = await find(context, question.text)
    if not found or found[0].match.zone != "answer":
        return []
    label = context.label("handbook-also", title=handbook_words.title(found[0]))
    return [[Button(label, f"team-knows:{question.id}:0")]]


async def instead(context: CoachContext, question: Question, otherwise: Markup, rows: Keyboard) -> Say:
    """The team's answer where the knowledge base has none or is not sure; else what is said `otherwise`.

    `rows` are the buttons of both; a passage that comes only near is offered as a button above them.
    """
    found = await find(context, question.text)
    if not found:
        return Say(otherwise, rows)
    if found[0].match.zone == "answer":
        question.outcome = questions.BY_TEAM
        shown = await show(context, question, found, 0)
        return Say(shown.html, [*shown.buttons, *rows])
    near = Button(context.label("handbook-near", title=handbook_words.title(found[0])), f"team-knows:{question.id}:0")
    return Say(otherwise, [[near], *rows])


async def open_found(_update: Update, context: CoachContext) -> Say:
    """Show one of the passages that were found for a question. Raises NoSuchRecord."""
    question_id, place = map(int, context.arguments)
    question = await questions.own(context.session, context.person, question_id)
    found = await find(context, question.text)
    if not 0 <= place < len(found):
        raise NoSuchRecord
    if question.outcome in questions.UNANSWERED:
        question.outcome = questions.BY_TEAM
    return await show(context, question, found, place)


async def show(context: CoachContext, question: Question, found: list[Found], place: int) -> Say:
    """The part of a passage that answers, with buttons for all of it and for the next one, and with 👍 👎."""
    one = found[place]
    signed = await source(context, one.passage, one.source)
    html = handbook_words.answer(context.voice, one, signed)
    turning = []
    if handbook_words.extract(one) != one.passage.text:
        turning.append(Button(context.label("handbook-whole"), f"passage:{one.passage.id}"))
    else:
        turning += await _go_on(context, one.passage)
    if place + 1 < len(found):
        turning.append(Button(context.label("handbook-next"), f"team-knows:{question.id}:{place + 1}"))
    thumbs = [Button("👍", f"up:{question.id}"), Button("👎", f"down:{question.id}")]
    return Say(html, [row for row in (turning, thumbs if place == 0 else []) if row])


async def open_passage(_update: Update, context: CoachContext) -> Say:
    """Show a whole passage, and a button for the one after it. Raises NoSuchRecord for another team's."""
    passage, of = await passages.own(context.session, context.person, int(context.arguments[0]))
    onwards = await _go_on(context, passage)
    return Say(
        handbook_words.whole(context.voice, passage, await source(context, passage, of)), [onwards] if onwards else []
    )


async def _go_on(context: CoachContext, passage: Passage) -> list[Button]:
    """The button for what follows in the same document, if anything does."""
    following = await passages.after(context.session, passage)
    return [Button(context.label("handbook-go-on"), f"passage:{following.id}")] if following else []


async def source(context: CoachContext, passage: Passage, of: Handbook | TeamAnswer) -> Markup:
    """Where a passage comes from, in words."""
    author = await context.session.get(Person, of.person_id) if isinstance(of, TeamAnswer) else None
    day = context.person.today(of.written_at) if isinstance(of, TeamAnswer) else context.today
    return handbook_words.source(context.voice, passage, of, author, context.day(day))
