"""The people at an account: listed, added in one line (张经理 采购), described, renamed, taken off the file."""

from __future__ import annotations

import re

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.errors import NoSuchRecord
from bot.handlers.account_card import MARKS, ago
from bot.handlers.accounts import PAGE
from bot.keyboards import Button, turns
from bot.language.names import contacts_in
from bot.models import Account, Contact, Stance
from bot.replies import Reply, Say, Toast
from bot.services import accounts, contacts, drafts, preparation
from bot.services.preparation import Known
from bot.texts import LINE, fitted, shortened

BETWEEN = re.compile(r"\s*[,，、;；/|（(]\s*|[)）]\s*$")
"""Marks between a name and a role; "Sarah Lee, buyer"."""


async def list_contacts(update: Update, context: CoachContext) -> Reply:
    """Show the people at an account, or another page of them. Raises NoSuchRecord."""
    account_id, *page = map(int, context.arguments)
    account = await accounts.seen(context.session, context.person, account_id)
    return in_place(update.callback_query, await _people(context, account, *page))


async def open_contact(update: Update, context: CoachContext) -> Reply:
    """Show one of them with what can be changed. Raises NoSuchRecord."""
    return in_place(update.callback_query, await _contact(context, await _own(context)))


async def ask_contact(_update: Update, context: CoachContext) -> Say:
    """Ask for a new contact in one line. Raises NoSuchRecord."""
    account = await accounts.own(context.session, context.person, int(context.arguments[0]))
    return await _ask(context, f"contact-new:{account.id}", "contacts-ask-new", account.name)


async def take_contact(text: str, context: CoachContext) -> Say:
    """Put the typed contact on file, and ask how he stands. Raises NoSuchRecord, ContactRefused."""
    account = await accounts.own(context.session, context.person, int(context.arguments[0]))
    name, role = split(text)
    return await _contact(context, await contacts.add(context.session, account, name, role=role))


async def ask_field(_update: Update, context: CoachContext) -> Say:
    """Ask for another name or role. Raises NoSuchRecord."""
    contact = await _own(context)
    field = context.arguments[1]
    if field not in ("name", "role"):
        raise NoSuchRecord
    return await _ask(context, f"contact-type:{contact.id}:{field}", f"contacts-ask-{field}", contact.name)


async def take_field(text: str, context: CoachContext) -> Say:
    """Take the typed name or role. Raises NoSuchRecord, ContactRefused."""
    contact = await _own(context)
    if context.arguments[1] == "name":
        await contacts.rename(context.session, contact, text)
    else:
        contacts.describe(contact, text)
    return await _contact(context, contact)


async def set_stance(update: Update, context: CoachContext) -> list[Reply]:
    """Take the tapped stance. Raises NoSuchRecord."""
    contact = await _own(context)
    contact.stance = Stance(context.arguments[1])
    return [Toast(context.label("accounts-noted")), in_place(update.callback_query, await _contact(context, contact))]


async def remove(update: Update, context: CoachContext) -> Reply:
    """Ask once more, then take a contact off the file; visits keep his name. Raises NoSuchRecord."""
    contact = await _own(context)
    if len(context.arguments) == 1:
        sure = Button(context.label("contacts-remove-sure"), f"contact-drop:{contact.id}:yes")
        keep = Button(context.label("contacts-keep"), f"contact:{contact.id}")
        return in_place(update.callback_query, Say(context.text("contacts-remove", name=contact.name), [[sure, keep]]))
    account = await accounts.own(context.session, context.person, contact.account_id)
    await context.session.delete(contact)
    await context.session.flush()
    return in_place(update.callback_query, await _people(context, account))


def split(text: str) -> tuple[str, str | None]:
    """The name and the role in one typed line: apart by a mark, by where a known form of address ends, or by a space.

    A Latin name has spaces of its own, so without a mark or a form of address it is all name.
    """
    line = " ".join(text.split())
    if len(parts := [part for part in BETWEEN.split(line, maxsplit=1) if part]) > 1:
        return parts[0], BETWEEN.sub("", parts[1]) or None
    found = contacts_in(line)
    if found and found[0].start == 0:
        return found[0].words, line[found[0].end :].strip() or None
    if line.isascii():
        return line, None
    name, _, role = line.partition(" ")
    return name, role or None


async def _own(context: CoachContext) -> Contact:
    return await contacts.own(context.session, context.person, int(context.arguments[0]))


async def _ask(context: CoachContext, action: str, text_id: str, name: str) -> Say:
    await drafts.ask(context.session, context.person, action, context.now)
    return Say(context.text(text_id, name=shortened(name)), [[Button(context.label("cancel"), "cancel:")]])


async def _people(context: CoachContext, account: Account, page: int = 0) -> Say:
    """Everybody on file, opponents first; the account's manager opens one by a tap."""
    known = await preparation.people(context.session, account)
    shown = known[page * PAGE : (page + 1) * PAGE]
    lines = [_line(context, one) for one in shown]
    if shown:
        lines.append(Markup.escape(" ".join(_stance(context, stance) for stance in Stance)))
    is_own = account.person_id == context.person.id
    rows = []
    if is_own:
        buttons = [Button(shortened(one.contact.name, 16), f"contact:{one.contact.id}") for one in shown]
        rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
        rows.append([Button(context.label("contacts-new"), f"contact-new:{account.id}")])
    rows += turns(f"contacts:{account.id}", page, len(known), PAGE)
    rows.append([Button(context.label("accounts-back-to-card"), f"account:{account.id}")])
    head = context.voice.line("contacts-list" if known else "contacts-none", what=account.name)
    return Say(Markup("\n").join([head, *lines]), rows)


async def _contact(context: CoachContext, contact: Contact) -> Say:
    """One of the people, with his stances to tap."""
    await context.session.flush()
    account = await accounts.own(context.session, context.person, contact.account_id)
    known = await preparation.people(context.session, account)
    met_on = next(one.met_on for one in known if one.contact.id == contact.id)
    html = context.text(
        "contacts-card",
        name=contact.name,
        account=fitted(account.name, LINE - 2),
        role=fitted(contact.role, LINE) if contact.role else context.label("contacts-no-role"),
        stance=_stance(context, contact.stance),
        met=ago(context, met_on),
    )
    stances = [Button(_stance(context, stance), f"contact-stance:{contact.id}:{stance}") for stance in Stance]
    change = [
        Button(context.label("contacts-rename"), f"contact-field:{contact.id}:name"),
        Button(context.label("contacts-role"), f"contact-field:{contact.id}:role"),
        Button(context.label("contacts-drop"), f"contact-drop:{contact.id}"),
    ]
    back = Button(context.label("contacts-back"), f"contacts:{account.id}")
    return Say(html, [stances[:2], stances[2:], change, [back]])


def _line(context: CoachContext, one: Known) -> Markup:
    contact = one.contact
    who = f"{contact.name} · {contact.role}" if contact.role else contact.name
    return context.voice.line(
        "contacts-line", what=f"{MARKS[Stance(contact.stance)]} {who}", ago=ago(context, one.met_on)
    )


def _stance(context: CoachContext, stance: str) -> str:
    return f"{MARKS[Stance(stance)]} {context.label(f'contacts-stance-{stance}')}"
