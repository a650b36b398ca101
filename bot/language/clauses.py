"""Clauses: a note cut into pieces that tell one thing each, with who does it and who says so.

Dictated text has no marks, so a clause also ends where somebody begins to do something, where a joining word or a time
opens, or where the next place is reached, unless what stands before cannot be over yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.language.patterns import pattern, words
from bot.language.plain import plain

Voice = Literal["manager", "client", "other"]
"""Who does or says something: the writer (or his company), his client, or somebody else."""

PERSON, ACCOUNT, TIME = "●", "■", "◆"
"""The marks that stand in the masked text for each character of a person's name, an account's, a time."""

SHORTEST = 2
"""Characters of the shortest clause that is cut off without a mark."""

MARKS = re.compile(f"[{PERSON}{ACCOUNT}{TIME}]")
STOPS = re.compile(
    r"[,;。!?\n(){}|~…\"“”「」『』]+|(?<!\d)[.:]+|[.:]+(?!\d)|\s+[-–]+\s+|—+"
    r"|(?:(?<=[\u3400-\u9fff●■◆])|(?<=[\u3400-\u9fff][\d%])|(?<=[\u3400-\u9fff]\d[\d%])|(?<=[\u3400-\u9fff]\d{2}[\d%])"
    r"|(?<=[\u3400-\u9fff]\d{3}[\d%]))\s+(?=[\u3400-\u9fff●■◆])"
)
HAN = re.compile("[\u3400-\u9fff]")
OPENING = '“「『"'

W = words("clauses")
HEAD = re.compile(rf"(?:{W['link']}|{W['adverb']}|{TIME}+|[\s,])*")
SUBJECTS: tuple[tuple[Voice, re.Pattern[str]], ...] = (
    ("other", re.compile(W["other"])),
    ("manager", re.compile(W["me"])),
    ("client", re.compile(rf"{W['client']}(?!的(?:货|样品|合同|单子|事))|{W['unnamed']}")),
)
ME = SUBJECTS[1][1]
SAYING = re.compile(
    rf"(?:{W['side']}|{W['adverb']}|{TIME}+|\s|(?:跟|和|对|给|向|同)(?:{W['me']}|{W['him']})(?:{W['side']})?)*"
    rf"(?:\btold\s[a-z]+|{W['says_en']}(?:\s(?:me|us|that|{W['him']}))*|{W['says']}(?:了|过|着)?(?:{W['me']}|{W['him']})?(?:{W['side']})?(?:说|讲)?)[:,\s]*"
)
TOLD_HIM = re.compile(rf"(?:跟|和|对|给|向|同)(?:{W['him']})|告诉|回复|\btold\s(?!me\b|us\b)")
YOU = re.compile(r"你们|您们|你|您|咱们|\byou\b")
TOLD_SELF = re.compile(r"(?:said|confirmed|replied|told \w+) (?:i|we|yes|fine|ok|okay|sure|no|that's)\b")
SPOKE = re.compile(r"说|讲|表示|回复")
GETS = re.compile(r"(?:\s?'(?:d|ll)|\s(?:will|would|can|could))\s(?:\w+ly )?(?:have|get|receive)\b")
FRONTED = re.compile(
    rf"[\u3400-\u9fff]{{1,6}}?(?<![给跟和对向让叫帮替为说讲])我们?(?={TIME}|会|来|再|就|给|帮|马上|尽快|回去)"
)
REASSURED = re.compile(r"[你您](?:就|们)?(?:尽管)?放(?:一百个)?心")
TOPIC = re.compile(
    rf"(?:{W['client']}(?:要|说|提|问|想要|订|催|点名要)|{ACCOUNT}+(?:那边)?)的(?!{PERSON}|{W['trade']}|人)"
)


@dataclass(frozen=True)
class Clause:
    """One clause: its place, its words as typed, and its masked form.

    `subject` is who is said to do something, `doer` is that or else who must be meant. `says` is who says something in
    this very clause, `teller` whose word it is all told: the client's where the note reports what he said. `body` is
    what is done, in the masked form, without who does or says it. `asks` where it is a question, `ends_asking` where a
    question mark follows.
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


def mask(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text in one form with each span turned into its mark; the first that claims a place has it."""
    masked = list(MARKS.sub("·", plain(text)))
    for start, stop, mark in spans:
        end = stop - (len(text[start:stop]) - len(text[start:stop].rstrip(" .,;:，。")))
        if not any(MARKS.match(character) for character in masked[start:end]):
            masked[start:end] = mark * (end - start)
    return "".join(masked)


def clauses(text: str, masked: str) -> list[Clause]:
    """The clauses of a text in order, from its masked form."""
    found: list[Clause] = []
    for start, end, quoted, asks in _cut(masked):
        before = found[-1] if found else None
        found.append(_read(text[start:end], masked[start:end], start, quoted=quoted, asks=asks, before=before))
    return found


def _cut(masked: str) -> Iterator[tuple[int, int, bool, bool]]:
    """Where clauses start and end, whether within quotation marks, whether a question mark follows."""
    at, quoted = 0, False
    for stop in [*_stops(masked), None]:
        end = stop.start() if stop else len(masked)
        cuts = [at, *_openings(masked, at, end), end]
        for first, last in zip(cuts, cuts[1:], strict=False):
            piece = masked[first:last]
            if piece.strip():
                start = first + len(piece) - len(piece.lstrip())
                yield start, start + len(piece.strip()), quoted, stop is not None and last == end and "?" in stop[0]
        if stop:
            at = stop.end()
            for mark in stop[0]:
                quoted = not quoted if mark == '"' else (quoted or mark in OPENING) and mark not in "”」』"


def _stops(masked: str) -> Iterator[re.Match[str]]:
    """The marks at which clauses end, and the spaces that stand for marks in Chinese."""
    for stop in STOPS.finditer(masked):
        if not stop[0].isspace() or "\n" in stop[0] or HAN.search(masked, max(0, stop.start() - 8), stop.end() + 8):
            yield stop


def _openings(masked: str, start: int, end: int) -> list[int]:
    cuts: list[int] = []
    opens, late = pattern("clauses", "opens"), pattern("clauses", "opens_late")
    hanging, complete = pattern("clauses", "hanging"), pattern("clauses", "complete")
    stretch, last = masked[start:end], 0
    for place in range(SHORTEST, len(stretch)):
        is_late = late.match(stretch, place) is not None
        if not is_late and opens.match(stretch, place) is None:
            continue
        before = stretch[last:place].strip()
        if len(before) < SHORTEST or hanging.search(before) or not (complete.search(before) or MARKS.search(before)):
            continue
        if is_late and not complete.search(before):
            continue
        if stretch[place] == TIME and not (HAN.search(before) and stretch[place:].strip(f"{TIME} ")):
            continue
        cuts.append(start + place)
        last = place
    return cuts


def _read(typed: str, masked: str, start: int, *, quoted: bool, asks: bool, before: Clause | None) -> Clause:
    head = HEAD.match(masked)
    at = head.end() if head else 0
    speaker: Voice = (before.says or before.doer) if quoted and before else "manager"
    subject, at = _subject(masked, at, speaker)
    doer = subject or _meant(masked[at:], before)
    says = None
    saying = SAYING.match(masked, at)
    if saying and (subject or TOLD_HIM.search(saying[0]) or doer == "client"):
        says = "manager" if subject is None and TOLD_HIM.search(saying[0]) else doer
        inner = HEAD.match(masked, saying.end())
        at = inner.end() if inner else saying.end()
        subject, at = _subject(masked, at, says)
        if says == "client" and TOLD_SELF.match(masked, saying.start()):
            says = subject = "manager" if subject in ("manager", None) else "client"
        doer = "manager" if says == "manager" and subject == "client" and GETS.match(masked, at) else subject or says
    if says or subject:
        teller = says or speaker
    else:
        teller = before.teller if before and doer == before.doer else speaker
    is_question = asks or pattern("clauses", "question").search(masked[at:]) is not None
    return Clause(
        start, start + len(masked), typed, masked, masked[at:], subject, doer, says, teller, is_question, asks
    )


def _subject(masked: str, at: int, speaker: Voice) -> tuple[Voice | None, int]:
    """Who is named at this place as the one who does something, in the mouth of the speaker; and where that ends."""
    if REASSURED.match(masked, at):
        return "manager", at
    if TOPIC.match(masked, at):
        return None, at
    addressed = YOU.match(masked, at)
    if addressed:
        serves = speaker == "client" or GETS.match(masked, addressed.end()) is not None
        return ("manager" if serves else "client"), addressed.end()
    if FRONTED.match(masked, at):
        return "manager", at
    for voice, names in SUBJECTS:
        found = names.match(masked, at)
        if found:
            own = ME.match(masked, found.end()) if voice == "client" and found.end() > at + 1 else None
            return ("manager", own.end()) if own else (voice, found.end())
    return None, at


def _meant(body: str, before: Clause | None) -> Voice:
    """Who must be meant where nobody is named: by what is done, else whoever did the last thing that was told."""
    if not HAN.search(body):
        return "client" if pattern("clauses", "client_does").search(body) else "manager"
    if before and before.subject == "manager" and SPOKE.match(body):
        return "manager"
    ours, theirs = pattern("clauses", "manager_does").search(body), pattern("clauses", "client_does").search(body)
    if ours and (theirs is None or ours.start() <= theirs.start()):
        return "manager"
    if theirs:
        return "client"
    return before.doer if before and before.body.strip() else "manager"
