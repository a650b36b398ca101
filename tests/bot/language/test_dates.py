from __future__ import annotations

import datetime as dtm
from pathlib import Path

import pytest
import yaml

from bot.language.dates import DateMention, find_dates
from bot.workdays import Workdays

CASES = yaml.load((Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but strings


def told(mention: DateMention) -> str:
    """A mention as the cases write it."""
    if mention.is_vague:
        return " ".join(
            ["vague", *([str(mention.proposal)] if mention.proposal else []), *(["past"] if mention.is_past else [])]
        )
    time = [f"{mention.time:%H:%M}"] if mention.time else []
    marks = [mark for mark, is_so in (("by", mention.is_deadline), ("past", mention.is_past)) if is_so]
    return " ".join([str(mention.day), *time, *marks])


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [(now, text, expected) for now, texts in CASES.items() for text, expected in texts.items()],
)
def test_a_text_names_these_dates(now: str, text: str, expected: str) -> None:
    mentions = find_dates(text, dtm.datetime.fromisoformat(now), Workdays())
    assert ("; ".join(map(told, mentions)) or "none") == expected
