"""The accounts of a plan, one by one: done, moved, dropped with a reason; open ends of earlier days among them."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot import plan_words
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnclearDate
from bot.handlers import day_plan
from bot.keyboards import Button, Keyboard, turns
from bot.language.dates import read_date
from bot.models import Account
from bot.replies import Reply, Say, Toast
from bot.services import accounts, day_plans, drafts, teams
from bot.services.day_plans import Plan
from bot.texts import fitted

REASONS = ("client", "time", "needless")
"""Why an account is dropped, by button; anything else is typed."""

PAGE = 6
"""Accounts to change on one screen, each with a row of three taps."""

LATER_WORKDAYS = (1, 2, 5)
"""Days to which an account is moved by a tap, in workdays from today; any other is typed."""


async def open_ends(update: Update, context: CoachContext) -> Reply:
    """Show what is left of earlier days, or today where nothing is."""
    return in_place(update.callback_query, await _earlier(context))


async def edit(update: Update, context: CoachContext) -> Reply:
    """Show what of a plan is still open, each with its three taps. Raises NoSuchRecord."""
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, _editing(context, await _plan(context), page=int(context.arguments[1])))


async def done(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Note that a planned account is done. Raises NoSuchRecord, AlreadyDone."""
    plan, account = await _item(context)
    await day_plans.settle_done(context.session, context.person, plan.plan.id, account.id, context.now)
    news = context.voice.line("plan-end-done", what=account.name)
    said = await _settled(context, plan, account, news)
    return [Toast(context.label("plan-tell-more")), in_place(update.callback_query, said)]


async def take_up(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Move what an earlier day left to today. Raises NoSuchRecord, AlreadyDone."""
    plan, account = await _item(context)
    await _move(context, plan, account, context.today)
    news = context.voice.line("plan-end-today", what=account.name)
    return [Toast(), in_place(update.callback_query, await _settled(context, plan, account, news))]


async def ask_day(update: Update, context: CoachContext) -> Reply:
    """Ask to which day an account is moved: three to tap, any other to type. Raises NoSuchRecord."""
    plan, account = await _item(context)
    about = f"{plan.plan.day:%Y%m%d}:{account.id}"
    await drafts.ask(context.session, context.person, f"plan-move:{about}", context.now)
    workdays = await teams.workdays_of(context.session, context.person)
    days = [workdays.after(context.today, count) for count in LATER_WORKDAYS]
    rows = [[Button(context.day(day), f"plan-moved:{about}:{day:%Y%m%d}")] for day in days]
    html = context.voice.line("plan-which-day", what=account.name, lines=3)
    return in_place(update.callback_query, Say(html, [*rows, [day_plan.back(context, plan.plan.day)]]))


async def move(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Move an account to the tapped day. Raises NoSuchRecord, AlreadyDone, UnclearDate for a day that is over."""
    plan, account = await _item(context)
    await drafts.drop(context.session, context.person)
    to = dtm.datetime.strptime(context.arguments[2], "%Y%m%d").date()  # noqa: DTZ007 - a day
    return [Toast(), in_place(update.callback_query, await _moved(context, plan, account, to))]


async def move_to_typed(text: str, context: CoachContext) -> Say:
    """Move an account to the day that was typed. Raises NoSuchRecord, AlreadyDone, UnclearDate."""
    plan, account = await _item(context)
    workdays = await teams.workdays_of(context.session, context.person)
    mention = read_date(text, context.person.local(context.now), workdays)
    if mention is None or mention.day is None or mention.day < context.today:
        raise UnclearDate
    return await _moved(context, plan, account, mention.day)


async def ask_reason(update: Update, context: CoachContext) -> Reply:
    """Ask why an account is dropped: by tap or by typing. Raises NoSuchRecord."""
    plan, account = await _item(context)
    about = f"{plan.plan.day:%Y%m%d}:{account.id}"
    await drafts.ask(context.session, context.person, f"plan-drop:{about}", context.now)
    rows = [[Button(context.label(f"plan-drop-{one}"), f"plan-dropped:{about}:{one}")] for one in REASONS]
    html = context.voice.line("plan-why-drop", what=account.name, lines=3)
    back = Button(context.label("plan-back"), f"plan:{context.today:%Y%m%d}:0")
    return in_place(update.callback_query, Say(html, [*rows, [back]]))


async def drop(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Drop an account for the tapped reason. Raises NoSuchRecord, AlreadyDone."""
    if context.arguments[2] not in REASONS:
        raise NoSuchRecord
    await drafts.drop(context.session, context.person)
    said = await _drop(context, context.label(f"plan-drop-{context.arguments[2]}"))
    return [Toast(), in_place(update.callback_query, said)]


async def drop_typed(text: str, context: CoachContext) -> Say:
    """Drop an account for the typed reason. Raises NoSuchRecord, AlreadyDone."""
    return await _drop(context, text)


async def undo(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Take back what was tapped by mistake. Raises NoSuchRecord."""
    plan, account = await _item(context)
    await day_plans.reopen(context.session, context.person, plan.plan.id, account.id, context.now)
    return [Toast(context.label("promises-reopened")), in_place(update.callback_query, await _after(context, plan))]


async def _plan(context: CoachContext) -> Plan:
    """The plan of the day that the action names. Raises NoSuchRecord."""
    plan = await day_plans.plan_of(context.session, context.person, day_plan.day_of(context))
    if plan is None:
        raise NoSuchRecord
    return plan


async def _item(context: CoachContext) -> tuple[Plan, Account]:
    """The plan and the account on it that the action names. Raises NoSuchRecord."""
    plan = await _plan(context)
    account = await accounts.own(context.session, context.person, int(context.arguments[1]))
    if all(item.account.id != account.id for item in plan.items):
        raise NoSuchRecord
    return plan, account


async def _move(context: CoachContext, plan: Plan, account: Account, to: dtm.date) -> None:
    session, person = context.session, context.person
    await day_plans.settle_move(session, person, plan.plan.id, account.id, to, today=context.today)


async def _moved(context: CoachContext, plan: Plan, account: Account, to: dtm.date) -> Say:
    await _move(context, plan, account, to)
    news = context.voice.line("plan-moved", what=account.name, day=context.day(to))
    return await _settled(context, plan, account, news)


async def _drop(context: CoachContext, reason: str) -> Say:
    plan, account = await _item(context)
    session, person = context.session, context.person
    await day_plans.settle_drop(session, person, plan.plan.id, account.id, reason, today=context.today)
    news = context.voice.line("plan-dropped", what=account.name, reason=fitted(reason, plan_words.NAME))
    return await _settled(context, plan, account, news)


async def _settled(context: CoachContext, plan: Plan, account: Account, news: Markup) -> Say:
    """What else is to be settled, under what just was, with the way to take it back."""
    undo_it = Button(context.label("plan-act-undo"), f"plan-undo:{plan.plan.day:%Y%m%d}:{account.id}")
    return await _after(context, plan, news=news, before=[[undo_it]])


async def _after(context: CoachContext, plan: Plan, *, news: Markup | None = None, before: Keyboard = ()) -> Say:
    """Where a tap on a plan leads: what else its day has open; for an earlier day what else those have left."""
    day = plan.plan.day
    if day < context.today:
        return await _earlier(context, news=news, before=before)
    changed = await day_plans.plan_of(context.session, context.person, day)
    if changed is not None and changed.still_open:
        return _editing(context, changed, news=news, before=before)
    return await day_plan.screen(context, day, news=news, before=before)


async def _earlier(context: CoachContext, *, news: Markup | None = None, before: Keyboard = ()) -> Say:
    left = await day_plans.open_ends(context.session, context.person, context.today)
    if not left:
        return await day_plan.screen(context, context.today, news=news, before=before)
    above = [plan_words.head(context.voice, context.today, context.today), *([news] if news else [])]
    return plan_words.ends(context.voice, above, left, context.today, before=before)


def _editing(
    context: CoachContext, plan: Plan, *, page: int = 0, news: Markup | None = None, before: Keyboard = ()
) -> Say:
    """What of a plan is still open, each with its three taps."""
    voice, day = context.voice, plan.plan.day
    left = list(enumerate(plan.still_open, start=1))
    here = left[page * PAGE : (page + 1) * PAGE]
    lines = [context.text("plan-edit-head", day=context.day(day)), *([news] if news else [])]
    lines += [plan_words.item_line(voice, place, item) for place, item in here] or [context.text("plan-edit-nothing")]
    rows = [plan_words.acts(voice, place, item, "move") for place, item in here]
    turn = turns(f"plan-edit:{day:%Y%m%d}", page, len(left), PAGE)
    return Say(Markup("\n").join(lines), [*before, *rows, *turn, [day_plan.back(context, day)]])
