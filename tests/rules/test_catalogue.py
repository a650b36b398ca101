"""The catalogue does what domain.md §3 and §4 say, on engine and matcher, and the tables would notice any slip."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache

import pytest

from knowledge.library import Library, inventory_items
from rules.assessment import assess
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import KINDS, PERSON
from rules.matcher import Matcher, matched_facts
from rules.rule import CatalogueError, Condition, Key, Layer, Pattern, Rule, Severity
from tests.rules import tables
from tests.rules.builders import ACCOUNT, quiet, quiet_book
from tests.rules.tables import Day, Row

CATALOGUE = Catalogue.load()
ENGINE = RuleEngine(CATALOGUE)
ROWS = tables.rows()
DOMAIN = set(
    """over_promising broken_promise vague_promise neglected_key_account single_threaded_key_account
opponent_unaddressed keeping_company_only unprofitable_big_buyer friend_only incomplete_client_file overloaded_book
stalled_next_step unanswered_complaint plan_not_made plan_not_followed last_minute_rush no_market_feedback thin_notes
bad_wording collateral_worship single_source_check no_repayment_plan rescue_lending late_risk_reminder""".split()  # noqa: SIM905 - eleven lines of quotes otherwise
)
PRIORITIES = {
    *("appointment", "promise_due", "promise_overdue", "critical_flag", "warning_flag", "contact_overdue"),
    *("complaint", "next_step_due", "potential"),
}
COMBINED = {"trust_at_risk", "key_account_at_risk", "cannot_keep_up", "aim_missed", "hollow_relationship"}


def test_every_habit_of_the_domain_is_there() -> None:
    habits = CATALOGUE.habits.values()
    assert {habit.code for habit in habits if not habit.combination} == DOMAIN
    assert {habit.code for habit in habits if habit.combination} == COMBINED
    assert {row.habit for row in ROWS} == DOMAIN | COMBINED


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_on_and_around_every_limit(row: Row) -> None:
    flags = ENGINE.evaluate(row.facts).flags
    about = None if row.about == PERSON else row.about
    found = [flag for flag in flags if (flag.habit, flag.account) == (row.habit, about)]
    assert bool(found) == row.flagged
    assert all(flag.item == (row.item or None) for flag in found)


@pytest.mark.parametrize("day", tables.DAYS, ids=lambda day: day.name)
def test_what_a_day_asks_for(day: Day) -> None:
    found = ENGINE.evaluate(day.facts).priorities
    assert {one.code: one.points for one in found if one.account == ACCOUNT} == day.points
    assert len({(one.account, one.code) for one in found}) == len(found)


def test_every_priority_of_the_domain_is_there() -> None:
    codes = {rule.code for rule in CATALOGUE.rules.values() if rule.layer is Layer.PRIORITY}
    assert codes == {code for day in tables.DAYS for code in day.points} == PRIORITIES


def test_who_shows_no_habit_gets_no_flag() -> None:
    assert ENGINE.evaluate(quiet_book()).flags == ()
    assert ENGINE.evaluate(quiet_book()).priorities == ()
    assert ENGINE.evaluate([quiet("lending"), quiet("wording")]).flags == ()
    assert ENGINE.evaluate([]).flags == ()


def test_severity() -> None:
    for row in ROWS:
        for flag in ENGINE.evaluate(row.facts).flags if row.flagged else ():
            to_key_account = flag.habit in {"broken_promise", "vague_promise"} and len(row.facts) > 1
            wanted = "critical" if flag.habit in COMBINED else tables.OWN_SEVERITY[flag.habit]
            assert flag.severity == wanted or (to_key_account and flag.severity is Severity.CRITICAL), row.name
    assert tables.OWN_SEVERITY.keys() == DOMAIN


@pytest.mark.parametrize("changes", [{"most_workdays_late": 1}, {"undated_workdays": 3}])
@pytest.mark.parametrize(("tier", "is_key"), [("A", True), ("A", False), ("B", False)])
def test_promises_to_key_accounts_are_critical(changes: dict[str, int], tier: str, is_key: bool) -> None:
    facts = [quiet("commitments", **changes), quiet("account", tier=tier, is_key=is_key), quiet("account", "another")]
    flag = next(one for one in ENGINE.evaluate(facts).flags if one.habit in {"broken_promise", "vague_promise"})
    assert (flag.severity is Severity.CRITICAL) == is_key


def test_each_wording_habit_is_a_private_flag_with_its_own_article() -> None:
    items = KINDS["wording"].fields["item"].choices
    flags = ENGINE.evaluate([quiet("wording", item=item, samples=2) for item in items]).flags
    assert {flag.item: flag.advice for flag in flags} == dict(zip(items, tables.WORDING_ARTICLES, strict=True))
    assert {habit.code for habit in CATALOGUE.habits.values() if habit.private} == {"bad_wording"}
    assert all(flag.private for flag in flags)


def test_advice_is_an_article_about_the_habit_and_every_source_is_an_item() -> None:
    library, items = Library.load(), inventory_items()
    for rule in CATALOGUE.rules.values():
        assert {source for source in rule.source if not source.startswith("domain.md")} <= items.keys(), rule.id
        if rule.layer is Layer.ADVICE:
            assert not set(rule.source).isdisjoint(library[rule.code].covers), rule.id
            habit = rule.patterns[0].code
            assert habit in library[rule.code].habits or CATALOGUE.habits[habit].combination, rule.id
    assert all(set(habit.source) <= items.keys() for habit in CATALOGUE.habits.values())


def test_each_text_belongs_to_one_signal_combination_habit_or_priority() -> None:
    named = {f"flag-clears-{code}" for code in CATALOGUE.habits}
    telling = [rule for rule in CATALOGUE.rules.values() if rule.why]
    named |= {f"flag-why-{rule.id}" for rule in telling if rule.layer is not Layer.PRIORITY}
    named |= {f"plan-why-{rule.code}" for rule in telling if rule.layer is Layer.PRIORITY}
    assert CATALOGUE.texts.keys() == {name.replace("_", "-") for name in named}
    assert CATALOGUE.texts["flag-why-promise-late"] == ("late_promises", "most_workdays_late", "late_limit_workdays")


def test_the_hash_follows_what_the_rules_say() -> None:
    assert Catalogue.load().hash == CATALOGUE.hash
    hashes = {mutant.hash for _, _, mutant in mutants() if mutant is not None}
    assert CATALOGUE.hash not in hashes
    assert len(hashes) > 200


# Mutants: each differs from the catalogue in one place; the tables must tell every one of them from it.


@cache
def mutants() -> list[tuple[Rule, str, Catalogue | None]]:
    """Rule changed, how, and the changed catalogue; None where the checks of the catalogue refuse it already."""
    found: list[tuple[Rule, str, Catalogue | None]] = []
    for rule in CATALOGUE.rules.values():
        for name, mutant in mutated(rule):
            others = [one for one in CATALOGUE.rules.values() if one is not rule]
            try:
                built = Catalogue(CATALOGUE.habits.values(), [*others, *([mutant] if mutant else [])])
            except CatalogueError:
                built = None
            found.append((rule, name, built))
    return found


def mutated(rule: Rule) -> Iterator[tuple[str, Rule | None]]:
    yield "dropped", None
    for level in set(Severity) - {rule.code} if rule.layer is Layer.SEVERITY else ():
        yield f"{level}", dataclasses.replace(rule, code=level)
    if rule.layer is Layer.ADVICE:
        yield "other advice", dataclasses.replace(rule, code="humour")
    for field in rule.patterns[0].fields.values() if rule.points else ():
        if field.unit == "points" and field.name != rule.points:
            yield f"points {field.name}", dataclasses.replace(rule, points=field.name)
    if len(rule.patterns) > 1 and rule.code not in {"friend_only", "cannot_keep_up"}:  # all about the person
        yield "other join", dataclasses.replace(rule, by_person=not rule.by_person)
    for number, pattern in enumerate(rule.patterns):
        before, after = rule.patterns[:number], rule.patterns[number + 1 :]
        if number:
            yield f"without {pattern.alias}", dataclasses.replace(rule, patterns=before + after)
        for name, changed in mutated_pattern(pattern):
            yield name, dataclasses.replace(rule, patterns=(*before, changed, *after))


def mutated_pattern(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    for number, condition in enumerate(pattern.conditions):
        before, after = pattern.conditions[:number], pattern.conditions[number + 1 :]
        text = f"{condition.field} {condition.operator} {condition.limit_field or condition.limit}"
        yield f"without {text}", dataclasses.replace(pattern, conditions=before + after)
        for changed in mutated_condition(condition, pattern):
            yield f"{text} → {changed}", dataclasses.replace(pattern, conditions=(*before, changed, *after))


def mutated_condition(condition: Condition, pattern: Pattern) -> Iterator[Condition]:
    field = pattern.fields[condition.field]
    operators = ["=", "!="] if field.type in {bool, str} else ["=", "!=", "<", "<=", ">", ">="]
    for operator in operators:
        if operator != condition.operator:
            yield dataclasses.replace(condition, operator=operator)
    if condition.limit_field is None:
        limit = condition.limit
        if isinstance(limit, bool):
            yield dataclasses.replace(condition, limit=not limit)
        elif isinstance(limit, int):
            yield dataclasses.replace(condition, limit=limit - 1)
            yield dataclasses.replace(condition, limit=limit + 1)
        elif isinstance(limit, str):
            yield from (dataclasses.replace(condition, limit=one) for one in field.choices if one != limit)
    else:
        for other in pattern.fields.values():
            if other.limit and other.type is field.type and other.name != condition.limit_field:
                yield dataclasses.replace(condition, limit_field=other.name)


SEVERITIES = [
    ([quiet("commitments", most_workdays_late=1)], Key("severity", "broken_promise", ACCOUNT, "", "critical"), False),
    *(
        ([quiet("commitments", **changes), quiet("account")], Key("severity", code, ACCOUNT, "", "critical"), True)
        for code, changes in (("broken_promise", {"most_workdays_late": 1}), ("vague_promise", {"undated_workdays": 3}))
    ),
    (
        [quiet("commitments", undated_workdays=3), quiet("account", is_key=False)],
        Key("severity", "vague_promise", ACCOUNT, "", "critical"),
        False,
    ),
    (
        [quiet("commitments", undated_workdays=3), quiet("account", is_key=False), quiet("account", "another")],
        Key("severity", "vague_promise", ACCOUNT, "", "critical"),
        False,
    ),
    (
        [quiet("commitments", step_workdays_late=4), quiet("account")],
        Key("severity", "stalled_next_step", ACCOUNT, "", "critical"),
        False,
    ),
]
ADVICE = {
    rule.patterns[0].code: rule.code
    for rule in CATALOGUE.rules.values()
    if rule.layer is Layer.ADVICE and not rule.patterns[0].conditions
}


def right(row: Row, matcher: Matcher) -> bool:
    """Whether a row comes out as it must: flagged or not, with its severity and its article."""
    found, about = matcher.derive(row.facts), (row.habit, row.about, row.item)
    if (Key(CATALOGUE.habits[row.habit].layer, *about) in found) != row.flagged:
        return False
    levels = {key.value for key in found if key.kind == "severity" and key[1:4] == about}
    articles = {key.value for key in found if key.kind == "advice" and key[1:4] == about}
    own = "critical" if row.habit in COMBINED else tables.OWN_SEVERITY[row.habit]
    wanted = ({own}, {ADVICE.get(row.habit, "empty-generalities")}) if row.flagged else (set(), set())
    return (levels, articles) == wanted


def right_about_wording(matcher: Matcher) -> bool:
    """Whether each wording habit leads to its own article and no other."""
    items = KINDS["wording"].fields["item"].choices
    found = matcher.derive([quiet("wording", item=item, samples=2) for item in items])
    advised = {(key.item, key.value) for key in found if key.kind == "advice"}
    return advised == set(zip(items, tables.WORDING_ARTICLES, strict=True))


def right_about_days(matcher: Matcher) -> bool:
    """Whether each day asks for what it must."""
    for day in tables.DAYS:
        folded = matcher.fold(day.facts)
        findings = matcher.derive(folded)
        found = assess(matcher.catalogue, matched_facts(folded, findings, matcher.catalogue), findings, ()).priorities
        if {one.code: one.points for one in found if one.account == ACCOUNT} != day.points:
            return False
    return True


def concerned(rule: Rule) -> set[str]:
    """The habits that a rule leads to, directly or through others."""
    codes = {rule.code, rule.patterns[0].code} - {""}
    for _ in range(2):
        codes |= {one.code for one in CATALOGUE.rules.values() if codes & {part.code for part in one.patterns}}
    return codes


def notices(mutant: Catalogue, rule: Rule | None = None) -> bool:
    """Whether any row shows the mutant something else than it must; the rows that concern the rule are tried first."""
    matcher, first = Matcher(mutant), concerned(rule) if rule else set()
    if rule and rule.layer is Layer.PRIORITY:
        return not right_about_days(matcher)
    return (
        any((key in matcher.derive(facts)) != there for facts, key, there in SEVERITIES)
        or not right_about_wording(matcher)
        or not all(right(row, matcher) for row in sorted(ROWS, key=lambda row: row.habit not in first))
    )


def test_the_tables_hold_for_the_catalogue_itself() -> None:
    assert not notices(CATALOGUE)
    assert right_about_days(Matcher(CATALOGUE))


def test_the_tables_notice_every_mutant() -> None:
    assert len(mutants()) > 500
    unnoticed = [
        (rule.id, name) for rule, name, mutant in mutants() if mutant is not None and not notices(mutant, rule)
    ]
    assert unnoticed == []
