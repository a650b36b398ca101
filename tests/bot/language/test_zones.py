"""Time zones as people name them: each name leads to a zone that exists, and back to a city."""

from __future__ import annotations

import zoneinfo

import pytest
import yaml

from bot.language.zones import FILE, city, read_zone


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("上海", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("深圳市", "Asia/Shanghai"),
        ("shanghai", "Asia/Shanghai"),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("東京", "Asia/Tokyo"),
        ("Tokyo time", "Asia/Tokyo"),
        ("in Berlin", "Europe/Berlin"),
        ("纽约", "America/New_York"),
        ("New York", "America/New_York"),
        ("圣保罗", "America/Sao_Paulo"),
        ("乌鲁木齐", "Asia/Urumqi"),
        ("UTC+8", "Etc/GMT-8"),
        ("GMT -5", "Etc/GMT+5"),
        ("utc", "UTC"),
        ("UTC+20", None),
        ("火星", None),
        ("localtime", None),
        ("8", None),
        ("", None),
    ],
)
def test_a_zone_by_its_name_or_a_city(text: str, zone: str | None) -> None:
    assert read_zone(text) == zone


def test_a_zone_is_told_by_its_city() -> None:
    assert (city("Asia/Shanghai", "zh"), city("Asia/Shanghai", "en")) == ("上海", "Shanghai")
    assert (city("America/New_York", "zh"), city("America/New_York", "en")) == ("纽约", "New York")
    assert (city("Etc/GMT-8", "zh"), city("Etc/GMT+5", "en"), city("UTC", "zh")) == ("UTC+8", "UTC-5", "UTC")


def test_every_word_of_the_list_leads_to_its_zone() -> None:
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert set(listed) <= zoneinfo.available_timezones()
    for zone, words in listed.items():
        assert {read_zone(word) for word in words} == {zone}
