"""The operator's commands, as scripts and checks use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from knowledge.article import ArticleError
from knowledge.library import Library


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
    def broken() -> Library:
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
    assert findings["messages"]["failed"] == 0
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
