"""Tests of how enterprises collect workers and workers answer."""
