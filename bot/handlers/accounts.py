"""/accounts: the book by tier, an account found by any part of its name; how one joins the book and leaves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from telegram import Update

from bot.context import CoachContext, in_place
from bot.handlers.account_card import EVERY_TIER, ago, card
from bot.keyboards import Button, turns
from bot.language.intent import new_account
from bot.models import Account, Person, Tier
from bot.replies import Reply, Say, Toast
from bot.services import accounts, drafts, people, teams
from bot.texts import shortened

PAGE = 8
"""Accounts, or people, on one screen."""


async def list_accounts(_update: Update, context: CoachContext) -> Say:
    """Show the book, for a lead first whose; with words after the command what fits them, the only hit at once.

    A tier's letter shows the accounts of that tier.
    """
    words = " ".join(context.args or [])
    tier = next((tier for tier in Tier if tier == words.upper()), None)
    if words and tier is None:
        hits = await found(context, words)
        return await card(context, hits[0]) if len(hits) == 1 else await choose(context, words, hits, "account")
    if len(await _owners(context)) > 1:
        return await _books(context)
    return await page_of(context, context.person, tier or EVERY_TIER)


async def open_books(update: Update, context: CoachContext) -> Reply:
    """Show whose books there are, or another page of them."""
    return in_place(update.callback_query, await _books(context, page=int(context.arguments[0])))


async def open_book(update: Update, context: CoachContext) -> Reply:
    """Show a page of somebody's book, all of it or one tier. Raises NoSuchRecord."""
    person_id, tier, page = context.arguments
    person = await people.seen(context.session, context.person, int(person_id))
    return in_place(update.callback_query, await page_of(context, person, tier, int(page)))


async def open_account(update: Update, context: CoachContext) -> Reply:
    """Show the card of an account; whatever was to be typed is dropped. Raises NoSuchRecord."""
    account = await accounts.seen(context.session, context.person, int(context.arguments[0]))
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await card(context, account))


async def ask_name(_update: Update, context: CoachContext) -> Say:
    """Ask for the name of a new account."""
    await drafts.ask(context.session, context.person, "account-new", context.now)
    return Say(context.text("accounts-ask-new"), [[Button(context.label("cancel"), "cancel:")]])


async def add_told(update: Update, context: CoachContext) -> Say:
    """Add the account that a message names in plain words; ask for its name where it names none.

    Raises AccountNameRefused.
    """
    assert update.message is not None
    name = new_account(update.message.text or "")
    return await take_name(name, context) if name else await ask_name(update, context)


async def take_name(text: str, context: CoachContext) -> Say:
    """Add the account whose name was typed; ask first where the book has it, or one much like it.

    Raises AccountNameRefused.
    """
    known = await accounts.named(context.session, context.person, text)
    if known is not None:
        return _already(context, known)
    near = await accounts.near(context.session, context.person, text)
    if not near:
        return await _added(context, text)
    await drafts.ask(context.session, context.person, "account-new", context.now, text=text)
    return ask_which(context, text, near, Button(context.label("accounts-is-new"), "account-add:"))


async def add(update: Update, context: CoachContext) -> Reply:
    """Add the account that was typed, though others are called much like it. Raises NoSuchRecord."""
    name = await drafts.typed_before(context.session, context.person, "account-new")
    await drafts.drop(context.session, context.person)
    return in_place(update.callback_query, await _added(context, name))


def _already(context: CoachContext, known: Account) -> Say:
    """That the book has an account of this name, with the way to it."""
    if known.archived_on is None:
        open_it = Button(context.label("accounts-open"), f"account:{known.id}")
        return Say(context.text("accounts-known", name=known.name), [[open_it]])
    again = Button(context.label("accounts-bring-back"), f"account-back:{known.id}")
    return Say(context.text("accounts-known-archived", name=known.name), [[again]])


def ask_which(context: CoachContext, name: str, near: Sequence[Account], other: Button) -> Say:
    """Ask whether a typed name means one of these accounts, or another after all."""
    rows = [[Button(_one_line(context, account), f"account:{account.id}")] for account in near[: PAGE - 1]]
    return Say(context.text("accounts-near", name=name), [*rows, [other]])


async def _added(context: CoachContext, name: str) -> Say:
    """A new account, with its tier to be tapped."""
    account = await accounts.add(context.session, context.person, name, context.now)
    policy = await teams.policy_of(context.session, context.person)
    tiers = [
        Button(
            context.label("accounts-tier-days", tier=tier, days=policy.cadence_days.days(tier)),
            f"account-set:{account.id}:tier:{tier}",
        )
        for tier in Tier
    ]
    return Say(context.text("accounts-added", name=account.name), [tiers])


async def archive(update: Update, context: CoachContext) -> list[Reply]:
    """Let an account leave the book; its history stays. Raises NoSuchRecord."""
    account = await accounts.own(context.session, context.person, int(context.arguments[0]))
    accounts.archive(account, context.today)
    return [Toast(context.label("accounts-archived")), in_place(update.callback_query, await card(context, account))]


async def bring_back(update: Update, context: CoachContext) -> list[Reply]:
    """Take an archived account into the book again. Raises NoSuchRecord."""
    account = await accounts.own(context.session, context.person, int(context.arguments[0]))
    accounts.bring_back(account)
    return [
        Toast(context.label("accounts-brought-back")),
        in_place(update.callback_query, await card(context, account)),
    ]


async def list_archived(update: Update, context: CoachContext) -> Reply:
    """Show what left the book."""
    page = int(context.arguments[0])
    gone = await accounts.archived(context.session, context.person)
    shown = gone[page * PAGE : (page + 1) * PAGE]
    rows = [[Button(_one_line(context, account), f"account:{account.id}")] for account in shown]
    rows += turns("archived", page, len(gone), PAGE)
    rows.append([Button(context.label("accounts-back"), f"accounts:{context.person.id}:{EVERY_TIER}:0")])
    return in_place(update.callback_query, Say(context.text("accounts-list-archived", count=len(gone)), rows))


async def found(context: CoachContext, words: str) -> list[Account]:
    """The accounts that fit the words, in all books that the person may look at."""
    owners = await people.visible_to(context.session, context.person)
    return await accounts.find(context.session, owners, words)


async def choose(context: CoachContext, words: str, hits: Sequence[Account], verb: str) -> Say:
    """Several accounts to choose from, or a way on where there is none; a tap asks for `verb`."""
    if not hits:
        return Say(context.text("accounts-not-found", words=shortened(words)), [_new_row(context)])
    owners = {one.id: one.name for one in await people.visible_to(context.session, context.person)}
    rows = [
        [
            Button(
                " · ".join([_one_line(context, account), *_whose(context, account, owners)]),
                f"{verb}:{account.id}",
            )
        ]
        for account in hits[:PAGE]
    ]
    more = len(hits) - len(rows)
    text_id = "accounts-found-more" if more else "accounts-found"
    return Say(context.text(text_id, words=shortened(words), count=len(hits), shown=len(rows)), rows)


async def page_of(context: CoachContext, person: Person, tier: str = EVERY_TIER, page: int = 0) -> Say:
    """A page of somebody's book; his own can grow here."""
    book = await accounts.book(context.session, person)
    is_own = person.id == context.person.id
    if not book and is_own:
        return Say(context.text("accounts-empty"), [_new_row(context), *await _archived_row(context)])
    counts = Counter(entry.account.tier for entry in book)
    listed = [entry for entry in book if tier in (EVERY_TIER, entry.account.tier)]
    rows = [
        [
            Button(
                context.label("accounts-entry", name=_one_line(context, entry.account), ago=ago(context, entry.met_on)),
                f"account:{entry.account.id}",
            )
        ]
        for entry in listed[page * PAGE : (page + 1) * PAGE]
    ]
    tiers = [
        Button(f"✓ {label}" if chosen == tier else label, f"accounts:{person.id}:{chosen}:0")
        for chosen, label in [(EVERY_TIER, context.label("accounts-all")), *((t, f"{t} {counts[t]}") for t in Tier)]
    ]
    rows += [tiers, *turns(f"accounts:{person.id}:{tier}", page, len(listed), PAGE)]
    if is_own:
        rows += [[*_new_row(context), *(button for row in await _archived_row(context) for button in row)]]
    if len(await _owners(context)) > 1:
        rows.append([Button(context.label("accounts-other-books"), "books:0")])
    name = context.label("accounts-mine") if is_own else shortened(person.name, 20)
    html = context.text(
        "accounts-book",
        name=name,
        count=len(book),
        tiers=" · ".join(f"{tier} {counts[tier]}" for tier in Tier),
        page=page + 1,
        pages=max(1, -(-len(listed) // PAGE)),
    )
    return Say(html, rows)


async def _books(context: CoachContext, page: int = 0) -> Say:
    """Whose books the person may look at, each with its tiers counted."""
    owners = await _owners(context)
    counts = await accounts.counts(context.session, owners)
    rows = []
    for owner in owners[page * PAGE : (page + 1) * PAGE]:
        name = context.label("accounts-mine") if owner.id == context.person.id else shortened(owner.name, 20)
        tiers = " · ".join(f"{tier} {counts[owner.id][tier]}" for tier in Tier)
        rows.append([Button(f"{name} · {tiers}", f"accounts:{owner.id}:{EVERY_TIER}:0")])
    return Say(context.text("accounts-whose"), [*rows, *turns("books", page, len(owners), PAGE)])


async def _owners(context: CoachContext) -> list[Person]:
    """The person himself, then whoever has accounts that he may look at."""
    visible = await people.visible_to(context.session, context.person)
    counts = await accounts.counts(context.session, visible)
    return [context.person, *(one for one in visible if one.id != context.person.id and counts[one.id].total())]


def _one_line(context: CoachContext, account: Account) -> str:
    return context.label("accounts-one-line", tier=account.tier, name=shortened(account.name, 24))


def _whose(context: CoachContext, account: Account, owners: Mapping[int, str]) -> list[str]:
    is_own = account.person_id == context.person.id
    return [] if is_own else [shortened(owners[account.person_id], 12)]


def _new_row(context: CoachContext) -> list[Button]:
    return [Button(context.label("accounts-new"), "account-new:")]


async def _archived_row(context: CoachContext) -> list[list[Button]]:
    gone = len(await accounts.archived(context.session, context.person))
    return [[Button(context.label("accounts-archived-button", count=gone), "archived:0")]] if gone else []
