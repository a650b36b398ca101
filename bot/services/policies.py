"""Policies: a team's thresholds one by one, with their bounds and sources; and letting a new value take effect."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic.fields import FieldInfo
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import CoachError, NoSuchRecord
from bot.language.amounts import read_days, read_percent
from bot.models import Policy, Role, Team
from bot.services import flags, teams
from bot.workdays import Workdays
from rules.assessment import Step
from rules.rule import Layer

COUNTRY = "country"
UNIT = re.compile(
    r"\s*(?:个?工作日|[天日次家位个条项名成年]|workdays?|working days?|days?|visits?|times?)\s*$", re.IGNORECASE
)
"""What people write behind a number."""


CONCERNED = {
    "assurances_broken": ("broken_assurances",),
    "big_buyer": ("big_buyer_pct",),
    "book_too_large": ("overload_pct", "daily_visits_target"),
    "complaint_waiting": ("complaint_workdays",),
    "delay_unanswered": ("reminder_workdays",),
    "few_days_planned": ("min_planned_pct",),
    "few_sources": ("min_sources",),
    "file_has_gaps": ("missing_fields",),
    "key_account_few_contacts": ("min_contacts_A",),
    "key_account_unvisited": ("grace_days", "cadence_days.A"),
    "key_accounts_left": ("neglected_pct",),
    "month_end_rush": ("rush_pct", "min_month_visits"),
    "next_step_late": ("step_workdays",),
    "no_recent_plan": ("unplanned_workdays",),
    "no_report_lately": ("report_workdays",),
    "notes_say_nothing": ("empty_notes_pct", "min_noted_visits"),
    "opponent_unmet": ("opponent_days",),
    "pays_late": ("max_payment_delay_days",),
    "plans_unfulfilled": ("min_fulfilled_pct", "min_planned_days"),
    "promise_late": ("late_workdays",),
    "promise_undated": ("undated_workdays",),
    "promises_often_late": ("min_kept_pct", "min_due_promises"),
    "same_faces": ("familiar_pct",),
    "thin_margin": ("min_margin_pct",),
    "too_many_open_promises": ("max_open_promises",),
    "visits_at_tier_c": ("tier_c_pct",),
    "visits_without_result": ("idle_visits",),
    "wording_repeated": ("wording_samples",),
    "years_of_losses": ("loss_years",),
}
"""The thresholds that each signal of the rules is held against (bot.services.facts), the one that decides first."""


class ThresholdRefused(CoachError):
    """What was typed is no value of a threshold; the text id says what would be."""


@dataclass(frozen=True)
class Threshold:
    """One threshold of a policy: `name` as in the policy, a tier's cadence as `cadence_days.A`; `source` as there.

    A value lies between `least` and `most`, which are None for the country of the calendar.
    """

    name: str
    value: float | str
    default: float | str
    source: str | None
    least: float | None
    most: float | None
    is_whole: bool


def threshold(policy: Policy, name: str) -> Threshold:
    """One threshold of a policy. Raises NoSuchRecord for a name that the policy does not hold."""
    whole, _, part = name.partition(".")
    if whole not in Policy.model_fields:
        raise NoSuchRecord
    value, default = getattr(policy, whole), getattr(Policy(), whole)
    field = Policy.model_fields[whole]
    if part:
        if part not in getattr(type(default), "model_fields", {}):
            raise NoSuchRecord
        field = type(default).model_fields[part]
        value, default = getattr(value, part), getattr(default, part)
    if not isinstance(value, int | float | str):
        raise NoSuchRecord
    least, most = _bounds(field)
    return Threshold(name, value, default, Policy.source(whole), least, most, field.annotation is int)


def concerned(step: Step) -> list[str]:
    """The thresholds on which a derivation rests, those of its first signal first; none where it has no number."""
    own = CONCERNED.get(step.code, ()) if step.layer is Layer.SIGNAL else ()
    below = [name for one in step.because for name in concerned(one)]
    return list(dict.fromkeys([*own, *below]))


def _bounds(field: FieldInfo) -> tuple[float | None, float | None]:
    """The least and the most that a field may be."""
    rules = field.metadata
    least = next((float(rule.ge) for rule in rules if hasattr(rule, "ge")), None)
    return least, next((float(rule.le) for rule in rules if hasattr(rule, "le")), None)


def read(one: Threshold, typed: str, today: dtm.date) -> str:
    """The value that somebody typed for a threshold, in figures. Raises ThresholdRefused."""
    if one.name == COUNTRY:
        code = typed.strip().upper()
        if code != one.default and not Workdays(code).is_published(today.year):
            raise ThresholdRefused("policy-needs-country")
        return code
    number = read_percent(UNIT.sub("", typed))
    if number is None and "days" in one.name and "workdays" not in one.name:
        number = read_days(typed)
    assert one.least is not None
    assert one.most is not None
    if number is None or not one.least <= number <= one.most or (one.is_whole and number != int(number)):
        needs = "policy-needs-whole" if one.is_whole else "policy-needs-number"
        raise ThresholdRefused(needs, least=f"{one.least:g}", most=f"{one.most:g}")
    return f"{number:g}"


def changed(policy: Policy, name: str, value: str) -> Policy:
    """The policy with another value of one threshold, in figures. Raises NoSuchRecord where it cannot have it."""
    threshold(policy, name)
    whole, _, part = name.partition(".")
    values = policy.model_dump()
    if part:
        values[whole] = {**values[whole], part: value}
    else:
        values[whole] = value
    try:
        return Policy.model_validate(values)
    except ValueError as error:
        raise NoSuchRecord from error


async def take_effect(session: AsyncSession, team: Team, name: str, value: str, now: dtm.datetime) -> None:
    """Let a value of one threshold hold for a team from now on. Raises NoSuchRecord where it cannot have it."""
    await put_in_force(session, team, lambda policy: changed(policy, name, value), now)


async def put_in_force(
    session: AsyncSession, team: Team, change: Callable[[Policy], Policy], now: dtm.datetime
) -> None:
    """Let a changed policy hold for a team from now on; the rules look at its managers soon. What is so already stays.

    Raises what `change` raises.
    """
    await session.refresh(team, with_for_update=True)
    policy = change(team.policy)
    if policy == team.policy:
        return
    team.overrides = policy.model_dump(mode="json", exclude_defaults=True)
    for person in await teams.members(session, team):
        if person.role == Role.MANAGER:
            flags.look_soon(person, now)
    await session.flush()
