"""Every benchmark in turn: `make bench`. One alone: `python -m benchmarks.search`."""

from __future__ import annotations

from benchmarks import replies, search

for bench in (search, replies):
    bench.main()
