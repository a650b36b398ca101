from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.language.names import Book, KnownAccount, NameHit

CASES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - makes nothing but strings
)
KEYS = list(CASES["book"])


def known(key: str) -> KnownAccount:
    """An account of the cases: its name, and an alias in brackets."""
    name, _, alias = CASES["book"][key].partition(" (")
    return KnownAccount(KEYS.index(key), name, (alias.rstrip(")"),) if alias else ())


BOOK = Book(map(known, KEYS))


def told(hit: NameHit) -> str:
    """A hit as the cases write it."""
    keys = [KEYS[one.key] for one in hit.candidates]
    return keys[0] if hit.is_sure else "|".join(sorted(keys))


@pytest.mark.parametrize(("text", "expected"), CASES["find"].items())
def test_a_text_names_these_accounts(text: str, expected: str) -> None:
    assert ("; ".join(map(told, BOOK.find(text))) or "none") == expected


def test_a_hit_holds_the_words_as_typed() -> None:
    (hit,) = BOOK.find("上午去了永輝超市五一店。")
    assert (hit.start, hit.end, hit.words) == (4, 11, "永輝超市五一店")
    assert [(one.name, one.score) for one in hit.candidates] == [("永辉超市五一店", 1.0)]


def test_the_very_name_goes_before_a_slip() -> None:
    very, misspelt = BOOK.find("大润发城南店"), BOOK.find("大闰发城南店")
    assert very[0].candidates[0].score == 1
    assert misspelt[0].candidates[0].score < 1


def test_an_alias_names_its_account() -> None:
    book = Book([KnownAccount(1, "上海聚鑫实业", ("老厂", "JX")), KnownAccount(2, "聚鑫煤炭")])
    assert [hit.candidates[0].key for hit in book.find("去了老厂") if hit.is_sure] == [1]
    assert [hit.candidates[0].key for hit in book.find("called JX today") if hit.is_sure] == [1]
    assert not book.find("聚鑫要货")[0].is_sure


def test_of_near_equals_the_one_whose_contact_is_named_is_meant() -> None:
    book = Book(
        [KnownAccount(1, "永辉超市五一店", (), ("张经理",)), KnownAccount(2, "永辉超市解放路店", (), ("李姐",))]
    )
    (unsure,) = book.find("永辉说要换陈列")
    (sure,) = book.find("永辉的李姐说要换陈列")
    assert not unsure.is_sure
    assert sure.is_sure
    assert [one.key for one in sure.candidates] == [2, 1]


def test_parts_that_only_together_name_an_account_are_one_hit() -> None:
    (hit,) = BOOK.find("永辉的五一店缺货")
    assert (hit.words, told(hit)) == ("永辉的五一店", "hui")


def test_what_tells_one_shop_from_the_next_is_no_slip() -> None:
    book = Book([KnownAccount(1, "好邻居超市一店"), KnownAccount(2, "好邻居超市东门店")])
    assert book.find("好邻居超市二店缺货") == []
    assert book.find("好邻居超市西门店缺货") == []
    assert [told_key.key for hit in book.find("好邻居超市1店") for told_key in hit.candidates] == [1]


def test_a_slip_in_the_branch_is_asked() -> None:
    (hit,) = Book([KnownAccount(1, "好邻居超市金桥店")]).find("好邻居超市金湖店")
    assert not hit.is_sure


def test_another_kind_of_shop_is_another_account() -> None:
    book = Book([KnownAccount(1, "好运来超市"), KnownAccount(2, "安康大药房")])
    assert book.find("去了鸿运来烟酒行") == []
    assert not book.find("去了安康酒店")[0].is_sure


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("永辉五一店", ["hui"]),
        ("勇辉超市五一店", ["hui"]),
        ("永辉超市五一", ["hui"]),
        ("永辉超市二店", []),
        ("恒达五金", ["heng"]),
        ("顺丰速运", ["shun"]),
        ("GREENFIELD MARKETS", ["green"]),
        ("Mapel & Co", ["maple"]),
        ("天福便利店", []),
        ("便利店", []),
        ("", []),
    ],
)
def test_a_new_name_is_held_against_the_known(name: str, keys: list[str]) -> None:
    assert [KEYS[one.key] for one in BOOK.near(name)] == keys


def test_a_person_leads_to_the_accounts_where_he_is_known() -> None:
    book = Book([KnownAccount(1, "甲超市", (), ("张经理",)), KnownAccount(2, "乙超市", (), ("張經理", "王姐"))])
    assert {one.key for one in book.accounts_of("张经理")} == {1, 2}
    assert [one.key for one in book.accounts_of("王姐")] == [2]
    assert book.accounts_of("李总") == []


def test_the_same_accounts_make_the_same_book() -> None:
    accounts = tuple(map(known, KEYS))
    assert Book.of(accounts) is Book.of(accounts)
    assert Book.of(accounts[1:]) is not Book.of(accounts)


@pytest.mark.parametrize("name", ["", " ", "超市", "店", "()", "1", "🙂", "a", "[.*+", "有限公司" * 20])
def test_a_book_takes_any_name(name: str) -> None:
    book = Book([KnownAccount(1, name), KnownAccount(2, "永辉超市")])
    assert [hit.candidates[0].key for hit in book.find("去了永辉超市")] == [2]
    assert isinstance(book.near(name), list)


@given(st.lists(st.sampled_from(list(CASES["find"])) | st.text(max_size=6), max_size=5))
def test_hits_stand_in_order_as_typed(texts: list[str]) -> None:
    text = "，".join(texts)
    hits = BOOK.find(text)
    assert all(text[one.start : one.end] == one.words != "" for one in hits)
    assert all(one.candidates for one in hits)
    assert all(one.end <= two.start for one, two in itertools.pairwise(hits))
