"""Digests: each figure at its edges, who needs the lead and whom to coach, other teams and private things; queries."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Escalation, HelpRequest, Leave, Membership, Person, Question, Role
from bot.services import digesting, promises, teams
from bot.services.digests import Figure, OwedKind, PromiseState, week_of
from tests.bot.services.digest_team import (
    JOINED,
    MATCHER,
    NOW,
    WEEK,
    Manager,
    add_manager,
    add_team,
    at,
    day,
    digest_of,
    week_of_first,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


async def test_a_plan_is_kept_by_visits_on_its_day_and_each_workday_has_an_aim(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        key, small = await chen.account("华联"), await chen.account("小店", "C")
        await chen.plan(day(MONDAY), 2, key, small)
        await chen.visit(key, day(MONDAY))
        await chen.visit(small, day(TUESDAY))  # a day late, and on a day without a plan
        await chen.plan(day(WEDNESDAY), 1, small)
        await chen.visit(small, day(WEDNESDAY), "absent")  # an attempt fulfils the plan
        await chen.visit(key, day(SATURDAY))  # nothing was aimed at on a day off
        await chen.visit(key, day(-1))
        found = await week_of_first(session, team)
    assert [(one.day, one.account, one.is_fulfilled) for one in found.plan] == [
        (day(MONDAY), "华联", True),
        (day(MONDAY), "小店", False),
        (day(WEDNESDAY), "小店", True),
    ]
    assert (found.planned, found.fulfilled) == (3, 2)
    told = [(one.day.weekday(), one.done, one.aimed, one.is_planned) for one in found.days]
    assert told == [
        (0, 1, 2, True),
        (1, 1, 3, False),
        (2, 1, 1, True),
        (3, 0, 3, False),
        (4, 0, 3, False),
        (5, 1, 0, False),
    ]
    assert (found.visits_done, found.visits_aimed) == (4, 12) == (len(found.visits), 2 + 3 + 1 + 3 + 3)
    assert [one.is_planned for one in found.visits] == [True, False, True, False]


async def test_key_accounts_are_met_within_their_cadence_as_of_the_end_of_the_week(database: Database) -> None:
    async with database.begin() as session:
        team, (chen, lin) = await add_team(session, "陈晓", "林建国")
        last, over, absent, never, handed = [await chen.account(name) for name in "甲乙丙丁戊"]
        await chen.account("乙类", "B")
        bad = await chen.account("亏本", annual_sales=900.0, margin_pct=1.0, payment_delay_days=90)
        await chen.visit(last, day(-1))  # 7 days before Sunday: within the cadence
        await chen.visit(over, day(-2))  # 8 days
        await chen.visit(absent, day(FRIDAY), "absent")  # met nobody
        await lin.visit(handed, day(FRIDAY))  # by a colleague: the client was met all the same
        await chen.visit(never, day(MONDAY + 7))  # after the week
        await chen.visit(bad, day(-30))
        found = await week_of_first(session, team)
    assert {one.account: (one.days, one.is_met) for one in found.keys} == {
        "甲": (7, True),
        "乙": (8, False),
        "丙": (None, False),
        "丁": (None, False),
        "戊": (2, True),
    }
    assert (found.key_accounts, found.key_accounts_met) == (5, 2)
    assert found.keys[0].last_met_on == day(-1)


async def test_promises_count_in_the_week_of_the_workday_that_counts(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        shop = await chen.account("华联")
        await chen.promise("周一的", day(MONDAY), kept_on=day(MONDAY), account_id=shop)
        await chen.promise("上周末的", day(-1), kept_on=day(MONDAY))  # Sunday: counts for Monday
        await chen.promise("迟了", day(TUESDAY), kept_on=day(WEDNESDAY))
        await chen.promise("周五的", day(FRIDAY))
        await chen.promise("周六的", day(SATURDAY))  # counts for the Monday after
        await chen.promise("撤回的", day(TUESDAY), withdrawn_on=day(MONDAY))
        await chen.promise("早先的", day(-10), kept_on=day(-10))
        await chen.promise("没日子", None)
        monday = await week_of_first(session, team)
        saturday = await week_of_first(session, team, now=at(SATURDAY))
        person = await session.get_one(Person, chen.id)
        workdays = await teams.workdays_of(session, person)
        rate = await promises.kept_rate(session, person, person.today(NOW), workdays)
        before = await promises.kept_rate(session, person, day(MONDAY), workdays)
    assert {one.what: one.state for one in monday.promises} == {
        "周一的": PromiseState.KEPT,
        "上周末的": PromiseState.KEPT,
        "迟了": PromiseState.BROKEN,
        "周五的": PromiseState.BROKEN,
    }
    assert monday.promises[0].account == "华联"
    assert (monday.promises_due, monday.kept, monday.broken) == (4, 2, 2)
    assert {one.what: one.state for one in saturday.promises}[
        "周五的"
    ] is PromiseState.WAITING  # not a workday late yet
    assert monday.kept_rate == rate
    assert (monday.kept_percent, len(monday.window)) == (60, 5)
    assert monday.kept_rate_before == before
    assert monday.kept_percent_before == 100


async def test_flags_count_when_they_open_and_clear_and_private_ones_never(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        shop = await chen.account("华联")
        await chen.flag("broken_promise", at(MONDAY, 0), account_id=shop)
        await chen.flag("vague_promise", at(SUNDAY, 23), cleared_at=at(7, 9))  # open at the reading, cleared later
        await chen.flag("no_market_feedback", at(-3), cleared_at=at(SUNDAY, 23), severity="notice")
        await chen.flag("plan_not_made", at(-8), cleared_at=at(-1, 23))  # all before the week
        await chen.flag("bad_wording", at(TUESDAY), is_private=True, item="M4.7.2.9")
        await chen.flag("thin_notes", at(-9), disputed_at=at(-8), dispute="SECRET dispute")
        await chen.flag("friend_only", at(-9), snoozed_until=day(30))
        await chen.flag("over_promising", at(7, 7))  # opened on the morning of reading
        found = await week_of_first(session, team)
    assert [(one.habit, one.account, one.opened_on) for one in found.opened] == [
        ("broken_promise", "华联", day(MONDAY)),
        ("vague_promise", None, day(SUNDAY)),
    ]
    assert [(one.habit, one.cleared_on) for one in found.cleared] == [("no_market_feedback", day(SUNDAY))]
    assert [one.habit for one in found.standing] == ["broken_promise", "vague_promise", "over_promising"]


async def test_silence_is_a_workday_without_any_sign(database: Database) -> None:
    async with database.begin() as session:
        team, (chen, lin, new) = await add_team(session, "陈晓", "林建国", "马骏")
        shop = await chen.account("华联")
        await chen.note(at(MONDAY, 23))
        await chen.news("降价了", day(TUESDAY))
        await chen.promise("送样", day(20), made_on=day(WEDNESDAY))
        session.add(
            Question(
                person_id=chen.id,
                asked_at=at(THURSDAY),
                locale="zh",
                text="问",
                outcome="answer",
                suggested=[],
                confidence=1.0,
            )
        )
        lin.person.last_seen_on = day(WEDNESDAY)
        session.add(Leave(person_id=lin.id, first_day=day(THURSDAY), last_day=day(THURSDAY)))
        new.person.telegram_id = None
        await chen.visit(shop, day(-40))
        found = {one.name: one for one in (await digest_of(session, team)).managers}
    assert found["陈晓"].silent_days == (day(FRIDAY),)
    assert found["陈晓"].last_note_on == day(MONDAY)
    assert found["林建国"].silent_days == (day(MONDAY), day(TUESDAY), day(FRIDAY))
    assert found["林建国"].silent_lately == 1
    assert found["林建国"].last_note_on is None
    assert found["马骏"].silent_days == ()
    assert not found["马骏"].has_phone


async def test_days_count_from_joining_on_and_none_of_leave_or_holidays(database: Database) -> None:
    off = {day(TUESDAY).isoformat(): False, day(SATURDAY).isoformat(): True}
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓", days_off=off)
        await add_manager(session, team, "新来", joined_at=at(WEDNESDAY))
        await add_manager(session, team, "下周来", joined_at=at(8))
        imported = await add_manager(session, team, "转来", joined_at=at(8))
        await imported.visit(await imported.account("老店"), day(-9))  # his history was imported
        session.add(Leave(person_id=chen.id, first_day=day(MONDAY), last_day=day(SUNDAY)))
        digest = await digest_of(session, team)
    found = {one.name: one for one in digest.managers}
    assert digest.workdays == 5
    assert found["陈晓"].workdays == () == found["陈晓"].silent_days
    assert found["陈晓"].visits_aimed == 0
    assert [one.weekday() for one in found["新来"].workdays] == [2, 3, 4, 5]
    assert found["新来"].joined_on == day(WEDNESDAY)
    assert found["转来"].joined_on is None
    assert len(found["转来"].workdays) == 5
    assert "下周来" not in found


async def test_a_week_that_goes_on_counts_the_days_that_are_over(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        shop = await chen.account("华联")
        for number in range(5):
            await chen.plan(day(number), 1, shop)
            await chen.visit(shop, day(number))
        for now, over, counted in (
            (at(MONDAY, 9), 0, []),
            (at(WEDNESDAY, 9), 2, [0, 1]),
            (at(SUNDAY, 9), 6, [0, 1, 2, 3, 4]),
            (NOW, 7, [0, 1, 2, 3, 4]),
        ):
            digest = await digest_of(session, team, now=now)
            (found,) = digest.managers
            assert (digest.days_over, digest.is_partial) == (over, over < 7)
            assert [one.day.weekday() for one in found.plan] == counted
            assert [one.day.weekday() for one in found.visits] == counted
            assert found.through == (day(over - 1) if over else None)


async def test_a_week_reads_the_same_later_and_none_can_be_read_before_it_begins(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        shop = await chen.account("华联")
        await chen.promise("周五的", day(FRIDAY))
        late = await chen.promise("周四的", day(THURSDAY))
        flag = await chen.flag("broken_promise", at(TUESDAY))
        await chen.visit(shop, day(-8))
        evening = await digest_of(session, team, now=at(7, 23))
        await chen.visit(shop, day(8))
        late.kept_on, flag.cleared_at = day(9), at(9)
        later = await digest_of(session, team, now=at(30))
        with pytest.raises(NoSuchRecord):
            await digest_of(session, team, week=WEEK.after, now=at(SUNDAY, 20))
    for field in ("days", "plan", "visits", "keys", "silent_days", "workdays"):
        assert getattr(later.managers[0], field) == getattr(evening.managers[0], field), field
    assert later.exceptions[0].flag is not None  # as it stood on the first workday after the week
    figures: tuple[Figure, ...] = ("promises_due", "kept", "broken", "flags_opened", "flags_cleared")
    assert [later.total(one) for one in figures] == [evening.total(one) for one in figures] == [2, 0, 2, 1, 0]


async def test_whoever_needs_the_lead_comes_first(database: Database) -> None:
    names = ("平安", "只有轻的", "警告新", "警告旧", "要紧", "没动静")
    async with database.begin() as session:
        team, found = await add_team(session, *names)
        by_name = dict(zip(names, found, strict=True))
        for name in set(names) - {"没动静"}:
            await by_name[name].note(at(FRIDAY))
        await by_name["没动静"].note(at(WEDNESDAY))
        await by_name["只有轻的"].flag("thin_notes", at(-20), severity="notice")
        await by_name["警告新"].flag("over_promising", at(FRIDAY))
        await by_name["警告旧"].flag("broken_promise", at(-5))
        await by_name["警告旧"].flag("thin_notes", at(-6), severity="notice")
        await by_name["要紧"].flag("trust_at_risk", at(FRIDAY), severity="critical")
        await by_name["要紧"].flag("stalled_next_step", at(-9))
        digest = await digest_of(session, team)
    assert [(one.name, one.flag and one.flag.habit, one.more) for one in digest.exceptions] == [
        ("要紧", "trust_at_risk", 1),
        ("警告旧", "broken_promise", 1),
        ("没动静", None, 0),
        ("警告新", "over_promising", 0),
    ]
    assert [one.name for one in digest.managers] == ["要紧", "警告旧", "没动静", "警告新", "平安", "只有轻的"]
    assert digest.exceptions[2].silent_lately == 2


async def test_three_are_coached_on_one_habit_each(database: Database) -> None:
    async with database.begin() as session:
        team, (one, two, three, four, _) = await add_team(session, "一", "二", "三", "四", "五")
        shops = [await one.account(name) for name in "甲乙"]
        await one.flag("over_promising", at(-9))
        for shop in shops:
            await one.flag("broken_promise", at(MONDAY), account_id=shop)  # twice: more than the older one
        await two.flag("plan_not_followed", at(MONDAY), severity="critical")
        await two.flag("aim_missed", at(FRIDAY), severity="critical", advice="four-areas-to-self-manage")
        await three.flag("thin_notes", at(-9), severity="notice")
        await four.flag("friend_only", at(-30))
        found = (await digest_of(session, team)).coaching
    assert [(each.name, each.habit) for each in found] == [
        ("二", "aim_missed"),
        ("一", "broken_promise"),
        ("四", "friend_only"),
    ]
    assert found[0].advice == "four-areas-to-self-manage"
    assert [flag.account for flag in found[1].flags] == ["甲", "乙"]


async def test_market_news_is_grouped_and_gaps_are_those_of_the_team_in_the_week(database: Database) -> None:
    async with database.begin() as session:
        team, (chen, lin) = await add_team(session, "陈晓", "林建国")
        _, (other,) = await add_team(session, "马西", team="城西")
        shop = await chen.account("华联")
        await chen.news("降价", day(FRIDAY), "price", shop)
        await lin.news("新品", day(THURSDAY), "competitor")
        await lin.news("涨价", day(MONDAY), "price")
        await lin.news("上周的", day(-1), "price")
        await other.news("别队的", day(MONDAY))
        for who, when, text in (
            (chen, 0, "彩票"),
            (lin, 6, "彩票"),
            (chen, -1, "上周问"),
            (lin, 7, "下周问"),
            (other, 1, "别队问"),
        ):
            asked = Question(
                person_id=who.id,
                asked_at=at(when),
                locale="zh",
                text=text,
                outcome="none",
                suggested=[],
                confidence=0.0,
            )
            session.add(asked)
        digest = await digest_of(session, team)
    assert [(one.topic, one.text, one.name, one.account) for one in digest.market] == [
        ("competitor", "新品", "林建国", None),
        ("price", "涨价", "林建国", None),
        ("price", "降价", "陈晓", "华联"),
    ]
    assert [(gap.text, gap.count) for gap in digest.gaps] == [("彩票", 2)]


async def test_the_lead_owes_what_waits_for_his_answer(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        _, (other,) = await add_team(session, "马西", team="城西")
        shop = await chen.account("华联")
        for who in (chen, other):
            session.add(HelpRequest(person_id=who.id, text="陪我去一趟", asked_at=at(TUESDAY)))
        session.add(HelpRequest(person_id=chen.id, text="答过了", asked_at=at(MONDAY), answered_at=at(TUESDAY)))
        waits = await chen.flag("broken_promise", at(-9), account_id=shop)
        untold, cleared, answered = [await chen.flag("thin_notes", at(-9)) for _ in range(3)]
        cleared.cleared_at = at(-1)
        private = await chen.flag("bad_wording", at(-9), is_private=True)
        told = {"person_id": chen.id, "announced_at": at(-2)}
        session.add(Escalation(flag_id=waits.id, told_at=at(-1), **told))
        session.add(Escalation(flag_id=untold.id, **told))
        session.add(Escalation(flag_id=cleared.id, told_at=at(-1), **told))
        session.add(Escalation(flag_id=private.id, told_at=at(-1), **told))
        session.add(Escalation(flag_id=answered.id, told_at=at(-1), answered_at=at(0), answer="help", **told))
        digest = await digest_of(session, team)
    assert [(one.kind, one.since, one.text, one.habit, one.account) for one in digest.owed] == [
        (OwedKind.ESCALATION, day(-1), None, "broken_promise", "华联"),
        (OwedKind.HELP, day(TUESDAY), "陪我去一趟", None, None),
    ]


async def test_an_empty_team_and_an_empty_week_have_their_digest(database: Database) -> None:
    async with database.begin() as session:
        team, _ = await add_team(session)
        nobody = await digest_of(session, team)
        await add_manager(session, team, "陈晓")
        quiet = await digest_of(session, team)
    assert (nobody.managers, nobody.gaps, nobody.owed, nobody.days_over) == ((), (), (), 7)
    assert (quiet.total("visits_done"), quiet.total("visits_aimed"), quiet.total("silent_workdays")) == (0, 15, 5)
    assert quiet.managers[0].kept_percent is None


async def _busy(session: AsyncSession, count: int) -> Any:
    team, found = await add_team(session, *(f"经理{number}" for number in range(count)))
    for manager in found:
        await _lived(manager)
    return team


async def _lived(manager: Manager) -> None:
    """Something of every kind."""
    shop = await manager.account("华联")
    gone = await manager.account("走了", archived_on=day(-30))
    await manager.plan(day(MONDAY), 1, shop)
    await manager.visit(shop, day(MONDAY))
    await manager.visit(gone, day(-40))
    await manager.promise("送样", day(TUESDAY))
    await manager.note(at(MONDAY))
    await manager.news("降价", day(MONDAY))
    await manager.flag("broken_promise", at(TUESDAY))


async def test_twelve_managers_cost_as_many_queries_as_two(database: Database) -> None:
    asked: list[str] = []
    counts = []

    def ask(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    for count in (2, 12):
        async with database.begin() as session:
            team = await _busy(session, count) if count == 2 else await _more(session)
            await session.flush()
            engine = (await session.connection()).sync_connection
            event.listen(engine, "before_cursor_execute", ask)
            digest = await digest_of(session, team)
            event.remove(engine, "before_cursor_execute", ask)
        assert len(digest.managers) == count
        counts.append(len(asked))
        asked.clear()
    assert counts == [20, 20]


async def _more(session: AsyncSession) -> Any:
    team = await teams.find(session, "城东")
    for number in range(10):
        await _lived(await add_manager(session, team, f"后来{number}"))
    return team


async def test_a_managers_week_is_seen_by_his_leads_and_himself_only(database: Database) -> None:
    async with database.begin() as session:
        team, (chen, lin) = await add_team(session, "陈晓", "林建国")
        west, (ma,) = await add_team(session, "马西", team="城西")
        await chen.visit(await chen.account("华联"), day(MONDAY))
        lead, other = [await _lead_of(session, one.id) for one in (team, west)]
        owner = await _person(session, "老板", Role.OWNER)
        gone = await _person(session, "走了的主管", Role.LEAD, removed_at=at(0))
        loose = await _person(session, "没有团队", Role.MANAGER)
        session.add(Membership(person_id=gone.id, team_id=team.id))
        await session.flush()

        async def seen(asker: Person, person_id: int) -> bool:
            try:
                _, week = await digesting.of_manager(session, asker, person_id, WEEK, NOW, matcher=MATCHER)
            except NoSuchRecord:
                return False
            expected = next(one for one in (await digest_of(session, team)).managers if one.person_id == chen.id)
            return week == expected

        allowed = {one.name: await seen(one, chen.id) for one in (lead, owner, chen.person)}
        refused = {one.name: await seen(one, chen.id) for one in (other, gone, lin.person, ma.person, loose)}
        assert set(allowed.values()) == {True}, allowed
        assert set(refused.values()) == {False}, refused
        for asker, about in ((lead, lead.id), (lead, 999_999), (loose, loose.id), (owner, owner.id)):
            with pytest.raises(NoSuchRecord):
                await digesting.of_manager(session, asker, about, WEEK, NOW, matcher=MATCHER)
        with pytest.raises(NoSuchRecord):
            await digesting.of_manager(session, lead, chen.id, week_of(day(7)), at(SUNDAY), matcher=MATCHER)
        chen.person.removed_at = at(SUNDAY)
        with pytest.raises(NoSuchRecord):
            await digesting.of_manager(session, lead, chen.id, WEEK, NOW, matcher=MATCHER)
        assert [one.name for one in (await digest_of(session, team)).managers] == ["林建国"]


async def _person(session: AsyncSession, name: str, role: Role, **more: Any) -> Person:
    person = Person(name=name, role=role, time_zone="Asia/Shanghai", joined_at=JOINED, **more)
    session.add(person)
    await session.flush()
    return person


async def _lead_of(session: AsyncSession, team_id: int) -> Person:
    team = await teams.find(session, str(team_id))
    return next(one for one in await teams.members(session, team) if one.role == Role.LEAD)


async def test_nothing_of_a_digest_holds_words_of_notes_or_private_flags(database: Database) -> None:
    async with database.begin() as session:
        team, (chen,) = await add_team(session, "陈晓")
        await _lived(chen)
        await chen.flag("bad_wording", at(TUESDAY), is_private=True, item="M4.7.2.9")
        await chen.flag("thin_notes", at(TUESDAY), disputed_at=at(WEDNESDAY), dispute="SECRET dispute")
        digest = await digest_of(session, team)
    told = repr(digest)
    assert "送样" in told
    assert "SECRET" not in told
    assert "bad_wording" not in told
    assert "M4.7.2" not in told
