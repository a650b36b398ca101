"""Passages: kept in the full-text index of either database, and found there for a question, one team at a time.

The index knows only which passages hold a term (SQLite: FTS5 without content; PostgreSQL: tsvector with GIN). A team's
terms carry its number, so that no question can reach what another team holds, and another's size costs it nothing.
The rare terms of a question choose candidates; which of them answers is told by knowledge.passages, alike for both.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import Handbook, HandbookState, Passage, Person, TeamAnswer
from bot.services import teams
from knowledge import passages as judging
from knowledge.passages import Asked, Match

COUNTED = 2_000
"""Passages with a term up to which they are counted; one that more hold says little, however many."""

EVERYDAY = 0.25
"""Share of our articles with a term (客户) from which on all passages of a team are taken to hold it, uncounted."""

READ = 5_000
"""Entries of the index that are read for candidates: of the rarest terms as many as fit, of the rarest one all."""

CANDIDATES = 24
"""Passages whose words are looked at (benchmarks/handbook.py tells how often the right one is among them)."""

MOST_TEAMS = 8
"""Teams whose handbooks answer one person: an owner leads all of them, a lead some."""

INSERT = {
    "sqlite": "INSERT INTO passage_index (rowid, terms) VALUES (:id, :terms)",
    "postgresql": "INSERT INTO passage_index (passage_id, terms)"
    " VALUES (:id, array_to_tsvector(string_to_array(:terms, ' ')))",
}
REMOVE = {
    "sqlite": "INSERT INTO passage_index (passage_index, rowid, terms) VALUES ('delete', :id, :terms)",
    "postgresql": "DELETE FROM passage_index WHERE passage_id = :id AND CAST(:terms AS text) IS NOT NULL",
}
HOLDING = {
    "sqlite": "FROM passage_index WHERE passage_index MATCH :term{0}",
    "postgresql": "FROM passage_index WHERE terms @@ CAST(:term{0} AS tsquery)",
}
KEY = {"sqlite": "rowid", "postgresql": "passage_id"}
QUOTES = {"sqlite": '"', "postgresql": "'"}


@dataclass(frozen=True)
class Found:
    """A passage for a question: how well it answers, what it is part of, and what the words of the question weigh."""

    passage: Passage
    match: Match
    source: Handbook | TeamAnswer
    weights: Mapping[str, float]


async def put_in(session: AsyncSession, passages: Sequence[tuple[Passage, str]]) -> None:
    """Let passages be found, each by its terms (separated by spaces). They have their ids."""
    await _write(session, INSERT, passages)


async def take_out(session: AsyncSession, passages: Sequence[Passage]) -> None:
    """Let passages be found no more; to be done before they are deleted, since SQLite gives their ids to others.

    Their terms are made anew from their words: whoever changes `terms` lets a migration fill the index afresh.
    """
    termed = await asyncio.to_thread(lambda: [(one, terms_of(one.heading, one.text)) for one in passages])
    await _write(session, REMOVE, termed)


async def put_back(session: AsyncSession, passages: Sequence[Passage]) -> None:
    """Let passages be found again that were taken out."""
    termed = await asyncio.to_thread(lambda: [(one, terms_of(one.heading, one.text)) for one in passages])
    await _write(session, INSERT, termed)


async def drop(session: AsyncSession, passages: Sequence[Passage], *, are_indexed: bool) -> None:
    """Delete passages, and let them be found no more."""
    if are_indexed:
        await take_out(session, passages)
    await session.execute(delete(Passage).where(Passage.id.in_([one.id for one in passages])))


def terms_of(heading: str, words: str) -> str:
    """What a passage is searched by, separated by spaces, in an order that depends on nothing else."""
    return " ".join(sorted(judging.terms(heading) | judging.terms(words)))


async def search(session: AsyncSession, person: Person, asked: Asked, limit: int) -> list[Found]:
    """The passages of a person's teams that answer a question best, the best first, those without any hope left out."""
    if not asked.terms:
        return []
    found = [
        one
        for team_id, size in (await _sizes(session, person)).items()
        for one in await _of_team(session, team_id, size, asked)
    ]
    likely = [one for one in found if one.match.zone != "none"]
    return sorted(likely, key=lambda one: (-one.match.score, one.passage.id))[:limit]


async def own(session: AsyncSession, person: Person, passage_id: int) -> tuple[Passage, Handbook | TeamAnswer]:
    """A passage that is searched for this person, and what it is part of. Raises NoSuchRecord for any other."""
    readable = await teams.reading(session, person)
    found = await _with_sources(session, [passage_id], [team.id for team in readable])
    if not found:
        raise NoSuchRecord
    return found[0]


async def after(session: AsyncSession, passage: Passage) -> Passage | None:
    """The passage that follows in the same document, None after the last and for a lead's answer."""
    if passage.handbook_id is None:
        return None
    following = (Passage.handbook_id == passage.handbook_id) & (Passage.position == passage.position + 1)
    return await session.scalar(select(Passage).where(following))


async def _sizes(session: AsyncSession, person: Person) -> dict[int, int]:
    """How many passages each of a person's teams has, teams without any left out."""
    ids = [team.id for team in await teams.reading(session, person)]
    documents = (
        select(Handbook.team_id, func.sum(Handbook.passages))
        .where(Handbook.team_id.in_(ids), Handbook.state == HandbookState.CURRENT)
        .group_by(Handbook.team_id)
    )
    answers = (
        select(TeamAnswer.team_id, func.count())
        .where(TeamAnswer.team_id.in_(ids), TeamAnswer.removed_at.is_(None))
        .group_by(TeamAnswer.team_id)
    )
    sizes: Counter[int] = Counter()
    counted: Sequence[Any] = (await session.execute(union_all(documents, answers))).all()
    for team_id, count in counted:
        sizes[team_id] += int(count)
    return dict(sorted(sizes.items())[:MOST_TEAMS])


async def _of_team(session: AsyncSession, team_id: int, size: int, asked: Asked) -> list[Found]:
    everyday = {term: size for term in asked.terms if asked.common.get(term, 0.0) > EVERYDAY}
    async with _by_index(session):
        holding = everyday | await _counts(session, team_id, [term for term in asked.terms if term not in everyday])
        weights = judging.weights(asked, holding, size)
        ids = await _candidates(session, team_id, {term: weights[term] for term in _chosen(holding)})
    return [
        Found(passage, judging.match(asked, weights, passage.heading, passage.text), source, weights)
        for passage, source in await _with_sources(session, ids, [team_id])
    ]


@asynccontextmanager
async def _by_index(session: AsyncSession) -> AsyncIterator[None]:
    """Let PostgreSQL use the index: it takes reading everything for cheap, and counts no unfolding of long rows.

    Measured with 110,000 passages: 3 s for a rare term without, 1 ms with the index.
    """
    is_postgres = session.get_bind().dialect.name == "postgresql"
    if is_postgres:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    if is_postgres:
        await session.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))


def _chosen(holding: Mapping[str, int]) -> list[str]:
    """The rarest terms that any passage holds, as many as may be read."""
    chosen: list[str] = []
    left = READ
    for term in sorted((term for term, count in holding.items() if count), key=lambda term: (holding[term], term)):
        left -= holding[term]
        if chosen and left < 0:
            break
        chosen.append(term)
    return chosen


async def _counts(session: AsyncSession, team_id: int, terms: Sequence[str]) -> dict[str, int]:
    """How many of a team's passages hold each term, counted up to COUNTED."""
    if not terms:
        return {}
    dialect = session.get_bind().dialect.name
    each = (
        f"(SELECT count(*) FROM (SELECT 1 {HOLDING[dialect].format(at)} LIMIT {COUNTED}) AS held{at})"  # noqa: S608
        for at in range(len(terms))
    )
    row = (await session.execute(text(f"SELECT {', '.join(each)}"), _marked(dialect, team_id, terms))).one()
    return dict(zip(terms, row, strict=True))


async def _candidates(session: AsyncSession, team_id: int, weights: Mapping[str, float]) -> list[int]:
    """The passages that hold most of the terms by weight."""
    if not weights:
        return []
    dialect = session.get_bind().dialect.name
    each = (
        f"SELECT {KEY[dialect]} AS id, {math.ceil(1000 * weight)} AS weight {HOLDING[dialect].format(at)}"
        for at, weight in enumerate(weights.values())
    )
    union = " UNION ALL ".join(each)
    query = f"SELECT id FROM ({union}) AS held GROUP BY id ORDER BY sum(weight) DESC, id LIMIT {CANDIDATES}"  # noqa: S608
    return list((await session.scalars(text(query), _marked(dialect, team_id, list(weights)))).all())


async def _with_sources(
    session: AsyncSession, ids: Sequence[int], team_ids: Iterable[int]
) -> list[tuple[Passage, Handbook | TeamAnswer]]:
    """The passages of these teams with what they are part of, as far as that is shown to anybody now."""
    rows = await session.execute(
        select(Passage, Handbook, TeamAnswer)
        .outerjoin(Handbook, (Handbook.id == Passage.handbook_id) & (Handbook.state == HandbookState.CURRENT))
        .outerjoin(TeamAnswer, (TeamAnswer.id == Passage.answer_id) & TeamAnswer.removed_at.is_(None))
        .where(Passage.id.in_(ids), Passage.team_id.in_(list(team_ids)))
    )
    found: list[tuple[Passage, Handbook | TeamAnswer]] = []
    for passage, handbook, answer in rows:
        if (source := handbook or answer) is not None:
            found.append((passage, source))
    return found


async def _write(session: AsyncSession, statement: Mapping[str, str], passages: Sequence[tuple[Passage, str]]) -> None:
    if passages:
        rows = [{"id": one.id, "terms": _team_terms(one.team_id, terms)} for one, terms in passages]
        await session.execute(text(statement[session.get_bind().dialect.name]), rows)


def _team_terms(team_id: int, terms: str) -> str:
    return " ".join(f"{team_id}:{term}" for term in terms.split())


def _marked(dialect: str, team_id: int, terms: Sequence[str]) -> dict[str, Any]:
    """The terms of a team as the parameters of a query; they are letters, digits and characters, without quotes."""
    quote = QUOTES[dialect]
    return {f"term{at}": f"{quote}{team_id}:{term}{quote}" for at, term in enumerate(terms)}
