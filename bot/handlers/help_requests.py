"""Asking for help: a manager's request, about a flag or by /askhelp, to his lead, and the lead's answer back to him."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import escalation_words
from bot.context import CoachContext, in_place
from bot.errors import AlreadyDone
from bot.keyboards import Button
from bot.models import Account, Flag, HelpRequest, Person
from bot.replies import Reply, Say
from bot.services import drafts, flags, help_requests
from bot.services.flags import Shown
from bot.services.help_requests import LONGEST
from bot.texts import LINE, Voice, fitted

NOTHING = 0
"""Stands in an action where a request is about no flag."""


async def askhelp(_update: Update, context: CoachContext) -> Say:
    """Ask a manager what he needs. Raises HelpRefused where there is nobody to ask."""
    return await _ask(context, None)


async def ask(_update: Update, context: CoachContext) -> Say:
    """Ask a manager what he needs about a flag. Raises NoSuchRecord, AlreadyDone, HelpRefused."""
    shown = await flags.own(context.session, context.person, int(context.arguments[0]))
    if shown.flag.cleared_at is not None:
        raise AlreadyDone("escalation-has-cleared")
    if await help_requests.open_about(context.session, shown.flag) is not None:
        raise AlreadyDone("askhelp-waits")
    return await _ask(context, shown)


async def send_as_is(_update: Update, context: CoachContext) -> list[Say]:
    """Send a request without words of his own. Raises NoSuchRecord, AlreadyDone, HelpRefused."""
    shown = await _about(context)
    if await drafts.waiting(context.session, context.person, context.now) != _action(shown):
        raise AlreadyDone
    await drafts.drop(context.session, context.person)
    return await _send(context, shown, "")


async def take_words(text: str, context: CoachContext) -> list[Say]:
    """Send what a manager typed. Raises NoSuchRecord, AlreadyDone, HelpRefused."""
    return await _send(context, await _about(context), text)


async def open_request(update: Update, context: CoachContext) -> Reply:
    """Show a lead what somebody asks for. Raises NoSuchRecord."""
    request, manager = await help_requests.asked(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _page(context, request, manager))


async def ask_answer(_update: Update, context: CoachContext) -> Say:
    """Ask a lead what he answers. Raises NoSuchRecord, AlreadyDone."""
    request, manager = await help_requests.unanswered(context.session, context.person, int(context.arguments[0]))
    await drafts.ask(context.session, context.person, f"help-answer:{request.id}", context.now)
    html = context.text("askhelp-what-answer", name=fitted(manager.name, LINE / 2), limit=LONGEST)
    return Say(html, [_cancel(context)])


async def take_answer(text: str, context: CoachContext) -> list[Say]:
    """Keep a lead's answer and tell the manager. Raises NoSuchRecord, AlreadyDone, HelpRefused."""
    request, manager = await help_requests.answer(
        context.session, context.person, int(context.arguments[0]), text, context.now
    )
    told = context.tell(
        manager,
        "askhelp-heard",
        button=Button("escalation-open-flag", f"flag:{request.flag_id}") if request.flag_id else None,
        once=f"helped:{request.id}",
        waits=True,
        name=context.person.name,
        text=request.answer or "",
    )
    return [Say(context.text("askhelp-answered", name=manager.name)), *told]


async def _ask(context: CoachContext, shown: Shown | None) -> Say:
    leads = await help_requests.leads(context.session, context.person)
    await drafts.ask(context.session, context.person, _action(shown), context.now)
    between = context.label("team-between")
    lines = [context.text("askhelp-what-for", names=between.join(lead.name for lead in leads), limit=LONGEST)]
    if shown is not None and not shown.flag.is_private:
        lines.insert(0, context.voice.line("askhelp-about", what=escalation_words.about(context.voice, shown)))
    send = Button(context.label("askhelp-as-is"), f"help-send:{shown.flag.id if shown else NOTHING}")
    return Say(Markup("\n").join(lines), [[send], _cancel(context)])


async def _about(context: CoachContext) -> Shown | None:
    """The flag that the action is about. Raises NoSuchRecord."""
    flag_id = int(context.arguments[0])
    return None if flag_id == NOTHING else await flags.own(context.session, context.person, flag_id)


async def _send(context: CoachContext, shown: Shown | None, text: str) -> list[Say]:
    """Keep the request and tell every lead of it once."""
    person, session = context.person, context.session
    leads = await help_requests.leads(session, person)
    flag = shown.flag if shown else None
    request = await help_requests.ask(session, person, text, context.now, flag=flag)
    told: list[Say] = []
    for lead in leads:
        voice = context.voice_of(lead)
        words = Markup("\n").join(_words(voice, request, person, shown))
        told += context.tell(
            lead,
            "askhelp-told",
            button=Button("askhelp-act-answer", f"help-answer:{request.id}"),
            once=f"help:{request.id}:{lead.id}",
            waits=True,
            words=words,
        )
    names = context.label("team-between").join(lead.name for lead in leads)
    return [Say(context.text("askhelp-sent", names=names)), *told]


def _words(voice: Voice, request: HelpRequest, manager: Person, shown: Shown | None) -> Sequence[Markup]:
    """Who asks for what; a private flag is not named."""
    lines = [voice.text("askhelp-from", name=fitted(manager.name, LINE / 2))]
    if shown is not None and request.flag_id is not None:
        lines.append(voice.line("askhelp-about", what=escalation_words.about(voice, shown)))
    lines.append(voice.text("askhelp-words", text=request.text) if request.text else voice.text("askhelp-no-words"))
    return lines


async def _page(context: CoachContext, request: HelpRequest, manager: Person) -> Say:
    about = await _flag_of(context, request)
    lines = list(_words(context.voice, request, manager, about))
    if about is not None and about.flag.cleared_at is not None:
        lines.append(context.text("flags-cleared"))
    back = [Button(context.label("escalation-to-owed"), f"owed-of:{manager.id}:0")]
    if request.answered_at is None:
        lines.append(context.text("askhelp-since", day=context.day(context.person.today(request.asked_at))))
        return Say(
            Markup("\n").join(lines), [[Button(context.label("askhelp-act-answer"), f"help-answer:{request.id}")], back]
        )
    by = await context.session.get(Person, request.answered_by) if request.answered_by else None
    name = "" if by is None or by.is_anonymous else by.name
    if request.answer is not None:
        lines.append(context.text("askhelp-answer", name=name, text=request.answer))
    return Say(Markup("\n").join(lines), [back])


async def _flag_of(context: CoachContext, request: HelpRequest) -> Shown | None:
    flag = await context.session.get(Flag, request.flag_id) if request.flag_id else None
    if flag is None:
        return None
    account = await context.session.get(Account, flag.account_id) if flag.account_id else None
    return Shown(flag, account.name if account else None)


def _action(shown: Shown | None) -> str:
    return f"help-ask:{shown.flag.id if shown else NOTHING}"


def _cancel(context: CoachContext) -> list[Button]:
    return [Button(context.label("cancel"), "cancel:")]
