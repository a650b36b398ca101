"""Clauses: a note cut into pieces that tell one thing each, with who does it and whose word it is.

Dictated text has no marks, so a clause also ends where somebody begins to do something, where a joining word or a time
opens, or where the next place is reached, unless what stands before cannot be over yet. The words for all this are in
`lexicon/clauses.yaml`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.language.patterns import pattern
from bot.language.plain import plain

Voice = Literal["manager", "client", "other"]
"""Who does or says something: the writer (or his company), his client, or somebody else."""

PERSON, ACCOUNT, TIME = "●", "■", "◆"
"""The marks that stand in the masked text for each character of a person's name, an account's, a time."""

SHORTEST = 2
"""Characters of the shortest clause that is cut off without a mark."""

MOST = 300
"""Clauses that are read of one text: more than two thousand dictated characters hold."""

MEMORY = 40
"""Characters back from its end in which shows whether a clause can be over."""

MARKS = re.compile(f"[{PERSON}{ACCOUNT}{TIME}]")
WHOLE_ACCOUNT = re.compile(f"{ACCOUNT}+(?![{ACCOUNT}{PERSON}])")
"""An account that is named, and none of its people."""

HAN = re.compile("[\u3400-\u9fff]")
OPENING, CLOSING = '“「『"', '”」』"'
MARGIN = " .,;:，。"
"""What belongs to no name and no time at its end."""


@dataclass(frozen=True)
class Clause:
    """One clause: its place, its words as typed, and its masked form.

    `subject` is who is said to do something, `doer` is that or else who must be meant. `says` is who says something in
    this very clause, `teller` whose word it is all told: the client's where the note reports what he said. `body` is
    what is done, in the masked form, without who does or says it. `asks` where it is a question, `ends_asking` where a
    question mark follows. `mark` is what follows: the marks at which it ends, nothing where it was cut without one.
    """

    start: int
    end: int
    words: str
    masked: str
    body: str
    subject: Voice | None
    doer: Voice
    says: Voice | None
    teller: Voice
    asks: bool
    ends_asking: bool
    mark: str


@dataclass(frozen=True)
class Piece:
    """A clause before it is read: its place, whether within quotation marks or behind them, what follows."""

    start: int
    end: int
    is_quoted: bool
    is_behind_quote: bool
    mark: str


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text in one form with each span turned into its mark; the first that claims a place has it."""
    masked = list(MARKS.sub("·", plain(text)))
    for start, stop, mark in spans:
        end = start + len(text[start:stop].rstrip(MARGIN))
        if not any(MARKS.match(character) for character in masked[start:end]):
            masked[start:end] = mark * (end - start)
    return "".join(masked)


def clauses(text: str, masked: str) -> list[Clause]:
    """The clauses of a text in order, from its masked form."""
    found: list[Clause] = []
    is_open = False
    for piece in itertools.islice(_pieces(masked), MOST):
        before = found[-1] if found else None
        speaker: Voice = "manager"
        if piece.is_quoted and before:
            speaker = before.teller if is_open else before.says or before.doer
        found.append(_read(piece, text, masked, before, speaker))
        is_open = piece.is_quoted
    return found


# -- Cutting ----------------------------------------------------------------------------------------------------------


def _pieces(masked: str) -> Iterator[Piece]:
    at, is_quoted, was_quoted = 0, False, False
    for stop in [*_stops(masked), None]:
        end = stop.start() if stop else len(masked)
        for first, last in itertools.pairwise([at, *_openings(masked, at, end), end]):
            told = masked[first:last]
            start = last - len(told.lstrip())
            if told.strip():
                is_behind, was_quoted = was_quoted and not is_quoted, is_quoted
                mark = stop[0] if stop and last == end else ""
                yield Piece(start, start + len(told.strip()), is_quoted, is_behind, mark)
        if stop:
            at = stop.end()
            is_quoted = _is_quoted_after(stop[0], is_quoted)


def _is_quoted_after(marks: str, is_quoted: bool) -> bool:
    for mark in marks:
        if mark in OPENING and mark in CLOSING:
            is_quoted = not is_quoted
        elif mark in OPENING or mark in CLOSING:
            is_quoted = mark in OPENING
    return is_quoted


def _stops(masked: str) -> Iterator[re.Match[str]]:
    """The marks at which clauses end, and the spaces that stand for marks in Chinese."""
    for stop in pattern("clauses", "stops").finditer(masked):
        if not stop[0].isspace() or "\n" in stop[0] or HAN.search(masked, max(0, stop.start() - 8), stop.end() + 8):
            yield stop


def _openings(masked: str, start: int, end: int) -> list[int]:
    """Where in a stretch without marks a clause begins."""
    cuts: list[int] = []
    opens, late, links = (pattern("clauses", group) for group in ("opens", "opens_late", "links"))
    stretch, last = masked[start:end], 0
    for place in range(SHORTEST, len(stretch)):
        is_late, is_link = late.match(stretch, place) is not None, links.match(stretch, place) is not None
        if not (is_late or is_link or opens.match(stretch, place)):
            continue
        before = stretch[last:place].strip()
        behind = stretch[place:].strip(f"{TIME} ")
        if stretch[place] == TIME and not (HAN.search(before) and behind):
            continue
        if (is_link and len(before) >= SHORTEST) or _is_over(before, may_be_named=not is_late):
            cuts.append(start + place)
            last = place
    return cuts


def _is_over(before: str, *, may_be_named: bool) -> bool:
    """Whether words can be a whole clause: something is told, or at least somebody is named, and nothing hangs."""
    end = before[-MEMORY:]
    told = pattern("clauses", "complete").search(end) or (may_be_named and MARKS.search(end))
    return len(end) >= SHORTEST and bool(told) and not pattern("clauses", "hanging").search(end)


# -- Reading ----------------------------------------------------------------------------------------------------------


def _read(piece: Piece, text: str, whole: str, before: Clause | None, speaker: Voice) -> Clause:
    masked = whole[piece.start : piece.end]
    subject, at = _subject(masked, _skip("head", masked, 0), speaker, is_own_word=piece.is_quoted)
    doer = subject or _meant(masked[at:], before)
    if subject is None and before and _goes_on_himself(masked[at:], before):
        doer = "client"
    says, content = _saying(masked, at, subject, doer)
    if subject == "client" and (told := pattern("clauses", "was_told").match(masked, at)):
        says, content = "manager", told.end()
    if says is None and before and _only_opens(before):
        says, content = before.says, _skip("head", masked, 0)
    elif says is None and before and pattern("clauses", "goes_on").match(masked):
        gives = before.doer if pattern("promises", "vow").search(before.body) else None
        says, content = before.says or gives, _skip("head", masked, 0)
    if says:
        subject, at = _subject(masked, _skip("head", masked, content), says)
        if (
            subject == "client"
            and says == "manager"
            and (pattern("clauses", "gets").match(masked, at) or pattern("clauses", "told_of_another").match(masked))
        ):
            subject = "manager"
        doer = subject or says
    elif subject == "client" and pattern("clauses", "gets_from_us").match(masked, at):
        subject = doer = "manager"
    goes_on = before is not None and not says and not subject and doer == before.doer and not piece.is_behind_quote
    teller = before.teller if before and goes_on else says or speaker
    return Clause(
        piece.start,
        piece.end,
        text[piece.start : piece.end],
        masked,
        masked[at:],
        subject,
        doer,
        says,
        teller,
        "?" in piece.mark or pattern("clauses", "question").search(masked, at) is not None,
        "?" in piece.mark,
        piece.mark,
    )


def _skip(group: str, masked: str, at: int) -> int:
    found = pattern("clauses", group).match(masked, at)
    return found.end() if found else at


def _saying(masked: str, at: int, subject: Voice | None, doer: Voice) -> tuple[Voice | None, int]:
    """Who says something here, and where what he says begins."""
    saying = pattern("clauses", "saying").match(masked, at)
    if saying is None:
        return None, at
    first = at + len(masked[at:]) - len(masked[at:].lstrip())
    own = pattern("clauses", "said_i").match(masked, first) is not None
    to_him = pattern("clauses", "told_him").search(saying[0]) is not None
    is_place = subject == "client" and WHOLE_ACCOUNT.match(masked) and not HAN.search(masked)
    if (subject is None and (own or to_him)) or (is_place and own and to_him):
        return "manager", saying.end()
    return (doer, saying.end()) if subject or doer == "client" else (None, at)


def _subject(masked: str, at: int, speaker: Voice, *, is_own_word: bool = False) -> tuple[Voice | None, int]:
    """Who is named at this place as the one who does something, in the mouth of the speaker; and where that ends."""

    def names(group: str) -> re.Match[str] | None:
        return pattern("clauses", group).match(masked, at)

    if names("topic"):
        return None, at
    if names("reassured") or names("fronted"):
        return "manager", at
    if you := names("you"):
        serves = speaker == "client" or pattern("clauses", "gets").match(masked, you.end())
        return "manager" if serves else "client", you.end()
    if other := names("others"):
        return "other", other.end()
    if me := names("me"):
        is_client = speaker == "client" and (is_own_word or pattern("clauses", "client_deed").search(masked, me.end()))
        return "client" if is_client else "manager", me.end()
    if client := names("clients"):
        me = pattern("clauses", "me").match(masked, client.end()) if client.end() > at + 1 else None
        return ("manager", me.end()) if me else ("client", client.end())
    return None, at


def _meant(body: str, before: Clause | None) -> Voice:
    """Who must be meant where nobody is named: by what is done, else whoever did the last thing that was told."""
    ours, theirs = pattern("clauses", "manager_does").search(body), pattern("clauses", "client_does").search(body)
    if not HAN.search(body):
        return "client" if theirs else "manager"
    if before and before.subject == "manager" and pattern("clauses", "saying").match(body):
        return "manager"
    if ours and (theirs is None or ours.start() <= theirs.start()):
        return "manager"
    if theirs:
        return "client"
    return before.doer if before and _tells(before) else "manager"


def _only_opens(clause: Clause) -> bool:
    """Whether an English clause tells who says something and at most a time of it: told her that on Friday."""
    is_opening = clause.says == "manager" and not clause.mark and not HAN.search(clause.masked)
    return is_opening and not clause.body.strip(f"{TIME} ").removeprefix("that").removeprefix("come").strip(f"{TIME} ")


def _goes_on_himself(body: str, before: Clause) -> bool:
    """Whether an English clause without a subject goes on with what the client is busy with himself."""
    is_same = before.subject == "client" and "." not in before.mark and "\n" not in before.mark
    will_do = pattern("promises", "will").search(body) is not None and not HAN.search(body)
    return is_same and will_do and pattern("clauses", "himself").match(before.body) is not None


def _tells(clause: Clause) -> bool:
    """Whether a clause tells what somebody does, and not only names him, or a thing of an account's."""
    is_thing = clause.subject == "client" and WHOLE_ACCOUNT.match(clause.masked) and not clause.says
    return bool(clause.body.strip()) and (not is_thing or bool(pattern("clauses", "complete").search(clause.body)))
