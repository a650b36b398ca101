"""Planning: the arithmetic of domain.md §3 exactly on its limits, the number proposed, the order of the accounts."""

from __future__ import annotations

import datetime as dtm
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.database import Database
from bot.models import (
    Account,
    Complaint,
    DayPlan,
    Leave,
    NextStep,
    Person,
    PlannedAccount,
    PlannedState,
    Policy,
    Promise,
    Visit,
)
from bot.services import histories, planning
from bot.services.planning import Arithmetic, Basis, DayProposal, Decided
from bot.services.proposals import Reason
from bot.workdays import Workdays
from rules.assessment import Assessment
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.facts import Fact
from tests.bot.services.test_accounts import CHEN, LIN, NOW, TODAY, account, fill

MONDAY = dtm.date(2026, 11, 23)
"""Twenty workdays follow in 28 days."""

SUNDAY = dtm.date(2026, 11, 29)

ENGINE = RuleEngine(Catalogue.load())


def book(tiers: str, **more: Any) -> list[Account]:
    """Accounts of these tiers, named after their number."""
    return [account(number, f"店{number:03}", tier=tier, **more) for number, tier in enumerate(tiers, start=1)]


def basis(tiers: str = "", **more: Any) -> Basis:
    return Basis(**{"accounts": book(tiers), "policy": Policy(), "workdays": Workdays(), **more})


def reason(account_id: int, points: int, code: str = "contact_overdue") -> Reason:
    return Reason(account_id, code, points, f"plan-why-{code.replace('_', '-')}", {})


def names(proposal: DayProposal) -> list[str]:
    return [one.account.name for one in proposal.ranked]


# -- Arithmetic -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tiers", "visits", "required"),
    [
        ("", 0, 0),
        ("A", 4, Fraction(4, 20)),
        ("AB", 6, Fraction(6, 20)),
        ("C" * 15, 14, Fraction(14, 20)),
        ("A" * 20 + "B" * 12, 104, Fraction(104, 20)),
    ],
)
def test_required_is_the_books_visits_by_the_workdays_of_28_days(
    tiers: str, visits: int, required: Fraction | int
) -> None:
    found = planning.reckon(basis(tiers), MONDAY)
    assert (found.visits, found.workdays, found.required) == (visits, 20, float(required))


def test_leave_and_holidays_leave_fewer_workdays_and_none_asks_for_nothing() -> None:
    away = Workdays(leave=((dtm.date(2026, 12, 7), dtm.date(2026, 12, 11)),))
    assert planning.reckon(basis("A" * 15, workdays=away), MONDAY).required == 4.0
    golden_week = planning.reckon(basis("A"), dtm.date(2026, 9, 30))
    assert golden_week.workdays == Workdays().count(dtm.date(2026, 9, 30), dtm.date(2026, 10, 28)) < 20
    gone = Workdays(leave=((MONDAY, dtm.date(2027, 1, 31)),))
    found = planning.reckon(basis("A" * 99, workdays=gone), MONDAY)
    assert (found.workdays, found.required, found.load, found.is_overloaded) == (0, 0.0, 0.0, False)
    assert found.proposed == found.target, "what he manages, where no workday follows"


@pytest.mark.parametrize(
    ("made", "median"),
    [
        ([6] * 9, None),
        ([6] * 10, 6),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 9], 5.5),
        ([3] * 6 + [9] * 5, 3),
    ],
)
def test_the_median_counts_from_ten_worked_days(made: list[int], median: float | None) -> None:
    found = planning.reckon(basis("A", made=made), MONDAY)
    assert (found.median, found.worked_days) == (median, len(made))


@pytest.mark.parametrize(
    ("required", "managed", "proposed"),
    [
        ("5.4", "6", 6),
        ("5.4", "4", 5),
        ("2", "6", 4),
        ("3", "6", 5),  # a half upwards
        ("6", "3", 5),
        ("5.4", "5.6", 6),  # no whole number lies between
        ("5.1", "5.3", 5),
        ("0", "6", 3),
        ("0.2", "0", 0),
    ],
)
def test_the_proposed_number(required: str, managed: str, proposed: int) -> None:
    assert planning.between(Fraction(required), Fraction(managed)) == proposed


@settings(max_examples=40)
@given(st.fractions(0, 60, max_denominator=600), st.fractions(0, 60, max_denominator=2))
def test_the_proposed_number_lies_between_where_a_whole_number_does(required: Fraction, managed: Fraction) -> None:
    low, high = sorted((required, managed))
    proposed = planning.between(required, managed)
    if any(low <= number <= high for number in range(61)):
        assert low <= proposed <= high
    assert abs(proposed - (required + managed) / 2) <= Fraction(1, 2)


# -- Overloaded books -------------------------------------------------------------------------------------------------


def test_exactly_120_percent_is_bearable_and_one_account_more_is_not() -> None:
    """1.2 × 6 × 20 workdays are 144 visits: 36 accounts of tier A."""
    on_the_limit = planning.reckon(basis("A" * 36), MONDAY)
    assert (on_the_limit.load, on_the_limit.is_overloaded, on_the_limit.stretch) == (1.2, False, ())
    over = planning.reckon(basis("A" * 36 + "C"), MONDAY)
    assert over.is_overloaded
    assert [(one.name, one.from_days, one.to_days) for one in over.stretch] == [("店037", 30, 60)]
    assert over.stretch[0].frees == pytest.approx(28 / 30 - 28 / 60)
    assert not over.fits, "the C account still asks for something"


def test_as_few_c_accounts_are_stretched_as_needed_the_least_deserving_first() -> None:
    accounts = book("A" * 35 + "C" * 6)
    for one, (potential, sales) in zip(
        accounts[35:], [(90, 1), (10, 2), (None, None), (20, None), (None, 15), (10, 2)], strict=True
    ):
        one.potential, one.annual_sales = potential, sales
    found = planning.reckon(basis(accounts=accounts), MONDAY)  # 140 + 5.6 visits: 1.6 too many, 0.47 each
    assert [one.name for one in found.stretch] == ["店038", "店037", "店041", "店040"]
    assert found.fits
    spared = planning.reckon(basis(accounts=accounts, spared={38, 37, 41}), MONDAY)
    assert [one.name for one in spared.stretch] == ["店040", "店039", "店036"]
    assert not spared.fits


@settings(max_examples=40)
@given(st.text("ABC", max_size=80), st.integers(1, 8), st.integers(0, 27))
def test_stretching_what_is_named_makes_the_book_fit(tiers: str, target: int, ahead: int) -> None:
    given_basis = basis(tiers, policy=Policy(daily_visits_target=target))
    found = planning.reckon(given_basis, MONDAY + dtm.timedelta(days=ahead))
    limit = Fraction(120, 100) * target * found.workdays
    visits = sum((Fraction(28, {"A": 7, "B": 14, "C": 30}[tier]) for tier in tiers), Fraction(0))
    each = Fraction(28, 30) - Fraction(28, 60)
    assert found.is_overloaded == (visits > limit) == bool(found.stretch or not found.fits)
    assert found.fits == (visits - tiers.count("C") * each <= limit)
    if found.fits and found.stretch:
        assert visits - len(found.stretch) * each <= limit < visits - (len(found.stretch) - 1) * each


def test_arithmetic_is_kept_as_json() -> None:
    found = planning.reckon(basis("A" * 36 + "CC", made=[5] * 10), MONDAY)
    assert found.stretch
    assert Arithmetic.from_json(json.loads(json.dumps(found.as_json()))) == found


# -- Ranking ----------------------------------------------------------------------------------------------------------


def proposed(accounts: Sequence[Account], *reasons: Reason, target: int = 1, moved: Sequence[int] = ()) -> DayProposal:
    """With a book that asks for next to nothing, `target` decides what is proposed: half of it."""
    policy = Policy(daily_visits_target=target, cadence_days={"A": 365, "B": 365, "C": 365})
    return planning.proposal(basis(accounts=accounts, policy=policy), MONDAY, reasons, Decided(moved=frozenset(moved)))


def test_accounts_come_by_points_then_tier_then_name_and_only_with_a_reason() -> None:
    accounts = book("CBAAB")
    found = proposed(accounts, reason(1, 20), reason(2, 5), reason(2, 15), reason(4, 20), reason(3, 20), target=8)
    assert names(found) == ["店003", "店004", "店002", "店001"]
    assert [one.points for one in found.ranked] == [20, 20, 20, 20]
    assert [one.points for one in found.ranked[2].reasons] == [15, 5], "the weightiest reason first"


def test_appointments_are_always_chosen_and_come_first() -> None:
    found = proposed(
        book("AAAA"), reason(1, 90), reason(2, 1, "appointment"), reason(3, 2, "appointment"), reason(4, 95)
    )
    assert (names(found)[:2], found.arithmetic.proposed) == (["店003", "店002"], 2)
    assert [one.is_fixed for one in found.ranked] == [True, True, False, False]


def test_the_same_area_counts_once_and_only_beside_what_is_chosen() -> None:
    accounts = [
        account(1, "甲", area="城东"),
        account(2, "乙", area=" 城東 ".strip()),
        account(3, "丙", area="城西"),
        account(4, "丁", area="城东"),
        account(5, "戊"),
        account(6, "己"),
    ]
    reasons = [reason(1, 50), reason(2, 30), reason(3, 35), reason(4, 10), reason(5, 9), reason(6, 8)]
    found = proposed(accounts, *reasons, target=4)
    assert found.arithmetic.proposed == 2
    assert names(found) == ["甲", "乙", "丙", "丁", "戊", "己"], "30 and 8 for the same area are more than 35"
    near = {one.account.name: one for one in found.ranked}
    assert (near["乙"].points, near["丁"].points, near["丙"].points) == (38, 18, 35)
    (added,) = [one for one in near["丁"].reasons if one.code == "same_area"]
    assert (added.text_id, added.values) == ("plan-why-same-area", {"account": "甲"})
    assert near["甲"].points == 50, "nobody is near himself"
    assert near["己"].points == 8, "no area is no common area"


def test_what_was_moved_to_the_day_is_listed_without_any_reason_of_its_own() -> None:
    found = proposed(book("ABC"), reason(1, 10), moved=[3, 99])
    assert [(one.account.name, one.points) for one in found.ranked] == [("店001", 10), ("店003", 0)]


def test_what_is_settled_today_stands_last_or_not_at_all_and_gives_its_place_to_others() -> None:
    accounts = [account(number, f"店{number:03}", area="城东" if number < 4 else "城西") for number in range(1, 8)]
    told = [reason(1, 50), reason(2, 30), reason(3, 9), reason(4, 8), reason(5, 7, "promise_due"), reason(6, 6)]
    told += [reason(7, 5, "appointment")]
    decided = Decided(
        dropped={1: "客户没空", 7: "上次没空"}, done=frozenset({2, 5}), visited=frozenset({6}), moved=frozenset({3})
    )
    policy = Policy(daily_visits_target=5, cadence_days={"A": 365, "B": 365, "C": 365})
    found = planning.proposal(basis(accounts=accounts, policy=policy), MONDAY, told, decided)
    assert [one.account.id for one in found.listed] == [7, 3, 4, 5, 1]
    assert [one.dropped for one in found.listed] == [None, None, None, None, "客户没空"]
    assert (found.arithmetic.proposed, [one.account.id for one in found.chosen]) == (3, [7, 3]), "one is seen already"
    assert found.listed[1].points == 9, "nothing is on the way to whom he does not visit"


def test_appointments_and_promises_stay_on_a_shorter_day() -> None:
    codes = {1: "appointment", 2: "promise_due", 3: "promise_overdue", 4: "critical_flag"}
    found = proposed(
        book("AAAA"), *(reason(number, 9, code) for number, code in codes.items()), reason(4, 1, "potential")
    )
    assert {one.account.id for one in found.ranked if one.stays} == {1, 2, 3}


BOOKS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.sampled_from(["", "城东", "城西"]),
        st.lists(st.tuples(st.sampled_from(["appointment", "promise_due", "potential"]), st.integers(0, 99))),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(BOOKS, st.integers(1, 12), st.randoms(use_true_random=False))
def test_ranking_is_deterministic_and_never_leaves_out_an_appointment(
    rows: list[tuple[str, str, list[tuple[str, int]]]], target: int, chance: Any
) -> None:
    accounts = [account(at, f"店{at:03}", tier=tier, area=area) for at, (tier, area, _) in enumerate(rows)]
    reasons = [reason(at, points, code) for at, (_, _, told) in enumerate(rows) for code, points in told]
    found = proposed(accounts, *reasons, target=target)
    mixed = chance.sample(accounts, len(accounts))
    assert names(proposed(mixed, *chance.sample(reasons, len(reasons)), target=target)) == names(found)
    fixed = {one.account_id for one in reasons if one.code == "appointment"}
    assert fixed <= {one.account.id for one in found.chosen}
    assert {one.account.id for one in found.ranked} == {one.account_id for one in reasons}
    rest = [one.points for one in found.ranked[len(found.chosen) :]]
    assert rest == sorted(rest, reverse=True)


# -- From the database ------------------------------------------------------------------------------------------------


async def judge(facts: Sequence[Fact]) -> Assessment:
    return ENGINE.evaluate(facts)


def ago(days: int) -> dtm.date:
    return TODAY - dtm.timedelta(days=days)


def visit(days: int, number: int = 7, by: int = CHEN) -> Visit:
    return Visit(person_id=by, account_id=number, day=ago(days), outcome="info")


async def propose(database: Database, *rows: object) -> DayProposal:
    await fill(database, *rows)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        return await planning.propose(session, person, TODAY, NOW, judge)


async def test_a_proposal_is_made_from_the_records(database: Database) -> None:
    """Ten worked days of the last four weeks, a Saturday and today not among them."""
    worked = [1, 2, 5, 6, 7, 8, 9, 12, 13, 14]
    found = await propose(
        database,
        account(7, "常去的"),
        account(8, "约好的", tier="A"),
        account(9, "别人的", LIN, tier="A"),
        account(10, "走了的", archived_on=TODAY),
        *(visit(days) for days in worked for _ in range(4)),
        *(visit(days) for days in (0, 4, 29)),
        *(visit(1, 9, LIN) for _ in range(9)),
        NextStep(person_id=CHEN, account_id=8, agreed_on=ago(5), what="看样", due=TODAY, is_appointment=True),
    )
    counted = found.arithmetic
    assert (counted.worked_days, counted.median, counted.visits, counted.workdays) == (10, 4, 6, 20)
    assert (counted.required, counted.proposed) == (0.3, 2)
    assert found.ranked[0].account.name == "约好的"
    assert found.ranked[0].is_fixed


async def test_promises_complaints_and_leave_are_seen(database: Database) -> None:
    owed = {"person_id": CHEN, "made_on": ago(9), "what": "送样品"}
    await fill(
        database,
        *(account(number, f"店{number}", tier="A") for number in range(11, 47)),
        *(
            account(number, name, tier="C")
            for number, name in enumerate(["过期", "投诉", "周末", "今天", "做了", "平常"], start=1)
        ),
        Promise(**owed, account_id=1, due=ago(1)),
        Promise(**owed, account_id=3, due=dtm.date(2026, 11, 28)),
        Promise(**owed, account_id=4, due=TODAY),
        Promise(**owed, account_id=5, due=ago(1), kept_on=ago(1)),
        Complaint(person_id=CHEN, account_id=2, made_on=ago(1), text="送货晚"),
        *(visit(days, number) for days, number in ((1, 1), (2, 2), (2, 3), (4, 4))),
        Leave(person_id=CHEN, first_day=dtm.date(2026, 12, 7), last_day=dtm.date(2026, 12, 11)),
    )
    async with database.read() as session:
        person = await session.get_one(Person, CHEN)
        found = await planning.arithmetic(session, person, SUNDAY)
        read = await planning.basis_of(session, person, SUNDAY)
        history = (await histories.gather(session, [person], {CHEN: SUNDAY}, is_over=False))[CHEN]
    told = planning.basis_from(history)
    assert found.workdays == 15
    assert {one.name for one in found.stretch} == {"周末", "做了", "平常"}, "a Saturday counts as Monday"
    assert (sorted(told.made), told.spared) == (sorted(read.made), read.spared) == ([1, 2], {1, 2, 4})


@pytest.mark.parametrize(("visited", "listed"), [(None, True), (2, True), (1, False), (0, False)])
async def test_what_was_moved_to_today_is_listed_unless_visited_since(
    database: Database, visited: int | None, listed: bool
) -> None:
    quiet = account(7, "挪来的", tier="C")
    steady = [visit(2)] if visited is None else [visit(visited)]
    await fill(database, quiet, account(8, "挪走的", tier="C"), *steady, visit(2, 8))
    async with database.begin() as session:
        session.add(DayPlan(id=1, person_id=CHEN, day=ago(1), target=6, made_at=NOW))
        await session.flush()
        for number, to in ((7, TODAY), (8, TODAY + dtm.timedelta(days=1))):
            session.add(
                PlannedAccount(plan_id=1, account_id=number, position=number, state=PlannedState.MOVED, moved_to=to)
            )
        await session.flush()
        person = await session.get_one(Person, CHEN)
        found = await planning.propose(session, person, TODAY, NOW, judge)
    assert names(found) == ["挪来的"] * listed
