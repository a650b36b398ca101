"""What leads answered where the documents did not: written, searched, changed, and taken back again."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, CoachError, NoSuchRecord
from bot.models import Passage, Person, Team, TeamAnswer
from bot.services import passages, teams

LONGEST = 500
"""Characters of an answer: some two screens of a phone, and one passage."""


class AnswerTooLong(CoachError):
    """An answer that nobody would read on a phone."""

    text_id = "gaps-answer-too-long"


async def write(
    session: AsyncSession, author: Person, team: Team, *, question: str, words: str, now: dtm.datetime
) -> TeamAnswer:
    """Keep an answer for a team; it is found at once. Raises NoSuchRecord where he does not lead it, AnswerTooLong."""
    await teams.led(session, author, team.id)
    answer = TeamAnswer(team_id=team.id, person_id=author.id, question=question, text=_fitting(words), written_at=now)
    session.add(answer)
    await session.flush()
    await _put_in(session, answer)
    return answer


async def by(session: AsyncSession, lead: Person) -> Sequence[TeamAnswer]:
    """What a lead may change for the teams that he leads, the newest first: his own, and what removed leads left."""
    led = [team.id for team in await teams.led_by(session, lead)]
    query = (
        select(TeamAnswer)
        .join(Person, Person.id == TeamAnswer.person_id)
        .where(TeamAnswer.removed_at.is_(None), TeamAnswer.team_id.in_(led))
        .where(or_(Person.id == lead.id, Person.removed_at.is_not(None)))
    )
    return (await session.scalars(query.order_by(TeamAnswer.id.desc()))).all()


async def own(session: AsyncSession, lead: Person, answer_id: int) -> TeamAnswer:
    """An answer that this lead may change (`by`). Raises NoSuchRecord, AlreadyDone where it was removed."""
    answer = await session.get(TeamAnswer, answer_id, with_for_update=True)
    author = await session.get(Person, answer.person_id) if answer else None
    if answer is None or author is None or (author.id != lead.id and author.removed_at is None):
        raise NoSuchRecord
    await teams.led(session, lead, answer.team_id)
    if answer.removed_at is not None:
        raise AlreadyDone
    return answer


async def change(session: AsyncSession, lead: Person, answer_id: int, words: str) -> TeamAnswer:
    """Put other words into an answer, and sign it. Raises NoSuchRecord, AlreadyDone, AnswerTooLong."""
    answer = await own(session, lead, answer_id)
    answer.text, answer.person_id = _fitting(words), lead.id
    await _take_out(session, [answer])
    await _put_in(session, answer)
    return answer


async def remove(session: AsyncSession, lead: Person, answer_id: int, now: dtm.datetime) -> TeamAnswer:
    """Take an answer back. Raises NoSuchRecord, AlreadyDone."""
    answer = await own(session, lead, answer_id)
    await _take_out(session, [answer])
    answer.removed_at = now
    return answer


async def withdraw_all(session: AsyncSession, author: Person, now: dtm.datetime) -> None:
    """Take back everything that somebody answered, since he is to be forgotten."""
    query = select(TeamAnswer).where(TeamAnswer.person_id == author.id, TeamAnswer.removed_at.is_(None))
    answers = (await session.scalars(query)).all()
    await _take_out(session, answers)
    for answer in answers:
        answer.removed_at = now
    await session.flush()


def _fitting(words: str) -> str:
    if len(words) > LONGEST:
        raise AnswerTooLong(limit=LONGEST)
    return words


async def _put_in(session: AsyncSession, answer: TeamAnswer) -> None:
    passage = Passage(
        team_id=answer.team_id, answer_id=answer.id, position=0, heading=answer.question, text=answer.text
    )
    session.add(passage)
    await session.flush()
    await passages.put_back(session, [passage])


async def _take_out(session: AsyncSession, answers: Sequence[TeamAnswer]) -> None:
    query = select(Passage).where(Passage.answer_id.in_([one.id for one in answers]))
    await passages.drop(session, (await session.scalars(query)).all(), are_indexed=True)
