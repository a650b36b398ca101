"""The library: every article of `articles/*.yaml`, checked at load, found by id or by item of the documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import yaml

from knowledge.article import Article, ArticleError, parse_article

ARTICLES = Path(__file__).parent / "articles"
INVENTORY = Path(__file__).parent / "inventory.yaml"


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises ArticleError with the line where it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ArticleError(path.name, "?", f"line {line}", str(error.problem)) from error


def inventory_items(path: Path = INVENTORY) -> dict[str, str]:
    """Every item id of the two documents with its topic, in the documents' order."""
    documents: dict[str, list[dict[str, str]]] = read_yaml(path)
    return {item["id"]: item["topic"] for items in documents.values() for item in items}


class Library:
    """The articles by id. Raises ArticleError where ids repeat, or where anything that an article names is unknown."""

    def __init__(
        self,
        articles: Iterable[tuple[str, Article]],
        items: Iterable[str],
        *,
        commands: Collection[str] | None = None,
        figures: Collection[str] | None = None,
    ) -> None:
        """Take (file name, article) pairs, the known item ids, and the known commands and figures; None for any."""
        known = set(items)
        pairs = list(articles)
        self.articles: dict[str, Article] = {}
        for file, article in pairs:
            if article.id in self.articles:
                raise ArticleError(file, article.id, "id", "another article has the same id")
            if unknown := set(article.covers) - known:
                raise ArticleError(file, article.id, "covers", f"not in the inventory: {sorted(unknown)}")
            if commands is not None and (unknown := set(article.commands) - set(commands)):
                raise ArticleError(file, article.id, "commands", f"no such command: {sorted(unknown)}")
            if figures is not None and article.figure is not None and article.figure not in figures:
                raise ArticleError(file, article.id, "figure", f"no such figure: {article.figure}")
            self.articles[article.id] = article
        for file, article in pairs:
            if unknown := set(article.related) - self.articles.keys():
                raise ArticleError(file, article.id, "related", f"no such article: {sorted(unknown)}")

    @classmethod
    def load(
        cls,
        folder: Path = ARTICLES,
        inventory: Path = INVENTORY,
        *,
        commands: Collection[str] | None = None,
        figures: Collection[str] | None = None,
    ) -> Library:
        """The library of a folder of YAML files, each a list of articles. Raises ArticleError.

        `commands` and `figures` are those that articles may name; None lets them name any.
        """
        pairs: list[tuple[str, Article]] = []
        for path in sorted(folder.glob("*.yaml")):
            loaded = read_yaml(path)
            if not isinstance(loaded, list):
                raise ArticleError(
                    path.name, "?", "(whole file)", "expected a list of articles, each starting with '- id:'"
                )
            pairs += [(path.name, parse_article(entry, path.name)) for entry in loaded]
        if not pairs:
            raise ArticleError(folder.name, "?", "(folder)", "there are no articles")
        return cls(pairs, inventory_items(inventory), commands=commands, figures=figures)

    def __getitem__(self, article_id: str) -> Article:
        """The article with this id; KeyError where there is none."""
        return self.articles[article_id]

    def __contains__(self, article_id: object) -> bool:
        """Whether there is an article with this id."""
        return article_id in self.articles

    def __len__(self) -> int:
        """How many articles there are."""
        return len(self.articles)

    def covering(self, item: str) -> list[Article]:
        """The articles that explain an item of the documents."""
        return [article for article in self.articles.values() if item in article.covers]
