"""Agenda: what a day asks for at each account of a book, in the numbers that the rules make priorities of. Pure."""

from __future__ import annotations

import datetime as dtm
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.models import Account, Complaint, NextStep, Promise, Tier, Visit
from bot.models.visit import Outcome
from bot.services.facts import grouped
from bot.services.histories import History
from bot.services.promises import WINDOW_DAYS
from rules.facts import Fact, fact

ROOM = 14
"""Columns for what was promised or agreed, a Chinese character taking two: a reason stands in half a phone's line."""


def agenda_of(history: History) -> list[Fact]:
    """The day's facts about each account that there may be a reason to see, as of the history's today.

    Beside what they tell themselves, that are the accounts that the rules may flag in earnest: key accounts, and those
    with a loan file or something late. All others have no fact, which keeps an evaluation cheap.
    """
    visits, promises = grouped(history.visits), grouped(history.promises)
    steps, complaints = grouped(history.steps), grouped(history.complaints)
    found = []
    for account in history.accounts:
        owed = [promise for promise in promises[account.id] if promise.is_open]
        values: dict[str, Any] = {
            **_stepped(history, steps[account.id]),
            **_promised(history, owed),
            **_complained(history, complaints[account.id]),
            **_waited(history, account, visits[account.id]),
        }
        if account.tier == Tier.A or account.collateral or _is_late(history, owed) or _asks(values):
            found.append(fact("agenda", str(account.id), **values, **_weights(history)))
    return found


def _asks(values: dict[str, Any]) -> bool:
    """Whether the day asks for anything at the account, however little."""
    told = ("appointments", "promises_due", "promises_overdue", "complaints", "steps_due")
    is_due = values["waited_pct"] >= values["contact_due_pct"]
    grows = values["unwon_pct"] >= values["unwon_limit_pct"] and values["waited_pct"] >= values["growth_due_pct"]
    return is_due or grows or any(values[name] for name in told)


def _is_late(history: History, owed: Iterable[Promise]) -> bool:
    """Whether a promise is late by the day that counts, though the client may expect it on another one now."""
    return any(promise.due is not None and promise.due < history.today for promise in owed)


def _stepped(history: History, steps: Iterable[NextStep]) -> dict[str, Any]:
    """Appointments of the day, and next steps that are due or late; an appointment that was missed is such a step."""
    dated = sorted((step for step in steps if step.due is not None and step.due <= history.today), key=_due)
    meetings = [step for step in dated if step.is_appointment and step.due == history.today]
    times = sorted(step.time for step in meetings if step.time is not None)
    due = [step for step in dated if step not in meetings]
    return {
        "appointments": len(meetings),
        "appointment_time": f"{times[0]:%H:%M}" if times else "",
        "steps_due": len(due),
        "step_due": brief(due[0].what) if due else "",
        "step_days_late": (history.today - _due(due[0])).days if due else 0,
    }


def _due(step: NextStep) -> dtm.date:
    assert step.due is not None
    return step.due


def _promised(history: History, owed: Iterable[Promise]) -> dict[str, Any]:
    """Promises that clients expect today or expected before, a day off counting as the next workday (domain.md §4)."""
    today = history.today
    expected = sorted(_expected(owed), key=lambda one: one[0])
    days = [(history.workdays.on_or_after(day), promise) for day, promise in expected if day <= today]
    due = [promise for day, promise in days if day >= today]
    overdue = [(day, promise) for day, promise in days if day < today]
    return {
        "promises_due": len(due),
        "promise_due": brief(due[0].what) if due else "",
        "promises_overdue": len(overdue),
        "promise_overdue": brief(overdue[0][1].what) if overdue else "",
        "promise_days_overdue": (today - overdue[0][0]).days if overdue else 0,
    }


def _expected(owed: Iterable[Promise]) -> Iterator[tuple[dtm.date, Promise]]:
    for promise in owed:
        if promise.expected is not None:
            yield promise.expected, promise


def _complained(history: History, complaints: Sequence[Complaint]) -> dict[str, Any]:
    oldest = min((complaint.made_on for complaint in complaints), default=history.today)
    return {"complaints": len(complaints), "complaint_days": (history.today - oldest).days}


def _waited(history: History, account: Account, visits: Iterable[Visit]) -> dict[str, Any]:
    """How long the account has waited for somebody of us, what that weighs, and what could still be won there.

    Whoever turns out to be an unprofitable big buyer weighs as tier B: the rules choose between the two points.
    """
    policy, cadence = history.policy, history.policy.cadence_days.days(account.tier)
    met = [visit.day for visit in visits if visit.outcome != Outcome.ABSENT]
    days = (history.today - max(met)).days if met else WINDOW_DAYS
    lower = Tier.B if account.tier == Tier.A else account.tier
    return {
        "was_met": bool(met),
        "days_since_contact": days,
        "contact_cadence_days": cadence,
        "waited_pct": 100 * days // cadence,
        "contact_due_pct": policy.contact_due_pct,
        "contact_points": days * policy.contact_points(lower) // cadence,
        "key_contact_points": days * policy.contact_points(account.tier) // cadence,
        "unwon_pct": _unwon_pct(account),
        "unwon_limit_pct": policy.unwon_pct,
        "growth_due_pct": policy.growth_due_pct,
    }


def _unwon_pct(account: Account) -> int:
    """What the client does not buy here yet, in whole percent of the potential."""
    if not account.potential or account.annual_sales is None:
        return 0
    potential, sales = account.potential.as_integer_ratio(), account.annual_sales.as_integer_ratio()
    left = potential[0] * sales[1] - sales[0] * potential[1]
    return max(0, 100 * left // (potential[0] * sales[1]))


def _weights(history: History) -> dict[str, int]:
    policy = history.policy
    return {
        "appointment_points": policy.points_appointment,
        "promise_due_points": policy.points_promise_due,
        "promise_overdue_points": policy.points_promise_overdue,
        "complaint_points": policy.points_complaint,
        "critical_flag_points": policy.points_critical,
        "warning_flag_points": policy.points_warning,
        "step_points": policy.points_next_step,
        "potential_points": policy.points_potential,
    }


def brief(words: str) -> str:
    """The beginning of some words, in ROOM columns at most."""
    line, taken = " ".join(words.split()), 0
    for place, character in enumerate(line):
        taken += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if taken > ROOM:
            return line[: max(0, place - 1)].rstrip() + "…"
    return line
