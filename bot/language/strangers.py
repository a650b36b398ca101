"""Organisations that a text names and that nobody knows yet: told by how their names end, or by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.language.name_words import name_words
from bot.language.people import Placed, Span, is_person
from bot.language.plain import plain

HAN = re.compile("[\u3400-\u9fff]")
LONGEST = 10
"""Characters that the telling part of a Chinese name has at most."""
COUNT = re.compile(r"[一二三四五六七八九十百几两多好\d]+[家个间]?")
BRANCH = re.compile(r"[^\W\d_a-z的那这家门开到在说去了有个新老]{1,4}?(?:分?店(?![长员铺面里主])|支行|分行|分公司)")
MET = re.compile(
    r"(?:去了?|到了?|拜访了?|拜会|走访了?|回访了?|见了?|见到|跑了?|跟|和|与|给|约了?|找|联系了?|致电|电话|打给|路过|进了?|名?叫做?|上门|开发了?|[、])"
    r"(?:一趟|一下|一家|一个|新开的|附近的|隔壁的|对面的|新客户|客户|老客户)*$"
)
SPEAKS = re.compile(
    r"的?(?:\S{0,4}(?:老板|经理|店长|采购|主任|厂长|会计|财务|院长|校长|[总姐哥工嫂叔姨])|那边|来电|打来|打电话|说|讲|话|要|想|催|问|答应|没人|关门|不在|订|补|缺货|签|付|回款|退|换|同意|不|没|还没|嫌|投诉|反映)"
)
VISITED = re.compile(
    r"(?:去了|拜访了?|走访了?|回访了?|跑了|见了(?!面))(?:一?趟|一下|一家|新开的|新客户|客户)*(?P<who>(?![解看做送拿开取催谈问])[\u3400-\u9fff]{2,6}?(?<![路街村镇县区里边处点头上下面次天会市省州]))"
    r"(?=[\s,.;:!?()]|$|的|老板|店长|经理|采购|那边|谈|聊|送|看|拿|签|对账|收款|问|见|补|铺|盘|理货|查|没人|关门|不在)"
)
QUOTED = re.compile(r"(?:一?家|新店|店名|店叫|名叫|叫做?|开了)[“\"「『](?P<who>[^\s“”\"「」『』]{2,8})[”\"」』]")
START = re.compile(
    r"(?:^|[\s,.;:!?()])(?:今天|上午|下午|早上|晚上|刚才|刚刚|刚|还有|然后|另外|接着|后来|新客户|客户|老客户)*$"
)
EN_NAME = re.compile(r"(?:[A-Z][\w'’&-]*|&)(?: (?:[A-Z][\w'’-]*|&|and (?=[A-Z])|of (?=[A-Z])))*")
EN_BEFORE = re.compile(
    r"\b(?i:visited|visit|met with|called on|popped into|walked into|dropped by|dropped in on|stopped by|at(?! the)"
    r"|(?<!guy )(?<!man )(?<!chap )(?<!woman )(?<!lady )(?<!person )called"
    r"|(?:new|cold) (?:customer|client|enquiry|inquiry|lead|prospect|account|shop|call)|prospect)[,:]? "
    r"(?:a |the |an )?(?:place |shop |store |bar )?(?:called )?$"
)


def unknown_names(text: str, taken: Iterable[Placed] = ()) -> list[Span]:
    """Words that look like an organisation and overlap nothing that is taken (accounts, dates, people), in order."""
    places = [(one.start, one.end) for one in taken]
    flat = plain(text)
    found: list[Span] = []
    quoted = (found.span("who") for found in QUOTED.finditer(flat))
    for start, end in (*_chinese(flat, places), *_visited(flat), *quoted, *_english(text)):
        if all(end <= first or last <= start for first, last in places):
            places.append((start, end))
            found.append(Span(start, end, text[start:end]))
    return sorted(found, key=lambda span: span.start)


def _chinese(flat: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    words = name_words()
    for ending in words.organisation.finditer(flat):
        begin = max([0, ending.start() - LONGEST, *(last for _, last in places if last <= ending.start())])
        stem = re.split(r"[\W_]", flat[begin : ending.start()])[-1]
        for boundary in list(words.boundary.finditer(stem))[::-1]:
            rest = stem[boundary.end() :]
            if len(rest) > 1 or boundary[0] not in words.soft_boundary:
                stem = rest
                break
        if len(stem) > 1 and stem not in words.everyday and HAN.search(stem) and not COUNT.fullmatch(stem):
            behind = BRANCH.match(flat, ending.end())
            start, end = ending.start() - len(stem), behind.end() if behind else ending.end()
            if _is_contacted(flat, start, end):
                yield start, end


def _visited(flat: str) -> Iterator[tuple[int, int]]:
    """What stands behind a word for a visit and is neither an everyday word nor a person."""
    words = name_words()
    for found in VISITED.finditer(flat):
        who = found["who"]
        is_everyday = not words.everyday.isdisjoint((who, who[:2], who[:3]))
        if not (is_everyday or COUNT.match(who) or words.boundary.search(who) or is_person(who)):
            yield found.span("who")


def _is_contacted(flat: str, start: int, end: int) -> bool:
    """Whether the note tells of a contact there: not of somebody's news, a bank account or the shop next door."""
    before = max(0, start - 16)
    return bool(MET.search(flat, before, start) or (START.search(flat, before, start) and SPEAKS.match(flat, end)))


def _english(text: str) -> Iterator[tuple[int, int]]:
    words = name_words()
    for found in EN_NAME.finditer(text):
        said = found[0].lower().split(" ")
        start = found.start()
        while said and said[0] in words.en_not_people:
            start += len(said[0]) + 1
            del said[0]
        is_known_person = len(said) == 1 and said[0] in words.given_names
        if not said or is_known_person or words.en_not_people.intersection(said):
            continue
        if (len(said) > 1 and said[-1].rstrip(".") in words.en_organisation) or EN_BEFORE.search(
            text, max(0, start - 40), start
        ):
            yield start, found.end()
