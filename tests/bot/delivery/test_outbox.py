"""The outbox: queued once a key, one in flight per chat and in order, leased, settled, given back."""

from __future__ import annotations

import asyncio
import datetime as dtm
import random
from collections import defaultdict
from collections.abc import Sequence

import pytest

from bot.database import Database
from bot.delivery import outbox
from bot.delivery.outbox import LEASE, Letter, Outcome
from bot.keyboards import Button, Signer
from bot.models import MessageState, OutboxMessage, Urgency
from bot.replies import Say
from tests.bot.delivery.conftest import ANNA, BEN, CARL, START, outbox_rows

SECOND = dtm.timedelta(seconds=1)


def text(words: str) -> Letter:
    return Letter("sendMessage", {"text": words})


async def put(database: Database, chat_id: int, *keys: str, at: dtm.datetime = START) -> None:
    async with database.begin() as session:
        await outbox.insert(session, outbox.rows(chat_id, [(key, text(key)) for key in keys], at))


async def claim(
    database: Database, at: dtm.datetime = START, *, limit: int = 10, held: Sequence[int] = ()
) -> list[OutboxMessage]:
    async with database.begin() as session:
        return list(await outbox.claim(session, at, limit, held))


async def settle(database: Database, *outcomes: Outcome, at: dtm.datetime = START) -> None:
    async with database.begin() as session:
        await outbox.settle(session, outcomes, at)


def keys(rows: Sequence[OutboxMessage]) -> list[str]:
    return [row.key for row in rows]


async def test_a_letter_is_queued_whole_without_what_is_none(database: Database) -> None:
    letter = Letter("sendDocument", {"caption": "改天😀\x00", "nested": {"a": [1, None]}, "absent": None}, b"\x00\xff")
    async with database.begin() as session:
        await outbox.insert(session, outbox.rows(ANNA, [("k", letter)], START))
    (row,) = await outbox_rows(database)
    assert (row.chat_id, row.method, row.file) == (ANNA, "sendDocument", b"\x00\xff")
    assert row.params == {"caption": "改天😀\x00", "nested": {"a": [1, None]}}
    assert (row.state, row.attempts, row.created_at, row.not_before) == (MessageState.PENDING, 0, START, START)
    assert (row.lease_until, row.sent_at, row.message_id, row.reason) == (None, None, None, None)


async def test_a_letter_goes_to_the_chat_that_it_names(database: Database) -> None:
    reply = Say("周敏把 12 家客户交给了您", [[Button("看看", "accounts")]], to=BEN)
    made = outbox.letter(reply, ANNA, None, Signer(b"k"), START)
    async with database.begin() as session:
        await outbox.insert(session, outbox.rows(ANNA, [("a", text("a")), ("b", made)], START))
    first, other = await outbox_rows(database)
    assert (first.chat_id, other.chat_id, other.params["chat_id"]) == (ANNA, BEN, BEN)
    data = other.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert Signer(b"k").open(data, BEN, START) == "accounts"


@pytest.mark.parametrize("end", [MessageState.SENT, MessageState.DEAD])
async def test_a_file_is_forgotten_once_it_is_settled(database: Database, end: MessageState) -> None:
    picture = Letter("sendPhoto", {"caption": "https://t.me/bot?start=secret"}, b"png")
    async with database.begin() as session:
        await outbox.insert(session, outbox.rows(ANNA, [("p", picture)], START))
        await outbox.insert(session, outbox.rows(BEN, [("t", text("t"))], START))
    photo, plain = await claim(database)
    await settle(database, Outcome(photo.id, MessageState.PENDING, reason="network"))
    assert (await outbox_rows(database, ANNA))[0].file == b"png"
    await settle(database, Outcome(photo.id, end), Outcome(plain.id, end))
    kept = [(row.key, row.state, row.params, row.file) for row in await outbox_rows(database)]
    assert kept == [("p", end, {}, None), ("t", end, {"text": "t"}, None)]


async def test_a_key_is_queued_a_single_time_for_ever(database: Database) -> None:
    await put(database, ANNA, "a", "b", "a")
    (row,) = await claim(database)
    await settle(database, Outcome(row.id, MessageState.SENT, 5))
    await put(database, BEN, "a", "c")
    assert [(row.key, row.chat_id, row.state) for row in await outbox_rows(database)] == [
        ("a", ANNA, MessageState.SENT),
        ("b", ANNA, MessageState.PENDING),
        ("c", BEN, MessageState.PENDING),
    ]


async def test_letters_share_the_fate_of_their_transaction(database: Database) -> None:
    try:
        async with database.begin() as session:
            await outbox.insert(session, outbox.rows(ANNA, [("a", text("a"))], START))
            raise InterruptedError
    except InterruptedError:
        pass
    assert await outbox_rows(database) == []


async def test_a_claim_takes_the_first_of_each_chat_and_leases_it(database: Database) -> None:
    await put(database, BEN, "b1", "b2")
    await put(database, ANNA, "a1", "a2")
    await put(database, CARL, "c1")
    assert keys(await claim(database, limit=2)) == ["b1", "a1"]
    rows = {row.key: row for row in await outbox_rows(database)}
    assert [rows[key].state for key in ("b1", "a1", "b2", "a2", "c1")] == ["sending"] * 2 + ["pending"] * 3
    assert (rows["b1"].lease_until, rows["b1"].attempts) == (START + LEASE, 1)
    assert (rows["b2"].lease_until, rows["b2"].attempts) == (None, 0)
    assert keys(await claim(database)) == ["c1"]
    assert await claim(database) == []


async def test_the_next_of_a_chat_comes_when_the_one_before_is_sent_or_dead(database: Database) -> None:
    await put(database, ANNA, "a1", "a2", "a3")
    seen = []
    for state in (MessageState.DEAD, MessageState.SENT, MessageState.SENT):
        (row,) = await claim(database)
        seen.append(row.key)
        await settle(database, Outcome(row.id, state))
    assert seen == ["a1", "a2", "a3"]


async def test_a_message_that_must_wait_keeps_its_place_in_its_chat(database: Database) -> None:
    await put(database, ANNA, "a1", "a2")
    await put(database, BEN, "b1")
    (row, _) = await claim(database)
    await settle(database, Outcome(row.id, MessageState.PENDING, reason="network", delay=8 * SECOND))
    assert await claim(database, START + 7.999 * SECOND) == []
    (again,) = await claim(database, START + 8 * SECOND)
    assert (again.key, again.attempts, again.reason) == ("a1", 2, "network")


async def test_what_is_queued_for_later_waits_and_so_does_what_follows(database: Database) -> None:
    await put(database, ANNA, "a1", at=START + 60 * SECOND)
    await put(database, ANNA, "a2")
    assert await claim(database, START + 59 * SECOND) == []
    assert keys(await claim(database, START + 60 * SECOND)) == ["a1"]


async def test_held_chats_are_left_out_and_do_not_use_up_the_limit(database: Database) -> None:
    await put(database, ANNA, "a1")
    await put(database, BEN, "b1")
    await put(database, CARL, "c1")
    assert keys(await claim(database, limit=2, held=[ANNA])) == ["b1", "c1"]
    assert keys(await claim(database, limit=2, held=[BEN])) == ["a1"]


async def test_a_lease_that_ran_out_is_taken_by_the_next(database: Database) -> None:
    await put(database, ANNA, "a1", "a2")
    await claim(database)
    assert await claim(database, START + LEASE) == []
    (row,) = await claim(database, START + LEASE + SECOND)
    assert (row.key, row.attempts, row.lease_until) == ("a1", 2, START + LEASE + SECOND + LEASE)
    assert await claim(database, START + LEASE + 2 * SECOND) == []


async def test_how_sending_ended_is_written_down(database: Database) -> None:
    await put(database, ANNA, "a1")
    await put(database, BEN, "b1")
    await put(database, CARL, "c1")
    anna, ben, carl = await claim(database)
    later = START + 3 * SECOND
    await settle(
        database,
        Outcome(anna.id, MessageState.SENT, 77),
        Outcome(ben.id, MessageState.DEAD, reason="forbidden"),
        Outcome(carl.id, MessageState.PENDING, reason="too many", delay=9 * SECOND),
        at=later,
    )
    sent, dead, waiting = await outbox_rows(database)
    assert (sent.state, sent.message_id, sent.sent_at, sent.reason) == (MessageState.SENT, 77, later, None)
    assert (dead.state, dead.message_id, dead.sent_at, dead.reason) == (MessageState.DEAD, None, None, "forbidden")
    assert (waiting.state, waiting.not_before, waiting.sent_at) == (MessageState.PENDING, later + 9 * SECOND, None)
    assert [row.lease_until for row in (sent, dead, waiting)] == [None] * 3
    await settle(database)


async def test_a_new_start_gives_back_what_was_half_sent(database: Database) -> None:
    await put(database, ANNA, "a1", "a2")
    await put(database, BEN, "b1")
    anna, _ = await claim(database)
    await settle(database, Outcome(anna.id, MessageState.SENT, 5))
    async with database.begin() as session:
        await outbox.recover(session)
    assert [(row.key, row.state, row.lease_until) for row in await outbox_rows(database)] == [
        ("a1", MessageState.SENT, None),
        ("a2", MessageState.PENDING, None),
        ("b1", MessageState.PENDING, None),
    ]
    assert keys(await claim(database)) == ["a2", "b1"]


async def test_a_second_sender_takes_other_chats_and_never_a_later_message_of_the_same(postgres_url: str) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    await one.migrate()
    await put(one, ANNA, "a1", "a2")
    await put(one, BEN, "b1")
    async with asyncio.timeout(5):
        async with one.begin() as first:
            assert keys(await outbox.claim(first, START, 1)) == ["a1"]
            await first.flush()
            async with other.begin() as second:
                assert keys(await outbox.claim(second, START, 10)) == ["b1"]
        assert await claim(other) == []
    await one.close()
    await other.close()


async def test_senders_side_by_side_send_each_message_once_and_in_order(database_url: str) -> None:
    """Two databases stand for two processes, each with two senders; some sends must be tried again."""
    databases = [Database(database_url), Database(database_url)]
    await databases[0].migrate()
    chats, each = range(1, 7), range(5)
    for number in each:
        for chat in chats:
            await put(databases[0], chat, f"{chat}:{number}")
    sent: dict[int, list[str]] = defaultdict(list)
    flying: set[int] = set()
    dice = random.Random(4)

    async def work(database: Database) -> None:
        while sum(map(len, sent.values())) < len(chats) * len(each):
            rows = await claim(database, limit=dice.randint(1, 3))
            assert flying.isdisjoint({row.chat_id for row in rows})
            flying.update(row.chat_id for row in rows)
            await asyncio.sleep(dice.random() / 200)
            outcomes = []
            for row in rows:
                lucky = dice.random() < 0.8
                outcomes.append(Outcome(row.id, MessageState.SENT if lucky else MessageState.PENDING))
                flying.discard(row.chat_id)
                if lucky:
                    sent[row.chat_id].append(row.key)
            await settle(database, *outcomes)
            await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await asyncio.gather(*(work(database) for database in databases * 2))
    assert sent == {chat: [f"{chat}:{number}" for number in each] for chat in chats}
    for database in databases:
        await database.close()


async def test_the_counts_tell_what_is_owed(database: Database) -> None:
    await put(database, ANNA, "a1", "a2")
    await put(database, BEN, "b1")
    anna, _ = await claim(database)
    await settle(database, Outcome(anna.id, MessageState.SENT))
    async with database.read() as session:
        assert await outbox.counts(session) == {"sent": 1, "pending": 1, "sending": 1}


# Urgency


def urgent(words: str, urgency: Urgency, *, repeatable: bool = True) -> tuple[str, Letter]:
    return words, Letter("sendMessage", {"text": words}, urgency=urgency, repeatable=repeatable)


async def put_urgent(database: Database, chat_id: int, *letters: tuple[str, Letter]) -> None:
    async with database.begin() as session:
        await outbox.insert(session, outbox.rows(chat_id, letters, START))


async def test_the_most_urgent_go_first_among_chats_and_in_one(database: Database) -> None:
    await put_urgent(database, ANNA, urgent("plan", Urgency.PLAN), urgent("promise", Urgency.PROMISE))
    await put_urgent(database, BEN, urgent("news", Urgency.NEWS), urgent("plan of Ben", Urgency.PLAN))
    await put_urgent(database, CARL, urgent("another plan", Urgency.PLAN))
    await put(database, BEN, "answer", "second answer")
    taken = []
    while rows := await claim(database, limit=1):
        taken += keys(rows)
        await settle(database, Outcome(rows[0].id, MessageState.SENT))
    assert taken == ["answer", "second answer", "promise", "plan", "plan of Ben", "another plan", "news"]


async def test_an_answer_waits_for_what_is_under_way_in_its_chat_and_for_nothing_else(database: Database) -> None:
    await put_urgent(database, ANNA, urgent("plan", Urgency.PLAN), urgent("news", Urgency.NEWS))
    (plan,) = await claim(database)
    await put(database, ANNA, "answer")
    assert await claim(database) == []
    await settle(database, Outcome(plan.id, MessageState.PENDING, reason="network", delay=60 * SECOND))
    assert keys(await claim(database)) == ["answer"]


async def test_what_says_it_in_a_reply_is_as_urgent_in_the_outbox(database: Database) -> None:
    made = outbox.letter(Say("新功能", urgency=Urgency.NEWS), ANNA, None, Signer(b"k"), START)
    await put_urgent(
        database, ANNA, ("news", made), ("answer", outbox.letter(Say("答"), ANNA, None, Signer(b"k"), START))
    )
    assert [(row.key, row.urgency) for row in await outbox_rows(database)] == [
        ("news", Urgency.NEWS),
        ("answer", Urgency.ANSWER),
    ]


@pytest.mark.parametrize("restarted", [True, False])
async def test_what_must_not_come_twice_is_given_up_where_nobody_knows_whether_it_came(
    database: Database, restarted: bool
) -> None:
    await put_urgent(
        database, ANNA, urgent("digest", Urgency.NEWS, repeatable=False), urgent("next", Urgency.NEWS, repeatable=False)
    )
    await put_urgent(database, BEN, urgent("plan", Urgency.PLAN))
    await claim(database)
    later = START + LEASE + SECOND
    if restarted:
        async with database.begin() as session:
            await outbox.recover(session)
    rows = await claim(database, later) + await claim(database, later)
    assert sorted(keys(rows)) == ["next", "plan"]
    ended = (await outbox_rows(database, ANNA))[0]
    assert (ended.state, ended.reason, ended.lease_until) == (MessageState.DEAD, "unknown", None)
