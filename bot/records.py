"""The portable manager record: its schema, strict in what it takes and exact in what it writes (decision 0006).

The keys of the example record are always written. Whatever else our book knows stands in optional keys, which are
written only where they hold something, so that a plain record that was imported comes out again as it was.
"""

from __future__ import annotations

import datetime as dtm
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    WrapSerializer,
)
from pydantic_core import ErrorDetails

from bot.errors import CoachError
from bot.models import Outcome, Policy, Stance, Tier, Topic, Trend

ABOUT = (
    "The portable manager record: what export writes, import reads and `python -m bot review` judges. Dates are ISO "
    "days in the manager's time zone. Money is in manager.money_unit. Unknown keys are refused with their name; every "
    "list may be empty. visits.outcome: order, next_step, issue_solved, info, none, absent. contacts.stance: "
    "supporter, neutral, opponent, unknown. trend: up, flat, down. collateral.stage: 营销, 调查, 审批, 放款, 贷后; "
    "basis: 现金流, 人品口碑, 抵押物."
)

MOST_FLAWS = 20
"""Errors of a record that are told; whoever has more will send it again anyway."""


@dataclass(frozen=True)
class Flaw:
    """One error of a record: its place (`promises[3].due`) and the text that says what is wrong there."""

    place: str
    text_id: str
    values: dict[str, str | int]


class RecordRefused(CoachError):
    """A record that cannot be read, with its errors in order."""

    def __init__(self, flaws: Iterable[Flaw]) -> None:
        self.flaws = tuple(flaws)
        super().__init__("record-refused", count=len(self.flaws))


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("record-no-zone")
    return value


Number = Annotated[float, PlainSerializer(lambda value: int(value) if float(value).is_integer() else value)]
"""A number that is written without a point where it is whole."""

NO_NUL = "^[^\\x00]*$"  # PostgreSQL keeps none

Money = Annotated[Number, Field(ge=0, le=1e12)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=128, strip_whitespace=True, pattern=NO_NUL)]
Short = Annotated[str, StringConstraints(max_length=64, pattern=NO_NUL)]
Told = Annotated[Short | None, AfterValidator(lambda value: (value or "").strip() or None)]
"""A short text that says something, else None: a blank one is as empty as none."""
Deed = Annotated[str, StringConstraints(max_length=256, pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(max_length=4096, pattern=NO_NUL)]
"""Texts as long as the book keeps them (bot.models), notes as long as a message."""

FIRST_DAY, LAST_DAY = dtm.date(1970, 1, 1), dtm.date(2199, 12, 31)
Day = Annotated[dtm.date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day that a book can be about: workdays are counted one by one, and the calendar ends."""


def _optional(default: Any) -> Any:
    """A field beyond the plain record: written only where it is not its default."""
    return Field(default, exclude_if=lambda value: value == default)


class Part(BaseModel):
    """A part of the record: unknown keys are refused, types are not guessed."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, serialize_by_alias=True, validate_by_name=True
    )


class Manager(Part):
    """Who the record is of; `role` is the job's title."""

    name: Name
    role: Short | None = None
    company: Name | None = None
    region: Short | None = None
    years_in_role: Annotated[Number, Field(ge=0, le=80)] | None = None
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    money_unit: Annotated[str, StringConstraints(min_length=1, max_length=16, pattern=NO_NUL)] | None = None


class Collateral(Part):
    """The loan file of a lending account (K3.11 to K3.19)."""

    stage: Literal["营销", "调查", "审批", "放款", "贷后"]
    loan_amount: Money | None = None
    type: Words | None = None
    value: Money | None = None
    basis: list[Literal["现金流", "人品口碑", "抵押物"]] = []
    basis_text: Words | None = ""
    sources: list[Words] = []
    first_repayment_source: Words | None = ""
    repayment_plan: Words | None = None
    loss_years: Annotated[int, Field(ge=0, le=100)] | None = _optional(None)
    repays_old_loan: bool = _optional(False)
    delay_grew_on: Day | None = _optional(None)


class AccountEntry(Part):
    """An account; money is a year's. `archived_on` is the day on which it left the book."""

    name: Name
    tier: Tier
    segment: Told = None
    potential: Money | None = None
    annual_sales: Money | None = None
    margin_pct: Annotated[Number, Field(ge=-100, le=100)] | None = None
    payment_delay_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    trend: Trend | None = None
    collateral: Collateral | None = _optional(None)
    aliases: list[Name] = _optional([])
    area: Short | None = _optional(None)
    archived_on: Day | None = _optional(None)


class ContactEntry(Part):
    """Somebody at an account."""

    account: Name
    name: Annotated[Short, StringConstraints(min_length=1)]
    role: Short | None = None
    stance: Stance = Stance.UNKNOWN


class VisitEntry(Part):
    """One contact with an account; `note` is None where its words are withheld."""

    date: Day
    account: Name
    contact: Short | None = None
    outcome: Outcome
    note: Words | None = ""
    kind: Literal["visit", "call", "message"] = _optional("visit")


class PlanEntry(Part):
    """One day's plan: its accounts in order, and the number of visits aimed at."""

    date: Day
    accounts: list[Name]
    target: Annotated[int, Field(ge=0, le=1000)]


class Move(Part):
    """One agreement with the client about another day; `from` is the day that it replaced."""

    from_: Day | None = Field(None, alias="from")
    to: Day
    on: Day


class PromiseEntry(Part):
    """A promise of the manager; `wording` is None where its words are withheld.

    `due` is the day that counts; `moved_to` the day of which he is reminded, where it was moved too late to count.
    """

    made: Day
    account: Name | None = None
    what: Deed
    due: Day | None = None
    kept_on: Day | None = None
    wording: Words | None = ""
    moved_to: Day | None = _optional(None)
    moves: list[Move] = _optional([])
    withdrawn_on: Day | None = _optional(None)
    absolute: Short | None = _optional(None)


class MarketReportEntry(Part):
    """What was heard in the field."""

    date: Day
    text: Words
    topic: Topic = _optional(Topic.OTHER)
    account: Name | None = _optional(None)


class WordingEntry(Part):
    """Something that the manager wrote, private to him."""

    date: Day
    text: Words


class ClientPromiseEntry(Part):
    """Something that a client said he would do."""

    said: Day
    account: Name | None = None
    what: Deed
    due: Day | None = None
    kept_on: Day | None = None
    withdrawn_on: Day | None = _optional(None)


class NextStepEntry(Part):
    """A next step agreed with a client; an appointment where `is_appointment`, at the local `time` if one was said."""

    agreed: Day
    account: Name
    what: Deed
    due: Day | None = None
    done_on: Day | None = None
    dropped_on: Day | None = _optional(None)
    time: dtm.time | None = _optional(None)
    is_appointment: bool = _optional(False)
    contact: Short | None = _optional(None)


class ComplaintEntry(Part):
    """A complaint of a client; open until `answered_on`."""

    made: Day
    account: Name
    text: Words
    answered_on: Day | None = None


class LeaveEntry(Part):
    """Days off, both included."""

    first_day: Day
    last_day: Day


PLAIN_POLICY = {
    "cadence_days",
    "min_contacts_A",
    "max_open_promises",
    "min_margin_pct",
    "max_payment_delay_days",
    "daily_visits_target",
}
"""The thresholds that every record carries; the others are written only where a team has its own."""


def _policy(policy: Policy, serialize: Any) -> dict[str, Any]:
    written: dict[str, Any] = serialize(policy)
    usual = Policy().model_dump()
    own = {field for field, value in policy.model_dump().items() if value != usual[field]}
    written = {field: value for field, value in written.items() if field in PLAIN_POLICY | own}
    margin = written["min_margin_pct"]
    return written | {"min_margin_pct": int(margin) if float(margin).is_integer() else margin}


class Record(Part):
    """A manager's whole record on the local day `as_of`."""

    about: str = Field(ABOUT, alias="_about")
    id: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=NO_NUL)]
    lang: Literal["zh", "en"] = "zh"
    as_of: Day
    manager: Manager
    team_policy: Annotated[Policy, WrapSerializer(_policy)] = Policy()
    accounts: list[AccountEntry] = []
    contacts: list[ContactEntry] = []
    visits: list[VisitEntry] = []
    plans: list[PlanEntry] = []
    promises: list[PromiseEntry] = []
    market_reports: list[MarketReportEntry] = []
    wording: list[WordingEntry] = []
    client_promises: list[ClientPromiseEntry] = _optional([])
    next_steps: list[NextStepEntry] = _optional([])
    complaints: list[ComplaintEntry] = _optional([])
    leave: list[LeaveEntry] = _optional([])


def read_record(data: bytes) -> Record:
    """The record of a JSON text. Raises RecordRefused, with the place of each error."""
    try:
        record = Record.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        raise RecordRefused(_flaw(one) for one in details[:MOST_FLAWS]) from error
    if flaws := list(_inconsistencies(record)):
        raise RecordRefused(flaws[:MOST_FLAWS])
    return record


def write_record(record: Record) -> str:
    """The record as JSON text, one entry of a list on a line, as the example is laid out."""
    kept = record.model_dump(mode="json")
    lines = []
    for key, value in kept.items():
        name = json.dumps(key)
        if isinstance(value, list) and value:
            entries = ",\n    ".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            lines.append(f"  {name}: [\n    {entries}\n  ]")
        else:
            lines.append(f"  {name}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


# -- Errors -----------------------------------------------------------------------------------------------------------

KINDS = {
    "missing": "record-missing",
    "extra_forbidden": "record-unknown-key",
    "json_invalid": "record-no-json",
    "string_too_long": "record-too-long",
    "string_too_short": "record-empty",
    "literal_error": "record-not-one-of",
    "enum": "record-not-one-of",
    "greater_than_equal": "record-out-of-range",
    "less_than_equal": "record-out-of-range",
    "finite_number": "record-out-of-range",
    "bool_type": "record-not-a-yes-or-no",
    "string_type": "record-not-a-text",
    "list_type": "record-not-a-list",
}
"""pydantic's types of errors, and what is said of each."""

FAMILIES = {
    "date": "record-not-a-day",
    "time": "record-not-a-time",
    "int": "record-not-a-whole-number",
    "float": "record-not-a-number",
    "model": "record-not-an-object",
    "value_error": "record-no-zone",
    "": "record-wrong",
}
"""What is said of all types of errors that begin alike."""


def _flaw(error: ErrorDetails) -> Flaw:
    kind, context = error["type"], error.get("ctx", {})
    text_id = KINDS.get(kind) or next(said for family, said in FAMILIES.items() if kind.startswith(family))
    values: dict[str, str | int] = {}
    if text_id == "record-not-one-of":
        values["allowed"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    elif text_id == "record-too-long":
        values["limit"] = int(context["max_length"])
    elif text_id == "record-out-of-range":
        limits = {sign: context[key] for key, sign in (("ge", "≥"), ("le", "≤")) if key in context}
        values["limits"] = " ".join(f"{sign} {_limit(limit)}" for sign, limit in limits.items())
    return Flaw(place_of(error["loc"]), text_id, values)


def _limit(limit: float | str) -> str:
    return limit if isinstance(limit, str) else f"{limit:g}"


def place_of(location: Iterable[str | int]) -> str:
    """The place of an entry as it is written: `promises[3].due`; empty for the whole record."""
    place = ""
    for part in location:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    return place.removeprefix(".")


def _inconsistencies(record: Record) -> Iterator[Flaw]:
    """Where the record names an account that it does not hold, or the same thing twice."""
    names = [account.name for account in record.accounts]
    yield from _twice("accounts", names, ".name")
    yield from _twice("contacts", [(one.account, one.name) for one in record.contacts], ".name")
    yield from _twice("plans", [plan.date for plan in record.plans], ".date")
    known = set(names)
    for key in ("contacts", "visits", "promises", "market_reports", "client_promises", "next_steps", "complaints"):
        for place, entry in enumerate(getattr(record, key)):
            if entry.account is not None and entry.account not in known:
                yield Flaw(f"{key}[{place}].account", "record-no-account", {"name": entry.account})
    for place, plan in enumerate(record.plans):
        for at, name in enumerate(plan.accounts):
            if name not in known:
                yield Flaw(f"plans[{place}].accounts[{at}]", "record-no-account", {"name": name})
    for place, leave in enumerate(record.leave):
        if leave.last_day < leave.first_day:
            yield Flaw(f"leave[{place}].last_day", "record-out-of-range", {"limits": f"≥ {leave.first_day}"})


def _twice(key: str, values: Iterable[object], field: str) -> Iterator[Flaw]:
    met: dict[object, int] = {}
    for place, value in enumerate(values):
        if value in met:
            yield Flaw(f"{key}[{place}]{field}", "record-twice", {"other": f"{key}[{met[value]}]"})
        met.setdefault(value, place)
