"""/mydata: what is stored about a person, who can see it, taking it along, and its deletion, asked for and done."""

from __future__ import annotations

import json
from collections.abc import Sequence

from telegram import Update

from bot.context import CoachContext, in_place
from bot.keyboards import Button
from bot.records import write_record
from bot.replies import Document, Reply, Say
from bot.services import people, personal_data, records


async def show_data(_update: Update, context: CoachContext) -> Say:
    """Tell how much is stored about the person, and who can see what."""
    counts = await personal_data.counts(context.session, context.person)
    kinds = context.label("mydata-between").join(
        context.label(f"mydata-kind-{kind}", count=count) for kind, count in counts.items()
    )
    html = context.text(
        "mydata",
        kinds=kinds or context.label("mydata-none"),
        seen=context.text(f"mydata-seen-{context.person.role}"),
        days=context.shared.settings.keep_days,
    )
    buttons = [[Button(context.label(f"mydata-{act}"), act)] for act in ("export-me", "forget-me")]
    return Say(html, buttons)


async def export(_update: Update, context: CoachContext) -> Sequence[Reply]:
    """Give a person his records in the portable form, and every row that tells of him."""
    record = await records.export_record(context.session, context.person, context.today, context.locale)
    rows = await personal_data.everything(context.session, context.person)
    return [
        Document(f"record-{context.today}.json", write_record(record).encode(), context.text("mydata-record")),
        Document(
            f"everything-{context.today}.json",
            json.dumps(rows, ensure_ascii=False, indent=1, default=str).encode(errors="backslashreplace"),
            context.text("mydata-everything"),
        ),
    ]


async def ask_deletion(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Ask once more, then keep a person's wish to be deleted and pass it on to the owners, once a day."""
    person, query = context.person, update.callback_query
    owners = [owner for owner in await people.owners(context.session) if owner.id != person.id]
    if not owners:
        return [in_place(query, Say(context.text("mydata-only-owner")))]
    if not context.arguments:
        buttons = [[Button(context.label("mydata-forget-me-sure"), "forget-me:yes")]]
        return [in_place(query, Say(context.text("mydata-forget-me-ask"), buttons))]
    person.deletion_asked_on = context.today
    wishes = [
        wish
        for owner in owners
        for wish in context.tell(
            owner,
            "mydata-wish",
            button=Button("mydata-wish-open", f"delete:{person.id}"),
            once=f"wish:{person.id}:{owner.id}:{context.today}",
            name=person.name,
        )
    ]
    return [in_place(query, Say(context.text("mydata-wish-sent"))), *wishes]


async def delete(update: Update, context: CoachContext) -> Reply:
    """Ask an owner once more, then delete a person. Raises NoSuchRecord for anybody else, AlreadyDone."""
    person_id, *sure = context.arguments
    if sure:
        await personal_data.delete_person(
            context.session, context.person, int(person_id), context.now, asked_in=update.update_id
        )
        buttons = [[Button(context.label("team-back-to-teams"), "teams")]]
        return in_place(update.callback_query, Say(context.text("mydata-deleted"), buttons))
    person = await personal_data.deletable(context.session, context.person, int(person_id))
    buttons = [
        [Button(context.label("mydata-delete-sure"), f"delete:{person.id}:yes")],
        [Button(context.label("team-back-to-member", name=person.name), f"member:{person.id}")],
    ]
    return in_place(update.callback_query, Say(context.text("mydata-delete-ask", name=person.name), buttons))
