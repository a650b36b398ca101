"""Every benchmark in turn: `make bench`. One alone: `python -m benchmarks.search`."""

from __future__ import annotations

from benchmarks import digest, handbook, language, reminders, replies, rules, search

for bench in (search, language, rules, digest, reminders, replies, handbook):
    bench.main()
