"""Reviews: a portable record as a history that the rules can judge, with no database."""

from __future__ import annotations

from bot.language.promises import absolute_words
from bot.models import (
    Account,
    Complaint,
    Contact,
    NextStep,
    Promise,
    Visit,
    WordingSample,
)
from bot.records import Record
from bot.services.histories import History
from bot.workdays import Workdays

PERSON = 1
"""The id that stands for the record's manager."""


def history_of(record: Record) -> History:
    """The record as of the end of its day; accounts are numbered from 1 in its order."""
    numbers = {entry.name: number for number, entry in enumerate(record.accounts, start=1)}
    away = tuple((leave.first_day, leave.last_day) for leave in record.leave)
    history = History(
        person_id=PERSON,
        today=record.as_of,
        policy=record.team_policy,
        workdays=Workdays(record.team_policy.country, record.team_policy.days_off, away),
        accounts=_accounts(record, numbers),
        contacts=[
            Contact(account_id=numbers[one.account], name=one.name, stance=one.stance) for one in record.contacts
        ],
        last_report=max((one.date for one in record.market_reports if one.date <= record.as_of), default=None),
    )
    history.visits = [
        Visit(
            person_id=PERSON,
            account_id=numbers[one.account],
            day=one.date,
            contact=one.contact,
            outcome=one.outcome,
            text=one.note or "",
        )
        for one in record.visits
        if history.within(one.date)
    ]
    history.plans = {
        plan.date: [numbers[name] for name in plan.accounts] for plan in record.plans if history.within(plan.date)
    }
    history.promises = _promises(record, numbers)
    history.steps = [
        NextStep(account_id=numbers[one.account], what=one.what, due=one.due)
        for one in record.next_steps
        if one.done_on is None and one.dropped_on is None
    ]
    history.complaints = [
        Complaint(account_id=numbers[one.account], made_on=one.made, text=one.text)
        for one in record.complaints
        if one.answered_on is None
    ]
    history.samples = [
        WordingSample(person_id=PERSON, day=one.date, text=one.text)
        for one in record.wording
        if history.within(one.date)
    ]
    return history


def _accounts(record: Record, numbers: dict[str, int]) -> list[Account]:
    return [
        Account(
            id=numbers[one.name],
            person_id=PERSON,
            name=one.name,
            tier=one.tier,
            segment=one.segment,
            potential=one.potential,
            annual_sales=one.annual_sales,
            margin_pct=one.margin_pct,
            payment_delay_days=one.payment_delay_days,
            trend=one.trend,
            collateral=one.collateral.model_dump(mode="json") if one.collateral else None,
        )
        for one in record.accounts
        if one.archived_on is None
    ]


def _promises(record: Record, numbers: dict[str, int]) -> list[Promise]:
    """Every promise made by the record's day; strong words are found in the wording where they are not marked."""
    return [
        Promise(
            person_id=PERSON,
            account_id=numbers[one.account] if one.account is not None else None,
            made_on=one.made,
            what=one.what,
            due=one.due,
            kept_on=one.kept_on,
            withdrawn_on=one.withdrawn_on,
            absolute=one.absolute or absolute_words(one.wording or ""),
        )
        for one in record.promises
        if one.made <= record.as_of
    ]
