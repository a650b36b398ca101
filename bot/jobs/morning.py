"""The morning message: open ends, today's number and list; Mondays the five questions, at a month's start the goals.

In it a manager is told, too, what his lead hears on the next workday: no message more on a full morning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot import escalation_words, goal_words, plan_words, reminder_words
from bot.jobs.reminders import Occasion, Skip
from bot.keyboards import Button, Keyboard
from bot.models import Role
from bot.replies import Say
from bot.services import accounts, day_drafts, day_plans, escalations, goals, reviews_of_day
from bot.services.flags import Shown
from bot.services.histories import DAY
from bot.texts import fitted, height, room

NAME = 6
"""Room for his own name in the greeting, in Chinese characters."""


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """What a manager is told in the morning; the day's list comes last, so that it is what he sees.

    Raises what the rules' worker raises where the reasons have to be found anew.
    """
    session, person = occasion.session, occasion.person
    if not await accounts.has_any(session, person):
        return _how_to_begin(occasion)
    forewarned = await escalations.forewarn(session, person, occasion.now)
    return [*await _month(occasion), *await _day(occasion, forewarned)]


def _how_to_begin(occasion: Occasion) -> list[Say] | Skip:
    if occasion.person.role != Role.MANAGER:
        return Skip("no_book")
    voice = occasion.voice
    new = Button(voice.label("accounts-new"), "account-new:")
    return [Say(Markup("\n").join([_greeting(occasion), voice.text("plan-empty")]), [[new], _silence(occasion)])]


async def _day(occasion: Occasion, forewarned: Sequence[Shown]) -> list[Say]:
    """The message of the day, with what his lead will hear as far as it has room; else that comes before it."""
    voice, say = occasion.voice, await _sayer(occasion)
    if not forewarned:
        return [say((), ())]
    following, today = occasion.workdays.after(occasion.day, 1), occasion.day
    button = [escalation_words.open_forewarning(voice, forewarned)]
    for news in escalation_words.forewarnings(voice, forewarned, following, today):
        said = say(news, [button])
        if height(map(Markup, said.html.split("\n"))) <= escalation_words.MOST_LINES:
            return [said]
    return [escalation_words.forewarning(voice, forewarned, following, today), say((), ())]


async def _sayer(occasion: Occasion) -> Callable[[Sequence[Markup], Keyboard], Say]:
    """What says the day, below some news and with buttons of its own: open ends first; else list or plan."""
    session, person, voice, day = occasion.session, occasion.person, occasion.voice, occasion.day
    below = [*plan_words.five(voice, day), _silence(occasion)]
    plan = await day_plans.plan_of(session, person, day)
    left = await day_plans.open_ends(session, person, day)
    greeting, step = _greeting(occasion), await _first_step(occasion)
    if plan is not None and day_drafts.stands(plan, day):
        stands = plan
        if left:
            return lambda news, before: plan_words.ends(
                voice, [greeting, *news, *step], left, day, before=before, below=below
            )
        return lambda news, before: plan_words.standing(
            voice, stands, [greeting, *news, *step], before=before, below=below
        )
    sketch = await day_drafts.propose(session, person, day, occasion.now, occasion.shared.worker.evaluate)
    if left:
        number = plan_words.number(voice, sketch.arithmetic)
        return lambda news, before: plan_words.ends(
            voice, [greeting, *news, *step, number], left, day, before=before, below=below
        )
    return lambda news, before: plan_words.sketch(voice, sketch, [greeting, *news, *step], before=before, below=below)


async def _month(occasion: Occasion) -> list[Say]:
    """On the first workday of a month how the last one ended, and the question for this one's numbers."""
    first, _ = goals.month_of(occasion.day)
    if occasion.day != occasion.workdays.on_or_after(first):
        return []
    session, person, day = occasion.session, occasion.person, occasion.day
    last = await goals.progress(session, person, first - DAY, day)
    done = await goals.counts(session, person, first - DAY, day)
    now = await goals.progress(session, person, first, day)
    return [goal_words.month_start(occasion.voice, first, last, done, now, unit=person.money_unit)]


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
