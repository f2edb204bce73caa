"""Exercises that measure; each prints rows, ends with a JSON line, and fails when short."""
