"""What a note tells besides promises: contacts that happened, meetings to come, news, complaints, what came of it."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from bot.language.acts import deed, is_label
from bot.language.clauses import ACCOUNT, HAN, PERSON, WHOLE_ACCOUNT, Clause
from bot.language.dates import DateMention
from bot.language.patterns import pattern
from bot.language.promises import Given, is_to_come
from bot.language.understanding import MarketNews, NextStep, Outcome, Topic

Told = Literal["called", "visited", "absent", "ordered", "talked"]
"""How a clause tells of a contact: the groups of the lexicon, in the order in which they are tried."""

TOLD: tuple[Told, ...] = get_args(Told)
TOPICS: tuple[Topic, ...] = ("competitor", "campaign", "price", "policy", "demand")
DONE = (("promises", "done"), ("notes", "arrived"))
LABEL = 3
"""Characters up to which what follows an account's name only says more exactly where or who."""


class Events:
    """The clauses of a note, each asked for what it tells; `given` are the promises that were heard in them."""

    def __init__(
        self, said: Sequence[Clause], dates: Sequence[DateMention], given: Sequence[Given], now: dtm.datetime
    ) -> None:
        """Ask each clause once; the arguments are told in the class's docstring."""
        self.said, self.dates, self.given, self.now = said, dates, given, now
        self.promising = {one.clause for one in given if one.by == "manager"}
        self.steps = [self._step(number) for number in range(len(said))]
        self.ahead: list[bool] = []
        for number in range(len(said)):
            self.ahead.append(self._is_ahead(number))
        self.told = [self._told(number) for number in range(len(said))]

    # What happened

    def _told(self, number: int) -> Told | None:
        """The contact that a clause tells of as having happened."""
        clause = self.said[number]
        if self.ahead[number]:
            called, happened = pattern("notes", "called"), pattern("notes", "happened")
            is_reached = called.search(clause.masked) and happened.search(clause.masked)
            return "called" if is_reached and number not in self.promising else None
        if clause.doer == "other" and clause.says != "client":
            return None
        appoints = pattern("promises", "appoints")
        step, arranged = self.steps[number], appoints.search(clause.masked) or appoints.search(clause.body)
        if step is not None and arranged and not pattern("notes", "called").search(clause.masked):
            return None
        for kind in TOLD:
            if pattern("notes", kind).search(clause.masked):
                return kind
        if clause.says is None and (clause.doer != "client" or not clause.body.strip()):
            return None
        is_somebody = clause.says or (clause.subject == "client" and not WHOLE_ACCOUNT.match(clause.masked))
        is_told_first = number == 0 and clause.subject is None
        if not is_somebody and (is_told_first or not pattern("notes", "asks_us").search(clause.body)):
            return None
        return "talked" if self.steps[number] is None else None

    def _is_ahead(self, number: int) -> bool:
        """Whether a clause tells of what is still to come."""
        clause = self.said[number]
        if number in self.promising:
            return clause.says is None and clause.subject != "client"
        if any(one.day is not None and one.day > self.now.date() for one in self._dates(clause)):
            return clause.doer == "manager" and not self._is_done(clause)
        is_intended = pattern("notes", "intended").search(clause.masked) is not None
        if is_intended and clause.doer == "manager" and not self._is_done(clause):
            return True
        if not number or not self.ahead[number - 1]:
            return False
        goes_on = clause.doer == "manager" and not self._dates(clause) and not self._is_done(clause)
        return is_label(self.said[number - 1]) or (goes_on and self.steps[number - 1] is not None)

    def _is_done(self, clause: Clause) -> bool:
        told = any(pattern(file, group).search(clause.masked) for file, group in DONE)
        return told or clause.says is not None

    def is_headed(self) -> bool:
        """Whether an English note reports a visit: a line of its own says where, or a word was given there."""
        english = [clause for clause in self.said if not HAN.search(clause.masked)]
        heads = [clause for clause in english if is_label(clause)]
        is_named = any(PERSON in clause.masked or (ACCOUNT in clause.masked and "." in clause.mark) for clause in heads)
        return is_named or any(pattern("notes", "face_to_face").match(clause.masked) for clause in english)

    def tells_of_an_account(self) -> bool:
        """Whether it is told how things are at an account, as one knows who was there."""
        told = [
            clause
            for number, clause in enumerate(self.said)
            if number not in self.promising and self.steps[number] is None and not is_label(clause)
        ]
        return any(self._tells_of_it(clause) for clause in told)

    @staticmethod
    def _tells_of_it(clause: Clause) -> bool:
        said = clause.body.strip()
        if clause.subject != "client":
            return pattern("notes", "complained").search(said) is not None
        if len(said) <= LABEL:
            return False
        is_person = PERSON in clause.masked[: len(clause.masked) - len(clause.body)] and not HAN.search(clause.body)
        return is_person or pattern("clauses", "complete").search(said) is not None

    def past_day(self, numbers: Iterable[int]) -> dtm.date | None:
        """The first past day that clauses name."""
        dates = (one for number in numbers for one in self._dates(self.said[number]))
        return next((one.day for one in dates if one.is_past and one.day), None)

    def outcome(self, numbers: Sequence[int], *, is_agreed: bool) -> Outcome:
        """What came of a contact; `is_agreed` where a promise was given or a next step was arranged."""

        def has(group: str, *, told: Iterable[int] = numbers) -> bool:
            return any(pattern("notes", group).search(self.said[number].masked) for number in told)

        if has("ordered", told=(number for number in numbers if number not in self.promising)):
            return "order"
        if has("absent"):
            return "absent"
        if has("solved"):
            return "issue_solved"
        return "next_step" if is_agreed else "none" if has("nothing") else "info"

    # What is to come

    def next_step(self, numbers: Sequence[int]) -> NextStep | None:
        """The meeting or the next step that is agreed, the last one told."""
        steps = [step for number in numbers if (step := self.steps[number])]
        return steps[-1] if steps else self._bare_appointment(numbers)

    def opens_with_a_meeting(self) -> bool:
        """Whether the first thing that is told is a meeting to come."""
        telling = (number for number, clause in enumerate(self.said) if not is_label(clause))
        first = self.said[0] if self.said else None
        if first and is_label(first) and ACCOUNT in first.masked and (hour := self._ahead(0)) and hour.time:
            return True
        return next((self.steps[number] is not None for number in telling), False)

    def _step(self, number: int) -> NextStep | None:
        clause = self.said[number]
        if clause.doer == "other" or clause.asks or pattern("promises", "undone").search(clause.masked):
            return None
        if any(clause.words in one.commitment.wording for one in self.given):
            return None
        meets = pattern("promises", "meeting").search(clause.masked) is not None
        appoints = pattern("promises", "appoints").search(clause.body) is not None
        if not meets and not appoints and not pattern("notes", "agreed").search(clause.masked):
            return None
        may_be_beside = appoints or not pattern("promises", "done").search(clause.masked)
        ahead = self._ahead(number) or (self._ahead_beside(number) if may_be_beside else None)
        return (
            None if ahead is None else NextStep(deed(clause), ahead.day, ahead.time, is_appointment=meets or appoints)
        )

    def _bare_appointment(self, numbers: Sequence[int]) -> NextStep | None:
        """A meeting told in catchwords: who, an hour to come, what for."""
        ahead = [time for number in numbers if (time := self._ahead(number)) and time.time]
        telling = [number for number in numbers if not is_label(self.said[number])]
        is_headed = 0 in numbers and is_label(self.said[0]) and self._ahead(0) in ahead
        if not ahead or not telling or (not is_headed and any(self.said[number].subject for number in telling)):
            return None
        if any(one.clause in numbers for one in self.given):
            return None
        return NextStep(self.said[telling[-1]].words, ahead[-1].day, ahead[-1].time, is_appointment=True)

    def _ahead(self, number: int) -> DateMention | None:
        """The last time to come that a clause names."""
        ahead = [one for one in self._dates(self.said[number]) if one.day is not None and is_to_come(one, self.now)]
        return ahead[-1] if ahead else None

    def _ahead_beside(self, number: int) -> DateMention | None:
        """A time to come in a clause near it that names nothing else."""
        near = (number - 1, number + 1, number - 2, number + 2)
        labels = (place for place in near if 0 <= place < len(self.said) and is_label(self.said[place]))
        return next((ahead for place in labels if (ahead := self._ahead(place))), None)

    # What was heard

    def news(self, numbers: Iterable[int]) -> tuple[MarketNews, ...]:
        """News from the market, in the words of the note."""
        told = (self.said[number] for number in numbers)
        heard = (
            clause for clause in told if clause.subject != "manager" and pattern("notes", "trade").search(clause.masked)
        )
        return tuple(MarketNews(_topic(clause.masked), clause.words) for clause in heard)

    def is_only_news(self, *, has_account: bool) -> bool:
        """Whether a note is only news; where an account is named, not just of how things sell there."""
        topics = [report.topic for report in self.news(range(len(self.said)))]
        if has_account:
            return any(topic in ("competitor", "campaign", "policy") for topic in topics)
        return bool(topics) and not any(clause.asks and clause.doer == "manager" for clause in self.said)

    def complaint(self, numbers: Iterable[int]) -> str | None:
        """The first complaint of the client's, in the words of the note."""
        told = (self.said[number] for number in numbers)
        complained = pattern("notes", "complained")
        return next((one.words for one in told if one.doer == "client" and complained.search(one.masked)), None)

    def _dates(self, clause: Clause) -> list[DateMention]:
        return [one for one in self.dates if clause.start <= one.start < clause.end]


def _topic(masked: str) -> Topic:
    return next((topic for topic in TOPICS if pattern("notes", topic).search(masked)), "other")
