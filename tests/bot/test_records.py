"""The portable record: read strictly, each error with its place, and written as it was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records import ABOUT, Record, RecordRefused, place_of, read_record, write_record
from bot.texts import LOCALES, Texts
from tests.bot.services.test_records import FULL, PLAIN
from tests.conftest import require

TEXTS = Texts()
EXAMPLE = Path(__file__).parents[3] / "shared" / "examples" / "manager-record.json"


def copy_of(data: dict[str, Any]) -> Any:
    return json.loads(json.dumps(data))


def read(data: object) -> Record:
    return read_record(json.dumps(data).encode())


def flaws(data: object) -> list[tuple[str, str]]:
    with pytest.raises(RecordRefused) as refused:
        read(data)
    return [(flaw.place, flaw.text_id) for flaw in refused.value.flaws]


def test_the_example_comes_out_as_it_went_in() -> None:
    require(EXAMPLE.is_file(), "the example record lies outside the repository")
    data = EXAMPLE.read_bytes()
    assert json.loads(write_record(read_record(data))) == json.loads(data)


@pytest.mark.parametrize("data", [PLAIN, FULL], ids=["plain", "full"])
def test_what_was_read_is_written_again(data: dict[str, Any]) -> None:
    assert json.loads(write_record(read(data))) == data
    assert read_record(write_record(read(data)).encode()) == read(data)


def test_what_is_not_there_is_empty_and_only_the_plain_keys_are_written() -> None:
    record = read({"id": "r", "as_of": "2026-11-20", "manager": {"name": "陈"}})
    assert record.about == ABOUT
    assert list(json.loads(write_record(record))) == list(PLAIN)
    assert json.loads(write_record(record))["team_policy"] == PLAIN["team_policy"]


def test_a_byte_order_mark_is_no_error() -> None:
    assert read_record(b"\xef\xbb\xbf" + json.dumps(PLAIN).encode()) == read(PLAIN)


WRONG: list[tuple[list[str | int], object, str]] = [
    (["foo"], 1, "record-unknown-key"),
    (["accounts", 0, "foo"], 1, "record-unknown-key"),
    (["manager", "foo"], 1, "record-unknown-key"),
    (["team_policy", "foo"], 1, "record-unknown-key"),
    (["team_policy", "cadence_days", "D"], 1, "record-unknown-key"),
    (["team_policy", "min_contacts_A"], "3", "record-not-a-whole-number"),
    (["team_policy", "cadence_days", "A"], 0, "record-out-of-range"),
    (["id"], "", "record-empty"),
    (["id"], 5, "record-not-a-text"),
    (["lang"], "fr", "record-not-one-of"),
    (["as_of"], "20.11.2026", "record-not-a-day"),
    (["as_of"], "0001-01-01", "record-out-of-range"),
    (["promises", 0, "due"], "9999-12-31", "record-out-of-range"),
    (["manager", "time_zone"], "Mars/Olympus", "record-no-zone"),
    (["manager", "years_in_role"], "3", "record-not-a-number"),
    (["manager"], [], "record-not-an-object"),
    (["accounts"], {}, "record-not-a-list"),
    (["accounts", 0], "永兴", "record-not-an-object"),
    (["accounts", 0, "name"], "永" * 129, "record-too-long"),
    (["accounts", 0, "tier"], "D", "record-not-one-of"),
    (["accounts", 0, "potential"], "120", "record-not-a-number"),
    (["accounts", 0, "potential"], -1, "record-out-of-range"),
    (["accounts", 0, "payment_delay_days"], 2.5, "record-not-a-whole-number"),
    (["accounts", 0, "margin_pct"], True, "record-not-a-number"),
    (["accounts", 0, "trend"], "sideways", "record-not-one-of"),
    (["accounts", 1, "collateral", "stage"], "放贷", "record-not-one-of"),
    (["accounts", 1, "collateral", "basis", 0], "关系", "record-not-one-of"),
    (["contacts", 0, "stance"], "friend", "record-not-one-of"),
    (["contacts", 0, "account"], "没有这家", "record-no-account"),
    (["visits", 0, "date"], "2026-02-30", "record-not-a-day"),
    (["visits", 0, "outcome"], "won", "record-not-one-of"),
    (["visits", 0, "account"], "没有这家", "record-no-account"),
    (["visits", 0, "note"], "a\0b", "record-wrong"),
    (["visits", 0, "kind"], "fax", "record-not-one-of"),
    (["plans", 0, "accounts", 1], "没有这家", "record-no-account"),
    (["plans", 0, "target"], 1.5, "record-not-a-whole-number"),
    (["promises", 0, "due"], "周五", "record-not-a-day"),
    (["promises", 0, "what"], "字" * 257, "record-too-long"),
    (["promises", 0, "moves", 0, "to"], None, "record-not-a-day"),
    (["market_reports", 0, "topic"], "weather", "record-not-one-of"),
    (["next_steps", 0, "time"], "noon", "record-not-a-time"),
    (["next_steps", 0, "is_appointment"], "yes", "record-not-a-yes-or-no"),
    (["leave", 0, "last_day"], "2026-11-01", "record-out-of-range"),
    (["wording", 0, "text"], None, "record-not-a-text"),
]


@pytest.mark.parametrize(("path", "value", "text_id"), WRONG, ids=[place_of(path) for path, *_ in WRONG])
def test_each_error_has_its_place(path: list[str | int], value: object, text_id: str) -> None:
    data = copy_of(FULL)
    part = data
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert (place_of(path), text_id) in flaws(data)


def test_errors_are_told_together_in_order_and_not_without_end() -> None:
    data = copy_of(PLAIN) | {"foo": 1}
    del data["accounts"][0]["name"]
    data["promises"][0]["due"] = "x"
    assert flaws(data) == [
        ("accounts[0].name", "record-missing"),
        ("promises[0].due", "record-not-a-day"),
        ("foo", "record-unknown-key"),
    ]
    assert len(flaws(PLAIN | {f"foo{number}": 1 for number in range(100)})) == 20


def test_the_same_thing_twice_is_told() -> None:
    data = copy_of(PLAIN)
    for key in ("accounts", "contacts", "plans"):
        data[key].append(data[key][0])
    assert flaws(data) == [
        ("accounts[2].name", "record-twice"),
        ("contacts[2].name", "record-twice"),
        ("plans[1].date", "record-twice"),
    ]


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"null", b'{"id": "\\ud800"}', b"{" * 500, b"\xff{}", b'{"a": NaN}']
)
def test_what_is_no_record_at_all_is_refused(text: bytes) -> None:
    with pytest.raises(RecordRefused):
        read_record(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FULL, "name", "date"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(list(FULL)), JSON)
def test_any_json_is_a_record_or_refused_in_words_of_both_languages(key: str, value: object) -> None:
    try:
        record = read_record(json.dumps(copy_of(FULL) | {key: value}).encode())
    except RecordRefused as refused:
        for locale in LOCALES:
            said = [TEXTS.plain(locale, flaw.text_id, flaw.values) for flaw in refused.flaws]
            assert all(said)
    else:
        assert read_record(write_record(record).encode()) == record
