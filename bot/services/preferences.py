"""Preferences: a person changes his own times, silences, time zone and unit of money; what hangs on them follows."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import CoachError, NoSuchRecord
from bot.language.amounts import currency, scale
from bot.models import Account, Aside, Goal, GoalKind, Kind, Person, Preferences, Role
from bot.services import accounts, schedules

HOURS: Mapping[str, tuple[dtm.time, dtm.time]] = {
    "morning_at": (dtm.time(4), dtm.time(13, 59)),
    "evening_at": (dtm.time(14), dtm.time(23, 30)),
    "nudge_at": (dtm.time(9), dtm.time(21)),
    "digest_at": (dtm.time(4), dtm.time(22)),
}
"""Each time of a day with the first and the last at which it makes sense (ours): a plan before the day, a review
after most of it."""


class SettingRefused(CoachError):
    """A value that a setting cannot take; the text id says which would do."""


async def change(session: AsyncSession, person: Person, now: dtm.datetime, **values: object) -> None:
    """Keep fields of Preferences that the person chose. Raises SettingRefused for a value that makes no sense."""
    for name, (first, last) in HOURS.items():
        if name in values and not (isinstance(time := values[name], dtm.time) and first <= time <= last):
            raise SettingRefused("settings-unclear-time", first=f"{first:%H:%M}", last=f"{last:%H:%M}")
    try:
        chosen = Preferences.model_validate(person.choices | values)
    except ValidationError as error:
        raise SettingRefused("settings-unclear-minutes") from error
    person.choices = chosen.model_dump(mode="json", exclude_unset=True)
    await schedules.arrange(session, person, now)


async def kinds_of(session: AsyncSession, person: Person) -> list[Kind | Aside]:
    """What the person can be told unasked: whoever has a book of his day, whoever leads of his teams."""
    is_lead = person.role != Role.MANAGER
    has_book = not is_lead or bool(await accounts.of(session, person))
    of_the_day: list[Kind | Aside] = [kind for kind in Kind if kind != Kind.DIGEST]
    return [*([*of_the_day, Aside.FLAG] if has_book else []), *([Kind.DIGEST] if is_lead else [])]


async def switch(session: AsyncSession, person: Person, kind: str, now: dtm.datetime, *, on: bool) -> None:
    """Let a kind of reminder be told, or not any more. Raises NoSuchRecord for one that he is never told."""
    if kind not in await kinds_of(session, person):
        raise NoSuchRecord
    off = person.preferences.off - {kind} if on else person.preferences.off | {kind}
    await change(session, person, now, off=off)


async def move_to(session: AsyncSession, person: Person, zone: str, now: dtm.datetime) -> None:
    """Let the person's clock be that of a known time zone."""
    person.time_zone = zone
    await schedules.arrange(session, person, now)


async def count_money_in(session: AsyncSession, person: Person, unit: str) -> None:
    """Count the money of a person's book in another unit: the amounts that are kept already are converted.

    Those kept without a unit so far are taken to be in this one. Raises SettingRefused for another currency than that
    of amounts that are kept: nobody here knows the rate.
    """
    was = person.money_unit
    book = await session.scalars(select(Account).where(Account.person_id == person.id))
    volumes = await session.scalars(select(Goal).where(Goal.person_id == person.id, Goal.kind == GoalKind.VOLUME))
    kept = [*((one, ("potential", "annual_sales")) for one in book), *((one, ("target", "reached")) for one in volumes)]
    amounts = [(row, name) for row, names in kept for name in names if getattr(row, name) is not None]
    if was and amounts and len({currency(was), currency(unit)} - {None}) > 1:
        raise SettingRefused("settings-other-currency", unit=was)
    if was:
        for row, name in amounts:
            setattr(row, name, round(getattr(row, name) * scale(was) / scale(unit), 6))
    person.money_unit = unit
    await session.flush()


def unheard(preferences: Preferences, names: set[str]) -> list[str]:
    """Which of these times lie in the quiet hours, so that nothing will be told then."""
    return [name for name in HOURS if name in names and preferences.is_quiet(getattr(preferences, name))]
