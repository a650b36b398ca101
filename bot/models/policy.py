"""The team's policy: every threshold with its default and its source; the portable record carries six of them."""

from __future__ import annotations

import datetime as dtm
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=1, le=365)]


def _limit(default: float, least: int, most: int, source: str = "domain.md §4") -> Any:
    """A threshold: its default, what it may be, and where it comes from."""
    return Field(default, ge=least, le=most, json_schema_extra={"source": source})


class Cadence(BaseModel):
    """Days allowed between two real contacts, by tier (domain.md, table of words)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    A: Days = 7
    B: Days = 14
    C: Days = 30

    def days(self, tier: str) -> int:
        """The days for a tier."""
        return int(getattr(self, tier))


class Policy(BaseModel):
    """Thresholds of one team. Defaults are ours where the source names no item (domain.md §4)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cadence_days: Cadence = Field(Cadence(), json_schema_extra={"source": "K9.14"})
    min_contacts_A: int = _limit(3, 1, 20, "K9.7")  # noqa: N815 - the record's name
    max_open_promises: int = _limit(8, 1, 100, "M4.7.2.9")
    min_margin_pct: float = _limit(5, -100, 100, "K9.5")
    max_payment_delay_days: int = _limit(30, 0, 365, "K9.5")
    daily_visits_target: int = _limit(6, 1, 60, "M4.8.1")

    # promises
    min_due_promises: int = _limit(8, 1, 100)
    min_kept_pct: int = _limit(70, 0, 100, "K4.5")
    broken_assurances: int = _limit(3, 1, 100, "M4.7.2.9")
    late_workdays: int = _limit(1, 1, 60, "K4.5")
    undated_workdays: int = _limit(2, 0, 60, "K7.5")
    # accounts
    grace_days: int = _limit(3, 0, 60)
    opponent_days: int = _limit(30, 1, 56, "K9.8")
    idle_visits: int = _limit(4, 1, 100, "K9.6")
    big_buyer_pct: int = _limit(10, 1, 100, "K9.5")
    neglected_pct: int = _limit(40, 1, 100, "K9.14")
    tier_c_pct: int = _limit(60, 1, 100, "K3.14")
    familiar_pct: int = _limit(40, 1, 100, "K3.14")
    missing_fields: int = _limit(2, 1, 6, "M4.1.4")
    step_workdays: int = _limit(3, 0, 60, "K6.6")
    complaint_workdays: int = _limit(1, 0, 60, "K2.5")
    # planning
    overload_pct: int = _limit(120, 50, 500, "M4.8.1")
    min_planned_pct: int = _limit(50, 0, 100, "K7.4")
    unplanned_workdays: int = _limit(5, 1, 40, "M4.8.5")
    min_planned_days: int = _limit(8, 1, 56)
    min_fulfilled_pct: int = _limit(60, 0, 100, "K6.6")
    min_month_visits: int = _limit(10, 1, 1000)
    rush_pct: int = _limit(50, 1, 100, "M4.1.1")
    # information
    report_workdays: int = _limit(5, 1, 60, "M4.2.2")
    min_noted_visits: int = _limit(20, 1, 1000)
    empty_notes_pct: int = _limit(30, 1, 100, "M4.8.3")
    wording_samples: int = _limit(2, 1, 100, "M4.7.2")
    # lending
    min_sources: int = _limit(2, 1, 10, "K3.17")
    loss_years: int = _limit(2, 1, 10, "K3.12")
    reminder_workdays: int = _limit(5, 0, 60, "K5.3")

    # the plan of a day: points of each reason for seeing an account, and when some of them begin to count
    points_appointment: int = _limit(600, 0, 1000, "domain.md §3")
    points_complaint: int = _limit(100, 0, 1000, "domain.md §3")
    points_critical: int = _limit(90, 0, 1000, "domain.md §3")
    points_promise_due: int = _limit(95, 0, 1000, "domain.md §3")  # it can still be kept; a late one has a flag as well
    points_promise_overdue: int = _limit(80, 0, 1000, "domain.md §3")
    points_warning: int = _limit(40, 0, 1000, "domain.md §3")
    points_next_step: int = _limit(30, 0, 1000, "domain.md §3")
    points_area: int = _limit(8, 0, 1000, "domain.md §3")
    points_potential: int = _limit(5, 0, 1000, "domain.md §3")
    points_contact_A: int = _limit(10, 0, 100, "domain.md §3")  # noqa: N815 - named after the tier
    points_contact_B: int = _limit(6, 0, 100, "domain.md §3")  # noqa: N815
    points_contact_C: int = _limit(3, 0, 100, "domain.md §3")  # noqa: N815
    contact_due_pct: int = _limit(80, 10, 200, "domain.md §3")
    unwon_pct: int = _limit(50, 1, 100, "domain.md §3")
    growth_due_pct: int = _limit(50, 0, 200, "domain.md §3")

    # the lead's help: workdays for which a flag stays open before he hears of it
    escalate_warning_workdays: int = _limit(5, 1, 60)
    escalate_critical_workdays: int = _limit(1, 1, 60)

    max_backdate_days: int = _limit(3, 0, 56, "domain.md §2")
    """Days back that a noted visit may lie."""
    country: str = Field("CN", pattern="^[A-Z]{2}$")
    """Whose workdays count: an ISO 3166 code."""
    days_off: dict[dtm.date, bool] = Field(default_factory=dict)
    """The owner's own list: day → whether it is a workday, where the published calendar is wrong or not yet out."""

    def contact_points(self, tier: str) -> int:
        """What a whole cadence without a contact weighs, for a tier."""
        return int(getattr(self, f"points_contact_{tier}"))

    @classmethod
    def source(cls, field: str) -> str | None:
        """Where a threshold comes from: an inventory id, or the design's own page; None for what is no threshold."""
        extra = cls.model_fields[field].json_schema_extra
        return str(extra["source"]) if isinstance(extra, dict) and "source" in extra else None
