"""Questions: each is kept with its outcome."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Person, Question
from knowledge.search import Result


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
        article_id=result.hits[0].article.id if result.hits else None,
        confidence=result.confidence,
    )
    session.add(question)
    await session.flush()
    return question
