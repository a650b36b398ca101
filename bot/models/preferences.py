"""Preferences: a person's own times and silences (/settings); what he has not chosen has its default."""

from __future__ import annotations

import datetime as dtm

from pydantic import BaseModel, ConfigDict, Field


class Preferences(BaseModel):
    """When the coach may speak unasked, in the person's own zone. Defaults are those of domain.md §3 and §5."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    morning_at: dtm.time = dtm.time(8, 30)
    evening_at: dtm.time = dtm.time(18, 0)
    nudge_at: dtm.time = dtm.time(15, 30)
    """When a planned account without a note is asked about."""
    digest_at: dtm.time = dtm.time(8, 30)
    """Mondays, for leads."""
    appointment_lead_minutes: int = Field(60, ge=0, le=1440)
    quiet_from: dtm.time = dtm.time(21, 0)
    quiet_until: dtm.time = dtm.time(7, 0)
    off: frozenset[str] = frozenset()
    """Kinds of reminders that he has switched off (models.reminder.Kind)."""
    skip_day: dtm.date | None = None
    """One day on which nothing is told unasked."""

    def is_quiet(self, time: dtm.time) -> bool:
        """Whether nothing is told unasked at a local time; equal ends leave no quiet hours."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= time < self.quiet_until
        return time >= self.quiet_from or time < self.quiet_until
