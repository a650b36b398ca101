"""What a clause does to a commitment: gives a word, plans, says yes or no, asks, corrects; and the deed itself."""

from __future__ import annotations

import re
from typing import Literal

from bot.language.clauses import ACCOUNT, HAN, PERSON, TIME, WHOLE_ACCOUNT, Clause
from bot.language.patterns import pattern, words
from bot.language.plain import plain

Act = Literal[
    "vow",  # gives a word
    "plan",  # will do something
    "assent",  # says yes to what was asked for
    "assurance",  # only says how sure it is
    "refusal",  # says no
    "request",  # the client wants something
    "urge",  # the manager wants something of the client
    "earlier",  # speaks of a promise of old
    "meeting",  # arranges a meeting
    "correction",  # takes back what was said
    "date",  # only names a time
    "more",  # adds a thing to what was given
    "told_so",  # says that what stands before was said to the client
    "heading",  # stands over a list of what is to be done
    "other",
]

DATED = re.compile(
    r"\(?(?:在|于|到|等|赶在|最[迟晚快]|大概|大约|差不多|(?:at the )?latest |say |let's say |uh |probably |likely )?"
    rf"{TIME}+\)?"
    "(?:之前|以前|前|之内|以内|内|左右|的时候)?"
)
FRONTED = re.compile(r"(?<=^[\u3400-\u9fff]{2})我(?= )|(?<=^[\u3400-\u9fff]{3})我(?= )|(?<=^[\u3400-\u9fff]{4})我(?= )")
"""The 我 behind what is named first: 报价我明天发."""

ONLY_DATES = ("for_all", "said_when")
"""Groups of clauses that tell no more than a time."""

HEADS = re.compile(r"[:\n-]")
"""A mark behind the heading of a list."""

BARE = re.compile(rf"(?:\s|{words('promises')['bare']}|{words('promises')['him']})*")


def act_of(clause: Clause, *, ahead: bool) -> Act:
    """What a clause does to a commitment; `ahead` where it names a time that is still to come."""
    by_its_words: tuple[Act, ...] = ("correction", "more", "told_so")
    if told := next((act for act in by_its_words if _has(clause.masked, act)), None):
        return told
    if is_heading(clause) or clause.doer == "other":
        return "heading" if is_heading(clause) else "other"
    body = without_lookalikes(clause.body)
    if _has(body, "moved") and clause.doer == "manager":
        return "correction"
    if _is_of_old(clause, body, ahead=ahead):
        return "earlier"
    if _arranges_a_meeting(body):
        return "meeting"
    if _has(body, "refused"):
        return "refusal" if clause.doer == "manager" else "other"
    if clause.asks or is_condition(clause):
        return "request" if is_condition(clause) or "client" in (clause.doer, clause.teller) else "other"
    if _has(body, "demands_a_word"):
        return "request"
    if _has(body, "vow") and not _has(body, "states"):
        is_demanded = clause.doer == "manager" and clause.teller == "client" and (clause.says or clause.subject)
        return "request" if is_demanded else "vow"
    act = _of_manager(clause, body, ahead=ahead) if clause.doer == "manager" else _of_client(body, ahead=ahead)
    is_date = TIME in clause.masked and (is_label(clause) or any(_has(clause.masked, one) for one in ONLY_DATES))
    return "date" if act == "other" and is_date else act


def _arranges_a_meeting(body: str) -> bool:
    """Whether a meeting is agreed, and not a day for a thing that is to be given: 约定周五给齐."""
    if _has_at(body, "settles", 0) and not only_meets(body):
        return False
    return _has(body, "appoints") or (_has(body, "mutual") and only_meets(body))


def _is_of_old(clause: Clause, body: str, *, ahead: bool) -> bool:
    if clause.doer != "manager" or clause.says == "client" or clause.asks or _has(body, "refused"):
        return False
    is_kept = _has(body, "earlier") and _has(body, "done") and not _has(body, "unkept")
    return (not ahead or (is_kept and not _has(body, "future"))) and _speaks_of_old(clause, body)


def _speaks_of_old(clause: Clause, body: str) -> bool:
    """Whether a promise of old is spoken of, or a thing that was asked for and is not there yet: 他要的货没带."""
    is_missing = pattern("clauses", "topic").match(clause.masked) is not None and _has(body, "unkept")
    return is_missing or _has(body, "earlier") or _has(body, "owes")


def _of_manager(clause: Clause, body: str, *, ahead: bool) -> Act:
    if clause.teller == "client" or (clause.subject is None and _has_at(body, "asked_for", 0)):
        return "request"
    if _has(body, "urges"):
        return "urge"
    if _is_plan(clause, body, ahead=ahead):
        return "plan"
    names_a_time = clause.says is not None and TIME in clause.masked and not clause.body.strip()
    if _has(body, "assent") or names_a_time:
        return "assent"
    return "assurance" if _has(body, "absolute") else "other"


def _of_client(body: str, *, ahead: bool) -> Act:
    if _has(body, "request") and not _has(body, "offers"):
        return "request"
    if _has(body, "assent"):
        return "assent"
    if only_meets(body):
        return "other"
    will_do = _has(body, "will") or (_has(body, "client_deed") and (ahead or _has(body, "future")))
    return "plan" if will_do and not _has(body, "done") and not _has(body, "undone") else "other"


def _is_plan(clause: Clause, body: str, *, ahead: bool) -> bool:
    if any(_has(body, group) for group in ("internal", "undone", "hangs")) or (_has(body, "deflects") and not ahead):
        return False
    if clause.says is None and (_has(body, "hedged") or _has_at(body, "only_rings", deed_span(clause)[0])):
        return False
    if _is_ours_to_bring(clause, body, ahead=ahead):
        return True
    if only_meets(body):
        return False
    if _has(body, "process") and not clause.says and not _has(body, "serves"):
        return False
    if _has(body, "done") and not _has(body, "will") and (not ahead or not HAN.search(body)):
        return False
    does = begins(clause) or _has(body, "begins_late")
    if clause.says == "manager" and (does or _has(body, "will")):
        return pattern("clauses", "client_does").search(body) is None
    if clause.subject == "manager" and _has(body, "will"):
        return True
    if clause.subject is None and _has_at(body, "will", len(body) - len(body.lstrip())):
        return True
    serves = _has(body, "serves") and _has(body, "deed")
    return (does or serves) and (ahead or _has(body, "future") or _has(body, "absolute"))


def _is_ours_to_bring(clause: Clause, body: str, *, ahead: bool) -> bool:
    """Whether something will reach the client that is the manager's to bring: 师傅明天到, the samples will be sent."""
    if (_has(body, "arrives") or _has(body, "brings")) and (ahead or _has(body, "future")):
        return True
    if clause.subject != "client" and _has(body, "taken_on"):
        return True
    if ahead and clause.says == "manager" and _has(body, "told_to_come"):
        return True
    if ahead and clause.subject is None and _has_at(body, "handed", 0) and not _has(body, "done"):
        return True
    if ahead and clause.subject != "client" and _has_at(body, "arranged", 0):
        return True
    if ahead and clause.subject == "manager" and _has(body, "receives"):
        return True
    return clause.subject is None and _has_at(body, "todo", 0) and not only_meets(body)


def is_condition(clause: Clause) -> bool:
    """Whether a clause names what the manager would have to do first: if I get him the card."""
    return _has_at(clause.masked, "if_we", 0)


def is_heading(clause: Clause) -> bool:
    """Whether a clause stands over a list of what is to be done: Actions:, 待办:."""
    told = clause.masked.strip()
    return bool(HEADS.search(clause.mark)) and (_has(told, "heading") or _has(told, "reminder"))


def serves_who_is_waiting(clause: Clause, heading: Clause | None) -> bool:
    """Whether a client waits for what stands under a heading; of what one only reminds oneself of, not each is."""
    is_own = heading is not None and _has(heading.masked.strip(), "reminder")
    return not is_own or _has(clause.masked, "for_whom")


def is_listed(clause: Clause, heading: Clause | None, *, ahead: bool) -> bool:
    """Whether a clause under a heading is one of the things to be done."""
    if not serves_who_is_waiting(clause, heading):
        return False
    if clause.says or clause.asks or clause.doer == "other" or not deed(clause) or only_meets(clause.body):
        return False
    if clause.subject == "client" and not WHOLE_ACCOUNT.match(clause.masked):
        return False
    is_done = any(_has(clause.body, group) for group in ("done", "undone", "internal"))
    return not is_done and (ahead or begins(clause) or _has(clause.body, "deed"))


def is_label(clause: Clause) -> bool:
    """Whether a clause only names a time, an account or a person, and tells nothing."""
    return not DATED.sub("", clause.masked).strip(f"的了,是就 -{ACCOUNT}{PERSON}")


def begins(clause: Clause) -> bool:
    """Whether a clause starts with what a manager does for a client: 给他送样品."""
    return _has_at(clause.body, "begins", deed_span(clause)[0])


def only_meets(body: str) -> bool:
    """Whether all that is to be done is to see each other."""
    meeting = pattern("promises", "meeting")
    return meeting.search(body) is not None and not _has(body, "brings") and not _has(meeting.sub(" ", body), "deed")


def absolute_of(clause: Clause) -> str | None:
    """The words of a clause that assure without a condition."""
    body = without_lookalikes(clause.masked if clause.teller == "manager" else clause.body)
    found = pattern("promises", "absolute").search(body)
    if found is None or clause.asks or _has(body, "refused"):
        return None
    offset = len(clause.masked) - len(body)
    return clause.words[offset + found.start() : offset + found.end()]


def without_lookalikes(body: str) -> str:
    """The body of a clause with words struck out that only look like an assurance (保证金, 质量保证书)."""
    return pattern("promises", "lookalike").sub(lambda found: "·" * len(found[0]), body)


def deed(clause: Clause) -> str:
    """What is to be done, in the words of the clause, without its date and without the giving of the word."""
    typed = clause.words[len(clause.masked) - len(clause.body) :]
    start, end = deed_span(clause)
    marked = _dates_marked(clause.body)
    told = "".join(
        " " if mark == TIME else char for mark, char in zip(marked[start:end], typed[start:end], strict=True)
    )
    joined = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", FRONTED.sub(" ", told, count=1))
    return re.sub(r"\s+", " ", joined).strip()


def deed_span(clause: Clause) -> tuple[int, int]:
    """Where in the body of a clause the deed stands."""
    marked = _dates_marked(clause.body)
    start, lead = 0, pattern("promises", "lead")
    while (found := lead.match(marked, start)) and found.end() > start:
        start = found.end()
    tail = pattern("promises", "tail").search(marked, start)
    return start, tail.start() if tail else len(marked)


def names_nothing(what: str) -> bool:
    """Whether a deed names nothing that it is done to: 给他送过去."""
    return BARE.fullmatch(plain(what)) is not None


def is_bare_in(clause: Clause) -> bool:
    """Whether the deed of a clause names nothing but for whom it is done: 给■■."""
    start, end = deed_span(clause)
    return BARE.fullmatch(_dates_marked(clause.body)[start:end].replace(TIME, " ")) is not None


def _dates_marked(body: str) -> str:
    return DATED.sub(lambda found: TIME * len(found[0]), body)


def _has(body: str, group: str) -> bool:
    return pattern("promises", group).search(body) is not None


def _has_at(body: str, group: str, place: int) -> bool:
    return pattern("promises", group).match(body, place) is not None
