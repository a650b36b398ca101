"""The lexicon: each group of patterns finds its examples and leaves what only looks like them."""

from __future__ import annotations

import pytest
import yaml

from bot.language.patterns import FOLDER, content, groups

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


@pytest.mark.parametrize("file", FILES)
def test_a_file_says_the_same_to_every_reader_of_yaml(file: str) -> None:
    """The coach reads with libyaml; the plain reader is stricter with what stands unquoted in a list."""
    assert yaml.safe_load((FOLDER / f"{file}.yaml").read_text(encoding="utf-8")) == content(file)
