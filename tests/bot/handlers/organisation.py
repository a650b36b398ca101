"""What the tests of teams and people share: a second team beside the demo's, and taps on any action."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.models import Account, Base, Membership, OutboxMessage, Person, RawUpdate, Role, Team
from bot.services import demo
from tests.telegram import Stage

CHEN, LIN, LEAD, OWNER, STRANGER = 1001, 1002, 2001, 3001, 9001
OTHER_LEAD, OTHER_MANAGER = 2002, 1003
WEST = "城西组"


async def add_west(stage: Stage) -> int:
    """A second team with a lead and a manager of its own; its id."""
    async with stage.coach.database.begin() as session:
        team = Team(name=WEST, overrides={}, created_at=stage.clock.now())
        lead, manager = (
            Person(
                telegram_id=number,
                name=name,
                role=role,
                time_zone="Asia/Shanghai",
                joined_at=stage.clock.now(),
                telegram_locale="zh",
            )
            for number, name, role in ((OTHER_LEAD, "郑西", Role.LEAD), (OTHER_MANAGER, "马西", Role.MANAGER))
        )
        session.add_all([team, lead, manager])
        await session.flush()
        session.add_all(Membership(person_id=one.id, team_id=team.id) for one in (lead, manager))
    return team.id


async def add_accounts(stage: Stage, telegram_id: int, *names: str) -> list[int]:
    """Accounts in somebody's book; their ids."""
    person = await person_of(stage, telegram_id)
    async with stage.coach.database.begin() as session:
        made = [Account(person_id=person.id, name=name, tier="A", created_at=stage.clock.now()) for name in names]
        session.add_all(made)
    return [account.id for account in made]


async def person_of(stage: Stage, telegram_id: int) -> Person:
    """The row behind a Telegram account, whatever its state."""
    async with stage.coach.database.read() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
    assert person is not None
    return person


async def east(stage: Stage) -> int:
    """The id of the demo team."""
    async with stage.coach.database.read() as session:
        team_id = await session.scalar(select(Team.id).where(Team.name == demo.TEAM_NAME))
    assert team_id is not None
    return team_id


async def tap(stage: Stage, telegram_id: int, action: str, language_code: str = "zh-hans") -> str:
    """Tap a button that carries this action, rightly signed for the person; return the notice that answered."""
    data = stage.coach.shared.signer.sign(action, telegram_id, stage.clock.now())
    sender = {"id": telegram_id, "is_bot": False, "first_name": "X", "language_code": language_code}
    message = {"message_id": 1, "date": 0, "chat": {"id": telegram_id, "type": "private"}}
    query = {"id": "77", "from": sender, "chat_instance": "1", "data": data, "message": message}
    stage.api.inject({"callback_query": query})
    await stage.settle()
    async with stage.coach.database.read() as session:
        answer = await session.scalar(
            select(OutboxMessage)
            .where(OutboxMessage.method == "answerCallbackQuery", OutboxMessage.chat_id == telegram_id)
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        )
    assert answer is not None
    return str(answer.params.get("text") or "")


async def everything(stage: Stage) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but what was heard, said, and seen of whom."""
    async with stage.coach.database.read() as session:
        return {
            table.name: [
                tuple(row)
                for row in await session.execute(
                    select(*(column for column in table.c if column.name not in ("last_seen_on", "telegram_locale")))
                )
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in (RawUpdate.__tablename__, OutboxMessage.__tablename__)
        }
