"""/mayi: may I promise this? A light, every reason, and a sentence that buys time honestly."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping

from markupsafe import Markup
from telegram import Update

from bot.context import CoachContext
from bot.language.dates import find_dates
from bot.models import Account
from bot.replies import Say
from bot.services import accounts, promising, teams
from bot.services.promising import Light

LIGHTS = {Light.GREEN: "🟢", Light.AMBER: "🟡", Light.RED: "🔴"}


async def ask(_update: Update, context: CoachContext) -> Say:
    """/mayi words: consider a promise; without words tell how to ask."""
    words = " ".join(context.args or [])
    return await consider(words, context) if words else Say(context.text("promising-how"))


async def consider(text: str, context: CoachContext) -> Say:
    """Say whether to promise what a sentence asks about."""
    workdays = await teams.workdays_of(context.session, context.person)
    mentions = find_dates(text, context.person.local(context.now), workdays)
    day = next((mention.day for mention in mentions if mention.day is not None), None)
    verdict = await promising.consider(context.session, context.person, day, await _account(text, context), context.now)
    light = verdict.light.name.lower()
    lines = [context.text(f"promising-{light}", mark=LIGHTS[verdict.light])]
    lines += [
        context.text(
            "promising-reason", mark=LIGHTS[one.light], reason=context.label(one.text_id, **_said(context, one.values))
        )
        for one in sorted(verdict.reasons, key=lambda one: -one.light)
    ]
    when = verdict.better or verdict.day
    lines.append(
        context.text(f"promising-say-{light}", day=context.day(when) if when else context.label("promising-that-day"))
    )
    return Say(Markup("\n").join(lines))


async def _account(text: str, context: CoachContext) -> Account | None:
    names = await accounts.names(context.session, context.person)
    hit = next((hit for hit in names.find(text) if hit.is_sure), None)
    if hit is None:
        return None
    return await accounts.own(context.session, context.person, hit.candidates[0].key)


def _said(context: CoachContext, values: Mapping[str, object]) -> dict[str, object]:
    return {name: context.day(one) if isinstance(one, dtm.date) else one for name, one in values.items()}
