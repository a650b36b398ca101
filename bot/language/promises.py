"""Promises in a note: whose word it is, the deed, the date of its own clause, and absolute wording.

A note tells a dialogue. The listener hears it clause by clause and keeps in mind what waits: a thing that was asked
for, a word that was given without its deed, a time that stands alone.
"""

from __future__ import annotations

import dataclasses
import datetime as dtm
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.language.acts import (
    Act,
    absolute_of,
    act_of,
    begins,
    deed,
    is_bare_in,
    is_label,
    is_listed,
    names_nothing,
    only_meets,
    serves_who_is_waiting,
)
from bot.language.clauses import HAN, PERSON, Clause, Voice, clauses, mask
from bot.language.dates import DateMention
from bot.language.patterns import pattern
from bot.language.people import contacts_in
from bot.language.plain import plain
from bot.language.understanding import Commitment, KeptClaim

REACH = 4
"""Clauses over which a yes, a no or a correction still answers what was said."""

DEADLINE_REACH = 2
"""Clauses over which a deadline that stands alone still belongs to what was given."""

PATIENCE = 1
"""Clauses that may pass before words without a deed, or a yes, are given as they are."""

SHORT, SHORT_EN = 14, 70
"""Characters of the longest clause, in Chinese and in English, that is added to a deed that names nothing."""

SENTENCES = re.compile(r"[。!?\n]+|[.;](?=\s|$)")
"""The marks at which sentences end, as far as a condition reaches."""

SENTENCE = re.compile(r"[.。!] *")
"""The mark at which a sentence is over, and a list in it."""

EARLIER = re.compile(r"(?<=.)的|答应|应承|承诺|说好|讲好|保证|promised")
LATER = re.compile(r"晚|下班|待会|等下|稍后|tonight|evening|later", re.IGNORECASE)
AFTERNOON = re.compile(r"下午|afternoon", re.IGNORECASE)
NOON = 12

AS_SAID = re.compile(r"\b(?:as|like) (?:i|we|promised|committed|agreed|said)\b", re.IGNORECASE)
"""Where words begin that only say that it was promised."""

OFFERED = re.compile(r"\boffer(?:ed)?\b|提出|建议")
"""What the client may still decline."""

FILLING = "给他她去来到过再就了的把再也好一下 "
"""What says nothing more of a deed."""

FRAME = re.compile(r"^的|了?[（(]*$")
"""What stands around a deed that is told as done."""

HOW_KEPT = re.compile(r"[了到过去来完好齐也都]|已经?|今天|今日|◆")


@dataclass(frozen=True)
class Given:
    """A commitment, who gave it, the number of its clause, and whether that does not name what it is done to."""

    commitment: Commitment
    by: Voice
    clause: int
    is_bare: bool = False


@dataclass
class Dialogue:
    """What a note says of commitments: those given, in order, the claims of having kept one, and all absolute words."""

    given: list[Given] = field(default_factory=list)
    kept: list[KeptClaim] = field(default_factory=list)
    absolute: list[str] = field(default_factory=list)


def absolute_words(text: str) -> str | None:
    """The words of an unconditional assurance that the manager gives; None where there are none.

    He assures whoever he speaks to, also with what that one is to do or to have (您等着，绝对到货). What others are
    said to want or to assure is not his (店长要求保证供货).
    """
    masked = mask(text, ((person.start, person.end, PERSON) for person in contacts_in(text)))
    is_to_you = False
    for clause in clauses(text, masked):
        if clause.subject:
            is_to_you = clause.subject == "client" and pattern("clauses", "you").search(clause.masked) is not None
        is_own = clause.doer == "manager" or (is_to_you and clause.teller == "manager" and not _is_wanted(clause))
        words = absolute_of(clause) if is_own and not _hangs(masked, clause) else None
        if words:
            return words
    return None


def _is_wanted(clause: Clause) -> bool:
    """Whether a clause tells what the one who is spoken to wants himself: 您一定要周五拿到."""
    return pattern("promises", "wanted").search(clause.masked) is not None


def _hangs(masked: str, clause: Clause) -> bool:
    """Whether something must come true first for what a clause tells: a condition stands in its sentence."""
    ends = [end.end() for end in SENTENCES.finditer(masked)]
    first = max((end for end in ends if end <= clause.start), default=0)
    last = min((end for end in ends if end >= clause.end), default=len(masked))
    return pattern("wording", "condition").search(masked, first, last) is not None


def dialogue(said: Sequence[Clause], dates: Sequence[DateMention], now: dtm.datetime) -> Dialogue:
    """What the clauses of a note say of commitments."""
    return _Listener(said, dates, now).listen()


def is_to_come(one: DateMention, now: dtm.datetime) -> bool:
    """Whether a time that is named is still to come, or may be."""
    if one.is_past or one.day is None:
        return one.is_vague and not one.is_past
    if one.day != now.date() or one.is_deadline:
        return one.is_deadline or one.day > now.date()
    if one.time is not None:
        return one.time > now.time()
    return bool(LATER.search(one.words)) or (now.hour < NOON and bool(AFTERNOON.search(one.words)))


class _Listener:
    """Hears a note clause by clause."""

    def __init__(self, said: Sequence[Clause], dates: Sequence[DateMention], now: dtm.datetime) -> None:
        self.said, self.dates, self.now = said, dates, now
        self.heard = Dialogue()
        self.asked: Given | None = None
        self.pending: Given | None = None
        self.loose: DateMention | None = None
        self.skip: int | None = None
        self.corrects = False
        self.is_listing = False
        self.heading: Clause | None = None

    def listen(self) -> Dialogue:
        """What all the clauses say."""
        was: Act = "other"
        for number, clause in enumerate(self.said):
            if self.pending and number - self.pending.clause > PATIENCE:
                self._settle()
            if number == self.skip:
                continue
            ahead = any(is_to_come(one, self.now) for one in self._dates(clause)) or self._is_lent_a_time(clause)
            ahead = ahead or self._is_dated_next(number, clause)
            act = "correction" if self.corrects else act_of(clause, ahead=ahead)
            if act not in ("correction", "refusal") and self._is_told_as_kept(number):
                self._tell_as_kept(number)
                continue
            is_reason = act == "other" and was == "correction" and clause.subject == "manager"
            if is_reason and pattern("promises", "prevented").search(clause.body):
                self.corrects = True  # 哦不对周三, 我出差: the right day is still to come
            was = act
            is_giving = act == "vow" or clause.says == "manager"
            opens_a_list = act == "heading" or (is_giving and ":" in clause.mark and not deed(clause))
            self.heading = clause if opens_a_list else self.heading
            self.is_listing = opens_a_list or (self.is_listing and not self._ends_a_list(number, clause))
            if self.is_listing and act == "plan" and not serves_who_is_waiting(clause, self.heading):
                continue
            if self.is_listing and act == "plan" and clause.subject is None:
                clause = dataclasses.replace(clause, doer="manager")  # noqa: PLW2901 - as the heading means it
            if self.is_listing and act in ("other", "request", "date") and is_listed(clause, self.heading, ahead=ahead):
                self._keep(dataclasses.replace(self._given(number, clause), by="manager"))
                continue
            hear = getattr(self, f"_hear_{act}", None)
            if hear is not None:
                hear(number, clause)
        self._settle()
        return self.heard

    # What is heard

    def _hear_vow(self, number: int, clause: Clause) -> None:
        given = self._mark(self._given(number, clause))
        if self.pending and given.by == self.pending.by and given.commitment.what:
            given, self.pending = _merged(given, self.pending), None  # 我说包在我身上, 周五保证给你拉过来: one word
        self._settle()
        if not given.commitment.what and self._answered(given) is None and self._last(given) is None and number:
            self._hear_told_so(number, clause)
            if self._is_given(number - 1):
                self._confirms(given)
                return
        if given.commitment.what and not _is_bare(given):
            self.heard.given.append(given)
        elif not self._confirms(given):
            self.pending = self._about_what_was_asked(given)

    def _hear_plan(self, number: int, clause: Clause) -> None:
        given = self._given(number, clause)
        if self.asked and clause.subject is None and not clause.says and _is_bare(given):
            given = dataclasses.replace(given, by=self.asked.by)  # 催报价, 明天给: who was asked does it
        self._mark(given)
        last = self._last(given)
        if self.pending and given.by == self.pending.by:
            given = _merged(given, self.pending)
            self.pending = self.asked = None
        elif last and given.commitment.due_words and _only_prepares(last):
            self.heard.given.pop()
            given = _after(last, self._about_what_was_asked(given))
        elif last and _repeats(given, last):
            self.heard.given[-1] = dataclasses.replace(_with_date(last, given), clause=number)
            return
        elif last and self._only_points_at(given):
            return  # I did say I'd get him in, need to sort that
        elif _is_bare(given):
            given = self._about_what_was_asked(given)
        if given.by == "manager" or given.commitment.due_words or not _is_bare(given):
            self._keep(given)

    def _only_points_at(self, given: Given) -> bool:
        """Whether words only say again that what was just given will be done: need to sort that."""
        points = pattern("promises", "points_back").search(self.said[given.clause].body) is not None
        return points and _is_bare(given) and not given.commitment.due_words and self.asked is None

    def _hear_more(self, number: int, clause: Clause) -> None:
        given = self._given(number, clause)
        if self._last(given):
            self._keep(given)

    def _hear_assent(self, number: int, clause: Clause) -> None:
        given = _without_deed(self._given(number, clause))
        asked = self._answered(given)
        if self._confirms(given):
            return
        if asked is None and not given.commitment.absolute:
            self._hear_date(number, clause)
            return
        if asked and (only_meets(plain(asked.commitment.what)) or _asks_when(plain(asked.commitment.what))):
            self.asked = None
            return
        is_easy = clause.doer == "manager" and pattern("promises", "easy_yes").search(clause.body) is not None
        if is_easy and asked and asked.commitment.due:
            given = dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, absolute=clause.words))
        self._mark(given)
        self._settle()
        self.pending = self._about_what_was_asked(given)

    def _hear_told_so(self, number: int, clause: Clause) -> None:
        """What stands before, where it is still to come, was said to the client."""
        if not number:
            return
        before = self.said[number - 1]
        is_no = any(pattern("promises", group).search(before.body) for group in ("refused", "undone"))
        is_heard = is_no or before.says in ("client", "manager") or self._is_given(number - 1)
        is_ahead = any(is_to_come(one, self.now) for one in self._dates(before))
        if pattern("promises", "fulfilled").search(before.masked) and not is_ahead:
            self._hear_earlier(number, clause)
        elif not is_heard and not pattern("notes", "price").search(before.masked) and is_ahead:
            given = dataclasses.replace(self._given(number - 1, before), by="manager")
            given = self._mark(_without_deed(given) if is_label(before) else given)
            self._keep(self._about_what_was_asked(given))

    def _is_given(self, number: int) -> bool:
        """Whether something was given in a clause."""
        return any(one.clause == number for one in self.heard.given)

    def _hear_assurance(self, number: int, clause: Clause) -> None:
        if self.asked and self.asked.commitment.due and clause.doer == self.asked.by:
            self._hear_assent(number, clause)
        elif self.pending and self.pending.by == clause.doer and not begins(clause):
            self.pending = _merged(self.pending, self._mark(_without_deed(self._given(number, clause))))
        elif not self._confirms(_without_deed(self._given(number, clause))) and clause.says == "manager":
            self._mark(self._given(number, clause))

    def _hear_refusal(self, _number: int, _clause: Clause) -> None:
        self.asked = self.pending = None

    def _hear_request(self, number: int, clause: Clause) -> None:
        asked = dataclasses.replace(self._given(number, clause), by="manager")
        before = self.asked if self.asked and self.asked.by == "manager" and number - self.asked.clause == 1 else None
        self.asked = _merged(asked, before) if before and _is_bare(asked) else asked

    def _hear_urge(self, number: int, clause: Clause) -> None:
        self.asked = dataclasses.replace(self._given(number, clause), by="client")

    def _hear_earlier(self, number: int, clause: Clause) -> None:
        """A promise of old: told as kept, or else what the next words are about."""
        unkept, fulfilled = pattern("promises", "unkept"), pattern("promises", "fulfilled")
        what = unkept.split(EARLIER.split(deed(clause))[-1])[0]
        if number and clause.words.isascii() and fulfilled.search(self.said[number - 1].masked):
            self._tell_as_kept(number)
            return
        for place in range(number, min(number + 2, len(self.said))):
            told = self.said[place].masked
            is_ahead = any(is_to_come(one, self.now) for one in self._dates(self.said[place]))
            if unkept.search(told) or (is_ahead and place > number):
                break
            if found := fulfilled.findall(told):
                self.heard.kept.append(KeptClaim(_told_as_kept(what, max(found, key=len)), clause.words))
                self.skip = place
                return
        given = self._given(number, clause)
        given = dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, what=what))
        if unkept.search(clause.masked) or pattern("promises", "long_ago").search(clause.masked):
            self.asked = given if what or self.asked is None else self.asked
        else:
            self.pending = given

    def _is_told_as_kept(self, number: int) -> bool:
        """Whether a clause only adds that what was told just before had been promised: 送过去了（上周答应的）."""
        if not number or not pattern("promises", "as_promised").match(self.said[number].masked):
            return False
        before = self.said[number - 1].masked
        done, unkept = pattern("promises", "done"), pattern("promises", "unkept")
        return (
            done.search(before) is not None
            and not unkept.search(before)
            and not SENTENCE.search(self.said[number - 1].mark)
        )

    def _tell_as_kept(self, number: int) -> None:
        """The clause before tells what was done of what had been promised."""
        before, clause = self.said[number - 1], self.said[number]
        joint = " " if clause.words.isascii() else ""
        what = deed(before)
        if self.asked and is_bare_in(before):
            what = self.asked.commitment.what  # 他要的流水, 我昨天就给送去了
        self.heard.kept.append(KeptClaim(FRAME.sub("", what), f"{before.words}{joint}{clause.words}"))

    def _is_dated_next(self, number: int, clause: Clause) -> bool:
        """Whether only a time to come follows what the manager says that he does: I send her the sheet: tomorrow."""
        is_deed = self.is_listing or (clause.subject == "manager" and begins(clause))
        if not is_deed or number + 1 >= len(self.said):
            return False
        after = self.said[number + 1]
        is_time = is_label(after) and any(is_to_come(one, self.now) for one in self._dates(after))
        return is_time and "\n" not in clause.mark and "." not in clause.mark

    def _hear_date(self, number: int, clause: Clause) -> None:
        mention = self._date(clause)
        last = self.heard.given[-1] if self.heard.given else None
        if mention is None:
            return
        if pattern("promises", "for_all").search(clause.masked):
            self._date_all(number, mention)
            return
        is_near = last is not None and number - last.clause <= (DEADLINE_REACH if mention.is_deadline else 1)
        if last and is_near and (last.commitment.is_vague or not last.commitment.due_words):
            self.heard.given[-1] = dataclasses.replace(last, commitment=_dated(last.commitment, mention))
        elif self.pending and not self.pending.commitment.due_words:
            self.pending = dataclasses.replace(self.pending, commitment=_dated(self.pending.commitment, mention))
        else:
            self.loose = mention

    def _date_all(self, number: int, mention: DateMention) -> None:
        """Set the time of everything that was given in the clauses just before and has none."""
        for place in range(len(self.heard.given) - 1, -1, -1):
            one = self.heard.given[place]
            if number - one.clause != len(self.heard.given) - place or one.commitment.due_words:
                return
            self.heard.given[place] = dataclasses.replace(one, commitment=_dated(one.commitment, mention))

    def _hear_correction(self, number: int, clause: Clause) -> None:
        """The last word counts: another day, another deed, or what should have been said at once."""
        given = self._given(number, clause)
        if pattern("promises", "correction").fullmatch(clause.masked):
            given = _without_deed(given)
        near = [place for place, one in enumerate(self.heard.given) if number - one.clause <= REACH]
        own = [place for place in near if self.heard.given[place].by == given.by] or near
        if pattern("promises", "prevented").search(clause.body):
            self.corrects = True  # 不对，周二没空: the right day is still to come
            return
        self.corrects = not given.commitment.what and not given.commitment.due_words
        is_moved = pattern("promises", "moved").search(clause.body) is not None and not only_meets(clause.body)
        told = given if is_moved or begins(clause) else _without_deed(given)
        if not begins(clause):
            given = _without_deed(given)
        if own:
            self.heard.given[own[-1]] = _corrected(self.heard.given[own[-1]], given)
        elif self.pending:
            self.pending = _corrected(self.pending, given)
        elif self.asked and self.asked.by == given.by and (moved_to := self._date(clause) or self._told_across(clause)):
            asked, self.asked, self.corrects = self.asked, None, False  # 催报价, 跟他商量改到周四
            self._keep(dataclasses.replace(asked, commitment=_dated(asked.commitment, moved_to)))
        elif told.commitment.what and told.commitment.due_words:
            self.heard.given.append(told)

    def _hear_other(self, number: int, clause: Clause) -> None:
        """What the manager says will happen at a time gives that time to what he then says he will do."""
        if self._is_declined(number, clause):
            self.heard.given.pop()
        if clause.says == "manager":
            self.loose = self._date(clause)
            self.heard.absolute += filter(None, [absolute_of(clause) if clause.doer == "manager" else None])
        if pattern("clauses", "topic").match(clause.masked):
            thing = EARLIER.split(deed(clause))[-1]
            self.asked = Given(Commitment(thing, wording=clause.words), "manager", number)

    def _is_declined(self, number: int, clause: Clause) -> bool:
        """Whether the client does not take what was offered just before."""
        last = self.heard.given[-1] if self.heard.given else None
        if last is None or number - last.clause != 1 or clause.doer != "client":
            return False
        is_offer = OFFERED.search(plain(last.commitment.wording)) is not None
        return is_offer and pattern("promises", "declined").search(clause.masked) is not None

    def _ends_a_list(self, number: int, clause: Clause) -> bool:
        """Whether a sentence was over before a clause, or a line of the list has a heading of its own."""
        mark = self.said[number - 1].mark if number else ""
        if "\n" in mark and ":" in clause.mark and not is_label(clause):
            return True
        return SENTENCE.fullmatch(mark) is not None or mark.count("\n") > 1

    def _is_lent_a_time(self, clause: Clause) -> bool:
        """Whether a time that stands alone before a clause can belong to a promise in it."""
        serves = pattern("promises", "serves").search(clause.body) is not None
        return self.loose is not None and (serves or clause.subject == "manager")

    # What it is about

    def _last(self, given: Given) -> Given | None:
        """What the same person gave in the clause just before."""
        last = self.heard.given[-1] if self.heard.given else None
        return last if last and last.by == given.by and given.clause - last.clause == 1 else None

    def _confirms(self, given: Given) -> bool:
        """Whether words without a deed of their own only confirm what was given just before; they are added to it."""
        last = self._last(given)
        if given.commitment.what or last is None:
            return False
        self._mark(given)
        self.heard.given[-1] = _merged(last, given)
        return True

    def _answered(self, given: Given) -> Given | None:
        """What was asked of the one who now says something, and not too long ago."""
        asked = self.asked
        return asked if asked and asked.by == given.by and given.clause - asked.clause <= REACH else None

    def _about_what_was_asked(self, given: Given) -> Given:
        """Words that do not say what they are about are about what was asked for, or told just before."""
        asked, self.asked = self._answered(given), None
        if asked:
            return _merged(given, asked)
        before = self._told_before(given) if given.commitment.what else None
        if before is None:
            return given
        told = Commitment(deed(before), wording=before.words)
        time = self._date(before) if any(is_to_come(one, self.now) for one in self._dates(before)) else None
        return _merged(given, Given(_dated(told, time) if time else told, given.by, given.clause - 1))

    def _told_before(self, given: Given) -> Clause | None:
        """What is told just before, where a deed that does not name what it is about can mean that."""
        own = self.said[given.clause]
        is_pointed_at = pattern("promises", "points_back").search(own.body) is not None
        for before in reversed(self.said[max(0, given.clause - 2) : given.clause]):
            is_clients = "client" in (before.subject, before.says)
            if HAN.search(own.body):
                return before if is_clients and len(before.body) <= SHORT else None
            is_ours = before.says == "manager" or pattern("notes", "happened").search(before.masked) is not None
            if deed(before) and (is_clients or (is_pointed_at and not is_ours and not is_label(before))):
                return before if len(before.body) <= SHORT_EN else None
            if not is_pointed_at:
                return None
        return None

    def _settle(self) -> None:
        """What was said without more to come is given as it is, where it says anything."""
        pending, self.pending = self.pending, None
        if pending:
            self._keep(pending)

    def _keep(self, given: Given) -> None:
        if given.commitment.what:
            self.heard.given.append(given)

    def _mark(self, given: Given) -> Given:
        if given.by == "manager" and given.commitment.absolute:
            self.heard.absolute.append(given.commitment.absolute)
        return given

    def _given(self, number: int, clause: Clause) -> Given:
        absolute = absolute_of(clause) if clause.doer == "manager" else None
        commitment = Commitment(deed(clause), wording=clause.words, absolute=absolute)
        mention, self.loose = self._date(clause) or self.loose, None
        dated = _dated(commitment, mention) if mention else commitment
        return Given(dated, clause.doer, number, is_bare_in(clause))

    def _dates(self, clause: Clause) -> list[DateMention]:
        return [one for one in self.dates if clause.start <= one.start < clause.end]

    def _told_across(self, clause: Clause) -> DateMention | None:
        """A date in a clause that corrects one named earlier."""
        return next((one for one in self.dates if one.start < clause.start < one.end <= clause.end), None)

    def _date(self, clause: Clause) -> DateMention | None:
        """The date that a clause sets: what stands where it is done before what stands in front; never a past one."""
        inside = [one for one in self._dates(clause) if not one.is_past]
        body = clause.end - len(clause.body)
        told = [one for one in inside if one.start >= body and (one.day is not None or one.is_vague)]
        told = told or [one for one in inside if clause.says or is_to_come(one, self.now)]
        deadlines = [one for one in told if one.is_deadline]
        return next(reversed(deadlines or told), None)


def _asks_when(what: str) -> bool:
    """Whether a time was asked for that nobody here has in his hands: 新品啥时候上市."""
    return pattern("promises", "when_asked").search(what) is not None and not pattern("promises", "deed").search(what)


def _is_bare(given: Given) -> bool:
    return given.is_bare or names_nothing(given.commitment.what)


def _without_deed(given: Given) -> Given:
    return dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, what=""))


def _dated(commitment: Commitment, mention: DateMention) -> Commitment:
    return dataclasses.replace(
        commitment,
        due=None if mention.is_vague else mention.day,
        due_words=mention.words,
        is_vague=mention.is_vague,
        proposal=mention.proposal,
    )


def _corrected(given: Given, by: Given) -> Given:
    """What was given, as later words correct it: its day, or its deed, or both."""
    old, new = given.commitment, by.commitment
    commitment = dataclasses.replace(
        new if new.due_words else old,
        what=old.what if _is_bare(by) else new.what,
        wording=f"{old.wording} {new.wording}",
        absolute=old.absolute or new.absolute,
    )
    return dataclasses.replace(given, commitment=commitment)


def _repeats(given: Given, last: Given) -> bool:
    """Whether the later words only add a date to the deed told before: 送样品, 周三送."""
    return _is_bare(given) and not last.commitment.due_words and bool(given.commitment.due_words)


def _only_prepares(last: Given) -> bool:
    """Whether what was told before, without a time, only makes ready what comes now: 整理好, 周四发他."""
    told = last.commitment
    return told.due is None and pattern("promises", "prepares").search(told.what) is not None


def _after(first: Given, given: Given) -> Given:
    """A deed with what is done for it first."""
    what = f"{first.commitment.what}，{given.commitment.what}"
    return dataclasses.replace(given, commitment=dataclasses.replace(given.commitment, what=what))


def _with_date(last: Given, given: Given) -> Given:
    """A deed and the later words that date it, told too where they say more than that: 报审批, 周三前给答复."""
    old, new = last.commitment.what, given.commitment.what
    says_more = not set(plain(new)) <= set(plain(old)) | set(FILLING)
    merged = _merged(last, given)
    if not says_more:
        return merged
    joined = f"{old}, {new}" if new.isascii() else f"{old}，{new}"
    return dataclasses.replace(merged, commitment=dataclasses.replace(merged.commitment, what=joined))


def _merged(first: Given, second: Given) -> Given:
    """One commitment told in two places: the first says how, the second what about; the first's date counts first."""
    own, other = first.commitment, second.commitment
    commitment = dataclasses.replace(
        other if not own.due_words or (own.is_vague and other.due) else own,
        what=_joined(own.what, other.what, is_bare=_is_bare(first)),
        absolute=own.absolute or other.absolute,
        wording=own.wording if other.wording in own.wording else f"{other.wording} {own.wording}".strip(),
    )
    return dataclasses.replace(first, commitment=commitment, is_bare=_is_bare(first) and _is_bare(second))


def _joined(how: str, about: str, *, is_bare: bool) -> str:
    if not how or not about or names_nothing(about) or not is_bare:
        return how or about
    return f"{how} ({about})" if how.isascii() else f"{how}（{about}）"


def _told_as_kept(what: str, how: str) -> str:
    """The deed of a promise told as kept: 样品 and 送到了 are 送样品."""
    if how.isascii():
        return AS_SAID.split(what)[0].strip()
    verb = HOW_KEPT.sub("", how)[:1]
    thing = what.split(verb, maxsplit=1)[0].rstrip("也都已经今天 ") if verb and not what.startswith(verb) else what
    return thing if not verb or thing.startswith(verb) else verb + thing
