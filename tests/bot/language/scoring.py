"""How well notes are understood: hand-labelled files, scored as the contract of note understanding says."""

from __future__ import annotations

import datetime as dtm
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from bot.language.intent import intent_of
from bot.language.names import Book, KnownAccount
from bot.language.notes import understand
from bot.language.plain import plain
from bot.language.understanding import Understanding
from bot.workdays import Workdays

HERE = Path(__file__).parent
WORKDAYS = Workdays()

EMPTY = re.compile(
    r"[\s\W]|[的了把被给他她它们您你我去过来到在和跟与再就会要将那这下一个些向对为]"
    r"|\b(?:the|a|an|to|him|her|them|it|he|she|they|me|us|of|and|with|for|on|in|at|by|over|his|their|some|will|would|i|we)\b"
)
"""What carries no content in a deed."""

ENOUGH = 0.5
"""Share of the shorter deed's content characters that the other must have too."""


@dataclass
class Tally:
    """Hits of tries."""

    hits: int = 0
    tries: int = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.tries += 1

    @property
    def share(self) -> float:
        return self.hits / self.tries if self.tries else 1.0


@dataclass
class Matches:
    """Promises found, given and matched."""

    found: int = 0
    given: int = 0
    matched: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.matched / (self.found + self.given) if self.found + self.given else 1.0


@dataclass
class Score:
    """The figures of a file."""

    kind: Tally = field(default_factory=Tally)
    accounts: Tally = field(default_factory=Tally)
    contacts: Tally = field(default_factory=Tally)
    promises: Matches = field(default_factory=Matches)
    due: Tally = field(default_factory=Tally)
    overpromise: Tally = field(default_factory=Tally)
    client_promises: Matches = field(default_factory=Matches)
    next: Tally = field(default_factory=Tally)
    kept: Tally = field(default_factory=Tally)

    def __str__(self) -> str:
        parts = []
        for one in fields(self):
            value = getattr(self, one.name)
            figure = value.f1 if isinstance(value, Matches) else value.share
            count = value.given if isinstance(value, Matches) else value.tries
            parts.append(f"{one.name} {figure:.3f} ({count})")
        return ", ".join(parts)


def labelled(name: str) -> Iterator[dict[str, Any]]:
    """The notes of a file with their labels."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def read(label: Mapping[str, Any]) -> tuple[Understanding, dict[int | None, str]]:
    """What the coach understands of a labelled note, and the names of the known accounts."""
    known = [KnownAccount(key, name) for key, name in enumerate(label["accounts_known"], start=1)]
    names: dict[int | None, str] = {account.key: account.name for account in known}
    book = Book(known)
    return understand(label["text"], dtm.datetime.fromisoformat(label["now"]), book, WORKDAYS), names


def score(labels: Iterable[Mapping[str, Any]]) -> Score:
    """The figures of some labelled notes."""
    total = Score()
    for label in labels:
        understood, names = read(label)
        add(total, label, understood, names)
    return total


def add(total: Score, label: Mapping[str, Any], understood: Understanding, names: Mapping[int | None, str]) -> None:
    """Add one note to the figures."""
    total.kind.add(understood.kind == label["kind"])
    total.overpromise.add(understood.overpromise == label["overpromise"])
    total.kept.add(bool(understood.kept) == bool(label["kept_promises"]))
    cards = [card for card in understood.cards if card.account is not None or card.ask is not None]
    ours = [(names.get(card.account), card.ask) for card in cards]
    theirs = [(one["account"], one["ask"]) for one in label["accounts"]]
    total.accounts.add(ours == theirs)
    for one in label["accounts"]:
        card = next(
            (card for card in cards if (names.get(card.account), card.ask) == (one["account"], one["ask"])), None
        )
        if card:
            cards.remove(card)
            total.contacts.add(card.contact == one["contact"])
            when = card.next and card.next.when
            total.next.add((when and when.isoformat()) == (((one["next"] or {}).get("when") or "")[:10] or None))
        _match(total.promises, total.due, one["promises"], card.promises if card else ())
        _match(total.client_promises, None, one["client_promises"], card.client_promises if card else ())
    for card in cards:
        total.promises.found += len(card.promises)
        total.client_promises.found += len(card.client_promises)


def _match(matches: Matches, due: Tally | None, given: Sequence[Mapping[str, Any]], found: Sequence[Any]) -> None:
    matches.given += len(given)
    matches.found += len(found)
    left = list(found)
    pairs = sorted(
        ((alike(one["what"], two.what), number, two) for number, one in enumerate(given) for two in left),
        key=lambda pair: -pair[0],
    )
    done: set[int] = set()
    for likeness, number, two in pairs:
        if likeness >= ENOUGH and number not in done and two in left:
            done.add(number)
            left.remove(two)
            matches.matched += 1
            if due:
                due.add((two.due and two.due.isoformat()) == given[number]["due"])


def alike(one: str, other: str) -> float:
    """The share of the shorter deed's content characters, or words, that the other has too."""
    first, second = content(one), content(other)
    if not first or not second:
        return float(plain(one) == plain(other))
    return len(first & second) / min(len(first), len(second))


def content(deed: str) -> set[str]:
    """The characters of a Chinese deed, the words of an English one, that carry content."""
    return set(re.findall(r"[a-z]{2,}|\d+|[\u3400-\u9fff]", EMPTY.sub(" ", plain(deed))))


@dataclass
class Intents:
    """How many messages are told apart, and how many of the worst errors there are: a question taken for a note for
    sure, or a note for a question.
    """

    right: Tally = field(default_factory=Tally)
    sure_errors: int = 0
    unsure: int = 0

    @property
    def worst(self) -> float:
        """Share of the worst errors."""
        return self.sure_errors / self.right.tries

    def __str__(self) -> str:
        return f"right {self.right.share:.3f} ({self.right.tries}), worst {self.worst:.3f}, unsure {self.unsure}"


def score_intents(labels: Iterable[Mapping[str, Any]]) -> Intents:
    """The figures of some messages whose kinds are labelled."""
    total = Intents()
    for label in labels:
        reading = intent_of(label["text"], has_draft=label["has_draft"])
        total.right.add(reading.intent == label["intent"])
        total.unsure += not reading.sure
        if reading.sure and {reading.intent, label["intent"]} == {"question", "note"}:
            total.sure_errors += 1
    return total


if __name__ == "__main__":
    for file in sys.argv[1:]:
        for lang in ("zh", "en"):
            labels = [label for label in labelled(file) if label["lang"] == lang]
            print(file, lang, score_intents(labels) if "intent" in labels[0] else score(labels))  # noqa: T201
