"""The team's policy: every threshold with its default; the portable record carries it as `team_policy`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=1, le=365)]


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
    """Thresholds of one team. Defaults are ours where no item is named (domain.md §4)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cadence_days: Cadence = Cadence()
    min_contacts_A: int = Field(3, ge=1, le=20)  # noqa: N815 - the record's name
    """Contacts that a key account needs (K9.7: three to five)."""
    max_open_promises: int = Field(8, ge=1, le=100)
    min_margin_pct: float = Field(5, ge=-100, le=100)
    """Margin in percent under which a big, late-paying buyer does not pay off (K9.5)."""
    max_payment_delay_days: int = Field(30, ge=0, le=365)
    daily_visits_target: int = Field(6, ge=1, le=60)
    max_backdate_days: int = Field(3, ge=0, le=56)
    """Days back that a noted visit may lie (domain.md §2)."""
    country: str = Field("CN", pattern="^[A-Z]{2}$")
    """Whose workdays count: an ISO 3166 code."""
    days_off: dict[str, bool] = Field(default_factory=dict)
    """The owner's own list: ISO day → whether it is a workday, where the published calendar is wrong or not yet out."""
