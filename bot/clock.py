"""The clock: the only reader of system time. It can be moved, in the local phone and in tests."""

from __future__ import annotations

import datetime as dtm
import time


class Clock:
    """The coach's time: system time plus a shift that the local phone may move.

    Everything a person sees goes by `now()`. Delivery (leases, retries, pace) goes by `system()` and
    `monotonic()`, which no one can move: a message must not wait because somebody looks at tomorrow.
    """

    def __init__(self, shift: dtm.timedelta = dtm.timedelta()) -> None:
        """Start `shift` ahead of system time."""
        self.shift = shift

    def now(self) -> dtm.datetime:
        """The coach's present instant, UTC."""
        return self.system() + self.shift

    def system(self) -> dtm.datetime:
        """The machine's present instant, UTC, whatever the shift."""
        return dtm.datetime.now(dtm.UTC)

    def monotonic(self) -> float:
        """Seconds of a clock that only runs forward, for durations."""
        return time.monotonic()

    def move_to(self, instant: dtm.datetime) -> None:
        """Make `instant` (aware) the present; time runs on from there."""
        self.shift = instant.astimezone(dtm.UTC) - self.system()

    def reset(self) -> None:
        """Go back to system time."""
        self.shift = dtm.timedelta()
