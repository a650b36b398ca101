"""Judging: a person's history to facts, the facts to flags; and why an account is not flagged."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Person
from bot.services import histories
from bot.services.facts import facts_of
from rules.engine import EngineError
from rules.facts import Fact
from rules.matcher import Disagreement, Matcher, Missing
from rules.worker import EngineCrashed, EngineTimedOut

FAILURES = (Disagreement, EngineError, EngineCrashed, EngineTimedOut)
"""What judging may raise (Worker.evaluate): then nothing is known, and nothing may be said of what the rules found."""

ABOUT_ACCOUNTS = (
    "broken_promise",
    "vague_promise",
    "neglected_key_account",
    "single_threaded_key_account",
    "opponent_unaddressed",
    "keeping_company_only",
    "unprofitable_big_buyer",
    "incomplete_client_file",
    "stalled_next_step",
    "unanswered_complaint",
)
"""Habits that an account may show (domain.md §4), those of a loan file apart."""

ABOUT_LOANS = ("collateral_worship", "single_source_check", "no_repayment_plan", "rescue_lending", "late_risk_reminder")


async def facts(session: AsyncSession, person: Person, matcher: Matcher, now: dtm.datetime) -> list[Fact]:
    """The facts about a person as of now; his day is not over."""
    history = (await histories.gather(session, [person], {person.id: person.today(now)}, is_over=False))[person.id]
    return facts_of(history, matcher)


async def why_not(
    session: AsyncSession, person: Person, account: Account, matcher: Matcher, now: dtm.datetime
) -> list[tuple[str, list[Missing]]]:
    """For each habit of an account the conditions that fail, one for each way to it; none where it is flagged."""
    known = await facts(session, person, matcher, now)
    habits = (*ABOUT_ACCOUNTS, *(ABOUT_LOANS if account.collateral else ()))
    return [(habit, matcher.why_not(habit, str(account.id), known)) for habit in habits]
