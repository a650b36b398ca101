"""Facts: whole or refused with kind and field named; shares and loads that are exact on their limits."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from rules.facts import KINDS, PERSON, FactError, Value, check, check_all, fact, load
from rules.lint import fnv1a
from tests.rules.builders import ACCOUNT, QUIET, quiet

HALF_A_CHARACTER = "\ud83d"
SLIPS: list[tuple[str, dict[str, Value | None]]] = [
    ("k", {"k": "customer"}),
    ("k", {"k": None}),
    ("acc", {"acc": ""}),
    ("acc", {"acc": 7}),
    ("acc", {"acc": PERSON}),
    ("acc", {"acc": HALF_A_CHARACTER}),
    ("acc", {"acc": "客" * 2_000}),
    ("extra", {"extra": 1}),
    ("contacts", {"contacts": None}),
    ("contacts", {"contacts": "3"}),
    ("contacts", {"contacts": True}),
    ("contacts", {"contacts": 3.0}),
    ("contacts", {"contacts": 2**60}),
    ("contacts", {"contacts": [3]}),  # type: ignore[dict-item]
    ("is_key", {"is_key": 1}),
    ("is_key", {"is_key": None}),
    ("margin_pct", {"margin_pct": float("nan")}),
    ("margin_pct", {"margin_pct": float("inf")}),
    ("margin_pct", {"margin_pct": 1e16}),
    ("margin_pct", {"margin_pct": "5"}),
    ("tier", {"tier": "D"}),
    ("tier", {"tier": HALF_A_CHARACTER}),
    ("visit_limit_days", {"visit_limit_days": 11}),
]


@pytest.mark.parametrize(("field", "changes"), SLIPS, ids=str)
def test_a_slip_is_refused_by_field(field: str, changes: dict[str, Value]) -> None:
    with pytest.raises(FactError) as error:
        check({**quiet("account"), **changes})
    assert error.value.field == field
    assert field in str(error.value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_needed(kind: str) -> None:
    whole = quiet(kind)
    for name in KINDS[kind].fields:
        with pytest.raises(FactError, match=name):
            check({field: value for field, value in whole.items() if field != name})
    with pytest.raises(FactError, match="no such kind"):
        fact("customer")


@pytest.mark.parametrize("kind", KINDS)
def test_who_a_fact_is_about(kind: str) -> None:
    wrong = ACCOUNT if KINDS[kind].about_person else PERSON
    with pytest.raises(FactError, match="acc"):
        quiet(kind, wrong)


def test_numbers_are_rounded_so_that_no_exponent_is_ever_written() -> None:
    assert quiet("account", margin_pct=1e-07)["margin_pct"] == 0.0
    assert str(quiet("account", margin_pct=-1e-07)["margin_pct"]) == "0.0"
    assert quiet("account", margin_pct=4.99995)["margin_pct"] in {4.9999, 5.0}
    assert type(quiet("account", margin_pct=5)["margin_pct"]) is float


def test_formulas_are_filled_in_and_checked() -> None:
    manager = quiet("manager", kept_on_time=7, due_promises=10)
    assert (manager["kept_x100"], manager["due_x_min_kept_pct"]) == (700, 700)
    with pytest.raises(FactError, match="kept_x100"):
        quiet("manager", kept_x100=1)


def test_two_facts_of_one_kind_about_one_account_are_refused() -> None:
    items = [quiet("wording", item=item) for item in ("M4.7.2.1", "M4.7.2.2")]
    assert len(check_all([quiet("account"), quiet("account", "another"), quiet("commitments"), *items])) == 5
    for twice in (quiet("account"), items[0]):
        with pytest.raises(FactError, match="two facts"):
            check_all([twice, twice])


def test_every_limit_of_a_fact_is_a_field_with_a_meaning_and_a_unit() -> None:
    for kind in KINDS.values():
        assert kind.fields.keys() - QUIET[kind.name].keys() == {
            field.name for field in kind.fields.values() if field.formula
        }
        for field in kind.fields.values():
            assert field.meaning
            assert field.unit


def test_the_load_of_a_book_is_exact() -> None:
    """Seven accounts every 7 days ask for 56 visits in 56 days; beyond 1.20 × target × workdays it is too much."""
    for count, cadence, target, workdays in itertools.product((1, 3, 42), (1, 7, 9, 13), (1, 6), (35, 40)):
        given = load([cadence] * count, overload_pct=120, daily_target=target, workdays=workdays)
        over = Fraction(56 * count, cadence) > Fraction(120, 100) * target * workdays
        assert (given["required_scaled"] > given["bearable_scaled"]) == over
    assert load([7] * 36, overload_pct=120, daily_target=6, workdays=40)["required_visits"] == 288.0
    on_the_limit = load([7] * 36, overload_pct=120, daily_target=6, workdays=40)
    assert on_the_limit["required_scaled"] == on_the_limit["bearable_scaled"]
    assert load([], overload_pct=120, daily_target=6, workdays=40)["required_scaled"] == 0


def test_own_numbers_never_share_a_hash() -> None:
    """Facts and accounts are numbered for the engine, which joins by 32-bit hashes; names do collide."""
    assert fnv1a("liquid") == fnv1a("costarring")
    hashes = {fnv1a.__wrapped__(f"{number:06d}") for number in range(200_000)}
    assert len(hashes) == 200_000
