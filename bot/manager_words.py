"""One manager's week in words, the same for his lead and for himself, and the records behind each of its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from bot.digest_words import code, news_line, weeks_beside
from bot.flag_words import MARKS, said
from bot.keyboards import Button, turns
from bot.models import Outcome
from bot.replies import Say
from bot.services.digests import (
    DayRecord,
    FlagRecord,
    KeyRecord,
    ManagerWeek,
    PlanRecord,
    PromiseRecord,
    PromiseState,
    VisitRecord,
    Week,
)
from bot.texts import LINE, Voice, fitted, height

KEPT, OPEN, LATE = "✅", "▫️", "☑️"
PROMISE_MARKS = {PromiseState.KEPT: KEPT, PromiseState.WAITING: "⏳", PromiseState.BROKEN: "❗"}

IN_ROW = 3
"""Lists in a row of buttons."""


def manager_page(voice: Voice, manager: ManagerWeek, week: Week, *, newest: Week, team_id: int | None = None) -> Say:
    """A manager's figures, each with a button to its records; `team_id` is his lead's way back, None for himself."""
    lines = [_head(voice, manager, week), *_circumstances(voice, manager, week), *_work(voice, manager)]
    lines += [*_promises(voice, manager), *_signs(voice, manager)]
    lists = [
        Button(voice.label(f"digest-list-{what}"), f"digest-list:{manager.person_id}:{code(week)}:{what}:0")
        for what in LISTS
        if getattr(manager, what)
    ]
    rows: list[list[Button]] = [lists[at : at + IN_ROW] for at in range(0, len(lists), IN_ROW)]
    rows.append(weeks_beside(voice, f"digest-of:{manager.person_id}", week, newest))
    if team_id is not None:
        rows.append([Button(voice.label("digest-back"), f"digest:{team_id}:{code(week)}:0")])
    return Say(Markup("\n").join(lines), rows)


def _head(voice: Voice, manager: ManagerWeek, week: Week) -> Markup:
    return voice.text("digest-who", name=fitted(manager.name, LINE / 2 - 1), days=voice.days(week.first, week.last))


def _circumstances(voice: Voice, manager: ManagerWeek, week: Week) -> list[Markup]:
    """How many days there were to do it in, and why they are fewer than a week's."""
    if manager.through is None:
        return [voice.text("digest-who-begins")]
    workdays = len(manager.workdays)
    lines = [voice.text("digest-who-workdays", days=workdays) if workdays else voice.text("digest-who-away")]
    if manager.through < week.last:
        lines[0] += voice.text("digest-who-partial", day=voice.day(manager.through))
    if manager.joined_on is not None:
        lines.append(voice.text("digest-who-joined", day=voice.day(manager.joined_on)))
    return lines


def _work(voice: Voice, manager: ManagerWeek) -> list[Markup]:
    """Plan, visits, key accounts."""
    planned, fulfilled = manager.planned, manager.fulfilled
    lines = [
        voice.text("digest-who-plan", planned=planned, fulfilled=fulfilled, percent=100 * fulfilled // planned)
        if planned
        else voice.text("digest-plan-none")
    ]
    lines.append(voice.text("digest-who-visits", done=manager.visits_done, aimed=manager.visits_aimed))
    if manager.key_accounts:
        lines.append(voice.text("digest-who-keys", keys=manager.key_accounts, met=manager.key_accounts_met))
    return lines


def _promises(voice: Voice, manager: ManagerWeek) -> list[Markup]:
    """What fell due, and how the kept rate goes."""
    due, kept, broken = manager.promises_due, manager.kept, manager.broken
    lines = [
        voice.text("digest-who-promises", due=due, kept=kept, broken=broken)
        if due
        else voice.text("digest-promises-none")
    ]
    percent, before = manager.kept_percent, manager.kept_percent_before
    if percent is None:
        lines.append(voice.text("digest-who-rate-none"))
    elif before is None:
        rate = manager.kept_rate
        lines.append(voice.text("digest-who-rate", percent=percent, kept=rate.kept, due=rate.due))
    else:
        way = "up" if percent > before else "down" if percent < before else "same"
        lines.append(voice.text("digest-who-rate-before", percent=percent, before=before, way=way))
    return lines


def _signs(voice: Voice, manager: ManagerWeek) -> list[Markup]:
    """Flags, market news, silence."""
    opened, cleared, standing = manager.flags_opened, manager.flags_cleared, len(manager.standing)
    lines = [voice.text("digest-who-flags", opened=opened, cleared=cleared, standing=standing)]
    lines.append(voice.text("digest-who-market", count=len(manager.market)))
    if not manager.has_phone:
        lines.append(voice.text("digest-who-not-joined"))
    elif manager.silent_days:
        last = manager.last_note_on
        since = voice.text("digest-who-last", day=voice.day(last)) if last else ""
        lines.append(voice.text("digest-who-silent", days=manager.silent_workdays) + since)
    return lines


def records_page(voice: Voice, manager: ManagerWeek, week: Week, what: str, page: int) -> Say:
    """The records behind a figure, with their days. Raises KeyError for a list that there is not."""
    line, size = LISTS[what]
    records: Sequence[Any] = getattr(manager, what)
    lines = [
        voice.text(
            "digest-list-head",
            name=fitted(manager.name, LINE / 2),
            list=voice.label(f"digest-list-{what}"),
            count=len(records),
        )
    ]
    lines += [line(voice, one) for one in records[page * size : (page + 1) * size]]
    if not records:
        lines.append(voice.text("digest-list-empty"))
    elif what in LEGENDS:
        lines.append(voice.text(f"digest-legend-{LEGENDS[what]}"))
    person, at = manager.person_id, code(week)
    turn = turns(f"digest-list:{person}:{at}:{what}", page, len(records), size)
    back = [Button(manager.name, f"digest-of:{person}:{at}")]
    return Say(Markup("\n").join(lines), [*turn, back])


def _plan_line(voice: Voice, one: PlanRecord) -> Markup:
    mark = KEPT if one.is_fulfilled else OPEN
    return voice.line("digest-line-plan", what=one.account, mark=mark, day=voice.day(one.day))


def _visit_line(voice: Voice, one: VisitRecord) -> Markup:
    outcome = voice.label(f"note-outcome-{Outcome(one.outcome)}")
    account = fitted(one.account, LINE / 2)
    return voice.text("digest-line-visit", day=voice.day(one.day), account=account, outcome=outcome)


def _day_line(voice: Voice, one: DayRecord) -> Markup:
    planned = str(one.is_planned).lower()
    return voice.text("digest-line-day", day=voice.day(one.day), done=one.done, aimed=one.aimed, planned=planned)


def _key_line(voice: Voice, one: KeyRecord) -> Markup:
    mark, account = (KEPT if one.is_met else OPEN), fitted(one.account, LINE / 2)
    if one.days is None:
        return voice.text("digest-line-key-never", mark=mark, account=account)
    return voice.text("digest-line-key", mark=mark, account=account, days=one.days, cadence=one.cadence_days)


def _promise_line(voice: Voice, one: PromiseRecord) -> Markup:
    account = fitted(one.account or voice.label("digest-line-no-account"), LINE / 2)
    mark = LATE if one.state is PromiseState.BROKEN and one.kept_on else PROMISE_MARKS[one.state]
    day = voice.day(one.due)
    return voice.line("digest-line-promise", what=one.what, lines=2, mark=mark, account=account, day=day)


def _flag_line(voice: Voice, one: FlagRecord) -> Markup:
    """The habit with its account and days, and why, in three lines at most."""
    since = voice.day(one.opened_on)
    if one.cleared_on is not None:
        since = voice.label("digest-line-flag-cleared", opened=since, cleared=voice.day(one.cleared_on))
    name = " · ".join(filter(None, (voice.label(f"habit-{one.habit}"), one.account)))
    if one.is_disputed:
        since = f"{since} · {voice.label('digest-line-flag-disputed')}"
    line = voice.line("digest-line-flag", what=name, lines=2, mark=MARKS[one.severity], since=since)
    if one.why is None:
        return line
    why = voice.label(one.why.id, **said(one.why.values))
    return Markup("\n").join([line, voice.line("digest-line-why", what=why, lines=3 - height([line]))])


LEGENDS = {"plan": "plan", "keys": "keys", "promises": "promises", "window": "promises"}
"""Which lists are told with marks, and the text that explains these."""


def _silent_line(voice: Voice, day: Any) -> Markup:
    return voice.text("digest-list-line", line=voice.day(day))


LISTS: dict[str, tuple[Callable[[Voice, Any], Markup], int]] = {
    "plan": (_plan_line, 9),
    "visits": (_visit_line, 5),
    "days": (_day_line, 10),
    "keys": (_key_line, 9),
    "promises": (_promise_line, 5),
    "window": (_promise_line, 5),
    "opened": (_flag_line, 3),
    "cleared": (_flag_line, 3),
    "standing": (_flag_line, 3),
    "market": (news_line, 3),
    "silent_days": (_silent_line, 7),
}
"""The lists of a manager's week (services.digests.ManagerWeek): how a record is told, and how many fit on a screen."""
