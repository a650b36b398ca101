"""Agenda: what a day asks for at each account, on and around its limits, and against a plain recomputation; pure."""

from __future__ import annotations

import datetime as dtm
import functools
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest

from bot.models import Account, Complaint, Contact, NextStep, Policy, Promise, Stance, Tier, Visit
from bot.services import agenda
from bot.services.agenda import agenda_of, brief
from bot.services.facts import account_facts_of, facts_of
from bot.services.histories import History
from bot.services.promises import WINDOW_DAYS
from bot.workdays import Workdays
from rules.assessment import Priority
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import Fact
from rules.rule import Key, Layer

TODAY = dtm.date(2026, 11, 27)
"""A Friday."""


@functools.cache
def engine() -> RuleEngine:
    return RuleEngine(Catalogue.load())


def day(back: int) -> dtm.date:
    """So many days before today."""
    return TODAY - dtm.timedelta(days=back)


def account(number: int = 1, tier: str = "C", **more: Any) -> Account:
    return Account(id=number, person_id=1, name=f"店{number}", tier=tier, **more)


def visit(back: int, number: int = 1, outcome: str = "order") -> Visit:
    return Visit(account_id=number, person_id=1, day=day(back), outcome=outcome, text="")


def promise(due: int, number: int = 1, **more: Any) -> Promise:
    values = {"person_id": 1, "what": "送样品", "made_on": day(60), **more}
    return Promise(account_id=number, due=day(due), **values)


def step(due: int | None, number: int = 1, **more: Any) -> NextStep:
    values = {"what": "看陈列", "is_appointment": False, **more}
    return NextStep(person_id=1, account_id=number, due=None if due is None else day(due), **values)


def history(today: dtm.date = TODAY, **more: Any) -> History:
    return History(person_id=1, today=today, policy=Policy(), workdays=Workdays(), **{"visits": [visit(0)], **more})


def priorities(judged: History) -> tuple[Priority, ...]:
    return engine().evaluate([*account_facts_of(judged), *agenda_of(judged)]).priorities


def asked(judged: History) -> dict[str, int]:
    """The priorities of account 1 that follow from what the day asks for, with their points."""
    flagged = {"critical_flag", "warning_flag"}
    return {one.code: one.points for one in priorities(judged) if one.account == "1" and one.code not in flagged}


def why(judged: History, code: str) -> dict[str, object]:
    (found,) = [one for one in priorities(judged) if one.code == code]
    return dict(found.why.values)


@pytest.mark.parametrize(("due", "found"), [(2, {}), (1, {}), (0, {"appointment": 600}), (-1, {}), (-2, {})])
def test_an_appointment_counts_on_its_day(due: int, found: dict[str, int]) -> None:
    today = asked(history(accounts=[account()], steps=[step(due, is_appointment=True)]))
    assert {code: points for code, points in today.items() if code == "appointment"} == found
    assert ("next_step_due" in today) == (due > 0)  # one that was missed is a step to be made


def test_the_first_appointment_tells_its_time() -> None:
    steps = [step(0, is_appointment=True, time=dtm.time(hour, 30)) for hour in (14, 9)]
    steps.append(step(0, is_appointment=True))
    said = why(history(accounts=[account()], steps=steps), "appointment")
    assert said == {"appointments": 3, "appointment_time": "09:30"}


@pytest.mark.parametrize(
    ("due", "code"),
    [(2, "overdue"), (1, "overdue"), (0, "due"), (-1, None), (-2, None)],
)
def test_a_promise_is_due_on_its_day_and_overdue_after(due: int, code: str | None) -> None:
    found = asked(history(accounts=[account()], promises=[promise(due)]))
    assert found == ({f"promise_{code}": {"due": 95, "overdue": 80}[code]} if code else {})


@pytest.mark.parametrize(
    ("back", "code"), [(0, "promise_due"), (1, "promise_due"), (2, "promise_due"), (3, "promise_overdue")]
)
def test_a_promise_due_on_a_day_off_is_due_until_the_next_workday(back: int, code: str) -> None:
    monday = dtm.date(2026, 11, 30)
    due = monday - dtm.timedelta(days=back)
    owed = [Promise(account_id=1, what="送样品", made_on=day(9), due=due)]
    assert asked(history(monday, accounts=[account()], promises=owed, visits=[visit(-3)])).keys() == {code}


def test_on_a_day_off_what_is_due_on_it_is_due() -> None:
    saturday = TODAY + dtm.timedelta(days=1)
    owed = [Promise(account_id=1, what="送样品", made_on=day(9), due=saturday)]
    assert asked(history(saturday, accounts=[account()], promises=owed)) == {"promise_due": 95}


def test_a_promise_moved_too_late_is_expected_on_its_new_day_and_its_flag_stays() -> None:
    later = promise(5, moved_to=day(-3))
    judged = history(accounts=[account()], promises=[later])
    assert asked(judged) == {}
    assert [one.code for one in priorities(judged)] == ["warning_flag"]
    assert asked(history(accounts=[account()], promises=[promise(5, moved_to=day(0))])) == {"promise_due": 95}


def test_what_is_kept_withdrawn_or_owed_to_nobody_asks_for_nothing() -> None:
    done = [promise(0, kept_on=day(1)), promise(3, withdrawn_on=day(4)), promise(0, number=2)]
    assert asked(history(accounts=[account()], promises=done)) == {}


def test_the_reason_names_the_promise_expected_first() -> None:
    owed = [promise(2, what="退货"), promise(4, what="送三种新品的样品和价目表"), promise(0, what="报价")]
    judged = history(accounts=[account()], promises=owed)
    assert why(judged, "promise_overdue") == {
        "promises_overdue": 2,
        "promise_overdue": "送三种新品的…",
        "promise_days_overdue": 4,
    }
    assert why(judged, "promise_due") == {"promises_due": 1, "promise_due": "报价"}


@pytest.mark.parametrize(("due", "days"), [(2, 2), (1, 1), (0, 0), (-1, None), (-2, None), (None, None)])
def test_a_next_step_is_due_from_its_day_on(due: int | None, days: int | None) -> None:
    judged = history(accounts=[account()], steps=[step(due)])
    assert asked(judged) == ({} if days is None else {"next_step_due": 30})
    if days is not None:
        assert why(judged, "next_step_due") == {"steps_due": 1, "step_due": "看陈列", "step_days_late": days}


def test_an_open_complaint_counts_from_its_day_on() -> None:
    complaints = [Complaint(account_id=1, made_on=day(back), text="送货慢") for back in (0, 3)]
    judged = history(accounts=[account()], complaints=complaints)
    assert asked(judged) == {"complaint": 100}
    assert why(judged, "complaint") == {"complaints": 2, "complaint_days": 3}


@pytest.mark.parametrize(
    ("tier", "days", "points"),
    [
        *(("A", 4, None), ("A", 5, None), ("A", 6, 8), ("A", 7, 10), ("A", 8, 11)),  # 80% of 7 days are 5.6
        *(("B", 10, None), ("B", 11, None), ("B", 12, 5), ("B", 13, 5), ("B", 14, 6)),  # of 14 days 11.2
        *(("C", 22, None), ("C", 23, None), ("C", 24, 2), ("C", 25, 2), ("C", 26, 2)),  # of 30 days 24
    ],
)
def test_a_contact_is_due_from_four_fifths_of_the_cadence_on(tier: str, days: int, points: int | None) -> None:
    judged = history(accounts=[account(tier=tier)], visits=[visit(days), visit(1, outcome="absent")])
    assert asked(judged) == ({} if points is None else {"contact_overdue": points})


def test_who_was_not_met_in_the_window_has_waited_eight_weeks() -> None:
    judged = history(accounts=[account(tier="A")], visits=[visit(3, outcome="absent")])
    assert asked(judged) == {"contact_overdue": 80}
    assert why(judged, "contact_overdue") == {"was_met": False, "days_since_contact": 56, "contact_cadence_days": 7}


def test_an_unprofitable_big_buyer_weighs_as_tier_b() -> None:
    buyer = account(tier="A", annual_sales=900.0, margin_pct=1.0, payment_delay_days=90)
    judged = history(accounts=[buyer, account(2, "A", annual_sales=1.0)], visits=[visit(14), visit(14, 2)])
    found = {one.account: one.points for one in priorities(judged) if one.code == "contact_overdue"}
    assert found == {"1": 12, "2": 20}


@pytest.mark.parametrize(
    ("sales", "days", "found"),
    [
        *((52.0, 20, False), (51.0, 20, False), (50.0, 20, True), (49.0, 20, True), (48.0, 20, True)),
        *((0.0, 13, False), (0.0, 14, False), (0.0, 15, True), (0.0, 16, True)),  # half of 30 days
        *((None, 20, False), (101.0, 20, False)),
    ],
)
def test_potential_counts_where_half_of_it_is_unwon_and_half_the_cadence_over(
    sales: float | None, days: int, found: bool
) -> None:
    judged = history(accounts=[account(potential=100.0, annual_sales=sales)], visits=[visit(days)])
    assert asked(judged) == ({"potential": 5} if found else {})


@pytest.mark.parametrize(("potential", "sales"), [(None, 5.0), (0.0, 5.0), (0.0, 0.0), (1e12, 0.0), (1e-9, 1e-10)])
def test_any_potential_can_be_judged(potential: float | None, sales: float) -> None:
    (found,) = agenda_of(history(accounts=[account(potential=potential, annual_sales=sales)], visits=[]))
    assert found["unwon_pct"] == {1e12: 100, 1e-9: 90}.get(potential or 0, 0)


def test_accounts_that_nothing_is_asked_of_have_no_fact() -> None:
    book = [account(1), account(2, "B"), account(3, "A"), account(4, collateral={"stage": "放款"})]
    found = agenda_of(history(accounts=book, visits=[visit(1, number) for number in (1, 2, 3, 4)]))
    assert [one["acc"] for one in found] == ["3", "4"]


def test_the_order_reads_sensibly() -> None:
    """Appointments, then broken word, complaints and what is promised for the day; flags; what has waited long."""
    book = [account(number, "B") for number in range(1, 8)]
    book += [account(8, "A"), account(9, "A")]
    judged = history(
        accounts=book,
        contacts=[Contact(account_id=number, name=name, stance="neutral") for number in (8, 9) for name in "赵钱孙"],
        visits=[visit(1, number) for number in (1, 2, 3, 4, 5)]
        + [visit(28, 6), visit(12, 7), visit(20, 8), visit(7, 9)],
        steps=[step(0, 1, is_appointment=True), step(0, 5)],
        complaints=[Complaint(account_id=2, made_on=day(0), text="破损")],
        promises=[promise(3, 3), promise(0, 4)],
    )
    totals: dict[str, int] = {}
    for one in priorities(judged):
        totals[one.account] = totals.get(one.account, 0) + one.points
    assert sorted(totals, key=lambda acc: -totals[acc]) == ["1", "3", "2", "4", "8", "5", "6", "9", "7"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *(
            ("送样品和报价", "送样品和报价"),
            ("送三个新品样品", "送三个新品样品"),
            ("送三个新品的样品", "送三个新品的…"),
        ),
        *(("send samples", "send samples"), ("send the sample boxes", "send the samp…"), (" a \n b ", "a b"), ("", "")),
    ],
)
def test_words_are_cut_to_their_room(words: str, found: str) -> None:
    assert brief(words) == found


# Against a plain recomputation on random books.


def random_history(seed: int) -> History:
    rnd = random.Random(seed)
    today = TODAY + dtm.timedelta(days=rnd.randint(-9, 9))

    def some(most: int) -> Iterator[int]:
        return (rnd.choice(numbers) for _ in range(rnd.randint(0, most)))

    def ago(*options: int) -> dtm.date:
        return today - dtm.timedelta(days=rnd.choice(options))

    numbers = list(range(1, rnd.randint(2, 12)))
    return History(
        person_id=1,
        today=today,
        policy=Policy(),
        workdays=Workdays(),
        accounts=[
            account(
                number,
                rnd.choice("AABC"),
                potential=rnd.choice([None, 100.0, 10.5]),
                annual_sales=rnd.choice([None, 5.0, 50.0, 70.0]),
                margin_pct=rnd.choice([None, 1.0, 9.0]),
                payment_delay_days=rnd.choice([None, 0, 90]),
                collateral=rnd.choice([None, None, {"stage": "放款", "basis": ["抵押物"], "sources": []}]),
            )
            for number in numbers
        ],
        contacts=[
            Contact(account_id=number, name=name, stance=rnd.choice([Stance.OPPONENT, Stance.NEUTRAL]))
            for number in numbers
            for name in "赵钱孙"[: rnd.randint(0, 3)]
        ],
        visits=[
            Visit(
                account_id=number,
                person_id=1,
                day=ago(0, 1, 3, 5, 6, 7, 11, 12, 14, 15, 24, 30, 55),
                outcome=rnd.choice(["order", "none", "absent"]),
                contact=rnd.choice([None, "赵"]),
                text="",
            )
            for number in some(20)
        ],
        promises=[
            Promise(
                account_id=rnd.choice([number, None]),
                what="送样品",
                made_on=ago(20, 30),
                due=rnd.choice([None, ago(-2, -1, 0, 1, 2, 3, 9)]),
                moved_to=rnd.choice([None, None, ago(-1, 0, 1)]),
                kept_on=rnd.choice([None, None, ago(1)]),
            )
            for number in some(12)
        ],
        steps=[
            NextStep(
                account_id=number,
                what="看陈列",
                due=rnd.choice([None, ago(-1, 0, 1, 5, 9)]),
                is_appointment=rnd.random() < 0.5,
                time=rnd.choice([None, dtm.time(9, 30)]),
            )
            for number in some(8)
        ],
        complaints=[Complaint(account_id=number, made_on=ago(0, 1, 4), text="破损") for number in some(3)],
    )


def recomputed(judged: History) -> dict[tuple[int, str], int]:
    """What domain.md §3 asks for, flags apart, told once more: account and code with points."""
    found: dict[tuple[int, str], int] = {}
    by_sales = sorted((one.annual_sales for one in judged.accounts if one.annual_sales is not None), reverse=True)
    for one in judged.accounts:
        for name, points in _recomputed_deeds(judged, one):
            found[one.id, name] = points
        cadence = {"A": 7, "B": 14, "C": 30}[one.tier]
        met = [seen.day for seen in judged.visits if seen.account_id == one.id and seen.outcome != "absent"]
        days = min([(judged.today - seen).days for seen in met], default=56)
        tenth = by_sales[-(-len(judged.accounts) // 10) - 1 :][:1]
        is_large = one.annual_sales is not None and bool(tenth) and one.annual_sales >= tenth[0]
        is_bad = (one.margin_pct or 99) < 5 and (one.payment_delay_days or 0) > 30
        weight = {"A": 6 if is_large and is_bad else 10, "B": 6, "C": 3}[one.tier]
        if Fraction(days, cadence) >= Fraction(4, 5):
            found[one.id, "contact_overdue"] = int(Fraction(days * weight, cadence))
        if one.potential and one.annual_sales is not None:
            left = 1 - Fraction(one.annual_sales) / Fraction(one.potential)
            if left >= Fraction(1, 2) and Fraction(days, cadence) >= Fraction(1, 2):
                found[one.id, "potential"] = 5
    return found


def _recomputed_deeds(judged: History, one: Account) -> Iterator[tuple[str, int]]:
    today = judged.today
    for owed in judged.promises:
        expected = owed.moved_to or owed.due
        if owed.account_id == one.id and owed.kept_on is None and expected is not None and expected <= today:
            between = [expected + dtm.timedelta(days=ahead) for ahead in range((today - expected).days)]
            is_over = any(judged.workdays.is_workday(day) for day in between)
            yield ("promise_overdue", 80) if is_over else ("promise_due", 95)
    for agreed in judged.steps:
        if agreed.account_id == one.id and agreed.due is not None and agreed.due <= today:
            is_meeting = agreed.is_appointment and agreed.due == today
            yield ("appointment", 600) if is_meeting else ("next_step_due", 30)
    if any(complaint.account_id == one.id for complaint in judged.complaints):
        yield "complaint", 100


def keys(facts: Sequence[Fact]) -> set[Key]:
    """The priorities that plain Python finds."""
    matcher = engine().matcher
    return {key for key in matcher.derive(matcher.fold(facts)) if key.kind is Layer.PRIORITY}


def told(found: Sequence[Priority]) -> dict[tuple[int, str], int]:
    return {(int(one.account), one.code): one.points for one in found}


@pytest.mark.parametrize("seed", range(40))
def test_random_books_are_judged_as_a_plain_recomputation_has_it(seed: int) -> None:
    for number in range(5):
        judged = random_history(100 * seed + number)
        found = told(priorities(judged))
        flags = {about: points for about, points in found.items() if about[1].endswith("_flag")}
        assert {about: points for about, points in found.items() if about not in flags} == recomputed(judged)


def test_no_reason_is_lost_by_leaving_accounts_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the rules may flag in earnest is among the accounts that have a fact."""
    books = [random_history(5_000 + seed) for seed in range(100)]
    chosen = [keys([*account_facts_of(judged), *agenda_of(judged)]) for judged in books]
    few = sum(len(agenda_of(judged)) for judged in books)
    monkeypatch.setattr(agenda, "_asks", lambda _values: True)
    assert [keys([*account_facts_of(judged), *agenda_of(judged)]) for judged in books] == chosen
    assert few < sum(len(agenda_of(judged)) for judged in books)
    assert {"critical_flag", "warning_flag"} < {key.code for found in chosen for key in found}


def test_the_flags_of_an_account_rest_on_its_own_facts() -> None:
    """So a proposal may be made without the person's facts."""
    matcher = engine().matcher
    for seed in range(60):
        judged = random_history(9_000 + seed)
        whole: list[Fact] = [*facts_of(judged, matcher), *agenda_of(judged)]
        assert keys(whole) == keys([*account_facts_of(judged), *agenda_of(judged)])


def test_an_appointment_outweighs_all_other_reasons_together() -> None:
    weights = Policy().model_dump()
    others = sum(weights[name] for name in weights if name.startswith("points_") and "_contact_" not in name)
    longest = WINDOW_DAYS * Policy().contact_points(Tier.A) // Policy().cadence_days.A
    assert weights["points_appointment"] > others - weights["points_appointment"] + longest
