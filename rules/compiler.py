"""The catalogue: YAML → checked rules → the definition that durable_rules takes.

A file of `catalogue/` is a family: `habits` (or `combinations`) declares codes once, `rules` says what leads to them.

    habits:
      neglected_key_account: {severity: warning, source: [K9.6], clears: clears-neglected-key-account}
    rules:
      - id: key_account_unvisited
        version: 1
        when: {a: account where is_key = true and days_since_visit > visit_limit_days}
        then: signal key_account_unvisited
        why: {text: why-key-account-unvisited, values: [days_since_visit, visit_limit_days]}
        source: [K9.6, domain.md §4]
        examples:  # run at load
          fires: [{a: {is_key: true, days_since_visit: 11, cadence_days: 7, grace_days: 3}}]
          silent: [{a: {is_key: true, days_since_visit: 10, cadence_days: 7, grace_days: 3}}]

Patterns are sentences: `kind where field operator limit and …`; the limit is true, a number, 'text' or a field of the
same fact. Only what durable_rules was measured to get right can be said (docs/decisions/0003-rules-as-data.md): no or,
no not, no counting, one equality between facts (by account, or by person). All else is a CatalogueError at load.
A rule that concludes a priority also names the field that holds its points: `points: complaint_points`.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Checked

from rules import facts
from rules.facts import KINDS, PERSON, FactError, Field, Value
from rules.lint import START, lint_rule, lint_whole
from rules.rule import FINDING_FIELDS, LAYERS, CatalogueError, Condition, Habit, Layer, Pattern, Rule, Severity

CATALOGUE = Path(__file__).parent / "catalogue"
ALIASES = ("a", "b", "c")

_SENTENCE = re.compile(r"(?P<kind>\w+)(?: (?P<code>(?!where\b)\w+))?(?: where (?P<conditions>.+))?")
_CONDITION = re.compile(r"(?P<field>[a-z]\w*) (?P<operator>=|!=|<=|>=|<|>) (?P<limit>'[^']*'|[^\s']+)")
_NUMBER = re.compile(r"-?\d+(\.\d{1,4})?")
_NOT_SAID = {
    " or ": "`or` loses joins in durable_rules: write two rules with one conclusion",
    "not ": "`not` cannot be said: let the facts hold a count or a bool and compare it",
    " in ": "`in` cannot be said: write one rule for each value",
    " matches ": "`matches` is not supported",
    "==": "equality is written `=`",
}
_OPERATIONS = {"!=": "$neq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
Code = Annotated[str, Checked(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]
TextId = Annotated[str, Checked(pattern=r"^[a-z]+(-[a-z0-9]+)+$", max_length=80)]
Source = Annotated[str, Checked(pattern=r"^([KM]\d+(\.\d+)*|domain\.md §\d)$")]
M = TypeVar("M", bound=BaseModel)
Example = dict[str, dict[str, bool | int | float | str]]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Why(_Strict):
    text: TextId
    values: list[str] = []


class _Examples(_Strict):
    fires: Annotated[list[Example], Checked(min_length=1)]
    silent: Annotated[list[Example], Checked(min_length=1)]


class _RuleText(_Strict):
    id: Code
    version: Annotated[int, Checked(ge=1)]
    when: Annotated[dict[str, str], Checked(min_length=1)]
    join: Literal["account", "person"] = "account"
    then: str
    why: _Why | None = None
    points: str | None = None
    source: Annotated[list[Source], Checked(min_length=1)]
    examples: _Examples


class _HabitText(_Strict):
    severity: Literal["notice", "warning", "critical"]
    source: Annotated[list[Source], Checked(min_length=1)]
    clears: TextId
    private: bool = False
    folds: dict[str, bool] = {}


class _FileText(_Strict):
    habits: dict[Code, _HabitText] = {}
    combinations: dict[Code, _HabitText] = {}
    rules: list[Any]


class _Loader(yaml.CSafeLoader):
    """YAML in which a key that stands twice is an error and not the last one's."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping, its keys all different."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return mapping


class Catalogue:
    """All habits and rules, checked against each other. Raises CatalogueError."""

    def __init__(self, habits: Iterable[Habit], rules: Iterable[Rule]) -> None:
        self.habits = {habit.code: habit for habit in habits}
        self.rules = {rule.id: rule for rule in sorted(rules, key=lambda one: (LAYERS.index(one.layer), one.id))}
        lint_whole(self.habits, self.rules.values())

    @classmethod
    def load(cls, folder: Path = CATALOGUE) -> Catalogue:
        """The catalogue of a folder of YAML files, every example run. Raises CatalogueError."""
        habits: dict[str, Habit] = {}
        rules: dict[str, Rule] = {}
        for path in sorted(folder.glob("*.yaml")):
            for item in read(path):
                known: dict[str, Any] = habits if isinstance(item, Habit) else rules
                name = item.code if isinstance(item, Habit) else item.id
                if name in known:
                    raise CatalogueError(path.name, name, "id", "another one has the same name")
                known[name] = item
        if not rules:
            raise CatalogueError(folder.name, "?", "rules", "there are no rules")
        return cls(habits.values(), rules.values())

    @cached_property
    def hash(self) -> str:
        """What tells this set of rules from any other: 16 hexadecimal digits over all that it decides by."""
        text = repr((list(self.rules.values()), sorted(self.habits.items()), sorted(KINDS.items())))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """The ids of the texts of reasons, and of what clears flags, each with the values that it gets."""
        reasons = {rule.why: rule.values for rule in self.rules.values() if rule.why}
        return reasons | {habit.clears: () for habit in self.habits.values()}

    @cached_property
    def fields_read(self) -> dict[str, list[str]]:
        """By kind of fact and layer, the fields that some condition reads; what no rule reads at all is left out."""
        read_fields: dict[str, set[str]] = defaultdict(set)
        for rule in self.rules.values():
            for pattern in rule.patterns:
                read_fields[pattern.kind] |= pattern.read
        return {kind: sorted(names) for kind, names in read_fields.items()}

    def definition(self, act: Callable[[Rule], Callable[[Any], None]]) -> dict[str, Any]:
        """A fresh definition for durable_rules; `act` gives the action of each rule."""
        rules: dict[str, Any] = {rule.id: {"all": _all(rule), "run": act(rule)} for rule in self.rules.values()}
        return rules | {START: {"all": [{"a": {"k": START}}], "run": lambda _: None}}


def _all(rule: Rule) -> list[dict[str, Any]]:
    patterns: list[dict[str, Any]] = []
    for pattern in rule.patterns:
        tests: list[dict[str, Any]] = [{"k": pattern.kind}]
        if pattern.code:
            tests.append({"code": pattern.code})
        for condition in pattern.conditions:
            limit = {"$m": condition.limit_field} if condition.limit_field else condition.limit
            equal = {condition.field: limit}
            tests.append(equal if condition.operator == "=" else {_OPERATIONS[condition.operator]: equal})
        if patterns:
            join = "person" if rule.by_person else "acc"
            tests.append({join: {rule.patterns[0].alias: join}})
        patterns.append({pattern.alias: {"$and": tests} if len(tests) > 1 else tests[0]})
    return patterns


def read(path: Path) -> Iterator[Habit | Rule]:
    """The habits and rules of one file, every example run. Raises CatalogueError."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader, stricter
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise CatalogueError(path.name, "?", f"line {line}", str(error.problem)) from error
    file = _validated(_FileText, loaded, path.name, "?")
    for code, habit in file.habits.items():
        yield _habit(path, code, habit, combination=False)
    for code, habit in file.combinations.items():
        yield _habit(path, code, habit, combination=True)
    for entry in file.rules:
        name = str(entry.get("id", "?")) if isinstance(entry, dict) else "?"
        text = _validated(_RuleText, entry, path.name, name)
        rule = _rule(path.name, text)
        for number, example in enumerate(text.examples.fires, 1):
            _run_example(rule, example, f"examples.fires[{number}]", fires=True)
        for number, example in enumerate(text.examples.silent, 1):
            _run_example(rule, example, f"examples.silent[{number}]", fires=False)
        yield rule


def _validated(model: type[M], data: Any, file: str, rule: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A misspelt field is missing under its right name, too: name the slip, not what follows from it.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"]) or "(whole)"
        problem = {"extra_forbidden": "there is no such field", "missing": "is missing"}.get(first["type"])
        raise CatalogueError(file, rule, field, problem or first["msg"]) from error


def _habit(path: Path, code: str, text: _HabitText, *, combination: bool) -> Habit:
    for name in text.folds:
        if name not in KINDS["account"].fields:
            raise CatalogueError(path.name, code, f"folds.{name}", "an account has no such field")
    return Habit(
        code=code,
        family=path.stem,
        combination=combination,
        weight=Severity(text.severity),
        source=tuple(text.source),
        clears=text.clears,
        private=text.private,
        folds=dict(text.folds),
    )


def _rule(file: str, text: _RuleText) -> Rule:
    def broken(field: str, problem: str) -> CatalogueError:
        return CatalogueError(file, text.id, field, problem)

    if tuple(text.when) != ALIASES[: len(text.when)]:
        raise broken("when", f"aliases are {', '.join(ALIASES)} in this order, at most three")
    patterns = tuple(_pattern(alias, sentence, broken) for alias, sentence in text.when.items())
    layer, _, code = text.then.partition(" ")
    if layer not in LAYERS or not re.fullmatch(r"[a-z][a-z0-9_-]*", code):
        raise broken("then", f"expected one of {', '.join(LAYERS)} and a name, not {text.then!r}")
    rule = Rule(
        id=text.id,
        version=text.version,
        file=file,
        patterns=patterns,
        by_person=text.join == "person",
        layer=Layer(layer),
        code=code,
        why=text.why.text if text.why else None,
        values=tuple(text.why.values) if text.why else (),
        source=tuple(text.source),
        points=text.points,
    )
    lint_rule(rule)
    return rule


def _pattern(alias: str, sentence: str, broken: Callable[[str, str], CatalogueError]) -> Pattern:
    found = _SENTENCE.fullmatch(sentence)
    if found is None:
        raise broken(f"when.{alias}", f"expected `kind where field operator limit and …`, not {sentence!r}")
    kind, code = found["kind"], found["code"] or ""
    if kind not in KINDS and kind not in LAYERS[:-1]:
        raise broken(f"when.{alias}", f"there is no kind {kind!r}")
    if code and kind in KINDS:
        raise broken(f"when.{alias}", f"a fact has no code: {code!r} (conditions follow `where`)")
    fields = KINDS[kind].fields if kind in KINDS else FINDING_FIELDS
    parts = found["conditions"].split(" and ") if found["conditions"] else []
    conditions = tuple(_condition(part, fields, lambda problem: broken(f"when.{alias}", problem)) for part in parts)
    if len({(one.field, one.operator) for one in conditions}) != len(conditions):
        raise broken(f"when.{alias}", "a field is compared twice in one way")
    return Pattern(alias, kind, code, conditions)


def _condition(text: str, fields: Mapping[str, Field], broken: Callable[[str], CatalogueError]) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None:
        for word, problem in _NOT_SAID.items():
            if word in f" {text} ":
                raise broken(f"{text!r}: {problem}")
        raise broken(f"{text!r}: expected `field operator limit`, joined by `and`")
    name, sign, right = found["field"], found["operator"], found["limit"]
    field = fields.get(name)
    if field is None:
        raise broken(f"there is no field {name!r}")
    if field.type in {bool, str} and sign not in {"=", "!="}:
        raise broken(f"{name} is {field.unit}: only = and != can be said of it")
    if right in fields:
        if fields[right].type is not field.type:
            raise broken(f"{name} is {field.type.__name__}, {right} is {fields[right].type.__name__}")
        if right == name:
            raise broken(f"{name} is compared with itself")
        return Condition(name, sign, "", right)
    try:
        return Condition(name, sign, field.normal(_constant(right, broken), "limit"))
    except FactError as error:
        raise broken(f"{name} {sign} {right}: {error.problem}") from error


def _constant(text: str, broken: Callable[[str], CatalogueError]) -> Value:
    if text in {"true", "false"}:
        return text == "true"
    if text.startswith("'"):
        return text[1:-1]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    raise broken(f"{text!r} is neither a field of this fact nor true, false, a number of at most 4 places or 'text'")


def _run_example(rule: Rule, example: Example, where: str, *, fires: bool) -> None:
    """Run an example on the rule. Raises CatalogueError where it is not whole or shows the contrary."""

    def broken(problem: str, field: str = where) -> CatalogueError:
        return CatalogueError(rule.file, rule.id, field, problem)

    if unknown := example.keys() - {pattern.alias for pattern in rule.patterns}:
        raise broken(f"there is no alias {min(unknown)!r}")
    holds = [
        pattern.alias in example and pattern.holds(_example_fact(pattern, example[pattern.alias], broken))
        for pattern in rule.patterns
    ]
    if all(holds) != fires:
        raise broken("does not fire" if fires else "fires")


def _example_fact(pattern: Pattern, given: Mapping[str, Value], broken: Callable[..., CatalogueError]) -> facts.Fact:
    if unknown := given.keys() - pattern.fields.keys():
        raise broken(f"there is no field {min(unknown)!r}")
    needed = pattern.read
    if pattern.kind in KINDS:
        needed = {name for field in needed for name in KINDS[pattern.kind].read(field)}
    if left_out := needed - given.keys():
        raise broken(f"leaves out {min(left_out)!r}, which the rule reads")
    try:
        if pattern.kind not in KINDS:
            return {name: pattern.fields[name].normal(value, pattern.kind) for name, value in given.items()}
        kind = KINDS[pattern.kind]
        return facts.fact(kind.name, PERSON if kind.about_person else "example", **kind.blank() | dict(given))
    except FactError as error:
        raise broken(f"{error.field}: {error.problem}") from error
