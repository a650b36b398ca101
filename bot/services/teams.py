"""Teams: who belongs to which, who leads them, and the policy and workdays that hold for a person."""

from __future__ import annotations

import datetime as dtm
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import insert_or_ignore
from bot.errors import CoachError, NoSuchRecord
from bot.models import Account, Leave, Membership, Person, Policy, Role, Team
from bot.services import people
from bot.workdays import Workdays

LONGEST_NAME = 64


class TeamNameRefused(CoachError):
    """A name that a team cannot have; the text id says why."""


class NoSuchTeam(CoachError):
    """Words by which an operator means no team."""

    text_id = "team-unknown"


async def team_of(session: AsyncSession, person: Person) -> Team | None:
    """The person's team; for somebody who leads several, the oldest; None for somebody without one."""
    return await session.scalar(_teams_of(person).limit(1))


async def find(session: AsyncSession, words: str) -> Team:
    """The team that an operator means by its name or its id. Raises NoSuchTeam."""
    by_id = Team.id == int(words) if words.isdecimal() else Team.name == words
    found = (await session.scalars(select(Team).where(or_(Team.name == words, by_id)).order_by(Team.id))).all()
    if not found:
        raise NoSuchTeam(words=words)
    return next((team for team in found if team.name == words), found[0])


async def policy_of(session: AsyncSession, person: Person) -> Policy:
    """The thresholds that hold for a person: those of his team, the defaults without one."""
    team = await team_of(session, person)
    return Policy() if team is None else team.policy


async def workdays_of(session: AsyncSession, person: Person) -> Workdays:
    """The workdays of a person: his team's country and own list, less his leave."""
    return (await workdays_of_all(session, [person]))[person.id]


async def workdays_of_all(
    session: AsyncSession, people: Sequence[Person], policies: Mapping[int, Policy] | None = None
) -> dict[int, Workdays]:
    """The workdays of several people by their ids, in two queries; in one where their policies are known."""
    ids = [person.id for person in people]
    leave: defaultdict[int, list[tuple[dtm.date, dtm.date]]] = defaultdict(list)
    for person_id, first, last in await session.execute(
        select(Leave.person_id, Leave.first_day, Leave.last_day)
        .where(Leave.person_id.in_(ids))
        .order_by(Leave.first_day)
    ):
        leave[person_id].append((first, last))
    policies = policies or await policies_of_all(session, people)
    return {one: Workdays((policy := policies[one]).country, policy.days_off, tuple(leave[one])) for one in ids}


async def policies_of_all(session: AsyncSession, people: Sequence[Person]) -> dict[int, Policy]:
    """The thresholds that hold for several people by their ids, in one query."""
    default = Policy()
    policies = {person.id: default for person in people}
    query = (
        select(Membership.person_id, Team)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id.in_(policies))
        .order_by(Team.id.desc())
    )
    return policies | {person_id: team.policy for person_id, team in await session.execute(query)}


async def leads_of_all(session: AsyncSession, people: Sequence[Person]) -> dict[int, list[Person]]:
    """Who leads these people's teams and can be told something, by their ids; one with nobody is left out."""
    led, leading = aliased(Membership), aliased(Membership)
    query = (
        select(led.person_id, Person)
        .join(leading, leading.team_id == led.team_id)
        .join(Person, Person.id == leading.person_id)
        .where(
            led.person_id.in_([person.id for person in people]),
            leading.person_id != led.person_id,
            Person.role == Role.LEAD,
            Person.removed_at.is_(None),
            Person.telegram_id.is_not(None),
        )
        .order_by(Person.id)
    )
    leads: dict[int, list[Person]] = {}
    for person_id, lead in await session.execute(query):
        leads.setdefault(person_id, []).append(lead)
    return leads


async def leads_of(session: AsyncSession, person: Person) -> list[Person]:
    """Who leads a person's team and can be told something."""
    return (await leads_of_all(session, [person])).get(person.id, [])


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
    if person.role == Role.LEAD:
        return await teams_of(session, person)
    return (await session.scalars(select(Team).order_by(Team.id))).all()


async def reading(session: AsyncSession, person: Person) -> Sequence[Team]:
    """The teams whose own documents a person may read: those that he is in or leads."""
    return await led_by(session, person) if person.role == Role.OWNER else await teams_of(session, person)


async def led(session: AsyncSession, person: Person, team_id: int) -> Team:
    """A team that this person leads. Raises NoSuchRecord for any other."""
    for team in await led_by(session, person):
        if team.id == team_id:
            return team
    raise NoSuchRecord


async def leavers(session: AsyncSession, team: Team) -> Sequence[Person]:
    """Who has left the team and whose book still waits for somebody to take it over."""
    book = select(Account.person_id).where(Account.archived_on.is_(None))
    return (
        await session.scalars(
            select(Person)
            .join(Membership, Membership.person_id == Person.id)
            .where(Membership.team_id == team.id, Person.removed_at.is_not(None), Person.id.in_(book))
            .order_by(Person.id)
        )
    ).all()


async def unplaced(session: AsyncSession, asker: Person) -> Sequence[Person]:
    """For an owner: everybody else who is in no team; nobody for anybody else."""
    if asker.role != Role.OWNER:
        return []
    placed = select(Membership.person_id)
    return (
        await session.scalars(
            select(Person)
            .where(Person.id != asker.id, Person.removed_at.is_(None), Person.id.not_in(placed))
            .order_by(Person.id)
        )
    ).all()


async def create(session: AsyncSession, asker: Person, name: str, now: dtm.datetime) -> Team:
    """Found a team. Raises NoSuchRecord for anybody but an owner, TeamNameRefused where another has that name."""
    if asker.role != Role.OWNER:
        raise NoSuchRecord
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise TeamNameRefused("team-name-too-long", limit=LONGEST_NAME)
    row = {"name": name, "overrides": {}, "created_at": now}
    team: Team | None = await session.scalar(insert_or_ignore(session, Team).values(row).returning(Team))
    if team is None:
        raise TeamNameRefused("team-name-taken")
    return team


async def move(session: AsyncSession, asker: Person, manager_id: int, team_id: int) -> Team | None:
    """Put a manager into another team; return it, None where he is in it already.

    Raises NoSuchRecord where he or the team is not the asker's to lead.
    """
    manager = await people.led(session, asker, manager_id)
    team = await led(session, asker, team_id)
    if manager.role != Role.MANAGER:
        raise NoSuchRecord
    if [one.id for one in await teams_of(session, manager)] == [team.id]:
        return None
    await place(session, manager, team)
    return team


async def let_lead(session: AsyncSession, asker: Person, lead_id: int, team_id: int, *, leads: bool) -> Team | None:
    """Let a lead lead a team or no longer; return it, None where it is so already.

    Raises NoSuchRecord where he or the team is not the asker's to lead: only an owner leads leads.
    """
    lead = await people.led(session, asker, lead_id)
    team = await led(session, asker, team_id)
    if lead.role != Role.LEAD:
        raise NoSuchRecord
    membership = await session.get(Membership, (lead.id, team.id))
    if (membership is not None) == leads:
        return None
    if membership is None:
        session.add(Membership(person_id=lead.id, team_id=team.id))
    else:
        await session.delete(membership)
    await session.flush()
    return team


async def place(session: AsyncSession, person: Person, team: Team) -> None:
    """Let a person be in this team and in no other."""
    await session.execute(delete(Membership).where(Membership.person_id == person.id))
    session.add(Membership(person_id=person.id, team_id=team.id))
    await session.flush()


async def teams_of(session: AsyncSession, person: Person) -> Sequence[Team]:
    """All teams of a person, the oldest first."""
    return (await session.scalars(_teams_of(person))).all()


def _teams_of(person: Person) -> Select[Team]:
    return (
        select(Team)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == person.id)
        .order_by(Team.id)
    )
