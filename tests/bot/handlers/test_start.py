"""/start: the first person owns the deployment; the language starts from Telegram's setting."""

from __future__ import annotations

from sqlalchemy import select

from bot.models import Person, Role
from tests.telegram import Stage

CHEN, LIN = 1001, 1002


async def test_the_first_person_becomes_the_owner_and_nobody_else_does(empty_stage: Stage) -> None:
    (welcome,) = await empty_stage.person(CHEN).says("/start")
    assert "管理员" in welcome
    (refusal,) = await empty_stage.person(LIN).says("/start")
    assert "邀请" in refusal
    async with empty_stage.coach.database.read() as session:
        people = list(await session.scalars(select(Person)))
    assert [(person.telegram_id, person.role) for person in people] == [(CHEN, Role.OWNER)]


async def test_the_owner_who_starts_again_is_greeted(empty_stage: Stage) -> None:
    owner = empty_stage.person(CHEN)
    await owner.says("/start")
    (greeting,) = await owner.says("/start")
    assert "您好" in greeting
    assert "管理员" not in greeting


async def test_english_telegram_gets_english(stage: Stage) -> None:
    (greeting,) = await stage.person(CHEN, "en").says("/start")
    assert "Hello" in greeting


async def test_every_example_question_opens_its_article(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/start")
    examples = chen.buttons
    assert len(examples) == 3
    for example in examples:
        (answer,) = await chen.taps(example)
        assert "出处：《" in answer


async def test_a_name_with_markup_is_shown_as_it_is(empty_stage: Stage) -> None:
    update = empty_stage.api.start(CHEN)
    update["message"]["from"]["first_name"] = "<b>&\"' \u202eevil"
    await empty_stage.settle()
    assert "<b>&\"'" in empty_stage.person(CHEN).last["text"]
