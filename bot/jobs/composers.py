"""The table of contents of the reminders: which file beside this says what each kind tells."""

from __future__ import annotations

from bot.jobs import appointments, digest, escalation, evening, missed, morning, nudge, promise_reminders
from bot.jobs.reminders import Composer
from bot.models import Aside, Kind

COMPOSERS: dict[str, Composer] = {
    Kind.MORNING: morning.compose,
    Kind.EVENING: evening.compose,
    Kind.PROMISES: promise_reminders.compose,
    Kind.PROMISES_EVE: promise_reminders.compose_eve,
    Kind.NUDGE: nudge.compose,
    Kind.APPOINTMENT: appointments.compose,
    Kind.DIGEST: digest.compose,
    Aside.MISSED: missed.compose,
    Aside.FOREWARNING: escalation.compose_forewarning,
    Aside.ESCALATION: escalation.compose_escalation,
}
"""The kinds of reminders (models.reminder) with their composers."""
