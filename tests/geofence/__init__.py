"""Tests of the pure package geofence."""
