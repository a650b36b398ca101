"""The evening message: the day's review with its taps, unless he has closed the day already."""

from __future__ import annotations

from bot import reminder_words, review_words
from bot.jobs.reminders import Occasion, Skip
from bot.replies import Say
from bot.services import accounts, notes, reviews_of_day


async def compose(occasion: Occasion) -> list[Say] | Skip:
    """The review of the day as it stands; nobody without a book is asked."""
    session, person = occasion.session, occasion.person
    evening = await reviews_of_day.review_of(session, person, occasion.day)
    if evening.closed_at is not None:
        return Skip("closed")
    is_blank = evening.plan is None and not evening.visits
    if is_blank and not await accounts.of(session, person):
        return Skip("no_book")
    drafts = await notes.drafts_of(session, person)
    below = [[reminder_words.later(occasion.voice, occasion.reminder), reminder_words.skip(occasion.voice)]]
    return [review_words.screen(occasion.voice, evening, len(drafts), below=below)]
