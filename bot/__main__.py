"""The operator's commands: `python -m bot …`. Results go to standard output; `--json` is for scripts."""

from __future__ import annotations

import asyncio
import datetime as dtm
import json
import re
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from bot import digest_files, plan_words, workbooks
from bot import doctor as examination
from bot.clock import Clock
from bot.database import Database
from bot.digest_words import digest_page
from bot.errors import CoachError
from bot.files import Reader, read_apart
from bot.flag_words import said
from bot.import_words import flaw_line
from bot.language import wording
from bot.language.names import Book, KnownAccount
from bot.language.notes import understand
from bot.language.understanding import Commitment, NextStep, Understanding
from bot.manager_words import manager_page
from bot.models import Person
from bot.phone.html_entities import parse_html
from bot.records import FIRST_DAY, LAST_DAY, Record, RecordRefused, read_record
from bot.services import acting, digesting, imports, planning, records, teams
from bot.services.agenda import agenda_of
from bot.services.digests import Digest, week_of
from bot.services.facts import account_facts_of, facts_of
from bot.services.imports import Choice, Imported
from bot.services.planning import DayProposal
from bot.services.proposals import reasons_of
from bot.services.reviews import history_of
from bot.settings import Settings, wrong_setting
from bot.texts import Texts, Voice
from bot.workdays import Workdays
from knowledge.article import ArticleError
from knowledge.search import Result, Search
from rules.compiler import Catalogue
from rules.engine import RuleEngine
from rules.matcher import Matcher

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])


@click.group()
def main() -> None:
    """Zhixing (知行), the coach for account managers: the operator's commands."""


def _file(lines: str) -> Callable[[Command], Command]:
    """The option for a file instead of one text; `lines` says what stands in it."""
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option("--file", "source", type=path, help=lines)


_as_json_lines = click.option("--json", "as_json", is_flag=True, help="one JSON object a line")


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
@_file("questions, one a line: JSON with a field q, or plain text")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="language of the titles")
@_as_json_lines
def ask(question: str | None, source: Path | None, lang: str, as_json: bool) -> None:
    """Ask the knowledge base and see how sure it is, with the scores of the best articles."""
    try:
        search = Search(acting.load_library().articles.values())
    except ArticleError as error:
        raise click.ClickException(str(error)) from error
    for given in _given(question, source, "q"):
        text = given["q"]
        result = search.ask(text)
        click.echo(json.dumps(_as_json(text, result), ensure_ascii=False) if as_json else _as_text(text, result, lang))


def _given(text: str | None, source: Path | None, field: str) -> Iterator[dict[str, Any]]:
    """What a command was given: its text, or the lines of a file, JSON with a `field` or plain, as such objects."""
    if (text is None) == (source is None):
        raise click.UsageError(f"give {'a QUESTION' if field == 'q' else 'a TEXT'} or --file, one of the two")
    if text is not None:
        yield {field: text}
        return
    assert source is not None
    for number, line in enumerate(source.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if line.strip():
            yield _object(line, field, f"{source.name}, line {number}")


def _object(line: str, field: str, place: str) -> dict[str, Any]:
    if not line.lstrip().startswith("{"):
        return {field: line}
    try:
        given: dict[str, Any] = json.loads(line)
        return {**given, field: str(given[field])}
    except (ValueError, KeyError) as error:
        raise click.ClickException(f"{place}: expected a JSON object with a field {field}") from error


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
@click.argument("text", required=False)
@_file("notes, one a line: JSON with text and maybe now, accounts_known, or plain text")
@click.option("--now", help="when the note is written, ISO 8601, in the manager's own time  [default: now]")
@click.option("--account", "accounts", multiple=True, help="the name of an account in the manager's book; repeatable")
@_as_json_lines
def note(text: str | None, source: Path | None, now: str | None, accounts: tuple[str, ...], as_json: bool) -> None:
    """See what the coach understands of a note: kind, accounts, promises with their dates, next steps."""
    for given in _given(text, source, "text"):
        names = dict(enumerate(given.get("accounts_known") or accounts, start=1))
        book = Book(KnownAccount(key, name) for key, name in names.items())
        understood = understand(given["text"], _written_at(given.get("now") or now), book, Workdays())
        told = {"text": given["text"], **_note_as_json(understood, names)}
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else _note_as_text(told))


def _written_at(now: str | None) -> dtm.datetime:
    if now is None:
        return Clock().now().astimezone(_settings().zone)
    try:
        return dtm.datetime.fromisoformat(now)
    except ValueError as error:
        raise click.ClickException(f"{now}: expected a time such as 2026-03-09T17:40") from error


def _note_as_json(understood: Understanding, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "kind": understood.kind,
        "accounts": [
            {
                "account": names[card.account] if card.account is not None else None,
                "ask": card.ask,
                "heard": card.heard,
                "contact": card.contact,
                "promises": [_promise_as_json(promise) for promise in card.promises],
                "client_promises": [_promise_as_json(promise) for promise in card.client_promises],
                "next": card.next and {"what": card.next.what, "when": _when(card.next)},
            }
            for card in understood.cards
            if card.account is not None or card.ask is not None
        ],
        "overpromise": understood.overpromise,
        "kept_promises": [claim.what for claim in understood.kept],
    }


def _promise_as_json(promise: Commitment) -> dict[str, Any]:
    return {"what": promise.what, "due": promise.due and promise.due.isoformat()}


def _when(step: NextStep) -> str | None:
    if step.when is None:
        return None
    if step.time is None:
        return step.when.isoformat()
    return dtm.datetime.combine(step.when, step.time).isoformat(timespec="minutes")


def _note_as_text(told: dict[str, Any]) -> str:
    lines = [f"{told['text']}\n  {told['kind']}{'  over-promise' * told['overpromise']}"]
    for card in told["accounts"]:
        lines.append(f"  {card['account'] or card['ask']}  {card['contact'] or ''}".rstrip())
        lines += [f"    promise: {one['what']}  {one['due'] or '-'}" for one in card["promises"]]
        lines += [f"    client's promise: {one['what']}  {one['due'] or '-'}" for one in card["client_promises"]]
        if card["next"]:
            lines.append(f"    next: {card['next']['what']}  {card['next']['when'] or '-'}")
    lines += [f"  kept: {what}" for what in told["kept_promises"]]
    return "\n".join(lines)


@main.command()
@click.argument("text", required=False)
@_file("texts, one a line: JSON with a field text, or plain text")
@_as_json_lines
def check(text: str | None, source: Path | None, as_json: bool) -> None:
    """Look over what is to be said to a client: bad habits of wording, each with a better sentence."""
    texts = Texts()
    for given in _given(text, source, "text"):
        said = given["text"]
        locale = given.get("lang") or ("zh" if re.search(r"[\u4e00-\u9fff]", said) else "en")
        hits = [
            {"habit": hit.habit, "words": hit.words, "suggestion": texts.plain(locale, hit.suggestion_id)}
            for hit in wording.check(said)
        ]
        if as_json:
            told = {"text": said, "habits": list(dict.fromkeys(hit["habit"] for hit in hits)), "hits": hits}
            click.echo(json.dumps(told, ensure_ascii=False))
            continue
        click.echo(said)
        for hit in hits:
            name = texts.plain(locale, wording.habits()[hit["habit"]].name_id)
            click.echo(f"  {hit['habit']}  {name}: {hit['words']}\n    {hit['suggestion']}")


@main.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--person", "words", help="whose book it is, by id, reference or name; a record says it by its id")
@click.option(
    "--near",
    type=click.Choice(["skip", "same", "new"]),
    default="skip",
    show_default=True,
    help="what becomes of a row that may be about an account known already",
)
@click.option("--policy", "with_policy", is_flag=True, help="let the record's policy hold for the person's team")
def import_(source: Path, words: str | None, near: Choice, with_policy: bool) -> None:
    """Import a spreadsheet of accounts or a portable record. Exit status 3 where rows were left out, each named."""
    data = source.read_bytes()

    async def act(database: Database) -> tuple[Person, Imported]:
        now = Clock().now()
        async with database.read() as session:
            person = await records.find_person(session, words) if words else None
            reader = await imports.reader_for(session, person, person.today(now)) if person else Reader(now.date())
        content = await read_apart(data, reader)
        async with database.begin() as session:
            if words:
                person = await records.find_person(session, words)
            elif isinstance(content, Record):
                person = await records.owner_of(session, content, now)
            else:
                raise click.UsageError("a spreadsheet does not say whose accounts it holds: name him with --person")
            done = await imports.import_at_once(session, person, content, near, now)
            if with_policy and isinstance(content, Record):
                await records.apply_policy(session, person, content.team_policy)
        return person, done

    person, done = _on_database(act, source.name)
    click.echo(f"{person.id}  {person.name}: {done.new} new, {done.changed} changed, {done.unchanged} unchanged")
    voice = Voice(Texts(), "en")
    for problem in done.problems:
        click.echo(f"row {problem.row}: {voice.label(problem.text_id, **problem.values)}", err=True)
    for row in done.questions:
        click.echo(f"row {row.row}: “{row.name}” may be “{row.like}”: give --near same or --near new", err=True)
    sys.exit(3 if done.problems or done.questions else 0)


@main.command()
@click.argument("words", metavar="PERSON")
@click.option(
    "--format",
    "form",
    type=click.Choice(["record", "xlsx", "csv"]),
    default="record",
    show_default=True,
    help="of the file",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="file  [default: standard output]"
)
def export(words: str, form: str, out: Path | None) -> None:
    """Write the book of a person, by id, reference or name: portable record, xlsx, or accounts as csv."""
    if form == "xlsx" and out is None and sys.stdout.isatty():
        raise click.UsageError("an xlsx is nothing to look at in a terminal: give --out FILE")

    async def act(database: Database) -> bytes:
        now, settings = Clock().now(), _settings()
        async with database.begin() as session:
            person = await records.find_person(session, words)
            voice = Voice(Texts(), person.speaks(settings.locale))
            record = await records.export_record(session, person, person.today(now), voice.locale)
        return workbooks.written(record, form, voice)

    content = _on_database(act, words)
    if out is None:
        click.echo(content, nl=False)
    else:
        out.write_bytes(content)


def _on_database(act: Callable[[Database], Awaitable[T]], name: str) -> T:
    """What an act on the database gives, the tables up to date; an expected failure is said in one line."""

    async def run() -> T:
        database = Database(_settings().database)
        try:
            await database.migrate()
            return await act(database)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except CoachError as error:
        raise _refused(error, name) from error


def _refused(error: CoachError, name: str) -> click.ClickException:
    """A failure in one line; of a record one more for each of its errors, with its place."""
    voice = Voice(Texts(), "en")
    if not isinstance(error, RecordRefused):
        return click.ClickException(f"{name}: {voice.label(error.text_id, **error.values)}")
    return click.ClickException("\n".join([name, *(flaw_line(voice, flaw) for flaw in error.flaws)]))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def doctor(as_json: bool) -> None:
    """Look over settings, database, knowledge, engine, fonts, clock and Telegram; exit status 1 where one is bad."""
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


def _record(source: Path) -> Record:
    try:
        return read_record(source.read_bytes())
    except RecordRefused as error:
        raise _refused(error, source.name) from error


@main.command()
@click.argument("source", metavar="RECORD", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def review(source: Path, as_json: bool) -> None:
    """Judge a portable record: its flags, the worst first, each with its reasons."""
    record = _record(source)
    engine = RuleEngine(Catalogue.load())
    found = engine.evaluate(facts_of(history_of(record), engine.matcher))
    names = {str(number): entry.name for number, entry in enumerate(record.accounts, start=1)}
    voice = Voice(Texts(), record.lang)
    flags: list[dict[str, Any]] = [
        {
            "habit": flag.habit,
            "account": names[flag.account] if flag.account else None,
            "item": flag.item,
            "severity": flag.severity.value,
            "because": [voice.label(reason.id, **said(reason.values)) for reason in flag.reasons],
        }
        for flag in found.flags
    ]
    if as_json:
        click.echo(json.dumps({"id": record.id, "flags": flags}, ensure_ascii=False))
        return
    for flag in flags:
        name = voice.label("habit-" + str(flag["habit"]))
        about = " · ".join(str(part) for part in (name, flag["account"], flag["item"]) if part)
        click.echo(f"{flag['severity']:8}  {about}")
        for reason in flag["because"]:
            click.echo(f"          {reason}")


@main.command()
@click.argument("source", metavar="RECORD", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="day to plan  [default: that of the record]")
@click.option("--json", "as_json", is_flag=True, help="one JSON object")
def plan(source: Path, on: dtm.datetime | None, as_json: bool) -> None:
    """Propose a day's plan from a portable record: the number with its arithmetic, the accounts with their reasons."""
    if on and not FIRST_DAY <= on.date() <= LAST_DAY:
        raise click.BadParameter(f"expected a day from {FIRST_DAY} to {LAST_DAY}", param_hint="--date")
    record = _record(source)
    history = history_of(record, on.date() if on else None)
    judged = RuleEngine(Catalogue.load()).evaluate([*account_facts_of(history), *agenda_of(history)])
    basis = planning.basis_from(history)
    proposal = planning.proposal(basis, history.today, reasons_of(judged))
    voice = Voice(Texts(), record.lang)
    told = {"id": record.id, **_plan_as_json(voice, proposal)}
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _plan_as_text(voice, proposal, told))


def _plan_as_json(voice: Voice, proposal: DayProposal) -> dict[str, Any]:
    counted, chosen = proposal.arithmetic, {one.account.id for one in proposal.chosen}
    return {
        "date": proposal.day.isoformat(),
        "required": round(counted.required, 4),
        "target": counted.target,
        "median": counted.median,
        "worked_days": counted.worked_days,
        "proposed": counted.proposed,
        "load": round(counted.load, 4),
        "overloaded": counted.is_overloaded,
        "stretch": [
            {"account": one.name, "from_days": one.from_days, "to_days": one.to_days, "frees": round(one.frees, 4)}
            for one in counted.stretch
        ],
        "accounts": [
            {
                "account": one.account.name,
                "points": one.points,
                "chosen": one.account.id in chosen,
                "reasons": [
                    {
                        "code": reason.code,
                        "points": reason.points,
                        "why": voice.label(reason.text_id, **said(reason.values)),
                    }
                    for reason in one.reasons
                ],
            }
            for one in proposal.ranked
        ],
    }


def _plan_as_text(voice: Voice, proposal: DayProposal, told: dict[str, Any]) -> str:
    head = plan_words.head(voice, proposal.day, proposal.day), plan_words.number(voice, proposal.arithmetic)
    lines = [line.striptags() for line in head]
    if told["overloaded"]:
        lines.append(voice.label("plan-overloaded", percent=f"{100 * told['load']:.0f}"))
    lines += [
        f"  {one['account']}  {one['from_days']} → {one['to_days']}  -{one['frees']:.2f}" for one in told["stretch"]
    ]
    if not proposal.arithmetic.fits:
        lines.append(voice.label("plan-over-not-enough"))
    for place, one in enumerate(told["accounts"], start=1):
        lines.append(f"{'☑' if one['chosen'] else '☐'} {place}. {one['account']}  {one['points']}")
        lines += [f"     {reason['points']:>4}  {reason['why']}" for reason in one["reasons"]]
    return "\n".join(lines)


@main.command()
@click.argument("words", metavar="TEAM")
@click.option("--week", "given", help="a day of it (2026-11-16), or its number (2026-W47)  [default: last week]")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="language of the digest")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="folder for picture and workbook")
def digest(words: str, given: str | None, lang: str, out: Path | None) -> None:
    """Print the week of a team, by name or id, as its lead reads it; write its picture and its workbook."""
    now = Clock().now()
    newest = week_of(now.astimezone(_settings().zone).date())
    week = newest.before if given is None else week_of(_day_of(given))
    if week.first > newest.first:
        raise click.ClickException(f"{given}: that week has not begun")
    matcher, search = Matcher(Catalogue.load()), Search(acting.load_library().articles.values())

    async def act(database: Database) -> Digest:
        async with database.read() as session:
            team = await teams.find(session, words)
            return await digesting.compute(session, team, week, now, matcher=matcher, terms=search.terms)

    found, voice = _on_database(act, words), Voice(Texts(), lang)
    pages = [digest_page(voice, found, newest=newest)]
    pages += [manager_page(voice, manager, week, newest=newest) for manager in found.managers]
    click.echo("\n\n".join(parse_html(page.html)[0] for page in pages))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        click.echo()
        png, xlsx = asyncio.run(digest_files.drawn(voice, found))
        for ending, content in (("png", png), ("xlsx", xlsx)):
            path = out / f"{digest_files.name(voice, found)}.{ending}"
            path.write_bytes(content)
            click.echo(path)


def _day_of(week: str) -> dtm.date:
    """A day of the week that was named. Raises ClickException for no such week."""
    try:
        return dtm.date.fromisoformat(week)  # both forms: https://docs.python.org/3/library/datetime.html
    except ValueError as error:
        raise click.ClickException(f"{week}: expected a day such as 2026-11-16, or a week such as 2026-W47") from error


if __name__ == "__main__":
    main()
