"""Buttons: signed for one person, good for a time, never longer than Telegram takes."""

from __future__ import annotations

import datetime as dtm

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import StaleButton
from bot.keyboards import ACTION_BYTES, GOOD_FOR, Button, Signer
from knowledge.library import Library

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
SIGNER = Signer(b"k" * 32)


def test_what_was_signed_opens_for_its_owner() -> None:
    assert SIGNER.open(SIGNER.sign("read:over-promising", 7, NOW), 7, NOW) == "read:over-promising"


def test_nobody_else_and_no_other_key_opens_it() -> None:
    data = SIGNER.sign("read:x", 7, NOW)
    with pytest.raises(StaleButton):
        SIGNER.open(data, 8, NOW)
    with pytest.raises(StaleButton):
        Signer(b"z" * 32).open(data, 7, NOW)


def test_it_works_until_its_time_is_over() -> None:
    data = SIGNER.sign("read:x", 7, NOW)
    assert SIGNER.open(data, 7, NOW + GOOD_FOR) == "read:x"
    with pytest.raises(StaleButton):
        SIGNER.open(data, 7, NOW + GOOD_FOR + dtm.timedelta(minutes=1))


@given(st.text(max_size=64))
@example("\ud800|1|\udfff")
def test_no_other_text_opens(data: str) -> None:
    with pytest.raises(StaleButton):
        SIGNER.open(data, 7, NOW)


@given(st.integers(min_value=0), st.characters())
@example(0, "\ud800")
@example(-1, "\udfff")
def test_no_changed_character_opens(place: int, character: str) -> None:
    data = SIGNER.sign("read:over-promising", 7, NOW)
    place %= len(data)
    changed = data[:place] + character + data[place + 1 :]
    if changed != data:
        with pytest.raises(StaleButton):
            SIGNER.open(changed, 7, NOW)


def test_the_longest_action_fits_into_telegrams_64_bytes() -> None:
    latest = dtm.datetime(2100, 1, 1, tzinfo=dtm.UTC)
    assert len(SIGNER.sign("a" * ACTION_BYTES, 2**52, latest).encode()) <= 64
    with pytest.raises(ValueError, match="44 bytes"):
        SIGNER.sign("a" * (ACTION_BYTES + 1), 7, NOW)


def test_every_article_fits_on_a_button() -> None:
    for article_id in Library.load().articles:
        SIGNER.keyboard([[Button("x", f"read:{article_id}")]], 7, NOW)
