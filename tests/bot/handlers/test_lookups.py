"""Looking an account up in plain words: its card or its promises, in no book but those that the asker may see."""

from __future__ import annotations

import datetime as dtm

from bot.models import Promise
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, OTHER_LEAD, OTHER_MANAGER, add_west
from tests.bot.handlers.test_accounts import add
from tests.bot.handlers.test_invite import newcomer
from tests.telegram import Stage


def owing(stage: Stage, what: str) -> Promise:
    day = stage.clock.now().date()
    return Promise(what=what, made_on=day, due=day + dtm.timedelta(days=3), absolute=False)


async def test_the_card_and_the_promises_of_an_account(stage: Stage) -> None:
    await add(stage, CHEN, "青禾食品商行", owing(stage, "送样品"))
    chen = stage.person(CHEN)
    for words in ("上次去青禾食品商行是几号", "青禾的联系人是谁", "show me 青禾"):
        (answer,) = await chen.says(words)
        assert answer.startswith("青禾食品商行"), words
    for words in ("我答应过青禾什么", "what do I still owe 青禾?"):
        (answer,) = await chen.says(words)
        assert "来往的承诺" in answer, words
        assert "送样品" in answer, words


async def test_two_near_names_are_offered(stage: Stage) -> None:
    for branch in ("东街", "西街"):
        await add(stage, CHEN, f"青禾食品{branch}店", owing(stage, f"送{branch}的货"))
    chen = stage.person(CHEN)
    await chen.says("我答应过青禾食品什么")
    near = [label for label in chen.buttons if "青禾食品" in label]
    assert len(near) == 2
    (answer,) = await chen.taps(next(label for label in near if "西街" in label))
    assert "送西街的货" in answer


async def test_a_lead_looks_into_his_managers_books_and_nobody_into_others(stage: Stage) -> None:
    await add_west(stage)
    stage.api.join(newcomer(OTHER_LEAD), newcomer(OTHER_MANAGER))
    await add(stage, CHEN, "青禾食品商行", owing(stage, "送样品"))
    (answer,) = await stage.person(LEAD).says("陈晓答应过什么")
    assert "送样品" not in answer
    (answer,) = await stage.person(LEAD).says("看看青禾食品商行的情况")
    assert answer.startswith("青禾食品商行")
    for stranger in (LIN, OTHER_LEAD, OTHER_MANAGER):
        answers = await stage.person(stranger).says("我答应过青禾食品商行什么")
        assert not any("送样品" in answer or "来往的承诺" in answer for answer in answers), stranger


async def test_what_names_no_account_is_heard_as_before(stage: Stage) -> None:
    chen = stage.person(CHEN)
    (answer,) = await chen.says("大客户的资料有哪些")
    assert "出处" in answer
