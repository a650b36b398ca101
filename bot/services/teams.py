"""Teams: who belongs to which, who leads them, and the policy and workdays that hold for a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import Membership, Person, Policy, Role, Team


async def team_of(session: AsyncSession, person: Person) -> Team | None:
    """The person's team; for somebody who leads several, the oldest; None for somebody without one."""
    return await session.scalar(_teams_of(person).limit(1))


async def policy_of(session: AsyncSession, person: Person) -> Policy:
    """The thresholds that hold for a person: those of his team, the defaults without one."""
    team = await team_of(session, person)
    return Policy() if team is None else team.policy


async def members(session: AsyncSession, team: Team) -> Sequence[Person]:
    """Everybody who is in the team now, its leads too, in the order of joining."""
    return (
        await session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.team_id == team.id, Person.removed_at.is_(None))
            .order_by(Person.id)
        )
    ).all()


async def led_by(session: AsyncSession, person: Person) -> Sequence[Team]:
    """The teams that a person leads: all for an owner, none for a manager."""
    if person.removed_at is not None or person.role == Role.MANAGER:
        return []
    query = select(Team).order_by(Team.id) if person.role == Role.OWNER else _teams_of(person)
    return (await session.scalars(query)).all()


async def led(session: AsyncSession, person: Person, team_id: int) -> Team:
    """A team that this person leads. Raises NoSuchRecord for any other."""
    for team in await led_by(session, person):
        if team.id == team_id:
            return team
    raise NoSuchRecord


def _teams_of(person: Person) -> Select[Team]:
    return (
        select(Team)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == person.id)
        .order_by(Team.id)
    )
