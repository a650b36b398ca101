"""The inbox: stored once, claimed chat by chat in order, also by several processes; given back and set aside."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from typing import Any

import pytest
from telegram import Update

from bot.database import Database
from bot.delivery import inbox
from bot.models import RawUpdate, UpdateState
from tests.bot.delivery.conftest import ANNA, BEN, CARL, START, inbox_rows, typed

CHAT = {"id": -7, "type": "group", "title": "x"}
USER = {"id": 42, "is_bot": False, "first_name": "x"}

KINDS: dict[str, tuple[dict[str, Any], int]] = {
    "message": ({"chat": CHAT, "from": USER}, -7),
    "edited_message": ({"chat": CHAT, "from": USER}, -7),
    "channel_post": ({"chat": CHAT}, -7),
    "edited_channel_post": ({"chat": CHAT}, -7),
    "inline_query": ({"id": "1", "from": USER, "query": ""}, 42),
    "chosen_inline_result": ({"result_id": "1", "from": USER}, 42),
    "callback_query": ({"id": "1", "from": USER, "message": {"chat": CHAT, "message_id": 3}}, -7),
    "shipping_query": ({"id": "1", "from": USER}, 42),
    "pre_checkout_query": ({"id": "1", "from": USER}, 42),
    "purchased_paid_media": ({"from": USER}, 42),
    "poll": ({"id": "1", "question": "?"}, 0),
    "poll_answer": ({"poll_id": "1"}, 0),
    "my_chat_member": ({"chat": CHAT, "from": USER}, -7),
    "chat_member": ({"chat": CHAT, "from": USER}, -7),
    "chat_join_request": ({"chat": CHAT, "from": USER}, -7),
    "chat_boost": ({"chat": CHAT}, -7),
    "removed_chat_boost": ({"chat": CHAT}, -7),
    "message_reaction": ({"chat": CHAT, "user": USER}, -7),
    "message_reaction_count": ({"chat": CHAT}, -7),
    "business_connection": ({"id": "1"}, 0),
    "business_message": ({"chat": CHAT, "from": USER}, -7),
    "edited_business_message": ({"chat": CHAT, "from": USER}, -7),
    "deleted_business_messages": ({"chat": CHAT}, -7),
    "managed_bot": ({"id": "1"}, 0),
    "guest_message": ({"chat": CHAT, "from": USER}, -7),
}
"""Each kind of update with the chat that it must wait its turn in."""


async def put(database: Database, *raws: dict[str, Any]) -> None:
    async with database.begin() as session:
        await inbox.store(session, raws, START)


def ids(rows: Any) -> list[int]:
    return [row.update_id for row in rows]


@pytest.mark.parametrize("kind", Update.ALL_TYPES)
def test_every_kind_of_update_has_its_chat(kind: str) -> None:
    content, chat_id = KINDS[kind]
    assert inbox.chat_of({"update_id": 1, kind: content}) == chat_id


def test_a_tap_below_an_inline_message_has_its_sender() -> None:
    assert inbox.chat_of({"update_id": 1, "callback_query": {"id": "1", "from": USER, "inline_message_id": "9"}}) == 42


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"message": None},
        {"message": []},
        {"message": "text"},
        {"message": {}},
        {"message": {"chat": None}},
        {"message": {"chat": {"id": "7"}}},
        {"message": {"chat": [7], "from": 42}},
        {"callback_query": {"message": "gone"}},
        {"callback_query": {"message": [1]}},
        {"something_new": {"what": 1}},
    ],
)
def test_what_is_no_update_has_no_chat(odd: dict[str, Any]) -> None:
    assert inbox.chat_of({"update_id": 1, **odd}) == 0


async def test_an_update_is_stored_whole(database: Database) -> None:
    raw = typed(7, ANNA, "改天😀\u0000")
    await put(database, raw)
    (row,) = await inbox_rows(database)
    assert json.loads(row.payload) == raw
    assert (row.update_id, row.chat_id, row.received_at) == (7, ANNA, START)
    assert (row.state, row.attempts, row.error_id) == (UpdateState.PENDING, 0, None)


async def test_half_an_emoji_is_stored_with_the_rest_of_its_batch(database: Database) -> None:
    raws = [typed(1, ANNA, "cut \ud83d"), typed(2, BEN)]
    await put(database, *raws)
    assert [json.loads(row.payload) for row in await inbox_rows(database)] == raws


async def test_what_is_there_already_stays_as_it_is(database: Database) -> None:
    await put(database, typed(1, ANNA, "first"))
    async with database.begin() as session:
        (row,) = await inbox.claim(session, 10)
        row.state = UpdateState.DONE
    await put(database, typed(1, BEN, "again"), typed(2, ANNA), typed(2, ANNA, "again"), typed(3, ANNA))
    rows = await inbox_rows(database)
    assert [(row.update_id, row.state) for row in rows] == [
        (1, UpdateState.DONE),
        (2, UpdateState.PENDING),
        (3, UpdateState.PENDING),
    ]
    assert [json.loads(row.payload)["message"]["text"] for row in rows] == ["first", "hello", "hello"]
    assert rows[0].chat_id == ANNA


async def test_nothing_to_store_is_fine(database: Database) -> None:
    await put(database)
    assert await inbox_rows(database) == []


async def test_a_claim_gives_the_oldest_of_each_chat(database: Database) -> None:
    await put(database, typed(5, BEN), typed(1, ANNA), typed(2, ANNA), typed(6, CARL), typed(4, BEN))
    async with database.begin() as session:
        assert ids(await inbox.claim(session, 10)) == [1, 4, 6]
        assert ids(await inbox.claim(session, 2)) == [1, 4]


async def test_the_next_of_a_chat_comes_when_the_one_before_is_settled(database: Database) -> None:
    await put(database, typed(1, ANNA), typed(2, ANNA), typed(3, ANNA))
    seen = []
    for state in (UpdateState.DONE, UpdateState.FAILED, UpdateState.DONE):
        async with database.begin() as session:
            (row,) = await inbox.claim(session, 10)
            row.state = state
            seen.append(row.update_id)
    assert seen == [1, 2, 3]
    async with database.begin() as session:
        assert await inbox.claim(session, 10) == []


async def test_a_claim_that_is_rolled_back_is_taken_again(database: Database) -> None:
    await put(database, typed(1, ANNA))
    with pytest.raises(RuntimeError):
        async with database.begin() as session:
            (row,) = await inbox.claim(session, 10)
            row.state = UpdateState.DONE
            await session.flush()
            raise RuntimeError
    async with database.begin() as session:
        assert ids(await inbox.claim(session, 10)) == [1]


async def test_a_second_process_takes_other_chats_and_never_a_later_update_of_the_same(postgres_url: str) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    await one.migrate()
    await put(one, typed(1, ANNA), typed(2, ANNA), typed(3, BEN), typed(4, BEN))
    async with asyncio.timeout(5):
        async with one.begin() as first:
            (row,) = await inbox.claim(first, 1)
            row.state = UpdateState.DONE
            await first.flush()
            async with other.begin() as second:
                assert ids(await inbox.claim(second, 10)) == [3]
        async with other.begin() as second:
            assert ids(await inbox.claim(second, 10)) == [2, 3]
    await one.close()
    await other.close()


async def test_processes_side_by_side_take_each_update_once_and_in_order(database_url: str) -> None:
    """Two databases stand for two processes, each with two workers that claim, dawdle and commit or break off."""
    databases = [Database(database_url), Database(database_url)]
    await databases[0].migrate()
    chats, each = 8, 6
    await put(databases[0], *(typed(number, 1 + number % chats) for number in range(chats * each)))
    taken: dict[int, list[int]] = defaultdict(list)
    dice = random.Random(3)

    async def work(database: Database) -> None:
        while len([one for found in taken.values() for one in found]) < chats * each:
            rows: Any = []
            try:
                async with database.begin() as session:
                    rows = await inbox.claim(session, dice.randint(1, 3))
                    await asyncio.sleep(dice.random() / 200)
                    for row in rows:
                        row.state = UpdateState.DONE
                    await session.flush()
                    if dice.random() < 0.2:
                        raise InterruptedError
                    # Noted before the commit: whoever may claim the next one does so after it.
                    for row in rows:
                        taken[row.chat_id].append(row.update_id)
            except InterruptedError:
                pass
            await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(work(database) for database in databases * 2))
    assert taken == {1 + chat: list(range(chat, chats * each, chats)) for chat in range(chats)}
    for database in databases:
        await database.close()


async def test_the_newest_that_waits_is_known(database: Database) -> None:
    async with database.read() as session:
        assert await inbox.newest_waiting(session) is None
    await put(database, typed(1, ANNA), typed(2, BEN), typed(3, BEN))
    async with database.begin() as session:
        assert await inbox.newest_waiting(session) == 3
        (await session.get_one(RawUpdate, 3)).state = UpdateState.DONE
    async with database.read() as session:
        assert await inbox.newest_waiting(session) == 2


async def test_a_try_is_counted_for_the_oldest_alone(database: Database) -> None:
    await put(database, typed(1, ANNA), typed(2, ANNA), typed(3, BEN))
    for count in (1, 2):
        async with database.begin() as session:
            tried = await inbox.count_try(session, 2)
            assert tried is not None
            assert tried.update_id == 1
        assert [row.attempts for row in await inbox_rows(database)] == [count, 0, 0]


async def test_no_try_is_counted_for_what_came_after_the_start(database: Database) -> None:
    await put(database, typed(2, ANNA))
    async with database.begin() as session:
        assert await inbox.count_try(session, 1) is None
    assert [row.attempts for row in await inbox_rows(database)] == [0]


async def test_the_counts_tell_how_many_wait(database: Database) -> None:
    await put(database, typed(1, ANNA), typed(2, ANNA), typed(3, BEN))
    async with database.begin() as session:
        for row in await inbox.claim(session, 10):
            row.state = UpdateState.DONE if row.chat_id == ANNA else UpdateState.FAILED
    async with database.read() as session:
        assert await inbox.counts(session) == {"pending": 1, "done": 1, "failed": 1}
