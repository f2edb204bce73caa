"""Benchmarks: each prints rows and ratios, then one line of JSON."""
