"""Documents of every format become passages with headings and pages; what cannot be read is told apart and said."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from bot import documents
from bot.documents import block
from bot.documents.block import Block, DocumentRefused
from bot.documents.cutting import ENOUGH, MOST, cut
from bot.documents.plain import markdown
from bot.texts import LOCALES, Texts, room
from tests.bot.documents import samples
from tests.bot.test_files import Hanging

TEXT = "客户在季度内进货达到三百箱的，返百分之二，下一个季度首月以货兑现。"
TRADITIONAL = "客戶在季度內進貨達到三百箱的，返百分之二，下一個季度首月以貨兌現。請與業務聯繫辦理手續。"


def pieces(data: bytes, name: str) -> list[tuple[str, int | None, str]]:
    return [(piece.heading, piece.page, piece.text) for piece in documents.read(data, name).pieces]


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(DocumentRefused) as refused:
        documents.read(data, name)
    return refused.value.text_id


def test_word_has_headings_and_tables() -> None:
    rows = [("客户", "季度进货", "返利"), ("大店", "800 箱", "3.5%"), ("小店", "300 箱", "2%")]
    data = samples.word(rows=rows, paragraphs=[TEXT, "查实的，取消当季返利。"])
    read = documents.read(data, "政策.docx")
    assert (read.format, read.pages, read.scanned, read.headings) == ("docx", None, 0, 3)
    assert pieces(data, "政策.docx") == [
        (
            "价格政策 › 返利",
            None,
            "客户：大店 | 季度进货：800 箱 | 返利：3.5%\n客户：小店 | 季度进货：300 箱 | 返利：2%",
        ),
        ("价格政策 › 窜货", None, f"{TEXT}\n查实的，取消当季返利。"),
    ]
    assert "返利" in read.pieces[0].terms.split()


def test_word_knows_merged_cells_outline_levels_and_what_wraps_text() -> None:
    document = docx.Document()
    style = document.styles.add_style("自定标题", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("一章", style="Heading 1")
    document.add_paragraph("一节", style=style)
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "一线城市"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "住宿"
    table.cell(1, 1).text, table.cell(2, 1).text = "500", "含早"
    body = document.element.body
    inserted = parse_xml(
        '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtContent><w:p>'
        "<w:ins><w:r><w:t>修订后</w:t></w:r></w:ins><w:del><w:r><w:delText>修订前</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>生效</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    body.insert(len(body) - 1, inserted)
    assert pieces(samples.saved(document), "a.docx") == [
        ("一章 › 一节", None, "一线城市\n住宿 | 500\n住宿 | 含早\n修订后 生效")
    ]


def test_slides_have_their_numbers_tables_and_notes() -> None:
    data = samples.slides([("新品上市", "三个口味\n零糖", "先讲口味再讲价格"), ("渠道", "先进便利店", "")])
    read = documents.read(data, "新品.pptx")
    assert (read.format, read.pages) == ("pptx", 2)
    assert pieces(data, "新品.pptx") == [
        ("新品上市", 1, "三个口味\n零糖\n规格：550 毫升 | 零售价：2 元"),
        ("新品上市 › 备注 · Notes", 1, "先讲口味再讲价格"),
        ("渠道", 2, "先进便利店"),
    ]


def test_a_pdf_has_pages_headings_and_joined_lines_without_running_titles() -> None:
    def page(number: int, *lines: str) -> list[str]:
        return ["清泉饮料内部资料", *lines, f"第 {number} 页 共 4 页"]

    data = samples.pdf(
        [
            page(1, "第一章 总则", "本制度适用于销售中心的全体人员，包括试用期内的", "新同事。"),
            page(
                2, "第二章 差旅", "2.1 住宿标准", "一线城市每晚不超过五百元，其他城市每晚不超过三百", "元，超出自理。"
            ),
            page(3, "Samples are ordered every Wednesday before", "noon."),
            page(4, "1. 先填申请单", "2. 再找主管签字"),
        ]
    )
    read = documents.read(data, "制度.pdf")
    assert (read.format, read.pages, read.scanned, read.headings) == ("pdf", 4, 0, 3)
    assert pieces(data, "制度.pdf") == [
        ("第一章 总则", 1, "本制度适用于销售中心的全体人员，包括试用期内的新同事。"),
        (
            "第二章 差旅 › 2.1 住宿标准",
            2,
            "一线城市每晚不超过五百元，其他城市每晚不超过三百元，超出自理。\n"
            "Samples are ordered every Wednesday before noon.\n1. 先填申请单\n2. 再找主管签字",
        ),
    ]


def test_a_scan_is_told_apart_from_a_blank_and_a_half_scanned_one() -> None:
    assert refusal(samples.scan(2), "扫描.pdf") == "handbook-scanned"
    assert refusal(samples.pdf([[], []]), "空白.pdf") == "handbook-empty"
    half = documents.read(samples.joined(samples.pdf([[TEXT[:20]]]), samples.scan(), samples.pdf([[]])), "一半.pdf")
    assert (half.pages, half.scanned, len(half.pieces)) == (3, 1, 1)


def test_a_locked_pdf_is_told_apart_from_one_that_only_may_not_be_changed() -> None:
    assert refusal(samples.pdf([[TEXT]], password="secret"), "a.pdf") == "handbook-locked"
    assert len(documents.read(samples.pdf([[TEXT]], password="secret", owner_only=True), "a.pdf").pieces) == 1


def test_a_pdf_whose_letters_nobody_knows_is_refused() -> None:
    assert refusal(samples.pdf([["\ue001\ue002\ue003\ue004\ue005"]]), "a.pdf") == "handbook-garbled"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gbk", "gb18030"])
def test_simplified_text_in_every_encoding(encoding: str) -> None:
    assert pieces(f"第一章 返利\r\n{TEXT}\r\n".encode(encoding), "a.txt") == [("第一章 返利", None, TEXT)]


@pytest.mark.parametrize("encoding", ["big5", "cp950"])
def test_traditional_text_is_found_by_simplified_terms(encoding: str) -> None:
    (piece,) = documents.read(TRADITIONAL.encode(encoding), "a.md").pieces
    assert piece.text == TRADITIONAL
    assert {"业务", "兑现"} <= set(piece.terms.split())


def test_markdown_loses_its_marks_and_keeps_what_they_mean() -> None:
    text = (
        "---\ntitle: x\n---\n标题一\n===\n**先**申请，见[附件](http://a.b/c)。\n\n- 一条\n- 两条\n\n"
        "| 城市 | 上限 |\n|:--|--:|\n| 一线 | `500` |\n\n## 二 ##\n"
        "```\n# 不是标题\n```\n<b>结束</b> ![图](x.png) 2*3*4\n"
    )
    assert list(markdown(text)) == [
        Block("标题一", 1),
        Block("先申请，见附件。"),
        Block("· 一条\n· 两条"),
        Block("城市：一线 | 上限：500"),
        Block("二", 2),
        Block("# 不是标题\n结束 图 2*3*4"),
    ]


def test_passages_are_cut_at_sentences_and_never_too_long() -> None:
    long = "".join(f"第{number}条要求先填申请单再找主管签字，缺一不可。" for number in range(100))
    endless = "无标点" * 400
    cuts = list(cut([Block("章", 1), Block("节", 2), Block(long, page=3), Block("另一章", 1), Block(endless, page=9)]))
    first, second = [[one for one in cuts if one.heading == heading] for heading in ("章 › 节", "另一章")]
    assert "".join(one.text.replace("\n", "") for one in first) == long
    assert all(one.text.endswith("。") and one.page == 3 for one in first)
    assert all(ENOUGH / 2 < room(one.text) <= MOST for one in first)
    assert "".join(one.text.replace("\n", "") for one in second) == endless
    assert max(room(one.text) for one in second) <= MOST


def test_short_blocks_share_a_passage_but_never_a_heading() -> None:
    cuts = list(
        cut([Block("一"), Block("二"), Block("甲", 1), Block("三"), Block("乙", 3), Block("四"), Block("丙", 2)])
    )
    assert [(one.heading, one.text) for one in cuts] == [("", "一\n二"), ("甲", "三"), ("甲 › 乙", "四")]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第三章 差旅", 1),
        ("第12节 住宿", 2),
        ("二、破损", 2),
        ("（三）退货", 3),
        ("2.1 住宿标准", 2),
        ("2.1住宿标准", 2),
        ("2.1.3 发票", 3),
        ("Chapter 4 Returns", 1),
        ("1. 先填申请单", 0),
        ("2.5 元一瓶", 2),
        ("二、破损的让送货司机在回单上签字。", 0),
        ("3.5%", 0),
        ("第三方公司", 0),
    ],
)
def test_headings_are_told_by_their_numbers(line: str, level: int) -> None:
    assert block.numbered_level(line) == level


def test_what_is_no_document_is_said() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    locked = ole + "EncryptedPackage".encode("utf-16-le")
    assert refusal(b"", "a.md") == "handbook-empty"
    assert refusal(b"   \n", "a.txt") == "handbook-empty"
    assert refusal(ole, "a.doc") == "handbook-old-format"
    assert refusal(locked, "a.docx") == "handbook-locked"
    assert refusal(b"{\\rtf1 x}", "a.rtf") == "handbook-old-format"
    assert refusal(b"\x89PNG\r\n", "a.pdf") == "handbook-unknown-format"
    assert refusal(b"just words", "a.pdf") == "handbook-unknown-format"
    assert refusal(b"abc\x00\x01", "a.txt") == "handbook-unknown-format"
    assert refusal("\ue000\ue001\ue002".encode("utf-16"), "a.txt") == "handbook-unknown-format"
    assert refusal(b"\xff\xfe\x00", "a.txt") == "handbook-unknown-encoding"
    assert refusal(b"%PDF-1.7 nonsense", "a.pdf") == "handbook-broken"
    assert refusal(b"PK\x03\x04 nonsense", "a.docx") == "handbook-broken"
    assert refusal(archive({"hello.txt": b"x"}), "a.docx") == "handbook-old-format"
    assert refusal(archive({"word/document.xml": b"<x"}), "a.docx") == "handbook-broken"


def archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def test_limits_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_PAGES", 2)
    monkeypatch.setattr(documents, "MOST_PASSAGES", 3)
    monkeypatch.setattr(documents, "MOST_UNPACKED", 2**20)
    assert refusal(samples.pdf([["一"]] * 3), "a.pdf") == "handbook-too-many-pages"
    assert refusal(samples.slides([("一", "二", "")] * 3), "a.pptx") == "handbook-too-many-pages"
    assert refusal((TEXT * 100).encode(), "a.txt") == "handbook-too-long"
    bomb = archive({"word/document.xml": bytes(2**21)})
    assert len(bomb) < 2**14
    assert refusal(bomb, "a.docx") == "handbook-too-big-inside"
    lying = bomb.replace((2**21).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert refusal(lying, "a.docx") in {"handbook-too-big-inside", "handbook-broken"}


async def test_a_document_comes_back_from_its_process() -> None:
    data = samples.word(paragraphs=[TEXT])
    assert await documents.read_apart(data, "政策.docx") == documents.read(data, "政策.docx")
    with pytest.raises(DocumentRefused) as refused:
        await documents.read_apart(samples.scan(), "扫描.pdf")
    assert (refused.value.text_id, refused.value.values) == ("handbook-scanned", {})


async def test_a_hang_and_a_crash_are_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging = Hanging(tmp_path / "number")
    monkeypatch.setattr(documents, "PROGRAM", hanging.program)
    reading = asyncio.create_task(documents.read_apart(b"x", "a.txt", seconds=60))
    while not hanging.has_begun():
        await asyncio.sleep(0.02)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert hanging.is_gone()
    for program, seconds, text_id in (
        (hanging.program, 0.5, "handbook-too-slow"),
        ((sys.executable, "-c", "import os; os.abort()"), 60, "handbook-too-heavy"),
    ):
        monkeypatch.setattr(documents, "PROGRAM", program)
        with pytest.raises(DocumentRefused) as refused:
            await documents.read_apart(b"x", "a.txt", seconds=seconds)
        assert refused.value.text_id == text_id


async def test_what_is_larger_than_telegram_hands_out_is_not_read() -> None:
    with pytest.raises(DocumentRefused) as refused:
        await documents.read_apart(bytes(documents.MOST_BYTES + 1), "a.pdf")
    assert refused.value.values == {"limit": 20}


def test_the_libraries_are_loaded_in_the_reading_process_only() -> None:
    code = "import sys, json, bot.documents; print(json.dumps([m for m in sys.modules if m in sys.argv]))"
    said = subprocess.run([sys.executable, "-c", code, "docx", "pptx", "pypdf"], capture_output=True, check=True).stdout
    assert json.loads(said) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal_is_a_text_that_says_what_to_do(locale: str) -> None:
    texts = Texts()
    reasons = [text_id for text_id in texts.variables(locale) if text_id.startswith("handbook-too-")]
    assert len(reasons) == 6
    for text_id in reasons:
        assert len(texts.plain(locale, text_id, {"limit": 20}).split("。" if locale == "zh" else ". ")) >= 2


def test_names_of_documents() -> None:
    assert all(map(documents.is_document, ["a.md", "手册.PDF", "b.docx", "c.pptx", "旧.doc", "d.txt"]))
    assert not any(map(documents.is_document, ["a.xlsx", "b.csv", "c.json", "pdf", "", "d.png"]))
