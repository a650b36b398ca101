"""Benchmarks: each prints ratios against a peer in one run; nothing here is asserted by the clock."""
