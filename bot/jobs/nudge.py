"""The nudge: once in the afternoon, the planned accounts of today of which nothing was noted yet."""

from __future__ import annotations

import datetime as dtm

from bot import reminder_words, review_words
from bot.jobs.reminders import Occasion, Skip
from bot.keyboards import Button
from bot.replies import Say
from bot.services import day_plans, notes, preparation
from bot.texts import fitted

ASKED = 4
"""Accounts with a tap of their own; the rest stands in the review."""

STEPS = 100
"""Appointments and next steps that are looked through."""

AT_A_CLIENT = dtm.timedelta(hours=1)
"""So long after the beginning of an appointment he may still be there (our own figure)."""

NAME = 12.0
"""Room for one name among several."""


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """Ask whether he has been where he planned to; not about what comes later today, or waits to be confirmed.

    One that was put off until the evening is left to the review, which asks the same.
    """
    session, person, voice, day = occasion.session, occasion.person, occasion.voice, occasion.day
    chosen = person.preferences
    if chosen.nudge_at < chosen.evening_at <= person.local(occasion.now).time():
        return Skip("evening")
    plan = await day_plans.plan_of(session, person, day)
    known = await notes.accounts_of_drafts(session, person) | await _still_busy(occasion)
    waiting = [item for item in plan.still_open if item.account.id not in known] if plan else []
    if not waiting:
        return Skip("nothing")
    names = review_words.named(voice, (fitted(item.account.name, NAME) for item in waiting))
    rows = [
        [Button(voice.label("reminders-went", name=fitted(item.account.name, NAME)), review_words.went(item))]
        for item in waiting[:ASKED]
    ]
    rows.append([Button(voice.label("reminders-open-day"), f"review:{day:%Y%m%d}")])
    rows.append([reminder_words.later(voice, occasion.reminder), reminder_words.skip(voice)])
    return [Say(voice.line("reminders-nudge", what=names, lines=4), rows)]


async def _still_busy(occasion: Occasion) -> set[int]:
    """The accounts at which he has an appointment later today, or may still be at one."""
    earliest = occasion.person.local(occasion.now).replace(tzinfo=None) - AT_A_CLIENT
    coming = await preparation.coming(occasion.session, occasion.person, occasion.day, STEPS)
    return {
        account.id
        for step, account in coming
        if step.is_appointment
        and step.due == occasion.day
        and step.time is not None
        and dtm.datetime.combine(step.due, step.time) > earliest
    }
