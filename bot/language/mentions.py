"""Who a text names: accounts of the book, organisations that nobody knows yet, and people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.language.clauses import ACCOUNT, PERSON
from bot.language.names import Book, NameHit
from bot.language.people import Placed, Span, contacts_in
from bot.language.strangers import unknown_names


@dataclass(frozen=True)
class Mentions:
    """What is named in one text."""

    accounts: Sequence[NameHit]
    strangers: Sequence[Span]
    people: Sequence[Span]

    @property
    def marks(self) -> Iterator[tuple[int, int, str]]:
        """The places of all, with the marks that stand for them in a masked text (bot.language.clauses.mask)."""
        for account in self.accounts:
            yield account.start, account.end, ACCOUNT
        for stranger in self.strangers:
            yield stranger.start, stranger.end, ACCOUNT
        for person in self.people:
            yield person.start, person.end, PERSON

    def __len__(self) -> int:
        return len(self.accounts) + len(self.strangers) + len(self.people)


def mentions(text: str, book: Book | None = None, taken: Iterable[Placed] = ()) -> Mentions:
    """What a text names; strangers never where something is `taken`, a time say."""
    accounts = book.find(text) if book else []
    people = contacts_in(text, accounts)
    strangers = [
        stranger
        for stranger in unknown_names(text, [*accounts, *taken])
        if not any(stranger.start < one.start < stranger.end < one.end for one in people)
    ]
    return Mentions(accounts, strangers, people)
