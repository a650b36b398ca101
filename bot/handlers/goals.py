"""/goals: the three numbers of a month, how far they are reached, set by a tap or by typing; the volume is reported."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import goal_words
from bot.context import CoachContext, in_place
from bot.errors import CoachError, NoSuchRecord
from bot.keyboards import Button
from bot.language.amounts import read_count, read_money
from bot.models import GoalKind
from bot.replies import Reply, Say
from bot.services import drafts, goals, planning
from bot.services.histories import DAY

STRETCH = 1.1
"""A suggestion asks for a tenth more than the month before reached (our own figure)."""


class AmountUnclear(CoachError):
    """Typed words that are no number."""

    text_id = "goals-not-a-number"


async def show_goals(_update: Update, context: CoachContext) -> Say:
    """Show how the goals of this month stand."""
    return await _standing(context, _this_month(context))


async def open_goals(update: Update, context: CoachContext) -> Reply:
    """Show the goals of a month; nothing is waited for any more."""
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _standing(context, _month(context)))


async def ask_target(update: Update, context: CoachContext) -> Reply:
    """Ask for a number of a month: a few to tap, any other to type. Raises NoSuchRecord."""
    month, kind = _month(context), _kind(context)
    await drafts.ask(context.session, context.person, f"goal-ask:{month:%Y%m}:{kind}", context.now)
    unit = context.person.money_unit
    target, reached = await _before(context, month, kind)
    offered = [
        Button(goal_words.amount(kind, number, unit), f"goal-set:{month:%Y%m}:{kind}:{number:g}")
        for number in await _offered(context, kind, target, reached)
    ]
    rows = [*([offered] if offered else []), [_back(context, month)]]
    lines = [context.text("goals-before", reached=goal_words.amount(kind, reached, unit))] if reached else []
    lines.append(context.text(f"goals-ask-{kind.replace('_', '-')}", month=context.voice.month(month)))
    return in_place(update.callback_query, Say(Markup("\n").join(lines), rows))


async def set_tapped(update: Update, context: CoachContext) -> Reply:
    """Keep the number that was tapped. Raises NoSuchRecord, GoalRefused."""
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _set(context, float(context.arguments[2])))


async def set_typed(text: str, context: CoachContext) -> Say:
    """Keep the number that was typed. Raises AmountUnclear, GoalRefused."""
    volume = _kind(context) is GoalKind.VOLUME
    return await _set(context, _number(read_money(text, context.person.money_unit) if volume else read_count(text)))


async def ask_reached(update: Update, context: CoachContext) -> Reply:
    """Ask for the volume reached in a month."""
    month = _month(context)
    await drafts.ask(context.session, context.person, f"goal-tell:{month:%Y%m}", context.now)
    html = context.text("goals-ask-reached", month=context.voice.month(month))
    return in_place(update.callback_query, Say(html, [[_back(context, month)]]))


async def tell(text: str, context: CoachContext) -> Say:
    """Keep the volume that was typed. Raises AmountUnclear, NoSuchRecord, GoalRefused."""
    month, unit = _month(context), context.person.money_unit
    reached = _number(read_money(text, unit))
    await goals.tell_volume(context.session, context.person, month, reached)
    said = goal_words.amount(GoalKind.VOLUME, reached, unit)
    return await _standing(context, month, news=context.text("goals-told", reached=said))


async def _set(context: CoachContext, target: float) -> Say:
    month, kind = _month(context), _kind(context)
    await goals.set_goal(context.session, context.person, month, kind, target)
    said = goal_words.amount(kind, target, context.person.money_unit)
    news = context.text("goals-set", kind=context.label(f"goals-kind-{kind}"), target=said)
    return await _standing(context, month, news=news)


async def _standing(context: CoachContext, month: dtm.date, *, news: Markup | None = None) -> Say:
    found = await goals.progress(context.session, context.person, month, context.today)
    return goal_words.standing(context.voice, month, found, context.person.money_unit, news=news)


async def _before(context: CoachContext, month: dtm.date, kind: GoalKind) -> tuple[float | None, float | None]:
    """The goal of the month before and what was reached in it, each None where it is not known."""
    session, person, today = context.session, context.person, context.today
    found = [one for one in await goals.progress(session, person, month - DAY, today) if one.kind is kind]
    if found:
        return found[0].target, found[0].reached
    return None, (await goals.counts(session, person, month - DAY, today)).get(kind)


async def _offered(
    context: CoachContext, kind: GoalKind, target: float | None, reached: float | None
) -> Sequence[float]:
    """Numbers within reach: the last month's goal, what it reached and a tenth more; for visits what the book asks."""
    numbers = {round(number) for number in (target, reached, STRETCH * (reached or 0)) if number}
    if kind is GoalKind.VISITS:
        arithmetic = await planning.arithmetic(context.session, context.person, context.today)
        numbers.add(round(arithmetic.visits))
    return sorted(number for number in numbers if number > 0)


def _number(value: float | None) -> float:
    if value is None:
        raise AmountUnclear
    return value


def _this_month(context: CoachContext) -> dtm.date:
    return goals.month_of(context.today)[0]


def _month(context: CoachContext) -> dtm.date:
    """The month of the action, its first argument."""
    return dtm.datetime.strptime(context.arguments[0], "%Y%m").date()  # noqa: DTZ007 - a month


def _kind(context: CoachContext) -> GoalKind:
    if context.arguments[1] not in set(GoalKind):
        raise NoSuchRecord
    return GoalKind(context.arguments[1])


def _back(context: CoachContext, month: dtm.date) -> Button:
    return Button(context.label("goals-back"), f"goals:{month:%Y%m}")
