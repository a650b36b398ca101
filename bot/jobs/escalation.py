"""Escalation: plans what managers and leads are to hear of flags that stay open, and says it (services.escalations)."""

from __future__ import annotations

from dataclasses import dataclass

from bot import escalation_words
from bot.clock import Clock
from bot.database import Database
from bot.jobs.reminders import Occasion, Skip
from bot.replies import Say
from bot.services import escalations, schedules, teams


@dataclass(frozen=True)
class Escalation:
    """The job that plans; telling is the reminders' (bot.jobs.reminders)."""

    database: Database
    clock: Clock

    async def run(self) -> int:
        """Plan for everybody whose hour has come; return how many there were."""
        async with self.database.read() as session:
            slots = await escalations.slots(session, self.clock.now())
        if slots:
            async with self.database.begin() as session:
                await schedules.plan(session, slots)
        return len(slots)


async def compose_forewarning(occasion: Occasion) -> list[Say] | Skip:
    """Tell a manager in the evening which flags his lead will hear of on the next workday (services.escalations)."""
    session, manager, now = occasion.session, occasion.person, occasion.now
    due = (await escalations.to_announce(session, [manager], now))[manager.id]
    if not due:
        return Skip("nothing")
    await escalations.announce(session, manager, due, now)
    today = manager.today(now)
    following = (await teams.workdays_of(session, manager)).after(today, 1)
    return [escalation_words.forewarning(occasion.voice, due, following, today)]


async def compose_escalation(occasion: Occasion) -> list[Say] | Skip:
    """Tell a lead what has stayed open in his teams; what cleared meanwhile is not told."""
    told = await escalations.to_tell(occasion.session, occasion.person, occasion.now)
    if not told:
        return Skip("nothing")
    escalations.tell(told, occasion.now)
    return [escalation_words.escalation(occasion.voice, told)]
