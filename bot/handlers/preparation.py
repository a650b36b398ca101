"""/prepare: the card to read before a meeting: what was, what is owed, who stands where, what to ask, what to read."""

from __future__ import annotations

import datetime as dtm

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.handlers.account_card import (
    EVERY_TIER,
    LINES,
    MARKS,
    ago,
    complaint_lines,
    gaps_line,
    owed_lines,
    roomy,
    step_lines,
    who,
)
from bot.handlers.accounts import PAGE, choose, found
from bot.handlers.answer import article_buttons
from bot.handlers.note_card import WIDE
from bot.keyboards import Button
from bot.models import Account, Stance
from bot.replies import Reply, Say
from bot.services import accounts, preparation
from bot.services.preparation import Briefing, Kind, Meeting, Question
from bot.texts import fitted, height, room

COMING_DAYS = 7
"""How far ahead meetings are offered to be prepared."""

LOOKED_THROUGH = 100
"""Next steps among which these are sought, late ones too."""

READING: dict[Kind, tuple[str, ...]] = {
    Kind.FIRST: ("preparation-thinking", "appearance-first-impression", "field-etiquette"),
    Kind.REGULAR: ("preparation-thinking", "organised-and-files-ready", "field-etiquette"),
    Kind.KEY: ("organised-and-files-ready", "who-accepts-or-blocks", "grow-the-account"),
    Kind.COMPLAINT: ("complaint-calm-professional", "answer-feedback-and-report"),
    Kind.MONEY: ("timely-risk-reminder", "big-buyer-not-key", "collection-before-lending"),
    Kind.TELEPHONE: ("phone-before-dialling", "phone-manners"),
}
"""The articles to read before each kind of meeting: K3.20 M4.6.2 M4.6.1, K3.20 M4.1.4 M4.6.1, M4.1.4 K9.8 K9.6,
K2.5 K8.7, K5.3 K9.5 K3.19, M4.7.1."""

LISTED = (Kind.COMPLAINT, Kind.TELEPHONE)
"""Meetings for which the documents say what to do; for the others they have no list of their own, and it is said so."""

SOURCES = {
    "complaint": "complaint-calm-professional",
    "opponent": "threatened-interests",
    "stance": "who-accepts-or-blocks",
    "contact": "who-accepts-or-blocks",
    "contacts": "three-to-five-contacts",
    "potential": "share-of-wallet",
    "needs": "short-and-long-needs",
    "payment_delay_days": "big-buyer-not-key",
    "trend": "key-account-criteria",
    "segment": "complete-information",
    "news": "report-without-being-asked",
    "more": "offer-more-than-asked",
}
"""The article behind each question: K2.5, K9.9, K9.8, K9.8, K9.7, K9.4, K9.12, K9.5, K9.4, M4.8.3, K6.9, K2.4."""


async def prepare(_update: Update, context: CoachContext) -> Say:
    """Prepare the account that the words after the command name; without words offer what comes next."""
    words = " ".join(context.args or [])
    if not words:
        return await _coming(context)
    hits = await found(context, words)
    return await card(context, hits[0]) if len(hits) == 1 else await choose(context, words, hits, "prepare")


async def open_card(update: Update, context: CoachContext) -> Reply:
    """Show the card of an account, for another kind of meeting if one was tapped. Raises NoSuchRecord."""
    account_id, *kind = context.arguments
    account = await accounts.seen(context.session, context.person, int(account_id))
    return in_place(update.callback_query, await card(context, account, Kind(kind[0]) if kind else None))


async def unfold(update: Update, context: CoachContext) -> Reply:
    """Show what the card has no room for. Raises NoSuchRecord."""
    account = await accounts.seen(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _unfolded(context, account, Kind(context.arguments[1])))


async def choose_kind(update: Update, context: CoachContext) -> Reply:
    """Offer the kinds of meeting. Raises NoSuchRecord."""
    account = await accounts.seen(context.session, context.person, int(context.arguments[0]))
    buttons = [Button(context.label(f"preparation-kind-{kind}"), f"prepare:{account.id}:{kind}") for kind in Kind]
    rows = [buttons[:3], buttons[3:]]
    return in_place(update.callback_query, Say(context.text("preparation-which-kind", name=account.name), rows))


async def card(context: CoachContext, account: Account, kind: Kind | None = None) -> Say:
    """What to have in mind before a meeting, in twelve lines: what is known, then as many questions as have room."""
    briefing = await preparation.brief(context.session, account)
    kind = kind or briefing.kind
    asked = briefing.questions(context.today)
    known = roomy(lambda lines, most: _known(context, briefing, kind, lines, most), LINES - 1 - len(asked))
    taken = height(known)
    asked = asked[: LINES - 1 - taken]
    if briefing.gaps and taken + len(asked) < LINES - 1:
        known.append(gaps_line(context, briefing))
    said = [
        *known,
        *(_question_line(context, number, question) for number, question in enumerate(asked, start=1)),
        context.text("preparation-read" if kind in LISTED else "preparation-no-list"),
    ]
    return Say(Markup("\n").join(said), _rows(context, account, kind, asked))


def _known(context: CoachContext, briefing: Briefing, kind: Kind, lines: int, most: int) -> list[Markup]:
    """What is known before a meeting, each thing in so many lines of the phone."""
    return [
        _head(context, briefing.account, kind),
        *complaint_lines(context, briefing, lines),
        *step_lines(context, briefing, most, lines),
        *(_meeting_line(context, meeting, lines) for meeting in briefing.meetings),
        *([] if briefing.meetings else [context.text("accounts-never-met")]),
        *owed_lines(context, briefing, most, lines),
        *_stance_lines(context, briefing, most, lines),
    ]


async def _unfolded(context: CoachContext, account: Account, kind: Kind) -> Say:
    briefing = await preparation.brief(context.session, account)
    said = roomy(
        lambda lines, most: [
            _head(context, account, kind),
            *step_lines(context, briefing, most + 1, lines),
            *owed_lines(context, briefing, most + 2, lines),
            *_stance_lines(context, briefing, 2, lines),
            *([gaps_line(context, briefing, lines)] if briefing.gaps else []),
        ]
    )
    fold = Button(context.label("preparation-fold"), f"prepare:{account.id}:{kind}")
    back = Button(context.label("accounts-back-to-card"), f"account:{account.id}")
    return Say(Markup("\n").join(said), [[fold, back]])


async def _coming(context: CoachContext) -> Say:
    """The meetings of the next days, each to be prepared by a tap; then what was agreed for earlier days."""
    today, until = context.today, context.today + dtm.timedelta(days=COMING_DAYS)
    steps = await preparation.coming(context.session, context.person, until, LOOKED_THROUGH)
    offered: dict[int, tuple[Account, dtm.date]] = {}
    for step, account in steps:
        if step.due is not None and (account.id not in offered or offered[account.id][1] < today):
            offered[account.id] = (account, step.due)
    ordered = sorted(offered.values(), key=lambda one: (one[1] < today, one[1]))
    rows = [[_coming_one(context, account, day)] for account, day in ordered[:PAGE]]
    book = [Button(context.label("accounts-mine"), f"accounts:{context.person.id}:{EVERY_TIER}:0")]
    return Say(context.text("preparation-coming" if rows else "preparation-nothing-coming"), [*rows, book])


def _coming_one(context: CoachContext, account: Account, day: dtm.date) -> Button:
    """A meeting to be prepared, marked where its day is over."""
    text_id = "preparation-late-one" if day < context.today else "preparation-coming-one"
    left = WIDE - room(context.label(text_id, name="", day=context.day(day)))
    label = context.label(text_id, name=fitted(account.name, left), day=context.day(day))
    return Button(label, f"prepare:{account.id}")


def _head(context: CoachContext, account: Account, kind: Kind) -> Markup:
    label = context.label(f"preparation-kind-{kind}")
    return context.voice.line("preparation-head", what=account.name, tier=account.tier, kind=label)


def _meeting_line(context: CoachContext, meeting: Meeting, lines: int) -> Markup:
    """One of the last contacts; its own author is reminded of his first words, nobody else reads them."""
    visit = meeting.visit
    is_own = meeting.by.id == context.person.id
    about = {"day": context.day(visit.day), "outcome": context.label(f"note-outcome-{visit.outcome}")}
    if is_own and visit.text:
        return context.voice.line("preparation-meeting", what=visit.text, lines=lines, **about)
    with_whom = visit.contact if is_own else who(context, meeting.by)
    if not with_whom:
        return context.text("preparation-meeting-bare", **about)
    return context.voice.line("preparation-meeting-by", what=with_whom, lines=lines, **about)


def _stance_lines(context: CoachContext, briefing: Briefing, most: int, lines: int) -> list[Markup]:
    """Who stands where, opponents first, and when each was last met; two in a line."""
    said = [
        " ".join(
            [
                MARKS[Stance(one.contact.stance)],
                fitted(one.contact.name, 4),
                *([ago(context, one.met_on)] if one.met_on else []),
            ]
        )
        for one in briefing.people[: 2 * most]
    ]
    pairs = [context.label("accounts-between").join(said[at : at + 2]) for at in range(0, len(said), 2)]
    return [context.voice.line("accounts-people", what=pair, lines=lines) for pair in pairs]


def _question_line(context: CoachContext, number: int, question: Question) -> Markup:
    return context.voice.line(f"preparation-ask-{question.reason}", number=number, what=question.about)


def _rows(context: CoachContext, account: Account, kind: Kind, asked: list[Question]) -> list[list[Button]]:
    """The articles behind the questions, those to read, and the ways on."""
    library = context.shared.library
    behind = [
        Button(context.label("preparation-source", number=number), f"read:{SOURCES[question.reason]}")
        for number, question in enumerate(asked, start=1)
        if question.reason in SOURCES
    ]
    more = Button(context.label("preparation-unfold"), f"prepare-more:{account.id}:{kind}")
    kinds = Button(context.label("preparation-other-kind"), f"prepare-kind:{account.id}")
    back = Button(context.label("accounts-back-to-card"), f"account:{account.id}")
    reading = article_buttons(context, (library[article] for article in READING[kind]))
    return [*([behind] if behind else []), *map(list, reading), [more, kinds], [back]]
