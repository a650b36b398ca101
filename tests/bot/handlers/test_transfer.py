"""Handing accounts over on the phone: to whom, all or one by one, both managers told."""

from __future__ import annotations

from sqlalchemy import select

from bot.models import Account, AccountTransfer, Person
from bot.services import demo
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, OWNER, add_accounts, person_of, tap
from tests.bot.handlers.test_team import open_member
from tests.telegram import Stage, height


async def books(stage: Stage) -> dict[int | None, list[str]]:
    """Names of accounts by whose they are."""
    async with stage.coach.database.read() as session:
        rows = await session.execute(
            select(Person.telegram_id, Account.name).join(Person, Person.id == Account.person_id).order_by(Account.id)
        )
        found: dict[int | None, list[str]] = {}
        for owner, name in rows:
            found.setdefault(owner, []).append(name)
    return found


async def test_a_whole_book_is_handed_over_and_both_are_told(stage: Stage) -> None:
    lead, chen, lin = stage.person(LEAD), stage.person(CHEN), stage.person(LIN, "en")
    await add_accounts(stage, CHEN, "永辉", "华润")
    await lin.says("/start")
    await chen.says("/start")
    await open_member(lead, "陈晓")
    await lead.taps("交接客户")
    assert lead.last["text"] == "把 陈晓 Chen Xiao 的客户交给谁？"
    assert lead.buttons == ["林建国 Lin Jianguo", "◀ 陈晓 Chen Xiao"]
    await lead.taps("林建国 Lin Jianguo")
    assert lead.buttons[0] == "全部 2 家"
    assert height(lead.last["text"]) <= 12
    await lead.taps("全部 2 家")
    assert lead.last["text"].startswith("✅ 2 家已交给 林建国 Lin Jianguo。\n陈晓 Chen Xiao 名下没有客户了。")
    assert await books(stage) == {LIN: ["永辉", "华润"]}
    assert lin.last["text"].startswith("周敏 Zhou Min has handed accounts of 陈晓 Chen Xiao over to you: 2.")
    assert chen.last["text"].startswith("周敏 Zhou Min 把您的 2 家客户交给了 林建国 Lin Jianguo")


async def test_accounts_are_handed_over_one_by_one(stage: Stage) -> None:
    lead = stage.person(LEAD)
    _, second = await add_accounts(stage, CHEN, "永辉", "华润")
    await open_member(lead, "陈晓")
    await lead.taps("交接客户")
    await lead.taps("林建国 Lin Jianguo")
    await lead.taps("华润")
    assert lead.buttons[:2] == ["全部 1 家", "永辉"]
    assert await books(stage) == {CHEN: ["永辉"], LIN: ["华润"]}
    chen = (await person_of(stage, CHEN)).id
    lin = (await person_of(stage, LIN)).id
    assert "没找到" in await tap(stage, LEAD, f"handed:{chen}:{lin}:{second}")
    async with stage.coach.database.read() as session:
        (kept,) = await session.scalars(select(AccountTransfer))
    assert (kept.account_id, kept.from_id, kept.to_id) == (second, chen, lin)


async def test_equal_names_stay_and_are_named(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await add_accounts(stage, CHEN, "永辉", "老店")
    await add_accounts(stage, LIN, "老店")
    await owner.says("/team")
    await owner.taps(demo.TEAM_NAME)
    await owner.taps("陈晓 Chen Xiao · 还没来过")
    await owner.taps("交接客户")
    await owner.taps("林建国 Lin Jianguo")
    await owner.taps("全部 2 家")
    text = owner.last["text"]
    assert "✅ 1 家已交给 林建国 Lin Jianguo。" in text
    assert "没交的：老店。林建国 Lin Jianguo 有同名的客户" in text
    assert height(text) <= 12
    await owner.taps("全部 1 家")
    assert owner.last["text"].startswith("没有交成。")


async def test_a_removed_managers_book_is_handed_over_without_telling_him(stage: Stage) -> None:
    lead, chen = stage.person(LEAD), stage.person(CHEN)
    await add_accounts(stage, CHEN, "永辉")
    await chen.says("/start")
    heard = len(stage.api.messages(CHEN))
    await open_member(lead, "陈晓")
    await lead.taps("移出")
    await lead.taps("是，移出")
    await lead.taps("交接客户")
    await lead.taps("林建国 Lin Jianguo")
    await lead.taps("全部 1 家")
    assert await books(stage) == {LIN: ["永辉"]}
    assert len(stage.api.messages(CHEN)) == heard


async def test_with_nobody_to_take_them_over_it_says_what_to_do(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await add_accounts(stage, CHEN, "永辉")
    await tap(stage, OWNER, f"remove:{(await person_of(stage, LIN)).id}:yes")
    await open_member(lead, "陈晓")
    await lead.taps("交接客户")
    assert "请先邀请一位进团队" in lead.last["text"]
    assert lead.buttons == ["◀ 陈晓 Chen Xiao"]


async def test_a_long_book_comes_in_pages(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await add_accounts(stage, CHEN, *(f"客户{number:02}" for number in range(11)))
    await open_member(lead, "陈晓")
    await lead.taps("交接客户")
    await lead.taps("林建国 Lin Jianguo")
    seen = [label for label in lead.buttons if label.startswith("客户")]
    await lead.taps("▶")
    seen += [label for label in lead.buttons if label.startswith("客户")]
    assert seen == [f"客户{number:02}" for number in range(11)]
