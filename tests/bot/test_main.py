"""The operator's commands, as scripts and checks use them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import spreadsheets
from bot.__main__ import main
from knowledge.article import ArticleError
from knowledge.library import Library
from tests.bot.services.test_records import FULL, PLAIN


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "var"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_ask_answers_as_json() -> None:
    answer = json.loads(run("ask", "什么样的客户才算大客户", "--json").output)
    assert answer["q"] == "什么样的客户才算大客户"
    assert answer["outcome"] == "answer"
    best = answer["articles"][0]
    assert "K9.4" in best["covers"]
    assert 0 < best["score"] <= 1


def test_ask_keeps_the_order_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    lines = ['{"q": "一天跑几家合适"}', "", "今天天气怎么样", '{"q": "how do I say no to a client", "lang": "en"}']
    file.write_text("\n".join(lines), encoding="utf-8")
    answers = [json.loads(line) for line in run("ask", "--file", str(file), "--json").output.splitlines()]
    assert [a["q"] for a in answers] == ["一天跑几家合适", "今天天气怎么样", "how do I say no to a client"]
    assert answers[1]["outcome"] == "none"


def test_ask_shows_titles_and_scores_to_people() -> None:
    output = run("ask", "一天跑几家合适", "--lang", "en").output
    assert "answer (" in output
    assert "visits-per-day" in output
    assert "How many visits" in output


def test_ask_without_a_question_says_what_to_give() -> None:
    result = run("ask")
    assert result.exit_code == 2
    assert "QUESTION or --file" in result.output


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"q": "一天跑几家"}\n{"question": "x"}\n', encoding="utf-8")
    result = run("ask", "--file", str(file))
    assert result.exit_code == 1
    assert "q.jsonl, line 2" in result.output


def test_a_wrong_setting_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TIME_ZONE", "Mars/Olympus")
    result = run("doctor")
    assert result.exit_code == 1
    assert "COACH_TIME_ZONE" in result.output
    assert "Traceback" not in result.output


def test_a_broken_article_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> Library:
        raise ArticleError("some.yaml", "one", "zh.titel", "there is no such field")

    monkeypatch.setattr(Library, "load", broken)
    result = run("ask", "大客户")
    assert result.exit_code == 1
    assert result.output == "Error: some.yaml: article 'one', field 'zh.titel': there is no such field\n"


def test_doctor_before_and_after_migrate() -> None:
    before = run("doctor")
    assert before.exit_code == 1
    assert "python -m bot migrate" in before.output
    assert not Path("var").exists()
    assert run("migrate").exit_code == 0
    after = run("doctor", "--json")
    assert after.exit_code == 0, after.output
    findings = json.loads(after.output)
    assert findings["database"]["kind"] == "sqlite"
    assert findings["engine"]["ok"]
    assert findings["fonts"]["ok"]
    assert findings["messages"]["failed"] == 0
    assert (findings["reminders"]["ok"], findings["reminders"]["due"]) == (True, 0)
    assert findings["telegram"]["text"] == "doctor-telegram-unused"


def test_doctor_tells_that_telegram_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TELEGRAM_TOKEN", "123456:AAabcdefghijklmnopqrstuvwxyz0123456")
    monkeypatch.setenv("COACH_TELEGRAM_API", "http://127.0.0.1:1")
    run("migrate")
    result = run("doctor")
    assert result.exit_code == 1
    assert "http://127.0.0.1:1" in result.output
    assert "AAabcdef" not in result.output


NOTE = {
    "text": "上午去了永辉五一店，张经理说竞品又降价了，答应他下周三前送样品和报价",
    "now": "2026-11-21T17:30:00+08:00",
    "accounts_known": ["华润万家天河店", "永辉超市五一店"],
}


def test_note_tells_what_it_understands_as_json() -> None:
    names = [part for name in NOTE["accounts_known"] for part in ("--account", name)]
    told = json.loads(run("note", str(NOTE["text"]), "--now", "2026-11-21T17:30", *names, "--json").output)
    assert told["kind"] == "visit"
    assert not told["overpromise"]
    assert told["kept_promises"] == []
    assert told["accounts"] == [
        {
            "account": "永辉超市五一店",
            "ask": None,
            "heard": "永辉五一店",
            "contact": "张经理",
            "promises": [{"what": "送样品和报价", "due": "2026-11-25"}],
            "client_promises": [],
            "next": None,
        }
    ]


def test_note_keeps_the_order_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    meeting = {**NOTE, "text": "约了华润明天下午三点谈价格"}
    file.write_text(
        "\n".join([json.dumps(NOTE, ensure_ascii=False), "", json.dumps(meeting, ensure_ascii=False)]), encoding="utf-8"
    )
    told = [json.loads(line) for line in run("note", "--file", str(file), "--json").output.splitlines()]
    assert [one["kind"] for one in told] == ["visit", "appointment"]
    assert told[1]["accounts"][0]["account"] == "华润万家天河店"
    assert told[1]["accounts"][0]["next"]["when"] == "2026-11-22T15:00"


def test_note_is_readable_for_people() -> None:
    output = run("note", "told Sarah at Walmart I'd send the quote by Friday", "--now", "2026-11-21T09:00").output
    assert "promise: send the quote  2026-11-27" in output


def test_a_wrong_time_is_named() -> None:
    result = run("note", "去了永辉", "--now", "yesterday")
    assert result.exit_code == 1
    assert "yesterday: expected a time" in result.output


LIST = "店名,级别,年销售额\n永兴超市,A,80.5\n坏店,D,5\n大河副食,C,6\n"


def file_of(tmp_path: Path, name: str, content: str | bytes) -> str:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("gb18030"))
    return str(path)


def test_a_record_is_imported_and_exported_as_it_was(tmp_path: Path) -> None:
    source = file_of(tmp_path, "r.json", json.dumps(FULL).encode())
    first = run("import", source)
    assert (first.exit_code, first.output) == (0, "1  陈一: 14 new, 0 changed, 0 unchanged\n")
    again = run("import", source)
    assert (again.exit_code, again.output) == (0, "1  陈一: 0 new, 0 changed, 14 unchanged\n")
    for words in ("1", "r-2", "陈一"):
        told = json.loads(run("export", words).output)
        assert told | {"_about": "anything", "as_of": FULL["as_of"]} == FULL


def test_a_list_is_imported_for_whom_the_operator_names(tmp_path: Path) -> None:
    run("import", file_of(tmp_path, "r.json", json.dumps(PLAIN).encode()))
    result = run("import", file_of(tmp_path, "客户.csv", LIST), "--person", "r-1")
    assert result.exit_code == 3
    assert result.stdout == "1  陈一: 1 new, 0 changed, 1 unchanged\n"
    assert result.stderr == "row 3: “级别” is “D”; only A, B and C are known\n"
    near = file_of(tmp_path, "near.csv", "店名,级别\n永兴商行,B\n")
    asked = run("import", near, "--person", "1")
    assert (asked.exit_code, asked.stdout) == (3, "1  陈一: 0 new, 0 changed, 0 unchanged\n")
    assert "“永兴商行” may be “永兴超市”" in asked.stderr
    assert run("import", near, "--person", "1", "--near", "new").output == "1  陈一: 1 new, 0 changed, 0 unchanged\n"
    table = run("export", "1", "--format", "csv").stdout_bytes.decode("utf-8-sig")
    assert table.splitlines()[0].startswith("客户名称,别名,级别,")
    assert "永兴商行" in table
    out = tmp_path / "out.xlsx"
    assert run("export", "1", "--format", "xlsx", "--out", str(out)).exit_code == 0
    assert [sheet.name for sheet in spreadsheets.read(out.read_bytes())][:2] == ["客户", "拜访"]
    back = run("import", str(out), "--person", "1")
    assert (back.exit_code, back.output) == (0, "1  陈一: 0 new, 0 changed, 4 unchanged\n")


def test_failures_of_import_and_export_are_said_in_one_line(tmp_path: Path) -> None:
    listed = file_of(tmp_path, "客户.csv", LIST)
    assert run("import", listed).exit_code == 2
    nobody = run("import", listed, "--person", "没有")
    assert (nobody.exit_code, nobody.output) == (1, "Error: 客户.csv: there is nobody called “没有”\n")
    old = run("import", file_of(tmp_path, "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0"))
    assert old.exit_code == 1
    assert old.output.startswith("Error: a.xls: This is an older kind of spreadsheet.")
    wrong = run("import", file_of(tmp_path, "w.json", json.dumps(PLAIN | {"as_of": "x", "foo": 1}).encode()))
    assert wrong.exit_code == 1
    assert wrong.output.splitlines() == [
        "Error: w.json",
        "as_of: must be a date such as 2026-11-03",
        "foo: there is no such key",
    ]
    assert run("export", "没有").output == "Error: 没有: there is nobody called “没有”\n"


def test_a_records_policy_holds_only_where_the_operator_says_so(tmp_path: Path) -> None:
    policy = PLAIN["team_policy"] | {"max_open_promises": 4}
    source = file_of(tmp_path, "r.json", json.dumps(PLAIN | {"team_policy": policy}).encode())
    run("import", source)
    alone = run("import", source, "--policy")
    assert (alone.exit_code, "is in no team" in alone.output) == (1, True)
    with sqlite3.connect(tmp_path / "var" / "coach.sqlite3") as database:
        database.execute("INSERT INTO team (name, overrides, created_at) VALUES ('城东', '{}', '2026-01-01')")
        database.execute("INSERT INTO membership (person_id, team_id) VALUES (1, 1)")
    database.close()
    assert run("import", source).exit_code == 0
    assert json.loads(run("export", "1").output)["team_policy"]["max_open_promises"] == 8
    assert run("import", source, "--policy").exit_code == 0
    assert json.loads(run("export", "1").output)["team_policy"] == policy


def test_check_names_habit_words_and_a_better_sentence() -> None:
    told = json.loads(run("check", "包在我身上，周五绝对送到", "--json").output)
    assert told["habits"] == ["M4.7.2.9"]
    assert told["hits"][0]["words"] in told["text"]
    assert "“" in told["hits"][0]["suggestion"]
    clean = json.loads(run("check", "If the papers are complete, I reply by Friday.", "--json").output)
    assert (clean["habits"], clean["hits"]) == ([], [])


def test_review_judges_a_portable_record(tmp_path: Path) -> None:
    promise = {
        "made": "2026-11-03",
        "account": "城东",
        "what": "送样品",
        "due": "2026-11-06",
        "kept_on": None,
        "wording": "",
    }
    record = {
        "id": "r1",
        "as_of": "2026-11-20",
        "manager": {"name": "示例"},
        "accounts": [{"name": "城东", "tier": "C"}],
        "promises": [promise],
    }
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    told = json.loads(run("review", str(file), "--json").output)
    (flag,) = [one for one in told["flags"] if one["habit"] == "broken_promise"]
    assert (told["id"], flag["account"], flag["severity"]) == ("r1", "城东", "warning")
    assert "10 个工作日" in flag["because"][0]
    file.write_text(json.dumps(record | {"nonsense": 1}), encoding="utf-8")
    refused = run("review", str(file))
    assert refused.exit_code == 1
    assert "nonsense" in refused.output


def planned(tmp_path: Path, **more: object) -> Path:
    """A record with a key account that waits, a promise that falls due, and an appointment."""
    record = {
        "id": "r1",
        "as_of": "2026-11-20",
        "manager": {"name": "示例"},
        "accounts": [
            {"name": "城东", "tier": "A", "area": "东"},
            {"name": "城西", "tier": "C", "potential": 100, "annual_sales": 10},
            {"name": "河东", "tier": "B", "area": "东"},
        ],
        "promises": [{"made": "2026-11-03", "account": "城西", "what": "送样品", "due": "2026-11-18"}],
        "next_steps": [
            {"agreed": "2026-11-03", "account": "河东", "what": "看样", "due": "2026-11-20", "is_appointment": True}
        ],
        "visits": [{"date": "2026-11-19", "account": "城西", "outcome": "info", "note": "谈了冬季陈列"}],
    }
    file = tmp_path / "record.json"
    file.write_text(json.dumps(record | more), encoding="utf-8")
    return file


def test_plan_proposes_a_day_from_a_portable_record(tmp_path: Path) -> None:
    told = json.loads(run("plan", str(planned(tmp_path)), "--json").output)
    accounts = told.pop("accounts")
    assert told == {
        "id": "r1",
        "date": "2026-11-20",
        "required": round((28 / 7 + 28 / 14 + 28 / 30) / 20, 4),
        "target": 6,
        "median": None,
        "worked_days": 1,
        "proposed": 3,
        "load": round((28 / 7 + 28 / 14 + 28 / 30) / 20 / 6, 4),
        "overloaded": False,
        "stretch": [],
    }
    assert accounts[0]["account"] == "河东"
    codes = {one["account"]: [reason["code"] for reason in one["reasons"]] for one in accounts}
    assert codes["河东"][0] == "appointment"
    assert "same_area" in codes["城东"]
    assert "promise_overdue" in codes["城西"]
    assert all(one["chosen"] and one["points"] == sum(why["points"] for why in one["reasons"]) for one in accounts)
    assert "送样品" in next(
        why["why"] for one in accounts for why in one["reasons"] if why["code"] == "promise_overdue"
    )


def test_plan_takes_another_day_and_names_what_could_be_stretched(tmp_path: Path) -> None:
    cadence = {"A": 2, "B": 14, "C": 5}
    policy = {"daily_visits_target": 1, "cadence_days": cadence}
    file = planned(tmp_path, team_policy=policy)
    told = json.loads(run("plan", str(file), "--json", "--date", "2026-11-17").output)
    assert (told["date"], told["worked_days"], told["overloaded"]) == ("2026-11-17", 0, False)
    cadence["A"] = 1
    told = json.loads(run("plan", str(planned(tmp_path, team_policy=policy)), "--json", "--date", "2026-11-17").output)
    assert told["overloaded"]
    assert told["stretch"] == [{"account": "城西", "from_days": 5, "to_days": 10, "frees": 2.8}]
    shown = run("plan", str(planned(tmp_path, team_policy=policy)), "--date", "2026-11-17").output
    assert "城西  5 → 10  -2.80" in shown
    assert "还不够" in shown
    assert "☑ 1. " in shown
    for day in ("昨天", "0001-01-01", "9999-12-31"):
        assert run("plan", str(file), "--date", day).exit_code == 2
    file.write_text("{}", encoding="utf-8")
    assert run("plan", str(file)).exit_code == 1


def test_digest_prints_a_teams_week_and_writes_its_files(tmp_path: Path) -> None:
    run("migrate")
    with sqlite3.connect(tmp_path / "var" / "coach.sqlite3") as database:
        database.execute("INSERT INTO team (name, overrides, created_at) VALUES ('城东', '{}', '2026-01-05')")
        person = ("陈晓", "manager", "Asia/Shanghai", "2026-01-05")
        database.execute("INSERT INTO person (name, role, time_zone, joined_at) VALUES (?, ?, ?, ?)", person)
        database.execute("INSERT INTO membership VALUES (1, 1)")
    result = run("digest", "城东", "--week", "2026-W10", "--out", str(tmp_path / "out"))
    assert result.output.startswith("城东 · 周报\n3月2日至8日 · 5 个工作日 · 1 位经理\n")
    assert "陈晓 · 3月2日至8日" in result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "周报-城东-2026-03-02.png",
        "周报-城东-2026-03-02.xlsx",
    }
    english = run("digest", "1", "--week", "2026-03-04", "--lang", "en").output
    assert english.startswith("城东 · week\n2–8 Mar · 5 workdays · 1 manager\n")
    assert "No team is called" in run("digest", "城西").output
    assert "expected a day" in run("digest", "城东", "--week", "W9").output
    assert "has not begun" in run("digest", "城东", "--week", "2999-W01").output
