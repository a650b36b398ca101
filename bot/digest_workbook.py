"""The digest as a workbook: each figure of the team and of its managers, and every record that it is counted from.

It holds what its digest holds: no private flag, no words of a note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from bot.services.digests import Concern, Digest, Figure, FlagRecord, ManagerWeek, PromiseRecord
from bot.spreadsheets import Cell, Percent, Sheet, to_xlsx
from bot.texts import Voice

Rows = Iterable[tuple[Cell, ...]]

TRACED: dict[Figure, str] = {
    "planned": "plans",
    "fulfilled": "plans",
    "visits_done": "visits",
    "visits_aimed": "days",
    "key_accounts": "keys",
    "key_accounts_met": "keys",
    "promises_due": "promises",
    "kept": "promises",
    "broken": "promises",
    "flags_opened": "flags",
    "flags_cleared": "flags",
    "silent_workdays": "days",
}
"""The figures that add up over a team, each with the sheet whose rows it counts."""


def digest_workbook(digest: Digest, voice: Voice) -> bytes:
    """The digest as xlsx: a summary, a row for each manager, then the records sheet by sheet, each with its manager."""
    lists: dict[str, Callable[[ManagerWeek, Voice], Rows]] = {
        "promises": _promises,
        "flags": _flags,
        "visits": _visits,
        "plans": _plans,
        "days": _days,
        "keys": _keys,
    }
    sheets = {name: _records(digest, voice, rows) for name, rows in lists.items()}
    pages: dict[str, Rows] = {
        "summary": _summary(digest, voice),
        "managers": _managers(digest),
        "promises": sheets.pop("promises"),
        "flags": sheets.pop("flags"),
        "market": _market(digest, voice),
        **sheets,
    }
    return to_xlsx(
        Sheet(voice.label(f"workbook-{name}"), (_heading(name, voice), *rows)) for name, rows in pages.items()
    )


def _heading(sheet: str, voice: Voice) -> tuple[str, ...]:
    """The names of a sheet's columns, which one text holds together: so both languages have them in one order."""
    return tuple(voice.label(f"workbook-{sheet}-columns").split(" | "))


def _records(digest: Digest, voice: Voice, rows: Callable[[ManagerWeek, Voice], Rows]) -> Iterator[tuple[Cell, ...]]:
    """The rows of all managers, each behind its manager's name."""
    for manager in digest.managers:
        for row in rows(manager, voice):
            yield (manager.name, *row)


def _summary(digest: Digest, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """The team's figures, each with the sheet that it can be traced in; then whoever needs his lead."""
    yield voice.label("workbook-team"), digest.team_name
    yield voice.label("workbook-first-day"), digest.week.first
    yield voice.label("workbook-last-day"), digest.week.last
    yield voice.label("workbook-days-over"), digest.days_over
    yield voice.label("workbook-workdays"), digest.workdays
    yield voice.label("workbook-managers"), len(digest.managers), voice.label("workbook-managers")
    for figure, sheet in TRACED.items():
        yield voice.label(f"workbook-figure-{figure}"), digest.total(figure), voice.label(f"workbook-{sheet}")
    rates = [manager.kept_rate for manager in digest.managers]
    promises = voice.label("workbook-promises")
    yield voice.label("workbook-figure-window_due"), sum(one.due for one in rates), promises
    yield voice.label("workbook-figure-window_kept"), sum(one.kept for one in rates), promises
    yield voice.label("workbook-figure-market"), len(digest.market), voice.label("workbook-market")
    for concern in digest.exceptions:
        yield voice.label("workbook-concern"), concern.name, *_why(concern, voice)
    for gap in digest.gaps:
        yield voice.label("workbook-gap"), gap.count, gap.text


def _why(concern: Concern, voice: Voice) -> tuple[Cell, ...]:
    """The worst flag of somebody and its account, or his silence."""
    if concern.flag is None:
        return (voice.label("workbook-silent", days=concern.silent_lately),)
    return voice.label(f"habit-{concern.flag.habit}"), concern.flag.account


def _managers(digest: Digest) -> Iterator[tuple[Cell, ...]]:
    for one in digest.managers:
        yield (
            one.name,
            one.planned,
            one.fulfilled,
            Percent(100 * one.fulfilled // one.planned) if one.planned else None,
            one.visits_done,
            one.visits_aimed,
            one.key_accounts,
            one.key_accounts_met,
            one.promises_due,
            one.kept,
            one.broken,
            None if one.kept_percent is None else Percent(one.kept_percent),
            None if one.kept_percent_before is None else Percent(one.kept_percent_before),
            one.flags_opened,
            one.flags_cleared,
            len(one.standing),
            one.silent_workdays,
            one.last_note_on,
            len(one.workdays),
            one.joined_on,
        )


def _promises(manager: ManagerWeek, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """What fell due in the week or in the eight weeks of the kept rate, the latest first; equal ones each by itself."""
    in_week, in_window = Counter(manager.promises), Counter(manager.window)
    for promise in sorted((in_week | in_window).elements(), key=lambda one: one.due, reverse=True):
        counted = [_yes(voice, _taken(among, promise)) for among in (in_week, in_window)]
        state = voice.label(f"workbook-state-{promise.state}")
        yield promise.account, promise.what, promise.due, promise.kept_on, state, *counted


def _taken(among: Counter[PromiseRecord], promise: PromiseRecord) -> bool:
    """Whether a promise is among some, and one less of its equals from now on."""
    is_there = among[promise] > 0
    among[promise] -= is_there
    return is_there


def _flags(manager: ManagerWeek, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """What was opened or cleared in the week, or stands open at its end, each flag once with its number."""
    opened, cleared, standing = (
        {flag.id for flag in flags} for flags in (manager.opened, manager.cleared, manager.standing)
    )
    every: dict[int, FlagRecord] = {flag.id: flag for flag in (*manager.opened, *manager.cleared, *manager.standing)}
    for number, flag in sorted(every.items()):
        yield (
            number,
            voice.label(f"habit-{flag.habit}"),
            flag.account,
            voice.label(f"workbook-severity-{flag.severity}"),
            flag.opened_on,
            flag.cleared_on,
            *(_yes(voice, number in group) for group in (opened, cleared, standing)),
            _yes(voice, flag.is_disputed),
        )


def _market(digest: Digest, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    for news in digest.market:
        yield voice.label(f"note-topic-{news.topic}"), news.day, news.name, news.account, news.text


def _visits(manager: ManagerWeek, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    for visit in manager.visits:
        kind, outcome = voice.label(f"exports-kind-{visit.kind}"), voice.label(f"note-outcome-{visit.outcome}")
        yield visit.day, visit.account, kind, outcome, _yes(voice, visit.is_planned)


def _plans(manager: ManagerWeek, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    for planned in manager.plan:
        yield planned.day, planned.account, _yes(voice, planned.is_fulfilled)


def _days(manager: ManagerWeek, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """His workdays, and other days on which he did or aimed at something."""
    known = {one.day: one for one in manager.days}
    for day in sorted({*known, *manager.workdays, *manager.silent_days}):
        record = known.get(day)
        told = (record.aimed, record.done, _yes(voice, record.is_planned)) if record else (0, 0, _yes(voice, False))
        yield day, *told, _yes(voice, day in manager.workdays), _yes(voice, day in manager.silent_days)


def _keys(manager: ManagerWeek, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    for key in manager.keys:
        yield key.account, key.last_met_on, key.days, key.cadence_days, _yes(voice, key.is_met)


def _yes(voice: Voice, is_so: bool) -> str:
    return voice.label("workbook-yes" if is_so else "workbook-no")
