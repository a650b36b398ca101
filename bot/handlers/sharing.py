"""Notes to read again: an account's, each shared with the lead by its author's tap and taken back by another."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext, in_place
from bot.keyboards import Button, turns
from bot.models import Account, Note, Person, Role
from bot.replies import Reply, Say, Toast
from bot.services import accounts, sharing, teams
from bot.services.digests import VisitRecord
from bot.services.sharing import Written
from bot.texts import LINE, fitted

PAGE = 5
"""Notes on one screen, two lines each."""

HERE = "here"
"""Ends the action of a button below the note itself, which then shows its new state."""


async def list_notes(update: Update, context: CoachContext) -> Reply:
    """List the notes about an account that the asker may read. Raises NoSuchRecord."""
    account = await accounts.seen(context.session, context.person, int(context.arguments[0]))
    found = await sharing.of_account(context.session, context.person, account)
    head = context.text("sharing-notes", account=fitted(account.name, LINE / 2), count=len(found))
    back = Button(context.label("sharing-to-account"), f"account:{account.id}")
    page = int(context.arguments[1])
    return in_place(update.callback_query, _list(context, head, found, f"notes-of:{account.id}", page, back=back))


async def list_shared(update: Update, context: CoachContext) -> Reply:
    """List what the asker lets his lead read."""
    found = await sharing.shared_by(context.session, context.person)
    head = context.text("sharing-shared", count=len(found))
    return in_place(update.callback_query, _list(context, head, found, "shared", int(context.arguments[0])))


async def open_note(update: Update, context: CoachContext) -> Reply:
    """Show a note's words. Raises NoSuchRecord."""
    written = await sharing.readable(context.session, context.person, int(context.arguments[0]))
    return in_place(update.callback_query, await _page(context, written))


async def share(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Let the lead read a note. Raises NoSuchRecord."""
    note_id, *here = context.arguments
    written = await sharing.share(context.session, context.person, int(note_id), context.now)
    page = await _page(context, written)
    shown: Reply = in_place(update.callback_query, page) if here else page
    return [Toast(context.label("sharing-done")), shown]


async def withdraw(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Let the lead read a note no more. Raises NoSuchRecord."""
    written = await sharing.withdraw(context.session, context.person, int(context.arguments[0]))
    return [Toast(context.label("sharing-undone")), in_place(update.callback_query, await _page(context, written))]


async def offer(context: CoachContext, note: Note) -> list[Button]:
    """The button that shares a note, for a manager who has a lead."""
    is_manager = context.person.role == Role.MANAGER
    if not is_manager or not note.text or not await teams.leads_of(context.session, context.person):
        return []
    return [Button(context.label("sharing-share"), f"note-share:{note.id}")]


async def to_notes(context: CoachContext, account: Account) -> list[Button]:
    """The way to the notes about an account, where there are any that the asker may read."""
    found = await sharing.of_account(context.session, context.person, account)
    return [Button(context.label("sharing-to-notes", count=len(found)), f"notes-of:{account.id}:0")] if found else []


async def to_shared(context: CoachContext) -> list[list[Button]]:
    """The way to what the asker lets his lead read, where there is any."""
    found = await sharing.shared_by(context.session, context.person)
    return [[Button(context.label("sharing-to-shared", count=len(found)), "shared:0")]] if found else []


async def of_visits(context: CoachContext, person_id: int, shown: Sequence[VisitRecord]) -> list[list[Button]]:
    """A button for each shared note of the visits shown. Raises NoSuchRecord for whom the asker may not see."""
    if not shown:
        return []
    first, last = shown[0].day, shown[-1].day
    visits = {(one.day, one.account) for one in shown}
    return [
        [
            Button(
                context.label("sharing-visit", day=context.day(day), account=fitted(name, LINE / 2)), f"note-text:{key}"
            )
        ]
        for key, day, name in await sharing.of_visits(context.session, context.person, person_id, first, last)
        if (day, name) in visits
    ]


def _list(
    context: CoachContext,
    head: Markup,
    found: Sequence[Written],
    action: str,
    page: int,
    *,
    back: Button | None = None,
) -> Say:
    """A page of notes, those that the asker lets his lead read marked; `action` turns it."""
    lines, rows = [head], []
    for number, one in list(enumerate(found, start=1))[page * PAGE : (page + 1) * PAGE]:
        day, by = context.day(one.author.today(one.note.written_at)), _by(context, one.author)
        mark = "👁 " if one.note.shared_at is not None and one.author.id == context.person.id else ""
        line = context.voice.line("sharing-line", what=one.note.text, lines=2, number=number, mark=mark, day=day, by=by)
        lines.append(line)
        rows.append(Button(f"{number}", f"note-text:{one.note.id}"))
    turn = turns(action, page, len(found), PAGE)
    return Say(Markup("\n").join(lines), [row for row in (rows, *turn, [back] if back else []) if row])


def _by(context: CoachContext, author: Person) -> str:
    return "" if author.id == context.person.id else f" {fitted(author.name, LINE / 3)}"


async def _page(context: CoachContext, written: Written) -> Say:
    note, author = written.note, written.author
    day = context.day(author.today(note.written_at))
    if author.id != context.person.id:
        return Say(context.text("sharing-note", name=fitted(author.name, LINE / 2), day=day, text=note.text))
    if note.shared_at is not None:
        html = context.text("sharing-own-shared", day=day, text=note.text)
        return Say(html, [[Button(context.label("sharing-withdraw"), f"note-unshare:{note.id}")]])
    html = context.text("sharing-own", day=day, text=note.text)
    share = await offer(context, note)
    return Say(html, [[Button(button.label, f"{button.action}:{HERE}") for button in share]] if share else [])
