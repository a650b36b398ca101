"""Time zones as people name them: by a city in Chinese or English, by their own name, or as so many hours from UTC."""

from __future__ import annotations

import re
import zoneinfo
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from babel.dates import get_timezone_location

from bot.language.plain import plain

FILE = Path(__file__).parent / "lexicon" / "zones.yaml"
NO_PLACES = {"localtime", "Factory", "posixrules"}
FROM_UTC = re.compile(r"(?:utc|gmt)\s*([+-])\s*(\d{1,2})")
HOURS, TURNED = "Etc/GMT", str.maketrans("+-", "-+")
"""Zones that are named by their hours count them the other way round."""

IDLE = re.compile(r"(?:时间|时区|市|\btime(?: zone)?)$|^\s*in\s+")


def read_zone(text: str) -> str | None:
    """The name of the time zone that a text means, None where it means none that is known."""
    flat = " ".join(plain(text).replace("_", " ").split())
    named = _named()
    if offset := FROM_UTC.fullmatch(flat):
        return named.get(f"{HOURS}{offset[1]}{int(offset[2])}".translate(TURNED).lower())
    return named.get(flat) or named.get(IDLE.sub("", flat).strip())


def city(zone: str, locale: str) -> str:
    """The city by which a zone is known in a language; for one that is so many hours from UTC, these."""
    if zone.startswith(HOURS):
        return f"UTC{zone.removeprefix(HOURS).translate(TURNED)}"
    return get_timezone_location(zone, locale=locale, return_city=True)


@cache
def _named() -> dict[str, str]:
    """Every way to name a zone that is known: a city by the calendar data, its own name, and our list."""
    known = zoneinfo.available_timezones() - NO_PLACES
    names = {plain(zone.rpartition("/")[2]).replace("_", " "): zone for zone in sorted(known) if "/" in zone}
    for locale in ("en", "zh"):
        for zone, told in Locale(locale).time_zones.items():
            if zone in known and "city" in told:
                names[plain(told["city"])] = zone
    names |= {plain(zone).replace("_", " "): zone for zone in known}
    for zone, words in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        names |= dict.fromkeys(words, zone)
    return names
