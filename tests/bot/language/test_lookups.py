"""What is looked up about an account: which words of the message should name it, and what only looks like it."""

from __future__ import annotations

import pytest

from bot.language.lookups import LONGEST, Lookup, lookup


@pytest.mark.parametrize(
    ("text", "subject", "words"),
    [
        ("我答应过永辉什么", "promises", "永辉"),
        ("我还欠永辉五一店什么没办？", "promises", "永辉五一店"),
        ("永辉那边我答应了啥", "promises", "永辉"),
        ("what do I still owe Delta?", "promises", "delta"),
        ("Promises to Delta Foods", "promises", "delta foods"),
        ("上次去永辉是几号", "account", "永辉"),
        ("永辉上次联系是什么时候", "account", "永辉"),
        ("多久没去永辉了？", "account", "永辉"),
        ("永辉的联系人是谁", "account", "永辉"),
        ("看看永辉的资料", "account", "永辉"),
        ("When did I last visit Delta?", "account", "delta"),
        ("how long since I saw Delta", "account", "delta"),
        ("who do i talk to at Delta", "account", "delta"),
        ("what's next with Delta?", "account", "delta"),
    ],
)
def test_it_knows_what_is_looked_up_and_where(text: str, subject: str, words: str) -> None:
    assert lookup(text) == Lookup(subject, words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "我答应永辉周五送样品",
        "上午去了永辉，张经理说竞品降价了",
        "客户上次答应的没做到怎么办",
        "永辉说下周三再谈",
        "met Sarah at Delta, owe her a quote by Friday",
        "how do I win back a client",
        "看" * LONGEST,
        "",
    ],
)
def test_a_note_or_a_question_about_the_trade_looks_nothing_up(text: str) -> None:
    assert lookup(text) is None
