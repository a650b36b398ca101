"""Why a day is as it is: the order with its points down to the rules, too many accounts, Monday's five questions."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from telegram import Update

from bot import flag_words, plan_words
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.handlers import day_plan
from bot.keyboards import Button, turns
from bot.replies import Reply, Say
from bot.services import day_drafts, day_plans, five_questions, judging, planning, proposals
from bot.services.day_plans import Plan
from bot.services.five_questions import FiveQuestions
from bot.services.planning import Arithmetic, Ranked
from bot.services.proposals import Reason
from bot.texts import fitted, height

LINES = 12
"""Lines of one screen on the phone (domain.md §1)."""

PAGE = 8
"""Accounts on one screen, a line each."""

STRETCHES = 6
"""Accounts whose cadence could be stretched on one screen: two lines each in the worst case are not reached."""

SAME_AREA = "same_area"
"""The one reason that no rule gives, but the choice of another account (services.planning)."""

ARTICLE = "five-priority-questions"
"""The article of the five questions, K9.14."""


async def why(update: Update, context: CoachContext) -> Reply:
    """Show the accounts of a day with their points, each to be opened. Raises DayOver."""
    day, page = day_plan.day_of(context), int(context.arguments[1])
    ranked = await _ranked(context, day)
    here = list(enumerate(ranked, start=1))[page * PAGE : (page + 1) * PAGE]
    lines = [context.text("plan-because-head")]
    for place, one in here:
        parts = "+".join(str(reason.points) for reason in one.reasons)
        total = f"{one.points}={parts}" if len(one.reasons) > 1 else f"{one.points}"
        lines.append(context.voice.line("plan-because-line", what=one.account.name, number=place, sum=total))
    buttons = [Button(str(place), f"plan-because:{day:%Y%m%d}:{one.account.id}") for place, one in here]
    rows = [buttons[at : at + plan_words.ROW] for at in range(0, len(buttons), plan_words.ROW)]
    turn = turns(f"plan-why:{day:%Y%m%d}", page, len(ranked), PAGE)
    said = Say(Markup("\n").join(lines), [*rows, *turn, [day_plan.back(context, day)]])
    return in_place(update.callback_query, said)


async def because(update: Update, context: CoachContext) -> Reply:
    """Show the reasons of one account with their points. Raises DayOver, NoSuchRecord."""
    day, one = await _one(context)
    lines = [_title(context, one), *(_reason(context, reason) for reason in one.reasons)]
    if not one.reasons:
        lines.append(context.text("plan-because-none"))
    unfold = Button(context.label("plan-because-unfold"), f"plan-rules:{day:%Y%m%d}:{one.account.id}:0")
    rows = [[unfold]] if one.reasons else []
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [*rows, [_to_all(context, day)]]))


async def unfold(update: Update, context: CoachContext) -> Reply:
    """Show how the reasons of one account follow from the facts as of now, each step with its rule and source.

    A plan keeps its reasons and their points, not how they were derived: where it stands the page says so.

    Raises DayOver, NoSuchRecord, PlanRefused where the rules fail.
    """
    day, one = await _one(context)
    try:
        found = await proposals.look(context.session, context.person, day, context.shared.worker.evaluate)
    except judging.FAILURES as error:
        raise day_plan.PlanRefused("plan-not-judged") from error
    lines = [
        line
        for priority in found.priorities
        if priority.account == str(one.account.id)
        for line in flag_words.tree(context.voice, priority.because)
    ]
    lines += [_near(context, reason) for reason in one.reasons if reason.code == SAME_AREA]
    above = [_title(context, one)]
    if await _standing(context, day) is not None:
        above.append(context.text("plan-rules-now"))
    pages = _paged(lines or [context.text("plan-rules-none")], LINES - height(above))
    page = min(int(context.arguments[2]), len(pages) - 1)
    about = f"{day:%Y%m%d}:{one.account.id}"
    turn = turns(f"plan-rules:{about}", page, len(pages), 1)
    fold = Button(context.label("preparation-fold"), f"plan-because:{about}")
    return in_place(
        update.callback_query,
        Say(Markup("\n").join([*above, *pages[page]]), [*turn, [fold, _to_all(context, day)]]),
    )


async def too_many(update: Update, context: CoachContext) -> Reply:
    """Show which C accounts could be seen less often and what each frees; only the team changes a cadence."""
    day, page = day_plan.day_of(context), int(context.arguments[1])
    arithmetic = await planning.arithmetic(context.session, context.person, day)
    lines = [context.text("plan-over-head", required=f"{arithmetic.required:.1f}", target=arithmetic.target)]
    lines += _stretched(context, arithmetic, page)
    turn = turns(f"plan-over:{day:%Y%m%d}", page, len(arithmetic.stretch), STRETCHES)
    read = Button(context.shared.library["too-many-accounts"].text(context.locale).title, "read:too-many-accounts")
    return in_place(
        update.callback_query, Say(Markup("\n").join(lines), [*turn, [read], [day_plan.back(context, day)]])
    )


async def five(update: Update, context: CoachContext) -> Reply:
    """Answer the five questions that set priorities (K9.14) from his own records."""
    answers = await five_questions.answers(
        context.session, context.person, context.shared.worker.matcher, context.today
    )
    read = Button(context.shared.library[ARTICLE].text(context.locale).title, f"read:{ARTICLE}")
    html = Markup("\n").join([context.text("plan-five-head"), *_answers(context, answers)])
    return in_place(update.callback_query, Say(html, [[read], [day_plan.back(context, context.today)]]))


def _answers(context: CoachContext, found: FiveQuestions) -> list[Markup]:
    """The five answers, two lines each at most."""
    capacity, people, things = found.capacity, found.people, found.things
    nobody = context.label("plan-five-nobody")
    unmet, fruitless = _names(context, people.unmet), _names(context, things.fruitless)
    seniors = [
        context.label(
            "plan-five-senior-one",
            account=fitted(one.account, plan_words.NAME),
            reason=context.label(f"plan-five-senior-{one.reason}"),
        )
        for one in found.senior
    ]
    return [
        context.text(
            "plan-five-capacity",
            accounts=capacity.accounts,
            overdue=capacity.overdue,
            required=f"{capacity.arithmetic.required:.1f}",
            target=capacity.arithmetic.target,
        ),
        context.voice.line(
            "plan-five-returns",
            what=_names(context, found.returns.later) or nobody,
            lines=2,
            now=_names(context, found.returns.now[:2]) or nobody,
        ),
        context.voice.line(
            "plan-five-people",
            what=context.label("plan-five-unmet", names=unmet) if unmet else context.label("plan-five-all-met"),
            lines=2,
            visits=people.visits,
            at_key=people.at_key,
            with_opponents=people.with_opponents,
        ),
        context.voice.line(
            "plan-five-things",
            what=context.label("plan-five-fruitless", names=fruitless)
            if fruitless
            else context.label("plan-five-no-fruitless"),
            lines=2,
            visits=things.visits,
            productive=things.productive,
        ),
        context.voice.line("plan-five-senior", what=context.label("accounts-between").join(seniors) or nobody, lines=2),
    ]


def _names(context: CoachContext, names: Iterable[str]) -> str:
    return context.label("accounts-between").join(fitted(name, plan_words.NAME) for name in names)


def _stretched(context: CoachContext, arithmetic: Arithmetic, page: int) -> list[Markup]:
    if not arithmetic.stretch:
        return [context.text("plan-over-none")]
    lines = [
        context.voice.line(
            "plan-over-line",
            what=one.name,
            now=one.from_days,
            then=one.to_days,
            frees=f"{one.frees:.1f}".removesuffix(".0"),
        )
        for one in arithmetic.stretch[page * STRETCHES : (page + 1) * STRETCHES]
    ]
    if not arithmetic.fits:
        lines.append(context.text("plan-over-not-enough"))
    return [*lines, context.text("plan-over-how")]


async def _ranked(context: CoachContext, day: dtm.date) -> Sequence[Ranked]:
    """The accounts of a day with their reasons: of its plan where that stands, else of the list to tick."""
    day_drafts.check(day, context.today)
    plan = await _standing(context, day)
    if plan is not None:
        return [
            Ranked(item.account, tuple(Reason.from_json(one) for one in item.planned.reasons)) for item in plan.to_visit
        ]
    return (await day_plan.sketched(context, day)).listed


async def _standing(context: CoachContext, day: dtm.date) -> Plan | None:
    """The plan of a day that is shown as it stands, None where its list is still to be ticked."""
    plan = await day_plans.plan_of(context.session, context.person, day)
    return plan if plan is not None and day_drafts.stands(plan, context.today) else None


async def _one(context: CoachContext) -> tuple[dtm.date, Ranked]:
    day, account_id = day_plan.day_of(context), int(context.arguments[1])
    for one in await _ranked(context, day):
        if one.account.id == account_id:
            return day, one
    raise NoSuchRecord


def _title(context: CoachContext, one: Ranked) -> Markup:
    return context.voice.line("plan-because-title", what=one.account.name, points=one.points)


def _reason(context: CoachContext, reason: Reason) -> Markup:
    return context.voice.line("plan-because-reason", what=_said(context, reason), lines=2, points=reason.points)


def _said(context: CoachContext, reason: Reason) -> str:
    return context.label(reason.text_id, **flag_words.said(reason.values))


def _near(context: CoachContext, reason: Reason) -> Markup:
    return context.text(
        "flags-step-priority",
        indent="",
        why=_said(context, reason),
        source=flag_words.source(context.voice, []),
        rule=reason.code,
    )


def _paged(lines: Sequence[Markup], most: int) -> list[list[Markup]]:
    """The lines in pages of so many lines of the phone."""
    pages: list[list[Markup]] = [[]]
    for one in lines:
        if pages[-1] and height([*pages[-1], one]) > most:
            pages.append([])
        pages[-1].append(one)
    return pages


def _to_all(context: CoachContext, day: dtm.date) -> Button:
    return Button(context.label("plan-because-back"), f"plan-why:{day:%Y%m%d}:0")
