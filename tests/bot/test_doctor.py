"""The doctor's look at what his findings in tests/bot/test_main.py leave out: a font that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import charts, doctor
from bot.texts import LOCALES, Texts


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_missing_font_is_named_with_what_to_do(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await doctor._fonts()).ok
    monkeypatch.setattr(charts, "FONT", Path("nowhere.otf"))
    finding = await doctor._fonts()
    assert not finding.ok
    assert "bot/fonts/nowhere.otf" in Texts().plain(locale, finding.text_id, finding.values)
