"""/settings: when the coach may speak unasked, by tap or by typing; the zone, the language and the unit of money."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.keyboards import Button
from bot.language import zones
from bot.language.amounts import read_unit
from bot.language.times import read_hours, read_minutes, read_time
from bot.models import Kind
from bot.replies import Reply, Say, Toast
from bot.services import drafts, preferences
from bot.services.preferences import HOURS, SettingRefused

OFFERED: dict[str, tuple[str, ...]] = {
    "morning_at": ("0730", "0800", "0830", "0900"),
    "evening_at": ("1730", "1800", "1900", "2030"),
    "nudge_at": ("1130", "1400", "1530", "1700"),
    "digest_at": ("0800", "0830", "0900", "1000"),
    "appointment_lead_minutes": ("15", "30", "60", "120", "1440"),
    "quiet": ("2000-0800", "2100-0700", "2230-0630", "0000-0000"),
    "money_unit": ("元", "千元", "万元", "CNY", "USD", "k USD"),
    "time_zone": (
        *("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/London", "Europe/Berlin"),
        *("America/New_York", "America/Los_Angeles"),
    ),
}
"""What can be tapped for each setting; it is read as if it had been typed."""

TOLD_AT = {
    "morning_at": Kind.MORNING,
    "evening_at": Kind.EVENING,
    "nudge_at": Kind.NUDGE,
    "appointment_lead_minutes": Kind.APPOINTMENT,
    "digest_at": Kind.DIGEST,
}
"""The settings of when something is told, each with what it is."""

UNITS = (("hours", 60), ("minutes", 1))
"""How a stretch before an appointment is told, each unit with its minutes."""


async def show_settings(_update: Update, context: CoachContext) -> Say:
    """Show all times and switches."""
    return await _overview(context)


async def open_settings(update: Update, context: CoachContext) -> Reply:
    """Show all times and switches again; nothing is waited for any more."""
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _overview(context))


async def ask(update: Update, context: CoachContext) -> Reply:
    """Ask for a value: some to tap, any other to type. Raises NoSuchRecord for no such setting."""
    (name,) = context.arguments
    if name not in OFFERED:
        raise NoSuchRecord
    await drafts.ask(context.session, context.person, f"settings-ask:{name}", context.now)
    buttons = [Button(_said(context, name, value), f"settings-set:{name}:{value}") for value in OFFERED[name]]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    return in_place(update.callback_query, Say(context.text(f"settings-ask-{name}"), [*rows, [_back(context)]]))


async def set_tapped(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Keep the tapped value. Raises NoSuchRecord, SettingRefused."""
    name, value = context.arguments
    news = await _keep(context, name, value)
    await drafts.drop(context.session, context.person)
    return [Toast(context.label("settings-kept")), in_place(update.callback_query, await _overview(context, news))]


async def take_typed(text: str, context: CoachContext) -> Say:
    """Keep the typed value. Raises NoSuchRecord, SettingRefused for words that name none."""
    return await _overview(context, await _keep(context, context.arguments[0], text))


async def show_kinds(update: Update, context: CoachContext) -> Reply:
    """Show which kinds of reminders are told."""
    return in_place(update.callback_query, await _kinds(context))


async def switch(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Switch a kind of reminder on or off; to what it is already changes nothing. Raises NoSuchRecord."""
    kind, wanted = context.arguments
    await preferences.switch(context.session, context.person, kind, context.now, on=wanted == "on")
    toast = context.label(f"settings-turned-{wanted}", kind=context.label(f"settings-kind-{kind}"))
    return [Toast(toast), in_place(update.callback_query, await _kinds(context))]


async def wake(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Speak again on the day that was to be skipped."""
    await preferences.change(context.session, context.person, context.now, skip_day=None)
    return [Toast(context.label("settings-kept")), in_place(update.callback_query, await _overview(context))]


async def _keep(context: CoachContext, name: str, words: str) -> Markup:
    """Keep the value that words name for a setting, and tell it. Raises NoSuchRecord, SettingRefused."""
    person, now = context.person, context.now
    if name == "time_zone":
        zone = zones.read_zone(words)
        if zone is None:
            raise SettingRefused("settings-unclear-zone")
        await preferences.move_to(context.session, person, zone, now)
    elif name == "quiet":
        hours = read_hours(words)
        if hours is None:
            raise SettingRefused("settings-unclear-hours")
        await preferences.change(context.session, person, now, quiet_from=hours[0], quiet_until=hours[1])
    elif name == "money_unit":
        unit = read_unit(words)
        if unit is None:
            raise SettingRefused("settings-unclear-unit")
        await preferences.count_money_in(context.session, person, unit)
    elif name == "appointment_lead_minutes":
        await preferences.change(context.session, person, now, appointment_lead_minutes=read_minutes(words))
    elif name in HOURS:
        await preferences.change(context.session, person, now, **{name: read_time(words, *HOURS[name])})
    else:
        raise NoSuchRecord
    return context.text("settings-changed", setting=_named(context, name))


async def _overview(context: CoachContext, news: Markup | None = None) -> Say:
    """All settings as buttons, each with its value, under `news` of what just changed and warnings of silence."""
    person = context.person
    chosen = person.preferences
    kinds = await preferences.kinds_of(context.session, person)
    names = [name for name, kind in TOLD_AT.items() if kind in kinds]
    lines = [
        *([news] if news else []),
        context.text(
            "settings", zone=zones.city(person.time_zone, context.locale), time=f"{person.local(context.now):%H:%M}"
        ),
    ]
    lines += [
        context.text("settings-unheard", setting=_named(context, name))
        for name in preferences.unheard(chosen, set(names))
    ]
    own = [_setting(context, name) for name in names]
    rows = [own[start : start + 2] for start in range(0, len(own), 2)]
    rows.append([_setting(context, "quiet")])
    off = len(chosen.off & set(kinds))
    rows.append([Button(context.label("settings-kinds", off=off), "settings-kinds:")])
    if chosen.skip_day == context.today:
        lines.append(context.text("settings-skipping"))
        rows.append([Button(context.label("settings-wake"), "settings-wake:")])
    rows.append([_setting(context, "time_zone"), Button(context.label("settings-language"), "language:")])
    leave = Button(context.label("settings-leave"), f"leave:{person.id}")
    rows.append([leave, *([_setting(context, "money_unit")] if Kind.MORNING in kinds else [])])
    return Say(Markup("\n").join(lines), rows)


def _setting(context: CoachContext, name: str) -> Button:
    return Button(_named(context, name), f"settings-ask:{name}")


def _named(context: CoachContext, name: str) -> str:
    """A setting with its value."""
    return context.label(f"settings-{name}", value=_value(context, name))


async def _kinds(context: CoachContext) -> Say:
    """A switch for each kind of reminder that the person can get."""
    off = context.person.preferences.off
    rows = []
    for kind in await preferences.kinds_of(context.session, context.person):
        state, other = ("off", "on") if kind in off else ("on", "off")
        label = context.label(f"settings-is-{state}", kind=context.label(f"settings-kind-{kind}"))
        rows.append([Button(label, f"settings-kind:{kind}:{other}")])
    return Say(context.text("settings-switches"), [*rows, [_back(context)]])


def _value(context: CoachContext, name: str) -> str:
    """The value of a setting in words."""
    chosen = context.person.preferences
    match name:
        case "time_zone":
            return _said(context, name, context.person.time_zone)
        case "money_unit":
            return context.person.money_unit or context.label("settings-no-unit")
        case "quiet":
            return _said(context, name, f"{chosen.quiet_from:%H%M}-{chosen.quiet_until:%H%M}")
        case "appointment_lead_minutes":
            return _said(context, name, str(chosen.appointment_lead_minutes))
    return f"{getattr(chosen, name):%H:%M}"


def _said(context: CoachContext, name: str, value: str) -> str:
    """A value as it is offered, in words."""
    match name:
        case "time_zone":
            return zones.city(value, context.locale)
        case "money_unit":
            return value
        case "quiet":
            first, last = (f"{hours[:2]}:{hours[2:]}" for hours in value.split("-"))
            return context.label("settings-never-quiet") if first == last else f"{first}–{last}"
        case "appointment_lead_minutes":
            minutes = int(value)
            unit, count = next((unit, minutes // size) for unit, size in UNITS if minutes % size == 0)
            return context.label(f"settings-{unit}-before", count=count)
    return f"{value[:2]}:{value[2:]}"


def _back(context: CoachContext) -> Button:
    return Button(context.label("settings-back"), "settings:")
