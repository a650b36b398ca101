"""The rule engine: durable_rules behind a loader that keeps to what was measured to be right and safe.

The only file that imports durable_rules. Whoever needs flags in a process that must not die asks `rules.worker`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import durable_rules_engine
from durable import engine

from rules.assessment import Assessment, assess
from rules.compiler import Catalogue
from rules.facts import Fact, Value, check_all
from rules.lint import START
from rules.matcher import Matcher, compare, key_of, matched_facts
from rules.rule import Findings, Key, Rule, Support, finding_fact

SESSION = "s"
"""The one session's id: ids are told apart by a 32-bit hash, so there is never a second one."""

_written = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
_TAKEN = frozenset({0, 1})
"""Result codes of a fact that was taken; 1 says that no rule listens to it."""

# The library drops the rest of a chain of rules when the clock jumps or an action takes over 10 s; time limits are the
# worker's business, so to the library no time ever passes.
engine._unix_now = lambda: 0.0  # noqa: SLF001


class EngineError(RuntimeError):
    """The engine refused a fact, or did not finish firing."""


class _Host(engine.Host):  # type: ignore[misc]
    """A host without background threads, which would fire rules of a session that is being deleted."""

    def _run(self) -> None:
        """Start nothing."""


class RuleEngine:
    """The rules of a catalogue, ready to judge; build it once per process and use it from one thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.matcher = Matcher(catalogue)
        self._session = _Session(catalogue)
        host = _Host()
        host.register_rulesets({"rules": catalogue.definition(self._session.action)})
        self._ruleset = host.get_ruleset("rules")

    def evaluate(self, facts: Iterable[Fact]) -> Assessment:
        """The flags of one person's facts. The same facts and rules give the same assessment.

        Raises FactError for a fact that does not fit its schema, Disagreement where the plain matcher finds anything
        else than the engine, EngineError where the engine does not finish.
        """
        checked = check_all(facts)
        folded = self.matcher.fold(checked)
        findings = self.run(folded)
        compare(self.matcher.derive(folded), findings)
        suppressed = self.matcher.suppressed(checked, findings)
        return assess(self.catalogue, matched_facts(folded, findings, self.catalogue), findings, suppressed)

    def run(self, facts: Iterable[Fact]) -> Findings:
        """What durable_rules finds in facts checked and folded, before the matcher looks. Raises EngineError."""
        session = self._session
        session.begin(self._ruleset._handle)  # noqa: SLF001
        offset = session.send({"k": START, "id": START})
        self._fire(offset)  # from here on the session can be deleted
        try:
            for fact in facts:
                session.tell(key_of(fact), fact)
            self._fire(offset)
            state = self._ruleset.get_state(SESSION)
        finally:
            self._ruleset.delete_state(SESSION)
        if session.errors or "exception" in state:
            raise EngineError("an action failed") from next(iter(session.errors), None)
        return {key: frozenset(supports) for key, supports in session.findings.items()}

    def _fire(self, offset: int) -> None:
        completed: list[object] = []
        self._ruleset.do_actions(offset, lambda error, _state: completed.append(error))
        if completed != [None]:
            raise EngineError(f"the rules did not finish firing: {completed}")


class _Session:
    """What one run has told the engine, and what the engine has found.

    Facts and accounts get numbers of our own, since the engine joins and remembers by 32-bit hashes of what it is told:
    six digits were tried and never collide, names of clients do.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._fields, self._habits = catalogue.fields_read, catalogue.habits
        self.begin(0)

    def begin(self, handle: int) -> None:
        """Forget the run before; `handle` is the rule set's in the library."""
        self.findings: dict[Key, set[Support]] = defaultdict(set)
        self.errors: list[BaseException] = []
        self._handle = handle
        self._keys: list[Key] = []
        self._accounts: dict[str, str] = {}

    def tell(self, key: Key, fact: Fact) -> None:
        """Assert a fact or finding with the fields that some rule reads, or nothing where none does."""
        if key.kind not in self._fields:
            return
        read = {name: fact[name] for name in self._fields[key.kind]}
        account = self._accounts.setdefault(key.acc, f"{len(self._accounts):06d}")
        names = {"k": key.kind, "code": key.code, "acc": account, "person": SESSION}
        self.send({**read, **names, "id": f"{len(self._keys):06d}"})
        self._keys.append(key)

    def send(self, fact: Mapping[str, Value]) -> int:
        """Assert a fact as it stands; the offset of the session. Raises EngineError."""
        code, offset = durable_rules_engine.assert_fact(self._handle, _written({**fact, "sid": SESSION}))
        if code not in _TAKEN:
            raise EngineError(f"a fact of kind {fact['k']!r} was refused with code {code}")
        return int(offset)

    def action(self, rule: Rule) -> Callable[[Any], None]:
        """What the engine calls when a rule matches: remember how, and assert what is found for the first time."""

        def act(closure: Any) -> None:
            try:
                matched = tuple(self._keys[int(closure._m[pattern.alias]["id"])] for pattern in rule.patterns)  # noqa: SLF001
                key = rule.conclusion(matched[0])
                new = key not in self.findings
                self.findings[key].add(Support(rule.id, matched))
                if new:
                    self.tell(key, finding_fact(key, self._habits))
            except BaseException as error:  # noqa: BLE001 - the library would swallow it and go on half done
                self.errors.append(error)

        return act
