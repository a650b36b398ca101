"""Notes: one typed message becomes a card, which its author corrects by tap or by typing, and confirms with one tap."""

from __future__ import annotations

import dataclasses
import datetime as dtm
from collections.abc import Sequence

import structlog
from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnclearDate
from bot.handlers import answer
from bot.keyboards import Button
from bot.language import corrections
from bot.language.dates import read_date
from bot.language.understanding import Card, Commitment, Understanding
from bot.models import Account, Contact, Note, NoteState, Outcome, Promise
from bot.replies import Reply, Say, Toast
from bot.services import accounts, contacts, drafts, notes, questions, teams
from bot.services.promises import Owed
from bot.texts import shortened

log = structlog.stdlib.get_logger(__name__)

MEETINGS = ("visit", "call", "message", "appointment")

CHOICES = 6
"""Accounts or contacts offered by button; any other is typed."""

WEEKDAY_WORDS = ("周", "週", "星期", "礼拜", "禮拜", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Dates said by one of these are the ones most often meant a week earlier or later."""

BLANK = Understanding("other", (Card(kind="visit", ask="no_account"),))
"""What is known of a note in which nothing was found: a contact with somebody."""


async def hear(text: str, context: CoachContext) -> Say:
    """Keep a note and show what was understood."""
    note = await notes.begin(context.session, context.person, text, context.now)
    return await _understood(context, note)


async def _understood(context: CoachContext, note: Note) -> Say:
    try:
        understanding = await notes.read(context.session, context.person, note)
    except Exception:
        # The note is kept whatever happens; its author says by tap what it is about.
        log.exception("note_not_understood", note=note.id)
        notes.revise(note, BLANK)
        return await show(context, note)
    if not understanding.cards:
        notes.discard(note)
        choices = [
            [Button(context.label("note-about-account"), f"note-reopen:{note.id}")],
            [Button(context.label("note-was-question"), f"note-asks:{note.id}")],
        ]
        return Say(context.text("note-memo"), choices)
    return await show(context, note)


async def ask_which(text: str, context: CoachContext) -> Say:
    """Keep the text and ask by two buttons whether it is a question or a note."""
    note = await notes.begin(context.session, context.person, text, context.now)
    choices = [
        Button(context.label("note-is-question"), f"note-asks:{note.id}"),
        Button(context.label("note-is-note"), f"note-is:{note.id}"),
    ]
    return Say(context.text("note-which"), [choices])


async def take_as_note(update: Update, context: CoachContext) -> Reply:
    """Understand a text as a note after all. Raises NoSuchRecord."""
    note = await notes.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _understood(context, note))


async def take_as_question(_update: Update, context: CoachContext) -> Say:
    """Answer a text as a question after all. Raises NoSuchRecord."""
    note = await notes.own(context.session, context.person, int(context.arguments[0]))
    if note.state == NoteState.DRAFT:
        notes.discard(note)
    return await answer.ask(note.text, context)


async def take_question_as_note(update: Update, context: CoachContext) -> Reply:
    """Understand what was asked as a note after all. Raises NoSuchRecord."""
    question = await questions.own(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await hear(question.text, context))


async def reopen(update: Update, context: CoachContext) -> Reply:
    """Make a card of a text in which nothing was found. Raises NoSuchRecord."""
    note = await notes.own(context.session, context.person, int(context.arguments[0]))
    if note.state == NoteState.DISCARDED:
        note.state = NoteState.DRAFT
        notes.revise(note, BLANK)
    return in_place(update.callback_query, await show(context, note))


async def forgotten(context: CoachContext) -> list[Say]:
    """Cards that were never confirmed, offered once more."""
    waiting = await notes.forgotten_drafts(context.session, context.person, context.now)
    for note in waiting:
        note.offered_at = context.now
    return [await show(context, note, "note-waiting") for note in waiting if note.understanding]


async def confirm(update: Update, context: CoachContext) -> list[Reply]:
    """Turn the card into records. Raises what services.notes.confirm raises."""
    note = await _draft(context)
    recorded = await notes.confirm(context.session, context.person, note, context.now)
    understanding = Understanding.from_json(note.understanding)
    lines = [context.text("note-recorded", what=_summary(context, understanding, recorded.accounts))]
    rows: list[list[Button]] = []
    if recorded.still_owed:
        lines.append(context.text("note-still-owed"))
        for number, owed in enumerate(recorded.still_owed[:3], start=1):
            lines.append(_owed_line(context, number, owed))
            rows.append(
                [
                    Button(context.label("promises-act-kept", number=number), f"promise-kept:{owed.promise.id}"),
                    Button(context.label("promises-act-day", number=number), f"promise-day:{owed.promise.id}"),
                ]
            )
    rows.append([Button(context.label("note-undo"), f"note-undo:{note.id}")])
    return [Toast(context.label("note-confirmed")), in_place(update.callback_query, Say(Markup("\n").join(lines), rows))]


async def undo(update: Update, context: CoachContext) -> list[Reply]:
    """Take a confirmed note back; its card is open again. Raises what services.notes.undo raises."""
    note = await notes.undo(context.session, context.person, int(context.arguments[0]), context.now)
    return [Toast(context.label("note-undone")), in_place(update.callback_query, await show(context, note))]


async def discard(update: Update, context: CoachContext) -> Reply:
    """Put a draft away; the raw text stays. Raises as services.notes.draft."""
    note = await _draft(context)
    notes.discard(note)
    again = [[Button(context.label("note-about-account"), f"note-reopen:{note.id}")]]
    return in_place(update.callback_query, Say(context.text("note-discarded"), again))


async def view(update: Update, context: CoachContext) -> Reply:
    """Show the card as it stands. Raises as services.notes.draft."""
    return in_place(update.callback_query, await show(context, await _draft(context)))


async def edit(update: Update, context: CoachContext) -> Reply:
    """Show the card with a button for each field. Raises as services.notes.draft."""
    note = await _draft(context)
    understanding = Understanding.from_json(note.understanding)
    rows: list[list[Button]] = []
    for number, card in enumerate(understanding.cards):
        before = f"{number + 1} · " if len(understanding.cards) > 1 else ""
        rows += _field_rows(context, note, number, card, before)
    rows.append([_button(context, "note-back", "view", note)])
    return in_place(update.callback_query, Say((await show(context, note)).html, rows))


def _field_rows(context: CoachContext, note: Note, number: int, card: Card, before: str) -> list[list[Button]]:
    def pick(field: str) -> Button:
        return _button(context, f"note-field-{field}", "pick", note, f"{number}.{field}", before=before)

    def drop(letter: str, place: int, what: str) -> Button:
        label = context.label("note-drop", what=shortened(what, 14))
        return Button(label, f"note-set:{note.id}:{note.version}:{number}.drop.{letter}.{place}:x")

    rows = [[pick("account"), pick("contact"), pick("day")], [pick("kind"), pick("outcome")]]
    for place, said in enumerate(card.promises):
        when = context.label("note-field-due", what=shortened(said.what, 8))
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
    note = await _draft(context)
    understanding = Understanding.from_json(note.understanding)
    field = context.arguments[2]
    number, name, *place = field.split(".")
    card = understanding.cards[int(number)]
    rows: list[list[Button]] = []
    match name:
        case "account":
            rows = await _account_rows(context, note, field, card)
        case "contact":
            found = await _known_contacts(context, card)
            rows = [[_setting(note, field, str(contact.id), contact.name)] for contact in found[:CHOICES]]
            rows.append([_setting(note, field, "0", context.label("note-nobody")), _typing(context, note, field)])
        case "day":
            days = [context.today - dtm.timedelta(days=back) for back in range(3)]
            rows = [[_setting(note, field, f"{day:%Y%m%d}", context.day(day))] for day in days]
            rows.append([_typing(context, note, field)])
        case "due":
            rows = await _due_rows(context, note, field, card.promises[int(place[0])])
        case "kind":
            rows = [[_setting(note, field, kind, context.label(f"note-kind-{kind}")) for kind in MEETINGS]]
        case "outcome":
            made = [_setting(note, field, one, context.label(f"note-outcome-{one}")) for one in Outcome]
            rows = [made[:3], made[3:]]
        case _:
            raise NoSuchRecord
    rows.append([_button(context, "note-back", "edit", note)])
    return in_place(update.callback_query, Say((await show(context, note)).html, rows))


async def set_field(update: Update, context: CoachContext) -> Reply:
    """Take the tapped value. Raises as services.notes.draft, NoSuchRecord for no such field or value."""
    note = await _draft(context)
    await _apply(context, note, context.arguments[2], context.arguments[3])
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await show(context, note))


async def ask_typed(_update: Update, context: CoachContext) -> Say:
    """Ask for a value that no button offers. Raises as services.notes.draft."""
    note = await _draft(context)
    field = context.arguments[2]
    await drafts.ask(context.session, context.person, f"note-type:{note.id}:{note.version}:{field}", context.now)
    return Say(context.text(f"note-type-{field.split('.')[1]}"), [[Button(context.label("cancel"), "cancel:")]])


async def set_typed(text: str, context: CoachContext) -> Say:
    """Take a typed value. Raises as services.notes.draft, UnclearDate for words that are no day."""
    note = await _draft(context)
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
    return await show(context, note)


async def correct(text: str, context: CoachContext) -> Say:
    """Change the newest draft as a typed sentence says; where that is unclear, tell how to."""
    note = await notes.newest_draft(context.session, context.person)
    assert note is not None  # whoever calls has seen that there is one
    names = await accounts.names(context.session, context.person)
    workdays = await teams.workdays_of(context.session, context.person)
    understanding = Understanding.from_json(note.understanding)
    changed = corrections.correct(understanding, text, context.person.local(context.now), names, workdays)
    if changed is None:
        return await show(context, note, "note-unclear-correction")
    notes.revise(note, changed)
    return await show(context, note, "note-corrected")


async def _apply(context: CoachContext, note: Note, field: str, value: str) -> None:
    understanding = Understanding.from_json(note.understanding)
    number, name, *place = field.split(".")
    card = int(number)
    try:
        changed = await _changed(context, understanding, card, name, place, value)
    except (IndexError, KeyError, ValueError) as error:
        raise NoSuchRecord from error
    notes.revise(note, changed)


async def _changed(
    context: CoachContext, understanding: Understanding, card: int, name: str, place: Sequence[str], value: str
) -> Understanding:
    match name:
        case "account":
            account = await accounts.own(context.session, context.person, int(value))
            return corrections.with_account(understanding, card, account.id)
        case "new":
            heard = understanding.cards[card].heard if value == "heard" else value
            return corrections.with_new_account(understanding, card, heard or value)
        case "none":
            return corrections.without_account(understanding, card)
        case "due":
            due = _day(value) if value != "none" else None
            return corrections.with_due(understanding, card, int(place[0]), due)
        case "drop":
            return corrections.without(understanding, card, DROPPED[place[0]], int(place[1]))
        case "contact":
            who: str | None = value
            if value.isdigit():
                known = await _known_contacts(context, understanding.cards[card])
                who = next((contact.name for contact in known if contact.id == int(value)), None)
            return corrections.with_card(understanding, card, lambda old: dataclasses.replace(old, contact=who))
        case "day":
            day = _day(value)
            return corrections.with_card(understanding, card, lambda old: dataclasses.replace(old, day=day))
        case "kind" if value in MEETINGS:
            return corrections.with_card(understanding, card, lambda old: dataclasses.replace(old, kind=value))
        case "outcome":
            outcome = Outcome(value).value
            return corrections.with_card(understanding, card, lambda old: dataclasses.replace(old, outcome=outcome))
    raise KeyError(name)


DROPPED = {"p": "promises", "c": "client_promises", "m": "market", "n": "next", "t": "complaint"}
"""What can be taken off a card, by the letter in a button's action."""


def _day(value: str) -> dtm.date:
    return dtm.datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


async def _draft(context: CoachContext) -> Note:
    """The draft of the action's id and version."""
    note_id, version = context.arguments[:2]
    return await notes.draft(context.session, context.person, int(note_id), int(version))


async def show(context: CoachContext, note: Note, head: str = "note-check") -> Say:
    """The card of a draft: what was understood, what is still to be asked, and the buttons."""
    understanding = Understanding.from_json(note.understanding)
    names = {account.id: account.name for account in await accounts.of(context.session, context.person)}
    lines = [context.text(head)]
    for card in understanding.cards:
        lines += _card_lines(context, card, names)
    for claim, promise in await notes.kept_promises(context.session, context.person, understanding):
        what = promise.what if promise else claim.what
        lines.append(context.text("note-kept" if promise else "note-kept-unknown", what=shortened(what)))
    for number, card in enumerate(understanding.cards):
        if card.ask is not None:
            lines.append(context.text(f"note-ask-{card.ask}", heard=card.heard or ""))
            rows = await _account_rows(context, note, f"{number}.account", card)
            away = _button(context, "note-discard", "no", note)
            return Say(Markup("\n").join(lines), [*rows, [away]])
    rows = [row for number, card in enumerate(understanding.cards) for row in _date_rows(context, note, number, card)]
    rows.append(
        [
            _button(context, "note-ok", "ok", note),
            _button(context, "note-edit", "edit", note),
            _button(context, "note-discard", "no", note),
        ]
    )
    return Say(Markup("\n").join(lines), rows)


def _card_lines(context: CoachContext, card: Card, names: dict[int, str]) -> list[Markup]:
    """One account's part of the card: who, how, when; then one line for each thing said."""
    name = names.get(card.account or 0) or card.heard or context.label("note-no-account")
    is_new = card.account is None and card.heard is not None and card.ask is None
    facts = [
        card.contact,
        context.label(f"note-kind-{card.kind}") if card.kind else None,
        _moment(context, card.day, card.time),
        context.label(f"note-outcome-{card.outcome}") if card.outcome else None,
    ]
    head = context.text("note-account-new" if is_new else "note-account", name=name)
    lines = [Markup(" · ").join([head, *(fact for fact in facts if fact)])]
    for said in card.promises:
        when = _moment(context, said.due, None) or said.due_words or context.label("promises-no-day")
        lines.append(context.text("note-promise", what=shortened(said.what), when=when))
        if said.absolute:
            lines.append(_calmer(context, said))
    for said in card.client_promises:
        when = _moment(context, said.due, None) or context.label("promises-no-day")
        lines.append(context.text("note-client-promise", what=shortened(said.what), when=when))
    if card.next is not None:
        when = _moment(context, card.next.when, card.next.time) or context.label("promises-no-day")
        lines.append(context.text("note-next", what=shortened(card.next.what), when=when))
    for news in card.market:
        topic = context.label(f"note-topic-{news.topic}")
        lines.append(context.text("note-market", topic=topic, what=shortened(news.text)))
    if card.complaint is not None:
        lines.append(context.text("note-complaint", what=shortened(card.complaint)))
    return lines


def _calmer(context: CoachContext, said: Commitment) -> Markup:
    """The strong words, and a sentence that promises as much without them (M4.7.2.9)."""
    if said.due is None:
        return context.text("note-calmer", words=said.absolute, what=shortened(said.what, 20))
    return context.text("note-calmer-dated", words=said.absolute, what=shortened(said.what, 20), day=context.day(said.due))


def _moment(context: CoachContext, day: dtm.date | None, time: dtm.time | None) -> str:
    return " ".join([context.day(day) if day else "", f"{time:%H:%M}" if time else ""]).strip()


def _summary(context: CoachContext, understanding: Understanding, found: Sequence[Account]) -> str:
    """What was recorded, counted, in one line."""
    counts = {
        "promise": sum(len(card.promises) for card in understanding.cards),
        "client-promise": sum(len(card.client_promises) for card in understanding.cards),
        "next": sum(card.next is not None for card in understanding.cards),
        "market": sum(len(card.market) for card in understanding.cards),
        "complaint": sum(card.complaint is not None for card in understanding.cards),
        "kept": len(understanding.kept),
    }
    parts = [context.label(f"note-count-{what}", count=count) for what, count in counts.items() if count]
    return " · ".join([*(account.name for account in found), *parts])


def _owed_line(context: CoachContext, number: int, owed: Owed[Promise]) -> Markup:
    day = owed.promise.expected
    when = context.day(day) if day else context.label("promises-no-day")
    return context.text("note-owed-line", number=number, what=shortened(owed.promise.what), when=when)


def _date_rows(context: CoachContext, note: Note, number: int, card: Card) -> list[list[Button]]:
    """One tap that mends a promise's date: the proposal for a vague one, the same weekday of another week."""
    rows = []
    for place, said in enumerate(card.promises):
        other = said.proposal if said.due is None else _other_week(said, context.today)
        if other is not None:
            label = context.label("note-other-day", day=context.day(other), what=shortened(said.what, 8))
            rows.append([_setting(note, f"{number}.due.{place}", f"{other:%Y%m%d}", label)])
    return rows


def _other_week(said: Commitment, today: dtm.date) -> dtm.date | None:
    if said.due is None or not any(word in said.due_words.casefold() for word in WEEKDAY_WORDS):
        return None
    earlier = said.due - dtm.timedelta(days=7)
    return earlier if earlier >= today else said.due + dtm.timedelta(days=7)


async def _account_rows(context: CoachContext, note: Note, field: str, card: Card) -> list[list[Button]]:
    """Accounts to choose from: those that may be meant, else those seen last; a new one; none."""
    number = field.split(".")[0]
    mine = {account.id: account for account in await accounts.of(context.session, context.person)}
    meant = [mine[key] for key in card.candidates if key in mine]
    if not meant and card.heard:
        near = (await accounts.names(context.session, context.person)).near(card.heard)
        meant = [mine[hit.key] for hit in near if hit.key in mine]
    if not meant and not card.heard:
        meant = list(await accounts.seen_last(context.session, context.person, CHOICES))
    rows = [[_setting(note, field, str(account.id), account.name)] for account in meant[:CHOICES]]
    if card.heard and card.account is None:
        label = context.label("note-new-account", name=shortened(card.heard, 20))
        rows.append([_setting(note, f"{number}.new", "heard", label)])
    rows.append([_typing(context, note, field), _setting(note, f"{number}.none", "x", context.label("note-no-account"))])
    return rows


async def _due_rows(context: CoachContext, note: Note, field: str, said: Commitment) -> list[list[Button]]:
    workdays = await teams.workdays_of(context.session, context.person)
    today = context.today
    other = _other_week(said, today)
    days = {workdays.after(today, 1), workdays.after(today, 2), workdays.on_or_after(today + dtm.timedelta(days=7))}
    days |= {day for day in (other, said.proposal) if day is not None}
    days.discard(said.due or dtm.date.min)
    rows = [[_setting(note, field, f"{day:%Y%m%d}", context.day(day))] for day in sorted(days)]
    rows.append([_setting(note, field, "none", context.label("promises-no-day")), _typing(context, note, field)])
    return rows


async def _known_contacts(context: CoachContext, card: Card) -> Sequence[Contact]:
    if card.account is None:
        return []
    account = await accounts.own(context.session, context.person, card.account)
    return await contacts.of(context.session, account)


def _setting(note: Note, field: str, value: str, label: str) -> Button:
    return Button(label, f"note-set:{note.id}:{note.version}:{field}:{value}")


def _typing(context: CoachContext, note: Note, field: str) -> Button:
    return _button(context, "note-type", "type", note, field)


def _button(context: CoachContext, text_id: str, act: str, note: Note, *more: str, before: str = "") -> Button:
    return Button(f"{before}{context.label(text_id)}", ":".join([f"note-{act}", str(note.id), str(note.version), *more]))

