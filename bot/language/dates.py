"""Dates and times in what people type, Chinese and English: where they stand, and which day they mean.

The text is cut into pieces by the rules of `lexicon/dates.yaml`; pieces that stand together (下周三|下午|3点) make one
mention. Conventions: weeks begin on Monday; 下周三 is that day of the next calendar week; a bare weekday
is the next such day, a bare 15号 the next such day of a month; a stretch of days counts with its last day; in X前 and
"before X" X is the last day, save a festival, whose eve it is; 节后 is the first workday after it; 周末 is the Sunday.
"""

from __future__ import annotations

import datetime as dtm
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.language.date_rules import DAY, Frame, Sense, grammar, monday, months_on, of_month, sense_of
from bot.language.plain import plain
from bot.workdays import Workdays

HAN, LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[a-z]{2}")
OFFICE_AFTERNOON = range(1, 7)
"""Hours that without a word for the part of the day mean the afternoon."""
LEADING = frozenset(" 晚迟于在至到过止")
"""The last characters of words that lead to a day (by , 最晚, 在)."""
NOON, MIDNIGHT = dtm.time(12), 24
MOST = 200
"""Pieces that are read in one text; where more of them are, nobody wrote it."""
REACH = 24
"""Characters that words for a deadline before a day, or a correction between two days, may take."""


@dataclass(frozen=True)
class DateMention:
    """A day or time that a text names.

    `start` and `end` are its place, with what belongs to it (by, 前) and with an earlier mention that it corrects;
    `words` are those that count, as typed. `day` is None where it is vague; then `proposal` is the day that the coach
    may offer, if any is natural. `is_past` where it is said as past, or lies before now.
    """

    start: int
    end: int
    words: str
    day: dtm.date | None
    time: dtm.time | None = None
    is_deadline: bool = False
    is_vague: bool = False
    proposal: dtm.date | None = None
    is_past: bool = False


@dataclass(frozen=True)
class PartOfDay:
    """A part of the day: how it is called, the hour at which it is over, and the hours that it counts on from noon."""

    words: re.Pattern[str]
    until: int
    afternoon: range = range(0)
    time: dtm.time | None = None


PARTS = (
    PartOfDay(re.compile("中午|正午|晌午|(?<!after)noon|midday|lunch"), 14, range(1, 4), dtm.time(12)),
    PartOfDay(re.compile("下午|午后|afternoon"), 18, range(1, 12)),
    PartOfDay(re.compile("midnight"), 24, range(0), dtm.time(23, 59)),
    PartOfDay(re.compile("傍晚|晚|夜里|夜间|夜$|evening|night"), 24, range(5, 12)),
    PartOfDay(re.compile("凌晨|半夜"), 6),
    PartOfDay(re.compile("早|晨|朝|上午|morning"), 12),
    PartOfDay(re.compile(""), 24),
)


@dataclass(frozen=True)
class Piece:
    """A stretch of the text with its sense."""

    start: int
    end: int
    sense: Sense


def find_dates(text: str, now: dtm.datetime, workdays: Workdays) -> list[DateMention]:
    """Every day and time that a text names, in order, for somebody whose local time is `now`, with or without zone."""
    flat = plain(text)
    frame = Frame(
        now.replace(tzinfo=None), workdays, is_english=LATIN.search(flat) is not None and HAN.search(flat) is None
    )
    mentions: list[DateMention] = []
    before: Piece | None = None
    for piece in _grouped(flat, itertools.islice(_pieces(flat, frame), MOST)):
        mention, meant = _mention(text, flat, piece, before, frame)
        if mention is None:
            continue
        if mentions and before and _is_denied(flat[before.end : piece.start]):
            mentions[-1] = replace(mentions[-1], end=mention.end)
            before = replace(before, end=meant.end)
            continue
        if mentions and before and _is_corrected(flat, before, piece):
            mention = _corrected(mentions.pop(), mention)
        mentions.append(mention)
        before = meant
    return mentions


def read_date(text: str, now: dtm.datetime, workdays: Workdays) -> DateMention | None:
    """The day that a typed correction names: the last one in it, else the last vague one; None where there is none."""
    mentions = find_dates(text, now, workdays)
    return next(reversed([one for one in mentions if one.day is not None] or mentions), None)


# -- Pieces -----------------------------------------------------------------------------------------------------------


def _pieces(flat: str, frame: Frame) -> Iterator[Piece]:
    rules = grammar()
    for found in rules.pieces.finditer(flat):
        name = found.lastgroup or ""
        again = rules.rules[name].match(flat, found.start())
        sense = sense_of(name, again, frame) if again else None
        if again and sense and not (name.endswith("offset") and _is_term(flat, found.start())):
            yield Piece(again.start(), again.end(), sense)


def _is_term(flat: str, start: int) -> bool:
    """Whether a number of days is how long something lasts (账期60天以内)."""
    return grammar().marks["terms"].search(flat, max(0, start - REACH), start) is not None


def _grouped(flat: str, pieces: Iterator[Piece]) -> list[Piece]:
    groups: list[Piece] = []
    glue = grammar().marks["glue"]
    for piece in pieces:
        if groups and glue.fullmatch(flat, groups[-1].end, piece.start):
            joined = _completed(groups[-1].sense, piece.sense)
            if joined is not None:
                groups[-1] = Piece(groups[-1].start, piece.end, joined)
                continue
        groups.append(piece)
    return groups


def _completed(first: Sense, second: Sense) -> Sense | None:
    """Both as one where they complete each other: a day and a time, or one day named twice (3号周四)."""
    if first.is_vague or second.is_vague or (first.time and second.time):
        return None
    if first.day and second.day and not _is_same_day(first, second):
        return None
    is_second = (
        (first.bare == "weekday" and second.day) or (first.bare and second.day and not second.bare) or not first.day
    )
    leading, other = (second, first) if is_second else (first, second)
    return replace(
        leading,
        time=leading.time or other.time,
        part=first.part + second.part,
        is_deadline=first.is_deadline or second.is_deadline,
        is_past=first.is_past or second.is_past,
        weak=False,
    )


def _is_same_day(first: Sense, second: Sense) -> bool:
    """Whether two names of days next to each other fit on one day (3号周四, 11月28日周六)."""
    if first.day is None or second.day is None or first.day == second.day:
        return first.day is not None
    for bare, other in ((first, second), (second, first)):
        if bare.bare == "weekday" and other.bare != "weekday" and bare.day and other.day:
            return bare.day.weekday() == other.day.weekday()
        if bare.bare == "monthday" and other.bare in ("", "yearday") and bare.day and other.day:
            return bare.day.day == other.day.day
    return False


# -- Mentions ---------------------------------------------------------------------------------------------------------


def _mention(
    text: str, flat: str, piece: Piece, before: Piece | None, frame: Frame
) -> tuple[DateMention | None, Piece]:
    """What a piece mentions, with the piece as it is meant beside the one before; None where it is no date here."""
    marks, sense, start, end = grammar().marks, piece.sense, piece.start, piece.end
    behind = marks["deadline_after"].match(flat, end)
    ahead = small = None
    if flat[start - 1 : start] in LEADING:
        ahead = marks["deadline_before"].search(flat, max(0, start - REACH), start)
        small = ahead or marks["small_before"].search(flat, max(0, start - REACH), start)
    leaning = _leaning(flat, piece, before) if before else sense
    is_named = sense.bare == "weekday" and _is_capital(text, start)
    if sense.weak and leaning is sense and not (behind or ahead or is_named) and not _is_meant(flat, piece):
        return None, piece
    sense = leaning
    if behind:
        end = behind.end()
        sense = replace(sense, day=sense.eve or sense.day)
    if behind or ahead:
        sense = replace(sense, is_deadline=True)
    if sense.day is None and "first thing" in sense.part and frame.now.time() >= NOON:
        is_to_do = marks["to_do"].search(flat, max(0, start - 2 * REACH), start) is not None
        sense = replace(sense, day=frame.today + is_to_do * DAY)
    sense = _timed(_put_back(sense, flat, start, end, frame), frame)
    first = small.start() if small else start
    mention = DateMention(
        first,
        end,
        text[first:end],
        sense.day,
        sense.time,
        is_deadline=sense.is_deadline,
        is_vague=sense.is_vague,
        proposal=sense.proposal,
        is_past=sense.is_past or _lies_before(sense, frame),
    )
    return mention, Piece(piece.start, end, sense)


def _leaning(flat: str, piece: Piece, before: Piece) -> Sense:
    """The sense of a date with what it leaves out because the one before has said it (下周一到周三, 明天, 下午3点)."""
    sense, earlier, gap = piece.sense, before.sense, flat[before.end : piece.start]
    if earlier.day is None or sense.is_vague:
        return sense
    is_joined = grammar().marks["joins"].fullmatch(gap) is not None or _is_corrected(flat, before, piece)
    if sense.day is None:
        is_near = sense.time and not sense.weak and len(gap) < REACH // 2 and not re.search(r"[。.;!?\n]", gap)
        is_to_come = is_near and not earlier.is_deadline and earlier.time is None and not earlier.is_past
        if is_joined or (is_to_come and earlier.scope):
            return replace(sense, day=earlier.day, part=sense.part or (earlier.part if is_joined else ""))
        return sense
    if is_joined and sense.bare == "weekday" and earlier.scope == "week":
        return replace(sense, day=monday(earlier.day) + sense.day.weekday() * DAY)
    if is_joined and sense.bare == "monthday" and earlier.scope == "month":
        day = of_month(earlier.day.year, earlier.day.month, sense.day.day)
        return replace(sense, day=day) if day and day >= earlier.day else sense
    return sense


def _timed(sense: Sense, frame: Frame) -> Sense:
    """With the hour as its part of the day makes it, and with today where no day is said."""
    part = next(one for one in PARTS if one.words.search(sense.part))
    time = sense.time or part.time
    if sense.time and time and time.hour in (part.afternoon if sense.part else OFFICE_AFTERNOON):
        time = time.replace(hour=time.hour + 12)
    elif time == NOON and part.until == MIDNIGHT and sense.time and sense.part and part.afternoon:
        time = dtm.time(23, 59)
    if sense.day or sense.is_vague:
        return sense if time is sense.time else replace(sense, time=time)
    is_over = sense.is_deadline and time is not None and time < frame.now.time()
    return replace(sense, day=frame.today + is_over * DAY, time=time)


def _put_back(sense: Sense, flat: str, start: int, end: int, frame: Frame) -> Sense:
    """A bare weekday, day of a month or of a year that is told as past (周一去了华联) is the last such day."""
    if not sense.bare or not sense.day or sense.is_deadline or not _is_told(flat, start, end):
        return sense
    if sense.day > frame.today:
        months = {"monthday": -1, "yearday": -12}
        day = months_on(sense.day, months[sense.bare]) if sense.bare in months else sense.day - 7 * DAY
        return replace(sense, day=day, is_past=True)
    return replace(sense, is_past=True)


def _is_told(flat: str, start: int, end: int) -> bool:
    marks = grammar().marks
    clause = re.split(r"[.;,，。；]", flat[max(0, start - 3 * REACH) : start])[-1]
    return marks["past"].match(flat, end, end + REACH) is not None or marks["en_past"].search(clause) is not None


def _lies_before(sense: Sense, frame: Frame) -> bool:
    if sense.day is None or sense.day > frame.today:
        return False
    if sense.day < frame.today:
        return True
    if sense.time is not None:
        return sense.time < frame.now.time()
    return frame.now.hour >= next(one.until for one in PARTS if one.words.search(sense.part))


def _is_capital(text: str, start: int) -> bool:
    """Whether a word has a capital though no sentence begins with it: revert Mon, but not Sat with him."""
    return text[start].isupper() and re.search(r"[a-z0-9,:&)] $", text[max(0, start - 2) : start]) is not None


def _is_meant(flat: str, piece: Piece) -> bool:
    """Whether a piece that could be something else (12.8, 3点, sat) is a date here."""
    marks = grammar().marks
    before, after = flat[: piece.start], flat[piece.end :]
    if piece.sense.time is not None:
        behind = "hour_alone" if flat[piece.start : piece.end].isascii() else "hour_behind"
        return marks[behind].match(after) is not None
    is_alone = marks["alone"].fullmatch(before) is not None and marks["alone"].fullmatch(after) is not None
    if is_alone or piece.sense.bare == "weekday":
        is_last = marks["weekday_last"].match(after) and marks["weekday_first"].search(before)
        return is_alone or is_last is not None or re.search(r"\bon $", before) is not None
    clause = re.split("[,，;；。]", before)[-1] + re.split("[,，;；。]", after)[0]
    if marks["figures_not"].search(clause) or marks["figures_not_after"].search(before):
        return False
    has_big_figure = re.fullmatch(r".*/.*[1-3]\d|[1-3]\d/.*", flat[piece.start : piece.end]) is not None
    return has_big_figure or bool(marks["figures_behind"].match(after) or marks["figures_before"].search(before))


# -- Corrections ------------------------------------------------------------------------------------------------------


def _is_corrected(flat: str, before: Piece, piece: Piece) -> bool:
    """Whether a date takes the place of the one before (周三哦不周四, not Thursday but Friday)."""
    marks, gap = grammar().marks, flat[before.end : piece.start]
    if len(gap) <= REACH and marks["corrections"].search(gap):
        return True
    ahead = flat[max(0, before.start - REACH) : before.start]
    return marks["denied"].search(ahead) is not None and marks["but"].fullmatch(gap) is not None


def _is_denied(gap: str) -> bool:
    return grammar().marks["denials"].fullmatch(gap) is not None


def _corrected(earlier: DateMention, later: DateMention) -> DateMention:
    """The later mention over the place of both, with the hour of the earlier where it names none."""
    return replace(
        later,
        start=min(earlier.start, later.start),
        time=later.time or earlier.time,
        is_deadline=later.is_deadline or earlier.is_deadline,
    )
