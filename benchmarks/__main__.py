"""Every benchmark in turn: `make bench`. One alone: `python -m benchmarks.search`."""

from __future__ import annotations

from benchmarks import language, replies, rules, search

for bench in (search, language, rules, replies):
    bench.main()
