"""The lexicon: each group of patterns finds its examples and leaves what only looks like them."""

from __future__ import annotations

import pytest

from bot.language.patterns import groups

FILES = ("clauses", "promises", "notes", "intents", "commands")
GROUPS = [(file, name) for file in FILES for name in groups(file)]


@pytest.mark.parametrize(("file", "name"), GROUPS)
def test_a_group_finds_its_examples_and_leaves_the_others(file: str, name: str) -> None:
    group = groups(file)[name]
    assert group.about
    assert group.finds
    assert group.leaves
    assert [text for text in group.finds if not group.pattern.search(text)] == []
    assert [text for text in group.leaves if group.pattern.search(text)] == []
