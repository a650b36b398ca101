"""Every benchmark in turn: `make bench`. One alone: `python -m benchmarks.search`."""

from __future__ import annotations

from benchmarks import replies, rules, search

for bench in (search, rules, replies):
    bench.main()
