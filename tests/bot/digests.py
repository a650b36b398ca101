"""Digests without a database, for the tests of what is made of them: pictures and workbooks."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from bot.services.digests import (
    Concern,
    DayRecord,
    Digest,
    FlagRecord,
    KeyRecord,
    ManagerWeek,
    MarketNews,
    PlanRecord,
    PromiseRecord,
    PromiseState,
    VisitRecord,
    Week,
)
from bot.services.promises import KeptRate

WEEK = Week(dtm.date(2026, 11, 16), dtm.date(2026, 11, 22))
MONDAY, TUESDAY = WEEK.days[:2]
WORKDAYS = WEEK.days[:5]


def flag(number: int, habit: str, **more: Any) -> FlagRecord:
    values = {"account": None, "severity": "warning", "opened_on": MONDAY, "cleared_on": None, "is_disputed": False}
    return FlagRecord(id=number, habit=habit, advice="over-promising", **values | more)


BROKEN = PromiseRecord("送样品", "永兴便利店", TUESDAY, None, PromiseState.BROKEN)
KEPT = PromiseRecord("报价", None, MONDAY, MONDAY, PromiseState.KEPT)
EARLIER = PromiseRecord("送样品", "永兴便利店", MONDAY - dtm.timedelta(days=7), MONDAY, PromiseState.BROKEN)
NEGLECTED = flag(41, "neglected_key_account", account="永辉超市五一店", severity="critical")


def manager(number: int = 1, name: str = "陈晓", **more: Any) -> ManagerWeek:
    """A full week of one manager; one promise is twice on record."""
    values: dict[str, Any] = {
        "workdays": WORKDAYS,
        "days": tuple(DayRecord(day, 2, 3, day != TUESDAY) for day in WORKDAYS),
        "plan": (PlanRecord(MONDAY, "永兴便利店", True), PlanRecord(TUESDAY, "永辉超市五一店", False)),
        "visits": tuple(
            VisitRecord(day, "永兴便利店", kind, "info", kind == "visit")
            for day in WORKDAYS
            for kind in ("visit", "call")
        ),
        "keys": (KeyRecord("永辉超市五一店", None, None, 7), KeyRecord("大河副食", MONDAY, 6, 7)),
        "promises": (BROKEN, BROKEN, KEPT),
        "window": (BROKEN, BROKEN, KEPT, EARLIER),
        "kept_rate": KeptRate(4, 1, 1),
        "kept_rate_before": KeptRate(2, 1, 0),
        "opened": (NEGLECTED,),
        "cleared": (flag(7, "vague_promise", opened_on=MONDAY - dtm.timedelta(days=9), cleared_on=TUESDAY),),
        "standing": (NEGLECTED,),
        "silent_days": (TUESDAY,),
        "last_note_on": WEEK.days[4],
    }
    return ManagerWeek(person_id=number, name=name, **values | more)


def idle(number: int = 1, name: str = "陈晓") -> ManagerWeek:
    """A week in which a manager left no trace."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("plan", "visits", "keys", "promises", "window", "opened", "cleared", "standing"), ()
    )
    days = tuple(DayRecord(day, 0, 6, False) for day in WORKDAYS)
    rates = {"kept_rate": KeptRate(0, 0, 0), "kept_rate_before": KeptRate(0, 0, 0)}
    return manager(number, name, **nothing, **rates, days=days, silent_days=WORKDAYS, last_note_on=None)


def digest(*managers: ManagerWeek, name: str = "城东一组", days_over: int = 7) -> Digest:
    news = MarketNews("price", "竞品又降价了", 1, "陈晓", "永辉超市五一店", TUESDAY)
    concerns = tuple(Concern(one.person_id, one.name, one.standing[0], 0, 0) for one in managers if one.standing)
    silent = tuple(Concern(one.person_id, one.name, None, 5, 0) for one in managers if not one.standing)
    return Digest(
        team_id=1,
        team_name=name,
        week=WEEK,
        workdays=5,
        days_over=days_over,
        managers=managers,
        exceptions=(*concerns, *silent),
        coaching=(),
        market=(news,) if managers else (),
        gaps=(),
        owed=(),
    )
