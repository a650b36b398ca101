"""Notes on the phone: one message, one card, one tap; corrected by tap and by typing; undone; never lost."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.handlers import note_fields
from bot.models import (
    Account,
    ClientPromise,
    Complaint,
    Contact,
    MarketReport,
    NextStep,
    Note,
    NoteState,
    Person,
    Promise,
    RawUpdate,
    UpdateState,
    Visit,
)
from bot.room import room
from bot.services import notes
from tests.telegram import Chatter, Stage, height

CHEN, LIN = 1001, 1002
TODAY = dtm.date(2026, 11, 23)
"""Monday, the day on which the stage's clock stands."""
BOOK = ("永兴便利店五一路店", "永兴便利店河西店", "城东烟酒行", "小河副食", "Sunny Mart")
VISITED = "上午去了城东烟酒行，张经理说竞品又降价了，答应他下周三前送样品和报价"


@pytest.fixture
async def chen(stage: Stage) -> Chatter:
    """A manager with a small book."""
    await book(stage, BOOK)
    return stage.person(CHEN)


async def book(stage: Stage, names: Sequence[str], owner: int = CHEN) -> None:
    async with stage.coach.database.begin() as session:
        me = await session.scalar(select(Person.id).where(Person.telegram_id == owner))
        assert me is not None
        session.add_all(Account(person_id=me, name=name, tier="B", created_at=stage.clock.now()) for name in names)


async def rows(stage: Stage, table: type[Any]) -> list[Any]:
    async with stage.coach.database.read() as session:
        return list(await session.scalars(select(table).order_by(table.id)))


async def counts(stage: Stage) -> dict[str, int]:
    async with stage.coach.database.read() as session:
        return {
            table.__name__: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in notes.RECORDS
        }


NOTHING = dict.fromkeys((table.__name__ for table in notes.RECORDS), 0)


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


async def test_one_message_becomes_a_card_and_one_tap_makes_it_count(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says(VISITED)
    assert "城东烟酒行 · 张经理 · 拜访" in card
    assert "送样品和报价 → 12月2日 周三" in card
    assert "竞品" in card
    assert height(card) <= 12
    assert await counts(stage) == NOTHING
    await chen.taps("✅ 对，记下")
    assert "记下了：城东烟酒行 · 承诺 1 · 市场反馈 1" in shown(chen)
    (visit,) = await rows(stage, Visit)
    assert (visit.day, visit.kind, visit.contact, visit.outcome) == (TODAY, "visit", "张经理", "next_step")
    assert visit.text == VISITED
    (promise,) = await rows(stage, Promise)
    assert (promise.what, promise.due, promise.made_on) == ("送样品和报价", dtm.date(2026, 12, 2), TODAY)
    (report,) = await rows(stage, MarketReport)
    assert "降价" in report.text
    (contact,) = await rows(stage, Contact)
    assert (contact.name, contact.stance) == ("张经理", "unknown")


async def test_the_same_in_english(stage: Stage, chen: Chatter) -> None:
    english = stage.person(CHEN, "en")
    (card,) = await english.says("Visited Sunny Mart this morning, promised Ms Lee the price list by Friday")
    assert "Sunny Mart · Ms Lee · visit" in card
    assert "→ Fri 27 Nov" in card
    await english.taps("✅ Right")
    assert "Recorded: Sunny Mart · 1 promise" in shown(english)


async def test_a_second_tap_records_nothing_twice(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    message_id, confirm = chen.button("✅ 对，记下")
    await chen.taps("✅ 对，记下")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, confirm, stale=True))
    assert "已经处理过" in chen.notices[-1]
    assert (await counts(stage))["Visit"] == 1


async def test_the_date_of_another_week_is_one_tap_away(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    await chen.taps("📅 改成 11月25日 周三")
    assert "送样品和报价 → 11月25日 周三" in shown(chen)
    await chen.taps("✅ 对，记下")
    (promise,) = await rows(stage, Promise)
    assert promise.due == dtm.date(2026, 11, 25)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_the_dates_of_several_promises_are_named_in_the_width_of_a_phone(stage: Stage, language: str) -> None:
    words = {
        "zh-hans": "去了小河副食，答应周五前把新品陈列架和样品烟送过去，下周三前把全年报价单发给老板",
        "en": "Visited Sunny Mart. I promised to bring the new display rack and samples by Friday, and I will send the"
        " price list for the whole year by next Wednesday.",
    }
    await book(stage, BOOK)
    chatter = stage.person(CHEN, language)
    await chatter.says(words[language])
    dates = [label for label in chatter.buttons if label.startswith("📅")]
    assert len(dates) == 2
    assert all(" → " in label and room(label) <= 18 for label in dates), dates
    assert len({label.split(" → ")[0] for label in dates}) == 2
    await chatter.taps("✏️ 改" if language != "en" else "✏️ Change")
    halves = [label for label in chatter.buttons if label[0] in "📅✖"][:4]
    assert [label[0] for label in halves] == ["📅", "✖"] * 2
    assert all(7 - 2 <= room(label) <= 9 for label in halves), halves


async def test_a_vague_date_is_proposed_never_guessed(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says("去了小河副食，答应老板过两天把新品样烟送来")
    assert "过两天" in card
    await chen.taps("✅ 对，记下")
    (promise,) = await rows(stage, Promise)
    assert promise.due is None


async def test_near_equal_names_are_asked(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says("去了永兴便利店，老板要了两条新品")
    assert "是哪一家" in card
    assert {"永兴便利店五一路店", "永兴便利店河西店"} <= set(chen.buttons)
    assert "✅ 对，记下" not in chen.buttons
    await chen.taps("永兴便利店河西店")
    assert "永兴便利店河西店 · " in shown(chen)
    await chen.taps("✅ 对，记下")
    (visit,) = await rows(stage, Visit)
    accounts = {account.id: account.name for account in await rows(stage, Account)}
    assert accounts[visit.account_id] == "永兴便利店河西店"


async def test_an_unknown_name_offers_a_new_account(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says("今天去拜访了百佳五金店，王老板说想先看看样品")
    assert "您的客户里没有「百佳五金店」" in card
    await chen.taps("➕ 新客户「百佳五金店」")
    assert "百佳五金店（新客户）" in shown(chen)
    assert "百佳五金店" not in {account.name for account in await rows(stage, Account)}
    await chen.taps("✅ 对，记下")
    assert "百佳五金店" in {account.name for account in await rows(stage, Account)}


async def test_undo_takes_everything_back_and_opens_the_card_again(stage: Stage, chen: Chatter) -> None:
    await chen.says("今天去拜访了百佳五金店，答应王老板周五送样品，他抱怨上次送货太慢")
    await chen.taps("➕ 新客户「百佳五金店」")
    await chen.taps("✅ 对，记下")
    assert (await counts(stage))["Promise"] == 1
    await chen.taps("↩ 撤销（10 分钟内）")
    assert await counts(stage) == NOTHING
    assert "百佳五金店" not in {account.name for account in await rows(stage, Account)}
    assert await rows(stage, Contact) == []
    await chen.taps("✅ 对，记下")
    assert (await counts(stage))["Promise"] == 1


async def test_the_last_note_is_undone_in_plain_words(stage: Stage, chen: Chatter) -> None:
    (told,) = await chen.says("撤销")
    assert "不能撤销" in told
    await chen.says(VISITED)
    await chen.taps("✅ 对，记下")
    await chen.says("撤销")
    assert await counts(stage) == NOTHING
    await chen.taps("✅ 对，记下")
    assert (await counts(stage))["Visit"] == 1


async def test_after_ten_minutes_nothing_is_undone(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    await chen.taps("✅ 对，记下")
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(minutes=11))
    await chen.taps("↩ 撤销（10 分钟内）")
    assert "超过 10 分钟" in chen.notices[-1]
    assert (await counts(stage))["Visit"] == 1


async def test_an_old_promise_told_as_kept_is_kept(stage: Stage, chen: Chatter) -> None:
    await chen.says("去了城东烟酒行，答应张经理周三前送样品")
    await chen.taps("✅ 对，记下")
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(days=2))
    (card,) = await chen.says("上次答应城东烟酒行的样品今天送到了")
    assert "✅ 兑现了：送样品" in card
    await chen.taps("✅ 对，记下")
    (promise,) = await rows(stage, Promise)
    assert promise.kept_on == TODAY + dtm.timedelta(days=2)
    await chen.taps("↩ 撤销（10 分钟内）")
    (promise,) = await rows(stage, Promise)
    assert promise.kept_on is None


async def test_what_is_still_owed_there_is_told_with_a_tap_to_settle_it(stage: Stage, chen: Chatter) -> None:
    await chen.says("去了城东烟酒行，答应张经理周三前送样品")
    await chen.taps("✅ 对，记下")
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(days=1))
    await chen.says("又去了城东烟酒行，张经理加了一单")
    await chen.taps("✅ 对，记下")
    assert "这家还欠着" in shown(chen)
    await chen.taps("✅ 1 做到")
    (promise,) = await rows(stage, Promise)
    assert promise.kept_on == TODAY + dtm.timedelta(days=1)


async def test_absolute_wording_gets_a_calmer_sentence_at_once(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says("跟城东烟酒行张经理拍胸脯保证周五一定送到陈列架")
    assert "说满了" in card
    assert "尽力 11月27日 周五 前" in card
    await chen.taps("✅ 对，记下")
    (promise,) = await rows(stage, Promise)
    assert promise.absolute


async def test_every_field_can_be_corrected_by_tap(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    await chen.taps("✏️ 改")
    await chen.taps("方式")
    await chen.taps("电话")
    assert "张经理 · 电话" in shown(chen)
    await chen.taps("✏️ 改")
    await chen.taps("结果")
    await chen.taps("了解情况")
    assert "了解情况" in shown(chen)
    await chen.taps("✏️ 改")
    await chen.taps("哪天")
    await chen.taps("11月22日 周日")
    assert "11月22日 周日" in shown(chen)
    await chen.taps("✏️ 改")
    await chen.taps("✖ 送样品和报价")
    assert "我答应" not in shown(chen)
    await chen.taps("✏️ 改")
    await chen.taps("联系人")
    await chen.taps("没有具体的人")
    assert "张经理" not in shown(chen).split("\n")[1]
    await chen.taps("✅ 对，记下")
    (visit,) = await rows(stage, Visit)
    assert (visit.day, visit.kind, visit.contact, visit.outcome) == (dtm.date(2026, 11, 22), "call", None, "info")
    assert await rows(stage, Promise) == []


async def test_a_field_can_be_corrected_by_typing_its_value(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    await chen.taps("✏️ 改")
    await chen.taps("客户")
    (asked,) = await chen.taps("⌨️ 打字")
    assert "名字" in asked
    (card,) = await chen.says("小河副食")
    assert "小河副食 · 张经理" in card
    await chen.taps("✏️ 改")
    await chen.taps("📅 送样品和报价")
    await chen.taps("⌨️ 打字")
    (answer,) = await chen.says("没想好")
    assert "没看出是哪天" in answer
    (card,) = await chen.says("12月8号")
    assert "→ 12月8日 周二" in card


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("不对，是下周四", "送样品和报价 → 12月3日 周四"),
        ("客户是小河副食不是城东烟酒行", "小河副食 · 张经理"),
        ("no, next Tuesday", "送样品和报价 → 12月1日 周二"),
    ],
)
async def test_a_typed_sentence_corrects_the_open_card(stage: Stage, chen: Chatter, typed: str, words: str) -> None:
    await chen.says(VISITED)
    (card,) = await chen.says(typed)
    assert words in card
    assert len(await rows(stage, Note)) == 1


async def test_a_tap_on_an_outdated_card_changes_nothing(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    message_id, confirm = chen.button("✅ 对，记下")
    await chen.says("不对，是下周四")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, confirm))
    assert "已经改过了" in chen.notices[-1]
    assert await counts(stage) == NOTHING


async def test_a_draft_survives_a_restart_and_is_offered_again_once(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(hours=3))
    answers = await chen.says("客户总压价怎么办")
    assert len(answers) == 2
    assert "还没确认" in answers[1]
    assert "城东烟酒行" in answers[1]
    assert len(await chen.says("客户总压价怎么办")) == 1
    await chen.taps("✅ 对，记下")
    (visit,) = await rows(stage, Visit)
    assert visit.day == TODAY


async def test_a_note_that_cannot_be_understood_is_kept_all_the_same(
    stage: Stage, chen: Chatter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(notes, "read", broken)
    (card,) = await chen.says(VISITED)
    assert "是哪家客户" in card
    (note,) = await rows(stage, Note)
    assert note.text == VISITED
    async with stage.coach.database.read() as session:
        assert set(await session.scalars(select(RawUpdate.state))) == {UpdateState.DONE}
    monkeypatch.undo()
    await chen.taps("不记客户")


async def test_discarding_keeps_the_words_and_counts_nothing(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    await chen.taps("🗑 不要")
    assert "不算数" in shown(chen)
    assert await counts(stage) == NOTHING
    (note,) = await rows(stage, Note)
    assert (note.state, note.text) == (NoteState.DISCARDED, VISITED)


async def test_a_visit_too_long_ago_asks_for_another_day(stage: Stage, chen: Chatter) -> None:
    await chen.says("11月10号去了城东烟酒行，张经理下了一单")
    await chen.taps("✅ 对，记下")
    assert "只能补记 3 天内" in chen.notices[-1]
    assert await counts(stage) == NOTHING


async def test_a_visit_to_come_is_an_appointment(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says("约了城东烟酒行张经理后天上午十点见面")
    assert "约见" in card
    await chen.taps("✅ 对，记下")
    (step,) = await rows(stage, NextStep)
    assert (step.is_appointment, step.due, step.time) == (True, dtm.date(2026, 11, 25), dtm.time(10))
    assert await rows(stage, Visit) == []


async def test_several_accounts_give_several_visits(stage: Stage, chen: Chatter) -> None:
    (card,) = await chen.says("今天跑了城东烟酒行和小河副食，小河副食老板下了一单")
    assert "城东烟酒行" in card
    assert "小河副食" in card
    await chen.taps("✅ 对，记下")
    assert len(await rows(stage, Visit)) == 2


async def test_what_the_client_says_is_remembered_apart(stage: Stage, chen: Chatter) -> None:
    await chen.says("电话联系了小河副食的李老板，他答应周五把货款打过来，还抱怨上次送错货")
    await chen.taps("✅ 对，记下")
    (promise,) = await rows(stage, ClientPromise)
    assert promise.due == dtm.date(2026, 11, 27)
    assert await rows(stage, Promise) == []
    assert len(await rows(stage, Complaint)) == 1


async def test_no_account_on_purpose_keeps_the_promise(stage: Stage, chen: Chatter) -> None:
    (asked,) = await chen.says("答应客户三天内出方案")
    assert "还是一条拜访记录" in asked
    await chen.taps("📝 记下来")
    assert "是哪家客户" in shown(chen)
    await chen.taps("不记客户")
    await chen.taps("✅ 对，记下")
    (promise,) = await rows(stage, Promise)
    assert (promise.account_id, promise.due) == (None, dtm.date(2026, 11, 26))


async def test_another_managers_note_does_not_exist(stage: Stage, chen: Chatter) -> None:
    await chen.says(VISITED)
    lin = stage.person(LIN)
    await lin.says("/help")
    (note,) = await rows(stage, Note)
    for verb in ("ok", "edit", "view", "no", "undo", "pick", "set", "type", "is", "asks", "reopen"):
        action = f"note-{verb}:{note.id}:{note.version}:0.kind:call"
        data = stage.coach.shared.signer.sign(action, LIN, stage.clock.now())
        message_id = lin.last["message_id"]
        await lin.does(lambda message_id=message_id, data=data: stage.api.tap(LIN, message_id, data, stale=True))
        assert "没找到" in lin.notices[-1], verb
    (after,) = await rows(stage, Note)
    assert (after.state, after.version) == (NoteState.DRAFT, note.version)


@pytest.mark.parametrize("field", ["0.kind:fly", "9.kind:call", "0.due.7:20261201", "0.day:20269999", "0.fly:x"])
async def test_a_field_or_value_that_does_not_exist_is_refused(stage: Stage, chen: Chatter, field: str) -> None:
    await chen.says(VISITED)
    (note,) = await rows(stage, Note)
    data = stage.coach.shared.signer.sign(f"note-set:{note.id}:{note.version}:{field}", CHEN, stage.clock.now())
    await chen.does(lambda: stage.api.tap(CHEN, chen.last["message_id"], data, stale=True))
    (after,) = await rows(stage, Note)
    assert after.version == note.version
    assert "没找到" in chen.notices[-1]


async def test_every_action_fits_its_button() -> None:
    """The longest action of a card with a million notes, a hundred changes and a million accounts."""
    for field in ("0.account:1000000", "2.due.9:20261231", "2.drop.p.9:x", "2.outcome:issue_solved", "0.new:heard"):
        assert len(f"note-set:1000000:100:{field}".encode()) <= 44
    assert set(note_fields.DROPPED) == set("pcmnt")


async def test_what_was_never_understood_is_nothing_to_correct(stage: Stage, chen: Chatter) -> None:
    """A message of which the coach asked what it is waits, too; the next one is not read as its correction."""
    async with stage.coach.database.begin() as session:
        me = (await session.scalars(select(Person).where(Person.telegram_id == CHEN))).one()
        await notes.begin(session, me, "嗯那个", stage.clock.now())
        assert await notes.newest_draft(session, me) is None
    (said,) = await chen.says("不对是下周二")
    assert "出错" not in said
    async with stage.coach.database.read() as session:
        assert not list(await session.scalars(select(RawUpdate).where(RawUpdate.state == UpdateState.FAILED)))
