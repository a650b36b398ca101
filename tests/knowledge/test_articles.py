"""The articles: they cover both documents, can be told apart, and lead on to each other."""

from __future__ import annotations

import pytest

from bot import handlers
from bot.services import acting
from knowledge.library import Library, inventory_items

LIBRARY = Library.load()


def test_every_item_of_both_documents_is_covered() -> None:
    items = inventory_items()
    assert len(items) == 148
    assert [item for item in items if not LIBRARY.covering(item)] == []


def test_there_are_as_many_articles_as_the_trade_needs() -> None:
    assert 110 <= len(LIBRARY) <= 160


def test_people_ask_for_each_article_in_many_ways() -> None:
    for article in LIBRARY.articles.values():
        assert 6 <= len(set(article.zh.ask)) <= 10, article.id
        assert 4 <= len(set(article.en.ask)) <= 10, article.id


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_titles_can_be_told_apart_as_buttons(locale: str) -> None:
    titles = [article.text(locale).title for article in LIBRARY.articles.values()]
    assert len(set(titles)) == len(titles)


def test_every_article_leads_on() -> None:
    for article in LIBRARY.articles.values():
        assert 2 <= len(article.related) <= 4, article.id
        assert article.id not in article.related


def test_what_articles_name_exists() -> None:
    known = handlers.COMMANDS | handlers.LEAD_COMMANDS | handlers.SPOKEN
    assert {command.split()[0] for command in acting.OFFERED} <= known.keys()
    assert len(acting.load_library()) == len(LIBRARY)


def test_whoever_is_answered_is_offered_one_command_where_there_is_one() -> None:
    for article in LIBRARY.articles.values():
        for number, command in enumerate(article.commands):
            before = [acting.OFFERED[one] for one in article.commands[:number]]
            assert not acting.OFFERED[command] <= frozenset().union(*before), (article.id, command)


def test_nothing_shown_holds_markup() -> None:
    for article in LIBRARY.articles.values():
        for text in (article.zh, article.en):
            shown = " ".join([text.title, text.answer, *text.steps, text.today])
            assert not set("<>*_`") & set(shown), article.id
