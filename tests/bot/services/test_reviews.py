"""Reviews: a portable record shows the flags that an independent reading of domain.md §4 finds in it."""

from __future__ import annotations

import functools
import json
from collections import Counter
from typing import Any

from bot.models import Policy
from bot.records import read_record
from bot.services.facts import facts_of
from bot.services.reviews import history_of
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from tests.bot.services.record_histories import LABELS, record
from tests.bot.services.record_oracle import DEFAULTS, Flag, flags_of

RECORDS = 264
"""Each scene comes last in twelve of them."""


@functools.cache
def engine() -> RuleEngine:
    return RuleEngine(Catalogue.load())


def reviewed(data: dict[str, Any]) -> set[Flag]:
    """The flags of a record, by the names of its accounts."""
    kept = read_record(json.dumps(data).encode())
    names = {str(number): account.name for number, account in enumerate(kept.accounts, start=1)}
    flags = engine().evaluate(facts_of(history_of(kept), engine().matcher)).flags
    return {(flag.habit, names[flag.account] if flag.account else flag.item or None) for flag in flags}


def test_the_oracle_knows_the_thresholds_of_the_policy() -> None:
    assert {field: getattr(Policy(), field) for field in DEFAULTS} == DEFAULTS


def test_every_flag_is_one_that_the_domain_asks_for() -> None:
    shown: Counter[str] = Counter()
    for seed in range(RECORDS):
        data = record(seed)
        expected = flags_of(data, LABELS)
        assert reviewed(data) == expected, f"record {seed}"
        shown.update({habit for habit, _ in expected})
    assert set(shown) == set(engine().catalogue.habits)
    assert max(shown.values()) < RECORDS
