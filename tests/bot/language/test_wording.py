"""Wording on labelled texts: over-promising found, clean texts left alone, risky ones noticed; and single cases."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import wording
from bot.language.patterns import FOLDER, content, groups
from bot.language.wording import OVER_PROMISING, check, evidence, habits
from bot.texts import LOCALES, Texts
from knowledge.library import Library
from tests.bot.language.scoring import Tally

HERE = Path(__file__).parent
EVIDENCE = {one.group: one for one in evidence()}
EXCUSES = [name for name in groups("wording") if name not in EVIDENCE]
PARTS = ["我保证", "您", "，", "。", "他们家骗子", "不", "？", " ", "never", "’", "AB", "\n", "😀", "i promise "]
HOSTILE = ["我保证您", "那个", "哈哈", "1", "不", "i guarantee ", "AB ", "，", "什么都", "…", "a", "\n", "'"]


def shown(text: str) -> set[str]:
    return {hit.habit for hit in check(text)}


def labelled(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@dataclass
class Figures:
    """How well labelled texts are judged."""

    found: int = 0
    given: int = 0
    both: int = 0
    clean: Tally = field(default_factory=Tally)
    noticed: Tally = field(default_factory=Tally)
    right: Tally = field(default_factory=Tally)

    @classmethod
    def of(cls, labels: Iterable[dict[str, Any]]) -> Figures:
        figures = cls()
        for label in labels:
            told, meant = shown(label["text"]), set(label["habits"])
            figures.found += OVER_PROMISING in told
            figures.given += OVER_PROMISING in meant
            figures.both += OVER_PROMISING in told & meant
            if meant:
                figures.noticed.add(bool(told))
                figures.right.add(bool(told & meant))
            else:
                figures.clean.add(not told)
        return figures

    @property
    def over_promising(self) -> float:
        """F1 of over-promising."""
        return 2 * self.both / (self.found + self.given)

    def __str__(self) -> str:
        return (
            f"over-promising F1 {self.over_promising:.3f}, clean {self.clean.share:.3f}, "
            f"noticed {self.noticed.share:.3f}, right {self.right.share:.3f}"
        )


@pytest.mark.parametrize("name", ["wording_dev.jsonl", "wording_validation.jsonl"])
def test_the_figures_on_labelled_texts(name: str) -> None:
    """The floors that the coach is held to: 0.85, 0.90, 0.75; and that neither language lags far behind."""
    labels = labelled(name)
    figures = Figures.of(labels)
    assert figures.over_promising >= 0.85, figures
    assert figures.clean.share >= 0.90, figures
    assert figures.noticed.share >= 0.75, figures
    assert figures.right.share >= 0.70, figures
    for language in ("zh", "en"):
        alone = Figures.of(label for label in labels if label["lang"] == language)
        assert alone.over_promising >= 0.80, (language, alone)
        assert alone.clean.share >= 0.85, (language, alone)


def test_what_is_measured_is_not_among_the_examples() -> None:
    lines = (FOLDER / "wording_examples.jsonl").read_text(encoding="utf-8").splitlines()
    examples = [json.loads(line) for line in lines]
    texts = {one["text"] for one in examples}
    assert len(texts) == len(examples)
    assert {code for one in examples for code in one["habits"]} == set(habits())
    measured = labelled("wording_dev.jsonl") + labelled("wording_validation.jsonl")
    assert sum(one["text"] in texts for one in measured) == 0


def test_the_development_texts_are_of_all_kinds() -> None:
    labels = labelled("wording_dev.jsonl")
    assert len(labels) >= 360
    assert 0.45 <= sum(not label["habits"] for label in labels) / len(labels) <= 0.55
    assert sum(OVER_PROMISING in label["habits"] for label in labels) >= 60
    assert {code for label in labels for code in label["habits"]} == set(habits())


@pytest.mark.parametrize(
    ("text", "habit"),
    [
        ("包在我身上，周五绝对送到", OVER_PROMISING),
        ("这笔贷款百分之百能批，您放心", OVER_PROMISING),
        ("您只要点个头，剩下的我全搞定", OVER_PROMISING),
        ("王姐跟您说句实在话只要您今天签下来利率我负责给您谈到三个点以下这个没有悬念", OVER_PROMISING),
        ("這批貨賣不掉全退，一分錢損失都不讓您擔", OVER_PROMISING),
        ("征信有点问题也不怕，我跟行里打个招呼就过了", OVER_PROMISING),
        ("I guarantee you will make money on this, 100%", OVER_PROMISING),
        ("You ask, I deliver. There is nothing I can't fix at the bank.", OVER_PROMISING),
        ("我在行里说一不二，您这笔我点头就等于批了", OVER_PROMISING),
        ("我在行里说一不二，您这笔我点头就等于批了", "M4.7.2.5"),
        ("If it doesn’t sell I’ll personally buy back every single case.", OVER_PROMISING),
        ("我们始终以客户为中心，携手共进，合作共赢", "M4.7.2.1"),
        ("少废话，今天必须给钱，不然别怪我不客气", "M4.7.2.2"),
        ("您这说法完全是错的，事实恰恰相反", "M4.7.2.3"),
        ("我就随便跟您说说，想到哪说到哪", "M4.7.2.4"),
        ("全公司没有一个比我业绩好的，领导见我都得客客气气", "M4.7.2.5"),
        ("我们公司小，也没什么实力，您看不上也正常", "M4.7.2.6"),
        ("那家的东西都是垃圾，用了就坏", "M4.7.2.7"),
        ("那个就是，嗯，利率它是，不对，是额度，呃，反正您先把那个，哎", "M4.7.2.8"),
        ("没兴趣就算了，我就是随便一提", "other:lack_confidence"),
        ("就这么个小店还想上我们的高端系列？呵呵", "other:mockery"),
        ("我们这种大行，不缺你一个客户", "other:arrogance"),
        ("您也没说非要准时啊，所以不能算我们的责任", "other:sophistry"),
        ("您这边敞口授信项下缓释不足，LTV超限", "other:jargon"),
        ("说来话长，从零八年说起，还有好几点没讲完", "other:rambling"),
        ("他妈的这破系统又卡了", "other:vulgar"),
    ],
)
def test_habits_are_found_with_the_words_that_show_them(text: str, habit: str) -> None:
    hits = [hit for hit in check(text) if hit.habit == habit]
    assert hits
    assert all(text[hit.start : hit.end] == hit.words for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "保证金比例是百分之三十",
        "投标保证金是八万，质量保证书在箱子里",
        "误差的绝对值不超过百分之二",
        "我不敢保证能批，审批完第一时间告诉您",
        "王姐，货的事我答应不了您，下周投放量还没定。",
        "他说隔壁那家业务员拍胸脯说稳批，我没接这个话。",
        "资料齐了的话，周五前我给您回复",
        "您刚才说我们“最差”，能不能跟我讲讲是哪一次？",
        "他家那款包装确实比我们好看，我们的长处在口感，您尝尝",
        "LPR就是银行每月公布的贷款参考利率，您的利率在它上面加一点",
        "这个条件我们不能答应，合同里没有这一条，请您理解。",
        "If the papers are complete, I reply by Friday.",
        "I'm afraid we can't go below 14.20 on this one.",
        "Nobody can guarantee a return on this fund. In two of the last five years it lost money.",
    ],
)
def test_clean_words_are_left_alone(text: str) -> None:
    assert check(text) == ()


def test_a_hit_has_the_better_sentence_for_its_words() -> None:
    text = "额度五百万没问题。他们家就是骗子。"
    promise, attack = check(text)
    assert (promise.words, promise.suggestion_id) == ("额度五百万没问题", "wording-better-over-promising-approval")
    assert (attack.habit, attack.suggestion_id) == ("M4.7.2.7", "wording-better-attacking-competitors")
    assert text[attack.start : attack.end] == attack.words


def test_a_text_without_evidence_is_told_by_its_likest_clause() -> None:
    (hit,) = check("您要独家，那就独家，整个区我只供您一家")
    assert hit.habit == OVER_PROMISING
    assert hit.words in "您要独家，那就独家，整个区我只供您一家"


@pytest.mark.parametrize("text", ["王姐，您这批货的事我说了算", "你自己不看通知怪谁？别来烦我。"])
def test_the_words_of_a_hit_are_enough_to_tell_what_is_meant(text: str) -> None:
    hits = check(text)
    assert hits
    assert all(len(hit.words) >= 4 for hit in hits)


def places(text: str, one: wording.Evidence) -> list[tuple[int, int]]:
    return list(wording._Text(text).places(one))


@pytest.mark.parametrize("name", EVIDENCE)
def test_evidence_finds_its_examples_and_is_excused_in_the_others(name: str) -> None:
    one, group = EVIDENCE[name], groups("wording")[name]
    assert group.about
    assert group.finds
    assert group.leaves
    finds = group.pattern.search if one.needs else lambda text: places(text, one)
    assert [text for text in group.finds if not finds(text)] == []
    assert [text for text in group.leaves if places(text, one)] == []


@pytest.mark.parametrize("name", EXCUSES)
def test_an_excuse_finds_its_examples_and_leaves_the_others(name: str) -> None:
    group = groups("wording")[name]
    assert group.about
    assert group.finds
    assert group.leaves
    assert content("wording")["groups"][name]["within"] in {"before", "after", "clause", "sentence", "text"}
    assert [text for text in group.finds if not group.pattern.search(text)] == []
    assert [text for text in group.leaves if group.pattern.search(text)] == []


def test_every_excuse_is_used_and_every_habit_has_evidence() -> None:
    named = {name for one in EVIDENCE.values() for name in (*one.unless, *one.needs)}
    assert named - {"asked", "reported"} == set(EXCUSES)
    assert {one.shows for one in EVIDENCE.values()} == set(habits())
    assert len(habits()) == 16


@pytest.mark.parametrize("code", habits())
def test_every_habit_has_its_texts_and_its_article(code: str) -> None:
    habit = habits()[code]
    variants = {one.better for one in EVIDENCE.values() if one.shows == code} | {None}
    ids = {habit.name_id, habit.why_id, *map(habit.better_id, variants)}
    for locale in LOCALES:
        assert ids <= Texts().variables(locale).keys()
    article = Library.load().articles[habit.article]
    assert (code if code.startswith("M4") else "M4.7.2.10") in article.covers


@pytest.mark.parametrize("text", ["", " ", "。", "？？？", "\n", "…", "🙂", "ok"])
def test_next_to_nothing_shows_nothing(text: str) -> None:
    assert check(text) == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PARTS)))
def test_the_words_of_a_hit_stand_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    for hit in check(text):
        assert text[hit.start : hit.end] == hit.words != ""
        assert hit.habit in habits()


@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_text_is_looked_over_to_its_end(part: str) -> None:
    """The time that each takes is told by benchmarks.language."""
    text = (part * 2000)[:2000]
    assert all(text[hit.start : hit.end] == hit.words for hit in check(text))
