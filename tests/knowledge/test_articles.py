"""The articles: they cover both documents, say where each comes from, and fit on a phone."""

from __future__ import annotations

import math
import unicodedata

import pytest

from bot import handlers
from knowledge.article import ArticleText
from knowledge.library import Library, inventory_items

LIBRARY = Library.load()
PHONE_WIDTH = 20.0
"""Chinese characters on one line of a 390 px phone; a Latin character takes half the room."""

PHONE_LINES = 12
KNOWN_COMMANDS = {"plan", "promises", "accounts", "flags", "check", "goals", "notes", "assess", "drill"}


def lines(text: str) -> int:
    """Lines that a text takes on a phone."""
    width = sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5 for character in text)
    return max(1, math.ceil(width / PHONE_WIDTH))


def height(text: ArticleText) -> int:
    """Lines of the whole answer, its source on one."""
    shown = [text.title, text.answer, *(f"1. {step}" for step in text.steps), f"今天：{text.today}"]
    if text.practice:
        shown.append(text.practice.text + text.practice.source)
    return sum(map(lines, shown)) + 1 + (1 if text.practice else 0)


def test_every_item_of_both_documents_is_covered() -> None:
    items = inventory_items()
    assert len(items) == 148
    assert [item for item in items if not LIBRARY.covering(item)] == []


def test_there_are_as_many_articles_as_the_trade_needs() -> None:
    assert 110 <= len(LIBRARY) <= 160


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_answer_fits_twelve_lines_of_a_phone(locale: str) -> None:
    too_long = {a.id: height(a.text(locale)) for a in LIBRARY.articles.values() if height(a.text(locale)) > PHONE_LINES}
    assert too_long == {}


def test_people_ask_for_each_article_in_many_ways() -> None:
    for article in LIBRARY.articles.values():
        assert 6 <= len(set(article.zh.ask)) <= 8, article.id
        assert 4 <= len(set(article.en.ask)) <= 6, article.id


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_titles_can_be_told_apart_as_buttons(locale: str) -> None:
    titles = [article.text(locale).title for article in LIBRARY.articles.values()]
    assert len(set(titles)) == len(titles)


def test_every_article_leads_on() -> None:
    for article in LIBRARY.articles.values():
        assert 2 <= len(article.related) <= 4, article.id
        assert article.id not in article.related


def test_acting_commands_are_known_ones() -> None:
    for article in LIBRARY.articles.values():
        assert set(article.commands) <= KNOWN_COMMANDS | handlers.COMMANDS.keys(), article.id


def test_nothing_shown_holds_markup() -> None:
    for article in LIBRARY.articles.values():
        for text in (article.zh, article.en):
            shown = " ".join([text.title, text.answer, *text.steps, text.today])
            assert not set("<>*_`") & set(shown), article.id
