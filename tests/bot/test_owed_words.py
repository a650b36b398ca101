"""What a lead owes, at its longest: twelve lines of a phone and actions that can be signed, in both languages."""

from __future__ import annotations

import datetime as dtm
import itertools

import pytest

from bot import owed_words
from bot.keyboards import ACTION_BYTES
from bot.replies import Say
from bot.services import owing
from bot.services.digests import Owed, OwedKind
from bot.texts import LOCALES, Texts, Voice
from rules.rule import Severity
from tests.telegram import height

DAY = dtm.date(2026, 11, 25)
NOW = dtm.datetime(2026, 11, 25, 8, tzinfo=dtm.UTC)
NAME = "欧阳娜娜 Nana Ouyang-Featherstone"
LONG = "华东大区城东第一便民服务超市有限责任公司五一广场旗舰店"
HABITS = ("aim_missed", "key_account_at_risk", "single_threaded_key_account", "broken_promise", "overloaded_book")


def flag(number: int, habit: str, severity: str = "critical", *, manager: int = 1, day: dtm.date = DAY) -> Owed:
    return Owed(OwedKind.ESCALATION, number, manager, NAME, day, None, habit, LONG, severity)


def request(number: int, *, manager: int = 1, day: dtm.date = DAY) -> Owed:
    return Owed(OwedKind.HELP, number, manager, NAME, day, f"{LONG}，想请您一起去一趟，" * 2, None, None)


def fits(said: Say) -> None:
    assert height(said.html.replace("<b>", "").replace("</b>", "")) <= 12, said.html
    for row in said.buttons:
        assert row
        assert all(len(button.action.encode()) <= ACTION_BYTES and button.label for button in row)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_fits_a_phone(locale: str) -> None:
    voice, number = Voice(Texts(), locale), itertools.count(10**9)
    owed = [request(next(number), manager=manager) for manager in range(7) for _ in range(3)]
    owed += [flag(next(number), habit, manager=manager) for manager in range(7) for habit in HABITS for _ in range(9)]
    waiting = owing.by_manager(owed)
    assert sum(one.count for one in waiting) == len(owed)
    news = [voice.text("owed-all-news", count=99)]
    for page in (0, 1, 9):
        fits(owed_words.overview(voice, waiting, page, news=news))
        fits(owed_words.manager_page(voice, waiting[0], page, NOW, several=True, news=news))
        for habit in waiting[0].habits:
            fits(owed_words.habit_page(voice, waiting[0], habit, page, NOW))


def test_the_worst_and_the_oldest_come_first() -> None:
    before = DAY - dtm.timedelta(days=3)
    waiting = owing.by_manager(
        [
            flag(1, "thin_notes", "warning", manager=1, day=before),
            flag(2, "broken_promise", "warning", manager=2),
            flag(3, "broken_promise", "critical", manager=2),
            flag(4, "vague_promise", "warning", manager=2, day=before),
            request(5, manager=3, day=before - dtm.timedelta(days=1)),
        ]
    )
    assert [one.person_id for one in waiting] == [3, 2, 1]
    _, two, _ = waiting
    assert [(one.habit, one.severity, [flag.id for flag in one.owed]) for one in two.habits] == [
        ("broken_promise", Severity.CRITICAL, [3, 2]),
        ("vague_promise", Severity.WARNING, [4]),
    ]
    assert (two.count, two.flags, two.since) == (3, 3, before)


def test_what_a_button_answers_ends_with_its_minute() -> None:
    shown = owed_words.instant(owed_words.until(NOW))
    assert NOW < shown <= NOW + dtm.timedelta(minutes=1)
