"""A broken article stops the start with one sentence that names file, article and field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.article import ArticleError, item_key
from knowledge.library import Library


def text(**changes: Any) -> dict[str, Any]:
    return {"title": "标题", "answer": "答", "steps": ["一", "二"], "today": "做", "ask": list("甲乙丙丁"), **changes}


def entry(**changes: Any) -> dict[str, Any]:
    return {"id": "one", "covers": ["K1.1"], "zh": text(), "en": text(), **changes}


def load(folder: Path, *entries: Any) -> Library:
    (folder / "some.yaml").write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return Library.load(folder)


def test_a_sound_article_is_found_by_id_and_by_item(tmp_path: Path) -> None:
    library = load(tmp_path, entry(), entry(id="two", covers=["K1.2"], related=["one"]))
    assert library["one"].text("zh").title == "标题"
    assert "two" in library
    assert [article.id for article in library.covering("K1.2")] == ["two"]


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (entry(covers=[]), "covers"),
        (entry(covers=["K99.1"]), "covers"),
        (entry(covers=["x"]), "covers.0"),
        (entry(id="Bad Id"), "id"),
        (entry(id="x" * 40), "id"),
        (entry(zh=text(steps=["一"])), "zh.steps"),
        (entry(zh=text(ask=["一"])), "zh.ask"),
        (entry(en=text(today="")), "en.today"),
        (entry(en=None), "en"),
        (entry(titel="x"), "titel"),
        (entry(zh={"titel": "x"} | {k: v for k, v in text().items() if k != "title"}), "zh.titel"),
        (entry(en={k: v for k, v in text().items() if k != "today"}), "en.today"),
        (entry(related=["nobody"]), "related"),
        (entry(zh=text(practice={"text": "没有出处"})), "zh.practice.source"),
        ("not a mapping", "(whole article)"),
    ],
)
def test_a_broken_article_is_named_with_file_and_field(tmp_path: Path, broken: Any, named: str) -> None:
    with pytest.raises(ArticleError) as caught:
        load(tmp_path, broken)
    assert caught.value.field == named
    assert "some.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("broken", "named"), [({"commands": ["paln"]}, "commands"), ({"figure": "visit"}, "figure")])
def test_an_unknown_command_or_figure_is_named(tmp_path: Path, broken: dict[str, Any], named: str) -> None:
    load(tmp_path, entry(commands=["plan"], figure="visits"))
    assert len(Library.load(tmp_path, commands={"plan"}, figures={"visits"})) == 1
    load(tmp_path, entry(**broken))
    with pytest.raises(ArticleError, match=r"some\.yaml") as caught:
        Library.load(tmp_path, commands={"plan"}, figures={"visits"})
    assert caught.value.field == named


def test_two_articles_with_one_id(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="same id"):
        load(tmp_path, entry(), entry())


def test_a_slip_of_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "slip.yaml").write_text("- id: one\n  covers: [K1.1\n", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"slip\.yaml.*line 3"):
        Library.load(tmp_path)


def test_a_file_that_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("id: one\n", encoding="utf-8")
    with pytest.raises(ArticleError, match="list of articles"):
        Library.load(tmp_path)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no articles"):
        Library.load(tmp_path)


def test_items_sort_as_in_the_documents() -> None:
    assert sorted(["K9.14", "K9.2", "M1", "K10.1"], key=item_key) == ["K9.2", "K9.14", "K10.1", "M1"]
