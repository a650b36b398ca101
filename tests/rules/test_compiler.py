"""The compiler refuses every slip, naming file, rule and field; and what it lets through it says as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.compiler import CATALOGUE, Catalogue
from rules.lint import MOST_PATTERNS
from rules.rule import CatalogueError

SMALL = """
habits:
  broken_promise: {severity: warning, source: [K4.5], clears: flag-clears-broken-promise}

combinations:
  trust_at_risk: {severity: critical, source: [K4.5], clears: flag-clears-trust-at-risk}

rules:
  - id: promise_late
    version: 1
    when: {a: commitments where most_workdays_late >= late_limit_workdays}
    then: signal promise_late
    why: {text: flag-why-promise-late, values: [late_promises]}
    source: [K4.5, domain.md §4]
    examples:
      fires: [{a: {most_workdays_late: 1, late_limit_workdays: 1}}]
      silent: [{a: {most_workdays_late: 0, late_limit_workdays: 1}}]

  - id: broken_promise
    version: 1
    when: {a: signal promise_late}
    then: habit broken_promise
    source: [K4.5]
    examples: {fires: [{a: {}}], silent: [{}]}

  - id: trust_at_risk
    version: 1
    when: {a: habit broken_promise, b: account where tier = 'A'}
    then: combination trust_at_risk
    why: {text: flag-why-trust-at-risk}
    source: [K4.5]
    examples: {fires: [{a: {}, b: {tier: A}}], silent: [{a: {}, b: {tier: B}}]}

  - id: weight
    version: 1
    when: {a: habit where weight = 'warning'}
    then: severity warning
    source: [K4.5]
    examples: {fires: [{a: {weight: warning}}], silent: [{}]}

  - id: critical
    version: 1
    when: {a: combination}
    then: severity critical
    source: [K4.5]
    examples: {fires: [{a: {}}], silent: [{}]}

  - id: advice
    version: 1
    when: {a: severity broken_promise}
    then: advice keep-your-word
    source: [K4.5]
    examples: {fires: [{a: {}}], silent: [{}]}

  - id: more_advice
    version: 1
    when: {a: severity trust_at_risk}
    then: advice keep-your-word
    source: [K4.5]
    examples: {fires: [{a: {}}], silent: [{}]}

  - id: complaint
    version: 1
    when: {a: agenda where complaints > 0, b: severity where level = 'critical'}
    then: priority complaint
    points: complaint_points
    why: {text: plan-why-complaint}
    source: [K2.5]
    examples: {fires: [{a: {complaints: 1}, b: {level: critical}}], silent: [{}]}
"""

FIRST = "{a: commitments where most_workdays_late >= late_limit_workdays}"
LATE = "most_workdays_late >= late_limit_workdays"
SLIPS = {
    # what is wrong: (text, its slip, rule named, field named, words of the problem)
    "unknown kind": ("commitments where", "promise where", "promise_late", "when.a", "there is no kind 'promise'"),
    "unknown field": (LATE, "days_late >= 1", "promise_late", "when.a", "there is no field 'days_late'"),
    "unknown limit": (LATE, "most_workdays_late >= limit", "promise_late", "when.a", "neither a field"),
    "unknown alias": ("{a: signal promise_late}", "{x: signal promise_late}", "broken_promise", "when", "aliases"),
    "misspelt key": ("then: signal", "than: signal", "promise_late", "than", "no such field"),
    "missing key": (
        "    version: 1\n    when: {a: comm",
        "    when: {a: comm",
        "promise_late",
        "version",
        "is missing",
    ),
    "or": (LATE, f"{LATE} or late_promises > 1", "promise_late", "when.a", "two rules"),
    "not": (LATE, f"not {LATE}", "promise_late", "when.a", "`not`"),
    "in": (LATE, "most_workdays_late in 1 2", "promise_late", "when.a", "`in`"),
    "matches": (LATE, "most_workdays_late matches '1.*'", "promise_late", "when.a", "`matches`"),
    "chained comparison": (LATE, "1 < most_workdays_late < 5", "promise_late", "when.a", "expected `field"),
    "double equals": (LATE, "most_workdays_late == 1", "promise_late", "when.a", "written `=`"),
    "arithmetic": (LATE, "most_workdays_late > late_limit_workdays + 1", "promise_late", "when.a", "expected `field"),
    "missing and": (LATE, f"{LATE} late_promises > 1", "promise_late", "when.a", "expected `field"),
    "nothing after where": (f"where {LATE}", "where", "promise_late", "when.a", "expected `kind"),
    "number as text": (LATE, "most_workdays_late >= '1'", "promise_late", "when.a", "expected int"),
    "text as number": ("tier = 'A'", "tier = 1", "trust_at_risk", "when.b", "expected str"),
    "whole as fraction": (LATE, "most_workdays_late >= 1.5", "promise_late", "when.a", "expected int"),
    "bool as number": ("tier = 'A'", "is_key = 1", "trust_at_risk", "when.b", "expected bool"),
    "unquoted text": ("tier = 'A'", "tier = A", "trust_at_risk", "when.b", "neither a field"),
    "unknown choice": ("tier = 'A'", "tier = 'D'", "trust_at_risk", "when.b", "none of A, B, C"),
    "order of text": ("tier = 'A'", "tier >= 'A'", "trust_at_risk", "when.b", "only = and !="),
    "order of bool": ("tier = 'A'", "is_key > false", "trust_at_risk", "when.b", "only = and !="),
    "types of fields": ("tier = 'A'", "contacts > margin_pct", "trust_at_risk", "when.b", "margin_pct is float"),
    "itself": (LATE, "late_promises > late_promises", "promise_late", "when.a", "with itself"),
    "null": (LATE, "most_workdays_late = null", "promise_late", "when.a", "neither a field"),
    "huge number": (LATE, "most_workdays_late > 99999999999999999", "promise_late", "when.a", "out of range"),
    "exponent": ("tier = 'A'", "margin_pct > 1e-07", "trust_at_risk", "when.b", "neither a field"),
    "twice": (LATE, f"{LATE} and most_workdays_late >= 2", "promise_late", "when.a", "twice"),
    "join to a field": ("tier = 'A'", "acc = a.acc", "trust_at_risk", "when.b", "no field 'acc'"),
    "four patterns": (
        "{a: signal promise_late}",
        "{a: signal promise_late, b: signal promise_late, c: account, d: account}",
        "broken_promise",
        "when",
        "at most three",
    ),
    "same pattern twice": (
        "{a: signal promise_late}",
        "{a: signal promise_late, b: signal promise_late}",
        "broken_promise",
        "when",
        "ask for the same",
    ),
    "join of one": (
        "when: {a: signal promise_late}",
        "when: {a: signal promise_late}\n    join: person",
        "broken_promise",
        "join",
        "nothing to join",
    ),
    "unknown join": (
        "when: {a: signal promise_late}",
        "when: {a: signal promise_late}\n    join: area",
        "broken_promise",
        "join",
        "",
    ),
    "person's fact joined": ("account where tier = 'A'", "manager", "trust_at_risk", "when.b", "signal of its own"),
    "signal of two": (
        FIRST,
        "{a: commitments, b: account}",
        "promise_late",
        "when",
        "one fact",
    ),
    "layer read upwards": (
        "a: habit broken_promise",
        "a: severity broken_promise",
        "trust_at_risk",
        "when.a",
        "cannot",
    ),
    "cycle": (FIRST, "{a: habit broken_promise}", "promise_late", "when.a", "cannot follow"),
    "fact first": ("{a: signal promise_late}", "{a: account}", "broken_promise", "when.a", "begins with a finding"),
    "signal without code": ("{a: signal promise_late}", "{a: signal}", "broken_promise", "when.a", "which signal?"),
    "fact with code": ("commitments where", "commitments late where", "promise_late", "when.a", "no code"),
    "unknown layer": (
        "then: signal promise_late",
        "then: flag promise_late",
        "promise_late",
        "then",
        "expected one of",
    ),
    "no conclusion": ("then: signal promise_late", "then: signal", "promise_late", "then", "expected one of"),
    "misspelt signal": (
        "then: signal promise_late",
        "then: signal other",
        "broken_promise",
        "when.a",
        "no rule leads to",
    ),
    "unused signal": (
        "  - id: broken_promise",
        """  - id: account_far
    version: 1
    when: {a: account where visits = 0}
    then: signal account_far
    why: {text: flag-why-account-far}
    source: [K4.5]
    examples: {fires: [{a: {visits: 0}}], silent: [{a: {visits: 1}}]}

  - id: broken_promise""",
        "account_far",
        "then",
        "no rule reads this signal",
    ),
    "unknown signal": ("a: signal promise_late", "a: signal late", "broken_promise", "when.a", "no rule leads to"),
    "unknown habit": ("then: habit broken_promise", "then: habit broken", "trust_at_risk", "when.a", "no rule leads"),
    "undeclared habit": (
        "  broken_promise: {sev",
        "  late_promise: {sev",
        "broken_promise",
        "then",
        "there is no habit",
    ),
    "unknown severity": ("then: severity warning", "then: severity grave", "weight", "then", "no severity 'grave'"),
    "habit without severity": (
        "weight = 'warning'",
        "weight = 'notice'",
        "weight",
        "examples.fires[1]",
        "does not fire",
    ),
    "unweighed habit": (
        "broken_promise: {severity: warning",
        "broken_promise: {severity: notice",
        "broken_promise",
        "severity",
        "no rule gives",
    ),
    "habit without advice": (
        "a: severity broken_promise",
        "a: severity trust_at_risk",
        "broken_promise",
        "advice",
        "no rule advises",
    ),
    "two advices": (
        "  - id: more_advice",
        """  - id: other_advice
    version: 1
    when: {a: severity broken_promise}
    then: advice something-else
    source: [K4.5]
    examples: {fires: [{a: {}}], silent: [{}]}

  - id: more_advice""",
        "broken_promise",
        "advice",
        "two rules advise",
    ),
    "advice on nothing": (
        "a: severity trust_at_risk",
        "a: severity trust",
        "more_advice",
        "when.a",
        "no rule leads to",
    ),
    "no points": ("    points: complaint_points\n", "", "complaint", "points", "priorities, and only they"),
    "points of a signal": (
        "    then: signal promise_late",
        "    then: signal promise_late\n    points: late_promises",
        "promise_late",
        "points",
        "priorities, and only they",
    ),
    "unknown points": ("points: complaint_points", "points: complaint", "complaint", "points", "no whole number"),
    "text as points": ("points: complaint_points", "points: step_due", "complaint", "points", "no whole number"),
    "bool as points": ("points: complaint_points", "points: was_met", "complaint", "points", "no whole number"),
    "points of a person": (
        "{a: agenda where complaints > 0, b: severity where level = 'critical'}",
        "{a: manager where visits > 0}",
        "complaint",
        "when.a",
        "a fact about an account",
    ),
    "priority of a finding": (
        "{a: agenda where complaints > 0, b: severity where level = 'critical'}",
        "{a: severity where level = 'critical'}",
        "complaint",
        "when.a",
        "a fact about an account",
    ),
    "priority of a habit": (
        "b: severity where level = 'critical'}",
        "b: habit broken_promise}",
        "complaint",
        "when.b",
        "cannot follow",
    ),
    "priority read": ("{a: severity broken_promise}", "{a: priority complaint}", "advice", "when.a", "no kind"),
    "silent priority": ("    why: {text: plan-why-complaint}\n", "", "complaint", "why", "tell why"),
    "no reason": ("    why: {text: flag-why-trust-at-risk}\n", "", "trust_at_risk", "why", "tell why"),
    "reason of a habit": (
        "    then: habit broken_promise",
        "    then: habit broken_promise\n    why: {text: flag-why-x}",
        "broken_promise",
        "why",
        "tell why",
    ),
    "unknown value": ("values: [late_promises]", "values: [late]", "promise_late", "why.values", "no field 'late'"),
    "bad text id": ("text: flag-why-promise-late", "text: Promise late!", "promise_late", "why.text", ""),
    "bad source": ("source: [K4.5, domain.md §4]", "source: [the boss]", "promise_late", "source.0", ""),
    "no source": ("source: [K4.5, domain.md §4]", "source: []", "promise_late", "source", ""),
    "bad id": ("id: promise_late", "id: Promise late", "Promise late", "id", ""),
    "same id": ("id: critical", "id: weight", "weight", "id", "same name"),
    "version as text": (
        "id: promise_late\n    version: 1",
        'id: promise_late\n    version: "1"',
        "promise_late",
        "version",
        "",
    ),
    "example does not fire": (
        "fires: [{a: {most_workdays_late: 1,",
        "fires: [{a: {most_workdays_late: 0,",
        "promise_late",
        "examples.fires[1]",
        "does not fire",
    ),
    "example is not silent": (
        "silent: [{a: {most_workdays_late: 0,",
        "silent: [{a: {most_workdays_late: 1,",
        "promise_late",
        "examples.silent[1]",
        "fires",
    ),
    "example leaves out": (
        "{most_workdays_late: 1, late",
        "{late",
        "promise_late",
        "examples.fires[1]",
        "leaves out 'most_workdays_late'",
    ),
    "example's field": (
        "{most_workdays_late: 1,",
        "{days: 3, most_workdays_late: 1,",
        "promise_late",
        "examples.fires[1]",
        "no field 'days'",
    ),
    "example's type": (
        "{most_workdays_late: 1,",
        "{most_workdays_late: true,",
        "promise_late",
        "examples.fires[1]",
        "expected int",
    ),
    "example's alias": (
        "fires: [{a: {}, b: {tier: A}}]",
        "fires: [{a: {}, x: {tier: A}}]",
        "trust_at_risk",
        "examples.fires[1]",
        "no alias 'x'",
    ),
    "no example": ("silent: [{a: {}, b: {tier: B}}]", "silent: []", "trust_at_risk", "examples.silent", ""),
    "key twice": (
        "    then: signal promise_late",
        "    then: signal promise_late\n    then: signal x",
        "?",
        "line 9",
        "twice",
    ),
    "broken YAML": ("rules:\n", "rules: [\n", "?", "line 9", ""),
    "folds": (
        "clears: flag-clears-broken-promise}",
        "clears: flag-clears-x, folds: {key: false}}",
        "broken_promise",
        "folds.key",
        "no such field",
    ),
    "colliding names": (
        "{a: signal promise_late}\n    then: habit broken_promise",
        "{a: signal liquid}\n    then: habit broken_promise",
        "costarring",
        "id",
        "cannot tell 'costarring' from 'liquid'",
    ),
}


def written(folder: Path, text: str) -> Path:
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_small_catalogue_is_sound(tmp_path: Path) -> None:
    assert len(Catalogue.load(written(tmp_path, SMALL)).rules) == 8


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_refused_with_file_rule_and_field(slip: str, tmp_path: Path) -> None:
    text, wrong, rule, field, words = SLIPS[slip]
    assert text in SMALL
    broken = SMALL.replace(text, wrong, 1)
    if slip == "colliding names":  # two names that share a 32-bit hash
        broken = broken.replace("then: signal promise_late", "then: signal liquid").replace(
            "id: weight", "id: costarring"
        )
    with pytest.raises(CatalogueError) as error:
        Catalogue.load(written(tmp_path, broken))
    assert (error.value.rule, error.value.field) == (rule, field), str(error.value)
    assert words in error.value.problem
    assert error.value.file in {"small.yaml", "catalogue"}
    assert error.value.file in str(error.value)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no rules"):
        Catalogue.load(tmp_path)


def test_crowds_over_one_fact_are_refused(tmp_path: Path) -> None:
    """durable_rules gives up where one fact meets 65 patterns at once."""
    start = SMALL.index("  - id: promise_late")
    one = SMALL[start : SMALL.index("  - id: broken_promise")]
    copies = "".join(one.replace("id: promise_late", f"id: promise_late_{n}") for n in range(MOST_PATTERNS))
    with pytest.raises(CatalogueError, match=f"more than {MOST_PATTERNS} patterns over commitments"):
        Catalogue.load(written(tmp_path, SMALL[:start] + copies + SMALL[start:]))


def test_the_definition_is_what_the_rules_say(tmp_path: Path) -> None:
    catalogue = Catalogue.load(written(tmp_path, SMALL))
    definition = catalogue.definition(lambda rule: lambda _: None)
    assert definition["promise_late"]["all"] == [
        {"a": {"$and": [{"k": "commitments"}, {"$gte": {"most_workdays_late": {"$m": "late_limit_workdays"}}}]}}
    ]
    assert definition["trust_at_risk"]["all"] == [
        {"a": {"$and": [{"k": "habit"}, {"code": "broken_promise"}]}},
        {"b": {"$and": [{"k": "account"}, {"tier": "A"}, {"acc": {"a": "acc"}}]}},
    ]
    assert definition["critical"]["all"] == [{"a": {"k": "combination"}}]
    assert definition.keys() == {*catalogue.rules, "start"}


def test_the_catalogue_keeps_to_what_durable_rules_was_measured_to_get_right() -> None:
    """One equality between facts in each later pattern, nothing but comparisons of one fact's fields elsewhere."""
    for rule in Catalogue.load().definition(lambda rule: lambda _: None).values():
        for number, pattern in enumerate(rule["all"]):
            ((_, condition),) = pattern.items()
            tests = condition.get("$and", [condition])
            joins = [
                test
                for test in tests
                for right in test.values()
                if isinstance(right, dict) and right.keys() & set("abc")
            ]
            assert joins in ([], [{"acc": {"a": "acc"}}], [{"person": {"a": "person"}}])
            assert len(joins) == (number > 0)
            assert {name for test in tests for name in test if name.startswith("$")} <= {
                "$neq",
                "$lt",
                "$lte",
                "$gt",
                "$gte",
            }


def test_the_catalogue_has_a_file_for_each_family() -> None:
    families = {path.stem for path in CATALOGUE.glob("*.yaml")}
    assert families == {
        *("promises", "accounts", "planning", "information", "wording", "lending", "combinations", "advice"),
        "priorities",
    }
