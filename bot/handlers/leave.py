"""/leave: days off, from when to when; a person's own, or those of somebody whom he leads."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.context import CoachContext, in_place
from bot.keyboards import Button
from bot.language.spans import read_span
from bot.models import Leave, Person
from bot.replies import Reply, Say, Toast
from bot.services import drafts, leave, teams
from bot.services.leave import LeaveRefused


async def show_leave(_update: Update, context: CoachContext) -> Say:
    """Show one's own days off."""
    return await _list(context, context.person)


async def open_leave(update: Update, context: CoachContext) -> Reply:
    """Show the days off of a member. Raises NoSuchRecord."""
    person = await leave.whose(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _list(context, person))


async def ask_days(_update: Update, context: CoachContext) -> Say:
    """Ask for the days, to be typed. Raises NoSuchRecord."""
    person = await leave.whose(context.session, context.person, int(context.arguments[0]))
    await drafts.ask(context.session, context.person, f"leave-add:{person.id}", context.now)
    return Say(context.text("leave-ask"))


async def add(text: str, context: CoachContext) -> Sequence[Reply]:
    """Keep the days that were typed, and tell whose they are. Raises NoSuchRecord, LeaveRefused."""
    person = await leave.whose(context.session, context.person, int(context.arguments[0]))
    workdays = await teams.workdays_of(context.session, person)
    span = read_span(text, context.person.local(context.now), workdays)
    if span is None:
        raise LeaveRefused("leave-unclear")
    first, last = span
    if last < context.today:
        raise LeaveRefused("leave-over")
    await leave.add(context.session, person, first, last)
    told = []
    if person.id != context.person.id:
        told = context.tell(person, "leave-entered", by=context.person.name, first=first, last=last)
    return [await _list(context, person), *told]


async def cancel(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Take days off back. Raises NoSuchRecord."""
    person = await leave.cancel(context.session, context.person, int(context.arguments[0]))
    return [Toast(context.label("leave-cancelled")), in_place(update.callback_query, await _list(context, person))]


async def _list(context: CoachContext, person: Person) -> Say:
    """The days off that are not over, each with a button that cancels it."""
    found = await leave.upcoming(context.session, person, person.today(context.now))
    buttons = [[Button(_label(context, one), f"leave-off:{one.id}")] for one in found]
    buttons.append([Button(context.label("leave-add"), f"leave-add:{person.id}")])
    if person.id != context.person.id:
        buttons.append([Button(context.label("team-back-to-member", name=person.name), f"member:{person.id}")])
    return Say(context.text("leave-list" if found else "leave-none", name=person.name), buttons)


def _label(context: CoachContext, one: Leave) -> str:
    first, days = context.day(one.first_day), (one.last_day - one.first_day).days + 1
    if days == 1:
        return context.label("leave-cancel-day", first=first)
    return context.label("leave-cancel", first=first, last=context.day(one.last_day), days=days)
