"""The flags of a portable record, reckoned a second time and from domain.md §4 alone.

Nothing here knows the rules, the facts or the texts' judge: only the record as JSON, the calendar, and sentences whose
label whoever wrote them knows. What two readers would read differently is read as decisions 0006 and 0009 have it.
"""

from __future__ import annotations

import datetime as dtm
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bot.workdays import Workdays

DAY = dtm.timedelta(days=1)
WINDOW = 56
DEFAULTS: Mapping[str, int] = {
    "min_due_promises": 8,
    "min_kept_pct": 70,
    "broken_assurances": 3,
    "max_open_promises": 8,
    "late_workdays": 1,
    "undated_workdays": 2,
    "grace_days": 3,
    "min_contacts_A": 3,
    "opponent_days": 30,
    "idle_visits": 4,
    "big_buyer_pct": 10,
    "min_margin_pct": 5,
    "max_payment_delay_days": 30,
    "neglected_pct": 40,
    "tier_c_pct": 60,
    "familiar_pct": 40,
    "missing_fields": 2,
    "step_workdays": 3,
    "complaint_workdays": 1,
    "overload_pct": 120,
    "daily_visits_target": 6,
    "min_planned_pct": 50,
    "unplanned_workdays": 5,
    "min_planned_days": 8,
    "min_fulfilled_pct": 60,
    "min_month_visits": 10,
    "rush_pct": 50,
    "report_workdays": 5,
    "min_noted_visits": 20,
    "empty_notes_pct": 30,
    "wording_samples": 2,
    "min_sources": 2,
    "loss_years": 2,
    "reminder_workdays": 5,
}
"""The thresholds of the table in domain.md §4, by the names that a record's policy gives them."""

FILE = ("segment", "potential", "annual_sales", "margin_pct", "payment_delay_days", "trend")
DECIDED = ("审批", "放款", "贷后")

Entry = Mapping[str, Any]
Flag = tuple[str, str | None]
"""A habit, and the account or the item of wording that it is about, None for the manager."""


@dataclass(frozen=True)
class Labels:
    """What the sentences of a record are: promises in absolute words, notes that say nothing, wording by habits."""

    absolute: Collection[str]
    empty: Collection[str]
    habits: Mapping[str, Collection[str]]


def flags_of(record: Entry, labels: Labels) -> set[Flag]:
    """Every habit and combination that a record shows at the end of its day."""
    book = _Book(record, labels)
    habits = {*book.promising(), *book.by_account(), *book.of_the_manager(), *book.lending()}
    return habits | set(book.combinations(habits))


class _Book:
    """A record with its calendar, its thresholds and what lies in its window."""

    def __init__(self, record: Entry, labels: Labels) -> None:
        self.record, self.labels = record, labels
        self.today = _day(record["as_of"])
        self.first = self.today - (WINDOW - 1) * DAY
        policy = record.get("team_policy", {})
        self.limit: dict[str, int] = {**DEFAULTS, **policy}
        self.cadence: dict[str, int] = {"A": 7, "B": 14, "C": 30} | policy.get("cadence_days", {})
        self.workdays = Workdays(
            policy.get("country", "CN"),
            {_day(day): works for day, works in policy.get("days_off", {}).items()},
            tuple((_day(leave["first_day"]), _day(leave["last_day"])) for leave in record.get("leave", ())),
        )
        self.worked = [day for day in self._days() if self.workdays.is_workday(day)]
        self.accounts = [one for one in self._all("accounts") if not self._is_past(one.get("archived_on"))]
        self.visits = [visit for visit in self._all("visits") if self._in_window(visit["date"])]
        self.key = [one for one in self.accounts if one["tier"] == "A" and not self._loses_money(one)]

    def _all(self, kind: str) -> list[Entry]:
        return list(self.record.get(kind, ()))

    def _days(self) -> list[dtm.date]:
        return [self.first + number * DAY for number in range(WINDOW)]

    def _in_window(self, day: str) -> bool:
        return self.first <= _day(day) <= self.today

    def _is_past(self, day: str | None) -> bool:
        return day is not None and _day(day) <= self.today

    def _since(self, day: str | dtm.date) -> int:
        """Workdays after the day, up to and including today."""
        first = day if isinstance(day, dtm.date) else _day(day)
        return self.workdays.count(first, self.today)

    def _at(self, account: Entry, *, met: bool) -> list[Entry]:
        """Visits of the window at an account; attempts are left out where somebody has to be `met`."""
        found = [visit for visit in self.visits if visit["account"] == account["name"]]
        return [visit for visit in found if visit["outcome"] != "absent"] if met else found

    def _contacts(self, account: Entry) -> list[Entry]:
        return [contact for contact in self._all("contacts") if contact["account"] == account["name"]]

    # -- Promises -----------------------------------------------------------------------------------------------------

    def _is_open(self, promise: Entry) -> bool:
        return not self._is_past(promise.get("kept_on")) and not self._is_past(promise.get("withdrawn_on"))

    def promising(self) -> Iterator[Flag]:
        """over_promising, broken_promise, vague_promise."""
        due = kept = assured = 0
        promises = [promise for promise in self._all("promises") if self._is_past(promise["made"])]
        names = {account["name"] for account in self.accounts}
        for promise in promises:
            is_open, account = self._is_open(promise) and promise.get("account") in names, promise.get("account")
            if promise.get("due") is None:
                if is_open and self._since(promise["made"]) > self.limit["undated_workdays"]:
                    yield "vague_promise", account
                continue
            day = self.workdays.on_or_after(_day(promise["due"]))
            late = self._since(day)
            if is_open and late >= self.limit["late_workdays"]:
                yield "broken_promise", account
            withdrawn = promise.get("withdrawn_on")
            if not self.first <= day < self.today or (withdrawn is not None and _day(withdrawn) <= day):
                continue
            on_time = self._is_past(promise.get("kept_on")) and _day(promise["kept_on"]) <= day
            due, kept = due + 1, kept + on_time
            is_broken = late >= self.limit["late_workdays"] and not on_time
            assured += is_broken and promise.get("wording") in self.labels.absolute
        seldom_kept = due >= self.limit["min_due_promises"] and 100 * kept < self.limit["min_kept_pct"] * due
        still_open = sum(self._is_open(promise) for promise in promises)
        if seldom_kept or assured >= self.limit["broken_assurances"] or still_open > self.limit["max_open_promises"]:
            yield "over_promising", None

    # -- Accounts -----------------------------------------------------------------------------------------------------

    def _loses_money(self, account: Entry) -> bool:
        """Whether it is an unprofitable big buyer."""
        sales, margin, delay = (account.get(field) for field in ("annual_sales", "margin_pct", "payment_delay_days"))
        if sales is None or margin is None or delay is None:
            return False
        larger = sum((other.get("annual_sales") or 0) > sales for other in self.accounts)
        is_big = larger < -(-len(self.accounts) * self.limit["big_buyer_pct"] // 100)
        is_thin: bool = margin < self.limit["min_margin_pct"]
        is_late: bool = delay > self.limit["max_payment_delay_days"]
        return is_big and is_thin and is_late

    def _is_neglected(self, account: Entry) -> bool:
        days: int = min((self._ago(visit) for visit in self._at(account, met=True)), default=WINDOW)
        return days > self.cadence["A"] + self.limit["grace_days"]

    def _ago(self, visit: Entry) -> int:
        return (self.today - _day(visit["date"])).days

    def by_account(self) -> Iterator[Flag]:
        """What is about one account, loan files apart."""
        for account in self.accounts:
            name = account["name"]
            if self._loses_money(account):
                yield "unprofitable_big_buyer", name
            empty = sum(account.get(field) is None for field in FILE)
            if account["tier"] in "AB" and (empty >= self.limit["missing_fields"] or not self._contacts(account)):
                yield "incomplete_client_file", name
            for step in self._all("next_steps"):
                waits = self._since(step["due"]) > self.limit["step_workdays"]
                if step["account"] == name and step["done_on"] is None and waits:
                    yield "stalled_next_step", name
            for complaint in self._all("complaints"):
                waits = self._since(complaint["made"]) > self.limit["complaint_workdays"]
                if complaint["account"] == name and complaint["answered_on"] is None and waits:
                    yield "unanswered_complaint", name
        for account in self.key:
            yield from ((habit, account["name"]) for habit in self._of_key_account(account))

    def _of_key_account(self, account: Entry) -> Iterator[str]:
        contacts, visits = self._contacts(account), self._at(account, met=False)
        if self._is_neglected(account):
            yield "neglected_key_account"
        if len(contacts) < self.limit["min_contacts_A"]:
            yield "single_threaded_key_account"
        for opponent in (one["name"] for one in contacts if one.get("stance") == "opponent"):
            met = [visit for visit in self._at(account, met=True) if visit.get("contact") == opponent]
            if not any(self._ago(visit) < self.limit["opponent_days"] for visit in met):
                yield "opponent_unaddressed"
        is_fruitless = all(visit["outcome"] in ("none", "absent") for visit in visits)
        promised = any(
            promise.get("account") == account["name"] and self._in_window(promise["made"])
            for promise in self._all("promises")
        )
        if len(visits) >= self.limit["idle_visits"] and is_fruitless and not promised and account.get("trend") != "up":
            yield "keeping_company_only"

    # -- The manager --------------------------------------------------------------------------------------------------

    def of_the_manager(self) -> Iterator[Flag]:
        """What is about the manager himself, promises apart."""
        found = {
            "friend_only": self._runs_to_friends(),
            "overloaded_book": self._is_overloaded(),
            "plan_not_made": self._plans_seldom(),
            "plan_not_followed": self._leaves_plans(),
            "last_minute_rush": self._rushes(),
            "no_market_feedback": self._reports_nothing(),
            "thin_notes": self._notes_nothing(),
        }
        yield from ((habit, None) for habit, is_shown in found.items() if is_shown)
        samples = [sample["text"] for sample in self._all("wording") if self._in_window(sample["date"])]
        shown = Counter(habit for text in samples for habit in self.labels.habits.get(text, ()))
        for habit, count in shown.items():
            if count >= self.limit["wording_samples"]:
                yield "bad_wording", habit

    def _share(self, part: int, whole: int, limit: str) -> bool:
        """Whether a part is at least so many percent of a whole that is there."""
        return whole > 0 and 100 * part >= self.limit[limit] * whole

    def _runs_to_friends(self) -> bool:
        if not self._share(sum(map(self._is_neglected, self.key)), len(self.key), "neglected_pct"):
            return False
        small = {account["name"] for account in self.accounts if account["tier"] == "C"}
        at_small = sum(visit["account"] in small for visit in self.visits)
        supporters = {
            (contact["account"], contact["name"])
            for account in self.accounts
            for contact in self._contacts(account)
            if contact.get("stance") == "supporter"
        }
        met = [(visit["account"], visit.get("contact")) for visit in self.visits if visit["outcome"] != "absent"]
        faces = Counter(who for who in met if who in supporters).most_common(3)
        with_friends = sum(count for _, count in faces)
        return self._share(at_small, len(self.visits), "tier_c_pct") or self._share(
            with_friends, len(self.visits), "familiar_pct"
        )

    def _is_overloaded(self) -> bool:
        required = sum((Fraction(WINDOW, self.cadence[one["tier"]]) for one in self.accounts), Fraction())
        bearable = Fraction(self.limit["overload_pct"], 100) * self.limit["daily_visits_target"] * len(self.worked)
        return required > bearable

    def _plans(self) -> dict[dtm.date, list[str]]:
        plans = {plan["date"]: plan["accounts"] for plan in self._all("plans")}
        return {_day(day): names for day, names in plans.items() if names and self._in_window(day)}

    def _plans_seldom(self) -> bool:
        plans, latest = self._plans(), self.worked[-self.limit["unplanned_workdays"] :]
        planned = sum(day in plans for day in self.worked)
        is_idle = len(latest) == self.limit["unplanned_workdays"] and not any(day in plans for day in latest)
        return is_idle or 100 * planned < self.limit["min_planned_pct"] * len(self.worked)

    def _leaves_plans(self) -> bool:
        visited = {(_day(visit["date"]), visit["account"]) for visit in self.visits}
        lived = [(day, name) in visited for day, names in self._plans().items() for name in names]
        enough = len(self._plans()) >= self.limit["min_planned_days"]
        return enough and 100 * sum(lived) < self.limit["min_fulfilled_pct"] * len(lived)

    def _rushes(self) -> bool:
        for first in (day for day in self._days() if day.day == 1):
            month = [day for day in (first + number * DAY for number in range(31)) if day.month == first.month]
            if month[-1] > self.today:
                continue
            last = [day for day in month if self.workdays.is_workday(day)][-5:]
            visits = [day for day in (_day(visit["date"]) for visit in self.visits) if day in month]
            late = sum(day in last for day in visits)
            if len(visits) >= self.limit["min_month_visits"] and 100 * late > self.limit["rush_pct"] * len(visits):
                return True
        return False

    def _reports_nothing(self) -> bool:
        days = [report["date"] for report in self._all("market_reports") if self._is_past(report["date"])]
        return not days or self._since(max(days)) >= self.limit["report_workdays"]

    def _notes_nothing(self) -> bool:
        empty = sum(visit["note"] in self.labels.empty for visit in self.visits)
        enough = len(self.visits) >= self.limit["min_noted_visits"]
        return enough and self._share(empty, len(self.visits), "empty_notes_pct")

    # -- Loans and combinations ---------------------------------------------------------------------------------------

    def lending(self) -> Iterator[Flag]:
        """What is about the loan file of an account."""
        for account in self.accounts:
            file = account.get("collateral")
            if file is not None:
                yield from ((habit, account["name"]) for habit in self._of_loan(account, file))

    def _of_loan(self, account: Entry, file: Entry) -> Iterator[str]:
        if file["stage"] in DECIDED:
            if file["basis"] == ["抵押物"]:
                yield "collateral_worship"
            if len(file["sources"]) < self.limit["min_sources"]:
                yield "single_source_check"
            if not file["repayment_plan"]:
                yield "no_repayment_plan"
        if file.get("loss_years", 0) >= self.limit["loss_years"] and file.get("repays_old_loan"):
            yield "rescue_lending"
        grew = file.get("delay_grew_on")
        if grew is not None and (account.get("payment_delay_days") or 0) > self.limit["max_payment_delay_days"]:
            followed = any(_day(visit["date"]) >= _day(grew) for visit in self._at(account, met=True))
            if not followed and self._since(grew) > self.limit["reminder_workdays"]:
                yield "late_risk_reminder"

    def combinations(self, habits: Collection[Flag]) -> Iterator[Flag]:
        """What two habits of one account, or of the manager, are together."""
        for account in self.accounts:
            name = account["name"]
            shown = {habit for habit, about in habits if about == name}
            if "broken_promise" in shown and account["tier"] == "A":
                yield "trust_at_risk", name
            if "neglected_key_account" in shown and shown & {"opponent_unaddressed", "single_threaded_key_account"}:
                yield "key_account_at_risk", name
            if {"keeping_company_only", "single_threaded_key_account"} <= shown:
                yield "hollow_relationship", name
        shown = {habit for habit, _ in habits}
        if {"over_promising", "overloaded_book"} <= shown:
            yield "cannot_keep_up", None
        if {"neglected_key_account", "plan_not_followed"} <= shown:
            yield "aim_missed", None


def _day(text: str) -> dtm.date:
    return dtm.date.fromisoformat(text)
