"""The articles: they cover both documents, can be told apart, and lead on to each other."""

from __future__ import annotations

import pytest

from bot import handlers
from knowledge.library import Library, inventory_items

LIBRARY = Library.load()
KNOWN_COMMANDS = {"plan", "promises", "accounts", "flags", "check", "goals", "notes", "assess", "drill"}


def test_every_item_of_both_documents_is_covered() -> None:
    items = inventory_items()
    assert len(items) == 148
    assert [item for item in items if not LIBRARY.covering(item)] == []


def test_there_are_as_many_articles_as_the_trade_needs() -> None:
    assert 110 <= len(LIBRARY) <= 160


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
