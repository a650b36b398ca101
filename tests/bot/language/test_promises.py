"""Promises: whose word it is, the deed, its date, absolute wording; negations and look-alikes left alone."""

from __future__ import annotations

import datetime as dtm
from zoneinfo import ZoneInfo

import pytest

from bot.language.names import Book
from bot.language.notes import understand
from bot.language.promises import absolute_words
from bot.language.understanding import Commitment, Understanding
from bot.workdays import Workdays

NOW = dtm.datetime(2026, 11, 25, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday."""


def read(text: str) -> Understanding:
    return understand(text, NOW, Book([]), Workdays())


def promises(text: str) -> list[Commitment]:
    return [promise for card in read(text).cards for promise in card.promises]


def told(text: str) -> list[tuple[str, str | None]]:
    return [(promise.what, promise.due.isoformat() if promise.due else None) for promise in promises(text)]


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("答应张经理周五送两箱样品", "送两箱样品", "2026-11-27"),
        ("跟李总讲好下周二带合同过去", "带合同过去", "2026-12-01"),
        ("我会在月底前把对账单发给陈总", "把对账单发给陈总", "2026-11-30"),
        ("拜访完张经理，回去给他申请促销", "回去给他申请促销", None),
        ("报价我明天发给刘总", "报价发给刘总", "2026-11-26"),
        ("张经理说货不够，我说三天内补齐", "补齐（货不够）", "2026-11-28"),
        ("張經理要樣品，我應承後天送", "送（樣品）", "2026-11-27"),
        ("promised Sarah to send the quote by Friday", "send the quote", "2026-11-27"),
        ("Told Mr Smith we'd deliver the racks on Monday", "deliver the racks", "2026-11-30"),
        ("Met Sarah, said I'd look into the credit note", "look into the credit note", None),
        ("I owe Mr Smith a mock-up by Friday", "a mock-up", "2026-11-27"),
        ("Saw Sarah, I’ll send her the quote on Friday", "send her the quote", "2026-11-27"),
        ("met Sarah, said id drop the lids in on friday", "drop the lids in", "2026-11-27"),
        ("Met Sarah. I'm to send the drawings by Friday", "send the drawings", "2026-11-27"),
        ("Sarah is expecting the figures from me by Tuesday", "the figures", "2026-12-01"),
        ("Met Sarah, samples to be sent on Friday", "samples to be sent", "2026-11-27"),
        ("Told Sarah our engineer will come down tomorrow", "our engineer will come down", "2026-11-26"),
        ("Told Sarah to expect the notes by Monday", "the notes", "2026-11-30"),
        ("Saw Sarah, arranged an engineer for Friday", "arranged an engineer", "2026-11-27"),
        ("Saw Sarah, proposal to her within 10 days", "proposal to her", "2026-12-05"),
        ("Saw Sarah. Took an action to circulate the minutes by Friday", "circulate the minutes", "2026-11-27"),
        ("Saw Sarah. Her kit goes out on Friday, I told her so", "kit goes out", "2026-11-27"),
        ("Met Sarah. Actions: email the spec sheet by Friday", "email the spec sheet", "2026-11-27"),
        (
            "Saw Sarah. She has been told the letter will be handed over on Friday",
            "the letter will be handed over",
            "2026-11-27",
        ),
        (
            "Sarah was promised a call from our accounts people by Friday",
            "a call from our accounts people",
            "2026-11-27",
        ),
        ("Met Sarah. I send her the planogram: tomorrow", "send her the planogram", "2026-11-26"),
        ("Told Sarah I'd swing by with a spare rack on Friday", "swing by with a spare rack", "2026-11-27"),
        ("Told Sarah the credit reaches her account by Friday", "the credit reaches her account", "2026-11-27"),
        ("Told Sarah the fitter's booked for Friday", "the fitter's booked", "2026-11-27"),
        ('Sarah: "can you get me two banners by Monday?" Me: yes.', "get me two banners", "2026-11-30"),
        ("Saw Sarah, ended up promising her a report by Friday", "a report", "2026-11-27"),
        ("Promised Sarah the rota by Tuesday. New date: Friday", "the rota", "2026-11-27"),
        ("Owe Sarah an answer on the deposit. Friday, I said", "an answer on the deposit", "2026-11-27"),
        ("张经理说冰柜不制冷，我让售后明天上门", "让售后上门", "2026-11-26"),
        ("张经理要陈列图，我讲周四，不对周四我请假，周五发他", "陈列图", "2026-11-27"),
        ("欠了张经理一份对账单，约定周五给齐", "给齐（一份对账单）", "2026-11-27"),
        ("张经理托我打听展位，我接下来了，周五回他", "回他（打听展位）", "2026-11-27"),
        ("张经理要两个冰柜，我说只能给一个，周五送", "给一个（两个冰柜），送", "2026-11-27"),
        ("去见张经理，检测报告出来就给他送去，大概周五", "检测报告出来就给他送去", "2026-11-27"),
        ("张经理催报表，跟他商量改到周五", "报表", "2026-11-27"),
    ],
)
def test_the_managers_word_is_a_promise(text: str, what: str, due: str | None) -> None:
    assert told(text) == [(what, due)]


@pytest.mark.parametrize(
    "text",
    [
        "张经理答应周五给我打款",
        "李总说下周会下单",
        "张经理让我降价，我没答应",
        "王总要我保证不断货，我不敢打包票",
        "张经理问能不能周五送到",
        "李总希望下周再便宜两个点",
        "打算下周二再去拜访李总",
        "样品已经送给张经理了",
        "给李总送了两箱样品",
        "周五要交月报",
        "听张经理讲下月要重新装修",
        "本来想周五给张经理送月饼，公司不让，算了",
        "听说李总下周要换供应商",
        "张经理说物流公司周五会给他补货，跟我们无关",
        "周四上午陪李总去看仓库",
        "同行保证李总月底放款，我没接话",
        "Sarah promised to pay on Friday",
        "Told Mr Smith I can't promise Friday",
        "She wants it by Friday, I didn't commit to anything",
        "Going to see Mr Smith on Friday",
        "Sent Sarah the quote this morning",
        "Sat with Sarah, she's sorting the papers herself, will let me know by Friday",
        "Sarah: I have her word on 40 cases by Friday",
        "Asked Sarah whether she could send the order by Thursday",
        "Must first check whether we may show the list, said nothing to Sarah",
        "Saw Sarah on Tuesday. I need to book the demo kit",
        "Sarah has been told by her own IT that it will be back on Friday",
        "Told Sarah they'll be closed on Monday",
        "Texted Sarah, quote will be late",
        "Sarah was promised a fridge by Acme by Friday",
        "Told Sarah she'd have to wait for head office",
        "Was going to send Sarah the deck by Friday but she cancelled",
        'Sarah: "can you get me two banners by Monday?" Me: no.',
        "I'll come by with the new manager to see Sarah on Thursday",
        "Sarah says I promised her a second fridge",
        "Committed to nothing with Sarah",
        "Sarah wants Friday, made no commitment",
        "Sarah asked for 5% off, I said I'd have to ask",
        "Note to self: dig out Sarah's file before Friday",
        "Popping in on Sarah tomorrow to check the display",
        "Sarah's order to follow on Friday",
        "Saw Sarah, no decision. I'll leave it with her",
        "Saw Sarah. Happy with the price. Will sign on Friday",
        "Saw Sarah, hope to have news by Friday",
        "I can't guarantee Friday, told Sarah that",
        "Offered Sarah a demo unit by Friday but she declined",
        "Would have sent Sarah the quote by Friday",
        "We've been promised a decision by Friday by Sarah",
        "I'd love to get Sarah on the platform by Friday",
        "The rep before me promised Sarah free servicing by Friday",
    ],
)
def test_what_is_no_word_of_the_managers_is_no_promise(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("张经理要求周五前送两个展架，我说可以", "送两个展架", "2026-11-27"),
        ("他让我月底前把陈列费打过去，我点头了", "把陈列费打过去", "2026-11-30"),
        ("李总问什么时候能出新价格表，我说周五", "出新价格表", "2026-11-27"),
        ("张经理要两箱样品，我说行，周五带过去", "带过去（两箱样品）", "2026-11-27"),
        ("Sarah needs the contract by Tuesday, told her that's doable", "the contract", "2026-12-01"),
        ("She asked for samples by Friday. I said sure.", "samples", "2026-11-27"),
        ("Sarah asked if we could deliver by Friday. I said we could.", "deliver", "2026-11-27"),
        ("Sarah wants it fixed by Friday. I said she can bank on it", "fixed", "2026-11-27"),
    ],
)
def test_a_yes_makes_a_promise_of_what_was_asked_for(text: str, what: str, due: str) -> None:
    assert told(text) == [(what, due)]


def test_a_deed_that_points_back_names_what_was_told() -> None:
    assert told("Saw Sarah. Her display never turned up. Will drop it off on Friday") == [
        ("drop it off (display never turned up)", "2026-11-27")
    ]


def test_each_line_under_a_heading_is_one() -> None:
    assert told("Saw Sarah. Promised: drawings by Friday, samples on Monday. Nice chat.") == [
        ("drawings", "2026-11-27"),
        ("samples", "2026-11-30"),
    ]
    assert told("见了张经理。待办：周五前发报价，下周二寄样品") == [("发报价", "2026-11-27"), ("寄样品", "2026-12-01")]


def test_asking_and_answering_are_one_promise() -> None:
    assert told("张经理想要冰柜，我说回去帮他问问，周五给他回话") == [("回去帮他问问，给他回话", "2026-11-27")]


def test_a_no_leaves_nothing_of_what_was_asked_for() -> None:
    assert told("张经理要求周五前送货，我说不行") == []


def test_one_clause_with_two_things_is_one_promise_and_two_dates_are_two() -> None:
    assert told("答应张经理周五前送样品和报价") == [("送样品和报价", "2026-11-27")]
    assert told("答应张经理周五前送样品，下周二前出报价") == [("送样品", "2026-11-27"), ("出报价", "2026-12-01")]


def test_the_date_is_that_of_the_promises_own_clause() -> None:
    assert told("昨天去见了张经理，他下周一出差，答应他周五前送样品") == [("送样品", "2026-11-27")]


def test_the_last_word_counts() -> None:
    assert told("答应张经理下周一送样品不对是下周二") == [("送样品", "2026-12-01")]
    assert told("答应张经理周五送样品，说错了，是送报价") == [("送报价", "2026-11-27")]
    assert told("I'll send Sarah the quote on Monday, no wait, Tuesday") == [("send Sarah the quote", "2026-12-01")]
    assert told("I'll send Sarah the quote on Monday. Scrap that, Tuesday") == [("send Sarah the quote", "2026-12-01")]
    assert told("Told Sarah I'd send the quote on Friday; she said she'd read it on Monday. Monday it is then") == [
        ("send the quote", "2026-11-30")
    ]


def test_a_vague_date_is_none_and_keeps_its_words() -> None:
    (promise,) = promises("我会尽快给张经理补货")
    assert (promise.due, promise.is_vague, promise.due_words) == (None, True, "尽快")


def test_the_wording_is_kept_as_said() -> None:
    (promise,) = promises("去见了张经理，我跟他保证周五一定送到")
    assert promise.wording == "我跟他保证周五一定送到"
    assert promise.absolute == "保证"


@pytest.mark.parametrize(
    "text",
    [
        "我跟张经理拍胸脯说月底肯定到货",
        "答应李总周五送到，绝对没问题",
        "张经理要求周五前出报价，我说没问题",
        "told Sarah she'd have the racks Friday, 100%",
        "I guaranteed Mr Smith delivery by Monday",
        "Told Sarah hand on heart she'll have it by Friday",
        "Sarah wants the racks by Friday. No question, I said.",
        "Told Sarah the parts will be there Monday come hell or high water",
        "跟张经理说三天之内给他换完，放一百个心",
    ],
)
def test_an_unconditional_assurance_is_over_promising(text: str) -> None:
    assert read(text).overpromise


@pytest.mark.parametrize(
    "text",
    [
        "张经理问保证金什么时候退",
        "给李总送了质量保证书",
        "李总说他一定会按时还款",
        "张经理要我保证，我没敢保证",
        "绝对不能再拖了，今天必须去见李总",
        "答应张经理周五送样品",
        "张经理让我周五前发照片，我说行",
        "Sarah wants 100% cotton bags",
        "Sarah says Tom is definitely leaving",
        "Told Sarah no guarantees, but I'd ask",
        "Sarah says the guarantee on the fridge runs out in May",
        "I have no doubt Sarah will sign on Friday",
        "I couldn't guarantee Friday to Mr Smith",
    ],
)
def test_look_alikes_and_others_words_are_none(text: str) -> None:
    assert not read(text).overpromise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("您放心，周五肯定送到", "您放心"),
        ("This will definitely arrive on Friday", "definitely"),
        ("您等着，绝对到货。", "绝对"),
        ("您要的两箱样品周五一定送到。", "一定"),
        ("You'll definitely have it by Friday", "definitely"),
        ("无论如何周五都给您送到。", "无论如何"),
        ("周五前必定送到。", "必定"),
        ("下周一准到。", "准到"),
        ("百分之二百没问题。", "百分之二百"),
        ("包您满意。", "包您满意"),
        ("I swear it will be there on Friday.", "swear it"),
        ("只要您今天签，我保证三天放款。", "保证"),
        ("我跟她保证周五前补齐。", "保证"),
        ("样品周五绝对送到。如果不合适可以退。", "绝对"),
    ],
)
def test_absolute_words_are_those_of_the_manager(text: str, words: str) -> None:
    assert absolute_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "我们尽量周五送到",
        "张经理说他绝对守信",
        "我不敢保证",
        "周五到货我保证不了",
        "店长要求保证供货，我说先看库存。",
        "您肯定希望便宜点，我周五回话。",
        "If you definitely need it on Friday, I'll ask the warehouse.",
        "如果总部同意，保证周五送到。",
        "周五肯定送到，除非下暴雨。",
        "It will definitely arrive on Friday if the truck is free.",
        "Send the guarantee certificate on Monday.",
        "绝对湿度计周三带给您。",
    ],
)
def test_what_is_denied_told_of_others_or_hangs_on_something_is_no_assurance(text: str) -> None:
    assert absolute_words(text) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("上次答应张经理的展架今天送到了", "送展架"),
        ("之前说好给李总换的冰柜，昨天换好了", "换冰柜"),
        ("Dropped off the racks I promised Sarah", "Dropped off the racks"),
        ("Delivered the rack to Sarah as committed", "Delivered the rack to Sarah"),
        ("Saw Sarah. Dropped off the letter I'd said she'd have by Friday", "Dropped off the letter"),
        ("张经理的冰柜钥匙送过去了（上周答应的）", "冰柜钥匙送过去"),
        ("张经理要的流水我昨天就给送去了，比答应的早一天", "流水"),
    ],
)
def test_a_promise_told_as_kept(text: str, what: str) -> None:
    understood = read(text)
    assert [claim.what for claim in understood.kept] == [what]
    assert not any(card.promises for card in understood.cards)


def test_a_promise_of_old_that_is_not_kept_is_neither_kept_nor_new() -> None:
    understood = read("上次答应张经理的展架还没送")
    assert understood.kept == ()
    assert told("上次答应张经理的展架还没送") == []


def test_what_the_client_promises_is_remembered_as_his() -> None:
    (card,) = read("张经理答应月底前把货款结清").cards
    assert [(one.what, one.due) for one in card.client_promises] == [("把货款结清", dtm.date(2026, 11, 30))]
    (card,) = read("Mr Smith said he'd confirm the order by Friday").cards
    assert [(one.what, one.due) for one in card.client_promises] == [("confirm the order", dtm.date(2026, 11, 27))]


def test_the_clients_yes_to_what_was_asked_of_him_is_his_promise() -> None:
    (card,) = read("我请张经理周五前补两份材料，他说没问题").cards
    assert card.promises == ()
    assert [one.due for one in card.client_promises] == [dtm.date(2026, 11, 27)]
