"""/accounts on the phone: pages, search, the card, adding and archiving; who may look; nasty names; both languages."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from sqlalchemy import select

from bot.models import (
    Account,
    ClientPromise,
    Complaint,
    Contact,
    NextStep,
    Outcome,
    Person,
    Promise,
    Stance,
    Tier,
    Visit,
)
from tests.bot.handlers.organisation import (
    CHEN,
    LEAD,
    LIN,
    OTHER_LEAD,
    OTHER_MANAGER,
    OWNER,
    add_west,
    everything,
    person_of,
    tap,
)
from tests.telegram import Chatter, Stage, height

TODAY = dtm.date(2026, 11, 23)
"""Monday, the day on which the stage's clock stands."""

NASTY = ["<b>&\"'</b> & Co", "永兴😀🎉便利店", "متجر الزاوية", "店" * 128, "W" * 128, "a<!--", "{ $name }"]


def ago(days: int) -> dtm.date:
    return TODAY - dtm.timedelta(days=days)


async def add(stage: Stage, owner: int, name: str, *more: Any, **about: Any) -> int:
    """An account in somebody's book, with what lies there; its id."""
    person = await person_of(stage, owner)
    async with stage.coach.database.begin() as session:
        values = {"tier": "C", "aliases": [], "created_at": stage.clock.now(), **about}
        account = Account(person_id=person.id, name=name, **values)
        session.add(account)
        await session.flush()
        for record in more:
            record.account_id = account.id
            if not isinstance(record, Contact):
                record.person_id = record.person_id or person.id
            session.add(record)
    return account.id


async def stored(stage: Stage, name: str, owner: int = CHEN) -> Account:
    person = await person_of(stage, owner)
    async with stage.coach.database.read() as session:
        found = await session.scalar(select(Account).where(Account.person_id == person.id, Account.name == name))
    assert found is not None
    return found


async def names_of(stage: Stage, owner: int) -> set[str]:
    person = await person_of(stage, owner)
    async with stage.coach.database.read() as session:
        return set(await session.scalars(select(Account.name).where(Account.person_id == person.id)))


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


def full(what: str = "送样品和报价单给采购部") -> list[Any]:
    """Everything that a card can tell of an account."""
    return [
        Visit(day=ago(3), outcome=Outcome.ORDER, text="谈了春节的量，想先看样品"),
        Visit(day=ago(30), outcome=Outcome.INFO),
        NextStep(agreed_on=ago(3), what=what, due=ago(-2), time=dtm.time(15), is_appointment=True),
        NextStep(agreed_on=ago(3), what=what),
        Promise(made_on=ago(3), what=what, due=ago(1)),
        Promise(made_on=ago(3), what=what),
        ClientPromise(said_on=ago(3), what=what, due=ago(-5)),
        Complaint(made_on=ago(4), text=what),
        *(
            Contact(name=f"{name}经理", role="采购", stance=stance)
            for name, stance in zip("张王李赵", Stance, strict=True)
        ),
    ]


async def test_an_empty_book_says_how_to_begin(stage: Stage) -> None:
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/accounts")
    assert answer.startswith("您的客户簿还是空的。")
    assert chen.buttons == ["➕ 新客户"]


async def test_an_account_is_added_in_a_few_taps(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/accounts")
    (asked,) = await chen.taps("➕ 新客户")
    assert "客户叫什么" in asked
    (added,) = await chen.says("永兴便利店")
    assert added.startswith("✅ 永兴便利店 加进客户簿了")
    assert chen.buttons == ["A · 7 天", "B · 14 天", "C · 30 天"]
    await chen.taps("A · 7 天")
    assert shown(chen).split("\n") == [
        "永兴便利店",
        "A 级",
        "🕑 还没有拜访记录",
        "📋 还缺：类别、潜力、年销、毛利、拖款天数、走势、联系人",
    ]
    assert (await stored(stage, "永兴便利店")).tier == Tier.A


async def test_the_same_in_english(stage: Stage) -> None:
    chen = stage.person(CHEN, "en")
    await chen.says("/accounts")
    await chen.taps("➕ New account")
    (added,) = await chen.says("Riverside Stores")
    assert added.startswith("✅ Riverside Stores is in your book.")
    await chen.taps("B · 14 days")
    assert shown(chen).startswith("Riverside Stores\nTier B\n🕑 No visit noted yet\n📋 Missing: segment")
    assert (await stored(stage, "Riverside Stores")).tier == Tier.B


async def test_a_near_name_is_asked_and_never_guessed(stage: Stage) -> None:
    await add(stage, CHEN, "永辉超市五一店", tier="A")
    chen = stage.person(CHEN)
    await chen.says("/accounts")
    await chen.taps("➕ 新客户")
    (asked,) = await chen.says("永辉五一店")
    assert "很像" in asked
    assert chen.buttons == ["A 永辉超市五一店", "➕ 都不是，是新客户"]
    assert await names_of(stage, CHEN) == {"永辉超市五一店"}
    message_id, sure = chen.button("➕ 都不是，是新客户")
    await chen.taps("➕ 都不是，是新客户")
    assert shown(chen).startswith("✅ 永辉五一店 加进客户簿了")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, sure, stale=True))
    assert "没找到" in chen.notices[-1]
    assert await names_of(stage, CHEN) == {"永辉超市五一店", "永辉五一店"}


async def test_the_near_one_was_meant_and_the_next_message_is_free_again(stage: Stage) -> None:
    await add(stage, CHEN, "永辉超市五一店", tier="A")
    chen = stage.person(CHEN)
    await chen.says("/accounts")
    await chen.taps("➕ 新客户")
    await chen.says("永辉五一店")
    await chen.taps("A 永辉超市五一店")
    assert shown(chen).startswith("永辉超市五一店\nA 级")
    (answer,) = await chen.says("什么样的客户才算大客户")
    assert "出处" in answer
    assert await names_of(stage, CHEN) == {"永辉超市五一店"}


async def test_a_name_that_is_there_opens_and_an_archived_one_comes_back(stage: Stage) -> None:
    await add(stage, CHEN, "永兴便利店")
    await add(stage, CHEN, "老店", archived_on=ago(9))
    chen = stage.person(CHEN)
    await chen.says("/accounts")
    await chen.taps("➕ 新客户")
    (answer,) = await chen.says("永兴便利店")
    assert "已经有" in answer
    await chen.taps("看这一家")
    assert shown(chen).startswith("永兴便利店")
    await chen.says("/accounts")
    await chen.taps("➕ 新客户")
    (answer,) = await chen.says("老店")
    assert "已归档" in answer
    await chen.taps("↩ 请回客户簿")
    assert (await stored(stage, "老店")).archived_on is None


async def test_archived_and_brought_back_by_one_tap_each(stage: Stage) -> None:
    await add(stage, CHEN, "永兴便利店", Visit(day=ago(1), outcome=Outcome.INFO))
    chen = stage.person(CHEN)
    await chen.says("/accounts 永兴")
    await chen.taps("🗄 归档")
    assert chen.notices[-1] == "归档了，记录都还在"
    assert "🗄 11月23日 周一 归档" in shown(chen)
    await chen.taps("◀ 客户簿")
    assert chen.buttons == ["➕ 新客户", "🗄 已归档 1"]
    await chen.taps("🗄 已归档 1")
    await chen.taps("C 永兴便利店")
    await chen.taps("↩ 请回客户簿")
    assert "🕑 昨天见过" in shown(chen)
    assert (await stored(stage, "永兴便利店")).archived_on is None


async def test_a_tiers_letter_shows_that_tier(stage: Stage) -> None:
    await add(stage, CHEN, "永兴便利店")
    chen = stage.person(CHEN)
    await chen.says("/accounts c")
    assert "✓ C 1" in chen.buttons
    assert any("永兴便利店" in label for label in chen.buttons)
    await chen.says("/accounts A")
    assert "✓ A 0" in chen.buttons
    assert not any("永兴便利店" in label for label in chen.buttons)


async def test_a_book_of_four_hundred_turns_its_pages(stage: Stage) -> None:
    me = (await person_of(stage, CHEN)).id
    async with stage.coach.database.begin() as session:
        session.add_all(
            Account(person_id=me, name=f"第{n:03}店", tier="ABC"[n % 3], aliases=[], created_at=stage.clock.now())
            for n in range(400)
        )
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/accounts")
    assert answer.split("\n")[:2] == ["我的客户：400 家", "A 134 · B 133 · C 133 · 第 1/50 页"]
    assert chen.buttons[0] == "A 第000店 · 没见过"
    assert chen.buttons[8:] == ["✓ 全部", "A 134", "B 133", "C 133", "▶", "➕ 新客户"]
    await chen.taps("▶")
    assert chen.buttons[0] == "A 第024店 · 没见过"
    assert "◀" in chen.buttons
    await chen.taps("C 133")
    assert chen.buttons[0] == "C 第002店 · 没见过"
    assert "第 1/17 页" in shown(chen)
    for _ in range(16):
        await chen.taps("▶")
    assert chen.buttons[0] == "C 第386店 · 没见过"
    assert "▶" not in chen.buttons
    assert height(shown(chen)) <= 12


async def test_the_card_tells_all_in_twelve_lines(stage: Stage) -> None:
    await add(
        stage,
        CHEN,
        "永辉超市五一店",
        *full(),
        tier="A",
        segment="便利店",
        area="城东",
        annual_sales=80.0,
        potential=1200.5,
        margin_pct=8.5,
        payment_delay_days=15,
        trend="up",
    )
    me = (await person_of(stage, CHEN)).id
    async with stage.coach.database.begin() as session:
        (await session.get_one(Person, me)).money_unit = "万元"
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/accounts 永辉")
    assert answer.split("\n") == [
        "永辉超市五一店",
        "A 级 · 便利店 · 城东",
        "💰 年销 80万元 · 潜力 1,200.5万元 · 毛利 8.5% · 拖款 15 天 · 走势上升",
        "🕑 3 天前见过 · 您 · 下了单",
        "❗ 投诉未答复：送样品和报价单给采购部",
        "📅 11月25日 周三 15:00 送样品和报价…",
        "🤝 欠他 2：送样品和… ❗11月22日 周日",
        "💬 他欠 1：送样品和报… 11月28日 周六",
        "👥 🔴 李经理（采购）、⚪ 赵经理（采购）、🟡 王经理（采购） 等 4 人",
    ]
    assert height(answer) <= 12
    assert chen.buttons == ["🎯 拜访前准备", "🤝 承诺往来", "✏️ 改资料", "👥 联系人 4", "🗄 归档", "◀ 客户簿"]
    (history,) = await chen.taps("🤝 承诺往来")
    assert "来往的承诺" in history


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_the_fullest_card_fits(stage: Stage, language: str) -> None:
    figures: dict[str, Any] = {
        "annual_sales": 123456789.12,
        "potential": 123456789.12,
        "margin_pct": -12.345,
        "payment_delay_days": 1000,
        "trend": "down",
    }
    chen = stage.person(CHEN, language)
    for letter in ("店", "W", "😀"):
        for is_empty in (False, True):
            name = letter * (127 if is_empty else 128)
            about = {} if is_empty else figures | {"segment": letter * 64, "area": letter * 64}
            records = [one for one in full(letter * 256) if not (is_empty and isinstance(one, Contact))]
            for record in records:
                if isinstance(record, Contact):
                    record.name, record.role = letter * 60 + record.name, letter * 64
            account = await add(stage, CHEN, name, *records, tier="A", **about)
            await chen.says("/help")
            await chen.does(
                lambda account=account: stage.api.tap(
                    CHEN,
                    chen.last["message_id"],
                    stage.coach.shared.signer.sign(f"account:{account}", CHEN, stage.clock.now()),
                    stale=True,
                )
            )
            assert shown(chen).startswith(letter * 9)
            assert height(shown(chen)) <= 12, shown(chen)
            assert max(map(len, chen.buttons)) <= 64


async def test_nasty_names_do_no_harm(stage: Stage) -> None:
    chen = stage.person(CHEN)
    for name in NASTY:
        await chen.says("/accounts")
        await chen.taps("➕ 新客户")
        (added,) = await chen.says(name)
        assert name in added
        await chen.taps("C · 30 天")
        head = shown(chen).split("\n")[0]
        assert name.startswith(head.rstrip("…"))
        assert height(shown(chen)) <= 12
        await chen.taps("✏️ 改资料")
        assert name in shown(chen)
        await chen.taps("◀ 客户卡片")
        await chen.taps("🎯 拜访前准备")
        assert height(shown(chen)) <= 12
    (answer,) = await chen.says("/accounts")
    assert f"{len(NASTY)} 家" in answer
    assert len(chen.buttons) == len(NASTY) + 5


async def test_a_name_that_is_too_long_is_asked_again(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("/accounts")
    await chen.taps("➕ 新客户")
    for name in ("店" * 129, "W" * 500):
        (answer,) = await chen.says(name)
        assert "128" in answer
    (added,) = await chen.says("永兴")
    assert added.startswith("✅ 永兴")


async def test_a_search_with_several_hits_offers_them_and_with_none_a_way_on(stage: Stage) -> None:
    for number in range(10):
        await add(stage, CHEN, f"永辉第{number}店")
    chen = stage.person(CHEN)
    (answer,) = await chen.says("/accounts 永辉")
    assert answer == "「永辉」：10 家，先列前 8 家。多打一个词能更准。"
    assert chen.buttons == [f"C 永辉第{number}店" for number in range(8)]
    (answer,) = await chen.says("/accounts yh 9")
    assert answer.startswith("永辉第9店")
    (answer,) = await chen.says("/accounts 没这家")
    assert "没找到「没这家」" in answer
    assert chen.buttons == ["➕ 新客户"]


async def test_a_lead_chooses_a_manager_and_only_reads(stage: Stage) -> None:
    await add_west(stage)
    account = await add(stage, CHEN, "永兴便利店", *full(), tier="A")
    await add(stage, OTHER_MANAGER, "西边的店")
    lead = stage.person(LEAD)
    (answer,) = await lead.says("/accounts")
    assert "看谁的客户" in answer
    assert lead.buttons == ["我的客户 · A 0 · B 0 · C 0", "陈晓 Chen Xiao · A 1 · B 0 · C 0"]
    await lead.taps("陈晓 Chen Xiao · A 1 · B 0 · C 0")
    assert lead.buttons == ["A 永兴便利店 · 3 天前", "✓ 全部", "A 1", "B 0", "C 0", "👥 换个人看"]
    await lead.taps("A 永兴便利店 · 3 天前")
    assert "🕑 3 天前见过 · 陈晓" in shown(lead)
    assert lead.buttons == ["🎯 拜访前准备", "👥 联系人 4", "🤝 承诺往来", "◀ 客户簿"]
    await lead.taps("👥 联系人 4")
    assert "张经理" in shown(lead)
    assert lead.buttons == ["◀ 客户卡片"]
    (answer,) = await lead.says("/accounts 西边")
    assert "没找到" in answer
    assert "没找到" in await tap(stage, LEAD, f"account-archive:{account}")


async def test_an_owner_sees_every_book(stage: Stage) -> None:
    await add_west(stage)
    await add(stage, CHEN, "永兴便利店")
    await add(stage, OTHER_MANAGER, "西边的店")
    owner = stage.person(OWNER)
    await owner.says("/accounts")
    assert len(owner.buttons) == 3
    (answer,) = await owner.says("/accounts 西边")
    assert answer.startswith("西边的店")
    await add(stage, LIN, "永兴商行")
    await owner.says("/accounts 永兴")
    assert owner.buttons == ["C 永兴便利店 · 陈晓 Chen Xiao", "C 永兴商行 · 林建国 Lin Jia…"]


ON_AN_ACCOUNT = [
    "account-archive:{a}",
    "account-back:{a}",
    "account-edit:{a}",
    "account-field:{a}:name",
    "account-field:{a}:tier",
    "account-field:{a}:aliases",
    "account-set:{a}:tier:C",
    "account-set:{a}:segment:-",
    "account-name:{a}",
    "alias-new:{a}",
    "alias-drop:{a}:00000000",
    "contact-new:{a}",
    "contact:{c}",
    "contact-field:{c}:name",
    "contact-stance:{c}:opponent",
    "contact-drop:{c}",
    "contact-drop:{c}:yes",
]
"""Buttons that change something, for the account's own manager only."""

LOOKING = ["account:{a}", "contacts:{a}", "prepare:{a}", "prepare:{a}:key", "prepare-more:{a}:key", "prepare-kind:{a}"]


async def test_no_button_does_anything_for_anybody_else(stage: Stage) -> None:
    await add_west(stage)
    account = await add(stage, CHEN, "永兴便利店", Contact(name="张经理"), tier="A", aliases=["永兴"], segment="零售")
    me = await person_of(stage, CHEN)
    async with stage.coach.database.read() as session:
        contact = await session.scalar(select(Contact.id).where(Contact.account_id == account))
    before = await everything(stage)
    for asker in (LIN, OTHER_LEAD, OTHER_MANAGER, LEAD, OWNER):
        looking = [] if asker in (LEAD, OWNER) else [*LOOKING, f"accounts:{me.id}:all:0"]
        for action in [*ON_AN_ACCOUNT, *looking]:
            notice = await tap(stage, asker, action.format(a=account, c=contact))
            assert "没找到" in notice, (asker, action)
    assert await everything(stage) == before


async def test_a_field_or_value_that_does_not_exist_is_refused(stage: Stage) -> None:
    account = await add(stage, CHEN, "永兴便利店", Contact(name="张经理"), tier="A")
    async with stage.coach.database.read() as session:
        contact = await session.scalar(select(Contact.id).where(Contact.account_id == account))
    before = await everything(stage)
    for action in (
        f"account-set:{account}:tier:D",
        f"account-set:{account}:tier:-",
        f"account-set:{account}:name:-",
        f"account-set:{account}:id:-",
        f"account-set:{account}:created_at:-",
        f"account-field:{account}:person_id",
        f"contact-field:{contact}:id",
        "account:999999",
        "contact:999999",
    ):
        assert "没找到" in await tap(stage, CHEN, action), action
    assert await everything(stage) == before
