"""The month view's pictures: tiers and segments by their numbers, loads beside goals, teams of every size."""

from __future__ import annotations

import datetime as dtm
import io
from collections.abc import Callable
from fractions import Fraction

import pytest
from PIL import Image

from bot import charts
from bot.charts.canvas import BLUE, WIDTH
from bot.models import Tier
from bot.services.months import ManagerMonth, Month, Segment, TierPart
from bot.services.planning import Load
from bot.texts import Texts, Voice
from tests.bot.charts.test_digest_page import TALLEST, pixels, said

__all__ = ["said"]

STRUCTURE, LOAD = charts.structure_picture, charts.load_picture
TEXTS = Texts()
ZH, EN = Voice(TEXTS, "zh"), Voice(TEXTS, "en")
FIRST, LAST = dtm.date(2026, 11, 1), dtm.date(2026, 11, 30)
TIERS = (TierPart(Tier.A, 3, 2, 7), TierPart(Tier.B, 0, 0, 14), TierPart(Tier.C, 12, 12, 30))


def manager(number: int, name: str, visits: int = 120, goal: int | None = None) -> ManagerMonth:
    """Asked for so many visits in 20 workdays, at a target of 6."""
    return ManagerMonth(number, name, 15, Load(Fraction(visits), 20, 6, 120), 33, goal, 1, None)


def month(*managers: ManagerMonth, segments: tuple[Segment, ...] = (), day: dtm.date = LAST) -> Month:
    return Month(1, "城东一组", FIRST, LAST, day, TIERS, segments or (Segment("便利店", {"A": 3, "C": 12}),), managers)


def picture(png: bytes) -> Image.Image:
    drawn = Image.open(io.BytesIO(png))
    assert drawn.width == WIDTH
    return drawn


def test_the_pages_are_drawn() -> None:
    blue = [pixels(picture(draw(month(manager(1, "陈晓", goal=60)), EN)), BLUE) for draw in (STRUCTURE, LOAD)]
    assert min(blue) > 5000


def test_tiers_and_segments_are_told_with_their_numbers(said: list[str]) -> None:
    many = tuple(Segment(f"行业{number}", {"B": 20 - number}) for number in range(10))
    picture(STRUCTURE(month(segments=(*many, Segment(None, {"C": 2}))), ZH))
    assert "A 级 3 家" in said
    assert "7 天内见到 2 家 = 66%" in said
    assert "30 天内见到 12 家 = 100%" in said
    assert {"行业0", "行业6", "其他 3 类", "没填类别"} <= set(said)
    assert "行业7" not in said
    assert str(13 + 12 + 11) in said


def test_loads_and_goals_of_a_small_team(said: list[str]) -> None:
    picture(LOAD(month(manager(1, "陈晓", 156, 60), manager(2, "林建国"), day=FIRST), EN))
    assert {"130%", "33/60", "100%", "33", "15 accounts", "November 2026", "as of Sun 1 Nov"} <= set(said)


def test_a_team_of_sixty_fits_one_page(said: list[str]) -> None:
    drawn = picture(LOAD(month(*(manager(number, f"经理{number}") for number in range(60))), ZH))
    assert drawn.height <= TALLEST * WIDTH
    assert {f"经理{number}" for number in range(60)} <= set(said)


@pytest.mark.parametrize("draw", [STRUCTURE, LOAD])
def test_without_accounts_there_is_a_friendly_page(draw: Callable[[Month, Voice], bytes], said: list[str]) -> None:
    picture(draw(Month(1, "新团队", FIRST, LAST, FIRST), ZH))
    assert "还没有客户" in said
