"""The digest's picture: a team's week in four figures, then each manager's four, whoever needs his lead first."""

from __future__ import annotations

from bot.charts import parts
from bot.charts.canvas import ACCENT, BLUE, EDGE, GREY, HUGE, INNER, PLAIN, SMALL, TRACK, Page
from bot.charts.parts import GAP, HEAD, LEGEND, PERSON, Figure, Row
from bot.services.digests import Digest, ManagerWeek
from bot.texts import Voice

DETAILED, DETAILED_OF_MANY = 8, 4
"""Managers with bars of their own: all of a small team; of a larger one those who need their lead most."""

TEAM = 250
"""Height of the team's own figures, in pixels."""

HABITS = {
    "plan": ("plan_not_made", "plan_not_followed", "aim_missed"),
    "visits": (),
    "keys": ("neglected_key_account", "key_account_at_risk", "aim_missed", "friend_only"),
    "kept": ("over_promising", "broken_promise", "trust_at_risk", "cannot_keep_up"),
}
"""The flags that are about each figure: a figure is an exception where the team's rules say so (domain.md §4)."""


def draw(digest: Digest, voice: Voice) -> bytes:
    """The page as PNG."""
    if not any(map(_has_something, digest.managers)):
        return _quiet(digest, voice)
    managers = digest.managers
    first = managers[: DETAILED if len(managers) <= DETAILED else DETAILED_OF_MANY]
    rest = managers[len(first) :]
    below = HEAD + TEAM + PERSON * len(first)
    table = parts.table_height(len(rest))
    page = Page(below + table + 3 * LEGEND + 60)
    _head(page, digest, voice)
    _team(page, digest, voice)
    concerns = {one.person_id for one in digest.exceptions}
    labels = [voice.label(f"charts-short-{name}") for name in HABITS]
    for number, manager in enumerate(first):
        figures = dict(zip(labels, _of_manager(manager), strict=True))
        parts.person(
            page,
            HEAD + TEAM + number * PERSON,
            manager.name,
            figures,
            _asides(manager, voice),
            is_concern=manager.person_id in concerns,
        )
    if rest:
        rows = [_row(manager) for manager in rest]
        more = voice.label("charts-more", count=len(rows) - 2 * parts.TALLEST)
        parts.table(page, below, [*labels, voice.label("charts-short-flags")], rows, more)
    legend = {"charts-legend-plan": GREY, "charts-legend-kept": GREY, "charts-legend-flagged": ACCENT}
    parts.legend(page, below + table + 10, [(voice.label(text_id), color) for text_id, color in legend.items()])
    return page.png()


def _has_something(manager: ManagerWeek) -> bool:
    return bool(manager.plan or manager.visits_done or manager.promises or manager.opened or manager.cleared)


def _head(page: Page, digest: Digest, voice: Voice) -> None:
    aside = voice.label("charts-partial", days=digest.days_over) if digest.is_partial else ""
    parts.head(page, digest.team_name, voice.days(digest.week.first, digest.week.last), aside)


def _team(page: Page, digest: Digest, voice: Voice) -> None:
    """The team's four figures side by side, and below them what else happened."""
    step = (INNER + GAP) / len(HABITS)
    for place, (name, figure) in enumerate(zip(HABITS, _of_team(digest), strict=True)):
        x = EDGE + place * step
        percent = figure.percent if figure.share is None else f"{figure.percent}%"
        page.text(x, HEAD + 18, voice.label(f"charts-figure-{name}"), SMALL, color=GREY, room=step - GAP)
        page.text(x, HEAD + 72, percent, HUGE, bold=True)
        page.text(x, HEAD + 122, figure.words, SMALL, color=GREY, room=step - GAP)
        page.bar(x, HEAD + 148, step - GAP, figure.share or 0)
    said = voice.label(
        "charts-besides",
        opened=digest.total("flags_opened"),
        cleared=digest.total("flags_cleared"),
        news=len(digest.market),
    )
    page.text(EDGE, HEAD + 202, said, PLAIN)
    page.rule(HEAD + TEAM - 12)


def _of_team(digest: Digest) -> tuple[Figure, ...]:
    """Plan, visits, key accounts and promises of all managers together."""
    now = [one.kept_rate for one in digest.managers]
    before = [one.kept_rate_before for one in digest.managers]
    kept, due = sum(rate.kept for rate in now), sum(rate.due for rate in now)
    kept_before, due_before = sum(rate.kept for rate in before), sum(rate.due for rate in before)
    trend = 100 * kept // due - 100 * kept_before // due_before if due and due_before else 0
    promises = Figure.of(kept, due)
    return (
        Figure.of(digest.total("fulfilled"), digest.total("planned")),
        Figure.of(digest.total("visits_done"), digest.total("visits_aimed")),
        Figure.of(digest.total("key_accounts_met"), digest.total("key_accounts")),
        Figure(f"{promises.words}{_moved(trend)}", promises.share),
    )


def _of_manager(manager: ManagerWeek) -> tuple[Figure, ...]:
    """Plan, visits, key accounts and promises of one manager."""
    habits = {flag.habit for flag in manager.standing}
    plan, visits, keys, kept = (not habits.isdisjoint(about) for about in HABITS.values())
    now, before = manager.kept_percent, manager.kept_percent_before
    trend = now - before if now is not None and before is not None else 0
    rate = "–" if now is None else f"{now}%{_moved(trend)}"
    return (
        Figure.of(manager.fulfilled, manager.planned, is_exception=plan),
        Figure.of(manager.visits_done, manager.visits_aimed, is_exception=visits),
        Figure.of(manager.key_accounts_met, manager.key_accounts, is_exception=keys),
        Figure(rate, None if now is None else now / 100, is_exception=kept),
    )


def _row(manager: ManagerWeek) -> Row:
    opened = f"+{manager.flags_opened}" if manager.flags_opened else ""
    return Row(manager.name, [figure.narrow for figure in _of_manager(manager)], opened)


def _moved(trend: int) -> str:
    """How a share changed since the week before, in points; nothing where it did not."""
    return f" {'▲' if trend > 0 else '▼'}{abs(trend)}" if trend else ""


def _asides(manager: ManagerWeek, voice: Voice) -> list[tuple[str, str]]:
    """What stands beside a manager's name, each with its colour; nothing of what did not happen."""
    told = []
    if manager.silent_workdays:
        told.append((voice.label("charts-silent", days=manager.silent_workdays), GREY))
    if manager.flags_opened:
        told.append((voice.label("charts-opened", count=manager.flags_opened), ACCENT))
    if manager.flags_cleared:
        told.append((voice.label("charts-cleared", count=manager.flags_cleared), BLUE))
    return told


def _quiet(digest: Digest, voice: Voice) -> bytes:
    """The page of a week of which there is nothing to draw: its seven days, and a friendly word."""
    page = Page(HEAD + 330)
    _head(page, digest, voice)
    days = len(digest.week.days)
    step = (INNER + GAP) / days
    for place in range(days):
        page.box(EDGE + place * step, HEAD + 40, step - GAP, step - GAP, TRACK, radius=24)
    kind = "quiet" if digest.managers else "alone"
    parts.nothing(page, HEAD + 200, voice.label(f"charts-{kind}"), voice.label(f"charts-{kind}-advice"))
    return page.png()
