"""Promises in a note: whose word it is, the deed, the date of its own clause, and absolute wording.

A note tells a dialogue. Clause by clause it is read what each does to a commitment: a word given, a thing asked for, a
yes or a no to that, a plan of the manager's, a date or a correction that belongs to what was said before.
"""

from __future__ import annotations

import dataclasses
import datetime as dtm
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.language.clauses import ACCOUNT, PERSON, TIME, Clause, Voice, clauses, mask
from bot.language.dates import DateMention
from bot.language.patterns import pattern, words
from bot.language.people import contacts_in
from bot.language.plain import plain
from bot.language.understanding import Commitment, KeptClaim

Act = Literal[
    "vow",
    "plan",
    "assent",
    "assurance",
    "refusal",
    "request",
    "urge",
    "earlier",
    "meeting",
    "correction",
    "date",
    "other",
]

REACH = 3
"""Clauses over which a yes or a no still answers what was asked for."""

PATIENCE = 1
"""Clauses that may pass before words without a deed, or a yes, are given as they are."""

EARLIER = re.compile(r"(?<=.)的|答应|承诺|说好|讲好|保证|promised")
SHORT = 14
"""Characters of the longest clause that is added to a deed that names nothing."""

BARE = re.compile(rf"(?:\s|{words('promises')['bare']}|{words('promises')['him']})*")
DATED = re.compile(rf"(?:在|于|到|等|赶在)?{TIME}+(?:之前|以前|前|之内|以内|内|左右|的时候)?")


@dataclass(frozen=True)
class Given:
    """A commitment, who gave it, and the number of the clause in which that was said."""

    commitment: Commitment
    by: Voice
    clause: int


@dataclass
class Dialogue:
    """What a note says of commitments: those given, in order, the claims of having kept one, and all absolute words."""

    given: list[Given] = field(default_factory=list)
    kept: list[KeptClaim] = field(default_factory=list)
    absolute: list[str] = field(default_factory=list)


def absolute_words(text: str) -> str | None:
    """The words of an unconditional assurance that the manager gives; None where there are none."""
    masked = mask(text, ((person.start, person.end, PERSON) for person in contacts_in(text)))
    found = (_absolute(clause) for clause in clauses(text, masked) if clause.doer == "manager")
    return next((words for words in found if words), None)


def dialogue(said: Sequence[Clause], dates: Sequence[DateMention], now: dtm.datetime) -> Dialogue:
    """What the clauses of a note say of commitments."""
    return _Listener(said, dates, now).listen()


class _Listener:
    """Hears a note clause by clause and keeps in mind what waits: a thing asked for, a word given without its deed."""

    def __init__(self, said: Sequence[Clause], dates: Sequence[DateMention], now: dtm.datetime) -> None:
        self.said, self.dates, self.now = said, dates, now
        self.heard = Dialogue()
        self.asked: Given | None = None
        self.pending: Given | None = None
        self.loose: DateMention | None = None
        self.skip: Clause | None = None

    def listen(self) -> Dialogue:
        for number, clause in enumerate(self.said):
            if self.pending and number - self.pending.clause > PATIENCE:
                self._settle()
            if clause is self.skip:
                continue
            hear = getattr(self, f"_hear_{act_of(clause, ahead=self._is_ahead(clause))}", None)
            if hear is not None:
                hear(number, clause)
        self._settle()
        return self.heard

    def _hear_vow(self, number: int, clause: Clause) -> None:
        self._settle()
        given = self._mark(self._given(number, clause))
        if given.commitment.what and not _is_bare(given.commitment.what):
            self.heard.given.append(given)
        elif not self._confirms(given):
            self.pending = self._about_what_was_asked(given)

    def _hear_plan(self, number: int, clause: Clause) -> None:
        given = self._mark(self._given(number, clause))
        last = self.heard.given[-1] if self.heard.given else None
        if self.pending and given.by == self.pending.by:
            given = _merged(given, self.pending)
            self.pending = self.asked = None
        elif last and last.by == given.by and number - last.clause == 1 and _repeats(given, last):
            self.heard.given[-1] = _merged(last, given)
            return
        elif _is_bare(given.commitment.what):
            given = self._about_what_was_asked(given)
        if given.commitment.what:
            self.heard.given.append(given)

    def _hear_assent(self, number: int, clause: Clause) -> None:
        given = self._given(number, clause)
        given = dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, what=""))
        asked = self._answered(given)
        if self._confirms(given) or (asked is None and not given.commitment.absolute):
            return
        if (
            asked
            and asked.commitment.due
            and clause.doer == "manager"
            and pattern("promises", "easy_yes").search(clause.body)
        ):
            given = dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, absolute=clause.words))
        self._mark(given)
        self._settle()
        self.pending = self._about_what_was_asked(given)

    def _hear_assurance(self, number: int, clause: Clause) -> None:
        given = self._given(number, clause)
        self._confirms(dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, what="")))

    def _hear_refusal(self, number: int, clause: Clause) -> None:
        self.asked = self.pending = None

    def _hear_request(self, number: int, clause: Clause) -> None:
        given = self._given(number, clause)
        self.asked = dataclasses.replace(given, by="manager")

    def _hear_urge(self, number: int, clause: Clause) -> None:
        given = self._given(number, clause)
        self.asked = dataclasses.replace(given, by="client")

    def _hear_earlier(self, number: int, clause: Clause) -> None:
        """A promise of old: told as kept, or else what the next words are about."""
        what = EARLIER.split(deed(clause))[-1]
        following = self.said[number + 1] if number + 1 < len(self.said) else None
        before = self.said[number - 1] if number else None
        unkept, fulfilled = pattern("promises", "unkept"), pattern("promises", "fulfilled")
        given = self._given(number, clause)
        given = dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, what=what))
        if before and clause.words.isascii() and fulfilled.search(before.masked):
            self.heard.kept.append(KeptClaim(deed(before), f"{before.words} {clause.words}"))
            return
        for place in (clause, following):
            if place is None or unkept.search(place.masked):
                break
            if found := fulfilled.search(place.masked):
                self.heard.kept.append(KeptClaim(_told_as_kept(what, found[0]), clause.words))
                self.skip = place if place is following else None
                return
        if unkept.search(clause.masked) or pattern("promises", "long_ago").search(clause.masked):
            self.asked = given
        else:
            self.pending = given

    def _hear_date(self, number: int, clause: Clause) -> None:
        mention = self._date(clause)
        last = self.heard.given[-1] if self.heard.given else None
        if mention is None:
            return
        if last and last.clause == number - 1 and not last.commitment.due_words:
            self.heard.given[-1] = dataclasses.replace(last, commitment=_dated(last.commitment, mention))
        elif self.pending and not self.pending.commitment.due_words:
            self.pending = dataclasses.replace(self.pending, commitment=_dated(self.pending.commitment, mention))
        else:
            self.loose = mention

    def _hear_correction(self, number: int, clause: Clause) -> None:
        mention = self._date(clause)
        for place in range(len(self.heard.given) - 1, -1, -1):
            last = self.heard.given[place]
            if number - last.clause <= REACH:
                if mention is not None:
                    self.heard.given[place] = dataclasses.replace(last, commitment=_dated(last.commitment, mention))
                return

    def _settle(self) -> None:
        """What was said without more to come is given as it is, where it says anything."""
        pending, self.pending = self.pending, None
        if pending and pending.commitment.what:
            self.heard.given.append(pending)

    def _confirms(self, given: Given) -> bool:
        """Whether words without a deed of their own only confirm what was given just before; they are added to it."""
        last = self.heard.given[-1] if self.heard.given else None
        if given.commitment.what or not last or last.by != given.by or given.clause - last.clause != 1:
            return False
        self._mark(given)
        self.heard.given[-1] = _merged(last, given)
        return True

    def _answered(self, given: Given) -> Given | None:
        """What was asked of the one who now says something, and not too long ago."""
        asked = self.asked
        return asked if asked and asked.by == given.by and given.clause - asked.clause <= REACH else None

    def _about_what_was_asked(self, given: Given) -> Given:
        """Words that do not say what they are about are about what was asked for."""
        asked = self._answered(given)
        if asked is None:
            return self._in_context(given)
        self.asked = None
        return _merged(given, asked)

    def _in_context(self, given: Given) -> Given:
        """A deed that names nothing, with what the client told just before."""
        before = self.said[given.clause - 1] if given.clause else None
        if not given.commitment.what or before is None or before.doer != "client" or len(before.body) > SHORT:
            return given
        told = Given(Commitment(deed(before), wording=before.words), given.by, given.clause - 1)
        return _merged(given, told)

    def _mark(self, given: Given) -> Given:
        if given.by == "manager" and given.commitment.absolute:
            self.heard.absolute.append(given.commitment.absolute)
        return given

    def _given(self, number: int, clause: Clause) -> Given:
        commitment = Commitment(
            deed(clause),
            wording=clause.words,
            absolute=_absolute(clause) if clause.doer == "manager" else None,
        )
        mention = self._date(clause) or self.loose
        self.loose = None
        return Given(_dated(commitment, mention) if mention else commitment, clause.doer, number)

    def _date(self, clause: Clause) -> DateMention | None:
        """The date that a clause sets: what stands where it is done before what stands in front; never a past one."""
        inside = [one for one in self.dates if clause.start <= one.start < clause.end and not one.is_past]
        body = clause.end - len(clause.body)
        told = [one for one in inside if one.start >= body and (one.day is not None or one.is_vague)]
        told = told or [one for one in inside if self._lies_ahead(one)]
        deadlines = [one for one in told if one.is_deadline]
        return next(reversed(deadlines or told), None)

    def _is_ahead(self, clause: Clause) -> bool:
        return any(self._lies_ahead(one) for one in self.dates if clause.start <= one.start < clause.end)

    def _lies_ahead(self, one: DateMention) -> bool:
        if one.is_past:
            return False
        today = self.now.date()
        later = one.day == today and one.time is not None and one.time > self.now.time()
        return one.is_vague or one.is_deadline or later or one.day is not None and one.day > today


def act_of(clause: Clause, *, ahead: bool) -> Act:
    """What a clause does to a commitment; `ahead` where it names a time that is still to come."""
    body = _without_lookalikes(clause.body)

    def has(group: str) -> bool:
        return pattern("promises", group).search(body) is not None

    if pattern("promises", "correction").search(clause.masked):
        return "correction"
    if clause.doer == "other":
        return "other"
    if clause.doer == "manager" and not clause.asks and not ahead and has("earlier"):
        return "earlier"
    if pattern("promises", "appoints").search(clause.masked):
        return "meeting"
    if has("refused"):
        return "refusal" if clause.doer == "manager" else "other"
    if clause.asks:
        return "request" if "client" in (clause.doer, clause.teller) else "other"
    if has("vow"):
        return "vow"
    if clause.doer == "manager":
        if clause.teller == "client":
            return "request"
        if has("urges"):
            return "urge"
        if _is_plan(clause, body, ahead=ahead):
            return "plan"
        if has("assent"):
            return "assent"
        if has("absolute"):
            return "assurance"
    else:
        if has("request"):
            return "request"
        if has("assent"):
            return "assent"
        if has("client_deed") and (has("future") or ahead) and not has("done"):
            return "plan"
    return "date" if TIME in clause.masked and is_label(clause) else "other"


def is_label(clause: Clause) -> bool:
    """Whether a clause only names a time or an account, and tells nothing."""
    return not DATED.sub("", clause.masked).strip(f"的了,是就 -{ACCOUNT}{PERSON}")


def _is_plan(clause: Clause, body: str, *, ahead: bool) -> bool:
    def has(group: str) -> bool:
        return pattern("promises", group).search(body) is not None

    if has("internal") or has("undone") or has("hangs") or _only_meets(body) or (has("done") and not ahead):
        return False
    start, _ = _span(clause)
    begins = pattern("promises", "begins").match(clause.body, start) is not None or has("begins_late")
    serves = pattern("promises", "serves").search(body) is not None
    if clause.says == "manager" and (has("will") or begins) and not pattern("clauses", "client_does").search(body):
        return True
    if has("will") and clause.subject == "manager":
        return True
    if not (begins or (serves and has("deed"))):
        return False
    return ahead or has("future") or has("absolute")


def _only_meets(body: str) -> bool:
    meeting = pattern("promises", "meeting")
    return meeting.search(body) is not None and not pattern("promises", "deed").search(meeting.sub(" ", body))


def _absolute(clause: Clause) -> str | None:
    body = _without_lookalikes(clause.body)
    if clause.asks or pattern("promises", "refused").search(body):
        return None
    found = pattern("promises", "absolute").search(body)
    if not found:
        return None
    offset = len(clause.masked) - len(body)
    return clause.words[offset + found.start() : offset + found.end()]


def _without_lookalikes(body: str) -> str:
    return pattern("promises", "lookalike").sub(lambda found: "·" * len(found[0]), body)


def deed(clause: Clause) -> str:
    """What is to be done, in the words of the clause, without its date and without the giving of the word."""
    typed = clause.words[len(clause.masked) - len(clause.body) :]
    start, end = _span(clause)
    kept = DATED.sub(lambda found: TIME * len(found[0]), clause.body)
    words = "".join(
        " " if mark == TIME else letter for mark, letter in zip(kept[start:end], typed[start:end], strict=True)
    )
    return re.sub(r"\s+", " ", re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", words)).strip()


def _span(clause: Clause) -> tuple[int, int]:
    """Where in the body of a clause the deed stands."""
    kept = DATED.sub(lambda found: TIME * len(found[0]), clause.body)
    start, end = 0, len(kept)
    lead = pattern("promises", "lead")
    while (found := lead.match(kept, start)) and found.end() > start:
        start = found.end()
    tail = pattern("promises", "tail").search(kept, start)
    return start, max(start, tail.start() if tail else end)


def _told_as_kept(what: str, how: str) -> str:
    """The deed of a promise told as kept: 样品 and 送到了 are 送样品."""
    verb = re.sub(r"[了到过去来完好齐]|已经?|今天|今日|◆", "", how)[:1]
    return what if how.isascii() or not verb or what.startswith(verb) else verb + what


def _dated(commitment: Commitment, mention: DateMention) -> Commitment:
    return dataclasses.replace(
        commitment,
        due=None if mention.is_vague else mention.day,
        due_words=mention.words,
        is_vague=mention.is_vague,
        proposal=mention.proposal,
    )


def _is_bare(what: str) -> bool:
    """Whether a deed names nothing that it is done to: 给他送过去."""
    return BARE.fullmatch(plain(what)) is not None


def _repeats(given: Given, last: Given) -> bool:
    """Whether the later words only add a date to the deed told before: 送样品, 周三送."""
    return _is_bare(given.commitment.what) and not last.commitment.due_words and bool(given.commitment.due_words)


def _merged(first: Given, second: Given) -> Given:
    """One commitment told in two places: the first says how, the second what about; the first's date counts first."""
    own, other = first.commitment, second.commitment
    dated = own if own.due_words else other
    wording = own.wording if other.wording in own.wording else f"{other.wording} {own.wording}".strip()
    commitment = dataclasses.replace(
        dated,
        what=_joined(own.what, other.what),
        absolute=own.absolute or other.absolute,
        wording=wording,
    )
    return dataclasses.replace(first, commitment=commitment)


def _joined(how: str, about: str) -> str:
    if not how or not about:
        return how or about
    if _is_bare(about) or not _is_bare(how):
        return how if len(how) >= len(about) or not _is_bare(how) else about
    return f"{how} {about}" if how.isascii() else f"{how}（{about}）"
