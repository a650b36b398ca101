"""Spans of days in what people type: 12月1日到5日, next Monday to Wednesday, 明天起三天, or a single day."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import Iterator

from bot.language.date_rules import EN_NUMBERS, number
from bot.language.dates import read_date
from bot.workdays import Workdays

BETWEEN = (
    re.compile(r"到|至|[~～—–]|\b(?:to|until|till|through)\b", re.IGNORECASE),
    re.compile(r"(?<!\d{4})(?<!\d{4}-\d)(?<!\d{4}-\d\d)-"),  # not the hyphens of 2026-12-01
)
LENGTH = re.compile(
    rf"(\d{{1,3}}|[一二两三四五六七八九十]{{1,3}})\s*天(?![后内前])|\b(\d{{1,3}}|{'|'.join(EN_NUMBERS)})\s+days?\b",
    re.IGNORECASE,
)
WEEKEND = re.compile(r"周末|weekend", re.IGNORECASE)
LONGEST = 80
"""Characters of a text that names days and little else; every mark in it may stand between two days."""

LEANING = dtm.timedelta(days=31)
"""How far behind the first day a last day may lie that was said without its month."""


def read_span(text: str, now: dtm.datetime, workdays: Workdays) -> tuple[dtm.date, dtm.date] | None:
    """First and last day that a text names, in the order typed; None where it is not clear which days are meant.

    `now` is local. The last day leans on the first where it would lie before it: 12月28日到3日.
    """
    if len(text) > LONGEST:
        return None
    for before, after in _halves(text):
        first, last = _day(before, now, workdays), _day(after, now, workdays)
        if first is None or last is None:
            continue
        if last < first:
            leaning = _day(after, dtm.datetime.combine(first, dtm.time.min, now.tzinfo), workdays)
            last = leaning if leaning is not None and leaning - first < LEANING else last
        return first, last
    length = LENGTH.search(text)
    days = number((length[1] or length[2]).lower()) if length else 1
    first = _day(LENGTH.sub(" ", text), now, workdays)
    return None if first is None or days < 1 else (first, first + dtm.timedelta(days=days - 1))


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """The text on both sides of each word or mark that may stand between two days."""
    for pattern in BETWEEN:
        for between in pattern.finditer(text):
            halves = text[: between.start()].strip(), text[between.end() :].strip()
            if not all(half.isdecimal() for half in halves):
                before, after = (f"{half}号" if half.isdecimal() else half for half in halves)
                yield before, after


def _day(text: str, now: dtm.datetime, workdays: Workdays) -> dtm.date | None:
    """The single day that a text names; a whole week or month, or "before Friday", is none."""
    mention = read_date(text, now, workdays)
    if mention is None or mention.is_deadline or WEEKEND.search(mention.words):
        return None
    return mention.day
