"""Help requests: what a manager asks his lead for, in his own words, and what the first lead who answers says."""

from __future__ import annotations

import datetime as dtm

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import AlreadyDone, CoachError, NoSuchRecord
from bot.models import Flag, HelpRequest, Person, Role
from bot.services import people, teams

LONGEST = 160
"""Characters of a request or an answer: with all around it, it fits one screen of a phone."""


class HelpRefused(CoachError):
    """A request or an answer that cannot be passed on; the text id says why."""


async def leads(session: AsyncSession, person: Person) -> list[Person]:
    """Whom a manager can ask. Raises HelpRefused where there is nobody, and for whoever leads himself."""
    if person.role != Role.MANAGER:
        raise HelpRefused("askhelp-for-managers")
    found = await teams.leads_of(session, person)
    if not found:
        raise HelpRefused("askhelp-no-lead")
    return found


async def ask(
    session: AsyncSession, person: Person, text: str, now: dtm.datetime, *, flag: Flag | None = None
) -> HelpRequest:
    """Keep what a manager asks for; a private flag is not told of, only his words are.

    Raises HelpRefused as `leads` and for too many words, NoSuchRecord for a flag that is not his, AlreadyDone where he
    has asked about it and waits for an answer.
    """
    await leads(session, person)
    if flag is not None and flag.person_id != person.id:
        raise NoSuchRecord
    if flag is not None and await open_about(session, flag) is not None:
        raise AlreadyDone("askhelp-waits")
    named = flag.id if flag is not None and not flag.is_private else None
    request = HelpRequest(person_id=person.id, flag_id=named, text=_fitting(text), asked_at=now)
    session.add(request)
    await session.flush()
    return request


async def open_about(session: AsyncSession, flag: Flag) -> HelpRequest | None:
    """The request about a flag that waits for an answer."""
    waiting = HelpRequest.flag_id == flag.id, HelpRequest.answered_at.is_(None)
    return await session.scalar(select(HelpRequest).where(*waiting).limit(1))


async def last_about(session: AsyncSession, flag: Flag) -> HelpRequest | None:
    """The newest request about a flag, answered or not."""
    query = select(HelpRequest).where(HelpRequest.flag_id == flag.id).order_by(HelpRequest.id.desc()).limit(1)
    return await session.scalar(query)


async def asked(session: AsyncSession, asker: Person, request_id: int) -> tuple[HelpRequest, Person]:
    """A request for whoever leads the manager who made it, and that manager. Raises NoSuchRecord for anybody else."""
    request = await session.get(HelpRequest, request_id)
    if request is None or asker.role == Role.MANAGER:
        raise NoSuchRecord
    return request, await people.led(session, asker, request.person_id)


async def unanswered(session: AsyncSession, asker: Person, request_id: int) -> tuple[HelpRequest, Person]:
    """A request that waits for an answer. Raises NoSuchRecord as `asked`, AlreadyDone where it was answered."""
    request, manager = await asked(session, asker, request_id)
    await session.refresh(request, with_for_update=True)
    if request.answered_at is not None:
        raise AlreadyDone("askhelp-answered-before")
    return request, manager


async def answer(
    session: AsyncSession, asker: Person, request_id: int, text: str, now: dtm.datetime
) -> tuple[HelpRequest, Person]:
    """Keep a lead's answer, once. Raises NoSuchRecord, AlreadyDone, HelpRefused for too many words."""
    request, manager = await unanswered(session, asker, request_id)
    request.answer, request.answered_at, request.answered_by = _fitting(text), now, asker.id
    return request, manager


def _fitting(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise HelpRefused("askhelp-too-long", limit=LONGEST)
    return text
