"""People: who speaks and in which language, the first one as owner, who sees and leads whom, roles and removal."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Sequence

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import lock
from bot.errors import NoSuchRecord
from bot.models import Membership, MessageState, OutboxMessage, Person, Role
from bot.services import drafts, schedules

ENROLMENT_LOCK = 7_202_612
"""Key of the advisory lock under which people become owners or cease to be, so that there is always one."""


def locale_of(language_code: str | None) -> str | None:
    """The coach's locale for an IETF language tag of Telegram ("zh-hans", "en-GB"); None for any other language."""
    primary = (language_code or "").lower().replace("_", "-").split("-")[0]
    return primary if primary in ("zh", "en") else None


def locale_for(person: Person | None, language_code: str | None, default: str) -> str:
    """The locale for whoever is speaking: his own choice, else what his Telegram names now, else `default`."""
    return (person.locale if person else None) or locale_of(language_code) or default


async def find(session: AsyncSession, telegram_id: int) -> Person | None:
    """The person behind a Telegram account, if he has been let in and not been removed.

    His row stays his until the end of the transaction: whoever deletes him waits for this turn, and a later turn then
    finds nobody (PostgreSQL; SQLite has one writer anyway).
    """
    return await session.scalar(
        select(Person)
        .where(Person.telegram_id == telegram_id, Person.removed_at.is_(None))
        .with_for_update(read=True, key_share=True)
    )


async def visible_to(session: AsyncSession, asker: Person) -> Sequence[Person]:
    """Whose facts a person may see now: his own; a lead those of his teams' managers too; an owner everybody's."""
    return (await session.scalars(_visible(asker).where(Person.removed_at.is_(None)).order_by(Person.id))).all()


async def seen(session: AsyncSession, asker: Person, person_id: int) -> Person:
    """Somebody whose facts the asker may see, also after he was removed. Raises NoSuchRecord for anybody else."""
    person = await session.scalar(_visible(asker).where(Person.id == person_id))
    if person is None:
        raise NoSuchRecord
    return person


async def led(session: AsyncSession, asker: Person, person_id: int) -> Person:
    """Somebody for whom the asker may act: whom he sees, but not himself. Raises NoSuchRecord for anybody else."""
    person = await seen(session, asker, person_id)
    if person.id == asker.id:
        raise NoSuchRecord
    return person


async def change_role(
    session: AsyncSession, asker: Person, person_id: int, role: Role, now: dtm.datetime
) -> Person | None:
    """Give somebody another role and return him; None where he has it already.

    A lead of several teams who becomes a manager stays in the oldest; an owner is in none, he leads them all. Only an
    owner may, and never to himself: so there is always one left. Raises NoSuchRecord otherwise, and for somebody who
    was removed.
    """
    person = await _led_by_owner(session, asker, person_id)
    if person.removed_at is not None:
        raise NoSuchRecord
    if person.role == role:
        return None
    person.role = role
    ends = Membership.person_id == person.id
    if role != Role.OWNER:
        ends &= Membership.team_id != select(func.min(Membership.team_id)).where(ends).scalar_subquery()
    if role != Role.LEAD:
        await session.execute(delete(Membership).where(ends), execution_options={"synchronize_session": "fetch"})
    await schedules.arrange(session, person, now)
    return person


async def removed(session: AsyncSession, asker: Person) -> Sequence[Person]:
    """For an owner: who was removed and has not been deleted; nobody for anybody else."""
    if asker.role != Role.OWNER:
        return []
    query = select(Person).where(Person.removed_at.is_not(None)).order_by(Person.id)
    return [person for person in await session.scalars(query) if not person.is_anonymous]


async def remove(session: AsyncSession, asker: Person, person_id: int, now: dtm.datetime) -> Person:
    """Shut somebody out at once: he is a stranger from now on, and nothing that waits is sent to him any more.

    His records stay, and his book waits for somebody to take it over. Raises NoSuchRecord for whom the asker does not
    lead; an owner is removed by another owner only, so that there is always one left.
    """
    person = await led(session, asker, person_id)
    if person.role == Role.OWNER:
        person = await _led_by_owner(session, asker, person_id)
    await shut_out(session, person, now)
    return person


async def shut_out(session: AsyncSession, person: Person, now: dtm.datetime) -> None:
    """End a person's access, whoever may ask for it."""
    person.removed_at = person.removed_at or now
    await drafts.drop(session, person)
    await schedules.arrange(session, person, now)
    waiting = OutboxMessage.chat_id == person.telegram_id, OutboxMessage.state == MessageState.PENDING
    await session.execute(update(OutboxMessage).where(*waiting).values(state=MessageState.DEAD, reason="removed"))


async def owners(session: AsyncSession) -> Sequence[Person]:
    """Every owner who is in, in the order of joining."""
    query = select(Person).where(Person.role == Role.OWNER, Person.removed_at.is_(None)).order_by(Person.id)
    return (await session.scalars(query)).all()


async def _led_by_owner(session: AsyncSession, asker: Person, person_id: int) -> Person:
    """Somebody else, for an owner who still is one now that nobody else can change that."""
    await lock(await session.connection(), ENROLMENT_LOCK)
    still_in = Person.id == asker.id, Person.removed_at.is_(None)
    if await session.scalar(select(Person.role).where(*still_in)) != Role.OWNER:
        raise NoSuchRecord
    return await led(session, asker, person_id)


def _visible(asker: Person) -> Select[Person]:
    if asker.role == Role.OWNER:
        return select(Person)
    himself = Person.id == asker.id
    if asker.role != Role.LEAD:
        return select(Person).where(himself)
    led = select(Membership.team_id).where(Membership.person_id == asker.id)
    managed = select(Membership.person_id).where(Membership.team_id.in_(led))
    return select(Person).where(or_(himself, Person.id.in_(managed) & (Person.role == Role.MANAGER)))


async def enrol_owner(
    session: AsyncSession,
    telegram_id: int,
    *,
    name: str,
    telegram_locale: str | None,
    time_zone: str,
    now: dtm.datetime,
) -> Person | None:
    """Let the very first person in, as owner; None where somebody has ever been in."""
    await lock(await session.connection(), ENROLMENT_LOCK)
    if await session.scalar(select(func.count(Person.telegram_id))):  # a book may have been imported before
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
    await schedules.arrange(session, person, now)
    return person
