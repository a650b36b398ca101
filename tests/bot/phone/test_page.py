"""The phone's page in a real browser: what a person sees and does, against the real server and a scripted bot.

Skipped where no Chromium is installed; with CI=true it must be there.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, Route, ViewportSize, async_playwright, expect

from bot.phone.botapi import BotApi, Persona, Upload
from bot.phone.server import PhoneServer
from bot.texts import Texts
from tests.bot.phone.conftest import LEAD, LILY, WANG, HandClock, png
from tests.conftest import require

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
FOLDER = Path(__file__).parents[3] / "bot" / "phone" / "page"
ZONE = dtm.timezone(dtm.timedelta(hours=8))
PEOPLE = [Persona(WANG, "王小明", "manager"), Persona(LILY, "Lily", "manager", "en"), Persona(LEAD, "赵主管", "lead")]
ZH = [("plan", "今天去哪几家"), ("promises", "没兑现的承诺"), ("help", "我能做什么")]
EN = [("plan", "Whom to visit"), ("promises", "Open promises"), ("help", "What I can do")]

Update = dict[str, Any]

in_browser = pytest.mark.asyncio(loop_scope="module")


class Desk:
    """A served phone: its state, its clock, its server, and a bot that does what a test tells it to."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.api = BotApi("1:t", now=self.clock.now, personas=PEOPLE)
        for code, commands in (("", ZH), ("en", EN)):
            listed = [{"command": name, "description": about} for name, about in commands]
            self.api.call("setMyCommands", {"commands": listed} | ({"language_code": code} if code else {}))
        for person in (WANG, LEAD):
            self.api.start(person)
        self.updates: list[Update] = []
        self.answer: Callable[[Update], object] = lambda update: None
        self._offset = 0
        self._news = asyncio.Event()
        self._take()
        self.updates.clear()
        self.server = self._served()

    def _served(self) -> PhoneServer:
        texts = Texts()
        return PhoneServer(self.api, clock=self.clock, zone=ZONE, texts=lambda lang: texts.patterns(lang, "phone-"))

    async def open(self, port: int = 0) -> None:
        """Serve, again after a stop."""
        self.server = self._served()
        await self.server.start(port)
        self.api.on_update.append(self._soon)

    def _soon(self) -> None:
        asyncio.get_running_loop().call_soon(self._take)

    def _take(self) -> None:
        """The bot fetches what is new and answers as the test says."""
        for update in self.api.call("getUpdates", {"offset": self._offset, "timeout": 0}):
            self._offset = update["update_id"] + 1
            self.updates.append(update)
            self._news.set()
            self.answer(update)

    def says(self, text: str, *rows: list[tuple[str, str]], chat: int = WANG, **more: Any) -> int:
        """The bot sends HTML with rows of (label, data) buttons; the message's id."""
        board = [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
        markup = {"reply_markup": {"inline_keyboard": board}} if board else {}
        sent = self.api.call("sendMessage", {"chat_id": chat, "text": text, "parse_mode": "HTML", **markup, **more})
        return int(sent["message_id"])

    def heard(self, kind: str) -> list[Any]:
        """What the bot was told, of one kind."""
        return [update[kind] for update in self.updates if kind in update]

    async def hears(self, kind: str, number: int = 1) -> list[Any]:
        """Wait until the bot was told so many."""
        async with asyncio.timeout(5):
            while len(self.heard(kind)) < number:
                self._news.clear()
                await self._news.wait()
        return self.heard(kind)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    require(CHROMIUM is not None, "no chromium on this machine")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    await made.open()
    yield made
    await made.server.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    made = await browser.new_context(viewport=PHONE, locale="zh-CN", color_scheme="light", accept_downloads=True)
    made.set_default_timeout(5000)
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(desk: Desk, context: BrowserContext) -> AsyncIterator[Page]:
    """The opened page; no script error, refused inline script or style may come up in a test."""
    mistakes: list[str] = []
    made = await context.new_page()
    made.on("pageerror", lambda error: mistakes.append(str(error)))
    made.on("console", lambda line: mistakes.append(line.text) if line.type == "error" else None)
    await opened(made, desk)
    yield made
    assert [line for line in mistakes if "Failed to load resource" not in line] == []


async def opened(page: Page, desk: Desk) -> None:
    await page.goto(desk.server.url)
    await page.wait_for_selector("html[data-ready]")


async def write(page: Page, text: str) -> None:
    await page.fill("#draft", text)
    await page.press("#draft", "Enter")


async def choose_more(page: Page, label: str) -> None:
    await page.click("#more")
    await page.get_by_role("menuitem", name=label).click()


def bubble(page: Page, text: str) -> Locator:
    return page.locator(".bubble", has_text=text)


class TestTexts:
    """The page's texts; no browser needed."""

    def test_both_languages_have_the_same_ids_and_variables(self) -> None:
        texts = Texts()
        zh, en = (
            {name: values for name, values in texts.variables(locale).items() if name.startswith("phone-")}
            for locale in ("zh", "en")
        )
        assert zh == en

    def test_every_text_is_used_and_every_used_text_exists(self) -> None:
        source = "\n".join(
            path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.*")) if path.suffix != ".css"
        )
        used = set(re.findall(r'"(phone-[a-z-]+[a-z])"', source))
        written = set(Texts().patterns("zh", "phone-"))
        by_role = {name for name in written if name.startswith("phone-role-")}
        assert used <= written
        assert written - by_role <= used

    def test_the_code_shows_no_words_of_its_own(self) -> None:
        script = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))
        code = re.sub(r"^\s*(//|/\*\*|\*).*$", "", script, flags=re.MULTILINE)
        assert re.findall(r"[\u4e00-\u9fff]+", code) == []

    def test_nothing_is_fetched_from_elsewhere_and_nothing_stands_inline(self) -> None:
        page = (FOLDER / "index.html").read_text(encoding="utf-8")
        assert not re.search(r'(src|href)="(?!/page/|#)', page)
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", page)
        assert "url(" not in (FOLDER / "phone.css").read_text(encoding="utf-8")
        scripts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js")}
        assert {name for name, text in scripts.items() if re.search("innerHTML|outerHTML|insertAdjacent", text)} == {
            "markup.js"
        }
        assert scripts["markup.js"].count("innerHTML") == 1


class TestReading:
    """What a person sees."""

    pytestmark = in_browser

    async def test_the_page_opens_in_the_first_persons_chat(self, desk: Desk, page: Page) -> None:
        await expect(page.locator("#head-title")).to_have_text("知行")
        await expect(page.locator("#head-status")).to_have_text("你是 王小明 · 客户经理")
        await expect(page.locator(".status-demo")).to_have_text("本地演示")
        await expect(page.locator("#status-time")).to_have_text("16:30")
        await expect(page.locator("#status-day")).to_have_text("3月2日周一")
        await page.click("#back")
        await expect(page.locator(".person-name")).to_have_text(["王小明", "Lily", "赵主管"])
        await expect(page.locator(".notice")).to_contain_text("虚构")
        assert "phone-" not in await page.inner_text("body")

    async def test_formatting_arrives_and_commands_in_it_can_be_tapped(self, desk: Desk, page: Page) -> None:
        desk.says(
            '<b>六家</b> <i>慢</i> <a href="https://example.com">源</a> /plan /nothing <tg-spoiler>密</tg-spoiler>'
        )
        text = page.locator(".bubble .text").last
        await expect(text.locator("b")).to_have_text("六家")
        await expect(text.locator("a[href]")).to_have_attribute("rel", "noopener noreferrer")
        await expect(text.locator("a.command")).to_have_text(["/plan"])
        await text.locator(".spoiler").click()
        await expect(text.locator(".spoiler")).to_have_class("spoiler is-shown")
        await text.locator("a.command").click()
        assert (await desk.hears("message"))[-1]["text"] == "/plan"

    async def test_html_in_texts_and_names_stays_text(self, desk: Desk, page: Page) -> None:
        attack = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
        await write(page, attack)
        await expect(bubble(page, attack)).to_be_visible()
        escaped = attack.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        desk.says(escaped, [(attack[:40], "x")])
        await expect(bubble(page, attack)).to_have_count(2)
        file = {"document": "attach://d", "chat_id": WANG}
        desk.api.call("sendDocument", file, {"d": Upload("<img src=x onerror=alert(1)>.txt", b"1")})
        await expect(page.locator(".file-name")).to_have_text("<img src=x onerror=alert(1)>.txt")
        assert await page.locator(".log img, .log script, .people img").count() == 0

    async def test_even_bad_html_of_the_server_brings_in_nothing(self, desk: Desk, context: BrowserContext) -> None:
        bad = (
            '<img src=x onerror="document.title=1"><script>document.title=1</script><b onclick="alert(1)">fett</b>'
            '<a href="javascript:alert(1)">link</a><iframe src="//x"></iframe><span style="color:red">rot</span>'
        )

        async def spoiled(route: Route) -> None:
            answer = await route.fetch()
            state = await answer.json()
            for message in state["messages"]:
                message["html"] = bad
            await route.fulfill(response=answer, json=state)

        # A page of its own: here the policy does report what it refuses.
        page = await context.new_page()
        await page.route("**/phone/state?after=-1*", spoiled)
        await opened(page, desk)
        text = page.locator(".bubble .text").first
        await expect(text.locator("b")).to_have_text("fett")
        assert (
            await text.evaluate("node => node.querySelectorAll('img, script, iframe, a, [style], [onclick]').length")
            == 0
        )
        await page.unroute_all(behavior="ignoreErrors")

    async def test_a_reader_who_scrolled_up_is_left_in_peace(self, desk: Desk, page: Page) -> None:
        for number in range(320):
            desk.says(f"第 {number} 条，有长有短。" * (1 + number % 3))
        await expect(bubble(page, "第 319 条")).to_be_in_viewport()
        assert await page.locator(".row").count() == 150
        await page.locator("#log").evaluate("log => log.scrollTop = 400")
        await expect(page.locator("#to-end")).to_be_visible()
        before = await page.locator("#log").evaluate("log => log.scrollTop")
        desk.says("新的一条")
        await expect(page.locator("#to-end-count")).to_have_text("1")
        assert await page.locator("#log").evaluate("log => log.scrollTop") == before
        await page.click("#to-end")
        await expect(bubble(page, "新的一条")).to_be_in_viewport()
        await expect(page.locator("#to-end")).to_be_hidden()
        await page.get_by_role("button", name="显示更早的消息").click()
        assert await page.locator(".row").count() > 250

    async def test_a_changed_message_says_so_and_a_deleted_one_goes(self, desk: Desk, page: Page) -> None:
        first, second = desk.says("先这样"), desk.says("去掉我")
        await expect(bubble(page, "去掉我")).to_be_visible()
        desk.api.call("editMessageText", {"chat_id": WANG, "message_id": first, "text": "后来那样"})
        desk.api.call("deleteMessage", {"chat_id": WANG, "message_id": second})
        await expect(bubble(page, "后来那样").locator(".edited")).to_have_text("已编辑")
        await expect(bubble(page, "去掉我")).to_have_count(0)

    async def test_a_picture_keeps_its_room_and_can_be_enlarged(self, desk: Desk, page: Page) -> None:
        desk.api.call(
            "sendPhoto", {"chat_id": WANG, "photo": "attach://p", "caption": "图"}, {"p": Upload("p", png(300, 200))}
        )
        image = page.locator(".photo img")
        await expect(image).to_have_attribute("width", "300")
        await expect(image).to_have_js_property("naturalWidth", 300)
        await page.click(".photo")
        await expect(page.locator("dialog.is-picture img")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_have_count(0)
        await expect(page.locator(".photo")).to_be_focused()

    async def test_typing_shows_until_the_answer(self, desk: Desk, page: Page) -> None:
        desk.api.call("sendChatAction", {"chat_id": WANG, "action": "typing"})
        await expect(page.locator("#head-status")).to_have_text("正在输入")
        desk.says("好了")
        await expect(page.locator("#head-status")).to_have_text("你是 王小明 · 客户经理")

    async def test_days_are_separated_by_the_coachs_day(self, desk: Desk, page: Page) -> None:
        desk.clock.pass_by(86400)
        desk.says("第二天")
        await expect(page.locator(".day")).to_have_text(["昨天", "今天"])


class TestDoing:
    """What a person does."""

    pytestmark = in_browser

    async def test_a_message_is_sent_with_enter_and_a_line_broken_with_shift_enter(
        self, desk: Desk, page: Page
    ) -> None:
        desk.answer = lambda update: desk.says("收到")
        await page.click("#draft")
        await page.keyboard.type("第一行")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("第二行")
        await page.keyboard.press("Enter")
        assert (await desk.hears("message"))[0]["text"] == "第一行\n第二行"
        await expect(bubble(page, "收到")).to_be_visible()
        await expect(page.locator("#draft")).to_have_value("")
        await expect(bubble(page, "第一行")).to_have_count(1)
        await page.fill("#draft", "按钮")
        await page.click("#send")
        assert (await desk.hears("message", 2))[1]["text"] == "按钮"

    async def test_an_input_methods_enter_does_not_send(self, desk: Desk, page: Page) -> None:
        await page.click("#draft")
        keyboard = await page.context.new_cdp_session(page)
        await keyboard.send("Input.imeSetComposition", {"text": "nihao", "selectionStart": 5, "selectionEnd": 5})
        enter = {"key": "Enter", "code": "Enter"}
        await keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 229, **enter})
        await keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "windowsVirtualKeyCode": 13, **enter})
        await keyboard.send("Input.insertText", {"text": "你好"})
        await expect(page.locator("#draft")).to_have_value("你好")
        assert desk.heard("message") == []
        await page.keyboard.press("Enter")
        assert (await desk.hears("message"))[0]["text"] == "你好"

    async def test_a_button_is_busy_until_answered_with_a_toast(self, desk: Desk, page: Page) -> None:
        sent = desk.says("记下吗？", [("记下", "yes"), ("不", "no")])
        key = page.get_by_role("button", name="记下")
        await key.click()
        await key.click()
        query = (await desk.hears("callback_query"))[0]
        assert query["data"] == "yes"
        await expect(key).to_have_attribute("aria-busy", "true")
        desk.api.call("editMessageText", {"chat_id": WANG, "message_id": sent, "text": "已记下"})
        desk.api.call("answerCallbackQuery", {"callback_query_id": query["id"], "text": "好 <b>"})
        await expect(page.locator(".toast")).to_have_text("好 <b>")
        await expect(bubble(page, "已记下")).to_be_visible()
        await expect(page.locator(".key")).to_have_count(0)
        assert len(desk.heard("callback_query")) == 1

    async def test_an_alert_stays_until_it_is_closed(self, desk: Desk, page: Page) -> None:
        desk.answer = lambda update: desk.api.call(
            "answerCallbackQuery",
            {"callback_query_id": update["callback_query"]["id"], "text": "请看清", "show_alert": True},
        )
        desk.says("?", [("点", "x")])
        await page.get_by_role("button", name="点", exact=True).click()
        await expect(page.get_by_role("alertdialog")).to_contain_text("请看清")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
        await expect(page.locator(".key")).not_to_have_attribute("aria-busy", "true")

    async def test_own_messages_are_edited_by_menu_by_right_click_and_by_arrow(self, desk: Desk, page: Page) -> None:
        await write(page, "周五送")
        await bubble(page, "周五送").hover()
        await page.locator(".row-menu").last.click()
        await page.get_by_role("menuitem", name="修改").click()
        await expect(page.locator("#draft")).to_have_value("周五送")
        await write(page, "周四送")
        assert (await desk.hears("edited_message"))[0]["text"] == "周四送"
        await expect(bubble(page, "周四送").locator(".edited")).to_be_visible()
        await bubble(page, "周四送").click(button="right")
        await page.get_by_role("menuitem", name="修改").click()
        await page.keyboard.press("Escape")
        await expect(page.locator("#editing")).to_be_hidden()
        await page.keyboard.press("ArrowUp")
        await expect(page.locator("#editing-text")).to_have_text("周四送")
        await write(page, "周三送")
        assert (await desk.hears("edited_message", 2))[1]["text"] == "周三送"

    async def test_documents_go_both_ways(self, desk: Desk, page: Page, tmp_path: Path) -> None:
        async with page.expect_file_chooser() as choosing:
            await page.click("#attach")
        await (await choosing.value).set_files(
            {"name": "客户 名单.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
        )
        await page.get_by_label("说明").fill("给你")
        await page.get_by_role("dialog").get_by_role("button", name="发送", exact=True).click()
        message = (await desk.hears("message"))[0]
        assert (message["document"]["file_name"], message["caption"]) == ("客户 名单.csv", "给你")
        await expect(page.locator(".is-mine .file-name")).to_have_text("客户 名单.csv")
        back = {"chat_id": WANG, "document": "attach://d"}
        desk.api.call("sendDocument", back, {"d": Upload("周报 2026.xlsx", b"PK-not-really" * 1000)})
        async with page.expect_download() as downloading:
            await page.locator(".is-theirs .document").click()
        download = await downloading.value
        assert download.suggested_filename == "周报 2026.xlsx"
        await download.save_as(tmp_path / "got")
        assert (tmp_path / "got").read_bytes() == b"PK-not-really" * 1000

    @pytest.mark.parametrize("way", ["paste", "drop"])
    async def test_files_come_by_paste_and_drop(self, desk: Desk, page: Page, way: str) -> None:
        await page.evaluate(
            """([way, bytes]) => {
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], "图.png", { type: "image/png" }));
                const init = { bubbles: true, cancelable: true };
                const node = document.getElementById(way === "paste" ? "draft" : "log");
                if (way === "drop") node.dispatchEvent(new DragEvent("dragenter", { ...init, dataTransfer: data }));
                node.dispatchEvent(way === "paste"
                    ? new ClipboardEvent("paste", { ...init, clipboardData: data })
                    : new DragEvent("drop", { ...init, dataTransfer: data }));
            }""",
            [way, list(png(30, 20))],
        )
        await expect(page.get_by_label("作为图片发送")).to_be_checked()
        await page.get_by_role("dialog").get_by_role("button", name="发送", exact=True).click()
        assert (await desk.hears("message"))[0]["photo"][-1]["width"] == 30
        await expect(page.locator(".is-mine .photo img")).to_be_visible()
        await expect(page.locator("#drop")).to_be_hidden()

    async def test_changing_the_person_shows_what_is_unread_and_keeps_the_draft(self, desk: Desk, page: Page) -> None:
        await page.fill("#draft", "写到一半")
        desk.says("给主管的", chat=LEAD)
        await expect(page.locator("#back-count")).to_have_text("1")
        await page.click("#back")
        lead = page.locator(f'[data-chat="{LEAD}"]')
        await expect(lead.locator(".badge")).to_have_text("1")
        await expect(lead.locator(".person-last")).to_have_text("给主管的")
        await lead.click()
        await expect(page.locator("#head-status")).to_have_text("你是 赵主管 · 主管")
        await expect(bubble(page, "给主管的")).to_be_visible()
        await expect(page.locator("#draft")).to_have_value("")
        await expect(page.locator("#back-count")).to_be_hidden()
        await write(page, "我是主管")
        assert (await desk.hears("message"))[0]["from"]["id"] == LEAD
        await page.click("#back")
        await page.click(f'[data-chat="{WANG}"]')
        await expect(page.locator("#draft")).to_have_value("写到一半")
        assert [one["unread"] for one in desk.api.snapshot()["people"]] == [0, 0, 0]

    async def test_a_person_who_never_wrote_presses_start(self, desk: Desk, page: Page) -> None:
        await page.click("#back")
        await page.click(f'[data-chat="{LILY}"]')
        await expect(page.locator(".about")).to_contain_text("知行")
        await page.click("#start")
        assert (await desk.hears("message"))[0]["text"] == "/start"
        await expect(page.locator("#start-bar")).to_be_hidden()

    async def test_a_link_to_the_bot_is_opened_by_whoever_is_chosen(self, desk: Desk, page: Page) -> None:
        token = "A-_9" * 8
        desk.says(f"请点 https://t.me/Zhixing_Coach_Bot?start={token} 进来")
        await page.click(".bubble .text a")
        dialog = page.get_by_role("dialog", name="谁来点开这条链接？")
        await expect(dialog.locator(".person-name")).to_have_text(["王小明", "Lily", "赵主管"])
        await dialog.get_by_role("button", name="取消").click()
        await expect(dialog).to_be_hidden()
        await page.click(".bubble .text a")
        await dialog.get_by_role("button", name="Lily").click()
        started = (await desk.hears("message"))[0]
        assert (started["from"]["id"], started["text"]) == (LILY, f"/start {token}")
        await expect(page.locator("#head-status")).to_have_text("你是 Lily · 客户经理")
        await expect(bubble(page, f"/start {token}")).to_be_visible()
        assert len(page.context.pages) == 1

    @pytest.mark.parametrize(
        "address",
        [
            "https://t.me/other_bot?start=abc",
            "https://t.me/zhixing_coach_bot",
            "https://t.me.example.com/zhixing_coach_bot?start=abc",
            "https://example.com/zhixing_coach_bot?start=abc",
        ],
    )
    async def test_any_other_link_asks_nobody(self, desk: Desk, page: Page, address: str) -> None:
        desk.says(f'<a href="{address}">源</a>')
        link = page.locator(".bubble .text a")
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).not_to_have_attribute("data-start", re.compile(".*"))

    async def test_commands_by_menu_and_while_typing(self, desk: Desk, page: Page) -> None:
        await page.click("#command-menu")
        await expect(page.locator(".command-about")).to_have_text([about for _, about in ZH])
        await page.keyboard.press("Escape")
        await expect(page.locator("#commands")).to_be_hidden()
        await page.click("#command-menu")
        await page.get_by_role("option", name="/help").click()
        assert (await desk.hears("message"))[0]["text"] == "/help"
        await page.fill("#draft", "/p")
        await expect(page.locator(".command-name")).to_have_text(["/plan", "/promises"])
        await page.press("#draft", "ArrowDown")
        await page.press("#draft", "ArrowDown")
        await page.press("#draft", "Enter")
        assert (await desk.hears("message", 2))[1]["text"] == "/promises"
        await page.fill("#draft", "/pl")
        await page.press("#draft", "Tab")
        await expect(page.locator("#draft")).to_have_value("/plan ")

    async def test_odd_messages_groups_and_blocking(self, desk: Desk, page: Page) -> None:
        await choose_more(page, "发一张贴纸")
        await choose_more(page, "发一段语音")
        await choose_more(page, "转发一条消息")
        await page.get_by_label("消息内容").fill("他说的")
        await page.get_by_role("dialog").get_by_role("button", name="发送", exact=True).click()
        sticker, voice, forwarded = await desk.hears("message", 3)
        assert "sticker" in sticker
        assert "voice" in voice
        assert forwarded["forward_origin"]["sender_user_name"] == "王店长"
        await expect(page.locator(".forwarded")).to_have_text("转发自 王店长")
        await choose_more(page, "屏蔽机器人")
        await expect(page.locator("#blocked-bar")).to_be_visible()
        await expect(page.locator("#composer")).to_be_hidden()
        await page.click("#unblock")
        await expect(page.locator("#composer")).to_be_visible()
        await choose_more(page, "在群里说话")
        await page.get_by_label("消息内容").fill("大家好")
        await page.get_by_role("dialog").get_by_role("button", name="发送", exact=True).click()
        assert (await desk.hears("message", 4))[3]["chat"]["type"] in {"group", "supergroup"}
        await expect(page.locator("#head-title")).to_have_text("城东片区群")
        await write(page, "再说一句")
        assert (await desk.hears("message", 5))[4]["chat"]["id"] < 0

    async def test_a_refused_message_comes_back_to_be_mended(self, desk: Desk, page: Page) -> None:
        await write(page, "长" * 4097)
        await expect(page.locator(".toast.is-error")).to_be_visible()
        assert len(await page.input_value("#draft")) == 4097
        assert desk.heard("message") == []

    async def test_losing_and_finding_the_server(self, desk: Desk, page: Page) -> None:
        port = desk.server.port
        await desk.server.stop()
        await expect(page.locator("#offline")).to_be_visible()
        await write(page, "还在吗")
        await expect(page.get_by_role("button", name="没有发出去")).to_be_visible()
        await desk.open(port)
        await expect(page.locator("#offline")).to_be_hidden(timeout=8000)
        await page.get_by_role("button", name="没有发出去").click()
        assert (await desk.hears("message"))[0]["text"] == "还在吗"
        await expect(bubble(page, "还在吗")).to_have_count(1)
        await expect(page.locator(".is-pending")).to_have_count(0)


class TestClock:
    """The coach's time can be moved."""

    pytestmark = in_browser

    @pytest.mark.parametrize(
        ("button", "then"),
        [
            ("#clock-morning", "2026-03-03T08:30"),
            ("#clock-tonight", "2026-03-02T18:00"),
            ("#clock-monday", "2026-03-09T08:30"),
            ("#clock-hour", "2026-03-02T17:30"),
        ],
    )
    async def test_quick_buttons(self, desk: Desk, page: Page, button: str, then: str) -> None:
        await page.click("#clock-open")
        await page.click(button)
        await expect(page.locator("#status-moved")).to_be_visible()
        assert desk.clock.now().astimezone(ZONE).isoformat()[:16] == then
        await expect(page.locator("#status-time")).to_have_text(then[11:])

    async def test_any_time_and_back(self, desk: Desk, page: Page) -> None:
        desk.clock.pass_by(3 * 3600)
        desk.says("现在是晚上")
        await expect(page.locator("#clock-tonight")).to_have_text("明晚 18:00")
        await page.click("#clock-open")
        await page.fill("#clock-at", "2026-04-01T09:15")
        await page.focus("#clock-go")
        await page.wait_for_timeout(1200)
        await page.click("#clock-go")
        await expect(page.locator("#status-time")).to_have_text("09:15")
        await expect(page.locator("#clock-shift")).to_contain_text("29天")
        await page.click("#clock-open")
        await page.click("#clock-reset")
        await expect(page.locator("#status-moved")).to_be_hidden()
        assert desk.clock.shift == dtm.timedelta()


class TestLook:
    """Light and dark, both languages, narrow and wide."""

    pytestmark = in_browser

    async def test_the_theme_is_chosen_and_remembered(self, desk: Desk, page: Page) -> None:
        async def paper() -> str:
            return str(await page.evaluate("getComputedStyle(document.querySelector('.phone')).backgroundColor"))

        light = await paper()
        await page.click("#back")
        await page.click("#theme")
        dark = await paper()
        assert light != dark
        await opened(page, desk)
        assert await paper() == dark
        await page.click("#back")
        await expect(page.locator("#theme")).to_have_attribute("aria-label", "换成浅色")

    async def test_the_system_theme_holds_until_one_is_chosen(self, desk: Desk, page: Page) -> None:
        before = await page.evaluate("getComputedStyle(document.body).color")
        await page.emulate_media(color_scheme="dark")
        assert await page.evaluate("getComputedStyle(document.body).color") != before

    async def test_the_language_is_changed_for_page_and_people(self, desk: Desk, page: Page) -> None:
        desk.says("好")
        await page.click("#back")
        await page.click("#language")
        await expect(page.locator(".people h1")).to_have_text("Zhixing · demo phone")
        await expect(page.locator("#draft")).to_have_attribute("placeholder", "Message")
        await expect(page.locator(".person-role").first).to_have_text("Account manager")
        assert {one["language_code"] for one in desk.api.snapshot()["people"]} == {"en"}
        await page.click(f'[data-chat="{WANG}"]')
        await page.click("#command-menu")
        await expect(page.locator(".command-about").first).to_have_text("Whom to visit")
        await opened(page, desk)
        await expect(page.locator("html")).to_have_attribute("lang", "en-GB")
        assert not re.search(r"phone-|\{\w+\}", await page.inner_text("body"))

    async def test_long_words_wrap_and_nothing_is_too_small_to_tap(self, desk: Desk, page: Page) -> None:
        desk.says(f"https://example.com/{'x' * 300} {'W' * 300}", [("很长的按钮" * 8, "a"), ("b" * 60, "b")])
        desk.says("<pre>" + "y" * 400 + "</pre>", [(f"{n}", f"n{n}") for n in range(8)])
        desk.api.call(
            "sendDocument", {"chat_id": WANG, "document": "attach://d"}, {"d": Upload("n" * 200 + ".xlsx", b"1")}
        )
        await expect(page.locator(".document")).to_be_visible()
        await expect(bubble(page, "xxxx")).to_be_attached()
        wide = """() => [...document.querySelectorAll("html, #log, .phone, .bubble, .keyboard, .foot")]
            .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className || node.tagName)"""
        small = """() => [...document.querySelectorAll("button, a.key, a.document, textarea")]
            .filter((node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            .filter((node) => node.getBoundingClientRect().height < 40).map((node) => node.id || node.className)"""
        for view in ("chat", "list", "clock"):
            await page.evaluate("view => document.documentElement.dataset.view = view", view)
            assert await page.evaluate(wide) == []
            assert await page.evaluate(small) == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    async def test_every_text_has_enough_contrast(self, desk: Desk, page: Page, scheme: str) -> None:
        desk.says(
            '字 <a href="https://example.com">链</a> <code>x</code> /plan\n<blockquote>引</blockquote>', [("键", "k")]
        )
        await write(page, "我的 https://example.com")
        desk.says("给主管", chat=LEAD)
        await page.set_viewport_size(DESKTOP)
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        await expect(page.locator(".row.is-mine .meta").last).to_be_visible()
        assert await page.evaluate(FAINT) == []

    async def test_wide_and_low_windows_show_all_three_parts(self, desk: Desk, page: Page) -> None:
        await page.set_viewport_size(DESKTOP)
        for part in ("#people", "#phone", "#clock"):
            await expect(page.locator(part)).to_be_in_viewport()
        await expect(page.locator("#back")).to_be_hidden()
        await page.click("#clock-hour")
        await expect(page.locator("#clock-time")).to_have_text("17:30")
        await page.set_viewport_size({"width": 800, "height": 480})
        await expect(page.locator("#send")).to_be_in_viewport()
        await page.click("#back")
        await expect(page.locator(f'[data-chat="{LEAD}"]')).to_be_in_viewport()

    async def test_the_keyboard_alone_is_enough(self, desk: Desk, page: Page) -> None:
        desk.says("?", [("按我", "k")])
        await expect(page.locator(".key")).to_be_visible()
        await page.set_viewport_size(DESKTOP)
        await page.focus("#more")
        await page.keyboard.press("Enter")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Escape")
        await expect(page.locator("#more")).to_be_focused()
        await page.focus("#log")
        for _ in range(4):
            await page.keyboard.press("Tab")
            if await page.evaluate("document.activeElement.classList.contains('key')"):
                break
        await page.keyboard.press("Enter")
        assert (await desk.hears("callback_query"))[0]["data"] == "k"
        assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


FAINT = """() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const paint = (colors) => {
        pen.clearRect(0, 0, 1, 1);
        for (const color of colors) { pen.fillStyle = color; pen.fillRect(0, 0, 1, 1); }
        return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const light = (rgb) => {
        const [r, g, b] = rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const faint = [];
    for (const node of document.querySelectorAll("body *")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
        const see = { visibilityProperty: true, opacityProperty: true };
        if (!own || node.closest("button:disabled, .veil") || !node.checkVisibility(see)) continue;
        const below = [];
        for (let at = node; at; at = at.parentElement) below.unshift(getComputedStyle(at).backgroundColor);
        below.unshift(matchMedia("(prefers-color-scheme: dark)").matches ? "#100f0d" : "#e8dfd1");
        const back = paint(below), front = paint([...below, getComputedStyle(node).color]);
        const [high, low] = [light(back.slice(0, 3)), light(front.slice(0, 3))].sort((a, b) => b - a);
        const ratio = (high + 0.05) / (low + 0.05);
        if (ratio < 4.5) faint.push(`${node.className || node.tagName} ${node.textContent.slice(0, 20)} ${ratio}`);
    }
    return faint;
}"""
