"""What a note says, as data: cards of accounts with promises, next steps and news; kept as JSON while a draft."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

Kind = Literal["visit", "call", "appointment", "promise", "market_info", "other"]
"""What a whole note is about: a contact face to face or from afar, a meeting to come, only promises, only news."""

CardKind = Literal["visit", "call", "message", "appointment"]
"""What happened, or will happen, at one account."""

Ask = Literal["ambiguous", "no_account", "not_in_book"]
"""What the coach has to ask about an account: which of several, whose note it is, whether to add a new one."""

Outcome = Literal["order", "next_step", "issue_solved", "info", "none", "absent"]
"""What came of a contact (bot.models.visit.Outcome)."""

Topic = Literal["competitor", "price", "policy", "demand", "campaign", "other"]
"""What a market report is about (bot.models.market_report.Topic)."""


@dataclass(frozen=True)
class Commitment:
    """Something that somebody said he would do: the manager, or the client.

    `what` is the deed without its date. `due_words` is the date as said, with `proposal` where it is vague. `wording`
    is the whole clause as said, `absolute` the words of an unconditional assurance.
    """

    what: str
    due: dtm.date | None = None
    due_words: str = ""
    is_vague: bool = False
    proposal: dtm.date | None = None
    wording: str = ""
    absolute: str | None = None


@dataclass(frozen=True)
class NextStep:
    """An agreed next step, or a meeting to come where `is_appointment`."""

    what: str
    when: dtm.date | None = None
    time: dtm.time | None = None
    is_appointment: bool = False


@dataclass(frozen=True)
class MarketNews:
    """One piece of news from the field, in the words of the note."""

    topic: Topic
    text: str


@dataclass(frozen=True)
class KeptClaim:
    """An earlier promise that the note tells as fulfilled: the deed, and the clause as said."""

    what: str
    words: str


@dataclass(frozen=True)
class Card:
    """What the note says of one account.

    `account` is its key in the book, and None exactly where `ask` says what is to be asked, save on a card that is
    about no account on purpose. `heard` are the words that named it, `candidates` the keys among which to choose.
    `day` is the day of the contact or of the meeting.
    """

    account: int | None = None
    heard: str | None = None
    ask: Ask | None = None
    candidates: tuple[int, ...] = ()
    contact: str | None = None
    kind: CardKind | None = None
    day: dtm.date | None = None
    time: dtm.time | None = None
    outcome: Outcome | None = None
    promises: tuple[Commitment, ...] = ()
    client_promises: tuple[Commitment, ...] = ()
    next: NextStep | None = None
    market: tuple[MarketNews, ...] = ()
    complaint: str | None = None


@dataclass(frozen=True)
class Understanding:
    """A whole note: its cards in order of mention, whether the manager over-promised, and what he tells as kept."""

    kind: Kind
    cards: tuple[Card, ...] = ()
    overpromise: bool = False
    kept: tuple[KeptClaim, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, for the database."""
        kept: dict[str, Any] = _adapter().dump_python(self, mode="json")
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Understanding:
        """What `to_json` gave. Raises pydantic.ValidationError for anything else."""
        return _adapter().validate_python(kept)


@cache
def _adapter() -> TypeAdapter[Understanding]:
    return TypeAdapter(Understanding)
