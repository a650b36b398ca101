"""/mydata: what is stored about a person and who can see it; asking for its deletion, and the owner's deleting."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Update

from bot.context import CoachContext, in_place
from bot.keyboards import Button
from bot.replies import Reply, Say
from bot.services import people, personal_data


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
    return Say(html, [[Button(context.label("mydata-forget-me"), "forget-me")]])


async def ask_deletion(update: Update, context: CoachContext) -> Sequence[Reply]:
    """Ask once more, then pass a person's wish to be deleted on to the owners; once a day."""
    person, query = context.person, update.callback_query
    owners = [owner for owner in await people.owners(context.session) if owner.id != person.id]
    if not owners:
        return [in_place(query, Say(context.text("mydata-only-owner")))]
    if not context.arguments:
        buttons = [[Button(context.label("mydata-forget-me-sure"), "forget-me:yes")]]
        return [in_place(query, Say(context.text("mydata-forget-me-ask"), buttons))]
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
