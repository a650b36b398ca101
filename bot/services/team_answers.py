"""What leads answered where the documents did not: written, searched, changed, and taken back again."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from sqlalchemy import select
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


async def by(session: AsyncSession, author: Person) -> Sequence[TeamAnswer]:
    """What somebody answered for teams that he still leads, the newest first."""
    led = [team.id for team in await teams.led_by(session, author)]
    his = TeamAnswer.person_id == author.id, TeamAnswer.removed_at.is_(None), TeamAnswer.team_id.in_(led)
    return (await session.scalars(select(TeamAnswer).where(*his).order_by(TeamAnswer.id.desc()))).all()


async def own(session: AsyncSession, author: Person, answer_id: int) -> TeamAnswer:
    """An answer of this person for a team that he leads. Raises NoSuchRecord, AlreadyDone where it was removed."""
    answer = await session.get(TeamAnswer, answer_id, with_for_update=True)
    if answer is None or answer.person_id != author.id:
        raise NoSuchRecord
    await teams.led(session, author, answer.team_id)
    if answer.removed_at is not None:
        raise AlreadyDone
    return answer


async def change(session: AsyncSession, author: Person, answer_id: int, words: str) -> TeamAnswer:
    """Put other words into an answer. Raises NoSuchRecord, AlreadyDone, AnswerTooLong."""
    answer = await own(session, author, answer_id)
    answer.text = _fitting(words)
    await _take_out(session, [answer])
    await _put_in(session, answer)
    return answer


async def remove(session: AsyncSession, author: Person, answer_id: int, now: dtm.datetime) -> TeamAnswer:
    """Take an answer back. Raises NoSuchRecord, AlreadyDone."""
    answer = await own(session, author, answer_id)
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
