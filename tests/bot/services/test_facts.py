"""Facts: every number of domain.md §4 from a history, exactly on its limits; pure."""

from __future__ import annotations

import datetime as dtm
import functools
from typing import Any

import pytest

from bot.models import Account, Complaint, Contact, NextStep, Policy, Promise, Stance, Visit
from bot.services.facts import facts_of, says_nothing
from bot.services.histories import History
from bot.workdays import Workdays
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import Fact
from rules.matcher import Matcher

TODAY = dtm.date(2026, 11, 27)
"""A Friday; the window began on Saturday, 3 October."""


@functools.cache
def engine() -> RuleEngine:
    return RuleEngine(Catalogue.load())


def day(back: int) -> dtm.date:
    """So many days before today."""
    return TODAY - dtm.timedelta(days=back)


def account(number: int = 1, tier: str = "C", **more: Any) -> Account:
    whole = {"segment": "零售", "potential": 10.0, "annual_sales": 5.0, "margin_pct": 9.0, "payment_delay_days": 0}
    return Account(id=number, person_id=1, name=f"店{number}", tier=tier, **{**whole, "trend": "up", **more})


def visit(back: int, number: int = 1, outcome: str = "order", **more: Any) -> Visit:
    values = {"person_id": 1, "text": "谈了冬季陈列，下周再看货", **more}
    return Visit(account_id=number, day=day(back), outcome=outcome, **values)


def promise(made: int, due: int | None, kept: int | None = None, number: int = 1, **more: Any) -> Promise:
    return Promise(
        person_id=1,
        account_id=number,
        made_on=day(made),
        what="送样品",
        due=None if due is None else day(due),
        kept_on=None if kept is None else day(kept),
        **more,
    )


def history(**more: Any) -> History:
    return History(person_id=1, today=TODAY, policy=Policy(), workdays=Workdays(), **more)


def facts(**more: Any) -> dict[tuple[str, str], Fact]:
    found = facts_of(history(**more), Matcher(engine().catalogue))
    return {(str(one["k"]), str(one["acc"])): one for one in found}


def flagged(**more: Any) -> set[tuple[str, str | None]]:
    found = engine().evaluate(facts_of(history(**more), Matcher(engine().catalogue)))
    return {(flag.habit, flag.account) for flag in found.flags}


@pytest.mark.parametrize(("back", "is_neglected"), [(10, False), (11, True), (None, True)])
def test_a_key_account_may_wait_its_cadence_and_grace(back: int | None, is_neglected: bool) -> None:
    visits = [] if back is None else [visit(back)]
    found = flagged(accounts=[account(tier="A")], visits=visits)
    assert (("neglected_key_account", "1") in found) is is_neglected


def test_an_attempt_that_met_nobody_does_not_restart_the_clock() -> None:
    one = facts(accounts=[account(tier="A")], visits=[visit(40), visit(1, outcome="absent")])["account", "1"]
    assert one["days_since_visit"] == 40
    assert one["visits"] == 2


def test_a_colleagues_visit_counts_for_the_account_and_not_for_the_manager() -> None:
    found = facts(accounts=[account(tier="A")], visits=[visit(2, person_id=2)])
    assert found["account", "1"]["days_since_visit"] == 2
    assert found["manager", "@person"]["visits"] == 0


@pytest.mark.parametrize(
    ("due", "late"),
    [
        (0, 0),  # due today
        (1, 1),  # due yesterday, a Thursday
        (5, 4),  # due on Sunday: counts as Monday
        (7, 5),  # a week ago
    ],
)
def test_workdays_late_count_from_the_workday_on_which_it_was_due(due: int, late: int) -> None:
    one = facts(accounts=[account()], promises=[promise(20, due)])["commitments", "1"]
    assert one["most_workdays_late"] == late
    assert one["late_promises"] == (late > 0)


@pytest.mark.parametrize(("made", "is_vague"), [(2, False), (3, True)])
def test_a_promise_without_a_date_may_wait_two_workdays(made: int, is_vague: bool) -> None:
    found = flagged(accounts=[account()], promises=[promise(made, None)])
    assert (("vague_promise", "1") in found) is is_vague


@pytest.mark.parametrize(("kept", "is_flagged"), [(7, False), (6, True)])
def test_exactly_seventy_percent_kept_is_enough(kept: int, is_flagged: bool) -> None:
    promises = [promise(30, 10, 10 if number < kept else 5) for number in range(10)]
    found = flagged(accounts=[account()], promises=promises, visits=[visit(1)])
    assert (("over_promising", None) in found) is is_flagged


def test_seven_due_promises_are_not_judged() -> None:
    promises = [promise(30, 10, 5) for _ in range(7)]
    assert ("over_promising", None) not in flagged(accounts=[account()], promises=promises)


@pytest.mark.parametrize(("count", "is_flagged"), [(2, False), (3, True)])
def test_three_broken_assurances_are_too_many(count: int, is_flagged: bool) -> None:
    promises = [promise(30, 10, 5, absolute="绝对") for _ in range(count)]
    assert (("over_promising", None) in flagged(accounts=[account()], promises=promises)) is is_flagged


@pytest.mark.parametrize(("count", "is_flagged"), [(8, False), (9, True)])
def test_the_most_open_promises_are_allowed(count: int, is_flagged: bool) -> None:
    promises = [promise(2, -10) for _ in range(count)]
    assert (("over_promising", None) in flagged(accounts=[account()], promises=promises)) is is_flagged


def test_a_promise_due_before_the_window_is_not_judged_and_counts_as_open() -> None:
    found = facts(accounts=[account()], promises=[promise(70, 60), promise(70, 60, 55)])["manager", "@person"]
    assert (found["due_promises"], found["open_promises"]) == (0, 1)


@pytest.mark.parametrize(("met", "is_flagged"), [(29, False), (30, True), (None, True)])
def test_an_opponent_is_met_within_thirty_days(met: int | None, is_flagged: bool) -> None:
    contacts = [
        Contact(account_id=1, name=name, stance=stance)
        for name, stance in (("吴店长", "neutral"), ("郑会计", Stance.OPPONENT), ("李", "supporter"))
    ]
    visits = [visit(2, contact="吴店长"), *([] if met is None else [visit(met, contact="郑会计")])]
    found = flagged(accounts=[account(tier="A")], contacts=contacts, visits=visits)
    assert (("opponent_unaddressed", "1") in found) is is_flagged


def test_the_longest_unmet_of_two_opponents_counts() -> None:
    contacts = [Contact(account_id=1, name=name, stance=Stance.OPPONENT) for name in ("甲", "乙")]
    one = facts(
        accounts=[account(tier="A")], contacts=contacts, visits=[visit(3, contact="甲"), visit(40, contact="乙")]
    )
    assert one["account", "1"]["opponent_days_unmet"] == 40


def test_an_unprofitable_big_buyer_is_no_key_account() -> None:
    accounts = [
        account(number, "A" if number == 1 else "C", annual_sales=float(100 - number)) for number in range(1, 12)
    ]
    accounts[0].margin_pct, accounts[0].payment_delay_days = 4.9, 31
    found = flagged(accounts=accounts)
    assert ("unprofitable_big_buyer", "1") in found
    assert ("neglected_key_account", "1") not in found
    accounts[0].margin_pct = 5.0
    assert ("unprofitable_big_buyer", "1") not in flagged(accounts=accounts)


@pytest.mark.parametrize(("missing", "is_flagged"), [(1, False), (2, True)])
def test_two_empty_fields_are_too_many_for_tiers_a_and_b(missing: int, is_flagged: bool) -> None:
    gaps: dict[str, Any] = dict.fromkeys(["segment", "trend"][:missing])
    person = [Contact(account_id=1, name="吴店长", stance="neutral")]
    found = flagged(accounts=[account(tier="B", **gaps)], contacts=person, visits=[visit(1)])
    assert (("incomplete_client_file", "1") in found) is is_flagged
    assert ("incomplete_client_file", "1") not in flagged(accounts=[account(tier="C", **gaps)])


@pytest.mark.parametrize(("back", "is_flagged"), [(3, False), (7, True)])
def test_a_next_step_and_a_complaint_wait_in_workdays(back: int, is_flagged: bool) -> None:
    steps = [NextStep(account_id=1, what="看货", due=day(back))]
    assert (("stalled_next_step", "1") in flagged(accounts=[account()], steps=steps)) is is_flagged
    complaints = [Complaint(account_id=1, made_on=day(back - 2), text="送货慢")]
    assert (("unanswered_complaint", "1") in flagged(accounts=[account()], complaints=complaints)) is is_flagged


def test_a_day_that_is_not_over_is_no_day_without_a_plan() -> None:
    found = facts(accounts=[account()], is_over=False)["manager", "@person"]
    over = facts(accounts=[account()])["manager", "@person"]
    assert over["workdays"] == int(found["workdays"]) + 1


@pytest.mark.parametrize(("done", "is_flagged"), [(15, False), (14, True)])
def test_exactly_sixty_percent_of_the_plans_lived_is_enough(done: int, is_flagged: bool) -> None:
    days = [day(back) for back in (1, 2, 3, 4, 8, 9, 10, 11)]
    plans = {one: [1, 2, 3] if place else [1, 2, 3, 4] for place, one in enumerate(days)}
    todo = [(one, number) for one in days for number in plans[one]]
    visits = [visit((TODAY - one).days, number) for one, number in todo[:done]]
    found = flagged(accounts=[account(number) for number in range(1, 5)], plans=plans, visits=visits)
    assert len(todo) == 25
    assert (("plan_not_followed", None) in found) is is_flagged


@pytest.mark.parametrize(("late", "is_flagged"), [(5, False), (6, True)])
def test_more_than_half_of_a_month_in_its_last_workdays_is_a_rush(late: int, is_flagged: bool) -> None:
    today = dtm.date(2026, 11, 30)
    last = [dtm.date(2026, 11, 24) + dtm.timedelta(days=number) for number in range(5)]  # Tuesday to Saturday
    workdays = [one for one in last if one.weekday() < 5] + [today]
    visits: list[Visit] = []
    for number in range(10):
        when = workdays[number % len(workdays)] if number < late else dtm.date(2026, 11, 9)
        visits.append(Visit(person_id=1, account_id=1, day=when, outcome="order", text="谈了冬季陈列，下周再看货"))
    judged = History(1, today, Policy(), Workdays(), accounts=[account()], visits=visits)
    found = engine().evaluate(facts_of(judged, Matcher(engine().catalogue)))
    assert any(flag.habit == "last_minute_rush" for flag in found.flags) is is_flagged


@pytest.mark.parametrize(("back", "is_flagged"), [(4, False), (6, True), (None, True)])
def test_five_workdays_without_market_news_are_too_many(back: int | None, is_flagged: bool) -> None:
    found = flagged(accounts=[account()], last_report=None if back is None else day(back))
    assert (("no_market_feedback", None) in found) is is_flagged


@pytest.mark.parametrize(
    ("note", "nothing"),
    [
        ("", True),
        ("正常拜访", True),
        ("常规走访。", True),
        ("ok", True),
        ("all fine today", True),
        ("谈了冬季陈列，她想先看样品", False),
        ("订了20条", False),
        ("he wants two samples first", False),
        ("七个字还是不够", True),
        ("八个字就算有内容", False),
    ],
)
def test_which_notes_say_nothing(note: str, nothing: bool) -> None:
    assert says_nothing(note) is nothing


def test_a_loan_file_is_judged_once_it_is_decided() -> None:
    file = {"stage": "审批", "basis": ["抵押物"], "sources": ["银行流水"], "repayment_plan": None}
    found = flagged(accounts=[account(collateral=file)])
    assert {"collateral_worship", "single_source_check", "no_repayment_plan"} <= {habit for habit, _ in found}
    early = flagged(accounts=[account(collateral={**file, "stage": "调查"})])
    assert not {"collateral_worship", "single_source_check", "no_repayment_plan"} & {habit for habit, _ in early}
    sound = {"stage": "放款", "basis": ["现金流", "抵押物"], "sources": ["银行流水", "走访"], "repayment_plan": "按月"}
    assert not {"collateral_worship", "single_source_check", "no_repayment_plan"} & {
        habit for habit, _ in flagged(accounts=[account(collateral=sound)])
    }


@pytest.mark.parametrize(
    ("back", "met", "delay", "is_late"),
    [
        (9, None, 31, True),  # Wednesday of the week before: 7 workdays
        (8, None, 31, True),
        (7, None, 31, False),  # 5 workdays: bearable
        (9, 9, 31, False),  # met the same day
        (9, 10, 31, True),
        (9, None, 30, False),  # on the limit
    ],
)
def test_a_delay_that_grew_past_the_limit_asks_for_a_contact(
    back: int, met: int | None, delay: int, is_late: bool
) -> None:
    file = {"stage": "营销", "delay_grew_on": day(back).isoformat()}
    one = account(payment_delay_days=delay, collateral=file)
    found = flagged(accounts=[one], visits=[] if met is None else [visit(met)])
    assert (("late_risk_reminder", "1") in found) is is_late
