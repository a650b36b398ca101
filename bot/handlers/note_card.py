"""The card of a note: what was understood, what is still to be asked, and the buttons below it."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from markupsafe import Markup

from bot.context import CoachContext
from bot.keyboards import Button
from bot.language.understanding import Card, Commitment, Understanding
from bot.models import Account, Note, Promise
from bot.replies import Say
from bot.services import accounts, notes
from bot.services.promises import Owed
from bot.texts import fitted, room, shortened

CHOICES = 6
"""Accounts or contacts offered by button; any other is typed."""

WIDE, HALF = 18.0, 7.0
"""Room of a button's label that has a row to itself, or half of one, in Chinese characters."""

WEEKDAY_WORDS = ("周", "週", "星期", "礼拜", "禮拜", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Dates said by one of these are the ones most often meant a week earlier or later."""


async def draft(context: CoachContext) -> Note:
    """The draft of the action's id and version. Raises as services.notes.draft."""
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
            rows = await account_rows(context, note, f"{number}.account", card)
            away = act(context, "note-discard", "no", note)
            return Say(Markup("\n").join(lines), [*rows, [away]])
    several = sum(len(card.promises) for card in understanding.cards) > 1
    rows = [
        row
        for number, card in enumerate(understanding.cards)
        for row in _date_rows(context, note, number, card, is_one_of_several=several)
    ]
    rows.append(
        [
            act(context, "note-ok", "ok", note),
            act(context, "note-edit", "edit", note),
            act(context, "note-discard", "no", note),
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
    return context.text(
        "note-calmer-dated", words=said.absolute, what=shortened(said.what, 20), day=context.day(said.due)
    )


def _moment(context: CoachContext, day: dtm.date | None, time: dtm.time | None) -> str:
    return " ".join([context.day(day) if day else "", f"{time:%H:%M}" if time else ""]).strip()


def summary(context: CoachContext, understanding: Understanding, found: Sequence[Account]) -> str:
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


def owed_line(context: CoachContext, number: int, owed: Owed[Promise]) -> Markup:
    """A promise of the account that is still open, numbered for its buttons."""
    day = owed.promise.expected
    when = context.day(day) if day else context.label("promises-no-day")
    return context.text("note-owed-line", number=number, what=shortened(owed.promise.what), when=when)


def _date_rows(
    context: CoachContext, note: Note, number: int, card: Card, *, is_one_of_several: bool
) -> list[list[Button]]:
    """One tap that mends a promise's date: the proposal for a vague one, the same weekday of another week.

    Of several promises each is named.
    """
    rows = []
    for place, said in enumerate(card.promises):
        other = said.proposal if said.due is None else other_week(said, context.today)
        if other is not None:
            label = context.label("note-other-day", day=context.day(other))
            if is_one_of_several:
                left = WIDE - room(context.label("note-other-day-of", day=context.day(other), what=""))
                label = context.label("note-other-day-of", day=context.day(other), what=fitted(said.what, left))
            rows.append([setting(note, f"{number}.due.{place}", f"{other:%Y%m%d}", label)])
    return rows


def other_week(said: Commitment, today: dtm.date) -> dtm.date | None:
    """The same weekday of the week before, or after, for a date that was said by its weekday; else None."""
    if said.due is None or not any(word in said.due_words.casefold() for word in WEEKDAY_WORDS):
        return None
    earlier = said.due - dtm.timedelta(days=7)
    return earlier if earlier >= today else said.due + dtm.timedelta(days=7)


async def account_rows(context: CoachContext, note: Note, field: str, card: Card) -> list[list[Button]]:
    """Accounts to choose from by button: those that may be meant, else those seen last; a new one; none."""
    number, _ = field.split(".", maxsplit=1)
    mine = {account.id: account for account in await accounts.of(context.session, context.person)}
    meant = [mine[key] for key in card.candidates if key in mine]
    if not meant and card.heard:
        meant = await accounts.near(context.session, context.person, card.heard)
    if not meant and not card.heard and card.contact:
        names = await accounts.names(context.session, context.person)
        meant = [mine[hit.key] for hit in names.accounts_of(card.contact) if hit.key in mine]
    if not meant and not card.heard:
        meant = list(await accounts.seen_last(context.session, context.person, CHOICES))
    rows = [[setting(note, field, str(account.id), account.name)] for account in meant[:CHOICES]]
    if card.heard and card.account is None:
        left = WIDE - room(context.label("note-new-account", name=""))
        label = context.label("note-new-account", name=fitted(card.heard, left))
        rows.append([setting(note, f"{number}.new", "heard", label)])
    rows.append([typing(context, note, field), setting(note, f"{number}.none", "x", context.label("note-no-account"))])
    return rows


def setting(note: Note, field: str, value: str, label: str) -> Button:
    """A button that puts a value into a field."""
    return Button(label, f"note-set:{note.id}:{note.version}:{field}:{value}")


def typing(context: CoachContext, note: Note, field: str) -> Button:
    """A button that asks for the value of a field to be typed."""
    return act(context, "note-type", "type", note, field)


def act(context: CoachContext, text_id: str, verb: str, note: Note, *more: str, before: str = "") -> Button:
    """A button that acts on the draft as it is shown."""
    action = ":".join([f"note-{verb}", str(note.id), str(note.version), *more])
    return Button(f"{before}{context.label(text_id)}", action)
