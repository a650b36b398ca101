"""What waits for a lead: /owed, flags of his team that stayed open or are disputed, and what he answers to them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import escalation_words
from bot.context import CoachContext, in_place
from bot.digest_words import owed_line, turns
from bot.errors import NoSuchRecord, UnknownCommand
from bot.keyboards import Button
from bot.models import LeadAnswer, Person, Role
from bot.replies import Reply, Say, Toast
from bot.services import digesting, escalations, people, policies, teams
from bot.services.digests import Owed, OwedKind
from bot.services.escalations import Serious
from bot.services.flags import derivation
from bot.texts import LINE, fitted

PAGE = 4
"""Entries on one screen, two lines each."""

MOST_THRESHOLDS = 3
"""Thresholds offered to be changed."""


async def owed(_update: Update, context: CoachContext) -> Say:
    """List what waits for a lead's answer. Raises UnknownCommand for a manager."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    return await _owed(context)


async def open_owed(update: Update, context: CoachContext) -> Reply:
    """Go back to the list, or to another page of it. Raises NoSuchRecord for a manager."""
    return in_place(update.callback_query, await _owed(context, int(context.arguments[0])))


async def list_disputed(update: Update, context: CoachContext) -> Reply:
    """List the flags with which managers disagree, with their reasons. Raises NoSuchRecord for a manager."""
    page = int(context.arguments[0])
    found = await escalations.disputed(context.session, await _managers(context))
    lines = [context.text("escalation-disputed-head", count=len(found))]
    rows = []
    for number, one in list(enumerate(found, start=1))[page * PAGE : (page + 1) * PAGE]:
        lines += escalation_words.disputed(context.voice, one, number)
        rows.append([Button(_short(context, number, one), f"escalated:{one.flag.id}")])
    turn = turns("disputed", page, -(-len(found) // PAGE))
    back = [Button(context.label("escalation-to-owed"), "owed:0")]
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [*rows, *([turn] if turn else []), back]))


async def open_escalated(update: Update, context: CoachContext) -> Reply:
    """Show a lead one flag: rule, figure, reason. Raises NoSuchRecord."""
    found = await escalations.told(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _page(context, found))


async def answer(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Keep what a lead answers, and tell the manager at once. Raises NoSuchRecord, AlreadyDone."""
    flag_id, said, *here = context.arguments
    if said not in set(LeadAnswer):
        raise NoSuchRecord
    found = await escalations.answer(context.session, context.person, int(flag_id), LeadAnswer(said), context.now)
    told = _tell(context, found, said)
    page = await _page(context, found)
    shown: Reply = in_place(update.callback_query, page) if here else page
    return [Toast(context.label("escalation-kept", name=found.manager.name)), shown, *told]


def _tell(context: CoachContext, found: Serious, said: str) -> list[Say]:
    """What the manager hears, in his language."""
    manager, voice = found.manager, context.voice_of(found.manager)
    return context.tell(
        manager,
        f"escalation-heard-{said}",
        button=Button("escalation-open-flag", f"flag:{found.flag.id}"),
        once=f"escalated:{found.flag.id}:{manager.id}",
        waits=True,
        name=context.person.name,
        about=fitted(escalation_words.about(voice, found.shown), 2 * LINE),
    )


async def _page(context: CoachContext, found: Serious) -> Say:
    """One flag with what was answered; one whose threshold does not fit leads to that threshold."""
    flag, escalation, voice = found.flag, found.escalation, context.voice
    told = []
    if escalation is not None and escalation.answer is not None:
        name = await escalations.answered_by(context.session, escalation)
        told.append(escalation_words.answered(voice, escalation.answer, name))
    elif flag.cleared_at is not None:
        told.append(context.text("flags-cleared"))
    since = context.day(found.manager.today(flag.opened_at))
    page = escalation_words.page(voice, found, since=since, told=told)
    if (escalation is not None and escalation.answer == LeadAnswer.THRESHOLD) or flag.disputed_at is not None:
        return Say(page.html, [*await _thresholds(context, found), *page.buttons])
    return page


async def _thresholds(context: CoachContext, found: Serious) -> list[list[Button]]:
    """The ways to the thresholds on which a flag rests, in the policy of its manager's team."""
    theirs = {team.id for team in await teams.teams_of(context.session, found.manager)}
    led = [team for team in await teams.led_by(context.session, context.person) if team.id in theirs]
    if not led:
        return []
    names = policies.concerned(derivation(found.flag))[:MOST_THRESHOLDS]
    return [
        [
            Button(
                context.label(
                    "escalation-threshold", name=context.label(f"policy-{name.replace('_', '-').replace('.', '-')}")
                ),
                f"policy-ask:{led[0].id}:{name}",
            )
        ]
        for name in names
    ]


async def _owed(context: CoachContext, page: int = 0) -> Say:
    managers = await _managers(context)
    waiting = await digesting.owed_to(context.session, managers, context.now)
    disputed = await escalations.disputed(context.session, managers)
    lines = [context.text("escalation-owed" if waiting else "escalation-owed-none", count=len(waiting))]
    rows = []
    for one in waiting[page * PAGE : (page + 1) * PAGE]:
        lines.append(owed_line(context.voice, one))
        rows.append([Button(_label(context, one), _action(one))])
    if turn := turns("owed", page, -(-len(waiting) // PAGE)):
        rows.append(turn)
    if disputed:
        rows.append([Button(context.label("escalation-act-disputed", count=len(disputed)), "disputed:0")])
    return Say(Markup("\n").join(lines), rows)


async def _managers(context: CoachContext) -> list[Person]:
    """The managers whom a person leads. Raises NoSuchRecord for a manager."""
    if context.person.role == Role.MANAGER:
        raise NoSuchRecord
    seen = await people.visible_to(context.session, context.person)
    return [one for one in seen if one.role == Role.MANAGER and one.id != context.person.id]


def _action(one: Owed) -> str:
    return f"help-of:{one.id}" if one.kind is OwedKind.HELP else f"escalated:{one.id}"


def _label(context: CoachContext, one: Owed) -> str:
    name = fitted(one.name, LINE / 2)
    if one.kind is OwedKind.HELP:
        return context.label("escalation-owed-help", name=name)
    about = one.account or context.label(f"habit-{one.habit}")
    return context.label("escalation-owed-flag", name=name, about=fitted(about, LINE / 2))


def _short(context: CoachContext, number: int, one: Serious) -> str:
    return f"{number} · {fitted(one.manager.name, LINE / 3)} · {context.label(f'habit-{one.flag.habit}')}"
