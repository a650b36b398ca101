"""Questions and answers: a typed question becomes a sourced article, a choice of close titles, or an honest no.

Under an article stands the one command that acts on it, where there is one for whoever asks.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Literal

import structlog
from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, tapped
from bot.errors import NoSuchRecord, StaleButton
from bot.handlers import team_knowledge
from bot.keyboards import Button, Keyboard
from bot.models import Question
from bot.replies import Reply, Rewrite, Say, Toast
from bot.services import acting, drafts, figures, judging, questions
from bot.services.figures import Figure
from bot.texts import height
from knowledge.article import Article, item_key

Replies = Reply | Iterable[Reply] | None
Conversation = Callable[[Update, CoachContext], Awaitable[Replies]]

log = structlog.stdlib.get_logger(__name__)

MOST_LINES = 12
"""Lines that a phone shows of a message (domain.md §1)."""

FEWEST = 3
"""Lines that stay beside the answer, however high it is: the figure and two steps."""

RELATED = 2
"""Related questions offered under an answer (domain.md §1)."""

CLOSE = 0.7
"""Share of the answer's score from which on another article may be the one that was meant, and stands before related
ones: of 37 wrong answers to our questions, the right one was then among the two for 26, else for 13."""

MOST_ROWS = 4
"""Rows of buttons under an answer, more would push it off the screen; related questions give way first."""

EXAMPLES = {
    "start-example-promise": "over-promising",
    "start-example-key": "key-account-criteria",
    "start-example-visits": "visits-per-day",
}
"""Questions offered to newcomers: text id and the article that answers."""


def return_courtesy(intent: Literal["greeting", "thanks"], context: CoachContext) -> Say:
    """Answer a greeting or thanks with one."""
    return Say(context.text(f"answer-{intent}"), example_buttons(context) if intent == "greeting" else ())


async def ask(text: str, context: CoachContext) -> Say:
    """Answer a question and keep it with its outcome; what finds no answer can be taken as a note after all."""
    result = context.shared.search.ask(text)
    question = await questions.record(
        context.session, context.person, text, result, locale=context.locale, now=context.now
    )
    if result.outcome == "answer":
        first, *others = result.hits
        close = [hit.article for hit in others if hit.raw >= CLOSE * first.raw]
        also = await team_knowledge.also(context, question)
        return await answered(context, first.article, question, also=also, close=close)
    as_note = [Button(context.label("answer-was-note"), f"as-note:{question.id}")]
    if result.outcome == "unsure":
        choices = [
            [Button(hit.article.text(context.locale).title, f"pick:{question.id}:{place}")]
            for place, hit in enumerate(result.hits)
        ]
        return await team_knowledge.instead(context, question, context.text("answer-unsure"), [*choices, as_note])
    return await team_knowledge.instead(context, question, context.text("answer-none"), [as_note])


async def open_suggestion(_update: Update, context: CoachContext) -> Say:
    """Show the suggestion that was meant, and remember that it was. Raises NoSuchRecord."""
    question_id, place = map(int, context.arguments)
    question = await questions.own(context.session, context.person, question_id)
    return await answered(context, _article(context, questions.choose(question, place)), question)


async def read_article(_update: Update, context: CoachContext) -> Say:
    """Show the article of a tapped button. Raises NoSuchRecord where it is no longer there."""
    return await answered(context, _article(context, context.arguments[0]))


async def praise(_update: Update, context: CoachContext) -> Toast:
    """Keep a 👍. Raises NoSuchRecord."""
    question = await questions.own(context.session, context.person, int(context.arguments[0]))
    question.verdict, question.reason = "up", None
    return Toast(context.label("answer-praised"))


async def dislike(_update: Update, context: CoachContext) -> Reply:
    """Keep a 👎 and ask why, to be answered in one tap; a second 👎 asks nothing. Raises NoSuchRecord."""
    question = await questions.own(context.session, context.person, int(context.arguments[0]))
    if question.verdict == "down":
        return Toast(context.label("answer-why-thanks"))
    question.verdict = "down"
    reasons = [
        Button(context.label(f"answer-why-{reason}"), f"why:{question.id}:{reason}") for reason in questions.REASONS
    ]
    return Say(context.text("answer-why"), [reasons])


async def explain(update: Update, context: CoachContext) -> Reply:
    """Keep why an answer was disliked. Raises NoSuchRecord."""
    question_id, reason = context.arguments
    question = await questions.own(context.session, context.person, int(question_id))
    question.verdict, question.reason = "down", reason
    thanks, message_id = context.text("answer-why-thanks"), tapped(update.callback_query)
    return Say(thanks) if message_id is None else Rewrite(message_id, thanks)


def doing(commands: Mapping[str, Conversation]) -> Conversation:
    """The conversation that runs the command of a tapped button as if it had been typed, with its words."""

    async def do(update: Update, context: CoachContext) -> Replies:
        name, *context.args = context.arguments
        if name not in commands:
            raise StaleButton
        await drafts.drop(context.session, context.person)
        return await commands[name](update, context)

    return do


async def answered(
    context: CoachContext,
    article: Article,
    question: Question | None = None,
    *,
    also: Keyboard = (),
    close: Sequence[Article] = (),
) -> Say:
    """An article as a message, with the asker's own figure where it asks for one and he has accounts.

    Below it first `also`, then the command that acts on it, as far as there is one for him; `close` as in `show`.
    """
    command = await acting.best(context.session, context.person, article.commands)
    above = [*also, *([_command_button(context, command)] if command else [])]
    figure = None
    if article.figure is not None:
        worker = context.shared.worker
        try:
            figure = await figures.of(
                context.session,
                context.person,
                article.figure,
                context.now,
                matcher=worker.matcher,
                evaluate=worker.evaluate,
            )
        except judging.FAILURES:
            log.exception("figure_failed", figure=article.figure)
    return show(context, article, question, figure, above=above, close=close)


def show(
    context: CoachContext,
    article: Article,
    question: Question | None = None,
    figure: Figure | None = None,
    *,
    above: Keyboard = (),
    close: Sequence[Article] = (),
) -> Say:
    """An article as a message: headline, answer, the asker's own figure, steps, today, source.

    Below it the rows `above`, two other articles as far as there is room (those that came `close`, then related ones),
    and 👍 👎 where it answers a question.
    """
    library = context.shared.library
    others = {one.id: one for one in [*close, *(library[name] for name in article.related)]}
    room = min(RELATED, MOST_ROWS - 1 - len(above))
    buttons = [*above, *article_buttons(context, itertools.islice(others.values(), room))]
    if question is not None:
        buttons.append([Button("👍", f"up:{question.id}"), Button("👎", f"down:{question.id}")])
    return Say(_words(context, article, figure), buttons)


def _words(context: CoachContext, article: Article, figure: Figure | None) -> Markup:
    """What an article says.

    The figure takes the place of an addition from practice, and of the last steps where the message would be too high.
    """
    text = article.text(context.locale)
    steps = [context.text("answer-step", number=number, step=step) for number, step in enumerate(text.steps, start=1)]
    if figure is not None:
        steps.insert(0, context.text("figure-line", figure=_figure_words(context, figure)))
    elif text.practice:
        steps.append(context.text("answer-practice", text=text.practice.text, source=text.practice.source))
    while True:
        html = context.text(
            "answer-article",
            title=text.title,
            answer=text.answer,
            steps=Markup("\n").join(steps),
            today=text.today,
            source=source(context, article),
        )
        if figure is None or len(steps) <= FEWEST or height(html.split("\n")) <= MOST_LINES:
            return html
        steps.pop()


def _figure_words(context: CoachContext, figure: Figure) -> str:
    """A figure in one line, its names joined as the language does it."""
    between = context.label("answer-between-names")
    values = {name: between.join(value) if isinstance(value, tuple) else value for name, value in figure.values.items()}
    return context.label(figure.text_id, **values)


def source(context: CoachContext, article: Article) -> Markup:
    """Where an answer comes from: each document's title with its items' numbers; said if they are only headings."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for item in sorted(article.covers, key=item_key):
        numbers[item[0]].append(item[1:])
    documents = [
        context.text(f"answer-source-{document}", numbers=context.label("answer-between-numbers").join(found))
        for document, found in numbers.items()
    ]
    listed = Markup(context.label("answer-between-sources")).join(documents)  # noqa: S704 - a text of ours
    return context.text("answer-source-heading" if article.heading_only else "answer-source-list", sources=listed)


def article_buttons(context: CoachContext, articles: Iterable[Article]) -> Keyboard:
    """One button a row for each article, with its title."""
    return [[Button(article.text(context.locale).title, f"read:{article.id}")] for article in articles]


def example_buttons(context: CoachContext) -> Keyboard:
    """One button a row for each example question."""
    return [[Button(context.label(text_id), f"read:{article_id}")] for text_id, article_id in EXAMPLES.items()]


def _command_button(context: CoachContext, command: str) -> list[Button]:
    """A row with the command in plain words; the tap runs it (`doing`)."""
    label = context.label(f"answer-do-{command.lower().replace(' ', '-')}")
    return [Button(label, f"do:{command.replace(' ', ':')}")]


def _article(context: CoachContext, article_id: str) -> Article:
    if article_id not in context.shared.library:
        raise NoSuchRecord
    return context.shared.library[article_id]
