"""/digest, for leads and owners: their teams' weeks, unfolded; /whatmyleadsees, for managers: the same of them."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from telegram import Update

from bot import digest_files
from bot.context import CoachContext, in_place
from bot.digest_words import MORE, PAGE, code, digest_page, talk_page, teams_page
from bot.errors import NoSuchRecord, UnknownCommand
from bot.handlers import sharing
from bot.keyboards import Button
from bot.manager_words import LISTS, manager_page, records_page
from bot.models import Kind, Role, Team
from bot.replies import Reply, Say
from bot.services import digesting, reminders, teams
from bot.services.digests import Digest, ManagerWeek, Week, week_of


async def digest(_update: Update, context: CoachContext) -> Sequence[Say]:
    """Show last week: of several teams a line each; and that what came by itself may not have arrived.

    Raises UnknownCommand for a manager.
    """
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    led = await teams.led_by(context.session, context.person)
    last = _newest(context).before
    lost = [Say(context.text("digest-lost-here"))] if await is_lost(context) else []
    page = await _team_page(context, led[0], last) if len(led) == 1 else await _teams_page(context, led, last)
    return [*lost, page]


async def is_lost(context: CoachContext) -> bool:
    """Whether this week's digest was told and may not have arrived, and nobody has said so yet."""
    reminder = await reminders.find_lost(context.session, context.person, Kind.DIGEST, _newest(context).first)
    if reminder is None:
        return False
    reminders.told_lost(reminder)
    return True


async def to_digest(context: CoachContext) -> Button:
    """The way to last week: of several teams to all of them."""
    led = await teams.led_by(context.session, context.person)
    week = code(_newest(context).before)
    action = f"digest:{led[0].id}:{week}:0" if len(led) == 1 else f"digests:{week}:0"
    return Button(context.label("digest-lost-open"), action)


async def open_teams(update: Update, context: CoachContext) -> Reply:
    """Show all teams in a week, or another page of them. Raises NoSuchRecord."""
    week, page = _week(context, context.arguments[0]), int(context.arguments[1])
    led = await teams.led_by(context.session, context.person)
    return in_place(update.callback_query, await _teams_page(context, led, week, page))


async def open_digest(update: Update, context: CoachContext) -> Reply:
    """Show a team's week, or another page of its managers. Raises NoSuchRecord."""
    team_id, week, page = context.arguments
    team = await teams.led(context.session, context.person, int(team_id))
    return in_place(update.callback_query, await _team_page(context, team, _week(context, week), int(page)))


async def unfold(update: Update, context: CoachContext) -> Reply:
    """Show all exceptions of a digest, its market news, gaps, or what the lead owes. Raises NoSuchRecord."""
    team_id, week, what, page = context.arguments
    found = await _led_digest(context, team_id, week)
    if what not in MORE:
        raise NoSuchRecord
    return in_place(update.callback_query, MORE[what](context.voice, found, int(page)))


async def coach(update: Update, context: CoachContext) -> Reply:
    """Show what to talk about with somebody this week. Raises NoSuchRecord where there is nothing (any more)."""
    team_id, week, person_id = context.arguments
    found = await _led_digest(context, team_id, week)
    for one in found.coaching:
        if one.person_id == int(person_id):
            return in_place(update.callback_query, talk_page(context.voice, found, one, context.shared.library))
    raise NoSuchRecord


async def send_files(_update: Update, context: CoachContext) -> Sequence[Reply]:
    """Send the picture and the workbook of a digest. Raises NoSuchRecord."""
    team_id, week = context.arguments
    return await digest_files.files(context.voice, await _led_digest(context, team_id, week))


async def open_manager(update: Update, context: CoachContext) -> Reply:
    """Show one manager's week, to his lead or to himself. Raises NoSuchRecord."""
    person_id, week = context.arguments
    return in_place(update.callback_query, await _manager_page(context, int(person_id), _week(context, week)))


async def open_list(update: Update, context: CoachContext) -> Reply:
    """Show the records behind a figure, to a manager's lead or to himself. Raises NoSuchRecord."""
    person_id, week, what, page = context.arguments
    if what not in LISTS:
        raise NoSuchRecord
    at = _week(context, week)
    _, manager = await _manager_week(context, int(person_id), at)
    shown = records_page(context.voice, manager, at, what, int(page))
    if what == "visits":
        size = LISTS[what][1]
        listed = manager.visits[int(page) * size : (int(page) + 1) * size]
        notes = await sharing.of_visits(context, int(person_id), listed)
        shown = Say(shown.html, [*notes, *shown.buttons])
    return in_place(update.callback_query, shown)


async def show_what_lead_sees(_update: Update, context: CoachContext) -> Sequence[Say]:
    """Show a manager what his lead sees of him, and what nobody is shown; tell anybody else whom that is for."""
    if context.person.role != Role.MANAGER:
        return [Say(context.text("digest-seen-by-you"))]
    if await teams.team_of(context.session, context.person) is None:
        return [Say(context.text("digest-seen-no-team"))]
    newest = _newest(context)
    try:
        page = await _manager_page(context, context.person.id, newest.before)
    except NoSuchRecord:  # he joined this week
        page = await _manager_page(context, context.person.id, newest)
    return [Say(context.text("digest-seen"), await sharing.to_shared(context)), page]


def _newest(context: CoachContext) -> Week:
    return week_of(context.today)


def _week(context: CoachContext, code: str) -> Week:
    """The week that a button names. Raises NoSuchRecord for one that has not begun."""
    week = week_of(dtm.datetime.strptime(code, "%y%m%d").date())  # noqa: DTZ007 - a day
    if week.first > context.today:
        raise NoSuchRecord
    return week


async def _led_digest(context: CoachContext, team_id: str, week: str) -> Digest:
    team = await teams.led(context.session, context.person, int(team_id))
    return await _digest(context, team, _week(context, week))


async def _digest(context: CoachContext, team: Team, week: Week) -> Digest:
    shared = context.shared
    matcher, terms = shared.worker.matcher, shared.search.terms
    return await digesting.compute(context.session, team, week, context.now, matcher=matcher, terms=terms)


async def _team_page(context: CoachContext, team: Team, week: Week, page: int = 0) -> Say:
    several = len(await teams.led_by(context.session, context.person)) > 1
    found = await _digest(context, team, week)
    return digest_page(context.voice, found, newest=_newest(context), page=page, several=several)


async def _teams_page(context: CoachContext, led: Sequence[Team], week: Week, page: int = 0) -> Say:
    shown = [await _digest(context, team, week) for team in led[page * PAGE : (page + 1) * PAGE]]
    pages = -(-len(led) // PAGE)
    return teams_page(context.voice, shown, week, newest=_newest(context), page=page, pages=pages)


async def _manager_week(context: CoachContext, person_id: int, week: Week) -> tuple[Team, ManagerWeek]:
    matcher = context.shared.worker.matcher
    return await digesting.of_manager(context.session, context.person, person_id, week, context.now, matcher=matcher)


async def _manager_page(context: CoachContext, person_id: int, week: Week) -> Say:
    team, manager = await _manager_week(context, person_id, week)
    team_id = None if person_id == context.person.id else team.id
    return manager_page(context.voice, manager, week, newest=_newest(context), team_id=team_id)
