"""What the rules must keep by themselves and among themselves, beyond what the grammar lets be said.

The limits are those of durable_rules 2.0.28 with room to spare (docs/decisions/0003-rules-as-data.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache

from rules.facts import KINDS
from rules.rule import FINDING_FIELDS, LAYERS, CatalogueError, Habit, Layer, Pattern, Rule, Severity

MOST_RULES = 300
MOST_PATTERNS = 50
"""Patterns that one fact could meet at once; durable_rules gives up at 65."""

START = "start"
"""The rule and fact that open every session: ending one in which nothing fired crashes the process."""

_BEFORE: Mapping[Layer, frozenset[str]] = {
    Layer.SIGNAL: frozenset(KINDS),
    Layer.HABIT: frozenset(KINDS) | {"signal"},
    Layer.COMBINATION: frozenset(KINDS) | {"habit"},
    Layer.SEVERITY: frozenset(KINDS) | {"habit", "combination"},
    Layer.ADVICE: frozenset({"severity"}),
    Layer.PRIORITY: frozenset(KINDS) | {"severity"},
}
"""What a rule of a layer may read."""

_ON_FACTS = frozenset({Layer.SIGNAL, Layer.PRIORITY})
"""The layers whose rules begin with a fact; all others begin with a finding."""

_OF_ANY = frozenset({Layer.SEVERITY, Layer.PRIORITY})
"""The layers whose rules may read the findings of a layer whatever their code."""

_TELLING = frozenset({Layer.SIGNAL, Layer.COMBINATION, Layer.PRIORITY})
"""The layers whose rules tell why."""


@cache
def fnv1a(text: str) -> int:
    """The 32-bit hash by which durable_rules tells names apart."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def lint_rule(rule: Rule) -> None:
    """What a rule must keep by itself. Raises CatalogueError."""
    for field, problem in (*_pattern_slips(rule), *_conclusion_slips(rule)):
        raise CatalogueError(rule.file, rule.id, field, problem)


def _pattern_slips(rule: Rule) -> list[tuple[str, str]]:
    slips = []
    for pattern in rule.patterns:
        where = f"when.{pattern.alias}"
        if pattern.kind not in _BEFORE[rule.layer]:
            slips.append((where, f"a {rule.layer} cannot follow from a {pattern.kind}"))
        elif pattern.kind in LAYERS and not pattern.code and rule.layer not in _OF_ANY:
            slips.append((where, f"which {pattern.kind}?"))
        elif pattern.kind in KINDS and KINDS[pattern.kind].about_person and len(rule.patterns) > 1:
            slips.append((where, "what is about the person is judged by a signal of its own"))
    if rule.layer is Layer.SIGNAL and len(rule.patterns) > 1:
        slips.append(("when", "a signal follows from one fact"))
    if rule.layer not in _ON_FACTS and rule.patterns[0].kind in KINDS:
        slips.append(("when.a", f"a {rule.layer} begins with a finding, not with a fact"))
    if len({(pattern.kind, pattern.code) for pattern in rule.patterns}) != len(rule.patterns):
        slips.append(("when", "two patterns ask for the same"))
    return slips


def _conclusion_slips(rule: Rule) -> list[tuple[str, str]]:
    first, slips = rule.patterns[0], []
    if rule.by_person and len(rule.patterns) == 1:
        slips.append(("join", "there is nothing to join"))
    if rule.layer is Layer.SEVERITY and rule.code not in set(Severity):
        slips.append(("then", f"there is no severity {rule.code!r}"))
    if (rule.why is None) == (rule.layer in _TELLING):
        slips.append(("why", "signals, combinations and priorities, and only they, tell why"))
    known = first.fields if first.kind in KINDS else ()
    slips += [("why.values", f"{first.kind} has no field {name!r}") for name in rule.values if name not in known]
    if (rule.points is None) == (rule.layer is Layer.PRIORITY):
        slips.append(("points", "priorities, and only they, say which field holds their points"))
    elif rule.points is not None:
        slips += _points_slips(rule.points, first)
    return slips


def _points_slips(points: str, first: Pattern) -> list[tuple[str, str]]:
    if first.kind not in KINDS or KINDS[first.kind].about_person:
        return [("when.a", "a priority begins with a fact about an account")]
    field = first.fields.get(points)
    if field is None or field.type is not int:
        return [("points", f"{first.kind} has no whole number {points!r}")]
    return []


def lint_whole(habits: Mapping[str, Habit], rules: Collection[Rule]) -> None:
    """What habits and rules must keep among themselves. Raises CatalogueError."""
    if len(rules) > MOST_RULES:
        raise CatalogueError("catalogue", "?", "rules", f"there are more than {MOST_RULES} rules")
    _lint_names(habits, rules)
    _lint_references(rules)
    _lint_conclusions(habits, rules)
    for habit in habits.values():
        _lint_habit(habit, rules)
    _lint_crowds(rules)


def _lint_references(rules: Collection[Rule]) -> None:
    """What a rule reads, some rule concludes."""
    found: set[tuple[str, str]] = {(rule.layer, rule.code) for rule in rules}
    found |= {(Layer.SEVERITY, rule.code) for rule in rules if rule.layer in {Layer.HABIT, Layer.COMBINATION}}
    for rule in rules:
        for pattern in rule.patterns:
            if pattern.code and (pattern.kind, pattern.code) not in found:
                problem = f"no rule leads to {pattern.kind} {pattern.code!r}"
                raise CatalogueError(rule.file, rule.id, f"when.{pattern.alias}", problem)


def _lint_conclusions(habits: Mapping[str, Habit], rules: Collection[Rule]) -> None:
    """What a rule concludes, some rule reads, and habits and combinations are declared."""
    read = {(pattern.kind, pattern.code) for rule in rules for pattern in rule.patterns}
    for rule in rules:
        if rule.layer is Layer.SIGNAL and (rule.layer, rule.code) not in read:
            raise CatalogueError(rule.file, rule.id, "then", "no rule reads this signal")
        if rule.layer in {Layer.HABIT, Layer.COMBINATION}:
            habit = habits.get(rule.code)
            if habit is None or habit.layer is not rule.layer:
                raise CatalogueError(rule.file, rule.id, "then", f"there is no {rule.layer} {rule.code!r}")


def _lint_habit(habit: Habit, rules: Collection[Rule]) -> None:
    """Each habit is reached by a rule, has a severity of its own, and one advice (an item, where it has items)."""

    def broken(field: str, problem: str) -> CatalogueError:
        return CatalogueError(f"{habit.family}.yaml", habit.code, field, problem)

    if (habit.layer, habit.code) not in {(rule.layer, rule.code) for rule in rules}:
        raise broken("habits", "no rule leads to it")
    advice = [rule.patterns[0] for rule in rules if rule.layer is Layer.ADVICE and rule.patterns[0].code == habit.code]
    if not advice:
        raise broken("advice", "no rule advises on it")
    items = {
        one.limit for pattern in advice for one in pattern.conditions if (one.field, one.operator) == ("item", "=")
    }
    if len(advice) > 1 and len(advice) != len(items):
        raise broken("advice", "two rules advise on it")
    finding = {"item": "", "family": habit.family, "weight": str(habit.weight), "level": ""}
    judging = [rule.patterns[0] for rule in rules if rule.layer is Layer.SEVERITY and len(rule.patterns) == 1]
    if not any(pattern.kind == habit.layer and pattern.holds(finding) for pattern in judging):
        raise broken("severity", "no rule gives it a severity")


def _lint_names(habits: Mapping[str, Habit], rules: Collection[Rule]) -> None:
    """No two names that durable_rules tells apart by a 32-bit hash share it."""
    names = ["k", "acc", "id", "sid", "person", "code", *FINDING_FIELDS, *KINDS, *LAYERS, START, *habits]
    names += [name for kind in KINDS.values() for name in kind.fields]
    names += [name for rule in rules for name in (rule.id, rule.code)]
    by_hash: dict[int, str] = {}
    for name in names:
        other = by_hash.setdefault(fnv1a(name), name)
        if other != name:
            raise CatalogueError("catalogue", name, "id", f"durable_rules cannot tell {name!r} from {other!r}")


def _lint_crowds(rules: Collection[Rule]) -> None:
    """No fact could meet more patterns at once than durable_rules bears."""
    crowd = Counter((pattern.kind, pattern.code) for rule in rules for pattern in rule.patterns)
    for rule in rules:
        for pattern in rule.patterns:
            if crowd[pattern.kind, pattern.code] + (crowd[pattern.kind, ""] if pattern.code else 0) > MOST_PATTERNS:
                problem = f"more than {MOST_PATTERNS} patterns over {pattern.kind} {pattern.code}".rstrip()
                raise CatalogueError(rule.file, rule.id, f"when.{pattern.alias}", problem)
