"""What domain.md §4 asks of each habit, and §3 of each priority, as tables written by hand: on and around every limit.

A row is a set of facts with what must and must not be found in them. `test_catalogue.py` holds the catalogue to them,
and lets mutants of the catalogue find out whether the tables would notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.facts import KINDS, PERSON, Fact, Value
from tests.rules.builders import ACCOUNT, quiet

OTHER = "小河副食"


@dataclass(frozen=True)
class Row:
    """Facts, and whether they show a habit about an account (or the person), or one item of it."""

    name: str
    facts: Sequence[Fact]
    habit: str
    about: str
    flagged: bool
    item: str = ""


@dataclass(frozen=True)
class Limit:
    """A field at limit-2 … limit+2 (`at` is the limit): `flags` has a T where the habit is flagged, else an F."""

    habit: str
    kind: str
    field: str
    at: int
    flags: str
    others: Mapping[str, Value]

    def rows(self) -> Iterator[Row]:
        about = PERSON if KINDS[self.kind].about_person else ACCOUNT
        for value, flag in zip(range(self.at - 2, self.at + 3), self.flags, strict=True):
            changes = {**self.others, self.field: value}
            name = f"{self.habit}: {self.field} {value}, {dict(self.others)}"
            item = "M4.7.2.1" if self.kind == "wording" else ""
            yield Row(name, [quiet(self.kind, **changes)], self.habit, about, flag == "T", item)


@dataclass(frozen=True)
class Case:
    """Changes of one quiet fact, and whether they show a habit."""

    habit: str
    kind: str
    flagged: bool
    changes: Mapping[str, Value]

    def rows(self) -> Iterator[Row]:
        about = PERSON if KINDS[self.kind].about_person else ACCOUNT
        name = f"{self.habit}: {dict(self.changes)}"
        yield Row(name, [quiet(self.kind, **self.changes)], self.habit, about, self.flagged)


def limit(habit: str, kind: str, field: str, at: int, flags: str, **others: Value) -> Limit:
    return Limit(habit, kind, field, at, flags, others)


def shown(habit: str, kind: str, **changes: Value) -> Case:
    return Case(habit, kind, True, changes)


def silent(habit: str, kind: str, **changes: Value) -> Case:
    return Case(habit, kind, False, changes)


LEFT = {"neglected_key_accounts": 2, "key_accounts": 5}
IDLE = {"visits": 4, "productive_visits": 0, "promises_made": 0, "trend_up": False}
UNPROFITABLE: Mapping[str, Value] = {"sales_rank": 1, "margin_pct": 1.0, "payment_delay_days": 60}

TABLES: Sequence[Limit | Case] = (
    # over_promising: 8 due counts, 70% no; 3 broken assurances yes; the maximum of open ones no
    limit("over_promising", "manager", "kept_on_time", 7, "TTFFF", due_promises=10),
    limit("over_promising", "manager", "due_promises", 8, "FFTTT", kept_on_time=0),
    limit("over_promising", "manager", "min_due_promises", 10, "TTTFF", kept_on_time=0),
    limit("over_promising", "manager", "min_kept_pct", 70, "FFFTT", due_promises=100, kept_on_time=70),
    shown("over_promising", "manager", due_promises=10_000, kept_on_time=6_999),
    silent("over_promising", "manager", due_promises=10_000, kept_on_time=7_000),
    limit("over_promising", "manager", "broken_assurances", 3, "FFTTT"),
    limit("over_promising", "manager", "broken_assurances_limit", 3, "TTTFF", broken_assurances=3),
    limit("over_promising", "manager", "open_promises", 8, "FFFTT"),
    limit("over_promising", "manager", "max_open_promises", 8, "TTFFF", open_promises=8),
    # promises to an account: 1 workday late yes, due today no; 2 workdays without a date no
    limit("broken_promise", "commitments", "most_workdays_late", 1, "FFTTT"),
    limit("broken_promise", "commitments", "late_limit_workdays", 2, "TTTFF", most_workdays_late=2),
    limit("vague_promise", "commitments", "undated_workdays", 2, "FFFTT"),
    limit("vague_promise", "commitments", "undated_limit_workdays", 2, "TTFFF", undated_workdays=2),
    # neglected: cadence + grace no; a key account only
    limit("neglected_key_account", "account", "days_since_visit", 10, "FFFTT"),
    limit("neglected_key_account", "account", "cadence_days", 7, "TTFFF", days_since_visit=10),
    limit("neglected_key_account", "account", "grace_days", 3, "TTFFF", days_since_visit=10),
    silent("neglected_key_account", "account", days_since_visit=56, is_key=False),
    # single-threaded: the minimum no
    limit("single_threaded_key_account", "account", "contacts", 3, "TTFFF"),
    limit("single_threaded_key_account", "account", "min_contacts", 4, "FFFTT"),
    silent("single_threaded_key_account", "account", contacts=0, is_key=False),
    # opponent: 30 days yes, 29 no
    limit("opponent_unaddressed", "account", "opponent_days_unmet", 30, "FFTTT", has_opponent=True),
    limit(
        "opponent_unaddressed", "account", "opponent_limit_days", 30, "TTTFF", has_opponent=True, opponent_days_unmet=30
    ),
    silent("opponent_unaddressed", "account", opponent_days_unmet=30),
    silent("opponent_unaddressed", "account", has_opponent=True, opponent_days_unmet=30, is_key=False),
    # keeping company: 4 visits yes; any result, promise or growth no
    limit(
        "keeping_company_only", "account", "visits", 4, "FFTTT", productive_visits=0, promises_made=0, trend_up=False
    ),
    limit("keeping_company_only", "account", "idle_visits_limit", 4, "TTTFF", **IDLE),
    limit("keeping_company_only", "account", "productive_visits", 0, "FFTFF", **{**IDLE, "productive_visits": 0}),
    limit("keeping_company_only", "account", "promises_made", 0, "FFTFF", **IDLE),
    silent("keeping_company_only", "account", **{**IDLE, "trend_up": True}),
    silent("keeping_company_only", "account", **IDLE, is_key=False),
    # unprofitable: among the largest tenth; the floor no, the limit no; all three
    limit("unprofitable_big_buyer", "account", "sales_rank", 3, "TTTFF", margin_pct=1.0, payment_delay_days=60),
    limit("unprofitable_big_buyer", "account", "big_buyer_ranks", 3, "FFTTT", **{**UNPROFITABLE, "sales_rank": 3}),
    limit("unprofitable_big_buyer", "account", "payment_delay_days", 30, "FFFTT", sales_rank=1, margin_pct=1.0),
    limit("unprofitable_big_buyer", "account", "max_payment_delay_days", 60, "TTFFF", **UNPROFITABLE),
    limit("unprofitable_big_buyer", "account", "margin_pct", 5, "TTFFF", sales_rank=1, payment_delay_days=60),
    shown("unprofitable_big_buyer", "account", **{**UNPROFITABLE, "margin_pct": 4.9999}),
    silent("unprofitable_big_buyer", "account", **{**UNPROFITABLE, "margin_pct": 5.0001}),
    silent("unprofitable_big_buyer", "account", **{**UNPROFITABLE, "min_margin_pct": 0.5}),
    silent("unprofitable_big_buyer", "account", **UNPROFITABLE, margin_known=False),
    silent("unprofitable_big_buyer", "account", **UNPROFITABLE, delay_known=False),
    silent("unprofitable_big_buyer", "account", sales_rank=1, margin_pct=1.0),
    silent("unprofitable_big_buyer", "account", sales_rank=1, payment_delay_days=60),
    silent("unprofitable_big_buyer", "account", margin_pct=1.0, payment_delay_days=60),
    # friend_only: 40% of key accounts and 60% at tier C count, as do 40% with the same three
    limit("friend_only", "manager", "neglected_key_accounts", 2, "FFTTT", key_accounts=5, tier_c_visits=90),
    limit("friend_only", "manager", "neglected_key_accounts", 40, "FFTTT", key_accounts=100, familiar_visits=90),
    limit("friend_only", "manager", "neglected_pct_limit", 40, "TTTFF", **LEFT, familiar_visits=90),
    limit("friend_only", "manager", "key_accounts", 0, "FFFFF", neglected_key_accounts=0, tier_c_visits=90),
    limit("friend_only", "manager", "tier_c_visits", 60, "FFTTT", **LEFT),
    limit("friend_only", "manager", "tier_c_pct_limit", 60, "TTTFF", **LEFT, tier_c_visits=60),
    limit("friend_only", "manager", "familiar_visits", 40, "FFTTT", **LEFT),
    limit("friend_only", "manager", "familiar_pct_limit", 40, "TTTFF", **LEFT, familiar_visits=40),
    limit("friend_only", "manager", "visits", 0, "FFFFF", **LEFT, tier_c_visits=0, familiar_visits=-100),
    limit("friend_only", "manager", "visits", 0, "FFFFF", **LEFT, tier_c_visits=-100, familiar_visits=0),
    shown(
        "friend_only", "manager", key_accounts=1, neglected_key_accounts=1, visits=1, tier_c_visits=1, familiar_visits=0
    ),
    shown(
        "friend_only", "manager", key_accounts=1, neglected_key_accounts=1, visits=1, tier_c_visits=0, familiar_visits=1
    ),
    silent("friend_only", "manager", tier_c_visits=90, familiar_visits=90),
    silent("friend_only", "manager", **LEFT),
    # the client's file: 2 empty fields yes, 1 no; nobody on file; tiers A and B
    limit("incomplete_client_file", "account", "missing_fields", 2, "FFTTT"),
    limit("incomplete_client_file", "account", "missing_fields", 2, "FFTTT", tier="B", is_key=False),
    limit("incomplete_client_file", "account", "missing_fields_limit", 2, "TTTFF", missing_fields=2),
    limit("incomplete_client_file", "account", "contacts", 0, "FFTFF"),
    shown("incomplete_client_file", "account", contacts=0, tier="B", is_key=False),
    silent("incomplete_client_file", "account", contacts=0, missing_fields=6, tier="C", is_key=False),
    # load: exactly 120% no
    limit("overloaded_book", "manager", "required_scaled", 120, "FFFTT", bearable_scaled=120),
    limit("overloaded_book", "manager", "bearable_scaled", 120, "TTFFF", required_scaled=120),
    # next steps, complaints: 3 and 1 no
    limit("stalled_next_step", "commitments", "step_workdays_late", 3, "FFFTT"),
    limit("stalled_next_step", "commitments", "step_limit_workdays", 3, "TTFFF", step_workdays_late=3),
    limit("unanswered_complaint", "commitments", "complaint_workdays", 1, "FFFTT"),
    limit("unanswered_complaint", "commitments", "complaint_limit_workdays", 2, "TTFFF", complaint_workdays=2),
    # plans: half no; the last five workdays; 8 days judged, 60% no
    limit("plan_not_made", "manager", "planned_workdays", 20, "TTFFF"),
    limit("plan_not_made", "manager", "workdays", 40, "FFFTT", planned_workdays=20),
    limit("plan_not_made", "manager", "min_planned_pct", 50, "FFFTT", planned_workdays=20),
    limit("plan_not_made", "manager", "recent_planned_workdays", 0, "FFTFF"),
    limit("plan_not_made", "manager", "recent_workdays", 5, "FFTTT", recent_planned_workdays=0),
    limit("plan_not_made", "manager", "recent_workdays_limit", 5, "TTTFF", recent_planned_workdays=0),
    limit("plan_not_followed", "manager", "fulfilled_accounts", 60, "TTFFF"),
    limit("plan_not_followed", "manager", "planned_accounts", 100, "FFFTT", fulfilled_accounts=60),
    limit("plan_not_followed", "manager", "planned_days", 8, "FFTTT", fulfilled_accounts=0),
    limit("plan_not_followed", "manager", "min_planned_days", 40, "TTTFF", fulfilled_accounts=0),
    limit("plan_not_followed", "manager", "min_fulfilled_pct", 60, "FFFTT", fulfilled_accounts=60),
    # the month's end: more than half, 10 visits judged
    limit("last_minute_rush", "manager", "rush_visits", 25, "FFFTT"),
    limit("last_minute_rush", "manager", "rush_pct_limit", 50, "TTFFF", rush_visits=25),
    limit("last_minute_rush", "manager", "month_visits", 10, "FFTTT", rush_visits=10),
    limit("last_minute_rush", "manager", "min_month_visits", 50, "TTTFF", rush_visits=40),
    # market news: 5 workdays yes, 4 no
    limit("no_market_feedback", "manager", "workdays_since_report", 5, "FFTTT"),
    limit("no_market_feedback", "manager", "report_limit_workdays", 5, "TTTFF", workdays_since_report=5),
    # notes: 20 visits judged, 30% yes
    limit("thin_notes", "manager", "empty_notes", 30, "FFTTT"),
    limit("thin_notes", "manager", "empty_notes_pct_limit", 30, "TTTFF", empty_notes=30),
    limit("thin_notes", "manager", "visits", 20, "FFTTT", empty_notes=20),
    limit("thin_notes", "manager", "min_noted_visits", 100, "TTTFF", empty_notes=90),
    # wording: 2 samples of one habit
    limit("bad_wording", "wording", "samples", 2, "FFTTT"),
    limit("bad_wording", "wording", "samples_limit", 2, "TTTFF", samples=2),
    # lending: once decided
    shown("collateral_worship", "lending", only_collateral=True),
    silent("collateral_worship", "lending"),
    silent("collateral_worship", "lending", only_collateral=True, is_decided=False),
    limit("single_source_check", "lending", "sources", 2, "TTFFF"),
    limit("single_source_check", "lending", "min_sources", 3, "FFFTT"),
    silent("single_source_check", "lending", sources=0, is_decided=False),
    shown("no_repayment_plan", "lending", has_repayment_plan=False),
    silent("no_repayment_plan", "lending"),
    silent("no_repayment_plan", "lending", has_repayment_plan=False, is_decided=False),
    limit("rescue_lending", "lending", "loss_years", 2, "FFTTT", repays_old_loan=True, is_decided=False),
    limit("rescue_lending", "lending", "loss_years_limit", 2, "TTTFF", repays_old_loan=True, loss_years=2),
    silent("rescue_lending", "lending", loss_years=5),
    limit("late_risk_reminder", "lending", "delay_workdays", 5, "FFFTT"),
    limit("late_risk_reminder", "lending", "delay_limit_workdays", 5, "TTFFF", delay_workdays=5),
)

# Facts that show exactly one habit, by code.
BROKEN = quiet("commitments", most_workdays_late=1)
NEGLECTED: Mapping[str, Value] = {"days_since_visit": 11}
FEW: Mapping[str, Value] = {"contacts": 2}
OPPONENT: Mapping[str, Value] = {"has_opponent": True, "opponent_days_unmet": 30}
TOO_MANY: Mapping[str, Value] = {"open_promises": 9}
OVERLOAD: Mapping[str, Value] = {"required_scaled": 121, "bearable_scaled": 120}
UNFOLLOWED: Mapping[str, Value] = {"fulfilled_accounts": 0}


def together(*changes: Mapping[str, Value], kind: str = "account", acc: str | None = None) -> Fact:
    """One quiet fact with several changes."""
    return quiet(kind, acc, **{name: value for one in changes for name, value in one.items()})


APART: Sequence[Row] = (
    Row("late to tier A", [BROKEN, quiet("account")], "trust_at_risk", ACCOUNT, True),
    Row("late to tier B", [BROKEN, quiet("account", tier="B", is_key=False)], "trust_at_risk", ACCOUNT, False),
    Row("late to tier C", [BROKEN, quiet("account", tier="C", is_key=False)], "trust_at_risk", ACCOUNT, False),
    Row("late to another", [BROKEN, quiet("account", OTHER)], "trust_at_risk", ACCOUNT, False),
    Row("kept to tier A", [quiet("commitments"), quiet("account")], "trust_at_risk", ACCOUNT, False),
    Row("left and opposed", [together(NEGLECTED, OPPONENT)], "key_account_at_risk", ACCOUNT, True),
    Row("left and known to few", [together(NEGLECTED, FEW)], "key_account_at_risk", ACCOUNT, True),
    Row("opposed and known to few", [together(OPPONENT, FEW)], "key_account_at_risk", ACCOUNT, False),
    Row("left alone", [together(NEGLECTED)], "key_account_at_risk", ACCOUNT, False),
    Row(
        "opposed elsewhere", [together(NEGLECTED), together(OPPONENT, acc=OTHER)], "key_account_at_risk", ACCOUNT, False
    ),
    Row("few elsewhere", [together(NEGLECTED), together(FEW, acc=OTHER)], "key_account_at_risk", ACCOUNT, False),
    Row("too much to keep", [together(TOO_MANY, OVERLOAD, kind="manager")], "cannot_keep_up", PERSON, True),
    Row("promises too much", [together(TOO_MANY, kind="manager")], "cannot_keep_up", PERSON, False),
    Row("has too much", [together(OVERLOAD, kind="manager")], "cannot_keep_up", PERSON, False),
    Row("aim missed", [together(UNFOLLOWED, kind="manager"), together(NEGLECTED)], "aim_missed", PERSON, True),
    Row("plan missed", [together(UNFOLLOWED, kind="manager"), quiet("account")], "aim_missed", PERSON, False),
    Row("account missed", [quiet("manager"), together(NEGLECTED)], "aim_missed", PERSON, False),
    Row(
        "buyer in three parts",
        [
            quiet("account", "1", sales_rank=1),
            quiet("account", margin_pct=1.0),
            quiet("account", "2", payment_delay_days=60),
        ],
        "unprofitable_big_buyer",
        "1",
        False,
    ),
    Row(
        "losses here, old loan there",
        [quiet("lending", loss_years=2), quiet("lending", OTHER, repays_old_loan=True)],
        "rescue_lending",
        ACCOUNT,
        False,
    ),
    Row("hollow", [together(IDLE, FEW)], "hollow_relationship", ACCOUNT, True),
    Row("company", [together(IDLE)], "hollow_relationship", ACCOUNT, False),
    Row("few", [together(FEW)], "hollow_relationship", ACCOUNT, False),
    Row("few at another", [together(IDLE), together(FEW, acc=OTHER)], "hollow_relationship", ACCOUNT, False),
)

WORDING_ARTICLES = (
    "empty-generalities",
    "rude-talk",
    "contradicting-clients",
    "no-point",
    "boasting",
    "running-oneself-down",
    "attacking-competitors",
    "incoherent-talk",
    "over-promising",
    "other-bad-habits",
)
OWN_SEVERITY = {
    **dict.fromkeys(
        [
            *["over_promising", "broken_promise", "neglected_key_account", "opponent_unaddressed", "friend_only"],
            *["stalled_next_step", "unanswered_complaint", "overloaded_book", "plan_not_followed"],
            *["collateral_worship", "single_source_check", "no_repayment_plan", "rescue_lending", "late_risk_reminder"],
        ],
        "warning",
    ),
    **dict.fromkeys(
        [
            *["vague_promise", "single_threaded_key_account", "keeping_company_only", "unprofitable_big_buyer"],
            *["plan_not_made", "last_minute_rush", "incomplete_client_file", "no_market_feedback", "thin_notes"],
            "bad_wording",
        ],
        "notice",
    ),
}
"""The severity of each habit by itself; combinations and promises to key accounts are critical."""


def rows() -> list[Row]:
    """Every row."""
    return [row for table in TABLES for row in table.rows()] + list(APART)


@dataclass(frozen=True)
class Day:
    """Facts, and all the priorities of ACCOUNT that follow from them, each with its points."""

    name: str
    facts: Sequence[Fact]
    points: Mapping[str, int]


def around(code: str, points: int, field: str, at: int, found: str, **others: Value) -> list[Day]:
    """A field of the agenda at limit-2 … limit+2: `found` has a T where the priority follows, else an F."""
    is_key = bool(others.pop("is_key", True))
    return [
        Day(
            f"{code}: {field} {value}, {others}, key {is_key}",
            [quiet("agenda", **{**others, field: value}), quiet("account", is_key=is_key)],
            {code: points} if flag == "T" else {},
        )
        for value, flag in zip(range(at - 2, at + 3), found, strict=True)
    ]


LEFT_LONG: Mapping[str, Value] = {"waited_pct": 80, "contact_points": 6, "key_contact_points": 9}
SMALL: Mapping[str, Value] = {"unwon_pct": 50, "waited_pct": 50}
FEW_KNOWN = quiet("account", contacts=2)

DAYS: Sequence[Day] = (
    Day("quiet", [quiet("agenda"), quiet("account"), quiet("commitments")], {}),
    *around("appointment", 600, "appointments", 0, "FFFTT"),
    *around("promise_due", 95, "promises_due", 0, "FFFTT"),
    *around("promise_overdue", 80, "promises_overdue", 0, "FFFTT"),
    *around("complaint", 100, "complaints", 0, "FFFTT"),
    *around("next_step_due", 30, "steps_due", 0, "FFFTT"),
    # a contact is due from 80% of the cadence on; who is no key account weighs less
    *around("contact_overdue", 9, "waited_pct", 80, "FFTTT", **LEFT_LONG),
    *around("contact_overdue", 6, "waited_pct", 80, "FFTTT", **LEFT_LONG, is_key=False),
    *around("contact_overdue", 9, "contact_due_pct", 80, "TTTFF", **LEFT_LONG),
    *around("contact_overdue", 6, "contact_due_pct", 80, "TTTFF", **LEFT_LONG, is_key=False),
    Day(
        "no key account beside a key account",
        [quiet("agenda", **LEFT_LONG), quiet("account", tier="B", is_key=False), quiet("account", OTHER)],
        {"contact_overdue": 6},
    ),
    Day(
        "a key account beside one that is none",
        [
            quiet("agenda", **{**LEFT_LONG, "contact_points": 99}),
            quiet("account"),
            quiet("account", OTHER, tier="B", is_key=False),
        ],
        {"contact_overdue": 9},
    ),
    Day(
        "an unprofitable big buyer is no key account",
        [quiet("agenda", **LEFT_LONG), quiet("account", **UNPROFITABLE)],
        {"contact_overdue": 6},
    ),
    # potential: half of it unwon, and half the cadence over
    *around("potential", 5, "unwon_pct", 50, "FFTTT", **SMALL),
    *around("potential", 5, "unwon_limit_pct", 50, "TTTFF", **SMALL),
    *around("potential", 5, "waited_pct", 50, "FFTTT", **SMALL),
    *around("potential", 5, "growth_due_pct", 50, "TTTFF", **SMALL),
    # flags of the account itself, notices apart
    Day("warning", [BROKEN, quiet("agenda"), quiet("account", tier="B", is_key=False)], {"warning_flag": 40}),
    Day("critical", [BROKEN, quiet("agenda"), quiet("account")], {"critical_flag": 90, "warning_flag": 40}),
    Day(
        "critical beside a notice",
        [quiet("commitments", undated_workdays=3), quiet("agenda"), quiet("account")],
        {"critical_flag": 90},
    ),
    Day("notice", [quiet("agenda"), FEW_KNOWN], {}),
    Day("flag elsewhere", [BROKEN, quiet("agenda", OTHER), quiet("account"), quiet("account", OTHER)], {}),
    Day(
        "critical flag elsewhere",
        [quiet("commitments", OTHER, most_workdays_late=1), quiet("agenda"), quiet("account", OTHER)],
        {},
    ),
    Day("flag of the person", [quiet("agenda"), together(TOO_MANY, OVERLOAD, kind="manager")], {}),
    Day("no agenda", [BROKEN, quiet("account")], {}),
    Day(
        "everything",
        [
            BROKEN,
            quiet("account"),
            quiet(
                "agenda",
                **{**LEFT_LONG, "unwon_pct": 50},
                **dict.fromkeys(("appointments", "promises_due", "promises_overdue", "complaints", "steps_due"), 1),
            ),
        ],
        {"appointment": 600, "promise_due": 95, "promise_overdue": 80, "complaint": 100, "next_step_due": 30}
        | {"contact_overdue": 9, "potential": 5, "critical_flag": 90, "warning_flag": 40},
    ),
)
"""What domain.md §3 asks of the priority of an account today."""
