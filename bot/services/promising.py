"""Ask before promising: may I promise this for that day? Green, amber or red, with every reason."""

from __future__ import annotations

import datetime as dtm
import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Person, Policy
from bot.services import accounts, planning, promises, teams
from bot.services.planning import Load
from bot.services.promises import KeptRate
from bot.workdays import Workdays

NEARLY = 2
"""So few promises below the most that may be open are nearly too many."""

SAME_DAY = (2, 4)
"""Promises due on one day that make it tight, and too tight."""

LATE = (1, 3)
"""Overdue promises that come first, and that forbid another."""


class Light(enum.IntEnum):
    """How wise a promise is; the heaviest reason decides."""

    GREEN = 0
    AMBER = 1
    RED = 2


@dataclass(frozen=True)
class Reason:
    """One reason with its weight: the id of its text and the text's values."""

    light: Light
    text_id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """Whether to promise, why, and for which day; `better` is the next day that would do where it is a day off."""

    reasons: tuple[Reason, ...]
    day: dtm.date | None
    better: dtm.date | None = None

    @property
    def light(self) -> Light:
        """The heaviest of the reasons."""
        return max((reason.light for reason in self.reasons), default=Light.GREEN)


async def consider(
    session: AsyncSession, person: Person, day: dtm.date | None, account: Account | None, now: dtm.datetime
) -> Verdict:
    """What speaks for and against promising something for a day, to an account where one is named."""
    today = person.today(now)
    policy, workdays = await teams.policy_of(session, person), await teams.workdays_of(session, person)
    owed = [one.promise for one in await promises.open_of(session, person)]
    rate = await promises.kept_rate(session, person, today, workdays)
    late = [one for one in owed if one.due is not None and workdays.on_or_after(one.due) < today]
    reasons = [
        *_about_day(day, today, workdays),
        _about_number(len(owed), policy),
        *_about_late(len(late)),
        *_about_rate(rate, policy),
    ]
    if day is not None:
        same = sum(one.expected == day for one in owed)
        reasons += _about_same_day(same, day)
    if account is not None:
        ours, _ = await promises.of_account(session, account)
        broken = sum(one.is_open and one in late for one in ours)
        reasons += [Reason(Light.RED, "promising-account-late", {"account": account.name, "count": broken})] * bool(
            broken
        )
    reasons += _about_load(planning.load_of(await accounts.of(session, person), policy, workdays, today))
    better = None if day is None or workdays.is_workday(day) else workdays.on_or_after(day)
    return Verdict(tuple(reasons), day, better)


def _about_day(day: dtm.date | None, today: dtm.date, workdays: Workdays) -> Iterator[Reason]:
    if day is None:
        yield Reason(Light.AMBER, "promising-no-day")
    elif day < today:
        yield Reason(Light.RED, "promising-past", {"day": day})
    elif not workdays.is_workday(day):
        yield Reason(Light.AMBER, "promising-day-off", {"day": day})
    elif day == today:
        yield Reason(Light.AMBER, "promising-today")


def _about_number(count: int, policy: Policy) -> Reason:
    most = policy.max_open_promises
    light = Light.RED if count >= most else Light.AMBER if count >= most - NEARLY else Light.GREEN
    return Reason(light, "promising-open", {"count": count, "most": most})


def _about_late(count: int) -> Iterator[Reason]:
    if count >= LATE[0]:
        yield Reason(Light.RED if count >= LATE[1] else Light.AMBER, "promising-late", {"count": count})


def _about_rate(rate: KeptRate, policy: Policy) -> Iterator[Reason]:
    if rate.due:
        is_low = 100 * rate.kept < policy.min_kept_pct * rate.due
        is_judged = rate.due >= policy.min_due_promises
        light = Light.GREEN if not is_low else Light.RED if is_judged else Light.AMBER
        yield Reason(light, "promising-rate", {"kept": rate.kept, "due": rate.due, "percent": rate.percent})


def _about_same_day(count: int, day: dtm.date) -> Iterator[Reason]:
    if count:
        light = Light.RED if count >= SAME_DAY[1] else Light.AMBER if count >= SAME_DAY[0] else Light.GREEN
        yield Reason(light, "promising-same-day", {"count": count, "day": day})


def _about_load(load: Load) -> Iterator[Reason]:
    """Visits that the book asks for on a workday, beside the daily target."""
    if load.excess:
        yield Reason(Light.AMBER, "promising-load", {"required": f"{float(load.required):.1f}", "target": load.target})
