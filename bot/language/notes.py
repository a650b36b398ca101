"""Notes: what one message of a manager tells, account by account."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import Iterator, Sequence

from bot.language.clauses import TIME, clauses, mask
from bot.language.dates import DateMention, find_dates
from bot.language.events import Events
from bot.language.mentions import mentions
from bot.language.names import Book
from bot.language.patterns import pattern
from bot.language.promises import dialogue
from bot.language.subjects import Subject, subjects
from bot.language.understanding import Card, CardKind, Kind, Understanding
from bot.workdays import Workdays

INNER = (("notes", "office"), ("promises", "internal"), ("promises", "process"))
"""Groups of the lexicon that tell of work inside the house."""

SOMEBODY_ELSE = re.compile(r"'s (?!here|in\b|happy|moaning|asking|going|been|got)")
"""Behind a name: not he himself (Priya's boss)."""


def understand(text: str, now: dtm.datetime, book: Book, workdays: Workdays) -> Understanding:
    """What a note tells. `now` is the manager's local time; relative dates count from it, in his workdays."""
    return Note(text, now, book, workdays).understood()


class Note:
    """One note while it is read: what is named in it, its clauses, and what these tell."""

    def __init__(self, text: str, now: dtm.datetime, book: Book, workdays: Workdays) -> None:
        """Read a text; the arguments are those of `understand`."""
        self.text, self.now, self.workdays = text, now, workdays
        self.dates = find_dates(text, now, workdays)
        named = mentions(text, book, self.dates)
        self.people = named.people
        times = ((start, end, TIME) for one in self.dates for start, end in self._places_of(one))
        self.masked = mask(text, [*times, *named.marks])
        self.clauses = clauses(text, self.masked)
        self.dialogue = dialogue(self.clauses, self.dates, now)
        self.events = Events(self.clauses, self.dates, self.dialogue.given, now)
        self.subjects, nameless = subjects(text, self.clauses, named)
        if not self.subjects and self._is_worth_recording():
            self.subjects = [Subject(ask="no_account", clauses=nameless)]

    def understood(self) -> Understanding:
        """What the note tells."""
        kind = self._kind()
        cards = [] if kind in ("market_info", "other") else [self._card(subject, kind) for subject in self.subjects]
        if kind == "market_info":
            cards = [Card(market=self.events.news(range(len(self.clauses))))]
        return Understanding(kind, tuple(cards), bool(self.dialogue.absolute), tuple(self.dialogue.kept))

    def _places_of(self, one: DateMention) -> Iterator[tuple[int, int]]:
        """Where the words of a time stand; what lies between it and an earlier one that it corrects is no time."""
        own = self.text.rfind(one.words, one.start, one.end)
        if own <= one.start:
            yield one.start, one.end
            return
        yield own, one.end
        for earlier in find_dates(self.text[one.start : own], self.now, self.workdays):
            yield one.start + earlier.start, one.start + earlier.end

    def _is_worth_recording(self) -> bool:
        """Whether a note that names no account tells of work with one."""
        has_client = bool(self.people) or any(clause.subject == "client" for clause in self.clauses)
        if has_client or (self.dialogue.given and pattern("notes", "to_client").search(self.masked)):
            return bool(self.people or self.dialogue.given or any(self.events.told))
        told = {one for one in self.events.told if one}
        is_news = told <= {"absent"} and self.events.is_only_news(has_account=False)
        return bool(told) and not is_news and not pattern("notes", "office").search(self.masked)

    def _kind(self) -> Kind:
        told = [one for one in self.events.told if one]
        first = next((one for one in told if one != "talked"), None)
        if not self.subjects:
            return "market_info" if self.events.is_only_news(has_account=False) else "other"
        ahead = any(self.events.next_step(subject.clauses) for subject in self.subjects)
        if first or self.dialogue.kept or (told and not (ahead and self.events.opens_with_a_meeting())):
            return "call" if first == "called" else "visit"
        if ahead:
            is_visited = not self.events.opens_with_a_meeting() and self.events.tells_of_an_account()
            return "visit" if is_visited else "appointment"
        if self.events.promising:
            is_visit = self.events.is_headed() or self.events.tells_of_an_account()
            return "visit" if is_visit else "promise"
        if self.events.is_only_news(has_account=True):
            return "market_info"
        is_inner = any(pattern(file, group).search(self.masked) for file, group in INNER)
        return "other" if is_inner else "visit"

    def _card(self, subject: Subject, kind: Kind) -> Card:
        given = [one for one in self.dialogue.given if one.clause in subject.clauses]
        ahead = self.events.next_step(subject.clauses)
        happened = self._happened(subject, kind, has_more=bool(given or ahead))
        is_contact = happened in ("visit", "call", "message")
        is_meeting = happened == "appointment" and ahead is not None
        past = self.events.past_day(subject.clauses)
        return Card(
            account=subject.account,
            heard=subject.heard,
            ask=subject.ask,
            candidates=subject.candidates,
            contact=self._contact(subject.clauses),
            kind=happened,
            day=ahead.when if is_meeting and ahead else past or (self.now.date() if is_contact else None),
            time=ahead.time if is_meeting and ahead else None,
            outcome=self.events.outcome(subject.clauses, is_agreed=bool(given or ahead)) if is_contact else None,
            promises=tuple(one.commitment for one in given if one.by == "manager"),
            client_promises=tuple(one.commitment for one in given if one.by == "client"),
            next=ahead,
            market=self.events.news(subject.clauses),
            complaint=self.events.complaint(subject.clauses),
        )

    def _happened(self, subject: Subject, kind: Kind, *, has_more: bool) -> CardKind | None:
        """What happened at one account; an account of which nothing is told shares what the whole note tells."""
        told = {one for number in subject.clauses if (one := self.events.told[number])}
        if told:
            return "call" if "called" in told and "visited" not in told else "visit"
        if self.events.next_step(subject.clauses):
            return "appointment"
        return kind if kind in ("visit", "call") and not has_more else None

    def _contact(self, numbers: Sequence[int]) -> str | None:
        """The first person whom the manager met or talked to."""
        for number in numbers:
            clause = self.clauses[number]
            for person in self.people:
                behind = self.masked[person.end : clause.end].lstrip()
                is_missed = pattern("notes", "absent").match(behind) or SOMEBODY_ELSE.match(behind)
                if clause.start <= person.start < clause.end and not is_missed:
                    return person.words
        return None
