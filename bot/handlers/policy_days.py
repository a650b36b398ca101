"""The days of a team's own in /policy: off or at work whatever the calendar says; typed, rehearsed, taken back."""

from __future__ import annotations

import datetime as dtm

from babel import Locale
from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.handlers import policy as policy_screens
from bot.keyboards import Button, turns
from bot.models import Team
from bot.replies import Reply, Say
from bot.services import drafts, policies, team_days, teams
from bot.services.team_days import TeamDays

PAGE = 5
"""Stretches of days on one screen, each with a line and a button."""

STATES = {"work": True, "off": False, "calendar": None}
"""What a button can make of days."""


async def open_days(update: Update, context: CoachContext) -> Reply:
    """Show a team's own days, and wait for more to be typed. Raises NoSuchRecord."""
    team = await _led(context)
    await drafts.ask(context.session, context.person, f"policy-days:{team.id}", context.now)
    found = team_days.listed(team.policy, context.today)
    page = int(context.arguments[1]) if len(context.arguments) > 1 else 0
    here = found[page * PAGE : (page + 1) * PAGE]
    country = Locale(context.locale).territories.get(team.policy.country, team.policy.country)
    lines = [context.text("policy-days", team=team.name, country=country, count=len(found))]
    lines += [context.text("policy-days-line", days=_days(context, one), state=_state(context, one)) for one in here]
    lines.append(context.text("policy-days-ask"))
    rows = [
        [
            Button(
                context.label("policy-days-back-to-calendar", days=_days(context, one)),
                f"policy-days-try:{team.id}:{_key(one)}:calendar",
            )
        ]
        for one in here
    ]
    turn = turns(f"policy-days:{team.id}", page, len(found), PAGE)
    back = Button(context.label("policy-back"), f"policy:{team.id}")
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [*rows, *turn, [back]]))


async def rehearse_typed(text: str, context: CoachContext) -> Say:
    """Rehearse the days that were typed. Raises NoSuchRecord, ThresholdRefused."""
    team = await _led(context)
    return await _rehearse(context, team, team_days.read(text, context.person.local(context.now), team.policy))


async def rehearse_tapped(update: Update, context: CoachContext) -> Reply:
    """Rehearse that days go by the calendar again. Raises NoSuchRecord."""
    team, days = await _led(context), _named(context)
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _rehearse(context, team, days))


async def take_effect(update: Update, context: CoachContext) -> Reply:
    """Let rehearsed days hold from now on. Raises NoSuchRecord."""
    team, days = await _led(context), _named(context)
    await policies.put_in_force(context.session, team, lambda policy: team_days.changed(policy, days), context.now)
    news = context.text("policy-days-changed", days=_days(context, days), state=_state(context, days))
    return in_place(update.callback_query, Say(news, [[_back(context, team)]]))


async def _rehearse(context: CoachContext, team: Team, days: TeamDays) -> Say:
    """What these days would have brought about, with the choice to take them or leave them."""
    policy = team_days.changed(team.policy, days)
    values = {"days": _days(context, days), "state": _state(context, days)}
    if policy == team.policy:
        return Say(context.text("policy-days-same", **values), [[_back(context, team)]])
    lines = [context.text("policy-days-rehearsal", **values)]
    if days.first >= context.today:
        lines.append(context.text("policy-days-ahead"))
    else:
        lines += await policy_screens.rehearsed(context, team, policy)
    state = next(state for state, works in STATES.items() if works == days.works)
    effect = Button(context.label("policy-take-effect"), f"policy-days-set:{team.id}:{_key(days)}:{state}")
    leave = Button(context.label("policy-leave"), f"policy-days:{team.id}")
    return Say(Markup("\n").join(lines), [[effect], [leave]])


async def _led(context: CoachContext) -> Team:
    return await teams.led(context.session, context.person, int(context.arguments[0]))


def _key(days: TeamDays) -> str:
    """The days within an action."""
    return f"{days.first:%Y%m%d}+{(days.last - days.first).days}"


def _named(context: CoachContext) -> TeamDays:
    """The days that the action names. Raises NoSuchRecord for what can be no team's days."""
    _, key, state = context.arguments
    first, _, more = key.partition("+")
    if state not in STATES or not more.isdecimal() or len(more) > 2:  # noqa: PLR2004 - a month at most
        raise NoSuchRecord
    try:
        day = dtm.datetime.strptime(first, "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise NoSuchRecord from error
    found = TeamDays(day, day + dtm.timedelta(days=int(more)), STATES[state])
    if not team_days.is_sensible(found, context.today):
        raise NoSuchRecord
    return found


def _days(context: CoachContext, days: TeamDays) -> str:
    return context.day(days.first) if days.first == days.last else context.voice.days(days.first, days.last)


def _state(context: CoachContext, days: TeamDays) -> str:
    return context.label(f"policy-days-{next(state for state, works in STATES.items() if works == days.works)}")


def _back(context: CoachContext, team: Team) -> Button:
    return Button(context.label("policy-back"), f"policy-days:{team.id}")
