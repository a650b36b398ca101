"""What kind of message it is: a courtesy, a question, a note, a correction, a command in plain words, or a check.

A question answered as a note, or a note as a question, is the worst error; where both are possible, both are named.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from bot.language.clauses import HAN, Clause, clauses, mask
from bot.language.mentions import mentions
from bot.language.names import Book
from bot.language.patterns import groups, pattern
from bot.language.plain import plain

Intent = Literal["greeting", "thanks", "question", "note", "correction", "command", "check", "may_i"]

LEXICON = Path(__file__).parent / "lexicon"
LONGEST = 200
"""Characters of the longest courtesy or command."""

LONGEST_COURTESY = 24
"""Letters of the first of two courtesies in a row."""

LONGEST_GREETING = 40
"""Characters of the longest greeting with small talk."""

BRIEF = 8
"""Letters of a message that rather looks something up than tells it."""

BRIEF_VALUE = 12
"""Chinese characters of a message that only gives a value that a draft has wrong; twice as many letters."""

SURE_NOTE = 2.0
LIKELY_NOTE = 1.0
DOUBTFUL_QUESTION = 4.0
EVIDENCE = {
    "intents.dated": 1.0,
    "intents.place": 1.5,
    "notes.visited": 1.0,
    "notes.called": 1.0,
    "notes.absent": 1.0,
    "notes.ordered": 1.0,
    "promises.vow": 1.0,
    "promises.done": 0.5,
    "notes.trade": 1.0,
    "intents.news": 1.0,
    "intents.worked": 1.0,
    "notes.office": 1.0,
}
"""What tells of work, and how much it weighs."""

LOOKED_UP = {"notes.trade", "notes.visited", "notes.called", "intents.dated", "intents.place"}
"""What is spoken of in notes and looked up as well: 竞品分析, 拜访礼仪."""

LEFT = 6
"""Letters that a command may have besides its own words."""

PARTS = re.compile(r"[\s,，。.!！~～;；?？]+(?![a-z])", re.IGNORECASE)
EMBEDDED = re.compile(r'[“"「][^“”"「」]{4,}[”"」]|:\s*.{4,}$|\s[-–—]+\s.{4,}$|[,?]\s+dear .{4,}$', re.DOTALL)
"""Words of somebody's own inside a message: in quotation marks, after a colon or a dash."""

HANGING = re.compile(r"\b(?:do|does|did|should|can|could|would|may|shall|must|if|when|what|how|to)$")
"""After what somebody asks what he shall say, and tells nothing: how do I say no."""

MARKS = re.compile(r"[^\w]+")
PARTICLES = "啊呀呢哦哈吧啦喔噢"


@dataclass(frozen=True)
class Reading:
    """The likeliest kind of a message; where that is not sure, `other` is the kind that is possible as well.

    `command` names the command that the words stand for (bot.handlers.COMMANDS), where the kind is a command.
    """

    intent: Intent
    other: Intent | None = None
    command: str | None = None

    @property
    def sure(self) -> bool:
        """Whether only one kind is possible."""
        return self.other is None

    @property
    def candidates(self) -> tuple[Intent, ...]:
        """The kinds that are possible, the likeliest first."""
        return (self.intent,) if self.other is None else (self.intent, self.other)


@functools.cache
def courtesies() -> Mapping[str, Intent]:
    """Every known courtesy with its kind."""
    content: dict[Intent, list[str | bool]] = yaml.safe_load((LEXICON / "courtesies.yaml").read_text(encoding="utf-8"))
    return {_bare(str(phrase)): kind for kind, phrases in content.items() for phrase in phrases}


def intent_of(text: str, *, has_draft: bool = False, book: Book | None = None) -> Reading:
    """The kind of a message. `has_draft` where a note waits to be confirmed; `book` names the manager's accounts."""
    flat = plain(text)
    if courtesy := _courtesy(text):
        return Reading(courtesy)
    told = _Told(text, book)
    if command := _command(flat):
        return Reading("command", command=command)
    if new_account(text) is not None and not told.asks:
        return Reading("command", command="new_account")
    if _wants_check(flat):
        return Reading("check")
    if told.may_i:
        return Reading("may_i")
    if has_draft and told.corrects:
        return Reading("correction")
    if pattern("intents", "orders_about").search(flat):
        return Reading("question")
    return _question_or_note(told)


def _question_or_note(told: _Told) -> Reading:
    """What asks, else what tells of work; both where it can be either."""
    if told.asks:
        return Reading("question", "note" if told.weight >= DOUBTFUL_QUESTION else None)
    if told.only_names:
        return Reading("question")
    if told.weight >= SURE_NOTE:
        return Reading("note", "question" if told.is_at_a_loss else None)
    if told.weight >= LIKELY_NOTE:
        return Reading("note", None if told.is_news else "question")
    return Reading("question", "note" if told.weight > 0 else None)


def turns_away(text: str, book: Book | None = None) -> bool:
    """Whether somebody who was asked to tell something says anything else: a courtesy, a command, a question."""
    flat = plain(text)
    told = _Told(text, book)
    return _courtesy(text) is not None or _command(flat) is not None or _wants_check(flat) or told.asks


def _wants_check(flat: str) -> bool:
    """Whether somebody wants his words looked at, by what he says of them or by what stands around them."""
    embedded = EMBEDDED.search(flat)
    around = f"{flat[: embedded.start()]} {flat[embedded.end() :]}" if embedded else ""
    said_so = pattern("intents", "check").search(flat) is not None
    return said_so or pattern("intents", "check_around").search(around) is not None


def unflagged(text: str) -> str | None:
    """The account of a message that asks why it is not flagged; None for any other message."""
    found = pattern("intents", "why_not").search(plain(text))
    return next(filter(None, found.groups()), None) if found else None


def new_account(text: str) -> str | None:
    """The name of the account that a message wants to be added, empty where it gives none; None for any other."""
    found = pattern("intents", "new_account").search(plain(text))
    if found is None:
        return None
    place = next((number for number, name in enumerate(found.groups(), start=1) if name), 0)
    return text[found.start(place) : found.end(place)].strip() if place else ""


def words_to_check(text: str) -> str:
    """What somebody wants to have looked over: the message without the clauses that only ask for it."""
    wish, frame = pattern("intents", "check"), pattern("intents", "check_frame")
    said = clauses(text, mask(text, ()))
    meant = [one for one in said if not wish.search(one.masked + "?") and not frame.fullmatch(one.masked)]
    return text[meant[0].start : meant[-1].end] if meant and len(meant) < len(said) else ""


class _Told:
    """A message as far as its kind shows: what is asked in the manager's own words, and what tells of his work."""

    def __init__(self, text: str, book: Book | None) -> None:
        self.flat = plain(text)
        named = mentions(text, book)
        self.masked = mask(text, named.marks)
        self.clauses = clauses(text, self.masked)
        self.named = len(named)
        self.surely_named = len(named.accounts) + len(named.people)

    @property
    def own(self) -> list[Clause]:
        """The clauses in which the manager himself may ask the coach something: none that he has answered himself."""
        answers = [number for number, one in enumerate(self.clauses) if self._answers(one)]
        open_ones = self.clauses[answers[-1] :] if answers else self.clauses
        return [one for one in open_ones if _is_own(one, is_last=one is self.clauses[-1])]

    def _answers(self, clause: Clause) -> bool:
        answers = clause.says == "manager" or pattern("intents", "answers").search(clause.masked) is not None
        return answers and not HANGING.search(self.masked[: clause.start].rstrip())

    @property
    def asks(self) -> bool:
        """Whether the manager himself asks something, and not only tells of a question."""
        asks, told = pattern("intents", "asks"), pattern("intents", "tells_of_asking")
        return any(asks.search(one.masked + "?" * one.ends_asking) and not told.search(one.masked) for one in self.own)

    @property
    def may_i(self) -> bool:
        """Whether the manager asks if he may promise something."""
        asks = pattern("intents", "may_i")
        own = [one.masked for one in self.own]
        last = self.clauses[-2:] if self.clauses and self.clauses[-1] in self.own else ()
        together = [one.masked for one in last]  # 我答应她周三, 你看稳不稳
        at_once = self.flat if self._tells("intents.asks_at_once") else ""
        return self.asks and any(asks.search(said) for said in (*own, " ".join(together), at_once))

    @property
    def corrects(self) -> bool:
        """Whether the message says what is wrong with a draft."""
        return (pattern("intents", "corrects").search(self.flat) is not None or self._is_value) and not self.asks

    @property
    def _is_value(self) -> bool:
        """Whether the message is no more than a time, a number, a name or a no, and tells of nothing new."""
        told = EVIDENCE.keys() - {"intents.dated"} | {"notes.happened", "notes.agreed"}
        brief = len(self.flat) <= (BRIEF_VALUE if HAN.search(self.flat) else 2 * BRIEF_VALUE)
        is_value = pattern("intents", "value").search(self.masked) or self.surely_named
        return brief and bool(is_value) and not any(self._tells(group) for group in told)

    @property
    def is_news(self) -> bool:
        """Whether the message tells how the trade goes, and of no client."""
        of_trade = self._tells("notes.trade") or self._tells("intents.news")
        return of_trade and not self._heard and not self._tells("intents.of_oneself")

    @property
    def is_scene(self) -> bool:
        """Whether something happens in the trade, and neither to the manager himself nor to clients as such."""
        of_trade = self._tells("intents.scene") and self._tells("intents.happens")
        return of_trade and not self._heard and not self._tells("intents.of_oneself")

    @property
    def is_at_a_loss(self) -> bool:
        """Whether what is told may be a call for advice."""
        return self._tells("intents.at_a_loss") and not any(one.says == "manager" for one in self.clauses)

    @property
    def only_names(self) -> bool:
        """Whether a subject is only named, as somebody does who looks it up."""
        is_told = self.named or any(self._tells(group) for group in EVIDENCE.keys() - LOOKED_UP)
        return not is_told and not self._tells("intents.happens") and self.weight <= SURE_NOTE

    @functools.cached_property
    def weight(self) -> float:
        """How much of the manager's work the message tells."""
        told = sum(weight for group, weight in EVIDENCE.items() if self._tells(group))
        answers = any(one.says == "manager" for one in self.clauses)
        heard = any(one.subject == "client" for one in self.clauses)
        general = self._tells("intents.general")
        brief = len(self.flat) <= BRIEF and not self.named
        brief = brief and not (self._tells("intents.news") or self._tells("notes.happened"))
        names = min(self.named + self.surely_named, 4)
        weight = names + told + answers + heard / 2 - 2 * general - brief
        return max(weight, LIKELY_NOTE) if self.is_scene else weight

    @property
    def _heard(self) -> bool:
        return any(one.subject == "client" or one.says for one in self.clauses)

    def _tells(self, group: str) -> bool:
        file, name = group.split(".")
        return pattern(file, name).search(self.masked) is not None


def _courtesy(text: str) -> Intent | None:
    """The courtesy that a whole message, or each part of it, is; the last counts."""
    if len(text) > LONGEST:
        return None
    parts = [part for part in PARTS.split(text) if _bare(part)]
    kinds = [_kind(_bare(part)) for part in parts]
    if kinds and all(kinds):
        return kinds[-1]
    greeted = kinds[:1] == ["greeting"] and len(text) <= LONGEST_GREETING
    return _kind(_bare(text)) or ("greeting" if greeted and _is_small_talk(plain(text)) else None)


def _is_small_talk(flat: str) -> bool:
    """Whether words after a greeting ask for nothing and tell of no work."""
    works = any(pattern(*group.split(".")).search(flat) for group in ("intents.asks", "notes.visited", "promises.vow"))
    return pattern("intents", "small_talk").search(flat) is not None and not works


def _kind(bare: str) -> Intent | None:
    """The courtesy that some letters are, or two courtesies in a row; the second counts."""
    if kind := courtesies().get(bare):
        return kind
    if pattern("intents", "thanked").search(bare):
        return "thanks"
    pairs = ((bare[:place], bare[place:]) for place in range(1, min(len(bare), LONGEST_COURTESY)))
    return next((courtesies()[second] for first, second in pairs if {first, second} <= courtesies().keys()), None)


def _bare(text: str) -> str:
    letters = MARKS.sub("", plain(text[:LONGEST]))
    letters = letters.rstrip(PARTICLES) or letters
    return pattern("intents", "address").sub("", letters).rstrip(PARTICLES) or letters


def _is_own(clause: Clause, *, is_last: bool) -> bool:
    """Whether the manager asks in a clause if anybody does; in the last one also about what the client does."""
    if is_last and pattern("intents", "asks_at_last").search(clause.masked):
        return True
    if clause.says:
        return clause.says == "manager" and pattern("intents", "asks_what").match(clause.body) is not None
    if is_last:
        return clause.subject != "client" or pattern("intents", "asks_how").search(clause.body) is not None
    return clause.teller == "manager" and clause.doer != "client"


def _command(flat: str) -> str | None:
    """The command that a short message stands for, where it says little else."""
    for name in groups("commands"):
        found = pattern("commands", name).search(flat)
        if found and not pattern("intents", "asks").search(flat.replace(found[0], "")):
            rest = pattern("intents", "polite").sub("", flat.replace(found[0], " "))
            if len(MARKS.sub("", rest)) <= LEFT:
                return name
    return None
