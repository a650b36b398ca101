"""/handbook, for leads: documents that they send for their team, the list of them, versions, and removal."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import documents, files, handbook_words
from bot.context import CoachContext, in_place
from bot.documents.block import DocumentRefused
from bot.errors import UnknownCommand, UnreadableMessage
from bot.handlers import imports
from bot.keyboards import Button, turns
from bot.models import Handbook, HandbookState, Person, Role, Team
from bot.replies import Reply, Say
from bot.services import handbooks, team_answers, teams
from bot.services.handbooks import NoTeamToTeach

PAGE = 5
"""Documents, or teams, on one screen: each document has a line, and perhaps its team another."""


async def receive(update: Update, context: CoachContext) -> Say:
    """Take in a document for a team, or else a spreadsheet or record; a job reads it and says what is in it.

    A text file is a document where a lead sends it. Raises UnreadableMessage for a manager's document, DocumentRefused
    for one that is too big, NoTeamToTeach for a lead without a team, and what `imports.receive` raises.
    """
    message = update.message
    assert message is not None
    document = message.document
    assert document is not None
    name = imports.base_name(document.file_name or "")
    is_manager = context.person.role == Role.MANAGER
    if not documents.is_document(name) or (is_manager and files.is_readable(name)):
        return await imports.receive(update, context)
    if is_manager:
        raise UnreadableMessage("handbook-only-leads")
    if (document.file_size or 0) > documents.MOST_BYTES:
        raise DocumentRefused("handbook-too-big", limit=documents.MOST_BYTES // 2**20)
    led = await teams.led_by(context.session, context.person)
    if not led:
        raise NoTeamToTeach
    team = led[0] if len(led) == 1 else None
    handbook = await handbooks.receive(
        context.session, context.person, team, file_id=document.file_id, name=name, now=context.now
    )
    return _reading(context, handbook, team) if team else _which_team(context, handbook, led)


async def choose_team(update: Update, context: CoachContext) -> Reply:
    """Turn the page of teams, or take the one that was tapped. Raises NoSuchRecord, AlreadyDone."""
    handbook_id, kind, number = context.arguments
    if kind == "page":
        handbook = await handbooks.sent(context.session, context.person, int(handbook_id))
        led = await teams.led_by(context.session, context.person)
        return in_place(update.callback_query, _which_team(context, handbook, led, int(number)))
    handbook, team = await handbooks.give(context.session, context.person, int(handbook_id), int(number))
    return in_place(update.callback_query, _reading(context, handbook, team))


async def list_handbooks(_update: Update, context: CoachContext) -> Say:
    """List the documents of the teams that a lead leads. Raises UnknownCommand for a manager."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    return await _list(context)


async def turn_page(update: Update, context: CoachContext) -> Reply:
    """Show another page of the list; empty for a manager."""
    return in_place(update.callback_query, await _list(context, int(context.arguments[0])))


async def open_handbook(update: Update, context: CoachContext) -> Reply:
    """Show one document. Raises NoSuchRecord, AlreadyDone."""
    handbook, team = await handbooks.led(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _opened(context, handbook, team))


async def bring_back(update: Update, context: CoachContext) -> Reply:
    """Let the version before take the place of the current one. Raises NoSuchRecord, AlreadyDone."""
    handbook, team = await handbooks.bring_back(context.session, context.person, int(context.arguments[0]))
    said = context.text("handbook-brought-back", version=handbook.version)
    return in_place(update.callback_query, await _opened(context, handbook, team, said))


async def remove(update: Update, context: CoachContext) -> Reply:
    """Ask once more, then remove a document with all versions. Raises NoSuchRecord, AlreadyDone."""
    handbook_id, *sure = context.arguments
    if not sure:
        handbook, team = await handbooks.led(context.session, context.person, int(handbook_id))
        buttons = [
            [Button(context.label("handbook-remove-sure"), f"handbook-drop:{handbook.id}:yes")],
            [Button(context.label("handbook-remove-not"), f"handbook:{handbook.id}")],
        ]
        asked = context.text("handbook-remove-ask", file=handbook_words.name(handbook), team=team.name)
        return in_place(update.callback_query, Say(asked, buttons))
    handbook, _ = await handbooks.remove(context.session, context.person, int(handbook_id), context.now)
    html = context.text("handbook-removed", file=handbook_words.name(handbook))
    return in_place(update.callback_query, Say(html, [_back(context)]))


async def _list(context: CoachContext, page: int = 0) -> Say:
    found = await handbooks.current(context.session, context.person)
    answers = await team_answers.by(context.session, context.person)
    own = [[Button(context.label("handbook-own-answers", count=len(answers)), "team-answers:0")]] if answers else []
    if not found:
        return Say(context.text("handbook-none"), own)
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [context.text("handbook-list")]
    has_several = len({team.id for _, team in found}) > 1
    above: Team | None = None
    for number, (handbook, team) in enumerate(shown, start=1):
        if has_several and team is not above:
            lines.append(context.text("handbook-of-team", team=team.name))
        above = team
        file = handbook_words.name(handbook, handbook_words.IN_LIST)
        lines.append(context.text("handbook-line", number=number, file=file, version=handbook.version))
    numbers = [Button(f"{number}", f"handbook:{one.id}") for number, (one, _) in enumerate(shown, start=1)]
    return Say(Markup("\n").join(lines), [numbers, *turns("handbooks", page, len(found), PAGE), *own])


async def _opened(context: CoachContext, handbook: Handbook, team: Team, first: Markup | None = None) -> Say:
    other = await handbooks.counterpart(context.session, handbook)
    author = await context.session.get_one(Person, handbook.person_id)
    headings = await handbooks.headings(context.session, handbook, handbook_words.SHOWN)
    day = context.day(context.person.today(handbook.uploaded_at))
    head = {"file": handbook_words.name(handbook), "team": team.name, "version": handbook.version}
    lines = [first] if first else []
    lines += [
        context.text("handbook-one", **head),
        handbook_words.size(context.voice, handbook),
        context.text("handbook-sent", name=author.name, day=day),
    ]
    if headings:
        lines.append(context.text("handbook-headings", headings=handbook_words.first_headings(context.voice, headings)))
    rows = []
    if other is not None and handbook.state == HandbookState.CURRENT:
        label = context.label("handbook-bring-back", version=other.version)
        rows.append([Button(label, f"handbook-back:{other.id}")])
    rows.append([Button(context.label("handbook-remove"), f"handbook-drop:{handbook.id}"), *_back(context)])
    return Say(Markup("\n").join(lines), rows)


def _which_team(context: CoachContext, handbook: Handbook, led: Sequence[Team], page: int = 0) -> Say:
    shown = led[page * PAGE : (page + 1) * PAGE]
    rows = [[Button(team.name, f"handbook-for:{handbook.id}:team:{team.id}")] for team in shown]
    turning = turns(f"handbook-for:{handbook.id}:page", page, len(led), PAGE)
    return Say(context.text("handbook-for-which", file=handbook_words.name(handbook)), [*rows, *turning])


def _reading(context: CoachContext, handbook: Handbook, team: Team) -> Say:
    return Say(context.text("handbook-reading", file=handbook_words.name(handbook), team=team.name))


def _back(context: CoachContext) -> list[Button]:
    return [Button(context.label("handbook-back"), "handbooks:0")]
