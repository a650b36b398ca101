"""Questions: each is kept with its outcome and with what the asker thought of the answer; gaps are made from them."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import Person, Question
from knowledge.search import Result

REASONS = ("wrong", "unclear", "useless")
"""Why an answer was disliked (domain.md §1)."""

NEAR_EQUAL = 0.5
"""Share of terms that two questions have in common from which on they count as one gap."""

GAP_DAYS = 56
"""Days back that the gaps look: the window of the habits (domain.md §4)."""

MOST_GAP_QUESTIONS = 300
"""Newest questions that are looked at: some 0.2 s of work in one turn, measured with 300 different ones."""


UNANSWERED = ("unsure", "none")
"""Outcomes of a question that the knowledge base did not answer."""

BY_TEAM, SETTLED = "team", "settled"
"""Outcomes of a question that the team's own documents answered, and of one that a lead has answered since."""


@dataclass(frozen=True)
class Gap:
    """What people asked and the coach did not answer well: the newest wording, how often, how often disliked.

    `questions` are all of them, the newest first.
    """

    text: str
    count: int
    disliked: int
    questions: tuple[Question, ...] = ()


async def record(
    session: AsyncSession, person: Person, text: str, result: Result, *, locale: str, now: dtm.datetime
) -> Question:
    """Keep a question and what the search made of it."""
    question = Question(
        person_id=person.id,
        asked_at=now,
        locale=locale,
        text=text,
        outcome=result.outcome,
        article_id=result.hits[0].article.id if result.outcome == "answer" else None,
        suggested=[hit.article.id for hit in result.hits] if result.outcome == "unsure" else [],
        confidence=result.confidence,
    )
    session.add(question)
    await session.flush()
    return question


async def own(session: AsyncSession, person: Person, question_id: int) -> Question:
    """A question of this person. Raises NoSuchRecord for anybody else's."""
    question = await session.get(Question, question_id)
    if question is None or question.person_id != person.id:
        raise NoSuchRecord
    return question


def choose(question: Question, place: int) -> str:
    """Note which suggestion was opened and return its article id. Raises NoSuchRecord where there is none."""
    if not 0 <= place < len(question.suggested):
        raise NoSuchRecord
    question.article_id = question.suggested[place]
    return question.article_id


async def gaps(
    session: AsyncSession,
    terms: Callable[[str], frozenset[str]],
    now: dtm.datetime,
    limit: int = 10,
    *,
    since: dtm.datetime | None = None,
    asked_by: Collection[int] | None = None,
) -> list[Gap]:
    """The commonest gaps since then, by default of the last weeks: unanswered questions, and disliked answers.

    Near-equal questions count together; `terms` gives what a question is made of. `asked_by` are the ids of those
    whose questions count, None for everybody's.
    """
    groups: list[tuple[frozenset[str], list[Question]]] = []
    for question in await session.scalars(_open(now, since, asked_by)):
        found = terms(question.text)
        for known, members in groups:
            if _near_equal(found, known):
                members.append(question)
                break
        else:
            groups.append((found, [question]))
    counted = [_gap(members) for _, members in groups]
    return sorted(counted, key=lambda gap: gap.count, reverse=True)[:limit]


async def gap_of(
    session: AsyncSession,
    terms: Callable[[str], frozenset[str]],
    now: dtm.datetime,
    question_id: int,
    *,
    asked_by: Collection[int],
) -> Gap:
    """The gap that an open question of these people belongs to. Raises NoSuchRecord where it is none, or none now."""
    asked = (await session.scalars(_open(now, None, asked_by))).all()
    own = next((question for question in asked if question.id == question_id), None)
    if own is None:
        raise NoSuchRecord
    known = terms(own.text)
    return _gap([question for question in asked if question is own or _near_equal(terms(question.text), known)])


def settle(gap: Gap) -> None:
    """Count the questions of a gap as answered by a lead."""
    for question in gap.questions:
        question.outcome = SETTLED


def _open(now: dtm.datetime, since: dtm.datetime | None, asked_by: Collection[int] | None) -> Select[Question]:
    """The questions that want an answer, the newest first."""
    unanswered = Question.outcome.in_(UNANSWERED) & Question.article_id.is_(None)
    query = select(Question).where(
        Question.asked_at > (since or now - dtm.timedelta(days=GAP_DAYS)),
        Question.asked_at <= now,
        Question.outcome != SETTLED,
        or_(unanswered, Question.verdict == "down"),
    )
    if asked_by is not None:
        query = query.where(Question.person_id.in_(asked_by))
    return query.order_by(Question.id.desc()).limit(MOST_GAP_QUESTIONS)


def _near_equal(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= NEAR_EQUAL * len(one | other)


def _gap(members: Sequence[Question]) -> Gap:
    disliked = sum(question.verdict == "down" for question in members)
    return Gap(members[0].text, len(members), disliked, tuple(members))
