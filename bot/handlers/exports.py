"""/export: a book as Excel, csv or portable record; a lead gets the facts of his managers without their words."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot import workbooks
from bot.context import CoachContext, in_place
from bot.handlers import whose
from bot.keyboards import Button
from bot.models import Person, Role
from bot.replies import Document, Reply, Say, Toast
from bot.services import people, records, teams

ENDINGS = {"xlsx": "xlsx", "csv": "csv", "record": "json"}
"""The forms of an export, with the ending of the file's name."""


async def choose(_update: Update, context: CoachContext) -> Say:
    """Ask in which form; whoever leads others is asked first whose book it is."""
    if context.person.role == Role.MANAGER:
        return _which(context, context.person)
    return await _whose(context)


async def turn_page(update: Update, context: CoachContext) -> Reply:
    """Show more of the people whose book may be exported."""
    return in_place(update.callback_query, await _whose(context, int(context.arguments[0])))


async def export(update: Update, context: CoachContext) -> Reply:
    """Ask in which form a person's book is exported, or export it. Raises NoSuchRecord."""
    person_id, *form = context.arguments
    person = await people.seen(context.session, context.person, int(person_id))
    if not form:
        return in_place(update.callback_query, _which(context, person))
    is_own = person.id == context.person.id
    day = person.today(context.now)
    record = await records.export_record(context.session, person, day, context.locale, facts_only=not is_own)
    content = await asyncio.to_thread(workbooks.written, record, form[0], context.voice)
    text_id = "exports-done-import" if is_own and form[0] != "record" else "exports-done"
    html = context.text(text_id, name=person.name, day=context.day(day))
    return Document(f"{person.name}-{day:%Y%m%d}.{ENDINGS[form[0]]}", content, html)


async def export_team(_update: Update, context: CoachContext) -> Reply:
    """Export the facts of a team's managers as one workbook. Raises NoSuchRecord for a team that he does not lead."""
    team = await teams.led(context.session, context.person, int(context.arguments[0]))
    managers = [one for one in await teams.members(context.session, team) if one.role == Role.MANAGER]
    if not managers:
        return Toast(context.label("exports-team-empty"), alert=True)
    told = [
        await records.export_record(context.session, one, one.today(context.now), context.locale, facts_only=True)
        for one in managers
    ]
    content = await asyncio.to_thread(workbooks.written_together, told, context.voice)
    html = context.text("exports-team", team=team.name, managers=len(managers), day=context.day(context.today))
    return Document(f"{team.name}-{context.today:%Y%m%d}.xlsx", content, html)


def _which(context: CoachContext, person: Person) -> Say:
    buttons = [Button(context.label(f"exports-{form}"), f"export:{person.id}:{form}") for form in ENDINGS]
    if person.id == context.person.id:
        return Say(context.text("exports-which"), [buttons])
    return Say(context.text("exports-which-facts", name=person.name), [buttons])


async def _whose(context: CoachContext, page: int = 0) -> Say:
    listed = await whose.managers(context)
    return Say(context.text("exports-whose"), whose.choice(context, listed, pick="export", turn="exports", page=page))
