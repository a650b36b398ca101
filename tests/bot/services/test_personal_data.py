"""Personal data: counted for whom it is about; deleted so that no table tells of him; on both databases."""

from __future__ import annotations

import datetime as dtm
import json
from typing import Any

import pytest
from sqlalchemy import JSON, String, Table, func, select

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import (
    Account,
    AccountTransfer,
    Base,
    Broadcast,
    BroadcastCopy,
    ClientPromise,
    Complaint,
    Contact,
    DayDraft,
    DayPlan,
    DayReview,
    Draft,
    Escalation,
    Evaluation,
    Flag,
    Goal,
    Handbook,
    HelpRequest,
    Invitation,
    Leave,
    MarketReport,
    Membership,
    MessageState,
    NextStep,
    Note,
    OutboxMessage,
    Passage,
    Person,
    PlannedAccount,
    Promise,
    Proposal,
    Question,
    RawUpdate,
    Reminder,
    Role,
    Schedule,
    TeamAnswer,
    UpdateState,
    Upload,
    Visit,
    WordingSample,
)
from bot.services import demo, passages, people, personal_data, teams

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)
CHEN, LIN, LEAD, OWNER = 7_001_001_001, 1002, 2001, 3001
NAME, SECRET = "陈晓<&>晓", "秘密🤫words"
ASKED_IN = 900
"""The update of the owner's second tap."""


@pytest.fixture
async def team(database: Database) -> dict[int, Person]:
    """The demo team; Chen has a name and a Telegram id that occur nowhere else."""
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        chen = await people.find(session, 1001)
        assert chen is not None
        chen.telegram_id, chen.name, chen.reference, chen.title, chen.company = CHEN, NAME, SECRET, SECRET, SECRET
        chen.region, chen.years_in_role, chen.money_unit, chen.last_seen_on = SECRET, 4.5, SECRET, TODAY
        return {number: person for number in (CHEN, LIN, LEAD, OWNER) if (person := await people.find(session, number))}


async def fill(database: Database, team: dict[int, Person], who: int) -> None:
    """One record of every kind for a person, each with the secret in whatever he wrote."""
    person = team[who]
    his: dict[str, Any] = {"person_id": person.id}
    async with database.begin() as session:
        account = Account(**his, name=f"永辉{who % 10}", tier="A", created_at=NOW)
        note = Note(**his, text=SECRET, written_at=NOW, understanding={"words": SECRET})
        evaluation = Evaluation(**his, day=TODAY, evaluated_at=NOW, rule_set="r", facts=[{"text": SECRET}])
        shown, plan = flag(evaluation, is_private=False), DayPlan(**his, day=TODAY, target=6)
        owner, team_of = team[OWNER], await teams.team_of(session, person)
        assert team_of is not None
        broadcast = Broadcast(**his, team_id=team_of.id, text=SECRET, sent_at=NOW)
        answer = TeamAnswer(**his, team_id=team_of.id, question=SECRET, text=SECRET, written_at=NOW)
        session.add_all([account, note, evaluation, plan, broadcast, answer])
        await session.flush()
        passage = Passage(team_id=team_of.id, answer_id=answer.id, heading=SECRET, text=SECRET)
        session.add(passage)
        await session.flush()
        await passages.put_back(session, [passage])
        shown.evaluation_id = evaluation.id
        session.add(shown)
        await session.flush()
        at: dict[str, Any] = his | {"account_id": account.id, "note_id": note.id}
        session.add_all(
            [
                Contact(account_id=account.id, name="张经理"),
                Visit(**at, day=TODAY, outcome="info", contact=SECRET, text=SECRET),
                Promise(**at, made_on=TODAY, what=SECRET, due=TODAY, wording=SECRET, absolute=SECRET),
                ClientPromise(**at, said_on=TODAY, what=SECRET),
                NextStep(**at, agreed_on=TODAY, what=SECRET, contact=SECRET),
                Complaint(**at, made_on=TODAY, text=SECRET),
                MarketReport(**at, day=TODAY, text=SECRET, topic="price"),
                PlannedAccount(plan_id=plan.id, account_id=account.id, position=1, reason=SECRET),
                DayReview(**his, day=TODAY, first_step=SECRET),
                DayDraft(**his, day=TODAY, arithmetic={}, ranked=[{"words": SECRET}], chosen=[account.id]),
                Proposal(**his, day=TODAY, made_at=NOW, rule_set="r", reasons=[{"words": SECRET}]),
                Goal(**his, month=TODAY.replace(day=1), kind="visits", target=100),
                Schedule(**his, kind="morning", zone="Asia/Shanghai", local_time=dtm.time(8, 30), next_due=NOW),
                Reminder(**his, key=f"morning:{who}", kind="morning", day=TODAY, due_at=NOW, not_before=NOW),
                Escalation(**his, flag_id=shown.id, announced_at=NOW, answered_by=owner.id),
                HelpRequest(**his, flag_id=shown.id, text=SECRET, asked_at=NOW, answer=SECRET),
                BroadcastCopy(**his, broadcast_id=broadcast.id),
                Handbook(**his, team_id=team_of.id, file_id="f", name="手册.pdf", format="pdf", uploaded_at=NOW),
                WordingSample(**his, day=TODAY, text=SECRET),
                Question(**his, asked_at=NOW, locale="zh", text=SECRET, outcome="none", suggested=[], confidence=0),
                Draft(**his, action="team-new", asked_at=NOW),
                Upload(**his, file_id=SECRET, name=SECRET, size=1, received_at=NOW, content={"a": SECRET}),
                Leave(**his, first_day=TODAY, last_day=TODAY),
                AccountTransfer(
                    account_id=account.id, from_id=person.id, to_id=team[LIN].id, by_id=person.id, on=TODAY
                ),
                invitation(f"{who}-a", team_of.id, by=person),
                invitation(f"{who}-b", team_of.id, by=owner, used_by_id=person.id, used_at=NOW),
                invitation(f"{who}-c", team_of.id, by=owner, person_id=person.id),
                heard(who * 10, who, SECRET),
                heard(who * 10 + 1, who, SECRET, UpdateState.PENDING),
                said(f"{who}", who, SECRET),
                said(f"{who}-pending", who, SECRET, MessageState.PENDING),
            ]
        )


def invitation(token: str, team_id: int, *, by: Person, **more: Any) -> Invitation:
    return Invitation(
        token_hash=token,
        team_id=team_id,
        role=Role.MANAGER,
        created_by_id=by.id,
        created_at=NOW,
        expires_at=NOW,
        **more,
    )


def flag(evaluation: Evaluation, *, is_private: bool) -> Flag:
    return Flag(
        person_id=evaluation.person_id,
        evaluation_id=evaluation.id,
        habit="bad_wording" if is_private else "friend_only",
        severity="notice",
        is_private=is_private,
        advice="a",
        clears="c",
        derivation={},
        opened_at=NOW,
        dispute=SECRET,
    )


def heard(update_id: int, chat: int, text: str, state: UpdateState = UpdateState.DONE) -> RawUpdate:
    payload = json.dumps({"update_id": update_id, "message": {"text": text, "from": {"id": chat}}})
    return RawUpdate(update_id=update_id, chat_id=chat, payload=payload, received_at=NOW, state=state)


def said(key: str, chat: int, text: str, state: MessageState = MessageState.SENT) -> OutboxMessage:
    return OutboxMessage(
        key=key,
        chat_id=chat,
        method="sendMessage",
        params={"chat_id": chat, "text": text},
        state=state,
        created_at=NOW,
        not_before=NOW,
    )


async def dump(database: Database) -> str:
    """Every cell of every table, as it is and as JSON."""
    cells: list[str] = []
    async with database.read() as session:
        for table in Base.metadata.sorted_tables:
            for row in await session.execute(select(table)):
                cells += [str(cell) for cell in row]
                cells += [json.dumps(cell, ensure_ascii=False) for cell in row if isinstance(cell, dict | list)]
                cells += [json.dumps(json.loads(cell), ensure_ascii=False) for cell in row if _is_json(cell)]
    return "\n".join(cells)


def _is_json(cell: object) -> bool:
    return isinstance(cell, str) and cell.startswith("{")


async def delete(database: Database, asker: Person, person: Person) -> None:
    async with database.begin() as session:
        await personal_data.delete_person(session, asker, person.id, NOW, asked_in=ASKED_IN)


async def test_after_a_deletion_no_table_tells_of_him(database: Database, team: dict[int, Person]) -> None:
    await fill(database, team, CHEN)
    async with database.begin() as session:
        session.add_all(
            [
                heard(ASKED_IN, OWNER, f"删除 {NAME}？", UpdateState.PENDING),
                heard(ASKED_IN + 1, OWNER, "接着说的", UpdateState.PENDING),
                heard(800, LEAD, f"{NAME} {CHEN}", UpdateState.FAILED),
                said("lead", LEAD, f"{NAME} {SECRET}"),
            ]
        )
    before = await dump(database)
    assert [trace for trace in (NAME, SECRET, str(CHEN)) if trace not in before] == []
    await delete(database, team[OWNER], team[CHEN])
    after = await dump(database)
    assert [trace for trace in (NAME, SECRET, str(CHEN), "陈晓<", "秘密") if trace in after] == []
    assert "接着说的" in after


async def test_the_teams_numbers_stay(database: Database, team: dict[int, Person]) -> None:
    await fill(database, team, CHEN)
    await delete(database, team[OWNER], team[CHEN])
    async with database.read() as session:
        counted: list[type[Base]] = [*personal_data.EMPTIED, DayPlan, Account, Membership]
        for table in counted:
            his = table.__table__.c.person_id == team[CHEN].id
            assert await session.scalar(select(func.count()).select_from(table).where(his)) == 1, table
        promise = await session.scalar(select(Promise).where(Promise.person_id == team[CHEN].id))
        report = await session.scalar(select(MarketReport).where(MarketReport.person_id == team[CHEN].id))
        assert promise is not None
        assert (promise.made_on, promise.due) == (TODAY, TODAY)
        assert report is not None
        assert (report.day, report.topic) == (TODAY, "price")
        row = await session.get_one(Person, team[CHEN].id)
        assert (row.name, row.telegram_id, row.role, row.removed_at) == (f"#{row.id}", None, Role.MANAGER, NOW)
        assert row.is_anonymous
        assert await people.find(session, CHEN) is None
        assert await people.removed(session, team[OWNER]) == []


async def test_private_flags_and_files_about_his_book_go_too(database: Database, team: dict[int, Person]) -> None:
    async with database.begin() as session:
        evaluation = Evaluation(person_id=team[CHEN].id, day=TODAY, evaluated_at=NOW, rule_set="r", facts=[])
        session.add(evaluation)
        await session.flush()
        session.add_all([flag(evaluation, is_private=True), flag(evaluation, is_private=False)])
        for book in (CHEN, LIN):
            sent_by_lead = {"person_id": team[LEAD].id, "book_id": team[book].id}
            session.add(Upload(**sent_by_lead, file_id="f", name=f"{book}.xlsx", size=1, received_at=NOW))
    await delete(database, team[OWNER], team[CHEN])
    async with database.read() as session:
        assert list(await session.scalars(select(Flag.is_private))) == [False]
        assert list(await session.scalars(select(Upload.name))) == [f"{LIN}.xlsx"]


async def test_what_a_lead_answered_others_goes_with_him_and_their_requests_stay(
    database: Database, team: dict[int, Person]
) -> None:
    async with database.begin() as session:
        chen, lead = team[CHEN], team[LEAD]
        answered = {"answer": "周四我去🤝", "answered_at": NOW, "answered_by": lead.id}
        session.add(HelpRequest(person_id=chen.id, text="陪我去一趟", asked_at=NOW, **answered))
    await delete(database, team[OWNER], team[LEAD])
    assert "周四我去" not in await dump(database)
    async with database.read() as session:
        (request,) = await session.scalars(select(HelpRequest))
    assert (request.text, request.answered_at, request.answered_by) == ("陪我去一趟", NOW, None)


async def test_nobody_elses_records_are_touched(database: Database, team: dict[int, Person]) -> None:
    for who in (CHEN, LIN):
        await fill(database, team, who)
    async with database.read() as session:
        before = await personal_data.counts(session, team[LIN])
    await delete(database, team[OWNER], team[CHEN])
    async with database.read() as session:
        assert await personal_data.counts(session, team[LIN]) == before
        note = await session.scalar(select(Note).where(Note.person_id == team[LIN].id))
        visit = await session.scalar(select(Visit).where(Visit.person_id == team[LIN].id))
        waiting = await session.scalar(select(OutboxMessage).where(OutboxMessage.key == f"{LIN}-pending"))
    assert note is not None
    assert visit is not None
    assert waiting is not None
    assert (note.text, visit.contact, visit.note_id) == (SECRET, SECRET, note.id)
    assert waiting.params["text"] == SECRET


async def test_a_deleted_one_is_a_stranger_who_may_be_invited_anew(database: Database, team: dict[int, Person]) -> None:
    await delete(database, team[OWNER], team[CHEN])
    with pytest.raises(AlreadyDone):
        await delete(database, team[OWNER], team[CHEN])
    async with database.begin() as session:
        session.add(Person(telegram_id=CHEN, name=NAME, role=Role.MANAGER, time_zone="UTC", joined_at=NOW))
    async with database.read() as session:
        person = await people.find(session, CHEN)
    assert person is not None
    assert person.id != team[CHEN].id


async def test_somebody_who_never_joined_can_be_deleted_too(database: Database, team: dict[int, Person]) -> None:
    async with database.begin() as session:
        awaited = Person(telegram_id=None, name=NAME, role=Role.MANAGER, time_zone="UTC", joined_at=NOW)
        session.add(awaited)
    await fill(database, team, LIN)
    await delete(database, team[OWNER], awaited)
    async with database.read() as session:
        assert (await session.get_one(Person, awaited.id)).is_anonymous
        assert await session.scalar(select(OutboxMessage).where(OutboxMessage.chat_id == LIN)) is not None


@pytest.mark.parametrize(("asker", "person"), [(LEAD, CHEN), (CHEN, CHEN), (LIN, CHEN), (OWNER, OWNER)])
async def test_only_an_owner_deletes_and_never_himself(
    database: Database, team: dict[int, Person], asker: int, person: int
) -> None:
    await fill(database, team, CHEN)
    before = await dump(database)
    with pytest.raises(NoSuchRecord):
        await delete(database, team[asker], team[person])
    assert await dump(database) == before


async def test_one_is_told_how_much_of_each_kind_is_kept(database: Database, team: dict[int, Person]) -> None:
    async with database.read() as session:
        assert await personal_data.counts(session, team[CHEN]) == {}
    await fill(database, team, CHEN)
    await fill(database, team, LIN)
    async with database.read() as session:
        counts = await personal_data.counts(session, team[CHEN])
    assert counts == dict.fromkeys(personal_data.COUNTED, 1) | {"message": 4}


async def test_the_list_of_everything_has_each_table_that_refers_to_a_person(
    database: Database, team: dict[int, Person]
) -> None:
    for who in (CHEN, LIN):
        await fill(database, team, who)
    async with database.read() as session:
        rows = await personal_data.everything(session, team[CHEN])
    tables = {table.name for table in Base.metadata.sorted_tables if {"person.id"} & _referred(table)}
    assert rows.keys() == tables | {"person", "inbox", "outbox"}
    assert all(rows.values())
    assert {row["person_id"] for row in rows["note"]} == {team[CHEN].id}
    assert {row["chat_id"] for row in rows["inbox"]} == {CHEN}
    assert "token_hash" not in rows["invitation"][0]


def _referred(table: Table) -> set[str]:
    return {key.target_fullname for key in table.foreign_keys}


def test_every_table_that_refers_to_a_person_is_provided_for() -> None:
    """A new table must say what a deletion does to it."""
    refers = {
        table.name: {key.parent.name for key in table.foreign_keys if key.column.table.name == "person"}
        for table in Base.metadata.sorted_tables
    }
    provided: list[type[Base]] = [*personal_data.ERASED, *personal_data.EMPTIED, *personal_data.KEPT]
    assert {name for name, columns in refers.items() if columns} == {table.__tablename__ for table in provided}
    for table in personal_data.EMPTIED:
        others = {"answered_by"} if table is HelpRequest else set()
        assert refers[table.__tablename__] == {"person_id"} | others


def test_every_word_column_of_what_stays_is_emptied() -> None:
    """Free text is emptied; what is left are days, numbers, and words from a fixed list.

    What a flag rests on is such too: a fact has no text but choices (rules.facts).
    """
    fixed = {
        "kind",
        "outcome",
        "topic",
        "moves",
        "habit",
        "item",
        "severity",
        "advice",
        "clears",
        "derivation",
        "rule_set",
    }
    for table, nothing in personal_data.EMPTIED.items():
        words = {column.name for column in table.__table__.c if isinstance(column.type, String | JSON)}
        assert words - fixed == nothing.keys(), table
