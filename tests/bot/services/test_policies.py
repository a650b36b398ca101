"""Policies: one threshold at a time, as typed and within its bounds, and what takes effect; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Membership, Person, Policy, Role, Team
from bot.services import policies
from bot.services.policies import ThresholdRefused

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("min_contacts_A", "2", "2"),
        ("min_contacts_A", "两个", "2"),
        ("min_kept_pct", "80%", "80"),
        ("min_kept_pct", "百分之八十", "80"),
        ("grace_days", "两周", "14"),
        ("grace_days", "0", "0"),
        ("late_workdays", "3 个工作日", "3"),
        ("late_workdays", "3 workdays", "3"),
        ("idle_visits", "6次", "6"),
        ("min_margin_pct", "4.5", "4.5"),
        ("min_margin_pct", "-2", "-2"),
        ("cadence_days.A", "10天", "10"),
        ("country", " sg ", "SG"),
    ],
)
def test_a_number_is_read_as_people_type_it(name: str, typed: str, value: str) -> None:
    policy = Policy()
    assert policies.read(policies.threshold(policy, name), typed, TODAY) == value
    changed = policies.threshold(policies.changed(policy, name, value), name)
    assert str(changed.value).removesuffix(".0") == value


@pytest.mark.parametrize(
    ("name", "typed", "needs", "bounds"),
    [
        ("min_contacts_A", "0", "policy-needs-whole", {"least": "1", "most": "20"}),
        ("min_contacts_A", "21", "policy-needs-whole", {"least": "1", "most": "20"}),
        ("min_contacts_A", "2.5", "policy-needs-whole", {"least": "1", "most": "20"}),
        ("min_contacts_A", "多一点", "policy-needs-whole", {"least": "1", "most": "20"}),
        ("cadence_days.C", "366", "policy-needs-whole", {"least": "1", "most": "365"}),
        ("min_margin_pct", "101", "policy-needs-number", {"least": "-100", "most": "100"}),
        ("country", "XX", "policy-needs-country", {}),
        ("country", "中国", "policy-needs-country", {}),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(name: str, typed: str, needs: str, bounds: dict[str, str]) -> None:
    with pytest.raises(ThresholdRefused) as refused:
        policies.read(policies.threshold(Policy(), name), typed, TODAY)
    assert (refused.value.text_id, refused.value.values) == (needs, bounds)


@pytest.mark.parametrize("name", ["days_off", "cadence_days", "cadence_days.D", "model_config", "grace_days.A"])
def test_what_is_no_threshold_does_not_exist(name: str) -> None:
    with pytest.raises(NoSuchRecord):
        policies.threshold(Policy(), name)


@pytest.mark.parametrize("value", ["999", "-1", "two", ""])
def test_a_policy_takes_no_value_out_of_bounds(value: str) -> None:
    with pytest.raises(NoSuchRecord):
        policies.changed(Policy(), "grace_days", value)


def test_a_threshold_tells_default_and_source() -> None:
    policy = Policy.model_validate({"cadence_days": {"A": 9}, "min_contacts_A": 4})
    contacts, cadence = (policies.threshold(policy, name) for name in ("min_contacts_A", "cadence_days.A"))
    assert (contacts.value, contacts.default, contacts.source) == (4, 3, "K9.7")
    assert (cadence.value, cadence.default, cadence.source) == (9, 7, "K9.14")
    assert (cadence.least, cadence.most, cadence.is_whole) == (1, 365, True)


async def test_what_takes_effect_is_kept_and_looked_at_soon(database: Database) -> None:
    tomorrow, soon = NOW + dtm.timedelta(days=1), NOW + dtm.timedelta(minutes=1)
    async with database.begin() as session:
        overrides = {"grace_days": 5, "days_off": {"2026-11-24": False}, "cadence_days": {"A": 7, "C": 45}}
        east, west = Team(name="East", overrides=overrides, created_at=NOW), Team(name="West", created_at=NOW)
        people = [
            Person(name=name, role=role, time_zone="Asia/Shanghai", joined_at=NOW, evaluate_at=tomorrow)
            for name, role in (("chen", Role.MANAGER), ("lin", Role.MANAGER), ("lead", Role.LEAD))
        ]
        session.add_all([east, west, *people])
        await session.flush()
        chen, lin, lead = people
        teams = [(chen, east), (lin, west), (lead, east)]
        session.add_all(Membership(person_id=person.id, team_id=team.id) for person, team in teams)
    async with database.begin() as session:
        east = await session.get_one(Team, east.id)
        await policies.take_effect(session, east, "cadence_days.A", "10", NOW)
        kept = {"grace_days": 5, "days_off": {"2026-11-24": False}}
        assert east.overrides == kept | {"cadence_days": {"A": 10, "C": 45}}
        await policies.take_effect(session, east, "cadence_days.A", "7", NOW)
        assert east.overrides == kept | {"cadence_days": {"C": 45}}
        await policies.take_effect(session, east, "grace_days", "3", NOW)
    async with database.read() as session:
        east, west = await session.get_one(Team, east.id), await session.get_one(Team, west.id)
        assert east.overrides == {"days_off": {"2026-11-24": False}, "cadence_days": {"C": 45}}
        assert west.overrides == {}
        looked = [(await session.get_one(Person, person.id)).evaluate_at for person in people]
    assert looked == [soon, tomorrow, tomorrow]


async def test_what_is_so_already_changes_nothing(database: Database) -> None:
    later = NOW + dtm.timedelta(days=1)
    async with database.begin() as session:
        team = Team(name="East", overrides={"grace_days": 5}, created_at=NOW)
        person = Person(name="c", role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=NOW, evaluate_at=later)
        session.add_all([team, person])
        await session.flush()
        session.add(Membership(person_id=person.id, team_id=team.id))
        await session.flush()
        await policies.take_effect(session, team, "grace_days", "5", NOW)
        assert (team.overrides, person.evaluate_at) == ({"grace_days": 5}, later)
