"""Notes: kinds, accounts, contacts, meetings, news; and the figures on hand-labelled notes."""

from __future__ import annotations

import datetime as dtm
import json
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.names import Book, KnownAccount
from bot.language.notes import understand
from bot.language.understanding import Card, Understanding
from bot.workdays import Workdays
from tests.bot.language import scoring

NOW = dtm.datetime(2026, 11, 25, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday."""

BOOK = Book(
    [
        KnownAccount(1, "永辉超市五一店"),
        KnownAccount(2, "华润万家天河店"),
        KnownAccount(3, "华润万家东圃店"),
        KnownAccount(4, "鸿泰机械有限公司"),
        KnownAccount(5, "Harbour Foods"),
        KnownAccount(6, "Metro Mart Riverside"),
    ]
)


def read(text: str) -> Understanding:
    return understand(text, NOW, BOOK, Workdays())


def only(text: str) -> Card:
    (card,) = read(text).cards
    return card


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("上午去了永辉五一店，张经理不在", "visit"),
        ("永辉五一店的老板娘嫌贵", "visit"),
        ("met Sarah at Harbour Foods, nothing new", "visit"),
        ("刚跟鸿泰王总通了电话，他说合同没问题", "call"),
        ("鸿泰王总微信问利率，已经回复", "call"),
        ("Rang Harbour Foods, no answer", "call"),
        ("约了鸿泰王总下周三上午十点看报表", "appointment"),
        ("明天下午去永辉五一店对账", "appointment"),
        ("Meeting tomorrow 2pm Harbour Foods, annual review", "appointment"),
        ("周五前给永辉五一店补货", "promise"),
        ("I'll send Harbour Foods the price list tonight", "promise"),
        ("听说竞品下个月又要降价", "market_info"),
        ("Competitors are giving away free fridges", "market_info"),
        ("今天没出去，在公司整理资料", "other"),
        ("Expenses and CRM all afternoon", "other"),
        ("Harbour Foods, Sarah. Committed to 40 cases by Friday", "visit"),
        ("Assured Sarah at Harbour Foods that the engineer comes on Friday", "visit"),
        ("Harbour Foods: need to send the price list by Friday", "promise"),
        ("Harbour Foods. Display never turned up, will drop it off on Friday", "visit"),
        ("Harbour Foods review moved to Friday 3pm", "appointment"),
        ("Sarah at Harbour Foods can see me on Friday at 10", "appointment"),
        ("Saw in the trade press that Acme has a new range", "market_info"),
        ("Note to self: dig out the Harbour Foods file before Friday", "other"),
        ("鸿泰王总约我下周三去厂里看机器", "appointment"),
        ("记一下：明天查鸿泰的征信", "other"),
    ],
)
def test_the_kind(text: str, kind: str) -> None:
    assert read(text).kind == kind


def test_a_contact_that_happened_goes_before_promises_and_news() -> None:
    understood = read("去了永辉五一店张经理说竞品又降价了我答应他周五前送样品")
    assert understood.kind == "visit"
    (card,) = understood.cards
    assert (card.account, card.ask, card.contact, card.kind) == (1, None, "张经理", "visit")
    assert [promise.what for promise in card.promises] == ["送样品"]
    assert [(news.topic, news.text) for news in card.market] == [("competitor", "张经理说竞品又降价了")]
    assert (card.day, card.outcome) == (NOW.date(), "next_step")


def test_each_promise_goes_to_its_account() -> None:
    first, second = read("先去了永辉五一店张经理要两箱样品我说明天送然后去了鸿泰王总让我周五前出方案我答应了").cards
    assert (first.account, [one.what for one in first.promises]) == (1, ["送（两箱样品）"])
    assert (second.account, [one.what for one in second.promises]) == (4, ["出方案"])
    assert [one.due for one in second.promises] == [dtm.date(2026, 11, 27)]


def test_what_has_to_be_asked() -> None:
    near = only("去了华润，李总不在")
    assert (near.account, near.ask, set(near.candidates)) == (None, "ambiguous", {2, 3})
    nameless = only("答应张经理周五送样品")
    assert (nameless.account, nameless.ask, nameless.heard) == (None, "no_account", None)
    stranger = only("去了好运来便利店，老板娘想进点货")
    assert (stranger.account, stranger.ask, stranger.heard) == (None, "not_in_book", "好运来便利店")


def test_two_between_which_the_writer_is_not_sure_are_one_to_ask() -> None:
    card = only("永辉五一店还是鸿泰我记不清了，反正老板要换货")
    assert (card.ask, set(card.candidates)) == ("ambiguous", {1, 4})


def test_an_account_taken_back_is_replaced() -> None:
    assert only("上午去了永辉五一店，不对，是鸿泰，见了王总").account == 4


def test_work_without_a_client_has_no_card() -> None:
    assert read("上午在单位开会，下午整理档案").cards == ()


def test_news_has_a_card_without_an_account() -> None:
    card = only("隔壁新开了一家批发部，啤酒一箱便宜四块")
    assert (card.account, card.ask, card.kind) == (None, None, None)
    assert {news.topic for news in card.market} == {"competitor"}


def test_a_meeting_to_come_has_its_day_and_hour() -> None:
    card = only("约了鸿泰王总下周三上午十点看报表")
    assert card.next is not None
    assert (card.next.what, card.next.when, card.next.time) == ("看报表", dtm.date(2026, 12, 2), dtm.time(10))
    assert card.next.is_appointment
    assert (card.kind, card.day, card.time) == ("appointment", dtm.date(2026, 12, 2), dtm.time(10))


def test_a_past_day_is_the_day_of_the_visit() -> None:
    assert only("昨天去了永辉五一店，张经理不在").day == dtm.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("去了永辉五一店，张经理当场下了一单", "order"),
        ("去了永辉五一店，张经理出差没见到人", "absent"),
        ("去了永辉五一店，上次的问题解决了", "issue_solved"),
        ("去了永辉五一店，约好下周二再谈", "next_step"),
        ("去了永辉五一店，他们不感兴趣", "none"),
        ("去了永辉五一店，新店长姓麦", "info"),
        ("Saw Sarah at Harbour Foods, she signed the contract", "order"),
        ("Dropped by Harbour Foods, Sarah wasn't in", "absent"),
    ],
)
def test_what_came_of_it(text: str, outcome: str) -> None:
    assert only(text).outcome == outcome


def test_a_complaint_is_kept_in_its_words() -> None:
    assert only("永辉五一店张经理投诉送货晚了三天，我道了歉").complaint == "永辉五一店张经理投诉送货晚了三天"
    assert only("去了永辉五一店，张经理很满意").complaint is None


def test_an_understanding_is_kept_as_json() -> None:
    understood = read(
        "昨天去了永辉五一店张经理说竞品降价我保证周五前送样品约了下周三上午十点再谈上次答应的展架也送到了"
    )
    assert Understanding.from_json(json.loads(json.dumps(understood.to_json()))) == understood


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"我他说没的了，。？“”",
                *("张经理", "永辉五一店", "答应", "保证", "周五前", "明天", "送样品", "不对", "不在", "请他"),
                *("I ", "will ", "said ", "by ", "Friday ", "promised ", "100%", "not "),
            ]
        ),
        max_size=25,
    )
)
def test_any_words_in_any_order_are_understood_somehow(words: list[str]) -> None:
    understood = read("".join(words))
    assert Understanding.from_json(understood.to_json()) == understood
    for card in understood.cards:
        assert (card.account is None) == (card.ask is not None) or not card.promises


HOSTILE = [
    "是，",
    "我",
    "答应",
    "我说他说",
    "把",
    "跟",
    "刚刚",
    "i will ",
    "i say ",
    "to be ",
    "答应：",
    "said she ",
    "1",
    "周三",
    "，",
    "的",
    "我答应张经理下周三前送",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_to_its_end(piece: str) -> None:
    """The time that each takes is told by benchmarks.language."""
    text = (piece * 2000)[:2000]
    assert read(text) == read(text)


FLOORS = {
    "notes_dev.jsonl": 0.9,
    "notes_dev_2.jsonl": 0.9,
    "notes_dev_3.jsonl": 0.8,
    "notes_validation.jsonl": 0.9,
    "notes_heldout.jsonl": 0.85,
}
"""Labelled notes, each by other people than those who wrote the grammar, with the floor of F1 for promises; what was
measured is told in docs/decisions/0010-reading-notes.md."""


@pytest.mark.parametrize("name", FLOORS)
def test_the_figures_on_labelled_notes(name: str) -> None:
    """The floors that the coach is held to; what it reaches is told in docs/decisions/0010-reading-notes.md."""
    score = scoring.score(scoring.labelled(name))
    assert score.kind.share >= 0.85, score
    assert score.accounts.share >= 0.90, score
    assert score.promises.f1 >= FLOORS[name], score
    assert score.due.share >= 0.85, score
    assert score.overpromise.share >= 0.90, score
