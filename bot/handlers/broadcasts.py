"""/broadcast, for leads and owners: a word to a whole team, looked at before it goes, with who has read it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import AlreadyDone, UnknownCommand
from bot.keyboards import Button
from bot.models import Person, Role, Team, Urgency
from bot.replies import Reply, Say, Toast
from bot.services import broadcasts, drafts, teams
from bot.services.broadcasts import LONGEST, Status
from bot.texts import LINE, fitted

NAMES = 2
"""Lines for the names of those who have not read."""


async def broadcast(_update: Update, context: CoachContext) -> Say:
    """Ask for the words, of several teams for the team first. Raises UnknownCommand for a manager."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    led = await teams.led_by(context.session, context.person)
    sent = await broadcasts.by(context.session, context.person)
    earlier = [[_to(context, one)] for one in sent]
    if len(led) == 1:
        asked = await _ask(context, led[0])
        return Say(asked.html, [*asked.buttons, *earlier])
    choices = [[Button(team.name, f"broadcast:{team.id}")] for team in led]
    return Say(context.text("broadcast-which-team" if led else "broadcast-no-team"), [*choices, *earlier])


async def choose_team(update: Update, context: CoachContext) -> Reply:
    """Ask for the words to a team. Raises NoSuchRecord."""
    team = await teams.led(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _ask(context, team))


async def look_over(text: str, context: CoachContext) -> Say:
    """Show what the team will read, to be sent by a tap. Raises NoSuchRecord, BroadcastRefused."""
    team, hearers = await broadcasts.fit(context.session, context.person, int(context.arguments[0]), text)
    action = f"broadcast-send:{team.id}"
    await drafts.ask(context.session, context.person, action, context.now, text=text)
    head = context.text("broadcast-preview", team=fitted(team.name, LINE / 2), count=len(hearers))
    words = context.text("broadcast-words", name=context.person.name, text=text)
    buttons = [
        [Button(context.label("broadcast-send", count=len(hearers)), action)],
        [
            Button(context.label("broadcast-again"), f"broadcast:{team.id}"),
            Button(context.label("broadcast-drop"), "cancel:"),
        ],
    ]
    return Say(Markup("\n").join([head, words]), buttons)


async def send(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Send what was looked over, to each member once. Raises NoSuchRecord, BroadcastRefused, AlreadyDone."""
    action = f"broadcast-send:{int(context.arguments[0])}"
    if await drafts.waiting(context.session, context.person, context.now) != action:
        raise AlreadyDone("broadcast-not-waiting")
    text = await drafts.typed_before(context.session, context.person, action)
    status = await broadcasts.send(context.session, context.person, int(context.arguments[0]), text, context.now)
    await drafts.drop(context.session, context.person)
    told = _tell(context, status, "")
    return [in_place(update.callback_query, _page(context, status)), *told]


async def open_status(update: Update, context: CoachContext) -> Reply:
    """Show who has read a broadcast and who has not. Raises NoSuchRecord."""
    status = await broadcasts.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, _page(context, status))


async def remind(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Send it once more to those who have not read it. Raises NoSuchRecord, AlreadyDone."""
    status = await broadcasts.remind(context.session, context.person, int(context.arguments[0]), context.now)
    told = _tell(context, status, f":{context.today}")
    return [
        Toast(context.label("broadcast-reminded", count=len(status.unread))),
        in_place(update.callback_query, _page(context, status)),
        *told,
    ]


async def read(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Note that somebody has read it. Raises NoSuchRecord."""
    found = await broadcasts.read(context.session, context.person, int(context.arguments[0]), context.now)
    author = await context.session.get_one(Person, found.person_id)
    words = [context.text("broadcast-words", name=author.name, text=found.text), context.text("broadcast-was-read")]
    return [Toast(context.label("broadcast-thanks")), in_place(update.callback_query, Say(Markup("\n").join(words)))]


async def _ask(context: CoachContext, team: Team) -> Say:
    await drafts.ask(context.session, context.person, f"broadcast:{team.id}", context.now)
    html = context.text("broadcast-ask", team=fitted(team.name, LINE / 2), limit=LONGEST)
    return Say(html, [[Button(context.label("broadcast-drop"), "cancel:")]])


def _tell(context: CoachContext, status: Status, day: str) -> list[Say]:
    """The broadcast to everybody who has not read it, as news: in quiet hours when these are over."""
    found = status.broadcast
    return [
        said
        for one in status.unread
        for said in context.tell(
            one,
            "broadcast-words",
            button=Button("broadcast-read", f"broadcast-read:{found.id}"),
            once=f"broadcast:{found.id}:{one.id}{day}",
            waits=True,
            urgency=Urgency.NEWS,
            name=context.person.name,
            text=found.text,
        )
    ]


def _page(context: CoachContext, status: Status) -> Say:
    """A broadcast with how many have read it and who has not."""
    found, every = status.broadcast, len(status.read) + len(status.unread)
    day = context.day(context.person.today(found.sent_at))
    lines = [
        context.text("broadcast-head", team=fitted(status.team.name, LINE / 2), day=day),
        context.text("broadcast-quoted", text=found.text),
        context.text("broadcast-counts", read=len(status.read), every=every),
    ]
    rows = [[Button(context.label("broadcast-look-again"), f"broadcast-status:{found.id}")]]
    if status.unread:
        names = context.label("team-between").join(one.name for one in status.unread)
        lines.append(context.voice.line("broadcast-unread", what=names, lines=NAMES))
        if found.reminded_on != context.today:
            rows.append(
                [Button(context.label("broadcast-remind", count=len(status.unread)), f"broadcast-remind:{found.id}")]
            )
    return Say(Markup("\n").join(lines), rows)


def _to(context: CoachContext, one: Status) -> Button:
    """The way to a broadcast that was sent before."""
    day = context.day(context.person.today(one.broadcast.sent_at))
    every = len(one.read) + len(one.unread)
    label = context.label("broadcast-sent", day=day, read=len(one.read), every=every)
    return Button(label, f"broadcast-status:{one.broadcast.id}")
