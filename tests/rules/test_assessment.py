"""Assessments: each flag unfolds to the facts and limits it rests on; the order is stable, the worst first."""

from __future__ import annotations

import dataclasses
import json
import pickle
import random
from collections.abc import Iterator

from rules.assessment import Comparison, Step
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.rule import Layer, Severity, Text
from tests.rules.builders import ACCOUNT, quiet, random_facts

CATALOGUE = Catalogue.load()
ENGINE = RuleEngine(CATALOGUE)


def steps(step: Step) -> Iterator[Step]:
    yield step
    for one in step.because:
        yield from steps(one)


def test_a_flag_unfolds_from_the_advice_to_the_facts() -> None:
    facts = [quiet("account", days_since_visit=15, contacts=1), quiet("commitments")]
    flag = ENGINE.evaluate(facts).flags[0]
    assert (flag.habit, flag.account, flag.item, flag.severity) == (
        "key_account_at_risk",
        ACCOUNT,
        None,
        Severity.CRITICAL,
    )
    advice = flag.because
    (severity,) = advice.because
    (combination,) = severity.because
    neglected, single = combination.because
    (unvisited,), (contacts,) = neglected.because, single.because
    assert [step.layer for step in (advice, severity, combination, neglected, unvisited)] == [
        *(Layer.ADVICE, Layer.SEVERITY, Layer.COMBINATION, Layer.HABIT, Layer.SIGNAL)
    ]
    assert unvisited.tested == (
        Comparison("is_key", True, "=", True, None),
        Comparison("days_since_visit", 15, ">", 10, "visit_limit_days"),
    )
    assert contacts.tested[1] == Comparison("contacts", 1, "<", 3, "min_contacts")
    assert unvisited.because == ()
    assert unvisited.source == ("K9.6", "K9.14", "domain.md §4")
    assert flag.advice == advice.code == "decide-priorities"
    values = {"was_visited": True, "days_since_visit": 15, "visit_limit_days": 10, "cadence_days": 7, "grace_days": 3}
    assert flag.reasons == [
        Text("flag-why-key-account-at-risk-by-contacts", {}),
        Text("flag-why-key-account-unvisited", values),
        Text("flag-why-key-account-few-contacts", {"contacts": 1, "min_contacts": 3}),
    ]


def test_a_habit_shown_in_three_ways_is_one_flag_with_three_supports() -> None:
    facts = [quiet("manager", kept_on_time=0, broken_assurances=5, open_promises=20)]
    (flag,) = ENGINE.evaluate(facts).flags
    (severity,) = flag.because.because
    assert [step.rule for step in severity.because] == [
        "over_promising_by_number",
        "over_promising_by_rate",
        "over_promising_by_wording",
    ]
    assert [text.id for text in flag.reasons] == [
        "flag-why-too-many-open-promises",
        "flag-why-promises-often-late",
        "flag-why-assurances-broken",
    ]


def test_only_the_worst_severity_is_told() -> None:
    facts = [quiet("commitments", most_workdays_late=1), quiet("account")]
    flag = next(one for one in ENGINE.evaluate(facts).flags if one.habit == "broken_promise")
    assert flag.severity is Severity.CRITICAL
    (severity,) = flag.because.because
    assert severity.rule == "promise_to_key_account_is_critical"
    assert severity.tested == (
        Comparison("family", "promises", "=", "promises", None),
        Comparison("is_key", True, "=", True, None),
    )


def test_the_order_is_stable_and_the_worst_comes_first() -> None:
    rnd = random.Random(7)
    for _ in range(30):
        facts = random_facts(rnd)
        first = ENGINE.evaluate(facts)
        rnd.shuffle(facts)
        assert ENGINE.evaluate(facts) == first
        order = [(-flag.severity.rank, flag.account or "", flag.habit, flag.item or "") for flag in first.flags]
        assert order == sorted(order)
        assert len({(flag.habit, flag.account, flag.item) for flag in first.flags}) == len(first.flags)


def test_every_flag_rests_on_facts_and_carries_what_is_needed_to_say_so() -> None:
    rnd, habits, seen = random.Random(11), CATALOGUE.habits, set()
    for _ in range(60):
        facts = random_facts(rnd)
        assessment = ENGINE.evaluate(facts)
        for flag in assessment.flags:
            seen.add(flag.habit)
            assert flag.clears == habits[flag.habit].clears
            assert flag.reasons
            assert flag.rule_set == assessment.rule_set == CATALOGUE.hash
            assert all(step.because or step.layer is Layer.SIGNAL for step in steps(flag.because))
            for step in steps(flag.because):
                assert step.version == CATALOGUE.rules[step.rule].version
                assert all(tested.operator in {"=", "!=", "<", "<=", ">", ">="} for tested in step.tested)
        assert pickle.loads(pickle.dumps(assessment)) == assessment  # noqa: S301 - our own, as the worker sends it
    assert len(seen) > 20


def test_a_priority_unfolds_to_the_facts_and_flags_it_rests_on() -> None:
    late = quiet("commitments", most_workdays_late=1, step_workdays_late=4)
    agenda = quiet("agenda", complaints=2, complaint_days=3)
    found = ENGINE.evaluate([late, quiet("account"), agenda]).priorities
    assert [(one.code, one.points) for one in found] == [
        *(("complaint", 100), ("critical_flag", 90), ("warning_flag", 40)),
    ]
    complaint, critical, warning = found
    assert complaint.why == Text("plan-why-complaint", {"complaints": 2, "complaint_days": 3})
    assert complaint.because.tested == (Comparison("complaints", 2, ">", 0, None),)
    assert (complaint.because.layer, complaint.because.because) == (Layer.PRIORITY, ())
    assert critical.because.tested == (Comparison("level", "critical", "=", "critical", None),)
    assert {habit.code for severity in critical.because.because for habit in severity.because} == {
        *("broken_promise", "trust_at_risk"),
    }
    assert {step.rule for step in steps(warning.because) if step.layer is Layer.SIGNAL} == {
        *("promise_late", "next_step_late"),
    }


def test_priorities_are_stable_and_rest_on_facts() -> None:
    rnd = random.Random(13)
    for _ in range(30):
        facts = random_facts(rnd)
        first = ENGINE.evaluate(facts)
        rnd.shuffle(facts)
        assert ENGINE.evaluate(facts).priorities == first.priorities
        order = [(one.account, -one.points, one.code) for one in first.priorities]
        assert order == sorted(order)
        for one in first.priorities:
            assert all(step.because or step.layer in {Layer.SIGNAL, Layer.PRIORITY} for step in steps(one.because))
            assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own, as the worker sends it


def test_flags_do_not_change_with_what_a_day_asks_for() -> None:
    rnd = random.Random(17)
    for _ in range(60):
        facts = random_facts(rnd)
        alone = ENGINE.evaluate([one for one in facts if one["k"] != "agenda"])
        assert alone.priorities == ()
        assert ENGINE.evaluate(facts).flags == alone.flags


def test_a_flag_can_be_kept_as_json() -> None:
    (flag,) = ENGINE.evaluate([quiet("account", contacts=2)]).flags
    kept = json.loads(json.dumps(dataclasses.asdict(flag)))
    assert kept["because"]["because"][0]["because"][0]["because"][0]["tested"][1]["value"] == 2
