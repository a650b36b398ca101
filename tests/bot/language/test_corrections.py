"""What the coach knows of a note besides its words: the visit that it is about, or that it is market news."""

from __future__ import annotations

import datetime as dtm

from bot.language.corrections import as_news, met_at
from bot.language.understanding import Card, Commitment, MarketNews, NextStep, Understanding

TODAY = dtm.date(2026, 11, 23)
LATER = dtm.date(2026, 11, 30)


def test_words_without_a_name_are_about_the_visit_that_was_told() -> None:
    promised = (Commitment("送样品", LATER),)
    (card,) = met_at(Understanding("promise", (Card(ask="no_account", promises=promised),)), 7, TODAY).cards
    assert (card.account, card.ask, card.kind, card.day, card.promises) == (7, None, "visit", TODAY, promised)
    (card,) = met_at(Understanding("other"), 7, TODAY).cards
    assert (card.account, card.kind, card.day) == (7, "visit", TODAY)


def test_a_meeting_to_come_is_the_next_step_of_the_visit() -> None:
    ahead = NextStep("再谈", LATER, dtm.time(10), is_appointment=True)
    told = Card(ask="no_account", kind="appointment", day=LATER, time=dtm.time(10), next=ahead)
    (card,) = met_at(Understanding("appointment", (told,)), 7, TODAY).cards
    assert (card.kind, card.day, card.time, card.next) == ("visit", TODAY, None, ahead)


def test_a_call_and_its_day_stay_as_they_were_said() -> None:
    said = Card(ask="no_account", kind="call", day=TODAY - dtm.timedelta(days=1))
    (card,) = met_at(Understanding("call", (said,)), 7, TODAY).cards
    assert (card.account, card.kind, card.day) == (7, "call", TODAY - dtm.timedelta(days=1))


def test_words_that_name_another_account_stay_as_they_are() -> None:
    for card in (Card(account=3, kind="visit"), Card(heard="百佳五金店", ask="not_in_book", kind="visit")):
        said = Understanding("visit", (card,))
        assert met_at(said, 7, TODAY) == said


def test_news_is_kept_as_found_and_else_all_of_it_is_news() -> None:
    found = Understanding("market_info", (Card(market=(MarketNews("price", "涨价了"),)),))
    assert as_news(found, "涨价了") == found
    assert as_news(Understanding("other"), "听说要变天").cards == (Card(market=(MarketNews("other", "听说要变天"),)),)
    (card,) = as_news(Understanding("visit", (Card(account=3, kind="visit"),)), "老板说别家送货快").cards
    assert (card.account, card.market[0].text) == (3, "老板说别家送货快")
