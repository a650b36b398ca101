"""Reviews: a portable record as a history that the rules can judge, with no database."""

from __future__ import annotations

import datetime as dtm

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


def history_of(record: Record, day: dtm.date | None = None) -> History:
    """The record as of the end of a day, its own where none is given; accounts are numbered from 1 in its order.

    Notes that are all null are withheld, as a lead's export has them (decision 0006); one among others is empty.
    """
    numbers = {entry.name: number for number, entry in enumerate(record.accounts, start=1)}
    away = tuple((leave.first_day, leave.last_day) for leave in record.leave)
    whole = History(
        person_id=PERSON,
        today=record.as_of,
        policy=record.team_policy,
        workdays=Workdays(record.team_policy.country, record.team_policy.days_off, away),
        accounts=_accounts(record, numbers),
        contacts=[
            Contact(account_id=numbers[one.account], name=one.name, stance=one.stance) for one in record.contacts
        ],
        visits=[
            Visit(
                person_id=PERSON,
                account_id=numbers[one.account],
                day=one.date,
                contact=one.contact,
                outcome=one.outcome,
                text=one.note or "",
            )
            for one in record.visits
        ],
        notes_withheld=all(one.note is None for one in record.visits),
        plans={plan.date: [numbers[name] for name in plan.accounts] for plan in record.plans},
        promises=_promises(record, numbers),
        steps=_steps(record, numbers),
        complaints=[
            Complaint(account_id=numbers[one.account], made_on=one.made, text=one.text, answered_on=one.answered_on)
            for one in record.complaints
        ],
        samples=[WordingSample(person_id=PERSON, day=one.date, text=one.text) for one in record.wording],
        reports=[one.date for one in record.market_reports],
    )
    return whole.as_of(day or record.as_of)


def _accounts(record: Record, numbers: dict[str, int]) -> list[Account]:
    return [
        Account(
            id=numbers[one.name],
            person_id=PERSON,
            name=one.name,
            tier=one.tier,
            segment=one.segment,
            area=one.area,
            potential=one.potential,
            annual_sales=one.annual_sales,
            margin_pct=one.margin_pct,
            payment_delay_days=one.payment_delay_days,
            trend=one.trend,
            collateral=one.collateral.model_dump(mode="json") if one.collateral else None,
            archived_on=one.archived_on,
        )
        for one in record.accounts
    ]


def _promises(record: Record, numbers: dict[str, int]) -> list[Promise]:
    """Every promise; strong words are found in the wording where they are not marked."""
    return [
        Promise(
            person_id=PERSON,
            account_id=numbers[one.account] if one.account is not None else None,
            made_on=one.made,
            what=one.what,
            due=one.due,
            moved_to=one.moved_to,
            moves=[move.model_dump(mode="json") for move in one.moves if move.from_ is not None],
            kept_on=one.kept_on,
            withdrawn_on=one.withdrawn_on,
            absolute=one.absolute or absolute_words(one.wording or ""),
        )
        for one in record.promises
    ]


def _steps(record: Record, numbers: dict[str, int]) -> list[NextStep]:
    return [
        NextStep(
            account_id=numbers[one.account],
            agreed_on=one.agreed,
            what=one.what,
            due=one.due,
            time=one.time,
            is_appointment=one.is_appointment,
            contact=one.contact,
            done_on=one.done_on,
            dropped_on=one.dropped_on,
        )
        for one in record.next_steps
    ]
