"""A team's own days: typed in both languages, kept only where the calendar says otherwise, listed in stretches."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.models import Policy
from bot.services import team_days
from bot.services.policies import ThresholdRefused
from bot.services.team_days import TeamDays
from bot.workdays import Workdays

NOW = dtm.datetime(2026, 11, 23, 8, 30)  # noqa: DTZ001 - local
TODAY = NOW.date()
NEW_YEARS_EVE, SATURDAY = dtm.date(2026, 12, 31), dtm.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "first", "last", "works"),
    [
        ("12月31日休息", "2026-12-31", "2026-12-31", False),
        ("12月31日不上班", "2026-12-31", "2026-12-31", False),
        ("周六上班", "2026-11-28", "2026-11-28", True),
        ("12月31日到1月3日放假", "2026-12-31", "2027-01-03", False),
        ("11月16日到20日休息", "2026-11-16", "2026-11-20", False),
        ("2027年11月16日休息", "2027-11-16", "2027-11-16", False),
        ("31 Dec off", "2026-12-31", "2026-12-31", False),
        ("Work on Saturday 28 Nov", "2026-11-28", "2026-11-28", True),
        ("Dec 31 to Jan 3 holiday", "2026-12-31", "2027-01-03", False),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, first: str, last: str, works: bool) -> None:
    found = team_days.read(typed, NOW, Policy())
    assert found == TeamDays(dtm.date.fromisoformat(first), dtm.date.fromisoformat(last), works)


@pytest.mark.parametrize(
    "typed", ["休息", "12月31日", "随便", "12月1日到3月1日休息", "2029年1月1日休息", "2026年1月5日休息"]
)
def test_what_names_no_day_or_no_state_or_too_many_is_refused(typed: str) -> None:
    with pytest.raises(ThresholdRefused) as refused:
        team_days.read(typed, NOW, Policy())
    assert refused.value.text_id == "policy-days-unclear"


def test_what_the_calendar_says_anyway_is_left_to_it_once_it_is_published() -> None:
    kept = team_days.changed(Policy(), TeamDays(SATURDAY - dtm.timedelta(days=2), SATURDAY, works=True))
    assert kept.days_off == {SATURDAY: True}
    assert Workdays(kept.country, kept.days_off).is_workday(SATURDAY)
    assert team_days.changed(kept, TeamDays(SATURDAY, SATURDAY, works=False)) == Policy()
    assert team_days.changed(kept, TeamDays(SATURDAY, SATURDAY, works=None)) == Policy()
    unknown = dtm.date(2031, 3, 3)
    assert not Workdays("CN").is_published(2031)
    assert team_days.changed(Policy(), TeamDays(unknown, unknown, works=True)).days_off == {unknown: True}


def test_days_in_a_row_are_listed_together_what_is_to_come_first() -> None:
    off = {NEW_YEARS_EVE + dtm.timedelta(days=number): False for number in (0, 4, 5)}
    policy = Policy(days_off=off | {SATURDAY: True, TODAY - dtm.timedelta(days=9): False, dtm.date(2026, 1, 5): False})
    first, second, third, over = team_days.listed(policy, TODAY)
    assert first == TeamDays(SATURDAY, SATURDAY, works=True)
    assert second == TeamDays(NEW_YEARS_EVE, NEW_YEARS_EVE, works=False)
    assert third == TeamDays(dtm.date(2027, 1, 4), dtm.date(2027, 1, 5), works=False)
    assert over.last < TODAY
    assert team_days.listed(Policy(), TODAY) == []
