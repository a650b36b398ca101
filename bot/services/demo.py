"""The demo team of the local phone: fictional people, clearly marked, let in from the start."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import insert_or_ignore
from bot.models import Membership, Person, Role, Team


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
    DemoPerson(3001, "何静 He Jing", Role.OWNER),
)

TEAM_NAME = "城东一组 East Team"

NEWCOMER_ID, NEWCOMER_NAME = 9001, "新同事 New colleague"
"""Somebody on the local phone who has not been let in, so that an invitation can be tried."""


async def seed(session: AsyncSession, time_zone: str, now: dtm.datetime) -> None:
    """Let the demo team in, once: later starts change nothing, so that somebody who was deleted does not come back."""
    team = {"name": TEAM_NAME, "overrides": {}, "created_at": now}
    team_id = await session.scalar(insert_or_ignore(session, Team).values(team).returning(Team.id))
    if team_id is None:
        return
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
    in_team = [person.telegram_id for person in TEAM if person.role != Role.OWNER]
    members = await session.scalars(select(Person.id).where(Person.telegram_id.in_(in_team)))
    await session.execute(
        insert_or_ignore(session, Membership), [{"person_id": member, "team_id": team_id} for member in members]
    )
