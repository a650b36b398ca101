"""The fields of a note's card: each is corrected by a tap on a value, or by typing one."""

from __future__ import annotations

import dataclasses
import datetime as dtm
from collections.abc import Sequence
from typing import Any, get_args

from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnclearDate
from bot.handlers import note_card
from bot.keyboards import Button
from bot.language import corrections
from bot.language.dates import read_date
from bot.language.understanding import Card, CardKind, Commitment, Outcome, Understanding
from bot.models import Contact, Note
from bot.replies import Reply, Say
from bot.services import accounts, contacts, drafts, notes, teams
from bot.texts import fitted

MEETINGS: dict[str, CardKind] = {kind: kind for kind in get_args(CardKind)}
OUTCOMES: dict[str, Outcome] = {outcome: outcome for outcome in get_args(Outcome)}


async def edit(update: Update, context: CoachContext) -> Reply:
    """Show the card with a button for each of its fields. Raises as services.notes.draft."""
    note = await note_card.draft(context)
    understanding = Understanding.from_json(note.understanding)
    rows: list[list[Button]] = []
    for number, card in enumerate(understanding.cards):
        before = f"{number + 1} · " if len(understanding.cards) > 1 else ""
        rows += _field_rows(context, note, number, card, before)
    rows.append([note_card.act(context, "note-back", "view", note)])
    return in_place(update.callback_query, Say((await note_card.show(context, note)).html, rows))


def _field_rows(context: CoachContext, note: Note, number: int, card: Card, before: str) -> list[list[Button]]:
    def pick(field: str) -> Button:
        return note_card.act(context, f"note-field-{field}", "pick", note, f"{number}.{field}", before=before)

    def drop(letter: str, place: int, what: str) -> Button:
        label = context.label("note-drop", what=fitted(what, note_card.HALF if letter == "p" else note_card.WIDE))
        return Button(label, f"note-set:{note.id}:{note.version}:{number}.drop.{letter}.{place}:x")

    rows = [[pick("account"), pick("contact"), pick("day")], [pick("kind"), pick("outcome")]]
    for place, said in enumerate(card.promises):
        when = context.label("note-field-due", what=fitted(said.what, note_card.HALF))
        rows.append(
            [
                Button(when, f"note-pick:{note.id}:{note.version}:{number}.due.{place}"),
                drop("p", place, said.what),
            ]
        )
    dropped = [
        *(drop("c", place, said.what) for place, said in enumerate(card.client_promises)),
        *(drop("m", place, news.text) for place, news in enumerate(card.market)),
        *([drop("n", 0, card.next.what)] if card.next else []),
        *([drop("t", 0, card.complaint)] if card.complaint else []),
    ]
    return rows + [[button] for button in dropped]


async def pick(update: Update, context: CoachContext) -> Reply:
    """Offer values for one field of a card. Raises as services.notes.draft, NoSuchRecord for no such field."""
    note = await note_card.draft(context)
    understanding = Understanding.from_json(note.understanding)
    field = context.arguments[2]
    number, name, *place = field.split(".")
    card = understanding.cards[int(number)]
    rows: list[list[Button]] = []
    match name:
        case "account":
            rows = await note_card.account_rows(context, note, field, card)
        case "contact":
            found = await _known_contacts(context, card)
            rows = [
                [note_card.setting(note, field, str(contact.id), contact.name)]
                for contact in found[: note_card.CHOICES]
            ]
            rows.append(
                [
                    note_card.setting(note, field, "0", context.label("note-nobody")),
                    note_card.typing(context, note, field),
                ]
            )
        case "day":
            days = [context.today - dtm.timedelta(days=back) for back in range(3)]
            rows = [[note_card.setting(note, field, f"{day:%Y%m%d}", context.day(day))] for day in days]
            rows.append([note_card.typing(context, note, field)])
        case "due":
            rows = await _due_rows(context, note, field, card.promises[int(place[0])])
        case "kind":
            rows = [[note_card.setting(note, field, kind, context.label(f"note-kind-{kind}")) for kind in MEETINGS]]
        case "outcome":
            made = [note_card.setting(note, field, one, context.label(f"note-outcome-{one}")) for one in OUTCOMES]
            rows = [made[:3], made[3:]]
        case _:
            raise NoSuchRecord
    rows.append([note_card.act(context, "note-back", "edit", note)])
    return in_place(update.callback_query, Say((await note_card.show(context, note)).html, rows))


async def set_field(update: Update, context: CoachContext) -> Reply:
    """Take the tapped value. Raises as services.notes.draft, NoSuchRecord for no such field or value."""
    note = await note_card.draft(context)
    await _apply(context, note, context.arguments[2], context.arguments[3])
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await note_card.show(context, note))


async def ask_typed(_update: Update, context: CoachContext) -> Say:
    """Ask for a value that no button offers. Raises as services.notes.draft."""
    note = await note_card.draft(context)
    field = context.arguments[2]
    await drafts.ask(context.session, context.person, f"note-type:{note.id}:{note.version}:{field}", context.now)
    return Say(context.text(f"note-type-{field.split('.')[1]}"), [[Button(context.label("cancel"), "cancel:")]])


async def set_typed(text: str, context: CoachContext) -> Say:
    """Take a typed value. Raises as services.notes.draft, UnclearDate for words that are no day."""
    note = await note_card.draft(context)
    field = context.arguments[2]
    value = text
    if field.split(".")[1] in ("day", "due"):
        workdays = await teams.workdays_of(context.session, context.person)
        mention = read_date(text, context.person.local(context.now), workdays)
        if mention is None or mention.day is None:
            raise UnclearDate
        value = f"{mention.day:%Y%m%d}"
    elif field.split(".")[1] == "account":
        names = await accounts.names(context.session, context.person)
        hits = names.find(text)
        if hits and hits[0].is_sure:
            value = str(hits[0].candidates[0].key)
        else:
            field = f"{field.split('.')[0]}.new"
    await _apply(context, note, field, value)
    return await note_card.show(context, note)


async def _apply(context: CoachContext, note: Note, field: str, value: str) -> None:
    """Put a value into a field: `CARD.NAME` or `CARD.NAME.PLACE`. Raises NoSuchRecord for what does not exist."""
    understanding = Understanding.from_json(note.understanding)
    number, name, *place = field.split(".")
    try:
        changed = await _changed(context, understanding, int(number), name, value, *place)
    except (IndexError, KeyError, ValueError) as error:
        raise NoSuchRecord from error
    notes.revise(note, changed)


async def _changed(
    context: CoachContext, understanding: Understanding, number: int, name: str, value: str, *place: str
) -> Understanding:
    match name:
        case "account":
            account = await accounts.own(context.session, context.person, int(value))
            return corrections.with_account(understanding, number, account.id)
        case "new":
            heard = understanding.cards[number].heard if value == "heard" else value
            return corrections.with_new_account(understanding, number, heard or value)
        case "none":
            return corrections.without_account(understanding, number)
        case "due":
            return corrections.with_due(understanding, number, int(place[0]), None if value == "none" else _day(value))
        case "drop":
            return corrections.without(understanding, number, DROPPED[place[0]], int(place[1]))
    simple = {name: await _value(context, understanding.cards[number], name, value)}
    return corrections.with_card(understanding, number, lambda card: dataclasses.replace(card, **simple))


async def _value(context: CoachContext, card: Card, name: str, value: str) -> Any:
    match name:
        case "day":
            return _day(value)
        case "kind":
            return MEETINGS[value]
        case "outcome":
            return OUTCOMES[value]
        case "contact" if value.isdigit():
            known = await _known_contacts(context, card)
            return next((contact.name for contact in known if contact.id == int(value)), None)
        case "contact":
            return value
    raise KeyError(name)


DROPPED = {"p": "promise", "c": "client-promise", "m": "market", "n": "next", "t": "complaint"}
"""What can be taken off a card, by the letter in a button's action."""


def _day(value: str) -> dtm.date:
    return dtm.datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


async def _due_rows(context: CoachContext, note: Note, field: str, said: Commitment) -> list[list[Button]]:
    workdays = await teams.workdays_of(context.session, context.person)
    today = context.today
    other = note_card.other_week(said, today)
    days = {workdays.after(today, 1), workdays.after(today, 2), workdays.on_or_after(today + dtm.timedelta(days=7))}
    days |= {day for day in (other, said.proposal) if day is not None}
    days.discard(said.due or dtm.date.min)
    rows = [[note_card.setting(note, field, f"{day:%Y%m%d}", context.day(day))] for day in sorted(days)]
    rows.append(
        [
            note_card.setting(note, field, "none", context.label("promises-no-day")),
            note_card.typing(context, note, field),
        ]
    )
    return rows


async def _known_contacts(context: CoachContext, card: Card) -> Sequence[Contact]:
    if card.account is None:
        return []
    account = await accounts.own(context.session, context.person, card.account)
    return await contacts.of(context.session, account)
