"""Handing a manager's accounts over to another: whom to give them, the whole book or one by one."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.context import CoachContext, in_place
from bot.keyboards import Button, turns
from bot.models import Person
from bot.replies import Reply, Say
from bot.services import people, transfers
from bot.services.transfers import Handover
from bot.texts import shortened

PAGE = 8
"""Accounts or managers on one screen."""


async def choose_receiver(update: Update, context: CoachContext) -> Reply:
    """Ask who takes the accounts over. Raises NoSuchRecord."""
    giver = await people.led(context.session, context.person, int(context.arguments[0]))
    found = await transfers.receivers(context.session, context.person, giver)
    buttons = [[Button(person.name, f"hand:{giver.id}:{person.id}")] for person in found]
    buttons.append([_back(context, giver)])
    text_id = "transfer-to-whom" if found else "transfer-to-nobody"
    return in_place(update.callback_query, Say(context.text(text_id, name=giver.name), buttons))


async def choose_accounts(update: Update, context: CoachContext) -> Reply:
    """Offer the whole book and each account of it. Raises NoSuchRecord."""
    giver_id, receiver_id, *page = map(int, context.arguments)
    giver = await people.led(context.session, context.person, giver_id)
    receiver = await people.led(context.session, context.person, receiver_id)
    return in_place(update.callback_query, await _choice(context, giver, receiver, *page))


async def hand_over(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Hand over what was tapped, and tell both managers. Raises NoSuchRecord."""
    giver_id, receiver_id, which = context.arguments
    done = await transfers.hand_over(
        context.session,
        context.person,
        int(giver_id),
        int(receiver_id),
        now=context.now,
        account_id=None if which == "all" else int(which),
    )
    told: list[Say] = []
    if done.moved:
        giver, receiver, by = done.giver, done.receiver, context.person.name
        told += context.tell(receiver, "transfer-received", count=done.moved, giver=giver.name, by=by)
        told += context.tell(giver, "transfer-given", count=done.moved, receiver=receiver.name, by=by)
    said = await _choice(context, done.giver, done.receiver, done=done)
    return [in_place(update.callback_query, said), *told]


async def _choice(
    context: CoachContext, giver: Person, receiver: Person, page: int = 0, *, done: Handover | None = None
) -> Say:
    book = await transfers.book(context.session, giver)
    pair = f"{giver.id}:{receiver.id}"
    buttons = [
        [Button(shortened(account.name), f"handed:{pair}:{account.id}")]
        for account in book[page * PAGE : (page + 1) * PAGE]
    ]
    if book:
        buttons.insert(0, [Button(context.label("transfer-all", count=len(book)), f"handed:{pair}:all")])
    turn = turns(f"hand:{pair}", page, len(book), PAGE)
    html = context.text(
        "transfer-which" if book else "transfer-empty", giver=giver.name, receiver=receiver.name, count=len(book)
    )
    if done is not None:
        html = context.text("transfer-done", count=done.moved, receiver=receiver.name) + html
        if done.stayed:
            names = context.label("team-between").join(shortened(name, 20) for name in done.stayed[:PAGE])
            html += context.text("transfer-stayed", receiver=receiver.name, names=names)
    return Say(html, [*buttons, *turn, [_back(context, giver)]])


def _back(context: CoachContext, giver: Person) -> Button:
    return Button(context.label("team-back-to-member", name=giver.name), f"member:{giver.id}")
