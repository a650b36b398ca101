"""The same rules in plain Python: what checks every run of the engine, and what answers "why not"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from rules.assessment import Comparison, Suppressed
from rules.compiler import Catalogue
from rules.facts import PERSON, Fact, check_all
from rules.rule import Findings, Key, Layer, Pattern, Rule, Support, finding_fact


class Disagreement(RuntimeError):
    """Engine and matcher found different things in the same facts: no flag may be shown.

    `missing` are supports that only the matcher found, `extra` those that only the engine found.
    """

    def __init__(self, missing: frozenset[tuple[Key, Support]], extra: frozenset[tuple[Key, Support]]) -> None:
        self.missing, self.extra = missing, extra
        super().__init__(missing, extra)

    def __str__(self) -> str:
        """The rules concerned; what they matched holds names of clients and stays out of logs."""
        rules = sorted({support.rule for _, support in self.missing | self.extra})
        return f"{len(self.missing)} missing, {len(self.extra)} extra, rules {', '.join(rules)}"


@dataclass(frozen=True)
class Missing:
    """Why one way to a habit is not open: the first condition that fails, or what there is no fact of.

    `rule` is the rule that fails, `tested` its condition with figure and limit; None where no fact of `kind` is there.
    """

    rule: str
    version: int
    kind: str
    tested: Comparison | None


def key_of(fact: Fact) -> Key:
    """What names a fact."""
    return Key(str(fact["k"]), "", str(fact["acc"]), str(fact.get("item", "")))


def compare(expected: Findings, found: Findings) -> None:
    """Raises Disagreement unless both hold the same findings with the same supports."""
    if expected != found:
        wanted, got = (
            frozenset((key, support) for key, supports in one.items() for support in supports)
            for one in (expected, found)
        )
        raise Disagreement(wanted - got, got - wanted)


class Matcher:
    """The rules of a catalogue, matched layer by layer."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def folding(self) -> set[str]:
        """The habits that set fields of the account's fact."""
        return {habit.code for habit in self.catalogue.habits.values() if habit.folds}

    @cached_property
    def _folding_rules(self) -> list[Rule]:
        """The rules that lead to these habits."""
        return self._leading_to(self.folding)

    def _leading_to(self, habits: Set[str]) -> list[Rule]:
        """The rules that conclude these habits, and the signals that they read."""
        rules = self.catalogue.rules.values()
        last = [rule for rule in rules if rule.layer is Layer.HABIT and rule.code in habits]
        signals = {pattern.code for rule in last for pattern in rule.patterns}
        return [rule for rule in rules if rule.layer is Layer.SIGNAL and rule.code in signals] + last

    def derive(self, facts: Iterable[Fact]) -> Findings:
        """Everything that follows from facts already checked and folded."""
        return self._derive(facts, self.catalogue.rules.values())

    def _derive(self, facts: Iterable[Fact], rules: Collection[Rule]) -> Findings:
        read = {pattern.kind for rule in rules for pattern in rule.patterns}
        known = _Known(fact for fact in facts if fact["k"] in read)
        findings: dict[Key, set[Support]] = defaultdict(set)
        # The rules stand in the order of their layers, and a layer reads earlier ones only.
        for _, layer in groupby(rules, key=attrgetter("layer")):
            fresh = [
                (rule.conclusion(keys[0]), Support(rule.id, keys)) for rule in layer for keys in known.matches(rule)
            ]
            for key, support in fresh:
                if key not in findings:
                    known.add(key, finding_fact(key, self.catalogue.habits))
                findings[key].add(support)
        return {key: frozenset(supports) for key, supports in findings.items()}

    def fold(self, checked: Sequence[Fact]) -> list[Fact]:
        """Facts already checked, with what some habits set: an unprofitable big buyer is no key account.

        Folding twice changes nothing more.
        """
        folds: dict[str, Fact] = defaultdict(dict)
        for key in self._derive(checked, self._folding_rules):
            if key.kind == Layer.HABIT:
                folds[key.acc] = {**folds[key.acc], **self.catalogue.habits[key.code].folds}
        return [
            {**fact, **folds[str(fact["acc"])]} if fact["k"] == "account" and fact["acc"] in folds else fact
            for fact in checked
        ]

    def suppressed(self, facts: Iterable[Fact], findings: Findings) -> tuple[Suppressed, ...]:
        """What the unfolded facts would show of accounts beyond the findings from the folded ones."""
        by = {key.acc: key.code for key in findings if key.kind == Layer.HABIT and key.code in self.folding}
        if not by:
            return ()
        shown = self.derive(fact for fact in facts if fact["acc"] in by)
        return tuple(
            Suppressed(key.code, key.acc, by[key.acc])
            for key in sorted(shown.keys() - findings.keys())
            if key.kind in {Layer.HABIT, Layer.COMBINATION}
        )

    def accounts_with(self, habit: str, folded: Iterable[Fact]) -> set[str]:
        """The accounts that show a habit, by their key, from facts already checked and folded."""
        found = self._derive(folded, self._leading_to({habit}))
        return {key.acc for key in found if key.code == habit and key.kind == Layer.HABIT}

    def why_not(self, habit: str, account: str | None, facts: Iterable[Fact], item: str = "") -> list[Missing]:
        """For each way to a habit, the first condition that fails; empty where the habit is flagged.

        `account` None asks about the person, `item` about one wording habit. Raises FactError, and KeyError for a
        habit that the catalogue does not hold.
        """
        about = Key(self.catalogue.habits[habit].layer, habit, account or PERSON, item)
        folded = self.fold(check_all(facts))
        findings = self.derive(folded)
        if about in findings:
            return []
        known = _Known(folded)
        for key in findings:
            known.add(key, finding_fact(key, self.catalogue.habits))
        return list(dict.fromkeys(self._missing(about, known)))

    def _missing(self, about: Key, known: _Known) -> Iterator[Missing]:
        for rule in self.catalogue.rules.values():
            if (rule.layer, rule.code) == (about.kind, about.code):
                for number, pattern in enumerate(rule.patterns):
                    anywhere = rule.by_person and number > 0
                    here = known.candidates(pattern, None if anywhere else about.acc)
                    here = [(key, fact) for key, fact in here if not about.item or key.item == about.item]
                    if not any(pattern.holds(fact) for _, fact in here):
                        yield from self._failing(rule, pattern, about, here, known)
                        break

    def _failing(
        self, rule: Rule, pattern: Pattern, about: Key, here: Sequence[tuple[Key, Fact]], known: _Known
    ) -> Iterator[Missing]:
        if pattern.kind in {Layer.SIGNAL, Layer.HABIT} and not here:
            yield from self._missing(Key(pattern.kind, pattern.code, about.acc, about.item), known)
        elif not here:
            yield Missing(rule.id, rule.version, pattern.kind, None)
        else:
            fact = here[0][1]
            failing = next(one for one in pattern.conditions if not one.holds(fact))
            limit = failing.limit_of(fact)
            tested = Comparison(failing.field, fact[failing.field], failing.operator, limit, failing.limit_field)
            yield Missing(rule.id, rule.version, pattern.kind, tested)


class _Known:
    """The facts and findings so far, by kind and code, and then by account."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.by_code: dict[tuple[str, str], list[tuple[Key, Fact]]] = defaultdict(list)
        self.by_account: dict[tuple[str, str, str], list[tuple[Key, Fact]]] = defaultdict(list)
        for fact in facts:
            self.add(key_of(fact), fact)

    def add(self, key: Key, fact: Fact) -> None:
        """Remember a fact or finding; a finding is found with and without its code."""
        for code in {key.code, ""}:
            self.by_code[key.kind, code].append((key, fact))
            self.by_account[key.kind, code, key.acc].append((key, fact))

    def candidates(self, pattern: Pattern, acc: str | None) -> Sequence[tuple[Key, Fact]]:
        """What a pattern could mean, conditions aside; of one account, or of all."""
        if acc is None:
            return self.by_code.get((pattern.kind, pattern.code), ())
        return self.by_account.get((pattern.kind, pattern.code, acc), ())

    def matches(self, rule: Rule) -> Iterator[tuple[Key, ...]]:
        """Every way to meet all patterns of a rule."""
        first, *rest = rule.patterns
        for key, fact in self.candidates(first, None):
            if first.holds(fact):
                yield from self._extended((key,), rest, None if rule.by_person else key.acc)

    def _extended(self, keys: tuple[Key, ...], rest: Sequence[Pattern], acc: str | None) -> Iterator[tuple[Key, ...]]:
        if not rest:
            yield keys
            return
        for key, fact in self.candidates(rest[0], acc):
            if key not in keys and rest[0].holds(fact):
                yield from self._extended((*keys, key), rest[1:], acc)


def matched_facts(facts: Iterable[Fact], findings: Findings, catalogue: Catalogue) -> Mapping[Key, Fact]:
    """Facts and findings by key, as `assess` needs them."""
    return {key_of(fact): fact for fact in facts} | {key: finding_fact(key, catalogue.habits) for key in findings}
