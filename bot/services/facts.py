"""Facts: a manager's history in the numbers that the rules judge, each as domain.md §4 defines it. Pure."""

from __future__ import annotations

import datetime as dtm
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from bot.language.columns import is_nothing
from bot.language.wording import check
from bot.models import Account, Complaint, Contact, NextStep, Promise, Stance, Tier, Trend, Visit
from bot.models.visit import Outcome
from bot.services.accounts import FILE
from bot.services.histories import DAY, History
from bot.services.promises import WINDOW_DAYS, fallen_due, is_broken, is_on_time
from rules.facts import NEVER, Fact, fact, load
from rules.matcher import Matcher

FRUITLESS = (Outcome.NONE, Outcome.ABSENT)
DECIDED = ("审批", "放款", "贷后")
COLLATERAL_ALONE = {"抵押物"}

LAST_WORKDAYS = 5
"""The workdays of a month's end (domain.md §4, last_minute_rush)."""

SUPPORTERS = 3
"""So many familiar faces at most (domain.md §4, friend_only)."""

SHORT_CHINESE, SHORT_ENGLISH = 8, 4
"""A note of fewer Chinese characters, or English words, says nothing, unless it holds a figure (domain.md §4)."""

SAMPLES = 4096
"""Samples whose wording is remembered."""

OTHERS = "M4.7.2.10"
"""The item that gathers the seven other wording habits."""

Row = TypeVar("Row", Visit, Contact, Promise, NextStep, Complaint)

HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z']+")
FIGURE = re.compile(r"\d")


def facts_of(history: History, matcher: Matcher) -> list[Fact]:
    """All facts about one manager: of each account, of what is owed, of loan files, of wording, and of himself."""
    book = _Book(history)
    facts = [*_about_accounts(history, book), *_wording(history)]
    folded = matcher.fold(facts)
    key = {str(one["acc"]) for one in folded if one["k"] == "account" and one["is_key"]}
    neglected = matcher.accounts_with("neglected_key_account", folded)
    return [*facts, _manager(history, book, key_accounts=len(key), neglected=len(neglected & key))]


def account_facts_of(history: History) -> list[Fact]:
    """The facts about one manager's accounts alone: of each account, of what is owed to it, of its loan file."""
    return _about_accounts(history, _Book(history))


def _about_accounts(history: History, book: _Book) -> list[Fact]:
    return [
        *(_account(history, book, account) for account in history.accounts),
        *(_commitments(history, book, account) for account in history.accounts),
        *(_lending(history, book, account) for account in history.accounts if account.collateral),
    ]


def key_accounts(history: History, matcher: Matcher) -> list[Fact]:
    """The facts of the key accounts: tier A, unprofitable big buyers left out."""
    book = _Book(history)
    facts = [_account(history, book, account) for account in history.accounts if account.tier == Tier.A]
    return [one for one in matcher.fold(facts) if one["is_key"]]


class _Book:
    """The history's rows by account, and the ranks by sales."""

    def __init__(self, history: History) -> None:
        self.visits = grouped(history.visits)
        self.contacts = grouped(history.contacts)
        self.promises = grouped(history.promises)
        self.steps = grouped(history.steps)
        self.complaints = grouped(history.complaints)
        self.tiers = {account.id: account.tier for account in history.accounts}
        sales = {one.id: one.annual_sales for one in history.accounts if one.annual_sales is not None}
        rising = sorted(sales.values())
        self.ranks = {account: 1 + len(rising) - bisect_right(rising, sold) for account, sold in sales.items()}


def _account(history: History, book: _Book, account: Account) -> Fact:
    policy, today = history.policy, history.today
    visits = book.visits[account.id]
    met = [visit.day for visit in visits if visit.outcome != Outcome.ABSENT]
    opponents = [one for one in book.contacts[account.id] if one.stance == Stance.OPPONENT]
    return fact(
        "account",
        str(account.id),
        tier=str(account.tier),
        is_key=account.tier == Tier.A,
        was_visited=bool(met),
        days_since_visit=(today - max(met)).days if met else WINDOW_DAYS,
        cadence_days=policy.cadence_days.days(account.tier),
        grace_days=policy.grace_days,
        contacts=len(book.contacts[account.id]),
        min_contacts=policy.min_contacts_A,
        has_opponent=bool(opponents),
        opponent_days_unmet=max((_days_unmet(one, visits, today) for one in opponents), default=0),
        opponent_limit_days=policy.opponent_days,
        visits=len(visits),
        idle_visits_limit=policy.idle_visits,
        productive_visits=sum(visit.outcome not in FRUITLESS for visit in visits),
        promises_made=sum(history.within(promise.made_on) for promise in book.promises[account.id]),
        trend_up=account.trend == Trend.UP,
        missing_fields=sum(getattr(account, name) is None for name in FILE),
        missing_fields_limit=policy.missing_fields,
        sales_rank=book.ranks.get(account.id, NEVER),
        big_buyer_ranks=-(-len(history.accounts) * policy.big_buyer_pct // 100),
        margin_known=account.margin_pct is not None,
        margin_pct=account.margin_pct or 0.0,
        min_margin_pct=policy.min_margin_pct,
        delay_known=account.payment_delay_days is not None,
        payment_delay_days=account.payment_delay_days or 0,
        max_payment_delay_days=policy.max_payment_delay_days,
    )


def _days_unmet(contact: Contact, visits: Sequence[Visit], today: dtm.date) -> int:
    met = [visit.day for visit in visits if visit.contact == contact.name and visit.outcome != Outcome.ABSENT]
    return (today - max(met)).days if met else NEVER


def _commitments(history: History, book: _Book, account: Account) -> Fact:
    policy, workdays, today = history.policy, history.workdays, history.today
    owed = [promise for promise in book.promises[account.id] if promise.is_open]
    dated = [workdays.on_or_after(promise.due) for promise in owed if promise.due is not None]
    undated = [promise.made_on for promise in owed if promise.due is None]
    late_steps = [day for step in book.steps[account.id] if (day := step.due) is not None and day < today]
    complaints = [complaint.made_on for complaint in book.complaints[account.id]]

    def since(days: Sequence[dtm.date]) -> int:
        return max((workdays.count(day, today) for day in days), default=0)

    return fact(
        "commitments",
        str(account.id),
        late_promises=sum(day < today for day in dated),
        most_workdays_late=since(dated),
        late_limit_workdays=policy.late_workdays,
        undated_promises=len(undated),
        undated_workdays=since(undated),
        undated_limit_workdays=policy.undated_workdays,
        late_steps=len(late_steps),
        step_workdays_late=since(late_steps),
        step_limit_workdays=policy.step_workdays,
        open_complaints=len(complaints),
        complaint_workdays=since(complaints),
        complaint_limit_workdays=policy.complaint_workdays,
    )


def _lending(history: History, book: _Book, account: Account) -> Fact:
    policy, file = history.policy, account.collateral or {}
    sources = {source.strip() for source in file.get("sources", ()) if not is_nothing(source)}
    return fact(
        "lending",
        str(account.id),
        is_decided=file.get("stage") in DECIDED,
        only_collateral=set(file.get("basis", ())) == COLLATERAL_ALONE,
        sources=len(sources),
        min_sources=policy.min_sources,
        has_repayment_plan=not is_nothing(file.get("repayment_plan") or ""),
        loss_years=int(file.get("loss_years") or 0),
        loss_years_limit=policy.loss_years,
        repays_old_loan=bool(file.get("repays_old_loan")),
        delay_days=account.payment_delay_days or 0,
        max_delay_days=policy.max_payment_delay_days,
        delay_workdays=_workdays_unanswered(history, book, account),
        delay_limit_workdays=policy.reminder_workdays,
    )


def _workdays_unanswered(history: History, book: _Book, account: Account) -> int:
    """Workdays since the payment delay grew past the limit, 0 where it did not, or a contact followed (K5.3)."""
    grew_on = (account.collateral or {}).get("delay_grew_on")
    if grew_on is None or (account.payment_delay_days or 0) <= history.policy.max_payment_delay_days:
        return 0
    day = dtm.date.fromisoformat(grew_on)
    met = any(visit.day >= day and visit.outcome != Outcome.ABSENT for visit in book.visits[account.id])
    return 0 if met else history.workdays.count(day, history.today)


def _wording(history: History) -> Iterator[Fact]:
    """One fact for each wording habit that some sample shows."""
    seen = Counter(item for sample in history.samples for item in _shown(sample.text))
    for item, samples in seen.items():
        yield fact("wording", item=item, samples=samples, samples_limit=history.policy.wording_samples)


@lru_cache(SAMPLES)
def _shown(text: str) -> frozenset[str]:
    """The items that a sample shows; kept, since each look at a manager reads all samples of his window again."""
    return frozenset(hit.habit if hit.habit.startswith("M4") else OTHERS for hit in check(text))


def _manager(history: History, book: _Book, *, key_accounts: int, neglected: int) -> Fact:
    policy = history.policy
    visits = own_visits(history)
    return fact(
        "manager",
        key_accounts=key_accounts,
        neglected_key_accounts=neglected,
        neglected_pct_limit=policy.neglected_pct,
        visits=len(visits),
        tier_c_visits=sum(book.tiers.get(visit.account_id) == Tier.C for visit in visits),
        tier_c_pct_limit=policy.tier_c_pct,
        familiar_visits=_familiar(visits, history.contacts),
        familiar_pct_limit=policy.familiar_pct,
        **_kept(history),
        **_load(history),
        **_planned(history, visits),
        **_month(history, visits),
        **_informed(history, visits),
    )


def own_visits(history: History) -> list[Visit]:
    """The visits that the manager made himself."""
    return [visit for visit in history.visits if visit.person_id == history.person_id]


def _familiar(visits: Sequence[Visit], contacts: Sequence[Contact]) -> int:
    """Visits with those supporters, three at most, who were met most often."""
    supporters = {(one.account_id, one.name) for one in contacts if one.stance == Stance.SUPPORTER}
    met = Counter((visit.account_id, visit.contact) for visit in visits if visit.outcome != Outcome.ABSENT)
    return sum(sorted((count for who, count in met.items() if who in supporters), reverse=True)[:SUPPORTERS])


def _kept(history: History) -> dict[str, int]:
    """How the promises of the window were kept; what was withdrawn by its day is left out."""
    policy, workdays, today = history.policy, history.workdays, history.today
    due = fallen_due(history.promises, today, workdays)
    broken = [promise for promise, day in due if is_broken(promise, day, today, workdays, policy.late_workdays)]
    return {
        "due_promises": len(due),
        "min_due_promises": policy.min_due_promises,
        "kept_on_time": sum(is_on_time(promise, day) for promise, day in due),
        "min_kept_pct": policy.min_kept_pct,
        "broken_assurances": sum(promise.absolute is not None for promise in broken),
        "broken_assurances_limit": policy.broken_assurances,
        "open_promises": sum(promise.is_open for promise in history.promises),
        "max_open_promises": policy.max_open_promises,
    }


def _load(history: History) -> dict[str, int | float]:
    """What the book asks for beside what can be done in the window."""
    cadences = [history.policy.cadence_days.days(account.tier) for account in history.accounts]
    return load(
        cadences,
        overload_pct=history.policy.overload_pct,
        daily_target=history.policy.daily_visits_target,
        workdays=history.workdays.count(history.first - DAY, history.today),
    )


def _planned(history: History, visits: Sequence[Visit]) -> dict[str, int]:
    """How many workdays had a plan, and how far the plans were lived. A day that is not over counts once planned."""
    policy, today = history.policy, history.today
    days = [history.first + number * DAY for number in range(WINDOW_DAYS)]
    planned = {day for day, chosen in history.plans.items() if chosen}
    worked = [
        day for day in days if history.workdays.is_workday(day) and (day != today or history.is_over or day in planned)
    ]
    recent = worked[-policy.unplanned_workdays :]
    over = {day for day in planned if day != today or history.is_over}
    fulfilled = [is_fulfilled for day, _, is_fulfilled in planned_accounts(history, visits) if day in over]
    return {
        "workdays": len(worked),
        "planned_workdays": sum(day in planned for day in worked),
        "min_planned_pct": policy.min_planned_pct,
        "recent_workdays": len(recent),
        "recent_workdays_limit": policy.unplanned_workdays,
        "recent_planned_workdays": sum(day in planned for day in recent),
        "planned_days": len(over),
        "min_planned_days": policy.min_planned_days,
        "planned_accounts": len(fulfilled),
        "fulfilled_accounts": sum(fulfilled),
        "min_fulfilled_pct": policy.min_fulfilled_pct,
    }


def planned_accounts(history: History, visits: Iterable[Visit]) -> Iterator[tuple[dtm.date, int, bool]]:
    """Every account of every plan with its day, and whether it is among these visits of the manager on that day."""
    visited = {(visit.day, visit.account_id) for visit in visits}
    for day, chosen in history.plans.items():
        for account_id in chosen:
            yield day, account_id, (day, account_id) in visited


def _month(history: History, visits: Sequence[Visit]) -> dict[str, int | str]:
    """The calendar month that lies wholly in the window, at most one, and the visits of its last workdays."""
    policy = history.policy
    days = [history.first + number * DAY for number in range(WINDOW_DAYS)]
    first = next((day for day in days if day.day == 1 and _month_end(day) <= history.today), None)
    month = [day for day in days if first and (day.year, day.month) == (first.year, first.month)]
    end = set([day for day in month if history.workdays.is_workday(day)][-LAST_WORKDAYS:])
    within = [visit.day for visit in visits if month and month[0] <= visit.day <= month[-1]]
    return {
        "month": f"{first:%Y-%m}" if first else "",
        "month_visits": len(within),
        "min_month_visits": policy.min_month_visits,
        "rush_visits": sum(day in end for day in within),
        "rush_pct_limit": policy.rush_pct,
    }


def _month_end(first: dtm.date) -> dtm.date:
    return (first + 31 * DAY).replace(day=1) - DAY


def _informed(history: History, visits: Sequence[Visit]) -> dict[str, int | bool]:
    """What the lead hears from the field: market reports, and notes that say something."""
    policy, last = history.policy, history.last_report
    return {
        "has_reported": last is not None,
        "workdays_since_report": NEVER if last is None else history.workdays.count(last, history.today),
        "report_limit_workdays": policy.report_workdays,
        "min_noted_visits": policy.min_noted_visits,
        "empty_notes": 0 if history.notes_withheld else sum(says_nothing(visit.text) for visit in visits),
        "empty_notes_pct_limit": policy.empty_notes_pct,
    }


def says_nothing(note: str) -> bool:
    """Whether a note is empty or a bare formula (domain.md §4, thin_notes)."""
    if FIGURE.search(note):
        return False
    han, words = len(HAN.findall(note)), len(WORD.findall(note))
    return han + words < SHORT_CHINESE if han else words < SHORT_ENGLISH


def grouped(rows: Iterable[Row]) -> Mapping[int | None, list[Row]]:
    """Rows by the account that they are about, None those about none."""
    found: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.account_id].append(row)
    return found
