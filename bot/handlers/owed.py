"""/owed: what managers wait for from their lead, by manager and by habit, the worst and the oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import owed_words
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnknownCommand
from bot.handlers import digest, promises
from bot.keyboards import Button
from bot.models import Flag, Person, Role
from bot.replies import Reply, Say
from bot.services import escalations, owing, people
from bot.services.owing import ManagerOwed


async def owed(_update: Update, context: CoachContext) -> Say:
    """List what waits for a lead's answer; and that his digest may not have arrived. Raises UnknownCommand."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    if not await digest.is_lost(context):
        return await waiting(context)
    said = await waiting(context, news=[context.text("digest-lost")])
    return Say(said.html, [*said.buttons, [await digest.to_digest(context)]])


async def say_owed(update: Update, context: CoachContext) -> Say:
    """The same in plain words: what a manager owes are his promises."""
    if context.person.role == Role.MANAGER:
        return await promises.list_promises(update, context)
    return await owed(update, context)


async def open_owed(update: Update, context: CoachContext) -> Reply:
    """Go back to all who wait, or to another page of them. Raises NoSuchRecord for a manager."""
    return in_place(update.callback_query, await waiting(context, page=int(context.arguments[0])))


async def open_manager(update: Update, context: CoachContext) -> Reply:
    """Show what one manager waits for, or a page of it. Raises NoSuchRecord for a manager."""
    person_id, page = map(int, context.arguments)
    return in_place(update.callback_query, await waiting(context, person_id, page=page))


async def open_habit(update: Update, context: CoachContext) -> Reply:
    """Show the flags of one habit of a manager, that of the flag that is named; what he waits for where none waits.

    Raises NoSuchRecord for a manager and where the flag is not of somebody whom the asker leads.
    """
    flag_id, page = map(int, context.arguments)
    flag = await context.session.get(Flag, flag_id)
    if flag is None or flag.is_private:
        raise NoSuchRecord
    for one in await _by_manager(context):
        for habit in one.habits:
            if (one.person_id, habit.habit) == (flag.person_id, flag.habit):
                said = owed_words.habit_page(context.voice, one, habit, page, context.now)
                return in_place(update.callback_query, said)
    await people.led(context.session, context.person, flag.person_id)
    return in_place(update.callback_query, await waiting(context, flag.person_id))


async def waiting(
    context: CoachContext, person_id: int | None = None, *, page: int = 0, news: Sequence[Markup] = ()
) -> Say:
    """What one manager waits for; where none is named, or he waits for nothing, all who do: the only one at once.

    Raises NoSuchRecord for a manager.
    """
    found = await _by_manager(context)
    one = next((one for one in found if one.person_id == person_id), found[0] if len(found) == 1 else None)
    if one is not None:
        said = owed_words.manager_page(context.voice, one, page, context.now, several=len(found) > 1, news=news)
    elif found:
        said = owed_words.overview(context.voice, found, page, news=news)
    else:
        said = owed_words.nothing(context.voice, news)
    disputed = await escalations.disputed(context.session, await managers(context))
    if not disputed:
        return said
    to_disputed = Button(context.label("escalation-act-disputed", count=len(disputed)), "disputed:0")
    return Say(said.html, [*said.buttons, [to_disputed]])


async def managers(context: CoachContext) -> list[Person]:
    """The managers whom a person leads. Raises NoSuchRecord for a manager."""
    if context.person.role == Role.MANAGER:
        raise NoSuchRecord
    seen = await people.visible_to(context.session, context.person)
    return [one for one in seen if one.role == Role.MANAGER and one.id != context.person.id]


async def _by_manager(context: CoachContext) -> list[ManagerOwed]:
    return owing.by_manager(await owing.owed_to(context.session, await managers(context), context.now))
