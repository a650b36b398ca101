"""Reviews: a portable record shows the flags that an independent reading of domain.md §4 finds in it."""

from __future__ import annotations

import functools
import json
from collections import Counter
from typing import Any

import pytest

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


def book(**more: Any) -> dict[str, Any]:
    """A record with one account, `店`, of tier B."""
    file = {"segment": "零售", "potential": None, "annual_sales": 5, "margin_pct": 9, "payment_delay_days": 0}
    account = {"name": "店", "tier": "B", **file, "trend": "up"}
    contact = {"account": "店", "name": "吴店长"}
    whole = {"id": "r", "as_of": "2026-11-20", "manager": {"name": "林"}, "accounts": [account | more]}
    return {**whole, "contacts": [contact]}


def visits(*notes: str | None) -> list[dict[str, Any]]:
    return [{"date": "2026-11-19", "account": "店", "outcome": "info", "note": note} for note in notes]


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


def test_notes_that_were_withheld_are_not_judged_and_one_that_is_missing_is_empty() -> None:
    told = ("谈了冬季陈列，她想先看样品再定位置。",) * 14
    assert ("thin_notes", None) not in reviewed(book() | {"visits": visits(*[None] * 20)})
    assert ("thin_notes", None) in reviewed(book() | {"visits": visits(*told, *[None] * 6)})


def test_a_blank_field_is_as_empty_as_none() -> None:
    assert ("incomplete_client_file", "店") in reviewed(book(segment=" "))
    assert ("incomplete_client_file", "店") not in reviewed(book(segment="零售"))


@pytest.mark.parametrize("plan", [None, " " * 9, "暂无", "还没想好。", "到时候再说", "N/A", "not yet"])
def test_blanks_doubles_and_words_for_nothing_in_a_loan_file_say_nothing(plan: str | None) -> None:
    loan = {
        "stage": "放款",
        "basis": ["抵押物"] * 2,
        "sources": ["银行流水", "银行流水 ", "", "无"],
        "repayment_plan": plan,
    }
    shown = {habit for habit, _ in reviewed(book(collateral=loan | {"first_repayment_source": None}))}
    assert {"collateral_worship", "single_source_check", "no_repayment_plan"} <= shown


def test_a_loan_file_that_says_enough_is_sound() -> None:
    loan = {"stage": "放款", "basis": ["抵押物", "现金流"], "sources": ["流水", "走访"], "repayment_plan": "按月还"}
    shown = {habit for habit, _ in reviewed(book(collateral=loan))}
    assert not shown & {"collateral_worship", "single_source_check", "no_repayment_plan"}
