"""One knowledge article: its schema, and the error that names file, article and field when it is broken."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=39)]
ItemId = Annotated[str, Field(pattern=r"^[KM]\d+(\.\d+)*$")]
Line = Annotated[str, Field(min_length=1, max_length=160)]


class ArticleError(ValueError):
    """A broken article: which file, which article, which field, and what is wrong with it."""

    def __init__(self, file: str, article: str, field: str, problem: str) -> None:
        self.file, self.article, self.field, self.problem = file, article, field, problem
        super().__init__(f"{file}: article {article!r}, field {field!r}: {problem}")


class Strict(BaseModel):
    """The common ground of the schema: frozen, and unknown fields are refused by name."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Practice(Strict):
    """An addition from practice, shown apart from what the documents say: the text and where it is from."""

    text: Line
    source: Line


class ArticleText(Strict):
    """One language of an article: what is shown (title, answer, steps, today) and how people ask for it."""

    title: Annotated[str, Field(min_length=2, max_length=60)]
    answer: Line
    steps: Annotated[list[Line], Field(min_length=2, max_length=5)]
    today: Line
    ask: Annotated[list[Line], Field(min_length=4, max_length=10)]
    keywords: list[str] = []
    practice: Practice | None = None


class Article(Strict):
    """An entry of the knowledge base in both languages.

    `covers` names the items of `inventory.yaml` that it explains, `habits` the habit codes of the rule
    catalogue that it advises on, `commands` the commands that act on it as they would be typed (without slash),
    the best first. `heading_only` is set where the document gives only a heading, so that the answer says so.
    """

    id: Slug
    covers: Annotated[list[ItemId], Field(min_length=1)]
    related: list[Slug] = []
    habits: list[str] = []
    commands: list[str] = []
    figure: Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")] | None = None
    heading_only: bool = False
    zh: ArticleText
    en: ArticleText

    def text(self, locale: str) -> ArticleText:
        """The article in `locale`: "en", and Chinese for everything else."""
        return self.en if locale == "en" else self.zh


def parse_article(data: Any, file: str) -> Article:
    """The article described by `data`, one mapping of a YAML file. Raises ArticleError."""
    name = str(data.get("id", "?")) if isinstance(data, dict) else "?"
    try:
        return Article.model_validate(data)
    except ValidationError as error:
        # A misspelt field is missing under its right name, too: name the slip, not what follows from it.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        field = ".".join(str(part) for part in first["loc"]) or "(whole article)"
        problem = {"extra_forbidden": "there is no such field", "missing": "is missing"}.get(
            first["type"], first["msg"]
        )
        raise ArticleError(file, name, field, problem) from error


def item_key(item: str) -> tuple[str, tuple[int, ...]]:
    """A sort key that puts K9.2 before K9.14."""
    return item[0], tuple(int(number) for number in re.findall(r"\d+", item))
