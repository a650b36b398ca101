"""/flags on the phone: found by the rules, with all five buttons, told sparingly, in both languages."""

from __future__ import annotations

import datetime as dtm
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.jobs.evaluation import Evaluation
from bot.models import Account, Flag, Person
from bot.models import Evaluation as Kept
from bot.services import flags
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from tests.telegram import Chatter, Stage, height

CHEN, LIN, LEAD = 1001, 1002, 2001


@pytest.fixture
async def judged(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo book on a Monday morning, looked at by the rules."""
    async with Stage(tmp_path, demo_book=True) as stage:
        await stage.person(CHEN).says("/start")
        await stage.person(LIN).says("/start")
        await look(stage)
        yield stage


async def look(stage: Stage) -> int:
    """Let the rules look at whoever is due, and send what they have to say."""
    coach = stage.coach
    shared = coach.shared
    job = Evaluation(coach.database, stage.clock, shared.worker, shared.texts, shared.signer, "zh")
    count = await job.run()
    await coach.sender.drain()
    return count


async def flags_of(stage: Stage, telegram_id: int) -> list[Flag]:
    async with stage.coach.database.read() as session:
        query = select(Flag).join(Person, Person.id == Flag.person_id).where(Person.telegram_id == telegram_id)
        return list(await session.scalars(query.order_by(Flag.id)))


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


async def test_the_demo_team_shows_at_least_ten_habits(judged: Stage) -> None:
    found = {flag.habit for person in (CHEN, LIN) for flag in await flags_of(judged, person)}
    assert len(found) >= 10, found


async def test_looking_again_changes_nothing(judged: Stage) -> None:
    before = [(flag.id, flag.opened_at) for flag in await flags_of(judged, CHEN)]
    assert await look(judged) == 0  # nobody is due
    judged.clock.move_to(judged.clock.now() + dtm.timedelta(hours=20))
    await look(judged)
    after = [(flag.id, flag.opened_at) for flag in await flags_of(judged, CHEN)]
    assert set(before) <= set(after)


@pytest.mark.parametrize(("language", "head"), [("zh-hans", "提示"), ("en", "flags")])
async def test_the_list_opens_each_flag_with_its_five_buttons(judged: Stage, language: str, head: str) -> None:
    chen = judged.person(CHEN, language)
    (answer,) = await chen.says("/flags")
    assert head in answer.split("\n")[0]
    assert height(answer) <= 12
    labels = [label for label in chen.buttons if label not in "◀▶"]
    assert labels
    for label in labels:
        await chen.says("/flags")
        await chen.taps(label)
        assert len(chen.buttons) in (7, 8), label  # with the way to the promises, or without
        assert height(shown(chen)) <= 12
        for number in range(3):
            button = chen.buttons[number]
            await chen.taps(button)
            assert height(shown(chen)) <= 20
            assert "{" not in shown(chen)
            await chen.taps(chen.buttons[-1])


async def test_why_shows_the_chain_down_to_facts_with_rule_and_source(judged: Stage) -> None:
    chen = judged.person(CHEN)
    await chen.says("/flags")
    await chen.taps(next(label for label in chen.buttons if label.startswith("承诺逾期")))
    await chen.taps("❓ 为什么")
    text = shown(chen)
    assert "└" in text
    assert "个工作日" in text
    assert "broken_promise v1" in text
    assert "《大客户经理素质》4.5" in text
    assert height(text) <= 16


async def test_what_to_do_today_opens_its_article(judged: Stage) -> None:
    chen = judged.person(CHEN)
    await chen.says("/flags")
    await chen.taps(chen.buttons[0])
    await chen.taps("💡 今天做什么")
    assert shown(chen).split("\n")[1].startswith("💡 ")
    (article,) = await chen.taps(chen.buttons[0])
    assert "出处" in article


async def test_later_keeps_quiet_until_the_day(judged: Stage) -> None:
    chen = judged.person(CHEN)
    await chen.says("/flags")
    before = shown(chen).split("\n")[0]
    await chen.taps(chen.buttons[0])
    await chen.taps("⏰ 稍后")
    await chen.taps("11月24日 周二")
    assert "到那天再说" in shown(chen)
    assert "不打扰您" in shown(chen)
    judged.clock.move_to(judged.clock.now() + dtm.timedelta(days=1))
    (answer,) = await chen.says("/flags")
    assert answer.split("\n")[0] == before


async def test_disagreeing_by_tap_and_by_typing_keeps_the_reason(judged: Stage) -> None:
    chen = judged.person(CHEN)
    await chen.says("/flags")
    await chen.taps(chen.buttons[0])
    await chen.taps("🙅 我不同意")
    await chen.taps("标准太严")
    assert "记下了" in shown(chen)
    await chen.taps(chen.buttons[0])
    await chen.taps("🙅 我不同意")
    (answer,) = await chen.says("这家店老板出国了，下月才回来")
    assert "记下了" in answer
    reasons = {flag.dispute for flag in await flags_of(judged, CHEN) if flag.disputed_at}
    assert reasons == {"标准太严", "这家店老板出国了，下月才回来"}


async def test_a_flag_clears_by_facts(judged: Stage) -> None:
    chen = judged.person(CHEN)
    open_flags = [flag for flag in await flags_of(judged, CHEN) if flag.habit == "no_market_feedback"]
    person, flag = (CHEN, open_flags[0]) if open_flags else (LIN, None)
    if flag is None:
        (flag,) = [one for one in await flags_of(judged, LIN) if one.habit == "no_market_feedback"]
    chatter = judged.person(person)
    await chatter.says("隔壁新开了一家批发部，啤酒便宜四块")
    await chatter.taps("✅ 对，记下")
    judged.clock.move_to(judged.clock.now() + dtm.timedelta(minutes=2))
    await look(judged)
    (after,) = [one for one in await flags_of(judged, person) if one.id == flag.id]
    assert after.cleared_at is not None
    assert chen.stage is judged


async def test_nudges_are_few_and_once(judged: Stage) -> None:
    judged.clock.move_to(judged.clock.now() + dtm.timedelta(hours=1))
    for _ in range(4):
        judged.clock.move_to(judged.clock.now() + dtm.timedelta(minutes=10))
        async with judged.coach.database.begin() as session:
            for person in await session.scalars(select(Person)):
                person.evaluate_at = judged.clock.now()
        await look(judged)
    said = [m["text"] for m in judged.api.messages(CHEN) if m["from"]["is_bot"] and "早点处理" in m.get("text", "")]
    assert len(said) == 1
    assert sum(line[0] in "🔴🟠🔵" for line in said[0].split("\n")) == 3
    assert height(said[0]) <= 12
    async with judged.coach.database.read() as session:
        chen = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
        assert chen is not None
        listed = await flags.open_of(session, chen, chen.today(judged.clock.now()))
    assert all(one.flag.nudged_at is not None for one in listed)


async def test_another_persons_flag_does_not_exist(judged: Stage) -> None:
    (theirs, *_) = await flags_of(judged, LIN)
    chen = judged.person(CHEN)
    await chen.says("/flags")
    for verb in ("flag", "flag-why", "flag-clears", "flag-do", "flag-later", "flag-off", "flag-no", "flag-dispute"):
        data = judged.coach.shared.signer.sign(f"{verb}:{theirs.id}:20261201", CHEN, judged.clock.now())
        message_id = chen.last["message_id"]
        await chen.does(lambda message_id=message_id, data=data: judged.api.tap(CHEN, message_id, data, stale=True))
        assert "没找到" in chen.notices[-1], verb
    assert (await flags_of(judged, LIN))[0].seen_at is None


async def test_why_not_names_the_missing_condition_with_its_figure(judged: Stage) -> None:
    chen = judged.person(CHEN)
    async with judged.coach.database.read() as session:
        flagged = select(Flag.account_id).where(Flag.account_id.is_not(None))
        name = await session.scalar(
            select(Account.name)
            .join(Person, Person.id == Account.person_id)
            .where(Person.telegram_id == CHEN, Account.tier == "A", Account.id.not_in(flagged))
            .limit(1)
        )
    (answer,) = await chen.says(f"/whynot {name}")
    assert (await chen.says(f"为什么没提示{name}")) == [answer]
    assert "为什么没提示" in answer
    assert "距上次见面（天）" in answer


async def test_a_replay_of_the_facts_gives_the_same_flags(judged: Stage) -> None:
    async with judged.coach.database.read() as session:
        kept = list(await session.scalars(select(Kept)))
        counted = {
            one.id: await session.scalar(select(func.count()).select_from(Flag).where(Flag.evaluation_id == one.id))
            for one in kept
        }
    engine = RuleEngine(Catalogue.load())
    for one in kept:
        again = engine.evaluate(one.facts)
        assert again.rule_set == one.rule_set
        assert len(again.flags) == counted[one.id]
