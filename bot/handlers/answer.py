"""Questions and answers: a typed question becomes a sourced article, a choice of close titles, or an honest no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext
from bot.errors import NoSuchRecord, UnreadableMessage
from bot.keyboards import Button, Keyboard
from bot.language.typed import LONGEST, read
from bot.replies import Reply, Say, Toast
from bot.services import questions
from knowledge.article import Article, item_key

RELATED = 2
"""Related questions offered under an answer (domain.md §1)."""

EXAMPLES = {
    "start-example-promise": "over-promising",
    "start-example-key": "key-account-criteria",
    "start-example-visits": "visits-per-day",
}
"""Questions offered to newcomers: text id and the article that answers."""


async def ask(update: Update, context: CoachContext) -> Say:
    """Answer a typed question and keep it with its outcome. Raises UnreadableMessage."""
    assert update.message is not None
    typed = read(update.message.text or "")
    if typed.flaw:
        raise UnreadableMessage(f"unreadable-{typed.flaw}", limit=LONGEST)
    result = context.shared.search.ask(typed.text)
    await questions.record(context.session, context.person, typed.text, result, locale=context.locale, now=context.now)
    if result.outcome == "answer":
        return show(context, result.hits[0].article)
    if result.outcome == "unsure":
        return Say(context.text("answer-unsure"), article_buttons(context, (hit.article for hit in result.hits)))
    return Say(context.text("answer-none"))


async def read_article(_update: Update, context: CoachContext) -> list[Reply]:
    """Show the article of a tapped button. Raises NoSuchRecord where it is no longer there."""
    article_id = context.arguments[0]
    if article_id not in context.shared.library:
        raise NoSuchRecord
    return [Toast(), show(context, context.shared.library[article_id])]


def show(context: CoachContext, article: Article) -> Say:
    """An article as a message: headline, answer, steps, today, source; related questions as buttons."""
    text = article.text(context.locale)
    steps = [context.text("answer-step", number=number, step=step) for number, step in enumerate(text.steps, start=1)]
    if text.practice:
        steps.append(context.text("answer-practice", text=text.practice.text, source=text.practice.source))
    html = context.text(
        "answer-article",
        title=text.title,
        answer=text.answer,
        steps=Markup("\n").join(steps),
        today=text.today,
        source=source(context, article),
    )
    library = context.shared.library
    return Say(html, article_buttons(context, (library[name] for name in article.related[:RELATED])))


def source(context: CoachContext, article: Article) -> Markup:
    """Where an answer comes from: each document's title with the numbers of its items; said if it gives headings only."""
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


def example_buttons(context: CoachContext, examples: dict[str, str]) -> Keyboard:
    """One button a row for each example question that the library can answer."""
    return [
        [Button(context.label(text_id), f"read:{article_id}")]
        for text_id, article_id in examples.items()
        if article_id in context.shared.library
    ]
