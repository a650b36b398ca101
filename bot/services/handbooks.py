"""Handbooks: the documents of a team, from the message that brought one to its versions and its removal."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.documents import Document, ending
from bot.documents.block import DocumentRefused
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Handbook, HandbookState, Passage, Person, Team
from bot.services import passages, teams

MOST_PASSAGES = 100_000
"""Passages of one team's documents up to which the search was measured (benchmarks/handbook.py)."""


class NoTeamToTeach(DocumentRefused):
    """A document of somebody who leads no team."""

    text_id = "handbook-no-team"


async def receive(
    session: AsyncSession, person: Person, team: Team | None, *, file_id: str, name: str, now: dtm.datetime
) -> Handbook:
    """Keep that somebody sent a document; it is read as soon as it is known for which team it is."""
    handbook = Handbook(
        team_id=team.id if team else None,
        person_id=person.id,
        file_id=file_id,
        name=name,
        format=ending(name)[:8],
        version=1,
        uploaded_at=now,
        state=HandbookState.PENDING,
    )
    session.add(handbook)
    await session.flush()
    return handbook


async def give(session: AsyncSession, person: Person, handbook_id: int, team_id: int) -> tuple[Handbook, Team]:
    """Say for which team a document is. Raises NoSuchRecord for another's, or a team he does not lead, AlreadyDone."""
    handbook = await sent(session, person, handbook_id)
    handbook.team_id = (team := await teams.led(session, person, team_id)).id
    return handbook, team


async def sent(session: AsyncSession, person: Person, handbook_id: int) -> Handbook:
    """A document that this person sent and that has no team yet. Raises NoSuchRecord, AlreadyDone."""
    handbook = await session.get(Handbook, handbook_id, with_for_update=True)
    if handbook is None or handbook.person_id != person.id:
        raise NoSuchRecord
    if handbook.state != HandbookState.PENDING or handbook.team_id is not None:
        raise AlreadyDone
    return handbook


async def waiting(session: AsyncSession) -> Handbook | None:
    """The oldest document that waits to be fetched and read."""
    query = select(Handbook).where(Handbook.state == HandbookState.PENDING, Handbook.team_id.is_not(None))
    return await session.scalar(query.order_by(Handbook.id).limit(1))


def refuse(handbook: Handbook, problem: str) -> None:
    """Be done with a document that cannot be read."""
    handbook.state, handbook.problem = HandbookState.REFUSED, problem


@dataclass(frozen=True)
class Stored:
    """A document that is searched now, its team, and the version whose place it took."""

    handbook: Handbook
    team: Team
    before: Handbook | None


async def store(session: AsyncSession, handbook: Handbook, document: Document, now: dtm.datetime) -> Stored:
    """Let a document that was read be found at once, in place of the current one of the same name, which is kept.

    Of the versions before that nothing stays. Raises NoSuchRecord where its sender no longer leads the team,
    DocumentRefused where the team's documents would become too many.
    """
    sender = await session.get_one(Person, handbook.person_id)
    team = await teams.led(session, sender, handbook.team_id or 0)
    await session.get_one(Team, team.id, with_for_update=True)  # one version after the other
    versions = await _versions(session, team.id, handbook.name)
    current = next((one for one in versions if one.state == HandbookState.CURRENT), None)
    size = await _size(session, team.id) - (current.passages if current else 0) + len(document.pieces)
    if size > MOST_PASSAGES:
        raise DocumentRefused("handbook-team-full", limit=MOST_PASSAGES)
    for old in versions:
        if old.state == HandbookState.EARLIER:
            await _withdraw(session, old, now)
    if current is not None:
        await passages.take_out(session, await _passages(session, current))
        current.state = HandbookState.EARLIER
    handbook.version = max((one.version for one in versions), default=0) + 1
    handbook.format, handbook.pages, handbook.scanned = document.format, document.pages, document.scanned
    handbook.headings, handbook.passages = document.headings, len(document.pieces)
    handbook.state = HandbookState.CURRENT
    made = [
        Passage(
            team_id=team.id,
            handbook_id=handbook.id,
            position=position,
            heading=piece.heading,
            page=piece.page,
            text=piece.text,
        )
        for position, piece in enumerate(document.pieces)
    ]
    session.add_all(made)
    await session.flush()
    termed = [(passage, piece.terms) for passage, piece in zip(made, document.pieces, strict=True)]
    await passages.put_in(session, termed)
    return Stored(handbook, team, current)


async def current(session: AsyncSession, asker: Person) -> list[tuple[Handbook, Team]]:
    """The documents of the teams that the asker leads, by team, the newest first. Empty for a manager."""
    led = {team.id: team for team in await teams.led_by(session, asker)}
    found = await session.scalars(
        select(Handbook)
        .where(Handbook.team_id.in_(led), Handbook.state == HandbookState.CURRENT)
        .order_by(Handbook.team_id, Handbook.id.desc())
    )
    return [(handbook, led[handbook.team_id or 0]) for handbook in found]


async def led(session: AsyncSession, asker: Person, handbook_id: int) -> tuple[Handbook, Team]:
    """A document of a team that the asker leads, the current version or the one before.

    Raises NoSuchRecord for any other, AlreadyDone where it was removed.
    """
    handbook = await session.get(Handbook, handbook_id, with_for_update=True)
    if handbook is None or handbook.team_id is None:
        raise NoSuchRecord
    team = await teams.led(session, asker, handbook.team_id)
    if handbook.state not in (HandbookState.CURRENT, HandbookState.EARLIER):
        raise AlreadyDone
    return handbook, team


async def counterpart(session: AsyncSession, handbook: Handbook) -> Handbook | None:
    """The version before, or the current one of a version before."""
    wanted = HandbookState.EARLIER if handbook.state == HandbookState.CURRENT else HandbookState.CURRENT
    versions = await _versions(session, handbook.team_id or 0, handbook.name)
    return next((one for one in versions if one.state == wanted), None)


async def headings(session: AsyncSession, handbook: Handbook, limit: int) -> list[str]:
    """The first headings of a document, as far as anything stands below them."""
    query = select(Passage.heading).where(Passage.handbook_id == handbook.id, Passage.heading != "")
    found = await session.scalars(query.group_by(Passage.heading).order_by(func.min(Passage.position)).limit(limit))
    return list(found)


async def bring_back(session: AsyncSession, asker: Person, handbook_id: int) -> tuple[Handbook, Team]:
    """Let the version before be found again, in place of the current one, which is kept now.

    Raises NoSuchRecord, and AlreadyDone where it is the current one or no longer there.
    """
    handbook, team = await led(session, asker, handbook_id)
    await session.get_one(Team, team.id, with_for_update=True)
    other = await counterpart(session, handbook)
    if handbook.state != HandbookState.EARLIER or other is None:
        raise AlreadyDone
    await passages.take_out(session, await _passages(session, other))
    await passages.put_back(session, await _passages(session, handbook))
    handbook.state, other.state = HandbookState.CURRENT, HandbookState.EARLIER
    return handbook, team


async def remove(session: AsyncSession, asker: Person, handbook_id: int, now: dtm.datetime) -> tuple[Handbook, Team]:
    """Remove a document with the version before it. Raises NoSuchRecord, AlreadyDone."""
    handbook, team = await led(session, asker, handbook_id)
    for one in (await counterpart(session, handbook), handbook):
        if one is not None:
            await _withdraw(session, one, now)
    return handbook, team


async def _withdraw(session: AsyncSession, handbook: Handbook, now: dtm.datetime) -> None:
    """Delete the passages of a version; that there was one stays."""
    is_current = handbook.state == HandbookState.CURRENT
    await passages.drop(session, await _passages(session, handbook), are_indexed=is_current)
    handbook.state, handbook.removed_at = HandbookState.REMOVED, now


async def _versions(session: AsyncSession, team_id: int, name: str) -> Sequence[Handbook]:
    kept = Handbook.state.in_((HandbookState.CURRENT, HandbookState.EARLIER, HandbookState.REMOVED))
    query = select(Handbook).where(Handbook.team_id == team_id, Handbook.name == name, kept)
    return (await session.scalars(query.order_by(Handbook.id).with_for_update())).all()


async def _passages(session: AsyncSession, handbook: Handbook) -> Sequence[Passage]:
    return (await session.scalars(select(Passage).where(Passage.handbook_id == handbook.id))).all()


async def _size(session: AsyncSession, team_id: int) -> int:
    query = select(func.sum(Handbook.passages)).where(
        Handbook.team_id == team_id, Handbook.state == HandbookState.CURRENT
    )
    return int(await session.scalar(query) or 0)
