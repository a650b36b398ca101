"""The operator's commands: `python -m bot …`. Results go to standard output; `--json` is for scripts."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from bot import doctor as examination
from bot.clock import Clock
from bot.database import Database
from bot.settings import Settings, wrong_setting
from bot.texts import Texts
from knowledge.article import ArticleError
from knowledge.library import Library
from knowledge.search import Result, Search


@click.group()
def main() -> None:
    """Zhixing (知行), the coach for account managers: the operator's commands."""


def _settings() -> Settings:
    """The settings; a wrong one is said in one line."""
    try:
        return Settings()
    except ValidationError as error:
        raise click.ClickException(wrong_setting(error)) from error


@main.command()
def migrate() -> None:
    """Bring the database's tables to the newest revision."""

    async def run() -> None:
        database = Database(_settings().database)
        try:
            await database.migrate()
        finally:
            await database.close()

    asyncio.run(run())


@main.command()
@click.argument("question", required=False)
@click.option(
    "--file",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="questions, one a line: JSON with a field q, or plain text",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="language of the titles")
@click.option("--json", "as_json", is_flag=True, help="one JSON object a line")
def ask(question: str | None, source: Path | None, lang: str, as_json: bool) -> None:
    """Ask the knowledge base and see how sure it is, with the scores of the best articles."""
    try:
        search = Search(Library.load().articles.values())
    except ArticleError as error:
        raise click.ClickException(str(error)) from error
    for text in _given(question, source):
        result = search.ask(text)
        click.echo(json.dumps(_as_json(text, result), ensure_ascii=False) if as_json else _as_text(text, result, lang))


def _given(question: str | None, source: Path | None) -> Iterator[str]:
    if (question is None) == (source is None):
        raise click.UsageError("give a QUESTION or --file, one of the two")
    if question is not None:
        yield question
        return
    assert source is not None
    for number, line in enumerate(source.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if line.strip():
            yield _question_of(line, f"{source.name}, line {number}")


def _question_of(line: str, place: str) -> str:
    if not line.lstrip().startswith("{"):
        return line
    try:
        return str(json.loads(line)["q"])
    except (ValueError, KeyError) as error:
        raise click.ClickException(f"{place}: expected a JSON object with a field q") from error


def _as_json(text: str, result: Result) -> dict[str, Any]:
    return {
        "q": text,
        "outcome": result.outcome,
        "articles": [
            {"id": hit.article.id, "covers": hit.article.covers, "score": round(hit.score, 4)} for hit in result.hits
        ],
    }


def _as_text(text: str, result: Result, lang: str) -> str:
    lines = [f"{text}\n  {result.outcome} ({result.confidence:.2f})"]
    for hit in result.hits:
        title = hit.article.text(lang).title
        lines.append(f"  {hit.score:.3f}  {hit.article.id}  {title}  [{', '.join(hit.article.covers)}]")
    return "\n".join(lines)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def doctor(as_json: bool) -> None:
    """Look over settings, database, knowledge, engine, clock and Telegram; exit status 1 where one is bad."""
    settings, texts = _settings(), Texts()
    findings = asyncio.run(examination.examine(settings, Clock()))
    if as_json:
        told = {
            what: {"ok": finding.ok, "text": finding.text_id, **finding.values} for what, finding in findings.items()
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for what, finding in findings.items():
            mark = texts.plain(settings.locale, "doctor-good" if finding.ok else "doctor-bad")
            name = texts.plain(settings.locale, f"doctor-name-{what}")
            click.echo(f"{mark}  {name}: {texts.plain(settings.locale, finding.text_id, finding.values)}")
    sys.exit(0 if all(finding.ok for finding in findings.values()) else 1)


if __name__ == "__main__":
    main()
