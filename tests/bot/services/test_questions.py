"""Questions and gaps; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Person, Question
from bot.services import demo, people, questions
from knowledge.library import Library
from knowledge.search import Hit, Result

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
ARTICLES = list(Library.load().articles.values())[:3]
HITS = tuple(Hit(article, 0.4, 1.0) for article in ARTICLES)


def terms(text: str) -> frozenset[str]:
    return frozenset(text)


async def chen(database: Database) -> Person:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        person = await people.find(session, 1001)
    assert person is not None
    return person


async def ask(database: Database, person: Person, text: str, outcome: str, days_ago: int = 0) -> Question:
    async with database.begin() as session:
        result = Result(outcome, HITS, 0.4)  # type: ignore[arg-type]
        now = NOW - dtm.timedelta(days=days_ago)
        return await questions.record(session, person, text, result, locale="zh", now=now)


async def found(database: Database) -> list[tuple[str, int, int]]:
    async with database.read() as session:
        return [(gap.text, gap.count, gap.disliked) for gap in await questions.gaps(session, terms, NOW)]


async def test_only_what_was_shown_is_kept_as_shown(database: Database) -> None:
    person = await chen(database)
    answered = await ask(database, person, "甲", "answer")
    unsure = await ask(database, person, "乙", "unsure")
    declined = await ask(database, person, "丙", "none")
    assert (answered.article_id, answered.suggested) == (ARTICLES[0].id, [])
    assert (unsure.article_id, unsure.suggested) == (None, [article.id for article in ARTICLES])
    assert (declined.article_id, declined.suggested) == (None, [])


async def test_gaps_are_the_unanswered_the_unopened_and_the_disliked(database: Database) -> None:
    person = await chen(database)
    await ask(database, person, "好好好", "answer")
    disliked = await ask(database, person, "坏坏坏", "answer")
    opened = await ask(database, person, "开开开", "unsure")
    await ask(database, person, "关关关", "unsure")
    await ask(database, person, "无无无", "none")
    await ask(database, person, "旧旧旧", "none", days_ago=57)
    async with database.begin() as session:
        (await questions.own(session, person, disliked.id)).verdict = "down"
        questions.choose(await questions.own(session, person, opened.id), 2)
    assert sorted(await found(database)) == sorted([("坏坏坏", 1, 1), ("关关关", 1, 0), ("无无无", 1, 0)])


async def test_near_equal_ones_count_together_and_the_commonest_comes_first(database: Database) -> None:
    person = await chen(database)
    for text in ("股票涨了吗", "彩票号码", "股票涨了没", "股票又涨了吗"):
        await ask(database, person, text, "none")
    assert await found(database) == [("股票又涨了吗", 3, 0), ("彩票号码", 1, 0)]


async def test_another_persons_question_does_not_exist(database: Database) -> None:
    person = await chen(database)
    question = await ask(database, person, "甲", "none")
    async with database.begin() as session:
        other = await people.find(session, 1002)
        assert other is not None
        with pytest.raises(NoSuchRecord):
            await questions.own(session, other, question.id)
        with pytest.raises(NoSuchRecord):
            await questions.own(session, person, 10**15)


async def test_a_suggestion_that_was_not_made_cannot_be_chosen(database: Database) -> None:
    unsure = await ask(database, await chen(database), "乙", "unsure")
    for place in (-1, 3):
        with pytest.raises(NoSuchRecord):
            questions.choose(unsure, place)
