"""Facts for the tests: of a person and an account that show no habit, to be changed field by field; and random ones."""

from __future__ import annotations

import random
from collections.abc import Mapping

from rules.facts import KINDS, PERSON, Fact, Value, fact, load

ACCOUNT = "永辉五一店"

QUIET: Mapping[str, Mapping[str, Value]] = {
    "manager": {
        "due_promises": 10,
        "min_due_promises": 8,
        "kept_on_time": 10,
        "min_kept_pct": 70,
        "broken_assurances": 0,
        "broken_assurances_limit": 3,
        "open_promises": 2,
        "max_open_promises": 8,
        "key_accounts": 5,
        "neglected_key_accounts": 0,
        "neglected_pct_limit": 40,
        "visits": 100,
        "tier_c_visits": 10,
        "tier_c_pct_limit": 60,
        "familiar_visits": 10,
        "familiar_pct_limit": 40,
        **load([7, 14, 30], overload_pct=120, daily_target=6, workdays=40),
        "workdays": 40,
        "planned_workdays": 40,
        "min_planned_pct": 50,
        "recent_workdays": 5,
        "recent_workdays_limit": 5,
        "recent_planned_workdays": 5,
        "planned_days": 40,
        "min_planned_days": 8,
        "planned_accounts": 100,
        "fulfilled_accounts": 90,
        "min_fulfilled_pct": 60,
        "month": "2026-10",
        "month_visits": 50,
        "min_month_visits": 10,
        "rush_visits": 10,
        "rush_pct_limit": 50,
        "has_reported": True,
        "workdays_since_report": 1,
        "report_limit_workdays": 5,
        "min_noted_visits": 20,
        "empty_notes": 0,
        "empty_notes_pct_limit": 30,
    },
    "wording": {"item": "M4.7.2.1", "samples": 0, "samples_limit": 2},
    "account": {
        "tier": "A",
        "is_key": True,
        "was_visited": True,
        "days_since_visit": 3,
        "cadence_days": 7,
        "grace_days": 3,
        "contacts": 4,
        "min_contacts": 3,
        "has_opponent": False,
        "opponent_days_unmet": 0,
        "opponent_limit_days": 30,
        "visits": 8,
        "idle_visits_limit": 4,
        "productive_visits": 6,
        "promises_made": 1,
        "trend_up": True,
        "missing_fields": 0,
        "missing_fields_limit": 2,
        "sales_rank": 9,
        "big_buyer_ranks": 3,
        "margin_known": True,
        "margin_pct": 9.5,
        "min_margin_pct": 5.0,
        "delay_known": True,
        "payment_delay_days": 5,
        "max_payment_delay_days": 30,
    },
    "commitments": {
        "late_promises": 0,
        "most_workdays_late": 0,
        "late_limit_workdays": 1,
        "undated_promises": 0,
        "undated_workdays": 0,
        "undated_limit_workdays": 2,
        "late_steps": 0,
        "step_workdays_late": 0,
        "step_limit_workdays": 3,
        "open_complaints": 0,
        "complaint_workdays": 0,
        "complaint_limit_workdays": 1,
    },
    "lending": {
        "is_decided": True,
        "only_collateral": False,
        "sources": 3,
        "min_sources": 2,
        "has_repayment_plan": True,
        "loss_years": 0,
        "loss_years_limit": 2,
        "repays_old_loan": False,
        "delay_days": 0,
        "max_delay_days": 30,
        "delay_workdays": 0,
        "delay_limit_workdays": 5,
    },
    "agenda": {
        "appointments": 0,
        "appointment_time": "",
        "appointment_points": 600,
        "promises_due": 0,
        "promise_due": "",
        "promise_due_points": 95,
        "promises_overdue": 0,
        "promise_overdue": "",
        "promise_days_overdue": 0,
        "promise_overdue_points": 80,
        "complaints": 0,
        "complaint_days": 0,
        "complaint_points": 100,
        "critical_flag_points": 90,
        "warning_flag_points": 40,
        "steps_due": 0,
        "step_due": "",
        "step_days_late": 0,
        "step_points": 30,
        "was_met": True,
        "days_since_contact": 3,
        "contact_cadence_days": 7,
        "waited_pct": 42,
        "contact_due_pct": 80,
        "contact_points": 2,
        "key_contact_points": 4,
        "unwon_pct": 0,
        "unwon_limit_pct": 50,
        "growth_due_pct": 50,
        "potential_points": 5,
    },
}
"""Quiet values, with the default limits of domain.md §4 and weights of §3."""


def quiet(kind: str, acc: str | None = None, /, **changes: Value) -> Fact:
    """A fact that shows no habit, but for the changes."""
    about = acc or (PERSON if KINDS[kind].about_person else ACCOUNT)
    return fact(kind, about, **{**QUIET[kind], **changes})


def quiet_book(accounts: int = 3) -> list[Fact]:
    """All facts of a person without any habit."""
    facts = [quiet("manager")]
    for number in range(accounts):
        facts += [quiet(kind, f"客户{number}") for kind in ("account", "commitments", "agenda")]
    return facts


NAMES = (
    "liquid",
    "costarring",  # these two share a 32-bit FNV-1a hash
    'O"Neil\\',
    "it's {x},[y]",
    "客户三",
    "☕️ \0 \u202e",
    "1",
    "1.0",
)
NUMBERS = (0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 20, 30, 40, 50, 56, 60, 70, 100, 120, 9999)


def random_fact(rnd: random.Random, kind: str, acc: str) -> Fact:
    """A fact whose fields lie on, under and over each other."""
    values: dict[str, Value] = {}
    fields = KINDS[kind].fields.values()
    multiplied = {name for field in fields if field.formula for name in field.formula.fields}
    for field in fields:
        if field.formula is not None:
            continue
        if field.type is bool:
            values[field.name] = rnd.random() < 0.7
        elif field.type is int:
            large = 10**7 if field.name in multiplied else 2**53
            values[field.name] = rnd.choice(NUMBERS) if rnd.random() < 0.98 else rnd.choice((-1, large, -large))
        elif field.type is float:
            values[field.name] = rnd.choice((4.9999, 5.0, 5.0001, 0.0, -0.5, 1e8, 33.3333))
        else:
            values[field.name] = rnd.choice(field.choices or ("", "2026-10", "客户"))
    return fact(kind, acc, **values)


def random_facts(rnd: random.Random) -> list[Fact]:
    """The facts of a random person with up to five accounts, in any order."""
    facts = [random_fact(rnd, "manager", PERSON)] if rnd.random() < 0.9 else []
    items = rnd.sample(KINDS["wording"].fields["item"].choices, rnd.randint(0, 2))
    facts += [{**random_fact(rnd, "wording", PERSON), "item": item} for item in items]
    for name in rnd.sample(NAMES, rnd.randint(0, 5)):
        kinds = ("account", "commitments", "lending", "agenda")
        facts += [random_fact(rnd, kind, name) for kind in kinds if rnd.random() < 0.8]
    rnd.shuffle(facts)
    return facts
