"""The digest in words: twenty lines whatever a week holds, every figure with its records, both languages."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.digest_words import (
    MORE,
    MOST_LINES,
    QUESTIONS,
    concern_line,
    concerns_page,
    digest_page,
    market_page,
    talk_page,
    teams_page,
)
from bot.keyboards import ACTION_BYTES
from bot.manager_words import LISTS, manager_page, records_page
from bot.models import Question
from bot.phone.html_entities import parse_html
from bot.replies import Say
from bot.services.digests import (
    Coaching,
    Concern,
    DayRecord,
    Digest,
    FlagRecord,
    KeyRecord,
    ManagerWeek,
    MarketNews,
    Owed,
    OwedKind,
    PlanRecord,
    PromiseRecord,
    PromiseState,
    VisitRecord,
    week_of,
)
from bot.services.promises import KeptRate
from bot.services.questions import Gap
from bot.texts import LOCALES, Texts, Voice
from knowledge.library import Library
from rules.compiler import Catalogue
from rules.rule import Text
from tests.telegram import height

WEEK = week_of(dtm.date(2026, 11, 30))
"""Its dates take the most room: two months."""

NEWEST = WEEK.after
TEXTS, LIBRARY, CATALOGUE = Texts(), Library.load(), Catalogue.load()
OPEN_HABITS = [habit.code for habit in CATALOGUE.habits.values() if not habit.private]
LONG = "永辉超市股份有限公司五一广场旗舰店 & <Sons> Trading Co., Ltd."


def flag(habit: str = "hollow_relationship", severity: str = "critical", account: str | None = LONG) -> FlagRecord:
    why = Text(
        "flag-why-key-accounts-left", {"key_accounts": 20, "neglected_key_accounts": 12, "neglected_pct_limit": 40}
    )
    day = WEEK.first
    return FlagRecord(1, habit, account, severity, day, WEEK.last, True, "over-promising", why)


def manager(number: int = 1, name: str = "欧阳娜娜 Nana Ouyang-Featherstone", *, busy: bool = True) -> ManagerWeek:
    """A manager of whose week there is as much of everything as can be, or nothing."""
    days, some = WEEK.days, 12 * busy
    promises = [
        PromiseRecord(LONG, LONG, days[0], days[1] if state is PromiseState.BROKEN else None, state)
        for state in PromiseState
    ] * (4 * busy)
    news = MarketNews("competitor", LONG * 3, number, name, LONG, days[0])
    return ManagerWeek(
        person_id=10**6 + number,
        name=name,
        workdays=days[:5],
        days=tuple(DayRecord(day, 12, 12, number % 2 == 0) for day in days[:5] * busy),
        plan=tuple(PlanRecord(days[0], LONG, number % 2 == 0) for number in range(some)),
        visits=tuple(VisitRecord(days[0], LONG, "visit", "issue_solved", True) for _ in range(some)),
        keys=tuple(KeyRecord(LONG, days[0], days_since, 7) for days_since in [3, 20, None] * (4 * busy)),
        promises=tuple(promises),
        window=tuple(promises),
        kept_rate=KeptRate(12 * busy, 4 * busy, 0),
        kept_rate_before=KeptRate(12 * busy, 5 * busy, 0),
        opened=(flag(),) * some,
        cleared=(flag("thin_notes", "notice", None),) * some,
        standing=(flag(),) * some,
        silent_days=days[3:5] if busy else (),
        last_note_on=days[2] if busy else None,
        market=(news,) * some,
        through=days[6],
        joined_on=days[1] if busy else None,
    )


def digest(count: int = 1, *, busy: bool = True, days_over: int = 7) -> Digest:
    """A team's week with everything, or with nothing."""
    managers = tuple(manager(number, busy=busy) for number in range(count))
    first = managers[:3] if busy else ()
    return Digest(
        team_id=999_999,
        team_name="华东大区城东第一销售服务团队 East China First Sales Team",
        week=WEEK,
        workdays=5,
        days_over=days_over,
        managers=managers,
        exceptions=tuple(Concern(one.person_id, one.name, flag(), 2, 11) for one in managers if busy),
        coaching=tuple(
            Coaching(one.person_id, one.name, "aim_missed", "over-promising", (flag(),) * 9) for one in first
        ),
        market=tuple(one.market[0] for one in first) * 4,
        gaps=(Gap(LONG, 12, 1, (Question(id=999_999),)),) * 10 if busy else (),
        owed=tuple(Owed(kind, 1, 1, LONG, WEEK.first, LONG, "aim_missed", LONG) for kind in OwedKind) * (6 * busy),
    )


def read(say: Say) -> str:
    """A message as a phone shows it; each of its buttons can be signed."""
    text, _ = parse_html(say.html)
    for row in say.buttons:
        for button in row:
            assert len(button.action.encode()) <= ACTION_BYTES, button.action
            assert button.label
    assert "{" not in text
    return text


@pytest.mark.parametrize("locale", LOCALES)
def test_a_digest_takes_twenty_lines_at_most(locale: str) -> None:
    voice = Voice(TEXTS, locale)
    for count, busy, days_over in (
        (60, True, 7),
        (60, True, 3),
        (3, True, 0),
        (1, True, 7),
        (1, False, 7),
        (0, False, 7),
    ):
        made = digest(count, busy=busy, days_over=days_over)
        text = read(digest_page(voice, made, newest=NEWEST, several=True))
        assert height(text) <= MOST_LINES, text
        assert height(read(teams_page(voice, [made] * 8, WEEK, newest=NEWEST, pages=3))) <= MOST_LINES


@pytest.mark.parametrize("locale", LOCALES)
def test_above_the_teams_it_says_in_which_answers_wait(locale: str) -> None:
    voice, made = Voice(TEXTS, locale), digest(3)
    calm = Digest(**{**vars(made), "owed": ()})
    said = read(teams_page(voice, [made, calm], WEEK, newest=NEWEST)).split("\n")
    assert [" · ⏳ 12" in line for line in said] == [False, True, False]


def test_an_exception_ends_with_a_whole_item() -> None:
    voice, worst = Voice(TEXTS, "zh"), flag("hollow_relationship", account="东湖湾酒店")
    one = Concern(1, "陈晓 Chen Xiao", worst, 2, 23)
    assert concern_line(voice, one).striptags().endswith("东湖湾酒店（另 23 条）")


@pytest.mark.parametrize("locale", LOCALES)
def test_what_unfolds_fits_a_phone(locale: str) -> None:
    voice, one, made = Voice(TEXTS, locale), manager(), digest(60)
    assert height(read(manager_page(voice, one, WEEK, newest=NEWEST, team_id=1))) <= 12
    for what in LISTS:
        for page in (0, 1, 9):
            text = read(records_page(voice, one, WEEK, what, page))
            assert height(text) <= 12, text
    for unfold in MORE.values():
        text = read(unfold(voice, made, 0))
        assert height(text) <= 12, text


@pytest.mark.parametrize("locale", LOCALES)
def test_each_habit_has_three_questions_for_the_one_to_one(locale: str) -> None:
    voice, made = Voice(TEXTS, locale), digest()
    asked: set[str] = set()
    for habit in OPEN_HABITS:
        coaching = Coaching(1, "陈晓", habit, "over-promising", (flag(habit),))
        text = read(talk_page(voice, made, coaching, LIBRARY))
        questions = [line for line in text.split("\n") if line[:1].isdigit()]
        assert len(questions) == QUESTIONS
        assert all(line[-1] in "？?" for line in questions), questions
        assert height(text) <= 12, text
        asked.update(line[3:] for line in questions)
    assert len(asked) == QUESTIONS * len(OPEN_HABITS)
    assert "coach-bad_wording-1" not in TEXTS.variables(locale)  # private to the manager


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_of_a_manager_has_a_button_to_its_records(locale: str) -> None:
    voice, one = Voice(TEXTS, locale), manager()
    buttons = [button for row in manager_page(voice, one, WEEK, newest=NEWEST).buttons for button in row]
    opened = {button.action.split(":")[3] for button in buttons if button.action.startswith("digest-list:")}
    assert opened == set(LISTS)
    for what in LISTS:
        records = getattr(one, what)
        assert f"{len(records)}" in read(records_page(voice, one, WEEK, what, 0)).split("\n")[0]


def test_a_quiet_week_says_so_kindly() -> None:
    voice = Voice(TEXTS, "zh")
    assert "这周没有记录" not in read(digest_page(voice, digest(1, busy=False), newest=NEWEST))  # no aim: a holiday
    idle = digest(1)
    idle = Digest(**{**vars(idle), "managers": (_idle(),), "exceptions": (), "coaching": (), "market": (), "owed": ()})
    text = read(digest_page(voice, idle, newest=NEWEST))
    assert "这周没有记录" in text
    assert "没有人急着要您帮" in text


def _idle() -> ManagerWeek:
    empty = manager(busy=False)
    return ManagerWeek(**{**vars(empty), "days": (DayRecord(WEEK.first, 0, 3, False),)})


def test_only_what_has_begun_can_be_turned_to() -> None:
    voice = Voice(TEXTS, "zh")

    def weeks(newest: int) -> list[str]:
        made = digest_page(voice, digest(), newest=WEEK if newest == 0 else NEWEST)
        return [button.action for button in made.buttons[-1]]

    assert weeks(0) == ["digest:999999:261123:0"]
    assert weeks(1) == ["digest:999999:261123:0", "digest:999999:261207:0"]


def test_exceptions_beyond_the_first_are_one_tap_away() -> None:
    voice, made = Voice(TEXTS, "zh"), digest(60)
    text = read(digest_page(voice, made, newest=NEWEST))
    assert "共 60 位" in text
    assert read(concerns_page(voice, made, 0)).count("🔴") == 5
    assert read(concerns_page(voice, made, 11)).count("🔴") == 5


def test_news_says_who_heard_it_and_where() -> None:
    voice = Voice(TEXTS, "zh")
    news = MarketNews("price", "啤酒降价四块。", 1, "陈晓", None, WEEK.first)
    made = Digest(**{**vars(digest()), "market": (news,)})
    assert "· 价格 啤酒降价四块 —— 陈晓，路上，11月30日 周一" in read(market_page(voice, made, 0))
