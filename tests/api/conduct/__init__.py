"""Tests of good and bad conduct, evaluations and scores."""
