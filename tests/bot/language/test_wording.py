"""Wording on labelled texts: over-promising found, clean texts left alone, risky ones noticed; and single cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.language.wording import check, habits
from bot.texts import LOCALES, Texts

HERE = Path(__file__).parent
OVER_PROMISING = "M4.7.2.9"


def shown(text: str) -> set[str]:
    return {hit.habit for hit in check(text)}


@pytest.mark.parametrize("name", ["wording_dev.jsonl", "wording_validation.jsonl"])
def test_the_figures_on_labelled_texts(name: str) -> None:
    """The floors that the coach is held to: 0.85, 0.90, 0.75."""
    labels = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    found = [(set(label["habits"]), shown(label["text"])) for label in labels]
    hits = sum(OVER_PROMISING in given and OVER_PROMISING in told for given, told in found)
    named = sum((OVER_PROMISING in given) + (OVER_PROMISING in told) for given, told in found)
    clean = [not told for given, told in found if not given]
    risky = [bool(told) for given, told in found if given]
    assert 2 * hits / named >= 0.85
    assert sum(clean) / len(clean) >= 0.90
    assert sum(risky) / len(risky) >= 0.75


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("包在我身上，周五绝对送到", OVER_PROMISING),
        ("这笔贷款百分之百能批，您放心", OVER_PROMISING),
        ("I guarantee you will make money on this, 100%", OVER_PROMISING),
        ("那家的东西都是垃圾，用了就坏", "M4.7.2.7"),
        ("少废话，今天必须给钱，不然别怪我不客气", "M4.7.2.2"),
    ],
)
def test_habits_are_found_with_the_words_that_show_them(text: str, habit: str) -> None:
    hits = [hit for hit in check(text) if hit.habit == habit]
    assert hits
    assert all(text[hit.start : hit.end] == hit.words for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "保证金比例是百分之三十",
        "我不敢保证能批，审批完第一时间告诉您",
        "资料齐了的话，周五前我给您回复",
        "If the papers are complete, I reply by Friday.",
    ],
)
def test_clean_words_are_left_alone(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_habit_has_a_name_a_reason_and_a_better_sentence(locale: str) -> None:
    texts = Texts()
    for habit in habits().values():
        for text_id in (habit.name_id, habit.why_id, habit.better_id()):
            assert texts.plain(locale, text_id)


def test_a_hostile_text_ends() -> None:
    assert len(check("我保证绝对肯定一定能批" * 180)) > 0
