"""Every text a person reads: Fluent messages of `locales/{zh,en}/*.ftl`, looked up strictly by locale and id."""

from __future__ import annotations

import datetime as dtm
import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.dates import format_date, format_interval
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor
from markupsafe import Markup, escape

from bot.room import LATIN, clauses, fitted, listed, room

__all__ = ["LATIN", "LINE", "LOCALES", "TextError", "Texts", "Voice", "fitted", "height", "room", "shortened"]

LOCALES = ("zh", "en")
FOLDER = Path(__file__).parent / "locales"


class TextError(LookupError):
    """A text that does not exist, or that lacks a value: a mistake in the code, never shown to a person."""


class _Variables(Visitor):
    """Collects the names of the values that a text needs."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's visitor names it so
        self.names.add(node.id.name)


@functools.cache
def _read(path: Path) -> tuple[ast.Resource, dict[str, set[str]]]:
    """A file of texts and the values that each needs; parsed once, since it does not change while the coach runs."""
    resource = FluentResource(path.read_text(encoding="utf-8"))
    variables = {}
    for entry in resource.body:
        if isinstance(entry, ast.Message):
            found = _Variables()
            found.visit(entry)
            variables[entry.id.name] = found.names
    return resource, variables


class Texts:
    """The texts of all locales.

    `html` escapes each value, so that names and notes can never break a message; a value that is Markup
    already, made by `html` itself, is taken as it is. `plain` is for button labels and toasts.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._bundles = {locale: FluentBundle([locale], use_isolating=False) for locale in LOCALES}
        self._variables: dict[str, dict[str, set[str]]] = {locale: {} for locale in LOCALES}
        for locale in LOCALES:
            for path in sorted((folder / locale).glob("*.ftl")):
                resource, variables = _read(path)
                self._bundles[locale].add_resource(resource)
                self._variables[locale] |= variables

    def plain(self, locale: str, text_id: str, values: Mapping[str, object] | None = None) -> str:
        """The text without any escaping. Raises TextError where the id or a value is missing."""
        bundle = self._bundles[locale]
        if not bundle.has_message(text_id) or (pattern := bundle.get_message(text_id).value) is None:
            raise TextError(f"no text {text_id!r} in {locale}")
        text, errors = bundle.format_pattern(pattern, dict(values or {}))
        if errors:
            raise TextError(f"text {text_id!r} in {locale}: {errors[0]}")
        return str(text)

    def html(self, locale: str, text_id: str, values: Mapping[str, object] | None = None) -> Markup:
        """The text as Telegram HTML, its values escaped. Raises TextError as `plain` does."""
        escaped = {
            key: str(escape(value)) if isinstance(value, str) else value for key, value in (values or {}).items()
        }
        return Markup(self.plain(locale, text_id, escaped))  # noqa: S704 - every value is escaped above

    def day(self, locale: str, day: dtm.date) -> str:
        """A date as people write it on the phone, always with its weekday."""
        return format_date(day, self.plain(locale, "day-pattern"), locale=locale)

    def days(self, locale: str, first: dtm.date, last: dtm.date) -> str:
        """The dates from one to another as people write them, without weekdays."""
        return str(format_interval(first, last, "MMMd", locale=self.plain(locale, "day-interval-locale")))

    def month(self, locale: str, day: dtm.date) -> str:
        """The month of a date, with its year."""
        return format_date(day, self.plain(locale, "day-month-pattern"), locale=locale)

    def variables(self, locale: str) -> dict[str, set[str]]:
        """The ids of all texts of a locale, each with the names of the values that it needs."""
        return self._variables[locale]

    def patterns(self, locale: str, prefix: str) -> dict[str, str]:
        """The texts whose ids begin with `prefix`, each value left as `{name}` for the phone's page to fill in."""
        return {
            text_id: self.plain(locale, text_id, {name: f"{{{name}}}" for name in names})
            for text_id, names in self._variables[locale].items()
            if text_id.startswith(prefix)
        }


@dataclass(frozen=True)
class Voice:
    """The texts in one person's language."""

    texts: Texts
    locale: str

    def text(self, text_id: str, **values: object) -> Markup:
        """The text as Telegram HTML, its values escaped."""
        return self.texts.html(self.locale, text_id, values)

    def label(self, text_id: str, **values: object) -> str:
        """The text without markup, for buttons and toasts, and as a value of another text."""
        return self.texts.plain(self.locale, text_id, values)

    def line(self, text_id: str, *, what: str, lines: int = 1, **values: object) -> Markup:
        """A text in so many lines of the phone: where there is too little room, its value `what` gives way."""
        return self.text(text_id, what=fitted(what, self._left(text_id, lines, values)), **values)

    def reason(self, text_id: str, *, what: str, lines: int = 1, **values: object) -> Markup:
        """The same for a sentence, which ends with a clause that still has room."""
        return self.text(text_id, what=clauses(what, self._left(text_id, lines, values)), **values)

    def listing(
        self, text_id: str, *, what: Sequence[str], between: str, rest: str = "", lines: int = 1, **values: object
    ) -> Markup:
        """The same for several things, of which those stand there that have room; then `rest` where there are more."""
        return self.text(text_id, what=listed(what, between, self._left(text_id, lines, values), rest), **values)

    def _left(self, text_id: str, lines: int, values: Mapping[str, object]) -> float:
        """The room for the value `what` in so many lines, beside all else."""
        taken = room(self.text(text_id, what="x", **values).striptags()) - LATIN  # spaces around nothing would be lost
        return lines * LINE - (lines - 1) * RAGGED - taken

    def day(self, day: dtm.date) -> str:
        """A date with its weekday."""
        return self.texts.day(self.locale, day)

    def days(self, first: dtm.date, last: dtm.date) -> str:
        """The dates from one to another."""
        return self.texts.days(self.locale, first, last)

    def month(self, day: dtm.date) -> str:
        """The month of a date, with its year."""
        return self.texts.month(self.locale, day)


def shortened(text: str, longest: int = 40) -> str:
    """One line of a text, at most `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


LINE = 19.5
"""Room of one line of the phone, in Chinese characters (`room`)."""

RAGGED = 3.0
"""Room that the end of a line may lose to a word that goes to the next."""


def height(said: Iterable[Markup]) -> int:
    """How many lines of the phone these take."""
    return sum(max(1, math.ceil(room(one.striptags()) / LINE)) for one in said)
