"""The facts that rules judge: every kind with its fields, their types, units and meaning, and the check of a fact.

A fact is a flat mapping: `k` its kind, `acc` the account's key (PERSON where it tells of the person), and exactly the
fields of its kind. Nothing is null, missing or nested. Counts, absences and time windows are worked out before; team
limits ride on the fact as fields, so that one set of rules serves all teams and a reason can quote the limit.

Shares are never divided. "Less than 70% of 10 kept" reads `kept_x100 < due_x_min_kept_pct`, two whole numbers
(kept × 100, due × 70) that `fact` fills in and `check` recomputes: exactly 70% is on the limit, 69.99% is under it.
"Window", "key account", "broken" and the other terms mean what domain.md §4 says.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Value = bool | int | float | str
Fact = Mapping[str, Value]

PERSON = "@person"
"""The `acc` of facts and flags about the person and not about one account."""

NEVER = 9999
"""Days, workdays or a rank where there is none; a bool beside it says so."""

LONGEST_TEXT = 4_000
LARGEST_INT = 2**53
LARGEST_FLOAT = 1e9
PLACES = 4
WORDING_ITEMS = tuple(f"M4.7.2.{number}" for number in range(1, 11))


class FactError(ValueError):
    """A fact that does not fit its schema: which kind, which field, what is wrong with it."""

    def __init__(self, kind: str, field: str, problem: str) -> None:
        self.kind, self.field, self.problem = kind, field, problem
        super().__init__(kind, field, problem)

    def __str__(self) -> str:
        """One line to read."""
        return f"fact {self.kind!r}, field {self.field!r}: {self.problem}"


@dataclass(frozen=True)
class Formula:
    """A whole number made of a field and another field or a number: `+` or `*`."""

    left: str
    operator: str
    right: str | int

    def of(self, values: Mapping[str, Value]) -> int:
        """The result for a fact's values."""
        left, right = values[self.left], values[self.right] if isinstance(self.right, str) else self.right
        assert isinstance(left, int)
        assert isinstance(right, int)
        return left + right if self.operator == "+" else left * right

    @property
    def fields(self) -> list[str]:
        """The fields that it is made of."""
        return [name for name in (self.left, self.right) if isinstance(name, str)]


@dataclass(frozen=True)
class Field:
    """One field: type, unit, meaning; whether it is a limit of the team; its formula where it follows from others."""

    name: str
    type: type[bool] | type[int] | type[float] | type[str]
    unit: str
    meaning: str
    limit: bool = False
    formula: Formula | None = None
    choices: tuple[str, ...] = ()

    def normal(self, value: object, kind: str) -> Value:
        """The value as the rules see it: floats rounded to PLACES. Raises FactError."""
        if self.type is float and type(value) is int:
            value = float(value)
        if type(value) is not self.type:
            raise FactError(kind, self.name, f"expected {self.type.__name__}, not {value!r}")
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            if abs(value) > LARGEST_INT:
                raise FactError(kind, self.name, f"{value!r} is out of range")
            return value
        if isinstance(value, float):
            if not math.isfinite(value) or abs(value) > LARGEST_FLOAT:
                raise FactError(kind, self.name, f"{value!r} is out of range")
            return round(value, PLACES) + 0.0  # + 0.0 makes -0.0 a plain zero
        assert isinstance(value, str)
        _check_text(value, kind, self.name)
        if self.choices and value not in self.choices:
            raise FactError(kind, self.name, f"{value!r} is none of {', '.join(self.choices)}")
        return value


def _check_text(value: str, kind: str, field: str) -> None:
    try:
        size = len(value.encode())
    except UnicodeEncodeError as error:
        raise FactError(kind, field, "holds half a character") from error
    if size > LONGEST_TEXT:
        raise FactError(kind, field, f"is longer than {LONGEST_TEXT} bytes")


@dataclass(frozen=True)
class Kind:
    """One kind of fact: about the person or about an account, and its fields."""

    name: str
    about_person: bool
    meaning: str
    fields: Mapping[str, Field]

    def blank(self) -> dict[str, Value]:
        """Neutral values of all fields that no formula gives."""
        return {
            field.name: field.choices[0] if field.choices else field.type()
            for field in self.fields.values()
            if field.formula is None
        }

    def read(self, field: str) -> list[str]:
        """The fields given from outside that a field stands for: itself, or what its formula is made of."""
        formula = self.fields[field].formula
        return [name for part in formula.fields for name in self.read(part)] if formula else [field]


def _flag(name: str, meaning: str) -> Field:
    return Field(name, bool, "yes or no", meaning)


def _count(name: str, unit: str, meaning: str) -> Field:
    return Field(name, int, unit, meaning)


def _number(name: str, unit: str, meaning: str) -> Field:
    return Field(name, float, unit, meaning)


def _text(name: str, meaning: str, *choices: str) -> Field:
    return Field(name, str, "text", meaning, choices=choices)


def _limit(name: str, unit: str, meaning: str) -> Field:
    return Field(name, int, unit, meaning, limit=True)


def _points(name: str, reason: str) -> Field:
    return Field(name, int, "points", reason)


def _times(name: str, left: str, right: str | int) -> Field:
    return Field(name, int, "percent × number", f"{left} × {right}", formula=Formula(left, "*", right))


def _kind(name: str, meaning: str, *fields: Field, about_person: bool = False) -> Kind:
    return Kind(name, about_person, meaning, {field.name: field for field in fields})


_KINDS = (
    _kind(
        "manager",
        "What the person did in the window, in numbers: one per evaluation.",
        # promises
        _count("due_promises", "promises", "due promises of the window, kept or not"),
        _limit("min_due_promises", "promises", "fewer are not judged; 8"),
        _count("kept_on_time", "promises", "of the due promises, kept on time"),
        _limit("min_kept_pct", "percent", "share kept on time that is asked for; 70"),
        _times("kept_x100", "kept_on_time", 100),
        _times("due_x_min_kept_pct", "due_promises", "min_kept_pct"),
        _count("broken_assurances", "promises", "broken promises of the window given in absolute wording"),
        _limit("broken_assurances_limit", "promises", "as many are too many; 3"),
        _count("open_promises", "promises", "open today, late or not"),
        _limit("max_open_promises", "promises", "policy max_open_promises; 8"),
        # accounts
        _count("key_accounts", "accounts", "accounts of tier A without the unprofitable big buyers"),
        _count("neglected_key_accounts", "accounts", "of these, what Matcher.accounts_with finds neglected"),
        _limit("neglected_pct_limit", "percent", "share neglected that counts; 40"),
        _times("neglected_x100", "neglected_key_accounts", 100),
        _times("key_accounts_x_neglected_pct", "key_accounts", "neglected_pct_limit"),
        _count("visits", "visits", "visits of the window, attempts that met nobody among them"),
        _count("tier_c_visits", "visits", "of these, at tier C"),
        _limit("tier_c_pct_limit", "percent", "share at tier C that counts; 60"),
        _times("tier_c_x100", "tier_c_visits", 100),
        _times("visits_x_tier_c_pct", "visits", "tier_c_pct_limit"),
        _count("familiar_visits", "visits", "of the visits, those with the same three (at most) supporters"),
        _limit("familiar_pct_limit", "percent", "share with them that counts; 40"),
        _times("familiar_x100", "familiar_visits", 100),
        _times("visits_x_familiar_pct", "visits", "familiar_pct_limit"),
        # planning
        _number("required_visits", "visits", "Σ 56 / cadence over the book, to be shown"),
        _number("capacity_visits", "visits", "daily target × workdays of the window, to be shown"),
        _limit("overload_pct", "percent", "load that is bearable; 120"),
        _count("required_scaled", "visits × scale", "required visits, multiplied to a whole number: see `load`"),
        _count("bearable_scaled", "visits × scale", "bearable visits, multiplied by the same: see `load`"),
        _count("workdays", "workdays", "workdays of the window on which the person worked"),
        _count("planned_workdays", "workdays", "of these, with a plan"),
        _limit("min_planned_pct", "percent", "share of workdays with a plan that is asked for; 50"),
        _times("planned_workdays_x100", "planned_workdays", 100),
        _times("workdays_x_min_planned_pct", "workdays", "min_planned_pct"),
        _count("recent_workdays", "workdays", "the last workdays looked at; at most recent_workdays_limit"),
        _limit("recent_workdays_limit", "workdays", "so many without a plan are too many; 5"),
        _count("recent_planned_workdays", "workdays", "of the last workdays, with a plan"),
        _count("planned_days", "days", "days of the window with a plan that are over"),
        _limit("min_planned_days", "days", "fewer are not judged; 8"),
        _count("planned_accounts", "accounts", "accounts planned on these days, each day's counted"),
        _count("fulfilled_accounts", "accounts", "of these, visited on their day, met or not"),
        _limit("min_fulfilled_pct", "percent", "share fulfilled that is asked for; 60"),
        _times("fulfilled_x100", "fulfilled_accounts", 100),
        _times("planned_x_min_fulfilled_pct", "planned_accounts", "min_fulfilled_pct"),
        _text("month", "the calendar month wholly in the window as 2026-10; empty where there is none"),
        _count("month_visits", "visits", "visits of that month; 0 where there is none"),
        _limit("min_month_visits", "visits", "fewer are not judged; 10"),
        _count("rush_visits", "visits", "of these, on the month's last 5 workdays"),
        _limit("rush_pct_limit", "percent", "share at the month's end that is bearable; 50"),
        _times("rush_x100", "rush_visits", 100),
        _times("month_visits_x_rush_pct", "month_visits", "rush_pct_limit"),
        # information
        _flag("has_reported", "whether there is any market report"),
        _count("workdays_since_report", "workdays", "since the last market report; NEVER where there is none"),
        _limit("report_limit_workdays", "workdays", "so many without a report are too many; 5"),
        _limit("min_noted_visits", "visits", "fewer visits are not judged by their notes; 20"),
        _count("empty_notes", "notes", "of the visits' notes, those that say nothing"),
        _limit("empty_notes_pct_limit", "percent", "share of empty notes that counts; 30"),
        _times("empty_notes_x100", "empty_notes", 100),
        _times("visits_x_empty_notes_pct", "visits", "empty_notes_pct_limit"),
        about_person=True,
    ),
    _kind(
        "wording",
        "How often one of the ten wording habits was seen in the window: one per habit that was seen.",
        _text("item", "the habit's item", *WORDING_ITEMS),
        _count("samples", "samples", "samples that show it"),
        _limit("samples_limit", "samples", "as many are a habit; 2"),
        about_person=True,
    ),
    _kind(
        "account",
        "How one account stands: one per account of the book.",
        _text("tier", "A, B or C", "A", "B", "C"),
        _flag("is_key", "tier A; an evaluation takes it from an unprofitable big buyer"),
        _flag("was_visited", "whether a visit of the window met somebody"),
        _count("days_since_visit", "days", "since the last visit that met somebody; 56 where none did in the window"),
        _limit("cadence_days", "days", "policy cadence_days of its tier"),
        _limit("grace_days", "days", "policy grace_days; 3"),
        Field("visit_limit_days", int, "days", "cadence + grace", True, Formula("cadence_days", "+", "grace_days")),
        _count("contacts", "contacts", "people on file"),
        _limit("min_contacts", "contacts", "policy min_contacts_A; 3 (K9.7)"),
        _flag("has_opponent", "whether a contact's stance is opponent"),
        _count("opponent_days_unmet", "days", "since the longest unmet opponent was met; NEVER if not in the window"),
        _limit("opponent_limit_days", "days", "as many are too many; 30"),
        _count("visits", "visits", "visits of the window, met or not"),
        _limit("idle_visits_limit", "visits", "as many without any result are too many; 4"),
        _count("productive_visits", "visits", "of the visits, with another outcome than none or absent"),
        _count("promises_made", "promises", "promises made to it in the window"),
        _flag("trend_up", "whether its purchases grow"),
        _count("missing_fields", "fields", "empty ones of segment, potential, annual sales, margin, delay, trend"),
        _limit("missing_fields_limit", "fields", "as many are too many; 2"),
        _count("sales_rank", "rank", "1 for the largest annual sales of the book; NEVER where they are unknown"),
        _limit("big_buyer_ranks", "rank", "a tenth of the book, rounded up"),
        _flag("margin_known", "whether the margin is on file"),
        _number("margin_pct", "percent", "margin; 0 where it is unknown"),
        Field("min_margin_pct", float, "percent", "policy min_margin_pct; 5 (K9.5)", limit=True),
        _flag("delay_known", "whether the payment delay is on file"),
        _count("payment_delay_days", "days", "payment delay; 0 where it is unknown"),
        _limit("max_payment_delay_days", "days", "policy max_payment_delay_days; 30"),
    ),
    _kind(
        "commitments",
        "What is owed to one account: one per account of the book.",
        _count("late_promises", "promises", "open ones past their day"),
        _count("most_workdays_late", "workdays", "how late the latest of them is; 0 where none is"),
        _limit("late_limit_workdays", "workdays", "as many are too many; 1"),
        _count("undated_promises", "promises", "open ones without a date"),
        _count("undated_workdays", "workdays", "since the oldest of them was made; 0 where there is none"),
        _limit("undated_limit_workdays", "workdays", "so many are bearable; 2"),
        _count("late_steps", "steps", "agreed next steps past their day"),
        _count("step_workdays_late", "workdays", "how late the latest of them is; 0 where none is"),
        _limit("step_limit_workdays", "workdays", "so many are bearable; 3"),
        _count("open_complaints", "complaints", "complaints without a reply"),
        _count("complaint_workdays", "workdays", "since the oldest of them was made; 0 where there is none"),
        _limit("complaint_limit_workdays", "workdays", "so many are bearable; 1"),
    ),
    _kind(
        "lending",
        "The loan file of one lending account: one per account that has one.",
        _flag("is_decided", "whether the stage is 审批, 放款 or 贷后"),
        _flag("only_collateral", "whether the basis is 抵押物 alone"),
        _count("sources", "sources", "channels through which the client was checked"),
        _limit("min_sources", "sources", "as many are asked for; 2"),
        _flag("has_repayment_plan", "whether a repayment plan is on file"),
        _count("loss_years", "years", "years with losses"),
        _limit("loss_years_limit", "years", "as many are too many; 2"),
        _flag("repays_old_loan", "whether new money is asked for to repay old"),
        _count("delay_days", "days", "payment delay; 0 where it is unknown"),
        _limit("max_delay_days", "days", "policy max_payment_delay_days; 30"),
        _count("delay_workdays", "workdays", "since the delay grew past the limit with no contact after; 0 otherwise"),
        _limit("delay_limit_workdays", "workdays", "so many are bearable; 5"),
    ),
    _kind(
        "agenda",
        "What a day asks for at one account: only where there may be a reason to see it. Percents are rounded down.",
        _count("appointments", "appointments", "on this day"),
        _text("appointment_time", "the first appointment's time as 14:30; empty where none was said"),
        _points("appointment_points", "policy points_appointment"),
        _count("promises_due", "promises", "open ones expected on this day, or since a day off before it"),
        _text("promise_due", "the first of them in a few words"),
        _points("promise_due_points", "policy points_promise_due"),
        _count("promises_overdue", "promises", "open ones expected before"),
        _text("promise_overdue", "the one expected first, in a few words"),
        _count("promise_days_overdue", "days", "since it was expected; 0 where there is none"),
        _points("promise_overdue_points", "policy points_promise_overdue"),
        _count("complaints", "complaints", "complaints without a reply"),
        _count("complaint_days", "days", "since the oldest of them was made; 0 where there is none"),
        _points("complaint_points", "policy points_complaint"),
        _points("critical_flag_points", "policy points_critical"),
        _points("warning_flag_points", "policy points_warning"),
        _count("steps_due", "steps", "agreed next steps of this day or before, and appointments before it"),
        _text("step_due", "the first of them in a few words"),
        _count("step_days_late", "days", "since its day; 0 where there is none"),
        _points("step_points", "policy points_next_step"),
        _flag("was_met", "whether a visit of the window met somebody"),
        _count("days_since_contact", "days", "since the last visit that met somebody; 56 where none in the window"),
        _limit("contact_cadence_days", "days", "policy cadence_days of its tier"),
        _count("waited_pct", "percent", "days since contact of the cadence"),
        _limit("contact_due_pct", "percent", "policy contact_due_pct; from so much on a contact is due; 80"),
        _points("contact_points", "waited × the weight of its tier, for a tier A account that of tier B"),
        _points("key_contact_points", "waited × the weight of its tier"),
        _count("unwon_pct", "percent", "of the potential, not bought here yet; 0 where either figure is unknown"),
        _limit("unwon_limit_pct", "percent", "policy unwon_pct; so much is worth a visit; 50"),
        _limit("growth_due_pct", "percent", "policy growth_due_pct; waited before it counts; 50"),
        _points("potential_points", "policy points_potential"),
    ),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}


def fact(kind: str, acc: str = PERSON, /, **values: Value) -> Fact:
    """A whole fact: formulas filled in, floats rounded, everything checked. Raises FactError."""
    if kind not in KINDS:
        raise FactError(kind, "k", "there is no such kind")
    filled: dict[str, Value] = {"k": kind, "acc": acc, **values}
    for field in KINDS[kind].fields.values():
        if field.formula is not None and all(type(filled.get(name)) is int for name in field.formula.fields):
            filled.setdefault(field.name, field.formula.of(filled))
    return check(filled)


def check(given: Fact) -> dict[str, Value]:
    """The fact as the rules see it, if it is whole. Raises FactError that names kind and field."""
    name = given.get("k")
    if not isinstance(name, str) or name not in KINDS:
        raise FactError(str(name), "k", "there is no such kind")
    kind, acc = KINDS[name], given.get("acc")
    if not isinstance(acc, str) or not acc:
        raise FactError(name, "acc", f"expected an account's key, not {acc!r}")
    _check_text(acc, name, "acc")
    if kind.about_person != (acc == PERSON):
        raise FactError(name, "acc", f"expected {'PERSON' if kind.about_person else 'an account'}, not {acc!r}")
    if unknown := given.keys() - kind.fields.keys() - {"k", "acc"}:
        raise FactError(name, min(unknown), "there is no such field")
    checked: dict[str, Value] = {"k": name, "acc": acc}
    for field in kind.fields.values():
        if field.name not in given:
            raise FactError(name, field.name, "is missing")
        checked[field.name] = field.normal(given[field.name], name)
    for field in kind.fields.values():
        if field.formula is not None and checked[field.name] != field.formula.of(checked):
            raise FactError(name, field.name, f"is not {field.meaning}")
    return checked


def check_all(facts: Iterable[Fact]) -> list[dict[str, Value]]:
    """All facts of one evaluation, checked; no two of one kind and account (and item). Raises FactError."""
    checked: dict[tuple[Value, ...], dict[str, Value]] = {}
    for one in map(check, facts):
        key = (one["k"], one["acc"], one.get("item", ""))
        if key in checked:
            raise FactError(str(one["k"]), "acc", f"two facts about {one['acc']!r}")
        checked[key] = one
    return list(checked.values())


def load(cadences: Sequence[int], *, overload_pct: int, daily_target: int, workdays: int) -> dict[str, int | float]:
    """The load of a book as fields of the manager's fact: the visits that it asks for, and those that are bearable.

    `cadences` are the days between two visits of each account, each at least 1. Required are Σ 56 / cadence, bearable
    overload_pct × daily target × workdays / 100. Both are multiplied by 100 and by the cadences' least common multiple,
    so that no fraction is lost and exactly 120% is on the limit.
    """
    scale = math.lcm(*cadences)
    required = sum(56 * (scale // days) for days in cadences)
    return {
        "required_visits": required / scale,
        "capacity_visits": float(daily_target * workdays),
        "overload_pct": overload_pct,
        "required_scaled": 100 * required,
        "bearable_scaled": scale * overload_pct * daily_target * workdays,
    }
