"""/review: the day told with one tap for each planned account, market news, tomorrow's first step, and a close."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable, Sequence
from functools import partial

from markupsafe import Markup
from telegram import Update

from bot import review_words
from bot.context import CoachContext, in_place
from bot.errors import AlreadyDone, NoSuchRecord, UnclearDate
from bot.handlers import note, note_card
from bot.handlers.message import heed
from bot.keyboards import Button, Keyboard
from bot.language import corrections
from bot.language.dates import read_date
from bot.models import PlannedState
from bot.replies import Reply, Say, Toast
from bot.services import accounts, day_plans, drafts, flags, notes, preparation, promises, reviews_of_day, teams
from bot.services.day_plans import Item
from bot.texts import fitted, shortened

REASONS = ("absent", "time")
"""Why somebody did not go, by button; another day and anything else are asked for."""

DRAFTS = 3
"""Notes that are offered together."""

STEPS = 4
"""First steps offered by button; any other is typed."""

LOOKED_THROUGH = 50
"""Agreed next steps among which the first one is sought."""

NIGHT = dtm.timedelta(hours=4)
"""So long after midnight the evening is still that of the day before."""


async def review(_update: Update, context: CoachContext) -> Say:
    """Show the day, whatever of it was told already."""
    if not await accounts.of(context.session, context.person):
        return Say(context.text("evening-no-book"))
    return await _screen(context, context.person.today(context.now - NIGHT))


async def open_review(update: Update, context: CoachContext) -> Reply:
    """Show the day again; nothing is waited for any more."""
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _screen(context, _day(context)))


async def went(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Record a visit at once, and wait for a sentence about it. Raises NoSuchRecord, AlreadyDone."""
    item = await _open(context)
    await day_plans.settle_done(context.session, context.person, item.plan.id, item.account.id, context.now)
    await drafts.ask(context.session, context.person, f"review-note:{review_words.about(item)}", context.now)
    return await _noted(update, context, _news(context, "evening-went", item))


async def met_nobody(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Record an attempt at which nobody was met. Raises NoSuchRecord, AlreadyDone, TooLongAgo."""
    session, person, item = context.session, context.person, await _open(context)
    await drafts.drop(session, person)
    await notes.tell_by_tap(session, person, item.account, item.plan.day, context.now, outcome="absent")
    await day_plans.settle_done(session, person, item.plan.id, item.account.id, context.now)
    return await _noted(update, context, _news(context, "evening-nobody", item))


async def take_sentence(text: str, context: CoachContext) -> Say:
    """Read what was typed after a visit as the note of it. Raises NoSuchRecord, NotAnAnswer."""
    account = await accounts.own(context.session, context.person, int(context.arguments[1]))
    await heed(text, context)
    return await note.hear(text, context, partial(corrections.met_at, account=account.id, day=_day(context)))


async def ask_why(update: Update, context: CoachContext) -> Reply:
    """Ask why a planned account was not visited. Raises NoSuchRecord, AlreadyDone."""
    item = await _open(context)
    about = review_words.about(item)
    await drafts.ask(context.session, context.person, f"review-why:{about}", context.now)
    rows = [
        [Button(context.label(f"evening-why-{reason}"), f"review-why:{about}:{reason}") for reason in REASONS],
        [Button(context.label("evening-act-day"), f"review-day:{about}")],
        [Button(context.label("evening-act-nobody"), f"review-nobody:{about}")],
        [_back(context)],
    ]
    return in_place(update.callback_query, Say(_news(context, "evening-why", item), rows))


async def miss(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Keep the tapped reason. Raises NoSuchRecord, AlreadyDone."""
    item = await _open(context)
    reason = context.arguments[2]
    if reason not in REASONS:
        raise NoSuchRecord
    await drafts.drop(context.session, context.person)
    return await _noted(update, context, await _missed(context, item, context.label(f"evening-why-{reason}")))


async def miss_typed(text: str, context: CoachContext) -> Say:
    """Keep the typed reason. Raises NoSuchRecord, AlreadyDone."""
    return await _undoable(context, await _missed(context, await _open(context), text))


async def _missed(context: CoachContext, item: Item, reason: str) -> Markup:
    session, person = context.session, context.person
    today = person.today(context.now - NIGHT)
    await day_plans.settle_drop(session, person, item.plan.id, item.account.id, reason, today=today)
    return _news(context, "evening-missed-news", item, reason=shortened(reason))


async def ask_day(update: Update, context: CoachContext) -> Reply:
    """Ask to which day the visit was put off. Raises NoSuchRecord, AlreadyDone."""
    item = await _open(context)
    workdays = await teams.workdays_of(context.session, context.person)
    about, today = review_words.about(item), context.today
    await drafts.ask(context.session, context.person, f"review-day:{about}", context.now)
    days = sorted({workdays.after(today, 1), workdays.after(today, 2), workdays.on_or_after(today + dtm.timedelta(7))})
    rows = [[Button(context.day(day), f"review-move:{about}:{day:%Y%m%d}")] for day in days]
    return in_place(update.callback_query, Say(_news(context, "evening-which-day", item), [*rows, [_back(context)]]))


async def move(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Move a planned account to the tapped day. Raises NoSuchRecord, AlreadyDone, UnclearDate."""
    item = await _open(context)
    await drafts.drop(context.session, context.person)
    return await _noted(update, context, await _moved(context, item, _as_day(context.arguments[2])))


async def move_typed(text: str, context: CoachContext) -> Say:
    """Move a planned account to the typed day. Raises NoSuchRecord, AlreadyDone, UnclearDate."""
    item = await _open(context)
    workdays = await teams.workdays_of(context.session, context.person)
    mention = read_date(text, context.person.local(context.now), workdays)
    if mention is None or mention.day is None:
        raise UnclearDate
    return await _undoable(context, await _moved(context, item, mention.day))


async def _moved(context: CoachContext, item: Item, to: dtm.date) -> Markup:
    ids = item.plan.id, item.account.id
    await day_plans.settle_move(context.session, context.person, *ids, to, today=context.today)
    return _news(context, "evening-moved-news", item, day=context.day(to))


async def undo(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Take back what was tapped last of a planned account. Raises NoSuchRecord, AlreadyDone, TooLateToUndo."""
    item = await _item(context)
    if item.planned.state == PlannedState.PLANNED:
        raise AlreadyDone
    await drafts.drop(context.session, context.person)
    await day_plans.reopen(context.session, context.person, item.plan.id, item.account.id, context.now)
    screen = await _screen(context, item.plan.day)
    return [Toast(context.label("evening-undone")), in_place(update.callback_query, screen)]


async def ask_news(_update: Update, context: CoachContext) -> Say:
    """Ask for a line of market news."""
    await drafts.ask(context.session, context.person, f"review-news:{context.arguments[0]}", context.now)
    return Say(context.text("evening-which-news"), [[Button(context.label("cancel"), "cancel:")]])


async def take_news(text: str, context: CoachContext) -> Say:
    """Read what was typed as market news. Raises NotAnAnswer."""
    await heed(text, context)
    return await note.hear(text, context, partial(corrections.as_news, text=text))


async def ask_step(update: Update, context: CoachContext) -> Reply:
    """Ask what comes first on the next workday: what falls due then, who was not visited, or anything typed."""
    day = _day(context)
    await drafts.ask(context.session, context.person, f"review-step:{day:%Y%m%d}", context.now)
    rows = [
        [Button(shortened(words), f"review-first:{day:%Y%m%d}:{key}")]
        for key, words in (await _first_steps(context, day)).items()
    ]
    return in_place(update.callback_query, Say(context.text("evening-which-step"), [*rows, [_back(context)]]))


async def choose_step(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Keep the tapped first step. Raises NoSuchRecord for one that is settled meanwhile."""
    day = _day(context)
    words = (await _first_steps(context, day)).get(context.arguments[1])
    if words is None:
        raise NoSuchRecord
    await drafts.drop(context.session, context.person)
    await reviews_of_day.set_first_step(context.session, context.person, day, words)
    return [Toast(context.label("evening-noted")), in_place(update.callback_query, await _screen(context, day))]


async def take_step(text: str, context: CoachContext) -> Say:
    """Keep the typed first step."""
    day = _day(context)
    await reviews_of_day.set_first_step(context.session, context.person, day, text)
    return await _screen(context, day)


async def _first_steps(context: CoachContext, day: dtm.date) -> dict[str, str]:
    """What may come first on the next workday, by key: what is for that day, what is late, who was not visited."""
    session, person = context.session, context.person
    until = (await teams.workdays_of(session, person)).after(day, 1)
    found: list[tuple[bool, str, str]] = []
    for step, account in await preparation.coming(session, person, until, LOOKED_THROUGH):
        when = f"{step.time:%H:%M} " if step.time and step.due == until else ""
        what = step.what or step.contact or ""
        words = context.label("evening-first-step", when=when, account=account.name, what=what)
        found.append((step.due == until, f"s{step.id}", words))
    for owed in await promises.open_of(session, person):
        if owed.promise.expected is not None and owed.promise.expected <= until:
            text_id = "evening-first-promise" if owed.account else "evening-first-deed"
            words = context.label(text_id, account=owed.account or "", what=owed.promise.what)
            found.append((owed.promise.expected > day, f"p{owed.promise.id}", words))
    for item in (await reviews_of_day.review_of(session, person, day)).to_tell:
        words = context.label("evening-first-account", account=item.account.name)
        found.append((False, f"a{item.account.id}", words))
    found.sort(key=lambda one: not one[0])
    return {key: words for _, key, words in found[:STEPS]}


async def offer_drafts(_update: Update, context: CoachContext) -> Sequence[Say]:
    """Offer the notes that were never confirmed."""
    waiting = await notes.drafts_of(context.session, context.person)
    if not waiting:
        raise AlreadyDone
    return [await note_card.show(context, one, "note-waiting") for one in waiting[:DRAFTS]]


async def close(update: Update, context: CoachContext) -> Iterable[Reply]:
    """End the day with a line of praise, or the one flag that matters; a second time only shows it again."""
    session, person, day = context.session, context.person, _day(context)
    await drafts.drop(session, person)
    is_first = await reviews_of_day.close(session, person, day, context.now)
    evening = await reviews_of_day.review_of(session, person, day)
    praise = await reviews_of_day.praise(session, person, day)
    worst = await flags.open_of(session, person, context.today)
    said = review_words.closing(context.voice, evening, praise, worst[0] if worst else None)
    toast = context.label("evening-good-night" if is_first else "evening-closed-before")
    return [Toast(toast), in_place(update.callback_query, said)]


async def _screen(context: CoachContext, day: dtm.date, *, news: Markup | None = None, above: Keyboard = ()) -> Say:
    await context.session.flush()
    evening = await reviews_of_day.review_of(context.session, context.person, day)
    waiting = await notes.drafts_of(context.session, context.person)
    return review_words.screen(context.voice, evening, len(waiting), news=news, above=above)


async def _noted(update: Update, context: CoachContext, news: Markup) -> list[Reply]:
    return [Toast(context.label("evening-noted")), in_place(update.callback_query, await _undoable(context, news))]


def _news(context: CoachContext, text_id: str, item: Item, **values: object) -> Markup:
    """A sentence about a planned account."""
    return context.text(text_id, name=fitted(item.account.name, review_words.NAME), **values)


async def _undoable(context: CoachContext, news: Markup) -> Say:
    """The day of the action under what was just told of an account, which can be taken back."""
    again = Button(context.label("evening-act-undo"), f"review-undo:{':'.join(context.arguments[:2])}")
    return await _screen(context, _day(context), news=news, above=[[again]])


async def _item(context: CoachContext) -> Item:
    """The planned account of the action's day and id. Raises NoSuchRecord."""
    plan = await day_plans.plan_of(context.session, context.person, _day(context))
    found = [item for item in plan.items if item.account.id == int(context.arguments[1])] if plan else []
    if not found:
        raise NoSuchRecord
    return found[0]


async def _open(context: CoachContext) -> Item:
    """The planned account of the action, still to be told of. Raises NoSuchRecord, AlreadyDone."""
    item = await _item(context)
    if not item.is_open:
        raise AlreadyDone
    return item


def _day(context: CoachContext) -> dtm.date:
    return _as_day(context.arguments[0])


def _as_day(text: str) -> dtm.date:
    return dtm.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


def _back(context: CoachContext) -> Button:
    return Button(context.label("evening-back"), f"review:{context.arguments[0]}")
