"""The fiction of the demo book as data: what a file of bot/demo may hold.

Days are counted in the manager's workdays from the day on which the book is laid: 1 is the last one before it, 0 the
day itself or the next workday, -1 the workday after. None is "never" or "no date".
"""

from __future__ import annotations

import datetime as dtm
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from bot.models import Outcome, Stance, Tier, Topic, Trend

FOLDER = Path(__file__).parents[2] / "demo"

Kind = Literal["visit", "call", "message"]


class Entry(BaseModel):
    """One mapping of a file: unknown keys are refused with their name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactEntry(Entry):
    """Somebody at an account."""

    name: str
    role: str | None = None
    stance: Stance = Stance.UNKNOWN


class AccountEntry(Entry):
    """An account with its file and people; in the last `quiet_days` calendar days it has no ordinary visit."""

    name: str
    aliases: list[str] = []
    tier: Tier
    segment: str | None = None
    area: str | None = None
    potential: float | None = None
    annual_sales: float | None = None
    margin_pct: float | None = None
    payment_delay_days: int | None = None
    trend: Trend | None = None
    collateral: dict[str, Any] | None = None
    contacts: list[ContactEntry] = []
    quiet_days: int = 0


class Move(Entry):
    """A promise put off to another day, and when that was agreed."""

    agreed: int
    to: int


class PromiseEntry(Entry):
    """A promise of the manager; `absolute` are the words of an unconditional assurance in its `wording`."""

    what: str
    wording: str
    absolute: str | None = None
    due: int | None = None
    moves: list[Move] = []
    kept: int | None = None
    withdrawn: int | None = None


class ClientPromiseEntry(Entry):
    """Something the client said he would do."""

    what: str
    due: int | None = None
    kept: int | None = None


class StepEntry(Entry):
    """An agreed next step, or an appointment."""

    what: str
    due: int
    time: dtm.time | None = None
    is_appointment: bool = False
    contact: str | None = None
    done: int | None = None


class ReportEntry(Entry):
    """A piece of market news."""

    topic: Topic
    text: str


class ComplaintEntry(Entry):
    """A complaint and when it was answered."""

    text: str
    answered: int | None = None


class Phrase(Entry):
    """What a manager writes after an ordinary visit, and what came of that."""

    outcome: Outcome
    kind: Kind = "visit"
    note: str


class Moment(Phrase):
    """One visit of note, on the workday `day`, with all that was said.

    The note may name `{contact}`, and `{what}`, `{due}` and `{wording}` of the promise, `{client_due}` of the client's,
    and `{when}` of the next step.
    """

    day: int
    account: str
    contact: str | None = None
    promises: list[PromiseEntry] = []
    client_promises: list[ClientPromiseEntry] = []
    next: StepEntry | None = None
    market: list[ReportEntry] = []
    complaint: ComplaintEntry | None = None


class Rhythm(Entry):
    """How he works.

    `everyday` are the visits of successive workdays, on which only `everyday_tiers` are thought of; `month_end`, where
    given, those of each of the last five workdays of a month. A plan holds at most `plan_size` accounts, `plan_missed`
    of which are not visited that day. Of ten notes after ordinary visits, `thin_of_ten` say nothing.
    """

    everyday: list[int]
    everyday_tiers: str = "ABC"
    month_end: int | None = None
    plan_size: int
    plan_missed: int
    thin_of_ten: int


class DatedText(Entry):
    """Something that he wrote on the workday `day`."""

    day: int
    text: str


class Profile(Entry):
    """What the portable record tells of a manager (bot.models.Person)."""

    title: str
    company: str
    region: str
    years_in_role: float
    money_unit: str


class Fiction(Entry):
    """One fictional manager: who he is, how he works, his book, the visits of note and his turns of phrase.

    `goods` fill the place of `{goods}` in the phrases. `wording` are samples of how he writes to clients, `questions`
    what he asked the coach in vain.
    """

    telegram_id: int
    reference: str
    profile: Profile
    leave: list[int] = []
    rhythm: Rhythm
    accounts: list[AccountEntry]
    moments: list[Moment]
    phrases: list[Phrase]
    thin: list[Phrase]
    goods: list[str] = [""]
    wording: list[DatedText]
    questions: list[DatedText]


@cache
def load() -> tuple[Fiction, ...]:
    """Every fictional manager. Raises pydantic.ValidationError for a file that holds anything else."""
    files = sorted(FOLDER.glob("*.yaml"))
    # The safe loader in C reads the two files in some 45 ms, the one in Python in 320 ms.
    texts = (path.read_text(encoding="utf-8") for path in files)
    return tuple(Fiction.model_validate(yaml.load(text, Loader=yaml.CSafeLoader)) for text in texts)
