"""Team days: single days on which a team works or not, whatever the calendar says; typed, listed, taken back."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.language.plain import plain
from bot.language.spans import read_span
from bot.models import Policy
from bot.services.histories import DAY
from bot.services.policies import ThresholdRefused
from bot.workdays import Workdays

OFF = re.compile(r"不上班|不工作|休|放假|\boff\b|\bholidays?\b|\bclosed?\b")
WORK = re.compile(r"上班|工作|补班|调班|\bwork(?:ing|day|days)?\b|\bopen\b")

BACK, AHEAD = dtm.timedelta(days=56), dtm.timedelta(days=400)
"""How far behind and ahead such a day may lie: what the rules still look at, and the next year's calendar."""

LONGEST = 31
"""Days that one sentence may name; a longer one is a slip (our own figure)."""


@dataclass(frozen=True)
class TeamDays:
    """Days in a row, from the first to the last, on which a team works or not; None is as the calendar says."""

    first: dtm.date
    last: dtm.date
    works: bool | None

    def __iter__(self) -> Iterator[dtm.date]:
        """Each of the days."""
        return (self.first + number * DAY for number in range((self.last - self.first).days + 1))


def read(typed: str, now: dtm.datetime, policy: Policy) -> TeamDays:
    """The days that somebody typed and whether the team works on them; `now` is local. Raises ThresholdRefused."""
    said, today = plain(typed), now.date()
    state = False if OFF.search(said) else True if WORK.search(said) else None
    span = read_span(OFF.sub(" ", WORK.sub(" ", said)), now, Workdays(policy.country, policy.days_off))
    if state is None or span is None:
        raise ThresholdRefused("policy-days-unclear")
    days = TeamDays(*(span if str(span[0].year) in said else _lately(span, today)), state)
    if not is_sensible(days, today):
        raise ThresholdRefused("policy-days-unclear")
    return days


def _lately(span: tuple[dtm.date, dtm.date], today: dtm.date) -> tuple[dtm.date, dtm.date]:
    """Days said without a year, a year earlier where they have only just been: last week rather than next November."""
    try:
        first, last = (day.replace(year=day.year - 1) for day in span)
    except ValueError:  # 29 February
        return span
    return (first, last) if today - BACK <= first < today else span


def is_sensible(days: TeamDays, today: dtm.date) -> bool:
    """Whether the days stand in order, are few enough, and lie neither too far back nor too far ahead."""
    in_order = days.first <= days.last < days.first + LONGEST * DAY
    return in_order and today - BACK <= days.first and days.last <= today + AHEAD


def changed(policy: Policy, days: TeamDays) -> Policy:
    """The policy with these days. One on which the published calendar says the same is left to the calendar."""
    calendar = Workdays(policy.country)
    kept = {day: works for day, works in policy.days_off.items() if day not in set(days)}
    if days.works is not None:
        kept |= {
            day: days.works
            for day in days
            if calendar.is_workday(day) != days.works or not calendar.is_published(day.year)
        }
    return policy.model_copy(update={"days_off": dict(sorted(kept.items()))})


def listed(policy: Policy, today: dtm.date) -> list[TeamDays]:
    """The team's days that may still count, those in a row together: what is to come first, then what is over."""
    days = sorted(day for day in policy.days_off if day >= today - BACK)
    starts = [*days[:1], *(day for before, day in pairwise(days) if not _belong(policy, before, day))]
    ends = [*(before for before, day in pairwise(days) if not _belong(policy, before, day)), *days[-1:]]
    runs = [TeamDays(first, last, policy.days_off[first]) for first, last in zip(starts, ends, strict=True)]
    return sorted(runs, key=lambda run: (run.last < today, run.first))


def _belong(policy: Policy, before: dtm.date, day: dtm.date) -> bool:
    return day == before + DAY and policy.days_off[day] == policy.days_off[before]
