"""People: finding who speaks, letting the first one in as owner, languages, and who can be reached."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import lock
from bot.models import Person, Role

ENROLMENT_LOCK = 7_202_612
"""Key of the advisory lock under which the first person becomes the owner, so that there is one."""


def locale_of(language_code: str | None) -> str | None:
    """The coach's locale for an IETF language tag of Telegram ("zh-hans", "en-GB"); None for any other language."""
    primary = (language_code or "").lower().replace("_", "-").split("-")[0]
    return primary if primary in ("zh", "en") else None


def locale_for(person: Person | None, language_code: str | None, default: str) -> str:
    """The locale for whoever is speaking: his own choice, else what his Telegram names now, else `default`."""
    return (person.locale if person else None) or locale_of(language_code) or default


async def find(session: AsyncSession, telegram_id: int) -> Person | None:
    """The person behind a Telegram account, if he has been let in."""
    return await session.scalar(select(Person).where(Person.telegram_id == telegram_id))


async def enrol_owner(
    session: AsyncSession,
    telegram_id: int,
    *,
    name: str,
    telegram_locale: str | None,
    time_zone: str,
    now: dtm.datetime,
) -> Person | None:
    """Let the very first person in, as owner; None where somebody is in already."""
    await lock(await session.connection(), ENROLMENT_LOCK)
    if await session.scalar(select(func.count()).select_from(Person)):
        return None
    person = Person(
        telegram_id=telegram_id,
        name=name[:128],
        role=Role.OWNER,
        telegram_locale=telegram_locale,
        time_zone=time_zone,
        joined_at=now,
    )
    session.add(person)
    await session.flush()
    return person
