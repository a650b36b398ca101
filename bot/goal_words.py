"""A month's goals in words: how each stands, how a month ended, the buttons that set them; for handler and job."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.keyboards import Button
from bot.models import GoalKind
from bot.replies import Say
from bot.services.goals import Progress
from bot.texts import Voice


def standing(
    voice: Voice, month: dtm.date, found: Sequence[Progress], unit: str | None, *, news: Markup | None = None
) -> Say:
    """The goals of a month as they stand, each to be set, the volume to be reported."""
    lines = [voice.text("goals-head", month=voice.month(month)), *([news] if news else [])]
    lines += [_line(voice, one, unit) for one in found]
    if not found:
        lines.append(voice.text("goals-none"))
    return Say(Markup("\n").join(lines), _buttons(voice, month, found))


def month_start(
    voice: Voice,
    month: dtm.date,
    last: Sequence[Progress],
    done: Mapping[GoalKind, int],
    now: Sequence[Progress],
    *,
    unit: str | None,
) -> Say:
    """How the last month ended, and the question for the three numbers of this one, or how they are set already.

    `done` is what the records show of the last month: where no goal was set it helps to set one, as long as none is.
    """
    ended = [_line(voice, one, unit, is_over=True) for one in last]
    if not now:
        had = {one.kind for one in last}
        ended += [_done(voice, kind, count) for kind, count in done.items() if count and kind not in had]
    lines = [voice.text("goals-last"), *ended] if ended else []
    if now:
        lines.append(voice.text("goals-head", month=voice.month(month)))
        lines += [_target(voice, one, unit) for one in now]
    else:
        lines.append(voice.text("goals-ask-month", month=voice.month(month)))
    rows = _buttons(voice, month, now)
    if any(one.kind is GoalKind.VOLUME for one in last):
        before = (month - dtm.timedelta(days=1)).replace(day=1)
        rows.append([Button(voice.label("goals-act-tell-last"), f"goal-tell:{before:%Y%m}")])
    return Say(Markup("\n").join(lines), rows)


def amount(kind: GoalKind, number: float, unit: str | None) -> str:
    """A number as people read it, the volume with the manager's unit of money."""
    said = f"{number:,.2f}".rstrip("0").rstrip(".")
    return f"{said} {unit}" if kind is GoalKind.VOLUME and unit else said


def _line(voice: Voice, one: Progress, unit: str | None, *, is_over: bool = False) -> Markup:
    """One goal: reached of its number, and what the pace asks for by now, once it asks for any."""
    kind = voice.label(f"goals-kind-{one.kind}")
    target = amount(one.kind, one.target, unit)
    if one.reached is None:
        return voice.text("goals-line-untold", kind=kind, target=target)
    by_now = 0 if is_over else round(one.expected_by_now)
    expected = voice.label("goals-expected", expected=f"{by_now:,}") if by_now else ""
    reached = amount(one.kind, one.reached, None)
    return voice.text(
        "goals-line", kind=kind, reached=reached, target=target, percent=one.percent or 0, expected=expected
    )


def _done(voice: Voice, kind: GoalKind, count: int) -> Markup:
    """What was done without a goal."""
    return voice.text("goals-line-done", kind=voice.label(f"goals-kind-{kind}"), reached=amount(kind, count, None))


def _target(voice: Voice, one: Progress, unit: str | None) -> Markup:
    return voice.text(
        "goals-line-target", kind=voice.label(f"goals-kind-{one.kind}"), target=amount(one.kind, one.target, unit)
    )


def _buttons(voice: Voice, month: dtm.date, found: Sequence[Progress]) -> list[list[Button]]:
    """A button for each of the three numbers, and one that reports the volume where it has a goal."""
    rows = [
        [
            Button(
                voice.label("goals-act-set", kind=voice.label(f"goals-kind-{kind}")), f"goal-ask:{month:%Y%m}:{kind}"
            )
            for kind in GoalKind
        ]
    ]
    if any(one.kind is GoalKind.VOLUME for one in found):
        rows.append([Button(voice.label("goals-act-tell"), f"goal-tell:{month:%Y%m}")])
    return rows
