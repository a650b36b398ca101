"""Pace: bursts, rates, and chats that Telegram told to wait."""

from __future__ import annotations

import pytest

from bot.delivery.pace import BURST, Pace
from tests.bot.delivery.conftest import ANNA, BEN


def test_one_second_of_messages_may_go_at_once_and_no_more() -> None:
    pace = Pace(30, 1)
    assert pace.room(1000) == 30
    for chat in range(30):
        pace.spend(chat, 1000)
    assert pace.room(1000) == 0
    assert pace.room(1000.5) == 15
    assert pace.room(1001) == 30
    assert pace.room(5000) == 30


def test_in_any_second_after_the_first_the_rate_is_kept() -> None:
    pace = Pace(30, 1)
    sent = []
    for step in range(500):
        now = 1000 + step / 100
        for number in range(pace.room(now)):
            pace.spend(1000 * step + number, now)
            sent.append(now)
    assert len(sent) == pytest.approx(30 + 30 * 4.99, abs=1)
    for begin in range(1, 4):
        assert sum(1000 + begin < at <= 1001 + begin for at in sent) in (29, 30, 31)


def test_a_slow_rate_still_lets_one_message_go() -> None:
    pace = Pace(0.5, 1)
    pace.room(1000)
    assert pace.room(1002) == 1
    pace.spend(ANNA, 1002)
    assert pace.room(1003) == 0
    assert pace.room(1004) == 1


def test_a_chat_gets_a_burst_and_then_its_rate() -> None:
    pace = Pace(100, 1)
    for _ in range(BURST):
        assert pace.held(1000) == {}
        pace.spend(ANNA, 1000)
    assert pace.held(1000) == {ANNA: 1}
    assert pace.held(1000.75) == {ANNA: 0.25}
    assert pace.held(1001) == {}
    pace.spend(ANNA, 1001)
    assert pace.held(1001) == {ANNA: 1}


def test_a_chat_that_was_quiet_gets_a_burst_again_and_is_forgotten() -> None:
    pace = Pace(100, 1)
    for _ in range(BURST):
        pace.spend(ANNA, 1000)
    assert pace.held(1000 + BURST) == {}
    assert pace._chats == {}
    for _ in range(BURST):
        assert pace.held(1005) == {}
        pace.spend(ANNA, 1005)
    assert pace.held(1005) == {ANNA: 1}


def test_one_chat_does_not_slow_another() -> None:
    pace = Pace(100, 1)
    for _ in range(BURST):
        pace.spend(ANNA, 1000)
    pace.spend(BEN, 1000)
    assert pace.held(1000) == {ANNA: 1}


def test_a_chat_is_held_as_long_as_telegram_said() -> None:
    pace = Pace(100, 1)
    pace.hold(ANNA, 1030)
    assert pace.held(1000) == {ANNA: 30}
    assert pace.held(1029.5) == {ANNA: 0.5}
    assert pace.held(1030) == {}
    assert pace._until == {}


def test_the_longer_of_both_waits_counts() -> None:
    pace = Pace(100, 0.1)
    for _ in range(BURST):
        pace.spend(ANNA, 1000)
    pace.hold(ANNA, 1004)
    assert pace.held(1000) == {ANNA: 10}
    pace.hold(ANNA, 1030)
    assert pace.held(1000) == {ANNA: 30}
