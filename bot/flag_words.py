"""Flags in words: title, reasons, the chain behind them and what is missing, for conversations and jobs alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from bot.services.flags import Shown, derivation
from bot.texts import Voice
from rules.assessment import Step
from rules.facts import Value
from rules.matcher import Missing
from rules.rule import Layer

MARKS = {"critical": "🔴", "warning": "🟠", "notice": "🔵"}
DOCUMENTS = "KM"
"""The letters that begin the ids of the two documents' items."""


def title(voice: Voice, shown: Shown) -> Markup:
    """How heavy it is, the habit, and the account."""
    flag = shown.flag
    name = voice.label(f"habit-{flag.habit}")
    if flag.item is not None:
        name = f"{name} · {flag.item}"
    mark = MARKS[flag.severity]
    if shown.account is None:
        return voice.text("flags-title", mark=mark, name=name)
    return voice.text("flags-title-account", mark=mark, name=name, account=shown.account)


def reasons(voice: Voice, shown: Shown) -> list[Markup]:
    """What the facts say, a line each: outermost first, none twice."""
    found = derivation(shown.flag).reasons()
    return [voice.text("flags-reason", reason=voice.label(one.id, **said(one.values))) for one in found]


def said(values: Mapping[str, Value]) -> dict[str, object]:
    """Values as texts take them: yes and no in words that a text can choose by, figures without idle places."""
    return {name: _said(value) for name, value in values.items()}


def _said(value: Value) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def chain(voice: Voice, shown: Shown) -> list[Markup]:
    """The derivation as an indented tree, from the advice down to the facts, each step with its rule and source."""
    return tree(voice, derivation(shown.flag))


def tree(voice: Voice, step: Step) -> list[Markup]:
    """A step and those that led to it, indented, each with its rule and source."""
    return [_step(voice, one, depth) for depth, one in _walk(step, 0)]


def _walk(step: Step, depth: int) -> Iterator[tuple[int, Step]]:
    yield depth, step
    for one in step.because:
        yield from _walk(one, depth + 1)


def _step(voice: Voice, step: Step, depth: int) -> Markup:
    return voice.text(
        f"flags-step-{step.layer.value}",
        indent="\u2002" * depth,
        name=voice.label(f"habit-{step.code}") if step.layer in {Layer.HABIT, Layer.COMBINATION} else "",
        why=voice.label(step.why.id, **said(step.why.values)) if step.why else "",
        rule=f"{step.rule} v{step.version}",
        source=source(voice, step.source),
    )


def source(voice: Voice, items: Iterable[str]) -> str:
    """Where a rule and its limit come from: the documents' items by their ids, else our own page of rules."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for item in items:
        if item[0] in DOCUMENTS:
            numbers[item[0]].append(item[1:])
    named = [voice.label(f"flags-source-{document}", numbers=", ".join(found)) for document, found in numbers.items()]
    return "; ".join(named) or voice.label("flags-source-own")


def missing(voice: Voice, habit: str, ways: list[Missing]) -> Markup:
    """Why a habit is not flagged at an account: the first condition that fails, with its figure."""
    name = voice.label(f"habit-{habit}")
    tested = next((way.tested for way in ways if way.tested is not None), None)
    if tested is None:
        return voice.text("flags-not-nothing", name=name)
    return voice.text(
        "flags-not-line",
        name=name,
        field=voice.label(f"fact-{tested.field}"),
        value=_figure(voice, tested.value),
        operator=tested.operator,
        limit=_figure(voice, tested.limit),
    )


def _figure(voice: Voice, value: Value) -> str:
    if isinstance(value, bool):
        return voice.label("flags-yes" if value else "flags-no")
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
