"""What an evaluation concludes: flags and priorities with their whole derivation, and what was held back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.compiler import Catalogue
from rules.facts import KINDS, PERSON, Fact, Value
from rules.rule import Findings, Key, Layer, Rule, Severity, Support, Text


@dataclass(frozen=True)
class Comparison:
    """One condition that held or failed: a field's value against its limit; `limit_field` names a team's limit."""

    field: str
    value: Value
    operator: str
    limit: Value
    limit_field: str | None


@dataclass(frozen=True)
class Step:
    """One step of a derivation: the rule in its version, what it concluded about whom, and from what.

    `tested` are its conditions on facts and findings with the values used, `values` the fields that tell the reason
    (limits among them), `because` the steps that led to the findings it needed; a step without any rests on facts.
    """

    rule: str
    version: int
    layer: Layer
    code: str
    account: str | None
    item: str | None
    tested: tuple[Comparison, ...]
    why: Text | None
    source: tuple[str, ...]
    because: tuple[Step, ...]

    def reasons(self) -> list[Text]:
        """The texts that tell why, outermost first, none twice."""
        found = [self.why] if self.why else []
        for step in self.because:
            found += [text for text in step.reasons() if text not in found]
        return found


@dataclass(frozen=True)
class Flag:
    """A habit shown by facts: what, where (None: about the person), how heavy, why, what clears it, what to do.

    `because` is the whole derivation from the advice back to the facts; `advice` the id of a knowledge article;
    `clears` the id of a text; `private` flags are for the person alone; `rule_set` the hash of the rules that judged.
    """

    habit: str
    account: str | None
    item: str | None
    severity: Severity
    advice: str
    clears: str
    private: bool
    because: Step
    rule_set: str

    @property
    def reasons(self) -> list[Text]:
        """The texts that tell why, with their values."""
        return self.because.reasons()


@dataclass(frozen=True)
class Suppressed:
    """What would be flagged if another habit of the account did not set it aside."""

    habit: str
    account: str
    by: str


@dataclass(frozen=True)
class Priority:
    """One reason for seeing an account on a day: its code, its points, the text that tells it, and how it follows.

    Whoever adds up the points of an account counts its flags once, by the heaviest (services.proposals).
    """

    account: str
    code: str
    points: int
    why: Text
    because: Step


@dataclass(frozen=True)
class Assessment:
    """All flags of one evaluation, the worst first, then by account, habit and item.

    `priorities` are there where agenda facts were judged: by account, the most points first, each code once.
    """

    flags: tuple[Flag, ...]
    suppressed: tuple[Suppressed, ...]
    priorities: tuple[Priority, ...]
    rule_set: str


def assess(
    catalogue: Catalogue, facts: Mapping[Key, Fact], findings: Findings, suppressed: tuple[Suppressed, ...]
) -> Assessment:
    """The findings as flags and priorities; `facts` are the facts and findings that matched, by key."""
    draft = _Draft(catalogue, facts, findings)
    flags = [draft.flag(key) for key in findings if key.kind in {Layer.HABIT, Layer.COMBINATION}]
    flags.sort(key=lambda flag: (-flag.severity.rank, flag.account or "", flag.habit, flag.item or ""))
    priorities = [draft.priority(key) for key in findings if key.kind == Layer.PRIORITY]
    priorities.sort(key=lambda one: (one.account, -one.points, one.code))
    return Assessment(tuple(flags), suppressed, tuple(priorities), catalogue.hash)


class _Draft:
    """Derivations while they are put together."""

    def __init__(self, catalogue: Catalogue, facts: Mapping[Key, Fact], findings: Findings) -> None:
        self.catalogue, self.facts, self.findings = catalogue, facts, findings
        self.judged: dict[tuple[str, str, str], list[Key]] = {}
        self.advised: dict[tuple[str, str, str], Key] = {}
        for key in findings:
            if key.kind == Layer.SEVERITY:
                self.judged.setdefault((key.code, key.acc, key.item), []).append(key)
            elif key.kind == Layer.ADVICE:
                self.advised[key.code, key.acc, key.item] = key

    def flag(self, key: Key) -> Flag:
        """The flag of a habit that was found: its worst severity, and the advice on that."""
        habit, about = self.catalogue.habits[key.code], (key.code, key.acc, key.item)
        worst = max(self.judged[about], key=lambda judged: Severity(judged.value).rank)
        advice = self.advised[about]
        support = next(one for one in sorted(self.findings[advice]) if one.matched[0] == worst)
        return Flag(
            habit=key.code,
            account=_account(key),
            item=key.item or None,
            severity=Severity(worst.value),
            advice=advice.value,
            clears=habit.clears,
            private=habit.private,
            because=self.step(advice, support),
            rule_set=self.catalogue.hash,
        )

    def priority(self, key: Key) -> Priority:
        """The priority that was found, by the rule that gives it most."""
        supports = sorted(self.findings[key])
        best = max(supports, key=self.points)
        step = self.step(key, *(one for one in supports if one.rule == best.rule))
        assert step.why is not None
        return Priority(key.acc, key.code, self.points(best), step.why, step)

    def points(self, support: Support) -> int:
        """What a rule's field of points says of the fact that matched."""
        field = self.catalogue.rules[support.rule].points
        assert field is not None
        points = self.facts[support.matched[0]][field]
        assert isinstance(points, int)
        return points

    def step(self, key: Key, support: Support, *others: Support) -> Step:
        """One step, and those that led to it, also by the same rule in `others`, which begin with the same fact."""
        rule = self.catalogue.rules[support.rule]
        return Step(
            rule=rule.id,
            version=rule.version,
            layer=rule.layer,
            code=rule.code,
            account=_account(key),
            item=key.item or None,
            tested=self.tested(rule, support),
            why=self.why(rule, support),
            source=rule.source,
            because=tuple(
                self.step(matched, one)
                for way in (support, *others)
                for matched in way.matched
                if matched.kind not in KINDS
                for one in sorted(self.findings[matched])
            ),
        )

    def tested(self, rule: Rule, support: Support) -> tuple[Comparison, ...]:
        """The conditions of a rule with the values that made them true."""
        return tuple(
            Comparison(one.field, fact[one.field], one.operator, one.limit_of(fact), one.limit_field)
            for pattern, matched in zip(rule.patterns, support.matched, strict=True)
            for fact in (self.facts[matched],)
            for one in pattern.conditions
        )

    def why(self, rule: Rule, support: Support) -> Text | None:
        """The rule's reason, with values of the fact that matched first."""
        if rule.why is None:
            return None
        fact = self.facts[support.matched[0]]
        return Text(rule.why, {name: fact[name] for name in rule.values})


def _account(key: Key) -> str | None:
    return None if key.acc == PERSON else key.acc
