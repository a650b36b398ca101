"""The card of an account, and the lines about an account that other cards show too; each fits a phone."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from bot.context import CoachContext
from bot.handlers import sharing
from bot.keyboards import Button
from bot.models import Account, Person, Stance
from bot.replies import Say
from bot.services import preparation
from bot.services.preparation import Briefing, Known, Meeting
from bot.texts import fitted, height

EVERY_TIER = "all"
"""The argument of a button that shows a whole book."""

LINES = 12
"""Lines of a card (domain.md §1)."""

FIGURES = ("annual_sales", "potential", "margin_pct", "payment_delay_days", "trend")
"""Fields of the file that are told in one line, each by a text of its name."""

MARKS = {Stance.SUPPORTER: "🟢", Stance.NEUTRAL: "🟡", Stance.OPPONENT: "🔴", Stance.UNKNOWN: "⚪"}
"""How a stance looks where there is no room for its name."""

PEOPLE_NAMED = 3
"""Contacts named on the card; the rest are counted."""


async def card(context: CoachContext, account: Account) -> Say:
    """All that is on file of an account, in twelve lines; its manager can change it from here, others only read."""
    await context.session.flush()
    briefing = await preparation.brief(context.session, account)
    said = roomy(lambda lines, most: _card_lines(context, briefing, lines, most))
    rows = _card_rows(context, account, len(briefing.people))
    to_notes = await sharing.to_notes(context, account)
    return Say(Markup("\n").join(said), [*rows[:-1], *([to_notes] if to_notes else []), rows[-1]])


def _card_lines(context: CoachContext, briefing: Briefing, lines: int, most: int) -> list[Markup]:
    account = briefing.account
    said = [
        context.voice.line("accounts-name", what=account.name),
        Markup(" · ").join([context.text("accounts-tier", tier=account.tier), *_where(account)]),
        *_figures(context, briefing),
        _met_line(context, briefing.meetings, lines),
        *complaint_lines(context, briefing, lines),
        *step_lines(context, briefing, most, lines),
        *owed_lines(context, briefing, most, lines),
        *_people_line(context, briefing.people),
    ]
    if account.archived_on is not None:
        return [*said, context.text("accounts-gone", day=context.day(account.archived_on))]
    return [*said, gaps_line(context, briefing, lines=2)] if briefing.gaps else said


def _card_rows(context: CoachContext, account: Account, known: int) -> list[list[Button]]:
    is_own = account.person_id == context.person.id
    prepare = Button(context.label("accounts-prepare"), f"prepare:{account.id}")
    with_contacts = Button(context.label("accounts-contacts", count=known), f"contacts:{account.id}")
    promised = Button(context.label("accounts-promises"), f"promises-of:{account.id}")
    back = Button(context.label("accounts-back"), f"accounts:{account.person_id}:{EVERY_TIER}:0")
    if not is_own:
        return [[prepare], [with_contacts, promised], [back]]
    if account.archived_on is not None:
        return [[Button(context.label("accounts-bring-back"), f"account-back:{account.id}")], [promised, back]]
    edit = Button(context.label("accounts-edit"), f"account-edit:{account.id}")
    away = Button(context.label("accounts-archive"), f"account-archive:{account.id}")
    return [[prepare, promised], [edit, with_contacts], [away, back]]


def _where(account: Account) -> Iterable[str]:
    return (fitted(words, 7) for words in (account.segment, account.area) if words)


def _figures(context: CoachContext, briefing: Briefing) -> list[Markup]:
    """What the account buys and how it pays, as far as it is known, in two lines at most."""
    said = [figure for name in FIGURES if (figure := figure_of(context, briefing.account, briefing.manager, name))]
    return [context.voice.line("accounts-figures", what=" · ".join(said), lines=2)] if said else []


def figure_of(context: CoachContext, account: Account, manager: Person, name: str) -> str:
    """A figure of the file with its name and unit, "" where it is not known."""
    value = getattr(account, name)
    if value is None:
        return ""
    if name == "trend":
        return context.label(f"accounts-trend-{value}")
    return context.label(f"accounts-figure-{name}", value=value, unit=manager.money_unit or "")


def roomy(build: Callable[[int, int], list[Markup]], room_for: int = LINES) -> list[Markup]:
    """The fullest of what `build` makes that takes no more than so many lines of the phone, else the barest.

    It is given how many lines of the phone each of its own may take, and how many of a kind it may name.
    """
    for lines, most in ((2, 2), (2, 1)):
        said = build(lines, most)
        if height(said) <= room_for:
            return said
    return build(1, 1)


def _met_line(context: CoachContext, meetings: Sequence[Meeting], lines: int) -> Markup:
    """When somebody was met last, by whom, and what came of it."""
    if not meetings:
        return context.text("accounts-never-met")
    visit = meetings[0].visit
    outcome = context.label(f"note-outcome-{visit.outcome}")
    by = who(context, meetings[0].by)
    return context.voice.line("accounts-met", ago=ago(context, visit.day), what=f"{by} · {outcome}", lines=lines)


def who(context: CoachContext, person: Person) -> str:
    """Somebody as the reader would call him."""
    return context.label("accounts-you") if person.id == context.person.id else fitted(person.name, 6)


def complaint_lines(context: CoachContext, briefing: Briefing, lines: int = 1) -> list[Markup]:
    """The oldest complaint that waits for an answer."""
    return [context.voice.line("accounts-complaint", what=one.text, lines=lines) for one in briefing.complaints[:1]]


def step_lines(context: CoachContext, briefing: Briefing, most: int, lines: int = 1) -> list[Markup]:
    """Appointments and next steps, the nearest first."""
    said = []
    for step in briefing.steps[:most]:
        time = f" {step.time:%H:%M}" if step.time else ""
        day = context.day(step.due) if step.due else context.label("promises-no-day")
        mark = "accounts-appointment" if step.is_appointment else "accounts-step"
        what = step.what or step.contact or ""
        said.append(context.voice.line(mark, when=f"{day}{time}", what=what, lines=lines))
    return said


def owed_lines(context: CoachContext, briefing: Briefing, most: int, lines: int = 1) -> list[Markup]:
    """Open promises both ways, the most urgent of each; the first line of each side says how many there are."""
    ours = [(one.what, one.expected) for one in briefing.promises]
    theirs = [(one.what, one.due) for one in briefing.client_promises]
    said = []
    for text_id, text_id_more, owed in (
        ("accounts-owed", "accounts-owed-more", ours),
        ("accounts-client-owes", "accounts-client-owes-more", theirs),
    ):
        for number, (what, day) in enumerate(owed[:most]):
            late = day is not None and day < context.today
            when = context.day(day) if day else context.label("promises-no-day")
            shown = context.label("accounts-late", when=when) if late else when
            one = text_id_more if number else text_id
            said.append(context.voice.line(one, count=len(owed), when=shown, what=what, lines=lines))
    return said


def gaps_line(context: CoachContext, briefing: Briefing, lines: int = 1) -> Markup:
    """What the file lacks."""
    named = [context.label(f"accounts-gap-{gap}") for gap in briefing.gaps]
    return context.voice.line("accounts-gaps", what=context.label("accounts-between").join(named), lines=lines)


def _people_line(context: CoachContext, known: Sequence[Known]) -> list[Markup]:
    named = [_person(context, one.contact.name, one.contact.role, one.contact.stance) for one in known[:PEOPLE_NAMED]]
    said = context.label("accounts-between").join(named)
    if len(known) > len(named):
        said = context.label("accounts-and-more", people=said, count=len(known))
    return [context.voice.line("accounts-people", what=said, lines=2)] if known else []


def _person(context: CoachContext, name: str, role: str | None, stance: str) -> str:
    """A contact in a few words: how he stands, name, role."""
    said = f"{MARKS[Stance(stance)]} {fitted(name, 6)}"
    return context.label("accounts-person", name=said, role=fitted(role, 5)) if role else said


def ago(context: CoachContext, day: dtm.date | None) -> str:
    """How long a day is past, in words; None is never."""
    if day is None:
        return context.label("accounts-never")
    return context.label("accounts-ago", days=max(0, (context.today - day).days))
