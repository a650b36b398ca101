"""The matcher: why not, folding of big buyers, and what a disagreement tells."""

from __future__ import annotations

import pytest

from rules.assessment import Comparison, Suppressed
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import PERSON, FactError, check_all
from rules.matcher import Disagreement, Matcher, Missing, compare
from rules.rule import Key, Support
from tests.rules import tables
from tests.rules.builders import ACCOUNT, quiet, quiet_book
from tests.rules.tables import Row

CATALOGUE = Catalogue.load()
MATCHER = Matcher(CATALOGUE)
ENGINE = RuleEngine(CATALOGUE)


@pytest.mark.parametrize("row", tables.rows(), ids=lambda row: row.name)
def test_there_is_a_why_not_exactly_where_there_is_no_flag(row: Row) -> None:
    account = None if row.about == PERSON else row.about
    missing = MATCHER.why_not(row.habit, account, row.facts, row.item)
    assert bool(missing) != row.flagged
    assert len(set(missing)) == len(missing)


def test_why_not_names_the_first_condition_that_fails_with_figure_and_limit() -> None:
    facts = [quiet("account", days_since_visit=10)]
    tested = Comparison("days_since_visit", 10, ">", 10, "visit_limit_days")
    assert MATCHER.why_not("neglected_key_account", ACCOUNT, facts) == [
        Missing("key_account_unvisited", 1, "account", tested)
    ]
    facts = [quiet("account", days_since_visit=56, tier="B", is_key=False)]
    (missing,) = MATCHER.why_not("neglected_key_account", ACCOUNT, facts)
    assert missing.tested == Comparison("is_key", False, "=", True, None)


def test_why_not_tells_each_way_to_a_habit() -> None:
    ways = MATCHER.why_not("over_promising", None, [quiet("manager")])
    assert {way.rule for way in ways} == {"promises_often_late", "assurances_broken", "too_many_open_promises"}


def test_why_not_follows_a_combination_down_to_the_fact() -> None:
    facts = [quiet("account", contacts=2), quiet("manager", fulfilled_accounts=0)]
    (by_both,) = {way.rule for way in MATCHER.why_not("key_account_at_risk", ACCOUNT, facts)}
    assert by_both == "key_account_unvisited"
    (aim,) = MATCHER.why_not("aim_missed", None, facts)
    assert aim.rule == "key_account_unvisited"
    (aim,) = MATCHER.why_not("aim_missed", None, [quiet("manager")])
    assert aim.tested == Comparison("fulfilled_x100", 9000, "<", 6000, "planned_x_min_fulfilled_pct")


def test_why_not_without_any_fact_says_what_kind_is_missing() -> None:
    assert MATCHER.why_not("broken_promise", "unknown", quiet_book()) == [
        Missing("promise_late", 1, "commitments", None)
    ]
    with pytest.raises(KeyError):
        MATCHER.why_not("laziness", None, quiet_book())
    with pytest.raises(FactError):
        MATCHER.why_not("broken_promise", None, [{"k": "nothing"}])


def test_why_not_asks_about_one_item() -> None:
    facts = [quiet("wording", samples=2), quiet("wording", item="M4.7.2.2", samples=1)]
    assert MATCHER.why_not("bad_wording", None, facts, "M4.7.2.1") == []
    (missing,) = MATCHER.why_not("bad_wording", None, facts, "M4.7.2.2")
    assert missing.tested == Comparison("samples", 1, ">=", 2, "samples_limit")
    (missing,) = MATCHER.why_not("bad_wording", None, facts, "M4.7.2.3")
    assert missing.tested is None


UNPROFITABLE = quiet("account", **tables.UNPROFITABLE, days_since_visit=56, contacts=0)


def test_an_unprofitable_big_buyer_is_no_key_account() -> None:
    facts = [UNPROFITABLE, quiet("account", "another", days_since_visit=56), quiet("commitments", undated_workdays=3)]
    assessment = ENGINE.evaluate(facts)
    flags = {(flag.habit, flag.account): flag.severity for flag in assessment.flags}
    assert flags == {
        ("unprofitable_big_buyer", ACCOUNT): "notice",
        ("incomplete_client_file", ACCOUNT): "notice",
        ("vague_promise", ACCOUNT): "notice",
        ("neglected_key_account", "another"): "warning",
    }
    by = "unprofitable_big_buyer"
    assert assessment.suppressed == tuple(
        Suppressed(habit, ACCOUNT, by)
        for habit in ("key_account_at_risk", "neglected_key_account", "single_threaded_key_account")
    )
    assert MATCHER.accounts_with("neglected_key_account", MATCHER.fold(facts)) == {"another"}


def test_folding_twice_changes_nothing_more() -> None:
    once = MATCHER.fold(check_all([UNPROFITABLE, *quiet_book()]))
    assert [fact["acc"] for fact in once if fact["k"] == "account" and not fact["is_key"]] == [ACCOUNT]
    assert MATCHER.fold(once) == once
    assert [flag.habit for flag in ENGINE.evaluate(once).flags] == [
        flag.habit for flag in ENGINE.evaluate([UNPROFITABLE, *quiet_book()]).flags
    ]


def test_a_disagreement_names_rules_and_no_client() -> None:
    key = Key("habit", "broken_promise", "秘密客户")
    support = Support("broken_promise", (Key("signal", "promise_late", "秘密客户"),))
    compare({key: frozenset({support})}, {key: frozenset({support})})
    with pytest.raises(Disagreement, match="1 missing, 0 extra, rules broken_promise") as error:
        compare({key: frozenset({support})}, {})
    assert "秘密" not in str(error.value)
    with pytest.raises(Disagreement, match="0 missing, 1 extra"):
        compare({}, {key: frozenset({support})})
