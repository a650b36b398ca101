"""Invitations: single-use links that let one stranger in, worth what their author may do when they are used."""

from __future__ import annotations

import datetime as dtm
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Invitation, Person, Role, Team
from bot.services import people, schedules, teams

GOOD_FOR = dtm.timedelta(days=7)

TOKEN_BYTES = 24
"""192 bits, 32 characters; a deep link takes 64 (https://core.telegram.org/bots/features#deep-linking)."""

DOUBLE_TAP = dtm.timedelta(seconds=5)
"""A second invitation of the same kind within this time was not meant."""


@dataclass(frozen=True)
class Link:
    """A new invitation and its token, which nobody can read from the database."""

    invitation: Invitation
    token: str


@dataclass(frozen=True)
class Guest:
    """Somebody whom an invitation has let in, and who had invited him."""

    person: Person
    team: Team
    author: Person


async def create(
    session: AsyncSession,
    asker: Person,
    team_id: int,
    role: Role,
    now: dtm.datetime,
    *,
    awaited_id: int | None = None,
) -> Link:
    """Invite one stranger into a team that the asker leads; as a lead, only an owner may.

    `awaited_id` names the person whose imported book the guest takes over; older invitations for it end. Raises
    NoSuchRecord for what is not the asker's to give, AlreadyDone for a double tap.
    """
    if not await _may_invite(session, asker, team_id, role):
        raise NoSuchRecord
    same = (
        Invitation.created_by_id == asker.id,
        Invitation.team_id == team_id,
        Invitation.role == role,
        Invitation.person_id == awaited_id,
    )
    if await session.scalar(select(Invitation.id).where(*same, Invitation.created_at > now - DOUBLE_TAP).limit(1)):
        raise AlreadyDone
    if awaited_id is not None:
        awaited = await people.led(session, asker, awaited_id)
        if awaited.telegram_id is not None or awaited.removed_at is not None or role != awaited.role:
            raise NoSuchRecord
        await session.execute(delete(Invitation).where(Invitation.person_id == awaited_id, _unused))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        token_hash=_hash(token),
        team_id=team_id,
        role=role,
        person_id=awaited_id,
        created_by_id=asker.id,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    session.add(invitation)
    await session.flush()
    return Link(invitation, token)


async def open_of(session: AsyncSession, team: Team, now: dtm.datetime) -> Sequence[Invitation]:
    """The team's invitations that can still be used, the newest first."""
    still_good = Invitation.team_id == team.id, _unused, Invitation.expires_at > now
    return (await session.scalars(select(Invitation).where(*still_good).order_by(Invitation.id.desc()))).all()


async def revoke(session: AsyncSession, asker: Person, invitation_id: int) -> Team:
    """End an invitation; return its team. Raises NoSuchRecord for one that is used, gone, or of another's team."""
    invitation = await session.get(Invitation, invitation_id)
    if invitation is None or invitation.used_at is not None:
        raise NoSuchRecord
    team = await teams.led(session, asker, invitation.team_id)
    await session.delete(invitation)
    await session.flush()
    return team


async def accept(
    session: AsyncSession,
    token: str,
    telegram_id: int,
    *,
    name: str,
    telegram_locale: str | None,
    time_zone: str,
    now: dtm.datetime,
) -> Guest | None:
    """Let a stranger in by his invitation; None for a token that is unknown, used, expired or revoked, all alike.

    Of several who come at once with the same token one gets in. Who had been removed comes back to his own records;
    who is awaited takes over the book that was imported for him.
    """
    invitation = await session.scalar(
        update(Invitation)
        .where(Invitation.token_hash == _hash(token), _unused, Invitation.expires_at > now)
        .values(used_at=now)
        .returning(Invitation)
    )
    if invitation is None:
        return None
    author = await session.get_one(Person, invitation.created_by_id)
    if not await _may_invite(session, author, invitation.team_id, Role(invitation.role)):
        return None
    person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    if invitation.person_id is not None:
        awaited = await session.get_one(Person, invitation.person_id, with_for_update=True)
        if awaited.telegram_id is not None or awaited.removed_at is not None:
            return None
        if person is not None:
            person.telegram_id = None
            await session.flush()
        person = awaited
    if person is None:
        person = Person(name=name[:128], time_zone=time_zone)
        session.add(person)
    person.telegram_id, person.telegram_locale = telegram_id, telegram_locale
    person.role, person.joined_at = invitation.role, now
    person.removed_at = person.unreachable_since = None
    await session.flush()
    team = await session.get_one(Team, invitation.team_id)
    await teams.place(session, person, team)
    await schedules.arrange(session, person, now)
    invitation.used_by_id = person.id
    return Guest(person, team, author)


_unused = Invitation.used_at.is_(None)


async def _may_invite(session: AsyncSession, author: Person, team_id: int, role: Role) -> bool:
    """Whether the author leads the team now and may give the role; an owner is made, never invited."""
    leads = any(team.id == team_id for team in await teams.led_by(session, author))
    return leads and (role == Role.MANAGER or (role == Role.LEAD and author.role == Role.OWNER))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="backslashreplace")).hexdigest()
