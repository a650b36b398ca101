"""Notes: what one message of a manager tells, account by account."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.language import acts, promises
from bot.language.clauses import ACCOUNT, PERSON, TIME, Clause, clauses, mask
from bot.language.dates import DateMention, find_dates
from bot.language.names import Book
from bot.language.patterns import pattern
from bot.language.people import contacts_in
from bot.language.promises import Dialogue, absolute_words
from bot.language.understanding import (
    Ask,
    Card,
    CardKind,
    Commitment,
    KeptClaim,
    Kind,
    MarketNews,
    NextStep,
    Outcome,
    Topic,
    Understanding,
)
from bot.language.strangers import unknown_names
from bot.workdays import Workdays

__all__ = [
    "Card",
    "Commitment",
    "KeptClaim",
    "MarketNews",
    "NextStep",
    "Understanding",
    "absolute_words",
    "understand",
]


Told = Literal["called", "visited", "absent", "ordered", "talked"]
"""How a clause tells of a contact: the groups of the lexicon, in the order in which they are tried."""

TOLD: tuple[Told, ...] = get_args(Told)


@dataclass
class _Draft:
    """A card in the making: who it is about, and the numbers of the clauses that tell of it."""

    account: int | None = None
    heard: str | None = None
    ask: Ask | None = None
    candidates: tuple[int, ...] = ()
    contact: str | None = None
    clauses: list[int] = field(default_factory=list)
    told: set[Told] = field(default_factory=set)


def understand(text: str, now: dtm.datetime, book: Book, workdays: Workdays) -> Understanding:
    """What a note tells. `now` is the manager's local time; relative dates count from it, in his workdays."""
    return _Note(text, now, book, workdays).understood()


class _Note:
    """One note while it is read: its text, what is named in it, and its clauses."""

    def __init__(self, text: str, now: dtm.datetime, book: Book, workdays: Workdays) -> None:
        self.text, self.now, self.workdays = text, now, workdays
        self.dates = find_dates(text, now, workdays)
        self.hits = book.find(text)
        self.people = contacts_in(text, self.hits)
        self.strangers = unknown_names(text, [*self.hits, *self.dates])
        self.masked = mask(
            text,
            [
                *((start, end, TIME) for one in self.dates for start, end in self._places_of(one)),
                *((one.start, one.end, ACCOUNT) for one in self.hits),
                *((one.start, one.end, ACCOUNT) for one in self.strangers),
                *((one.start, one.end, PERSON) for one in self.people),
            ],
        )
        self.clauses = clauses(text, self.masked)
        self.dialogue = promises.dialogue(self.clauses, self.dates, now)

    def _places_of(self, one: DateMention) -> Iterator[tuple[int, int]]:
        """Where the words of a time stand; what lies between it and an earlier one that it corrects is no time."""
        own = self.text.rfind(one.words, one.start, one.end)
        if own <= one.start:
            yield one.start, one.end
            return
        yield own, one.end
        for earlier in find_dates(self.text[one.start : own], self.now, self.workdays):
            yield one.start + earlier.start, one.start + earlier.end

    def understood(self) -> Understanding:
        drafts = self._drafts()
        kind = self._kind(drafts)
        if kind in ("market_info", "other"):
            drafts = []
        return Understanding(
            kind,
            tuple(self._card(draft, kind) for draft in drafts),
            bool(self.dialogue.absolute),
            tuple(self.dialogue.kept),
        )

    # Who the note is about

    def _drafts(self) -> list[_Draft]:
        """The accounts of the note in order of mention, each with the clauses that tell of it."""
        drafts: list[_Draft] = []
        current: _Draft | None = None
        early: list[int] = []
        for number, clause in enumerate(self.clauses):
            for named in self._named(clause):
                if current and self._takes_back(number):
                    drafts.remove(current)
                    early = current.clauses
                current = next((one for one in drafts if self._same(one, named)), None)
                if current is None:
                    current = named
                    drafts.append(current)
                    current.clauses, early = early, []
            (current.clauses if current else early).append(number)
        if not drafts and self._worth_recording():
            drafts = [_Draft(ask="no_account", clauses=early)]
        for draft in drafts:
            draft.contact = self._contact(draft)
            draft.told = {kind for number in draft.clauses if (kind := self._told(number))}
        return drafts

    def _takes_back(self, number: int) -> bool:
        """Whether the account that a clause names replaces the one named before: 去了永辉, 不对, 是华润."""
        told = [self.clauses[place] for place in (number - 1, number) if place >= 0]
        corrections = [clause for clause in told if pattern("promises", "correction").match(clause.masked)]
        return any(not self._dates(clause) for clause in corrections)

    def _named(self, clause: Clause) -> list[_Draft]:
        """The accounts that a clause names as its own business: not the subject of news about somebody else."""
        named: list[tuple[int, _Draft]] = []
        for hit in self.hits:
            if hit.is_sure:
                named.append((hit.start, _Draft(hit.candidates[0].key, hit.words)))
            else:
                keys = tuple(candidate.key for candidate in hit.candidates)
                named.append((hit.start, _Draft(None, hit.words, "ambiguous", keys)))
        named += [(one.start, _Draft(None, one.words, "not_in_book")) for one in self.strangers]
        inside = sorted((one for one in named if clause.start <= one[0] < clause.end), key=lambda pair: pair[0])
        return [draft for _, draft in _one_or_the_other(inside, self.text)]

    @staticmethod
    def _same(one: _Draft, other: _Draft) -> bool:
        if one.account is not None or other.account is not None:
            return one.account == other.account or other.account in one.candidates
        return one.candidates == other.candidates and (bool(one.candidates) or one.heard == other.heard)

    def _contact(self, draft: _Draft) -> str | None:
        for number in draft.clauses:
            clause = self.clauses[number]
            for person in self.people:
                behind = self.masked[person.end : clause.end]
                if clause.start <= person.start < clause.end and not NOT_MET.match(behind):
                    if not pattern("notes", "absent").match(behind.lstrip()):
                        return person.words
        return None

    def _worth_recording(self) -> bool:
        if self.dialogue.given or self.people:
            return True
        told = any(self._told(number) for number in range(len(self.clauses)))
        return told and not pattern("notes", "office").search(self.masked)

    # What happened

    def _told(self, number: int) -> Told | None:
        """The contact that a clause tells of as having happened."""
        clause = self.clauses[number]
        if self._is_ahead(number) or (clause.doer == "other" and clause.says != "client"):
            return None
        for kind in TOLD:
            if pattern("notes", kind).search(clause.masked):
                return kind
        if clause.says is None and clause.subject != "client":
            return None
        whole_account = clause.says is None and re.match(f"{ACCOUNT}+(?![{ACCOUNT}{PERSON}])", clause.masked)
        if whole_account and not pattern("notes", "asks_us").search(clause.body):
            return None
        return "talked" if (clause.says or clause.body.strip()) and not self._step(number) else None

    def _is_ahead(self, number: int) -> bool:
        """Whether a clause tells of what is still to come."""
        clause = self.clauses[number]
        if any(one.clause == number and one.by == "manager" for one in self.dialogue.given):
            return clause.says is None and clause.subject != "client"
        ahead = [one for one in self._dates(clause) if one.day is not None and one.day > self.now.date()]
        if ahead:
            return clause.doer == "manager" and not pattern("promises", "done").search(clause.masked)
        before = self.clauses[number - 1] if number else None
        return before is not None and acts.is_label(before) and self._is_ahead(number - 1)

    def _dates(self, clause: Clause) -> list[DateMention]:
        return [one for one in self.dates if clause.start <= one.start < clause.end]

    def _kind(self, drafts: Sequence[_Draft]) -> Kind:
        told = [told for number in range(len(self.clauses)) if (told := self._told(number))] if drafts else []
        first = next((one for one in told if one != "talked"), None)
        ahead = any(self._next(draft) for draft in drafts)
        if first or self.dialogue.kept or (told and not (ahead and self._opens_with_a_meeting())):
            return "call" if first == "called" else "visit"
        if ahead:
            return "appointment"
        if any(one.by == "manager" for one in self.dialogue.given):
            return "promise"
        if self._is_news(has_account=bool(drafts)):
            return "market_info"
        return "visit" if drafts and not pattern("notes", "office").search(self.masked) else "other"

    def _is_news(self, *, has_account: bool) -> bool:
        """Whether the note is only news; where an account is named, not just of how things sell there."""
        news = [report.topic for report in self._market(range(len(self.clauses)))]
        asks = any(clause.asks and clause.doer == "manager" for clause in self.clauses)
        return any(topic not in ("demand", "other") for topic in news) if has_account else bool(news) and not asks

    def _opens_with_a_meeting(self) -> bool:
        """Whether the first thing that the note tells is a meeting to come."""
        telling = (n for n, clause in enumerate(self.clauses) if not acts.is_label(clause))
        return next((self._step(number) is not None for number in telling), False)

    # What the cards say

    def _card(self, draft: _Draft, kind: Kind) -> Card:
        given = [one for one in self.dialogue.given if one.clause in draft.clauses]
        ahead = self._next(draft)
        told = self._card_kind(draft, kind, is_ahead=ahead is not None, is_promise=bool(given))
        return Card(
            draft.account,
            draft.heard,
            draft.ask,
            draft.candidates,
            draft.contact,
            told,
            self._day(draft, told, ahead),
            ahead.time if told == "appointment" and ahead else None,
            self._outcome(draft, ahead) if told in ("visit", "call", "message") else None,
            tuple(one.commitment for one in given if one.by == "manager"),
            tuple(one.commitment for one in given if one.by == "client"),
            ahead,
            self._market(draft.clauses),
            self._complaint(draft),
        )

    def _card_kind(self, draft: _Draft, kind: Kind, *, is_ahead: bool, is_promise: bool) -> CardKind | None:
        """What happened at one account; an account of which nothing is told shares what the whole note tells."""
        if draft.told:
            return "call" if "called" in draft.told and "visited" not in draft.told else "visit"
        if is_ahead:
            return "appointment"
        return kind if kind in ("visit", "call") and not is_promise else None

    def _day(self, draft: _Draft, told: CardKind | None, ahead: NextStep | None) -> dtm.date | None:
        if told == "appointment" and ahead:
            return ahead.when
        past = [
            one.day for number in draft.clauses for one in self._dates(self.clauses[number]) if one.is_past and one.day
        ]
        return past[0] if past else self.now.date() if told else None

    def _next(self, draft: _Draft) -> NextStep | None:
        """The meeting or the next step that is agreed with an account, the last one told."""
        steps = [step for number in draft.clauses if (step := self._step(number))]
        return steps[-1] if steps else self._bare_appointment(draft)

    def _bare_appointment(self, draft: _Draft) -> NextStep | None:
        """A meeting told in catchwords: who, an hour to come, what for."""
        ahead = [time for number in draft.clauses if (time := self._ahead(number)) and time.time]
        telling = [number for number in draft.clauses if not acts.is_label(self.clauses[number])]
        if not ahead or len(ahead) == len(telling) or any(self.clauses[number].subject for number in telling):
            return None
        if any(one.clause in draft.clauses for one in self.dialogue.given):
            return None
        return NextStep(self.clauses[telling[-1]].words, ahead[-1].day, ahead[-1].time, is_appointment=True)

    def _step(self, number: int) -> NextStep | None:
        clause = self.clauses[number]
        if any(clause.words in one.commitment.wording for one in self.dialogue.given):
            return None
        if clause.doer == "other" or clause.asks:
            return None
        meets = pattern("promises", "meeting").search(clause.masked) is not None
        appoints = pattern("promises", "appoints").search(clause.body) is not None
        if not meets and not appoints and not pattern("notes", "agreed").search(clause.masked):
            return None
        ahead = self._ahead(number) or self._ahead_beside(number)
        if ahead is None:
            return None
        return NextStep(acts.deed(clause), ahead.day, ahead.time, is_appointment=meets or appoints)

    def _ahead(self, number: int) -> DateMention | None:
        """The last time to come that a clause names."""
        ahead = [one for one in self._dates(self.clauses[number]) if not one.is_past and self._is_to_come(one)]
        return ahead[-1] if ahead else None

    def _ahead_beside(self, number: int) -> DateMention | None:
        """A time to come in a clause next to it that names nothing else."""
        for beside in (number - 1, number + 1, number - 2, number + 2):
            if 0 <= beside < len(self.clauses) and acts.is_label(self.clauses[beside]):
                ahead = self._ahead(beside)
                if ahead:
                    return ahead
        return None

    def _is_to_come(self, one: DateMention) -> bool:
        return one.day is not None and (one.day > self.now.date() or self._is_later_today(one))

    def _is_later_today(self, one: DateMention) -> bool:
        if one.day != self.now.date():
            return False
        if one.time is not None:
            return one.time > self.now.time()
        return LATER.search(one.words) is not None or (self.now.hour < NOON and AFTERNOON.search(one.words) is not None)

    def _outcome(self, draft: _Draft, ahead: NextStep | None) -> Outcome:
        def has(group: str) -> bool:
            return any(pattern("notes", group).search(self.clauses[number].masked) for number in draft.clauses)

        if has("ordered"):
            return "order"
        if has("absent"):
            return "absent"
        if has("solved"):
            return "issue_solved"
        if ahead or any(one.clause in draft.clauses for one in self.dialogue.given):
            return "next_step"
        return "none" if has("nothing") else "info"

    def _market(self, numbers: Iterable[int]) -> tuple[MarketNews, ...]:
        news = []
        for number in numbers:
            clause = self.clauses[number]
            if clause.subject != "manager" and pattern("notes", "trade").search(clause.masked):
                news.append(MarketNews(_topic(clause.masked), clause.words))
        return tuple(news)

    def _complaint(self, draft: _Draft) -> str | None:
        for number in draft.clauses:
            clause = self.clauses[number]
            if clause.doer == "client" and pattern("notes", "complained").search(clause.masked):
                return clause.words
        return None


def _one_or_the_other(named: Sequence[tuple[int, _Draft]], text: str) -> list[tuple[int, _Draft]]:
    """Two accounts between which the writer himself is not sure are one that has to be asked."""
    told: list[tuple[int, _Draft]] = []
    for start, draft in named:
        last = told[-1] if told else None
        if last and EITHER.fullmatch(text, last[0] + len(last[1].heard or ""), start):
            keys = tuple(
                key for one in (last[1], draft) for key in (one.candidates or ((one.account,) if one.account else ()))
            )
            told[-1] = (last[0], _Draft(None, text[last[0] : start + len(draft.heard or "")], "ambiguous", keys))
        else:
            told.append((start, draft))
    return told


NOT_MET = re.compile(r"'s (?!here|in\b|happy|moaning|asking|going|been|got)")
NOON = 12
LATER = re.compile(r"晚|下班|待会|等下|稍后|tonight|evening|later", re.IGNORECASE)
AFTERNOON = re.compile(r"下午|afternoon", re.IGNORECASE)
EITHER = re.compile(r"\s*(?:还是|或者?|\bor)\s*")


def _topic(masked: str) -> Topic:
    return next((topic for topic in TOPICS if pattern("notes", topic).search(masked)), "other")


TOPICS: tuple[Topic, ...] = ("competitor", "campaign", "price", "policy", "demand")
