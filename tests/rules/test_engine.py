"""The engine: the same findings as the matcher on whatever facts and rules, and nothing left behind by a run."""

from __future__ import annotations

import dataclasses
import multiprocessing
import random
import resource
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import durable_rules_engine
import pytest

from rules import engine as engine_module
from rules.compiler import Catalogue
from rules.engine import EngineError, RuleEngine
from rules.facts import KINDS, FactError
from rules.lint import fnv1a
from rules.matcher import Disagreement, Matcher, compare
from rules.rule import (
    OPERATORS,
    CatalogueError,
    Condition,
    Habit,
    Layer,
    Pattern,
    Rule,
    Severity,
)
from tests.rules.builders import NAMES, NUMBERS, quiet, quiet_book, random_facts

CATALOGUE = Catalogue.load()
ENGINE = RuleEngine(CATALOGUE)
BROKEN = [quiet("commitments", most_workdays_late=1), quiet("account")]


@pytest.mark.parametrize("seed", range(10))
def test_engine_and_matcher_agree_on_the_catalogue(seed: int) -> None:
    """1,000 cases; `evaluate` raises Disagreement on any difference."""
    rnd = random.Random(seed)
    found = [ENGINE.evaluate(random_facts(rnd)) for _ in range(100)]
    assert sum(len(one.flags) for one in found) > 500
    assert sum(len(one.priorities) for one in found) > 500


@pytest.mark.parametrize("seed", range(40))
def test_engine_and_matcher_agree_on_random_rules(seed: int) -> None:
    """1,000 cases on 40 random catalogues within the grammar."""
    rnd = random.Random(1_000 + seed)
    catalogue = random_catalogue(rnd)
    engine, matcher, found = RuleEngine(catalogue), Matcher(catalogue), 0
    for _ in range(25):
        facts = random_facts(rnd)
        findings = engine.run(facts)
        compare(matcher.derive(facts), findings)
        found += len(findings)
    assert found > 50


def random_catalogue(rnd: random.Random) -> Catalogue:
    """Signals on random facts, habits on up to three signals or facts, combinations, severity, advice, priorities."""
    while True:
        try:
            return _random_catalogue(rnd)
        except CatalogueError:  # two patterns alike, an unused signal …: the checks do their work
            continue


def _random_catalogue(rnd: random.Random) -> Catalogue:
    rules = [
        random_rule(rnd, Layer.SIGNAL, f"s{number % 6}", [random_pattern(rnd, rnd.choice(list(KINDS)))], number)
        for number in range(10)
    ]
    for number in range(8):
        parts = [Pattern("", "signal", f"s{code}", ()) for code in rnd.sample(range(6), rnd.randint(1, 3))]
        if len(parts) > 1 and rnd.random() < 0.3:
            parts[-1] = random_pattern(rnd, rnd.choice(["account", "commitments", "lending", "agenda"]))
        rules.append(random_rule(rnd, Layer.HABIT, f"h{number % 4}", parts, number))
    for number in range(3):
        parts = [Pattern("", "habit", f"h{code}", ()) for code in rnd.sample(range(4), 2)]
        rules.append(random_rule(rnd, Layer.COMBINATION, f"c{number % 2}", parts, number))
    habits = [
        Habit(f"{letter}{number}", "random", letter == "c", Severity.WARNING, (), "clears", False, {})
        for letter, count in (("h", 4), ("c", 2))
        for number in range(count)
    ]
    weighed = Condition("weight", "=", "warning")
    for number, kind in enumerate(("habit", "combination")):
        rules.append(random_rule(rnd, Layer.SEVERITY, "warning", [Pattern("", kind, "", (weighed,))], number))
    account = random_pattern(rnd, "account")
    rules.append(random_rule(rnd, Layer.SEVERITY, "critical", [Pattern("", "habit", "", ()), account], 2))
    for number, habit in enumerate(habits):
        rules.append(random_rule(rnd, Layer.ADVICE, "article", [Pattern("", "severity", habit.code, ())], number))
    for number in range(4):
        parts = [random_pattern(rnd, kind) for kind in rnd.sample(["agenda", "account", "commitments"], 2)]
        level = Condition("level", "=", rnd.choice(["warning", "critical"]))
        parts = [parts[0], rnd.choice([parts[1], Pattern("", "severity", "", (level,))])][: rnd.randint(1, 2)]
        points = next(name for name, field in parts[0].fields.items() if field.type is int)
        rule = random_rule(rnd, Layer.PRIORITY, f"p{number % 3}", parts, number)
        rules.append(dataclasses.replace(rule, points=points))
    return Catalogue(habits, rules)


def random_rule(rnd: random.Random, layer: Layer, code: str, parts: list[Pattern], number: int) -> Rule:
    patterns = tuple(
        Pattern(alias, part.kind, part.code, part.conditions) for alias, part in zip("abc", parts, strict=False)
    )
    why = "why" if layer in {Layer.SIGNAL, Layer.COMBINATION, Layer.PRIORITY} else None
    by_person = len(parts) > 1 and rnd.random() < 0.2
    return Rule(f"{layer}_{number}", 1, "random.yaml", patterns, by_person, layer, code, why, (), ())


def random_pattern(rnd: random.Random, kind: str) -> Pattern:
    fields = list(KINDS[kind].fields.values())
    conditions: dict[tuple[str, str], Condition] = {}
    for field in rnd.sample(fields, rnd.randint(0, 3) if kind != "wording" else 1):
        others = [other.name for other in fields if other.type is field.type and other.name != field.name]
        operator = rnd.choice(["=", "!="] if field.type in {bool, str} else list(OPERATORS))
        if others and rnd.random() < 0.5:
            conditions[field.name, operator] = Condition(field.name, operator, "", rnd.choice(others))
        else:
            limit: Any = {bool: rnd.random() < 0.5, int: rnd.choice(NUMBERS), float: 5.0}.get(field.type)
            limit = rnd.choice(field.choices or ("客户",)) if field.type is str else limit
            conditions[field.name, operator] = Condition(field.name, operator, limit)
    return Pattern("", kind, "", tuple(conditions.values()))


def test_names_that_share_a_hash_are_kept_apart() -> None:
    """durable_rules joins by a 32-bit hash of the account's key: one missing habit must not be lent by the other."""
    one, other = NAMES[:2]
    assert fnv1a(one) == fnv1a(other)
    facts = [
        *(quiet("commitments", one, most_workdays_late=1), quiet("account", one, tier="B", is_key=False)),
        *(quiet("commitments", other), quiet("account", other)),
        *(quiet("lending", one, loss_years=5), quiet("lending", other, repays_old_loan=True)),
    ]
    assert [(flag.habit, flag.account) for flag in ENGINE.evaluate(facts).flags] == [("broken_promise", one)]


def test_a_broken_fact_reaches_nothing() -> None:
    with pytest.raises(FactError):
        ENGINE.evaluate([*BROKEN, {"k": "account", "acc": "x"}])
    assert len(ENGINE.evaluate(BROKEN).flags) == 2


def test_a_refused_fact_is_an_error_and_the_next_run_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([None, (2, 0)])  # the start as it is, then "observed before"

    def refuse(handle: int, text: str) -> Any:
        return next(answers) or durable_rules_engine.assert_fact(handle, text)

    with monkeypatch.context() as patch:
        patch.setattr(engine_module, "durable_rules_engine", type("Library", (), {"assert_fact": staticmethod(refuse)}))
        with pytest.raises(EngineError, match="refused with code 2"):
            ENGINE.evaluate(BROKEN)
    assert len(ENGINE.evaluate(BROKEN).flags) == 2


@pytest.mark.parametrize("planted", [RuntimeError("planted"), KeyboardInterrupt()], ids=repr)
def test_an_error_in_an_action_is_not_swallowed(planted: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Any:
        raise planted

    with monkeypatch.context() as patch:
        patch.setattr(engine_module, "finding_fact", fail)
        with pytest.raises(EngineError, match="an action failed") as error:
            ENGINE.evaluate(BROKEN)
        assert error.value.__cause__ is planted
    assert len(ENGINE.evaluate(BROKEN).flags) == 2


def test_a_run_that_does_not_complete_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(ENGINE._ruleset, "do_actions", lambda _offset, _complete: None)
        with pytest.raises(EngineError, match="did not finish"):
            ENGINE._fire(0)
    assert len(ENGINE.evaluate(BROKEN).flags) == 2


def test_a_difference_to_the_matcher_shows_no_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ENGINE.run
    monkeypatch.setattr(ENGINE, "run", lambda facts: dict(list(whole(facts).items())[1:]))
    with pytest.raises(Disagreement):
        ENGINE.evaluate(BROKEN)


def test_nothing_runs_in_the_background() -> None:
    before = threading.active_count()
    RuleEngine(CATALOGUE)
    assert threading.active_count() == before


def test_runs_do_not_mix() -> None:
    assert ENGINE.evaluate(BROKEN).flags != ()
    assert ENGINE.evaluate(quiet_book()).flags == ()
    assert ENGINE.evaluate([]).flags == ()
    assert ENGINE.evaluate(BROKEN) == ENGINE.evaluate(BROKEN)


def peak() -> float:
    """The highest memory of this process so far in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**10 if sys.platform == "linux" else 2**20)


def growth() -> float:
    """What 400 runs add to the memory of this process."""
    engine, rnd = RuleEngine(CATALOGUE), random.Random(3)
    cases = [random_facts(rnd) for _ in range(40)]
    for facts in cases * 3:
        engine.run(facts)
    before = peak()
    for facts in cases * 10:
        engine.run(facts)
    return peak() - before


def test_memory_stays_flat() -> None:
    """A session that is not deleted holds 0.23 MB: 400 of them would add 90 MB."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
        assert fresh.submit(growth).result() < 8
