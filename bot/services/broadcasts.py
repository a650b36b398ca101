"""Broadcasts: what a lead tells his whole team, who has confirmed reading it, and one reminder a day of it."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, CoachError, NoSuchRecord
from bot.models import Broadcast, BroadcastCopy, Person, Role, Team
from bot.services import teams

LONGEST = 160
"""Characters of a broadcast: one screen of a phone, read at a glance."""

LISTED = 5
"""Broadcasts that are listed, the newest first."""


class BroadcastRefused(CoachError):
    """Words that cannot go to a team, or a team without anybody to hear them; the text id says why."""


@dataclass(frozen=True)
class Status:
    """One broadcast with its team, and who of those still in it has read it and who has not."""

    broadcast: Broadcast
    team: Team
    read: Sequence[Person]
    unread: Sequence[Person]


async def fit(session: AsyncSession, author: Person, team_id: int, text: str) -> tuple[Team, list[Person]]:
    """The team and those who would hear words of its lead: all its members but him.

    Raises NoSuchRecord for a team that he does not lead, BroadcastRefused for too many words and for an empty team.
    """
    team = await teams.led(session, author, team_id)
    if len(text) > LONGEST:
        raise BroadcastRefused("broadcast-too-long", limit=LONGEST)
    hearers = [one for one in await teams.members(session, team) if one.id != author.id]
    if not hearers:
        raise BroadcastRefused("broadcast-nobody")
    return team, hearers


async def send(session: AsyncSession, author: Person, team_id: int, text: str, now: dtm.datetime) -> Status:
    """Keep a broadcast with a copy for everybody who hears it. Raises as `fit`."""
    team, hearers = await fit(session, author, team_id, text)
    broadcast = Broadcast(team_id=team.id, person_id=author.id, text=text, sent_at=now)
    session.add(broadcast)
    await session.flush()
    session.add_all(BroadcastCopy(broadcast_id=broadcast.id, person_id=one.id) for one in hearers)
    await session.flush()
    return Status(broadcast, team, (), hearers)


async def by(session: AsyncSession, author: Person) -> list[Status]:
    """What somebody told the teams that he still leads, the newest first; nothing for a manager."""
    led = {team.id: team for team in await teams.led_by(session, author)}
    his = Broadcast.person_id == author.id, Broadcast.team_id.in_(led)
    query = select(Broadcast).where(*his).order_by(Broadcast.id.desc()).limit(LISTED)
    return [await _status(session, one, led[one.team_id]) for one in await session.scalars(query)]


async def own(session: AsyncSession, author: Person, broadcast_id: int) -> Status:
    """A broadcast of this person to a team that he still leads. Raises NoSuchRecord for any other."""
    broadcast = await session.get(Broadcast, broadcast_id, with_for_update=True)
    if broadcast is None or broadcast.person_id != author.id or author.role == Role.MANAGER:
        raise NoSuchRecord
    return await _status(session, broadcast, await teams.led(session, author, broadcast.team_id))


async def remind(session: AsyncSession, author: Person, broadcast_id: int, now: dtm.datetime) -> Status:
    """Remind those who have not read it, once on a day of its author.

    Raises NoSuchRecord as `own`, AlreadyDone where it was done today, or everybody has read it.
    """
    status = await own(session, author, broadcast_id)
    today = author.today(now)
    if not status.unread:
        raise AlreadyDone("broadcast-all-read")
    if status.broadcast.reminded_on == today:
        raise AlreadyDone("broadcast-reminded-today")
    status.broadcast.reminded_on = today
    return status


async def read(session: AsyncSession, person: Person, broadcast_id: int, now: dtm.datetime) -> Broadcast:
    """Note that somebody has read his copy; the first time counts. Raises NoSuchRecord for who has none."""
    copy = await session.get(BroadcastCopy, (broadcast_id, person.id))
    if copy is None:
        raise NoSuchRecord
    copy.read_at = copy.read_at or now
    return await session.get_one(Broadcast, broadcast_id)


async def _status(session: AsyncSession, broadcast: Broadcast, team: Team) -> Status:
    query = select(BroadcastCopy).where(BroadcastCopy.broadcast_id == broadcast.id)
    read_at = {copy.person_id: copy.read_at for copy in await session.scalars(query)}
    hearers = [one for one in await teams.members(session, team) if one.id in read_at]
    read = [one for one in hearers if read_at[one.id] is not None]
    return Status(broadcast, team, read, [one for one in hearers if read_at[one.id] is None])
