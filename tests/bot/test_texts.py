"""Texts: both languages hold the same ids with the same values, and nothing a person says can break a message."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import handlers
from bot.errors import CoachError
from bot.phone.html_entities import parse_html
from bot.texts import LOCALES, TextError, Texts, fitted, room

TEXTS = Texts()
ROOT = Path(__file__).parents[2]


def test_both_languages_have_the_same_texts_with_the_same_values() -> None:
    zh, en = (TEXTS.variables(locale) for locale in LOCALES)
    assert zh == en


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_valid_telegram_html_with_nasty_values(locale: str) -> None:
    for text_id, names in TEXTS.variables(locale).items():
        html = TEXTS.html(locale, text_id, dict.fromkeys(names, "<b>&\"'</i> \u202e"))
        text, _ = parse_html(html)
        assert "<b>" in text or not names


def test_every_text_that_the_code_names_exists() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    code += (ROOT / "run_bot.py").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:text|label|plain|html)\((?:[\w."]+, )?"([a-z]+-[a-z0-9-]+)"', code))
    named |= {error.text_id for error in CoachError.__subclasses__()}
    named |= {f"command-{name}" for name in handlers.COMMANDS}
    assert len(named) > 20
    assert named <= TEXTS.variables("zh").keys()


def test_every_text_is_used() -> None:
    """A text that nobody says is dead weight: code or catalogue name it, whole or by how its id begins."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "bot").rglob("*.py"), ROOT / "run_bot.py"])
    code += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "rules" / "catalogue").glob("*.yaml"))
    code += "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "language" / "lexicon").glob("*.yaml")
    )
    beginnings = tuple(set(re.findall(r"""["']([a-z]+-(?:[a-z-]+-)?)\{""", code)) | {"phone-", "command-", "wording-"})
    unused = [
        text_id for text_id in TEXTS.variables("zh") if text_id not in code and not text_id.startswith(beginnings)
    ]
    referenced = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/locales/zh").glob("*.ftl"))
    assert [text_id for text_id in unused if f"{{ {text_id} }}" not in referenced] == []


def test_a_missing_id_or_value_is_an_error() -> None:
    with pytest.raises(TextError, match="no-such-text"):
        TEXTS.plain("zh", "no-such-text")
    with pytest.raises(TextError, match="start-again"):
        TEXTS.plain("zh", "start-again")


def test_values_are_escaped_in_html_and_left_alone_in_plain() -> None:
    assert "&lt;b&gt;" in TEXTS.html("zh", "start-again", {"name": "<b>", "how": ""})
    assert "<b>" in TEXTS.plain("zh", "start-again", {"name": "<b>", "how": ""})


def test_what_was_escaped_once_is_not_escaped_again() -> None:
    inner = TEXTS.html("zh", "answer-step", {"number": 1, "step": "A & B"})
    others = dict.fromkeys(["title", "answer", "today", "source"], "x")
    outer = TEXTS.html("zh", "answer-article", others | {"steps": inner})
    assert "A &amp; B" in outer


def test_the_page_gets_its_texts_with_the_names_of_the_values() -> None:
    patterns = TEXTS.patterns("zh", "start-")
    assert patterns["start-again"].startswith("<b>{name}")
    assert all(text_id.startswith("start-") for text_id in patterns)


def test_a_text_is_cut_to_its_room() -> None:
    assert room("永 a") == pytest.approx(2.06)
    assert fitted("永" * 10, 10) == "永" * 10
    assert fitted("永" * 11, 10) == "永" * 9 + "…"
    assert fitted("two\n lines", 10) == "two lines"
    assert room(fitted("a long Latin line that goes on and on", 10)) <= 10
