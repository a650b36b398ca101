"""A team's documents: how right and how fast they answer, beside the teams that are not asked, on both databases.

    python -m benchmarks.handbook         measure with 100,000 passages of one team and 10,000 of another
    python -m benchmarks.handbook --fit   fit the confidence of knowledge/passages.py on the samples, and print it

Rightness: the questions of tests/knowledge/handbook to the documents beside them; `held` ones were never fitted. Speed:
made-up passages of some 400 characters from sentences of the knowledge base, the sample documents among them, 300
questions made of those sentences, the whole search each, from the typed text to the ranked passages; on the clock and
of the processor (a busy machine stretches the first; what PostgreSQL itself takes is not in the second). PostgreSQL is
measured where one answers on 127.0.0.1:5432 (database `test`).
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dtm
import itertools
import random
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import yaml

from benchmarks.calibrate import Sample, confidence, fit
from bot import documents
from bot.database import Database
from bot.documents import Document
from bot.documents.block import Block
from bot.documents.cutting import Piece, cut
from bot.models import Membership, Person, Role, Team
from bot.services import handbooks, passages
from knowledge import passages as judging
from knowledge.library import Library
from knowledge.passages import Match
from knowledge.search import Search, parts

SAMPLES = Path(__file__).parent.parent / "tests" / "knowledge" / "handbook"
QUESTIONS_FILE = SAMPLES / "questions.yaml"
POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"
NOW = dtm.datetime(2026, 11, 23, tzinfo=dtm.UTC)
PASSAGES, OTHERS, PER_DOCUMENT, QUESTIONS = 100_000, 10_000, 2_500, 300


def sample_files() -> list[Path]:
    """The sample documents."""
    return sorted(file for file in SAMPLES.iterdir() if file.suffix in {".md", ".txt"})


class Shelf:
    """The sample documents, searched without a database."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.pieces = [
            piece for file in sample_files() for piece in documents.read(file.read_bytes(), file.name).pieces
        ]
        self.holding = Counter(term for piece in self.pieces for term in piece.terms.split())

    def best(self, question: str) -> tuple[Match, Piece]:
        """How well the best passage answers, and that passage."""
        asked = judging.understand(question, self.search)
        weights = judging.weights(asked, self.holding, len(self.pieces))
        found = [(judging.match(asked, weights, piece.heading, piece.text), piece) for piece in self.pieces]
        return max(found, key=lambda one: one[0].score)


def rightness(shelf: Shelf, *, refit: bool) -> None:
    """Print how many questions are answered, offered and declined; with `refit` also a freshly fitted regression."""
    rows = yaml.safe_load(QUESTIONS_FILE.read_text(encoding="utf-8"))
    fitted: list[tuple[str, Match, Sample]] = []
    held: list[tuple[str, Match, Sample]] = []
    for row in rows:
        match, piece = shelf.best(row["q"])
        known = row["has"] != "none"
        sample = Sample(match.signals, known and row["has"] in piece.text, known)
        (held if row.get("held") else fitted).append((row["q"], match, sample))
    if refit:
        model = fit([sample for _, match, sample in fitted if match.score])
        print(f"bias {model[0]:.3f}, " + ", ".join(f"{name} {weight:.3f}" for name, weight in model[1].items()))
        for question, _, sample in sorted(fitted + held, key=lambda one: -confidence(model, one[2])):
            mark = "right" if sample.right else "WRONG" if sample.known else "stranger"
            print(f"  {confidence(model, sample):.2f} {mark:9}{question}")
    for name, part in (("fitted on", fitted), ("held out", held)):
        for known in (True, False):
            asked = [(match, sample) for _, match, sample in part if sample.known == known]
            zones = Counter(match.zone for match, _ in asked)
            right = sum(sample.right for match, sample in asked if match.zone == "answer")
            first = sum(sample.right for _, sample in asked)
            print(
                f"{name:10}{'known' if known else 'strange':9}{len(asked):4} questions: "
                f"{zones['answer']:3} answered ({right} right), {zones['near']:3} offered, {zones['none']:3} declined"
                + (f"; right one first {first}" if known else "")
            )


def sentences(search: Search) -> list[str]:
    """Sentences of the knowledge base: the words of which passages are made up."""
    lines = [line for card in search.cards.values() for _, line in parts(card.article.zh)]
    return [line for line in lines if len(line) > 6]


def made_up(words: Sequence[str], count: int, seed: int) -> Iterator[Document]:
    """Documents with `count` passages together, each passage with a clause of its own."""
    chance = random.Random(seed)
    for start in range(0, count, PER_DOCUMENT):
        blocks = []
        for number in range(start, min(start + PER_DOCUMENT, count)):
            own = "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(8))
            text = ""
            while len(text) < 380:
                text += chance.choice(words).rstrip("。") + "。"
            blocks += [Block(f"{number // 20 + 1}.{number % 20 + 1} {chance.choice(words)[:12]}", 2), Block(text + own)]
        pieces = list(cut(blocks))
        yield Document("docx", None, 0, len(pieces), pieces)


async def fill(database: Database, words: Sequence[str]) -> tuple[Person, list[float]]:
    """Two teams with their documents; a manager of the larger one, and the seconds that each document took."""
    times = []
    async with database.begin() as session:
        found = [Team(name=name, overrides={}, created_at=NOW) for name in ("large", "small")]
        owner = Person(telegram_id=1, name="owner", role=Role.OWNER, time_zone="UTC", joined_at=NOW)
        manager = Person(telegram_id=2, name="manager", role=Role.MANAGER, time_zone="UTC", joined_at=NOW)
        session.add_all([*found, owner, manager])
        await session.flush()
        session.add(Membership(person_id=manager.id, team_id=found[0].id))
    samples = [documents.read(file.read_bytes(), file.name) for file in sample_files()]
    rest = PASSAGES - sum(len(document.pieces) for document in samples)
    for team, made in (
        (found[0], itertools.chain(samples, made_up(words, rest, 1))),
        (found[1], made_up(words, OTHERS, 2)),
    ):
        for number, document in enumerate(made):
            start = time.perf_counter()
            async with database.begin() as session:
                handbook = await handbooks.receive(session, owner, team, file_id="f", name=f"{number}", now=NOW)
                await handbooks.store(session, handbook, document, NOW)
            times.append(time.perf_counter() - start)
    return manager, times


async def latencies(database: Database, asked: Sequence[str], person: Person, search: Search) -> str:
    """The figures of a second round of questions in words; the first warms the caches."""
    for _ in range(2):
        clock, processor = [], []
        for question in asked:
            start, used = time.perf_counter(), time.process_time()
            async with database.read() as session:
                await passages.search(session, person, judging.understand(question, search), 5)
            clock.append(1000 * (time.perf_counter() - start))
            processor.append(1000 * (time.process_time() - used))
    told = []
    for name, values in (("on the clock", sorted(clock)), ("processor", sorted(processor))):
        middle, high = values[len(values) // 2], values[int(0.95 * len(values))]
        told.append(f"{name} p50 {middle:.1f} ms, p95 {high:.1f} ms")
    return "; ".join(told)


async def needles(database: Database, person: Person, search: Search) -> str:
    """How the questions to the sample documents fare among all the other passages, in words."""
    known = [row for row in yaml.safe_load(QUESTIONS_FILE.read_text(encoding="utf-8")) if row["has"] != "none"]
    first = there = 0
    for row in known:
        async with database.read() as session:
            found = await passages.search(session, person, judging.understand(row["q"], search), passages.CANDIDATES)
        right = [row["has"] in one.passage.text for one in found]
        first, there = first + any(right[:1]), there + any(right)
    return f"of {len(known)} questions to the samples the right passage was found {there} times, first {first} times"


async def measure(name: str, url: str, search: Search) -> None:
    """Print what one database takes to store documents, to answer from them, and to remove one."""
    words = sentences(search)
    database = Database(url)
    await database.migrate()
    manager, times = await fill(database, words)
    chance = random.Random(7)
    asked = []
    for _ in range(QUESTIONS):
        sentence = chance.choice(words)
        at = chance.randrange(max(len(sentence) - 12, 1))
        asked.append(sentence[at : at + chance.randint(5, 14)])
    print(f"{name}: {PASSAGES:,} passages: {await latencies(database, asked, manager, search)}", flush=True)
    print(f"  {await needles(database, manager, search)}", flush=True)
    async with database.begin() as session:
        owner = await session.get_one(Person, 1)
        largest = max((one for one, _ in await handbooks.current(session, owner)), key=lambda one: one.passages)
        start = time.perf_counter()
        await handbooks.remove(session, owner, largest.id, NOW)
        removed = time.perf_counter() - start
    stored = sorted(times)[len(times) // 2]
    print(f"  storing {PER_DOCUMENT:,} passages {stored:.1f} s, removing them {removed:.1f} s", flush=True)
    await database.close()


@contextmanager
def schema() -> Iterator[str | None]:
    """The address of an empty schema on PostgreSQL, None where there is no server."""
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        yield None
        return
    name = f"bench_{secrets.token_hex(6)}"
    with connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{POSTGRES}?options=-csearch_path%3D{name}"
        finally:
            connection.execute(f"DROP SCHEMA {name} CASCADE".encode())


def reading() -> None:
    """Print what the process that reads documents takes for the samples, its start included."""
    for file in sorted(SAMPLES.glob("*.md"))[:1]:
        start = time.perf_counter()
        asyncio.run(documents.read_apart(file.read_bytes(), file.name))
        print(f"reading {file.name} in a process of its own: {time.perf_counter() - start:.2f} s")


def main(*, refit: bool = False) -> None:
    """Measure and print."""
    search = Search(Library.load().articles.values())
    shelf = Shelf(search)
    rightness(shelf, refit=refit)
    if refit:
        return
    reading()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure("SQLite", f"sqlite:///{folder}/coach.sqlite3", search))
        file = Path(folder) / "coach.sqlite3"
        print(f"{'':11}file {file.stat().st_size / 2**20:.0f} MB")
    with schema() as url:
        if url:
            asyncio.run(measure("PostgreSQL", url, search))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--fit", action="store_true", help="fit the confidence and print it")
    main(refit=arguments.parse_args().fit)
