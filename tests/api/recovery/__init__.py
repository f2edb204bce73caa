"""Tests of recoveries."""
