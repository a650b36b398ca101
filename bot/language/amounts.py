"""Amounts as people type them: money in the writer's unit (12万, 80k, $1.5m), percentages, days, counts."""

from __future__ import annotations

import re

from bot.language.plain import plain

MULTIPLIERS = {
    "百": 1e2,
    "千": 1e3,
    "k": 1e3,
    "thousand": 1e3,
    "万": 1e4,
    "w": 1e4,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "亿": 1e8,
    "bn": 1e9,
    "billion": 1e9,
}
CURRENCY = re.compile(
    r"人民币|\bus(?=\$)|美元|美金|欧元|港币|港元|元|块钱?|圆|[¥$€£￥]|\b(?:rmb|cny|usd|eur|gbp|hkd|yuan|dollars?|euros?)\b"
    r"|(?<=[kmw])(?:rmb|cny|usd|eur|gbp|hkd)\b"
)
CURRENCIES = {
    "CNY": ("元", "块", "块钱", "圆", "人民币", "¥", "￥", "rmb", "cny", "yuan"),
    "USD": ("美元", "美金", "us$", "$", "usd", "dollar", "dollars"),
    "EUR": ("欧元", "€", "eur", "euro", "euros"),
    "GBP": ("£", "gbp"),
    "HKD": ("港元", "港币", "hkd"),
}
LONGEST_UNIT = 16
"""Characters of a unit, as the portable record keeps it."""
AROUND = re.compile(r"^(?:大概|大约|约|差不多|将近|about|around|roughly|approx\.?|~)\s*|\s*(?:左右|上下|or so)$")
NEGATIVE = re.compile(r"^(?:-|−|负|minus\s+)\s*")
GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
SPOKEN = re.compile(
    r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千]{0,7}(?:点[零〇一二三四五六七八九]+)?"
)
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
LONGEST_FIRST = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
SCALED = re.compile(rf"(?:{LONGEST_FIRST}){{0,3}}")
PART = re.compile(rf"([0-9]{{1,15}}(?:\.[0-9]+)?)\s*({SCALED.pattern})(?![a-z])\s*")
DAYS_IN = {"天": 1, "日": 1, "day": 1, "周": 7, "星期": 7, "礼拜": 7, "week": 7, "月": 30, "month": 30}
LASTING = re.compile(rf"(?:net\s*)?(半|half an?|an?|[0-9]{{1,9}}(?:\.[0-9]+)?)\s*个?\s*({'|'.join(DAYS_IN)})?s?")
AT_ONCE = ("不拖", "没有", "没拖", "现结", "现款", "none", "no delay", "cash")


def read_money(text: str, unit: str | None = None) -> float | None:
    """The sum in `unit` (万元, k$; None is the bare currency), None where the text is not one number.

    A bare number is in the unit already; one with a multiplier or a currency of its own is converted.
    """
    said = AROUND.sub("", plain(text).strip())
    bare = CURRENCY.sub("", said).strip()
    value, is_scaled = _value(bare)
    if value is None:
        return None
    return value / scale(unit) if is_scaled or bare != said else value


def scale(unit: str | None) -> float:
    """What one of a unit is in its bare currency: 10,000 for 万元, 1 for one that names no multiplier."""
    said = CURRENCY.sub("", plain(unit or "")).strip()
    return _product(said) if SCALED.fullmatch(said) else 1.0


def read_unit(text: str) -> str | None:
    """The unit of money that a text names as it is written (万元, k USD), None where it names none."""
    said = " ".join(text.split())
    rest = CURRENCY.sub("", plain(said)).strip()
    return said if said and len(said) <= LONGEST_UNIT and SCALED.fullmatch(rest) else None


def currency(unit: str | None) -> str | None:
    """The currency of a unit, by its code; None where it names none (万)."""
    found = CURRENCY.search(plain(unit or ""))
    if found is None:
        return None
    return next((code for code, names in CURRENCIES.items() if found[0] in names), found[0])


def read_percent(text: str) -> float | None:
    """The number of per cent (8.5%, 八个点, 百分之八), None where the text is not one number."""
    said = AROUND.sub("", plain(text).strip())
    said = re.sub(r"^百分之|\s*(?:%|个点|percent|per cent|pct)$", "", said)
    value, is_scaled = _value(said)
    return None if is_scaled else value


def read_days(text: str) -> int | None:
    """The number of days (15天, 两周, half a month; nothing owed is 0), None where the text is not one number."""
    said = AROUND.sub("", plain(text).strip())
    if said in AT_ONCE:
        return 0
    sign = -1 if NEGATIVE.search(said) else 1
    found = LASTING.fullmatch(SPOKEN.sub(in_figures, NEGATIVE.sub("", said)))
    if found is None:
        return None
    count, named = found.groups()
    many = 0.5 if count.startswith(("半", "half")) else 1.0 if count.startswith("a") else float(count)
    return sign * round(many * DAYS_IN[named or "天"])


def read_count(text: str) -> int | None:
    """The number of things (6, 六家, 80 visits), None where the text is not one whole number."""
    said = AROUND.sub("", plain(text).strip())
    value, _ = _value(re.sub(r"\s*(?:[家户次个]|visits?|accounts?)$", "", said))
    return int(value) if value is not None and value.is_integer() else None


def _value(said: str) -> tuple[float | None, bool]:
    """The number of a text in one form, and whether it names a multiplier of its own (12万5 is 125,000)."""
    sign = -1 if NEGATIVE.search(said) else 1
    said = SPOKEN.sub(in_figures, GROUPED.sub("", NEGATIVE.sub("", said)))
    at, total, last = 0, 0.0, 1.0
    while part := PART.match(said, at):
        figures, multipliers = part.groups()
        if at and last == 1.0:
            return None, False
        if at and not multipliers and len(figures) == 1:
            multiplier = last / 10
        else:
            multiplier = last = _product(multipliers)
        total += float(figures) * multiplier
        at = part.end()
    return (sign * total, last != 1.0) if at and at == len(said) else (None, False)


def _product(multipliers: str) -> float:
    product = 1.0
    for multiplier in re.findall(LONGEST_FIRST, multipliers):
        product *= MULTIPLIERS[multiplier]
    return product


def in_figures(spoken: re.Match[str]) -> str:
    """Spoken Chinese numerals below 10,000 as figures: 一百二十, 十二点五, 二零."""
    whole, _, fraction = spoken[0].partition("点")
    if not any(step in whole for step in STEPS):
        figures = "".join(str(DIGITS[digit]) for digit in whole)
    else:
        total, digit = 0, None
        for character in whole:
            if character in STEPS:
                total += (1 if digit is None else digit) * STEPS[character]
                digit = None
            else:
                digit = DIGITS[character]
        figures = str(total + (digit or 0))
    return figures + ("." + "".join(str(DIGITS[digit]) for digit in fraction) if fraction else "")
