"""The canvas: Chinese is drawn as Chinese, what the font lacks as a box, long names within their room."""

from __future__ import annotations

import asyncio
import io
import subprocess
import sys
import unicodedata
from pathlib import Path

from PIL import Image

from bot import charts
from bot.charts.canvas import BOX, EDGE, WIDTH, Page, drawable, fitted, width

BOT = Path(charts.__file__).parents[1]
EMOJI = {"So", "Mn"}
"""Categories of the signs that stand in chat messages and buttons only."""


def drawn(text: str) -> Image.Image:
    page = Page(100)
    page.text(EDGE, 50, text, 40)
    return Image.open(io.BytesIO(page.png())).convert("RGB")


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not paper."""
    found = Image.eval(picture.convert("L"), lambda light: 255 if light < 200 else 0).getbbox()
    assert found is not None
    return found


def test_chinese_is_drawn_character_by_character_and_not_as_boxes() -> None:
    pictures = {text: drawn(text).tobytes() for text in ("知", "行", "喆", BOX)}
    assert len(set(pictures.values())) == len(pictures)


def test_what_the_font_lacks_is_a_box_and_a_name_is_one_line_of_plain_text() -> None:
    assert drawable("王😀堃\n小") == f"王{BOX}堃 小"
    assert drawn("王😀").tobytes() == drawn(f"王{BOX}").tobytes()
    # Between dollar signs matplotlib would read a formula.
    left, _, right, _ = ink(drawn("A$x^2$B"))
    assert abs((right - left) - width("A$x^2$B", 40)) < 6


def test_a_long_name_keeps_within_its_room() -> None:
    name = "欧阳震华 Alexander von Humboldt"
    assert fitted(name, 40, 2000) == name
    for room in (60, 150, 333):
        short = fitted(name, 40, room)
        assert short.endswith("…")
        assert width(short, 40) <= room


def test_a_page_is_as_wide_as_a_phone_and_its_paper_is_solid() -> None:
    picture = Image.open(io.BytesIO(Page(321).png()))
    assert picture.size == (WIDTH, 321)
    assert "transparency" not in picture.info
    assert sum(picture.convert("L").histogram()[:240]) == 0


def test_the_font_has_every_character_of_the_texts_and_of_the_demo_book() -> None:
    files = [*(BOT / "locales").rglob("*.ftl"), *(BOT / "demo").glob("*.yaml"), BOT / "services" / "demo.py"]
    assert len(files) > 50
    written = {one for file in files for one in file.read_text(encoding="utf-8") if not one.isspace()}
    lacking = {one for one in written if drawable(one) == BOX}
    assert {one for one in lacking if unicodedata.category(one) not in EMOJI} == set()
    for name in ("charts", "workbook"):
        for locale in ("zh", "en"):
            assert lacking.isdisjoint((BOT / "locales" / locale / f"{name}.ftl").read_text(encoding="utf-8"))


def test_the_font_has_all_of_gb_2312_and_the_letters_of_names_abroad() -> None:
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    hanzi = "".join(bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    assert len(hanzi) == 6763
    assert BOX not in drawable(hanzi + "喆堃玥珺昇 Nguyễn Søren Müller")


async def test_pages_can_be_drawn_in_several_threads_at_once() -> None:
    alone = {text: drawn(text).tobytes() for text in ("知行", "客户经理", "周报", "重点客户")}
    together = await asyncio.gather(*(asyncio.to_thread(drawn, text) for text in alone))
    assert [picture.tobytes() for picture in together] == list(alone.values())


def test_matplotlib_is_not_imported_before_something_is_drawn() -> None:
    code = "import sys, bot.charts; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=BOT.parent)


def test_the_font_comes_with_its_licence() -> None:
    assert "SIL OPEN FONT LICENSE" in charts.FONT.with_name("OFL.txt").read_text(encoding="utf-8")
