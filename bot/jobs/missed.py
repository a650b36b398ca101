"""Missed: the one summary of reminders that were passed over while the coach was away."""

from __future__ import annotations

from bot import digest_words
from bot.jobs.reminders import Occasion, Skip
from bot.keyboards import Button
from bot.models import Role
from bot.replies import Say
from bot.services import reminders
from bot.services.digests import week_of


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """Say how often he was not reminded, and open what it was about: the day's plan, or for a lead the digest."""
    count = await reminders.missed(occasion.session, occasion.reminder)
    if not count:
        return Skip("nothing")
    voice = occasion.voice
    if occasion.person.role == Role.MANAGER:
        button = Button(voice.label("missed-open-plan"), f"plan:{occasion.day:%Y%m%d}:0")
    else:
        week = digest_words.code(week_of(occasion.day).before)
        button = Button(voice.label("missed-open-digest"), f"digests:{week}:0")
    return [Say(voice.text("missed", count=count), [[button]])]
