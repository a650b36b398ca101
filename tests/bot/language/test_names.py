from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.language.names import Book, KnownAccount, NameHit, contacts_in, unknown_names

CASES = yaml.load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but strings
KEYS = {key: number for number, key in enumerate(CASES["book"])}
NAMES = list(CASES["book"])


def known(key: str, name: str) -> KnownAccount:
    name, _, alias = name.partition(" (")
    return KnownAccount(KEYS[key], name, (alias.rstrip(")"),) if alias else ())


BOOK = Book(known(key, name) for key, name in CASES["book"].items())


def told(hit: NameHit) -> str:
    keys = sorted(NAMES[one.key] for one in hit.candidates)
    return "|".join(keys if not hit.is_sure else [NAMES[hit.candidates[0].key]])


@pytest.mark.parametrize(("text", "expected"), CASES["find"].items())
def test_a_text_names_these_accounts(text: str, expected: str) -> None:
    assert ("; ".join(map(told, BOOK.find(text))) or "none") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["people"].items())
def test_a_text_names_these_people(text: str, expected: str) -> None:
    assert ("; ".join(one.words for one in contacts_in(text)) or "none") == expected


@pytest.mark.parametrize(("text", "expected"), CASES["strangers"].items())
def test_a_text_names_these_strangers(text: str, expected: str) -> None:
    assert ("; ".join(one.words for one in unknown_names(text)) or "none") == expected
