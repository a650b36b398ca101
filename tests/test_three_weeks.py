"""Three weeks of the demo team, played through on its phones: what was said to whom, when, and what stands in the end.

The play is run once; every test reads what was recorded of it.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import html
import itertools
import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.models import (
    DayPlan,
    Flag,
    Kind,
    MarketReport,
    MessageState,
    NextStep,
    OutboxMessage,
    Person,
    PlannedAccount,
    Promise,
    RawUpdate,
    Reminder,
    ReminderState,
    UpdateState,
    Visit,
)
from bot.services import day_plans, demo, demo_book, reminders
from bot.services.digests import Week, week_of
from bot.services.reminders import Tally
from bot.texts import FOLDER
from bot.workdays import Workdays
from tests.telegram import Chatter, Stage, height, rows

HERE = ZoneInfo("Asia/Shanghai")
NEVER = dtm.datetime(2027, 1, 1, tzinfo=HERE)
DAY, HOUR, SECOND = dtm.timedelta(days=1), dtm.timedelta(hours=1), dtm.timedelta(seconds=1)

FIRST, LAST = dtm.date(2026, 4, 27), dtm.date(2026, 5, 17)
"""From Monday to Sunday: 1 to 5 May are off, Saturday 9 May makes up for them, the month's first workday is the 6th.

The Monday after it tells the last week's digest.
"""

CHEN, LIN, ZHOU, OWNER = 1001, 1002, 2001, 3001
MANAGERS = (CHEN, LIN)

DIGEST = " · 周报"
"""What the digest is told by."""

NIGHT = dtm.time(1, 30)

SNOOZED = "T"
"""The keys of what is told once more hold the time of it."""

SKIPPED = dtm.date(2026, 5, 8)
AWAY = (dtm.date(2026, 5, 12), dtm.date(2026, 5, 13))
EARLIER_FROM = dtm.date(2026, 4, 30)
"""The day on which 陈晓 wants to hear nothing, his leave, and the first day on which he is told his plan at eight."""


FRIDAY = dtm.date(2026, 5, 15)
"""The day on which the lead answers all that she owes."""

Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Heard:
    """One message, or a new face of one, on somebody's phone."""

    at: dtm.datetime
    who: int
    text: str
    is_new: bool
    is_asked: bool


@dataclass(frozen=True)
class Told:
    """One reminder as its row stands in the end, with the state of its message in the outbox."""

    key: str
    kind: str
    who: int
    day: dtm.date
    state: str
    reason: str | None
    message: str | None


@dataclass
class Played:
    """What was recorded of the play: on the phones as it went on, in the tables at its end."""

    heard: list[Heard] = field(default_factory=list)
    changed_by_machine: list[dtm.datetime] = field(default_factory=list)
    counted: dict[dtm.date, dict[str, int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    unasked_keys: list[str] = field(default_factory=list)
    tally: Tally | None = None
    unhandled: int = 0
    owed: list[str] = field(default_factory=list)

    def unasked(self, *who: int) -> list[Heard]:
        """What these people were told unasked."""
        return [one for one in self.heard if one.who in who and one.is_new and not one.is_asked]


class Errors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())


class Play:
    """The stage with its clock, and the record of it."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.played = stage, Played()
        self.jobs = stage.coach._jobs()
        self._taken = len(stage.api.calls or [])

    @property
    def now(self) -> dtm.datetime:
        return self.stage.clock.now().astimezone(HERE)

    async def comes(self, instant: dtm.datetime) -> list[Heard]:
        """Move the clock and let the coach do whatever it does unasked; return what was heard."""
        self.stage.clock.move_to(instant)
        before = await self._plans()
        for job, every in self.jobs.values():
            if every < HOUR or instant.time() == NIGHT:
                await job()
        await self.stage.settle()
        if await self._plans() != before:
            self.played.changed_by_machine.append(instant)
        return self._record(None, instant)

    async def reaches(self, at: dtm.datetime, people: Sequence[Somebody]) -> None:
        """Come to a moment, and before it to every one at which something falls due; people react to what they hear."""
        while (due := await self._next_due()) < at:
            await self._live(due, people)
        await self._live(at, people)

    async def _live(self, at: dtm.datetime, people: Sequence[Somebody]) -> None:
        heard = await self.comes(at)
        if any(message.who == ZHOU and DIGEST in message.text for message in heard):
            await self.counts(week_of(at.date()).before)
        for one in people:
            await one.lives(at, [message.text for message in heard if message.who == one.chat.id])

    async def _next_due(self) -> dtm.datetime:
        """When next something is told that has no hour of its own: what was put off, and appointments."""
        now = self.now
        today = NextStep.due == now.date(), NextStep.done_on.is_(None), NextStep.time.is_not(None)
        appointments = select(NextStep.time).where(NextStep.is_appointment, *today)
        waiting = select(func.min(Reminder.not_before)).where(Reminder.state == ReminderState.PENDING)
        async with self.stage.coach.database.read() as session:
            times = [time for time in await session.scalars(appointments) if time is not None]
            put_off = await session.scalar(waiting)
        found = [dtm.datetime.combine(now, time, HERE) - HOUR for time in times]
        found += [put_off.astimezone(HERE) + SECOND] if put_off else []
        return min((one for one in found if one > now), default=NEVER)

    async def hears_of(self, who: int, act: Awaitable[list[str]]) -> None:
        """Let somebody do something."""
        await act
        self._record(who, self.now)

    def _record(self, who: int | None, at: dtm.datetime) -> list[Heard]:
        """Note what the coach has sent since; `who` has asked for what came to himself."""
        calls = self.stage.api.calls or []
        found = []
        for call in calls[self._taken :]:
            said = call.params.get("text") or call.params.get("caption")
            chat = call.params.get("chat_id")
            if chat is None or call.method == "answerCallbackQuery":
                continue
            plain = html.unescape(re.sub(r"<[^>]+>", "", str(said or "")))
            found.append(Heard(at, int(chat), plain, call.method.startswith("send"), who == int(chat)))
        self._taken = len(calls)
        self.played.heard += found
        return found

    async def counts(self, week: Week) -> None:
        """Count the records of a week one by one, as they stand now."""
        async with self.stage.coach.database.read() as session:
            managers = await session.scalars(select(Person).where(Person.telegram_id.in_(MANAGERS)))
            ids = {one.id: one.telegram_id for one in managers}
            visits = await session.scalars(select(Visit).where(Visit.person_id.in_(ids)))
            visited = [(one.person_id, one.day, one.account_id) for one in visits if week.holds(one.day)]
            chosen = select(DayPlan.person_id, DayPlan.day, PlannedAccount.account_id).join(
                PlannedAccount, PlannedAccount.plan_id == DayPlan.id
            )
            planned = [(who, day, what) for who, day, what in await session.execute(chosen) if week.holds(day)]
            flags = list(await session.scalars(select(Flag).where(Flag.is_private.is_(False))))
            ended = [one.cleared_at for one in flags if one.cleared_at is not None]
            reports = await session.scalars(select(MarketReport.day).where(MarketReport.person_id.in_(ids)))
            promises = await session.scalars(select(Promise).where(Promise.withdrawn_on.is_(None)))
            on_time = [kept for one in promises for kept in self._fell_due(one, ids[one.person_id], week)]
        self.played.counted[week.first] = {
            "planned": len(planned),
            "fulfilled": sum(one in visited for one in planned),
            "visits": len(visited),
            "due": len(on_time),
            "kept": sum(on_time),
            "opened": sum(week.holds(one.opened_at.astimezone(HERE).date()) for one in flags),
            "cleared": sum(week.holds(at.astimezone(HERE).date()) for at in ended),
            "market": sum(week.holds(day) for day in reports),
        }

    def _fell_due(self, promise: Promise, who: int | None, week: Week) -> list[bool]:
        """Whether a promise that fell due in a week was kept on time; nothing for any other."""
        today = self.now.date()
        away = AWAY if who == CHEN and today > min(AWAY) else ()
        workdays = Workdays(leave=tuple((day, day) for day in away))
        due = workdays.on_or_after(promise.due) if promise.due else None
        if due is None or not week.holds(due) or due >= today:
            return []
        return [promise.kept_on is not None and promise.kept_on <= due]

    async def closes(self) -> None:
        """Note how the tables stand in the end."""
        played, database = self.played, self.stage.coach.database
        query = (
            select(Reminder, Person.telegram_id, OutboxMessage.state)
            .join(Person, Person.id == Reminder.person_id)
            .outerjoin(OutboxMessage, OutboxMessage.key == Reminder.key)
            .order_by(Reminder.id)
        )
        async with database.read() as session:
            played.told = [
                Told(one.key, one.kind, who or 0, one.day, one.state, one.reason, message)
                for one, who, message in await session.execute(query)
            ]
            played.unasked_keys = list(
                await session.scalars(select(OutboxMessage.key).where(~OutboxMessage.key.startswith("update:")))
            )
            played.tally = await reminders.tally(session, dtm.datetime.combine(FIRST, dtm.time(), HERE))
            failed = select(func.count()).where(RawUpdate.state != UpdateState.DONE)
            played.unhandled = await session.scalar(failed) or 0
        played.owed = await Chatter(self.stage, ZHOU, "zh-hans").says("/owed")

    async def _plans(self) -> list[Any]:
        """Every account of every confirmed plan, as it stands."""
        query = (
            select(
                DayPlan.id,
                DayPlan.target,
                PlannedAccount.account_id,
                PlannedAccount.position,
                PlannedAccount.state,
                PlannedAccount.reason,
                PlannedAccount.moved_to,
            )
            .join(PlannedAccount, PlannedAccount.plan_id == DayPlan.id)
            .where(DayPlan.made_at.is_not(None))
            .order_by(DayPlan.id, PlannedAccount.position)
        )
        async with self.stage.coach.database.read() as session:
            return [tuple(row) for row in await session.execute(query)]


class Somebody:
    """One of the team with a phone: reads what comes, taps what stands there, types."""

    language = "zh-hans"

    def __init__(self, play: Play, who: int) -> None:
        self.play = play
        self.chat = Chatter(play.stage, who, self.language)

    async def says(self, text: str) -> None:
        await self.play.hears_of(self.chat.id, self.chat.says(text))

    async def taps(self, label: str) -> None:
        """Tap the newest button whose label begins so."""
        self.play.stage.api.set_language(self.language)
        await self.play.hears_of(self.chat.id, self.chat.taps(self._found(label)))

    def sees(self, label: str) -> bool:
        """Whether the newest message has a button whose label begins so."""
        return any(one.startswith(label) for one in self.chat.buttons)

    def _found(self, begins: str) -> str:
        for message in reversed(self.play.stage.api.messages(self.chat.id)):
            for row in rows(message):
                for button in row:
                    if button["text"].startswith(begins):
                        return button["text"]
        raise AssertionError(f"{self.play.now}: no button {begins!r}")

    def reactions(self) -> dict[str, Act]:
        """What he does on hearing something that begins so."""
        return {}

    def own_acts(self) -> dict[str, Act]:
        """What he does of his own accord: at a date and time, or at a time of each day."""
        return {}

    async def lives(self, at: dtm.datetime, told: list[str]) -> None:
        """React to what was told unasked, then do what stands in his own diary."""
        for text in told:
            for begins, act in self.reactions().items():
                if text.startswith(begins):
                    await act()
        acts = self.own_acts()
        own = acts.get(f"{at:%m-%d %H:%M}") or acts.get(f"{at:%H:%M}")
        if own is not None:
            await own()

    @property
    def today(self) -> str:
        return f"{self.play.now:%m-%d}"

    async def planned(self) -> str:
        """The first account that his plan of today still has to be visited; "" where there is none."""
        async with self.play.stage.coach.database.read() as session:
            person = await session.scalar(select(Person).where(Person.telegram_id == self.chat.id))
            assert person is not None
            plan = await day_plans.plan_of(session, person, self.play.now.date())
        waiting = plan.still_open if plan else []
        return waiting[0].account.name if waiting else ""


class Chen(Somebody):
    """The manager who lives his day on the phone, in Chinese."""

    notes = (
        "上午去了{name}，补了两条软包，当场付的现款",
        "刚从{name}出来，老板说竞品又降价了，答应他下周三前送样品",
        "去了{name}，货架理好了，答应明天把价签送来",
        "拜访{name}，老板想要小规格，约了后天上午10点带样品去谈",
        "{name}今天谈得不错，加了一箱矿泉水",
    )
    has_snoozed = has_asked = False

    def reactions(self) -> dict[str, Act]:
        return {
            "🎯 2026年5月": self.sets_goals,
            "☀️": self.plans,
            "🤝 今天有": self.keeps,
            "🤝 有": self.moves,
            "📍": self.prepares,
            "📝": self.is_nudged,
            "🌙": self.reviews,
        }

    def own_acts(self) -> dict[str, Act]:
        return {
            "11:00": self.notes_a_visit,
            "04-29 12:00": self.plans_late,
            "04-29 20:00": self.rises_earlier,
            "04-30 20:00": self.plans_the_next_workday,
            "05-03 16:00": self.works_on_a_day_off,
            f"{SKIPPED:%m-%d} 07:00": self.wants_no_reminders_today,
            "05-11 12:00": self.takes_leave,
            "05-15 12:00": self.looks_at_what_his_lead_sees,
        }

    async def confirms_card(self) -> None:
        if self.sees("✅ 对，记下"):
            await self.taps("✅ 对，记下")

    async def sets_goals(self) -> None:
        for label, number in (("🎯 拜访", "60"), ("🎯 销量", "12万"), ("🎯 新客户", "2")):
            await self.taps(label)
            await self.says(number)

    async def plans(self) -> None:
        if self.today == "04-29":
            return  # he plans late that day
        if self.sees("👥 先看这") and not self.has_asked:
            await self.asks_for_help()
            return
        if self.today == "05-11":
            await self.taps("🧭 周一五问")
            await self.taps("◀ 计划")
        await self.settles_open_ends()
        if self.sees("✅ 就这"):
            await self.ponders()
            await self.taps("✅ 就这")

    async def settles_open_ends(self) -> None:
        """What earlier days have left: done, for today, dropped, in turn."""
        for act in itertools.cycle(("✅ 1 去了", "→ 1 今天去", "✖ 1 不去了")):
            if not self.sees("✅ 1 去了"):
                break
            await self.taps(act)
            if self.sees("客户没空"):
                await self.taps("客户没空")
        if self.sees("看今天的计划"):
            await self.taps("看今天的计划")

    async def ponders(self) -> None:
        """What he does with the list before he confirms it: something else each day."""
        match self.today:
            case "04-27":
                for label in ("❓ 为什么这样排", "1", "▼ 规则和出处", "◀ 全部理由", "◀ 计划"):
                    await self.taps(label)
            case "04-28":
                await self.taps("➕ 加客户")
                await self.says("惠民新桥")
            case "05-07":
                await self.taps("🔢 换个数")
                await self.taps("4")
            case "05-14":
                await self.taps("🕑 时间少")
            case "05-11":
                await self.taps("☐")

    async def plans_late(self) -> None:
        await self.says("/plan")
        await self.taps("✅ 就这")

    async def plans_the_next_workday(self) -> None:
        await self.says("/plan")
        for label in ("5月6日", "☐", "✅ 就这"):
            await self.taps(label)

    async def rises_earlier(self) -> None:
        await self.says("/settings")
        await self.taps("🌅 早上计划")
        await self.says("8点")

    async def wants_no_reminders_today(self) -> None:
        await self.taps("🔕 今天不用提醒")

    async def takes_leave(self) -> None:
        await self.says("/leave")
        await self.taps("＋ 登记休假")
        await self.says("明天到后天")

    async def looks_at_what_his_lead_sees(self) -> None:
        await self.says("/whatmyleadsees")
        await self.says("/digest")  # is not for him

    async def notes_a_visit(self) -> None:
        if name := await self.planned():
            await self.says(self.notes[self.play.now.toordinal() % len(self.notes)].format(name=name))
            await self.confirms_card()

    async def works_on_a_day_off(self) -> None:
        await self.says("路过惠民超市新桥店，老板说五一客流比去年好")
        await self.confirms_card()

    async def keeps(self) -> None:
        await self.taps("✅ 1 做到")

    async def moves(self) -> None:
        if self.today in {"04-27", "05-06"}:
            await self.taps("📅 1 改期")
            await self.says("下周三")

    async def prepares(self) -> None:
        await self.taps("🎯 去之前看一眼")

    async def is_nudged(self) -> None:
        if self.today == "04-28" and not self.has_snoozed:
            self.has_snoozed = True
            await self.taps("⏰ 30 分钟后再说")
            return
        await self.taps("✅ 去了")
        if self.today == "04-29":
            await self.says("补了半箱礼盒，老板说月底再看")
            await self.confirms_card()

    async def asks_for_help(self) -> None:
        self.has_asked = True
        await self.taps("👥 先看这")
        await self.taps("🙋 1 现在求助")
        await self.says("这家我约了三次都没约上，想请您一起去一趟")

    async def reviews(self) -> None:
        if self.today in {"04-28", "05-07", "05-14"}:
            await self.tells_of_each_account()
        if self.today == "04-30":
            await self.taps("📣 市场消息")
            await self.says("竞品给便利店送冰柜，每店一台")
            await self.confirms_card()
        if self.today in {"04-27", "05-09"}:
            await self.taps("➡️ 定第一步")
            await self.says("先给惠民新桥店回电话")
        await self.taps("🌙 收工")

    async def tells_of_each_account(self) -> None:
        for why in itertools.cycle((None, "时间不够", None, "客户不在")):
            if not self.sees("✅ 1 去了"):
                break
            await self.taps("✅ 1 去了" if why is None else "✖ 1 没去")
            if why is not None:
                await self.taps(why)


class Lin(Somebody):
    """The lazier manager, in English."""

    language = "en"

    def reactions(self) -> dict[str, Act]:
        return {"☀️": self.plans, "🌙": self.reviews}

    def own_acts(self) -> dict[str, Act]:
        return {f"{day} 14:00": self.notes_a_visit for day in ("04-27", "04-29", "05-07", "05-11")}

    async def plans(self) -> None:
        if self.today in {"04-27", "04-29", "05-07", "05-11", "05-14"}:
            if self.sees("Today's plan"):
                await self.taps("Today's plan")
            await self.taps("✅ These")

    async def reviews(self) -> None:
        if self.today in {"04-28", "05-14"}:
            if self.sees("✅ 1 went"):
                await self.taps("✅ 1 went")
            await self.taps("🌙 Call it a day")

    async def notes_a_visit(self) -> None:
        if name := await self.planned():
            await self.says(f"Visited {name}, they will send the papers next week; I promised the loan form by Friday")
            await self.taps("✅ Right")


class Zhou(Somebody):
    """The lead: unfolds a figure of each digest, answers what reached her, and on a Friday all that she still owes."""

    def reactions(self) -> dict[str, Act]:
        return {f"{demo.TEAM_NAME}{DIGEST}": self.unfolds, "这几件开着": self.helps, "🙋": self.replies}

    def own_acts(self) -> dict[str, Act]:
        return {f"{FRIDAY:%m-%d} 18:00": self.answers_all}

    async def answers_all(self) -> None:
        for name in ("陈晓", "林建国"):
            await self.says("/owed")
            if self.sees(name):
                await self.taps(name)
            await self.taps("🗣 都约谈")

    async def unfolds(self) -> None:
        await self.taps("🔴 陈晓")
        await self.taps("🚶 拜访")

    async def helps(self) -> None:
        await self.taps("🤝 帮忙 1")

    async def replies(self) -> None:
        await self.taps("💬 回话")
        await self.says("周三上午一起去，我来约")


AT_WORK = ("01:30", "08:00", "08:30", "09:05", "11:00", "15:30", "18:00")
AT_REST = ("01:30", "08:30", "18:00")
"""The hours of a workday and of a day off at which the coach may want to speak, or a visit is noted."""


def hours(day: dtm.date, people: Sequence[Somebody]) -> list[dtm.datetime]:
    """The moments of a day: those at which the coach may want to speak, and those at which somebody acts himself."""
    named = set(AT_WORK if Workdays().is_workday(day) else AT_REST)
    for one in people:
        named |= {moment[6:] for moment in one.own_acts() if moment.startswith(f"{day:%m-%d} ")}
    return [dtm.datetime.combine(day, dtm.time.fromisoformat(time), HERE) for time in sorted(named)]


async def play(folder: Path) -> Played:
    stage = Stage(folder, demo_book=True)
    stage.clock.move_to(dtm.datetime.combine(FIRST, dtm.time(6), HERE))
    async with stage:
        async with stage.coach.database.begin() as session:
            worker = stage.coach.shared.worker
            await demo_book.look_back(session, stage.clock.now(), worker.matcher, worker.evaluate)
        play = Play(stage)
        chen, lin, zhou = Chen(play, CHEN), Lin(play, LIN), Zhou(play, ZHOU)
        people = [chen, lin, zhou]
        for one in [*people, Somebody(play, OWNER)]:
            await one.says("/start")
        await lin.says("/language")
        await lin.taps("English")
        for number in range((LAST - FIRST).days + 1):
            for at in hours(FIRST + number * DAY, people):
                await play.reaches(at, people)
        for at in hours(LAST + DAY, people)[:3]:
            await play.reaches(at, people)
        await play.closes()
    return play.played


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    errors: list[str] = []
    handler = Errors(errors)
    logging.getLogger().addHandler(handler)
    try:
        found = asyncio.run(play(tmp_path_factory.mktemp("three-weeks")))
    finally:
        logging.getLogger().removeHandler(handler)
    found.errors = errors
    return found


def days(first: dtm.date = FIRST, last: dtm.date = LAST) -> list[dtm.date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def test_every_workday_begins_with_one_prompt_at_his_own_time(played: Played) -> None:
    expected = []
    for day in days(last=LAST + DAY):
        if Workdays().is_workday(day):
            expected.append((LIN, f"{day} 08:30"))
            if day not in {SKIPPED, *AWAY}:
                expected.append((CHEN, f"{day} {'08:30' if day < EARLIER_FROM else '08:00'}"))
    prompts = [one for one in played.unasked(*MANAGERS) if one.text.startswith("☀️")]
    assert sorted((one.who, f"{one.at:%Y-%m-%d %H:%M}") for one in prompts) == sorted(expected)
    assert len(expected) == 14 + 11


def test_every_slot_of_every_day_is_accounted_for(played: Played) -> None:
    assert played.tally is not None
    assert played.tally.holds
    assert (played.tally.pending, played.tally.dead) == (0, 0)
    assert played.tally.sent > 100
    for who in MANAGERS:
        for kind in (Kind.MORNING, Kind.PROMISES, Kind.NUDGE, Kind.EVENING, Kind.PROMISES_EVE):
            slots = [one for one in played.told if (one.who, one.kind) == (who, kind) and SNOOZED not in one.key]
            assert [one.day for one in slots][: len(days())] == days()
    reasons = {one.day: one.reason for one in played.told if one.who == CHEN and one.kind == Kind.MORNING}
    assert reasons[SKIPPED] == "skip_day"
    assert {reasons[day] for day in AWAY} == {"day_off"}
    assert "late" not in {one.reason for one in played.told}
    assert "failed" not in {one.reason for one in played.told}


def test_the_phones_heard_what_the_tables_tell_and_nothing_twice(played: Played) -> None:
    everybody = played.unasked(CHEN, LIN, ZHOU, OWNER)
    assert len(everybody) == len(played.unasked_keys)
    assert {one.message for one in played.told if one.state == ReminderState.QUEUED} == {MessageState.SENT}
    told = Counter((one.who, one.at.date(), one.text) for one in everybody if one.text)
    twice = [text for (_, _, text), count in told.items() if count > 1]
    assert [text[:2] for text in twice] == ["📝 "]  # the nudge that he wanted to hear later


def test_every_message_fits_a_phone(played: Played) -> None:
    too_long = [one for one in played.heard if height(one.text) > (20 if DIGEST in one.text else 12)]
    assert not too_long, too_long[0].text


def test_nothing_failed(played: Played) -> None:
    assert played.errors == []
    assert played.unhandled == 0


def test_nobody_is_disturbed_at_night(played: Played) -> None:
    at_night = [one for one in played.unasked(CHEN, LIN, ZHOU, OWNER) if not 7 <= one.at.hour < 21]
    assert at_night == []


def test_the_day_is_left_in_peace(played: Played) -> None:
    """Between morning and evening one thing unasked at most, beside appointments, promises and a colleague's answer."""
    allowed = ("📍", "🤝", "💬")
    told: Counter[tuple[int, dtm.date]] = Counter()
    seen = set()
    for one in played.unasked(*MANAGERS):
        begins = dtm.time(8, 30) if one.who == LIN or one.at.date() < EARLIER_FROM else dtm.time(8)
        is_between = begins.replace(minute=begins.minute + 1) <= one.at.time() < dtm.time(18)
        if is_between and not one.text.startswith(allowed) and (one.who, one.at.date(), one.text) not in seen:
            told[one.who, one.at.date()] += 1
            seen.add((one.who, one.at.date(), one.text))
    assert told
    assert max(told.values()) == 1


def test_who_is_warned_that_his_lead_will_hear_is_told_when_in_the_prompt_of_his_morning(played: Played) -> None:
    said = [(one, line) for one in played.unasked(*MANAGERS) for line in one.text.split("\n") if line.startswith("👥")]
    for one, line in said:
        assert one.text.startswith("☀️")
        following = Workdays().after(one.at.date(), 1)
        if following == one.at.date() + DAY:
            expected = "👥 明天会请主管一起看" if one.who == CHEN else "👥 Tomorrow your lead sees"
        elif one.who == CHEN:
            expected = f"👥 {following.month}月{following.day}日 "
        else:
            expected = f"👥 {following:%a} {following.day} {following:%b}: your lead sees"
        assert line.startswith(expected)
    assert {one.at.date() for one, _ in said} >= {dtm.date(2026, 4, 28), dtm.date(2026, 4, 30), dtm.date(2026, 5, 9)}
    once_a_day = Counter((one.who, one.at.date()) for one, _ in said)
    assert max(once_a_day.values()) == 1
    assert [one for one in played.unasked(*MANAGERS) if one.text.startswith(("明天会请", "Tomorrow your lead"))] == []


def test_what_a_lead_owes_is_answered_in_a_few_taps(played: Played) -> None:
    heard = [one for one in played.heard if one.at.date() == FRIDAY]
    before = [one for one in heard if one.who == ZHOU and one.text.startswith("等回话")]
    assert found(r"等回话 (\d+) 件", before[0].text)[0] > 20
    assert len([one for one in heard if one.who in MANAGERS and one.text.startswith("🗣")]) == len(MANAGERS)
    assert played.owed == [
        "陈晓 Chen Xiao：等回话 1 件\n1. 🙋 4月27日 周一：这家我约了三次都没约上，想请您一起去一趟"
    ]  # words are answered with words


def test_what_he_confirmed_the_machine_leaves_alone(played: Played) -> None:
    assert played.changed_by_machine == []


def test_the_digests_figures_are_a_plain_count_of_the_records(played: Played) -> None:
    digests = [one for one in played.unasked(ZHOU) if DIGEST in one.text]
    assert [f"{one.at:%m-%d %H:%M}" for one in digests] == ["04-27 08:30", "05-06 08:30", "05-11 08:30", "05-18 08:30"]
    for one in digests:
        fulfilled, planned = found(r"计划落实 \d+%（(\d+)/(\d+)）", one.text)
        (visits,) = found(r"🚶 拜访 (\d+) 次", one.text)
        due, kept = found(r"到期 (\d+) 个：按时 (\d+)", one.text)
        opened, cleared = found(r"新提示 (\d+)，消除 (\d+)", one.text)
        market = sum(map(int, re.findall(r" (\d+)", next(line for line in one.text.split("\n") if line[0:1] == "📰"))))
        assert played.counted[week_of(one.at.date()).before.first] == {
            "planned": planned,
            "fulfilled": fulfilled,
            "visits": visits,
            "due": due,
            "kept": kept,
            "opened": opened,
            "cleared": cleared,
            "market": market,
        }


def found(pattern: str, text: str) -> tuple[int, ...]:
    match = re.search(pattern, text)
    return tuple(map(int, match.groups())) if match else (0,) * re.compile(pattern).groups


@pytest.mark.parametrize(
    ("who", "foreign", "wording"), [(LIN, "zh", r"[\u4e00-\u9fff]{4,}"), (CHEN, "en", r"[A-Za-z][A-Za-z ,']{11,}[a-z]")]
)
def test_each_is_spoken_to_in_his_language(played: Played, who: int, foreign: str, wording: str) -> None:
    fixed = set()
    for path in (FOLDER / foreign).glob("*.ftl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                fixed |= set(re.findall(wording, re.sub(r"\{[^}]*\}", "|", line.partition(" = ")[2] or line)))
    assert len(fixed) > 500
    said = "\n".join(one.text for one in played.heard if one.who == who and one.at.time() > dtm.time(7))
    assert said
    assert [words for words in fixed if words in said] == []
