"""Appointment reminders: where, when and with whom, so long before as he chose, with the card to read before."""

from __future__ import annotations

import datetime as dtm

from markupsafe import Markup

from bot import reminder_words
from bot.jobs.reminders import Occasion, Skip
from bot.keyboards import Button
from bot.models import Account, NextStep
from bot.replies import Say
from bot.services import preparation
from bot.services.silence import SNOOZE


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """The appointment, unless it was kept, called off, moved or handed over meanwhile, or has begun."""
    found = await preparation.agreed(occasion.session, occasion.person, occasion.reminder.subject or 0)
    if found is None:
        return Skip("gone")
    step, account = found
    if step.done_on is not None:
        return Skip("done")
    if step.dropped_on is not None or account.archived_on is not None:
        return Skip("called_off")
    if step.due != occasion.day or step.time is None:
        return Skip("moved")
    local = occasion.person.local(occasion.now)
    begins = dtm.datetime.combine(step.due, step.time, local.tzinfo)
    return _say(occasion, step, account, begins) if begins > local else Skip("over")


def _say(occasion: Occasion, step: NextStep, account: Account, begins: dtm.datetime) -> list[Say]:
    """Where, when, with whom and what about; it can wait where it begins later than that."""
    voice, local = occasion.voice, occasion.person.local(occasion.now)
    day = "" if begins.date() == local.date() else f"{voice.day(begins.date())} "
    lines = [
        voice.text("reminders-appointment", when=f"{day}{begins:%H:%M}"),
        voice.line("reminders-appointment-at", what=account.name, lines=2),
    ]
    if step.contact:
        lines.append(voice.line("reminders-appointment-with", what=step.contact))
    if step.what:
        lines.append(voice.line("reminders-appointment-about", what=step.what, lines=2))
    rows = [[Button(voice.label("reminders-prepare"), f"prepare:{account.id}")]]
    if begins - local > SNOOZE:
        rows.append([reminder_words.later(voice, occasion.reminder)])
    return [Say(Markup("\n").join(lines), rows)]
