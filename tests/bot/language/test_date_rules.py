from __future__ import annotations

import datetime as dtm
import re
from pathlib import Path

import pytest
import yaml

from bot.language.date_rules import FILE, MEANINGS, grammar, months_on, next_date, next_month_day, number, several
from bot.language.plain import plain


def test_every_rule_has_a_meaning_and_every_meaning_a_rule() -> None:
    assert grammar().rules.keys() == MEANINGS.keys()


def test_a_chinese_rule_begins_only_where_rules_are_tried() -> None:
    begins = re.compile(yaml.safe_load(FILE.read_text(encoding="utf-8"))["begins"])
    cases = yaml.safe_load((Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8"))
    texts = [plain(text) for group in cases.values() for text in group]
    chinese = {name: rule for name, rule in grammar().rules.items() if not name.startswith("en_")}
    unseen = {
        (name, found[0])
        for text in texts
        for name, rule in chinese.items()
        for found in rule.finditer(text)
        if not begins.match(found[0])
    }
    assert unseen == set()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("3", 3), ("15", 15), ("三", 3), ("两", 2), ("十", 10), ("十五", 15), ("二十", 20), ("三十一", 31)),
        *(
            ("廿八", 28),
            ("卅", 30),
            ("初五", 5),
            ("零五", 5),
            ("two", 2),
            ("a couple of", 2),
            ("an", 1),
            ("twenty", 20),
        ),
    ],
)
def test_numbers_in_every_script(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("text", "value"), [("两三", 3), ("三五", 5), ("2-3", 3), ("7到10", 10), (" or three", 3)])
def test_of_two_numbers_the_larger_counts(text: str, value: int) -> None:
    assert several(text) == value


def test_days_that_a_month_does_not_have() -> None:
    assert months_on(dtm.date(2026, 12, 31), 2) == dtm.date(2027, 2, 28)
    assert months_on(dtm.date(2026, 1, 31), -2) == dtm.date(2025, 11, 30)
    assert next_month_day(dtm.date(2026, 11, 30), 31) == dtm.date(2026, 12, 31)
    assert next_date(dtm.date(2026, 11, 30), 2, 29) == dtm.date(2028, 2, 29)
    assert next_date(dtm.date(2026, 11, 30), 13, 1) is None
