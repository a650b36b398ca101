"""Flags that stay open, between a manager and his lead: what he is told before, what the lead answers, disputes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import escalation_words, owed_words
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.handlers import flags, owed
from bot.keyboards import Button, turns
from bot.models import LeadAnswer
from bot.replies import Reply, Say, Toast
from bot.services import escalations, policies, teams
from bot.services.escalations import Serious
from bot.services.flags import derivation
from bot.texts import LINE, fitted

PAGE = 4
"""Entries on one screen, two lines each."""

MOST_THRESHOLDS = 3
"""Thresholds offered to be changed."""

TO_FLAGS = Button("escalation-open-flags", "flags:0")
"""What opens a manager's flags, its label as the id of a text."""


async def open_forewarned(update: Update, context: CoachContext) -> Say:
    """Show a manager of what he was told today that his lead will hear; his open flags where nothing of it stands."""
    session, person = context.session, context.person
    found = await escalations.announced_today(session, person, context.now)
    if not found:
        return await flags.list_flags(update, context)
    following = (await teams.workdays_of(session, person)).after(context.today, 1)
    return escalation_words.forewarning(context.voice, found, following, context.today)


async def list_disputed(update: Update, context: CoachContext) -> Reply:
    """List the flags with which managers disagree, with their reasons. Raises NoSuchRecord for a manager."""
    page = int(context.arguments[0])
    found = await escalations.disputed(context.session, await owed.managers(context))
    lines = [context.text("escalation-disputed-head", count=len(found))]
    rows = []
    for number, one in list(enumerate(found, start=1))[page * PAGE : (page + 1) * PAGE]:
        lines += escalation_words.disputed(context.voice, one, number)
        rows.append([Button(_short(context, number, one), f"escalated:{one.flag.id}")])
    turn = turns("disputed", page, len(found), PAGE)
    back = [Button(context.label("escalation-to-owed"), "owed:0")]
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [*rows, *turn, back]))


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
    told = _tell(context, [found], said)
    page = await _page(context, found)
    shown: Reply = in_place(update.callback_query, page) if here else page
    return [Toast(context.label("escalation-kept", name=found.manager.name)), shown, *told]


async def answer_all(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Keep one answer to all flags of a manager that waited when the button was shown, and tell him once.

    Raises NoSuchRecord, AlreadyDone.
    """
    manager_id, said, shown_at = context.arguments
    found = await _answer_all(context, int(manager_id), said, shown_at)
    return await _kept_all(update, context, found, said)


async def answer_each(update: Update, context: CoachContext) -> Sequence[Reply]:
    """The same for the flags of one habit, that of the flag that is named; a wrong limit leads to it.

    Raises NoSuchRecord, AlreadyDone.
    """
    flag_id, said, shown_at = context.arguments
    flag = (await escalations.told(context.session, context.person, int(flag_id))).flag
    found = await _answer_all(context, flag.person_id, said, shown_at, habit=flag.habit)
    return await _kept_all(update, context, found, said)


async def _answer_all(
    context: CoachContext, manager_id: int, said: str, shown_at: str, *, habit: str | None = None
) -> list[Serious]:
    if said not in set(LeadAnswer):
        raise NoSuchRecord
    until = min(owed_words.instant(shown_at), context.now)
    return await escalations.answer_all(
        context.session, context.person, manager_id, LeadAnswer(said), context.now, until=until, habit=habit
    )


async def _kept_all(update: Update, context: CoachContext, found: Sequence[Serious], said: str) -> Sequence[Reply]:
    """What the lead sees after an answer to several flags, and what their manager hears."""
    manager = found[0].manager
    kept = Toast(context.label("owed-all-kept", count=len(found), name=manager.name))
    if said == LeadAnswer.THRESHOLD:
        shown = await _page(context, found[0])
    else:
        shown = await owed.waiting(context, manager.id, news=[context.text("owed-all-news", count=len(found))])
    return [kept, in_place(update.callback_query, shown), *_tell(context, found, said)]


def _tell(context: CoachContext, told: Sequence[Serious], said: str) -> list[Say]:
    """What the manager hears of one answer to one or several of his flags, in his language."""
    found = told[0]
    manager, voice = found.manager, context.voice_of(found.manager)
    return context.tell(
        manager,
        f"escalation-heard-{said}",
        button=Button("escalation-open-flag", f"flag:{found.flag.id}") if len(told) == 1 else TO_FLAGS,
        once=f"escalated:{found.flag.id}:{manager.id}",
        waits=True,
        name=context.person.name,
        count=len(told),
        about=fitted(escalation_words.about(voice, found.shown), 2 * LINE)
        if len(told) == 1
        else owed_words.heard(voice, told),
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


def _short(context: CoachContext, number: int, one: Serious) -> str:
    return f"{number} · {fitted(one.manager.name, LINE / 3)} · {context.label(f'habit-{one.flag.habit}')}"
