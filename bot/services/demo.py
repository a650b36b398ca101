"""The demo team of the local phone: fictional people, clearly marked, let in from the start."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.models import Person, Role


@dataclass(frozen=True)
class DemoPerson:
    """A fictional person: Telegram id, name and role."""

    telegram_id: int
    name: str
    role: Role


TEAM = (
    DemoPerson(1001, "陈晓 Chen Xiao", Role.MANAGER),
    DemoPerson(1002, "林建国 Lin Jianguo", Role.MANAGER),
    DemoPerson(2001, "周敏 Zhou Min", Role.LEAD),
)


async def seed(session: AsyncSession, time_zone: str, now: dtm.datetime) -> None:
    """Let the demo team in; whoever is in already stays as he is."""
    rows = [
        {
            "telegram_id": person.telegram_id,
            "name": person.name,
            "role": person.role,
            "time_zone": time_zone,
            "joined_at": now,
        }
        for person in TEAM
    ]
    await session.execute(insert_or_ignore(session, Person), rows)
