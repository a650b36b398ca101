"""Files that are sent: read, previewed, imported after a tap; nothing lost on the way, nobody else's book touched."""

from __future__ import annotations

import asyncio
import datetime as dtm
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from telegram.error import NetworkError

from bot import files, spreadsheets
from bot.delivery import inbox
from bot.files import Content, Reader
from bot.jobs.fetching import GIVE_UP_AFTER, IDLE_SECONDS
from bot.models import Account, Contact, Membership, OutboxMessage, Person, Role, Team, Upload, UploadState, Visit
from bot.spreadsheets import Sheet
from tests.bot.services.test_records import PLAIN
from tests.telegram import Chatter, Stage, height

CHEN, LIN, ZHOU, HE = 1001, 1002, 2001, 3001

MESSY = """城东片区客户台账,,,,,,
,,,,,,
客户名称*,级别,年销售额(万元),毛利率,账期,联系人,电话
永兴超市五一店,A类,"1,200",8.5%,15天,吴店长,138
大河副食,C,１２万,10%,现结,李老板,139
望江饭店,D,80万元,,月结30天,,
合计,,1292,,,,
制表人：王,,,,,,
"""


async def in_process(data: bytes, reader: Reader) -> Content:
    """The reading itself, without the process of its own."""
    return files.read(data, reader)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A coach whose people have empty books."""
    async with Stage(tmp_path) as stage:
        stage.coach.uploads.read = in_process
        async with stage.coach.database.begin() as session:
            await session.execute(delete(Visit))
            await session.execute(delete(Account))
            await session.execute(update(Person).values(money_unit=None))
        yield stage


async def sends(person: Chatter, data: bytes | str, name: str = "客户.csv") -> list[str]:
    content = data if isinstance(data, bytes) else data.encode("gb18030")
    return await person.does(lambda: person.stage.api.upload(person.id, name, content))


async def book_of(stage: Stage, telegram_id: int) -> dict[str, Account]:
    async with stage.coach.database.read() as session:
        found = await session.scalars(select(Account).join(Person).where(Person.telegram_id == telegram_id))
        return {account.name: account for account in found}


async def test_a_manager_imports_his_messy_list(stage: Stage) -> None:
    chen = stage.person(CHEN)
    reading, preview = await sends(chen, MESSY, "客户台账.csv")
    assert "正在读" in reading
    assert "您的客户簿" in preview
    assert "新增 2 家 · 更新 0 家 · 不变 0 家" in preview
    assert "第 6 行：「级别」是“D”，只认 A、B、C" in preview
    assert "没用到的列：电话" in preview
    assert "金额单位：万元" in preview
    assert height(preview) <= 12
    assert await book_of(stage, CHEN) == {}
    answers = await chen.taps("✅ 导入")
    assert "1 行没导入" in answers[-1]
    book = await book_of(stage, CHEN)
    assert sorted(book) == ["大河副食", "永兴超市五一店"]
    big = book["永兴超市五一店"]
    assert (big.tier, big.annual_sales, big.margin_pct, big.payment_delay_days) == ("A", 1200, 8.5, 15)
    assert (book["大河副食"].annual_sales, book["大河副食"].payment_delay_days) == (12, 0)
    async with stage.coach.database.read() as session:
        assert sorted(await session.scalars(select(Contact.name))) == ["吴店长", "李老板"]
        assert await session.scalar(select(Person.money_unit).where(Person.telegram_id == CHEN)) == "万元"
        upload = await session.scalar(select(Upload))
    assert upload is not None
    assert (upload.state, upload.content) == (UploadState.IMPORTED, None)


async def test_the_same_list_again_has_nothing_to_import(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, MESSY)
    await chen.taps("✅ 导入")
    before = {name: account.id for name, account in (await book_of(stage, CHEN)).items()}
    _, preview = await sends(chen, MESSY)
    assert "不变 2 家" in preview
    assert "没有要导入的" in preview
    assert chen.buttons == []
    assert {name: account.id for name, account in (await book_of(stage, CHEN)).items()} == before


async def test_a_second_tap_and_a_tap_on_an_old_button_change_nothing(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, MESSY)
    message_id, yes = chen.button("✅ 导入")
    _, no = chen.button("不导入")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, yes))
    for data in (yes, no):
        said = await chen.does(lambda data=data: stage.api.tap(CHEN, message_id, data, stale=True))
        assert said == []
        assert "已经处理过" in chen.notices[-1]
    assert len(await book_of(stage, CHEN)) == 2


async def test_what_is_declined_is_forgotten(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, MESSY)
    await chen.taps("不导入")
    assert "没有导入" in chen.last["text"]
    assert await book_of(stage, CHEN) == {}
    async with stage.coach.database.read() as session:
        upload = await session.scalar(select(Upload))
    assert upload is not None
    assert (upload.state, upload.content) == (UploadState.REFUSED, None)


async def test_rows_that_may_be_known_are_asked_one_by_one(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, "店名,级别\n永兴超市五一店,B\n大河副食,C\n望江饭店,C\n")
    await chen.taps("✅ 导入")
    _, preview = await sends(chen, "店名,级别\n永兴五一店,A\n大何副食,B\n望江酒店,B\n新桥加油站,C\n")
    assert "新增 1 家" in preview
    assert "❓ 3 行像是已有的客户" in preview
    await chen.taps("✅ 导入")
    assert "「永兴五一店」和「永兴超市五一店」" in chen.last["text"]
    assert "一共 3 个" in chen.last["text"]
    await chen.taps("是同一家")
    assert "「大何副食」和「大河副食」" in chen.last["text"]
    await chen.taps("不是，另建一家")
    await chen.taps("跳过这一行")
    book = await book_of(stage, CHEN)
    assert sorted(book) == sorted(["永兴超市五一店", "大河副食", "大何副食", "望江饭店", "新桥加油站"])
    assert (book["永兴超市五一店"].tier, book["永兴超市五一店"].aliases) == ("A", ["永兴五一店"])
    assert book["大河副食"].tier == "C"
    assert book["望江饭店"].tier == "C"
    _, preview = await sends(chen, "店名,级别\n永兴五一店,A\n")
    assert "不变 1 家" in preview


async def test_all_rows_in_question_can_be_new_at_once(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, "店名,级别\n华联超市,A\n华联商行,A\n华联便利店,A\n")
    await chen.taps("✅ 导入")
    await chen.taps("都不是，2 家全部另建")
    assert sorted(await book_of(stage, CHEN)) == ["华联便利店", "华联商行", "华联超市"]
    assert "2 家都另建了" in chen.last["text"] or "2 家都另建了" in stage.api.messages(CHEN)[-1]["text"]


async def test_many_problems_are_counted_shown_in_part_and_listed_in_full(stage: Stage) -> None:
    chen = stage.person(CHEN)
    rows = "".join(f"第{number}家很长很长很长的客户名称有限公司,特别特别重要的客户,很多很多\n" for number in range(40))
    _, preview = await sends(chen, f"客户名称,级别,年销售额\n好店,A,5\n坏店,B,7\n对店,C,8\n{rows}")
    assert "⚠️ 40 行有问题" in preview
    assert "还有 37 行" in preview
    assert height(preview) <= 12
    await chen.taps("✅ 导入")
    document = next(m for m in reversed(stage.api.messages(CHEN)) if "document" in m)
    content = stage.api.state.files[document["document"]["file_id"]].data
    (sheet,) = spreadsheets.read(content)
    assert [row[0] for row in sheet.rows[1:]] == [str(number) for number in range(5, 45)]
    assert len(await book_of(stage, CHEN)) == 3


async def test_an_archived_account_is_not_brought_back_by_a_list(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, "店名,级别\n永兴超市,B\n")
    await chen.taps("✅ 导入")
    async with stage.coach.database.begin() as session:
        await session.execute(update(Account).values(archived_on=dtm.date(2026, 11, 1)))
    _, preview = await sends(chen, "店名,级别\n永兴超市,A\n")
    assert "已经停用" in preview
    assert chen.buttons == []


async def test_a_lead_is_asked_whose_book_it_is(stage: Stage) -> None:
    await stage.person(LIN).says("/help")
    zhou = stage.person(ZHOU)
    (asked,) = await sends(zhou, MESSY)
    assert "放进谁的客户簿" in asked
    assert zhou.buttons == ["陈晓 Chen Xiao", "林建国 Lin Jianguo", "我自己的"]
    await zhou.taps("林建国 Lin Jianguo")
    assert "林建国 Lin Jianguo 的客户簿" in zhou.last["text"]
    await zhou.taps("✅ 导入")
    assert len(await book_of(stage, LIN)) == 2
    assert await book_of(stage, CHEN) == {}
    assert await book_of(stage, ZHOU) == {}
    assert stage.person(LIN).last["text"].startswith("周敏 Zhou Min 往您的客户簿里导入了「客户.csv」：新增 2，更新 0。")
    assert stage.api.messages(CHEN) == []


async def test_nobody_fills_the_book_of_another_team(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        team = Team(name="城西", overrides={}, created_at=stage.clock.now())
        session.add(team)
        await session.flush()
        lin = await session.scalar(select(Person).where(Person.telegram_id == LIN))
        assert lin is not None
        await session.execute(update(Membership).where(Membership.person_id == lin.id).values(team_id=team.id))
    zhou = stage.person(ZHOU)
    await sends(zhou, MESSY)
    assert "林建国 Lin Jianguo" not in zhou.buttons
    forged = stage.coach.shared.signer.sign(f"import-for:1:person:{lin.id}", ZHOU, stage.clock.now())
    message_id, _ = zhou.button("我自己的")
    await press(stage, ZHOU, message_id, forged)
    assert "没找到" in zhou.notices[-1]
    await zhou.taps("陈晓 Chen Xiao")
    async with stage.coach.database.begin() as session:
        chen = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
        assert chen is not None
        await session.execute(delete(Membership).where(Membership.person_id == chen.id))
    await zhou.taps("✅ 导入")
    assert "没找到" in zhou.notices[-1]
    assert await book_of(stage, CHEN) == {}


async def press(stage: Stage, person: int, message_id: int, data: str) -> None:
    """Tap a button that the message does not show."""
    message = next(m for m in stage.api.messages(person) if m["message_id"] == message_id)
    sender = {"id": person, "is_bot": False, "first_name": "X", "language_code": "zh-hans"}
    tap = {"id": "77", "from": sender, "chat_instance": "1", "data": data, "message": message}
    stage.api.inject({"callback_query": tap})
    await stage.settle()


@pytest.mark.parametrize("verb", ["import-yes:1", "import-no:1", "import-for:1:person:1", "import-row:1:all:new"])
async def test_somebody_elses_file_does_not_exist(stage: Stage, verb: str) -> None:
    await sends(stage.person(CHEN), MESSY)
    lin = stage.person(LIN)
    await lin.says("/help")
    message_id = lin.last["message_id"]
    await press(stage, LIN, message_id, stage.coach.shared.signer.sign(verb, LIN, stage.clock.now()))
    assert "没找到" in lin.notices[-1]
    assert await book_of(stage, LIN) == {}


async def test_people_are_listed_a_page_at_a_time(stage: Stage) -> None:
    async with stage.coach.database.begin() as session:
        for number in range(12):
            name = f"经理{number:02}"
            session.add(Person(name=name, role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=stage.clock.now()))
    he = stage.person(HE)
    await sends(he, MESSY)
    assert he.buttons[-2:] == ["▶", "我自己的"]
    await he.taps("▶")
    await he.taps("经理11")
    await he.taps("✅ 导入")
    async with stage.coach.database.read() as session:
        owner = await session.scalar(select(Person.name).join(Account, Account.person_id == Person.id).limit(1))
    assert owner == "经理11"


async def test_a_record_is_imported_whole(stage: Stage) -> None:
    chen = stage.person(CHEN)
    _, preview = await sends(chen, json.dumps(PLAIN, ensure_ascii=False).encode(), "陈一.json")
    assert "陈一 的档案，截至 11月20日 周五" in preview
    assert "新增 11 条" in preview
    assert "团队规则以您团队的为准" in preview
    await chen.taps("✅ 导入")
    assert sorted(await book_of(stage, CHEN)) == ["大河五金厂", "永兴超市"]
    _, preview = await sends(chen, json.dumps(PLAIN).encode(), "陈一.json")
    assert "不变 11 条" in preview
    async with stage.coach.database.read() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
        overrides = await session.scalar(select(Team.overrides))
    assert person is not None
    assert person.name == "陈晓 Chen Xiao"
    assert "cadence_days" not in (overrides or {})


async def test_a_wrong_record_is_refused_with_each_place(stage: Stage) -> None:
    wrong: dict[str, Any] = json.loads(json.dumps(PLAIN))
    wrong["promises"][0]["due"] = "周五"
    wrong["accounts"][1]["tier"] = "D"
    wrong["foo"] = 1
    _, said = await sends(stage.person(CHEN), json.dumps(wrong).encode(), "r.json")
    assert said.splitlines() == [
        "这份档案有 3 处不对，没有导入：",
        "accounts[1].tier：只能是 A, B, C",
        "promises[0].due：应当是 2026-11-03 这样的日期",
        "foo：没有这一项",
    ]
    assert await book_of(stage, CHEN) == {}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty list": (b"\xef\xbb\xbf", "没找到客户名称"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "旧格式"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "picture": (b"\x89PNG\r\n", "不是表格"),
    "web page": (b"<html><table><tr><td>x</td></tr></table></html>", "旧格式"),
    "broken": (b"PK\x03\x04 not really", "打不开"),
    "no heading": ("品名,单价\n酱油,5\n".encode(), "没找到客户名称"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_cannot_be_read_is_refused_in_one_sentence(stage: Stage, case: str) -> None:
    data, words = REFUSED[case]
    chen = stage.person(CHEN)
    answers = await sends(chen, data, "客户.xls")
    assert len(answers) == 2
    assert words in answers[1]
    assert height(answers[1]) <= 4
    assert chen.buttons == []


async def test_what_is_too_big_is_refused_at_once(stage: Stage) -> None:
    (answer,) = await sends(stage.person(CHEN), b"x" * (5 * 2**20 + 1))
    assert "超过 5 MB" in answer
    async with stage.coach.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Upload)) == 0


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "..\\..\\x.csv", "a\x00b\u202e.csv", "客" * 300 + ".csv"])
async def test_a_files_name_is_only_a_name(stage: Stage, name: str) -> None:
    chen = stage.person(CHEN)
    sent = stage.api.upload(CHEN, "x.csv", MESSY.encode())
    sent["message"]["document"]["file_name"] = name
    await stage.settle()
    async with stage.coach.database.read() as session:
        kept = await session.scalar(select(Upload.name))
    assert kept is not None
    assert len(kept) <= 128
    assert not set(kept) & set("/\\\0\u202e")
    assert chen.buttons == ["✅ 导入", "不导入"]


async def test_names_in_a_file_cannot_break_a_message(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await sends(chen, "店名,级别,<i>备注\n<b>王记</b>&,A,x\n坏,<b>,\n".encode(), "<u>客户.csv")
    assert "<u>客户.csv" in chen.last["text"]
    await chen.taps("✅ 导入")
    assert "<b>王记</b>&" in await book_of(stage, CHEN)


async def test_a_forwarded_list_is_read_too(stage: Stage) -> None:
    message = stage.api.upload(CHEN, "客户.csv", MESSY.encode())["message"]
    message["forward_origin"] = {"type": "hidden_user", "date": message["date"], "sender_user_name": "王"}
    await stage.settle()
    assert stage.person(CHEN).buttons == ["✅ 导入", "不导入"]


async def test_a_restart_on_the_way_loses_nothing(tmp_path: Path) -> None:
    async with Stage(tmp_path) as first:
        first.coach.uploads.read = unreachable
        with pytest.raises(RuntimeError):
            await sends(first.person(CHEN), MESSY)
        saved = first.api.dump()
    async with Stage(tmp_path) as second:
        second.api.load(saved)
        second.coach.uploads.read = in_process
        await second.settle()
        chen = second.person(CHEN)
        assert chen.buttons == ["✅ 导入", "不导入"]
        saved = second.api.dump()
    async with Stage(tmp_path) as third:
        third.api.load(saved)
        await third.person(CHEN).taps("✅ 导入")
        assert "永兴超市五一店" in await book_of(third, CHEN)


async def unreachable(_data: bytes, _reader: Reader) -> Content:
    """A process that is killed while it reads."""
    raise RuntimeError


async def test_a_file_that_cannot_be_fetched_is_tried_again_and_given_up_after_an_hour(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def cut(*_: object, **__: object) -> None:
        raise NetworkError("cut")

    chen = stage.person(CHEN)
    with monkeypatch.context() as broken:
        broken.setattr(type(stage.coach.bot), "get_file", cut)
        assert len(await sends(chen, MESSY)) == 1
        stage.clock.move_to(stage.clock.now() + dtm.timedelta(minutes=5))
        await stage.settle()
        assert len(stage.api.messages(CHEN)) == 2
    await stage.settle()
    assert chen.buttons == ["✅ 导入", "不导入"]
    with monkeypatch.context() as broken:
        broken.setattr(type(stage.coach.bot), "get_file", cut)
        await sends(chen, MESSY)
        stage.clock.move_to(stage.clock.now() + GIVE_UP_AFTER + dtm.timedelta(minutes=1))
        await stage.settle()
    assert "再发一次" in chen.last["text"]


async def test_a_file_is_read_right_after_its_turn(stage: Stage) -> None:
    running = asyncio.create_task(stage.coach.uploads.run())
    await asyncio.sleep(0.1)  # it has looked once, and idles
    stage.api.upload(CHEN, "客户.csv", MESSY.encode())
    async with stage.coach.database.begin() as session:
        await inbox.store(session, stage.api.call("getUpdates", {"timeout": 0}), stage.clock.now())
    await stage.coach.order.step()
    async with asyncio.timeout(IDLE_SECONDS / 2):
        while not await previewed(stage):
            await asyncio.sleep(0.02)
    running.cancel()


async def previewed(stage: Stage) -> bool:
    async with stage.coach.database.read() as session:
        return await session.scalar(select(Upload.state)) == UploadState.PREVIEWED


async def test_a_file_that_telegram_no_longer_has_is_told(stage: Stage) -> None:
    stage.api.upload(CHEN, "客户.csv", MESSY.encode())
    stage.api.state.files.clear()
    await stage.settle()
    assert "没能从 Telegram 取来" in stage.person(CHEN).last["text"]


async def test_two_processes_say_it_once(stage: Stage) -> None:
    await sends(stage.person(CHEN), MESSY)
    async with stage.coach.database.begin() as session:
        await session.execute(update(Upload).values(state=UploadState.PENDING))
    await stage.settle()
    async with stage.coach.database.read() as session:
        keys = list(await session.scalars(select(OutboxMessage.key).where(OutboxMessage.key.startswith("upload:"))))
    assert keys == ["upload:1:read"]


async def test_in_english(stage: Stage) -> None:
    chen = stage.person(CHEN, "en")
    await chen.says("/start")
    wrong = (
        "Account name,Tier,Annual sales (k$),Margin\n"
        "Corner Shop,A,80,0.085\nAcme Ltd,x,5,0.1\nBest,B,lots,0.2\nC,C,1,0.3\n"
    )
    _, preview = await sends(chen, wrong.encode(), "accounts.csv")
    assert "Accounts: 2 new" in preview
    assert "Row 3: “Tier” is “x”; only A, B and C are known" in preview
    assert "(0.085 is 8.5%)" in preview
    assert height(preview) <= 12
    await chen.taps("✅ Import")
    assert (await book_of(stage, CHEN))["Corner Shop"].margin_pct == 8.5


async def test_through_the_process_of_its_own(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        title = (
            ("2026年客户台账",),
            (),
            ("门店", "等级", "毛利率"),
            ("永兴超市五一店", "重点", spreadsheets.Percent(8.5)),
        )
        data = spreadsheets.to_xlsx([Sheet("说明", (("看第二张表",),)), Sheet("客户", title)])
        _, preview = await sends(stage.person(CHEN), data, "客户.xlsx")
        assert "没读的工作表：说明" in preview
        await stage.person(CHEN).taps("✅ 导入")
        account = (await book_of(stage, CHEN))["永兴超市五一店"]
        assert (account.tier, account.margin_pct) == ("A", 8.5)
