"""/plan: a day's list with its number, ticked, shortened, added to and confirmed; and the plan that stands."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Collection, Sequence

from markupsafe import Markup
from telegram import Update

from bot import plan_words
from bot.context import CoachContext, in_place
from bot.errors import AlreadyDone, CoachError, NoSuchRecord
from bot.handlers import preparation
from bot.keyboards import Button, Keyboard
from bot.language.amounts import read_count
from bot.models import Account, Role
from bot.replies import Reply, Say, Toast
from bot.services import accounts, day_drafts, day_plans, drafts, judging, teams
from bot.services.day_drafts import Sketch
from bot.services.day_plans import Plan
from bot.texts import fitted

OFFERED = 10
"""Numbers that stand on buttons; any other is typed."""

SHORT_NAME = 5.5
"""Room for a name among others in one line, in Chinese characters."""

CHOICES = 8
"""Accounts offered where a name may mean several."""


class PlanRefused(CoachError):
    """Typed words that name no number of accounts, or no account; the text id says which."""


async def show_plan(_update: Update, context: CoachContext) -> Say:
    """Show today: open ends of earlier days first, then the list to tick, or the plan that stands."""
    if not await accounts.of(context.session, context.person):
        return _without_book(context)
    plan = await day_plans.plan_of(context.session, context.person, context.today)
    if plan is not None and day_drafts.stands(plan, context.today):
        return await standing(context, plan)
    sketch = await _proposed(context, context.today)
    left = await day_plans.open_ends(context.session, context.person, context.today)
    if not left:
        return await ticking(context, sketch)
    above = [plan_words.head(context.voice, context.today, context.today)]
    return plan_words.ends(
        context.voice, [*above, plan_words.number(context.voice, sketch.arithmetic)], left, sketch.day
    )


async def open_day(update: Update, context: CoachContext) -> Reply:
    """Show a page of a day. Raises DayOver."""
    day, page = day_of(context), int(context.arguments[1])
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await screen(context, day, page=page))


async def choose_again(update: Update, context: CoachContext) -> Reply:
    """Tick the list of a day again whose plan has not started. Raises DayOver, AlreadyDone."""
    day = day_of(context)
    plan = await day_plans.plan_of(context.session, context.person, day)
    if plan is not None and day_plans.has_started(plan, context.today):
        raise AlreadyDone
    return in_place(update.callback_query, await ticking(context, await _proposed(context, day)))


async def tick(update: Update, context: CoachContext) -> Reply:
    """Put an account on the list or take it off. Raises DayOver, AlreadyDone, NoSuchRecord."""
    _, account_id, on, page = context.arguments
    sketch = await day_drafts.mark(
        context.session, context.person, day_of(context), int(account_id), context.now, on=on == "1"
    )
    return in_place(update.callback_query, await ticking(context, sketch, page=int(page)))


async def ask_number(update: Update, context: CoachContext) -> Reply:
    """Ask how many accounts it shall be. Raises DayOver, AlreadyDone."""
    sketch = await _waiting(context)
    await drafts.ask(context.session, context.person, f"plan-number:{context.arguments[0]}", context.now)
    numbers = [
        Button(str(count), f"plan-count:{context.arguments[0]}:{count}")
        for count in range(1, min(OFFERED, len(sketch.listed)) + 1)
    ]
    rows = [numbers[at : at + 5] for at in range(0, len(numbers), 5)]
    return in_place(update.callback_query, Say(context.text("plan-which-number"), [*rows, [back(context, sketch.day)]]))


async def take_count(update: Update, context: CoachContext) -> Reply:
    """Tick so many from the top. Raises DayOver, AlreadyDone."""
    await drafts.drop(context.session, context.person)
    sketch = await _waiting(context)
    return in_place(update.callback_query, await _counted(context, sketch, int(context.arguments[1])))


async def take_number(text: str, context: CoachContext) -> Say:
    """Tick as many from the top as were typed. Raises DayOver, AlreadyDone, PlanRefused."""
    sketch = await _waiting(context)
    count = read_count(text)
    if count is None or not 1 <= count <= len(sketch.listed):
        raise PlanRefused("plan-not-a-number", most=len(sketch.listed))
    return await _counted(context, sketch, count)


async def shorten(update: Update, context: CoachContext) -> Reply:
    """Leave only what must be, and name what is left out. Raises DayOver, AlreadyDone."""
    sketch = await _waiting(context)
    stays = set(sketch.shorter())
    left = [one.account.name for one in sketch.chosen if one.account.id not in stays]
    news = context.text("plan-less-nothing")
    if left:
        names = context.label("accounts-between").join(fitted(name, SHORT_NAME) for name in left)
        news = context.voice.line("plan-less", what=names, count=len(left))
    return in_place(update.callback_query, await ticking(context, await _let(context, sketch, stays), news=news))


async def ask_account(_update: Update, context: CoachContext) -> Say:
    """Ask which account to add. Raises DayOver."""
    day_drafts.check(day_of(context), context.today)
    await drafts.ask(context.session, context.person, f"plan-add:{context.arguments[0]}", context.now)
    return Say(context.text("plan-which-account"), [[Button(context.label("cancel"), "cancel:")]])


async def take_account(text: str, context: CoachContext) -> Say:
    """Add the account that was typed; ask where it may be several. Raises DayOver, PlanRefused."""
    found = await _named(context, text)
    if not found:
        raise PlanRefused("plan-not-found", words=fitted(text, plan_words.NAME))
    if len(found) == 1:
        return await _with(context, found[0])
    rows = [[Button(one.name, f"plan-put:{context.arguments[0]}:{one.id}")] for one in found[:CHOICES]]
    return Say(context.text("plan-which-of-these", words=fitted(text, plan_words.NAME)), rows)


async def put(update: Update, context: CoachContext) -> Reply:
    """Add the account that was meant. Raises DayOver, NoSuchRecord."""
    account = await accounts.own(context.session, context.person, int(context.arguments[1]))
    return in_place(update.callback_query, await _with(context, account))


async def confirm(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Make the list the plan of its day. Raises DayOver, AlreadyDone."""
    day = day_of(context)
    await day_drafts.confirm(context.session, context.person, day, context.now)
    return [Toast(context.label("plan-confirmed")), in_place(update.callback_query, await screen(context, day))]


async def prepare(_update: Update, context: CoachContext) -> Say:
    """Show the card before a visit, below the plan. Raises NoSuchRecord."""
    account = await accounts.own(context.session, context.person, int(context.arguments[0]))
    return await preparation.card(context, account)


def day_of(context: CoachContext) -> dtm.date:
    """The day of the action, its first argument."""
    return dtm.datetime.strptime(context.arguments[0], "%Y%m%d").date()  # noqa: DTZ007 - a day


async def screen(
    context: CoachContext, day: dtm.date, *, page: int = 0, news: Markup | None = None, before: Keyboard = ()
) -> Say:
    """A day as it is now: its plan, or the list to tick. Raises DayOver."""
    day_drafts.check(day, context.today)
    plan = await day_plans.plan_of(context.session, context.person, day)
    if plan is not None and day_drafts.stands(plan, context.today):
        return await standing(context, plan, page=page, news=news, before=before)
    return await ticking(context, await sketched(context, day), page=page, news=news, before=before)


async def sketched(context: CoachContext, day: dtm.date) -> Sketch:
    """The list of a day as it was shown last, else as the rules see it now. Raises DayOver, PlanRefused."""
    return await day_drafts.waiting(context.session, context.person, day) or await _proposed(context, day)


async def ticking(
    context: CoachContext, sketch: Sketch, *, page: int = 0, news: Markup | None = None, before: Keyboard = ()
) -> Say:
    """The list to tick, with the ways on."""
    above = [plan_words.head(context.voice, sketch.day, context.today)]
    below = await _ways_on(context, sketch.day)
    return plan_words.sketch(context.voice, sketch, above, page=page, news=news, before=before, below=below)


async def standing(
    context: CoachContext, plan: Plan, *, page: int = 0, news: Markup | None = None, before: Keyboard = ()
) -> Say:
    """The plan of a day as it stands, with the ways to change it."""
    day = f"{plan.plan.day:%Y%m%d}"
    again = not day_plans.has_started(plan, context.today)
    change = Button(context.label("plan-act-again"), f"plan-again:{day}")
    if not again:
        change = Button(context.label("plan-act-edit"), f"plan-edit:{day}:0")
    add = Button(context.label("plan-act-add"), f"plan-add:{day}")
    why = Button(context.label("plan-act-why"), f"plan-why:{day}:0")
    below = [[change, add], [why], *await _ways_on(context, plan.plan.day)]
    above = [plan_words.head(context.voice, plan.plan.day, context.today)]
    return plan_words.standing(context.voice, plan, above, page=page, news=news, before=before, below=below)


def back(context: CoachContext, day: dtm.date) -> Button:
    """The way back to a day."""
    return Button(context.label("plan-back"), f"plan:{day:%Y%m%d}:0")


async def _ways_on(context: CoachContext, day: dtm.date) -> list[list[Button]]:
    """From today to open ends and to the next workday; from any other day to today."""
    if day != context.today:
        return [[Button(context.label("plan-act-today"), f"plan:{context.today:%Y%m%d}:0")]]
    workdays = await teams.workdays_of(context.session, context.person)
    following = workdays.after(day, 1)
    left = await day_plans.open_ends(context.session, context.person, context.today)
    rows = plan_words.five(context.voice, day)
    if left:
        rows.append([Button(context.label("plan-act-ends", count=len(left)), "plan-ends:")])
    if following <= day + day_drafts.AHEAD:
        label = context.label("plan-act-tomorrow", day=context.day(following))
        rows.append([Button(label, f"plan:{following:%Y%m%d}:0")])
    return rows


async def _proposed(context: CoachContext, day: dtm.date) -> Sketch:
    """The list of a day as the rules see it now. Raises DayOver, PlanRefused where they fail."""
    try:
        return await day_drafts.propose(
            context.session, context.person, day, context.now, context.shared.worker.evaluate
        )
    except judging.FAILURES as error:
        raise PlanRefused("plan-not-judged") from error


async def _waiting(context: CoachContext) -> Sketch:
    return await day_drafts.kept(context.session, context.person, day_of(context), context.now)


async def _let(context: CoachContext, sketch: Sketch, ids: Collection[int]) -> Sketch:
    return await day_drafts.tick(context.session, context.person, sketch.day, ids, context.now)


async def _counted(context: CoachContext, sketch: Sketch, count: int) -> Say:
    """The list with so many ticked; where what must stay is more than that, it says so."""
    must = len(sketch.must())
    news = context.text("plan-number-must", count=must) if must > count else None
    return await ticking(context, await _let(context, sketch, sketch.first(count)), news=news)


async def _named(context: CoachContext, text: str) -> list[Account]:
    """The accounts of his own book that the words may mean: found by any part, else named in a sentence."""
    found = await accounts.find(context.session, [context.person], text)
    if found:
        return found
    names = await accounts.names(context.session, context.person)
    keys = [candidate.key for hit in names.find(text) for candidate in hit.candidates]
    return [await accounts.own(context.session, context.person, key) for key in dict.fromkeys(keys)]


async def _with(context: CoachContext, account: Account) -> Say:
    """The day with one more account: on its plan where that stands, else on the list."""
    day = day_of(context)
    if account.archived_on is not None:
        raise NoSuchRecord
    day_drafts.check(day, context.today)
    news = context.voice.line("plan-added", what=account.name)
    plan = await day_plans.plan_of(context.session, context.person, day)
    if plan is not None and day_drafts.stands(plan, context.today):
        await day_plans.add(context.session, context.person, plan.plan.id, account.id)
    else:
        sketch = await day_drafts.mark(context.session, context.person, day, account.id, context.now, on=True)
        place = [one.account.id for one in sketch.listed].index(account.id)
        return await ticking(context, sketch, page=place // plan_words.PAGE, news=news)
    return await screen(context, day, news=news)


def _without_book(context: CoachContext) -> Say:
    """How to begin, for a manager; for anybody else, whom the plan is for."""
    if context.person.role != Role.MANAGER:
        return Say(context.text("plan-not-yours"))
    return Say(context.text("plan-empty"), [[Button(context.label("accounts-new"), "account-new:")]])
