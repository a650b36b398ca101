"""The rules: managers a second and memory, beside CLIPS and plain Python on the same facts and catalogue in one run.

    python -m benchmarks.rules             speed, memory, growth with facts and with rules
    python -m benchmarks.rules --thorough  also 20,000 random cases on engine and matcher, and 100,000 runs for memory

Every engine finds the same flags, which is checked by a digest. Each runs in a fresh process, by turns; the rate is
managers a second of CPU time, so that other programs on the machine disturb it less, and the median of the rounds.

    ours     durable_rules behind our loader, the matcher as its check, flags with derivations
    day      the same with what the day asks for at half the accounts, and priorities: what the coach does
    durable  durable_rules behind our loader alone
    CLIPS    clipspy, its environment rebuilt every 50 managers, since it slows down with its age
    Python   the plain matcher alone
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import hashlib
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import clips

from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import KINDS, PERSON, Fact, Value
from rules.matcher import Matcher, compare
from rules.rule import FINDING_FIELDS, Key, Layer, Pattern, Rule
from tests.rules.builders import quiet, random_facts

Flagged = set[tuple[str, str, str]]
Run = Callable[[Sequence[Fact]], Flagged]
"""From the facts of a manager to habit, account and item of each flag."""

ROUNDS = 3
LIFETIME = 50
"""Managers that one CLIPS environment serves: clipspy 1.0.6 slowed down fourfold within 1,000 resets."""

SIZES = ((8, 100, 1.0), (40, 30, 1.0), (200, 6, 1.0), (8, 100, 0.25), (8, 100, 0.5), (8, 100, 2.0))
"""Accounts, managers, and times that the catalogue is taken."""

RANDOM_CASES = 20_000
RUNS = 100_000

TROUBLE: dict[str, Sequence[dict[str, Value]]] = {
    "manager": (
        {"kept_on_time": 5},
        {"open_promises": 12},
        {"fulfilled_accounts": 30},
        {"workdays_since_report": 8},
        {"empty_notes": 40},
        {"required_scaled": 10**9},
    ),
    "account": (
        {"days_since_visit": 30},
        {"contacts": 1},
        {"has_opponent": True, "opponent_days_unmet": 40},
        {"missing_fields": 3},
        {"tier": "B", "is_key": False},
        {"tier": "C", "is_key": False},
        {"sales_rank": 1, "margin_pct": 2.0, "payment_delay_days": 60},
    ),
    "commitments": ({"most_workdays_late": 2}, {"undated_workdays": 4}, {"step_workdays_late": 5}),
    "agenda": (
        {"promises_due": 1},
        {"promises_overdue": 1},
        {"waited_pct": 150, "contact_points": 9, "key_contact_points": 15},
        {"waited_pct": 90, "unwon_pct": 70},
        {"steps_due": 1},
    ),
    "lending": ({"sources": 1}, {"has_repayment_plan": False}, {"only_collateral": True}),
}


def book(seed: int, accounts: int, *, agenda: bool) -> list[Fact]:
    """The facts of one manager: two of each account, a loan file of every fourth, and some trouble in half of them.

    With an `agenda`, what the day asks for at half the accounts is there as well; flags do not change by it.
    """
    rnd = random.Random(seed)

    def some(kind: str, acc: str | None = None) -> Fact:
        changes = rnd.choice(TROUBLE[kind]) if rnd.random() < 0.5 else {}
        return quiet(kind, acc, **changes)

    facts = [some("manager"), quiet("wording", samples=rnd.randint(0, 3))]
    for number in range(accounts):
        facts += [some(kind, f"客户{number}") for kind in ("account", "commitments")]
        if agenda and number % 2 == 0:
            day = random.Random(number).choice(TROUBLE["agenda"])
            facts.append(quiet("agenda", f"客户{number}", **day))
        if number % 4 == 0:
            facts.append(some("lending", f"客户{number}"))
    return facts


def scaled(times: float) -> Catalogue:
    """The catalogue cut to a share of its habits, or doubled under other names."""
    catalogue = Catalogue.load()
    habits, rules = list(catalogue.habits.values()), list(catalogue.rules.values())
    if times < 1:
        plain = [habit for habit in habits if not habit.combination]
        kept = {habit.code for habit in plain[: round(times * len(habits))]}
        parts = [rule for rule in rules if rule.layer is Layer.HABIT and rule.code in kept]
        signals = {pattern.code for rule in parts for pattern in rule.patterns}
        parts += [rule for rule in rules if rule.layer is Layer.SIGNAL and rule.code in signals]
        parts += [rule for rule in rules if rule.layer is Layer.ADVICE and rule.patterns[0].code in kept]
        parts += [rule for rule in rules if rule.layer is Layer.SEVERITY]
        return Catalogue([habit for habit in habits if habit.code in kept], parts)
    again = [dataclasses.replace(habit, code=f"{habit.code}_2") for habit in habits]
    return Catalogue(habits + again, rules + [copied(rule) for rule in rules if rule.layer is not Layer.SEVERITY])


def copied(rule: Rule) -> Rule:
    """The rule under another name, reading and concluding other names."""
    patterns = tuple(
        dataclasses.replace(pattern, code=f"{pattern.code}_2") if pattern.code else pattern for pattern in rule.patterns
    )
    code = rule.code if rule.layer is Layer.ADVICE else f"{rule.code}_2"
    return dataclasses.replace(rule, id=f"{rule.id}_2", code=code, patterns=patterns)


def shown(findings: Iterable[Key]) -> Flagged:
    """The habits and combinations among findings."""
    return {(key.code, key.acc, key.item) for key in findings if key.kind in {Layer.HABIT, Layer.COMBINATION}}


def ours(catalogue: Catalogue) -> Run:
    """The whole evaluation."""
    engine = RuleEngine(catalogue)
    return lambda facts: {
        (flag.habit, flag.account or PERSON, flag.item or "") for flag in engine.evaluate(facts).flags
    }


def durable(catalogue: Catalogue) -> Run:
    """The engine without its check."""
    engine = RuleEngine(catalogue)
    return lambda facts: shown(engine.run(engine.matcher.fold(facts)))


def python(catalogue: Catalogue) -> Run:
    """The plain matcher."""
    matcher = Matcher(catalogue)
    return lambda facts: shown(matcher.derive(matcher.fold(facts)))


def clips_engine(catalogue: Catalogue) -> Run:
    """CLIPS with the same rules."""
    matcher = Matcher(catalogue)
    left, environment = 0, clips.Environment()

    def run(facts: Sequence[Fact]) -> Flagged:
        nonlocal left, environment
        if not left:
            environment, left = clips_environment(catalogue), LIFETIME
        left -= 1
        environment.reset()
        templates = {kind: environment.find_template(kind) for kind in catalogue.fields_read if kind in KINDS}
        for fact in matcher.fold(facts):
            if (kind := str(fact["k"])) in templates:
                read = {name: clips_value(fact[name]) for name in catalogue.fields_read[kind]}
                templates[kind].assert_fact(acc=fact["acc"], item=fact.get("item", ""), **read)
        environment.run()
        return {
            (fact["code"], fact["acc"], fact["item"])
            for layer in (Layer.HABIT, Layer.COMBINATION)
            for fact in environment.find_template(layer).facts()
        }

    return run


def clips_environment(catalogue: Catalogue) -> clips.Environment:
    """An environment that holds the rules."""
    environment = clips.Environment()
    for kind in KINDS:
        names = sorted({"acc", "item", *catalogue.fields_read.get(kind, ())})
        environment.build(f"(deftemplate {kind} {' '.join(f'(slot {name})' for name in names)})")
    for layer in Layer:
        names = ["acc", "code", "value", *FINDING_FIELDS]
        environment.build(f"(deftemplate {layer} {' '.join(f'(slot {name})' for name in names)})")
    for rule in catalogue.rules.values():
        environment.build(clips_rule(rule, catalogue))
    return environment


def clips_value(value: Value) -> object:
    """A value as CLIPS holds it."""
    return clips.Symbol("TRUE" if value else "FALSE") if isinstance(value, bool) else value


def clips_rule(rule: Rule, catalogue: Catalogue) -> str:
    """One rule in CLIPS' language."""
    patterns = " ".join(clips_pattern(pattern, rule) for pattern in rule.patterns)
    habit = catalogue.habits.get(rule.code)
    slots = {"acc": "?acc_a", "item": "?item_a", "code": f'"{rule.code}"', "value": '""', "level": '""'}
    slots |= {"family": f'"{habit.family if habit else ""}"', "weight": f'"{habit.weight if habit else ""}"'}
    if rule.layer in {Layer.SEVERITY, Layer.ADVICE}:
        slots |= {"code": "?code_a", "value": f'"{rule.code}"'}
    if rule.layer is Layer.SEVERITY:
        slots["level"] = f'"{rule.code}"'
    conclusion = " ".join(f"({name} {value})" for name, value in slots.items())
    return f"(defrule {rule.id} {patterns} => (assert ({rule.layer} {conclusion})))"


def clips_pattern(pattern: Pattern, rule: Rule) -> str:
    """One pattern; variables stand before the tests that use them."""
    alias = pattern.alias
    slots: dict[str, list[str]] = {"acc": [f"?acc_{'' if rule.by_person else 'a'}" + (alias if rule.by_person else "")]}
    slots["item"] = [f"?item_{alias}"]
    if pattern.kind in set(Layer):
        slots["code"] = [f'?code_{alias}&"{pattern.code}"'] if pattern.code else [f"?code_{alias}"]
    for condition in pattern.conditions:
        for name in (condition.limit_field, condition.field):
            if name is not None:
                slots.setdefault(name, [f"?{name}_{alias}"])
    for condition in pattern.conditions:
        left = f"?{condition.field}_{alias}"
        right = f"?{condition.limit_field}_{alias}" if condition.limit_field else clips_text(condition.limit)
        operator = {"=": "eq", "!=": "neq"}.get(condition.operator, condition.operator)
        slots[condition.field].append(f":({operator} {left} {right})")
    ordered = sorted(slots.items(), key=lambda slot: len(slot[1]))
    return f"({pattern.kind} {' '.join('(' + name + ' ' + '&'.join(tests) + ')' for name, tests in ordered)})"


def clips_text(value: Value) -> str:
    """A constant in CLIPS' language."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f'"{value}"' if isinstance(value, str) else str(value)


ENGINES: dict[str, Callable[[Catalogue], Run]] = {
    "ours": ours,
    "day": ours,
    "durable": durable,
    "CLIPS": clips_engine,
    "Python": python,
}


def memory(field: str = "VmRSS") -> float:
    """Resident memory of this process in MiB; `VmHWM` is its highest ever."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{field}:")[2].split()[0]) / 1024


def child(name: str, accounts: int, managers: int, times: float) -> None:
    """Measure one engine in this process and print what came out."""
    catalogue = Catalogue.load() if times == 1 else scaled(times)
    data = [book(seed, accounts, agenda=name == "day") for seed in range(managers)]
    before = memory()
    run = ENGINES[name](catalogue)
    run(data[0])
    digest, flags, spent = hashlib.sha256(), 0, 0.0
    for facts in data:
        start = time.process_time()
        found = sorted(run(facts))
        spent += time.process_time() - start
        flags += len(found)
        digest.update(repr(found).encode())
    print(
        json.dumps(
            {
                "rate": managers / spent,
                "memory": memory("VmHWM") - before,
                "flags": flags / managers,
                "facts": sum(map(len, data)) / managers,
                "rules": len(catalogue.rules),
                "digest": digest.hexdigest(),
            }
        )
    )


def measured(name: str, size: tuple[int, int, float]) -> dict[str, float]:
    """What a child process says of an engine."""
    command = [sys.executable, "-m", "benchmarks.rules", "--child", name, *map(str, size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def speed() -> None:
    """Print the table of speed, memory and growth."""
    print(f"rules (managers a CPU second and MiB above the loaded facts; median of {ROUNDS} by turns)")
    print(f"{'facts':>6}{'rules':>6}{'flags':>7}" + "".join(f"{name:>22}" for name in ENGINES))
    for size in SIZES:
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in ENGINES}
        for _ in range(ROUNDS):
            for name in ENGINES:
                runs[name].append(measured(name, size))
        assert len({one["digest"] for results in runs.values() for one in results}) == 1, "the engines disagree"
        first = runs["ours"][0]
        base = statistics.median(one["rate"] for one in runs["ours"])
        cells = ""
        for results in runs.values():
            rate = statistics.median(one["rate"] for one in results)
            extra = statistics.median(one["memory"] for one in results)
            cells += f"{rate:8.0f}/s x{rate / base:<5.2f}{extra:4.0f} MiB"[:22].rjust(22)
        print(f"{first['facts']:6.0f}{first['rules']:6.0f}{first['flags']:7.0f}{cells}", flush=True)


def agreement() -> None:
    """Compare engine and matcher on random cases. Raises Disagreement."""
    engine, rnd, found = RuleEngine(Catalogue.load()), random.Random(20_000), 0
    for _ in range(RANDOM_CASES):
        facts = engine.matcher.fold(random_facts(rnd))
        findings = engine.run(facts)
        compare(engine.matcher.derive(facts), findings)
        found += len(findings)
    print(f"engine and matcher agree on {RANDOM_CASES:,} random cases with {found:,} findings", flush=True)


def steadiness() -> None:
    """Print the memory along many runs."""
    engine, data = RuleEngine(Catalogue.load()), [book(seed, 2, agenda=True) for seed in range(100)]
    for number in range(RUNS + 1):
        engine.run(data[number % 100])
        if number in {1_000, RUNS // 2, RUNS}:
            gc.collect()
            print(f"memory after {number:7,} runs: {memory():6.1f} MiB", flush=True)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--thorough", action="store_true", help="also 20,000 random cases and 100,000 runs")
    options.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.child:
        name, accounts, managers, times = given.child
        child(name, int(accounts), int(managers), float(times))
        return
    speed()
    if given.thorough:
        agreement()
        steadiness()


if __name__ == "__main__":
    main()
