"""/promises on the phone: by due date, settled with one tap, moved by tap and by typing, both ways, both languages."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import select

from bot.models import Account, ClientPromise, Person, Promise
from tests.telegram import Chatter, Stage, height

CHEN, LIN = 1001, 1002
TODAY = dtm.date(2026, 11, 23)
"""Monday, the day on which the stage's clock stands."""


async def person_id(stage: Stage, telegram_id: int) -> int:
    async with stage.coach.database.read() as session:
        found = await session.scalar(select(Person.id).where(Person.telegram_id == telegram_id))
    assert found is not None
    return found


async def owe(stage: Stage, *dues: int | None, what: str = "送样品", owner: int = CHEN) -> list[int]:
    """Promises due so many days from today."""
    me = await person_id(stage, owner)
    async with stage.coach.database.begin() as session:
        account = Account(person_id=me, name=f"永兴便利店{owner}{what}", tier="A", created_at=stage.clock.now())
        session.add(account)
        await session.flush()
        made = [
            Promise(
                person_id=me,
                account_id=account.id,
                made_on=TODAY - dtm.timedelta(days=20),
                what=f"{what}{number}",
                due=None if due is None else TODAY + dtm.timedelta(days=due),
            )
            for number, due in enumerate(dues, start=1)
        ]
        session.add_all(made)
        await session.flush()
        return [promise.id for promise in made]


async def stored(stage: Stage, promise_id: int) -> Promise:
    async with stage.coach.database.read() as session:
        return await session.get_one(Promise, promise_id)


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


async def test_an_empty_book_owes_nothing(stage: Stage) -> None:
    (answer,) = await stage.person(CHEN).says("/promises")
    assert answer == "您没有欠着的承诺。\n近 8 周还没有到期的承诺。"


async def test_what_is_owed_by_due_date_with_weekday_and_rate(stage: Stage) -> None:
    await owe(stage, 2, -3, None, 0)
    (answer,) = await stage.person(CHEN).says("/promises")
    lines = answer.split("\n")
    assert lines[0] == "您欠着 4 个承诺"
    assert lines[1].endswith("送样品2")
    assert lines[2].strip() == "11月20日 周五 · 已过 3 天"
    assert lines[4].strip() == "11月23日 周一 · 今天到期"
    assert lines[6].strip() == "11月25日 周三"
    assert lines[8].strip() == "没说日子"
    assert lines[9] == "近 8 周：到期 1 个，按时 0 个 = 0%（迟 0，未做 1）"
    assert height(answer) <= 12


async def test_the_same_in_english(stage: Stage) -> None:
    await owe(stage, -3, -1, 1)
    (answer,) = await stage.person(CHEN, "en").says("/promises")
    assert answer.startswith("You owe 3 promises\n1. ")
    assert "Fri 20 Nov · 3 days late" in answer
    assert "Sun 22 Nov, a day off · due today" in answer
    assert height(answer) <= 12


async def test_kept_with_one_tap_and_taken_back_with_another(stage: Stage) -> None:
    (promise_id,) = await owe(stage, 2)
    chen = stage.person(CHEN)
    await chen.says("/promises")
    await chen.taps("✅ 1 做到")
    assert shown(chen).startswith("✅ 做到了：送样品1\n您没有欠着的承诺。")
    assert (await stored(stage, promise_id)).kept_on == TODAY
    await chen.taps("↩ 点错了")
    assert shown(chen).startswith("您欠着 1 个承诺")
    assert (await stored(stage, promise_id)).is_open


async def test_withdrawn_with_one_tap(stage: Stage) -> None:
    (promise_id,) = await owe(stage, 2)
    chen = stage.person(CHEN)
    await chen.says("/promises")
    await chen.taps("✖ 1 撤回")
    promise = await stored(stage, promise_id)
    assert (promise.withdrawn_on, promise.kept_on) == (TODAY, None)


async def test_a_second_tap_changes_nothing(stage: Stage) -> None:
    (promise_id,) = await owe(stage, 2)
    chen = stage.person(CHEN)
    await chen.says("/promises")
    message_id, kept = chen.button("✅ 1 做到")
    _, dropped = chen.button("✖ 1 撤回")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, kept))
    await chen.does(lambda: stage.api.tap(CHEN, message_id, dropped, stale=True))
    assert "已经处理过" in chen.notices[-1]
    promise = await stored(stage, promise_id)
    assert (promise.kept_on, promise.withdrawn_on) == (TODAY, None)


async def test_moved_to_a_tapped_day(stage: Stage) -> None:
    (promise_id,) = await owe(stage, 2)
    chen = stage.person(CHEN)
    await chen.says("/promises")
    (asked,) = await chen.taps("📅 1 改期")
    assert "和客户说好" in asked
    assert chen.buttons == ["11月24日 周二", "11月26日 周四", "11月30日 周一"]
    await chen.taps("11月26日 周四")
    assert shown(chen).startswith("📅 送样品1 改到 11月26日 周四")
    promise = await stored(stage, promise_id)
    assert promise.due == dtm.date(2026, 11, 26)
    assert promise.moves == [{"from": "2026-11-25", "to": "2026-11-26", "on": "2026-11-23"}]


async def test_moved_to_a_typed_day_after_a_word_that_is_none(stage: Stage) -> None:
    (promise_id,) = await owe(stage, -3)
    chen = stage.person(CHEN)
    await chen.says("/promises")
    await chen.taps("📅 1 改期")
    (answer,) = await chen.says("随便吧")
    assert "没看出是哪天" in answer
    (answer,) = await chen.says("昨天")
    assert "没看出是哪天" in answer
    (answer,) = await chen.says("下周三")
    assert answer.startswith("📅 送样品1 改到 12月2日 周三")
    promise = await stored(stage, promise_id)
    assert (promise.due, promise.moved_to) == (dtm.date(2026, 11, 20), dtm.date(2026, 12, 2))


async def test_many_are_paged(stage: Stage) -> None:
    await owe(stage, *range(1, 11))
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/promises")
    assert "您欠着 10 个承诺" in answer
    assert height(answer) <= 12
    await chen.taps("▶")
    assert "5. " in shown(chen)
    await chen.taps("▶")
    assert "10. " in shown(chen)
    assert "▶" not in chen.buttons


async def test_what_clients_owe_is_apart_and_settled_too(stage: Stage) -> None:
    me = await person_id(stage, CHEN)
    async with stage.coach.database.begin() as session:
        session.add(ClientPromise(person_id=me, said_on=TODAY, what="周五付款", due=TODAY + dtm.timedelta(days=4)))
    chen = stage.person(CHEN)
    await chen.says("/promises")
    await chen.taps("客户欠我 1")
    assert "周五付款" in shown(chen)
    await chen.taps("✅ 1 做到")
    assert "客户没有说好" in shown(chen)
    await chen.taps("◀ 我欠的")
    assert shown(chen).startswith("您没有欠着")


async def test_another_managers_promise_does_not_exist(stage: Stage) -> None:
    (theirs,) = await owe(stage, 2, owner=LIN)
    chen = stage.person(CHEN)
    await chen.says("/promises")
    for verb in ("promise-kept", "promise-day", "promise-drop", "promise-reopen", "promise-move"):
        data = stage.coach.shared.signer.sign(f"{verb}:{theirs}:20261201", CHEN, stage.clock.now())
        message_id = chen.last["message_id"]
        await chen.does(lambda message_id=message_id, data=data: stage.api.tap(CHEN, message_id, data, stale=True))
        assert "没找到" in chen.notices[-1]
    promise = await stored(stage, theirs)
    assert promise.is_open
    assert promise.moves == []


async def test_names_and_deeds_with_markup_do_no_harm(stage: Stage) -> None:
    await owe(stage, 1, what="<b>&\"'😀")
    (answer,) = await stage.person(CHEN).says("/promises")
    assert "<b>&\"'😀1" in answer
