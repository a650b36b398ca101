"""The morning message: open ends, today's number and list; Mondays the five questions, at a month's start the goals."""

from __future__ import annotations

from markupsafe import Markup

from bot import goal_words, plan_words, reminder_words
from bot.jobs.reminders import Occasion, Skip
from bot.keyboards import Button
from bot.models import Role
from bot.replies import Say
from bot.services import accounts, day_drafts, day_plans, goals, reviews_of_day
from bot.services.histories import DAY
from bot.texts import fitted, room

NAME = 6
"""Room for his own name in the greeting, in Chinese characters."""


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """What a manager is told in the morning; the day's list comes last, so that it is what he sees.

    Raises what the rules' worker raises where the reasons have to be found anew.
    """
    session, person = occasion.session, occasion.person
    if not await accounts.has_any(session, person):
        return _how_to_begin(occasion)
    return [*await _month(occasion), await _day(occasion)]


def _how_to_begin(occasion: Occasion) -> list[Say] | Skip:
    if occasion.person.role != Role.MANAGER:
        return Skip("no_book")
    voice = occasion.voice
    new = Button(voice.label("accounts-new"), "account-new:")
    return [Say(Markup("\n").join([_greeting(occasion), voice.text("plan-empty")]), [[new], _silence(occasion)])]


async def _day(occasion: Occasion) -> Say:
    """Open ends first; else the list to tick, or the plan that stands already."""
    session, person, voice, day = occasion.session, occasion.person, occasion.voice, occasion.day
    below = [*plan_words.five(voice, day), _silence(occasion)]
    plan = await day_plans.plan_of(session, person, day)
    left = await day_plans.open_ends(session, person, day)
    above = [_greeting(occasion), *await _first_step(occasion)]
    if plan is not None and day_drafts.stands(plan, day):
        if left:
            return plan_words.ends(voice, above, left, day, below=below)
        return plan_words.standing(voice, plan, above, below=below)
    sketch = await day_drafts.propose(session, person, day, occasion.now, occasion.shared.worker.evaluate)
    if left:
        return plan_words.ends(voice, [*above, plan_words.number(voice, sketch.arithmetic)], left, day, below=below)
    return plan_words.sketch(voice, sketch, above, below=below)


async def _month(occasion: Occasion) -> list[Say]:
    """On the first workday of a month how the last one ended, and the question for this one's numbers."""
    first, _ = goals.month_of(occasion.day)
    if occasion.day != occasion.workdays.on_or_after(first):
        return []
    last = await goals.progress(occasion.session, occasion.person, first - DAY, occasion.day)
    now = await goals.progress(occasion.session, occasion.person, first, occasion.day)
    return [goal_words.month_start(occasion.voice, first, last, now, occasion.person.money_unit)]


def _greeting(occasion: Occasion) -> Markup:
    """The greeting with the date; a name that is too long is called by its first word."""
    name, day = occasion.person.name, occasion.voice.day(occasion.day)
    if room(name) > NAME:
        name = fitted(name.split()[0], NAME)
    return occasion.voice.text("morning-greeting", name=name, day=day)


async def _first_step(occasion: Occasion) -> list[Markup]:
    """What he set himself in his last review as the first step of this day."""
    step = await reviews_of_day.first_step_for(occasion.session, occasion.person, occasion.day)
    return [occasion.voice.line("morning-first-step", what=step)] if step else []


def _silence(occasion: Occasion) -> list[Button]:
    return [reminder_words.later(occasion.voice, occasion.reminder), reminder_words.skip(occasion.voice)]
