"""The digest's picture: for one manager and for sixty, in both languages, for weeks of which there is little to say."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from bot import charts
from bot.charts.canvas import ACCENT, BLUE, WIDTH, Page
from bot.services.digests import Digest
from bot.services.promises import KeptRate
from bot.texts import Texts, Voice
from tests.bot.digests import digest, idle, manager

TEXTS = Texts()
ZH, EN = Voice(TEXTS, "zh"), Voice(TEXTS, "en")
TALLEST = 2.6
"""Height to width: taller, and a phone that shows the whole page shows it too small (338 of its 390 points wide)."""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on the pages, in its order; they stay blank, which takes a tenth of the time."""
    written: list[str] = []

    class Blank(Page):
        def text(self, x: float, y: float, text: str, *_: Any, **__: Any) -> None:
            written.append(text)

        def box(self, *_: Any, **__: Any) -> None: ...

    for page in ("digest_page", "month_pages"):
        monkeypatch.setattr(f"bot.charts.{page}.Page", Blank)
    return written


def picture(of: Digest, voice: Voice = ZH) -> Image.Image:
    return Image.open(io.BytesIO(charts.digest_picture(of, voice)))


def pixels(drawn: Image.Image, color: str) -> int:
    """How many pixels are as good as of a colour."""
    wanted = bytes.fromhex(color[1:])
    counted = drawn.convert("RGB").getcolors(drawn.width * drawn.height) or []
    return sum(
        count
        for count, seen in counted
        if isinstance(seen, tuple) and all(abs(a - b) < 8 for a, b in zip(seen, wanted, strict=True))
    )


def test_the_page_is_drawn_in_both_languages() -> None:
    zh, en = (picture(digest(manager(1, "陈晓"), manager(2, "😀" * 40)), voice) for voice in (ZH, EN))
    assert zh.size == en.size
    assert zh.tobytes() != en.tobytes()


def test_the_figures_are_those_of_the_digest(said: list[str]) -> None:
    drawn = picture(digest(manager(), name="城东一组 East Team", days_over=4))
    assert drawn.width == WIDTH
    team = ["50%", "1/2", "66%", "10/15", "50%", "1/2", "25%", "1/4 ▼25"]
    assert [words for words in said if words in team] == [*team, "1/2", "10/15", "1/2"]
    for words in (
        "城东一组 East Team",
        "陈晓",
        "25% ▼25",
        "新提示 1",
        "消除 1",
        "1 天没动静",
        "本周还没过完，算到第 4 天",
    ):
        assert words in said


def test_only_what_the_rules_flag_is_drawn_as_an_exception() -> None:
    calm, flagged = picture(digest(manager(standing=(), opened=()))), picture(digest(manager()))
    assert pixels(flagged, ACCENT) > pixels(calm, ACCENT) + 2000
    assert pixels(calm, BLUE) > pixels(flagged, BLUE) + 1000


def test_a_team_of_sixty_fits_one_page_and_more_are_counted(said: list[str]) -> None:
    many = [manager(number, f"经理{number}") for number in range(70)]
    drawn = picture(digest(*many), EN)
    assert drawn.size[0] == WIDTH
    assert drawn.height <= TALLEST * WIDTH
    assert {f"经理{number}" for number in range(60)} <= set(said)
    assert "经理60" not in said
    assert "And 10 more: please see the spreadsheet." in said


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (digest(), "团队里还没有客户经理"),
        (digest(idle(), idle(2, "林建国")), "这一周很安静"),
        (digest(days_over=0), "团队里还没有客户经理"),
    ],
)
def test_a_week_without_anything_has_a_friendly_page(of: Digest, words: str, said: list[str]) -> None:
    assert picture(of).width == WIDTH
    assert words in said
    assert "0%" not in said


def test_one_who_did_nothing_stands_beside_those_who_did(said: list[str]) -> None:
    bare = manager(2, "林建国 " * 20, promises=(), kept_rate=KeptRate(0, 0, 0), keys=(), plan=(), days=())
    picture(digest(idle(3, "=李$1$😀"), bare))
    assert said.count("–") >= 5
