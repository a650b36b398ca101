"""The buttons below what is told unasked: once more in half an hour, or not at all today."""

from __future__ import annotations

from bot.keyboards import Button
from bot.models import Reminder
from bot.texts import Voice


def later(voice: Voice, reminder: Reminder) -> Button:
    """Tell it once more in half an hour."""
    return Button(voice.label("reminders-later"), f"snooze:{reminder.id}")


def skip(voice: Voice) -> Button:
    """Tell nothing more today."""
    return Button(voice.label("reminders-skip"), "skip-day:")
