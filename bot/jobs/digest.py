"""The digest unasked: the week before, for whoever leads, as text, picture and workbook; several teams one by one."""

from __future__ import annotations

from collections.abc import Sequence

from bot import digest_files
from bot.digest_words import PAGE, digest_page, teams_page
from bot.jobs.reminders import Occasion, Skip
from bot.replies import Reply
from bot.services import digesting, teams
from bot.services.digests import Digest, week_of

MOST_TEAMS = 3
"""Teams whose digests are sent one by one; whoever leads more gets the page above them, which opens each."""


async def compose(occasion: Occasion) -> Sequence[Reply] | Skip:
    """The digests of all teams that somebody leads, with a page above where there are several."""
    led = await teams.led_by(occasion.session, occasion.person)
    if not led:
        return Skip("no team")
    week = week_of(occasion.day).before
    newest = week_of(occasion.person.today(occasion.now))
    shared, several = occasion.shared, len(led) > 1
    digests: list[Digest] = [
        await digesting.compute(
            occasion.session, team, week, occasion.now, matcher=shared.worker.matcher, terms=shared.search.terms
        )
        for team in led[:PAGE]
    ]
    said: list[Reply] = []
    if several:
        said.append(teams_page(occasion.voice, digests, week, newest=newest, pages=-(-len(led) // PAGE)))
    if len(led) <= MOST_TEAMS:
        for one in digests:
            said.append(digest_page(occasion.voice, one, newest=newest, several=several))
            said += await digest_files.files(occasion.voice, one) if one.managers else []
    return said
