"""/policy, for leads and owners: a team's thresholds, rehearsed before they take effect; and how the rules fare."""

from __future__ import annotations

import datetime as dtm
from collections import Counter

from babel import Locale
from markupsafe import Markup, escape
from telegram import Update

from bot import flag_words
from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord, UnknownCommand
from bot.keyboards import Button, turns
from bot.models import Policy, Role, Team
from bot.replies import Reply, Say
from bot.services import drafts, flags, policies, rehearsals, teams
from bot.services.policies import Threshold
from bot.services.rehearsals import Change, Rehearsal
from bot.texts import fitted

GROUPS = {
    "promises": (
        "max_open_promises",
        "min_due_promises",
        "min_kept_pct",
        "broken_assurances",
        "late_workdays",
        "undated_workdays",
    ),
    "accounts": (
        "min_contacts_A",
        "grace_days",
        "opponent_days",
        "idle_visits",
        "neglected_pct",
        "step_workdays",
        "complaint_workdays",
        "missing_fields",
        "big_buyer_pct",
        "min_margin_pct",
        "max_payment_delay_days",
        "tier_c_pct",
        "familiar_pct",
    ),
    "planning": (
        "daily_visits_target",
        "overload_pct",
        "min_planned_pct",
        "unplanned_workdays",
        "min_planned_days",
        "min_fulfilled_pct",
        "min_month_visits",
        "rush_pct",
    ),
    "plan": (
        "points_appointment",
        "points_complaint",
        "points_critical",
        "points_promise_overdue",
        "points_promise_due",
        "points_warning",
        "points_next_step",
        "points_contact_A",
        "points_contact_B",
        "points_contact_C",
        "points_area",
        "points_potential",
        "contact_due_pct",
        "unwon_pct",
        "growth_due_pct",
    ),
    "information": (
        "report_workdays",
        "min_noted_visits",
        "empty_notes_pct",
        "wording_samples",
        "max_backdate_days",
    ),
    "help": ("escalate_warning_workdays", "escalate_critical_workdays"),
    "lending": ("min_sources", "loss_years", "reminder_workdays"),
    "cadence": ("cadence_days.A", "cadence_days.B", "cadence_days.C"),
    "calendar": ("country",),
}
"""All thresholds, as they are shown together; the days of a team's own are no threshold (handlers.policy_days)."""

PRIVATE = ("wording_samples",)
"""Thresholds of flags that only their owner sees: a rehearsal would tell of them."""

PAGE = 7
"""Thresholds, or habits, on one screen."""

MOST_NAMED = 3
"""So many changed flags of a rehearsal are named."""

LINE, TWO_LINES = 20, 38
"""Room on one line of a phone, and on two that may break early, in Chinese characters."""

REVIEWED = dtm.timedelta(days=56)
"""The stretch over which it is told how the rules fare (domain.md §4)."""


async def show_policies(_update: Update, context: CoachContext) -> Say:
    """Show the groups of thresholds, of several teams the teams first. Raises UnknownCommand for a manager."""
    if context.person.role == Role.MANAGER:
        raise UnknownCommand
    led = await teams.led_by(context.session, context.person)
    if len(led) == 1:
        return _groups(context, led[0], is_only=True)
    buttons = [[Button(team.name, f"policy:{team.id}")] for team in led]
    return Say(context.text("policy-which-team" if led else "policy-no-team"), buttons)


async def open_policy(update: Update, context: CoachContext) -> Reply:
    """Show the groups of a team's thresholds; without a team, all teams. Raises NoSuchRecord."""
    if not context.arguments[0]:
        if context.person.role == Role.MANAGER:
            raise NoSuchRecord
        return in_place(update.callback_query, await show_policies(update, context))
    team = await _led(context)
    is_only = len(await teams.led_by(context.session, context.person)) == 1
    return in_place(update.callback_query, _groups(context, team, is_only=is_only))


async def open_group(update: Update, context: CoachContext) -> Reply:
    """Show a group's thresholds with their values; no number is waited for any more. Raises NoSuchRecord."""
    team = await _led(context)
    _, group, *page = context.arguments
    if group not in GROUPS:
        raise NoSuchRecord
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, _group(context, team, group, int(page[0]) if page else 0))


async def ask_value(update: Update, context: CoachContext) -> Reply:
    """Show a threshold with default and source, and ask for the new number. Raises NoSuchRecord."""
    team, one = await _threshold(context)
    await drafts.ask(context.session, context.person, f"policy-ask:{team.id}:{one.name}", context.now)
    values = {"value": _said(context, one.name, one.value), "default": _said(context, one.name, one.default)}
    lines = [
        Markup("<b>{}</b>").format(_name(context, one.name)),
        context.text("policy-values", **values),
        context.text("policy-source", source=flag_words.source(context.voice, [one.source] if one.source else [])),
        _needs(context, one),
    ]
    restore = [Button(context.label("policy-restore", default=values["default"]), f"{_try(team, one)}:{one.default}")]
    rows = [restore] if one.value != one.default else []
    return in_place(update.callback_query, Say(Markup("\n").join(lines), [*rows, [_to_group(context, team, one.name)]]))


async def rehearse_typed(text: str, context: CoachContext) -> Say:
    """Rehearse the number that was typed. Raises NoSuchRecord, ThresholdRefused."""
    team, one = await _threshold(context)
    return await _rehearse(context, team, one, policies.read(one, text, context.today))


async def rehearse_tapped(update: Update, context: CoachContext) -> Reply:
    """Rehearse a number that stands on a button: the default. Raises NoSuchRecord."""
    team, one = await _threshold(context)
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _rehearse(context, team, one, context.arguments[2]))


async def take_effect(update: Update, context: CoachContext) -> Reply:
    """Let a rehearsed number hold from now on. Raises NoSuchRecord."""
    team, one = await _threshold(context)
    value = context.arguments[2]
    await policies.take_effect(context.session, team, one.name, value, context.now)
    news = context.text("policy-changed", name=_name(context, one.name), value=_said(context, one.name, value))
    return in_place(update.callback_query, Say(news, [[_to_group(context, team, one.name)]]))


async def show_records(update: Update, context: CoachContext) -> Reply:
    """Show how each rule fared in the team's hands over eight weeks, the doubtful ones first. Raises NoSuchRecord."""
    team = await _led(context)
    managers = [one for one in await teams.members(context.session, team) if one.role == Role.MANAGER]
    found = await flags.records(context.session, managers, context.now - REVIEWED)
    found.sort(key=lambda record: (not record.is_doubtful, -record.opened))
    page = int(context.arguments[1]) if len(context.arguments) > 1 else 0
    here = found[page * PAGE : (page + 1) * PAGE]
    lines = [context.text("policy-records" if found else "policy-records-none", team=fitted(team.name, LINE / 2))]
    for record in here:
        name = fitted(context.label(f"habit-{record.habit}"), LINE - 8)
        cleared = "–" if record.median_days is None else f"{record.median_days:.0f}"
        lines.append(
            context.text(
                "policy-record",
                name=name,
                opened=record.opened,
                disputed=record.disputed,
                cleared=record.cleared,
                days=cleared,
            )
        )
    doubtful = [record for record in here if record.is_doubtful]
    if doubtful:
        reasons = "、".join(f"{fitted(why, LINE / 2)} ×{count}" for why, count in doubtful[0].reasons[:2])
        name = context.label(f"habit-{doubtful[0].habit}")
        lines.append(context.text("policy-doubtful", name=name, reasons=reasons))
    turn = turns(f"policy-fare:{team.id}", page, len(found), PAGE)
    return in_place(
        update.callback_query, Say(Markup("\n").join(lines), [*turn, [_back(context, f"policy:{team.id}")]])
    )


async def _led(context: CoachContext) -> Team:
    return await teams.led(context.session, context.person, int(context.arguments[0]))


async def _threshold(context: CoachContext) -> tuple[Team, Threshold]:
    """The team and the threshold that the action names. Raises NoSuchRecord."""
    team = await _led(context)
    return team, policies.threshold(team.policy, context.arguments[1])


def _groups(context: CoachContext, team: Team, *, is_only: bool) -> Say:
    every = [policies.threshold(team.policy, name) for names in GROUPS.values() for name in names]
    count = sum(one.value != one.default for one in every)
    buttons = [Button(context.label(f"policy-group-{group}"), f"policy-group:{team.id}:{group}") for group in GROUPS]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    rows.append([Button(context.label("policy-own-days"), f"policy-days:{team.id}")])
    rows.append([Button(context.label("policy-fare"), f"policy-fare:{team.id}")])
    if not is_only:
        rows.append([Button(context.label("policy-all-teams"), "policy:")])
    return Say(context.text("policy-head", team=team.name, count=count), rows)


def _group(context: CoachContext, team: Team, group: str, page: int) -> Say:
    names = GROUPS[group]
    shown = [policies.threshold(team.policy, name) for name in names[page * PAGE : (page + 1) * PAGE]]
    rows = [
        [
            Button(
                f"{'• ' if one.value != one.default else ''}{_name(context, one.name)}  "
                f"{_said(context, one.name, one.value)}",
                f"policy-ask:{team.id}:{one.name}",
            )
        ]
        for one in shown
    ]
    turn = turns(f"policy-group:{team.id}:{group}", page, len(names), PAGE)
    html = context.text("policy-group", team=team.name, group=context.label(f"policy-group-{group}"))
    return Say(html, [*rows, *turn, [_back(context, f"policy:{team.id}")]])


async def _rehearse(context: CoachContext, team: Team, one: Threshold, value: str) -> Say:
    """What another value would have brought about, with the choice to take it or leave it."""
    policy = policies.changed(team.policy, one.name, value)
    back = _to_group(context, team, one.name)
    name = _name(context, one.name)
    if policy == team.policy:
        return Say(context.text("policy-same", name=name, value=_said(context, one.name, value)), [[back]])
    was, becomes = _said(context, one.name, one.value), _said(context, one.name, value)
    lines = [context.text("policy-rehearsal", name=name, was=was, becomes=becomes)]
    if one.name in PRIVATE:
        lines.append(context.text("policy-private"))
    elif one.name in GROUPS["plan"]:
        lines.append(context.text("policy-order-only"))
    elif one.name in GROUPS["help"]:
        lines.append(context.text("policy-help-only"))
    else:
        lines += await rehearsed(context, team, policy)
    effect = Button(context.label("policy-take-effect"), f"policy-set:{team.id}:{one.name}:{value}")
    leave = Button(context.label("policy-leave"), back.action)
    return Say(Markup("\n").join(lines), [[effect], [leave]])


async def rehearsed(context: CoachContext, team: Team, policy: Policy) -> list[Markup]:
    """What another policy would have brought about over the past weeks."""
    matcher = context.shared.worker.matcher
    return _outcome(context, await rehearsals.rehearse(context.session, team, policy, context.now, matcher))


def _outcome(context: CoachContext, found: Rehearsal) -> list[Markup]:
    """What was looked at, how many flags would appear and vanish, whose, and the first few by name."""
    looked = "policy-rehearsed-short" if found.weeks < rehearsals.WEEKS else "policy-rehearsed"
    head = context.text(looked, weeks=len(found.days), managers=found.managers)
    if not found.changes:
        return [head, context.text("policy-no-change")]
    appear, vanish = found.count(appears=True), found.count(appears=False)
    names = {change.person.id: fitted(change.person.name, LINE / 3) for change in found.changes}
    counts = Counter((change.person.id, change.appears) for change in found.changes)
    most = sorted(names, key=lambda person: -counts[person, True] - counts[person, False])
    whose = " · ".join(f"{names[person]} ＋{counts[person, True]} −{counts[person, False]}" for person in most)
    return [
        head,
        context.text("policy-outcome", appear=appear, vanish=vanish),
        escape(fitted(whose, TWO_LINES)),
        *(_change(context, change) for change in found.changes[:MOST_NAMED]),
    ]


def _change(context: CoachContext, change: Change) -> Markup:
    parts = [context.label(f"habit-{change.habit}"), change.account.name if change.account else change.person.name]
    about = fitted(" · ".join(parts), TWO_LINES - LINE / 3)
    return context.text("policy-change", sign="＋" if change.appears else "−", about=about, weeks=change.weeks)


def _needs(context: CoachContext, one: Threshold) -> Markup:
    """What a value of a threshold may be."""
    if one.least is None or one.most is None:
        return context.text("policy-needs-country")
    needs = "policy-needs-whole" if one.is_whole else "policy-needs-number"
    return context.text(needs, least=f"{one.least:g}", most=f"{one.most:g}")


def _name(context: CoachContext, name: str) -> str:
    """A threshold in words."""
    return context.label(f"policy-{name.replace('_', '-').replace('.', '-')}")


def _said(context: CoachContext, name: str, value: float | str) -> str:
    """A threshold's value as people read it."""
    if name == policies.COUNTRY:
        return str(Locale(context.locale).territories.get(str(value), value))
    return f"{float(value):g}"


def _try(team: Team, one: Threshold) -> str:
    return f"policy-try:{team.id}:{one.name}"


def _to_group(context: CoachContext, team: Team, name: str) -> Button:
    """The way back to the screen on which a threshold stands."""
    group, place = next((group, names.index(name)) for group, names in GROUPS.items() if name in names)
    return _back(context, f"policy-group:{team.id}:{group}:{place // PAGE}")


def _back(context: CoachContext, action: str) -> Button:
    return Button(context.label("policy-back"), action)
