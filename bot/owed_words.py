"""What a lead owes in words: managers who wait, what one of them waits for by habit, and the taps that answer much."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from markupsafe import Markup

from bot import escalation_words
from bot.flag_words import MARKS
from bot.keyboards import Button, turns
from bot.models import LeadAnswer
from bot.replies import Say
from bot.services.digests import Owed
from bot.services.escalations import Serious
from bot.services.owing import HabitOwed, ManagerOwed
from bot.texts import LINE, Voice, fitted

MANAGERS, ENTRIES, FLAGS = 5, 5, 8
"""Entries on one screen, with two lines for a manager and for what he waits for, and one for a flag of a habit."""

IN_ROW = 5
"""Numbers in a row of buttons."""

ALL = (LeadAnswer.HELP, LeadAnswer.TALK)
"""Answers that fit all flags of a manager; a limit that is wrong is a matter of one habit."""


def until(now: dtm.datetime) -> str:
    """The end of this minute, as it stands in a button's action: what was told later it does not answer."""
    return f"{int(now.timestamp()) // 60 + 1:x}"


def instant(code: str) -> dtm.datetime:
    """The instant of which `until` made a code. Raises ValueError, OverflowError."""
    return dtm.datetime.fromtimestamp(int(code, 16) * 60, dtm.UTC)


def overview(voice: Voice, waiting: Sequence[ManagerOwed], page: int, *, news: Sequence[Markup] = ()) -> Say:
    """Who waits for answers, a page of them, each with a way to all that he waits for."""
    page = _there(page, len(waiting), MANAGERS)
    here = waiting[page * MANAGERS : (page + 1) * MANAGERS]
    lines = [*news, voice.text("owed-head", count=sum(one.count for one in waiting), managers=len(waiting))]
    for one in here:
        lines += manager_lines(voice, one)
    rows = [[open_manager(voice, one)] for one in here]
    return Say(Markup("\n").join(lines), [*rows, *turns("owed", page, len(waiting), MANAGERS)])


def manager_lines(voice: Voice, one: ManagerOwed) -> list[Markup]:
    """One manager with how much he waits for, and the first of it, a line each."""
    counts = [("help", len(one.requests)), ("escalation", one.flags)]
    what = [voice.label(f"digest-owed-{kind}", count=count) for kind, count in counts if count]
    between = voice.label("digest-between")
    name = fitted(one.name, LINE / 2)
    return [voice.listing("owed-manager", what=what, between=between, name=name), _first(voice, one)]


def _first(voice: Voice, one: ManagerOwed) -> Markup:
    if one.requests:
        return voice.line("owed-first-request", what=_words(voice, one.requests[0]))
    worst = one.habits[0]
    about = (voice.label(f"habit-{worst.habit}"), worst.owed[0].account)
    return voice.line("owed-first", what=" · ".join(filter(None, about)), mark=MARKS[worst.severity])


def open_manager(voice: Voice, one: ManagerOwed) -> Button:
    """The way to all that a manager waits for."""
    name = fitted(one.name, LINE / 2)
    return Button(voice.label("owed-open", name=name, count=one.count), f"owed-of:{one.person_id}:0")


def manager_page(
    voice: Voice, one: ManagerOwed, page: int, now: dtm.datetime, *, several: bool, news: Sequence[Markup] = ()
) -> Say:
    """What one manager waits for: his requests, then his flags by habit, and what answers all of these at once.

    `several` where other managers wait, too; `news` of what was just answered.
    """
    entries: list[Owed | HabitOwed] = [*one.requests, *one.habits]
    page = _there(page, len(entries), ENTRIES)
    here = list(enumerate(entries, start=1))[page * ENTRIES : (page + 1) * ENTRIES]
    lines = [
        *news,
        voice.text("owed-of", name=fitted(one.name, LINE / 2), count=one.count),
        *(_entry(voice, number, entry) for number, entry in here),
    ]
    looks = [Button(voice.label("owed-look", number=number), _opened(entry)) for number, entry in here]
    rows: list[Sequence[Button]] = [looks]
    if one.flags > 1:
        rows.append([_all(voice, said, one.flags, f"owed-all:{one.person_id}:{said}:{until(now)}") for said in ALL])
    rows += turns(f"owed-of:{one.person_id}", page, len(entries), ENTRIES)
    if several:
        rows.append([to_owed(voice)])
    return Say(Markup("\n").join(lines), rows)


def _entry(voice: Voice, number: int, entry: Owed | HabitOwed) -> Markup:
    if isinstance(entry, Owed):
        what = _words(voice, entry)
        return voice.line("owed-request", what=what, lines=2, number=number, day=voice.day(entry.since))
    mark, habit, count = MARKS[entry.severity], voice.label(f"habit-{entry.habit}"), len(entry.owed)
    accounts = [one.account for one in entry.owed if one.account]
    if count == 1:
        what = " · ".join([habit, *accounts])
        return voice.line("owed-flag", what=what, lines=2, number=number, mark=mark)
    between = voice.label("digest-between")
    return voice.listing(
        "owed-habit",
        what=accounts,
        between=between,
        rest="…",
        lines=2,
        number=number,
        mark=mark,
        habit=habit,
        count=count,
    )


def _opened(entry: Owed | HabitOwed) -> str:
    if isinstance(entry, Owed):
        return f"help-of:{entry.id}"
    first = entry.owed[0].id
    return f"escalated:{first}" if len(entry.owed) == 1 else f"owed-habit:{first}:0"


def habit_page(voice: Voice, manager: ManagerOwed, one: HabitOwed, page: int, now: dtm.datetime) -> Say:
    """The flags of one habit of a manager, each to be opened, and what answers all of them at once."""
    page = _there(page, len(one.owed), FLAGS)
    here = list(enumerate(one.owed, start=1))[page * FLAGS : (page + 1) * FLAGS]
    habit, name = voice.label(f"habit-{one.habit}"), fitted(manager.name, LINE / 2)
    lines = [voice.line("escalation-title", what=habit, lines=2, mark=MARKS[one.severity], name=name)]
    for number, flag in here:
        what, day = flag.account or habit, voice.day(flag.since)
        lines.append(voice.line("owed-account", what=what, number=number, day=day))
    looks = [Button(voice.label("owed-look", number=number), f"escalated:{flag.id}") for number, flag in here]
    first = one.owed[0].id
    answers = [_all(voice, said, len(one.owed), f"owed-each:{first}:{said}:{until(now)}") for said in LeadAnswer]
    back = Button(voice.label("owed-back", name=name), f"owed-of:{manager.person_id}:0")
    rows = [looks[at : at + IN_ROW] for at in range(0, len(looks), IN_ROW)]
    turn = turns(f"owed-habit:{first}", page, len(one.owed), FLAGS)
    return Say(Markup("\n").join(lines), [*rows, answers[: len(ALL)], answers[len(ALL) :], *turn, [back]])


def heard(voice: Voice, told: Sequence[Serious]) -> Markup:
    """What one answer to several flags is about, the worst first, a line each, for their manager."""
    named = [
        voice.line("escalation-why", what=escalation_words.about(voice, one.shown))
        for one in told[: escalation_words.MOST_NAMED]
    ]
    if len(told) > len(named):
        named.append(voice.text("owed-heard-more", count=len(told) - len(named)))
    return Markup("\n").join(named)


def nothing(voice: Voice, news: Sequence[Markup] = ()) -> Say:
    """That nobody waits."""
    return Say(Markup("\n").join([*news, voice.text("owed-none")]))


def to_owed(voice: Voice) -> Button:
    """The way back to all who wait."""
    return Button(voice.label("escalation-to-owed"), "owed:0")


def _words(voice: Voice, request: Owed) -> str:
    """The words of a request; where it has none, what it is about."""
    about = [voice.label(f"habit-{request.habit}") if request.habit else "", request.account or ""]
    return request.text or " · ".join(filter(None, about)) or voice.label("askhelp-no-words")


def _all(voice: Voice, said: LeadAnswer, count: int, action: str) -> Button:
    return Button(voice.label(f"owed-all-{said}", count=count), action)


def _there(page: int, count: int, size: int) -> int:
    """The page that was asked for, or the last one where there are fewer by now."""
    return min(page, max(0, count - 1) // size)
