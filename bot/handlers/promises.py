"""/promises: what is owed by due date, both ways; kept, moved or withdrawn with one tap; an account's history."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable

from markupsafe import Markup
from telegram import Update

from bot import promise_words
from bot.context import CoachContext, in_place
from bot.errors import AlreadyDone, UnclearDate
from bot.keyboards import Button, Keyboard, turns
from bot.language.dates import read_date
from bot.models import Account, ClientPromise, Promise
from bot.replies import Reply, Say, Toast
from bot.services import accounts, drafts, promises, teams
from bot.services.promises import KeptRate

PAGE = 4
"""Promises on one screen: two lines each, the heading and the rate leave twelve lines."""

HISTORY = 8
"""Promises of an account on one screen."""


async def list_promises(_update: Update, context: CoachContext) -> Say:
    """Show what the person owes, with his kept rate."""
    return await _owed(context)


async def turn_page(update: Update, context: CoachContext) -> Reply:
    """Show another page of what the person owes."""
    return in_place(update.callback_query, await _owed(context, page=int(context.arguments[0])))


async def keep(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Note that a promise was kept today. Raises NoSuchRecord."""
    promise = await _open(context)
    promise.kept_on = context.today
    return await _changed(update, context, promise, "promises-kept")


async def withdraw(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Note that a promise was taken back. Raises NoSuchRecord."""
    promise = await _open(context)
    promise.withdrawn_on = context.today
    return await _changed(update, context, promise, "promises-withdrawn")


async def reopen(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Take back what was tapped by mistake. Raises NoSuchRecord."""
    promise = await promises.own(context.session, context.person, int(context.arguments[0]))
    promise.kept_on = promise.withdrawn_on = None
    return [Toast(context.label("promises-reopened")), in_place(update.callback_query, await _owed(context))]


async def ask_day(_update: Update, context: CoachContext) -> Say:
    """Ask for the day that was agreed with the client: three to tap, any other to type. Raises NoSuchRecord."""
    promise = await _open(context)
    workdays = await teams.workdays_of(context.session, context.person)
    today = context.today
    days = sorted({workdays.after(today, 1), workdays.after(today, 3), workdays.on_or_after(today + dtm.timedelta(7))})
    await drafts.ask(context.session, context.person, f"promise-day:{promise.id}", context.now)
    buttons = [[Button(context.day(day), f"promise-move:{promise.id}:{day:%Y%m%d}")] for day in days]
    return Say(context.text("promises-which-day", what=promise.what), buttons)


async def move(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Move a promise to the day that was tapped. Raises NoSuchRecord."""
    promise = await _open(context)
    await drafts.drop(context.session, context.person)
    promise.move(dtm.datetime.strptime(context.arguments[1], "%Y%m%d").date(), context.today)  # noqa: DTZ007 - a day
    return await _changed(update, context, promise, "promises-moved")


async def move_to_typed(text: str, context: CoachContext) -> Say:
    """Move a promise to the day that was typed. Raises UnclearDate for what is no day from today on."""
    promise = await _open(context)
    workdays = await teams.workdays_of(context.session, context.person)
    mention = read_date(text, context.person.local(context.now), workdays)
    if mention is None or mention.day is None or mention.day < context.today:
        raise UnclearDate
    promise.move(mention.day, context.today)
    return await _owed(context, news=_news(context, promise, "promises-moved"))


async def list_client_promises(update: Update, context: CoachContext) -> Reply:
    """Show what clients said they would do."""
    return in_place(update.callback_query, await _owed_by_clients(context))


async def client_kept(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Note that a client did what he had said. Raises NoSuchRecord."""
    promise = await promises.own_client_promise(context.session, context.person, int(context.arguments[0]))
    promise.kept_on = promise.kept_on or context.today
    return [Toast(context.label("promises-noted")), in_place(update.callback_query, await _owed_by_clients(context))]


async def client_withdrew(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Note that nothing will come of what a client had said. Raises NoSuchRecord."""
    promise = await promises.own_client_promise(context.session, context.person, int(context.arguments[0]))
    promise.withdrawn_on = promise.withdrawn_on or context.today
    return [Toast(context.label("promises-noted")), in_place(update.callback_query, await _owed_by_clients(context))]


async def account_history(_update: Update, context: CoachContext) -> Say:
    """Show the promises of an account, both ways, newest first. Raises NoSuchRecord."""
    return await history(context, await accounts.seen(context.session, context.person, int(context.arguments[0])))


async def history(context: CoachContext, account: Account) -> Say:
    """The promises of an account, both ways, newest first."""
    ours, theirs = await promises.of_account(context.session, account)
    if not ours and not theirs:
        return Say(context.text("promises-no-history", account=account.name))
    half = HISTORY // 2
    lines = [_history_line(context, promise) for group in (ours, theirs) for promise in group[:half]]
    return Say(context.text("promises-history", account=account.name, lines=Markup("\n").join(lines)))


async def _open(context: CoachContext) -> Promise:
    """The open promise of the action. Raises NoSuchRecord, and AlreadyDone for one that is settled."""
    promise = await promises.own(context.session, context.person, int(context.arguments[0]))
    if not promise.is_open:
        raise AlreadyDone
    return promise


async def _changed(update: Update, context: CoachContext, promise: Promise, text_id: str) -> list[Reply]:
    news = _news(context, promise, text_id)
    undo = [] if promise.is_open else [[Button(context.label("promises-undo"), f"promise-reopen:{promise.id}")]]
    return [Toast(), in_place(update.callback_query, await _owed(context, news=news, above=undo))]


def _news(context: CoachContext, promise: Promise, text_id: str) -> Markup:
    day = promise.expected
    return context.text(text_id, what=promise.what, day=context.day(day) if day else "")


async def _owed(context: CoachContext, *, page: int = 0, news: Markup | None = None, above: Keyboard = ()) -> Say:
    """What the person owes, a page of it, under `news` of what just changed."""
    await context.session.flush()
    workdays = await teams.workdays_of(context.session, context.person)
    owed = await promises.open_of(context.session, context.person)
    rate = await promises.kept_rate(context.session, context.person, context.today, workdays)
    client_owed = await promises.open_client_promises_of(context.session, context.person)
    pages = max(1, -(-len(owed) // PAGE))
    page = min(page, pages - 1)
    shown = list(enumerate(owed, start=1))[page * PAGE : (page + 1) * PAGE]
    lines = [
        *([news] if news else []),
        context.text("promises-owed", count=len(owed)) if owed else context.text("promises-none"),
        *(promise_words.line(context.voice, number, one, context.today, workdays) for number, one in shown),
        _rate(context, rate),
    ]
    buttons = [
        *above,
        *(promise_words.row(context.voice, number, one.promise.id, "kept", "day", "drop") for number, one in shown),
    ]
    turn = [button for row in turns("promises", page, pages) for button in row]
    if client_owed:
        turn.append(Button(context.label("promises-clients", count=len(client_owed)), "client-owes:"))
    return Say(Markup("\n").join(lines), [*buttons, *([turn] if turn else [])])


async def _owed_by_clients(context: CoachContext) -> Say:
    await context.session.flush()
    workdays = await teams.workdays_of(context.session, context.person)
    owed = (await promises.open_client_promises_of(context.session, context.person))[:PAGE]
    head = context.text("promises-client-owed") if owed else context.text("promises-client-none")
    shown, voice = list(enumerate(owed, start=1)), context.voice
    lines = [head, *(promise_words.line(voice, number, one, context.today, workdays) for number, one in shown)]
    rows = [promise_words.row(voice, number, one.promise.id, "client-kept", "client-drop") for number, one in shown]
    return Say(Markup("\n").join(lines), [*rows, [Button(context.label("promises-back"), "promises:0")]])


def _rate(context: CoachContext, rate: KeptRate) -> Markup:
    if not rate.due:
        return context.text("promises-rate-none")
    return context.text(
        "promises-rate", due=rate.due, kept=rate.kept, percent=rate.percent, late=rate.late, missed=rate.missed
    )


def _history_line(context: CoachContext, promise: Promise | ClientPromise) -> Markup:
    side = "ours" if isinstance(promise, Promise) else "theirs"
    day = promise.expected if isinstance(promise, Promise) else promise.due
    when = context.day(day) if day else context.label("promises-no-day")
    return context.text(f"promises-history-{side}", mark=_mark(promise, context.today), what=promise.what, when=when)


def _mark(promise: Promise | ClientPromise, today: dtm.date) -> str:
    """How it stands: kept, kept late, taken back, open, late."""
    if promise.withdrawn_on is not None:
        return "✖"
    late_from = promise.due or dtm.date.max
    if promise.kept_on is not None:
        return "✅" if promise.kept_on <= late_from else "☑️"
    return "⏳" if today <= late_from else "❗"
