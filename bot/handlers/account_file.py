"""The file of an account, field by field: tapped where there are choices, typed otherwise; aliases; a new name."""

from __future__ import annotations

import zlib

from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.handlers.account_card import card, figure_of
from bot.handlers.accounts import ask_which
from bot.keyboards import Button
from bot.models import Account, Tier, Trend
from bot.replies import Reply, Say, Toast
from bot.services import accounts, drafts
from bot.texts import shortened

FIELDS = (
    ("name", "tier"),
    ("segment", "area"),
    ("annual_sales", "potential"),
    ("margin_pct", "payment_delay_days"),
    ("trend", "aliases"),
)
"""Rows of the buttons that choose a field."""

CHOICES = {"tier": tuple(Tier), "trend": tuple(Trend)}
"""Fields that are tapped."""

EMPTY = "-"
"""The value of a button that empties a field."""


async def edit(update: Update, context: CoachContext) -> Reply:
    """Show what is on file with a button for each field. Raises NoSuchRecord."""
    return in_place(update.callback_query, _file(context, await _own(context)))


async def choose_field(update: Update, context: CoachContext) -> Reply:
    """Offer the values of a field, or ask for one to be typed. Raises NoSuchRecord."""
    account = await _own(context)
    field = context.arguments[1]
    if field == "aliases":
        return in_place(update.callback_query, _aliases(context, account))
    if field in CHOICES:
        values = [
            Button(_value(context, field, value), f"account-set:{account.id}:{field}:{value}")
            for value in CHOICES[field]
        ]
        rows = [values, [_back(context, account)]]
        return in_place(update.callback_query, Say(context.text(f"accounts-ask-{field}", name=account.name), rows))
    if field not in {one for row in FIELDS for one in row}:
        raise NoSuchRecord
    return await _ask(context, account, field)


async def ask_alias(_update: Update, context: CoachContext) -> Say:
    """Ask for another name by which an account goes. Raises NoSuchRecord."""
    return await _ask(context, await _own(context), "alias")


async def set_field(update: Update, context: CoachContext) -> list[Reply]:
    """Take the tapped value, or empty a field that need not be filled. Raises NoSuchRecord."""
    account = await _own(context)
    _, field, value = context.arguments
    if value in CHOICES.get(field, ()):
        setattr(account, field, value)
    elif value == EMPTY and field in ("segment", "area", *accounts.FILE):
        setattr(account, field, None)
    else:
        raise NoSuchRecord
    await drafts.drop(context.session, context.person)
    return [Toast(context.label("accounts-noted")), in_place(update.callback_query, await card(context, account))]


async def take_typed(text: str, context: CoachContext) -> Say:
    """Take the typed value. Raises NoSuchRecord, ValueRefused or AccountNameRefused."""
    account = await _own(context)
    field = context.arguments[1]
    if field == "name":
        return await _take_name(context, account, text)
    if field == "alias":
        await accounts.add_alias(context.session, context.person, account, text)
        return _aliases(context, account)
    accounts.fill_in(account, field, text, context.person.money_unit, context.today)
    return await card(context, account)


async def rename(update: Update, context: CoachContext) -> Reply:
    """Take the typed name, though others are called much like it. Raises NoSuchRecord, AccountNameRefused."""
    account = await _own(context)
    name = await drafts.typed_before(context.session, context.person, f"account-type:{account.id}:name")
    await drafts.drop(context.session, context.person)
    await accounts.rename(context.session, context.person, account, name)
    return in_place(update.callback_query, await card(context, account))


async def drop_alias(update: Update, context: CoachContext) -> Reply:
    """No longer let an account go by a name. Raises NoSuchRecord."""
    account = await _own(context)
    account.aliases = [alias for alias in account.aliases if _tag(alias) != context.arguments[1]]
    return in_place(update.callback_query, _aliases(context, account))


async def _own(context: CoachContext) -> Account:
    return await accounts.own(context.session, context.person, int(context.arguments[0]))


async def _take_name(context: CoachContext, account: Account, name: str) -> Say:
    known = await accounts.named(context.session, context.person, name)
    near = [one for one in await accounts.near(context.session, context.person, name) if one is not account]
    if known is None and near:
        action = f"account-type:{account.id}:name"
        await drafts.ask(context.session, context.person, action, context.now, text=name)
        return ask_which(
            context, name, near, Button(context.label("accounts-rename-sure"), f"account-name:{account.id}")
        )
    await accounts.rename(context.session, context.person, account, name)
    return await card(context, account)


async def _ask(context: CoachContext, account: Account, field: str) -> Say:
    """Ask for a value to be typed, with a way to empty the field and a way out."""
    await drafts.ask(context.session, context.person, f"account-type:{account.id}:{field}", context.now)
    row = [Button(context.label("cancel"), "cancel:")]
    if getattr(account, field, None) is not None and field != "name":
        row.insert(0, Button(context.label("accounts-clear"), f"account-set:{account.id}:{field}:{EMPTY}"))
    return Say(context.text(f"accounts-ask-{field}", name=account.name), [row])


def _file(context: CoachContext, account: Account) -> Say:
    rows = [
        [Button(_labelled(context, account, field), f"account-field:{account.id}:{field}") for field in row]
        for row in FIELDS
    ]
    return Say(context.text("accounts-file", name=account.name), [*rows, [_back(context, account)]])


def _labelled(context: CoachContext, account: Account, field: str) -> str:
    """A field's button: its name, and what it holds."""
    if field in accounts.FILE[1:]:
        said = figure_of(context, account, context.person, field)
        return said or context.label("accounts-field-empty", field=context.label(f"accounts-gap-{field}"))
    value = "、".join(account.aliases) if field == "aliases" else getattr(account, field)
    return context.label(f"accounts-field-{field}", value=shortened(value, 12) if value else "—")


def _value(context: CoachContext, field: str, value: str) -> str:
    return context.label("accounts-tier", tier=value) if field == "tier" else context.label(f"accounts-trend-{value}")


def _aliases(context: CoachContext, account: Account) -> Say:
    """The names by which an account goes beside its own; a tap takes one away."""
    rows = [
        [Button(f"✖ {shortened(alias, 24)}", f"alias-drop:{account.id}:{_tag(alias)}")] for alias in account.aliases
    ]
    rows.append([Button(context.label("accounts-alias-new"), f"alias-new:{account.id}")])
    return Say(context.text("accounts-aliases", name=account.name), [*rows, [_back(context, account)]])


def _tag(alias: str) -> str:
    """An alias as eight characters of a button, so that a second tap cannot take away another one."""
    return f"{zlib.crc32(alias.encode()):08x}"


def _back(context: CoachContext, account: Account) -> Button:
    return Button(context.label("accounts-back-to-card"), f"account:{account.id}")
