"""Corrections of an understood note: one field at a time by tap, or whatever a typed sentence names."""

from __future__ import annotations

import dataclasses
import datetime as dtm
import re
from collections.abc import Callable
from typing import TypeVar

from bot.language.dates import DateMention, read_date
from bot.language.names import Book, contacts_in
from bot.language.understanding import Card, MarketNews, Understanding
from bot.workdays import Workdays

T = TypeVar("T")

NOT_THIS = re.compile(r"不是[^，。,;；]{1,20}$|\bnot\s+[\w ]{1,20}$", re.IGNORECASE)
"""What a correction denies: 客户是永辉不是华联."""


def with_card(understanding: Understanding, number: int, change: Callable[[Card], Card]) -> Understanding:
    """The note with one card changed. Raises IndexError where there is no such card."""
    cards = list(understanding.cards)
    cards[number] = change(cards[number])
    return dataclasses.replace(understanding, cards=tuple(cards))


def with_account(understanding: Understanding, number: int, account: int) -> Understanding:
    """The card is about this known account."""
    return with_card(
        understanding, number, lambda card: dataclasses.replace(card, account=account, ask=None, candidates=())
    )


def with_new_account(understanding: Understanding, number: int, name: str) -> Understanding:
    """The card is about an account that will be added under this name."""
    return with_card(
        understanding, number, lambda card: dataclasses.replace(card, account=None, heard=name, ask=None, candidates=())
    )


def without_account(understanding: Understanding, number: int) -> Understanding:
    """The card is about no account, on purpose; a visit to nobody is none."""
    return with_card(
        understanding,
        number,
        lambda card: dataclasses.replace(card, account=None, heard=None, ask=None, candidates=(), kind=None),
    )


def met_at(understanding: Understanding, account: int, day: dtm.date) -> Understanding:
    """The note, written as the words of a visit at this account on this day; if it names others it stays as it is."""
    cards = understanding.cards or (Card(),)
    if any(card.account is not None or card.heard is not None for card in cards):
        return understanding

    def change(card: Card) -> Card:
        is_meeting = card.kind == "appointment"
        return dataclasses.replace(
            card,
            account=account,
            ask=None,
            candidates=(),
            kind="visit" if is_meeting or card.kind is None else card.kind,
            day=day if is_meeting else card.day or day,
            time=None,
        )

    return with_card(dataclasses.replace(understanding, kind="visit", cards=cards), 0, change)


def as_news(understanding: Understanding, text: str) -> Understanding:
    """The note, written as news from the market; where none was found in it, all of it is."""
    if any(card.market for card in understanding.cards):
        return understanding
    news = (MarketNews("other", text),)
    if understanding.cards:
        return with_card(understanding, 0, lambda card: dataclasses.replace(card, market=news))
    return dataclasses.replace(understanding, kind="market_info", cards=(Card(market=news),))


def with_due(understanding: Understanding, number: int, place: int, due: dtm.date | None) -> Understanding:
    """A promise of the card falls due on another day, or on none."""

    def change(card: Card) -> Card:
        said = list(card.promises)
        said[place] = dataclasses.replace(said[place], due=due, is_vague=False, proposal=None)
        return dataclasses.replace(card, promises=tuple(said))

    return with_card(understanding, number, change)


def without(understanding: Understanding, number: int, kind: str, place: int) -> Understanding:
    """The card without one of the things said: by kind, and by place where there may be several of the kind.

    Raises IndexError for a place, KeyError for a kind that does not exist.
    """

    def change(card: Card) -> Card:
        match kind:
            case "promise":
                return dataclasses.replace(card, promises=_less(card.promises, place))
            case "client-promise":
                return dataclasses.replace(card, client_promises=_less(card.client_promises, place))
            case "market":
                return dataclasses.replace(card, market=_less(card.market, place))
            case "next":
                return dataclasses.replace(card, next=None)
            case "complaint":
                return dataclasses.replace(card, complaint=None)
        raise KeyError(kind)

    return with_card(understanding, number, change)


def _less(entries: tuple[T, ...], place: int) -> tuple[T, ...]:
    kept = list(entries)
    del kept[place]
    return tuple(kept)


def correct(
    understanding: Understanding, text: str, now: dtm.datetime, book: Book, workdays: Workdays
) -> Understanding | None:
    """The note as a typed sentence corrects it; None where the sentence names nothing that could be meant.

    A date goes to the only promise, else to the meeting; a name to the only card.
    """
    if len(understanding.cards) != 1:
        return None
    (card,) = understanding.cards
    told = NOT_THIS.sub("", text)
    changed = understanding
    hits = [hit for hit in book.find(told) if hit.is_sure]
    if hits and hits[-1].candidates[0].key != card.account:
        changed = with_account(changed, 0, hits[-1].candidates[0].key)
    people = contacts_in(told)
    if people and people[-1].words != card.contact:
        changed = with_card(changed, 0, lambda old: dataclasses.replace(old, contact=people[-1].words))
    mention = read_date(told, now, workdays)
    if mention is not None and mention.day is not None:
        changed = _dated(changed, card, mention)
    return changed if changed != understanding else None


def _dated(understanding: Understanding, card: Card, mention: DateMention) -> Understanding:
    if len(card.promises) == 1:
        return with_due(understanding, 0, 0, mention.day)
    if card.promises:
        return understanding
    return with_card(
        understanding, 0, lambda old: dataclasses.replace(old, day=mention.day, time=mention.time or old.time)
    )
