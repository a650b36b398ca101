"""Clauses: where they are cut, who does what, and whose word it is."""

from __future__ import annotations

import pytest

from bot.language.clauses import ACCOUNT, PERSON, TIME, Clause, clauses, mask

MARKED = {"永辉": ACCOUNT, "华润": ACCOUNT, "张经理": PERSON, "李总": PERSON, "sarah": PERSON, "下周三前": TIME}


def cut(text: str) -> list[Clause]:
    spans = [
        (text.lower().index(words), text.lower().index(words) + len(words), mark)
        for words, mark in MARKED.items()
        if words in text.lower()
    ]
    return clauses(text, mask(text, spans))


def test_marks_cut() -> None:
    assert [one.words for one in cut("去了永辉，张经理不在。下次再去")] == ["去了永辉", "张经理不在", "下次再去"]


def test_dictated_text_is_cut_where_somebody_begins() -> None:
    told = cut("去了永辉见到张经理他说竞品又降价了我答应他下周三前送样品然后去了华润李总不在")
    assert [one.words for one in told] == [
        "去了永辉",
        "见到张经理",
        "他说竞品又降价了",
        "我答应他下周三前送样品",
        "然后去了华润",
        "李总不在",
    ]


def test_a_clause_that_cannot_be_over_is_not_cut() -> None:
    assert [one.words for one in cut("跟张经理说我们下周三前送")] == ["跟张经理说我们下周三前送"]
    assert [one.words for one in cut("told Sarah we would send it")] == ["told Sarah we would send it"]


def test_numbers_and_lists_are_not_cut() -> None:
    assert len(cut("降了3.5个点")) == 1
    assert len(cut("样品、报价和合同")) == 1


@pytest.mark.parametrize(
    ("text", "doer", "teller"),
    [
        ("我明天送过去", "manager", "manager"),
        ("张经理说下个月再看", "client", "client"),
        ("他说你们送得太慢", "manager", "client"),
        ("我跟他说明天送", "manager", "manager"),
        ("给他送两箱", "manager", "manager"),
        ("让我周五再去", "client", "manager"),
        ("竞品又降价了", "other", "manager"),
        ("she said she would think about it", "client", "client"),
        ("told her she'd have it soon", "manager", "manager"),
        ("said I'd check", "manager", "manager"),
    ],
)
def test_who_does_it_and_whose_word_it_is(text: str, doer: str, teller: str) -> None:
    last = cut(text)[-1]
    assert (last.doer, last.teller) == (doer, teller)


def test_who_is_not_named_is_meant_by_what_is_done() -> None:
    asked, promised = cut("张经理嫌贵，答应他再申请一下")
    assert (asked.doer, promised.doer) == ("client", "manager")


def test_what_is_quoted_is_the_words_of_the_one_who_spoke() -> None:
    *_, quoted = cut("张经理说：“我下周三前打款”")
    assert (quoted.doer, quoted.teller) == ("client", "client")


def test_a_question_is_marked() -> None:
    assert cut("能不能便宜点")[0].asks
    assert cut("这样行？")[0].ends_asking
    assert not cut("回去给他问问有没有货")[0].asks
