"""/month, for leads and owners: a team's clients, their coverage, and each manager's load and goals, month by month."""

from __future__ import annotations

import asyncio
import datetime as dtm
from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import charts
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnknownCommand
from bot.handlers import goals
from bot.keyboards import Button
from bot.models import Role, Team
from bot.replies import Picture, Reply, Say
from bot.services import months, teams
from bot.services.months import ManagerMonth, Month
from bot.texts import fitted

MOST_MANAGERS = 4
"""Managers in the message, two lines each: with the team's own lines they leave it 20 (domain.md §5)."""

MOST_SEGMENTS = 3
LINE, TWO_LINES, NAME = 18, 36, 11
"""Room on one line of a phone, on two that may break early, and for a team's name, in Chinese characters."""


async def show_month(_update: Update, context: CoachContext) -> Sequence[Reply]:
    """Show this month, of several teams the teams first. Raises UnknownCommand for a manager."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    led = await teams.led_by(context.session, context.person)
    if len(led) != 1:
        return [_which(context, led)]
    return await _with_pictures(context, led[0])


async def say_month(update: Update, context: CoachContext) -> Reply | Sequence[Reply]:
    """The same in plain words: a manager's month is that of his goals."""
    if context.person.role == Role.MANAGER:
        return await goals.show_goals(update, context)
    return await show_month(update, context)


async def open_months(update: Update, context: CoachContext) -> Reply:
    """Go back to all teams. Raises NoSuchRecord for a manager."""
    if context.person.role == Role.MANAGER:
        raise NoSuchRecord
    return in_place(update.callback_query, _which(context, await teams.led_by(context.session, context.person)))


async def open_month(update: Update, context: CoachContext) -> Reply | Sequence[Reply]:
    """Show a team's month in place; without a month this one, with its pictures. Raises NoSuchRecord."""
    team = await teams.led(context.session, context.person, int(context.arguments[0]))
    if len(context.arguments) == 1:
        return await _with_pictures(context, team)
    return in_place(update.callback_query, await _page(context, await _look(context, team)))


async def show_pictures(_update: Update, context: CoachContext) -> Sequence[Reply]:
    """Show the pictures of a team's month. Raises NoSuchRecord."""
    team = await teams.led(context.session, context.person, int(context.arguments[0]))
    return await _pictures(context, await _look(context, team))


async def _look(context: CoachContext, team: Team) -> Month:
    """The month of the tapped button."""
    day = dtm.datetime.strptime(context.arguments[1], "%Y%m").date()  # noqa: DTZ007 - a month
    return await months.look(context.session, team, day, context.today)


async def _with_pictures(context: CoachContext, team: Team) -> Sequence[Reply]:
    month = await months.look(context.session, team, context.today, context.today)
    pictures = await _pictures(context, month) if month.accounts else []
    return [*pictures, await _page(context, month)]


async def _pictures(context: CoachContext, month: Month) -> list[Picture]:
    voice, name = context.voice, context.voice.month(month.first)
    structure = await asyncio.to_thread(charts.structure_picture, month, voice)
    load = await asyncio.to_thread(charts.load_picture, month, voice)
    return [
        Picture(structure, context.text("month-caption-structure", team=month.team_name, month=name)),
        Picture(load, context.text("month-caption-load", team=month.team_name, month=name)),
    ]


def _which(context: CoachContext, led: Sequence[Team]) -> Say:
    buttons = [[Button(team.name, f"month:{team.id}")] for team in led]
    return Say(context.text("month-which-team" if led else "month-no-team"), buttons)


async def _page(context: CoachContext, month: Month) -> Say:
    """A month in words, with ways to the months beside it, to its pictures and to the other teams."""
    turn = [Button(f"◀ {context.voice.month(month.before)}", _action(month, month.before))] if month.accounts else []
    if not month.is_partial and month.after <= context.today:
        turn.append(Button(f"{context.voice.month(month.after)} ▶", _action(month, month.after)))
    more = [Button(context.label("month-pictures"), f"month-pictures:{month.team_id}:{month.first:%Y%m}")]
    if len(await teams.led_by(context.session, context.person)) > 1:
        more.append(Button(context.label("month-back-to-teams"), "months:"))
    return Say(Markup("\n").join(_lines(context, month)), [*([turn] if turn else []), more])


def _action(month: Month, first: dtm.date) -> str:
    return f"month:{month.team_id}:{first:%Y%m}"


def _lines(context: CoachContext, month: Month) -> list[Markup]:
    lines = [context.text("month-head", team=fitted(month.team_name, NAME), month=context.voice.month(month.first))]
    if month.is_partial:
        lines.append(context.text("month-as-of", day=context.day(month.day)))
    if not month.accounts:
        return [*lines, context.text("month-no-accounts" if month.managers else "month-no-managers")]
    overloaded = sum(one.is_overloaded for one in month.managers)
    shown = month.managers[:MOST_MANAGERS]
    lines += [context.text("month-accounts", count=month.accounts), *_structure(context, month)]
    lines += [
        context.text(
            "month-totals",
            visits=sum(one.visits for one in month.managers),
            new=sum(one.new_accounts for one in month.managers),
        ),
        context.text("month-overloaded", count=overloaded) if overloaded else context.text("month-bearable"),
        *(_manager(context, one) for one in shown),
    ]
    if len(month.managers) > len(shown):
        lines.append(context.text("month-more", count=len(month.managers) - len(shown)))
    return lines


def _structure(context: CoachContext, month: Month) -> list[Markup]:
    """A line for each tier that has accounts, and one for the largest segments."""
    lines = [
        context.text(
            "month-tier", tier=part.tier, count=part.accounts, met=part.met, percent=100 * part.met // part.accounts
        )
        for part in month.tiers
        if part.accounts
    ]
    largest = [one for one in month.segments if one.name is not None][:MOST_SEGMENTS]
    if largest:
        named = [
            context.label("month-segment", name=fitted(one.name or "", LINE // 2), count=one.accounts)
            for one in largest
        ]
        what = fitted(context.label("month-between").join(named), TWO_LINES)
        lines.append(context.text("month-segments", what=what))
    return lines


def _manager(context: CoachContext, manager: ManagerMonth) -> Markup:
    return context.text(
        "month-manager",
        mark="🔶" if manager.is_overloaded else "·",
        name=fitted(manager.name, LINE - 2),
        load=int(100 * manager.load.ratio),
        visits=_beside_goal(manager.visits, manager.visits_goal),
        new=_beside_goal(manager.new_accounts, manager.new_accounts_goal),
    )


def _beside_goal(reached: int, goal: int | None) -> str:
    return str(reached) if goal is None else f"{reached}/{goal}"
