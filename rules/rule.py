"""One rule as data: patterns over facts and over what other rules found, and what follows from them.

Facts → signals → habits → combinations → severity → advice, and from facts and severities the priorities of a day: a
rule reads facts and findings of earlier layers only.
"""

from __future__ import annotations

import enum
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from rules.facts import KINDS, Fact, Field, Value

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Layer(enum.StrEnum):
    """What a rule concludes, in the order of the layers; the word that begins its `then`."""

    SIGNAL = "signal"
    HABIT = "habit"
    COMBINATION = "combination"
    SEVERITY = "severity"
    ADVICE = "advice"
    PRIORITY = "priority"


LAYERS = tuple(Layer)
FINDING_FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("item", str, "text", "the item of a wording habit; empty for all others"),
        Field("family", str, "text", "the file that declares the habit"),
        Field("weight", str, "text", "the habit's own severity", choices=("notice", "warning", "critical")),
        Field("level", str, "text", "the severity found", choices=("notice", "warning", "critical")),
    )
}
"""What conditions may read of a finding; a field that a layer lacks is empty, never missing."""


class Severity(enum.StrEnum):
    """How much a flag weighs, the lightest first."""

    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the lightest."""
        return list(Severity).index(self)


class Key(NamedTuple):
    """What names a fact or a finding within one evaluation.

    `code` is the signal's or habit's, empty for a fact; `value` the level of a severity or the article of an advice.
    """

    kind: str
    code: str
    acc: str
    item: str = ""
    value: str = ""


class Support(NamedTuple):
    """One way in which a finding follows: the rule, and what matched its patterns in order."""

    rule: str
    matched: tuple[Key, ...]


Findings = Mapping[Key, frozenset[Support]]
"""Everything that the rules found, each with all the ways in which it follows."""


@dataclass(frozen=True)
class Condition:
    """`field operator limit`, the limit a constant or another field of the same fact."""

    field: str
    operator: str
    limit: Value
    limit_field: str | None = None

    def limit_of(self, fact: Fact) -> Value:
        """The limit that holds for a fact."""
        return self.limit if self.limit_field is None else fact[self.limit_field]

    def holds(self, fact: Fact) -> bool:
        """Whether it is true of a fact."""
        return OPERATORS[self.operator](fact[self.field], self.limit_of(fact))


@dataclass(frozen=True)
class Pattern:
    """What one alias of a rule asks for: a kind of fact, or a finding of a layer, with conditions."""

    alias: str
    kind: str
    code: str
    conditions: tuple[Condition, ...]

    @property
    def fields(self) -> Mapping[str, Field]:
        """The fields that its conditions may read."""
        return KINDS[self.kind].fields if self.kind in KINDS else FINDING_FIELDS

    @property
    def read(self) -> set[str]:
        """The fields that its conditions read, limits among them."""
        return {one.field for one in self.conditions} | {one.limit_field for one in self.conditions if one.limit_field}

    def holds(self, fact: Fact) -> bool:
        """Whether all conditions are true of a fact of the kind."""
        return all(condition.holds(fact) for condition in self.conditions)


@dataclass(frozen=True)
class Text:
    """A text to be said: its id in the locale files, and the values that it needs."""

    id: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Habit:
    """What the catalogue says of a habit or combination once, however many rules find it.

    `family` is the file that declares it, `weight` its own severity, `clears` the text of the act that clears it.
    `private` flags are the person's alone. `folds` are fields of the account's fact that it sets before the others are
    judged: an unprofitable big buyer is no key account (domain.md §4).
    """

    code: str
    family: str
    combination: bool
    weight: Severity
    source: tuple[str, ...]
    clears: str
    private: bool
    folds: Mapping[str, Value]

    @property
    def layer(self) -> Layer:
        """The layer of the rules that find it."""
        return Layer.COMBINATION if self.combination else Layer.HABIT


@dataclass(frozen=True)
class Rule:
    """One rule. `code` is what it concludes in its layer: a signal, a habit, a level, an article or a priority.

    Later patterns are joined to the first by account, or by person where `by_person`; the conclusion is about the
    account of the first. `why` is the text that tells the reason, `values` the fields of the first pattern in it;
    `points` is that which says how much a priority weighs, None in all other layers.
    """

    id: str
    version: int
    file: str
    patterns: tuple[Pattern, ...]
    by_person: bool
    layer: Layer
    code: str
    why: str | None
    values: tuple[str, ...]
    source: tuple[str, ...]
    points: str | None = None

    def conclusion(self, first: Key) -> Key:
        """What follows when `first` matched the first pattern."""
        if self.layer in {Layer.SEVERITY, Layer.ADVICE}:
            return Key(self.layer, first.code, first.acc, first.item, self.code)
        return Key(self.layer, self.code, first.acc, first.item)


class CatalogueError(ValueError):
    """A broken catalogue: which file, which rule, which field, and what is wrong with it."""

    def __init__(self, file: str, rule: str, field: str, problem: str) -> None:
        self.file, self.rule, self.field, self.problem = file, rule, field, problem
        super().__init__(file, rule, field, problem)

    def __str__(self) -> str:
        """One line to read."""
        return f"{self.file}: rule {self.rule!r}, field {self.field!r}: {self.problem}"


def finding_fact(key: Key, habits: Mapping[str, Habit]) -> Fact:
    """A finding as the fact that later layers read: every field of FINDING_FIELDS, empty where its layer lacks it."""
    habit = habits.get(key.code) if key.kind in {Layer.HABIT, Layer.COMBINATION} else None
    return {
        "k": key.kind,
        "acc": key.acc,
        "code": key.code,
        "item": key.item,
        "family": habit.family if habit else "",
        "weight": str(habit.weight) if habit else "",
        "level": key.value if key.kind == Layer.SEVERITY else "",
    }
