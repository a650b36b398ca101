"""/flags: what the rules have seen, and for each flag why, what clears it, what to do today, later, or disagree."""

from __future__ import annotations

import datetime as dtm

from markupsafe import Markup
from telegram import Update

from bot import escalation_words, flag_words
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.keyboards import Button, turns
from bot.models import Account, Escalation, Flag, Role
from bot.replies import Reply, Say
from bot.services import accounts, drafts, escalations, flags, help_requests, judging, teams
from bot.services.flags import Shown

PAGE = 6
"""Flags on one screen: a line each."""

REASONS = ("figures", "special", "strict")
"""Why somebody disagrees, by button; anything else is typed."""

PUT_OFF_DAYS = (1, 3, 7)

ABOUT_PROMISES = ("broken_promise", "vague_promise", "trust_at_risk")
"""Flags whose promises are one tap away."""

MOST_CHAIN = 14
"""Lines of a derivation on one screen; longer ones end in their facts all the same."""


async def list_flags(_update: Update, context: CoachContext) -> Say:
    """Show the open flags, the worst first."""
    return await _list(context)


async def turn_page(update: Update, context: CoachContext) -> Reply:
    """Show another page of the open flags."""
    return in_place(update.callback_query, await _list(context, page=int(context.arguments[0])))


async def open_flag(update: Update, context: CoachContext) -> Reply:
    """Show one flag. Raises NoSuchRecord."""
    return in_place(update.callback_query, await card(context, await _own(context)))


async def explain(update: Update, context: CoachContext) -> Reply:
    """Show why: facts, rules, limits with their source, as an indented tree. Raises NoSuchRecord."""
    shown = await _own(context)
    lines = [flag_words.title(context.voice, shown), *flag_words.chain(context.voice, shown)[:MOST_CHAIN]]
    return in_place(update.callback_query, Say(Markup("\n").join(lines), _back(context, shown)))


async def tell_what_clears(update: Update, context: CoachContext) -> Reply:
    """Show what makes the flag go away. Raises NoSuchRecord."""
    shown = await _own(context)
    lines = [flag_words.title(context.voice, shown), context.text(shown.flag.clears)]
    return in_place(update.callback_query, Say(Markup("\n").join(lines), _back(context, shown)))


async def advise(update: Update, context: CoachContext) -> Reply:
    """Show the one thing to do today, with the article behind it. Raises NoSuchRecord."""
    shown = await _own(context)
    article = context.shared.library[shown.flag.advice].text(context.locale)
    lines = [flag_words.title(context.voice, shown), context.text("flags-advice", today=article.today)]
    read = [Button(article.title, f"read:{shown.flag.advice}")]
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [read, *_back(context, shown)]))


async def ask_until(update: Update, context: CoachContext) -> Reply:
    """Ask until when to keep quiet. Raises NoSuchRecord."""
    shown = await _own(context)
    days = [context.today + dtm.timedelta(days=count) for count in PUT_OFF_DAYS]
    rows = [[Button(context.day(day), f"flag-off:{shown.flag.id}:{day:%Y%m%d}")] for day in days]
    html = Markup("\n").join([flag_words.title(context.voice, shown), context.text("flags-until-when")])
    return in_place(update.callback_query, Say(html, [*rows, *_back(context, shown)]))


async def put_off(update: Update, context: CoachContext) -> Reply:
    """Keep quiet about a flag until the tapped day. Raises NoSuchRecord, AlreadyDone."""
    shown = await _own(context)
    flags.put_off(shown.flag, dtm.datetime.strptime(context.arguments[1], "%Y%m%d").date())  # noqa: DTZ007 - a day
    return in_place(update.callback_query, await _list(context, news=context.text("flags-put-off")))


async def ask_reason(update: Update, context: CoachContext) -> Reply:
    """Ask why somebody disagrees: by tap or by typing. Raises NoSuchRecord."""
    shown = await _own(context)
    await drafts.ask(context.session, context.person, f"flag-dispute:{shown.flag.id}", context.now)
    rows = [
        [Button(context.label(f"flags-dispute-{reason}"), f"flag-dispute:{shown.flag.id}:{reason}")]
        for reason in REASONS
    ]
    html = Markup("\n").join([flag_words.title(context.voice, shown), context.text("flags-why-disagree")])
    return in_place(update.callback_query, Say(html, [*rows, *_back(context, shown)]))


async def dispute(update: Update, context: CoachContext) -> Reply:
    """Keep a tapped reason for disagreeing. Raises NoSuchRecord, AlreadyDone."""
    shown = await _own(context)
    reason = context.arguments[1]
    if reason not in REASONS:
        raise NoSuchRecord
    flags.dispute(shown.flag, context.label(f"flags-dispute-{reason}"), context.now)
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _list(context, news=context.text("flags-disputed")))


async def dispute_typed(text: str, context: CoachContext) -> Say:
    """Keep a typed reason for disagreeing. Raises NoSuchRecord, AlreadyDone."""
    flags.dispute((await _own(context)).flag, text, context.now)
    return await _list(context, news=context.text("flags-disputed"))


async def why_not(_update: Update, context: CoachContext) -> Say:
    """/whynot words: for an account, why each habit is not flagged."""
    return await why_not_at(" ".join(context.args or []), context)


async def why_not_at(words: str, context: CoachContext) -> Say:
    """Why each habit is not flagged at the account that the words name; several are offered, none is asked for."""
    found = await accounts.find(context.session, [context.person], words) if words else []
    if len(found) == 1:
        return await _why_not(context, found[0])
    choices = [[Button(account.name, f"whynot:{account.id}")] for account in found[:PAGE]]
    return Say(context.text("flags-not-which" if choices or not words else "flags-not-found"), choices)


async def open_why_not(update: Update, context: CoachContext) -> Reply:
    """Why each habit is not flagged at the tapped account. Raises NoSuchRecord."""
    account = await accounts.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _why_not(context, account))


async def _why_not(context: CoachContext, account: Account) -> Say:
    lines = [context.text("flags-not-title", account=account.name)]
    for habit, ways in await judging.why_not(
        context.session, context.person, account, context.shared.worker.matcher, context.now
    ):
        lines.append(
            flag_words.missing(context.voice, habit, ways)
            if ways
            else context.text("flags-not-flagged", name=context.label(f"habit-{habit}"))
        )
    return Say(Markup("\n").join(lines))


async def _own(context: CoachContext) -> Shown:
    return await flags.own(context.session, context.person, int(context.arguments[0]))


async def _list(context: CoachContext, *, page: int = 0, news: Markup | None = None) -> Say:
    await context.session.flush()
    loud = await flags.open_of(context.session, context.person, context.today)
    every = await flags.open_of(context.session, context.person, context.today, every=True)
    silent = sum(not flags.is_loud(one.flag, context.today) for one in every)
    pages = max(1, -(-len(loud) // PAGE))
    page = min(page, pages - 1)
    here = loud[page * PAGE : (page + 1) * PAGE]
    lines = [*([news] if news else []), context.text("flags-head" if loud else "flags-none", count=len(loud))]
    lines += [flag_words.title(context.voice, one) for one in here]
    if silent:
        lines.append(context.text("flags-silent", count=silent))
    rows = [[Button(_short(context, one), f"flag:{one.flag.id}")] for one in here]
    return Say(Markup("\n").join(lines), [*rows, *turns("flags", page, pages)])


def _short(context: CoachContext, shown: Shown) -> str:
    name = context.label(f"habit-{shown.flag.habit}")
    return f"{name} · {shown.account}" if shown.account else name


async def card(context: CoachContext, shown: Shown) -> Say:
    """A flag with its reasons, its buttons and what the lead said to it; it counts as seen from now on."""
    flag = shown.flag
    flag.seen_at = flag.seen_at or context.now
    lines = [flag_words.title(context.voice, shown), *flag_words.reasons(context.voice, shown)]
    if flag.cleared_at is not None:
        return Say(Markup("\n").join([*lines, context.text("flags-cleared")]), [_to_list(context)])
    lines.append(context.text("flags-since", day=context.day(context.person.today(flag.opened_at))))
    lines += await _from_lead(context, flag)
    acts = [
        [("why", "flag-why"), ("clears", "flag-clears"), ("today", "flag-do")],
        [("later", "flag-later"), ("disagree", "flag-no")],
    ]
    rows = [[Button(context.label(f"flags-act-{act}"), f"{verb}:{flag.id}") for act, verb in row] for row in acts]
    if flag.habit in ABOUT_PROMISES and flag.account_id is not None:
        rows.append([Button(context.label("flags-act-promises"), f"promises-of:{flag.account_id}")])
    if context.person.role == Role.MANAGER:
        rows.append([Button(context.label("flags-act-help"), f"help-ask:{flag.id}")])
    return Say(Markup("\n").join(lines), [*rows, _to_list(context)])


async def _from_lead(context: CoachContext, flag: Flag) -> list[Markup]:
    """That the lead has heard of a flag, what he answered, and how a request for help about it stands."""
    lines = []
    escalation = await context.session.get(Escalation, flag.id)
    if escalation is not None and escalation.answer is not None:
        name = await escalations.answered_by(context.session, escalation)
        lines.append(escalation_words.answered(context.voice, escalation.answer, name))
    elif escalation is not None and escalation.told_at is not None:
        lines.append(context.text("escalation-lead-knows"))
    elif escalation is not None and not flags.is_put_off(flag, context.today):
        told_on = context.person.today(escalation.announced_at)
        day = (await teams.workdays_of(context.session, context.person)).after(told_on, 1)
        lines.append(context.text("escalation-lead-will-know", day=context.day(day)))
    request = await help_requests.last_about(context.session, flag)
    if request is not None and request.answer is not None:
        lines.append(context.voice.line("askhelp-card-answer", what=request.answer, lines=2))
    elif request is not None and request.answered_at is None:
        lines.append(context.text("askhelp-card-waits", day=context.day(context.person.today(request.asked_at))))
    return lines


def _to_list(context: CoachContext) -> list[Button]:
    return [Button(context.label("flags-back"), "flags:0")]


def _back(context: CoachContext, shown: Shown) -> list[list[Button]]:
    return [[Button(context.label("flags-back-to-flag"), f"flag:{shown.flag.id}")]]
