"""Silence on demand: a reminder once more in half an hour, or nothing unasked for the rest of the day."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import Update

from bot.context import CoachContext, in_place
from bot.keyboards import Button
from bot.replies import Reply, Say, Toast
from bot.services import silence


async def snooze_last(_update: Update, context: CoachContext) -> Say:
    """Let what was told last today come once more in half an hour. Raises AlreadyDone."""
    reminder = await silence.last_told(context.session, context.person, context.now)
    if reminder is None:
        return Say(context.text("reminders-nothing-told"))
    return await _put_off(context, reminder.id)


async def snooze(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Let the reminder come once more in half an hour. Raises NoSuchRecord, AlreadyDone."""
    said = await _put_off(context, int(context.arguments[0]))
    return [Toast(context.label("reminders-noted")), in_place(update.callback_query, said)]


async def _put_off(context: CoachContext, reminder_id: int) -> Say:
    until = await silence.snooze(context.session, context.person, reminder_id, context.now)
    return Say(context.text("reminders-snoozed", time=f"{context.person.local(until):%H:%M}"))


async def skip_day(update: Update, context: CoachContext) -> Iterable[Reply]:
    """Say nothing unasked any more today."""
    await silence.skip_today(context.session, context.person, context.now)
    wake = [[Button(context.label("settings-wake"), "settings-wake:")]]
    said = Say(context.text("reminders-skipped"), wake)
    return [Toast(context.label("reminders-noted")), in_place(update.callback_query, said)]
