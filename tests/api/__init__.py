"""Tests of the JSON API and the domain, by feature."""
